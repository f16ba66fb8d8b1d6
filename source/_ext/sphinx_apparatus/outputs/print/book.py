"""The frame of the book: everything of the source around the translation.  Pure Python."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.literal import array, fixed, literal, printed
from sphinx_apparatus.sphinx_ext.locale import _


class Attachment(NamedTuple):
    """A file inside the PDF; ``relation`` is its AFRelationship (ISO 19005-3, 6.8)."""

    path: str
    relation: str
    media_type: str
    description: str


class Book(NamedTuple):
    """What title page and imprint say, and what the file carries."""

    title: str
    volume: str
    author: str
    language: str
    release: str
    imprint: Sequence[str]
    fonts: Sequence[str]
    texts: Sequence[Text]
    attachments: Sequence[Attachment]


class Pieces(NamedTuple):
    """What stands between the frame: the body, and what is generated around it.

    ``signs`` stand before the first text: with what is ``before`` it behind that, on the back of
    a second half-title; else at the end of what has Roman figures.
    """

    figures: str
    signs: str
    before: str
    body: str
    lists: str


#: The target behind what stands before the second half-title.
BEFORE = "end-before"

#: What begins the pages that an offprint has and the book has elsewhere.
BEHIND = "\n#show: back-matter\n"

#: What of a source prints nothing.
_UNSEEN = re.compile(r'\s|#pagebreak\(weak: true\)|#anchor\("(?:[^"\\]|\\.)*"\);')


def parted(body: Sequence[str], at: int, chapters: int) -> tuple[str, str, int]:
    """The body before and from the chapter of the first text, which begins ``at``, with the number of those before it.

    Nothing is before it where what is there prints nothing.
    """
    before = "".join(body[:at])
    if not _UNSEEN.sub("", before):
        return "", "".join(body), 0
    return before, "".join(body[at:]), chapters


def source(book: Book, pieces: Pieces) -> str:
    """The source file."""
    title, colon, subtitle = book.title.partition(": ")
    full_title = ". ".join(filter(None, (book.title, book.volume)))
    above_sums = _("The texts are printed from these files, by their SHA-256 checksums:")
    version = _("Version {version}").format(version=book.release) if book.release else ""
    lines = array(printed(line) for line in book.imprint)
    sums = array(array(map(literal, (text.siglum, text.filename, text.sha256))) for text in book.texts)
    attached = "".join(
        # By its bare name: of an attachment with a slash in it, pdfdetach and others make no file.
        f"#pdf.attach({fixed(file.path.rpartition('/')[2])}, read({fixed(file.path)}, encoding: none), "
        f"relationship: {fixed(file.relation)}, "
        f"mime-type: {fixed(file.media_type)}, description: {fixed(file.description)})\n"
        for file in book.attachments
    )
    return "".join(
        (
            '#import "book.typ": *\n',
            f"#show: book.with(title: {literal(title)}, "
            f"full-title: {fixed(full_title)}, author: {fixed(book.author)}, "
            f"version: {fixed(version) if version else 'none'}, "
            f"lang: {fixed(book.language)}, fonts: {array(map(fixed, book.fonts))})\n",
            attached,
            f"#half-title({printed(title)})\n#page(header: none, footer: none, [])\n",
            f"#title-page({printed(title)}, {printed(subtitle) if colon else 'none'}, "
            f"{printed(book.volume) if book.volume else 'none'}, {printed(book.author)}, "
            f"{literal(version)})\n",
            f"#imprint({lines}, {sums}, [#{literal(above_sums)};])\n",
            "#contents(depth: 2)\n",
            pieces.figures,
            *([] if pieces.before or not pieces.signs else ['#pagebreak(to: "even", weak: true)\n', pieces.signs]),
            "#show: main-matter\n",
            pieces.before,
            f"\n#anchor({fixed(BEFORE)});\n#leaf({printed(title)}, [{pieces.signs}])\n"
            if pieces.before and pieces.signs
            else "",
            pieces.body,
            pieces.lists,
            "\n#metadata(none)<end>\n",
        )
    )


_LABEL = re.compile(r'label\("([^"]+)"\)')

#: What docutils calls what nobody has named; nothing outside can know it.
_UNNAMED = re.compile(r'#anchor\("([^"]+#id\d+)"\);')


def asked(source: str, others: Iterable[str]) -> str:
    """The source without unnamed targets that neither it nor ``others`` lead to: each takes three kilobytes to set."""
    led = {*others, *_LABEL.findall(source)}
    return _UNNAMED.sub(lambda anchor: anchor[0] if anchor[1] in led else "", source)


#: The second call of a footnote, whose first may be on a page before: to be measured, its number is enough.
_AGAIN = re.compile(r'#footnote\(label\("[^"]*"\)\);')


def measures(book: Book, lines: str, leads: str, starts: str) -> str:
    """The source that measures what is composed line by line; ``lines`` and ``leads`` are expressions.

    ``starts`` is what stands above each text on its first page, and its first line.
    """
    fonts = array(map(fixed, book.fonts))
    return (
        '#import "book.typ": *\n'
        f'#show: book.with(title: "Measures", fonts: {fonts}, lang: {fixed(book.language)})\n'
        f"#measures({lines}, {leads})\n{_AGAIN.sub('#super[1];', starts)}\n"
    )


def slug(title: str) -> str:
    """A file name from a title: what stands before a colon, in small letters, with hyphens."""
    words = "".join(c if c.isalnum() else " " for c in title.partition(":")[0].lower()).split()
    return "-".join(words) or "edition"
