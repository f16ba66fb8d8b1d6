"""The builder ``dataset``: the package in a folder, and whole in an archive."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder

from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.upkeep import Upkeep


class DatasetBuilder(Builder):
    """Writes the edition's data; a project without texts gets nothing."""

    name = "dataset"
    format = "dataset"
    epilog = "The data are in %(outdir)s."
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        """All is written anew: it takes less time than to find out."""
        return "all texts"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Where a site has the page."""
        return f"{docname}.html"

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Nothing to prepare."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Pages are not written one by one."""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write the files."""
        from sphinx_apparatus.outputs.dataset import files
        from sphinx_apparatus.outputs.material import material

        outdir = Path(self.outdir)
        with Upkeep(outdir, "dataset") as upkeep:
            if not edition_of(self.env).texts:
                return
            given = material(self.env)
            found = list(files.package(given, self.get_target_uri))
            for path, content in (*found, *files.parts(given, self.get_target_uri)):
                upkeep.write(path, content)
            name = files.archive_name(given.edition)
            upkeep.expect(name)
            write(outdir / name, files.archive(found, given.edition.imprint.released))
