"""The docutils nodes of an edition.

::

    ed_facing                     around a text and its translation, where they stand side by side
    ed_text
        ed_row                    one a paragraph
            ed_paragraph          the paragraph's own characters, and nothing else of the text
                ed_run            a stretch under the same annotations
                    Text | ed_old | ed_new
            ed_apparatus
                ed_annotation     its children are the note in full
        ed_gap                    the blank lines between two paragraphs

The characters of the text are the ``Text`` below ``ed_paragraph`` and ``ed_gap``
without what is below ``ed_new``.
"""

from __future__ import annotations

from collections.abc import Iterator

from docutils import nodes
from sphinx import addnodes


class ed_text(nodes.General, nodes.Element):
    """A text; attributes ``siglum``, ``lang``, ``dir``, ``structure``."""


class ed_facing(nodes.General, nodes.Element):
    """A text and its translation, side by side: two ``ed_text``; attribute ``bands``."""


class ed_row(nodes.General, nodes.Element):
    """A paragraph of the text and its apparatus; attributes ``number``, and ``verse`` in verse and drama.

    Beside a translation, ``opens`` is the number of the passage that begins with it, ``closes`` is set where one ends.
    """


class ed_paragraph(nodes.General, nodes.TextElement, addnodes.translatable):
    """The characters of a paragraph with its line ending; attributes ``number``, ``heading``.

    A translator of the notes is given it to read (`sphinx.addnodes.translatable`), but no
    translation takes its place: it is verbatim.
    """

    def preserve_original_messages(self) -> None:
        """Nothing to preserve: the node itself does not change."""

    def apply_translated_message(self, original_message: str, translated_message: str) -> None:
        """Leave the text as it is."""

    def extract_original_messages(self) -> list[str]:
        """The paragraph, without its line ending."""
        return [verbatim(self).rstrip("\r\n")]


class ed_gap(nodes.General, nodes.TextElement):
    """Characters that belong to no paragraph."""


class ed_run(nodes.Inline, nodes.TextElement):
    """A run of characters under the same annotations.

    ``cover`` names them innermost first, ``first`` and ``last`` those that begin and
    end here; ``place`` is set for a place without characters.
    """


class ed_old(nodes.Inline, nodes.TextElement):
    """Characters an emendation removes."""


class ed_new(nodes.Inline, nodes.TextElement):
    """Characters an emendation supplies: editorial, not of the text."""


class ed_milestone(nodes.Inline, nodes.TextElement):
    """A place at which a page, a folio, a section begins; attributes ``siglum``, ``unit``, ``label``, ``fragment``.

    ``facsimile`` is the address of its picture, or empty.
    """


class ed_witness(nodes.Inline, nodes.TextElement):
    """The siglum of a witness in the conspectus; attributes ``siglum``, of the text, and ``witness``."""


class ed_unread(nodes.Invisible, nodes.Element):
    """A text that could not be read; attribute ``siglum``, empty where that is not known either."""


class ed_milestones(nodes.Invisible, nodes.Element):
    """Milestones to be anchored: ``siglum``, and ``rows`` of unit, number, words, picture and line."""


class ed_record(nodes.Invisible, nodes.Element):
    """What is recorded when the page has been read: attribute ``record``, a withdrawn id or a witness."""


class ed_apparatus(nodes.General, nodes.Element):
    """The annotations that begin in a paragraph; ``continued`` names those that reach into it."""


class ed_annotation(nodes.General, nodes.Element):
    """An annotation; ``annotation`` is its id, the children its note."""


class ed_relations(nodes.General, nodes.Element):
    """The part of a note that says what it stands beside; made anew for each output."""


class ed_wording(nodes.General, nodes.Element):
    """A source's words beside the lemma; the child is the citation."""


class ed_foreign(nodes.Inline, nodes.TextElement):
    """Words in another script; attribute ``lang``, a BCP 47 tag."""


class ed_specimen(nodes.General, nodes.Element):
    """Lines of a text on another page: ``siglum``, ``first`` and ``last``, the note that is ``open``, ``labelled``."""


#: What a page of HTML shows in a way of its own.
SHOWN = (
    *(ed_facing, ed_text, ed_row, ed_paragraph, ed_gap, ed_milestone, ed_witness, ed_run, ed_old, ed_new),
    *(ed_apparatus, ed_annotation, ed_relations, ed_wording, ed_foreign, ed_specimen),
)


def around(node: nodes.Node) -> Iterator[nodes.Element]:
    """What a node stands in, from within."""
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def characters(node: nodes.Node) -> str:
    """The characters below a node as they are; ``astext`` takes U+0000 for an escape and drops it."""
    return "".join(str(text) for text in node.findall(nodes.Text))


def verbatim(node: nodes.Node) -> str:
    """The characters of the text below a node, editorial matter left out."""
    return "".join(str(text) for text in node.findall(nodes.Text) if _is_verbatim(text))


def _is_verbatim(text: nodes.Node) -> bool:
    inside = False
    for node in around(text):
        if isinstance(node, (ed_new, ed_apparatus)):
            return False
        inside = inside or isinstance(node, (ed_paragraph, ed_gap))
    return inside
