"""Whatever a .bib may legally hold, as programs of others read it in every export."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote

import pytest
import rispy

from npm import node
from recording import DATA
from sphinx_apparatus.bibliography import csl
from sphinx_apparatus.bibliography.bibtex import key as bibtex_key
from sphinx_apparatus.bibliography.bibtex import to_bibtex
from sphinx_apparatus.bibliography.coins import to_coins
from sphinx_apparatus.bibliography.formats import to_json
from sphinx_apparatus.bibliography.items import Item
from sphinx_apparatus.bibliography.reader import read_all
from sphinx_apparatus.bibliography.ris import to_ris
from sphinx_apparatus.bibliography.works import item_of


@pytest.fixture(scope="module")
def legal() -> dict[str, Item]:
    """What biblatex's manual allows, a record for each: ``legal.bib``."""
    data, _, faults = read_all([DATA / "legal.bib"], "utf-8")
    assert faults == []
    return {key: item_of(key, entry) for key, entry in data.entries.items()}


def bare(words: object) -> str:
    """Words without mark-up, and without what programs do to quotation marks, spaces and capitals."""
    words = re.sub("[‘’“”\"']", "'", re.sub(r"</?(?:span|i|b|sup|sub|sc)\b[^>]*>", "", str(words)))
    return " ".join(words.split()).casefold()


def surnames(names: list[dict[str, str]]) -> list[str]:
    """The family names, with what goes before them, and the names of bodies."""
    said = [
        name.get("literal")
        or "".join(filter(None, (name.get("dropping-particle"), name.get("non-dropping-particle"), name["family"])))
        for name in names
    ]
    return [re.sub("[\\s,;‘’']", "", one).casefold() for one in said if one != "others"]


def test_every_style_cites_what_is_legal(legal: dict[str, Item]) -> None:
    for key, found in legal.items():
        for style in csl.STYLES:
            said = csl.cite(found, style.name)
            # Some styles leave letters and documents of no kind out of their lists.
            assert len(said) > 5 or found["type"] in ("document", "personal_communication", "manuscript"), key
            assert not re.search("[\ue000-\uf8ff]", said), key
        assert parse_qs(to_coins(found), strict_parsing=True), key


def test_bibtexparser_reads_what_is_legal(legal: dict[str, Item]) -> None:
    bibtexparser = pytest.importorskip("bibtexparser")
    library = bibtexparser.parse_string("\n".join(map(to_bibtex, legal.values())))
    assert library.failed_blocks == []
    assert len(library.entries) == len(legal)
    for entry, (key, found) in zip(library.entries, legal.items(), strict=True):
        said = {name: field.value for name, field in entry.fields_dict.items()}
        for name in ("url", "doi"):
            assert said.get(name, "") == found.get(name.upper(), ""), key


def test_rispy_reads_what_is_legal(legal: dict[str, Item]) -> None:
    read = rispy.loads("".join(map(to_ris, legal.values())))
    for entry, (key, found) in zip(read, legal.items(), strict=True):
        assert bare(entry["title"]) == bare(found["title"]), key
        assert entry.get("urls", [""]) == [found.get("URL", "")], key
        assert entry.get("doi", "") == found.get("DOI", ""), key
        names = [name for name in found.get("author", []) if name != {"literal": "others"}]
        assert len(entry.get("authors", [])) == len(names), key


@pytest.mark.parametrize("kind", ["biblatex", "bibtex", "ris"])
def test_pandoc_reads_what_is_legal(legal: dict[str, Item], kind: str) -> None:
    pandoc = pytest.importorskip("pypandoc")
    words = "".join(map(to_ris if kind == "ris" else to_bibtex, legal.values()))
    read = json.loads(pandoc.convert_text(words, "csljson", format=kind))
    for entry, (key, found) in zip(read, legal.items(), strict=True):
        assert entry["id"] == (key if kind == "ris" else bibtex_key(key))
        said = bare(entry["title"])
        if "<sup>" not in found["title"] and "<sub>" not in found["title"] and "√" not in found["title"]:
            assert said == bare(found["title"]) or "<" in said, key
        assert entry.get("DOI", "").casefold() == found.get("DOI", "").casefold(), key
        assert entry.get("URL", "") == found.get("URL", ""), key
        assert surnames(entry.get("author", [])) == surnames(found.get("author", [])), key


CITATION_JS = """
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import '@citation-js/plugin-csl';
answer = given.map((words) => { try { return new Cite(words).data[0]; } catch (error) { return String(error); } });
"""


@pytest.mark.parametrize("write", [to_bibtex, to_ris, to_json])
def test_citation_js_reads_what_is_legal(legal: dict[str, Item], write: Callable[[Item], str]) -> None:
    modules = [f"@citation-js/{name}" for name in ("core", "plugin-bibtex", "plugin-ris", "plugin-csl")]
    for entry, (key, found) in zip(
        node(CITATION_JS, [*map(write, legal.values())], *modules), legal.items(), strict=True
    ):
        assert isinstance(entry, dict), (key, entry)
        if not re.search("<su[bp]>|√", found["title"]):
            assert bare(entry["title"]) == bare(found["title"]), key
        assert unquote(entry.get("URL", "")) == unquote(found.get("URL", "")), key
        assert entry.get("DOI", "") == found.get("DOI", ""), key
        if write is not to_ris or "author" in entry:  # of RIS it reads the authors of few types
            assert [one.replace("-", "") for one in surnames(entry.get("author", []))] == [
                one.replace("-", "") for one in surnames(found.get("author", []))
            ], key
