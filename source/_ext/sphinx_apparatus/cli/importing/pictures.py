"""Pictures that notes show: copied where they are beside the file that is read, else told."""

from __future__ import annotations

import mimetypes
import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote

from sphinx_apparatus.cli.importing.found import Imported
from sphinx_apparatus.cli.importing.xmlfile import xml_id

#: The folder beside the data in which the pictures are.
FOLDER = "pictures"

#: A picture in Markdown, and one of a directive of MyST.
_INLINE = re.compile(r"!\[(?:[^\]\\]|\\.)*\]\(<?([^)<>\s]+)>?")
_DIRECTIVE = re.compile(r"^[ \t>]*(?:`{3,}|:{3,}|~{3,})\{(?:figure|image)\}[ \t]+(\S+)[ \t]*$", re.MULTILINE)


def beside(annotation: Any, folder: Path, imported: Imported) -> None:
    """Of the pictures of an annotation in TEI keep those that are beside the file; of others what they show is told."""
    for graphic in annotation.iter("{*}graphic"):
        address = graphic.get("url", "")
        if ":" in address or (is_within(unquote(address)) and _is_file(folder / unquote(address))):
            continue
        graphic.attrib.pop("url", None)
        imported.tell(
            graphic.sourceline or 0,
            f"annotation {xml_id(annotation)}: the picture {address} is not beside the file; its description is taken",
        )


def pictures(texts: Iterable[Imported], folder: Path) -> dict[str, bytes]:
    """The pictures that notes name, by the paths that they need in the project; ``folder`` is that of the file read."""
    there = [path for path in sorted((folder / FOLDER).rglob("*")) if path.is_file()]
    made: dict[str, bytes] = {}
    for imported in texts:
        page = PurePosixPath(imported.page).parent
        for found in imported.found:
            for match in (*_INLINE.finditer(found.note), *_DIRECTIVE.finditer(found.note)):
                written = unquote(match[1])
                if ":" in written:
                    continue
                if not is_within(written.lstrip("/")):
                    imported.tell(
                        found.line, f"{found.id}: the picture {written} is outside the project; copy it into it"
                    )
                    continue
                if not (mimetypes.guess_type(written)[0] or "").startswith("image/"):
                    imported.tell(found.line, f"{found.id}: {written} is no picture; left where it is")
                    continue
                path = written[1:] if written.startswith("/") else (page / written).as_posix()
                fitting = [one for one in there if f"/{one.as_posix()}".endswith(f"/{written.lstrip('/')}")]
                exact = [one for one in fitting if one == folder / FOLDER / path]
                if len(exact or fitting) == 1:
                    made[path] = (exact or fitting)[0].read_bytes()
                else:
                    wrong = "could be one of several" if fitting else "is not there"
                    imported.tell(found.line, f"{found.id}: the picture {written} {wrong}; put it at {path}")
    return made


def is_within(path: str) -> bool:
    """Whether a path stays in its folder, on any system."""
    outside = path.startswith("/") or ".." in PurePosixPath(path).parts or set(path) & set(":\\\0")
    return bool(path) and not outside


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a name that is too long
        return False
