"""The builder ``tei``: a file a text, ``K.xml``, and all in one, ``edition.xml``."""

from __future__ import annotations

from sphinx_apparatus.outputs.whole import WholeBuilder
from sphinx_apparatus.stores.upkeep import Upkeep


class TeiBuilder(WholeBuilder):
    """Writes TEI P5."""

    name = "tei"
    format = "tei"
    epilog = "The TEI files are in %(outdir)s."

    def write_files(self, upkeep: Upkeep) -> None:
        """Write the texts and the corpus."""
        from sphinx_apparatus.outputs.material import material
        from sphinx_apparatus.outputs.tei.documents import CORPUS, Tei
        from sphinx_apparatus.outputs.tei.notes import picture_name

        tei = Tei(material(self.env))
        for siglum in tei.edition.texts:
            upkeep.write(f"{siglum}.xml", tei.text(siglum))
        upkeep.write(CORPUS, tei.corpus(map(tei.within, tei.edition.texts)))
        for name, path in tei.material.pictures.items():
            upkeep.write(f"pictures/{picture_name(name)}", path.read_bytes())
