"""The controls of the reading page: views, marks, and a choice of kinds; and the key to the marks.

Radio buttons and checkboxes; the style sheet reads their state with ``:has``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Taxonomy

_RADIO = Markup('<label><input type="radio" name="{group}" id="ed-{name}"{checked}><span>{words}</span></label>')
_GROUP = Markup('<div role="radiogroup" aria-labelledby="{group}"><b id="{group}">{title}</b>{choices}</div>')
_KIND = Markup('<label><input type="checkbox" id="ed-k-{name}" checked> {plural} <small>{count}</small></label>')
_FORM = Markup(
    '<form class="ed-ctl" data-editorial aria-label="How the text is shown">{views}{marks}'
    '<details class="ed-kinds"><summary>kinds</summary><div>{kinds}</div></details>'
    '<span class="ed-more">{tools}</span></form>'
)
_KINDS = Markup('<div role="group" aria-label="{plural}"><b class="{letter}">{plural}</b>{boxes}</div>')

#: The views and the marks: the end of each id, and its words.
_VIEWS = (("printed", "as printed"), ("above", "readings above"), ("emended", "emended"))
_MARKS = (("m-reading", "reading"), ("m-all", "all"), ("m-none", "none"))


def controls(annotations: Sequence[Annotation], taxonomy: Taxonomy, tools: Markup) -> Markup:
    """The form above a text; kinds are listed where the text has them."""
    counted = Counter(annotation.kind for annotation in annotations)
    kinds = Markup("").join(
        _KINDS.format(
            plural=layer.plural,
            letter=layer.letter,
            boxes=Markup(" ").join(
                _KIND.format(name=kind.name, plural=kind.plural, count=counted[kind.name])
                for kind in taxonomy.kinds_of(layer)
                if counted[kind.name]
            ),
        )
        for layer in taxonomy.layers
        if any(counted[kind.name] for kind in taxonomy.kinds_of(layer))
    )
    return _FORM.format(
        views=_group("ed-view", "Text", _VIEWS), marks=_group("ed-marks", "Marks", _MARKS), kinds=kinds, tools=tools
    )


def _group(group: str, title: str, choices: Sequence[tuple[str, str]]) -> Markup:
    return _GROUP.format(
        group=group,
        title=title,
        choices=Markup("").join(
            _RADIO.format(group=group, name=name, words=words, checked=Markup(" checked") if not number else "")
            for number, (name, words) in enumerate(choices)
        ),
    )


#: The form in which the key says of each layer how it is marked.
_SIGNS = {
    "e": Markup('<span class="o">underlined</span> {count} {name}, mended in the margin'),
    "c": Markup('<span class="c">broken line</span> {count} {name} of fact'),
    "n": Markup("<i>italic</i> {count} {name}"),
}
_OTHER = Markup('<span class="{letter}">marked</span> {count} {name}')
_KEY = Markup(
    '<p class="ed-key" data-editorial>{signs} <span class="ed-np">· <b class="ed-num">12</b> a line with notes: '
    "touch the figure, or marked words</span></p>"
)


def key(annotations: Sequence[Annotation], taxonomy: Taxonomy) -> Markup:
    """The line above a text that says how it is marked."""
    counted = Counter(annotation.layer for annotation in annotations)
    signs = []
    for layer in taxonomy.layers:
        count = counted[layer]
        if count:
            name = layer.name if count == 1 else layer.plural
            signs.append(_SIGNS.get(layer.letter, _OTHER).format(count=count, name=name, letter=layer.letter))
            if layer.emends:
                signs.append(Markup('<span class="a"></span> something put in'))
    return _KEY.format(signs=Markup(" · ").join(signs)) if signs else Markup("")
