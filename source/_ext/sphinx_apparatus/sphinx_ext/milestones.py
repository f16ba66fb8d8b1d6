"""The milestones of a text, and the pages into which they or its headings divide it."""

from __future__ import annotations

from collections.abc import Collection

from docutils import nodes

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.remedies import LISTED, describe
from sphinx_apparatus.anchoring.selector import AnchorAmbiguous, AnchorError, Selector, Span
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.pages import HEADINGS, begins, name
from sphinx_apparatus.model.scheme import renumbered, units
from sphinx_apparatus.model.structure import Milestone
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain
from sphinx_apparatus.sphinx_ext.warnings import warn


def anchor_milestones(text_node: ed.ed_text, found: list[ed.ed_milestones], domain: ApparatusDomain) -> None:
    """Anchor the milestones of a text, and settle what goes by them: its pages, the numbers of its verses."""
    siglum = text_node["siglum"]
    record = domain.texts[siglum]
    made: dict[str, Milestone] = {}
    rows = (row for node in found if node["siglum"] == siglum for row in node["rows"])
    for unit, number, words, facsimile, line in rows:
        location = (domain.env.current_document.docname, line)
        milestone = _anchored(record, unit, number, words, facsimile, location)
        if milestone is not None and made.setdefault(milestone.fragment, milestone) is not milestone:
            warn(Code.OPTION, f"ed:milestones {siglum}: there are two of {milestone.title}", location=location)
    if made:
        record = record._replace(milestones=tuple(sorted(made.values(), key=lambda milestone: milestone.offset)))
    _check_units(record, text_node)
    record = record._replace(pages=begins(record))
    if record.restarts:
        spans = [Span(paragraph.start, paragraph.end) for paragraph in record.text.paragraphs]
        record = record._replace(verses=renumbered(record.verses, spans, record.milestones, record.restarts))
    domain.add_text(record)


def _anchored(
    record: TextRecord, unit: str, number: str, words: str, facsimile: str, location: tuple[str, int]
) -> Milestone | None:
    """A milestone, where its words stand; if they have no place, or several, that is warned of."""
    string = record.text.string
    try:
        start = resolve(string, Selector(words), folded=True).start
    except AnchorAmbiguous as error:
        shown = "; ".join(describe(string, span) for span in error.candidates[:LISTED])
        times = f"{words!r} is in the text {len(error.candidates)} times: {shown}"
        warn(Code.LEMMA_AMBIGUOUS, f"{unit} {number}: {times}; quote more of what follows", location=location)
        return None
    except AnchorError as error:
        warn(Code.LEMMA_MISSING, f"{unit} {number}: {error}", location=location)
        return None
    return Milestone(unit, number, _begin(record, start), facsimile)


def _begin(record: TextRecord, offset: int) -> int:
    """Where a milestone is: at the first words of a paragraph, with its indentation and the name of who speaks."""
    paragraph = record.text.paragraph_at(offset)
    if paragraph is None:
        return offset
    before = record.text.string[paragraph.start : offset].lstrip("\ufeff").lstrip()
    verse = record.verses.get(paragraph.number)
    return offset if before[verse.name if verse else 0 :].strip() else paragraph.start


def _check_units(record: TextRecord, text_node: ed.ed_text) -> None:
    """Warn of a unit that numbering or references go by, and of which there is no milestone."""
    named = dict.fromkeys(units(record.reference), ":reference:") if record.reference else {}
    named |= {record.restarts: ":numbering:"} if record.restarts else {}
    named |= {} if record.paged.isdecimal() or not record.paged else {record.paged: ":pages:"}
    for unit, option in named.items():
        if unit == HEADINGS and option == ":pages:":
            if not record.headings:
                _warn_option(record, text_node, ":pages: goes by headings; :headings: has none")
        elif unit not in ("verse", "paragraph") and all(one.unit != unit for one in record.milestones):
            _warn_option(
                record, text_node, f"{option} goes by {unit!r}, of which ed:milestones {record.text.siglum} has none"
            )


def _warn_option(record: TextRecord, text_node: ed.ed_text, message: str) -> None:
    warn(Code.OPTION, f"ed:text {record.text.filename}: {message}", location=text_node)


def settle_pages(document: nodes.document, domain: ApparatusDomain) -> None:
    """Let one text of a page have further pages, and none of them the name of a page of the project."""
    texts = {node["siglum"]: node for node in document.findall(ed.ed_text)}
    sigla = list(texts)
    divided = [record for siglum in sigla if (record := domain.texts[siglum]).pages and not record.translates]
    for number, record in enumerate(divided):
        taken = [one for first in record.pages if (one := name(record.docname, first)) in domain.env.found_docs]
        node = texts[record.text.siglum]
        if number:
            _warn_option(
                record, node, f":pages: are those of {divided[0].text.siglum} already; give it a page of its own"
            )
        elif taken:
            _warn_option(record, node, f":pages: makes a page {taken[0]}, and there is one; give that another name")
        else:
            continue
        for own in (record, *(domain.texts[siglum] for siglum in sigla)):
            if own is record or own.translates == record.text.siglum:
                domain.add_text(own._replace(pages=()))


def warn_lost(found: list[ed.ed_milestones], here: Collection[str]) -> None:
    """Warn of milestones of which the text is not ``here``, on their page."""
    for node in found:
        if node["siglum"] not in here:
            warn(
                Code.NO_TEXT,
                f"ed:milestones {node['siglum']}: the text {node['siglum']} is not on this page; put the milestones "
                "on the page of their text",
                location=node,
            )
