"""Words, and prose of them that reads from afar like an old history."""

from __future__ import annotations

import random
from pathlib import Path

# Small words as often as they come, words of substance, and syllables of names.
_COMMON, _CONTENT, _SYLLABLES = (
    part.split() for part in Path(__file__).with_name("words.txt").read_text("utf-8").split("\n\n")
)

_SMALL = frozenset(_COMMON)


class Prose:
    """Sentences from a source of chance; the same source gives the same words."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.names = sorted({"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))).title() for _ in range(2_000)})

    def word(self) -> str:
        """A word: half of them small ones, some names, some years."""
        drawn = self.chance.random()
        if drawn < 0.45:
            return self.chance.choice(_COMMON)
        if drawn < 0.94:
            return self.chance.choice(_CONTENT) + self.chance.choice(("", "", "s"))
        if drawn < 0.985:
            return self.chance.choice(self.names)
        return str(self.chance.randint(1392, 1991))

    def sentence(self, count: int) -> list[str]:
        """A sentence of ``count`` words, its points and commas at the words they follow."""
        first = self.chance.choice(_CONTENT).capitalize()
        words = [first, *(self.word() for _ in range(count - 1))]
        if words[-1] in _SMALL:
            words[-1] = self.chance.choice(_CONTENT)
        if count > 10:
            words[self.chance.randrange(4, count - 3)] += self.chance.choice((",", ",", ",", ";"))
        words[-1] += "."
        return words

    def words(self, count: int) -> list[str]:
        """Sentences of ``count`` words together."""
        made: list[str] = []
        while count - len(made) > 24:
            made += self.sentence(self.chance.randint(8, 20))
        return made + self.sentence(count - len(made))
