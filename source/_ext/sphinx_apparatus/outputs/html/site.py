"""The site as a whole: what every page shows of it, and nothing left lying that is no longer of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.outputs.garbage import collect_seldom
from sphinx_apparatus.outputs.html.assets import STATIC
from sphinx_apparatus.outputs.html.searching import FOUND, SUGGEST
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.warnings import stop
from sphinx_apparatus.stores.upkeep import Upkeep, fingerprint, forget, read_record, write_record

#: The record of what the static files were.
_RECORD = "static"

#: The values that decide which static files a theme and Sphinx have.
_VALUES = (
    "html_theme",
    "html_theme_path",
    "html_theme_options",
    "extensions",
    "html_logo",
    "html_favicon",
    "language",
    "pygments_style",
)

#: The group of files that Sphinx writes for the pages.
_GROUP = "pages"


def stamps(folder: Path) -> dict[Path, int]:
    """The files of a folder, and when each was written last, in nanoseconds."""
    return {path: path.stat().st_mtime_ns for path in folder.rglob("*") if path.is_file()}


def clear_static(app: Sphinx, before: Mapping[Path, int]) -> None:
    """Remove the static files of an earlier build if they came from elsewhere (``builder-inited``).

    Sphinx copies what there is, and takes nothing away.  ``before`` are the files as they were before any extension
    wrote one: what has been written since (as jquery, for some themes) is of this build.
    """
    if not output_of(app.builder).assets:
        return
    now = app.builder.__dict__["apparatus_static"] = {"": _static(app)}
    record = read_record(Path(app.outdir), _RECORD)
    if record and record != now:
        for path, _written in stamps(Path(app.outdir, "_static")).items() & before.items():
            try:
                path.unlink(missing_ok=True)
            except OSError as error:  # Windows keeps what a program has open
                code = Code.OUTPUT
                stop(code, f"{path} is of an earlier build, and cannot be removed ({error}). Remedy: {code.remedy}")


def _static(app: Sphinx) -> str:
    """A hash of the static files of the project, and of what decides about the theme's."""
    values = [(name, repr(app.config[name])) for name in _VALUES]
    files = []
    for folder in (*app.config.html_static_path, STATIC):
        root = Path(app.confdir, folder)
        for path in sorted(root.rglob("*")) if root.is_dir() else [root]:
            if path.is_file():
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                files.append((path.relative_to(root).as_posix(), content))
    return fingerprint((values, sorted(files)))


def write_at_ease(app: Sphinx, env: BuildEnvironment) -> None:
    """Let garbage be looked for seldom while pages are written (``env-updated``)."""
    if output_of(app.builder).assets:
        collect_seldom(app.events)


def write_with_all(app: Sphinx, env: BuildEnvironment) -> None:
    """Let all processes that were asked for write pages, a text before all others (``env-updated``).

    Sphinx keeps one for the pages' trees, which here has little to do; and it writes the first page before the
    processes part, so that they have from it what is loaded once, as the processor of citations.  It hands out
    pages by the dozen, and all wait for the first dozen; here a quarter of that at a time.
    """
    builder: Any = app.builder
    if not output_of(builder).own_pages:
        return
    write = type(builder)._write_parallel  # not what an earlier build by the same builder has put in its place
    texts = {record.docname for record in domain_of(env).texts.values()}

    def write_parallel(docnames: Iterable[str], nproc: int) -> None:
        sphinx_builders: Any = import_module("sphinx.builders")
        chunks = sphinx_builders.make_chunks
        sphinx_builders.make_chunks = lambda names, processes: chunks(names, 4 * processes)
        try:
            write(builder, sorted(docnames, key=lambda docname: docname not in texts), nproc + 1)
        finally:
            sphinx_builders.make_chunks = chunks

    builder._write_parallel = write_parallel


def shown_site(app: Sphinx) -> Iterator[tuple[str, object]]:
    """What every page shows: the contents of the site, and the checksums of its static files."""
    if not output_of(app.builder).assets or not domain_of(app.env).texts:
        return
    env = app.env
    titles = sorted((docname, title.astext()) for docname, title in env.titles.items())
    site = fingerprint((titles, sorted(env.toctree_includes.items()), app.builder.__dict__.get("apparatus_static")))
    for docname in env.found_docs:
        yield docname, site


def shown_lines(app: Sphinx) -> Iterator[tuple[str, object]]:
    """The lines that are kept: of its own text on a page, of all on a page with a specimen."""
    edition = edition_of(app.env)
    kept = {siglum: lines.starts for siglum, lines in edition.kept_lines.items()}
    for siglum, record in edition.texts.items():
        yield record.docname, kept.get(siglum)
    for docname, page in domain_of(app.env).pages.items():
        if "specimen" in page.lists:
            yield docname, kept


def clear_away(app: Sphinx, exception: Exception | None) -> None:
    """Remove the files of pages that are gone (``build-finished``)."""
    output = output_of(app.builder)
    if exception is not None or not output.assets:
        return
    outdir = Path(app.outdir)
    if not domain_of(app.env).texts:
        # What was an edition is none, or none of its texts can be read; its pages are still pages of Sphinx.
        forget(outdir, _GROUP, kept=_files(app))
        return
    # Sphinx keeps what it knew of an earlier configuration, which is of no use to anybody who reads.
    (outdir / ".buildinfo.bak").unlink(missing_ok=True)
    write_record(outdir, _RECORD, app.builder.__dict__["apparatus_static"])
    with Upkeep(outdir, _GROUP) as upkeep:
        upkeep.expect(*_files(app))


def _files(app: Sphinx) -> Iterable[str]:
    """What Sphinx writes for the pages of a site, as it is configured."""
    builder: Any = app.builder
    outdir = Path(app.outdir)
    texts = domain_of(app.env).texts
    pages = [*app.env.found_docs]
    if builder.get_builder_config("use_index", "html"):
        pages.append("genindex")
    if builder.search:
        yield "searchindex.js"
        pages.append("search")
    if texts:
        from sphinx_apparatus.outputs.html.notes import WORKS, notes_of
        from sphinx_apparatus.outputs.html.paging import further_pages

        pages += further_pages(app)
    if output_of(builder).own_pages:
        yield from (Path(builder.get_outfilename(page)).relative_to(outdir).as_posix() for page in pages)
    if app.config.html_copy_source:
        for docname in app.env.found_docs:
            suffix = Path(app.env.doc2path(docname)).suffix
            link = app.config.html_sourcelink_suffix
            yield f"_sources/{docname}{suffix}{'' if link == suffix else link}"
    if texts:
        yield "_static/ed-print.css"
        if output_of(builder).own_pages:
            yield from (FOUND, SUGGEST, WORKS, *map(notes_of, texts))
    for siglum in texts:
        yield from (f"_static/ed-{siglum}.css", f"_static/ed-{siglum}-noscript.css")
    yield from (f"_images/{name}" for _, name in app.env.images.values())
    yield from (f"_downloads/{name}" for _, name in app.env.dlfiles.values())
    if texts and app.config.html_baseurl and output_of(builder).own_pages:
        yield "sitemap.xml"
