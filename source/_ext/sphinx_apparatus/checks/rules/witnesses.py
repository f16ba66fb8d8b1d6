"""Every reading has a witness that is known, and every witness a text."""

from __future__ import annotations

from collections.abc import Iterator

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.checks.findings import Finding, Where
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.reference import ModelError
from sphinx_apparatus.model.witness import doubt


def check(edition: Edition) -> Iterator[Finding]:
    """Find readings without a witness, witnesses named twice in a variant, witnesses of no text."""
    for witness in edition.witnesses.values():
        if witness.text not in edition.texts and witness.text not in edition.unread:
            yield Finding(
                Code.WITNESS,
                f"{witness.siglum}: there is no text {witness.text}; mend :text:",
                Where(witness.docname, witness.line),
            )
    for annotation in edition.annotations.values():
        if not annotation.layer.varies:
            continue
        where = Where(annotation.docname, annotation.line)
        try:
            readings = edition.readings(annotation.id)
        except ModelError as error:
            yield Finding(Code.WITNESS, f"{annotation.id}: {error}", where)
            continue
        sigla = edition.sigla_of(annotation.siglum)
        for said in filter(None, (doubt(reading, annotation.lemma, sigla) for reading in readings)):
            yield Finding(Code.WITNESS, f"{annotation.id}: {said}", where)
        named = [siglum for reading in readings for siglum in reading.witnesses]
        twice = sorted({siglum for siglum in named if named.count(siglum) > 1})
        if twice:
            yield Finding(Code.WITNESS, f"{annotation.id}: {', '.join(twice)} has two readings of one lemma", where)
