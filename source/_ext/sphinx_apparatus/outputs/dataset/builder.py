"""The builder ``dataset``: the package in a folder, and whole in an archive."""

from __future__ import annotations

from pathlib import Path

from sphinx_apparatus.outputs.whole import WholeBuilder
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.upkeep import Upkeep


class DatasetBuilder(WholeBuilder):
    """Writes the edition's data."""

    name = "dataset"
    format = "dataset"
    epilog = "The data are in %(outdir)s."

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Where a site has the page."""
        return f"{docname}.html"

    def write_files(self, upkeep: Upkeep) -> None:
        """Write the package, a file an annotation, and the archive."""
        from sphinx_apparatus.outputs.dataset import files
        from sphinx_apparatus.outputs.material import material

        given = material(self.env)
        made = {siglum: files.of_text(given, self.get_target_uri, siglum) for siglum in given.edition.texts}
        found = list(files.package(given, self.get_target_uri, made))
        for path, content in (*found, *files.parts(given, self.get_target_uri)):
            upkeep.write(path, content)
        name = files.archive_name(given.edition)
        upkeep.expect(name)
        write(Path(self.outdir, name), files.archive(found, given.edition.imprint.released))
