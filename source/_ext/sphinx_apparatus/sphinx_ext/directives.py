"""The directives: texts, annotations of each layer, witnesses, milestones, withdrawn ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.anchoring.selector import Selector, Span
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.annotation import Relations, Wording
from sphinx_apparatus.model.direction import direction
from sphinx_apparatus.model.draft import Draft
from sphinx_apparatus.model.reference import SIGLUM, ModelError, parse_id, parse_target
from sphinx_apparatus.model.structure import Structure, Verse, contradiction, number_verses
from sphinx_apparatus.model.taxonomy import Certainty, Evidence, Layer
from sphinx_apparatus.model.text import Part, Text, TextRecord
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.model.witness import WITNESS, Witness, split_lemma
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.gather import taxonomy
from sphinx_apparatus.sphinx_ext.warnings import warn
from sphinx_apparatus.stores.checksums import ChecksumMismatch, ChecksumMissing, TextError, TextMissing, load_text

_MILESTONE = re.compile(r"(?P<unit>[^\W\d_]+)\s+(?P<number>[^\s:]+)\s*:\s+(?P<words>.+)")

_PART = re.compile(r"¶?\s*(\d+)\s*[-–]\s*(\d+)\s+(\S+)")


def words(argument: str | None) -> str:
    """An option that may be empty, taken as it is written."""
    return argument or ""


class EditionDirective(SphinxDirective):
    """Base of the directives: `build` does the work, `ModelError` becomes a warning."""

    has_content = True
    required_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        """Build the nodes; a wrong option drops the directive and says why."""
        try:
            return self.build()
        except ModelError as error:
            self.warn(Code.OPTION, str(error))
            return []

    def build(self) -> list[nodes.Node]:
        """Make the nodes.  Raises `ModelError` for what is not of its form."""
        raise NotImplementedError

    def warn(self, diagnostic: Code, message: str) -> None:
        """Warn, naming the directive's file and line."""
        warn(diagnostic, f"{self.name} {self.arguments[0]}: {message}", self.get_location())

    @property
    def domain(self) -> Any:
        """The ``ed`` domain."""
        return self.env.domains["ed"]

    def cite(self, key: str) -> list[nodes.Node]:
        """A parenthetical citation of a key, as ``{cite:p}`` makes it."""
        role = cast(Any, self.env.get_domain("cite").role("p"))
        made, messages = role("cite:p", f"{{cite:p}}`{key}`", key, self.lineno, self.state.inliner, {}, [])
        return [*made, *messages]


