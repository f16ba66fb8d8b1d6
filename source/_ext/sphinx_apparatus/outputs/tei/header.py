"""The header: what the file is, whose it is, from what, by which rules, and what changed."""

from __future__ import annotations

from collections.abc import Iterable

from sphinx_apparatus.model.annotation import Annotation
from sphinx_apparatus.model.history import in_order
from sphinx_apparatus.model.taxonomy import KINDS, LAYERS, Evidence, Layer
from sphinx_apparatus.model.text import TextRecord
from sphinx_apparatus.outputs import rights
from sphinx_apparatus.outputs.material import Material
from sphinx_apparatus.outputs.tei.apparatus import witnesses
from sphinx_apparatus.outputs.tei.body import editor_id
from sphinx_apparatus.outputs.tei.declared import declared
from sphinx_apparatus.outputs.tei.notes import Notes
from sphinx_apparatus.outputs.tei.xml import NOT_XML, bibl_id, character_id, element, text
from sphinx_apparatus.sphinx_ext.locale import _

#: How a text is encoded.
RULES = (
    "The text is verbatim: all white space in the division of type text is the text’s, and what is left of it "
    "without corr, anchor, lb and milestone is the file, whose checksum the source description has. Emendations "
    "stand where they are made; lemmata, which may overlap, are pointed at from the annotations."
)


def header(material: Material, notes: Notes, title: str, source: str, found: Iterable[str], *, full: bool) -> str:
    """The header of a file; ``source`` is its ``sourceDesc``, ``found`` are strings whose characters it declares.

    A text within a corpus leaves to the corpus what holds for all (``full`` is false).
    """
    encoding = _encoding(material, notes, found) if full else ""
    return element(
        "teiHeader",
        element("fileDesc", _title(material, title, full=full), _edition(material), _publication(material), source),
        encoding,
        _revisions(material) if full else "",
    )


def _title(material: Material, title: str, *, full: bool) -> str:
    imprint = material.edition.imprint
    editors = [
        element(
            "respStmt",
            element("resp", text(_("annotations"))),
            element("name", text(name)),
            xml__id=editor_id(key),
            n=key,
        )
        for key, name in material.edition.editors.items()
    ]
    return element(
        "titleStmt",
        element("title", text(title)),
        element("editor", text(imprint.editors)) if imprint.editors else "",
        *(editors if full else ()),
    )


def _edition(material: Material) -> str:
    version = material.edition.imprint.version
    return element("editionStmt", element("edition", text(_("Version {version}").format(version=version)), n=version))


def _publication(material: Material) -> str:
    imprint = material.edition.imprint
    own, quoted = text(rights.of_annotations(imprint)), element("p", text(rights.of_texts()))
    layers = (element("licence", element("p", own), target=imprint.licence), element("licence", quoted))
    return element(
        "publicationStmt",
        element("publisher", text(imprint.editors or imprint.title)),
        element("date", imprint.released.isoformat(), when=imprint.released.isoformat()),
        element("idno", text(imprint.base_url), type_="URL") if imprint.base_url else "",
        element("idno", text(imprint.doi), type_="DOI") if imprint.doi else "",
        element("availability", *(layers if imprint.licence else (quoted,))),
    )


def source_of(material: Material, record: TextRecord) -> str:
    """Where a text is from: its works, its file and checksum."""
    text_file = element(
        "bibl",
        element("title", text(record.text.filename), type_="file"),
        element("idno", record.text.sha256, type_="SHA-256"),
        element("idno", text(record.docname), type_="page"),
        element("textLang", mainLang=record.language),
        *(element("note", text(value), type_="option", subtype=name) for name, value in declared(record).items()),
        type_="file",
    )
    works = [element("bibl", element("ref", text(record.source), target=f"#{bibl_id(record.source)}"), n=record.source,
                     type_="source")] if record.source else []  # fmt: skip
    works += [
        element(
            "bibl",
            element("ref", text(part.source), target=f"#{bibl_id(part.source)}"),
            element("biblScope", unit="paragraph", from_=str(part.first), to=str(part.last)),
            n=part.source,
            type_="part",
        )
        for part in record.parts
    ]
    listed = witnesses(material.edition, record.text.siglum)
    return element("sourceDesc", element("listBibl", text_file, *works), listed)


