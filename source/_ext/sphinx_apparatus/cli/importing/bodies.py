"""Bodies of Web Annotations (3.2): what they say, as a reading and as a note."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from html.parser import HTMLParser
from typing import Any

from sphinx_apparatus.cli.importing.page import escaped
from sphinx_apparatus.cli.importing.selectors import kind_of

_DIRECTIVE = re.compile(r"^([ \t>]*(?:`{3,}|~{3,}|:{3,}))(?=[ \t]*\{)", re.MULTILINE)
_ROLE = re.compile(r"(?<!`)\{(?=[\w:+.-]+\}`[^`\n]+`)")

#: Told what is taken over in another form.
_Tell = Callable[[str], None]


def reading_and_note(item: Mapping[str, Any], tell: _Tell) -> tuple[str | None, str]:
    """The body that edits, if there is one, and all others: as Markdown where one is, else as plain words."""
    bodies = list(_bodies(item.get("body"), tell))
    readings = [_words(one, tell) for one in bodies if "editing" in _purposes(one)]
    readings = [one for one in readings if one is not None]
    if len(readings) > 1:
        tell("of several readings the first is taken")
    others = [one for one in bodies if "editing" not in _purposes(one)]
    markdown = [_words(one, tell) or "" for one in others if one.get("format") == "text/markdown"]
    if markdown:
        words = "\n\n".join(markdown)
        return readings[0] if readings else None, words if "ed:layer" in item else _plain_markdown(words)
    plain = [_words(one, tell) or "" for one in others]
    plain += [str(item[name]) for name in ("text", "bodyValue") if item.get(name)]
    if item.get("tags"):
        tags = item["tags"] if isinstance(item["tags"], list) else [item["tags"]]
        plain.append(f"Tags: {', '.join(map(str, tags))}.")
    return readings[0] if readings else None, "\n\n".join(
        escaped(" ".join(part.split())) for words in plain for part in words.split("\n\n") if part.strip()
    )


def _plain_markdown(words: str) -> str:
    """Markdown of anybody: what would be a directive or a role of MyST is none there, and so stays words."""
    return _ROLE.sub("&#123;", _DIRECTIVE.sub(r"\1text ", words))


def _bodies(said: Any, tell: _Tell) -> Iterator[Mapping[str, Any]]:
    """Every body; of a choice the first, of anything that holds others all."""
    if isinstance(said, list):
        for one in said:
            yield from _bodies(one, tell)
    elif isinstance(said, Mapping) and isinstance(said.get("items"), list):
        items = said["items"]
        if kind_of(said) == "Choice" and len(items) > 1:
            tell("of bodies to choose from the first is taken")
            items = items[:1]
        yield from _bodies(items, tell)
    elif isinstance(said, Mapping):
        yield said
    elif said is not None:
        yield {"id": str(said)}


def _purposes(one: Mapping[str, Any]) -> list[Any]:
    said = one.get("purpose") or []
    return said if isinstance(said, list) else [said]


def _words(one: Mapping[str, Any], tell: _Tell) -> str | None:
    """What a body says; of one that is elsewhere, its address."""
    said = next((one[name] for name in ("value", "chars", "cnt:chars") if one.get(name) is not None), None)
    if isinstance(said, str):
        if one.get("format") in ("text/html", "application/xhtml+xml"):
            tell("a body in HTML; its words are taken")
            return _Words.of(said)
        return said
    if isinstance(said, (int, float)):
        return str(said)
    if said is None:
        source = one.get("source")
        address = one.get("id") or one.get("@id") or (source.get("id") if isinstance(source, Mapping) else source)
        if isinstance(address, str) and (source is not None or not address.startswith("_:")):
            return address
    tell(f"a body without words ({kind_of(one) or 'no type'}); left out")
    return None


class _Words(HTMLParser):
    """The words of HTML, its blocks set apart."""

    _BLOCKS = frozenset({"p", "div", "li", "br", "blockquote", "h1", "h2", "h3", "h4", "h5", "h6", "tr"})

    def __init__(self) -> None:
        super().__init__()
        self._made: list[str] = []
        self._silent = 0

    @classmethod
    def of(cls, words: str) -> str:
        """The words of a document or a fragment."""
        parser = cls()
        parser.feed(words)
        parser.close()
        return "".join(parser._made).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in ("script", "style")
        self._made += ["\n\n"] if tag in self._BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(0, self._silent - (tag in ("script", "style")))
        self._made += ["\n\n"] if tag in self._BLOCKS else []

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._made.append(data)
