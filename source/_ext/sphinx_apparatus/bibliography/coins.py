"""A CSL item as COinS (OpenURL 1.0, key/encoded-value), which reference managers read in a page."""

from __future__ import annotations

from urllib.parse import urlencode

from sphinx_apparatus.bibliography.items import Item, date_of, inverted, plain


def to_coins(item: Item) -> str:
    """The title attribute of a COinS span (OpenURL 1.0, key/encoded-value)."""
    part = "container-title" in item
    pairs = [
        ("ctx_ver", "Z39.88-2004"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:book"),
        ("rft.genre", "bookitem" if part else "book"),
        ("rft.atitle" if part else "rft.btitle", plain(item["title"])),
        ("rft.btitle" if part else "", item.get("container-title", "")),
        *(("rft.au", inverted(name)) for name in item.get("author", ())),
        ("rft.date", "-".join(f"{part:02d}" for part in date_of(item))),
        ("rft.edition", item.get("version", "")),
        ("rft.language", item.get("language", "")),
        ("rft_id", item.get("URL", "")),
    ]
    return urlencode([(name, value) for name, value in pairs if name and value])
