"""Words for readers, in the language of the edition: the catalogue ``sphinx_apparatus``."""

from __future__ import annotations

import json
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.locale import get_translation, translators

from sphinx_apparatus.model.reference import PrintReference

#: The name of the catalogue (gettext calls it a domain).
CATALOGUE = "sphinx_apparatus"

#: Where the catalogues are, a folder a language.
FOLDER = Path(__file__).parent.parent / "locale"

#: Scripts in the names of catalogues (ISO 15924).
_MODIFIERS = {"latin": "Latn", "latn": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab"}

#: A word for readers; in another language where the catalogue has it.
_ = get_translation(CATALOGUE)

#: Words of the scripts of our pages.
SCRIPTS = (
    "copy",
    "Copy: {name}",
    "copied",
    "Copied",
    "Copied: {name}",
    "Cite this passage: {name}",
    "{shown} of {all} shown",
    "or",
    "Search {names}",
    "all",
    "Text",
    "l.",
    "ll.",
    "copy link",
    "Copied: the address of {id}",
    "Keys",
    "Esc",
    "next note",
    "previous note",
    "close the note, back to where it was opened",
    "text as printed",
    "readings above the words",
    "emended text",
    "marks: for reading, all, none",
    "copy the address of the open note",
    "this list",
    "Close",
    "{count} more",
)

#: Words of the book's design.
TYPST = (
    *("recte", "delete", "vol.", "p.", "pp.", "l.", "ll.", "tit.", "Contents", "note p.", "n."),
    *("Id", "Lemma", "Note", "see", "continued"),
)


def language_of(config: Config) -> str:
    """The language of the project as a tag (BCP 47); Sphinx writes it as the name of a catalogue, ``sr_RS@latin``."""
    name, _, modifier = (config.language or "en").partition("@")
    language, *subtags = name.partition(".")[0].replace("_", "-").split("-")
    script = _MODIFIERS.get(modifier.lower(), "")
    # What else is behind the sign is a variant, as *valencia*, if it has its form (RFC 5646, 2.2.5); *euro* has not.
    variant = modifier if not script and modifier.isalnum() and 5 <= len(modifier) <= 8 else ""
    return "-".join(filter(None, (language, script if script not in subtags else "", *subtags, variant)))


def in_print(place: PrintReference) -> str:
    """Where a thing stands in print: page and line."""
    several = place.until not in ("", place.page)
    page = f"{_('pp.')} {place.page}–{place.until}" if several else f"{_('p.')} {place.page}"
    page = f"{_('vol.')} {place.volume}, {page}" if place.volume else page
    if not place.first:
        return page
    if place.last > place.first:
        return f"{page}, {_('ll.')} {place.first}–{place.last}"
    return f"{page}, {_('l.')} {place.first}"


def script() -> str:
    """What tells the scripts of our pages their words; empty where they are the words already."""
    said = {word: str(_(word)) for word in SCRIPTS}
    if all(word == other for word, other in said.items()):
        return ""
    return f"window.edWords={json.dumps(said, ensure_ascii=False)};\n"


def add_catalogue(app: Sphinx) -> None:
    """Make the catalogue known; that of another build in this process, in another language, is forgotten."""
    translators.pop(("general", CATALOGUE), None)
    app.add_message_catalog(CATALOGUE, str(FOLDER))
    # Words of the theme that Sphinx's own catalogue has not.
    app.add_message_catalog("sphinx", str(FOLDER))
