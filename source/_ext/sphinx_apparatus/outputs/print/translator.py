"""The translator: a whole project, inlined into one document, as the body of a book."""

from __future__ import annotations

from sphinx_apparatus.outputs.print.lists import Lists


class TypstTranslator(Lists):
    """Docutils nodes to Typst; the visitors stand in the classes it is made of.

    output → inlines → figures → blocks → tables → edition → lists.
    """

    def astext(self) -> str:
        """The translation."""
        return "".join(self.body)
