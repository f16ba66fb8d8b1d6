"""The data beside the pages of a site: written when all pages are, and only if anything in them has changed."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.parallel import ParallelTasks, SerialTasks, parallel_available

from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS
from sphinx_apparatus.outputs.dataset import GROUP, files
from sphinx_apparatus.outputs.dataset.links import paths, paths_of
from sphinx_apparatus.outputs.material import Material, material
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.kept import Kept
from sphinx_apparatus.stores.upkeep import Upkeep, fingerprint, forget
from sphinx_apparatus.version import __version__


def write_data(app: Sphinx, exception: Exception | None) -> None:
    """Write the files (``build-finished``)."""
    if exception is not None or not output_of(app.builder).own_pages:
        return
    outdir = Path(app.outdir)
    if not app.config.apparatus_data:
        forget(outdir, GROUP)
        return
    edition = edition_of(app.env)
    given = material(app.env)
    archive = files.archive_name(edition)
    with Upkeep(outdir, GROUP) as upkeep:
        page = app.builder.get_target_uri
        shared = fingerprint((_shared(given), page(f"{CORRECTIONS}/id")))
        said = edition.translated
        each = {one.id: fingerprint((shared, one, one.written, said.get(one.id))) for one in edition.in_order}
        lists = [name for name, _ in given.names], [event for event, _ in given.events]
        # The declaration has counts, which change with many an annotation; it is in no file of a single one.
        declaration = [node.pformat() for node in given.declaration]
        pictures = dict(files.pictures(given))
        shown = [(path, hashlib.sha256(content).digest()) for path, content in pictures.items()]
        whole = (shared, list(each.values()), lists, declaration, given.markdown, shown)
        if app.config.apparatus_pages:
            changed = [one for one in edition.in_order if upkeep.changed(each[one.id], *paths_of(edition, one.id))]
        else:
            changed = []
        if not upkeep.changed(whole, *paths(edition), *pictures, archive) and not changed:
            return

        def write_parts() -> None:
            for path, content in files.parts(given, page, changed):
                upkeep.write(path, content)

        # All else is done: with several processes, one writes what there is of each annotation.
        tasks = ParallelTasks(1) if app.parallel > 1 and parallel_available else SerialTasks()
        if changed:
            tasks.add_task(write_parts)
        kept = Kept(Path(app.doctreedir, "apparatus", app.builder.name))

        def of_text(siglum: str) -> files.OfText:
            own = [each[one.id] for one in edition.of_text(siglum)]
            made_from = (siglum, own, shared, declaration, sorted(given.cited))
            return files.OfText(*kept.get(made_from, lambda: files.of_text(given, page, siglum)))

        made = {siglum: of_text(siglum) for siglum in edition.texts}
        kept.forget_others()
        found = list(files.package(given, page, made))
        for path, content in found:
            upkeep.write(path, content)
        write(outdir / archive, files.archive(found, edition.imprint.released))
        tasks.join()


def _shared(given: Material) -> Any:
    """What the files of every annotation show of the edition, which is much: it changes with none of them."""
    edition: Edition = given.edition
    return (
        __version__,
        edition.imprint,
        edition.texts,
        edition.titles,
        [(one.id, one.layer) for one in edition.in_order],
        edition.tombstones,
        edition.register,
        edition.contributors,
        edition.taxonomy,
        edition.kept_lines,
        edition.witnesses,
        given.works,
        edition.works,
    )
