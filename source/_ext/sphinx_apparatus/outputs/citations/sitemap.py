"""The sitemap: every page's address (sitemaps.org 0.9), if there is a base address."""

from __future__ import annotations

from html import escape
from pathlib import Path

from sphinx.application import Sphinx

from sphinx_apparatus.outputs.citations.clearing import own_pages
from sphinx_apparatus.outputs.html.paging import further_pages
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.atomic import write


def write_sitemap(app: Sphinx, exception: Exception | None) -> None:
    """Write ``sitemap.xml`` (``build-finished``)."""
    if exception is not None or not output_of(app.builder).own_pages:
        return
    edition = edition_of(app.env)
    if not edition.texts or not edition.imprint.base_url:
        return
    pages = [*sorted((*app.env.found_docs, *further_pages(app))), *own_pages(app)]
    addresses = (edition.imprint.address(app.builder.get_target_uri(page)) for page in pages)
    rows = "".join(f"<url><loc>{escape(address)}</loc></url>\n" for address in addresses)
    write(
        Path(app.outdir, "sitemap.xml"),
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n{rows}</urlset>\n',
    )
