"""The annotations as data: the W3C Web Annotation Data Model.

https://www.w3.org/TR/annotation-model/ : sections 3.1 (annotations), 3.2.4 (textual bodies),
4.2.4 and 4.2.5 (text quote and text position selectors), 4.2.9 (refinement), 5 (collections).
What the model has no word for stands under our own prefix ``ed``; see `terms`.
"""

from __future__ import annotations

from sphinx_apparatus.outputs.webannotation.addresses import Addresses
from sphinx_apparatus.outputs.webannotation.annotation import CONTEXT, item
from sphinx_apparatus.outputs.webannotation.pages import collection, document, page, paged

__all__ = ["CONTEXT", "Addresses", "collection", "document", "item", "page", "paged"]
