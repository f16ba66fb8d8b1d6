"""Post-transforms: what a page shows of the rest of the edition, made as it is written."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus import nodes as ed
from sphinx_apparatus.annotations import Passage, parse_target
from sphinx_apparatus.relations import LABELS, beside, target_order


def reference(docname: str, target: str) -> pending_xref:
    """A reference to an id or a passage, to be resolved by Sphinx; if it leads nowhere, that was told before."""
    parsed = parse_target(target)
    anchor = parsed.anchor if isinstance(parsed, Passage) else parsed
    title = str(parsed).replace(" ", "\u00a0")
    node = pending_xref(
        "", refdomain="ed", reftype="ref", reftarget=anchor, refexplicit=False, refdoc=docname, told=True
    )
    node += nodes.inline("", title, classes=["xref", "ed", "ed-ref"])
    return node


def references(docname: str, targets: Iterable[str]) -> list[nodes.Node]:
    """References set apart by commas."""
    made: list[nodes.Node] = []
    for target in targets:
        if made:
            made.append(nodes.Text(", "))
        made.append(reference(docname, target))
    return made


class Relations(SphinxPostTransform):
    """Say at the end of each note what it stands beside; before references are resolved (10)."""

    default_priority = 4

    def run(self, **kwargs: Any) -> None:
        """Add the relations, both ways."""
        found = list(self.document.findall(ed.ed_annotation))
        if not found:
            return
        domain: Any = self.env.domains["ed"]
        table = beside(domain.annotations)
        for node in found:
            kinds = table.get(node["annotation"])
            if not kinds:
                continue
            relations = ed.ed_relations()
            for kind, targets in kinds.items():
                relations += nodes.paragraph(
                    "",
                    "",
                    nodes.inline("", LABELS[kind], classes=["ed-label"]),
                    nodes.Text(" "),
                    *references(self.env.current_document.docname, targets),
                )
            node += relations


class Bibliography(SphinxPostTransform):
    """Make lists of sphinxcontrib-bibtex's citations, each naming the annotations that cite it.

    Its own mark-up, a ``div`` of the role *list* around entries that are no list items,
    is no list to assistive technology; its bullet lists, which are, cannot be the target
    of a citation.  After its transform (5), before references are resolved (10).
    """

    default_priority = 7

    def run(self, **kwargs: Any) -> None:
        """Turn each bibliography into one list."""
        cite: Any = self.env.get_domain("cite")
        keys = {citation.citation_id: citation.key for citation in cite.citations}
        backward = self._backward()
        for holder in list(self.document.findall(nodes.container)):
            if not holder.children or not all(isinstance(child, nodes.citation) for child in holder.children):
                continue
            items = nodes.bullet_list(classes=["ed-bibliography"], bullet="-")
            for citation in holder.findall(nodes.citation):
                item = nodes.list_item(ids=citation["ids"])
                item.extend(child for child in citation.children if not isinstance(child, nodes.label))
                key = next((keys[identifier] for identifier in citation["ids"] if identifier in keys), "")
                if key in backward:
                    item += self._cited_at(backward[key])
                items += item
            holder.replace_self(items)

    def _cited_at(self, targets: list[str]) -> nodes.paragraph:
        return nodes.paragraph(
            "",
            "",
            nodes.inline("", "Cited at", classes=["ed-label"]),
            nodes.Text(" "),
            *references(self.env.current_document.docname, targets),
            classes=["ed-cited-at"],
        )

    def _backward(self) -> dict[str, list[str]]:
        domain: Any = self.env.domains["ed"]
        found: dict[str, list[str]] = {}
        for annotation in domain.annotations.values():
            for key in annotation.cites:
                found.setdefault(key, []).append(annotation.id)
        return {key: sorted(ids, key=target_order) for key, ids in found.items()}


class Footnotes(SphinxPostTransform):
    """For builders without visitors of ours: the text as paragraphs, its notes as footnotes.

    Every Sphinx builder knows paragraphs and footnotes, so nothing is lost in any.
    """

    default_priority = 800

    #: Builders that render our nodes themselves, and the one that asks them for their messages.
    builders = ("html", "dirhtml", "singlehtml", "typst", "typstpdf", "gettext")

    def is_supported(self) -> bool:
        """Whether the builder is none of these."""
        return not super().is_supported()

    def run(self, **kwargs: Any) -> None:
        """Replace each text."""
        domain: Any = self.env.domains["ed"]
        for text in list(self.document.findall(ed.ed_text)):
            text.replace_self(self._plain(text, domain))
        for foreign in list(self.document.findall(ed.ed_foreign)):
            foreign.replace_self(nodes.inline("", foreign.astext(), classes=[f"lang-{foreign['lang']}"]))

    def _plain(self, text: ed.ed_text, domain: Any) -> list[nodes.Node]:
        made: list[nodes.Node] = []
        notes: list[nodes.Node] = []
        for row in text.findall(ed.ed_row):
            paragraph = nodes.paragraph("", "", support_smartquotes=False)
            anchors = [f"{row['siglum']}-p{row['number']}"]
            paragraph["ids"] = anchors if row["number"] > 1 else [row["siglum"], *anchors]
            source = next(iter(row.findall(ed.ed_paragraph)))
            for child in source.children:
                self._copy(child, paragraph)
            made.append(paragraph)
            for note in row.findall(ed.ed_annotation):
                notes.append(self._footnote(note, domain))
        return [*made, *notes]

    def _copy(self, child: nodes.Node, paragraph: nodes.paragraph) -> None:
        if isinstance(child, nodes.Text):
            paragraph += nodes.Text(_plain_characters(child))
            return
        if not isinstance(child, ed.ed_run):
            return
        paragraph += nodes.Text(ed_text_of(child))
        for identifier in child["last"]:
            reference = nodes.footnote_reference(
                "", identifier, refid=identifier, docname=self.env.current_document.docname
            )
            reference["ids"] = [f"{identifier}-t"]
            paragraph += reference

    def _footnote(self, note: ed.ed_annotation, domain: Any) -> nodes.footnote:
        annotation = domain.annotations[note["annotation"]]
        footnote = nodes.footnote(ids=[annotation.id], docname=annotation.docname, names=[annotation.id])
        footnote["backrefs"] = [f"{annotation.id}-t"]
        footnote += nodes.label("", annotation.id)
        footnote += nodes.paragraph("", "", *heading(annotation))
        for child in note.children:
            if isinstance(child, (ed.ed_relations, ed.ed_wording)):
                footnote.extend(child.children)
            else:
                footnote += child
        return footnote


def _plain_characters(node: nodes.Node) -> str:
    """The characters below a node; U+0000, which docutils would drop, as the symbol for it."""
    return ed.characters(node).replace("\0", "\u2400")


def ed_text_of(node: nodes.Element) -> str:
    """The text's own characters below a run."""
    return "".join(_plain_characters(child) for child in node.children if not isinstance(child, ed.ed_new))


def heading(annotation: Any) -> list[nodes.Node]:
    """Lemma, reading, layer, kind and certainty on one line, for plain outputs."""
    made: list[nodes.Node] = [nodes.emphasis("", annotation.lemma or "‸", support_smartquotes=False)]
    if annotation.reading is not None:
        sign = "] recte " if annotation.layer.value == "correction" else "] "
        made += [nodes.Text(sign), nodes.strong("", annotation.reading or "(delete)", support_smartquotes=False)]
    made.append(
        nodes.Text(
            f". {annotation.layer.value.capitalize()}, {annotation.kind}; certainty {annotation.certainty.value}, "
            f"evidence {annotation.evidence.value}."
        )
    )
    return made
