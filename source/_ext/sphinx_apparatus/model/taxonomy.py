"""Layers and kinds: the one table of what an annotation may be.

A layer is what an annotation does to its lemma, a kind a finer heading within it.  All
that differs from layer to layer stands in its row here; a kind is one row, too, also one
that an edition adds (``apparatus_kinds``).  Certainty is TEI's ``cert``, evidence TEI's
``evidence`` (TEI P5, att.global.responsibility and att.editLike).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

from sphinx_apparatus.model.reference import ModelError


class Effect(StrEnum):
    """What an annotation does to its lemma."""

    #: its reading takes the lemma's place in the emended view
    EMENDS = "emends"
    #: its reading is what is the case; no view replaces the lemma
    CORRECTS = "corrects"
    #: its readings are those of witnesses; no view replaces the lemma
    VARIES = "varies"
    #: it has no reading
    REMARKS = "remarks"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer: a row of the table.

    ``letter`` is its class in pages, where it stands thousands of times; ``sign`` what stands
    between lemma and reading; ``motivation`` that of the W3C Web Annotation Data Model (3.3.5);
    ``color`` and ``line`` how its places are marked (a CSS colour for light pages and one for
    dark ones, a line style of CSS); of annotations on the very same words the one of the lowest
    ``rank`` is innermost.
    """

    name: str
    plural: str
    letter: str
    effect: Effect
    sign: str
    motivation: str
    rank: int
    color: tuple[str, str]
    line: str
    #: whether its entries give the words of the note; a layer of the edition's own, as *fontes*
    says: bool = False

    #: The text has a slip or was damaged; the reading is what it should say.
    EMENDATION: ClassVar[Layer]
    #: The text says what it meant, and that is wrong; the reading is what is right.
    CORRECTION: ClassVar[Layer]
    #: What witnesses have for the lemma.
    VARIANT: ClassVar[Layer]
    #: No reading: a gloss, a parallel, a contradiction, a disputed matter.
    NOTE: ClassVar[Layer]

    def __str__(self) -> str:
        return self.name

    @property
    def emends(self) -> bool:
        """Whether its readings make the emended text."""
        return self.effect is Effect.EMENDS

    @property
    def corrects(self) -> bool:
        """Whether its readings say what is the case."""
        return self.effect is Effect.CORRECTS

    @property
    def varies(self) -> bool:
        """Whether its readings are those of witnesses."""
        return self.effect is Effect.VARIES

    @property
    def reads(self) -> bool:
        """Whether it has readings at all."""
        return self.effect is not Effect.REMARKS

    @property
    def article(self) -> str:
        """The name with its article: *an emendation*."""
        return f"{'an' if self.name[0] in 'aeiou' else 'a'} {self.name}"


Layer.EMENDATION = Layer(
    "emendation", "emendations", "e", Effect.EMENDS, "]", "editing", 0, ("#9c2a16", "#f09b85"), "solid"
)
Layer.CORRECTION = Layer(
    "correction", "corrections", "c", Effect.CORRECTS, "] recte", "editing", 1, ("#1d5580", "#8dc0ea"), "dashed"
)
Layer.VARIANT = Layer("variant", "variants", "v", Effect.VARIES, "]", "describing", 2, ("#1f6b4a", "#86d3ad"), "double")
Layer.NOTE = Layer("note", "notes", "n", Effect.REMARKS, "", "commenting", 3, ("#63605a", "#a5a29a"), "dotted")


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind: a row of the table; ``plural`` is its name where a reader chooses among kinds."""

    name: str
    layer: Layer
    plural: str


class Certainty(StrEnum):
    """How sure the editor is (TEI ``cert``)."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    UNKNOWN = "unknown"
    #: nothing is said of it, and so nothing is printed
    UNSTATED = ""


class Evidence(StrEnum):
    """What the judgement rests on (TEI ``evidence``)."""

    INTERNAL = "internal"
    EXTERNAL = "external"
    CONJECTURE = "conjecture"
    #: nothing is said of it, and so nothing is printed
    UNSTATED = ""


#: The layers in the order in which they are listed.
LAYERS = (Layer.EMENDATION, Layer.CORRECTION, Layer.VARIANT, Layer.NOTE)

#: The kinds; the first of a layer is taken where none is given.
KINDS = (
    Kind("slip", Layer.EMENDATION, "slips"),
    Kind("damage", Layer.EMENDATION, "damage"),
    Kind("name", Layer.EMENDATION, "names"),
    Kind("numbering", Layer.EMENDATION, "note calls, numbering"),
    Kind("reference", Layer.EMENDATION, "references"),
    Kind("fact", Layer.CORRECTION, "facts"),
    Kind("reading", Layer.VARIANT, "readings"),
    Kind("omission", Layer.VARIANT, "omissions"),
    Kind("addition", Layer.VARIANT, "additions"),
    Kind("transposition", Layer.VARIANT, "transpositions"),
    Kind("gloss", Layer.NOTE, "glosses"),
    Kind("contested", Layer.NOTE, "contested"),
    Kind("contradiction", Layer.NOTE, "contradictions"),
    Kind("parallel", Layer.NOTE, "parallels"),
)

