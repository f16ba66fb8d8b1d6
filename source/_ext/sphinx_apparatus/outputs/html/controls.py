"""The controls of the reading page: views, and filters by layer and kind.

Radio buttons and checkboxes; the style sheet reads their state with ``:has``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import Taxonomy
from sphinx_apparatus.sphinx_ext.locale import _

_LAYER = Markup(
    '<label class="{letter}"><input type="checkbox" id="ed-{letter}" checked> <span>{plural}</span> {count}</label>'
)
_KIND = Markup('<label><input type="checkbox" id="ed-k-{name}" checked> {plural} {count}</label>')
_FORM = Markup(
    '<form class="ed-ctl" data-editorial aria-label="{how}">'
    "<fieldset><legend>{text}</legend>"
    '<label><input type="radio" name="ed-view" id="ed-printed" checked> {printed}</label>'
    '<label><input type="radio" name="ed-view" id="ed-emended"> {emended}</label></fieldset>'
    "<fieldset><legend>{show}</legend>{layers}</fieldset>"
    '<details class="ed-kinds"><summary>{few}</summary>'
    "<fieldset><legend>{many}</legend>{kinds}</fieldset></details>"
    "</form>"
)


def controls(annotations: Sequence[Annotation], taxonomy: Taxonomy) -> Markup:
    """The form above a text; kinds are listed where the text has them."""
    layers = Counter(annotation.layer for annotation in annotations)
    kinds = Counter(annotation.kind for annotation in annotations)
    return _FORM.format(
        how=_("How the text is shown"),
        text=_("Text"),
        printed=_("as printed"),
        emended=_("emended"),
        show=_("Show"),
        few=_("kinds"),
        many=_("Kinds"),
        layers=Markup("").join(
            _LAYER.format(letter=layer.letter, plural=_(layer.plural), count=layers[layer]) for layer in taxonomy.layers
        ),
        kinds=Markup("").join(
            _KIND.format(name=kind.name, plural=_(kind.plural), count=kinds[kind.name])
            for layer in taxonomy.layers
            for kind in taxonomy.kinds_of(layer)
            if kinds[kind.name]
        ),
    )
