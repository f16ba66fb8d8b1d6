"""References of ours that lead nowhere, told in our own words."""

from __future__ import annotations

from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains import Domain

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.sphinx_ext.warnings import warn


def warn_unresolved(app: Sphinx, domain: Domain, node: pending_xref) -> bool | None:
    """Say what a reference of ours does not find (``warn-missing-reference``)."""
    if node.get("refdomain") != "ed":
        return None
    if node.get("told"):
        return True  # said already, where the relation is
    target = str(node["reftarget"]).replace("-p", " ¶")
    warn(
        Code.UNRESOLVED,
        f"{target!r} is neither an annotation nor a passage of this edition (K25, K ¶4), nor known through intersphinx",
        location=node,
    )
    return True
