"""Words as TeX may have them in a .bib: every sign that is TeX's own is written so that it prints itself."""

from __future__ import annotations

import re

from sphinx_apparatus.bibliography.words import csl_tex, plain

_SIGNS = {
    "\\": r"\textbackslash{}", "$": r"\$", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_",
    "^": r"\textasciicircum{}", "~": r"\textasciitilde{}", "{": r"\{", "}": r"\}",
}  # fmt: skip
_TEX = re.compile(r"[\\$&%#_^~{}]")
#: Signs of which TeX's fonts join several to one.
_JOINED = re.compile(r"-{2,}|`{2,}|'{2,}|,{2,}|<{2,}|>{2,}|[?!]`")
_MARKUP = re.compile(r'<(i|b|sup|sub)>|</(?:i|b|sup|sub)>|<span class="nocase">|</span>')
#: Zotero knows ``textit`` and not ``emph``.
_COMMANDS = {"i": r"\textit{", "b": r"\textbf{", "sup": r"\textsuperscript{", "sub": r"\textsubscript{"}
_MATH = re.compile(r"(?<!\\)\$(?:\\.|[^$])*\$")


def escaped(words: str) -> str:
    """Plain words for a field in braces; each sign comes out as itself, and the braces pair."""
    if _TEX.search(words) or _JOINED.search(words):
        words = _signed(words)
    return words.replace("\n", " ").replace("\r", " ").strip()


def _signed(words: str) -> str:
    signs = dict(_SIGNS)
    if not paired(words):
        # An escaped brace is a brace to BibTeX all the same, which counts them.
        signs |= {"{": r"\textbraceleft{}", "}": r"\textbraceright{}"}
    parts = (_TEX.sub(lambda m: signs[m[0]], part) for part in _JOINED.split(words))
    joined = (_apart(match[0]) for match in _JOINED.finditer(words))
    return "".join(a + b for a, b in zip(parts, [*joined, ""], strict=True))


def marked(words: str) -> str:
    """Words with CSL's mark-up as TeX: emphasis, and braces around what keeps its capitals."""
    said, last = "", 0
    for match in _MARKUP.finditer(words):
        said += escaped_piece(words[last : match.start()])
        if match[1]:
            said += _COMMANDS[match[1]]
        else:
            said += "{" if match[0].startswith("<span") else "}"
        last = match.end()
    said += escaped_piece(words[last:])
    return said.strip() if said.count("{") == said.count("}") else escaped(plain(words))


def escaped_piece(words: str) -> str:
    """As `escaped`, with the spaces at either end."""
    if not words.strip():
        return " " if words else ""
    return f"{' ' if words[0].isspace() else ''}{escaped(words)}{' ' if words[-1].isspace() else ''}"


def address(words: str) -> str:
    """An address for a field that is taken word for word: braces, spaces and backslashes as their octets."""
    return re.sub(r"[\s{}\\]", lambda m: "".join(f"%{octet:02X}" for octet in m[0].encode()), words.strip())


def tex(value: str) -> str:
    """TeX's words of one .bib for another: in letters, so that no package is needed, but for formulas."""
    parts, last = [], 0
    for match in _MATH.finditer(value):
        parts += [value[last : match.start()], match[0]]
        last = match.end()
    parts.append(value[last:])
    if not all(map(paired, parts)):
        parts = [value]
    return "".join(part if number % 2 else _in_letters(part) for number, part in enumerate(parts)).strip()


def _in_letters(part: str) -> str:
    before, after = (" " if part[edge : edge + 1 or None].isspace() else "" for edge in (0, -1))
    words = marked(csl_tex(part))
    return f"{before}{words}{after if words else ''}"


def _apart(signs: str) -> str:
    return signs[0] + "{}" + signs[1:] if signs[0] in "?!" else "".join("{" + sign + "}" for sign in signs)


def paired(words: str) -> bool:
    """Whether each brace has its other, as BibTeX counts them."""
    depth = 0
    for brace in re.findall(r"[{}]", words):
        depth += 1 if brace == "{" else -1
        if depth < 0:
            return False
    return depth == 0
