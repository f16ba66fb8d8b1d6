"""A chronology: events with their dates, and what each text says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from docutils import nodes

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.selector import AnchorError, Selector
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.concordances import edtf
from sphinx_apparatus.concordances.lists import DataDirective, List, Page
from sphinx_apparatus.concordances.nodes import Cell, Column, ed_list, items, quoted, spaced, table
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.sphinx_ext.domain import domain_of
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.warnings import warn
from sphinx_apparatus.stores.tables import Table, read


class Verdict(StrEnum):
    """How the date that a text gives stands to the right one."""

    RIGHT = "right"
    WRONG = "wrong"
    #: The text mentions the event without a date.
    UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Mention:
    """A text's words about an event, and the date they give it."""

    siglum: str
    selector: Selector
    gives: edtf.Period | None
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Event:
    """An event; ``note`` is markup, ``label`` the title as the timeline has it."""

    date: edtf.Period
    title: str
    label: str
    note: str
    mentions: tuple[Mention, ...]
    line: int

    @property
    def verdicts(self) -> dict[str, Verdict]:
        """The verdict on each text that mentions it: the worst where there are several."""
        rank = (Verdict.UNDATED, Verdict.RIGHT, Verdict.WRONG)
        found: dict[str, Verdict] = {}
        for mention in self.mentions:
            before = found.get(mention.siglum, Verdict.UNDATED)
            found[mention.siglum] = max(before, mention.verdict, key=rank.index)
        return found


@dataclass(frozen=True, slots=True)
class Problem:
    """A mention that is not in its text."""

    message: str
    line: int


def read_events(path: Path) -> list[Event]:
    """The events of a data file in the order of their dates.  Raises `DataError`."""
    return sorted((_event(table) for table in read(path, "event")), key=lambda event: event.date.order)


def locate(mention: Mention, texts: Mapping[str, Text]) -> Passage:
    """The passage of a mention.  Raises `LookupError` with what is wrong."""
    text = texts.get(mention.siglum)
    if text is None:
        raise LookupError(f"there is no text {mention.siglum}")
    try:
        span = resolve(text.string, mention.selector)
    except AnchorError as error:
        raise LookupError(f"{mention.siglum}: {error}".replace("lemma", "quotation")) from error
    paragraph = text.paragraph_at(span.start)
    return Passage(mention.siglum, paragraph.number if paragraph else None)


def problems(events: list[Event], texts: Mapping[str, Text]) -> list[Problem]:
    """What `locate` objects to, event by event."""
    found: list[Problem] = []
    for event in events:
        for mention in event.mentions:
            try:
                locate(mention, texts)
            except LookupError as error:
                found.append(Problem(f"{event.title}: {error.args[0]}", event.line))
    return found


def _event(table: Table) -> Event:
    date = _date(table, table.text("date"))
    title = table.text("title")
    event = Event(
        date=date,
        title=title,
        label=table.text("label", title),
        note=table.text("note", ""),
        mentions=tuple(_mention(mention, date) for mention in table.tables("mention")),
        line=table.line,
    )
    table.done()
    return event


def _mention(table: Table, date: edtf.Period) -> Mention:
    siglum = table.text("text")
    selector = Selector(table.text("quote"), table.text("prefix", ""), table.text("suffix", ""))
    source = table.text("gives", "")
    gives = _date(table, source) if source else None
    computed = Verdict.UNDATED if gives is None else Verdict.RIGHT if gives.agrees(date) else Verdict.WRONG
    verdict = Verdict(table.choice("verdict", tuple(v.value for v in Verdict), computed.value))
    table.done()
    return Mention(siglum, selector, gives, verdict)


def _date(table: Table, source: str) -> edtf.Period:
    try:
        return edtf.parse(source)
    except edtf.DateError as error:
        raise table.error(str(error)) from error


def chronology_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Date, event, and what the texts say; a quotation that is in no text is warned of."""
    events: list[Event] = placeholder["data"]
    texts = {text.siglum: text for text in page.texts}
    for problem in problems(events, texts):
        warn(Code.CONCORDANCE, problem.message, f"{placeholder['path']}:{problem.line}")
    columns = (Column(_("Date"), 18), Column(_("Event"), 42), Column(_("In the texts"), 40))
    rows: list[list[Cell]] = []
    for event, anchor, note in zip(events, anchors(events), placeholder.children, strict=True):
        said = []
        for mention in event.mentions:
            try:
                place = locate(mention, texts)
            except LookupError:
                continue
            given = f"{mention.gives}, {_(mention.verdict.value)}: " if mention.gives else _("undated: ")
            verdict = nodes.inline("", given, classes=[f"ed-{mention.verdict.value}"])
            said.append(spaced(page.ref(place), " ", verdict, quoted(mention.selector.quote)))
        target = nodes.target("", "", ids=[anchor])
        title = nodes.paragraph("", "", target, nodes.strong("", event.title))
        date = [nodes.paragraph("", words) for words in (str(event.date), *_lines(event.date.source))]
        for line in date[1:]:
            line["classes"].append("ed-edtf")
        rows.append([date, [title, *(child.deepcopy() for child in note.children)], items(said) if said else "—"])
    return [table(columns, rows, "ed-chronology")]


def anchors(events: list[Event]) -> list[str]:
    """The id of each event: ``event-`` and its date in EDTF; of the second of one date, with ``-2``."""
    made: list[str] = []
    times: Counter[str] = Counter()
    for event in events:
        name = nodes.make_id(f"event {event.date.source}")
        times[name] += 1
        made.append(name if times[name] == 1 else f"{name}-{times[name]}")
    return made


def _lines(source: str) -> list[str]:
    """An EDTF string, a long interval on two lines: no column has room for it on one."""
    start, stroke, end = source.partition("/")
    return [start + stroke, end] if end and len(source) > 12 else [source]


class ChronologyDirective(DataDirective):
    """``ed:chronology``: a table of events."""

    shows = "chronology"

    def run(self) -> list[nodes.Node]:
        """Give each event a name for Sphinx’s role ``ref``."""
        made = super().run()
        for placeholder in made:
            if isinstance(placeholder, ed_list):
                page = domain_of(self.env).page(self.env.current_document.docname)
                page.events += anchors(placeholder["data"])
        return made

    def read(self, path: Path) -> list[Event]:
        """The events."""
        return read_events(path)

    def notes(self, data: list[Event]) -> list[str]:
        """The notes on the events."""
        return [event.note for event in data]


#: The list: its directive, and what renders it.
LIST = List(ChronologyDirective, chronology_table)
