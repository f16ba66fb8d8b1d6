"""The directives of a page of an edition: its text, one for each layer of annotations, witnesses, withdrawn ids."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives

from sphinx_apparatus.anchoring.selector import Selector
from sphinx_apparatus.model.annotation import Relations, Wording
from sphinx_apparatus.model.draft import Draft
from sphinx_apparatus.model.reference import SIGLUM, ModelError, parse_id, parse_target
from sphinx_apparatus.model.taxonomy import LAYERS, Certainty, Evidence, Layer
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.model.witness import split_lemma
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.directive import EditionDirective, words
from sphinx_apparatus.sphinx_ext.gather import taxonomy
from sphinx_apparatus.sphinx_ext.texts import TextDirective
from sphinx_apparatus.sphinx_ext.witnesses import MilestonesDirective, WitnessDirective
from sphinx_apparatus.stores.register import RegisterError, read_register


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
            written="\n".join(self.content).strip("\n"),
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


def annotates(layer: Layer) -> type[AnnotationDirective]:
    """The directive of a layer: ``ed:emendation``."""

    class LayerDirective(AnnotationDirective):
        pass

    LayerDirective.layer = layer
    LayerDirective.__doc__ = f"``ed:{layer.name}``."
    return LayerDirective


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
        given = self.options.get("lemma", lemma)
        if given is None:
            raise ModelError("needs a lemma, before the bracket in :readings: or as :lemma:")
        if lemma is not None and lemma.split() != given.split():
            raise ModelError(
                f"has two lemmata, {given!r} as :lemma: and {lemma!r} before the bracket in :readings:; leave one out"
            )
        return given, " ".join(readings.split())


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


class WithdrawnDirective(EditionDirective):
    """``ed:withdrawn``: a text that is withdrawn as a whole; each of its published ids is, and keeps its page."""

    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"version": directives.unchanged_required}

    def build(self) -> list[nodes.Node]:
        """Record a tombstone for each id of the text in the register; the content, why, is shown."""
        siglum = self.arguments[0].strip()
        if not SIGLUM.fullmatch(siglum):
            raise ModelError(f"withdraws a text by its siglum, as K; not {siglum!r}")
        version, reason = self.options.get("version", "").strip(), " ".join("\n".join(self.content).split())
        if not version or not reason:
            raise ModelError("needs a :version: (of the edition that withdrew the text) and, as content, the reason")
        path = Path(self.env.srcdir, self.config.apparatus_register)
        self.env.note_dependency(str(path))
        try:
            register = read_register(path)
        except RegisterError:
            register = {}  # which is told elsewhere
        # What was withdrawn before has a tombstone of its own.
        ids = [
            identifier
            for identifier, history in register.items()
            if parse_id(identifier)[0] == siglum and history.withdrawn in ("", version)
        ]
        if not ids:
            raise ModelError(f"no id of {siglum} was ever published ({path.name}); take the text away")
        made: list[nodes.Node] = [nodes.paragraph("", "", *self.parse_inline(reason)[0])]
        for identifier in ids:
            node = ed.ed_record(record=Tombstone(identifier, self.env.docname, version, reason))
            self.set_source_info(node)
            made.append(node)
        return made


def _choice(enum: type[Any], name: str, value: str | None) -> Any:
    """The member of a value; where none is given, what says nothing."""
    members = [member.value for member in enum if member.value]
    if value is None:
        return enum("")
    if value.strip() in members:
        return enum(value.strip())
    raise ModelError(f":{name}: is one of {', '.join(members)}; not {value!r}")


#: A passage as an edition refers to it, which only the whole edition knows: *Il. 1.23*, *K page 12*.
_BY_SCHEME = re.compile(rf"(?P<siglum>{SIGLUM.pattern})\.?\s+(?P<words>[^¶\s].*)")


def _targets(option: str) -> tuple[str, ...]:
    parted = option.split(";" if ";" in option else ",")
    return tuple(_target(" ".join(target.split())) for target in parted if target.strip())


def _target(words: str) -> str:
    """A target in its plain form; one by scheme as it is."""
    try:
        return str(parse_target(words))
    except ModelError:
        match = _BY_SCHEME.fullmatch(words)
        if match is None:
            raise
        return f"{match['siglum']} {match['words']}"


#: The directives of the domain, by name.
DIRECTIVES: dict[str, type[EditionDirective]] = {
    "text": TextDirective,
    **{layer.name: annotates(layer) for layer in LAYERS},
    "variant": VariantDirective,
    "witness": WitnessDirective,
    "milestones": MilestonesDirective,
    "tombstone": TombstoneDirective,
    "withdrawn": WithdrawnDirective,
}
