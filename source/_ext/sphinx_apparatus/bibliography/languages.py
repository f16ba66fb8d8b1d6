"""Languages as biblatex names them (``langid``) and as BCP 47 does."""

from __future__ import annotations

import re
from functools import cache

#: biblatex's names that are not a language's name in English.
_NAMES = {
    "american": "en-US", "usenglish": "en-US", "english": "en", "british": "en-GB", "ukenglish": "en-GB",
    "canadian": "en-CA", "australian": "en-AU", "newzealand": "en-NZ", "ngerman": "de", "naustrian": "de-AT",
    "austrian": "de-AT", "nswissgerman": "de-CH", "swissgerman": "de-CH", "francais": "fr", "french": "fr",
    "acadian": "fr-CA", "canadien": "fr-CA", "brazilian": "pt-BR", "brazil": "pt-BR", "portuges": "pt",
    "norsk": "nb", "nynorsk": "nn", "slovene": "sl", "magyar": "hu", "bahasa": "id", "farsi": "fa", "persian": "fa",
    "greek": "el", "polutonikogreek": "el", "ancientgreek": "grc", "uppersorbian": "hsb", "lowersorbian": "dsb",
    "serbianc": "sr-Cyrl", "chinese": "zh", "mexican": "es-MX",
}  # fmt: skip
_TAG = re.compile(r"^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$")


@cache
def tag_of(name: str) -> str:
    """The tag of a language (BCP 47); nothing where neither name nor tag is known."""
    first = re.split(r"\s+and\s+|,", name.strip())[0].strip().removeprefix("lang").lower()
    if first in _NAMES:
        return _NAMES[first]
    if first in _tags():
        return _tags()[first]
    return name.strip() if (_TAG.match(name.strip()) and "-" in name) or len(name.strip()) in (2, 3) else ""


@cache
def name_of(tag: str) -> str:
    """The name that biblatex has for a language: its own where it has one for the region, else the English name."""
    for name, own in _NAMES.items():
        if own.lower() == tag.lower() and "-" in own:
            return name
    language = tag.partition("-")[0].lower()
    return next((name for name, own in _tags().items() if own == language), tag)


@cache
def _tags() -> dict[str, str]:
    from babel import Locale

    names = Locale("en").languages
    return {str(name).lower(): str(tag) for tag, name in names.items() if "_" not in tag}
