"""Whatever a text, a lemma or a reading holds, it is data, and comes out as itself; a policy guards the page."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from string import ascii_uppercase
from urllib.parse import urljoin

import pytest
from lxml import html

from once import once
from projects import Project, sphinx_build
from reading import emended, printed
from sphinx_apparatus.outputs.html import assets


def test_the_policy_can_be_left_out(project: Project) -> None:
    assert project.build("-W", "-D", "apparatus_csp=0").status == 0
    assert "Content-Security-Policy" not in project.read("_build/moon.html")


def test_a_script_that_the_policy_stops_is_told(project: Project) -> None:
    """And runs not in secret: the page has no leave for it."""
    project.write("moon.md", project.read("moon.md") + "\n```{raw} html\n<script>alert(1)</script>\n```\n")
    result = project.build()
    assert [line for line in result.messages.splitlines() if "[ed.policy]" in line], result.messages
    assert project.build("-E", "-D", "apparatus_csp=0").messages == ""


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


#: The page that has a text, by builder.
PAGES = {"html": "{}.html", "dirhtml": "{}/index.html", "singlehtml": "index.html"}


@pytest.fixture(scope="module", params=PAGES)
def hostile(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, str]:
    """An edition of all the hostile texts, built without a warning; and its builder."""
    builder: str = request.param

    def make(folder: Path) -> None:
        project = Project.at(folder / "project")
        for siglum, string in zip(ascii_uppercase, HOSTILE.values(), strict=False):
            page = f"# Text {siglum}\n\n```{{ed:text}} x{siglum}.txt\n:siglum: X{siglum}\n:source: campbell1982\n```\n"
            project.add_page(f"x{siglum}", page, string.encode())
        result = project.build("-W", "--keep-going", builder=builder)
        assert (result.status, result.messages) == (0, "")

    return Project(once(tmp_path_factory, f"hostile-{builder}", make) / "project"), builder


@pytest.mark.parametrize("name", HOSTILE)
def test_a_text_is_data_and_comes_out_as_itself(hostile: tuple[Project, str], name: str) -> None:
    project, builder = hostile
    siglum = f"X{ascii_uppercase[list(HOSTILE).index(name)]}"
    page = (project.out / PAGES[builder].format(siglum.replace("X", "x", 1))).read_bytes()
    assert printed(page, siglum) == HOSTILE[name]


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


def links_of_help(project: Project, page: str) -> list[str]:
    return [str(one) for one in html.fromstring(project.read(f"_build/{page}")).xpath("//a[@class='ed-to-help']/@href")]


@pytest.mark.parametrize(
    ("builder", "text", "search", "expected"),
    [
        ("html", "moon.html", "search.html", [["how.html"], ["how.html"]]),
        ("dirhtml", "moon/index.html", "search/index.html", [["../how/"], ["../how/"]]),
    ],
)
def test_a_text_and_the_search_lead_to_help(
    project: Project, builder: str, text: str, search: str, expected: list[list[str]]
) -> None:
    project.add_page("how", "# How to read\n\nSlowly.\n")
    result = project.build("-W", "-b", builder, "-D", "apparatus_help=how")
    assert result.status == 0, result.messages
    assert [links_of_help(project, text), links_of_help(project, search)] == expected
    assert project.build("-W", "-b", builder).status == 0
    assert [links_of_help(project, text), links_of_help(project, search)] == [[], []], "no page of help, no link"


@pytest.mark.parametrize("builder", ["html", "dirhtml", "singlehtml"])
def test_pages_stay_when_no_text_can_be_read(project: Project, tmp_path: Path, builder: str) -> None:
    """As after a slip in an option of the only text; they are as a clean build has them, and so is the next site."""
    right = project.read("moon.md")
    for page in (right, right.replace(":siglum: M", ":siglum: m"), right):
        project.write("moon.md", page)
        assert project.build(builder=builder).status == 0
        fresh = tmp_path / f"fresh-{len(list(tmp_path.iterdir()))}"
        assert sphinx_build(project.folder, fresh, "-b", builder, "-d", f"{fresh}-doctrees").status == 0
        pages = sorted(path.relative_to(fresh) for path in fresh.rglob("*.html"))
        assert sorted(path.relative_to(project.out) for path in project.out.rglob("*.html")) == pages
        for name in pages:
            assert (project.out / name).read_bytes() == (fresh / name).read_bytes(), name


@pytest.mark.parametrize("name", ["corrections/M1", "passages/M", "passages/M-p2"])
def test_a_page_with_the_name_of_one_that_is_made_is_told(project: Project, name: str) -> None:
    project.write(f"{name}.md", "---\norphan: true\n---\n\n# Of the moon\n")
    result = project.build("-D", "suppress_warnings=toc")
    assert f"the page {name} has the name of one that is made" in result.messages
    assert result.messages.count("[ed.output]") == 1
    assert project.build("-W", "-D", "apparatus_pages=0").status == 0, "without pages of their own there are none"


def test_help_that_is_not_there_is_told_once(project: Project) -> None:
    result = project.build("-D", "apparatus_help=nowhere")
    (line,) = result.messages.splitlines()
    assert "conf.py" in line
    assert "apparatus_help is 'nowhere'" in line
    assert "[ed.config]" in line
    assert links_of_help(project, "moon.html") == []


def test_styles_and_scripts_come_without_what_only_their_authors_read(project: Project) -> None:
    assert project.build("-W").status == 0
    for name in ("apparatus.css", "apparatus.js"):
        source = (Path(assets.__file__).parents[2] / "static" / name).read_text("utf-8")
        served = project.read(f"_build/_static/{name}")
        assert "/*" in source
        assert "/*" not in served
        assert len(served) < 0.9 * len(source)
    assert "@font-face" in project.read("_build/_static/apparatus.css")


def test_a_style_sheet_says_what_it_said(project: Project) -> None:
    """Only comments go: a blank before a colon is a descendant, and without it another selector."""
    assert project.build("-W").status == 0
    static = Path(assets.__file__).parents[2] / "static"
    for path in static.glob("*.css"):
        source = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        assert project.read(f"_build/_static/{path.name}").split() == source.split(), path.name


@pytest.mark.parametrize("builder", ["html", "dirhtml"])
def test_every_link_and_every_address_of_the_site_leads_to_a_file(project: Project, builder: str) -> None:
    base = "https://x.example/"
    project.write("conf.py", f'{project.read("conf.py")}\nhtml_baseurl = "{base}"\n')
    assert project.build("-W", builder=builder).status == 0
    found = set(re.findall("<loc>(.+?)</loc>", project.read("_build/sitemap.xml")))
    assert {f"{base}corrections/M1{ending}" for ending in ("/", ".html")} & found
    for path in project.out.rglob("*.html"):
        here = f"{base}{path.relative_to(project.out).as_posix()}"
        # A folder is named as in the sitemap: with the slash, without which a server has to lead on.
        found |= {urljoin(here, link) for link in html.parse(path).xpath("//a/@href | //link/@href")}
    own = {re.sub("[?#].*", "", one).removeprefix(base) for one in found if one.startswith(base)}
    files = {f"{one}index.html" if one.endswith("/") or not one else one for one in own}
    assert len(files) > 20
    assert [file for file in files if not (project.out / file).is_file()] == []
