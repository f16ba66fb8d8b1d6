"""The page of a text: MyST that builds, written from what was found."""

from __future__ import annotations

import json
import re
import unicodedata

from sphinx_apparatus.anchoring.finding import find_all
from sphinx_apparatus.anchoring.selector import Selector, over_lines
from sphinx_apparatus.cli.importing.found import Found, Imported
from sphinx_apparatus.model.structure import Structure, contradiction
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.model.witness import Witness

_ACTIVE = re.compile(r"([\\`*_{}\[\]<>#|~$&!^])")

#: At the beginning of a line these begin a list, a heading, a quotation, a fence.
_LEADING = re.compile(r"^(\s*)([-+=:>%]|\d+[.)])")

#: What a line of the note must not begin with, for it would end the directive.
_FENCE = re.compile(r"^`{3,}", re.MULTILINE)


def escaped(words: str) -> str:
    """Plain words as MyST reads them back."""
    safe = _ACTIVE.sub(r"\\\1", words)
    return _LEADING.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", safe)


def option(string: str) -> str:
    """A string as an option's value: a YAML scalar in double quotes; what cannot be seen is an escape."""
    return "".join(
        character
        if character == " " or unicodedata.category(character)[0] not in "CZ"
        else (f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}")
        for character in json.dumps(string, ensure_ascii=False)
    )


def page(imported: Imported, *, first: bool = True) -> str:
    """The page, or what a text adds to it that is not the first."""
    title = " ".join(imported.title.split()) or imported.siglum
    head = [f"# {escaped(title)}", ""] if first else [""]
    head += [f"```{{ed:text}} {imported.filename}", f":siglum: {imported.siglum}"]
    if imported.source:
        head.append(f":source: {option(imported.source)}")
    if imported.parts:
        head.append(f":parts: {option('; '.join(f'{first}-{last} {key}' for first, last, key in imported.parts))}")
    if imported.headings:
        head.append(f":headings: {option(', '.join(map(str, imported.headings)))}")
    if imported.language:
        head.append(f":lang: {option(imported.language)}")
    head += [f":{name}: {option(value)}" for name, value in imported.options.items()]
    if "structure" not in imported.options and contradiction(imported.string, Structure.LINE, declared=False):
        head.append(":structure: line")  # short lines, which a build would ask about
    head.append("```\n")
    blocks = [*_milestones(imported), *(_directive(one, imported.string) for one in imported.found)]
    blocks += [*map(_witness, imported.witnesses), *map(_tombstone, imported.withdrawn)]
    return "\n".join(head) + "\n" + "\n".join(blocks)


def _milestones(imported: Imported) -> list[str]:
    rows = []
    for unit, number, at in imported.milestones:
        words = _beginning(imported.string, at)
        if words:
            rows.append(f"{' '.join(unit.split())} {' '.join(number.split())}: {words}")
        else:
            imported.lose(0, f"{unit} {number}: no words tell where it begins")
    return [f"```{{ed:milestones}} {imported.siglum}", *rows, "```\n"] if rows else []


def _beginning(string: str, at: int) -> str:
    """The fewest words with which a place begins and no other does."""
    for word in re.finditer(r"\S+", string[at : at + 600]):
        exact = string[at : at + word.end()]
        if len(find_all(string, exact)) > 1:
            continue
        quote = " ".join(exact.split())
        if [span.start for span in over_lines(string, Selector(quote))] == [at]:
            return quote
    return ""


def _witness(witness: Witness) -> str:
    names = ("name", "repository", "hand", "date", "family", "extent")
    fields = [(name, getattr(witness, name)) for name in names]
    options = [f":{name}: {option(value)}" for name, value in fields if value]
    return "\n".join((f"```{{ed:witness}} {witness.siglum}", f":text: {witness.text}", *options, "```")) + "\n"


def _tombstone(stone: Tombstone) -> str:
    fence = fence_of(stone.reason)
    return f"{fence}{{ed:tombstone}} {stone.id}\n:version: {option(stone.version)}\n\n{stone.reason}\n{fence}\n"


def fence_of(content: str) -> str:
    """A fence longer than any in the content."""
    longest = max((len(match[0]) for match in _FENCE.finditer(content)), default=2)
    return "`" * max(3, longest + 1)


def _directive(found: Found, string: str) -> str:
    said = {
        "lemma": string[found.start : found.end],
        "prefix": found.prefix or None,
        "suffix": found.suffix or None,
        "readings" if found.layer == "variant" else "reading": found.reading,
        "short": found.short or None,
        "see": ", ".join(found.see) or None,
        "contradicts": ", ".join(found.contradicts) or None,
        "parallel": ", ".join(found.parallel) or None,
        "matter": found.matter or None,
        "right": found.right or None,
        "source": found.source or None,
        "wording": found.wording or None,
        "resp": found.editor or None,
    }
    plain = {"kind": found.kind or None, "certainty": found.certainty or None, "evidence": found.evidence or None}
    options = [f":{name}: {option(value)}" for name, value in said.items() if value is not None]
    options += [f":{name}: {value}" for name, value in plain.items() if value]
    fence = fence_of(found.note)
    body = f"\n{found.note}\n" if found.note else ""
    return "\n".join((f"{fence}{{ed:{found.layer}}} {found.id}", *options, body + fence)) + "\n"
