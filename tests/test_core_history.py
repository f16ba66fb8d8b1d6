"""What a release does to the register of what was published: it forgets nothing and counts a change once."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import note
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.history import Difference, History, LostError, advance, compare, in_order, missing
from sphinx_apparatus.outputs.citations.history import history, past

STRING = "the moon"


def saying(words: str, identifier: str = "M1") -> Annotation:
    """An annotation that says something."""
    return note(STRING, "moon", identifier, body=words)


def released(*states: tuple[str, str | None]) -> History:
    """The history of M1 after releases, each by its version and what M1 says in it; withdrawn where it says nothing."""
    register: dict[str, History] = {}
    for version, words in states:
        annotations = [] if words is None else [saying(words)]
        register = advance(register, annotations, {"M1"} if words is None else (), version)
    return register["M1"]


#: What M1 says in each release, the first that published it, those that changed it, the one that withdrew it.
HISTORIES = [
    ("an id published in 1.0", [("1.0", "a")], "1.0", (), ""),
    ("an id that says the same in 1.1", [("1.0", "a"), ("1.1", "a")], "1.0", (), ""),
    ("an id changed in 1.1", [("1.0", "a"), ("1.1", "b")], "1.0", ("1.1",), ""),
    ("an id changed twice", [("1.0", "a"), ("1.1", "b"), ("1.2", "c")], "1.0", ("1.1", "1.2"), ""),
    ("an id put back by a later release is changed twice", [("1.0", "a"), ("1.1", "b"), ("1.2", "a")],
     "1.0", ("1.1", "1.2"), ""),
    ("an id published in 1.1 and changed before 1.1 is released has no change", [("1.1", "a"), ("1.1", "b")],
     "1.1", (), ""),
    ("a release made anew changes an annotation once", [("1.0", "a"), ("1.1", "b"), ("1.1", "c")],
     "1.0", ("1.1",), ""),
    ("and one put back to what it said has no change", [("1.0", "a"), ("1.1", "b"), ("1.1", "a")], "1.0", (), ""),
    ("nor has it after a third attempt", [("1.0", "a"), ("1.1", "b"), ("1.1", "c"), ("1.1", "a")], "1.0", (), ""),
    ("put back and changed again it has one", [("1.0", "a"), ("1.1", "b"), ("1.1", "a"), ("1.1", "c")],
     "1.0", ("1.1",), ""),
    ("only the last of its changes is taken back", [("1.0", "a"), ("1.1", "b"), ("1.2", "c"), ("1.2", "b")],
     "1.0", ("1.1",), ""),
    ("what it said two releases ago does not count as put back",
     [("1.0", "a"), ("1.1", "b"), ("1.2", "c"), ("1.2", "a")], "1.0", ("1.1", "1.2"), ""),
    ("a withdrawn id keeps its history", [("1.0", "a"), ("1.1", "b"), ("1.2", None)], "1.0", ("1.1",), "1.2"),
    ("a withdrawal is told of the release that made it", [("1.0", "a"), ("1.1", None), ("1.2", None)],
     "1.0", (), "1.1"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("states", "since", "changed", "withdrawn"), [case[1:] for case in HISTORIES], ids=[case[0] for case in HISTORIES]
)
def test_history(states: list[tuple[str, str | None]], since: str, changed: tuple[str, ...], withdrawn: str) -> None:
    found = released(*states)
    assert (found.since, found.changed, found.withdrawn) == (since, changed, withdrawn)
    said = [words for _, words in states if words is not None][-1]
    assert found.digest == saying(said).digest


def test_a_difference_names_ids_in_their_order() -> None:
    register = {f"M{number}": History("1.0", saying("a").digest) for number in (12, 11, 2, 4, 3, 1)}
    now = [saying("a", "M1"), saying("b", "M12"), saying("b", "M2"), saying("a", "M20"), saying("a", "B3")]
    assert compare(register, now, ["M11", "M3", "M99"]) == Difference(
        new=("B3", "M20"), changed=("M2", "M12"), withdrawn=("M3", "M11"), lost=("M4",)
    )


def test_an_id_withdrawn_already_is_not_withdrawn_again() -> None:
    register = {"M1": History("1.0", "x", withdrawn="1.1")}
    assert compare(register, [], ["M1"]) == Difference()
    assert advance(register, [], ["M1"], "1.2") == register


def test_a_release_that_loses_ids_is_none_and_says_which() -> None:
    register = {name: History("1.0", "x") for name in ("M10", "M9", "M8")}
    with pytest.raises(LostError, match=r"^published ids are gone: M9, M10; restore or withdraw them$"):
        advance(register, [], {"M8"}, "1.1")


def test_a_release_gives_no_id_out_again_that_an_earlier_one_withdrew() -> None:
    register = {name: History("1.0", "x", withdrawn="1.1") for name in ("M10", "M9")}
    again = [saying("again", "M10"), saying("again", "M9")]
    with pytest.raises(LostError, match=r"^withdrawn ids are in use again: M9, M10; take numbers that were never use"):
        advance(register, again, set(), "1.2")
    assert {one.withdrawn for one in advance(register, again, set(), "1.1").values()} == {""}, "made anew it may"


def test_an_id_withdrawn_before_it_was_published_leaves_no_trace() -> None:
    assert advance({}, [], {"M1"}, "1.0") == {}


ids = st.sampled_from([f"M{number}" for number in range(1, 7)])


@given(st.lists(st.tuples(st.sampled_from(["1.0", "1.1", "1.2"]), st.dictionaries(ids, st.sampled_from("abc")))))
def test_a_register_loses_no_id_and_every_id_in_it_says_what_it_last_said(
    releases: list[tuple[str, dict[str, str]]],
) -> None:
    register: dict[str, History] = {}
    last: dict[str, str] = {}
    gone: set[str] = set()
    for version, says in sorted(releases, key=lambda one: one[0]):
        says = {identifier: words for identifier, words in says.items() if identifier not in gone}
        gone |= register.keys() - says.keys()
        before = dict(register)
        register = advance(register, [saying(words, name) for name, words in says.items()], gone, version)
        last |= {identifier: saying(words).digest for identifier, words in says.items()}
        assert register.keys() == last.keys()
        assert missing(register, says, gone) == []
        for identifier, found in register.items():
            assert found.digest == last[identifier]
            assert list(found.changed) == sorted(set(found.changed))
            assert found.since not in found.changed
            assert bool(found.withdrawn) == (identifier in gone)
            if identifier in before:
                assert found.since == before[identifier].since
                assert set(before[identifier].changed) - {version} <= set(found.changed)


def test_ids_are_in_order_by_siglum_and_number() -> None:
    assert in_order(["M10", "M9", "B100", "Ma1"]) == ["B100", "M9", "M10", "Ma1"]


A, B = saying("a").digest, saying("b").digest

#: What the register knows of an annotation that says *a*, the version being prepared, and what its page says.
PAGES = [
    ("never published", None, "1.1", "New in version 1.1."),
    ("published and as it was", History("1.0", A), "1.1", "Published since version 1.0; unchanged."),
    ("published by this version", History("1.1", A), "1.1", "Published since version 1.1; unchanged."),
    ("changed since this version published it", History("1.1", B), "1.1", "New in version 1.1."),
    ("changed once", History("1.0", A, ("1.1",)), "1.2",
     "Published since version 1.0; what it says was changed in version 1.1."),
    ("changed twice", History("1.0", A, ("1.1", "1.2")), "1.3",
     "Published since version 1.0; what it says was changed in version 1.1 and 1.2."),
    ("changed often", History("1.0", A, ("1.1", "1.2", "1.3")), "1.3",
     "Published since version 1.0; what it says was changed in version 1.1, 1.2 and 1.3."),
    ("a change in the working copy is told on the page", History("1.0", B), "1.1",
     "Published since version 1.0; what it says was changed in version 1.1."),
    ("behind those there were", History("1.0", B, ("1.1",)), "1.2",
     "Published since version 1.0; what it says was changed in version 1.1 and 1.2."),
    ("and told once", History("1.0", B, ("1.1",)), "1.1",
     "Published since version 1.0; what it says was changed in version 1.1."),
]  # fmt: skip


def test_the_page_of_an_annotation_names_no_version_for_what_none_has_said() -> None:
    """The version that the edition calls itself is released, and said something else, or nothing."""
    assert history(saying("a"), None, "1.1", released=False) == "What stands here is not released yet."
    assert history(saying("a"), History("1.0", B), "1.1", released=False) == (
        "First published in version 1.0. What stands here is not released yet."
    )


@pytest.mark.parametrize(("known", "version", "said"), [case[1:] for case in PAGES], ids=[case[0] for case in PAGES])
def test_the_page_of_an_annotation_says(known: History | None, version: str, said: str) -> None:
    assert history(saying("a"), known, version) == said


def test_the_page_of_a_withdrawn_annotation_says_what_became_of_it_until_then() -> None:
    assert past(None) == ""
    assert past(History("1.0", A)) == "First published in version 1.0."
    assert past(History("1.0", A, ("1.1", "1.2"), "1.3")) == (
        "First published in version 1.0; what it says was changed in version 1.1 and 1.2."
    )


def test_what_an_annotation_is_set_beside_is_not_what_it_says() -> None:
    one = saying("a")
    assert compare({"M1": History("1.0", one.digest)}, [dataclasses.replace(one, docname="other")], ()) == Difference()
