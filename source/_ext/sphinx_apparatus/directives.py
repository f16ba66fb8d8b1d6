"""The directives ``ed:text``, ``ed:emendation``, ``ed:correction``, ``ed:note``, ``ed:tombstone``."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.addnodes import pending_xref
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxDirective
from sphinxcontrib.bibtex.citation_target import parse_citation_targets

from sphinx_apparatus import nodes as ed
from sphinx_apparatus.anchoring import Selector
from sphinx_apparatus.annotations import (
    SIGLUM,
    Certainty,
    Evidence,
    Layer,
    ModelError,
    Relations,
    Wording,
    check_kind,
    parse_id,
    parse_target,
)
from sphinx_apparatus.bibstyle import cited_names
from sphinx_apparatus.diagnostics import Diagnostic
from sphinx_apparatus.drafts import Draft
from sphinx_apparatus.records import Part, TextRecord, Tombstone
from sphinx_apparatus.texts import ChecksumMismatch, ChecksumMissing, TextError, TextMissing, load_text

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
            self.warn(Diagnostic.OPTION, str(error))
            return []

    def build(self) -> list[nodes.Node]:
        """Make the nodes.  Raises `ModelError` for what is not of its form."""
        raise NotImplementedError

    def warn(self, diagnostic: Diagnostic, message: str) -> None:
        """Warn, naming the directive's file and line."""
        diagnostic.warn(f"{self.name} {self.arguments[0]}: {message}", self.get_location())

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
                Diagnostic.TEXT_DUPLICATE,
                f"siglum {siglum} is already that of {other.text.filename} in {other.docname}",
            )
            return []
        source = self.options.get("source", "").strip()
        parts = _parse_parts(self.options.get("parts", ""), len(text.paragraphs))
        headings = _parse_headings(self.options.get("headings", ""), len(text.paragraphs))
        language = self.options.get("lang", "").strip() or self.config.language or "en"
        self.domain.texts[siglum] = TextRecord(text, self.env.docname, source, parts, headings, language)
        node = ed.ed_text(siglum=siglum, lang=language)
        self.set_source_info(node)
        for key in filter(None, dict.fromkeys((source, *(part.source for part in parts)))):
            self.cite(key)  # counts as cited; the headnote says where the text is from
        return [node]


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
        node = ed.ed_annotation(annotation=identifier, layer=self.layer.value)
        self.set_source_info(node)
        if self.content:
            node += self.parse_content_to_nodes()
        body = plain_words(node, self.env)
        wording = self._wording(node)
        node["draft"] = Draft(
            id=identifier,
            layer=self.layer,
            kind=check_kind(self.layer, self.options.get("kind", "").strip() or None),
            selector=Selector(self.options["lemma"], self.options.get("prefix", ""), self.options.get("suffix", "")),
            reading=self.options.get("reading"),
            certainty=_choice(Certainty, "certainty", self.options.get("certainty", "high")),
            evidence=_choice(Evidence, "evidence", self.options.get("evidence", "internal")),
            editor=editor,
            body=body,
            docname=self.env.docname,
            line=self.lineno,
            short=self.options.get("short", ""),
            cites=tuple(_cited(node)),
            relations=Relations(*(_targets(self.options.get(name, "")) for name in ("see", "contradicts", "parallel"))),
            wording=wording,
            matter=self.options.get("matter", "").strip(),
            right=self.options.get("right", "").strip(),
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


class EmendationDirective(AnnotationDirective):
    """``ed:emendation``."""

    layer = Layer.EMENDATION


class CorrectionDirective(AnnotationDirective):
    """``ed:correction``."""

    layer = Layer.CORRECTION


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
        if self.domain.has(identifier):
            self.warn(Diagnostic.DUPLICATE_ID, "this id is in use")
            return []
        self.domain.tombstones[identifier] = Tombstone(
            identifier, self.env.docname, self.options["version"].strip(), " ".join("\n".join(self.content).split())
        )
        return []


#: Roles of sphinxcontrib-bibtex that put names into a sentence.
_NAMING = frozenset({"t", "ts", "ct", "cts", "author", "authors", "cauthor", "cauthors"})


def plain_words(node: nodes.Element, env: BuildEnvironment) -> str:
    """The words of a note without its citations, on one line; whom a sentence names is named."""
    words = " ".join("".join(_uncited(text, env) for text in child.findall(nodes.Text)) for child in node.children)
    return re.sub(r"\s+([.,;:)])", r"\1", " ".join(words.split()))


def _uncited(text: nodes.Text, env: BuildEnvironment) -> str:
    parent = text.parent
    while parent is not None and not isinstance(parent, pending_xref):
        parent = parent.parent
    if parent is None or parent.get("refdomain") != "cite":
        return text.astext()
    if parent["reftype"] not in _NAMING:
        return ""
    works: Any = env.domains["cite"].bibdata.data.entries  # type: ignore[attr-defined]
    keys = [target.key for target in parse_citation_targets(parent["reftarget"])]
    return "; ".join(cited_names(works[key]) for key in keys if key in works)


def _text_code(error: TextError) -> Diagnostic:
    if isinstance(error, TextMissing):
        return Diagnostic.TEXT_MISSING
    if isinstance(error, (ChecksumMissing, ChecksumMismatch)):
        return Diagnostic.TEXT_CHECKSUM
    return Diagnostic.TEXT_ENCODING


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


def _cited(node: nodes.Element) -> list[str]:
    """The bibliography keys cited below a node, each once, in order."""
    keys: dict[str, None] = {}
    for reference in node.findall(pending_xref):
        if reference.get("refdomain") == "cite":
            for target in parse_citation_targets(reference["reftarget"]):
                keys[target.key] = None
    return list(keys)
