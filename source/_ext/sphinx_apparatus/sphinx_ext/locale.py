"""Words for readers, in the language of the edition: the catalogue ``sphinx_apparatus``."""

from __future__ import annotations

from sphinx.locale import get_translation

#: The name of the catalogue (gettext calls it a domain).
CATALOGUE = "sphinx_apparatus"

#: A word for readers; in another language where the catalogue has it.
_ = get_translation(CATALOGUE)
