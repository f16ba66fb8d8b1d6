"""What can be wrong with an edition as a whole, and where each finding is."""

from __future__ import annotations

import re
from typing import Any

import pytest

from annotating import annotate
from making import edition, emendation, note
from sphinx_apparatus.checks.codes import Code, Level
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.checks.rules import RULES, findings
from sphinx_apparatus.model.annotation import Relations
from sphinx_apparatus.model.history import History
from sphinx_apparatus.model.state import state_of
from sphinx_apparatus.model.taxonomy import Evidence, Layer
from sphinx_apparatus.model.tombstone import Tombstone
from sphinx_apparatus.model.witness import Witness
from sphinx_apparatus.model.work import Work

MOON = "The moon has set.\nNext."
DIGEST = note(MOON, "moon").digest


def test_an_edition_of_which_nothing_is_wrong_has_no_findings() -> None:
    sound = edition(
        MOON,
        note(MOON, "moon", "M1", relations=Relations(see=("M2", "M", "M ¶2", "M-p1"))),
        annotate(MOON, 0, 3, "A", Layer.CORRECTION, id="M2", cites=("a",)),
        works={"a": Work("a", "works.bib", "A", True)},
        register={"M1": History("1.0", "x"), "M9": History("1.0", "x", withdrawn="1.1")},
        tombstones={"M9": Tombstone("M9", "moon", "1.1", "Said by M1.")},
    )
    assert list(findings(sound)) == []


def test_a_correction_of_fact_that_cites_nothing_is_found_and_no_other_annotation() -> None:
    made = edition(
        MOON,
        annotate(MOON, 4, 8, "sun", Layer.CORRECTION, id="M2", line=7),
        emendation(MOON, "has", "had", "M3"),
        note(MOON, "set", "M4"),
    )
    assert list(findings(made)) == [
        Finding(
            Code.NO_EVIDENCE,
            "M2: a correction of fact needs a citation of the work that shows it",
            Where("moon", 7),
        )
    ]


def test_a_correction_that_does_not_say_what_it_rests_on_is_found() -> None:
    made = edition(
        MOON,
        annotate(MOON, 4, 8, "sun", Layer.CORRECTION, id="M2", line=7, cites=("a",), evidence=Evidence.UNSTATED),
        emendation(MOON, "has", "had", "M3", evidence=Evidence.UNSTATED),
    )
    assert list(findings(made)) == [
        Finding(
            Code.NO_EVIDENCE,
            "M2: a correction needs its :evidence: stated: internal, external or conjecture",
            Where("moon", 7),
        )
    ]


#: What a note without words may have in their place.
SAYING = [
    ("a work", {"cites": ("a",)}),
    ("a relation", {"relations": Relations(see=("M",))}),
    ("words", {"body": "Words."}),
]


def test_a_note_that_says_nothing_is_found_and_no_reading() -> None:
    made = edition(MOON, note(MOON, "moon", "M1", body=" \n", line=4), emendation(MOON, "has", "had", "M2", body=""))
    assert list(findings(made)) == [
        Finding(Code.EMPTY, "M1: a note needs words; write what it is to say, or take it out", Where("moon", 4))
    ]


@pytest.mark.parametrize("has", [case[1] for case in SAYING], ids=[case[0] for case in SAYING])
def test_a_note_without_words_may_have(has: dict[str, Any]) -> None:
    assert list(findings(edition(MOON, note(MOON, "moon", **({"body": ""} | has))))) == []


@pytest.mark.parametrize(
    ("readings", "fault"),
    [
        ("sun A B", ""),
        ("sun A : sol A¹", ""),
        ("sun", "the reading 'sun' names no witness"),
        (" : ", "a variant needs readings"),
        ("sun A B : star B A", "A, B has two readings of one lemma"),
        ("sun A : star A B", "A has two readings of one lemma"),
        ("sun A^c : star A^c", "A^c has two readings of one lemma"),
        ("sun A: star B", "'A' stands among its words"),
    ],
)
def test_a_variant_that_does_not_say_once_who_reads_what_is_found(readings: str, fault: str) -> None:
    variant = annotate(MOON, 4, 8, readings, Layer.VARIANT, line=6)
    witnesses = {f"M {one}": Witness(one, "M") for one in "AB"}
    found = list(findings(edition(MOON, variant, witnesses=witnesses)))
    assert [(one.code, one.where) for one in found] == ([(Code.WITNESS, Where("moon", 6))] if fault else [])
    assert all(one.message.startswith(f"M1: {fault}") for one in found)


@pytest.mark.parametrize("kind", ["see", "contradicts", "parallel"])
@pytest.mark.parametrize("target", ["M9", "M ¶3", "Q", "Q ¶1"])
def test_a_relation_that_leads_nowhere_is_found(kind: str, target: str) -> None:
    made = edition(MOON, note(MOON, "moon", relations=Relations(**{kind: ("M", target)}), line=3))
    assert list(findings(made)) == [
        Finding(Code.UNRESOLVED, f"M1: :{kind}: names {target}, which is not there", Where("moon", 3))
    ]


