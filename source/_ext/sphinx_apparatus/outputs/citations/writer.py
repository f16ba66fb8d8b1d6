"""Writes the pages that belong to a text, with their citations and the files offered on them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sphinx.application import Sphinx

from sphinx_apparatus.bibliography import csl, items
from sphinx_apparatus.bibliography.formats import NAMES, TYPES, WRITERS
from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.model.direction import direction
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import CORRECTIONS
from sphinx_apparatus.model.state import State
from sphinx_apparatus.outputs.citations import feeds, metadata, states
from sphinx_apparatus.outputs.citations.clearing import ids_of
from sphinx_apparatus.outputs.citations.described import Described
from sphinx_apparatus.outputs.citations.describer import Describer
from sphinx_apparatus.outputs.citations.past import describe_state
from sphinx_apparatus.outputs.citations.templates import head_html, template
from sphinx_apparatus.outputs.citations.witnesses import shown_witnesses
from sphinx_apparatus.outputs.dataset.links import DataLink, data_links
from sphinx_apparatus.outputs.html.assets import WORDS, words_script
from sphinx_apparatus.outputs.html.notes import moved
from sphinx_apparatus.outputs.html.paging import Turned
from sphinx_apparatus.outputs.html.policy import policy
from sphinx_apparatus.outputs.languages import attributes
from sphinx_apparatus.sphinx_ext.domain import edition_of
from sphinx_apparatus.sphinx_ext.locale import _, in_print
from sphinx_apparatus.stores.upkeep import Upkeep, fingerprint
from sphinx_apparatus.version import __version__


class Writer:
    """Writes the pages that belong to one text."""

    def __init__(self, app: Sphinx) -> None:
        self.app = app
        self.builder: Any = app.builder
        self.edition: Edition = edition_of(app.env)
        self.says = Describer(app)
        self.imprint = self.says.imprint
        self.stylesheets = [n for n in ("edition.css",) if Path(app.outdir, "_static", n).exists()]
        self.words = WORDS if words_script(app) else ""
        self.policy = policy() if app.config.apparatus_csp else ""
        self.styles = csl.styles(app.config.apparatus_styles)
        self.turned = Turned.of(app)
        settings = (self.imprint, self.policy, self.stylesheets, self.styles, feeds.wanted(app))
        shared = (*settings, self.turned.known, __version__)
        #: words in the language of the edition, each looked up once
        self.say = cache(lambda word: str(_(word)))
        #: what all pages show alike
        self.shared = fingerprint(shared)

    def write_text(self, siglum: str, notes: dict[str, str]) -> None:
        """Write every page of a text; ``notes`` are its notes as HTML, as they stand on its page."""
        record = self.edition.texts[siglum]
        origin = self.builder.get_target_uri(record.docname)
        own = self._own()
        with Upkeep(Path(self.app.outdir), siglum) as upkeep:
            for annotation in self.edition.of_text(siglum):
                note = notes.get(annotation.id, "")
                target = self.says.uri(f"{CORRECTIONS}/{annotation.id}")
                self._page(self.says.annotation(annotation, moved(note, origin, target, own)), upkeep)
            self._page(self.says.text(siglum), upkeep)
            for paragraph in record.text.paragraphs:
                self._page(self.says.paragraph(siglum, paragraph.number), upkeep)
            for witness in shown_witnesses(self.edition, siglum):
                self._page(self.says.witness(witness), upkeep)
            for tombstone in self.edition.tombstones.values():
                if tombstone.docname == record.docname:
                    self._page(self.says.tombstone(tombstone), upkeep)
            self._states(siglum, upkeep)

    def write_gone(self, siglum: str) -> None:
        """Write the pages of a text that is withdrawn as a whole: of each id, why, and what was released."""
        with Upkeep(Path(self.app.outdir), siglum) as upkeep:
            for identifier in self.edition.gone[siglum]:
                self._page(self.says.tombstone(self.edition.tombstones[identifier]), upkeep)
            self._states(siglum, upkeep)

    def _states(self, siglum: str, upkeep: Upkeep) -> None:
        for identifier in ids_of(self.edition, siglum):
            for number in range(len(self.edition.states.get(identifier, ()))):
                self._page(describe_state(self.says, siglum, identifier, number), upkeep)
            for version, state in states.kept(self.edition, identifier):
                self._same(version, state, upkeep)

    def _own(self) -> Any:
        """What leads to an annotation's place on a page of a text leads to its own page instead."""
        pages = {self.builder.get_target_uri(record.docname) for record in self.edition.texts.values()}

        def own(path: str, fragment: str) -> str | None:
            if path in pages and fragment in self.edition.annotations:
                return self.says.uri(f"{CORRECTIONS}/{fragment}")
            return None

        return own

    def _page(self, said: Described, upkeep: Upkeep) -> None:
        """Write a page and the files offered on it, if anything of them has changed."""
        files = (
            {f"{said.path}.{ending}": (write, said.item) for ending, write in WRITERS.items()}
            if said.item and said.exported
            else {}
        )
        folder = said.path.rpartition("/")[0]
        for key, item in said.printed.items():
            files |= {f"{folder}/{key}.{ending}": (write, item) for ending, write in WRITERS.items()}
        page = Path(self.builder.get_outfilename(said.path)).relative_to(self.app.outdir).as_posix()
        made_from = (said, self.edition.titles.get(said.siglum), self.shared, self._data(said))
        if not upkeep.changed(made_from, page, *files):
            return
        for name, (write, item) in files.items():
            upkeep.write(name, write(item))
        upkeep.write(page, self.turned.html(self._render(said), self.says.uri(said.path)))

    def _same(self, version: str, state: State, upkeep: Upkeep) -> None:
        """Write the address of a version that changed nothing: it leads to the state that it had."""
        path, there = f"{CORRECTIONS}/{state.id}/{version}", states.path_of(state)
        page = Path(self.builder.get_outfilename(path)).relative_to(self.app.outdir).as_posix()
        context = {
            "language": self.imprint.language,
            "rightward": direction(self.imprint.language) == "rtl",
            "title": f"{self.imprint.title}, {_('{id} as of version {version}').format(id=state.id, version=version)}",
            "policy": self.policy,
            "same": states.as_of(state),
            "href": self.says.href(path, there),
            "address": self.imprint.address(self.says.uri(there)),
        }
        if upkeep.changed((context, __version__), page):
            upkeep.write(page, template("same.html").render(context))

    def _data(self, said: Described) -> tuple[DataLink, ...]:
        """The files in which the same is as data; an earlier state has none."""
        return data_links(self.edition, said.target) if said.exported and self.app.config.apparatus_data else ()

    def _render(self, said: Described) -> str:
        record = self.edition.texts.get(said.siglum)
        address = said.item.get("URL", "") if said.item else ""
        exports = {
            ending: self.says.href(said.path, f"{said.path}.{ending}", file=True) for ending in TYPES if said.exported
        }
        data = [one._replace(path=self.says.href(said.path, one.path, file=True)) for one in self._data(said)]
        head = said.head + metadata.alternates((one.path, one.type) for one in data)
        if said.item is not None:
            head = (
                metadata.highwire(said.item)
                + metadata.rights(self.imprint, ours=said.ours)
                + metadata.signposts(
                    address,
                    canonical=True,
                    authors=said.item["author"],
                    kind=said.kind,
                    collection=self.imprint.address(self.says.uri(self.app.config.root_doc)),
                )
                + metadata.descriptions(exports)
                + metadata.open_graph(self.imprint, said.title, said.description, address)
                + head
            )
        head += feeds.links(self.app, said.path)
        pdf = self.app.config.apparatus_pdf
        context = {
            "previous": self._neighbour(said.path, said.previous),
            "following": self._neighbour(said.path, said.following),
            "place": said.place,
            "placed": in_print(said.place) if said.place else "",
            "pdf_href": self.says.href(said.path, said.place.address(pdf), file=True) if said.place and pdf else "",
            "text_href": self.says.href(said.path, record.docname if record else self.app.config.root_doc),
            "text_title": f"{said.siglum}: {self.edition.titles[said.siglum]}" if record else self.imprint.title,
            "root_href": self.says.href(said.path, self.app.config.root_doc),
            "search_href": self.says.href(said.path, "search"),
            "static": self.says.href(said.path, "_static", file=True),
            "stylesheets": self.stylesheets,
            "language": record.language if record else self.imprint.language,
            "theirs": Markup(attributes(record, self.imprint.language)),
            "structure": record.text.structure.value if record else "line",
            "words": self.words,
            "direction": record.direction if record else direction(self.imprint.language),
            "rightward": direction(self.imprint.language) == "rtl",
            "citations": list(self._groups(said, exports)) if said.item else (),
            "snippets": _snippets(said.target, address) if said.exported else (),
            "short": said.short or items.short_form(self.imprint, said.target) if self.imprint.short else "",
            "digest": "",
            "data": data,
            "sha256": "",
            "addressed": bool(address),
            **said.context,
        }
        rendered: str = template(said.template).render(
            context,
            _=self.say,
            imprint=self.imprint,
            policy=self.policy,
            generator=__version__,
            title=said.title,
            description=said.description,
            target=said.target,
            address=address or self.says.uri(said.path),
            metadata=head_html(head if self.app.config.html_favicon else head + metadata.ICON),
            report=said.report,
        )
        return rendered

    def _groups(self, said: Described, exports: dict[str, str]) -> Iterator[dict[str, Any]]:
        """The ways to cite: as printed, where that is known, and in this edition."""
        folder = said.path.rpartition("/")[0]
        for key, source in said.printed.items():
            files = {ending: self.says.href(said.path, f"{folder}/{key}.{ending}", file=True) for ending in TYPES}
            yield {"heading": _("As printed"), "rows": self._rows(source), "exports": _named(files)}
        heading = _("In this edition") if said.printed else ""
        yield {"heading": heading, "rows": self._rows(said.item or {}), "exports": _named(exports)}

    def _rows(self, item: Item) -> list[tuple[str, Markup]]:
        # The processor writes HTML, in which what it was given is escaped.
        made = csl.cite_all(item, [style.name for style in self.styles])
        return [(style.title, Markup(words)) for style, words in zip(self.styles, made, strict=True) if words]

    def _neighbour(self, here: str, neighbour: tuple[str, str] | None) -> tuple[str, str] | None:
        """Address and title of the page before or after."""
        if neighbour is None:
            return None
        name, title = neighbour
        return self.says.href(here, f"{here.rpartition('/')[0]}/{name}"), title


def _named(exports: dict[str, str]) -> list[tuple[str, str]]:
    return [(NAMES[ending], address) for ending, address in exports.items()]


def _snippets(target: str, address: str) -> Sequence[tuple[str, str]]:
    """Links as others write them; those of Sphinx need intersphinx, and not this extension."""
    name = target.replace(" ¶", "-p")
    kind = "passage" if "¶" in target or not target[-1].isdigit() else "annotation"
    tex = re.sub(r"([%#&_~^])", r"\\\1", address)
    linked = [
        ("Markdown", f"[{target}]({address})"),
        ("LaTeX", f"\\href{{{tex}}}{{{target.replace('¶', chr(92) + 'P')}}}"),
    ]
    return (
        *(linked if address else ()),
        ("MyST", f"[{target}](inv:*:ed:{kind}#{name})"),
        ("reStructuredText", f":external:ref:`{target} <{name}>`"),
    )
