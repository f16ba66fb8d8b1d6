"""Feeds of what each release changed: Atom (RFC 4287) and JSON Feed 1.1, which a reader can follow.

Made of the released states, so that they say nothing that a release has not said; without an address of
the edition there are none, for a feed needs one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from markupsafe import escape
from sphinx.application import Sphinx

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.history import in_order
from sphinx_apparatus.model.reference import CORRECTIONS
from sphinx_apparatus.model.state import version_order
from sphinx_apparatus.outputs.addresses import to_file
from sphinx_apparatus.outputs.citations import states
from sphinx_apparatus.outputs.citations.metadata import Head, Link
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.stores.upkeep import Upkeep

FILES = {"changes.atom": "application/atom+xml", "changes.json": "application/feed+json"}


class Change(NamedTuple):
    """What a release did with an annotation."""

    version: str
    day: str
    identifier: str
    title: str
    words: str
    path: str


def changes(edition: Edition) -> list[Change]:
    """All changes, the newest release first, in each by id."""
    days = {state.version: state.released for known in edition.states.values() for state in known}
    found: list[Change] = []
    for identifier in in_order(edition.states):
        known = edition.states[identifier]
        for number, state in enumerate(known):
            parts = states.changes(known[number - 1], state, edition.works) if number else []
            did = _("{id} changed in {version}") if number else _("{id} new in {version}")
            words = states.words_of(state)
            title = f"{did.format(id=identifier, version=state.version)}: {words}"
            if parts:
                words = _("Changed: {parts}.").format(parts=", ".join(part.name.lower() for part in parts))
            found.append(Change(state.version, state.released, identifier, title, words, states.path_of(state)))
    for tombstone in edition.tombstones.values():
        history = edition.register.get(tombstone.id)
        version = history.withdrawn if history else ""
        if version in days:
            title = _("{id} withdrawn in {version}").format(id=tombstone.id, version=version)
            path = f"{CORRECTIONS}/{tombstone.id}"
            found.append(Change(version, days[version], tombstone.id, title, tombstone.reason, path))
    return sorted(found, key=lambda one: version_order(one.version), reverse=True)


def links(app: Sphinx, pagename: str) -> Head:
    """Links to the feeds from a page."""
    edition = edition_of(app.env)
    if not _wanted(app, edition):
        return Head()
    return Head(
        links=tuple(Link("alternate", to_file(app.builder, pagename, name), kind) for name, kind in FILES.items())
    )


def write_feeds(app: Sphinx) -> Iterable[Any]:
    """Write both feeds (``html-collect-pages``)."""
    from sphinx_apparatus.sphinx_ext.capabilities import output_of

    edition = edition_of(app.env)
    if not output_of(app.builder).own_pages:
        return ()
    with Upkeep(Path(app.outdir), "feeds") as upkeep:
        if _wanted(app, edition):
            found = [(one, edition.imprint.address(app.builder.get_target_uri(one.path))) for one in changes(edition)]
            upkeep.write("changes.atom", _atom(edition, found))
            upkeep.write("changes.json", _json(edition, found))
    return ()


def _wanted(app: Sphinx, edition: Edition) -> bool:
    return bool(edition.states and edition.imprint.base_url and app.config.apparatus_pages)


def _atom(edition: Edition, found: list[tuple[Change, str]]) -> str:
    imprint = edition.imprint
    names = [one.name for one in imprint.contributors] or [imprint.editors]
    authors = "".join(f"<author><name>{escape(name)}</name></author>" for name in names if name)
    updated = max(one.day for one, _ in found)
    entries = "".join(
        f"<entry><id>{escape(address)}#{one.version}</id><title>{escape(one.title)}</title>"
        f'<updated>{one.day}T00:00:00Z</updated><link href="{escape(address)}"/>'
        f"<summary>{escape(one.words)}</summary></entry>\n"
        for one, address in found
    )
    own, home = imprint.address("changes.atom"), imprint.address("index.html")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{escape(imprint.language)}">\n'
        f"<id>{escape(own)}</id><title>{escape(imprint.title)}: changes</title><updated>{updated}T00:00:00Z</updated>\n"
        f'<link rel="self" href="{escape(own)}"/><link href="{escape(home)}"/>{authors}\n'
        f"{entries}</feed>\n"
    )


def _json(edition: Edition, found: list[tuple[Change, str]]) -> str:
    imprint = edition.imprint
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": f"{imprint.title}: changes",
        "home_page_url": imprint.address("index.html"),
        "feed_url": imprint.address("changes.json"),
        "language": imprint.language,
        "authors": [{"name": one.name} for one in imprint.contributors] or [{"name": imprint.editors}],
        "items": [
            {
                "id": f"{address}#{one.version}",
                "url": address,
                "title": one.title,
                "content_text": one.words,
                "date_published": f"{one.day}T00:00:00Z",
                "tags": [one.version, one.identifier],
            }
            for one, address in found
        ],
    }
    return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
