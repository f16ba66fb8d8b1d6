"""The page that answers reviewers' catalogues: each item in a row, and sums that are right."""

from __future__ import annotations

import re

import pytest

from four_texts import SOURCE

PAGE = (SOURCE / "criteria.md").read_text("utf-8")

#: A catalogue's heading, its name in the table of sums, and how many items it has.
CATALOGUES = [
    ("RIDE: criteria for scholarly digital editions", "RIDE, editions", 49),
    ("RIDE: criteria for tools and environments", "RIDE, tools", 31),
    ("MLA: guiding questions", "MLA", 43),
    ("FAIR", "FAIR", 13),
    ("Endings", "Endings", 21),
]


def _answers(heading: str) -> tuple[list[str], str]:
    """The answers of a catalogue, of the rows that have a number, and the sum stated below them."""
    (section,) = (part for part in PAGE.split("\n## ") if part.startswith(heading))
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in section.splitlines() if line[:1] == "|"]
    numbered = [row for row in rows if re.fullmatch(r"\d+|[IV]+\.\d+(–\d+)?|[FAIR]\d(\.\d)?|\d\.\d", row[0])]
    stated = re.search(r"^\*\*Sum: (\d+ of \d+)\*\*", section, re.MULTILINE)
    assert stated, f"{heading}: no sum"
    return [row[2] for row in numbered], stated[1]


@pytest.mark.parametrize(("heading", "name", "items"), CATALOGUES)
def test_every_item_has_a_row_and_the_sum_is_right(heading: str, name: str, items: int) -> None:
    answers, stated = _answers(heading)
    assert len(answers) == items
    assert set(answers) <= {"0", "1", "2", "n.a."}
    points = [int(answer) for answer in answers if answer != "n.a."]
    assert stated == f"{sum(points)} of {2 * len(points)}"
    assert f"| {name} | {stated} |" in PAGE


def test_what_only_others_can_give_is_said_with_how() -> None:
    marked = re.findall(r"^\| ([^|]+?) \|[^|]+\| [012] \|[^|]*\*\*P\*\*", PAGE, re.MULTILINE)
    (told,) = (part for part in PAGE.split("\n## ") if part.startswith("What only others"))
    numbers = re.sub(r"(\d+)–(\d+)", lambda m: ", ".join(map(str, range(int(m[1]), int(m[2]) + 1))), told)
    missing = [number for number in marked if not re.search(rf"\b{re.escape(number)}\b", numbers)]
    assert len(marked) > 10
    assert missing == []
