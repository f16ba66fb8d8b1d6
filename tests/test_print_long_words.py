"""Words that no line has room for: a checksum, an address, a name of a file, wherever one may stand in the book."""

from __future__ import annotations

import pytest

import poppler
from projects import Project
from sphinx_apparatus.outputs.print.literal import GLUE, is_long, literal, pieces, printed

pytestmark = pytest.mark.pdf

SUM = "a9a3e31c88f7b5020dcd3e47d2cac32fe4b7770ad53866f1951ada312db19438"
#: Where the sum stands in prose, each with a number of its own before it.
PROSE = """
# A page of {0}

In prose {1}, in code `{2}`, in *emphasis {3}*, in an address <https://example.org/{4}>, x{5}x.

- an item
  - below it {6}

term {7}
: what {8} means

> quoted {9}

| a | b |
|---|---|
| {10} | `{11}` |
| so | [linked](https://example.org/) {12} |

```
{13}  file.txt
{14}{14}
```

```{{note}}
Of {15}
```

A footnote[^1].

[^1]: At the foot {16}.

:field {17}: value {18}

## Under {19}

{20}
"""


def inside(project: Project, paper: str, width: float, inner: float, outer: float) -> list[poppler.Word]:
    """The words of the book, none of them beyond the margins, which are told in millimetres as the page is."""
    result = project.build("-D", f"apparatus_pdf_paper={paper}", builder="typstpdf")
    assert result.status == 0, result.messages
    words = poppler.words(project.out / "fragments.pdf")
    points = 72 / 25.4
    for word in words:
        if len(word.string) > 4:
            left, right = (inner, outer) if word.page % 2 else (outer, inner)
            assert left * points - 2 < word.left < word.right < (width - right) * points + 2, word
    return words


@pytest.mark.parametrize(
    ("paper", "width", "inner", "outer"), [("royal", 156, 23, 25), ("a5", 148, 19, 21), ("a4", 210, 42, 48)]
)
def test_a_long_word_is_parted_wherever_it_stands(
    project: Project, paper: str, width: float, inner: float, outer: float
) -> None:
    """It is within the measure, and whole: nothing is between its parts that would be copied with them."""
    sums = [f"{number:03}z{SUM}{SUM[::-1]}" for number in range(30)]
    project.add_page("more", PROSE.format(*sums[:21]))
    page = (
        f"# Text\n\n```{{ed:text}} long.txt\n:siglum: C\n```\n\n"
        f"```{{ed:emendation}} C1\n:lemma: {sums[21]}\n:reading: {sums[22]}\n\nNote of {sums[23]}.\n```\n\n"
        f"```{{ed:note}} C2\n:lemma: after it\n\nNote, `{sums[24]}`.\n\n    {sums[25]}\n```\n"
    )
    project.add_page("long", page, f"First words {sums[21]} after it.\n".encode())
    project.add_page("list", "# List\n\n```{ed:emendations}\n```\n")
    conf = f'\napparatus_title = "Title: {sums[26]}"\napparatus_pdf_imprint = ["{sums[27]}"]\n'
    project.write("conf.py", project.read("conf.py") + conf)
    words = inside(project, paper, width, inner, outer)
    told = "".join(word.string for word in words)
    for number, string in enumerate(sums[:28]):
        assert f"{number:03}z" in told
        # Of the last line of one page the rest may be behind that page's foot.
        assert string in told or number in (16, 21, 22), number
    assert "\u200b" not in told


def test_characters_without_a_font_stay_within_the_measure_and_can_be_read(project: Project) -> None:
    """What stands in for each is eight times as wide: lines of text and of foot are turned over, not set tiny."""
    run, other = "\u0e01" * 300, "\u0e02" * 300
    page = (
        "# Text\n\n```{ed:text} thai.txt\n:siglum: C\n```\n\n"
        f"```{{ed:emendation}} C1\n:lemma: {run}\n:reading: {other}\n\nNote of {run}.\n```\n\n"
        "```{ed:note} C2\n:lemma: at the end\n\nNote.\n```\n"
    )
    project.add_page("thai", page, f"Once {run} and at the end.\n".encode())
    words = inside(project, "royal", 156, 23, 25)
    told = "".join(word.string for word in words)
    assert "⟨U+0E01⟩" * 60 in told
    foot = "".join(word.string for word in words if "⟨" in word.string and word.bottom - word.top < 10)
    assert "⟨U+0E02⟩" * 5 in foot
    assert min(word.bottom - word.top for word in words if "U+0E0" in word.string) > 6


