"""The role ``ed:contact``: where the publisher of an edition can be written to, if he has said it."""

from __future__ import annotations

import re

from docutils import nodes
from sphinx.util.docutils import SphinxRole


class ContactRole(SphinxRole):
    """The address of ``apparatus_contact``, of mail or of the web; in its absence the role's own words."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """A link; ``{ed:contact}`nobody has set an address` `` where there is none to link to."""
        address: str = self.config.apparatus_contact.strip()
        if not address:
            return [nodes.Text(self.text)], []
        uri = address if re.match(r"[a-z][a-z0-9+.-]*:", address) else f"mailto:{address}"
        return [nodes.reference("", address.removeprefix("mailto:"), refuri=uri, internal=False)], []
