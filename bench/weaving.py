"""Weaving and anchoring: ten times the marks must cost about ten times the time."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator

from sphinx_apparatus.anchoring.anchor import resolve
from sphinx_apparatus.anchoring.selector import Selector, Span
from sphinx_apparatus.anchoring.weaving import Mark, Run, weave


def measure() -> Iterator[str]:
    """Compare 1,000, 10,000 and 100,000 marks."""
    numbers = random.Random(1)
    previous = 0.0
    for count in (1_000, 10_000, 100_000):
        length = count * 20
        marks = [Mark(str(n), start, start + numbers.randrange(40)) for n, start in _starts(numbers, count, length)]
        runs: list[Run[str]] = []
        spent = []
        for _ in range(3):  # whoever else is at work only ever adds
            started = time.process_time()
            runs = weave(Span(0, length), marks)
            spent.append(time.process_time() - started)
        best = min(spent)
        ratio = f", {best / previous:.1f} times the time of a tenth" if previous else ""
        yield f"weave: {count:>7,} marks, {len(runs):>7,} runs, {best:.3f} s{ratio}"
        previous = best
    text = " ".join(f"word{n}" for n in range(200_000))
    started = time.perf_counter()
    for n in range(0, 200_000, 2_000):
        resolve(text, Selector(f"word{n} ", suffix=f"word{n + 1}"))
    yield f"anchor: {(time.perf_counter() - started) * 10:.2f} ms a selector in a text of {len(text):,} characters"


def _starts(numbers: random.Random, count: int, length: int) -> Iterator[tuple[int, int]]:
    for n in range(count):
        yield n, numbers.randrange(length - 40)
