"""Visitors for pictures, which stand by themselves or in a line."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path, PurePath

from docutils import nodes
from sphinx import addnodes

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.outputs.pictures import standing
from sphinx_apparatus.outputs.print.drawings import LEAST, Piece, title, type_of
from sphinx_apparatus.outputs.print.inlines import Inlines, bare, notes_in
from sphinx_apparatus.outputs.print.literal import array, fixed
from sphinx_apparatus.outputs.print.widths import asked
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.nodes import around
from sphinx_apparatus.sphinx_ext.warnings import warn

#: More characters to a square point than a page and a half have.
OPENING = 0.024

#: How much of a page a picture takes at most: below it stands its caption.
HIGHEST = 0.85


class Figures(Inlines):
    """Pictures with their alternative texts (PDF/UA-1, 7.3) and captions."""

    def visit_image(self, node: nodes.Element) -> None:
        """Write an image.  A drawing has its title as a caption, which the list of figures repeats."""
        name = self.builder.images.get(node["uri"])
        if name is None:
            self.add(f"#{self.literal(self._alternative(node))};")
            raise nodes.SkipNode
        self.anchors(node)
        drawings = self._drawings(node, name)
        said = title(drawings[0].source) if drawings and not isinstance(node.parent.parent, nodes.figure) else ""
        if said:
            number = len(self.figures) + 1
            caption = _("Figure {number}. {title}").format(number=number, title=said)
            self.figures.append(caption)
            told = _("Figure {number}, continued").format(number=number)
            self._stand(f"fig-{number}", self.literal(caption), node, told=told)
        elif drawings or _is_alone(node):
            self._stand("", "none", node)
        else:
            self.add(f"#{self._image(name, self._alternative(node), self._asked(node))};")
        raise nodes.SkipNode

    def visit_figure(self, node: nodes.Element) -> None:
        """Write a figure with caption and legend."""
        self.anchors(node)
        caption, legend = (
            next((child for child in node.children if isinstance(child, kind)), None)
            for kind in (nodes.caption, nodes.legend)
        )
        rest = [child for child in node.children if child is not caption and child is not legend]
        above = f"[{self.inner(caption)}]" if caption is not None else "none"
        below = f"[{self.inner(legend).strip()}]" if legend is not None else "none"
        image = rest[0] if len(rest) == 1 and isinstance(rest[0], nodes.image) else None
        if image is not None and image["uri"] in self.builder.images:
            self.anchors(image)
            self._stand("", above, image, below)
        else:
            self._write("", above, [f"[{self.outer(*rest).strip()}]"], node, below)
        raise nodes.SkipNode

    def _stand(self, key: str, caption: str, node: nodes.Element, below: str = "none", told: str = "") -> None:
        """Write a picture that stands by itself."""
        name, alternative = self.builder.images[node["uri"]], self._alternative(node)
        drawings = self._as_asked(self._drawings(node, name), node)
        alt = fixed(alternative) if alternative else "none"
        pieces = [
            f"drawing({round(piece.width, 2)}pt, {str(piece.turned).lower()}, {round(piece.beyond, 2)}pt, "
            f"{fixed(f'images/{part_name(name, number)}')}, alt: {alt if len(drawings) == 1 else 'none'})"
            for number, piece in enumerate(drawings, 1)
        ]
        pieces = [piece if alternative else f"pdf.artifact({piece})" for piece in pieces]
        pieces = pieces or [self._image(name, alternative, self._asked(node))]
        bands = f", alt: {alt}, told: {self.literal(told or _('Continued'))}" if len(pieces) > 1 else ""
        if bands and drawings[0].head:
            bands += f", head: {array([pieces.pop(0)])}"
        if bands and (notes := notes_in(caption)):
            bands += f", notes: {array(notes)}"
        self._write(key, caption, pieces, node, below, bands)

    def _drawings(self, node: nodes.Element, name: str) -> Sequence[Piece]:
        """The pieces of a drawing; none where one in bands stands within what no page parts: it is seen whole."""
        found: Sequence[Piece] = vars(self.builder)["drawings"].get(name, ())
        whole = len(found) > 1 and any(isinstance(above, (nodes.entry, nodes.reference)) for above in around(node))
        return () if whole else found

    def _write(
        self, key: str, caption: str, pieces: list[str], node: nodes.Element, below: str = "none", more: str = ""
    ) -> None:
        """Write what stands by itself; it may float, if it is not in a list or a table."""
        self.standing += 1
        floats = self._place(node.parent if isinstance(node.parent, nodes.figure) else node)
        more += f", below: {below}" if below != "none" else ""
        source = (
            f"\n#picture({fixed(key or f'pic-{self.standing}')}, {caption}, {array(pieces)}{more}, floats: {floats})\n"
        )
        # A float behind a heading sends it to the next page, without its footnote: it is asked for before that.
        at = self.above()
        before = floats != "none" and any(piece.startswith("\n#apart(") for piece in self.body[at:])
        self.body.insert(at if before else len(self.body), source)

    def _place(self, node: nodes.Element) -> str:
        """Where a picture may go: nothing goes above the heading of a chapter, so far as its first page may reach."""
        if not _in_the_flow(node):
            return "none"
        width, height, _beyond = vars(self.builder)["area"]
        written = sum(map(len, self.body[self.opened :]))
        return "auto" if written > OPENING * width * height else "bottom"

    def _asked(self, node: nodes.Element) -> float | None:
        """How wide a picture is to be, if its author says so."""
        width, height, _beyond = vars(self.builder)["area"]
        return asked(node, Path(self.builder.srcdir, node["uri"]), (width, HIGHEST * height))

    def _as_asked(self, drawings: Sequence[Piece], node: nodes.Element) -> Sequence[Piece]:
        """A drawing as wide as its author says, if its type can be read then."""
        wide = self._asked(node) if len(drawings) == 1 else None
        if wide is None or drawings[0].turned or drawings[0].beyond:
            return drawings
        made = [drawings[0]._replace(width=wide)]
        return made if type_of(made) >= LEAST else drawings

    def _image(self, name: str, alternative: str, wide: float | None) -> str:
        # One that would be higher than a page is made less high, in the shape that it has.
        width = "auto" if wide is None else f'{round(wide, 2)}pt, fit: "contain"'
        image = f"image(read({fixed('images/' + name)}, encoding: none), alt: {fixed(alternative)}, width: {width})"
        return image if alternative else f"pdf.artifact({image})"

    def _alternative(self, node: nodes.Element) -> str:
        """What a picture shows: its ``alt``, or the caption; nothing where an empty one says that it is an ornament."""
        figure = node.parent if isinstance(node.parent, nodes.figure) else None
        caption = figure.next_node(nodes.caption) if figure is not None else None
        # (MyST has an empty one for a picture without any.)
        if node.get("alt") or (caption is None and "alt" in node):
            return str(node["alt"])
        if caption is not None:
            return " ".join(bare(caption).astext().split())
        warn(
            Code.PDF,
            f"the picture {node['uri']} has no alternative text; the PDF has its name instead. Remedy: :alt: and what "
            "it shows, for those who do not see it; an empty one if it is an ornament",
            standing(node),
        )
        return PurePath(node["uri"]).name


def part_name(name: str, number: int) -> str:
    """The file of a piece of a drawing."""
    path = PurePath(name)
    return f"{path.stem}-{number}{path.suffix}"


def _is_alone(node: nodes.Element) -> bool:
    """Whether an image has no words beside it."""
    return not isinstance(node.parent, nodes.TextElement) or len(node.parent.children) == 1


def _in_the_flow(node: nodes.Element) -> bool:
    """Whether what stands by itself does so on the page, and not within something else."""
    above = node.parent if not isinstance(node.parent, nodes.paragraph) else node.parent.parent
    return isinstance(above, (nodes.document, nodes.section, addnodes.start_of_file))
