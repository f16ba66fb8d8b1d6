"""The reading page in Chromium, Firefox and WebKitGTK: the same facts of a small edition in each."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from engines import Engine, engine
from once import once
from projects import Project

TEXT = (
    "The Moon\n"
    "\n"
    "The moon has set and the Pleiads. It is midnight, in 194521 the time goes by. "
    "Kim Jung Il lies alone, and nobody knows why he lies there at so late an hour of the night.\n"
    "\n" + "And the stars go round. " * 40 + "Here is the end.\n"
)

PAGE = """# The Moon

Found on a shard. Nothing else is known of it, and nobody will ever know more than what is said here.

```{ed:text} sky.txt
:siglum: S
```

```{ed:emendation} S1
:lemma: The moon has set and the Pleiads
:reading: The moon has set, and the Pleiades

A comma, and a letter.
```

```{ed:emendation} S2
:lemma: Kim Jung Il
:reading: Kim Jong Il
:kind: name
:see: S4

So he is called.
```

```{ed:emendation} S3
:lemma: Kim Jung Il lies alone
:reading: But Kim Jung Il lies alone
:kind: damage

A word is lost.
```

```{ed:note} S4
:lemma: midnight
:kind: gloss

The middle of the night.
```

```{ed:correction} S5
:lemma: the time goes by
:reading: the hour goes by
:evidence: external

So it is {cite:p}`campbell1982`.
```

```{ed:note} S6
:lemma: Here is the end.
:kind: parallel

Found elsewhere, too.
```
"""

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the edition."""

    def make(folder: Path) -> None:
        project = Project.at(folder / "project")
        project.write("conf.py", project.read("conf.py") + 'html_theme = "furo"\n')
        project.add_page("sky", PAGE)
        project.add_text("sky.txt", TEXT.encode())
        result = project.build("-W", "--keep-going")
        assert (result.status, result.messages) == (0, "")

    return once(tmp_path_factory, "sky", make) / "project" / "_build"


