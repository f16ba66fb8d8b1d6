"""The builder ``tei``: a file a text, ``K.xml``, and all in one, ``edition.xml``."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder

from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.upkeep import Upkeep


class TeiBuilder(Builder):
    """Writes TEI P5; a project without texts gets nothing."""

    name = "tei"
    format = "tei"
    epilog = "The TEI files are in %(outdir)s."
    allow_parallel = True

    def get_outdated_docs(self) -> str:
        """All is written anew: it takes less time than to find out."""
        return "all texts"

    def get_target_uri(self, docname: str, typ: str | None = None) -> str:
        """Pages are no files of this output."""
        return ""

    def prepare_writing(self, docnames: AbstractSet[str]) -> None:
        """Nothing to prepare."""

    def write_doc(self, docname: str, doctree: nodes.document) -> None:
        """Pages are not written one by one."""

    def write_documents(self, docnames: AbstractSet[str]) -> None:
        """Write the files."""
        from sphinx_apparatus.outputs.material import material
        from sphinx_apparatus.outputs.tei.documents import CORPUS, Tei

        with Upkeep(Path(self.outdir), "tei") as upkeep:
            if not edition_of(self.env).texts:
                return
            tei = Tei(material(self.env))
            for siglum in tei.edition.texts:
                upkeep.write(f"{siglum}.xml", tei.text(siglum))
            upkeep.write(CORPUS, tei.corpus())
