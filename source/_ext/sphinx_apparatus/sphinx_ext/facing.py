"""A translation and its text, set side by side where the text stands."""

from __future__ import annotations

from docutils import nodes

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.alignment import Band, align, begins_beside, edges
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain
from sphinx_apparatus.sphinx_ext.warnings import warn


def set_beside(document: nodes.document, domain: ApparatusDomain) -> None:
    """Set each translation of a page beside its text; what hinders it is warned of, and it stays where it is."""
    here = {node["siglum"]: node for node in document.findall(ed.ed_text)}
    for siglum, node in here.items():
        record = domain.texts[siglum]
        if not record.translates:
            continue
        bands: tuple[Band, ...] = ()
        try:
            original = here.get(record.translates)
            if original is None:
                raise ModelError(f"the text {record.translates}, which it translates, is not on this page; put it here")
            if isinstance(original.parent, ed.ed_facing) or domain.texts[record.translates].translates:
                raise ModelError(f"{record.translates} stands beside another text already")
            count = len(domain.texts[record.translates].text.paragraphs)
            bands = align(count, len(record.text.paragraphs), record.bands)
            _join(original, node, bands)
        except ModelError as error:
            warn(Code.ALIGNMENT, f"{siglum}: {error}", location=node)
        text = domain.texts.get(record.translates)
        if bands and text is not None and text.pages:
            both = begins_beside(bands, text.pages)
            domain.add_text(text._replace(pages=tuple(first for first, _ in both)))
            record = record._replace(pages=tuple(first for _, first in both))
        domain.add_text(record._replace(bands=bands))


def _join(original: ed.ed_text, translation: ed.ed_text, bands: tuple[Band, ...]) -> None:
    facing = ed.ed_facing(bands=bands)
    facing.source, facing.line = original.source, original.line
    original.replace_self(facing)
    translation.parent.remove(translation)
    facing += [original, translation]
    for side, text in enumerate((original, translation)):
        rows = {row["number"]: row for row in text.children if isinstance(row, ed.ed_row)}
        for number, first, last in edges(bands, side):
            rows[first]["opens"], rows[last]["closes"] = number, True