def _encoding(material: Material, notes: Notes, found: Iterable[str]) -> str:
    declared = notes.paragraphs(material.declaration)
    rules = element("p", text(_(RULES)))
    return element(
        "encodingDesc",
        element("editorialDecl", element("correction", rules), declared),
        element("classDecl", _taxonomy(material)),
        element("variantEncoding", method="double-end-point", location="external")
        if any(one.layer.varies for one in material.edition.annotations.values())
        else "",
        _characters(found),
    )


def _taxonomy(material: Material) -> str:
    table = material.edition.taxonomy
    made = [
        element(
            "category",
            element("catDesc", text(_(layer.name))),
            *(
                # What the edition has named itself is told by these words; of ours they are in its language.
                element(
                    "category",
                    element("catDesc", text(_(kind.plural) if kind in KINDS else kind.plural)),
                    xml__id=f"kind.{kind.name}",
                )
                for kind in table.kinds_of(layer)
            ),
            xml__id=f"layer.{layer.name}",
            **({} if layer in LAYERS else {"n": layer.plural, "style": _style(layer)}),
        )
        for layer in table.layers
    ]
    rests = [
        element("category", element("catDesc", text(_(one.value))), xml__id=f"evidence.{one.value}")
        for one in Evidence
        if one
    ]
    evidence = element("category", element("catDesc", text(_("evidence"))), *rests)
    return element("taxonomy", *made, evidence, xml__id="taxonomy")


def _style(layer: Layer) -> str:
    """How the lemmata of a layer of the edition's own are marked, as CSS."""
    light, dark = layer.color
    return f"color: light-dark({light}, {dark}); text-decoration: underline {layer.line}"


def _characters(found: Iterable[str]) -> str:
    lacking = sorted({character for string in found for character in NOT_XML.findall(string)})
    chars = [
        element("char", element("localProp", name="code-point", value=f"U+{ord(one):04X}"), xml__id=character_id(one))
        for one in lacking
    ]
    return element("charDecl", *chars) if chars else ""


def _revisions(material: Material) -> str:
    """What each version added, changed and withdrew, from the register; the newest first."""
    edition = material.edition
    new: dict[str, list[str]] = {}
    changed: dict[str, list[str]] = {}
    for identifier, history in edition.register.items():
        new.setdefault(history.since, []).append(identifier)
        for version in history.changed:
            changed.setdefault(version, []).append(identifier)
    withdrawn: dict[str, dict[str, str]] = {}
    for stone in edition.tombstones.values():
        withdrawn.setdefault(stone.version, {})[stone.id] = stone.reason
    versions = list(dict.fromkeys((*new, *changed, *withdrawn, edition.imprint.version)))
    made = []
    for version in reversed(versions):
        said = [
            f"{label}: {', '.join(in_order(ids))}."
            for label, ids in (
                (_("New"), new.get(version)),
                (_("Changed"), changed.get(version)),
                (_("Withdrawn"), withdrawn.get(version)),
            )
            if ids
        ]
        day = edition.imprint.released.isoformat() if version == edition.imprint.version else None
        words = text(" ".join((_("Version {version}").format(version=version) + ".", *said)))
        reasons = [element("item", text(reason), n=one) for one, reason in withdrawn.get(version, {}).items()]
        stones = element("list", *reasons, type_="withdrawn") if reasons else ""
        made.append(element("change", words, stones, n=version, when=day))
    return element("revisionDesc", *made)


def strings(annotations: Iterable[Annotation], record: TextRecord) -> list[str]:
    """Where characters may stand that XML cannot hold."""
    found = [record.text.string]
    for one in annotations:
        found += (one.reading or "", one.selector.quote, one.selector.prefix, one.selector.suffix, one.short)
    return found
