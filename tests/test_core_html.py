"""What a page lets run, where its notes' links lead, and how its places are marked."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html import escape
from html.parser import HTMLParser
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotating import annotate
from making import edition, emendation, note
from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.taxonomy import KINDS, Taxonomy
from sphinx_apparatus.outputs.citations.metadata import Head
from sphinx_apparatus.outputs.citations.schema import json_ld
from sphinx_apparatus.outputs.html.notes import keep, moved, take
from sphinx_apparatus.outputs.html.policy import forbidden, policy, protect
from sphinx_apparatus.outputs.html.style import rules, sheets, tints
from texts_of import strings


def hashed(words: str) -> str:
    """A source expression of CSP Level 3 (2.3.1)."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(words.encode()).digest()).decode()}'"


def directives(rule: str) -> dict[str, list[str]]:
    """A policy's directives by name."""
    return {name: sources for name, *sources in (one.split() for one in rule.split("; "))}


def test_a_page_may_load_what_is_its_own_and_run_nothing_else() -> None:
    assert directives(policy()) == {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "base-uri": ["'none'"],
        "form-action": ["'self'"],
    }


#: What a theme writes, the scripts that may run, the styles that hold.
SHELLS = [
    ("a script", "<script>go()</script>", ["go()"], []),
    ("a script with its line ends", "<script>\n go();\n</script>", ["\n go();\n"], []),
    ("a script with signs of mark-up", "<script>a < b && '&amp;' </p></script>", ["a < b && '&amp;' </p>"], []),
    ("a module", '<script type="module">go()</script>', ["go()"], []),
    ("a script twice", "<script>go()</script><SCRIPT>go()</SCRIPT>", ["go()"], []),
    ("two scripts", "<script>a</script><script>b</script>", ["a", "b"], []),
    ("a script from a file", '<script src="a.js">go()</script>', [], []),
    ("an empty script", "<script></script>", [], []),
    ("data", '<script type="application/ld+json">{"a": 1}</script>', [], []),
    ("a style", "<style>p {}</style>", [], ["p {}"]),
    ("words", "<p>go()</p>", [], []),
]


@pytest.mark.parametrize(("shell", "scripts", "styles"), [case[1:] for case in SHELLS], ids=[c[0] for c in SHELLS])
def test_what_a_theme_writes_into_a_page_is_allowed(shell: str, scripts: list[str], styles: list[str]) -> None:
    found = directives(policy(f"<html>{shell}<p>Words.</p></html>"))
    assert found["script-src"] == ["'self'", *map(hashed, scripts)]
    assert found["style-src"] == ["'self'", *map(hashed, styles)]


def test_style_attributes_of_a_theme_and_the_widths_of_columns_in_a_page_are_allowed() -> None:
    shell = '<p style="color: red"></p><p style=""></p><p style></p>'
    content = '<col style="width: 40%"><col style="width: 60%"><col style="width: 40%">'
    expected = ["'unsafe-hashes'", hashed("color: red")]
    assert directives(policy(shell))["style-src"] == ["'self'", *expected]
    both = ["'self'", *expected, hashed("width: 40%"), hashed("width: 60%")]
    assert directives(policy(shell, content))["style-src"] == both
    assert directives(policy("", content))["style-src"] == [both[0], both[1], *both[3:]]


def test_a_script_or_style_in_the_content_of_a_page_is_not_allowed() -> None:
    assert policy("", "<script>go()</script><style>p {}</style>") == policy()


@pytest.mark.parametrize(
    ("content", "found"),
    [("<p><script>go()</script>", True), ("<SCRIPT>go()</SCRIPT>", True), ('<script src="a.js"></script>', False),
     ('<script type="application/json">{}</script>', False), ("<p>&lt;script&gt;go()", False), ("script", False)],
)  # fmt: skip
def test_a_script_in_the_content_of_a_page_is_found(content: str, found: bool) -> None:
    assert forbidden(content) is found


META = '<meta http-equiv="Content-Security-Policy" content="x &#39;self&#39;">'


