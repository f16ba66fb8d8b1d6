"""A text as it is put together: white space collapsed, lines ended, places kept."""

from __future__ import annotations

import re

_SPACE = re.compile(r"[ \t\r\n]+")


class Strings:
    """Characters added one after the other."""

    def __init__(self) -> None:
        #: whether white space is kept as it is
        self.keep = False
        self._pieces: list[str] = []
        self._length = 0
        self._space = False
        self._last = ""
        #: places that begin where the next character will be
        self._waiting: list[list[int]] = []

    def add(self, words: str | None) -> None:
        """Add characters."""
        if not words:
            return
        if self.keep:
            self._put(words)
            return
        for number, piece in enumerate(_SPACE.split(words)):
            if number:
                self._space = self._last not in ("", "\n", " ")
            if piece:
                self._put((" " if self._space else "") + piece, 1 if self._space else 0)
                self._space = False

    def line(self) -> None:
        """End the line, if it has anything."""
        self._space = False
        if self._last and self._last != "\n":
            self._pieces.append("\n")
            self._length += 1
            self._last = "\n"

    def begin(self) -> list[int]:
        """A mark where the next character will be."""
        mark: list[int] = []
        self._waiting.append(mark)
        return mark

    def end(self, mark: list[int]) -> tuple[int, int]:
        """The span from a mark to here; an empty one where nothing was added since."""
        if not mark:
            self._waiting = [one for one in self._waiting if one is not mark]
            mark.append(self._length)
        return min(mark[0], self._length), self._length

    def space(self) -> None:
        """Put a space that is the last thing; one that follows is the same."""
        self._put(" ")
        self._space = False

    def before(self, place: int) -> str:
        """What ends where a place is, its last character at least; nothing at the beginning."""
        at = self._length
        for piece in reversed(self._pieces):
            at -= len(piece)
            if at < place:
                return piece[: place - at]
        return ""

    @property
    def is_spaced(self) -> bool:
        """Whether white space has been met that is not yet put."""
        return self._space

    def here(self) -> int:
        """The place behind the last character."""
        return self._length

    def insertion(self, reading: str, tail: str | None) -> tuple[str, int]:
        """A word set between two others: its place is behind the space before it, and it brings one if it needs one."""
        if self._space:
            self._put(" ")
            self._space = False
            if tail and tail[0] in " \t\r\n" and not reading[-1:].isspace():
                reading += " "
        return reading, self._length

    def text(self) -> str:
        """All of it, the last line ended if there are several."""
        return "".join(self._pieces)

    def _put(self, words: str, offset: int = 0) -> None:
        for mark in self._waiting:
            mark.append(self._length + offset)
        self._waiting.clear()
        self._pieces.append(words)
        self._length += len(words)
        self._last = words[-1]
