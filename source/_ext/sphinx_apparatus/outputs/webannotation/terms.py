"""The terms that the model has no word for: what they mean, as JSON-LD's context and as a page."""

from __future__ import annotations

from html import escape
from typing import Any

from sphinx_apparatus.outputs.html.policy import policy, protect
from sphinx_apparatus.sphinx_ext.locale import _

#: Each term, whether its values are addresses, and what it says.
TERMS: tuple[tuple[str, bool, str], ...] = (
    ("id", False, "The permanent id of the annotation in its edition, as K25."),
    ("layer", False, "What the annotation does to its lemma: emendation, correction, note."),
    ("kind", False, "A finer heading within the layer."),
    ("cites", False, "Keys of the bibliography, in the order in which the note cites them."),
    ("see", True, "What the note refers to; leads one way."),
    ("contradicts", True, "What the lemma is at variance with; holds both ways."),
    ("parallel", True, "What has the same wording; holds both ways."),
    ("prefix", False, "What the editor quoted before the lemma, where that was needed."),
    ("suffix", False, "What the editor quoted behind the lemma, where that was needed."),
    ("short", False, "The lemma as the apparatus shortens it."),
    ("matter", False, "What several texts disagree in."),
    ("right", False, "What is the case in that matter."),
    ("source", False, "The key of a work whose words stand beside the lemma."),
    ("wording", False, "These words."),
    ("editor", False, "The editor, by the key in the edition's configuration."),
    ("since", False, "The version of the edition in which the annotation was first published."),
    ("changed", False, "The versions that changed it."),
    ("page", False, "The page of the project on which the text stands."),
    ("version", False, "The version of the edition."),
    ("withdrawn", False, "The ids that are withdrawn, and not given again: id, version, reason."),
    ("reason", False, "Why an id is withdrawn."),
    ("texts", False, "The texts: siglum, file, and the SHA-256 checksum of its bytes."),
    ("siglum", False, "The short name of a text."),
    ("file", False, "The name of its file."),
    ("sha256", False, "The checksum of its bytes."),
    ("witnesses", False, "The witnesses of the texts, and what is known of each."),
    ("layers", False, "The layers that the edition has of its own, and how they are marked."),
    ("kinds", False, "The kinds that the edition has of its own, by layer."),
    ("markdown", False, "The extensions of MyST in which notes are written."),
)

#: Terms whose values are JSON, as the configuration has them (JSON-LD 1.1, 4.2.2).
_JSON = ("witnesses", "layers", "kinds")

_ANNO = "http://www.w3.org/ns/anno.jsonld"


def context(namespace: str) -> list[Any]:
    """The context of every document: the W3C's, and our terms."""
    own: dict[str, Any] = {
        "ed": namespace,
        "tei": "http://www.tei-c.org/ns/1.0/",
        "cito": "http://purl.org/spar/cito/",
        "cito:citesAsEvidence": {"@type": "@id"},
    }
    own |= {f"ed:{name}": {"@type": "@id"} for name, addresses, _says in TERMS if addresses}
    own |= {f"ed:{name}": {"@type": "@json"} for name in _JSON}
    return [_ANNO, own]


def terms_page(title: str, language: str) -> str:
    """The page to which the namespace leads, in the language of the edition, a tag."""
    rows = "".join(f'<dt id="{name}"><code>{name}</code></dt><dd>{escape(_(says))}</dd>' for name, _is, says in TERMS)
    about = _("{title}. What the W3C Web Annotation vocabulary has no word for.").format(title=title)
    page = (
        f'<!doctype html>\n<html lang="{escape(language)}"><head><meta charset="utf-8">'
        f"<title>{escape(_('Terms: {title}').format(title=title))}</title>"
        '<meta name="viewport" content="width=device-width"></head><body><main>'
        f"<h1>{escape(_('Terms of the annotations as data'))}</h1><p>{escape(about)}</p><dl>{rows}</dl></main>"
        "</body></html>\n"
    )
    return protect(page, policy())
