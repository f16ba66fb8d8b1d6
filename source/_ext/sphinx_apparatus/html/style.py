"""The rules of style that need an id: highlighting both ways, the anchor of each card.

They go to a file a text, ``_static/ed-K.css``: a page carries no style of ours in itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from sphinx_apparatus.annotations import Annotation
from sphinx_apparatus.texts import Text


def rules(text: Text, annotations: Sequence[Annotation]) -> str:
    """The style sheet of a text's annotations."""
    lines = ["/* highlighting between lemma and entry, and the place of each card */"]
    for annotation in annotations:
        first = text.paragraph_at(annotation.span.start)
        last = text.paragraph_at(max(annotation.span.start, annotation.span.end - 1))
        # A rule that looks at one row only costs the browser a third of one that looks at the page.
        scope = f"#{text.siglum}-p{first.number}" if first and first == last else ".edition"
        name = annotation.id
        lines.append(
            f"#{name}-t{{anchor-name:--{name}}}#{name}{{position-anchor:--{name}}}"
            f"{scope}:has(#{name}-e:is(:hover,:focus-within,[open])) .r.{name},"
            f'{scope}:has(.r[href="#{name}-n"]:is(:hover,:focus-visible)) .r.{name},'
            f"{scope}:has(.r.{name}:is(:hover,:focus-visible)) #{name}-e>summary{{background:var(--hl)}}"
        )
    return "\n".join(lines) + "\n"
