"""What an edition is, in a sentence, and what may be done with it, by layer: what the editors wrote, and quote."""

from __future__ import annotations

from sphinx_apparatus.model.imprint import Imprint
from sphinx_apparatus.sphinx_ext.locale import _


def described(title: str) -> str:
    """What an edition is, for those who see no more of it than its title."""
    return _("{title}: texts reproduced verbatim, with annotations that can be cited singly.").format(title=title)


def of_annotations(imprint: Imprint) -> str:
    """The licence of what the editors wrote; empty where the edition names none.  A colon and a space are before it."""
    licence = imprint.licence_name or imprint.licence
    words = _("The annotations and all else that the editors wrote: {licence}").format(licence=licence)
    return words if licence else ""


def of_texts() -> str:
    """The rights in the texts."""
    return _("The texts are not the editors’; they are reproduced for criticism.")
