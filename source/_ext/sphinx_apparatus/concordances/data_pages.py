"""The lists made from data files, as docutils nodes: chronology, timeline, names, stemma."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from docutils import nodes

from sphinx_apparatus.concordances import chronology, names, stemma_picture, timeline
from sphinx_apparatus.concordances.nodes import Cell, Column, ed_list, items, quoted, spaced, table
from sphinx_apparatus.concordances.pages import Page
from sphinx_apparatus.concordances.pictures import picture
from sphinx_apparatus.diagnostics import Diagnostic
from sphinx_apparatus.nodes import ed_foreign


def chronology_table(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """Date, event, and what the texts say; a quotation that is in no text is warned of."""
    events: list[chronology.Event] = placeholder["data"]
    texts = {text.siglum: text for text in page.texts}
    for problem in chronology.problems(events, texts):
        Diagnostic.CONCORDANCE.warn(problem.message, f"{placeholder['path']}:{problem.line}")
    columns = (Column("Date", 18), Column("Event", 42), Column("In the texts", 40))
    rows: list[list[Cell]] = []
    for event, note in zip(events, placeholder.children, strict=True):
        said = []
        for mention in event.mentions:
            try:
                place = chronology.locate(mention, texts)
            except LookupError:
                continue
            given = f"{mention.gives}, {mention.verdict.value}: " if mention.gives else "undated: "
            verdict = nodes.inline("", given, classes=[f"ed-{mention.verdict.value}"])
            said.append(spaced(page.ref(place), " ", verdict, quoted(mention.selector.quote)))
        title = nodes.paragraph("", "", nodes.strong("", event.title))
        date = [nodes.paragraph("", words) for words in (str(event.date), *_lines(event.date.source))]
        for line in date[1:]:
            line["classes"].append("ed-edtf")
        rows.append([date, [title, *(child.deepcopy() for child in note.children)], items(said) if said else "—"])
    return [table(columns, rows, "ed-chronology")]


def _lines(source: str) -> list[str]:
    """An EDTF string, a long interval on two lines: no column has room for it on one."""
    start, stroke, end = source.partition("/")
    return [start + stroke, end] if end and len(source) > 12 else [source]


def timeline_picture(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The events drawn."""
    events: list[chronology.Event] = placeholder["data"]
    sigla = page.domain.sigla()
    title = placeholder["options"].get("title") or "Timeline"
    name = f"ed-timeline-{placeholder['serial']}"
    return picture(
        page.env, page.builder, name, timeline.draw(events, sigla, title, name), timeline.describe(events, sigla)
    )


def names_index(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The index, by kind; or the cross-references."""
    found: list[names.Name] = placeholder["data"]
    wanted = placeholder["options"].get("kind") or names.kinds(found)
    if "forms" in placeholder["options"]:
        return [_see(name) for name in [[n for n in found if n.kind in wanted]] if name]
    entries = names.index(found, page.texts)
    notes = {name.heading: note for name, note in zip(found, placeholder.children, strict=True)}
    made: list[nodes.Node] = []
    for kind in wanted:
        own = [entry for entry in entries if entry.name.kind == kind]
        if len(wanted) > 1:
            made.append(nodes.rubric("", names.KINDS.get(kind, kind.capitalize())))
        listed = nodes.definition_list(classes=["ed-names"])
        listed += [_name(page, entry, notes[entry.name.heading]) for entry in own]
        made.append(listed)
        for entry in own:
            for form in entry.missing:
                where = f"the texts {', '.join(form.texts)}" if form.texts else "any text, or only within longer forms"
                Diagnostic.CONCORDANCE.warn(
                    f"{entry.name.heading}: the form {form.spelling!r} is not in {where}",
                    f"{placeholder['path']}:{entry.name.line}",
                )
    return made


def _name(page: Page, entry: names.Entry, note: nodes.Node) -> nodes.definition_list_item:
    name = entry.name
    term = nodes.term("", "", nodes.strong("", name.heading), ids=[anchor(name.heading)])
    for tag, words in name.native:
        term += spaced(" ", ed_foreign("", words, lang=tag))
    definition = nodes.definition()
    if name.romanisations:
        also = [nodes.Text("also "), *_joined([nodes.emphasis("", form) for form in name.romanisations], ", ")]
        definition += nodes.paragraph("", "", *also, classes=["ed-romanisations"])
    places = []
    for form in entry.places:
        links = []
        for passage, count in form.passages:
            links.append(spaced(page.ref(passage), f" ({count})" if count > 1 else ""))
        places.append(spaced(nodes.inline("", form.spelling, classes=["ed-form"]), ": ", _joined(links, ", ")))
    definition += nodes.paragraph("", "", *_joined(places, "; "))
    definition += [child.deepcopy() for child in note.children]
    authorities: list[nodes.Node] = []
    for scheme, identifier in name.authorities:
        title, address = names.AUTHORITIES[scheme]
        authorities.append(nodes.reference("", f"{title} {identifier}", refuri=address + identifier, internal=False))
    if authorities:
        definition += nodes.paragraph("", "", *_joined(authorities, ", "), classes=["ed-authorities"])
    return nodes.definition_list_item("", term, definition)


def _see(found: list[names.Name]) -> nodes.bullet_list:
    made = items(
        spaced(
            nodes.inline("", see.spelling, classes=["ed-form"]),
            ", see ",
            _joined([_local(heading) for heading in see.headings], ", "),
        )
        for see in names.cross_references(found)
    )
    made["classes"].append("ed-see")
    return made


def _local(heading: str) -> nodes.reference:
    return nodes.reference("", heading, refid=anchor(heading), internal=True)


def anchor(heading: str) -> str:
    """The id of a heading of the index."""
    return "name-" + names.sorting(heading).replace(" ", "-")


def _joined(parts: Sequence[nodes.Node | Sequence[nodes.Node]], mark: str) -> list[nodes.Node]:
    made: list[nodes.Node] = []
    for part in parts:
        if made:
            made.append(nodes.Text(mark))
        made += spaced(part)
    return made


def stemma_pages(page: Page, placeholder: ed_list) -> list[nodes.Node]:
    """The stemma drawn, and every descent in words."""
    stemma = placeholder["data"]
    title = placeholder["options"].get("title") or "Stemma"
    name = f"ed-stemma-{placeholder['serial']}"
    made = picture(
        page.env, page.builder, name, stemma_picture.draw(stemma, title, name), stemma_picture.describe(stemma)
    )
    listed = []
    for edge, note in zip(stemma.edges, placeholder.children, strict=True):
        child, parent, sure = stemma_picture.sentence(edge, stemma)
        said = nodes.paragraph("", "", nodes.strong("", child), nodes.Text(f": from {parent} ({sure})."))
        listed.append([said, *(part.deepcopy() for part in note.children)])
    descents = items(listed)
    descents["classes"].append("ed-descents")
    return [*made, descents]


DATA_RENDERERS: dict[str, Callable[[Page, ed_list], list[nodes.Node]]] = {
    "chronology": chronology_table,
    "timeline": timeline_picture,
    "names": names_index,
    "stemma": stemma_pages,
}
