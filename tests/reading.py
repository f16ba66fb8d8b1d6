"""Pages as a browser reads them: characters with and without what is editorial."""

from __future__ import annotations

from html.parser import HTMLParser

#: Elements that never have an end tag.
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)


class _Text(HTMLParser):
    """The characters inside ``.ed-text`` less ``[data-editorial]``, and those of the emended view.

    Of a page with several texts, one may be chosen by its siglum.
    """

    def __init__(self, siglum: str) -> None:
        super().__init__(convert_charrefs=True)
        self._siglum = siglum
        self.printed: list[str] = []
        self.emended: list[str] = []
        self._open: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open an element; U+0000 cannot stand in HTML and is named by one."""
        attributes = dict(attrs)
        if tag not in _VOID:
            self._open.append({"": tag, **attributes})
        if "ed-nul" in self._classes(attributes):
            self.handle_data("\0")

    def handle_endtag(self, tag: str) -> None:
        """Close an element, and what was left open in it."""
        while self._open:
            element = self._open.pop()
            # What an edit puts in its words' place stands in an attribute, from which it is shown.
            if "data-r" in element and any(self._is_text(one) for one in self._open):
                self.emended.append(element["data-r"] or "")
            if element[""] == tag:
                return

    def handle_data(self, data: str) -> None:
        """Keep the characters of the text."""
        if not any(self._is_text(element) for element in self._open):
            return
        editorial = any("data-editorial" in element for element in self._open)
        classes = {name for element in self._open for name in self._classes(element)}
        if not editorial:
            self.printed.append(data)
        if "o" not in classes and not editorial:
            self.emended.append(data)

    def _is_text(self, element: dict[str, str | None]) -> bool:
        return "ed-text" in self._classes(element) and self._siglum in ("", element.get("id"))

    @staticmethod
    def _classes(attributes: dict[str, str | None]) -> list[str]:
        return (attributes.get("class") or "").split()


def _read(page: bytes, siglum: str) -> _Text:
    parser = _Text(siglum)
    # A parser of HTML makes LF of CRLF and CR before it reads (HTML Standard, 13.2.3.5).
    parser.feed(page.decode().replace("\r\n", "\n").replace("\r", "\n"))
    parser.close()
    return parser


def printed(page: bytes, siglum: str = "") -> str:
    """The text of a page, or that of a siglum, less what is editorial."""
    return "".join(_read(page, siglum).printed)


def emended(page: bytes, siglum: str = "") -> str:
    """The text of a page in its emended view, or that of a siglum."""
    return "".join(_read(page, siglum).emended)
