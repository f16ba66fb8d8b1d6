"""Web Annotations of others: the right place and words, or a message with its line; never half of it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from taking import TEXT, imported, take, take_beside


def quote(exact: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextQuoteSelector", "exact": exact, **more}


def position(start: Any, end: Any, **more: Any) -> dict[str, Any]:
    return {"type": "TextPositionSelector", "start": start, "end": end, **more}


def fragment(value: str, **more: Any) -> dict[str, Any]:
    return {"type": "FragmentSelector", "value": value, **more}


def reaching(start: Any, end: Any) -> dict[str, Any]:
    return {"type": "RangeSelector", "startSelector": start, "endSelector": end}


XPATH = {"type": "XPathSelector", "value": "/p[1]"}


@pytest.mark.parametrize(
    ("selector", "span"),
    [
        (quote("far"), (29, 32)),
        (position(29, 32), (29, 32)),
        ([position(22, 25), quote("mon")], (22, 25)),
        ([position(0, 3), quote("far")], (29, 32)),
        ([{"type": "RangeSelector", "startContainer": "/p"}, position(0, 3), quote("far")], (29, 32)),
        (quote("mon is far", refinedBy=quote("far")), (29, 32)),
        (quote("mon is far", refinedBy=position(7, 10)), (29, 32)),
        (position(18, 32, refinedBy=quote("mon")), (22, 25)),
        (fragment("char=29,32"), (29, 32)),
        (fragment("line=0,1"), (0, len(TEXT))),
        (fragment("section", refinedBy=quote("far")), (29, 32)),
        ({**XPATH, "refinedBy": quote("far")}, (29, 32)),
        ({"type": "DataPositionSelector", "start": 29, "end": 32}, (29, 32)),
        (reaching(quote("mon is far"), quote(" is near")), (22, 41)),
        (reaching(position(29, 29), position(32, 40)), (29, 32)),
        ({"@type": ["oa:TextQuoteSelector"], "exact": "far"}, (29, 32)),
        ({"type": "Choice", "items": [XPATH, position(29, 32)]}, (29, 32)),
    ],
)
def test_every_selector_that_a_plain_text_can_answer_is_followed(
    tmp_path: Path, selector: Any, span: tuple[int, int]
) -> None:
    item = {"type": "Annotation", "body": {"value": "So."}, "target": {"source": "t.txt", "selector": selector}}
    status, folder = take_beside(tmp_path, json.dumps(item), "in.json")
    assert status == 0
    assert [tuple(one.span) for one in imported(folder).values()] == [span]


@pytest.mark.parametrize(
    ("target", "says"),
    [
        ({"selector": XPATH}, "XPathSelector names no place"),
        ({"selector": {"type": "SvgSelector", "value": "<svg/>"}}, "SvgSelector names no place"),
        ({"selector": {**XPATH, "refinedBy": position(0, 3)}}, "XPathSelector names no place"),
        ({"selector": reaching(XPATH, XPATH)}, "XPathSelector names no place"),
        ({"selector": reaching(position(9, 9), position(3, 3))}, "before it begins"),
        ({"selector": fragment("xywh=1,2,3,4")}, "RFC 5147"),
        ({"selector": position(0, 9_000)}, "not within"),
        ({"selector": fragment("line=10,1")}, "no line 10"),
        ({"selector": {"type": "TextPositionSelector", "end": 3}}, "start of a position"),
        ({"selector": position(1.5, float("inf"))}, "whole number"),
        ({"selector": {"type": "TextQuoteSelector"}}, "exact of a quotation"),
        ({"selector": quote("far", prefix=["is"])}, "prefix of a quotation"),
        ({"selector": quote("mon")}, "2 times"),
        ({"selector": []}, "names no place"),
        ("https://example.org/t.txt", "names no place"),
        (None, "names no place"),
        ([], "no target"),
    ],
)
def test_what_names_no_place_is_told_with_its_line(
    tmp_path: Path, target: Any, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    good = {"id": "x", "body": {"value": "So."}, "target": {"selector": quote("far")}}
    items = [good, {"id": "y", "body": {"value": "No."}, "target": target}]
    status, folder = take_beside(tmp_path, json.dumps({"items": items}, indent=1), "in.json")
    (told,) = capsys.readouterr().err.splitlines()
    written = json.dumps({"items": items}, indent=1).split("\n")
    line = max(number for number, words in enumerate(written, 1) if '"target"' in words)
    assert status == 1
    assert f"in.json:{line}: left out: annotation y: " in told
    assert says in told
    assert len(imported(folder)) == 1


@pytest.mark.parametrize(
    ("body", "note", "told"),
    [
        ("https://example.org/c", "https://example.org/c", ""),
        ({"type": "Video", "id": "https://example.org/v"}, "https://example.org/v", ""),
        ({"type": "SpecificResource", "source": {"id": "https://example.org/s"}}, "https://example.org/s", ""),
        ({"value": "<p>So &amp; <b>so</b></p><script>no</script>", "format": "text/html"}, "So & so", "in HTML"),
        ({"type": "Choice", "items": [{"value": "one"}, {"value": "deux"}]}, "one", "the first is taken"),
        ({"type": "Composite", "items": [{"value": "one"}, {"value": "two"}]}, "one two", ""),
        ([{"value": "one"}, {"type": "TextualBody", "value": None}], "one", "a body without words"),
        ({"value": "half \ud800 of one"}, "half \ufffd of one", ""),
        ([{"value": "one", "tags": ["\ud83d"]}], "one", ""),
        ({"value": "<p>One</p></style><p>two</p>", "format": "text/html"}, "One two", "in HTML"),
        ({"value": "{ed:ref}`Z9` ```{include} x", "format": "text/markdown"}, None, ""),
    ],
)
def test_bodies_of_every_form_are_words_or_told(
    tmp_path: Path, body: Any, note: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    item = {"body": body, "target": {"selector": quote("far")}}
    status, folder = take_beside(tmp_path, json.dumps(item), "in.json")
    assert status == 0
    (one,) = imported(folder).values()
    assert note is None or one.body == note
    assert told in capsys.readouterr().err


def test_markdown_of_others_brings_no_directive(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    words = "So.\n\n```{include} ../secret.txt\n```\n\n> ~~~ {include} ../secret.txt\n> ~~~\n\n{ed:ref}`Z9`"
    item = {"body": {"value": words, "format": "text/markdown"}, "target": {"selector": quote("far")}}
    status, folder = take_beside(tmp_path, json.dumps(item), "in.json")
    assert status == 0
    (one,) = imported(folder).values()
    assert "secret.txt" not in one.body.replace("../secret.txt", "")
    assert "{ed:ref}" in one.body


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("{}", "in.json:1: neither"),
        ("null", "in.json:1: neither"),
        ('{"contract": 1, "annotations": []}', "annotations.csv"),
        ('{"first": "https://example.org/p.json"}', "not beside it"),
        ('{"first": "https://example.org/..%2F..%2Fsecret.json"}', "not beside it"),
        ('{"first": "broken.json"}', "broken.json: not JSON"),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_json_that_is_something_else_is_refused(
    tmp_path: Path, content: str, says: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "broken.json").write_text("{", "utf-8")
    status, folder = take_beside(tmp_path, content, "in.json")
    assert status == 2
    assert says in capsys.readouterr().err
    assert not folder.exists()


def test_an_annotation_of_another_text_is_not_put_into_this(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "u.txt").write_text("Far off.\n", "utf-8")
    (tmp_path / "t.txt").write_text(TEXT, "utf-8")
    item = {"body": {"value": "x"}, "target": {"source": "https://example.org/v.txt", "selector": quote("far")}}
    texts = [f"--text=T={tmp_path / 't.txt'}", f"--text=U={tmp_path / 'u.txt'}"]
    assert take(tmp_path, json.dumps(item), *texts, name="in.json")[0] == 1
    assert "v.txt is none of the texts" in capsys.readouterr().err


def test_what_a_collection_says_of_kinds_is_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = json.dumps({"type": "AnnotationCollection", "items": [], "ed:kinds": {"note": {"metre": None}}})
    assert take_beside(tmp_path, content, "in.jsonld")[0] == 2
    assert "the plural of 'metre' is words; not None" in capsys.readouterr().err
