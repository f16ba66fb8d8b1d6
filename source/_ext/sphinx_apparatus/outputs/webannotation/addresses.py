"""The addresses by which annotations, passages, texts and works are named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sphinx_apparatus.model.reference import CORRECTIONS, PASSAGES, Passage, parse_target

#: The folder of the data, and that of the texts.
DATA, TEXTS = "data", "texts"

#: The checksums of the texts.
SUMS = "SHA256SUMS"


def _html(path: str) -> str:
    return f"{path}.html"


@dataclass(frozen=True)
class Addresses:
    """``base`` is the edition's address, empty where it has none; ``up`` leads from a file to the root.

    ``page`` gives the address of a page below the root, as the site's builder makes it.  A file
    that stands alone (within the PDF) has fragments and file names instead of relative paths.
    """

    base: str = ""
    up: str = ""
    alone: bool = False
    page: Callable[[str], str] = _html

    def _of(self, path: str) -> str:
        return f"{self.base.rstrip('/')}/{path}" if self.base else f"{self.up}{path}"

    @property
    def is_local(self) -> bool:
        """Whether nothing outside the file can be named."""
        return self.alone and not self.base

    def target(self, target: str) -> str:
        """An annotation or a passage (``K25``, ``K ¶4``), by its own page."""
        parsed = parse_target(target)
        name = parsed.anchor if isinstance(parsed, Passage) else parsed
        folder = PASSAGES if isinstance(parsed, Passage) else CORRECTIONS
        return f"#{name}" if self.is_local else self._of(self.page(f"{folder}/{name}"))

    def text(self, siglum: str, filename: str) -> str:
        """The verbatim text."""
        return filename if self.is_local else self._of(f"{TEXTS}/{siglum}.txt")

    def work(self, key: str) -> str:
        """A work of the bibliography."""
        return f"#work-{key}" if self.is_local else self._of(f"{DATA}/bibliography.json#{key}")

    def data(self, name: str) -> str:
        """A file of the data."""
        return f"#{name}" if self.is_local else self._of(f"{DATA}/{name}")

    @property
    def terms(self) -> str:
        """The namespace of our own terms: a page of the site, or a name."""
        return f"{self._of(f'{DATA}/terms.html')}#" if self.base else "urn:sphinx-apparatus:terms:"
