"""From what the pages say, the configuration and the files beside it to the edition."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.annotation import Annotation, Relations
from sphinx_apparatus.model.edition import Edition
from sphinx_apparatus.model.history import History
from sphinx_apparatus.model.lines import Lines
from sphinx_apparatus.model.place import canonical
from sphinx_apparatus.model.reference import ModelError, is_target
from sphinx_apparatus.model.relations import LABELS, Astray
from sphinx_apparatus.model.taxonomy import Taxonomy
from sphinx_apparatus.sphinx_ext.imprint import contributors, imprint
from sphinx_apparatus.sphinx_ext.locale import _
from sphinx_apparatus.sphinx_ext.warnings import place, warn
from sphinx_apparatus.stores.lines import LinesFileError, read_lines
from sphinx_apparatus.stores.pages import Pages, PagesError, read_places
from sphinx_apparatus.stores.register import RegisterError, read_register
from sphinx_apparatus.stores.states import Released, StatesError, read_states

if TYPE_CHECKING:
    from sphinx_apparatus.sphinx_ext.domain import ApparatusDomain


def gather(domain: ApparatusDomain) -> Edition:
    """Make the edition.  A file that cannot be read is warned of, and left out."""
    env = domain.env
    order = {docname: number for number, docname in enumerate(_toctree_order(env))}
    sigla = sorted(domain.texts, key=lambda s: (order.get(domain.texts[s].docname, len(order)), s))
    register = Path(env.srcdir, env.config.apparatus_register)
    pages = _pages(env)
    placed, astray = _placed(domain)
    released = _released(Path(env.srcdir, env.config.apparatus_states))
    return Edition(
        imprint=imprint(env.config),
        texts={siglum: domain.texts[siglum] for siglum in sigla},
        annotations=_in_order(placed, sigla),
        astray=tuple(astray),
        tombstones=dict(sorted(domain.tombstones.items())),
        titles={siglum: _title(env, siglum, domain.texts[siglum].docname) for siglum in sigla},
        taxonomy=taxonomy(env),
        contributors=contributors(env.config),
        default_editor=env.config.apparatus_default_editor,
        translated=dict(domain.translated),
        works=dict(domain.works),
        register=_register(register),
        register_path=str(register),
        states=released.states,
        releases=released.days,
        places=pages.places,
        lines=pages.lines,
        kept_lines=_kept_lines(domain),
        witnesses=dict(domain.witnesses),
        positive=env.config.apparatus_positive,
        verse=str(_("l. {number}")),
        unread=frozenset(siglum for page in domain.pages.values() for siglum in page.unread),
    )


def _placed(domain: ApparatusDomain) -> tuple[list[Annotation], list[Astray]]:
    """The annotations, passages that they name by a scheme named by their paragraphs; and names that lead nowhere."""
    placed, astray = [], []
    for annotation in domain.annotations.values():
        named = {kind: getattr(annotation.relations, kind) for kind in LABELS}
        plain: dict[str, tuple[str, ...]] = {}
        for kind, targets in named.items():
            found = [(target, canonical(target, domain.texts)) for target in targets]
            plain[kind] = tuple(one for _target, one in found if is_target(one))
            astray += [Astray(annotation.id, kind, target) for target, one in found if not is_target(one)]
        placed.append(annotation if plain == named else replace(annotation, relations=Relations(**plain)))
    return placed, astray


def _in_order(annotations: Iterable[Annotation], sigla: Sequence[str]) -> dict[str, Annotation]:
    """The annotations text by text as a reader meets them, in whatever order the pages were read."""
    groups: dict[str, list[Annotation]] = {siglum: [] for siglum in sigla}
    for annotation in annotations:
        groups.setdefault(annotation.siglum, []).append(annotation)
    return {one.id: one for group in groups.values() for one in sorted(group, key=lambda one: one.order)}


def taxonomy(env: BuildEnvironment) -> Taxonomy:
    """The layers and kinds, with those the configuration adds; a fault in it was told at the beginning."""
    found = Taxonomy()
    with suppress(ModelError):
        found = found.with_layers(env.config.apparatus_layers)
    with suppress(ModelError):
        found = found.extended(env.config.apparatus_kinds)
    return found


def places_path(env: BuildEnvironment) -> Path | None:
    """The file of print references, if the configuration names one."""
    return Path(env.srcdir, env.config.apparatus_places) if env.config.apparatus_places else None


def _pages(env: BuildEnvironment) -> Pages:
    path = places_path(env)
    if path is None:
        return Pages()
    try:
        return read_places(path)
    except PagesError as error:
        warn(Code.CONFIG, str(error), place(path))
        return Pages()


def _kept_lines(domain: ApparatusDomain) -> dict[str, Lines]:
    """The lines of the texts that have some on disk; of what is wrong is warned, and lines by rule are used."""
    env = domain.env
    path = Path(env.srcdir, env.config.apparatus_lines)
    found: dict[str, Lines] = {}
    try:
        kept = read_lines(path)
    except LinesFileError as error:
        warn(Code.LINES, str(error), place(path))
        return found
    for siglum, record in domain.texts.items():
        try:
            lines = kept.of(record.text)
        except LinesFileError as error:
            warn(Code.LINES, str(error), place(path, f'"{siglum}"'))
            continue
        if lines is not None:
            found[siglum] = lines
    return found


def _register(path: Path) -> dict[str, History]:
    if not path.exists():
        return {}
    try:
        return read_register(path)
    except RegisterError as error:
        warn(Code.REGISTER, str(error), place(path))
        return {}


def _released(folder: Path) -> Released:
    try:
        return read_states(folder)
    except StatesError as error:
        warn(Code.REGISTER, str(error), place(folder))
        return Released({}, {})


def _title(env: BuildEnvironment, siglum: str, docname: str) -> str:
    """The title of the page of a text; a siglum before it (``K: A title``) is not of it."""
    title = env.titles.get(docname)
    words: str = docname if title is None else title.astext()
    return re.sub(rf"^{re.escape(siglum)}[.:]\s", "", words).strip()


def _toctree_order(env: BuildEnvironment) -> list[str]:
    """Page names, depth first from the root of the table of contents."""
    seen: dict[str, None] = {}
    stack = [env.config.root_doc]
    while stack:
        docname = stack.pop()
        if docname not in seen:
            seen[docname] = None
            stack.extend(reversed(env.toctree_includes.get(docname, [])))
    return list(seen)
