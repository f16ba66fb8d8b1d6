"""The frame of the book: everything of the source around the translation.  Pure Python."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.print.literal import array, literal


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


def source(book: Book, body: str, index: str, places: str) -> str:
    """The source file."""
    title, colon, subtitle = book.title.partition(": ")
    full_title = ". ".join(filter(None, (book.title, book.volume)))
    lines = array(literal(line) for line in book.imprint)
    sums = array(array(map(literal, (text.siglum, text.filename, text.sha256))) for text in book.texts)
    attached = "".join(
        # By its bare name: of an attachment with a slash in it, pdfdetach and others make no file.
        f"#pdf.attach({literal(file.path.rpartition('/')[2])}, read({literal(file.path)}, encoding: none), "
        f"relationship: {literal(file.relation)}, "
        f"mime-type: {literal(file.media_type)}, description: {literal(file.description)})\n"
        for file in book.attachments
    )
    return "".join(
        (
            '#import "book.typ": *\n',
            f"#show: book.with(title: {literal(title)}, subtitle: {literal(subtitle) if colon else 'none'}, "
            f"full-title: {literal(full_title)}, author: {literal(book.author)}, "
            f"version: {literal(f'Version {book.release}') if book.release else 'none'}, "
            f"lang: {literal(book.language)}, fonts: {array(map(literal, book.fonts))})\n",
            attached,
            f"#title-page({literal(title)}, {literal(subtitle) if colon else 'none'}, "
            f"{literal(book.volume) if book.volume else 'none'}, {literal(book.author)}, "
            f"{literal(f'Version {book.release}' if book.release else '')})\n",
            f"#imprint({lines}, {sums}, [The texts are printed from these files, by their SHA-256 checksums:])\n",
            "#contents(depth: 2)\n",
            "#show: main-matter\n",
            body,
            index,
            places,
        )
    )


def slug(title: str) -> str:
    """A file name from a title: what stands before a colon, in small letters, with hyphens."""
    words = "".join(c if c.isalnum() else " " for c in title.partition(":")[0].lower()).split()
    return "-".join(words) or "edition"
