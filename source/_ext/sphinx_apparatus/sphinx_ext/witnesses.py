"""The directives ``ed:witness`` and ``ed:milestones``."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.model.reference import SIGLUM, ModelError
from sphinx_apparatus.model.witness import WITNESS, Witness
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.directive import EditionDirective

_MILESTONE = re.compile(
    r"(?P<unit>[^\W\d_]+)\s+(?P<number>[^\s:<>]+)(?:\s+<(?P<facsimile>https?://[^\s<>\"]+)>)?\s*:\s+(?P<words>.+)"
)


class WitnessDirective(EditionDirective):
    """``ed:witness``: a witness of a text; where it stands is the conspectus of the sigla."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = dict.fromkeys(
        ("text", "name", "date", "repository", "hand", "family", "extent"), directives.unchanged
    )

    def build(self) -> list[nodes.Node]:
        """Record the witness, and write its line of the conspectus."""
        siglum = self.arguments[0].strip()
        if not WITNESS.fullmatch(siglum):
            raise ModelError(
                f"{siglum!r} is no siglum of a witness: up to eight letters and figures, as A, Vat, β, 1739"
            )
        said = {name: self.options.get(name, "").strip() for name in self.option_spec}
        if not SIGLUM.fullmatch(said["text"]):
            raise ModelError(f":text: is the siglum of the text that it is a witness of, as K; not {said['text']!r}")
        if said["family"] and not WITNESS.fullmatch(said["family"]):
            raise ModelError(f":family: is the siglum of one family, as V, which readings name; not {said['family']!r}")
        witness = Witness(siglum, docname=self.env.docname, line=self.lineno, **said)
        record = ed.ed_record(record=witness)
        self.set_source_info(record)
        definition = nodes.definition()
        if witness.described:
            definition += nodes.paragraph("", witness.described)
        definition.extend(self.parse_content_to_nodes())
        term = nodes.term("", "", ed.ed_witness("", siglum, siglum=witness.text, witness=siglum))
        item = nodes.definition_list_item("", term, definition)
        return [record, nodes.definition_list("", item, classes=["ed-conspectus"])]


class MilestonesDirective(EditionDirective):
    """``ed:milestones``: where pages, folios, sections of a text begin, a line each: ``page 12: the first words``."""

    def build(self) -> list[nodes.Node]:
        """Read the lines; they are anchored when the page has been read."""
        siglum = self.arguments[0].strip()
        if not SIGLUM.fullmatch(siglum):
            raise ModelError(f"{siglum!r} is no siglum of a text, as K")
        found = []
        # Of reStructuredText the offset counts from the beginning of the file, of MyST from the directive.
        before = self.content_offset + (0 if self.content_offset >= self.lineno else self.lineno)
        for number, line in enumerate(self.content, before + 1):
            if line.strip():
                match = _MILESTONE.fullmatch(line.strip())
                if match is None:
                    raise ModelError(
                        f"{line.strip()!r} is not of the form 'page 12: the words with which it begins', nor, with its "
                        "picture, 'page 12 <https://example.org/12.jpg>: the words'"
                    )
                found.append((match["unit"], match["number"], match["words"], match["facsimile"] or "", number))
        if not found:
            raise ModelError("needs a line for each milestone, as 'page 12: the words with which it begins'")
        node = ed.ed_milestones(siglum=siglum, rows=found)
        self.set_source_info(node)
        return [node]
