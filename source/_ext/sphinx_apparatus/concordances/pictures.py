"""Pictures on a page: in HTML part of it, so that they follow its colours; elsewhere a file."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from docutils import nodes
from sphinx.builders import Builder

from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.stores.atomic import write


def show(env: Any, builder: Builder, name: str, svg: str, description: str) -> list[nodes.Node]:
    """The nodes of a picture.

    A builder that cannot show SVG, such as LaTeX's, gets the description instead.
    """
    if output_of(builder).inline_pictures:
        # A box that may scroll can be reached by key (WCAG 2.1.1).
        frame = f'<div class="ed-figure" tabindex="0" role="group" aria-labelledby="{name}-title">{svg}</div>'
        return [nodes.raw("", frame, format="html", alt=description)]
    if "image/svg+xml" not in builder.supported_image_types:
        return [nodes.paragraph("", description)]
    digest = hashlib.sha256(svg.encode()).hexdigest()[:12]
    path = Path(env.doctreedir, "pictures", f"{name}-{digest}.svg")
    write(path, svg)
    uri = str(path)
    env.images.add_file(env.current_document.docname, uri)
    return [nodes.image(uri=uri, candidates={"image/svg+xml": uri, "*": uri}, alt=description)]
