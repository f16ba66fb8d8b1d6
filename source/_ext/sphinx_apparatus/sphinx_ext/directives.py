"""The directives ``ed:text`` and ``ed:tombstone``, and one for each layer: ``ed:emendation``, ``ed:note``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinx_apparatus.anchoring.selector import Selector
from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.annotation import Relations, Wording
from sphinx_apparatus.model.draft import Draft
from sphinx_apparatus.model.reference import SIGLUM, ModelError, parse_id, parse_target
from sphinx_apparatus.model.taxonomy import LAYERS, Certainty, Evidence, Layer
from sphinx_apparatus.model.text import Part, TextRecord
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.gather import taxonomy
from sphinx_apparatus.sphinx_ext.warnings import warn
from sphinx_apparatus.stores.checksums import ChecksumMismatch, ChecksumMissing, TextError, TextMissing, load_text

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
    }

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
            text = load_text(siglum, directory, filename)
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
        source = self.options.get("source", "").strip()
        parts = _parse_parts(self.options.get("parts", ""), len(text.paragraphs))
        headings = _parse_headings(self.options.get("headings", ""), len(text.paragraphs))
        language = self.options.get("lang", "").strip() or self.config.language or "en"
        self.domain.add_text(TextRecord(text, self.env.docname, source, parts, headings, language))
        node = ed.ed_text(siglum=siglum, lang=language)
        self.set_source_info(node)
        for key in filter(None, dict.fromkeys((source, *(part.source for part in parts)))):
            self.cite(key)  # counts as cited; the headnote says where the text is from
        return [node]


class AnnotationDirective(EditionDirective):
    """Base of the layers' directives."""

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
    }

    def build(self) -> list[nodes.Node]:
        """Parse the note and leave the draft to be anchored when the page has been read."""
        identifier = self.arguments[0].strip()
        parse_id(identifier)
        if "lemma" not in self.options:
            raise ModelError("needs a :lemma: (left empty, with a :prefix:, for a place between two characters)")
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
            selector=Selector(self.options["lemma"], self.options.get("prefix", ""), self.options.get("suffix", "")),
            reading=self.options.get("reading"),
            certainty=_choice(Certainty, "certainty", self.options.get("certainty", "high")),
            evidence=_choice(Evidence, "evidence", self.options.get("evidence", "internal")),
            editor=editor,
            body="",
            docname=self.env.docname,
            line=self.lineno,
            short=self.options.get("short", ""),
            relations=Relations(*(_targets(self.options.get(name, "")) for name in ("see", "contradicts", "parallel"))),
            wording=wording,
            matter=self.options.get("matter", "").strip(),
            right=self.options.get("right", "").strip(),
            written="\n".join(self.content).strip("\n"),
        )
        return [node]

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


def _annotates(layer: Layer) -> type[AnnotationDirective]:
    """The directive of a layer: ``ed:emendation``."""

    class LayerDirective(AnnotationDirective):
        pass

    LayerDirective.layer = layer
    LayerDirective.__doc__ = f"``ed:{layer.name}``."
    return LayerDirective


class TombstoneDirective(EditionDirective):
    """``ed:tombstone``: a withdrawn id; the content says why."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"version": directives.unchanged_required}

    def build(self) -> list[nodes.Node]:
        """Record the tombstone; nothing is shown on the page of the text."""
        identifier = self.arguments[0].strip()
        parse_id(identifier)
        if not self.options.get("version", "").strip() or not self.content:
            raise ModelError("needs a :version: (of the edition that withdrew it) and, as content, the reason")
        if self.domain.has(identifier):
            self.warn(Code.DUPLICATE_ID, "this id is in use")
            return []
        reason = " ".join("\n".join(self.content).split())
        self.domain.add_tombstone(Tombstone(identifier, self.env.docname, self.options["version"].strip(), reason))
        return []


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


def _choice(enum: type[Any], name: str, value: str) -> Any:
    try:
        return enum(value.strip())
    except ValueError:
        raise ModelError(f":{name}: is one of {', '.join(member.value for member in enum)}; not {value!r}") from None


def _targets(option: str) -> tuple[str, ...]:
    return tuple(str(parse_target(target)) for target in option.split(",") if target.strip())


#: The directives of the domain, by name.
DIRECTIVES: dict[str, type[EditionDirective]] = {
    "text": TextDirective,
    **{layer.name: _annotates(layer) for layer in LAYERS},
    "tombstone": TombstoneDirective,
}
