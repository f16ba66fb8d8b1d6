"""Feeds of what each release changed: Atom (RFC 4287) and JSON Feed 1.1, which a reader can follow.

Made of the released states, so that they say nothing that a release has not said; without an address of
the edition there are none, for a feed needs one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

from sphinx.application import Sphinx

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.history import in_order
from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.model.reference import CORRECTIONS
from sphinx_apparatus.model.state import version_order
from sphinx_apparatus.outputs.addresses import to_file
from sphinx_apparatus.outputs.citations import states
from sphinx_apparatus.outputs.citations.described import imprint_of
from sphinx_apparatus.outputs.citations.metadata import Head, Link
from sphinx_apparatus.outputs.citations.templates import template
from sphinx_apparatus.outputs.tei.xml import NOT_XML
from sphinx_apparatus.sphinx_ext.capabilities import output_of
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
    found: list[Change] = []
    for identifier in in_order(edition.states):
        known = edition.states[identifier]
        for number, state in enumerate(known):
            parts = states.changes(known[number - 1], state, edition.works) if number else []
            did = _("{id} changed in {version}") if number else _("{id} new in {version}")
            words = states.words_of(state)
            title = f"{did.format(id=identifier, version=state.version)}: {words}"
            if parts:
                words = _("Changed: {parts}.").format(parts=", ".join(part.name for part in parts))
            found.append(Change(state.version, state.released, identifier, title, words, states.path_of(state)))
    for identifier in in_order(edition.tombstones):
        history = edition.register.get(identifier)
        version = history.withdrawn if history else ""
        if version in edition.releases:
            title = _("{id} withdrawn in {version}").format(id=identifier, version=version)
            path, reason = f"{CORRECTIONS}/{identifier}", edition.tombstones[identifier].reason
            found.append(Change(version, edition.releases[version], identifier, title, reason, path))
    return sorted(found, key=lambda one: version_order(one.version), reverse=True)


def links(app: Sphinx, pagename: str) -> Head:
    """Links to the feeds from a page."""
    if not wanted(app):
        return Head()
    return Head(
        links=tuple(Link("alternate", to_file(app.builder, pagename, name), kind) for name, kind in FILES.items())
    )


def write_feeds(app: Sphinx) -> Iterable[Any]:
    """Write both feeds (``html-collect-pages``)."""
    if not output_of(app.builder).own_pages:
        return ()
    with Upkeep(Path(app.outdir), "feeds") as upkeep:
        if wanted(app):
            feed = Feed.of(app)
            upkeep.write("changes.atom", feed.atom())
            upkeep.write("changes.json", feed.json())
    return ()


def wanted(app: Sphinx) -> bool:
    """Whether there are feeds: something was released, and the edition has an address."""
    edition = edition_of(app.env)
    return bool(edition.states and edition.imprint.base_url and app.config.apparatus_pages)


class Feed(NamedTuple):
    """The changes, each with the address of what it made."""

    imprint: Imprint
    changes: list[tuple[Change, str]]

    @classmethod
    def of(cls, app: Sphinx) -> Feed:
        """The feed of an edition."""
        imprint = imprint_of(app)
        found = changes(edition_of(app.env))
        return cls(imprint, [(one, imprint.address(app.builder.get_target_uri(one.path))) for one in found])

    @property
    def title(self) -> str:
        """What a reader of feeds calls it."""
        return _("{title}: changes").format(title=self.imprint.title)

    def atom(self) -> str:
        """As RFC 4287 has it."""
        imprint = self.imprint
        names = [one.name for one in imprint.contributors] or [imprint.editors]
        found: str = template("changes.atom").render(
            title=self.title,
            language=imprint.language,
            own=imprint.address("changes.atom"),
            home=imprint.address(imprint.home),
            authors=[name for name in names if name] or [imprint.title],
            rights=imprint.licence_name or imprint.licence,
            updated=max(one.day for one, address in self.changes),
            changes=self.changes,
        )
        return NOT_XML.sub("\N{REPLACEMENT CHARACTER}", found)

    def json(self) -> str:
        """As JSON Feed 1.1 has it."""
        imprint = self.imprint
        names = [one.name for one in imprint.contributors] or [imprint.editors]
        feed = {
            "version": "https://jsonfeed.org/version/1.1",
            "title": self.title,
            "home_page_url": imprint.address(imprint.home),
            "feed_url": imprint.address("changes.json"),
            "language": imprint.language,
            "authors": [{"name": name} for name in names if name] or [{"name": imprint.title}],
            "items": [
                {
                    "id": f"{address}#{one.version}",
                    "url": address,
                    "title": one.title,
                    "content_text": one.words,
                    "date_published": f"{one.day}T00:00:00Z",
                    "tags": [one.version, one.identifier],
                }
                for one, address in self.changes
            ],
        }
        return json.dumps(feed, ensure_ascii=False, indent=1) + "\n"
