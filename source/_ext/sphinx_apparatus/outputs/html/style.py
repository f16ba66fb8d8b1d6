"""The rules of style that are made: of the layers and kinds, of each text's annotations.

They go to a file a text, ``_static/ed-K.css``: a page carries no style of ours in itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Taxonomy
from sphinx_apparatus.model.text import Text

#: The letters of the layers whose rules stand in apparatus.css, with softer lines for each.
_STYLED = frozenset("ecn")


def rules(text: Text, annotations: Sequence[Annotation], taxonomy: Taxonomy) -> str:
    """The style sheet of a text: filters, highlighting both ways, the place of each card."""
    lines = [
        *_layers(taxonomy),
        "/* filters by layer and kind: a note that is open stays, for its lemma was asked for */",
    ]
    lines.extend(_filters(annotations, taxonomy))
    lines.append("/* highlighting between lemma and entry, and the place of each card */")
    lines.extend(_highlights(text, annotations))
    return "\n".join(lines) + "\n"


def _layers(taxonomy: Taxonomy) -> Iterator[str]:
    """How the places, entries and controls of a layer look, from its row."""
    for layer in taxonomy.layers:
        if layer.letter in _STYLED:
            continue
        letter, words = layer.letter, ".rdg" if layer.reads else ".lem"
        marked = ".ed-tx .o" if layer.emends else f".ed-tx .r.{letter}"
        yield (
            f".edition{{--{letter}:light-dark({','.join(layer.color)})}}"
            f".edition:has(#ed-{letter}:checked) {marked}{{text-decoration:underline {layer.line} 1px var(--{letter})}}"
            f".en.{letter} {words},.en.{letter} .ed-rd{{color:var(--{letter})}}"
            f".en.{letter}>.ed-card{{border-top-color:var(--{letter})}}"
            f".ed-ctl .{letter} span{{border-bottom:1px {layer.line} var(--{letter})}}"
        )


def _filters(annotations: Sequence[Annotation], taxonomy: Taxonomy) -> Iterator[str]:
    for layer in taxonomy.layers:
        yield f".edition:has(#ed-{layer.letter}:not(:checked)) .en.{layer.letter}:not([open]){{display:none}}"
    used = {annotation.kind for annotation in annotations}
    for kind in (kind for layer in taxonomy.layers for kind in taxonomy.kinds_of(layer)):
        if kind.name in used:
            yield f".edition:has(#ed-k-{kind.name}:not(:checked)) .k-{kind.name}:not([open]){{display:none}}"


def _highlights(text: Text, annotations: Sequence[Annotation]) -> Iterator[str]:
    for annotation in annotations:
        first = text.paragraph_at(annotation.span.start)
        last = text.paragraph_at(max(annotation.span.start, annotation.span.end - 1))
        # A rule that looks at one row only costs the browser a third of one that looks at the page.
        scope = f"#{text.siglum}-p{first.number}" if first and first == last else ".edition"
        name = annotation.id
        yield (
            f"#{name}-t{{anchor-name:--{name}}}#{name}{{position-anchor:--{name}}}"
            f"{scope}:has(#{name}-e:is(:hover,:focus-within,[open])) .r.{name},"
            f'{scope}:has(.r[href="#{name}-n"]:is(:hover,:focus-visible)) .r.{name},'
            f"{scope}:has(.r.{name}:is(:hover,:focus-visible)) #{name}-e>summary{{background:var(--hl)}}"
        )
