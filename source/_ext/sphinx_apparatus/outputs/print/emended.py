"""The reading text: the texts as emended, without notes, which says on every page what it is.

Its lines are its own, since emended words are longer or shorter than those of the copy; so it
numbers paragraphs and no lines, and at the end of each text says what was emended.
"""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_apparatus.anchoring.edits import Edit
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.text import Paragraph, TextRecord
from sphinx_apparatus.outputs.print.book import Book
from sphinx_apparatus.outputs.print.index import COLUMN
from sphinx_apparatus.outputs.print.literal import MOST, array, fixed, is_seen, literal, printed
from sphinx_apparatus.sphinx_ext.locale import _


def paragraphs(edition: Edition, record: TextRecord) -> list[tuple[Paragraph, str]]:
    """The paragraphs of a text, emended; an edit is in the paragraph in which it begins."""
    edits = sorted(
        edit
        for annotation in edition.of_text(record.text.siglum)
        if annotation.layer.emends
        for edit in annotation.edits
    )
    found: dict[int, list[Edit]] = {}
    for edit in edits:
        home = record.text.paragraph_at(edit.start)
        if home is not None:
            found.setdefault(home.number, []).append(edit)
    return [(own, _emended(record.text.string, own, found.get(own.number, ()))) for own in record.text.paragraphs]


def _emended(string: str, paragraph: Paragraph, edits: Iterable[Edit]) -> str:
    parts: list[str] = []
    at = paragraph.start
    for edit in edits:
        parts += (string[at : max(at, edit.start)], edit.text)
        at = max(at, edit.end)
    return "".join((*parts, string[at : paragraph.end])).strip()


def reading_text(front: Book, edition: Edition, sigla: Iterable[str]) -> tuple[str, set[str]]:
    """The source, and the strings it prints."""
    strings: set[str] = set()

    def told(string: str, most: int = MOST) -> str:
        strings.add(string)
        return printed(string, most)

    notice = _("Reading text with the emendations of the editors; not the wording of the copy.")
    parts = []
    for siglum in sigla:
        record = edition.texts[siglum]
        rows = []
        for paragraph, words in paragraphs(edition, record):
            verse = record.verses.get(paragraph.number)
            head, in_verse = (str(kind).lower() for kind in (paragraph.number in record.headings, verse is not None))
            rows.append(f"({paragraph.number}, {head}, {in_verse}, {told(_shown(words))})")
        listed = [
            f"({told(str(edition.passage_of(a.id)))}, {told(_shown(part.lemma or '‸'), COLUMN)}, "
            f"{told(_shown(part.reading or _('delete')), COLUMN)}, {fixed(a.id)})"
            for a in edition.of_text(siglum)
            if a.layer.emends
            for part in edition.entry(a.id).parts
        ]
        title = edition.titles.get(siglum, "")
        title, language = title if is_seen(title) else siglum, record.language.split("-")[0]
        parts.append(
            f"#reading-text({told(title)}, {fixed(language)}, {record.direction}, {array(rows)}, "
            f"{told(_('Emendations'))}, {array(listed)})\n"
        )
    name, _colon, more = front.title.partition(": ")
    subtitle = ". ".join(filter(None, (more, _("Reading text"))))
    source = (
        '#import "book.typ": *\n'
        f"#show: book.with(title: {literal(front.title)}, full-title: {fixed(f'{name}: {subtitle}')}, "
        f"author: {fixed(front.author)}, lang: {fixed(front.language)}, fonts: {array(map(fixed, front.fonts))})\n"
        f"#show: reading-pages.with({told(name)}, {told(notice)})\n"
        f"#title-page({told(name)}, {told(subtitle)}, none, {told(front.author)}, {told(notice)})\n"
        f"{''.join(parts)}"
    )
    return source, strings


def _shown(words: str) -> str:
    return " ".join(words.split())
