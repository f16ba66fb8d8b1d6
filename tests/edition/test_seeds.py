"""The four texts are what they were."""

from __future__ import annotations

from four_texts import SEEDS
from sphinx_apparatus.stores.checksums import load_text, read_checksums


def test_the_four_texts_are_those_of_their_checksums() -> None:
    sums = read_checksums(SEEDS / "SHA256SUMS")
    assert sorted(sums) == sorted(path.name for path in SEEDS.glob("*.txt"))
    assert len(sums) == 4
    for name in sums:
        assert load_text("X", SEEDS, name).string.encode() == (SEEDS / name).read_bytes()
