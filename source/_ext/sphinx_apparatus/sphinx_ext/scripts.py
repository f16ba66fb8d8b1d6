"""Words in other scripts within the editors' prose are marked with their language (WCAG 2.2, 3.1.2)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinx_apparatus.sphinx_ext import nodes as ed

#: Scripts by their codes (ISO 15924): the Unicode blocks, and the tag (BCP 47) where an edition gives none.
#: A script is not a language: only Hangul is written in one.
SCRIPTS = {
    "Hang": ("\u1100-\u11ff\u3130-\u318f\uac00-\ud7af", "ko"),
    "Hani": ("\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff", "und-Hani"),
    "Cyrl": ("\u0400-\u04ff", "und-Cyrl"),
}


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(
        "|".join(f"(?P<{code}>[{block}](?:[{block} ]*[{block}])?)" for code, (block, _) in SCRIPTS.items())
    )


class ForeignScripts(SphinxTransform):
    """Mark each run of another script in the editors' prose with its language."""

    default_priority = 870

    def apply(self, **kwargs: Any) -> None:
        """Wrap each run of such a script."""
        languages: Mapping[str, str] = self.config.apparatus_scripts
        for text in list(self.document.findall(nodes.Text)):
            string = str(text)
            if string.isascii() or not _pattern().search(string) or _is_literal(text):
                continue
            made: list[nodes.Node] = []
            at = 0
            for match in _pattern().finditer(string):
                if match.start() > at:
                    made.append(nodes.Text(string[at : match.start()]))
                code = match.lastgroup or ""
                made.append(ed.ed_foreign("", match[0], lang=languages.get(code, SCRIPTS[code][1])))
                at = match.end()
            if at < len(string):
                made.append(nodes.Text(string[at:]))
            text.parent.replace(text, made)


def _is_literal(text: nodes.Text) -> bool:
    node = text.parent
    while node is not None:
        if isinstance(node, (nodes.literal, nodes.FixedTextElement, nodes.raw, nodes.title, ed.ed_foreign, ed.ed_text)):
            return True
        node = node.parent
    return False
