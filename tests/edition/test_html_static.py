"""The pages as files: the text verbatim, nothing of another host, nothing that a policy must allow."""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

import pytest
from lxml import html

from projects import SEEDS, Project
from reading import emended, printed

TEXTS = {"K": "khan", "G": "globalsecurity", "E": "encyclopedia", "T": "koreatimes"}
FILES = dict(zip("KGET", sorted(path.name for path in SEEDS.glob("*.txt")), strict=True))

#: Attributes that make a browser fetch something.
FETCHED = "//@src|//@srcset|//link[not(@rel='canonical' or @rel='alternate' or @rel='license')]/@href|//object/@data"


def pages(edition: Path) -> list[Path]:
    """Every page of the edition."""
    found = sorted(edition.rglob("*.html"))
    assert len(found) > 10
    return found


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
            assert not part.xpath(".//script[not(@type='application/ld+json')]|.//style"), page
            assert not part.xpath(".//@*[starts-with(name(), 'on')]"), page
            assert not part.xpath(".//a[starts-with(@href, 'javascript:')]"), page


def policy_of(page: str) -> dict[str, list[str]]:
    """The directives of a page's policy."""
    (content,) = html.fromstring(page).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    return {words[0]: words[1:] for words in (part.split() for part in content.split(";"))}


def test_every_page_has_a_policy_that_allows_what_is_in_it_and_no_more(edition: Path) -> None:
    for path in pages(edition):
        page = path.read_text("utf-8")
        policy = policy_of(page)
        assert policy["default-src"] == ["'self'"]
        for kind in ("script", "style"):
            inline = [
                body
                for attributes, body in re.findall(rf"<{kind}\b([^>]*)>(.*?)</{kind}>", page, re.DOTALL)
                if body and "src=" not in attributes and "ld+json" not in attributes
            ]
            hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(b.encode()).digest()).decode()}'" for b in inline}
            allowed = set(policy[f"{kind}-src"]) - {"'self'"}
            assert hashes <= allowed, path
            assert not allowed & {"'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:", "http:"}
            if kind == "script":
                assert allowed == hashes, path


def test_the_policy_stands_before_what_it_governs(edition: Path) -> None:
    for path in pages(edition):
        page = path.read_text("utf-8")
        at = page.index("Content-Security-Policy")
        assert not re.search(r"<(script|style|link)\b", page[:at]), path


def test_the_policy_can_be_left_out(project: Project) -> None:
    assert project.build("-W", "-D", "apparatus_csp=0").status == 0
    assert "Content-Security-Policy" not in project.read("_build/moon.html")


HOSTILE = {
    "mark-up": "<script>alert(1)</script>\n</p></div>\n<!-- x\n]]>\n&amp; &lt; & <b\n",
    "templates": "{{ pathto('x') }}\n{% raw %}\n{#\n%(x)s ${x} {0}\n",
    "typesetting": "\\input{/etc/passwd}\n#eval(\"1\")\n#import \"x\"\n$x^2$ `code` *b* _i_ @key <label>\n",
    "markdown": "# Title\n- item\n[a](b)\n```{ed:note} M9\n```\n|x|_ `y`:ref:\n:field: x\n",
    "quotes": "\"straight\" 'quotes' -- --- ... don't \\\"\n",
    "bidi": "abc\u202edef\u202c \u2066ghi\u2069 \u200f\u200e\n\u202e\n",
    "controls": "a\0b\0 c\0\nd\x01e\x1b[31mf\x7fg\x85h\v\fi\n\0\n",
    "returns": "one\rtwo\r\nthree\n\rfour\r\r\n",
    "crlf": "one\r\n\r\ntwo two\r\n",
    "mark and no end": "\ufeffone\n\ufefftwo",
    "blank lines": "\n\r\n \t\n\n",
    "nothing": "",
    "unicode": "\U0001f319 e\u0301\u0323 \u2028 \u2029 \xa0 \u3000 \ufffe \U0010ffff 김정일 \u1100\u1161\n",
    "blanks": "  two  blanks  \n\n   \n\ttab\t\n",
    "a long line": "moon " * 20_000 + "\n",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_a_text_is_data_and_comes_out_as_itself(project: Project, name: str, builder: str) -> None:
    string = HOSTILE[name]
    project.write("texts/moon.txt", string.encode())
    project.write("texts/SHA256SUMS", f"{hashlib.sha256(string.encode()).hexdigest()}  moon.txt\n")
    project.write("moon.md", "# The Moon\n\n```{ed:text} moon.txt\n:siglum: M\n:source: campbell1982\n```\n")
    project.replace("index.md", "{ed:ref}`M3`", "{ed:ref}`M`")
    result = project.build("-W", "--keep-going", builder=builder)
    assert (result.status, result.messages) == (0, "")
    page = {"html": "moon.html", "dirhtml": "moon/index.html", "singlehtml": "index.html"}[builder]
    assert printed((project.out / page).read_bytes()) == string


#: The hostile characters as lemma and reading: options of MyST, which YAML reads.
ANNOTATED = """# The Moon

```{ed:text} moon.txt
:siglum: M
:source: campbell1982
```

```{ed:emendation} M1
:lemma: "</p><script>x</script>"
:reading: "]]> {{ y }} </details>"

{cite:p}`campbell1982`
```

```{ed:note} M2
:lemma: "b\\0 c\\u202ed"

Unseen.
```

```{ed:emendation} M3
:lemma: "e\\r\\nf"
:reading: "E\\r\\nf"

Over a line ending.
```
"""


def test_lemma_and_reading_are_data_too(project: Project) -> None:
    string = "a </p><script>x</script> b\0 c\u202ed e\r\nf"
    project.write("texts/moon.txt", string.encode())
    project.write("texts/SHA256SUMS", f"{hashlib.sha256(string.encode()).hexdigest()}  moon.txt\n")
    project.write("moon.md", ANNOTATED)
    result = project.build("-W", "--keep-going")
    assert (result.status, result.messages) == (0, "")
    page = (project.out / "moon.html").read_bytes()
    assert printed(page) == string
    assert emended(page) == "a ]]> {{ y }} </details> b\0 c\u202ed E\r\nf"
    (card,) = html.fromstring(page.decode().replace("\0", "")).xpath("//*[@id='M1']")
    assert "]]> {{ y }} </details>" in card.text_content()
    assert b"\0" not in page
