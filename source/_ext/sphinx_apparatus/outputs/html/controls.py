"""The controls of the reading page: views, marks, and a choice of kinds; and the key to the marks.

Radio buttons and checkboxes; the style sheet reads their state with ``:has``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Layer, Taxonomy
from sphinx_apparatus.sphinx_ext.locale import _

_RADIO = Markup('<label><input type="radio" name="{group}" id="ed-{name}"{checked}><span>{words}</span></label>')
_GROUP = Markup('<div role="radiogroup" aria-labelledby="{group}"><b id="{group}">{title}</b>{choices}</div>')
_KIND = Markup('<label><input type="checkbox" id="ed-k-{name}" checked> {plural} <small>{count}</small></label>')
_CONTROLS = Markup(
    '<div class="ed-ctl" role="group" data-editorial aria-label="{how}">{views}{marks}'
    "{kinds}"
    '<span class="ed-more">{tools}</span></div>'
)
_FEW = Markup('<details class="ed-kinds"><summary>{few}</summary><div>{kinds}</div></details>')
_KINDS = Markup('<div role="group" aria-label="{plural}"><b class="{letter}">{plural}</b>{boxes}</div>')


def _views() -> Markup:
    """The views: the end of each id, and its words."""
    return _group(
        "ed-view",
        _("Text"),
        (("printed", _("as printed")), ("above", _("readings above")), ("emended", _("emended"))),
    )


def _marks() -> Markup:
    """How much is marked: what is of use in reading, all, or nothing."""
    return _group("ed-marks", _("Marks"), (("m-reading", _("for reading")), ("m-all", _("all")), ("m-none", _("none"))))


def controls(annotations: Sequence[Annotation], taxonomy: Taxonomy, tools: Markup) -> Markup:
    """The controls above a text; kinds are listed where the text has them."""
    counted = Counter(annotation.kind for annotation in annotations)
    kinds = Markup("").join(
        _KINDS.format(
            plural=_(layer.plural),
            letter=layer.letter,
            boxes=Markup(" ").join(
                _KIND.format(name=kind.name, plural=_(kind.plural), count=counted[kind.name])
                for kind in taxonomy.kinds_of(layer)
                if counted[kind.name]
            ),
        )
        for layer in taxonomy.layers
        if any(counted[kind.name] for kind in taxonomy.kinds_of(layer))
    )
    few = _FEW.format(few=_("kinds"), kinds=kinds) if kinds else ""
    return _CONTROLS.format(how=_("How the text is shown"), views=_views(), marks=_marks(), kinds=few, tools=tools)


def _group(group: str, title: str, choices: Sequence[tuple[str, str]]) -> Markup:
    return _GROUP.format(
        group=group,
        title=title,
        choices=Markup("").join(
            _RADIO.format(group=group, name=name, words=words, checked=Markup(" checked") if not number else "")
            for number, (name, words) in enumerate(choices)
        ),
    )


_KEY = Markup(
    '<p class="ed-key" data-editorial>{signs} <span class="ed-np">· <b class="ed-num">12</b> {touch}</span></p>'
)


_MENDED = Markup(
    '<span class="ed-asis">{printed} · <span class="a"></span> {caret}</span>'
    '<span class="ed-mended"><span class="i">{marked}</span> {words}</span>'
)


def _named(layer: Layer, count: int) -> str:
    return _(layer.name) if count == 1 else _(layer.plural)


def _sign(layer: Layer, count: int) -> Markup:
    """How the key says of a layer in what way it is marked."""
    name = _named(layer, count)
    if layer.letter == "e":
        words = _("{count} {name}, mended in the margin").format(count=count, name=name)
        return Markup('<span class="o">{}</span> {}').format(_("underlined"), words)
    if layer.letter == "c":
        words = _("{count} {name} of fact").format(count=count, name=name)
        return Markup('<span class="c">{}</span> {}').format(_("broken line"), words)
    if layer.letter == "n":
        return Markup("<i>{}</i> {} {}").format(_("italic"), count, name)
    return Markup('<span class="{}">{}</span> {} {}').format(layer.letter, _("marked"), count, name)


def _mended(layer: Layer, count: int) -> Markup:
    """How it says that of a layer that emends: in the emended text there are no lines and carets, but the readings."""
    words = _("{count} {name}, put into the text").format(count=count, name=_named(layer, count))
    return _MENDED.format(printed=_sign(layer, count), caret=_("something put in"), marked=_("marked"), words=words)


def key(annotations: Sequence[Annotation], taxonomy: Taxonomy) -> Markup:
    """The line above a text that says how it is marked."""
    counted = Counter(annotation.layer for annotation in annotations)
    signs = []
    for layer in taxonomy.layers:
        count = counted[layer]
        if count:
            signs.append(_mended(layer, count) if layer.emends else _sign(layer, count))
    if not signs:
        return Markup("")
    return _KEY.format(signs=Markup(" · ").join(signs), touch=_("a line with notes: touch the figure, or marked words"))