@pytest.mark.parametrize(
    ("page", "protected"),
    [('<html><head lang="en"><title>', f'<html><head lang="en">{META}<title>'),
     ('<HEAD><META CHARSET="utf-8"><title>', f'<HEAD><META CHARSET="utf-8">{META}<title>'),
     ('<head><title>a</title><meta charset="utf-8">', f'<head><title>a</title><meta charset="utf-8">{META}'),
     ("<header><p>", "<header><p>")],
)  # fmt: skip
def test_a_policy_stands_first_in_the_head_but_for_the_encoding(page: str, protected: str) -> None:
    assert protect(page, "x 'self'") == protected


class _Element(HTMLParser):
    """What a browser has as the content of each script."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.data = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.data += data


@pytest.mark.parametrize(
    "reading", ["</script>", "</SCRIPT >", "<!--<script>", "]]>", "<", "&lt;", "\\u003c", "\u2028"]
)
def test_a_reading_stays_within_its_data_block(reading: str) -> None:
    head = json_ld({"text": reading, "name": "K25"})
    parser = _Element()
    parser.feed(f"{head.data}<p>")
    parser.close()
    assert parser.tags == ["script", "p"]
    assert json.loads(parser.data) == {"@context": "https://schema.org", "name": "K25", "text": reading}


@given(strings)
def test_whatever_a_reading_holds_the_data_block_says_it(reading: str) -> None:
    parser = _Element()
    parser.feed(f"{json_ld({'text': reading}).data}<p>")
    parser.close()
    assert parser.tags == ["script", "p"]
    assert json.loads(parser.data)["text"] == reading


def test_heads_are_joined_with_heads_only() -> None:
    one, two = Head(tags=(("a", "1"),)), json_ld({"b": 2})
    assert (one + two).tags == (("a", "1"),)
    assert (two + two).data == two.data * 2
    with pytest.raises(TypeError):
        one + object()


def test_a_note_is_kept_until_its_page_is_written() -> None:
    class Builder:
        """Whatever builds."""

    builder, other = Builder(), Builder()
    assert take(builder) == {}
    keep(builder, "M1", "one")
    keep(builder, "M2", "two")
    keep(builder, "M1", "three")
    assert take(other) == {}
    assert take(builder) == {"M1": "three", "M2": "two"}
    assert take(builder) == {}


#: A note's HTML on ``texts/moon.html``, and on ``corrections/M1.html``.
MOVED = [
    ('<a href="sun.html">', '<a href="../texts/sun.html">'),
    ('<a href="../index.html#a">', '<a href="../index.html#a">'),
    ('<a href="#x">', '<a href="../texts/moon.html#x">'),
    ('<a href="">', '<a href="../texts/moon.html">'),
    ('<a href="./sun.html">', '<a href="../texts/sun.html">'),
    ('<a href="../corrections/M1.html">', '<a href="M1.html">'),
    ('<a href="../corrections/M2.html#a&amp;b">', '<a href="M2.html#a&amp;b">'),
    ('<img alt="x" src="../_images/a.png">', '<img alt="x" src="../_images/a.png">'),
    ("<a class='x' href='sun.html'>", "<a class='x' href=\"../texts/sun.html\">"),
    ('<a\nhref="sun.html">', '<a\nhref="../texts/sun.html">'),
    ('<a href="https://example.org/a.html">', '<a href="https://example.org/a.html">'),
    ('<a href="//example.org/a">', '<a href="//example.org/a">'),
    ('<a href="/a.html">', '<a href="/a.html">'),
    ('<a href="mailto:a@example.org">', '<a href="mailto:a@example.org">'),
    ('<p data-href="sun.html">', '<p data-href="sun.html">'),
    ("<p>href=&quot;sun.html&quot;", "<p>href=&quot;sun.html&quot;"),
]


def nowhere(path: str, fragment: str) -> None:
    """No other page shows it."""


@pytest.mark.parametrize(("html", "expected"), MOVED)
def test_the_links_of_a_note_are_right_on_its_own_page(html: str, expected: str) -> None:
    assert moved(html, "texts/moon.html", "corrections/M1.html", nowhere) == expected


def test_a_link_to_another_annotation_leads_to_its_own_page() -> None:
    def own(path: str, fragment: str) -> str | None:
        return f"corrections/{fragment}.html" if path == "texts/moon.html" and fragment.startswith("M") else None

    html = '<a href="#M2"><a href="#x"><a href="../texts/moon.html#M1"><a href="sun.html#M1">'
    assert moved(html, "texts/moon.html", "corrections/M1.html", own) == (
        '<a href="M2.html"><a href="../texts/moon.html#x"><a href="M1.html"><a href="../texts/sun.html#M1">'
    )


folders = st.lists(st.sampled_from(["a", "b", "corrections"]), max_size=2).map(
    lambda steps: "".join(f"{s}/" for s in steps)
)
pages = st.sampled_from(["", "index.html", "M1.html", "ä ö.html"])
fragments = st.sampled_from(["", "#x", "#a&b"])


@given(folders, folders, pages, st.data())
def test_a_link_leads_to_the_same_page_from_wherever_a_note_is_shown(
    origin: str, target: str, page: str, data: st.DataObject
) -> None:
    """As the Standard resolves addresses (RFC 3986, 5.2); a page without a name is its folder, as dirhtml has it."""
    up = data.draw(st.integers(0, origin.count("/")))
    address = "../" * up + data.draw(folders) + data.draw(pages) + data.draw(fragments)
    origin, target = f"{origin}moon.html", f"{target}{page}"
    html = moved(f'<a href="{escape(address)}">', origin, target, nowhere)
    parser = _Links()
    parser.feed(html)
    root = "https://example.org/"
    assert urljoin(root + target, parser.address) == urljoin(root + origin, address)


class _Links(HTMLParser):
    """The address of a link."""

    address = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.address = dict(attrs)["href"] or ""


def sheet(string: str, *annotations: Annotation, taxonomy: Taxonomy | None = None) -> str:
    """The style sheet of a text."""
    return rules(edition(string, *annotations, taxonomy=taxonomy or Taxonomy()), "M")


def test_each_kind_in_use_can_be_left_out_and_no_other() -> None:
    more = Taxonomy().extended({"note": {"metre": "metres"}})
    made = sheet("one\ntwo", annotate("one\ntwo", 0, 3, None, kind="metre"), taxonomy=more)
    assert made.count(".ed-ctl:has(#ed-k-metre:not(:checked))~* .en.k-metre{display:none}") == 1
    for kind in KINDS:
        assert f"ed-k-{kind.name}:" not in made
    assert made.endswith("}\n")


def test_words_are_unmarked_when_all_the_kinds_that_speak_of_them_are_left_out() -> None:
    string = "one two three"
    made = sheet(string, note(string, "one two", kind="gloss"), note(string, "two three", "M2", kind="parallel"))
    both = ".ed-ctl:has(#ed-k-gloss:not(:checked)):has(#ed-k-parallel:not(:checked))~* .ed-tx .n-gloss_parallel{"
    assert both in made
    for kind in ("gloss", "parallel"):
        assert f".ed-ctl:has(#ed-k-{kind}:not(:checked))~* .ed-tx .n-{kind}{{" in made
    assert "n-gloss_contested" not in made


def test_what_an_emendation_of_a_kind_left_out_changes_is_unmarked() -> None:
    made = sheet("one two", emendation("one two", "two", "too", kind="slip"))
    assert ".ed-ctl:has(#ed-k-slip:not(:checked))~* .ed-tx .o.k-slip{text-decoration-line:none}" in made


def test_a_paragraph_of_more_lines_than_most_has_its_rows() -> None:
    assert ".r61{" not in sheet("moon " * 100)
    long = sheet("moon " * 1000)
    assert ".r61{grid-row:61}" in long
    assert ".s84{--lines:84}" in long, "12 words of 5 letters to a line"


def test_without_scripts_the_words_of_the_open_note_are_tinted() -> None:
    made = tints([note("one two", "one"), note("one two", "two", "M2")])
    assert ".ed-text:has(#M2-n:target,#M2:target) .M2{background:var(--hl)}" in made
    assert "M1" not in made.splitlines()[1]


@pytest.mark.parametrize("title", ['The "Moon"', "a\\b", "</style>", "x\ny"])
def test_a_title_is_a_string_in_the_style_of_its_sheets(title: str) -> None:
    [said] = re.findall(r'@bottom-left\{content:"([^"\n<]*)";', sheets(title, "1.0"))
    assert re.sub(r"\\([0-9a-f]+) ", lambda match: chr(int(match[1], 16)), said) == f"{title}, version 1.0"
