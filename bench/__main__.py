"""``make bench``: speed and memory, as ratios that hold on any machine."""

from __future__ import annotations

from bench import pages, pdf, weaving


def main() -> None:
    """Run every measure."""
    for measure in (weaving.measure, pages.measure, pdf.measure):
        for row in measure():
            print(row, flush=True)


main()
