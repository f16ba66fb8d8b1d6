"""What can only be checked when every page is read; and which pages a change reaches."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from docutils.nodes import document
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains import Domain
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.addresses import CORRECTIONS
from sphinx_apparatus.diagnostics import Diagnostic, place
from sphinx_apparatus.register import RegisterError, missing, read_register
from sphinx_apparatus.relations import LABELS, beside
from sphinx_apparatus.texts import TextError, read_checksums, verify


def verify_texts(app: Sphinx, env: BuildEnvironment, docnames: list[str]) -> None:
    """Stop the build if a text is no longer the text it was (``env-before-read-docs``).

    Every file that SHA256SUMS lists is read at every build, changed pages or not.  The
    build ends with status 2 and the message.
    """
    directory = Path(app.srcdir, app.config.apparatus_text_dir)
    sums = directory / "SHA256SUMS"
    if not sums.exists():
        return
    try:
        for filename, expected in read_checksums(sums).items():
            if (directory / filename).exists():
                verify(directory / filename, expected)
    except TextError as error:
        Diagnostic.TEXT_CHECKSUM.stop(str(error), place(sums))


def check(app: Sphinx, env: BuildEnvironment) -> None:
    """Warn of dead relations, uncited works and lost ids (``env-check-consistency``)."""
    domain: Any = env.domains["ed"]
    for annotation in domain.annotations.values():
        for kind in LABELS:
            for target in getattr(annotation.relations, kind):
                if domain.locate(target) is None:
                    Diagnostic.UNRESOLVED.warn(
                        f"{annotation.id}: :{kind}: names {target}, which is not there",
                        (annotation.docname, annotation.line),
                    )
    _check_bibliography(env)
    _check_register(app, domain)


def _check_bibliography(env: BuildEnvironment) -> None:
    cite: Any = env.get_domain("cite")
    cited = {target.key for reference in cite.citation_refs for target in reference.targets}
    for path, file in cite.bibdata.bibfiles.items():
        for key in file.keys:
            if key not in cited:
                Diagnostic.UNCITED.warn(f"{key} is in the bibliography, and nothing cites it", place(path, f"{{{key},"))


def _check_register(app: Sphinx, domain: Any) -> None:
    path = Path(app.srcdir, app.config.apparatus_register)
    if not path.exists():
        return
    try:
        register = read_register(path)
    except RegisterError as error:
        Diagnostic.REGISTER.warn(str(error), place(path))
        return
    for identifier in missing(register, domain.annotations, domain.tombstones):
        Diagnostic.REGISTER.warn(
            f"{identifier} was published in {register[identifier].since} and is gone; restore it, or withdraw it "
            f"with ed:tombstone {identifier}",
            place(path, f'"{identifier}"'),
        )


def warn_unresolved(app: Sphinx, domain: Domain, node: pending_xref) -> bool | None:
    """Say in our own words what a reference of ours does not find (``warn-missing-reference``)."""
    if node.get("refdomain") != "ed":
        return None
    if node.get("told") or str(node.get("refdoc", "")).startswith(f"{CORRECTIONS}/"):
        return True  # said already, where the relation or the text is
    target = str(node["reftarget"]).replace("-p", " ¶")
    Diagnostic.UNRESOLVED.warn(
        f"{target!r} is neither an annotation nor a passage of this edition (K25, K ¶4), nor known through intersphinx",
        location=node,
    )
    return True


def outdated(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The pages that show what changed on others (``env-updated``)."""
    domain: Any = env.domains["ed"]
    shown = _shown(env, domain)
    before: dict[str, str] = getattr(env, "apparatus_shown", {})
    env.apparatus_shown = shown  # type: ignore[attr-defined]
    return [docname for docname, digest in shown.items() if before.get(docname) != digest and docname in env.all_docs]


def _shown(env: BuildEnvironment, domain: Any) -> dict[str, str]:
    """For each page that shows data of other pages, a hash of that data."""
    shown: dict[str, list[object]] = {}
    for docname, targets in _references(env).items():
        shown.setdefault(docname, []).append(_seen(domain, targets))
    table = beside(domain.annotations)
    for identifier in sorted(table):
        if identifier in domain.annotations:
            around = [_seen(domain, targets) for targets in table[identifier].values()]
            shown.setdefault(domain.annotations[identifier].docname, []).append((identifier, table[identifier], around))
    everything = [
        (a.id, a.digest, a.docname, a.relations, a.matter, a.right, a.cites, a.span)
        for _, a in sorted(domain.annotations.items())
    ]
    for docname in sorted(getattr(env, "apparatus_lists", ())):
        shown.setdefault(docname, []).append((everything, _texts(env, domain)))
    cite: Any = env.get_domain("cite")
    citing = [(a.id, a.docname, a.lemma, a.cites) for _, a in sorted(domain.annotations.items()) if a.cites]
    cited = sorted({target.key for reference in cite.citation_refs for target in reference.targets})
    for key in sorted(getattr(cite, "bibliographies", {})):
        shown.setdefault(key.docname, []).append((citing, cited))
    return {docname: _hash(seen) for docname, seen in shown.items()}


def _seen(domain: Any, targets: Iterable[str]) -> list[object]:
    """What references show of their targets: where they are, and the lemma in the link's title."""
    return [
        (target, domain.locate(target), domain.annotations[target].lemma if target in domain.annotations else "")
        for target in targets
    ]


def _references(env: BuildEnvironment) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = env.__dict__.setdefault("apparatus_references", {})
    return found


def note_references(app: Sphinx, doctree: document) -> None:
    """Remember what a page refers to (``doctree-read``)."""
    targets = {node["reftarget"] for node in doctree.findall(pending_xref) if node.get("refdomain") == "ed"}
    if targets:
        _references(app.env)[app.env.current_document.docname] = tuple(sorted(targets))


def _texts(env: BuildEnvironment, domain: Any) -> list[tuple[str, ...]]:
    """What lists show of the texts themselves, in their order."""
    return [
        (
            siglum,
            record.text.sha256,
            record.docname,
            env.titles[record.docname].astext() if record.docname in env.titles else "",
        )
        for siglum, record in ((siglum, domain.texts[siglum]) for siglum in domain.sigla())
    ]


def _hash(value: object) -> str:
    return hashlib.sha256(repr(value).encode()).hexdigest()


def purge(app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """Forget which lists and references a page has (``env-purge-doc``)."""
    _references(env).pop(docname, None)
    lists: set[str] = getattr(env, "apparatus_lists", set())
    lists.discard(docname)


def merge(app: Sphinx, env: BuildEnvironment, docnames: set[str], other: BuildEnvironment) -> None:
    """Take over what another process read (``env-merge-info``)."""
    _references(env).update({name: targets for name, targets in _references(other).items() if name in docnames})
    mine: set[str] = getattr(env, "apparatus_lists", set())
    env.apparatus_lists = mine | (getattr(other, "apparatus_lists", set()) & set(docnames))  # type: ignore[attr-defined]
