"""A timeline of a chronology, drawn: a scale of years, and which text has which date right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.concordances.chronology import Event, Verdict, read_events
from sphinx_apparatus.concordances.lists import DataDirective, List, Page
from sphinx_apparatus.concordances.nodes import ed_list
from sphinx_apparatus.concordances.pictures import show
from sphinx_apparatus.concordances.svg import element, fit, label, picture, spread
from sphinx_apparatus.sphinx_ext.locale import _

#: A gap between events of more years than this is cut out of the scale, but for ...
EMPTY = 60
#: ... this many years, drawn broken.
CUT = 8

_WIDTH = 680.0
_ROW = 17.0
_TOP = 34.0
_AXIS = 52.0
_DATES = 236.0
_TITLES = 246.0
_FAN = 44.0
_COLUMN = 18.0
LEGEND = (
    (Verdict.RIGHT, "date right"),
    (Verdict.WRONG, "date wrong"),
    (Verdict.UNDATED, "no date given"),
)

#: What the picture shows, for those who do not see it.
SHOWS = (
    "{count} events from {first} to {last} on a vertical scale of years, each with marks for the texts ({sigla}) that "
    "mention it: a disc where the text has the date right, a cross where it has it wrong ({wrong} in all), a ring "
    "where it gives none."
)


@dataclass(frozen=True, slots=True)
class Scale:
    """From years to places: ``stops`` are pairs of a year and its place, in order."""

    stops: tuple[tuple[float, float], ...]
    #: the pairs of years between which the scale is cut
    cuts: tuple[tuple[float, float], ...]

    def at(self, year: float) -> float:
        """The place of a year."""
        (first, low), (last, high) = self.stops[0], self.stops[-1]
        for (a, p), (b, q) in pairwise(self.stops):
            if a <= year <= b:
                return p + (q - p) * (year - a) / (b - a)
        return low if year < first else high if year > last else low

    def ticks(self, step: int) -> list[int]:
        """The years at every step that no cut has taken out."""
        first, last = int(self.stops[0][0]), int(self.stops[-1][0])
        return [y for y in range(-(-first // step) * step, last + 1, step) if not any(a < y < b for a, b in self.cuts)]


def scale(years: Sequence[float], height: float) -> Scale:
    """A scale over the years, linear between its cuts."""
    ordered = sorted(set(years)) or [0.0]
    first, last = _decade(ordered[0]), _decade(ordered[-1]) + 10
    cuts: list[tuple[float, float]] = []
    for a, b in pairwise(ordered):
        if b - a > EMPTY:
            cuts.append((_decade(a) + 10, _decade(b)))
    shown = last - first - sum(b - a - CUT for a, b in cuts)
    unit = height / shown
    stops = [(float(first), 0.0)]
    for a, b in cuts:
        stops.append((a, stops[-1][1] + (a - stops[-1][0]) * unit))
        stops.append((b, stops[-1][1] + CUT * unit))
    stops.append((float(last), stops[-1][1] + (last - stops[-1][0]) * unit))
    return Scale(tuple(stops), tuple(cuts))


def draw(events: Sequence[Event], sigla: Sequence[str], title: str, name: str = "ed-timeline") -> str:
    """The timeline as SVG."""
    height = max(len(events) * _ROW, 4 * _ROW)
    measure = scale([event.date.year for event in events], height - _ROW)
    edge = _WIDTH - _COLUMN * len(sigla)
    parts = [_axis(measure)]
    for number, siglum in enumerate(sigla):
        parts.append(label(siglum, _column(edge, number), _TOP - 16, text_anchor="middle", font_weight="bold"))
    at = [_TOP + measure.at(event.date.year) for event in events]
    rows = spread(at, _ROW, _TOP, _TOP + height - _ROW)
    for event, place, row in zip(events, at, rows, strict=True):
        parts.append(_entry(event, place, row, measure, edge))
        for number, siglum in enumerate(sigla):
            verdict = event.verdicts.get(siglum)
            if verdict is not None:
                parts.append(mark(verdict, _column(edge, number), row))
    bottom = max([_TOP + height, *(row + _ROW for row in rows)])
    parts.append(_legend(bottom + 10))
    return picture(name, _WIDTH, bottom + 22, title, describe(events, sigla), "".join(parts), head=_TOP - 12)


def describe(events: Sequence[Event], sigla: Sequence[str]) -> str:
    """What the picture shows, in a sentence or two."""
    if not events:
        return str(_("No events."))
    wrong = sum(1 for event in events for verdict in event.verdicts.values() if verdict is Verdict.WRONG)
    first, last = events[0].date, events[-1].date
    return _(SHOWS).format(count=len(events), first=first, last=last, sigla=", ".join(sigla), wrong=wrong)


def mark(verdict: Verdict, x: float, y: float) -> str:
    """The mark of a verdict: disc, cross or ring."""
    if verdict is Verdict.RIGHT:
        return element("circle", cx=x, cy=y, r=4)
    if verdict is Verdict.UNDATED:
        return element("circle", cx=x, cy=y, r=3.5, fill="none", stroke="currentColor", stroke_width=1.2)
    path = f"M{x - 4:.1f} {y - 4:.1f}l8 8m0 -8l-8 8"
    return element("path", d=path, fill="none", stroke="currentColor", stroke_width=2)


def _entry(event: Event, place: float, row: float, measure: Scale, edge: float) -> str:
    date = event.date
    last = _TOP + measure.at(date.last.year + 1) if date.end and date.end is not date.start else place
    bar = (
        element("line", x1=_AXIS, y1=place, x2=_AXIS, y2=last, stroke="currentColor", stroke_width=4, opacity=0.55)
        if last > place + 2
        else element("circle", cx=_AXIS, cy=place, r=2)
    )
    leader = f"M{_AXIS + 4:.1f} {place:.1f}L{_AXIS + _FAN:.1f} {row:.1f}h6"
    when = fit(date.brief, _DATES - _AXIS - _FAN - 8, 11)
    return (
        bar
        + element("path", d=leader, fill="none", stroke="currentColor", stroke_width=0.6, opacity=0.5)
        + label(when, _DATES, row + 4, text_anchor="end", font_size=11, opacity=0.8)
        + label(fit(event.label, edge - _TITLES - 12), _TITLES, row + 4)
        + element("path", d=f"M{_TITLES} {row + 8:.1f}H{_WIDTH}", stroke="currentColor", stroke_width=0.3, opacity=0.35)
    )


def _axis(measure: Scale) -> str:
    parts: list[str] = []
    for (a, p), (b, q) in pairwise(measure.stops):
        broken = (a, b) in measure.cuts
        parts.append(
            element(
                "line", x1=_AXIS, y1=_TOP + p, x2=_AXIS, y2=_TOP + q, stroke="currentColor",
                stroke_width=1, stroke_dasharray="2 3" if broken else None,
            )
        )  # fmt: skip
    for year in measure.ticks(10):
        y = _TOP + measure.at(year)
        parts.append(element("line", x1=_AXIS - 5, y1=y, x2=_AXIS, y2=y, stroke="currentColor", stroke_width=1))
        parts.append(label(str(year), _AXIS - 9, y + 4, text_anchor="end", font_size=11, opacity=0.8))
    return "".join(parts)


def _legend(y: float) -> str:
    parts: list[str] = []
    for number, (verdict, words) in enumerate(LEGEND):
        x = _TITLES + number * 110
        parts.append(mark(verdict, x + 4, y) + label(_(words), x + 14, y + 4, font_size=11))
    return "".join(parts)


def _column(edge: float, number: int) -> float:
    return edge + _COLUMN * (number + 0.5)


def _decade(year: float) -> int:
    return int(year // 10 * 10)


def timeline_picture(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The events drawn."""
    events: list[Event] = placeholder["data"]
    sigla = page.sigla
    title = placeholder["options"].get("title") or _("Timeline")
    name = f"ed-timeline-{placeholder['serial']}"
    return show(page.env, page.builder, name, draw(events, sigla, title, name), describe(events, sigla))


class TimelineDirective(DataDirective):
    """``ed:timeline``: the same events drawn; ``:title:`` names the picture."""

    shows = "timeline"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"title": directives.unchanged}

    def read(self, path: Path) -> list[Event]:
        """The events."""
        return read_events(path)


#: The list: its directive, and what renders it.
LIST = List(TimelineDirective, timeline_picture)
