"""The page of a released state: what an annotation said in a version, and what the next one changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from sphinx_apparatus.bibliography import items
from sphinx_apparatus.model.entry import abridged
from sphinx_apparatus.model.reference import CORRECTIONS
from sphinx_apparatus.outputs.citations import metadata, schema, states
from sphinx_apparatus.outputs.citations.described import Described
from sphinx_apparatus.outputs.citations.describer import Describer
from sphinx_apparatus.sphinx_ext.locale import _


def describe_state(says: Describer, siglum: str, identifier: str, number: int) -> Described:
    """A released state, counted from 0, and what the next one changed."""
    edition, known = says.edition, says.edition.states[identifier]
    before, state = known[number - 1] if number else None, known[number]
    following = known[number + 1] if number + 1 < len(known) else None
    own, path, words = f"{CORRECTIONS}/{identifier}", states.path_of(state), states.words_of(state)
    # As in all titles, what a style may set a full stop to is no reading.
    title = f"{identifier}: {words} ({_('as of version {version}').format(version=state.version)})"
    today = edition.annotations.get(identifier)
    then = replace(says.imprint, version=state.version, released=date.fromisoformat(state.released))
    writer = edition.contributors.get(state.editor)
    name = writer.csl if writer and (writer.family or state.editor != edition.default_editor) else None
    item = items.state_item(then, state, title, says.uri(path), name)
    note = states.note(state, edition.works)
    data = schema.state_data(then, item, state, note, says.imprint.address(says.uri(own)))
    around = [says.href(path, states.path_of(one)) if one else "" for one in (before, following)]
    return Described(
        "state.html",
        path,
        item,
        title=f"{states.as_of(state)}: {words}",
        description=_("What {id} said in version {version}.").format(id=identifier, version=state.version)
        + " "
        + abridged(note, 160),
        siglum=siglum,
        target=f"{identifier} {state.version}",
        head=schema.json_ld(data) + metadata.versions(says.href(path, own), *around),
        kind=data["@type"],
        ours=True,
        exported=False,
        context={
            "state": state,
            "said": states.said(state, edition.works),
            "changes": states.changes(state, following, edition.works) if following else [],
            "next_state": following,
            "next_href": around[1],
            "annotation_href": says.href(path, own),
            "current": today is not None and today.digest == state.digest,
        },
    )