@pytest.fixture(scope="module", params=["chromium", "firefox", "webkit"])
def browser(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Each of the three browsers."""
    with engine(request.param, tmp_path_factory.mktemp(request.param)) as started:
        yield started


Open = Callable[..., Engine]


@pytest.fixture
def read(browser: Engine, site: Path) -> Open:
    """Open the reading page."""

    def open_page(fragment: str = "", width: int = 1440, height: int = 900) -> Engine:
        browser.open((site / "sky.html").as_uri() + fragment, width, height)
        browser.until("document.readyState === 'complete' && document.fonts.status === 'loaded'")
        return browser

    return open_page


VERBATIM = """(() => {
  const text = document.querySelector('.ed-text').cloneNode(true);
  for (const one of text.querySelectorAll('[data-editorial]')) one.remove();
  return text.textContent;
})()"""

SELECTED = """(() => {
  const selection = getSelection();
  selection.selectAllChildren(document.querySelector('.ed-text'));
  const said = selection.toString();
  selection.removeAllRanges();
  return said;
})()"""


def style(page: Engine, selector: str, name: str, pseudo: str = "") -> str:
    """The computed style of the first element."""
    said: str = page.run(f"getComputedStyle(document.querySelector({selector!r}), {pseudo!r}).{name}")
    return said


def shown(page: Engine, selector: str) -> bool:
    """Whether the first element has a box."""
    return bool(page.run(f"document.querySelector({selector!r}).getClientRects().length > 0"))


def choose(page: Engine, name: str) -> None:
    """Choose a view, marks or a kind."""
    page.run(f"document.getElementById('ed-{name}').click()")


def focused(page: Engine) -> str:
    """What has the focus: where it leads, or its id."""
    said: str = page.run("document.activeElement.getAttribute('href') || document.activeElement.id")
    return said


def test_less_what_is_editorial_the_text_is_the_file_in_every_view(read: Open) -> None:
    page = read()
    for view in ("printed", "above", "emended", "printed"):
        choose(page, view)
        assert page.run(VERBATIM) == TEXT, view


def test_nothing_editorial_stands_among_the_words_and_no_link(read: Open) -> None:
    page = read()
    assert page.run("[...document.querySelectorAll('.ed-tx')].map((p) => p.textContent).join('')") == "".join(
        line for line in TEXT.splitlines(keepends=True) if line.strip()
    )
    assert page.run("document.querySelectorAll('.ed-tx :is(a, button, input, [role], [tabindex])').length") == 0


def test_what_is_mended_is_underlined_what_is_wrong_broken_and_notes_are_not(read: Open) -> None:
    page = read()
    assert style(page, ".ed-tx .o", "textDecorationLine") == "underline"
    assert style(page, ".ed-tx .o", "textDecorationStyle") == "solid"
    assert style(page, ".ed-tx .c", "textDecorationStyle") == "dashed"
    assert style(page, ".ed-tx .c", "textDecorationLine") == "underline"
    assert style(page, ".ed-tx .n", "textDecorationLine") == "none"
    assert style(page, ".ed-tx .a", "borderTopStyle", "::before") == "solid"


def test_marks_are_all_or_none(read: Open) -> None:
    page = read()
    choose(page, "m-all")
    assert style(page, ".ed-tx .n", "textDecorationLine") == "underline"
    choose(page, "m-none")
    assert {style(page, one, "textDecorationLine") for one in (".ed-tx .o", ".ed-tx .n", ".ed-tx .c")} == {"none"}
    assert style(page, ".ed-ap", "visibility") == "hidden", "nor is anything left for a screen reader"
    assert page.run(SELECTED).split() == TEXT.split()


def test_wide_each_entry_stands_at_its_line(read: Open) -> None:
    page = read()
    drift = page.run(
        """[...document.querySelectorAll('.ed-app > li')].map((entry) => {
          const line = document.querySelector(`.l[data-n="${entry.dataset.n}"]`).getClientRects()[0];
          const box = entry.getBoundingClientRect();
          return Math.abs((line.top + line.bottom) / 2 - (box.top + box.bottom) / 2);
        })"""
    )
    assert len(drift) == 3
    assert max(drift) <= 2.5
    beside = page.run(
        "document.querySelector('.ed-ap').getBoundingClientRect().left >= "
        "document.querySelector('.ed-tx').getBoundingClientRect().right"
    )
    assert beside


def test_wide_each_line_of_the_edition_is_a_line(read: Open) -> None:
    page = read()
    assert page.run("[...document.querySelectorAll('.l')].every((line) => line.getBoundingClientRect().height < 40)")


def test_the_text_begins_on_the_first_screen(read: Open) -> None:
    top = "document.querySelector('.ed-tx').getBoundingClientRect().top"
    assert read().run(top) < 300
    assert read(width=390, height=844).run(top) < 400


def test_selected_the_text_is_its_words(read: Open) -> None:
    assert read().run(SELECTED).split() == TEXT.split()


EMENDED = (
    TEXT.replace("set and the Pleiads", "set, and the Pleiades")
    .replace("Kim Jung Il lies", "But Kim Jong Il lies")
)  # fmt: skip


COPYING = """(() => {
  window.copied = null;
  document.addEventListener('copy', (event) => {
    window.copied = ['plain', 'html'].map((form) => event.clipboardData.getData(`text/${form}`));
  });
  getSelection().selectAllChildren(document.querySelector('.ed-text'));
})()"""


@pytest.mark.parametrize("note", ["", "#S2"])
@pytest.mark.parametrize("view", ["printed", "emended"])
def test_copied_it_is_the_text_letter_for_letter_with_a_note_open_too(read: Open, view: str, note: str) -> None:
    page = read(note)
    choose(page, view)
    page.run(COPYING)
    page.press("Control+c")
    page.until("window.copied")
    plain, marked = page.run("window.copied")
    assert plain == (TEXT if view == "printed" else EMENDED)
    assert marked.count("<") == 2 * len([line for line in TEXT.splitlines() if line]), "paragraphs, and nothing else"


def test_emended_the_readings_are_words_of_the_page_and_copied(read: Open) -> None:
    page = read()
    choose(page, "emended")
    assert page.run(SELECTED).split() == EMENDED.split()
    assert page.run("document.querySelector('#S-p2 .ed-tx').innerText").split() == EMENDED.split()[2:39]
    choose(page, "printed")
    assert page.run(SELECTED).split() == TEXT.split()
    assert page.run("document.querySelectorAll('.i').length") == 0


def test_readings_stand_above_the_words_and_are_no_text(read: Open) -> None:
    page = read()
    choose(page, "above")
    content = style(page, '[data-r="Jong"]', "content", "::after")
    assert "Jong" in content or "attr(data-r)" in content
    assert style(page, '[data-r="Jong"]', "position", "::after") == "absolute"
    assert page.run(SELECTED).split() == TEXT.split()


def test_from_an_entry_the_focus_goes_into_its_note_and_back(read: Open) -> None:
    page = read()
    page.run("document.querySelector('a.en[href=\"#S2-n\"]').focus()")
    before = page.run("scrollY")
    page.press("Enter")
    page.until("document.activeElement.id === 'S2'")
    assert shown(page, "#S2")
    assert page.run("scrollY") == before, "nothing moves"
    page.press("Tab")
    assert page.run("document.querySelector('#S2').contains(document.activeElement)")
    page.press("Escape")
    page.until("!document.querySelector('#S2').getClientRects().length")
    assert focused(page) == "#S2-n"


def test_by_keys_one_goes_from_note_to_note(read: Open) -> None:
    page = read()
    found = []
    for _ in range(6):
        page.press("n")
        found.append(page.run("location.hash"))
    assert found == [f"#{one}-n" for one in ("S1", "S4", "S5", "S3", "S2", "S6")], "in the order of their words"
    page.press("p")
    assert page.run("location.hash") == "#S2-n"


def test_a_question_mark_lists_the_keys(read: Open) -> None:
    page = read()
    page.press("?")
    assert page.run("document.querySelector('dialog').open")
    assert "next note" in page.run("document.querySelector('dialog').innerText")
    page.press("?")
    assert not page.run("document.querySelector('dialog').open")


def test_words_open_their_note_and_again_the_next_one_on_them(read: Open) -> None:
    page = read()
    page.click_on(".ed-tx .S2")
    page.until("location.hash === '#S2-n'")
    assert shown(page, "#S2")
    page.click_on(".ed-tx .S2 ~ .S2 ~ .S2")
    page.until("location.hash === '#S3-n'")
    assert not shown(page, "#S2"), "one note at a time"


def test_a_related_note_is_shown_within_a_note(read: Open) -> None:
    page = read("#S2")
    page.run("document.querySelector('#S2 .ed-relations a').click()")
    page.until("document.querySelector('#S2 .ed-near')")
    assert "The middle of the night" in page.run("document.querySelector('#S2 .ed-near').innerText")
    assert page.run("location.hash") == "#S2"


@pytest.mark.parametrize(("width", "height"), [(1440, 900), (1024, 800), (390, 844)])
def test_a_permanent_link_leads_to_words_and_note(read: Open, width: int, height: int) -> None:
    page = read("#S6", width, height)
    page.until("document.activeElement.id === 'S6'")
    for selector in ("#S6", ".ed-tx .S6"):
        page.until(
            f"(() => {{const box = document.querySelector('{selector}').getClientRects()[0];"
            "return box.top >= 0 && box.bottom <= innerHeight + 1})()"
        )
    assert page.run("document.documentElement.scrollWidth <= innerWidth")


def test_a_kind_that_is_left_out_has_no_entry_and_no_mark(read: Open) -> None:
    page = read()
    choose(page, "k-name")
    assert not shown(page, "a.en[href='#S2-n']")
    assert style(page, ".o.k-name", "textDecorationLine") == "none"
    assert style(page, ".o.k-slip", "textDecorationLine") == "underline"
    choose(page, "m-all")
    choose(page, "k-gloss")
    assert style(page, ".ed-tx .S4", "textDecorationLine") == "none"


def test_narrow_the_figure_of_a_line_opens_its_entries(read: Open) -> None:
    page = read(width=390, height=844)
    assert style(page, ".l.m", "content", "::before").strip('"') not in ("none", "normal", "")
    assert not shown(page, "a.en[href='#S2-n']")
    place = page.run(
        """(() => {
          const line = document.querySelector('#S-p2 .l.m');
          line.scrollIntoView({block: 'center', behavior: 'instant'});
          const range = document.createRange();
          range.selectNodeContents(line);
          const box = range.getClientRects()[0];
          return [box.left - 4, box.top + 8];
        })()"""
    )
    page.click(*place)
    page.until("document.querySelector('li:target')")
    assert shown(page, "li:target .en")


def test_narrow_the_words_flow_and_nothing_runs_out(read: Open) -> None:
    page = read(width=390, height=844)
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert style(page, ".l", "whiteSpace") == "normal"
    assert page.run(SELECTED).split() == TEXT.split()


def test_at_twice_the_size_of_type_there_is_room(read: Open) -> None:
    page = read()
    page.run("(() => {document.documentElement.style.fontSize = '200%'})()")
    assert page.run("document.documentElement.scrollWidth <= innerWidth")
    assert style(page, ".l", "whiteSpace") == "normal", "the lines flow"


def test_a_screen_reader_has_one_link_for_each_annotation_in_lists(read: Open) -> None:
    page = read()
    links = page.run("[...document.querySelectorAll('a.en:not([aria-hidden])')].map((one) => one.textContent)")
    assert [one.split()[:2] for one in links] == [
        ["S1", "emendation"], ["S4", "note"], ["S5", "correction"], ["S3", "emendation"], ["S2", "emendation"],
        ["S6", "note"],
    ]  # fmt: skip
    assert page.run("[...document.querySelectorAll('a.en')].every((one) => one.closest('ol[role=list] > li'))")
    hidden = page.run("[...document.querySelectorAll('a.en[aria-hidden]')].map((one) => one.tabIndex)")
    assert set(hidden) <= {-1}


def test_what_is_chosen_is_remembered(read: Open) -> None:
    page = read()
    choose(page, "above")
    page.again()
    assert page.run("document.getElementById('ed-above').checked")


def test_the_first_stop_leads_to_the_text(read: Open) -> None:
    page = read()
    page.press("Tab")
    assert focused(page) == "#S"
    assert page.run("document.activeElement.getBoundingClientRect().width") > 40, "and is seen"


def picture_differs(page: Engine, change: Callable[[], Any]) -> bool:
    """Whether something looks different after a change."""
    before = hashlib.sha256(page.picture()).digest()
    change()
    return hashlib.sha256(page.picture()).digest() != before


def test_the_marks_are_seen(read: Open) -> None:
    page = read()
    assert picture_differs(page, lambda: choose(page, "m-none"))
