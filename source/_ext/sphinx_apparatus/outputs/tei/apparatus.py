"""Variants and their witnesses: a critical apparatus by double end-points (TEI P5, 13.2.2), which may overlap.

Each ``app`` names the anchors between which its lemma stands.  ``wit`` points at the witnesses;
the element of that name has the sigla as they are printed, with hands and families.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.witness import Reading, base, having_lemma
from sphinx_apparatus.outputs.tei.xml import bibl_id, element, text

#: What a mark before a reading means, as ``type`` of ``rdg``.
MARKS = {"om.": "omission", "add.": "addition", "transp.": "transposition", "del.": "deletion"}

#: What is known of a witness, in its order.
FIELDS = ("name", "repository", "hand", "date", "family", "extent")


def witness_id(text_siglum: str, siglum: str) -> str:
    """The name of a witness: ``w.C.O``."""
    return f"w.{text_siglum}.{bibl_id(siglum)[2:]}"


def witnesses(edition: Edition, siglum: str) -> str:
    """The list of the witnesses of a text, and of the families that have a siglum only; empty without any."""
    own = edition.witnesses_of(siglum)
    made = [
        element(
            "witness",
            element("abbr", text(witness.siglum), type_="siglum"),
            *(element("note", text(said), type_=name) for name in FIELDS if (said := getattr(witness, name))),
            xml__id=witness_id(siglum, witness.siglum),
            n=witness.siglum,
        )
        for witness in own.values()
    ]
    for family in dict.fromkeys(one.family for one in own.values() if one.family and one.family not in own):
        label = element("abbr", text(family), type_="family")
        made.append(element("witness", label, xml__id=witness_id(siglum, family), n=family))
    return element("listWit", *made) if made else ""


def apparatus(edition: Edition, siglum: str, file: str = "") -> str:
    """The apparatus of a text; empty without variants."""
    made = "".join(_app(edition, one, file) for one in edition.of_text(siglum) if one.layer.varies)
    return element("listApp", made) if made else ""


def _app(edition: Edition, said: Annotation, file: str) -> str:
    try:
        readings = edition.readings(said.id)
    except ModelError:
        return ""  # a reading names no witness, which was told; the annotation has it as it was written
    # What repeats the lemma, or has no words, says who has the lemma, or whose it is.
    own = [one for one in readings if not one.mark and one.words in ("", said.lemma)]
    having = tuple(siglum for one in own for siglum in one.witnesses)
    having = having or having_lemma(readings, edition.witnesses_of(said.siglum))
    author = "; ".join(one.author for one in own if one.author)
    return element(
        "app",
        element("lem", text(said.lemma), wit=_pointers(having, said.siglum, file), type_="conjecture" * bool(author)),
        element("wit", text(" ".join(having))) if having else "",
        element("note", text(author), type_="author") if author else "",
        *(piece for reading in readings if reading not in own for piece in _reading(reading, said.siglum, file)),
        xml__id=f"app.{said.id}",
        from_=f"{file}#{said.id}.start",
        to=f"{file}#{said.id}.end",
        corresp=f"{file}#{said.id}",
    )


def _pointers(sigla: Iterable[str], siglum: str, file: str) -> str:
    return " ".join(dict.fromkeys(f"{file}#{witness_id(siglum, base(one))}" for one in sigla))


def _reading(reading: Reading, siglum: str, file: str) -> Iterator[str]:
    kind = MARKS.get(reading.mark, "conjecture" if reading.author and not reading.witnesses else "")
    yield element("rdg", text(reading.words), wit=_pointers(reading.witnesses, siglum, file), type_=kind)
    if reading.witnesses:
        yield element("wit", text(" ".join(reading.witnesses)))
    if reading.author:
        yield element("note", text(reading.author), type_="author")
    if reading.remark:
        yield element("note", text(reading.remark), type_="remark")
