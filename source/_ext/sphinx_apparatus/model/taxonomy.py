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
from typing import ClassVar

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
                if any(kind.name == name for kind in kinds):
                    raise ModelError(f"there is a kind {name!r} already")
                kinds.append(Kind(name, layer, str(plural) or name))
        return Taxonomy(self.layers, tuple(kinds))
