"""What every directive has: a wrong option is a warning, and options that are one of several."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, cast

from docutils import nodes
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.sphinx_ext.warnings import warn

#: Halves of characters, as JSON and UTF-16 have them.
_SURROGATE = re.compile("[\ud800-\udfff]")


def words(argument: str | None) -> str:
    """An option that may be empty, taken as it is written."""
    return argument or ""


class EditionDirective(SphinxDirective):
    """Base of the directives: `build` does the work, `ModelError` becomes a warning."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Build the nodes; a wrong option drops the directive and says why."""
        try:
            for name, value in self.options.items():
                _check_whole(name, value)
            return self.build()
        except ModelError as error:
            self.warn(Code.OPTION, str(error))
            return []

    def build(self) -> list[nodes.Node]:
        """Make the nodes.  Raises `ModelError` for what is not of its form."""
        raise NotImplementedError

    def warn(self, diagnostic: Code, message: str) -> None:
        """Warn, naming the directive's file and line."""
        warn(diagnostic, f"{self.name} {self.arguments[0]}: {message}", self.get_location())

    @property
    def domain(self) -> Any:
        """The ``ed`` domain."""
        return self.env.domains["ed"]

    def cite(self, key: str) -> list[nodes.Node]:
        """A parenthetical citation of a key, as ``{cite:p}`` makes it.  Raises `ModelError`."""
        if "cite" not in self.env.domains:
            raise ModelError(f"cites {key!r}, and bibtex_bibfiles names no file of works")
        role = cast(Any, self.env.get_domain("cite").role("p"))
        made, messages = role("cite:p", f"{{cite:p}}`{key}`", key, self.lineno, self.state.inliner, {}, [])
        return [*made, *messages]


def _check_whole(name: str, value: object) -> None:
    """Raise `ModelError` for half a character (Unicode Standard, 3.8), which only an escape can name."""
    half = _SURROGATE.search(value) if isinstance(value, str) else None
    if half:
        raise ModelError(
            f":{name}: has U+{ord(half[0]):04X}, half a character; write the character itself, or all of its code "
            'point, as "\\U0001f319"'
        )


def one_of(options: dict[str, Any], name: str, values: Sequence[str], default: str) -> str:
    """An option that is one of some values.  Raises `ModelError`."""
    value: str = options.get(name, default).strip()
    if value not in values:
        raise ModelError(f":{name}: is one of {', '.join(values)}; not {value!r}")
    return value
