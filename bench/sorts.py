"""Texts of other sorts than prose: what a verse, a Chinese character and a reading cost, at a size and at ten times it.

Verse of 15,000 lines, Chinese of a million characters in paragraphs of 400, 32 witnesses of 5,000 readings; some
emendations in each.  Every build is a process of its own, HTML without the pages of single passages, and the PDF where
the text is Latin: Chinese needs a font that the bench has not.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path

from bench.builds import Cost, best, in_turn, sphinx
from bench.report import Row
from bench.words import Prose

#: Ten times the text may make each unit cost this many times as much.
TARGET = 1.2

#: Sorts, their units, the larger size, the builders that are measured.
SORTS = (
    ("verse", "lines", 15_000, ("html", "typstpdf")),
    ("chinese", "characters", 1_000_000, ("html",)),
    ("witnesses", "readings", 5_000, ("html", "tei")),
)

_SIGLA = [f"W{number:02}" for number in range(1, 33)]


def measure(folder: Path, *, small: bool) -> Iterator[Row]:
    """Build each sort at a tenth of its size, and whole."""
    for sort, unit, whole, builders in SORTS:
        sizes = (1, whole // 100, whole // 10) if small else (1, whole // 10, whole)
        for size in sizes:
            write(folder / f"{sort}-{size}", sort, size)
        for builder in builders:
            runs = [partial(_build, folder / f"{sort}-{size}", builder) for size in sizes]
            least, *costs = map(best, in_turn(runs, 2))
            yield from _rows(sort, unit, builder, sizes[1:], [_above(cost, least) for cost in costs])


def _rows(sort: str, unit: str, builder: str, sizes: Sequence[int], costs: Sequence[Cost]) -> Iterator[Row]:
    (less, more), (small, large) = sizes, costs
    for what, shown, column, times in (("time", "s", 0, 1), ("memory", "MiB", 2, 1)):
        rise = (large[column] / more) / (small[column] / less)
        case = f"{sort}, {more:,} {unit} ({builder}): {what}, beside {less:,}"
        yield Row("sorts", case, large[column] * times, small[column] * times, shown, rise, TARGET)


def _above(cost: Cost, least: Cost) -> Cost:
    return Cost(*(max(one - other, 1e-6) for one, other in zip(cost, least, strict=True)))


def _build(folder: Path, builder: str) -> Cost:
    """Build a project from nothing."""
    out = folder.with_name(f"{folder.name}.{builder}")
    cost, said = sphinx(folder, out, "-b", builder, "-E", "-d", f"{out}.doctrees")
    if "WARNING" in said:
        raise RuntimeError(said[:500])
    return cost


def write(folder: Path, sort: str, size: int) -> None:
    """Write a project with a text of a sort."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    chance = random.Random(size)
    text, options, notes = {"verse": _verse, "chinese": _chinese, "witnesses": _witnesses}[sort](chance, size)
    (folder / "texts" / "a.txt").write_bytes(text.encode())
    (folder / "texts" / "SHA256SUMS").write_text(f"{hashlib.sha256(text.encode()).hexdigest()}  a.txt\n", "utf-8")
    (folder / "a.md").write_text(f"# A\n\n```{{ed:text}} a.txt\n:siglum: A\n{options}```\n\n{notes}", "utf-8")
    (folder / "index.md").write_text("# Sorts\n\n```{toctree}\na\n```\n", "utf-8")
    (folder / "conf.py").write_text(_CONF, "utf-8")


def _verse(chance: random.Random, size: int) -> tuple[str, str, str]:
    prose = Prose(chance)
    lines = [f"{' '.join(prose.words(7))} n{number:05}" for number in range(size)]
    stanzas = ["\n".join(lines[at : at + 8]) for at in range(0, size, 8)]
    found = range(0, size, 50)
    notes = (
        f"```{{ed:emendation}} A{n}\n:lemma: n{number:05}\n:whole:\n:reading: m{number}\n\nSo.\n```\n"
        for n, number in enumerate(found, 1)
    )
    return "\n\n".join(stanzas) + "\n", ":structure: verse\n", "\n".join(notes)


def _chinese(chance: random.Random, size: int) -> tuple[str, str, str]:
    characters = [chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(size)]
    for at in range(20, size, 20):
        characters[at] = "。"
    paragraphs = ["".join(characters[at : at + 400]) for at in range(0, size, 400)]
    notes = (
        f"```{{ed:emendation}} A{n}\n:in: ¶{number}\n:lemma: {paragraphs[number - 1][:3]}\n"
        f":reading: {paragraphs[number - 1][:2]}一\n\nSo.\n```\n"
        for n, number in enumerate(range(1, len(paragraphs), 20), 1)
        if paragraphs[number - 1].count(paragraphs[number - 1][:3]) == 1 and paragraphs[number - 1][2] != "一"
    )
    return "\n".join(paragraphs) + "\n", ":lang: lzh\n", "\n".join(notes)


def _witnesses(chance: random.Random, size: int) -> tuple[str, str, str]:
    prose = Prose(chance)
    lines = [f"{' '.join(prose.words(11))} x{number:05}" for number in range(size)]
    paragraphs = [" ".join(lines[at : at + 10]) for at in range(0, size, 10)]
    variants = []
    for number in range(size):
        own = chance.sample(_SIGLA, 9)
        readings = f"y{number} {' '.join(own[:4])} : z{number} {' '.join(own[4:8])} : om. {own[8]}"
        variants.append(f"```{{ed:variant}} A{number + 1}\n:whole:\n:readings: x{number:05}] {readings}\n```\n")
    witnesses = (f"```{{ed:witness}} {siglum}\n:text: A\n:name: {siglum}\n```\n" for siglum in _SIGLA)
    return "\n".join(paragraphs) + "\n", "", "\n".join((*variants, *witnesses))


_CONF = """
project = "Sorts"
author = project_copyright = "The Bench"
extensions = ["myst_parser", "sphinx_apparatus"]
html_theme = "furo"
apparatus_pages = apparatus_data = False
exclude_patterns = ["texts"]
"""
