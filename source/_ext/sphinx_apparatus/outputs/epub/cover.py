"""The cover of an e-book: title, editors and version, set by Typst."""

from __future__ import annotations

import tempfile
from pathlib import Path

from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.outputs.print.literal import literal
from sphinx_apparatus.sphinx_ext.locale import _ as translated

_SOURCE = """#set page(width: 6in, height: 9in, margin: 0.7in, fill: rgb("#fbf8f1"))
#set text(font: "Libertinus Serif", fill: rgb("#2a2118"), size: 16pt, lang: {language})
#set par(leading: 0.5em)
#v(1.2fr)
#line(length: 100%, stroke: 1.2pt + rgb("#a3152a"))
#v(0.8em)
#text(size: 40pt)[#{title}]
#v(0.6em)
#text(size: 20pt, style: "italic")[#{subtitle}]
#v(0.8em)
#line(length: 100%, stroke: 1.2pt + rgb("#a3152a"))
#v(2fr)
#{editors}
#v(0.2em)
#text(size: 13pt)[#{version}]
"""


def cover(imprint: Imprint) -> bytes | None:
    """A PNG of 1,200 by 1,800 pixels; nothing where Typst cannot set it."""
    import typst

    title, _, subtitle = imprint.title.partition(": ")
    said = {
        "language": imprint.language.partition("-")[0],
        "title": title,
        "subtitle": subtitle,
        "editors": imprint.editors,
        "version": translated("Version {version}").format(version=imprint.version),
    }
    with tempfile.TemporaryDirectory() as folder:
        main = Path(folder, "cover.typ")
        main.write_text(_SOURCE.format(**{name: literal(words) for name, words in said.items()}), "utf-8")
        fonts = typst.Fonts(include_system_fonts=False)
        try:
            image = typst.Compiler(str(main), root=folder, font_paths=fonts, ignore_system_fonts=True).compile(
                format="png", ppi=200
            )
        except typst.TypstError:
            return None
    return image if isinstance(image, bytes) else None
