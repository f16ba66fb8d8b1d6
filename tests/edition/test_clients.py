"""Programs that nobody here wrote read the edition's pages and exports, and find in them what is there.

They are loaded by the tests that run them: to look for the tests of a run would else take twice as long.
"""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import rispy

from four_texts import BASE, TEXTS, edition_version
from npm import node, package

Visit = Callable[..., Any]
#: Scripts of the tests for programs of npm.
CLIENTS = Path(__file__).parent.parent / "data" / "clients"

CITATION_JS = """
import { Cite } from '@citation-js/core';
import '@citation-js/plugin-bibtex';
import '@citation-js/plugin-ris';
import '@citation-js/plugin-csl';
answer = given.map((path) => {
  try { return new Cite(readFileSync(path, 'utf8')).data; } catch (error) { return String(error); }
});
"""

PAGES = {siglum: f"texts/{name}.html" for siglum, name in TEXTS.items()}


@pytest.fixture(scope="session")
def script() -> str:
    """The programs that run in a page, as one script."""
    names = ("esbuild", "@apache-annotator/dom", "@apache-annotator/selector", "dom-anchor-text-quote")
    esbuild = package(*names, "@mozilla/readability")
    command = [str(esbuild / "bin" / "esbuild"), str(CLIENTS / "page.mjs"), "--bundle", "--format=iife"]
    environment = os.environ | {"NODE_PATH": str(esbuild.parent)}
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.fixture(scope="session")
def exported(edition: Path) -> dict[str, dict[str, Any]]:
    """Every item as CSL-JSON has it, by the name of its files without ending."""
    files = [path for folder in ("corrections", "passages", "citations") for path in (edition / folder).glob("*.json")]
    return {
        path.with_suffix("").relative_to(edition).as_posix(): json.loads(path.read_text("utf-8"))[0] for path in files
    }


def plain(words: str) -> str:
    return re.sub(r"</?(?:span|i|b|sup|sub)[^>]*>", "", words)


def said(item: dict[str, Any]) -> dict[str, Any]:
    """What every program has to find of an item."""
    return {
        "title": plain(item["title"]),
        "whole": plain(item.get("container-title", "")),
        "url": item.get("URL", ""),
        "edition": item.get("edition", ""),
        "names": [name.get("literal") or name["family"] for name in item.get("author", [])],
        "volume": str(item.get("volume", "")),
        "language": item.get("language", ""),
    }


def lost(item: dict[str, Any]) -> set[str]:
    """What the formats have no field for: the site of a page."""
    return {"whole"} if item["type"] == "webpage" else set()


def as_tex(words: Any) -> str:
    """As pandoc has what TeX says: quotation marks of the style's locale, an English title without its capitals."""
    return re.sub('[‘’“”"]', "'", str(words)).casefold()


# -- exports -----------------------------------------------------------------------------


def test_bibtexparser_reads_every_entry(edition: Path, exported: dict[str, dict[str, Any]]) -> None:
    import bibtexparser

    library = bibtexparser.parse_string("\n".join((edition / f"{name}.bib").read_text("utf-8") for name in exported))
    assert library.failed_blocks == []
    found = {entry.key: entry for entry in library.entries}
    assert len(found) == len({item["id"] for item in exported.values()})
    for item in exported.values():
        entry = found[item["id"]].fields_dict
        assert (entry["url"].value if "url" in entry else "") == item.get("URL", "")


def test_rispy_reads_every_record(edition: Path, exported: dict[str, dict[str, Any]]) -> None:
    for name, item in exported.items():
        [entry] = rispy.loads((edition / f"{name}.ris").read_bytes().decode())
        want = said(item)
        assert entry["title"] == want["title"]
        assert entry.get("secondary_title", "") == want["whole"]
        assert entry.get("urls", [""]) == [want["url"]]
        assert [one.partition(",")[0] for one in entry.get("authors", [])] == want["names"]
        assert entry.get("volume", "") == want["volume"]


@pytest.mark.parametrize(("ending", "format_"), [("bib", "biblatex"), ("ris", "ris")])
def test_pandoc_reads_every_item(edition: Path, exported: dict[str, dict[str, Any]], ending: str, format_: str) -> None:
    import pypandoc

    words = "\n".join((edition / f"{name}.{ending}").read_bytes().decode() for name in exported)
    found = {one["id"]: one for one in json.loads(pypandoc.convert_text(words, "csljson", format=format_))}
    for item in exported.values():
        got, want = said(found[item["id"]]), said(item)
        for part in {"title", "whole", "url", "names", "volume"} - lost(item):
            assert as_tex(got[part]) == as_tex(want[part]), (item["id"], part)


def test_citation_js_reads_every_item(edition: Path, exported: dict[str, dict[str, Any]]) -> None:
    paths = [str(edition / f"{name}.{ending}") for name in exported for ending in ("bib", "ris", "json")]
    modules = [f"@citation-js/{name}" for name in ("core", "plugin-bibtex", "plugin-ris", "plugin-csl")]
    for path, got in zip(paths, node(CITATION_JS, paths, *modules), strict=True):
        assert isinstance(got, list), (path, got)
        item = exported[Path(path).with_suffix("").relative_to(edition).as_posix()]
        want, found = said(item), said(got[0])
        parts = {"title", "whole", "url", "names"} - lost(item)
        if path.endswith(".ris") and item["type"] == "article-newspaper":
            parts -= {"names"}  # it reads the authors of journals only
        assert {part: found[part] for part in parts} == {part: want[part] for part in parts}, path
        assert got[0]["type"] != "software"


