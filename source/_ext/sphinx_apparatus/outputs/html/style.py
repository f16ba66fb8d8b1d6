"""The rules of style that are made: of the kinds and annotations of each text.

They go to two files a text, ``_static/ed-K.css``, and ``_static/ed-K-noscript.css``, which only a
browser without scripts obeys: where ``:has`` asks which note is open, each opening has the browser
find the style of the whole page anew.  A page carries no style of ours in itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.taxonomy import Taxonomy
from sphinx_apparatus.outputs.html.lines import together
from sphinx_apparatus.sphinx_ext.locale import _

#: The letters of the layers whose rules stand in apparatus.css, with softer lines for each.
_STYLED = frozenset("ecn")


#: The lines of a paragraph for which ``apparatus.css`` has the rules.
COMMON = 60


#: Where in a style sheet the rules for where a note is open begin.
_OPEN = "/* Where a note is open"


def rules(edition: Edition, siglum: str) -> str:
    """The style sheet of a text: a choice of kinds, and the rows of the margin."""
    annotations = edition.of_text(siglum)
    # The passages of a text and its translation take two rows of a grid each.
    heights = {*_heights(edition, siglum), 2 * len(edition.texts[siglum].bands)}
    lines = [
        *_layers(annotations),
        "/* kinds that are not chosen: no entry, and no mark on words that only they speak of */",
    ]
    lines.extend(_filters(annotations, edition.taxonomy))
    if max(heights, default=0) > COMMON:
        lines.append(
            "/* the lines of the margin, and how many a paragraph has, beyond those of the common style sheet */"
        )
        lines.append("".join(f".r{number}{{grid-row:{number}}}" for number in range(COMMON + 1, max(heights) + 1)))
        lines.append("".join(f".s{count}{{--lines:{count}}}" for count in sorted(heights) if count > COMMON))
    return "\n".join(lines) + "\n"


def _layers(annotations: Sequence[Annotation]) -> Iterator[str]:
    """How the places and entries of a layer look, from its row."""
    for layer in sorted({annotation.layer for annotation in annotations}, key=lambda layer: layer.rank):
        if layer.letter in _STYLED:
            continue
        letter, words = layer.letter, ".rdg" if layer.reads else ".lem"
        marked = ".ed-tx .o" if layer.emends else f".ed-tx .{letter}"
        # Other witnesses do not make words wrong: they are marked where all are.
        where = ".ed-ctl:has(#ed-m-all:checked)~*" if layer.varies else ".edition:not(:has(#ed-m-none:checked))"
        yield (
            f".edition{{--{letter}:light-dark({','.join(layer.color)})}}"
            f"{where} {marked},.ed-key .{letter}{{text-decoration-line:underline;"
            f"text-decoration-style:{layer.line};text-decoration-color:var(--{letter})}}"
            f".en.{letter} {words},.ed-card.{letter} .ed-lm .rdg{{color:var(--{letter})}}"
            f".ed-card.{letter}{{border-top-color:var(--{letter})}}"
        )


def sheets(title: str, version: str) -> str:
    """The style sheet of every page for paper: each sheet names the edition and its version, and its number.

    What stands in the margin of a sheet (CSS Paged Media 3, 5.1) lies on no words.
    """
    said = _string(_("{title}, version {version}").format(title=title, version=version))
    return f"@media print{{@page{{@bottom-left{{content:{said};{_FOOT};white-space:nowrap}}}}}}\n"


def view_of_sheets(address: str) -> str:
    """The same for the page of a text: each sheet names its address, and which text it shows."""
    rules = [f"@page{{@top-left{{content:{_string(address)};{_FOOT}}}}}"]
    for view, words in (("above", _("with readings above the words")), ("emended", _("emended text"))):
        rules.append(f"body:has(#ed-{view}:checked){{page:ed-{view}}}")
        rules.append(f"@page ed-{view}{{@top-right{{content:{_string(words)};{_FOOT}}}}}")
    rules += [f"{where}{{content:{_string(words)}}}" for where, words in _said_on_paper()]
    return f"@media print{{{''.join(rules)}}}\n"


def _said_on_paper() -> list[tuple[str, str]]:
    """What a text on paper says of itself before its first words, and behind its last, by what is chosen."""
    above, emended, bare = (f":has(#ed-{name}:checked)" for name in ("above", "emended", "m-none"))
    follow = _("The notes of each paragraph follow it.")
    changed = _("The emended text, not as printed: what the editors have put in is in colour.")
    printed = _("The text as printed. Underlined: emended; broken line: wrong in fact; ‸ something is put in.")
    raised = _("The text as printed, with the readings of the emendations above the words.")
    return [
        (".edition::before", f"{printed} {follow}"),
        (f".edition{above}::before", f"{raised} {follow}"),
        (f".edition{emended}::before", f"{changed} {follow}"),
        (f".edition{bare}::before", _("The text as printed, without marks and notes.")),
        (f".edition{emended}{bare}::before", _("The emended text, not as printed, without marks and notes.")),
        (
            f".edition:has(.ed-kinds input:not(:checked)):not({bare})::after",
            _("Some kinds of notes are left out."),
        ),
    ]


_FOOT = "font:8pt serif;color:#444"


def _string(words: str) -> str:
    """Words as a string of CSS (CSS Syntax 3, 4.3.5)."""
    escaped = "".join(c if c.isalnum() or c in " .,:;/-_" else f"\\{ord(c):x} " for c in words)
    return f'"{escaped}"'


def unscripted(*style_sheets: str) -> str:
    """The rules for where a note is open, of style sheets of ours: without the attributes that the script sets."""
    rules = "".join(sheet.partition(_OPEN)[2].partition("*/")[2] for sheet in style_sheets)
    asked = rules.replace("[data-on]", ":has(:target)")
    return asked.replace("[data-to]", ":has(.ed-card:target)")


def tints(annotations: Sequence[Annotation]) -> str:
    """The style sheet of a text for a browser without scripts: the words of the open note are tinted."""
    return "\n".join(
        f".ed-text:has(#{one.id}-n:target,#{one.id}:target) .{one.id}{{background:var(--hl)}}" for one in annotations
    )


def _heights(edition: Edition, siglum: str) -> list[int]:
    lines = edition.lines_of(siglum)
    return [len(lines.of_paragraph(paragraph.number)) for paragraph in edition.texts[siglum].text.paragraphs]


def _filters(annotations: Sequence[Annotation], taxonomy: Taxonomy) -> Iterator[str]:
    used = {annotation.kind for annotation in annotations}
    for kind in (kind for layer in taxonomy.layers for kind in taxonomy.kinds_of(layer)):
        if kind.name not in used:
            continue
        off, name = f".ed-ctl:has(#ed-k-{kind.name}:not(:checked))~*", f"k-{kind.name}"
        yield f"{off} .en.{name}{{display:none}}"
        if kind.layer.emends:
            yield f"{off} .ed-tx .o.{name}{{text-decoration-line:none}}{off} .a.{name}::before{{content:none}}"
    for layer in taxonomy.layers:
        if layer.emends:
            continue
        own = [annotation for annotation in annotations if annotation.layer == layer]
        for kinds in sorted(_found_together(own)):
            off = f".ed-ctl{''.join(f':has(#ed-k-{kind}:not(:checked))' for kind in kinds)}~*"
            name = f".ed-tx .{together(layer.letter, set(kinds))}"
            yield f"{off} {name}{{text-decoration-line:none}}{off} {name}.z::before{{content:none}}"


def _found_together(annotations: Sequence[Annotation]) -> set[tuple[str, ...]]:
    """The sets of kinds that speak of some same words; ``annotations`` are in their order."""
    found: set[tuple[str, ...]] = set()
    edges = sorted({place for one in annotations for place in one.span})
    still: list[Annotation] = []
    at = 0
    for place in edges:
        while at < len(annotations) and annotations[at].span.start <= place:
            still.append(annotations[at])
            at += 1
        still = [one for one in still if one.span.end > place or one.span.start == one.span.end == place]
        if still:
            found.add(tuple(sorted({one.kind for one in still})))
    return found
