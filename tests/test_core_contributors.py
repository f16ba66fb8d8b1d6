"""Who has a part in an edition: persons and bodies, by names and by ORCID; who wrote an annotation."""

from __future__ import annotations

import dataclasses

import pytest

from making import IMPRINT, edition, note
from sphinx_apparatus.model.contributor import Contributor, named
from sphinx_apparatus.model.reference import ModelError

ORCID = "https://orcid.org/0000-0002-1825-0097"
CARBERRY = Contributor("Josiah Carberry", "Carberry", "Josiah", ORCID)

#: What a configuration says, and who that is.
SAID = [
    ("Editrix, Secunda", Contributor("Secunda Editrix", "Editrix", "Secunda")),
    ("  Editrix ,\n Secunda ", Contributor("Secunda Editrix", "Editrix", "Secunda")),
    ("The editors of Fragments", Contributor("The editors of Fragments")),
    ("Han, Yujin, Kim", Contributor("Han, Yujin, Kim")),
    ("Plato,", Contributor("Plato,")),
    (", Plato", Contributor(", Plato")),
    ("Brill & Co, Leiden", Contributor("Brill & Co, Leiden")),
    ("Sons and Daughters, Leiden", Contributor("Sons and Daughters, Leiden")),
    ({"family": "Carberry", "given": "Josiah", "orcid": ORCID}, CARBERRY),
    ({"family": "Carberry", "given": "Josiah", "orcid": "0000-0002-1825-0097"}, CARBERRY),
    ({"family": "Hawking", "orcid": "0000-0002-9079-593X"},
     Contributor("Hawking", "Hawking", "", "https://orcid.org/0000-0002-9079-593X")),
    ({"family": " Kim ", "given": " Il ", "name": "Kim Il"}, Contributor("Kim Il", "Kim", "Il")),
    ({"name": "A Society"}, Contributor("A Society")),
]  # fmt: skip


@pytest.mark.parametrize(("said", "who"), SAID, ids=[str(case[0]) for case in SAID])
def test_a_person_or_a_body_is_named(said: object, who: Contributor) -> None:
    assert Contributor.of(said) == who


@pytest.mark.parametrize(
    ("said", "fault"),
    [
        ("", "a name is empty"),
        (" \n", "a name is empty"),
        (None, "a name is words, or a table of family, given and orcid; not None"),
        (5, "a name is words"),
        ({}, "a person needs a family name, a body a name"),
        ({"given": " "}, "a person needs a family name, a body a name"),
        ({"name": "A", "mail": "a@b", "age": 7}, "a person has no age, mail; there are family, given, orcid, name"),
        ({"family": None}, "family is words; not None"),
        ({"family": "A", "given": ["B"]}, "given is words; not ['B']"),
        ({"family": "A", "orcid": 18250097}, "orcid is words; not 18250097"),
        ({"family": "A", "orcid": "0000-0002-1825-0098"}, "'0000-0002-1825-0098' is no ORCID"),
        ({"family": "A", "orcid": "0000-0002-1825"}, "'0000-0002-1825' is no ORCID"),
        ({"family": "A", "orcid": "https://example.org/0000-0002-1825-0097"}, "is no ORCID"),
    ],
)
def test_what_names_nobody_is_told(said: object, fault: str) -> None:
    with pytest.raises(ModelError) as told:
        Contributor.of(said)
    assert fault in str(told.value)


def test_a_name_is_as_csl_has_names() -> None:
    assert CARBERRY.csl == {"family": "Carberry", "given": "Josiah", "ORCID": ORCID}
    assert Contributor("Hawking", "Hawking").csl == {"family": "Hawking"}
    assert Contributor("A Society").csl == {"literal": "A Society"}


KNOWN = {"jc": CARBERRY, "sh": Contributor("Stephen Hawking", "Hawking", "Stephen"), "all": Contributor("All of Us")}


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("Josiah Carberry", ["Josiah Carberry"]),
        ("josiah carberry und Stephen Hawking", ["Josiah Carberry", "Stephen Hawking"]),
        ("Stephen Hawking, Josiah Carberry", ["Stephen Hawking", "Josiah Carberry"]),
        ("Stephen Hawking, and Josiah Carberry", ["Stephen Hawking", "Josiah Carberry"]),
        ("Stephen Hawking; & Josiah Carberry", ["Stephen Hawking", "Josiah Carberry"]),
        ("Stephen Hawking and friends", ["Stephen Hawking and friends"]),
        ("All of Us", ["All of Us"]),
        (",", [","]),
        (" ", []),
    ],
)
def test_those_whom_an_author_names_are_persons_if_they_are_known_and_else_one_body(
    words: str, names: list[str]
) -> None:
    found = named(words, KNOWN)
    assert [one.name for one in found] == names
    assert all(one in KNOWN.values() or not one.family for one in found)


def test_an_annotation_is_by_a_person_or_by_another_body_and_by_nobody_where_that_is_the_editors() -> None:
    string = "one two three four"
    bodies = {"us": Contributor("The editors"), "they": Contributor("Others"), "jc": CARBERRY}
    notes = [note(string, word, f"M{n}", editor=by) for n, (word, by) in enumerate(
        zip(string.split(), ("us", "they", "jc", "gone"), strict=True), 1)]  # fmt: skip
    made = edition(string, *notes, contributors=bodies, default_editor="us")
    assert [made.writer(one.id) for one in notes] == [None, bodies["they"], CARBERRY, None]
    assert made.editors == {"us": "The editors", "they": "Others", "jc": "Josiah Carberry"}
    alone = dataclasses.replace(made, default_editor="jc")
    assert alone.writer("M3") == CARBERRY


def test_an_edition_names_those_who_made_it_one_by_one_or_as_a_body_or_nobody() -> None:
    assert dataclasses.replace(IMPRINT, contributors=(CARBERRY,)).names == [CARBERRY.csl]
    assert IMPRINT.names == [{"literal": IMPRINT.editors}]
    assert dataclasses.replace(IMPRINT, editors="").names == []


def test_an_edition_is_where_its_doi_and_its_publisher_say() -> None:
    both = dataclasses.replace(IMPRINT, doi="10.5281/zenodo.1")
    assert both.addresses == ("https://doi.org/10.5281/zenodo.1", IMPRINT.base_url)
    assert IMPRINT.addresses == (IMPRINT.base_url,)
    assert dataclasses.replace(both, base_url="").addresses == ("https://doi.org/10.5281/zenodo.1",)
    assert dataclasses.replace(IMPRINT, base_url="").addresses == ()
