"""Editions of any size, made of chance, and their twins in plain Sphinx.

``python -m bench.generate DIR --texts 20 --annotations 4000`` writes an edition; with ``--plain`` the same words in
MyST with the same notes as footnotes.  The same seed gives the same files, on every machine.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import re
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.invention import WORKS, Note, Size, Text, edition
from bench.words import Prose

#: What `edit` changes, in one note of each text.
_REVISION = re.compile(r"revision (\d+)")

_BARE = re.compile(r"[A-Za-z][A-Za-z0-9,; .]*")


def write(folder: Path, size: Size, *, plain: bool = False, pages: int = 0, seed: int = 1) -> None:
    """Write a project: the texts, the works cited, and ``pages`` small pages more."""
    (folder / "texts").mkdir(parents=True, exist_ok=True)
    made = list(edition(size, seed))
    for text in made:
        _save(folder / "texts" / f"{text.name}.md", _plain(text, made) if plain else _annotated(text))
    if not plain:
        for text in made:
            _save(folder / "sources" / f"{text.name}.txt", text.words)
        sums = (f"{hashlib.sha256(text.words.encode()).hexdigest()}  {text.name}.txt\n" for text in made)
        _save(folder / "sources" / "SHA256SUMS", "".join(sums))
    prose = Prose(random.Random(seed))
    for number in range(1, pages + 1):
        _save(folder / "more" / f"page-{number:03}.md", f"# Page {number}\n\n{' '.join(prose.words(120))}\n")
    more = [f"more/page-{number:03}" for number in range(1, pages + 1)]
    names = "\n".join((*(f"texts/{text.name}" for text in made), *more, "works"))
    _save(folder / "index.md", f"# Many texts\n\n```{{toctree}}\n{names}\n```\n")
    _save(folder / "works.md", "# Works\n\n```{bibliography}\n```\n")
    _save(folder / "works.bib", "".join(_works(prose)))
    _save(folder / "conf.py", _CONF + (_CONF_PLAIN if plain else _CONF_APPARATUS))


def edit(folder: Path) -> None:
    """Change one word of one note of the first text, so that each call makes another."""
    page = folder / "texts" / "text-001.md"
    changed, times = _REVISION.subn(lambda match: f"revision {int(match[1]) + 1}", page.read_text("utf-8"))
    if times != 1:
        raise ValueError(f"{page}: {times} notes to edit instead of one")
    page.write_text(changed, "utf-8")


def _annotated(text: Text) -> str:
    source = f"work{ord(text.siglum[-1]) % WORKS + 1:02}"
    head = f"```{{ed:text}} {text.name}.txt\n:siglum: {text.siglum}\n:source: {source}\n```\n"
    return "\n".join((_heading(text), head, *(_directive(text, note) for note in text.notes)))


def _directive(text: Text, note: Note) -> str:
    kind = {"emendation": "slip", "correction": "fact", "note": "gloss"}[note.layer]
    options = {
        "lemma": text.words[note.start : note.end],
        "prefix": note.prefix or None,
        "reading": note.reading,
        "kind": kind,
        "certainty": "high",
        "evidence": "internal" if note.number % 3 else "external",
        "see": note.see or None,
    }
    lines = (f":{name}: {_option(value)}\n" for name, value in options.items() if value is not None)
    body = _marked(note.body, lambda target: f"{{ed:ref}}`{target}`")
    return f"```{{ed:{note.layer}}} {text.siglum}{note.number}\n{''.join(lines)}\n{body}\n```\n"


def _option(value: str) -> str:
    return value if _BARE.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _plain(text: Text, texts: list[Text]) -> str:
    pages = {other.siglum: other.name for other in texts}

    def link(target: str) -> str:
        # MyST links no words to a footnote: there is only another reference to it.
        named, _, paragraph = target.partition(" ")
        return f"[{target}]({pages[named]}.md)" if paragraph else f"[^{target}]"

    parts: list[str] = []
    at = 0
    for end, number in sorted((note.end, note.number) for note in text.notes):
        parts += (text.words[at:end], f"[^{text.siglum}{number}]")
        at = end
    words = "".join((*parts, text.words[at:]))
    return "\n".join((_heading(text), words, *(_footnote(text, note, link) for note in text.notes)))


def _footnote(text: Text, note: Note, link: Callable[[str], str]) -> str:
    """The note as a footnote says it: the reading first, what *see* names last."""
    say = {"emendation": "Read", "correction": "Rightly"}.get(note.layer)
    first = f"{say} *{note.reading}*. " if say else ""
    last = f" See {link(note.see)}." if note.see else ""
    return f"[^{text.siglum}{note.number}]: {first}{_marked(note.body, link)}{last}\n"


def _marked(body: str, link: Callable[[str], str]) -> str:
    body = re.sub("<cite:(.*?)>", r"{cite:p}`\1`", body)
    return re.sub("<ref:(.*?)>", lambda match: link(match[1]), body)


def _heading(text: Text) -> str:
    return f"# The book of {text.siglum}\n\nThis text is known from one copy only.\n"


def _works(prose: Prose) -> Iterator[str]:
    for number in range(1, WORKS + 1):
        given, family, place = prose.chance.sample(prose.names, 3)
        title = " ".join(prose.words(6)).rstrip(".").replace(",", "").replace(";", "")
        fields = {"author": f"{family}, {given}", "title": title, "publisher": f"{place} Press", "address": place}
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        yield f"@book{{work{number:02},\n{lines}  year = {{{1900 + 4 * number}}},\n}}\n\n"


def _save(path: Path, content: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode())


_CONF = """\
project = "Many texts"
author = "An Editor"
release = version = "1.0"
source_suffix = {".md": "markdown"}
bibtex_bibfiles = ["works.bib"]
html_theme = "furo"
html_baseurl = "https://example.org/texts/"
"""

_CONF_PLAIN = """\
extensions = ["myst_parser", "sphinxcontrib.bibtex"]
bibtex_reference_style = "author_year"
"""

_CONF_APPARATUS = """\
extensions = ["myst_parser", "sphinx_apparatus"]
apparatus_text_dir = "sources"
apparatus_released = "2026-01-01"
suppress_warnings = ["ed.uncited"]
bibtex_default_style = "humanities"
bibtex_reference_style = "humanities"
"""


def main() -> None:
    """Write one project."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0], prog="python -m bench.generate")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--texts", type=int, default=4)
    parser.add_argument("--annotations", type=int, default=400)
    parser.add_argument("--line", type=int, default=0, help="code points of each text, which is then one line")
    parser.add_argument("--pages", type=int, default=0, help="small pages more")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="plain Sphinx: the notes as footnotes")
    given = parser.parse_args()
    size = Size(given.texts, given.annotations, given.line)
    write(given.folder, size, plain=given.plain, pages=given.pages, seed=given.seed)


if __name__ == "__main__":
    main()
