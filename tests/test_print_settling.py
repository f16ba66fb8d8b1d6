"""Volumes are set until what they say of places is true."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.text import find_paragraphs
from sphinx_apparatus.outputs.print.compiling import Compiled, Stage
from sphinx_apparatus.outputs.print.feet import (
    Foot,
    Growth,
    Line,
    Room,
    Units,
    Widths,
    alone,
    called,
    compose,
    rooms,
    strays,
)  # fmt: skip
from sphinx_apparatus.outputs.print.flow import Frame, Start, forecast, pages
from sphinx_apparatus.outputs.print.pages import Matter
from sphinx_apparatus.outputs.print.settling import FEW, PASSES, Restless, Work, settle
from sphinx_apparatus.outputs.print.texts import FootPart, Spot
from sphinx_apparatus.outputs.print.volumes import Volume


def lines_of(*counts: int) -> Lines:
    """A text of paragraphs with so many lines, each of one letter."""
    string = "\n".join("x" * count for count in counts)
    paragraphs = tuple(find_paragraphs(string))
    return Lines(tuple(at for p in paragraphs for at in range(p.start, p.end)), paragraphs)


def work(folder: Path, number: int, *abroad: str) -> Work:
    """A volume with one text of one line, which refers to what is abroad."""
    name = f"volume-{number}"
    main = folder / name / "main.typ"
    main.parent.mkdir(parents=True, exist_ok=True)
    text = f"T{number}"
    main.write_text(f'#paragraph("{text}", 1, 1, ("x",))\n', "utf-8")
    main.with_name("settings.json").write_text('{"measure": 300, "text-size": 10.5}', "utf-8")
    matter = Matter({}, {text: lines_of(1)}, {f"lemma-{number}": Spot(text, 1, 1)})
    return Work(Volume(name, number, name, (), ()), main, matter, frozenset(abroad))


class Press:
    """Sets volumes of one line each, and keeps what it was told and how often."""

    def __init__(self, *, restless: bool = False) -> None:
        self.restless = restless
        self.told: dict[str, Any] = {}
        self.passes: Counter[str] = Counter()

    def __call__(self, main: Path, stage: Stage) -> Compiled:
        """The line is on page 12 of the second volume, and on the first of others, but where it never rests."""
        name = main.parent.name
        if stage.name == "measure":
            units = {"space": 1, "gap": 2, "head": 1, "figure": 1, "lead": [1, 1]}
            return Compiled(b"", [], {"units": [units], "width": [], "wide": [], "lines": []})
        self.passes[f"{name} {stage.name}"] += 1
        self.told[name] = json.loads((main.parent / "known.json").read_text("utf-8"))
        page = sum(self.passes.values()) if self.restless else 12 if name.endswith("2") else 1
        text = f"T{name[-1]}"
        found = {"lines": [[text, 1, page, 9.0]], "targets": [], "slots": [], "chapters": [], "main": [1]}
        return Compiled(b"%PDF", [], found | {"end": [page], "contents": [], "back": []})


def test_a_volume_is_set_for_print_once_if_nothing_moves(tmp_path: Path) -> None:
    press = Press()
    settle([work(tmp_path, 1)], press)
    assert press.passes == {"volume-1 pages": 1, "volume-1 final": 1}
    assert press.told["volume-1"]["places"]["lemma-1"]["page"] == "1"


def test_many_figures_more_than_were_guessed_are_seen_before_print(tmp_path: Path) -> None:
    """Of a few, it is print that shows whether they moved a page."""
    press = Press()
    settle([work(tmp_path, 2)], press)
    assert press.passes == {"volume-2 pages": 1, "volume-2 final": 1}
    many = work(tmp_path / "many", 2)
    spots = {f"lemma-{number}": Spot("T2", 1, 1) for number in range(FEW + 1)}
    press = Press()
    settle([many._replace(matter=replace(many.matter, spots=spots))], press)
    assert press.passes == {"volume-2 pages": 2, "volume-2 final": 1}


def test_the_pages_before_the_first_are_not_counted_as_its_own(tmp_path: Path) -> None:
    """Ten pages of front matter do not give a text on page 1 a folio of two figures, which would be one pass more."""
    book = work(tmp_path, 1)
    front = '#pagebreak()\n#"signs";\n' * 10
    book.main.write_text(f"{front}#show: main-matter\n{book.main.read_text('utf-8')}", "utf-8")
    spots = {f"lemma-{number}": Spot("T1", 1, 1) for number in range(FEW + 1)}
    press = Press()
    settle([book._replace(matter=replace(book.matter, spots=spots))], press)
    assert press.passes == {"volume-1 pages": 1, "volume-1 final": 1}


def test_what_another_volume_says_is_what_is_printed(tmp_path: Path) -> None:
    press = Press()
    settle([work(tmp_path, 1, "lemma-2"), work(tmp_path, 2)], press)
    told = press.told["volume-1"]["places"]["lemma-2"]
    assert (told["volume"], told["page"]) == ("2", "12")
    assert "lemma-1" not in press.told["volume-2"]["places"], "it is told of no other volume unasked"


def test_a_build_begins_with_the_pages_of_the_last(tmp_path: Path) -> None:
    """It is set once, and says the same; where an entry is another one, what was known counts for nothing."""
    first, again, other = Press(), Press(), Press()
    for press in (first, again):
        settle([work(tmp_path, 1)], press)
    assert again.passes == {"volume-1 final": 1}
    assert again.told == first.told
    changed = work(tmp_path, 1)
    changed.main.with_name("entries.json").write_text("{}", "utf-8")
    settle([changed], other)
    assert other.passes == first.passes


def test_what_never_settles_is_told(tmp_path: Path) -> None:
    press = Press(restless=True)
    with pytest.raises(Restless, match="volume-1"):
        settle([work(tmp_path, 1)], press)
    assert press.passes["volume-1 final"] <= PASSES


def foot(name: str, line: int, *words: str, layer: str = "emendation", key: str = "") -> Foot:
    """An entry of one part."""
    part = FootPart(key or str(line), False, words[:1] or ("w",), 0, words[1:] or ("r",))
    return Foot(name, "K", layer, int(name[1:]), line, (part,))


#: Two entries on line 1, one on line 2, one on line 5 of a paragraph of five lines.
FEET = [foot("K1", 1), foot("K2", 1), foot("K3", 2), foot("K4", 5)]
NEEDS = {"K1": 10.0, "K2": 20.0, "K3": 30.0, "K4": 40.0}
FIVE = {"K": lines_of(5)}


def test_a_line_with_an_entry_elsewhere_is_found() -> None:
    at = {Line("K", number): 1 for number in range(1, 6)}
    assert strays(FEET, at, {"K1": 1, "K2": 2, "K3": 1, "K4": 2}) == {Line("K", 1), Line("K", 5)}


def test_a_line_alone_is_found() -> None:
    """The first of a paragraph at the foot of a page, or the last at the head of one."""
    at = {Line("K", 1): 1, Line("K", 2): 2, Line("K", 3): 2, Line("K", 4): 2, Line("K", 5): 3}
    assert alone(FIVE, at) == {Line("K", 1), Line("K", 5)}


@pytest.mark.parametrize(
    ("held", "expected"),
    [
        ((), {"K1": 30.0, "K2": 0.0, "K3": 30.0, "K4": 40.0}),
        ((1,), {"K1": 74.0, "K2": 0.0, "K3": 0.0, "K4": 40.0}),
        ((2,), {"K1": 74.0, "K2": 0.0, "K3": 0.0, "K4": 40.0}),
        ((5,), {"K1": 30.0, "K2": 0.0, "K3": 30.0, "K4": 54.0}),
    ],
    ids=["the first of a line for all", "the first line with the second", "the second with it", "the last two"],
)
def test_an_entry_reserves_what_its_line_needs(held: tuple[int, ...], expected: dict[str, float]) -> None:
    lines = {Line("K", number) for number in held}
    assert rooms(called(FEET, FIVE, lines), NEEDS, lines, FIVE, 14.0) == expected


UNITS = Units(2.0, 6.0, 3.0, 4.0, (40.0, 50.0))


class Thirty:
    """A foot in which each entry is thirty points high."""

    high = 0.0

    def add(self, feet: Sequence[Foot]) -> float:
        self.high += 30.0 * len(feet)
        return self.high


FRAME = Frame(0.0, 100.0, 10.0, 14.0, 5.0)


def test_lines_flow_over_pages() -> None:
    """Seven lines of 14 points on a page of 100; an entry takes room from its page."""
    lines = lines_of(3, 9)
    at = pages("K", lines, Start(0.0, {}), FRAME, {}, Thirty, {}).at
    assert [at[Line("K", number)] for number in range(1, 13)] == [0] * 7 + [1] * 5
    entry = foot("K1", 6)
    at, room = pages("K", lines, Start(0.0, {}), FRAME, {Line("K", 6): [entry]}, Thirty, {})
    assert room == {"K1": 30.0}
    assert [at[Line("K", number)] for number in range(1, 13)] == [0] * 5 + [1] * 4 + [2] * 3


def test_no_line_is_left_alone() -> None:
    """The second line of a paragraph, pushed out by its entry, takes the first with it."""
    lines = {"K": lines_of(5, 4)}
    entry = foot("K1", 7)
    starts = {"K": Start(0.0, {})}
    free = pages("K", lines["K"], starts["K"], FRAME, {Line("K", 7): [entry]}, Thirty, {}).at
    assert alone(lines, free) == {Line("K", 6)}
    held, flow = forecast({"K1": entry}, lines, starts, FRAME, Thirty)
    assert alone(lines, flow.at) == set()
    assert flow.rooms == {"K1": 44.0}, "it reserves the room of the line that is held to its own"
    assert forecast({"K1": entry}, lines, starts, FRAME, Thirty, held) == (held, flow)


def test_a_line_reserves_what_the_foot_of_its_page_grows_by() -> None:
    """Of two entries that have room in one row the second reserves nothing; on the next page it does."""
    lines = lines_of(3, 9)
    entries = {Line("K", number): [foot(f"K{number}", number)] for number in (1, 2, 9)}
    wide = {f"K{number}": Widths((20.0, 20.0), (8.0,)) for number in (1, 2, 9)}
    flow = pages(
        "K", lines, Start(0.0, {}), FRAME, entries, lambda: Growth(wide, UNITS, Room(200.0, 10.0, 0.0), ""), {}
    )
    assert [flow.at[line] for line in entries] == [0, 0, 1]
    assert flow.rooms == {"K1": 10.0, "K2": 0.0, "K9": 10.0}


@given(
    st.lists(
        st.tuples(st.sampled_from(["emendation", "correction", "note", "own"]), st.integers(1, 3)),
        min_size=1,
        max_size=40,
    ),
    st.lists(st.floats(3, 90), min_size=7, max_size=7),
    st.floats(95, 300),
)
def test_a_foot_grows_to_what_is_composed(rows: list[tuple[str, int]], wide: list[float], measure: float) -> None:
    """Entry by entry, as high as all at once; so the text comes as near to it as its lines let it."""
    line, feet = 1, []
    for number, (layer, more) in enumerate(rows, 1):
        line += more - 1
        feet.append(foot(f"K{number}", line, layer=layer)._replace(title="Own" if layer == "own" else ""))
    widths = {f.id: Widths((wide[n % 7], wide[(n + 3) % 7]), (wide[(n + 5) % 7] / 9,)) for n, f in enumerate(feet)}
    units = UNITS._replace(titles={"Own": 30.0})
    room = Room(measure, 10.0, 0.0)
    growth = Growth(widths, units, room, "Notes, pp. 1–2:")
    heights = [growth.add([one]) for one in feet]
    assert heights == sorted(heights)
    assert heights[-1] == pytest.approx(compose(feet, widths, units, room, 1e9, "Notes, pp. 1–2:")[1])


WIDE = {f"K{n}": Widths((20.0, 20.0), (8.0,)) for n in range(1, 9)}


def test_a_line_has_its_number_once() -> None:
    """Of several entries of one line the first has it; of another run, again the first."""
    feet = [foot("K1", 1), foot("K2", 1), foot("K3", 2), foot("K4", 1, layer="correction")]
    drawn, _ = compose(feet, WIDE, UNITS, Room(500.0, 10.0, 0.0), 99.0, "")
    assert {name: draw.keys for name, draw in drawn.items()} == {
        "K1": (True,),
        "K2": (False,),
        "K3": (True,),
        "K4": (True,),
    }


@pytest.mark.parametrize(
    ("lead", "room"),
    [("", 0.0), ("Notes, p. 7", 42.0), ("Notes, p. 17", 46.0), ("Notes, pp. 17–18", 60.0), ("Fontes:", 35.0)],
)
def test_the_notes_leave_room_for_what_leads_them(lead: str, room: float) -> None:
    """As wide as its words with one figure each, and the other figures; or as the title of a layer."""
    units = UNITS._replace(titles={"Fontes:": 33.0})
    begins = {}
    for words in ("", lead):
        drawn, _ = compose([foot("K1", 1, layer="note")], WIDE, units, Room(500.0, 10.0, 0.0), 99.0, words)
        begins[words] = drawn["K1"].pieces[0].x
    assert begins[lead] - begins[""] == room


def test_the_parts_of_an_entry_are_as_far_apart_as_entries() -> None:
    """Each is drawn by itself: what is drawn in one piece has spaces only between its words."""
    parts = (FootPart("1", False, ("w",), 0, ("r",)), FootPart("1", False, ("v",), 0, ("s",)))
    entry = Foot("K1", "K", "emendation", 1, 1, parts)
    wide = {"K1": Widths((4.0, 5.0, 6.0, 7.0), (1.0, 1.0))}
    drawn, _ = compose([entry], wide, UNITS, Room(500.0, 10.0, 0.0), 99.0, "")
    first, second = drawn["K1"].pieces
    assert (first.start, first.end, second.start, second.end) == (0, 2, 2, 4)
    assert second.x - (first.x + first.wide) == UNITS.gap


@pytest.mark.parametrize("width", [60.0, 90.0, 130.0, 150.0, 200.0])
def test_a_line_of_the_foot_reaches_the_margin_or_is_ragged(width: float) -> None:
    """Its spaces are stretched only so far, and then wholly; no word is beyond the margin."""
    feet = [foot(f"K{n}", n) for n in range(1, 9)]
    drawn, _ = compose(feet, WIDE, UNITS, Room(width, 10.0, 0.0), 999.0, "")
    ends: dict[float, float] = {}
    stretched: dict[float, bool] = {}
    for draw in drawn.values():
        for piece in draw.pieces:
            ends[piece.y] = max(ends.get(piece.y, 0.0), piece.x + piece.wide)
            stretched[piece.y] = stretched.get(piece.y, False) or piece.space > UNITS.space
    assert all(end <= width + 0.01 for end in ends.values())
    assert all(abs(ends[y] - width) < 0.01 for y, wide in stretched.items() if wide)
