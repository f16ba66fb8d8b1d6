"""Lists, tables and the index as the book has them: nothing overlaps, columns are of one height."""

from __future__ import annotations

import re

import pytest

from apparatus_in_print import Print, overlaps, read_print
from projects import Project
from sphinx_apparatus.concordances.names import sorting
from sphinx_apparatus.outputs.print.index import Entry, composed
from sphinx_apparatus.outputs.print.mentions import Locator

pytestmark = pytest.mark.pdf

#: Words that no share of a column was made for; and one that no column has room for.
LONG = """
| Verantwortlichkeit | Überlieferung | Sicherheit | Beleg | Ort | Nr. |
|---|---|---|---|---|---|
| Handschriftenbeschreibung | kurz | unwahrscheinlich | extern | M ¶1 | 1 |
| kurz | a | c | `conj` | {ed:ref}`M1` | 22 |

| Word | Another |
|---|---|
| {word} | so |
"""


def printed(project: Project, *, paper: str = "royal") -> Print:
    project.write("conf.py", f"{project.read('conf.py')}\napparatus_pdf_paper = {paper!r}\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    return read_print(project.out, project.folder / "_doctrees")


@pytest.mark.parametrize("paper", ["royal", "a5"])
def test_no_column_of_a_table_reaches_into_the_next(project: Project, paper: str) -> None:
    """A column is as wide as its widest word; what fits no measure is parted, and all of it is there."""
    project.add_page("more", f"# More\n{LONG.replace('{word}', 'Donaudampfschiff' * 8)}\n")
    book = printed(project, paper=paper)
    assert overlaps(book.words) == []
    assert max(word.right for word in book.words) < (442 if paper == "royal" else 419) - 20
    words = {word.string for word in book.words}
    assert {"Handschriftenbeschreibung", "Verantwortlichkeit", "unwahrscheinlich", "Another"} <= words
    assert "Donaudampfschiff" * 8 in "".join(word.string for word in book.words).replace("\u200b", "")


def edition_of_many(project: Project, count: int) -> None:
    """Emendations, as many, of a text in short paragraphs; a list of them, and names with an index."""
    words = [f"wort{chr(97 + number // 26)}{chr(97 + number % 26)}" for number in range(count)]
    paragraphs = [" ".join(words[at : at + 20]) for at in range(0, count, 20)]
    notes = "".join(
        f"```{{ed:emendation}} C{n}\n:lemma: {word}\n:reading: {word.upper()}\n\n"
        f"{'So Ann Lee says of the Moon. ' * (n % 5 + 1)}\n```\n\n"
        for n, word in enumerate(words, 1)
    )
    page = f"# Many\n\nOf Ann Lee and of Nobody.\n\n```{{ed:text}} many.txt\n:siglum: C\n```\n\n{notes}"
    project.add_page("many", page, "\n\n".join(paragraphs).encode())
    project.add_page("list", "# List\n\nAll of them.\n\n```{ed:emendations}\n```\n")
    project.add_page("names", "# Names\n\n```{ed:names} names.toml\n```\n")
    project.write(
        "names.toml",
        '[[name]]\nheading = "Lee, Ann"\nkind = "person"\nforms = [{ form = "wortab", see = true }]\n\n'
        '[[name]]\nheading = "moon"\nkind = "subject"\nforms = ["The moon", { form = "wortac", see = false }]\n\n'
        '[[name]]\nheading = "sun"\nkind = "subject"\nforms = []\n',
    )
    conf = project.read("conf.py") + '\napparatus_pdf_omit = ["names"]\n'
    project.write("conf.py", conf)


def columns(book: Print, page: int) -> list[list[float]]:
    """Of a page in two columns, how high the words of each stand."""
    own = [word for word in book.words if word.page == page]
    middle = (min(word.left for word in own) + max(word.right for word in own)) / 2
    head = min(word.top for word in own)
    # Without the head, and without the folio, which a chapter's first page has at its foot.
    body = [word for word in own if head + 12 < word.top and not word.string.isdecimal()]
    return [[word.top for word in body if (word.left > middle) == right] for right in (False, True)]


def test_a_column_is_set_to_the_side_that_its_author_says(project: Project) -> None:
    """One of figures to the right where nothing is said; a share of a hundred is beside its number."""
    rows = "".join(f"| {10**n} | one{n} | two{n} {'and more ' * 30} | {n} (7.5 %) |\n" for n in range(5))
    project.add_page(
        "more", f"# More\n\n| Figures | One | Two | Share |\n|---|--:|---|---|\n{rows}\n{'More words. ' * 9}\n"
    )
    words = printed(project).words
    at = {word.string: word for word in words}
    assert len({round(at[f"{10**n}"].right) for n in range(1, 5)}) == 1
    assert len({round(at[f"one{n}"].right) for n in range(5)}) == 1
    assert at["one0"].right > at["One"].right - 1
    assert len({round(at[f"two{n}"].left) for n in range(5)}) == 1
    shares = [n for n, word in enumerate(words) if word.string == "(7.5"]
    assert len(shares) == 5
    assert all(abs(words[n - 1].bottom - words[n].bottom) < 1 < words[n].left - words[n - 1].right for n in shares)


@pytest.mark.parametrize(("count", "paper"), [(130, "royal"), (333, "a5")])
def test_the_columns_of_lists_are_of_one_height(project: Project, count: int, paper: str) -> None:
    """On the last page, too, where there is less than they can hold."""
    edition_of_many(project, count)
    book = printed(project, paper=paper)
    for title in ("List", "Index"):
        with book.opened() as pdf, pdf.open_outline() as outline:
            items = list(outline.root)
            sheets = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
            starts = [(item.title, sheets[item.destination[0].objgen]) for item in items]
        first = dict(starts)[title]
        after = [sheet for _title, sheet in starts if sheet > first]
        last = min(after, default=len(sheets) + 1) - 1
        left, right = columns(book, last)
        assert abs(max(left) - max(right)) < 30, (title, last)


def test_the_index_tells_texts_from_notes(project: Project) -> None:
    """One alphabet: a page of the text, one of a note with n; references among them; no heading without a page."""
    edition_of_many(project, 60)
    book = printed(project)
    start = max(word.page for word in book.words if word.string == "Index")
    told = " ".join(word.string for word in book.words if word.page >= start)
    text = book.places["C"]["page"]
    before = book.places["C"]["sheet"] - int(text)
    notes = {str(word.page - before) for word in book.words if word.string == "says"}
    assert re.search(rf"Lee, Ann, [^,]*{text}", told)
    runs = re.findall(r"(\d+)(?:–\d+)?n", told)
    assert runs
    assert set(runs) <= notes
    assert "wortab, see Lee, Ann" in told
    # Text and preface are on one page: it is told once.
    assert not re.search(r"(\b\d+), \1\b", told)
    assert "wortac, see" not in told
    assert "sun" not in told


def test_there_is_one_alphabet() -> None:
    """Names, what pages enter, and references, which are left out where they would stand beside what they name."""
    entries = [
        Entry("Zoo", "zoo", (Locator("", "prose", "z"),)),
        Entry("Élan", sorting("Élan"), (Locator("", "prose", "e"),)),
        Entry("Elans", "elans", see=("Élan",)),
        Entry("animal", "animal", see=("Zoo",)),
        Entry("Zoo", "zoo", (Locator("K", "note", "n"),)),
    ]
    index = composed(entries)
    assert [entry.name for entry in index.entries] == ["animal", "Élan", "Zoo"]
    assert [place.anchor for place in index.entries[-1].places] == ["z", "n"]


def test_a_heading_with_many_pages_has_them_by_part(project: Project) -> None:
    """More than six: under the parts of the book, in their order."""
    page = "# Part {n}\n\n" + "\n\n".join(["Of Ann Lee.", *["Of others. " * 400] * 2, "Of Ann Lee."] * 3) + "\n"
    edition_of_many(project, 40)
    for n in (1, 2):
        project.write(f"part{n}.md", page.replace("{n}", str(n)))
    project.replace("index.md", "moon\n", "part1\npart2\nmoon\n")
    book = printed(project)
    start = max(word.page for word in book.words if word.string == "Index")
    told = " ".join(word.string for word in book.words if word.page >= start)
    assert re.search(r"Lee, Ann Part 1: \d+.* Part 2: \d+.* C: .*moon", told)


def test_an_index_speaks_the_language_of_the_edition(project: Project) -> None:
    edition_of_many(project, 40)
    project.write("conf.py", project.read("conf.py") + 'language = "de"\n')
    words = " ".join(word.string for word in printed(project).words)
    assert "wortab, siehe Lee, Ann" in words


def test_a_heading_of_the_index_stands_again_above_its_parts(project: Project) -> None:
    """At the head of a column there is no part whose heading one has to look for."""
    told = "".join(f"Of name{n}. " for n in range(40))
    project.add_page("text", "# Text\n\n```{ed:text} text.txt\n:siglum: C\n```\n", told.encode())
    for chapter in range(9):
        project.add_page(f"c{chapter}", f"# Chapter {chapter}\n\n{told}\n\n{'Words of it. ' * 200}\n")
    project.add_page("names", "# Names\n\n```{ed:names} names.toml\n```\n")
    rows = (f'[[name]]\nheading = "name{n}"\nkind = "subject"\nforms = ["name{n}"]\n' for n in range(40))
    project.write("names.toml", "".join(rows))
    book = printed(project, paper="a5")
    again = 0
    for page in range(starts(book)["Index"] + 1, max(word.page for word in book.words) + 1):
        own = [word for word in book.words if word.page == page]
        body = [word for word in own if word.top > min(word.top for word in own) + 8]
        for right in (False, True):
            side = sorted((w for w in body if (w.left > 209) == right), key=lambda w: (round(w.bottom), w.left))
            first = [word.string for word in side if side and word.bottom < side[0].bottom + 3]
            if first:
                assert side[0].left < min(word.left for word in side) + 3, (page, right)
                again += first[-1] == "(continued)"
    assert again > 1, again


@pytest.mark.parametrize("paper", ["royal", "a5"])
def test_no_page_of_the_contents_begins_or_ends_with_one_line_of_a_chapter(project: Project, paper: str) -> None:
    for chapter in range(24):
        sections = "".join(f"## Part{chapter}.{n}\n\nOf it.\n\n" for n in range(chapter % 5))
        project.add_page(f"c{chapter}", f"# Chapter{chapter}\n\nOf it.\n\n{sections}")
    book = printed(project, paper=paper)
    first = min(starts(book).values())
    listed: dict[int, list[str]] = {}
    for word in book.words:
        if word.page < first and re.match(r"(Chapter|Part)\d", word.string):
            listed.setdefault(word.page, []).append(word.string)
    assert len(listed) > 1
    assert sum(map(len, listed.values())) == 24 + sum(chapter % 5 for chapter in range(24))
    for page, (one, *rest) in sorted(listed.items()):
        assert one.startswith("Chapter") or rest[0].startswith("Part"), page
        after = listed.get(page + 1, ["Chapter"])
        assert not rest[-1].startswith("Chapter") or after[0].startswith("Chapter"), page


def test_hyphens_of_the_text_at_the_ends_of_lines_are_listed(project: Project) -> None:
    """Only they: with page and line, and both parts of the word."""
    word = "zz-yy"
    text = " ".join(["abc"] * 19) + f" {word}" * 60 + "\n"
    project.add_page("more", "# More\n\n```{ed:text} more.txt\n:siglum: X\n```\n", text.encode())
    book = printed(project)
    ends = [number for number, line in enumerate(book.lines("X"), 1) if line[-1].string == "zz-"]
    assert ends
    start = max(word.page for word in book.words if word.string == "division")
    told = " ".join(word.string for word in book.words if word.page == start).replace("\u00a0", " ")
    page = book.places["X"]["page"]
    assert re.findall(rf"{page}\.(\d+) zz-\|yy", told) == [str(number) for number in ends]


def test_the_list_of_all_annotations_is_no_table_in_print(project: Project) -> None:
    """Run on, text by text: page and line, lemma, reading, id."""
    project.add_page("all", "# All\n\n```{ed:annotations}\n```\n")
    book = printed(project)
    start = max(word.page for word in book.words if word.string == "All")
    told = " ".join(word.string for word in book.words if word.page == start)
    place = book.places["M1"]
    lines = book.span_text((place["first"], place["last"]))
    assert f"{place['page']}.{lines} time goes by] the hour goes by M1" in told.replace("\u00a0", " ")
    assert not {"Certainty", "Evidence"} & set(told.split())


def test_a_variant_is_among_no_emendations(project: Project) -> None:
    """It proposes nothing: each layer has a list of its own."""
    own = (
        "```{ed:witness} A\n:text: M\n:name: Codex A\n```\n\n"
        "```{ed:variant} M4\n:lemma: Pleiades\n:readings: Hyades A\n\nSo it is.\n```\n"
    )
    project.write("moon.md", f"{project.read('moon.md')}\n{own}")
    project.add_page("list", "# List\n\nAll of them.\n\n```{ed:emendations}\n```\n")
    book = printed(project)
    words = [word for word in book.words if word.page == starts(book)["List"]]
    told = " ".join(word.string for word in sorted(words, key=lambda word: (word.left > 221, word.top, word.left)))
    assert re.search(r"Emendations .* M1 .*Corrections .* M2 .*Variants .* M4\b", told.replace("\u00a0", " "))


@pytest.mark.parametrize("paper", ["royal", "a5"])
def test_no_id_of_a_list_has_a_line_of_its_own(project: Project, paper: str) -> None:
    """A word of the reading is beside it."""
    edition_of_many(project, 60)
    said = iter(range(60))
    page = re.sub(
        r"(?m)^(:reading: .*)", lambda match: f"{match[1]} {'or so ' * (next(said) % 13)}said", project.read("many.md")
    )
    project.write("many.md", page)
    book = printed(project, paper=paper)
    begins = starts(book)
    end = min(page for page in begins.values() if page > begins["List"])
    words = [word for word in book.words if begins["List"] <= word.page < end]
    ids = [word for word in words if re.fullmatch(r"C\d+", word.string)]
    assert len(ids) == 60
    for own in ids:
        assert any(
            word.page == own.page and abs(word.bottom - own.bottom) < 3 and 0 < own.left - word.right < 6
            for word in words
        ), own


def starts(book: Print) -> dict[str, int]:
    """The sheets of the chapters, by their titles."""
    with book.opened() as pdf, pdf.open_outline() as outline:
        sheets = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
        return {item.title: sheets[item.destination[0].objgen] for item in outline.root}


@pytest.mark.parametrize("above", range(30, 38))
def test_no_row_of_a_table_is_alone_on_a_page(project: Project, above: int) -> None:
    """The last two go to the next page together, under the head."""
    rows = "".join(f"| row{n} | of the table |\n" for n in range(18))
    project.add_page("more", "# More\n\n" + "One line.\n\n" * (above - 18) + f"| Word | Said |\n|---|---|\n{rows}")
    book = printed(project)
    pages = [word.page for word in book.words if re.fullmatch(r"row\d+", word.string)]
    assert len(pages) == 18
    assert pages[-1] == pages[-2]


def test_no_list_is_printed_twice(project: Project) -> None:
    """A section that would have nothing but it is left out; what refers to it leads to its page."""
    again = "# Again\n\nSee [there](#twice).\n\n(twice)=\n## Once more\n\n```{ed:statistics}\n```\n\n## Texts\n\nAll.\n"
    project.add_page("again", f"{again}\n```{{ed:sigla}}\n```\n")
    project.add_page("more", "# More\n\nOf it.\n\n## Counted\n\n```{ed:statistics}\n```\n")
    words = " ".join(word.string for word in printed(project).words)
    assert words.count("Layer and kind") == words.count("Counted") - 1 == 1
    assert "Once more" not in words
    assert words.count("SHA-256, its") == 1


def test_the_witnesses_are_among_the_sigla(project: Project) -> None:
    """Each with what is known of it, and of a family who is in it."""
    own = "".join(
        f"```{{ed:witness}} {siglum}\n:text: M\n:name: Codex {siglum}\n:family: β\n```\n\n" for siglum in "AB"
    )
    project.write("moon.md", f"{project.read('moon.md')}\n{own}")
    book = printed(project)
    page = starts(book)["Sigla, signs and abbreviations"]
    rows = sorted((word for word in book.words if word.page == page), key=lambda word: (round(word.top), word.left))
    assert "M The Moon A Codex A B Codex B β A, B" in " ".join(word.string for word in rows)


@pytest.mark.parametrize("introduced", [False, True])
def test_the_signs_face_the_first_text(project: Project, introduced: bool) -> None:
    """On the back of a second half-title, where something is before it; else before the first page."""
    if introduced:
        project.write("first.md", "# First\n\n" + "Of the moon, and of more. " * 300 + "\n")
        project.replace("index.md", "moon\n", "first\nmoon\n")
    book = printed(project)
    sheets = starts(book)
    signs, text = sheets["Sigla, signs and abbreviations"], sheets["The Moon"]
    assert (signs % 2, text) == (0, signs + 1)
    before = [word.string for word in book.words if word.page == signs - 1]
    assert (before == ["Fragments"]) == introduced
    folio = {word.string for word in book.words if word.page == text and word.top > 560}
    assert str(text - sheets["First"] + 1 if introduced else 1) in folio


@pytest.mark.parametrize("paper", ["royal", "a5", "a4"])
def test_no_row_of_the_table_of_ids_is_parted(project: Project, paper: str) -> None:
    """An id, its place and the page of its note are in one line, and each is there once, in order down the columns."""
    edition_of_many(project, 333)
    book = printed(project, paper=paper)
    first = starts(book)["Table of ids"]
    last = starts(book)["Index"] - 1
    rows: dict[tuple[int, int], list[str]] = {}
    for word in sorted((word for word in book.words if first <= word.page <= last), key=lambda word: word.left):
        rows.setdefault((word.page, round(word.top)), []).append(word.string)
    told = [" ".join(words) for _at, words in sorted(rows.items())]
    found = [triple for line in told for triple in re.findall(r"\b([CM]\d+) (\d+, \d+(?:–\d+)?) (\d+)(?= |$)", line)]
    assert len(found) == len({name for name, _place, _page in found}) == len(book.annotations)
    for name, place, _page in found:
        at = book.places[name]
        assert place.startswith(f"{at['page']}, {at['first']}")


def test_a_cell_reaches_down_from_the_first_row(project: Project) -> None:
    """A table without a head has its first rows as one: as many as the cells of the first reach into."""
    table = "+-+-+\n|a|b|\n+ +-+\n| |c|\n+-+-+\n|d  |\n+---+\n"
    whole = "+-+-+\n|a|e|\n+ +-+\n| |f|\n+-+-+\n"
    project.add_page("tables", f"# Tables\n\n```{{eval-rst}}\n{table}\n{whole}```\n")
    result = project.build("-W", builder="typstpdf")
    assert result.status == 0, result.messages
    words = [word.string for word in read_print(project.out, project.folder / "_doctrees").words]
    assert {"a", "b", "c", "d", "e", "f"} <= set(words)
