"""Words in other scripts within the editors' prose are marked with their language (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_apparatus.model.direction import direction
from sphinx_apparatus.sphinx_ext import nodes as ed
from sphinx_apparatus.sphinx_ext.locale import language_of

#: Scripts by their codes (ISO 15924): the Unicode blocks, and the tag (BCP 47) where an edition gives none.
#: A script is not a language: only Hangul is written in one.
SCRIPTS = {
    "Hang": ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "ko"),
    "Hani": ("\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "und-Hani"),
    "Kana": ("\u3040-\u30ff\u31f0-\u31ff", "ja"),
    "Cyrl": ("\u0400-\u04ff", "und-Cyrl"),
    "Hebr": ("\u0591-\u05f4\ufb1d-\ufb4f", "und-Hebr"),
    "Arab": ("\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefc", "und-Arab"),
    "Syrc": ("\u0700-\u074f\u0860-\u086f", "und-Syrc"),
    "Thaa": ("\u0780-\u07bf", "dv"),
    "Nkoo": ("\u07c0-\u07ff", "und-Nkoo"),
    "Deva": ("\u0900-\u097f\ua8e0-\ua8ff", "und-Deva"),
    "Thai": ("\u0e00-\u0e7f", "th"),
    "Tibt": ("\u0f00-\u0fff", "und-Tibt"),
}

#: The scripts that are not foreign to a language (ISO 639) of the editors' prose.
_OWN = {
    **dict.fromkeys(("ko",), ("Hang", "Hani")),
    **dict.fromkeys(("zh", "yue", "lzh"), ("Hani",)),
    **dict.fromkeys(("ja",), ("Hani", "Kana")),
    **dict.fromkeys(("ru", "uk", "be", "bg", "sr", "mk", "kk", "ky", "mn", "tg", "tt", "cu"), ("Cyrl",)),
    **dict.fromkeys(("he", "yi"), ("Hebr",)),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "sd", "ug", "ckb"), ("Arab",)),
    **dict.fromkeys(("hi", "mr", "ne", "sa"), ("Deva",)),
    **dict.fromkeys(("th",), ("Thai",)),
    **dict.fromkeys(("bo", "dz"), ("Tibt",)),
}


@cache
def _pattern(language: str) -> re.Pattern[str]:
    own = _OWN.get(language, ())
    return re.compile(
        "|".join(
            f"(?P<{code}>[{block}](?:[{block}\u200c\u200d ]*[{block}])?)"
            for code, (block, _) in SCRIPTS.items()
            if code not in own
        )
    )


class ForeignScripts(SphinxTransform):
    """Mark each run of another script in the editors' prose with its language."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Wrap each run of such a script."""
        mark_scripts(self.document, self.config.apparatus_scripts, language_of(self.config))


def mark_scripts(root: nodes.Node, languages: Mapping[str, str], language: str) -> None:
    """Mark each run of a script that is foreign to the language of the prose below a node."""
    own = re.split("[-_]", language)[0].lower()
    for text in list(root.findall(nodes.Text)):
        string = str(text)
        if string.isascii() or not (pattern := _pattern(own)).search(string) or _is_literal(text):
            continue
        made: list[nodes.Node] = []
        at = 0
        for match in pattern.finditer(string):
            if match.start() > at:
                made.append(nodes.Text(string[at : match.start()]))
            code = match.lastgroup or ""
            tag = languages.get(code, SCRIPTS[code][1])
            made.append(ed.ed_foreign("", match[0], lang=tag, dir=direction(tag, match[0])))
            at = match.end()
        if at < len(string):
            made.append(nodes.Text(string[at:]))
        text.parent.replace(text, made)


def _is_literal(text: nodes.Text) -> bool:
    literal = (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.title, ed.ed_foreign, ed.ed_text)
    return any(isinstance(above, literal) for above in ed.around(text))
