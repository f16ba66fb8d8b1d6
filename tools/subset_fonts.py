"""Make the edition's font of Hangul and hanja: the characters the edition has, and no others.

    python tools/subset_fonts.py NotoSerifCJK-Regular.ttc

Noto Serif CJK is in Debian's ``fonts-noto-cjk``, and at https://github.com/notofonts/noto-cjk.
The subset goes to ``source/fonts`` for the PDF and, as WOFF2, to ``source/_static/fonts`` for
the pages; the licence (SIL Open Font License 1.1) lies beside each.  Needs ``fonttools`` and
``brotli``.  The same characters from the same font give the same bytes.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
FAMILY = "Edition Hangul"

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


def main(arguments: list[str]) -> int:
    """Make the fonts; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("font", type=Path, help="Noto Serif CJK (a .ttc or .otf file)")
    given = parser.parse_args(arguments)
    wanted = characters(ROOT)
    targets = [ROOT / "source/fonts/EditionHangul.otf", ROOT / "source/_static/fonts/EditionHangul.woff2"]
    subset(given.font, wanted, targets)
    for target in targets:
        print(f"{target.relative_to(ROOT)}: {len(wanted)} characters, {target.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
