"""The prose of a TEI note as MyST."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from sphinx_apparatus.cli.importing.page import escaped, fence_of, option
from sphinx_apparatus.cli.importing.xmlfile import name

#: How a list of ours is marked that has the terms of MyST's ``deflist``.
TERMS = "deflist"

#: What would end a cell of a table: one within code, which nothing else escapes.
_PIPE = re.compile(r"(?<!\\)\|")

#: The name by which a footnote is called in the note that is being read.
_CALL = "call"

_BLOCKS = frozenset({"p", "list", "quote", "ab", "lg", "table", "div"})

#: What a picture has besides itself.
_CAPTION = frozenset({"head", "p", "list", "quote", "table"})


def note(element: Any, identifier: str) -> str:
    """The blocks of the note of an annotation; the footnotes called in it are behind them."""
    feet = [one for one in element.iter("{*}note") if one is not element and one.get("place") == "foot"]
    for number, foot in enumerate(feet, 1):
        foot.set(_CALL, f"{identifier}-{number}")
    said = (_indented(blocks(foot), f"[^{foot.get(_CALL)}]: ", 4) for foot in feet)
    return "\n\n".join((blocks(element), *said))


def blocks(element: Any) -> str:
    """The blocks of an element, set apart by blank lines."""
    return "\n\n".join(block for block in _blocks(element) if block.strip())


def _blocks(element: Any) -> Iterator[str]:
    if not any(name(child) in _BLOCKS or _is_block(child) for child in element):
        yield _line(inline(element))
        return
    if (element.text or "").strip():
        yield _line(escaped(element.text))
    for child in element:
        kind = name(child)
        if kind == "list" and child.get("rend") == TERMS:
            yield from _terms(child)
        elif kind == "list":
            numbered = child.get("rend") == "numbered"
            items = list(_items(child))
            marks = [f"{number}. " if numbered else "- " for number in range(1, len(items) + 1)]
            yield "\n".join(_indented(item, mark) for item, mark in zip(items, marks, strict=True))
        elif kind == "table":
            yield from _table(child)
        elif kind == "quote":
            yield "\n".join(f"> {line}".rstrip() for line in blocks(child).split("\n"))
        elif _is_block(child):
            yield from _figure(child)
        elif kind in _BLOCKS:
            formula = next(iter(child), None)
            if formula is not None and name(formula) == "formula" and formula.get("rend") == "block":
                fence = fence_of(formula.text or "")
                yield f"{fence}{{math}}\n{formula.text or ''}\n{fence}"
            else:
                yield blocks(child)
        elif kind:
            yield _line(inline(child))
        if (child.tail or "").strip():
            yield _line(escaped(child.tail))


def _is_block(element: Any) -> bool:
    """Whether an element is a picture with a caption, or what is said below it."""
    return name(element) == "figure" and any(name(child) in _CAPTION for child in element)


def _figure(element: Any) -> Iterator[str]:
    """A picture with its caption; of one that is not there, what it shows."""
    picture, caption = _picture(element), [_line(inline(one)) for one in element if name(one) == "head"]
    below = "\n\n".join(
        blocks(one) for one in element if name(one) in _CAPTION and name(one) != "head" and blocks(one).strip()
    )
    if picture is None:
        described = _line(" ".join(escaped("".join(one.itertext())) for one in element if name(one) == "figDesc"))
        yield from (*caption, described, below)
        return
    address, described = picture
    address = address if ":" in address else unquote(address)  # an argument of a directive is no address
    said = "\n\n".join((f":alt: {option(described)}" if described else "", *caption, below)).strip()
    fence = fence_of(said)
    yield f"{fence}{{figure}} {address}\n{said}\n{fence}"


def _picture(element: Any) -> tuple[str, str] | None:
    """The address of the one picture of a figure, within the project if it is there, and what it shows."""
    found = [one.get("url") for one in element.iter("{*}graphic") if one.get("url")]
    if len(found) != 1:
        return None
    address = found[0] if ":" in found[0] else f"/{found[0].removeprefix('../data/').removeprefix('pictures/')}"
    return address, _line(" ".join("".join(one.itertext()) for one in element if name(one) == "figDesc"))


def _terms(element: Any) -> Iterator[str]:
    """A list of terms as MyST has it, with its extension ``deflist``."""
    label = ""
    for child in element:
        if name(child) == "label":
            label = _line(inline(child))
        elif name(child) == "item":
            yield f"{label}\n{_indented(blocks(child), ': ')}"


def _items(element: Any) -> Iterator[str]:
    """The items of a list, each with the terms that stand before it in a list of terms."""
    terms: list[str] = []
    for child in element:
        if name(child) == "label":
            terms.append(f"**{_line(inline(child))}**")
        elif name(child) == "item":
            yield ": ".join(part for part in (", ".join(terms), blocks(child)) if part)
            terms = []


def _table(element: Any) -> Iterator[str]:
    """A table, its title before it; a cell is one line, and takes the place of as many as it has."""
    rows = []
    for row in (one for one in element if name(one) == "row"):
        cells: list[str] = []
        for cell in (one for one in row if name(one) == "cell"):
            across = cell.get("cols", "1")
            cells += (_PIPE.sub(r"\|", _line(blocks(cell))), *[""] * (int(across) - 1 if across.isdecimal() else 0))
        rows.append((row.get("role") == "label", cells))
    heads = [cells for label, cells in rows if label][:1] or [[]]
    width = max((len(cells) for _, cells in rows), default=0)
    yield from (_line(inline(one)) for one in element if name(one) == "head")
    if width:
        body = [cells for _, cells in rows if cells is not heads[0]]
        yield "\n".join(f"| {' | '.join([*cells, *[''] * (width - len(cells))])} |"
                        for cells in (heads[0], ["---"] * width, *body))  # fmt: skip


def _indented(words: str, mark: str, by: int = 0) -> str:
    return mark + words.replace("\n", "\n" + " " * (by or len(mark)))


def _line(words: str) -> str:
    return " ".join(words.split())


def inline(element: Any) -> str:
    """What is within an element, on one line."""
    made = [escaped(element.text or "")]
    for child in element:
        made += (_inline(child), escaped(child.tail or ""))
    return "".join(made)


def _inline(element: Any) -> str:
    kind, inner = name(element), inline(element)
    if kind == "choice":
        printed = [child for child in element if name(child) in ("sic", "orig", "abbr")]
        return inline(printed[0]) if printed else inner
    if kind == "g":
        return inner or _character(element)
    if kind in ("hi", "emph", "title"):
        mark = {"bold": "**", "superscript": "sup", "subscript": "sub"}.get(element.get("rend", ""), "*")
        if kind == "title" and not element.get("rend") and not element.get("level"):
            return f"{{title-reference}}`{''.join(element.itertext())}`"
        if mark in ("sup", "sub"):
            return f"{{{mark}}}`{''.join(element.itertext())}`"
        return f"{mark}{inner}{mark}" if inner.strip() else inner
    if kind == "code":
        return _code("".join(element.itertext()))
    if kind == "ref":
        return _reference(element, inner)
    if kind == "formula" and element.get("notation") == "TeX" and "".join(element.itertext()).strip():
        return f"{{math}}{_code(''.join(element.itertext()))}"
    if kind == "figure":
        picture = _picture(element)
        return f"![{escaped(picture[1])}](<{picture[0]}>)" if picture else inner
    if kind == "note" and element.get(_CALL):
        return f"[^{element.get(_CALL)}]"
    return inner


def _code(words: str) -> str:
    """Code as CommonMark has it (6.1): between more grave accents than are in it, apart from those at its ends."""
    if not words.strip():
        return escaped(words)
    ticks = "`" * (max(map(len, re.findall("`+", words)), default=0) + 1)
    apart = " " if words[0] == "`" or words[-1] == "`" or words[0] == words[-1] == " " else ""
    return f"{ticks}{apart}{words}{apart}{ticks}"


def _character(element: Any) -> str:
    """The character that a ``g`` of ours stands for; of another's only its sign is known."""
    number = element.get("ref", "").rpartition("#char-")[2]
    return chr(int(number, 16)) if re.fullmatch("[0-9A-F]{4,6}", number) else "\ufffd"


