"""Web Annotations of the W3C, and what Hypothes.is exports, over a plain text."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from sphinx_apparatus.cli.importing.bodies import reading_and_note
from sphinx_apparatus.cli.importing.found import Found, Imported, ImportRefused, Line, Whole, targets, tombstone
from sphinx_apparatus.cli.importing.selectors import kind_of, spanned
from sphinx_apparatus.model.reference import ID
from sphinx_apparatus.model.witness import WITNESS, Witness
from sphinx_apparatus.outputs.webannotation.pages import WITNESSED

_LIMIT = 200_000_000

#: What holds annotations: pages and collections of the W3C, containers of LDP, JSON-LD, answers of Hypothes.is.
_HOLDERS = ("first", "items", "rows", "annotations", "contains", "ldp:contains", "@graph", "next")

#: What an annotation may say besides, for which the model has no place.
_BESIDES = ("created", "modified", "updated", "rights", "audience", "canonical", "via", "stylesheet", "references")

#: Half of a character, which no file can hold.
_LONE = re.compile("[\ud800-\udfff]")

#: The key of a target; within a string its inverted commas would be escaped.
_KEY = re.compile(r'(?<!\\)"target"\s*:')


def read_annotations(path: Path, texts: Mapping[str, Imported]) -> Whole:
    """Add what the annotations of a file say to its texts; what is said of the edition.  Raises `ImportRefused`."""
    content = _load(path)
    if not isinstance(content, (list, dict)) or (
        isinstance(content, dict) and "target" not in content and not any(name in content for name in _HOLDERS)
    ):
        raise ImportRefused(f"{path}:1: neither an annotation nor what holds some is in it (items, rows, first)")
    if isinstance(content, dict) and "contract" in content:
        raise ImportRefused(f"{path}:1: this is a table as JSON; import the annotations.csv that is beside it")
    first = next(iter(texts.values()))
    besides: Counter[str] = Counter()
    items = list(_items(content, path, {path.resolve()}, first))
    for item in items:
        _annotation(item, texts)
        if "ed:layer" not in item:
            besides.update(name for name in _BESIDES if item.get(name))
    for name, times in besides.items():
        first.tell(1, f"{name} has no place in an edition; left out of {times}")
    total = content.get("total") if isinstance(content, dict) else None
    if isinstance(total, int) and total > len(items):
        first.tell(1, f"{total} annotations are said to be in it; {len(items)} are")
    _bury(content, texts)
    return _own(content, texts)


def _own(content: Any, texts: Mapping[str, Imported]) -> Whole:
    """What a collection of ours says besides: witnesses, layers and kinds, extensions of Markdown."""
    said = content if isinstance(content, dict) else {}
    for one in _dicts(said.get("ed:witnesses")):
        fields = {name: str(one.get(name) or "") for name in WITNESSED}
        if fields["text"] in texts and WITNESS.fullmatch(fields["siglum"]):
            texts[fields["text"]].witnesses.append(Witness(**fields))  # type: ignore[arg-type]
    layers = _dict(said.get("ed:layers"))
    whole = Whole(layers={name: one for name, one in layers.items() if isinstance(_dict(one).get("color", []), list)})
    for layer, kinds in _dict(said.get("ed:kinds")).items():
        whole.kinds[layer] = _dict(kinds)
    needed = said.get("ed:markdown")
    whole.markdown = [one for one in needed if isinstance(one, str)] if isinstance(needed, list) else []
    return whole


def _dict(said: Any) -> dict[str, Any]:
    return said if isinstance(said, dict) else {}


def _dicts(said: Any) -> list[dict[str, Any]]:
    return [one for one in said if isinstance(one, dict)] if isinstance(said, list) else []


def _load(path: Path) -> Any:
    """A file's content, each annotation with its line.  Raises `ImportRefused`."""
    try:
        if path.stat().st_size > _LIMIT:
            raise ImportRefused(f"{path}: larger than {_LIMIT // 1_000_000} MB; divide it")
        encoded = path.read_bytes()
        written = encoded.decode(json.detect_encoding(encoded))
        places = [match.start() for match in _KEY.finditer(written)]
        lines: list[int] = []
        line, at = 1, 0
        for place in places:
            line, at = line + written.count("\n", at, place), place
            lines.append(line)
        numbered = iter(lines)

        def made(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            found = {name: _whole(said) for name, said in pairs}
            if "target" in found:
                found[_LINE] = Line(next(numbered, 0), path.name)
            return found

        return json.loads(written, object_pairs_hook=made)
    except (OSError, ValueError, RecursionError) as error:
        raise ImportRefused(f"{path}: not JSON ({error})") from error


def _whole(said: Any) -> Any:
    """Words without halves of characters, of lists too."""
    if isinstance(said, list):
        return [_whole(one) for one in said]
    return _LONE.sub("\ufffd", said) if isinstance(said, str) else said


#: Where the line is kept: no key of JSON-LD.
_LINE = "\0line"


def _items(content: Any, path: Path, seen: set[Path], first: Imported) -> Iterator[dict[str, Any]]:
    """The annotations of a collection, a page, a list, an answer of Hypothes.is; pages beside the file are read."""
    if isinstance(content, list):
        for one in content:
            yield from _items(one, path, seen, first)
    elif isinstance(content, str):
        other = path.parent / Path(unquote(re.split("[?#]", content)[0])).name
        if other.resolve() not in seen:
            if not other.is_file():
                raise ImportRefused(f"{path}: its page {content!r} is not beside it; put it there")
            seen.add(other.resolve())
            yield from _items(_load(other), other, seen, first)
    elif not isinstance(content, dict):
        if content is not None:
            first.lose(1, f"{content!r} is no annotation")
    elif "target" in content:
        yield content
    elif any(name in content for name in _HOLDERS):
        for name in _HOLDERS:
            if content.get(name):
                yield from _items(content[name], path, seen, first)
    elif kind_of(content) == "AnnotationPage" and isinstance(content.get("id"), str):
        yield from _items(content["id"], path, seen, first)
    else:
        first.lose(1, f"{str(content.get('id') or kind_of(content) or 'something')!r} is no annotation: no target")


def _annotation(item: Mapping[str, Any], texts: Mapping[str, Imported]) -> None:
    line = item[_LINE]
    name = f"annotation {item.get('ed:id') or item.get('id') or ''}".strip()
    given = [one if isinstance(one, Mapping) else {"id": str(one or "")} for one in _flat(item["target"])]
    owned = [(_text_of(source_of(one), texts), one) for one in given]
    candidates = [(own, one) for own, one in owned if own is not None]
    first = next(iter(texts.values()))
    if not candidates and len(texts) == 1:
        candidates = [(first, one) for one in given]
    if not candidates:
        sources = ", ".join(filter(None, map(source_of, given)))
        reason = f"{sources} is none of the texts given with --text" if sources else "it has no target"
        first.lose(line, f"{name}: {reason}")
        return
    candidates = [pair for pair in candidates if _selectors(pair[1])] or candidates[:1]
    imported, target = candidates[0]
    try:
        span = spanned(imported.string, _selectors(target))
    except ValueError as error:
        imported.lose(line, f"{name}: {error}")
        return
    if len(candidates) > 1:
        imported.tell(line, f"{name}: of several targets the first is taken")
    imported.found.append(_found(item, span, line, imported))


def _flat(target: Any) -> list[Any]:
    if isinstance(target, list):
        return [one for each in target for one in _flat(each)]
    if isinstance(target, Mapping) and isinstance(target.get("items"), list):
        return _flat(target["items"])
    return [target]


def source_of(target: Mapping[str, Any]) -> str:
    """The address of what a target is of."""
    source = target.get("source") or target.get("id") or target.get("@id") or ""
    return str(source.get("id") or source.get("@id") or "") if isinstance(source, Mapping) else str(source)


def _selectors(target: Mapping[str, Any]) -> Any:
    """The selectors of a target; of an address, its fragment."""
    _, hash_, fragment = source_of(target).partition("#")
    return target.get("selector") or ({"type": "FragmentSelector", "value": fragment} if hash_ else [])


def _text_of(source: str, texts: Mapping[str, Imported]) -> Imported | None:
    name = unquote(source.partition("#")[0].rpartition("/")[2])
    for siglum, imported in texts.items():
        if name in (f"{siglum}.txt", imported.filename):
            return imported
    return None


def _found(item: Mapping[str, Any], span: tuple[int, int], line: int, imported: Imported) -> Found:
    reading, note = reading_and_note(item, lambda reason: imported.tell(line, reason))
    own = "ed:layer" in item

    def said(name: str) -> str:
        value = item.get(name)
        return "" if value is None else str(value)

    return Found(
        *span,
        layer=said("ed:layer") or ("emendation" if reading is not None else "note"),
        kind=said("ed:kind"),
        reading=reading,
        note=note,
        certainty=said("tei:cert"),
        evidence=said("tei:evidence"),
        editor=said("ed:editor") or _creator(item.get("creator") or item.get("user")),
        id=said("ed:id"),
        prefix=said("ed:prefix") if own else None,
        suffix=said("ed:suffix") if own else None,
        short=said("ed:short"),
        see=_targets(item.get("ed:see")),
        contradicts=_targets(item.get("ed:contradicts")),
        parallel=_targets(item.get("ed:parallel")),
        source=said("ed:source"),
        wording=said("ed:wording"),
        matter=said("ed:matter"),
        right=said("ed:right"),
        line=line,
    )


def _creator(said: Any) -> str:
    """Whose an annotation is, by the name; several by all names."""
    if isinstance(said, list):
        return ", ".join(filter(None, map(_creator, said)))
    if isinstance(said, Mapping):
        return _creator(next((said[name] for name in ("name", "nickname", "id", "email") if said.get(name)), ""))
    return str(said or "").removeprefix("acct:")


def _targets(value: Any) -> tuple[str, ...]:
    """Ids and passages, from the addresses of their pages."""
    addresses = value if isinstance(value, list) else [value] if value else []
    names = []
    for address in addresses:
        name = str(address).rstrip("/").rpartition("/")[2].rpartition("#")[2].removesuffix(".html")
        names.append(name if ID.fullmatch(name) else name.replace("-p", " ¶"))
    return targets(names)


def _bury(content: Any, texts: Mapping[str, Imported]) -> None:
    """Put the ids that a collection of ours says are withdrawn to their texts."""
    said = content.get("ed:withdrawn") if isinstance(content, dict) else None
    for one in said if isinstance(said, list) else ():
        fields = one if isinstance(one, Mapping) else {}
        identifier, version, reason = (str(fields.get(f"ed:{name}") or "") for name in ("id", "version", "reason"))
        tombstone(identifier, version, reason, texts.values(), 1)
