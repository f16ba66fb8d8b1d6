"""Web Annotations of the W3C, and what Hypothes.is exports, over a plain text."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.selector import AnchorError, Selector, Span
from sphinx_apparatus.cli.importing.found import Found, Imported, ImportRefused
from sphinx_apparatus.cli.importing.page import escaped
from sphinx_apparatus.model.reference import ID

_LIMIT = 200_000_000


def read_annotations(path: Path, texts: Mapping[str, Imported]) -> None:
    """Add what the annotations of a file say to its texts.  Raises `ImportRefused`."""
    try:
        if path.stat().st_size > _LIMIT:
            raise ImportRefused(f"{path}: larger than {_LIMIT // 1_000_000} MB; divide it")
        content = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ImportRefused(f"{path}: not JSON ({error})") from error
    for number, item in enumerate(_items(content, path, set()), 1):
        _annotation(item, number, texts)


def _items(content: Any, path: Path, seen: set[Path]) -> Iterator[dict[str, Any]]:
    """The annotations of a collection, a page, a list, an answer of Hypothes.is; pages beside the file are read."""
    seen.add(path)
    if isinstance(content, list):
        for one in content:
            yield from _items(one, path, seen)
    elif isinstance(content, str):
        other = path.parent / unquote(content.rpartition("/")[2])
        if other not in seen:
            if not other.is_file():
                raise ImportRefused(f"{path}: its page {content!r} is not beside it; put it there")
            yield from _items(json.loads(other.read_text("utf-8")), other, seen)
    elif isinstance(content, dict):
        if "target" in content:
            yield content
        for name in ("first", "items", "rows", "annotations", "next"):
            if content.get(name):
                yield from _items(content[name], path, seen)


def _annotation(item: Mapping[str, Any], number: int, texts: Mapping[str, Imported]) -> None:
    targets = item["target"] if isinstance(item["target"], list) else [item["target"]]
    imported = next(iter(texts.values()))
    selectors: list[Any] = []
    for target in targets:
        if not isinstance(target, Mapping):
            continue
        own = _text_of(str(target.get("source", "")), texts)
        selectors = target.get("selector") or []
        selectors = selectors if isinstance(selectors, list) else [selectors]
        if own is not None or len(texts) == 1:
            imported = own or imported
            break
    try:
        span = _span(imported.string, selectors)
    except (AnchorError, ValueError, TypeError) as error:
        imported.lose(number, f"annotation {item.get('id', number)}: {error}")
        return
    imported.found.append(_found(item, span, number, imported))
    if len(targets) > 1 and sum("texts/" in str(t.get("source")) for t in targets if isinstance(t, Mapping)) > 1:
        imported.tell(number, "of several targets the first is taken")


def _text_of(source: str, texts: Mapping[str, Imported]) -> Imported | None:
    name = unquote(source.rpartition("/")[2])
    for siglum, imported in texts.items():
        if name in (f"{siglum}.txt", imported.filename):
            return imported
    return None


def _span(string: str, selectors: list[Any]) -> Span:
    """Where the selectors lead: by position if the quotation stands there, else by the quotation."""
    by_type = {one.get("type"): one for one in selectors if isinstance(one, Mapping)}
    quote, position = by_type.get("TextQuoteSelector"), by_type.get("TextPositionSelector")
    if position is not None:
        start, end = int(position["start"]), int(position["end"])
        if 0 <= start <= end <= len(string) and (quote is None or "refinedBy" in quote):
            return Span(start, end)
        if quote is not None and string[start:end] == quote["exact"]:
            return Span(start, end)
    if quote is None:
        raise ValueError("it has no quotation, and no position within the text; one of them is needed")
    found = resolve(string, Selector(quote["exact"], quote.get("prefix") or "", quote.get("suffix") or ""))
    inner = quote.get("refinedBy")
    if isinstance(inner, Mapping) and inner.get("type") == "TextPositionSelector":
        return Span(found.start + int(inner["start"]), found.start + int(inner["end"]))
    return found


def _found(item: Mapping[str, Any], span: Span, number: int, imported: Imported) -> Found:
    bodies = item.get("body") or []
    bodies = [
        one if isinstance(one, Mapping) else {"value": one}
        for one in (bodies if isinstance(bodies, list) else [bodies])
    ]
    reading = next((str(one.get("value", "")) for one in bodies if one.get("purpose") == "editing"), None)
    layer = item.get("ed:layer") or ("emendation" if reading is not None else "note")
    creator = item.get("creator") or item.get("user") or ""
    editor = str(item.get("ed:editor") or "")
    if not editor and creator:
        name = str(creator.get("name", "")) if isinstance(creator, Mapping) else str(creator)
        editor = name.removeprefix("acct:")
        imported.editors.setdefault(editor, editor)
    own = "ed:layer" in item
    return Found(
        *span,
        layer=str(layer),
        kind=str(item.get("ed:kind") or ""),
        reading=reading,
        note=_note(item, bodies),
        certainty=str(item.get("tei:cert") or ""),
        evidence=str(item.get("tei:evidence") or ""),
        editor=editor,
        id=str(item.get("ed:id") or ""),
        prefix=str(item.get("ed:prefix", "")) if own else None,
        suffix=str(item.get("ed:suffix", "")) if own else None,
        short=str(item.get("ed:short", "")),
        see=_targets(item.get("ed:see")),
        contradicts=_targets(item.get("ed:contradicts")),
        parallel=_targets(item.get("ed:parallel")),
        source=str(item.get("ed:source", "")),
        wording=str(item.get("ed:wording", "")),
        matter=str(item.get("ed:matter", "")),
        right=str(item.get("ed:right", "")),
        line=number,
    )


def _note(item: Mapping[str, Any], bodies: list[Mapping[str, Any]]) -> str:
    """The note: as Markdown where there is such a body, else the plain words of all others; tags as words."""
    markdown = [str(one.get("value", "")) for one in bodies if one.get("format") == "text/markdown"]
    if markdown:
        return "\n\n".join(markdown)
    plain = [str(one.get("value") or one.get("id") or "") for one in bodies if one.get("purpose") != "editing"]
    plain += [str(item[name]) for name in ("text", "bodyValue") if item.get(name)]
    if item.get("tags"):
        plain.append(f"Tags: {', '.join(map(str, item['tags']))}.")
    return "\n\n".join(
        escaped(" ".join(part.split())) for words in plain for part in words.split("\n\n") if part.strip()
    )


def _targets(value: Any) -> tuple[str, ...]:
    """Ids and passages, from the addresses of their pages."""
    addresses = value if isinstance(value, list) else [value] if value else []
    found = []
    for address in addresses:
        name = str(address).rstrip("/").rpartition("/")[2].rpartition("#")[2].removesuffix(".html")
        found.append(name if ID.fullmatch(name) else name.replace("-p", " ¶"))
    return tuple(found)
