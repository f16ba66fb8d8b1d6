"""What the edition declares of a text, as options of its directive: structure, direction, what it translates."""

from __future__ import annotations

from sphinx_apparatus.model.direction import direction
from sphinx_apparatus.model.text import TextRecord


def declared(record: TextRecord) -> dict[str, str]:
    """The options that are not the default ones, by name."""
    text = record.text
    found = {"structure": text.structure.value if text.structure.value != "line" else ""}
    verses = [verse for verse in record.verses.values() if verse.number]
    if verses:
        first = verses[0].number
        by_stanza = {verse.stanza: verse.number for verse in reversed(verses)}
        found["first"] = str(first) if first != 1 else ""
        found["numbering"] = "stanza" if len(by_stanza) > 1 and set(by_stanza.values()) == {first} else ""
        speakers: dict[str, None] = {}
        for paragraph in text.paragraphs:
            line, verse = text.string[paragraph.start : paragraph.end].strip(), record.verses[paragraph.number]
            if verse.name or verse.role == "speaker":
                speakers[line[: verse.name] if verse.name else line] = None
        found["speakers"] = "; ".join(speakers)
        found["joined"] = ", ".join(str(number) for number, verse in record.verses.items() if verse.joined)
    if record.restarts:
        found["numbering"] = record.restarts
    found["reference"] = record.reference
    found["dir"] = record.direction if record.direction != direction(record.language, text.string) else ""
    found["pages"] = record.paged
    found["translates"] = record.translates
    found["aligned"] = "; ".join(map(str, record.bands)) if record.translates else ""
    return {name: value for name, value in found.items() if value}