# -- pages -------------------------------------------------------------------------------


def test_extruct_finds_the_thing_and_its_address_on_every_page_of_its_own(edition: Path) -> None:
    import extruct

    for folder, kinds in (
        ("corrections", {"CorrectionComment", "Comment"}),
        ("passages", {"Quotation", "ScholarlyArticle"}),
    ):
        for page in (edition / folder).glob("*.html"):
            [data] = extruct.extract(page.read_text("utf-8"), syntaxes=["json-ld"])["json-ld"]
            assert data["@id"] == data["url"] == f"{BASE}{folder}/{page.name}"
            assert data["@type"] in kinds
            assert data["version"] == edition_version()
            assert ("license" in data) == (folder == "corrections"), "the words of others have none"


@pytest.fixture(scope="session")
def served(edition: Path) -> Iterator[str]:
    """The address at which the pages are served."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *arguments: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Quiet, directory=str(edition)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


@pytest.mark.parametrize(
    ("page", "cited", "licensed"),
    [
        ("corrections/K25.html", "corrections/K25.html", True),
        ("corrections/K25/1.0.0.html", "corrections/K25/1.0.0.html", True),
        ("passages/K-p4.html", "passages/K-p4.html", False),
        ("texts/khan.html", "passages/K.html", False),
        ("index.html", "index.html", True),
    ],
)
def test_signposting_is_followed(served: str, page: str, cited: str, licensed: bool) -> None:
    import signposting

    found = signposting.find_signposting_html(f"{served}{page}")
    assert found.citeAs is not None
    assert found.citeAs.target == f"{BASE}{cited}"
    assert bool(found.license) == licensed
    described = {link.type for link in found.describedBy}
    if "1.0.0" not in page:
        assert {"application/x-bibtex", "application/vnd.citationstyles.csl+json"} <= described
    assert found.types


@pytest.mark.browser
@pytest.mark.parametrize(
    ("library", "root", "share"),
    [
        ("apache-annotator", "body", 0.99),
        # It takes what is alike and near for what is the same and far, so it is asked to look in the text, too.
        ("dom-anchor-text-quote", "body", 0.98),
        ("dom-anchor-text-quote", "section:has(> .edition)", 0.99),
    ],
)
def test_annotations_are_attached_again(
    edition: Path, visit: Visit, script: str, library: str, root: str, share: float
) -> None:
    """The edition's own, by quotation, to its own pages: each at its place, and not in a note that repeats its words.

    What is lost has no words around it that stand on the page (a heading annotated as a whole).
    """
    lost: list[str] = []
    total = 0
    for siglum in TEXTS:
        data = json.loads((edition / "data" / f"annotations-{siglum}.jsonld").read_text("utf-8"))
        asked = []
        for item in data["items"]:
            target = item["target"][0] if isinstance(item["target"], list) else item["target"]
            asked.append([item["ed:id"], *target["selector"][:2]])
        page = visit(PAGES[siglum])
        page.evaluate(script)
        seed = (edition / "texts" / f"{siglum}.txt").read_bytes().decode()
        lost += page.evaluate(
            "([library, root, asked, seed]) => lost(library, root, asked, seed)", [library, root, asked, seed]
        )
        total += len(asked)
    assert len(lost) <= total * (1 - share), lost


def paragraphs(edition: Path, siglum: str) -> list[str]:
    lines = (edition / "texts" / f"{siglum}.txt").read_bytes().decode().split("\n")
    return [" ".join(line.split()) for line in lines if line.strip()]


@pytest.mark.browser
@pytest.mark.parametrize("siglum", TEXTS)
def test_the_reader_view_has_every_paragraph(edition: Path, browser: Any, script: str, siglum: str) -> None:
    # Not by `visit`: what Readability takes out of a page asks for styles that the policy does not allow.
    page = browser.new_page()
    page.goto((edition / PAGES[siglum]).as_uri())
    page.evaluate(script)
    words = " ".join(page.evaluate("readerView()").split())
    page.close()
    assert [one for one in paragraphs(edition, siglum) if one not in words] == []


@pytest.mark.parametrize("siglum", TEXTS)
def test_trafilatura_has_every_paragraph(edition: Path, siglum: str) -> None:
    """But headings of two or three words, which it takes for menus."""
    import trafilatura

    page = (edition / PAGES[siglum]).read_text("utf-8")
    words = " ".join((trafilatura.extract(page, url=f"{BASE}{PAGES[siglum]}") or "").split())
    assert [one for one in paragraphs(edition, siglum) if one not in words] == []
    with contextlib.suppress(AttributeError):
        assert not trafilatura.extract_metadata(page).license, "the text is not the editors’ to give"
