"""The index of names as a list: its directive, and how it is shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.concordances.lists import DataDirective, List, Page, words
from sphinx_apparatus.concordances.names import (
    AUTHORITIES,
    KINDS,
    Heading,
    Name,
    Places,
    anchor,
    cross_references,
    index,
    kinds,
    read_names,
)
from sphinx_apparatus.concordances.nodes import ed_list, items, spaced
from sphinx_apparatus.model.reference import Passage
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.nodes import ed_foreign
from sphinx_apparatus.sphinx_ext.warnings import warn


def names_index(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The index, by kind; or the cross-references."""
    found: list[Name] = placeholder["data"]
    wanted = placeholder["options"].get("kind") or kinds(found)
    if "forms" in placeholder["options"]:
        return [_see(name) for name in [[n for n in found if n.kind in wanted]] if name]
    entries = index(found, page.texts)
    notes = {name.heading: note for name, note in zip(found, placeholder.children, strict=True)}
    made: list[nodes.Node] = []
    for kind in wanted:
        own = [entry for entry in entries if entry.name.kind == kind]
        if len(wanted) > 1:
            made.append(nodes.rubric("", _(KINDS.get(kind, kind.capitalize()))))
        listed = nodes.definition_list(classes=["ed-names"])
        listed += [_term(page, entry, notes[entry.name.heading]) for entry in own]
        made.append(listed)
        for entry in own:
            for form in entry.missing:
                where = f"the texts {', '.join(form.texts)}" if form.texts else "any text, or only within longer forms"
                warn(
                    Code.CONCORDANCE,
                    f"{entry.name.heading}: the form {form.spelling!r} is not in {where}",
                    f"{placeholder['path']}:{entry.name.line}",
                )
    return made


def _term(page: Page, entry: Heading, note: nodes.Node) -> nodes.definition_list_item:
    name = entry.name
    term = nodes.term("", "", nodes.strong("", name.heading), ids=[anchor(name.heading)])
    for tag, native in name.native:
        term += spaced(" ", ed_foreign("", native, lang=tag))
    definition = nodes.definition()
    if name.romanisations:
        also = [nodes.Text(_("also") + " "), *_joined([nodes.emphasis("", form) for form in name.romanisations], ", ")]
        definition += nodes.paragraph("", "", *also, classes=["ed-romanisations"])
    places = []
    for form in entry.places:
        links = []
        for passage, count in form.passages:
            links.append(spaced(page.ref(passage), f" ({count})" if count > 1 else "", _mended(page, passage, form)))
        places.append(spaced(nodes.inline("", form.spelling, classes=["ed-form"]), ": ", _joined(links, ", ")))
    definition += nodes.paragraph("", "", *_joined(places, "; "))
    definition += [child.deepcopy() for child in note.children]
    authorities: list[nodes.Node] = []
    for scheme, identifier in name.authorities:
        title, address = AUTHORITIES[scheme]
        authorities.append(nodes.reference("", f"{title} {identifier}", refuri=address + identifier, internal=False))
    if authorities:
        definition += nodes.paragraph("", "", *_joined(authorities, ", "), classes=["ed-authorities"])
    return nodes.definition_list_item("", term, definition)


def _mended(page: Page, passage: Passage, form: Places) -> list[nodes.Node]:
    """A link to the emendation of a form, where it is that which an emendation of the passage mends."""
    for annotation in page.annotations:
        if annotation.lemma == form.spelling and annotation.layer.emends and page.place(annotation) == passage:
            return spaced(" (", page.ref(annotation.id), ")")
    return []


def _see(found: list[Name]) -> nodes.bullet_list:
    made = items(
        spaced(
            nodes.inline("", see.spelling, classes=["ed-form"]),
            f", {_('see')} ",
            _joined([_local(heading) for heading in see.headings], ", "),
        )
        for see in cross_references(found)
    )
    made["classes"].append("ed-see")
    return made


def _local(heading: str) -> nodes.reference:
    return nodes.reference("", heading, refid=anchor(heading), internal=True)


def _joined(parts: Sequence[nodes.Node | Sequence[nodes.Node]], mark: str) -> list[nodes.Node]:
    made: list[nodes.Node] = []
    for part in parts:
        if made:
            made.append(nodes.Text(mark))
        made += spaced(part)
    return made


class NamesDirective(DataDirective):
    """``ed:names``: an index of names; ``:kind:`` takes some kinds, ``:forms:`` lists cross-references."""

    shows = "names"
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"kind": words, "forms": directives.flag}

    def record(self, path: str, *kinds: str) -> None:
        """Remember the file, and of which kinds the headings stand here."""
        if "forms" not in self.options:
            super().record(path, *self.options.get("kind", ()))

    def read(self, path: Path) -> list[Name]:
        """The names."""
        return read_names(path)

    def notes(self, data: list[Name]) -> list[str]:
        """The notes on the names, of the kinds shown."""
        kinds = self.options.get("kind", ())
        if "forms" in self.options:
            return []
        return [name.note if not kinds or name.kind in kinds else "" for name in data]


#: The list: its directive, and what renders it.
LIST = List(NamesDirective, names_index)
