"""Letters after the year: works that would be cited alike are told apart (1973a, 1973b).

They are kept beside the records, by key, and never written into them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pybtex.database import Entry

from sphinx_apparatus.bibliography.words import plain_tex

#: Where an entry as it is shown keeps the year without its letter.
PLAIN_YEAR = "apparatus-year"

#: The letters of the project that is being built, by key.
_letters: dict[str, str] = {}


def remember(letters: Mapping[str, str]) -> None:
    """Take these letters from now on; a process builds one project at a time."""
    _letters.clear()
    _letters.update(letters)


def tell_apart(entries: Iterable[Entry]) -> dict[str, str]:
    """The letters, by key, of works that would be cited alike, in the order of the list.

    So do works of namesakes get them, which a citation without first names cannot tell apart either.
    """
    alike: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        alike.setdefault((plain_words(cited_names(entry)), entry.fields.get("year", "")), []).append(entry)
    return {
        entry.key: _letter(number)
        for group in alike.values()
        if len(group) > 1
        for number, entry in enumerate(sorted(group, key=lambda entry: (_title_order(entry), entry.key)))
    }


def lettered(entry: Entry) -> Entry:
    """The entry as it is shown: another one with its letter, if it has one."""
    letter = _letters.get(entry.key)
    if letter is None:
        return entry
    year = entry.fields.get("year", "")
    fields = {**dict(entry.fields.items()), PLAIN_YEAR: year, "year": f"{year or 'n.d.-'}{letter}"}
    shown = Entry(entry.original_type, fields, entry.persons)
    shown.key, shown.type = entry.key, entry.type
    return shown


def by_whom(entry: Entry) -> Sequence[Any]:
    """The persons by whom a work is cited, listed and sorted: its authors, else its editors."""
    return entry.persons.get("author") or entry.persons.get("editor") or ()


def cited_names(entry: Entry) -> str:
    """Whom a citation of a work names: *Oberdorfer and Carlin*, *Kim et al.*; without persons the title."""
    last = [plain_tex(" ".join(person.prelast_names + person.last_names)) for person in by_whom(entry)]
    if len(last) > 2 or last[1:] == ["others"]:
        return f"{last[0]} et al."
    return " and ".join(last) or plain_tex(entry.fields.get("title", entry.key))


def plain_words(string: str) -> str:
    """A string as one looks for it in a list: without braces, capitals and the marks on letters."""
    bare = unicodedata.normalize("NFKD", string.replace("{", "").replace("}", ""))
    return " ".join("".join(c for c in bare if not unicodedata.combining(c)).casefold().split())


def _title_order(entry: Entry) -> Any:
    from sphinx_apparatus.bibliography.style import AuthorYearTitle

    return AuthorYearTitle().sorting_key(entry)


def _letter(number: int) -> str:
    """*a* to *z*, then *aa*."""
    return (_letter(number // 26 - 1) if number >= 26 else "") + chr(ord("a") + number % 26)
