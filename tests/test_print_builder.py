"""The builders of the print edition, on small projects."""

from __future__ import annotations

import hashlib
import json
import random
import re
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

import poppler
from apparatus_in_print import Print, read_print
from projects import Project
from sphinx_apparatus.stores.pages import read_places

pytestmark = pytest.mark.pdf

#: What has a meaning in Typst, in TeX, in XML, in templates; and characters of every sort.
HOSTILE = (
    '#eval("1") #let x = 1; $ x^2 $ @label <label> _under_ *star* `code` ``` fence ] [ } { ) ( // comment\n'
    "/* not a comment */ = heading - item + item / term: \\ \\u{41} \\n \" ' ~ -- --- ... #[ #{ #( ;\n"
    "\\input{x} \\end{document} %TeX & <script>alert(1)</script> <!-- --> ]]> &amp; {{ x }} {% y %} ${z}\n"
    "tab\there, nul\0here, bell\x07here, override \u202ehere\u202c, joiner\u200dhere, e\u0301, \ufeffmark\n"
    "Hangul 김정일, moon 🌙, hanja 金日成, Кремль, ¶ § † 1910-194521 ²¹\n"
)


def build(project: Project, builder: str = "typstpdf", *arguments: str) -> Print:
    """Build a project; nothing may be warned of but characters no font has."""
    result = project.build("-W" if not arguments else "-q", *arguments, builder=builder)
    warnings = [line for line in result.messages.splitlines() if "no font has" not in line and "uncited" not in line]
    assert result.status == 0, result.messages
    assert not [line for line in warnings if "WARNING" in line], result.messages
    return read_print(project.out, project.folder / "_doctrees")


def test_a_small_edition(project: Project) -> None:
    """It has the text, its entries, its commentary; the places of all of them."""
    book = build(project)
    assert sorted(book.entries_in_tags()) == sorted(book.annotations)
    assert book.printed_keys() == {name: book.expected_keys(a) for name, a in book.annotations.items()}
    assert {name for name, _ in book.commentary()} == set(book.annotations)
    assert set(book.annotations) <= set(book.places)


def test_the_source_alone(project: Project) -> None:
    """``-b typst`` writes the source and what it needs, and no PDF."""
    assert project.build(builder="typst").status == 0
    assert {"main.typ", "book.typ", "apparatus.typ", "annotations.jsonld"} <= {p.name for p in project.out.iterdir()}
    assert not list(project.out.glob("*.pdf"))


@pytest.mark.parametrize("builder", ["typst", "typstpdf", "tei", "dataset"])
def test_a_project_without_a_text_is_built(tmp_path: Path, builder: str) -> None:
    """Its pages are a book like any other."""
    project = Project(tmp_path / "project")
    project.write("conf.py", 'extensions = ["myst_parser", "sphinx_apparatus"]\nproject = "Moon"\n')
    project.write("index.md", "# Moon\n\n```{toctree}\nphases\n```\n")
    project.write("phases.md", "# Phases\n\nNew, first quarter, full, last quarter.\n")
    result = project.build("-W", builder=builder)
    assert result.status == 0, result.messages
    if builder == "typstpdf":
        assert "quarter," in {word.string for word in poppler.words(project.out / "moon.pdf")}


def test_hostile_text_sets_as_itself(project: Project) -> None:
    """Read from the tag tree it is the text, what cannot be printed given by its code point."""
    project.add_page("hostile", "# Hostile\n\n```{ed:text} hostile.txt\n:siglum: H\n```\n", HOSTILE.encode())
    book = build(project, "typstpdf", "-q")
    shown = HOSTILE
    for character in "\0\x07\u202e\u202c김정일金日成🌙":
        shown = shown.replace(character, f"⟨U+{ord(character):04X}⟩")
    read = tags_of(book)
    for line in shown.splitlines():
        wanted = re.sub(r"[\s\u200d\ufeff]", "", line)
        assert wanted in read, wanted


def test_a_text_that_begins_with_a_byte_order_mark_is_printed(project: Project) -> None:
    """As many programs on Windows write one; the standards of the file forbid it, and it shows nothing."""
    page = (
        "# Marked\n\n```{ed:text} marked.txt\n:siglum: H\n```\n\n"
        '```{ed:emendation} H1\n:lemma: "\\ufeffOne"\n:reading: Two\n\nA word.\n```\n\n'
        "```{ed:emendation} H2\n:lemma:\n:prefix: One\n:reading: '!'\n\nBehind it.\n```\n"
    )
    project.add_page("marked", page, "\ufeffOne line.\nAnd ano\ufeffther.\n".encode())
    said = tags_of(build(project))
    assert "Oneline." in said
    assert "Andanother." in said
    assert "FEFF" not in said


