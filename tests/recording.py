"""Records of a ``.bib`` as the exports have them."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.reader import read_all
from sphinx_apparatus.bibliography.works import item_of

DATA = Path(__file__).parent / "data" / "citations"


def item(source: str) -> Item:
    """The item of a record."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "works.bib")
        path.write_text(source, "utf-8")
        [(key, entry)] = read_all([path], "utf-8")[0].entries.items()
    return item_of(key, entry)


def read(sources: list[str]) -> dict[str, Any]:
    """The records of a file, by key."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "works.bib")
        path.write_text("\n".join(sources), "utf-8")
        data, _, faults = read_all([path], "utf-8")
    assert faults == []
    return dict(data.entries)
