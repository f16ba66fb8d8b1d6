"""Persons and bodies as CSL names, from names as BibTeX has them; and how each format writes them."""

from __future__ import annotations

import re
from typing import Any

from pybtex.database import Person

from sphinx_apparatus.bibliography.words import plain_tex

#: A name as CSL-JSON has it: ``literal``, or ``family`` and what goes with it.
Name = dict[str, str]

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
        return re.sub(r"\s*[,;]\s*", " ", name["literal"]) + ","
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