def test_a_work_that_nothing_cites_is_found_where_its_record_begins() -> None:
    works = {key: Work(key, "bib/works.bib", key, key != "b") for key in ("a", "b", "c")}
    assert list(findings(edition(MOON, works=works))) == [
        Finding(
            Code.UNCITED,
            "b is in the bibliography, and nothing cites it",
            Where(path="bib/works.bib", words="{b,"),
        )
    ]


def test_a_published_id_that_is_gone_is_found_in_the_register() -> None:
    register = {name: History("1.0", "x") for name in ("M10", "M9", "M1")}
    made = edition(MOON, note(MOON, "moon"), register=register, register_path="register.json")
    assert list(findings(made)) == [
        Finding(
            Code.REGISTER,
            f"{name} was published in 1.0 and is gone; restore it, or withdraw it with ed:tombstone {name}",
            Where(path="register.json", words=f'"{name}"'),
        )
        for name in ("M9", "M10")
    ]


def test_a_withdrawn_id_given_out_again_is_found_where_that_is_done() -> None:
    register = {"M1": History("1.0", "x", withdrawn="1.1"), "M2": History("1.0", "x")}
    made = edition(MOON, note(MOON, "moon", line=5), note(MOON, "set", "M2"), register=register)
    assert list(findings(made)) == [
        Finding(
            Code.REGISTER,
            "M1 was withdrawn in 1.1, and an id is never given out again; take a number that was never used",
            Where("moon", 5),
        )
    ]


@pytest.mark.parametrize(
    ("history", "fault"),
    [
        (History("1.0", "x"), "M1 has another hash than its newest released state"),
        (History("1.0", DIGEST, changed=("9.9",)), "M1 names version 9.9, of which no released states are kept"),
        (History("sun", DIGEST), "M1 names version sun, of which no released states are kept"),
        (History("1.0", DIGEST), ""),
        (History("0.9", DIGEST), ""),  # the register is older than the states
        (None, ""),
    ],
)
def test_register_and_released_states_say_the_same(history: History | None, fault: str) -> None:
    released = {
        "states": {"M1": (state_of(note(MOON, "moon"), "1.0", "2026-03-05"),)},
        "releases": {"1.0": "2026-03-05"},
    }
    register = {"M1": history} if history else {}
    made = edition(MOON, note(MOON, "moon"), register=register, register_path="register.json", **released)
    said = [finding.message for finding in findings(made)]
    assert said == ([f"{fault}; restore register and states from the last release"] if fault else [])


def test_an_id_that_only_register_or_states_have_is_found() -> None:
    released = {"states": {"M2": (state_of(note(MOON, "set", "M2"), "1.0", "2026-03-05"),)}, "releases": {"1.0": "x"}}
    made = edition(MOON, note(MOON, "moon"), note(MOON, "set", "M2"), register={"M1": History("1.0", "x")}, **released)
    assert [finding.message for finding in findings(made)] == [
        "M1 has no released state; restore register and states from the last release",
        "M2 has released states and is not in the register; restore it from the last release",
    ]


def test_of_a_text_that_could_not_be_read_nothing_else_is_told() -> None:
    """Its ids are not gone, and its witnesses are of a text."""
    register = {"Q1": History("1.0", "x")}
    witnesses = {one.key: one for one in (Witness("A", "Q", docname="qed", line=4),)}
    made = edition(MOON, register=register, witnesses=witnesses)
    assert [finding.code for finding in findings(made)] == [Code.REGISTER, Code.WITNESS]
    pointing = note(MOON, "moon", relations=Relations(see=("Q1", "Q ¶2")))
    known = {"register": register, "witnesses": witnesses}
    assert list(findings(edition(MOON, pointing, **known, unread=frozenset("Q")))) == []


def test_a_witness_of_no_text_is_found_where_it_is_named() -> None:
    made = edition(MOON, witnesses={"Q A": Witness("A", "Q", docname="qed", line=4), "M A": Witness("A", "M")})
    assert list(findings(made)) == [
        Finding(Code.WITNESS, "A: there is no text Q; mend :text:", Where("qed", 4)),
    ]


def test_all_rules_are_told_one_after_the_other() -> None:
    made = edition(
        MOON,
        annotate(MOON, 4, 8, "sun", Layer.CORRECTION, id="M1", relations=Relations(see=("M9",))),
        works={"a": Work("a", "works.bib", "A", False)},
        register={"M2": History("1.0", "x")},
    )
    assert [finding.code for finding in findings(made)] == [
        Code.UNCITED,
        Code.NO_EVIDENCE,
        Code.REGISTER,
        Code.UNRESOLVED,
    ]
    assert len(RULES) == 7


@pytest.mark.parametrize("code", Code)
def test_a_code_says_what_it_means_and_what_to_do(code: Code) -> None:
    """It is the subtype of a warning, so that conf.py can name it."""
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", code)
    assert Code(str(code)) is code
    assert code.level in Level
    assert code.explanation.endswith(".")
    assert code.remedy.endswith(".")


def test_what_would_be_false_in_print_is_an_error_and_what_is_wanting_a_warning() -> None:
    assert {code.value for code in Code if code.level is Level.WARNING} == {
        "no-evidence", "uncited", "concordance", "pdf", "latex", "policy", "empty", "shape",
    }  # fmt: skip
