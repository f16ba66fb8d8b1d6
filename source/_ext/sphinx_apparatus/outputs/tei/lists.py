"""What stands beside the texts in TEI: works, persons, places and other names, events."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sphinx_apparatus.bibliography.dates import in_words, is_before_our_era, iso
from sphinx_apparatus.bibliography.items import Item, date_of
from sphinx_apparatus.bibliography.persons import inverted, is_others
from sphinx_apparatus.bibliography.words import plain
from sphinx_apparatus.outputs.material import Material
from sphinx_apparatus.outputs.tei.notes import Notes
from sphinx_apparatus.outputs.tei.xml import bibl_id, element, name_id, text

#: A date that W3C's data types have, which TEI's ``when`` takes.
_WHEN = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

_KINDS = {
    "person": ("listPerson", "person", "persName"),
    "place": ("listPlace", "place", "placeName"),
    "institution": ("listOrg", "org", "orgName"),
}
_OTHER = ("listObject", "object", "objectName")


def works(found: Mapping[str, Item]) -> str:
    """The bibliography."""
    items = "".join(_work(key, item) for key, item in found.items())
    return element("listBibl", items) if items else ""


def _work(key: str, item: Item) -> str:
    parts = []
    for role in ("author", "editor"):
        parts += [element(role, text(inverted(name))) for name in item.get(role, ()) if not is_others(name)]
    level = "a" if "container-title" in item else None
    parts.append(element("title", text(plain(item.get("title", key))), level=level))
    if "container-title" in item:
        journal = item["type"].startswith("article")
        parts.append(element("title", text(plain(item["container-title"])), level="j" if journal else "m"))
    parts += [element("edition", text(item["edition"]))] if "edition" in item else []
    parts += [element("pubPlace", text(item["publisher-place"]))] if "publisher-place" in item else []
    parts += [element("publisher", text(item["publisher"]))] if "publisher" in item else []
    day = date_of(item)
    if is_before_our_era(item.get("issued", {})):
        # W3C's data types count these years otherwise than ISO, and have changed how.
        parts.append(element("date", text(in_words(item["issued"]))))
    elif day:
        parts.append(element("date", iso(day), when=iso(day)))
    for variable, unit in (("volume", "volume"), ("issue", "issue"), ("page", "page")):
        if variable in item:
            parts.append(element("biblScope", text(str(item[variable])), unit=unit))
    for variable in ("DOI", "URL"):
        if variable in item:
            parts.append(element("idno", text(item[variable]), type_=variable))
    parts += [element("note", text(item["note"]))] if "note" in item else []
    return element("bibl", *parts, xml__id=bibl_id(key), n=key, type_=item["type"])


def names(material: Material, notes: Notes) -> Iterator[str]:
    """Persons, places, bodies and the rest, each in a list of its own."""
    groups: dict[tuple[str, str, str], list[str]] = {}
    for name, said in material.names:
        kind = _KINDS.get(name.kind, _OTHER)
        _, entry, label = kind
        parts = [element(label, text(name.heading), type_="heading")]
        parts += [element(label, text(words), xml__lang=tag) for tag, words in name.native]
        parts += [element(label, text(words), type_="romanisation") for words in name.romanisations]
        parts += [
            element(label, text(form.spelling), type_="form", corresp=" ".join(f"#{one}" for one in form.texts))
            for form in name.forms
        ]
        parts += [element("idno", text(number), type_=authority) for authority, number in name.authorities]
        parts = [element("objectIdentifier", *parts)] if kind == _OTHER else parts
        inner = notes.blocks(said)
        parts += [element("note", inner)] if inner else []
        groups.setdefault(kind, []).append(
            element(entry, *parts, xml__id=name_id(name.heading), type_=None if kind != _OTHER else name.kind)
        )
    for (outer, _, _), entries in groups.items():
        yield element(outer, *entries)


def events(material: Material, notes: Notes) -> str:
    """The chronology; a date that only EDTF can say stands in words alone."""
    made = []
    for event, said in material.events:
        inner = notes.blocks(said)
        made.append(
            element(
                "event",
                element("label", text(event.title)),
                element("desc", text(event.label)) if event.label and event.label != event.title else "",
                element("note", inner) if inner else "",
                n=event.date.source,
                **_when(event.date.source),
            )
        )
    return element("listEvent", *made) if made else ""


def _when(source: str) -> dict[str, str]:
    if _WHEN.fullmatch(source):
        return {"when": source}
    first, slash, last = source.partition("/")
    if slash:
        return {name: day for name, day in (("from_", first), ("to", last)) if _WHEN.fullmatch(day)}
    return {}
