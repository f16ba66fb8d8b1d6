"""The base of builders whose files are of the edition as a whole, and none of a single page."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from pathlib import Path

from docutils import nodes
from sphinx.builders import Builder

from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.stores.upkeep import Upkeep


class WholeBuilder(Builder):
    """Writes the edition's files; a project without texts gets nothing."""

    allow_parallel = True

    def write_files(self, upkeep: Upkeep) -> None:
        """Write the files of the edition; those of before that are not written are removed."""
        raise NotImplementedError

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
        """Write all files."""
        with Upkeep(Path(self.outdir), self.name) as upkeep:
            if edition_of(self.env).texts:
                self.write_files(upkeep)
