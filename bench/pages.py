"""The page of an annotation against an ordinary page of the same site."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_apparatus.outputs.citations.pages import Writer

SOURCE = Path(__file__).parent.parent / "source"


def measure() -> Iterator[str]:
    """Write the edition's documents, then the pages of its annotations."""
    with tempfile.TemporaryDirectory() as folder:
        app = Sphinx(SOURCE, SOURCE, Path(folder, "html"), Path(folder, "doctrees"), "html", status=None, warning=None)
        app.build()
        large = ("texts/", "concordances/", "bibliography")
        small = [name for name in app.env.found_docs if not name.startswith(large)]
        started = time.perf_counter()
        app.builder.write_documents(set(small))
        ordinary = (time.perf_counter() - started) / len(small)
        writer = Writer(app)
        started = time.perf_counter()
        writer.write_all()
        own = (time.perf_counter() - started) / len(writer.written)
        yield (
            f"pages: {len(writer.written)} of their own in {own * 1000:.1f} ms each, an ordinary page "
            f"{ordinary * 1000:.1f} ms: {own / ordinary:.2f} of it"
        )