class TextDirective(EditionDirective):
    """``ed:text``: the text itself, from its file."""

    has_content = False
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "siglum": directives.unchanged_required,
        "source": directives.unchanged_required,
        "parts": directives.unchanged,
        "headings": directives.unchanged,
        "lang": directives.unchanged,
        "dir": directives.unchanged,
        "structure": directives.unchanged,
        "numbering": directives.unchanged,
        "first": directives.unchanged,
        "speakers": directives.unchanged,
    }

    def run(self) -> list[nodes.Node]:
        """Build the nodes; a text that cannot be read leaves a mark, so that its annotations say nothing."""
        made = super().run()
        if made:
            return made
        siglum = self.options.get("siglum", "").strip()
        self.domain.page(self.env.docname).unread.add(siglum)
        return [ed.ed_unread(siglum=siglum)]

    def build(self) -> list[nodes.Node]:
        """Load the text and leave a node to be woven when the page has been read."""
        siglum = self.options.get("siglum", "").strip()
        if not SIGLUM.fullmatch(siglum):
            raise ModelError(f":siglum: must be a capital and up to seven letters, as K; not {siglum!r}")
        directory = Path(self.env.srcdir, self.config.apparatus_text_dir)
        filename = self.arguments[0].strip()
        self.env.note_dependency(str(directory / filename))
        self.env.note_dependency(str(directory / "SHA256SUMS"))
        try:
            text = load_text(siglum, directory, filename, self._structure())
        except TextError as error:
            self.warn(_text_code(error), str(error))
            return []
        other = self.domain.texts.get(siglum)
        if other is not None:
            self.warn(
                Code.TEXT_DUPLICATE,
                f"siglum {siglum} is already that of {other.text.filename} in {other.docname}",
            )
            return []
        record = self._record(text)
        self.domain.add_text(record)
        node = ed.ed_text(siglum=siglum, lang=record.language, dir=record.direction, structure=text.structure.value)
        self.set_source_info(node)
        for key in filter(None, dict.fromkeys((record.source, *(part.source for part in record.parts)))):
            self.cite(key)  # counts as cited; the headnote says where the text is from
        return [node]

    def _record(self, text: Text) -> TextRecord:
        """The text where it stands; its shape may contradict what is declared."""
        count = len(text.paragraphs)
        said = contradiction(text.string, text.structure, declared="structure" in self.options)
        if said:
            self.warn(Code.SHAPE, f"{text.filename} {said}")
        language = self.options.get("lang", "").strip() or self.config.language or "en"
        headings = _parse_headings(self.options.get("headings", ""), count)
        return TextRecord(
            text,
            self.env.docname,
            self.options.get("source", "").strip(),
            _parse_parts(self.options.get("parts", ""), count),
            headings,
            language,
            verses=self._verses(text, headings),
            direction=_one_of(self.options, "dir", ("ltr", "rtl"), direction(language, text.string)),
        )

    def _structure(self) -> Structure:
        return Structure(
            _one_of(self.options, "structure", [structure.value for structure in Structure], Structure.LINE.value)
        )

    def _verses(self, text: Text, headings: tuple[int, ...]) -> dict[int, Verse]:
        speakers = [name.strip() for name in self.options.get("speakers", "").split(";") if name.strip()]
        numbering = _one_of(self.options, "numbering", ("through", "stanza"), "through")
        first = self.options.get("first", "1").strip()
        if not first.isdecimal() or not 0 < int(first) < 1_000_000:
            raise ModelError(f":first: is the number of the first verse, from 1; not {first!r}")
        if not text.structure.verse:
            extra = [name for name in ("numbering", "first", "speakers") if name in self.options]
            if extra:
                raise ModelError(f":{extra[0]}: is for verse; declare :structure: verse, or drama")
            return {}
        if text.structure is Structure.DRAMA and not speakers:
            raise ModelError("drama needs :speakers:, their names as they stand on lines of their own, parted by ;")
        spans = [Span(paragraph.start, paragraph.end) for paragraph in text.paragraphs]
        return number_verses(
            text.string, spans, headings, by_stanza=numbering == "stanza", first=int(first), speakers=speakers
        )


