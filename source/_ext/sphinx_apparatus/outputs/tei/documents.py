"""The documents: a text, the corpus, and the annotation by itself."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_apparatus.outputs.material import Material
from sphinx_apparatus.outputs.tei import lists
from sphinx_apparatus.outputs.tei.apparatus import apparatus
from sphinx_apparatus.outputs.tei.body import body
from sphinx_apparatus.outputs.tei.header import header, source_of, strings
from sphinx_apparatus.outputs.tei.notes import Notes
from sphinx_apparatus.outputs.tei.standoff import annotation, annotation_list
from sphinx_apparatus.outputs.tei.xml import element, text
from sphinx_apparatus.sphinx_ext.locale import _

_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE = "http://www.tei-c.org/ns/1.0"

#: The file of all texts.
CORPUS = "edition.xml"


def _here(siglum: str) -> str:
    """In the corpus all texts stand in one file."""
    return ""


class Tei:
    """Writes an edition in TEI."""

    def __init__(self, material: Material) -> None:
        self.material = material
        self.edition = material.edition
        self.notes = Notes(material.edition.works, canonical=material.edition.canonical)

    def text(self, siglum: str) -> str:
        """A text by itself."""
        return f"{_HEAD}{self._text(siglum, full=True)}\n"

    def within(self, siglum: str) -> str:
        """A text as the corpus has it."""
        return self._text(siglum, full=False)

    def corpus(self, texts: Iterable[str]) -> str:
        """All texts, as `within` gives them; what they have in common stands once."""
        found = [one for siglum, record in self.edition.texts.items()
                 for one in strings(self.edition.of_text(siglum), record)]  # fmt: skip
        title = self.edition.imprint.title
        source = element("sourceDesc", element("p", text(_("The texts, each with its own source."))))
        parts = [
            header(self.material, self.notes, title, source, found, full=True),
            self._beside(lists.works(self.material.works)),
            "\n".join(texts),
        ]
        return f"{_HEAD}{element('teiCorpus', *parts, xmlns=_NAMESPACE, xml__lang=self.edition.imprint.language)}\n"

    def annotation(self, identifier: str) -> str:
        """An annotation by itself; it points into the file of its text."""
        said = self.edition.annotations[identifier]
        imprint = self.edition.imprint
        source = element(
            "sourceDesc", element("p", text(_("Annotation {id} of: {title}").format(id=said.id, title=imprint.title)))
        )
        notes = Notes(
            self.edition.works, lambda siglum: f"../data/{siglum}.xml", self.edition.canonical, "../data/pictures/"
        )
        own = {key: self.material.works[key] for key in said.cites if key in self.material.works}
        stand = element(
            "standOff",
            element("listAnnotation", annotation(self.material, notes, said)),
            lists.works(own),
        )
        head = header(self.material, notes, f"{imprint.title}: {said.id}", source, (), full=False)
        return f"{_HEAD}{element('TEI', head, stand, xmlns=_NAMESPACE, xml__lang=imprint.language)}\n"

    def _text(self, siglum: str, *, full: bool) -> str:
        record, own = self.edition.texts[siglum], self.edition.of_text(siglum)
        title = f"{siglum}: {self.edition.titles.get(siglum, siglum)}"
        works = lists.works(self.material.cited) if full else ""
        file = (lambda other: "" if other == siglum else f"{other}.xml") if full else _here
        notes = Notes(self.edition.works, file, self.edition.canonical)
        stand = annotation_list(self.material, notes, own) + apparatus(self.edition, siglum)
        inner = body(record, own, self.edition.lines_of(siglum))
        return element(
            "TEI",
            header(self.material, notes, title, source_of(self.material, record), strings(own, record), full=full),
            element("standOff", stand, works) if stand or works else "",
            element("text", element("body", inner), xml__lang=record.language),
            xmlns=_NAMESPACE,
            xml__id=siglum,
            xml__lang=self.edition.imprint.language,
        )

    def _beside(self, works: str) -> str:
        found = [works, *lists.names(self.material, self.notes), lists.events(self.material, self.notes)]
        return element("standOff", *found) if any(found) else ""
