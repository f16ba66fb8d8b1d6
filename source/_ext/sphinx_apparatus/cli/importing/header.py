"""What a header of ours says of the edition: its title, version, licence, the layers and kinds it adds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from sphinx_apparatus.cli.importing.found import Whole
from sphinx_apparatus.cli.importing.xmlfile import name, xml_id
from sphinx_apparatus.model.reference import ID
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS
from sphinx_apparatus.model.tombstone import Tombstone

_STYLE = re.compile(r"color: light-dark\((#\w+), (#\w+)\); text-decoration: underline (\w+)")


def read_header(root: Any) -> Whole:
    """The values of ``conf.py`` that the first header of a file has."""
    header = next(root.iter("{*}teiHeader"), None)
    if header is None:
        return Whole()
    values = {
        "project": next(_words(header, "title"), ""),
        "author": next(_words(header, "editor"), ""),
        "release": next((one.get("n", "") for one in header.iter("{*}edition")), ""),
        "apparatus_released": next((one.get("when", "") for one in header.iter("{*}date")), ""),
        "language": root.get("{http://www.w3.org/XML/1998/namespace}lang", ""),
    }
    # Its annotations are known by these addresses, wherever else they are.
    for one in header.iterfind("{*}fileDesc/{*}publicationStmt/{*}idno"):
        values[{"URL": "html_baseurl", "DOI": "apparatus_doi"}.get(one.get("type", ""), "")] = one.text or ""
    for one in header.iter("{*}licence"):
        if one.get("target"):
            values["apparatus_licence"] = one.get("target")
            values["apparatus_licence_name"] = "".join(one.itertext()).rpartition(": ")[2].strip()
    values = {key: value for key, value in values.items() if key and value}
    return Whole(values, kinds=_kinds(header), layers=_layers(header), withdrawn=list(_withdrawn(header)))


def _words(header: Any, kind: str) -> Iterator[str]:
    return (" ".join("".join(one.itertext()).split()) for one in header.iter(f"{{*}}{kind}"))


def _withdrawn(header: Any) -> Iterator[Tombstone]:
    """The ids that must not be given again, with the version that withdrew each, and why."""
    for change in header.iter("{*}change"):
        for item in change.iterfind("{*}list[@type='withdrawn']/{*}item"):
            identifier, reason = item.get("n", ""), " ".join("".join(item.itertext()).split())
            if ID.fullmatch(identifier) and change.get("n") and reason:
                yield Tombstone(identifier, "", change.get("n"), reason)


def _layers(header: Any) -> dict[str, object]:
    """The layers that are not in our own table: their plurals, and how their lemmata are marked."""
    found: dict[str, object] = {}
    for layer in header.iter("{*}category"):
        own = xml_id(layer).removeprefix("layer.")
        if xml_id(layer).startswith("layer.") and all(own != known.name for known in LAYERS):
            plural = next(("".join(kind.itertext()) for kind in layer if xml_id(kind) == f"kind.{own}"), own)
            said = _STYLE.fullmatch(layer.get("style", ""))
            plural = layer.get("n") or plural
            found[own] = {"plural": plural, "color": [said[1], said[2]], "line": said[3]} if said else plural
    return found


def _kinds(header: Any) -> dict[str, dict[str, str]]:
    """The kinds that are not in our own table."""
    known = {kind.name for kind in KINDS}
    found: dict[str, dict[str, str]] = {}
    for layer in header.iter("{*}category"):
        if xml_id(layer).startswith("layer."):
            for kind in layer:
                own = xml_id(kind).removeprefix("kind.")
                if name(kind) == "category" and own not in ("", xml_id(layer).removeprefix("layer."), *known):
                    found.setdefault(xml_id(layer).removeprefix("layer."), {})[own] = "".join(kind.itertext())
    return found
