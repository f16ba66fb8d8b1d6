"""This edition: its texts, and its reading pages in a browser."""

from __future__ import annotations

import runpy
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from projects import REPOSITORY

SOURCE = REPOSITORY / "source"
SEEDS = REPOSITORY / "seeds"

#: Where the edition says that it is published, when it is built here.
BASE = "https://example.org/kr/"

#: The pages of the texts, and their files, by siglum.
TEXTS = {"K": "khan", "G": "globalsecurity", "E": "encyclopedia", "T": "koreatimes"}
FILES = dict(zip("KGET", sorted(path.name for path in SEEDS.glob("*.txt")), strict=True))

#: Pages that the theme makes without a source, and whether a test is about these.
GENERATED = ("search.html", "genindex.html")
SORTS = [
    "written",
    "generated",
]

#: Opens a page of the edition in a browser.
Visit = Callable[..., Any]

SELECT = """() => {
  const selection = getSelection();
  selection.selectAllChildren(document.querySelector('.ed-text'));
  return selection.toString();
}"""


def edition_version() -> str:
    """The version of this edition, from the one place where it is set."""
    release: str = runpy.run_path(str(SOURCE / "conf.py"))["release"]
    return release


def pages(edition: Path) -> list[Path]:
    """Every page of the edition."""
    found = sorted(edition.rglob("*.html"))
    assert len(found) > 10
    return found


def of_sort(edition: Path, sort: str) -> list[Path]:
    """The pages that have a source, or those that have none."""
    found = [path for path in pages(edition) if (path.name in GENERATED) is (sort == "generated")]
    assert len(found) >= len(GENERATED)
    return found


#: Some pages that are no texts.
OTHERS = ("index.html", "introduction.html", "bibliography.html")


def seed(siglum: str) -> str:
    """A text as its file has it."""
    return (SEEDS / FILES[siglum]).read_bytes().decode()


def name(siglum: str, fragment: str = "") -> str:
    """The page of a text."""
    return f"texts/{TEXTS[siglum]}.html{fragment}"


def opened(page: Any) -> list[str]:
    """The notes that are open."""
    found: list[str] = page.evaluate(
        "[...document.querySelectorAll('.ed-card')].filter((e) => e.checkVisibility()).map((e) => e.id)"
    )
    return found


def lemma(page: Any, identifier: str) -> Any:
    """The first of the words of which an annotation speaks."""
    return page.locator(f".ed-tx .{identifier}").first


def entry(page: Any, identifier: str) -> Any:
    """The link of the margin that leads to a note, and is heard."""
    return page.locator(f"a.en[href='#{identifier}-n']:not([aria-hidden])")


def eventually(page: Any, found: Callable[[], str]) -> None:
    """Ask until nothing is wrong any more: a browser scrolls when it pleases.  What is still wrong is told at last."""
    end = time.monotonic() + 60
    while (wrong := found()) and time.monotonic() < end:
        page.wait_for_timeout(50)
    assert not wrong, wrong
