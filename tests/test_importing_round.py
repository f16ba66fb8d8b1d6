"""Whatever an edition says comes back: exported, imported and read, it is the same, through every format."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from projects import Project
from sphinx_apparatus.cli import main
from sphinx_apparatus.cli.importing.page import option
from sphinx_apparatus.cli.project import read_project
from sphinx_apparatus.sphinx_ext.domain import edition_of
from taking import said

_WORDS = (
    'moon the a "so" *star* <b>x</b> & `code` # - 1. $5 | {x} \\n ]]> <!-- --> &amp; = + : ; , -- ...',
    "'q' ‘q’ “q” é e\u0301 漢字 שלום مرحبا 𝒳 👩\u200d👧 ﬁ \u200b \u00ad \u00a0 \u2028",
)

#: Words of texts and readings that some format could take for its own.
WORDS = st.sampled_from([word for words in _WORDS for word in words.split(" ")])

#: Blocks of notes: each mark that an editor may write.
BLOCKS = st.sampled_from(
    (
        *("plain", "*emphasis* **strong** ***both*** *a **b** c* a*b*c", "x{sup}`2`{sub}`i`"),
        *("`` a ` b `` `` `c` `` ` d`", "{ed:ref}`M1`", '{ed:ref}`the "first" – so <M ¶1>`'),
        *("{cite:t}`campbell1982`", "so {cite:p}`campbell1982`.", "<https://example.org/--/>"),
        *("[link *so*](https://example.org/a_b?c=d&e=-- 'x')", "- one\n\n  two\n- three", "3. one\n4. two"),
        *("> quoted\n> - more", '| a | b |\n| :-- | --: |\n| `x\\|y` | *"2"* -- |', "\\# no heading"),
        *('"typed" -- --- ... it\'s', "“set” ‘so’ – — …", '“set” "typed" -- –'),
        *("a \\* \\_ \\[x\\] 1\\. back\\\\slash &lt;b&gt;", "% a remark of the editor alone", "    code *x*"),
        *("```\ncode *x*\n```", "line\none\\\ntwo", "$x$ ~~y~~ [[z]] @a #b", "{math}`x_1 < \\frac{a}{b}`"),
        "```{math}\n\\alpha & 'b' -- \"c\"\n```",
    )
)


@st.composite
def pages(draw: st.DrawFn) -> tuple[str, str]:
    """A text, and a page with annotations of it."""
    ending = draw(st.sampled_from(("\n", "\r\n", "\n\n")))
    lines = draw(st.lists(st.lists(WORDS, min_size=1, max_size=9).map(" ".join), min_size=1, max_size=4))
    text = ending.join(lines) + draw(st.sampled_from(("", ending)))
    made = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        start = draw(st.integers(0, len(text) - 1))
        lemma = text[start : draw(st.integers(start, min(start + 12, len(text))))]
        layer = draw(st.sampled_from(("note", "note", "correction")))
        options = [("lemma", lemma), ("prefix", text[:start]), ("suffix", text[start + len(lemma) :])]
        if layer == "correction":
            options.append(("reading", " ".join(draw(st.lists(WORDS, min_size=1, max_size=3)))))
        if draw(st.booleans()):
            options += [("matter", draw(WORDS)), ("right", draw(WORDS))]
        note = "\n\n".join(draw(st.lists(BLOCKS, min_size=1, max_size=3)))
        said_of = "\n".join(f":{name}: {option(value)}" for name, value in options)
        made.append(f"````{{ed:{layer}}} R{number}\n{said_of}\n\nSaid.\n\n{note}\n````\n")
    return text, "# Round\n\n```{ed:text} round.txt\n:siglum: R\n```\n\n" + "\n".join(made)


#: A line that is broken by hand: words on both sides.
BROKEN = "# R\n\n```{ed:text} round.txt\n:siglum: R\n```\n\n```{ed:note} R1\n:lemma: moon\n\nOne\\\ntwo.\n```\n"


@pytest.mark.slow
@settings(max_examples=12, deadline=None)
@example(("moon", BROKEN))
@given(pages())
def test_what_was_exported_comes_back(page: tuple[str, str]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        project = Project.at(Path(folder, "project"))
        project.add_page("round", page[1], page[0].encode())
        assert project.build(builder="dataset").status == 0
        before = edition_of(read_project(project.folder).env)
        data, texts = project.out / "data", project.out / "texts"
        for how in ("edition.xml", "annotations.jsonld", "annotations.csv"):
            given = [] if how.endswith("xml") else [f"--text=M={texts / 'M.txt'}", f"--text=R={texts / 'R.txt'}"]
            new = Path(folder, how.rpartition(".")[2])
            assert main(["import", str(data / how), str(new), f"--bib={data / 'bibliography.bib'}", *given]) == 0
            after = edition_of(read_project(new).env)
            assert said(dict(after.annotations)) == said(dict(before.annotations)), how
            assert after.texts["R"].text.string == page[0]
