"""Make the fonts of the pages and of the book.

    python tools/subset_fonts.py NotoSerifCJK-Regular.ttc
    python tools/subset_fonts.py SourceSerif4Variable-Roman.otf SourceSerif4Variable-Italic.otf

Of Noto Serif CJK (in Debian's ``fonts-noto-cjk``, and at https://github.com/notofonts/noto-cjk) the
Hangul and hanja that the edition has, and no others: to ``source/fonts`` for the PDF and, as WOFF2,
to ``source/_static/fonts``.  Of Source Serif 4 (``npm pack source-serif@4.5.1``, in its folder
``VAR``) the letters and features of a reading page, with the superior and the old-style figures,
which the files on offer elsewhere lack: to the extension's ``static/fonts``.  The licence (SIL Open
Font License 1.1) lies beside each.  Needs ``fonttools`` and ``brotli``.  The same characters from
the same font give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
FAMILY = "Edition Hangul"
SERIF = "Edition Serif"

#: Where the edition's characters are written.
WRITTEN = ("source/**/*.md", "source/*.toml", "source/*.py", "source/*.json", "bib/*.bib", "seeds/*.txt")

#: Scripts this font is for: Hangul, hanja, and their punctuation.  (What else the edition
#: has, the fonts in the wheel of Typst have, too.)
_SCRIPT = re.compile(
    "[\u1100-\u11ff\u3000-\u303f\u3130-\u318f\u3400-\u4dbf\u4e00-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\uff01-\uff60]"
)


def characters(root: Path) -> list[str]:
    """The characters of the scripts in the edition's files, sorted."""
    found: set[str] = set()
    for pattern in WRITTEN:
        for path in root.glob(pattern):
            if "_ext" not in path.parts:
                found.update(_SCRIPT.findall(path.read_text("utf-8")))
    return sorted(found)


def subset(source: Path, wanted: Iterable[str], targets: Iterable[Path]) -> None:
    """Write the subset of a font, named `FAMILY`, to each target; the suffix tells the form."""
    from fontTools import subset as tool
    from fontTools.ttLib import TTCollection, TTFont

    number = 0
    if source.suffix == ".ttc":
        names = [font["name"].getDebugName(1) for font in TTCollection(str(source)).fonts]
        number = next((n for n, name in enumerate(names) if name.endswith(" KR")), 0)
    for target in targets:
        font = TTFont(str(source), fontNumber=number, recalcTimestamp=False)
        options = tool.Options(
            layout_features=[], name_IDs=["*"], notdef_outline=True, hinting=False, desubroutinize=True
        )
        chooser = tool.Subsetter(options)
        chooser.populate(text="".join(wanted))
        chooser.subset(font)
        for record in list(font["name"].names):
            if record.nameID in (1, 4, 16):
                record.string = FAMILY
            elif record.nameID == 6:
                record.string = FAMILY.replace(" ", "")
            elif record.nameID in (3, 17, 18, 21, 22, 25):
                font["name"].removeNames(record.nameID)
        if "CFF " in font:
            table = font["CFF "].cff
            table.fontNames[0] = FAMILY.replace(" ", "")
            table.topDictIndex[0].FullName = table.topDictIndex[0].FamilyName = FAMILY
        font.flavor = "woff2" if target.suffix == ".woff2" else None
        target.parent.mkdir(parents=True, exist_ok=True)
        font.save(str(target), reorderTables=False)


#: What a reading page sets in Source Serif: Latin, its punctuation, superior and inferior figures.
_LATIN = (
    *range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2B0, 0x300), *range(0x300, 0x370), *range(0x1E00, 0x1F00),
    *range(0x2010, 0x2060), *range(0x2070, 0x20A0), *range(0x20A0, 0x20C1), 0x2116, 0x2122, *range(0x2190, 0x219A),
    0x2212, 0x2260, 0x2264, 0x2265, 0x25CF, 0x25CB, 0x2715, 0x203F, 0x2038,
)  # fmt: skip

#: Small capitals, superior, old-style and tabular figures, and what letters need to stand well.
_FEATURES = (
    "ccmp",
    "locl",
    "mark",
    "mkmk",
    "kern",
    "liga",
    "onum",
    "lnum",
    "pnum",
    "tnum",
    "sups",
    "smcp",
    "c2sc",
    "case",
)


def serif(source: Path, target: Path) -> None:
    """Write a subset of Source Serif 4: weights 400 to 700, one optical size."""
    from fontTools import subset as tool
    from fontTools.ttLib import TTFont
    from fontTools.varLib import instancer

    font = TTFont(str(source), recalcTimestamp=False)
    axes = {axis.axisTag for axis in font["fvar"].axes}
    font = instancer.instantiateVariableFont(font, {"wght": (400, 700), **({"opsz": 14} if "opsz" in axes else {})})
    options = tool.Options(layout_features=list(_FEATURES), notdef_outline=True, hinting=False, desubroutinize=True)
    chooser = tool.Subsetter(options)
    chooser.populate(unicodes=_LATIN)
    chooser.subset(font)
    # "Source" is a reserved name (OFL 1.1, 3): what is changed has another.
    for record in list(font["name"].names):
        if record.nameID in (1, 4, 16):
            record.string = SERIF
        elif record.nameID == 6:
            record.string = SERIF.replace(" ", "")
        elif record.nameID in (3, 17, 18, 21, 22, 25):
            font["name"].removeNames(record.nameID)
    font.flavor = "woff2"
    font.save(str(target), reorderTables=False)


def main(arguments: list[str]) -> int:
    """Make the fonts; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("font", type=Path, nargs="+", help="Noto Serif CJK, or the two files of Source Serif 4")
    given = parser.parse_args(arguments)
    for source in [font for font in given.font if "SourceSerif" in font.name]:
        style = "italic" if "Italic" in source.name else "roman"
        target = ROOT / f"source/_ext/sphinx_apparatus/static/fonts/edition-{style}.woff2"
        serif(source, target)
        print(f"{target.relative_to(ROOT)}: {target.stat().st_size} bytes")
    noto = next((font for font in given.font if "SourceSerif" not in font.name), None)
    if noto is None:
        return 0
    wanted = characters(ROOT)
    targets = [ROOT / "source/fonts/EditionHangul.otf", ROOT / "source/_static/fonts/EditionHangul.woff2"]
    subset(noto, wanted, targets)
    for target in targets:
        print(f"{target.relative_to(ROOT)}: {len(wanted)} characters, {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