class AnnotationDirective(EditionDirective):
    """Base of the three layers' directives."""

    layer: ClassVar[Layer]
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        "lemma": words,
        "prefix": words,
        "suffix": words,
        "reading": words,
        "kind": directives.unchanged,
        "certainty": directives.unchanged,
        "evidence": directives.unchanged,
        "resp": directives.unchanged,
        "short": words,
        "see": words,
        "contradicts": words,
        "parallel": words,
        "matter": words,
        "right": words,
        "source": directives.unchanged,
        "wording": words,
        "in": directives.unchanged,
        "whole": directives.flag,
    }

    def build(self) -> list[nodes.Node]:
        """Parse the note and leave the draft to be anchored when the page has been read."""
        identifier = self.arguments[0].strip()
        parse_id(identifier)
        lemma, reading = self._words()
        editor = self.options.get("resp", "").strip() or self.config.apparatus_default_editor
        if editor not in self.config.apparatus_editors:
            raise ModelError(
                f":resp: names {editor!r}; apparatus_editors has {', '.join(map(repr, self.config.apparatus_editors))}"
            )
        node = ed.ed_annotation(annotation=identifier, layer=self.layer.name)
        self.set_source_info(node)
        if self.content:
            node += self.parse_content_to_nodes()
        wording = self._wording(node)
        node["draft"] = Draft(
            id=identifier,
            layer=self.layer,
            kind=taxonomy(self.env).kind(self.layer, self.options.get("kind", "").strip() or None).name,
            selector=Selector(
                lemma, self.options.get("prefix", ""), self.options.get("suffix", ""), whole="whole" in self.options
            ),
            reading=reading,
            certainty=_choice(Certainty, "certainty", self.options.get("certainty")),
            evidence=_choice(Evidence, "evidence", self.options.get("evidence")),
            editor=editor,
            body="",
            docname=self.env.docname,
            line=self.lineno,
            short=self.options.get("short", ""),
            relations=Relations(*(_targets(self.options.get(name, "")) for name in ("see", "contradicts", "parallel"))),
            wording=wording,
            matter=self.options.get("matter", "").strip(),
            right=self.options.get("right", "").strip(),
        )
        node["within"] = self.options.get("in", "").strip()
        return [node]

    def _words(self) -> tuple[str, str | None]:
        """The lemma to look for, and the reading."""
        if "lemma" not in self.options:
            raise ModelError("needs a :lemma: (left empty, with a :prefix:, for a place between two characters)")
        return self.options["lemma"], self.options.get("reading")

    def _wording(self, node: nodes.Element) -> Wording | None:
        source = self.options.get("source", "").strip()
        quotation = self.options.get("wording", "")
        if bool(source) != bool(quotation):
            raise ModelError(":source: and :wording: go together: a key of the bibliography, and its words")
        if not source:
            return None
        holder = ed.ed_wording(source=source, quotation=quotation)
        holder += nodes.paragraph(
            "",
            "",
            nodes.inline("", quotation, classes=["ed-quotation"], support_smartquotes=False),
            nodes.Text(" "),
            *self.cite(source),
        )
        node += holder
        return Wording(source, quotation)


class EmendationDirective(AnnotationDirective):
    """``ed:emendation``."""

    layer = Layer.EMENDATION


class CorrectionDirective(AnnotationDirective):
    """``ed:correction``."""

    layer = Layer.CORRECTION


class VariantDirective(AnnotationDirective):
    """``ed:variant``: what witnesses have for a lemma, ``lemma] reading A B : reading C : om. D``."""

    layer = Layer.VARIANT
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        **{name: kind for name, kind in AnnotationDirective.option_spec.items() if name != "reading"},
        "readings": words,
    }

    def _words(self) -> tuple[str, str | None]:
        if not self.options.get("readings", "").strip():
            raise ModelError("needs :readings:, as: lemma] reading A B : reading C : om. D")
        lemma, readings = split_lemma(self.options["readings"])
        if lemma is None:
            lemma = self.options.get("lemma")
        if lemma is None:
            raise ModelError("needs a lemma, before the bracket in :readings: or as :lemma:")
        return self.options.get("lemma", lemma), " ".join(readings.split())


