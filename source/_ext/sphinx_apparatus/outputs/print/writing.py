"""The source of a volume, and all it needs beside it."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.environment.adapters.indexentries import IndexEntries

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.concordances.nodes import ed_list
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.text import Text
from sphinx_apparatus.outputs.pictures import DAMAGED, standing, unreadable
from sphinx_apparatus.outputs.print.assembling import assemble
from sphinx_apparatus.outputs.print.book import BEHIND, Attachment, Book, Pieces, asked, measures, parted, source
from sphinx_apparatus.outputs.print.drawings import LEAST, TooHigh, drawn, is_picture, type_of, words
from sphinx_apparatus.outputs.print.emended import reading_text
from sphinx_apparatus.outputs.print.feet import Room
from sphinx_apparatus.outputs.print.feet import titles as titles_of_rows
from sphinx_apparatus.outputs.print.figures import part_name
from sphinx_apparatus.outputs.print.flow import Frame
from sphinx_apparatus.outputs.print.index import COLUMNS, Index, collected, composed, named
from sphinx_apparatus.outputs.print.literal import array, literal, plain
from sphinx_apparatus.outputs.print.mentions import in_prose, in_texts
from sphinx_apparatus.outputs.print.pages import Matter, leading
from sphinx_apparatus.outputs.print.paper import AREA, PAPERS
from sphinx_apparatus.outputs.print.settling import Work
from sphinx_apparatus.outputs.print.signs import figure_list, ids_table, signs_page, word_division
from sphinx_apparatus.outputs.print.standards import several
from sphinx_apparatus.outputs.print.texts import Foot
from sphinx_apparatus.outputs.print.verses import keys, labels, marks, verses
from sphinx_apparatus.outputs.print.volumes import Volume
from sphinx_apparatus.outputs.webannotation import collection
from sphinx_apparatus.sphinx_ext.domain import domain_of, edition_of
from sphinx_apparatus.sphinx_ext.locale import TYPST, _, language_of
from sphinx_apparatus.sphinx_ext.warnings import warn
from sphinx_apparatus.stores.atomic import write

if TYPE_CHECKING:
    from sphinx_apparatus.outputs.print.builder import TypstBuilder

ASSETS = Path(__file__).parent / "assets"


class Writer:
    """Writes the sources of the volumes that a builder has."""

    def __init__(self, builder: TypstBuilder) -> None:
        self.builder = builder

    def write(self, volume: Volume) -> Work:
        """Write the source of a volume, and all it needs beside it."""
        builder = self.builder
        folder = Path(builder.outdir) / (volume.name if volume.number or volume.of else "")
        builder.volume = volume
        book = assemble(builder, volume)
        self._images(folder, book)
        self._design(folder)
        edition, texts = edition_of(builder.env), self.texts()
        self._attach(folder, edition, texts)
        visitor: Any = builder.create_translator(book, builder)
        names = [] if volume.of else self._names
        mentions = in_prose(names, book, self._sigla()) if names else None
        if mentions:
            visitor.marks = mentions.marks
        book.walkabout(visitor)
        main, front = folder / "main.typ", self.front()
        found = in_texts(names, [(text, visitor.lines[text.siglum]) for text in texts])
        for number, own in mentions.places.items() if mentions else ():
            found.setdefault(number, []).extend(own)
        index = composed([*named(names, found), *collected([] if volume.of else self._entries, visitor.written)])
        self._sources(main, front, visitor, index)
        return self._work(volume, main, visitor, index)

    def _images(self, folder: Path, book: nodes.document) -> None:
        """Write the pictures of a volume, drawings as the pieces that have room on a page."""
        builder = self.builder
        builder.images = {}
        builder.post_process_images(book)
        builder.drawings = {}
        for image, name in list(builder.images.items()):
            file = Path(builder.srcdir) / image
            content = file.read_bytes() if file.is_file() else b""
            if not is_picture(name, content):
                self._unreadable(book, image)
                continue
            if name.lower().endswith(".svg"):
                builder.strings.add(words(content))
            if b"foreignObject" in content:
                told = f"the picture {image} has foreign objects (HTML in SVG), which are not printed"
                warn(Code.PDF, f"{told}. Remedy: text as elements of SVG", self._standing(book, image))
            try:
                pieces = (
                    drawn(content.decode("utf-8", "replace"), builder.area) if name.lower().endswith(".svg") else []
                )
            except TooHigh as error:
                self._left_out(book, image, f"would take {error} pages", "a drawing of fewer rows, or several")
                continue
            if (small := type_of(pieces)) < LEAST - 0.1:
                told = f"the type of the picture {image} is {small:.1f} points high in print, less than can be read"
                remedy = "larger type, or a drawing that is less wide, or another apparatus_pdf_paper"
                warn(Code.PDF, f"{told}. Remedy: {remedy}", self._standing(book, image))
            for number, piece in enumerate(pieces, 1):
                builder.put(folder / "images" / part_name(name, number), piece.source)
            if pieces:
                builder.drawings[name] = pieces
            if len(pieces) != 1:  # one in bands is seen whole where nothing can be parted
                builder.put(folder / "images" / name, content)
        printed = {
            folder / "images" / file: image
            for image, name in builder.images.items()
            for file in [part_name(name, n + 1) for n in range(len(builder.drawings.get(name, ())))] or [name]
        }
        faults = unreadable(list(printed), builder.standards)
        for image, fault in sorted({printed[path]: fault for path, fault in faults.items()}.items()):
            if fault == DAMAGED:
                self._unreadable(book, image)
            else:
                remedy = "RGB or grey, no transparency, or another apparatus_pdf_standard"
                self._left_out(book, image, f"cannot be printed ({fault})", remedy)

    def _unreadable(self, book: nodes.document, image: str) -> None:
        """Say where a picture stands that cannot be printed, and leave it out."""
        self._left_out(book, image, "cannot be read", "a whole file, SVG, PNG, JPEG, GIF or WebP")

    def _left_out(self, book: nodes.document, image: str, why: str, remedy: str) -> None:
        words = f"the picture {image} {why}; its alternative text is printed. Remedy: {remedy}"
        warn(Code.PDF, words, self._standing(book, image))
        del self.builder.images[image]

    def _standing(self, book: nodes.document, image: str) -> nodes.Node:
        return standing(next(node for node in book.findall(nodes.image) if node["uri"] == image))

    def _attach(self, folder: Path, edition: Edition, texts: Sequence[Text]) -> None:
        """Write the files that the PDF carries."""
        builder = self.builder
        config = builder.config
        for text in texts:
            seed = Path(builder.confdir, config.apparatus_text_dir, text.filename)
            builder.put(folder / "texts" / text.filename, seed.read_bytes())
        annotations = [annotation for text in texts for annotation in edition.of_text(text.siglum)]
        write(
            folder / "annotations.jsonld",
            collection(edition, annotations, {text.siglum: text for text in texts}, edition.imprint.title),
        )

    def _sources(self, main: Path, front: Book, visitor: Any, index: Index) -> None:
        """Write what Typst reads: the book, what is to be measured, its chapters, its entries."""
        builder, texts = self.builder, front.texts
        builder.strings.update(index.strings)
        builder.strings.update((front.title, front.volume, front.author, *front.imprint, *(t.filename for t in texts)))
        signs = signs_page(visitor, edition_of(builder.env).titles)
        # An offprint is paged as the book: it has no half-title of its own between its pages.
        before, body, count = parted(visitor.body, *((not builder.volume.of and visitor.first) or (0, 0)))
        titles = [
            *visitor.titles[:count],
            *([_("Sigla, signs and abbreviations")] if signs and before else []),
            *visitor.titles[count:],
            *([_("Table of ids")] if visitor.feet else []),
            *([_("Index")] if index.entries else []),
        ]
        behind = ids_table(visitor) + word_division(visitor, texts)
        if builder.volume.of and BEHIND not in body:
            behind = BEHIND + behind
        whole = Pieces(figure_list(visitor.figures), signs, before, body, behind + index.source())
        write(main, asked(source(front, whole), index.anchors()))
        rows = titles_of_rows(visitor.feet.values())
        write(
            main.with_name("measures.typ"),
            measures(
                front,
                array(visitor.rows),
                array(map(literal, (leading(["0", "0"]), leading(["0", "1"]), *rows))),
                "".join((*visitor.starts, index.source())),
            ),
        )
        write(main.with_name("titles.json"), json.dumps([plain(title) for title in titles], ensure_ascii=False))
        builder.strings.update(rows)
        write_entries(main, visitor.feet)
        builder.strings.update(
            word for foot in visitor.feet.values() for part in foot.parts for word in (*part.lemma, *part.reading)
        )

    def _work(self, volume: Volume, main: Path, visitor: Any, index: Index) -> Work:
        """What a volume prints, and its measures."""
        edition, sizes = edition_of(self.builder.env), self.builder.measures
        columns = frozenset((*visitor.columns, COLUMNS))
        known = {siglum: found for siglum, found in marks(edition, visitor.lines).items() if found}
        said = verses(edition), labels(edition), keys(edition)
        matter = Matter(visitor.feet, visitor.lines, visitor.spots, *said, known, columns)
        room = Room(sizes["measure"], sizes["foot-skip"], sizes["foot-spare"])
        top, size, skip = sizes["top"] + sizes["crop"], sizes["text-size"], sizes["text-skip"]
        bottom = sizes["height"] + sizes["crop"] - sizes["bottom"]
        frame = Frame(top, bottom, size, skip, sizes["foot-spare"] + 0.6 * sizes["size"])
        white = {
            siglum: {number: skip * more for number, more in whites.items()}
            for siglum, whites in visitor.whites.items()
        }
        scale = room.width * (bottom - top) / (sizes["size"] / PAPERS["royal"].size) ** 2 / AREA
        return Work(volume, main, matter, frozenset(visitor.abroad), room, frame, index, scale, white)

    def reading(self, volume: Volume) -> Path:
        """Write the source of the texts of a volume as emended, without notes."""
        builder = self.builder
        builder.volume = volume
        folder = Path(builder.outdir, f"{volume.name}-reading")
        self._design(folder)
        source, strings = reading_text(self.front(), edition_of(builder.env), [text.siglum for text in self.texts()])
        builder.strings |= strings
        for name in ("known.json", "entries.json", "titles.json"):
            write(folder / name, "{}")
        write(folder / "main.typ", source)
        return folder / "main.typ"

    def _design(self, folder: Path) -> None:
        """Write the design of the book, and its words, beside a source."""
        write(folder / "words.json", json.dumps({word: _(word) for word in TYPST}, ensure_ascii=False))
        for asset in ASSETS.glob("*.typ"):
            write(folder / asset.name, asset.read_bytes())

    def texts(self) -> list[Text]:
        """The texts of the volume, in order."""
        builder = self.builder
        records = edition_of(builder.env).texts.values()
        return [record.text for record in records if record.docname in builder.volume.pages]

    def front(self) -> Book:
        """Title page and imprint from the configuration."""
        builder = self.builder
        config = builder.config
        version = _("Version {version}").format(version=config.release) if config.release else ""
        imprint = [config.apparatus_title or config.project, "" if version in config.copyright else version]
        imprint += [f"© {config.copyright}" if config.copyright else "", *several(config.apparatus_pdf_imprint)]
        imprint += edition_of(builder.env).imprint.addresses
        if builder.volume.of:
            imprint.append(_("An offprint with the page numbers of the book; pages that are not here are the book’s."))
        texts = self.texts()
        # Two texts may be of one file; a file is attached once.
        sigla: dict[str, list[str]] = {}
        for text in texts:
            sigla.setdefault(text.filename, []).append(text.siglum)
        attachments = [
            Attachment(f"texts/{name}", "source", "text/plain", f"Text {', '.join(found)}")
            for name, found in sigla.items()
        ]
        if texts:
            told = "The annotations (W3C Web Annotation Data Model)"
            attachments.append(Attachment("annotations.jsonld", "data", "application/ld+json", told))
        return Book(
            title=config.apparatus_title or config.project,
            volume=_("Volume {number}: {title}").format(number=builder.volume.number, title=builder.volume.title)
            if builder.volume.number
            else builder.volume.title,
            author=config.author,
            language=language_of(config).split("-")[0],
            release=config.release,
            imprint=[line for line in imprint if line],
            fonts=builder.families(),
            texts=texts,
            attachments=attachments if self._attaches() else [],
        )

    def _attaches(self) -> bool:
        """Whether the standard lets a file carry others: PDF/A-1, PDF/A-2 and PDF/A-4 do not (ISO 19005-2, 6.8)."""
        builder = self.builder
        return not any(name.startswith(("a-1", "a-2")) or name == "a-4" for name in builder.standards)

    @cached_property
    def _entries(self) -> list[Any]:
        builder = self.builder
        return list(IndexEntries(builder.env).create_index(builder))

    @cached_property
    def _names(self) -> list[Any]:
        """The names of all indices of the edition, also of those on pages that are not printed."""
        builder = self.builder
        shown = (docname for docname, page in domain_of(builder.env).pages.items() if "names" in page.lists)
        lists = (node for docname in shown for node in builder.env.get_doctree(docname).findall(ed_list))
        names = (name for node in lists if node["list"] == "names" for name in node["data"])
        return list(dict.fromkeys(names))

    def _sigla(self) -> dict[str, list[str]]:
        """The sigla of the texts on each page of the project."""
        builder = self.builder
        found: dict[str, list[str]] = {}
        for siglum, record in edition_of(builder.env).texts.items():
            found.setdefault(record.docname, []).append(siglum)
        return found


def write_entries(main: Path, feet: Mapping[str, Foot], missing: frozenset[str] = frozenset()) -> None:
    """Write the entries beside a source, for Typst; something stands in for the ``missing`` characters."""
    told = {foot.id: foot.told() for foot in feet.values()}
    write(main.with_name("entries.json"), plain(json.dumps(told, ensure_ascii=False), missing))
