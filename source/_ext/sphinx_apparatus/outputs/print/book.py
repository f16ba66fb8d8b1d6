"""The frame of the book: everything of the source around the translation.  Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.literal import array, fixed, literal
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
    """What stands between the frame: the body, and what is generated around it."""

    signs: str
    body: str
    lists: str


def source(book: Book, pieces: Pieces) -> str:
    """The source file."""
    title, colon, subtitle = book.title.partition(": ")
    full_title = ". ".join(filter(None, (book.title, book.volume)))
    printed = _("The texts are printed from these files, by their SHA-256 checksums:")
    version = _("Version {version}").format(version=book.release) if book.release else ""
    lines = array(literal(line) for line in book.imprint)
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
            f"#half-title({literal(title)})\n#page(header: none, footer: none, numbering: none, [])\n",
            f"#title-page({literal(title)}, {literal(subtitle) if colon else 'none'}, "
            f"{literal(book.volume) if book.volume else 'none'}, {literal(book.author)}, "
            f"{literal(version)})\n",
            f"#imprint({lines}, {sums}, [#{literal(printed)};])\n",
            "#contents(depth: 2)\n",
            pieces.signs,
            "#show: main-matter\n",
            pieces.body,
            pieces.lists,
            "\n#metadata(none)<end>\n",
        )
    )


def measures(book: Book, lines: str, leads: str, starts: str) -> str:
    """The source that measures what is composed line by line; ``lines`` and ``leads`` are expressions.

    ``starts`` is what stands above each text on its first page, and its first line.
    """
    fonts = array(map(fixed, book.fonts))
    return (
        '#import "book.typ": *\n'
        f'#show: book.with(title: "Measures", fonts: {fonts}, lang: {fixed(book.language)})\n'
        f"#measures({lines}, {leads})\n{starts}\n"
    )


def slug(title: str) -> str:
    """A file name from a title: what stands before a colon, in small letters, with hyphens."""
    words = "".join(c if c.isalnum() else " " for c in title.partition(":")[0].lower()).split()
    return "-".join(words) or "edition"
