"""The reference leaves nothing out, and says nothing of what is not there."""

from __future__ import annotations

import re
from pathlib import Path
from unittest.mock import Mock

import pytest

from projects import REPOSITORY, Project
from sphinx_apparatus import outputs
from sphinx_apparatus.cli import COMMANDS, main
from sphinx_apparatus.concordances import LISTS
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS
from sphinx_apparatus.sphinx_ext.config import VALUES
from sphinx_apparatus.sphinx_ext.directives import DIRECTIVES, AnnotationDirective, TextDirective

REFERENCE = (REPOSITORY / "source" / "tool" / "reference.md").read_text("utf-8")
#: The rows of its tables, by what the first cell says.
ROWS: dict[str, str] = dict(re.findall(r"^\| (.+?) \| (.+) \|$", REFERENCE, re.MULTILINE))


def test_every_value_is_there_with_its_default() -> None:
    written = {
        first.strip("`"): rest.split(" | ")[0] for first, rest in ROWS.items() if first.startswith("`apparatus_")
    }
    empty = ("", [], ())
    assert written == {value.name: "empty" if value.default in empty else f"`{value.default!r}`" for value in VALUES}


def test_every_command_is_there() -> None:
    told = {first.split()[1] for first in ROWS if first.startswith("`sphinx-apparatus ")}
    assert told == set(COMMANDS)


@pytest.mark.parametrize("command", COMMANDS)
def test_every_option_of_a_command_is_there(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main([command, "--help"])
    options = set(re.findall(r"^  (--[a-z-]+)", capsys.readouterr().out, re.MULTILINE))
    [row] = [rest for first, rest in ROWS.items() if first.startswith(f"`sphinx-apparatus {command} ")]
    assert options - set(re.findall(r"`(--[a-z-]+)", row)) == set()


def test_every_builder_is_there(tmp_path: Path) -> None:
    app = Mock(outdir=tmp_path)
    outputs.setup(app)
    ours = {call.args[0].name for call in app.add_builder.call_args_list}
    told = {name for first in ROWS for name in re.findall(r"^`(\w+)`$", first)}
    assert len(ours) > 3
    assert ours - told == set()


def test_every_list_and_directive_is_there() -> None:
    told = set(re.findall(r"`ed:(\w+)`", " ".join(ROWS)))
    assert told - {"citation", "data"} == set(LISTS)
    assert {name for name in DIRECTIVES if f"ed:{name}" not in REFERENCE} == set()


def test_every_option_is_there() -> None:
    named = {name for first in ROWS for name in re.findall(r"`:(\w+):`", first)}
    assert named == {*AnnotationDirective.option_spec, *TextDirective.option_spec}


@pytest.mark.parametrize("layer", LAYERS, ids=str)
def test_every_kind_is_there_in_its_order(layer: object) -> None:
    kinds = ", ".join(f"`{kind.name}`" for kind in KINDS if kind.layer == layer)
    assert f"{layer}: {kinds}" in ROWS["`:kind:`"]


#: What stands as it is in an option, and what does not, as the page says.
PLAIN = ("a: b", "[x", "12", "{x}", "* x", "- x", "5% or so", "it's", "true", "yes: no", "@x", "& x")
QUOTED = ('"x" y', "'x' y", "> x", "| x", "#x", "a #b", " x", "x ")


def said(project: Project, lemmas: dict[str, str]) -> list[str]:
    """What a build says of a text that has these words, each between brackets, and of a note for each lemma."""
    notes = (
        f'```{{ed:note}} S{number}\n:lemma: {lemma}\n:prefix: "("\n:suffix: ")"\n\nSo.\n```\n'
        for number, lemma in enumerate(lemmas.values(), 1)
    )
    page = "\n".join(("# Sun\n", "```{ed:text} sun.txt\n:siglum: S\n```\n", *notes))
    project.add_page("sun", page, "\n".join(f"({words})" for words in lemmas).encode())
    return project.build(builder="dummy").messages.splitlines()


def test_most_words_stand_as_they_are(project: Project) -> None:
    assert said(project, {words: words for words in PLAIN}) == []


def test_some_need_quotation_marks(project: Project) -> None:
    assert said(project, {words: '"{}"'.format(words.replace('"', '\\"')) for words in QUOTED}) == []


@pytest.mark.parametrize("words", QUOTED[:6])
def test_which_are_not_understood_without(project: Project, words: str) -> None:
    assert said(project, {words: words}) != []