ADDRESSES = (
    "https://www.example.org/archives/la-xpm-1988-01-11-mn-23525-story-of-the-moon.html",
    "http://m.example.co.kr/NewsCenter/AMP/Read?articleId=AKR20170309083600003&lang=ko",
    "https://example.org/entry/dictionary+of+american/26400674391483527921/0749153579_EPI=mode+matchallpartial",
)


def test_a_line_of_an_address_ends_where_it_misleads_nobody(project: Project) -> None:
    """Before a slash or another sign, never behind a hyphen or within the name of the host."""
    prose = "".join(f"{'So on ' * number}it is at <{address}>.\n\n" for address in ADDRESSES for number in range(9))
    cells = "".join(f"| {address} | a |\n" for address in ADDRESSES)
    project.add_page("more", f"# More\n\n{prose}\n| Address | Other |\n|---|---|\n{cells}")
    words = inside(project, "royal", 156, 23, 25)
    told = "".join(word.string for word in words)
    for address in ADDRESSES:
        assert told.count(f"at{address}.") == 9
        assert address in told.replace("at" + address, "")
    whole = "".join(ADDRESSES)
    pieces = [w.string for w in words if len(w.string) > 6 and w.string[:-1] in whole]
    assert len(pieces) > 30
    for piece in pieces:
        assert not piece.endswith(("-", "/", "www.")) or piece.endswith("html."), piece
        assert piece.startswith("http") or not piece[0].isalnum(), piece


def test_a_running_head_has_as_many_words_of_a_title_as_there_is_room_for(project: Project) -> None:
    title = "Of the Many Things that Were Said of the Moon and Its People by Travellers, Poets and Others of Good Faith"
    project.add_page("more", f"# {title}\n\n" + "Words of a page, and more of them. " * 400)
    words = inside(project, "royal", 156, 23, 25)
    heads = [word.string for word in words if word.top < 60 and word.page > 8]
    assert "Of" in heads
    assert any(string.endswith("…") for string in heads)
    assert not any("Faith" in string for string in heads)


@pytest.mark.parametrize(
    ("word", "long"),
    [
        (SUM, True),
        ("example.org/a/b-c/d-e-f-g-h-i/j-k-l/m/n/o/p", False),
        ("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz", False),
        ("ACGT" * 12, True),
        ("сельскохозяйственномашиностроительный", False),
        ("北大西洋" * 20, False),
        ("ประเทศไทย" * 20, False),
        ("धर्मक्षेत्रेकुरुक्षेत्रे" * 5, True),
        ("short", False),
        ("", False),
    ],
)
def test_only_a_word_that_no_rule_parts_is_parted_anywhere(word: str, long: bool) -> None:
    """One that a hyphen, a dictionary or its script parts is not; others stay strings."""
    assert is_long(word) == long
    assert (printed(f"so {word}") == literal(f"so {word}")) != long


def test_pieces_of_a_word_are_the_word() -> None:
    """No letter is parted from its marks."""
    word = "q̃" * 70
    parts = pieces(["one", word, "two"])
    assert (parts[0], parts[-1]) == ("one", "two")
    assert "".join(part.removesuffix(GLUE) for part in parts[1:-1]) == word
    assert all(part[0] == "q" for part in parts[1:-1])
    assert pieces([f"one{GLUE}", f"t{GLUE}wo"]) == ("one", f"t{GLUE}wo")
    joined = pieces([f"q{GLUE}" * 70])
    assert "".join(part.removesuffix(GLUE) for part in joined).replace(GLUE, "") == "q" * 70
    assert [part.endswith(GLUE) for part in joined][-1:] == [False]
    assert [part.endswith(GLUE) for part in parts] == [False, *[True] * (len(parts) - 3), False, False]
