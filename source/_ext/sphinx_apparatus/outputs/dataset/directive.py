"""``ed:data``: on a page, every file of the edition's data."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.outputs.addresses import beside_book, offprint
from sphinx_apparatus.outputs.dataset.files import archive_name
from sphinx_apparatus.outputs.dataset.links import REGISTER, data_links
from sphinx_apparatus.outputs.dataset.listing import SHOWS, ed_data
from sphinx_apparatus.outputs.print.book import slug
from sphinx_apparatus.outputs.print.volumes import stem
from sphinx_apparatus.outputs.tei.documents import CORPUS
from sphinx_apparatus.outputs.webannotation.addresses import DATA, SUMS, TEXTS
from sphinx_apparatus.outputs.webannotation.pages import COLLECTION
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import _

#: A row: what it is, and the files, by their paths below the root of the site.
Row = tuple[str, list[str]]


class DataDirective(SphinxDirective):
    """The files of the whole edition; with ``:parts:`` those of each text, and of an annotation as an example."""

    has_content = False
    option_spec: ClassVar[dict[str, Any]] = {"parts": directives.flag}

    def run(self) -> list[nodes.Node]:
        """Leave the placeholder, and note that the page shows data of others."""
        domain_of(self.env).page(self.env.current_document.docname).lists.add(SHOWS)
        return [ed_data(parts="parts" in self.options)]


class Late(NamedTuple):
    """What the domain takes from a module that is loaded late."""

    directive: type[SphinxDirective]


LIST = Late(DataDirective)


def whole(env: BuildEnvironment, edition: Edition) -> Iterator[Row]:
    """The files in which all is."""
    yield _("Texts, annotations and all data in one archive, with checksums and licences"), [archive_name(edition)]
    yield _("The annotations as a table; as JSON"), [f"{DATA}/annotations.csv", f"{DATA}/annotations.json"]
    yield _("What the JSON has, as a schema: a contract with a version"), [f"{DATA}/contract.json"]
    yield _("The annotations as W3C Web Annotations"), [f"{DATA}/{COLLECTION}"]
    yield _("What their own terms mean; as a context"), [f"{DATA}/terms.html", f"{DATA}/context.jsonld"]
    yield _("The whole edition in TEI P5"), [f"{DATA}/{CORPUS}"]
    yield (
        _("Names, events, matters of disagreement"),
        [f"{DATA}/{name}.csv" for name in ("names", "events", "matters")],
    )
    yield _("The ids that are withdrawn"), [f"{DATA}/withdrawn.csv"]
    if edition.register:
        yield _("The register: when each id was published and changed"), [f"{DATA}/{REGISTER}"]
    yield _("The bibliography as CSL-JSON; as BibTeX"), [f"{DATA}/bibliography.json", f"{DATA}/bibliography.bib"]
    yield _("What describes the data for Frictionless; for RO-Crate"), ["datapackage.json", "ro-crate-metadata.json"]
    books = [env.config.apparatus_pdf] if _has_book(env) else []
    books += [env.config.apparatus_epub] if env.config.apparatus_epub else []
    if books:
        yield _("The edition as a book"), books
    alone = dict.fromkeys(filter(None, (offprint(edition, siglum, env.config) for siglum in edition.texts)))
    if alone:
        yield _("Each text with its notes as an offprint"), list(alone)
    config = env.config
    if _has_book(env) and config.apparatus_pdf_reading and not config.apparatus_pdf_volumes:
        name = stem(config.apparatus_pdf_name) or slug(config.project)
        yield _("The texts as emended, without notes"), [beside_book(config, f"{name}-reading.pdf")]


def _has_book(env: BuildEnvironment) -> bool:
    """Whether a PDF was built, which the site then has beside it."""
    places = env.config.apparatus_places
    return bool(env.config.apparatus_pdf and places and Path(env.srcdir, places).is_file())


def parts(edition: Edition, *, pages: bool) -> Iterator[Row]:
    """The files of each text, and those of an annotation."""
    for siglum in edition.texts:
        title = f"{siglum}: {edition.titles.get(siglum, siglum)}"
        yield title, [link.path for link in data_links(edition, siglum)]
    yield _("The checksums of the texts"), [f"{TEXTS}/{SUMS}"]
    if pages and edition.in_order:
        one = edition.in_order[0].id
        words = _("Each annotation, as {id}").format(id=one)
        yield words, [link.path for link in data_links(edition, one)]


def shown_data(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What pages with the list show of the edition, for `sphinx_apparatus.sphinx_ext.outdated`."""
    edition = edition_of(app.env)
    made = [*whole(app.env, edition), *parts(edition, pages=app.config.apparatus_pages)]
    for docname, page in domain_of(app.env).pages.items():
        if SHOWS in page.lists:
            yield docname, made