def _reference(element: Any, inner: str) -> str:
    targets = element.get("target", "").split()
    if element.get("type") == "citation":
        keys = ",".join(key_of(target) for target in targets)
        return f"{{cite:{element.get('subtype', 'p')}}}`{keys}`"
    if element.get("type") == "reference":
        target, words = target_of(targets[0]), " ".join("".join(element.itertext()).split())
        siglum, _, scheme = target.partition(" ")
        if scheme and words.startswith(f"{siglum} "):  # a verse, a page: *B l. 5*
            target = words
        return f"{{ed:ref}}`{target}`" if words in ("", target) else f"{{ed:ref}}`{words} <{target}>`"
    return f"[{inner}](<{targets[0]}>)" if targets and ":" in targets[0] else inner


def key_of(pointer: str) -> str:
    """The key of a work, from the name of its ``bibl``."""
    identifier = pointer.rpartition("#")[2].removeprefix("b.")
    first, *rest = identifier.split("_")
    made = [first]
    for number, piece in enumerate(rest):
        made.append(chr(int(piece, 16)) if number % 2 == 0 else piece)
    return "".join(made)


def target_of(pointer: str) -> str:
    """The id or passage to which a pointer leads."""
    return pointer.rpartition("#")[2].replace("-p", " ¶")
