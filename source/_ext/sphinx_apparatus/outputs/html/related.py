"""What a note shows within itself: notes of other texts, and the works it cites.

Both stand in scripts of the site, ``_static/ed-notes-K.js`` for each text and ``_static/ed-works.js``, which the
reading page loads when somebody asks for the first of them.  Keys are addresses from the root of the site, and so
are the links.  Scripts and not JSON, for a page that is read from its file can fetch nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.application import Sphinx

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.outputs.html.notes import WORKS, moved, notes_of
from sphinx_apparatus.outputs.html.paging import Turned
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.stores.atomic import write


def remember(builder: Any, edition: Edition, identifier: str, html: str) -> None:
    """Keep what another note shows of a note, until the page of its text is written."""
    annotation = edition.annotations[identifier]
    page = builder.get_target_uri(annotation.docname)
    kept = builder.__dict__.setdefault("apparatus_related", {}).setdefault(annotation.siglum, {})
    kept[f"{page}#{identifier}"] = moved(html, page, "", lambda path, fragment: None)


def write_notes(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: document | None
) -> None:
    """Write the script of each text on a page (``html-page-context``)."""
    if not output_of(app.builder).own_pages:
        return
    kept = app.builder.__dict__.get("apparatus_related", {})
    for siglum, record in edition_of(app.env).texts.items():
        if record.docname == pagename:
            turned = Turned.of(app)
            shown = {turned.address(key): turned.html(html, "") for key, html in kept.pop(siglum, {}).items()}
            write(Path(app.outdir, notes_of(siglum)), _script(shown))


def write_works(app: Sphinx, exception: Exception | None) -> None:
    """Write the script of the works (``build-finished``)."""
    if exception is not None or not output_of(app.builder).own_pages or not domain_of(app.env).texts:
        return
    from pybtex.plugin import find_plugin  # only where works are cited is it loaded

    cite: Any = app.env.get_domain("cite")
    plain = find_plugin("pybtex.backends", "plaintext")()
    works = {
        f"{app.builder.get_target_uri(one.bibliography_key.docname)}#{one.citation_id}": "<p>{}</p>".format(
            escape(one.tooltip_entry.text.render(plain).replace("\\url ", ""), quote=False)
        )
        for one in cite.citations
        if one.tooltip_entry
    }
    write(Path(app.outdir, WORKS), _script(works))


def _script(shown: Mapping[str, str]) -> str:
    return f"edRelated({json.dumps(shown, ensure_ascii=False, separators=(',', ':'))});\n"
