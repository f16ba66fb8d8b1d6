"""Persons and bodies as CSL names, from names as BibTeX has them; and how each format writes them."""

from __future__ import annotations

import re
from typing import Any

from pybtex.database import Person

from sphinx_apparatus.bibliography.words import plain_tex

#: A name as CSL-JSON has it: ``literal``, or ``family`` and what goes with it.
Name = dict[str, str]

_EXTENDED = re.compile(r"^\s*(?:family|given|prefix|suffix|useprefix)(?:-i)?\s*=")

#: What stands for persons that a record does not name; pandoc writes and reads it so, too.
OTHERS: Name = {"literal": "others"}


def csl_name(person: Person) -> Name:
    """A person with family and given names, or a body, which BibTeX braces."""
    last = plain_tex(" ".join(person.last_names))
    given = plain_tex(" ".join([*person.first_names, *person.middle_names]))
    particle = plain_tex(" ".join(person.prelast_names))
    suffix = plain_tex(" ".join(person.lineage_names))
    if not given and not particle and not suffix:
        return dict(OTHERS) if last == "others" and "{" not in "".join(person.last_names) else {"literal": last}
    if not last:
        last, given = given, ""
    name = {"family": last, "given": given, "non-dropping-particle": particle, "suffix": suffix}
    return {part: words for part, words in name.items() if words}


def is_others(name: Name) -> bool:
    """Whether a name stands for those that are not named."""
    return name == OTHERS


def inverted(name: Name) -> str:
    """A name, family first; that of a body as it is."""
    if "literal" in name:
        return name["literal"]
    family = " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family"))))
    return ", ".join(filter(None, (family, name.get("given"), name.get("suffix"))))


def natural(name: Name) -> str:
    """A name as it is spoken; that of a person in a script without capitals as its inverted form is, without comma."""
    if "literal" in name:
        return name["literal"]
    parts = (name.get("given"), name.get("non-dropping-particle"), name.get("family"), name.get("suffix"))
    return " ".join(filter(None, parts))


def closed(name: Name) -> str:
    """A name for formats in which a comma parts family and given names: a body ends with one, and has no other.

    So Zotero and pandoc know that the words before it are one name; a semicolon would part two.
    """
    if "literal" in name:
        said = re.sub(r"\s*[,;]\s*", " ", name["literal"])
        return f"{said}," if " " in said else said  # of one word it is no person's; a comma would part *X.com*
    return inverted(name)


def data(name: Name) -> dict[str, Any]:
    """A name as schema.org's ``Person`` or ``Organization``; with an ORCID it has an address."""
    if "literal" in name:
        return {"@type": "Organization", "name": name["literal"]}
    said: dict[str, Any] = {
        "@type": "Person",
        "name": natural(name),
        "givenName": name.get("given", ""),
        "familyName": " ".join(filter(None, (name.get("non-dropping-particle"), name.get("family")))),
        "honorificSuffix": name.get("suffix", ""),
        "@id": name.get("ORCID", ""),
    }
    return {key: value for key, value in said.items() if value}


def bibtex_names(value: str) -> str:
    """Names in biblatex's form (``family=Ree, given=Erik, prefix=van``) as BibTeX writes them; others as they are."""
    names = re.split(r"\s+and\s+", value)
    if not any(_EXTENDED.match(name) for name in names):
        return value
    return " and ".join(_extended(name) if _EXTENDED.match(name) else name for name in names)


def faults(value: str) -> list[str]:
    """What is wrong with a field of names, braces apart, within which all is of one body."""
    bare = re.sub(r"\\.|\{[^{}]*\}", "x", value)
    while "{" in bare and bare != (bare := re.sub(r"\{[^{}]*\}", "x", bare)):
        pass
    found = []
    if ";" in bare:
        found.append("names are parted by ';', which makes one of them; write 'and' between them, or brace a body")
    names = [part.strip() for part in re.split(r"(?:^|\s)and(?=\s|$)", bare, flags=re.IGNORECASE)]
    if any(_several(name) for name in names):
        found.append("names are parted by ',' or '&', which makes one of them; write 'and' between them")
    if any(name.startswith(",") for name in names):
        found.append("a name begins with a comma, and has no family name")
    if not all(names):
        found.append("an 'and' has no name before or behind it")
    return found


def _several(name: str) -> bool:
    """Whether what would be family, suffix and given name are rather several names: ``Jane Roe, John Doe, Max Poe``."""
    parts = [part.strip() for part in name.split(",")]
    return len(parts) == 3 and ("&" in parts[1] or (name[:1].isupper() and all(" " in part for part in parts)))


def _extended(name: str) -> str:
    parts = {
        key.strip().lower(): words.strip().strip('"')
        for key, _, words in (part.partition("=") for part in re.split(r",(?![^{]*\})", name))
    }
    family = " ".join(filter(None, (parts.get("prefix", ""), "{" + parts.get("family", "").strip("{}") + "}")))
    return ", ".join(filter(None, (family, parts.get("suffix", ""), parts.get("given", ""))))
