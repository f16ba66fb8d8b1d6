"""What a source for LaTeX has, so that TeX ends without an error: a preamble, and pictures that TeX reads."""

from __future__ import annotations

import unicodedata
from pathlib import Path, PurePath
from typing import Any

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.outputs.pictures import standing, unreadable
from sphinx_apparatus.sphinx_ext.domain import builder_of, domain_of
from sphinx_apparatus.sphinx_ext.warnings import warn

#: For pdflatex, which stops at a character that none of its fonts has: its code point is printed instead, and the log
#: has a warning (``utf8.def`` of LaTeX, *Unicode character not set up*).  And for a citation within a caption, whose
#: link would be torn there.
PREAMBLE = r"""
\makeatletter
\@ifundefined{UTFviii@undefined@err}{}{%
  \def\EdCodePoint#1:#2\relax{U+\UTFviii@hexnumber{\decode@UTFviii#2\relax}}%
  \def\UTFviii@undefined@err#1{%
    \PackageWarning{sphinx-apparatus}{No font has \expandafter\EdCodePoint\string#1\relax; its number is printed}%
    \textless\expandafter\EdCodePoint\string#1\relax\textgreater}%
}
\tracinglostchars=2
\AtBeginDocument{\ifdefined\MakeRobust\MakeRobust\hyperlink\fi}
\makeatother
"""


#: The encodings of fonts (Sphinx, ``latex_elements``, *fontenc*) that have the letters of a script, which is the first
#: word of their names in Unicode.
_ENCODINGS = {"GREEK": ("LGR",), "CYRILLIC": ("X2", "T2A", "T2B", "T2C")}
#: Of Latin letters pdflatex has those up to U+017F but for some, and some others (``t1enc.dfu``, ``ts1enc.dfu``).
_LATIN = frozenset(map(chr, range(0x180))) - frozenset("ĦħĸĿŀŉŦŧſ") | frozenset(
    "ƒǄǅǆǇǈǉǊǋǌǍǎǏǐǑǒǓǔǢǣǦǧǨǩǪǫǰǴǵȘșȚțȲȳȷḂḃḍḞḟḠḡḥḰḱḷṃṅṇṛṣṭẎẏẐẑẞỲỳﬀﬁﬂﬃﬄﬅﬆΩˇ"
)


#: What is shown for control characters (Unicode, block *Control Pictures*); those that are white space are a space.
_CONTROLS = {
    code: " " if chr(code).isspace() else chr(0x2400 + code) for code in range(0x20) if chr(code) not in "\t\n\r"
}
_CONTROLS |= {0x7F: "\u2421", 0x85: " "}


def setup(app: Sphinx) -> None:
    """Add it to what the project says, if the project has a text."""
    app.connect("env-updated", _prepare)
    app.add_post_transform(TexPictures)
    app.add_post_transform(TexFootnotes)
    app.add_post_transform(TexHeadings)
    app.add_post_transform(TexControls)
    app.add_post_transform(TexTargets)
    app.add_post_transform(TexLetters)


class _ForTex(SphinxPostTransform):
    """Of a project with a text, what is written for LaTeX."""

    #: behind what turns a text into paragraphs and notes (800), and what converts pictures
    default_priority = 850

    def is_supported(self) -> bool:
        """Whether LaTeX is written, of an edition."""
        return builder_of(self.env).format == "latex" and bool(domain_of(self.env).texts)


class TexPictures(_ForTex):
    """Pictures that TeX cannot read give way to their alternative text: it would stop at them."""

    def run(self, **kwargs: Any) -> None:
        """Look at all pictures that are files of the project."""
        kinds = (".png", ".jpg", ".jpeg", ".pdf")
        found = [(node, self._file(node)) for node in self.document.findall(nodes.image)]
        known = [path for _node, path in found if path and path.suffix.lower() in kinds]
        bad = unreadable(known)
        for node, path in found:
            # What is in PostScript, TeX has another program convert.
            if path and path not in bad and path.suffix.lower() in (*kinds, ".eps"):
                continue
            warn(
                Code.LATEX,
                f"TeX cannot read the picture {node['uri']}; its alternative text is printed. Remedy: a whole file, "
                "PNG, JPEG, PDF or EPS, or sphinx.ext.imgconverter among the extensions",
                standing(node),
            )
            node.replace_self(nodes.inline("", node.get("alt") or PurePath(node["uri"]).name))

    def _file(self, node: nodes.image) -> Path | None:
        """The file of a picture that LaTeX's builder would take; nothing for one that is elsewhere, or not there."""
        candidates: dict[str, str] = node.get("candidates", {})
        kinds = [*(kind for kind in builder_of(self.env).supported_image_types if kind in candidates), "*"]
        name = next((candidates[kind] for kind in kinds if kind in candidates), None)
        path = Path(self.env.srcdir, name) if name else None
        return path if path and path.is_file() else None


