"""The role ``ed:ref``: a reference to an annotation (``K25``) or a passage (``K ¶4``)."""

from __future__ import annotations

from docutils import nodes
from docutils.nodes import Element
from sphinx.environment import BuildEnvironment
from sphinx.roles import XRefRole

from sphinx_apparatus.model.reference import ModelError, Passage, parse_target


class ReferenceRole(XRefRole):
    """Writes the target in the form in which ``objects.inv`` has it: ``K25``, ``K-p4``."""

    innernodeclass = nodes.inline

    def process_link(
        self, env: BuildEnvironment, refnode: Element, has_explicit_title: bool, title: str, target: str
    ) -> tuple[str, str]:
        """Normalise a target; one that is no target at all is left for the warning."""
        try:
            parsed = parse_target(target)
        except ModelError:
            return title, target
        if isinstance(parsed, Passage):
            return title if has_explicit_title else str(parsed).replace(" ", "\u00a0"), parsed.anchor
        return title, parsed
