"""What is empty, and what stands in another's place: groups and substitutes as the Citation Style Language asks.

Put into the classes of `citeproc.model` by `sphinx_apparatus.bibliography.mending`.  Upstream asks the children
of a group which variables they call, and not theirs, and forgets what a macro has put in the place of names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

#: Variables of names that upstream does not know for such (CSL 1.0.2, appendix IV, "Name Variables").
NAMES = (
    "chair", "compiler", "contributor", "curator", "director", "editor_translator", "executive_producer", "guest",
    "host", "introduction", "narrator", "organizer", "performer", "producer", "reviewed_author", "script_writer",
    "series_creator",
)  # fmt: skip

#: What may stand in the place of names.
_SUBSTITUTES = frozenset(
    {
        "title", "container-title", "editor", "translator", "container-author", "collection-editor",
        "editorial-director", "composer", "edition", "number", "publisher",
        *(name.replace("_", "-") for name in NAMES),
    }
)  # fmt: skip


class _Tally:
    """Which variables have been asked for, and which of them said something, since it was begun."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.said: set[str] = set()


#: The tallies that are kept, the innermost last; and the names in whose place something is set.
_tallies: list[_Tally] = []
_replaced: list[Any] = []


def _suppressed(reference: Any) -> set[str]:
    """The variables of an item that stand in another's place and nowhere else; conditions know them still."""
    found: set[str] = reference.__dict__.setdefault("apparatus_suppressed", set())
    return found


@contextmanager
def _without(reference: Any, variables: list[str]) -> Iterator[None]:
    """An item without those of the variables that are suppressed."""
    gone = [one for one in variables if one in _suppressed(reference)]
    names = {one.replace("-", "_") for one in gone} | set(gone)
    taken = {name: reference.pop(name) for name in names if name in reference}
    try:
        yield
    finally:
        reference.update(taken)


def told(process: Any) -> Any:
    """Have an element tell the tallies which variable it asks for, and whether it says something."""

    def processed(self: Any, item: Any, *arguments: Any, **kwargs: Any) -> Any:
        kind = str(self.tag).rpartition("}")[2]
        variables = self.get("variable", "").split()
        if kind == "names" and kwargs.get("names_context") is None and _replaced and self.name is None:
            kwargs["names_context"] = _replaced[-1]
        counted = kwargs.get("variable") is None  # a date in the form of a locale is asked for twice
        if counted:
            for tally in _tallies[-1:]:
                tally.asked.update(set(variables) - {"year-suffix"})
        with _without(item.reference, variables):
            made = process(self, item, *arguments, **kwargs)
        if counted and (made[0] if isinstance(made, tuple) else made):
            for tally in _tallies[-1:]:
                tally.said.update([""] if self.get("macro") else variables)
        return made

    return processed


def _kept(function: Any) -> tuple[_Tally, Any]:
    """What a function returns, and the tally of it, which is added to the one around it."""
    tally = _Tally()
    _tallies.append(tally)
    try:
        return tally, function()
    finally:
        _tallies.pop()
        for outer in _tallies[-1:]:
            outer.asked |= tally.asked
            outer.said |= tally.said


def group(self: Any, item: Any, context: Any = None, **kwargs: Any) -> Any:
    """The children, unless all variables that they ask for are empty.

    "cs:group implicitly acts as a conditional: it and its child elements are suppressed if at least one
    rendering element in it calls a variable, and all variables that are called are empty."  A group or a
    macro in it that is not empty counts as a variable that is not.  Upstream asks the children, and not theirs.
    """
    from citeproc.model import Choose
    from citeproc.source import VariableError

    def children() -> list[Any]:
        output = []
        for child in self.iterchildren():
            extra = {"delimiter": self.get("delimiter", "")} if isinstance(child, Choose) else {}
            try:
                made = child.render(item, context=context, **extra, **kwargs)
            except VariableError:
                continue
            if made is not None:
                output.append(made)
        return output

    tally, output = _kept(children)
    if output and (tally.said or not tally.asked):
        for outer in _tallies[-1:]:
            outer.said.add("")
        return self.join(output)
    raise VariableError


def substitute(self: Any, item: Any, context: Any = None, **kwargs: Any) -> Any:
    """The first that is there in the place of names, which then is nowhere else.

    "Substituted variables are suppressed in the rest of the output": upstream forgets those that a macro
    renders, so that a title, or editors, come twice; and it knows the form of the names that are replaced
    only in the children.
    """
    from citeproc.source import VariableError

    for child in self:
        _replaced.append(self.getparent())
        try:
            tally, text = _kept(lambda child=child: child.render(item, context=context, **kwargs))
        except VariableError:
            continue
        finally:
            _replaced.pop()
        if text:
            for variable in tally.said:
                if variable in _SUBSTITUTES:
                    _suppressed(item.reference).add(variable)
            return text
    return None


def branch(self: Any, item: Any, delimiter: str = "", context: Any = None, **kwargs: Any) -> Any:
    """Of a choice in the place of names the first child that is there; upstream sets all, side by side."""
    from citeproc import model
    from citeproc.source import VariableError

    above = self.getparent()
    while isinstance(above, model.Choose | model.If | model.Else):
        above = above.getparent()
    if not isinstance(above, model.Substitute):
        return model.Parent.render_children(self, item, delimiter=delimiter, context=context, **kwargs)
    for child in self:
        with suppress(VariableError):
            if made := child.render(item, context=context, **kwargs):
                return made
    return None
