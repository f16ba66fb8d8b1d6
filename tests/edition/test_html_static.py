"""The pages as files: the text verbatim, nothing of another host, nothing that a policy must allow."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from lxml import html

from four_texts import FILES, SEEDS, SORTS, TEXTS, of_sort, pages
from reading import printed

#: Attributes that make a browser fetch something.
FETCHED = (
    "//@src|//@srcset|//object/@data|"
    "//link[not(contains(' canonical cite-as alternate license type author collection ',"
    " concat(' ', @rel, ' ')))]/@href"
)


@pytest.mark.parametrize("siglum", TEXTS)
def test_less_what_is_editorial_a_page_has_the_text(edition: Path, siglum: str) -> None:
    page = (edition / "texts" / f"{TEXTS[siglum]}.html").read_bytes()
    assert printed(page).encode() == (SEEDS / FILES[siglum]).read_bytes()


@pytest.mark.parametrize("siglum", TEXTS)
def test_another_parser_reads_the_same(edition: Path, siglum: str) -> None:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    page = html.parse(edition / "texts" / f"{TEXTS[siglum]}.html", parser)
    (text,) = page.xpath("//*[@id=$siglum]", siglum=siglum)
    for element in text.xpath(".//*[@data-editorial]"):
        if element.getparent() is not None:
            element.drop_tree()
    assert text.text_content().encode() == (SEEDS / FILES[siglum]).read_bytes()


def test_the_picture_in_help_has_a_number_for_each_part_that_is_explained(edition: Path) -> None:
    page = html.parse(edition / "help.html")
    [picture] = page.xpath("//*[contains(@class, 'ed-labelled')]")
    parts = picture.xpath("following-sibling::ol[1]/li")
    assert len(parts) == 9
    assert sorted(picture.xpath(".//@data-no")) == [str(number) for number in range(1, len(parts) + 1)]


def test_no_page_fetches_anything_from_elsewhere(edition: Path) -> None:
    for page in pages(edition):
        for address in html.parse(page).xpath(FETCHED):
            assert not re.match(r"(?!data:)[a-z]+:|//", address), f"{page}: {address}"


def test_no_style_sheet_fetches_anything_from_elsewhere(edition: Path) -> None:
    sheets = list(edition.rglob("*.css"))
    assert any(sheet.name.startswith("apparatus") for sheet in sheets)
    for sheet in sheets:
        for address in re.findall(r"""(?:url\(|@import )\s*['"]?([^'")\s]+)""", sheet.read_text("utf-8")):
            assert not re.match(r"(?!data:)[a-z]+:|//", address), f"{sheet}: {address}"


def test_where_scripts_run_no_style_sheet_searches_the_page_for_the_open_note(edition: Path) -> None:
    """A browser that does finds the style of all words anew, whenever a note is opened."""
    static = edition / "_static"
    for sheet in ("apparatus.css", "page.css", *(f"ed-{siglum}.css" for siglum in TEXTS)):
        assert not re.search(r":has\([^{]*:target", (static / sheet).read_text("utf-8")), sheet
    without = (static / "ed-K-noscript.css").read_text("utf-8")
    assert "li:has(:target)" in without
    assert "data-on" not in without


def test_every_file_a_page_names_is_there(edition: Path) -> None:
    for page in pages(edition):
        for address in html.parse(page).xpath("//@src|//link[@rel='stylesheet' or @rel='icon']/@href"):
            if not address.startswith("data:"):
                assert (page.parent / address.partition("?")[0].partition("#")[0]).exists(), f"{page}: {address}"


def test_every_link_within_the_edition_leads_somewhere(edition: Path) -> None:
    ids: dict[Path, set[str]] = {}
    for page in pages(edition):
        tree = html.parse(page)
        ids[page.resolve()] = set(tree.xpath("//@id"))
    for page in pages(edition):
        for address in html.parse(page).xpath("//a/@href"):
            if re.match(r"[a-z]+:", address):
                continue
            name, _, fragment = address.partition("#")
            target = (page.parent / name.partition("?")[0]).resolve() if name else page.resolve()
            assert target.exists(), f"{page}: {address}"
            if fragment and target in ids:
                assert fragment in ids[target], f"{page}: {address}"


def test_no_id_is_given_twice_on_a_page(edition: Path) -> None:
    for page in pages(edition):
        ids = html.parse(page).xpath("//@id")
        assert len(ids) == len(set(ids)), f"{page}: {sorted({name for name in ids if ids.count(name) > 1})}"


def test_our_part_of_a_page_has_no_script_or_style_in_it(edition: Path) -> None:
    for page in pages(edition):
        for part in html.parse(page).xpath("//article|//main"):
            assert not part.xpath(".//script[not(contains(@type, 'json'))]|.//style"), page
            assert not part.xpath(".//@*[starts-with(name(), 'on')]"), page
            assert not part.xpath(".//a[starts-with(@href, 'javascript:')]"), page


def policy_of(page: str) -> dict[str, list[str]]:
    """The directives of a page's policy."""
    (content,) = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return {words[0]: words[1:] for words in (part.split() for part in content.split(";"))}


@pytest.mark.parametrize("sort", SORTS)
def test_every_page_has_a_policy_that_allows_what_is_in_it_and_no_more(edition: Path, sort: str) -> None:
    for path in of_sort(edition, sort):
        page = path.read_text("utf-8")
        policy = policy_of(page)
        assert policy["default-src"] == ["'self'"]
        for kind in ("script", "style"):
            inline = [
                body
                for attributes, body in re.findall(rf"<{kind}\b([^>]*)>(.*?)</{kind}>", page, re.DOTALL)
                if body and "src=" not in attributes and not re.search(r"application/(ld\+)?json", attributes)
            ]
            hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(b.encode()).digest()).decode()}'" for b in inline}
            allowed = set(policy[f"{kind}-src"]) - {"'self'"}
            assert hashes <= allowed, path
            assert not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:", "http:"}
            if kind == "script":
                assert allowed == hashes, path


@pytest.mark.parametrize("sort", SORTS)
def test_the_policy_stands_before_what_it_governs(edition: Path, sort: str) -> None:
    for path in of_sort(edition, sort):
        page = path.read_text("utf-8")
        at = page.index("Content-Security-Policy")
        assert not re.search(r"<(script|style|link)\b", page[:at]), path
