"""Pictures that tests make."""

from __future__ import annotations

from base64 import b64decode

#: A picture of one pixel.
DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==")


def drawing(width: float, rows: int, size: float = 11, more: str = "") -> str:
    """A drawing of rows of words, 17 units apart, each with a disc behind it."""
    words = "".join(
        f'<text x="9" y="{20 + 17 * n}" font-size="{size:g}" opacity="0.8">row {n}</text>'
        f'<circle cx="80" cy="{16 + 17 * n}" r="5"/>'
        for n in range(rows)
    )
    high = 17 * rows + 20
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {high}" width="{width:g}" height="{high}"'
        f"{more}><title>T</title>{words}</svg>"
    )
