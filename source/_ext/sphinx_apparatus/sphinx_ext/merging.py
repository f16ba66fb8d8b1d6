"""What two processes have read apart, and is there twice: told and left out, as where one process reads all."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import TYPE_CHECKING

from docutils import nodes

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.model.witness import Witness
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.pages import Page
from sphinx_apparatus.sphinx_ext.warnings import warn
from sphinx_apparatus.stores.atomic import write

if TYPE_CHECKING:
    from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain


def told_of_text(other: TextRecord) -> str:
    """That another text has the siglum of a text."""
    return f"siglum {other.text.siglum} is already that of {other.text.filename} in {other.docname}"


def told_of_witness(siglum: str, other: Witness) -> str:
    """That another witness has the siglum of a witness."""
    return f"{siglum}: is already a witness of {other.text}, in {other.docname}:{other.line}; give it another siglum"


def told_of_tombstone(identifier: str) -> str:
    """That an id is withdrawn, and another annotation or tombstone has it."""
    return f"ed:tombstone {identifier}: this id is in use"


def leave_out(domain: ApparatusDomain, docname: str, page: Page) -> None:
    """Leave out of a page of another process what those that are known already have, and warn of it."""
    for siglum in sorted(page.texts.keys() & domain.texts.keys()):
        _leave_out_text(domain, docname, page, siglum)
        page.rivalled = True
    for key in sorted(page.witnesses.keys() & domain.witnesses.keys()):
        witness = page.witnesses.pop(key)
        warn(Code.WITNESS, told_of_witness(witness.siglum, domain.witnesses[key]), (docname, witness.line))
        page.rivalled = True
    for identifier in [one for one in page.tombstones if domain.has(one)]:
        del page.tombstones[identifier]
        warn(Code.DUPLICATE_ID, told_of_tombstone(identifier), docname)
        page.rivalled = True
    for identifier in sorted(page.annotations.keys() & domain.tombstones.keys()):
        home = domain.tombstones.pop(identifier).docname
        del domain.page(home).tombstones[identifier]
        warn(Code.DUPLICATE_ID, told_of_tombstone(identifier), home)
        domain.page(home).rivalled = True


def _leave_out_text(domain: ApparatusDomain, docname: str, page: Page, siglum: str) -> None:
    """Leave out a text with its annotations; a translation of it stands by itself."""
    own = page.texts.pop(siglum)
    said = f"ed:text {own.text.filename}: {told_of_text(domain.texts[siglum])}"
    warn(Code.TEXT_DUPLICATE, said, (docname, own.line))
    page.unread.add(siglum)
    for identifier in [one.id for one in page.annotations.values() if one.siglum == siglum]:
        del page.annotations[identifier]
        page.translated.pop(identifier, None)
    for translation in [one for one in page.texts.values() if one.translates == siglum]:
        page.texts[translation.text.siglum] = translation._replace(bands=(), pages=())
    # The process that read the page has kept its tree already.
    path = Path(domain.env.doctreedir, f"{docname}.doctree")
    document: nodes.document = pickle.loads(path.read_bytes())
    for node in [one for one in document.findall(ed.ed_text) if one["siglum"] == siglum]:
        above = node.parent
        above.remove(node)
        if isinstance(above, ed.ed_facing):
            above.replace_self(above.children)
    write(path, pickle.dumps(document, pickle.HIGHEST_PROTOCOL))
