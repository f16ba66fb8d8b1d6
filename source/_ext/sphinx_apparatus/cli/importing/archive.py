"""The archive of an edition's data, as its site offers it: the TEI in it has all, the bibliography is beside."""

from __future__ import annotations

import hashlib
import json
import lzma
import zipfile
import zlib
from pathlib import Path

from sphinx_apparatus.cli.importing.found import ImportRefused
from sphinx_apparatus.cli.importing.pictures import FOLDER, is_within
from sphinx_apparatus.stores.atomic import write
from sphinx_apparatus.stores.register import RegisterError, read_register

#: What an archive must have, and what it may.
_TEI, _WORKS, _DESCRIBED = "data/edition.xml", "data/bibliography.bib", "datapackage.json"
_REGISTER = "data/register.json"

#: What the names of pictures begin with.
_PICTURES = f"data/{FOLDER}/"

#: A file of an archive has at most this many bytes.
_LIMIT = 200_000_000


def unpack(path: Path, folder: Path) -> tuple[Path, list[Path], bytes]:
    """The TEI of an archive, and its bibliography if it has one, written into a folder; and its register.

    Raises `ImportRefused` for what is no archive of ours, and where a file is not the one described in it.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if _TEI not in names:
                raise ImportRefused(
                    f"{path}: has no {_TEI}; take the archive of an edition's data, or a file by itself"
                )
            pictures = sorted(name for name in names if name.startswith(_PICTURES))
            if sum(archive.getinfo(name).file_size for name in pictures) > _LIMIT:
                raise ImportRefused(f"{path}: its pictures are larger than {_LIMIT // 1_000_000} MB")
            wanted = (_TEI, _WORKS, _REGISTER, _DESCRIBED, *pictures)
            given = {name: _read(path, archive, name) for name in wanted if name in names and name[-1] != "/"}
    except (OSError, EOFError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, RuntimeError) as error:
        raise ImportRefused(f"{path}: {error}; fetch the archive again") from error
    _check(path, given)
    files = {name: folder / Path(name).name for name in (_TEI, _WORKS, _REGISTER) if given.get(name)}
    for name, file in files.items():
        write(file, given[name])
    if _REGISTER in files:
        try:
            read_register(files[_REGISTER])
        except RegisterError as error:
            raise ImportRefused(
                f"{path}: {_REGISTER} is not a register of ids ({error.__cause__}); fetch the archive again"
            ) from error
    for name in given:
        own = name.removeprefix(_PICTURES)
        if not name.startswith(_PICTURES) or not is_within(own):
            continue  # where a note names it, that is told
        try:
            (folder / FOLDER / own).parent.mkdir(parents=True, exist_ok=True)
            write(folder / FOLDER / own, given[name])
        except OSError as error:
            raise ImportRefused(f"{path}: {name[:80]} cannot be unpacked ({error}); fetch the archive again") from error
    return files[_TEI], [files[_WORKS]] if _WORKS in files else [], given.get(_REGISTER, b"")


def _read(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        content = member.read(_LIMIT + 1)
    if len(content) > _LIMIT:
        raise ImportRefused(f"{path}: {name} is larger than {_LIMIT // 1_000_000} MB")
    return content


def _check(path: Path, given: dict[str, bytes]) -> None:
    """Compare what was read with the checksums that go along.  Raises `ImportRefused`."""
    if _DESCRIBED not in given:
        return
    try:
        sums = {one["path"]: one["hash"] for one in json.loads(given[_DESCRIBED])["resources"]}
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise ImportRefused(f"{path}: {_DESCRIBED} cannot be read ({error}); fetch the archive again") from error
    for name, content in given.items():
        if name in sums and sums[name] != f"sha256:{hashlib.sha256(content).hexdigest()}":
            raise ImportRefused(f"{path}: {name} is not the file whose checksum goes along; fetch the archive again")