class WitnessDirective(EditionDirective):
    """``ed:witness``: a witness of a text; where it stands is the conspectus of the sigla."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = dict.fromkeys(
        ("text", "name", "date", "repository", "hand", "family"), directives.unchanged
    )

    def build(self) -> list[nodes.Node]:
        """Record the witness, and write its line of the conspectus."""
        siglum = self.arguments[0].strip()
        if not WITNESS.fullmatch(siglum):
            raise ModelError(f"{siglum!r} is no siglum of a witness: a capital, or a Greek letter, as A, Vat, or β")
        said = {name: self.options.get(name, "").strip() for name in self.option_spec}
        if not SIGLUM.fullmatch(said["text"]):
            raise ModelError(f":text: is the siglum of the text that it is a witness of, as K; not {said['text']!r}")
        witness = Witness(siglum, docname=self.env.docname, line=self.lineno, **said)
        record = ed.ed_record(record=witness)
        self.set_source_info(record)
        definition = nodes.definition()
        if witness.described:
            definition += nodes.paragraph("", witness.described)
        definition.extend(self.parse_content_to_nodes())
        item = nodes.definition_list_item("", nodes.term("", siglum), definition)
        return [record, nodes.definition_list("", item, classes=["ed-conspectus"])]


class MilestonesDirective(EditionDirective):
    """``ed:milestones``: where pages, folios, sections of a text begin, a line each: ``page 12: the first words``."""

    def build(self) -> list[nodes.Node]:
        """Read the lines; they are anchored when the page has been read."""
        siglum = self.arguments[0].strip()
        if not SIGLUM.fullmatch(siglum):
            raise ModelError(f"{siglum!r} is no siglum of a text, as K")
        found = []
        for number, line in enumerate(self.content):
            if line.strip():
                match = _MILESTONE.fullmatch(line.strip())
                if match is None:
                    raise ModelError(f"{line.strip()!r} is not of the form 'page 12: the words with which it begins'")
                found.append((match["unit"], match["number"], match["words"], self.content_offset + number + 1))
        node = ed.ed_milestones(siglum=siglum, rows=found)
        self.set_source_info(node)
        return [node]


class NoteDirective(AnnotationDirective):
    """``ed:note``."""

    layer = Layer.NOTE


class TombstoneDirective(EditionDirective):
    """``ed:tombstone``: a withdrawn id; the content says why."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"version": directives.unchanged_required}

    def build(self) -> list[nodes.Node]:
        """Record the tombstone; nothing is shown on the page of the text."""
        identifier = self.arguments[0].strip()
        parse_id(identifier)
        if not self.options.get("version", "").strip() or not self.content:
            raise ModelError("needs a :version: (of the edition that withdrew it) and, as content, the reason")
        reason = " ".join("\n".join(self.content).split())
        record = Tombstone(identifier, self.env.docname, self.options["version"].strip(), reason)
        node = ed.ed_record(record=record)
        self.set_source_info(node)
        return [node]


def _text_code(error: TextError) -> Code:
    if isinstance(error, TextMissing):
        return Code.TEXT_MISSING
    if isinstance(error, (ChecksumMissing, ChecksumMismatch)):
        return Code.TEXT_CHECKSUM
    return Code.TEXT_ENCODING


def _parse_parts(option: str, count: int) -> tuple[Part, ...]:
    parts: list[Part] = []
    for piece in filter(None, (piece.strip() for piece in option.split(";"))):
        match = _PART.fullmatch(piece)
        if match is None:
            raise ModelError(f":parts: {piece!r} is not of the form '1-18 key'")
        part = Part(int(match[1]), int(match[2]), match[3])
        if not (parts[-1].last if parts else 0) < part.first <= part.last <= count:
            raise ModelError(f":parts: {piece!r} is out of order, or the text has only {count} paragraphs")
        parts.append(part)
    return tuple(parts)


def _parse_headings(option: str, count: int) -> tuple[int, ...]:
    numbers = option.replace("¶", " ").replace(",", " ").split()
    if not all(number.isdecimal() and 1 <= int(number) <= count for number in numbers):
        raise ModelError(f":headings: are numbers of paragraphs, 1 to {count}, as '1, 5'; not {option!r}")
    return tuple(map(int, numbers))


def _choice(enum: type[Any], name: str, value: str | None) -> Any:
    """The member of a value; where none is given, what says nothing."""
    members = [member.value for member in enum if member.value]
    if value is None:
        return enum("")
    if value.strip() in members:
        return enum(value.strip())
    raise ModelError(f":{name}: is one of {', '.join(members)}; not {value!r}")


def _one_of(options: dict[str, Any], name: str, values: Sequence[str], default: str) -> str:
    value: str = options.get(name, default).strip()
    if value not in values:
        raise ModelError(f":{name}: is one of {', '.join(values)}; not {value!r}")
    return value


def _targets(option: str) -> tuple[str, ...]:
    return tuple(str(parse_target(target)) for target in option.split(",") if target.strip())


#: The directives of the domain, by name.
DIRECTIVES: dict[str, type[EditionDirective]] = {
    "text": TextDirective,
    "emendation": EmendationDirective,
    "correction": CorrectionDirective,
    "variant": VariantDirective,
    "note": NoteDirective,
    "witness": WitnessDirective,
    "milestones": MilestonesDirective,
    "tombstone": TombstoneDirective,
}