_NAME = re.compile(r"[a-z][a-z0-9-]{0,30}")

#: Names of directives that are no layer's, and of roles.
RESERVED = frozenset(
    (
        "text", "witness", "milestones", "tombstone", "withdrawn", "ref", "count", "contact", "citation", "data",
        "sigla", "statistics", "editors", "annotations", "emendations", "contradictions", "parallels", "chronology",
        "timeline", "names", "stemma", "diagnostics", "specimen", "beside", "lemmata",
    )
)  # fmt: skip

#: Colours of an edition's own layers where it gives none, all of one darkness; how CSS writes one; styles of lines.
_COLORS = (("#6b4a8f", "#c3a6e6"), ("#7a5200", "#e2b45c"), ("#005f6b", "#7fcdd8"), ("#7c3a5e", "#e3a3c6"))
_COLOR = re.compile(r"#[0-9a-fA-F]{3,8}|[a-z]+")
_LINES = ("dotted", "dashed", "double", "solid", "wavy")


@dataclass(frozen=True, slots=True)
class Taxonomy:
    """The layers and kinds of an edition."""

    layers: tuple[Layer, ...] = LAYERS
    kinds: tuple[Kind, ...] = KINDS

    def layer(self, name: str) -> Layer:
        """The layer of a name.  Raises `ModelError`."""
        for layer in self.layers:
            if layer.name == name:
                return layer
        raise ModelError(f"there is no layer {name!r}; the layers are {', '.join(one.name for one in self.layers)}")

    def kinds_of(self, layer: Layer) -> tuple[Kind, ...]:
        """The kinds of a layer in their order; one that has no rows is its own only kind."""
        own = tuple(kind for kind in self.kinds if kind.layer == layer)
        return own or (Kind(layer.name, layer, layer.plural),)

    def kind(self, layer: Layer, name: str | None) -> Kind:
        """A layer's kind of a name, or its first one.  Raises `ModelError`."""
        own = self.kinds_of(layer)
        if name is None:
            return own[0]
        for kind in own:
            if kind.name == name:
                return kind
        raise ModelError(
            f"{layer.article} has no kind {name!r}; its kinds are: {', '.join(kind.name for kind in own)}. "
            "An edition adds its own in conf.py: apparatus_kinds"
        )

    def with_layers(self, added: Mapping[str, object]) -> Taxonomy:
        """The same with an edition's own layers: by name the plural, or a table of ``plural``, ``color``, ``line``.

        They have no readings: *fontes*, *testimonia*, *realia*.  Raises `ModelError` for a name that is in use
        or not of its form, and for a table that has anything else.
        """
        layers = list(self.layers)
        for number, (name, said) in enumerate(added.items()):
            if not isinstance(name, str) or not _NAME.fullmatch(name):
                raise ModelError(f"{name!r} is no name of a layer: small letters, digits and hyphens")
            if name in RESERVED or any(name in (layer.name, layer.plural) for layer in layers):
                raise ModelError(f"{name!r} is the name of something else; take another")
            table: Mapping[str, Any] = said if isinstance(said, Mapping) else {"plural": said}
            if not isinstance(table.get("plural", name), str) or set(table) - {"plural", "color", "line"}:
                raise ModelError(f"{name!r} has a plural, or a table of plural, color and line; not {said!r}")
            color = table.get("color", _COLORS[number % len(_COLORS)])
            pair = color if isinstance(color, (list, tuple)) else ()
            if len(pair) != 2 or not all(isinstance(one, str) and _COLOR.fullmatch(one) for one in pair):
                raise ModelError(f"the color of {name!r} is two, for light pages and for dark ones: ['#234', '#cde']")
            line = table.get("line", "dotted")
            if line not in _LINES:
                raise ModelError(f"the line of {name!r} is one of {', '.join(_LINES)}; not {line!r}")
            layers.append(
                Layer(
                    name, table.get("plural") or name, f"y{number + 1}", Effect.REMARKS, "", "commenting",
                    4 + number, (pair[0], pair[1]), line, says=True,
                )
            )  # fmt: skip
        return Taxonomy(tuple(layers), self.kinds)

    def extended(self, added: Mapping[str, Mapping[str, str]]) -> Taxonomy:
        """The same with an edition's own kinds: by layer, the name and the plural of each.

        Raises `ModelError` for a layer that is not there and for a name that is in use or not of its form.
        """
        kinds = list(self.kinds)
        for layer_name, rows in added.items():
            layer = self.layer(layer_name)
            if not isinstance(rows, Mapping):
                raise ModelError(f"the kinds of {layer_name!r} are a table of names and plurals; not {rows!r}")
            for name, plural in rows.items():
                if not isinstance(name, str) or not _NAME.fullmatch(name):
                    raise ModelError(f"{name!r} is no name of a kind: small letters, digits and hyphens")
                if not isinstance(plural, str):
                    raise ModelError(f"the plural of {name!r} is words; not {plural!r}")
                if any(kind.name == name for kind in kinds):
                    raise ModelError(f"there is a kind {name!r} already")
                kinds.append(Kind(name, layer, plural or name))
        return Taxonomy(self.layers, tuple(kinds))