def tags_of(book: Print) -> str:
    """All that is read aloud, without white space and characters of no width."""
    return re.sub(r"[\s\u200d\ufeff]", "", "".join(tag.string for tag in book.tags if not tag.type))


def test_the_same_bytes_twice(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With ``SOURCE_DATE_EPOCH`` set, wherever and whenever it is built."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    other = Project.at(tmp_path / "elsewhere")
    first, second = build(project), build(other)
    assert hashlib.sha256(first.pdf.read_bytes()).digest() == hashlib.sha256(second.pdf.read_bytes()).digest()
    assert (first.out / "places.json").read_bytes() == (second.out / "places.json").read_bytes()


def test_a_build_after_an_edited_note_is_a_clean_one(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It begins with the last pages, and ends with the same bytes: of a note that grows over pages, too."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")
    other = Project.at(tmp_path / "elsewhere")
    build(project)
    for edited in (project, other):
        edited.replace("moon.md", "*Hour* is the narrower word.", "*Hour* is the narrower word. " + "So it is. " * 900)
    assert build(project).pdf.read_bytes() == build(other).pdf.read_bytes()


def test_a_failure_of_typst_is_told_and_leaves_no_pdf(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """As when the machine has too little memory: what it said, and what may help."""
    monkeypatch.setattr("sys.executable", shutil.which("false"))
    result = project.build(builder="typstpdf")
    assert result.status == 2
    assert "Typst: it ended with status 1. If memory was short" in result.messages
    assert "apparatus_pdf_volumes" in result.messages
    assert not list(project.out.glob("*.pdf"))


WORDS = [
    "the",
    "a",
    "of",
    "Korea",
    "Kim",
    "Il-sung",
    "Soviet",
    "Union’s",
    "1910-1945",
    "kingdom20.",
    "agreement,",
    "normalization",
    "(KOTRA)",
    "war—and",
    "“peace”",
    "north/south",
    "U.S.",
    "in",
    "to",
    "and",
    "was",
    "diplomatic;",
    "38th",
    "relations",
]


def stress(seed: int, count: int) -> tuple[str, str]:
    """A random text, and a page with ``count`` annotations on it: crowded, overlapping, long."""
    chance = random.Random(seed)
    paragraphs = [" ".join(chance.choice(WORDS) for _ in range(chance.randint(1, 260))) for _ in range(8)]
    text = "\n\n".join(paragraphs) + "\n"
    directives: list[str] = []
    changed: list[tuple[int, int]] = []
    for number in range(1, count + 1):
        start = chance.randrange(len(text) - 60)
        length = chance.choice((0, 3, 8, 8, 20, 60, 400)) if chance.random() < 0.9 else 1
        lemma = text[start : start + length].strip()
        if "\n" in lemma or text[start : start + 1].isspace():
            continue
        end = start + len(lemma)
        layer = chance.choice(("emendation", "correction", "note"))
        if layer == "emendation" and (not lemma or any(a <= end and start <= b for a, b in changed)):
            layer = "note"
        if layer == "correction" and not lemma:
            layer = "note"
        reading = (
            f':reading: "{lemma.upper()} {chance.choice(WORDS)}"\n:evidence: external\n' if layer != "note" else ""
        )
        if layer == "emendation":
            changed.append((start, end))
        prefix = " ".join(text[max(0, start - 120) : start].split("\n")[-1:])
        suffix = text[end : end + 120].split("\n")[0]
        if text.count(prefix + lemma + suffix) != 1:
            continue
        cite = " {cite:p}`campbell1982`" if layer == "correction" else ""
        directives.append(
            f"```{{ed:{layer}}} S{number}\n:lemma: {json.dumps(lemma, ensure_ascii=False)}\n"
            f":prefix: {json.dumps(prefix, ensure_ascii=False)}\n:suffix: {json.dumps(suffix, ensure_ascii=False)}\n"
            f"{reading}\nA note.{cite}\n```\n"
        )
    return text, "# Stress\n\n```{ed:text} stress.txt\n:siglum: S\n```\n\n" + "\n".join(directives)


@pytest.mark.parametrize(("seed", "count"), [(1, 40), (2, 150), (4, 150), (7, 150)])
def test_random_texts(project: Project, seed: int, count: int) -> None:
    """However crowded: each entry once, each keyed to the lines poppler sees, none upon another."""
    text, page = stress(seed, count)
    project.add_page("stress", page, text.encode())
    book = build(project)
    assert len(book.annotations) > count / 2
    assert sorted(book.entries_in_tags()) == sorted(book.annotations)
    printed = book.printed_keys()
    expected = {name: book.expected_keys(annotation) for name, annotation in book.annotations.items()}
    assert {name: (printed[name], expected[name]) for name in printed if printed[name] != expected[name]} == {}
    assert [name for name, _ in book.commentary()] == [a.id for s in book.texts for a in book.annotations_of(s)]
    # (Of the last three, notes would part from their lines if each reserved its own room only.)
    feet = book.foot_pages()
    assert {name: feet[name] for name, pages in book.pages_of_entries().items() if not feet[name] <= pages} == {}


def test_which_of_two_like_words_is_told(project: Project) -> None:
    """A lemma that comes twice in its line has a number: moon²."""
    page = (
        "# Twice\n\n```{ed:text} twice.txt\n:siglum: W\n```\n\n"
        "```{ed:emendation} W1\n:lemma: moon\n:prefix: and the\n:reading: star\n\nOf two.\n```\n\n"
        "```{ed:emendation} W2\n:lemma: sun\n:reading: comet\n\nThe only one.\n```\n"
    )
    project.add_page("twice", page, b"The moon and the moon and a sun.\n")
    notes = dict(foot_texts(build(project)))
    assert "moon2]" in notes["W1"]
    assert "sun]" in notes["W2"]


def foot_texts(book: Print) -> Iterator[tuple[str, str]]:
    """The ids of the entries, and all their characters without white space."""
    for tree in book._subtrees("Note"):
        links = book._links(tree)
        yield links[-1], "".join("".join(tag.string for tag in tree if not tag.type).split())


def test_long_lemmas_are_shortened(project: Project) -> None:
    """An entry has the first two words and the last two of a long lemma."""
    page = (
        "# Long\n\n```{ed:text} long.txt\n:siglum: L\n```\n\n"
        "```{ed:correction} L1\n:lemma: One two three four five six seven eight\n:reading: nine\n"
        ":evidence: external\n\n"
        "So {cite:p}`campbell1982`.\n```\n"
    )
    project.add_page("long", page, b"One two three four five six seven eight nine ten.\n")
    notes = dict(foot_texts(build(project)))
    assert "Onetwo…seveneight]rectenine" in notes["L1"]


ORDINARY = """# Ordinary

:::{note}
An admonition.
:::

Term
: Its definition.

1. First
2. Second

> A quotation.

| Head | Row |
| ---- | --- |
| cell | one |

```python
print("code")
```

A call.[^one] A formula: {math}`x^2`. H{sub}`2`O, {index}`indexed <index words>`.

***

![A square](square.svg)

[^one]: The footnote.
"""


def test_ordinary_pages(project: Project) -> None:
    """Everything a page may hold comes out: nothing is lost, nothing is unknown."""
    project.write(
        "square.svg", '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><path d="M0 0h9v9z"/></svg>'
    )
    project.add_page("ordinary", ORDINARY)
    conf = project.read("conf.py")
    project.write("conf.py", conf + 'myst_enable_extensions = ["colon_fence", "deflist"]\n')
    book = build(project)
    read = tags_of(book)
    for words in ("Anadmonition.", "Itsdefinition.", "Second", "Aquotation.", "cellone", 'print("code")', "x^2",
                  "Thefootnote.", "indexwords"):  # fmt: skip
        assert words in read.replace("Note", "") or words in read, words
    types = {tag.type for tag in book.tags}
    assert {"Table", "TH", "L", "LI", "Note", "Figure", "Code"} <= types


def test_in_a_table_the_place_is_the_annotations(project: Project) -> None:
    """The paragraph an annotation stands in is named beside it without the lines, and alone with them."""
    rows = "| Note | Passage |\n| -- | -- |\n| {ed:ref}`M1` | {ed:ref}`M ¶1` |\n| {ed:ref}`M1` | {ed:ref}`M ¶2` |\n"
    project.add_page("table", f"# Table\n\n{rows}\n\nAs {{ed:ref}}`M ¶2`, of {{ed:ref}}`M1`.\n")
    book = build(project)
    places = read_places(project.out / "places.json").places
    assert [(places[name].page, places[name].first, places[name].last) for name in ("M1", "M-p1", "M-p2")] == [
        ("1", 2, 3),
        ("1", 1, 1),
        ("1", 2, 3),
    ]
    assert "M1(1,2–3;n.1)M¶1(1,1)M1(1,2–3;n.1)M¶2AsM¶2(p.1,ll.2–3),ofM1(p.1,ll.2–3;notep.1)." in tags_of(book)


def pages_of(book: Print, *words: str) -> list[set[int]]:
    """The pages on which the words that begin so are printed, by beginning."""
    return [{word.page for word in book.words if re.match(rf"{part}\b", word.string)} for part in words]


def test_rows_and_short_tables_are_whole(project: Project) -> None:
    """A row, and a table of a few rows, is on one page; what would fill a page may divide, and loses nothing."""
    rows = "".join(f"| row{n}. " + f"and row{n} " * 60 + "| b |\n" for n in range(1, 13))
    short = "".join("| t | u |\n| -- | -- |\n" + f"| small{n} | b |\n" * 5 + "\n\n" for n in range(1, 25))
    long = "| v | w |\n| -- | -- |\n| " + " ".join(map(str, range(10000, 11500))) + " | x |\n"
    project.add_page("tables", f"# Tables\n\n| a | b |\n| -- | -- |\n{rows}\n\n{short}\n\n{long}")
    book = build(project)
    of_rows = pages_of(book, *(f"row{n}" for n in range(1, 13)))
    assert [len(pages) for pages in of_rows] == [1] * 12
    assert len(set.union(*of_rows)) > 1
    of_tables = pages_of(book, *(f"small{n}" for n in range(1, 25)))
    assert [len(pages) for pages in of_tables] == [1] * 24
    assert len(set.union(*of_tables)) > 1
    of_high = pages_of(book, *map(str, range(10000, 11500)))
    assert [len(pages) for pages in of_high] == [1] * 1500
    assert len(set.union(*of_high)) > 1


@pytest.mark.parametrize("builder", ["latex", "text", "man", "texinfo", "singlehtml", "epub", "xml"])
def test_other_builders_have_everything(project: Project, builder: str) -> None:
    """Each builder of Sphinx writes the whole text, and every note; links to what it does not have are left out."""
    project.add_page("cite", "# Cite\n\n```{ed:citation}\n:texts: M\n```\n")
    result = project.build("-W", "--keep-going", "-D", "version=1", "-D", "copyright=2026", builder=builder)
    assert (result.status, result.messages) == (0, "")
    written = everything(project.out)
    for line in project.read("texts/moon.txt").splitlines():
        for word in line.split():
            assert word in written or re.sub(r"\W", "", word) in written, word
    for words in ("narrower word", "Not an hour", "Found nowhere else", "the hour goes by", "middle of the night"):
        assert re.sub(r"\s", "", words) in re.sub(r"\s", "", written), words


def test_gettext_has_the_text_and_every_note(project: Project) -> None:
    """A translator is given the notes to translate and the text to read."""
    assert project.build(builder="gettext").status == 0
    messages = {
        "".join(json.loads(line) for line in re.findall(r'".*"', message))
        for message in re.findall(r'msgid ((?:".*"\n)+)', everything(project.out))
    }
    assert set(project.read("texts/moon.txt").splitlines()) - {""} <= messages
    assert "*Hour* is the narrower word." in messages
    assert {"Not an hour of the clock {cite:p}`campbell1982`.", "Found nowhere else; see {ed:ref}`M ¶3`."} <= messages


def test_a_translation_leaves_the_text_alone(project: Project) -> None:
    """The notes are translated; the text is verbatim whatever a catalogue says."""
    line = project.read("texts/moon.txt").splitlines()[-1]
    catalogue = "".join(
        f"msgid {json.dumps(message, ensure_ascii=False)}\nmsgstr {json.dumps(translation)}\n\n"
        for message, translation in (
            ("", "Content-Type: text/plain; charset=UTF-8\n"),
            (line, "Der Mond ist wieder untergegangen."),
            ("*Hour* is the narrower word.", "*Stunde* ist das engere Wort."),
        )
    )
    project.write("locale/de/LC_MESSAGES/moon.po", catalogue)
    assert project.build("-D", "language=de", "-D", "locale_dirs=locale", builder="text").status == 0
    written = " ".join(everything(project.out).split())
    assert "Stunde* ist das engere Wort" in written
    assert "narrower" not in written
    assert "Der Mond" not in written
    assert line in written


def everything(folder: Path) -> str:
    """All that a builder wrote, as characters: mark-up taken away as far as words are parted by it."""
    parts: list[str] = []
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".tex", ".txt", ".1", ".texi", ".html", ".xhtml", ".xml", ".pot"}:
            parts.append(path.read_text("utf-8"))
        elif path.suffix == ".epub":
            with zipfile.ZipFile(path) as archive:
                parts += [archive.read(n).decode() for n in archive.namelist() if n.endswith(".xhtml")]
    plain = re.sub(r"<[^>]+>", "", "\n".join(parts))
    return re.sub(r"\\(emph|textbf|sphinxstyleemphasis|sphinxstylestrong|textit)\{([^}]*)\}", r"\2", plain)