class TexFootnotes(_ForTex):
    """Footnotes called by a sign get numbers: LaTeX's builder writes what calls them where TeX wants a number."""

    #: before LaTeX's builder looks at footnotes (600)
    default_priority = 590

    def run(self, **kwargs: Any) -> None:
        """Number those of each page behind its others."""
        notes = list(self.document.findall(nodes.footnote))
        calls = list(self.document.findall(nodes.footnote_reference))
        for note in notes:
            label = note.next_node(nodes.label)
            if label is None or label.astext().isdecimal():
                continue
            of_page = [other.next_node(nodes.label) for other in notes if other["docname"] == note["docname"]]
            used = [int(other.astext()) for other in of_page if other is not None and other.astext().isdecimal()]
            number = str(max(used, default=0) + 1)
            own = (call for call in calls if call["docname"] == note["docname"] and call.get("refid") in note["ids"])
            for node in (label, *own):
                node.children = [nodes.Text(number)]


class TexHeadings(_ForTex):
    """A heading has no links within the book: contents and running heads repeat it, in capitals some."""

    def run(self, **kwargs: Any) -> None:
        """Look at all headings."""
        for title in self.document.findall(nodes.title):
            for reference in list(title.findall(nodes.reference)):
                if "refid" in reference or reference.get("refuri", "").startswith("%"):
                    reference.replace_self(reference.children)


class TexTargets(_ForTex):
    """A container is a target: LaTeX's builder makes no label of its ids."""

    def run(self, **kwargs: Any) -> None:
        """Look at all containers."""
        for container in self.document.findall(nodes.container):
            if container["ids"] and "literal-block-wrapper" not in container["classes"]:
                container.insert(0, nodes.paragraph("", "", nodes.target("", "", ids=container["ids"])))


class TexControls(_ForTex):
    """Control characters give way to the signs for them, or to a space: TeX has letters, or errors, in their places."""

    def run(self, **kwargs: Any) -> None:
        """Look at all words."""
        for text in list(self.document.findall(nodes.Text)):
            if not isinstance(text.parent, nodes.raw) and not text.isprintable():
                text.parent.replace(text, nodes.Text(text.translate(_CONTROLS)))


class TexLetters(_ForTex):
    """Letters of which pdflatex has no font are told of: their code points are printed."""

    def run(self, **kwargs: Any) -> None:
        """Look at all words."""
        from sphinx.builders.latex.util import ExtBabel

        config = self.config
        if config.latex_engine != "pdflatex":
            return
        encodings = config.latex_elements.get("fontenc", "")
        if ExtBabel(config.language).uses_cyrillic() and config.latex_elements.get("babel", True):
            encodings += " T2A"  # which babel loads by itself
        lost: set[str] = set()
        first: nodes.Node | None = None
        for text in self.document.findall(nodes.Text):
            if isinstance(text.parent, (nodes.raw, nodes.Invisible)):
                continue
            own = {c for c in text if not c.isascii() and c.isalpha() and not _has(c, encodings)}
            if own and first is None:
                first = text.parent
            lost |= own
        if first is not None:
            told = " ".join(f"U+{ord(character):04X}" for character in sorted(lost))
            warn(
                Code.LATEX,
                f"pdflatex has no font for {told}; code points are printed instead. Remedy: latex_engine = 'lualatex' "
                "or 'xelatex', and fonts that have them (latex_elements, 'fontpkg')",
                first,
            )


def _has(letter: str, encodings: str) -> bool:
    """Whether pdflatex has a font for a letter, with fonts of some encodings."""
    name = unicodedata.name(letter, "").split(" ")[0]
    return letter in _LATIN or any(encoding in encodings for encoding in _ENCODINGS.get(name, ()))


def _prepare(app: Sphinx, env: BuildEnvironment) -> None:
    if app.builder.format != "latex" or not domain_of(env).texts:
        return
    from sphinx.builders.latex import LaTeXBuilder  # only where it is in use is it loaded

    if isinstance(app.builder, LaTeXBuilder):
        app.builder.context["preamble"] += PREAMBLE
