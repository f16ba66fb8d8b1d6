"""Words as TeX has them, as CSL has them, and plain.

CSL's mark-up of a title is a little HTML: ``<i>``, ``<b>``, ``<sup>``, ``<sub>``, and ``<span class="nocase">``
around what no style may give other capitals, which is what BibTeX braces.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from html import escape
from typing import Any

from pybtex.richtext import Protected, String, Symbol, Tag, Text

_MARKUP = re.compile(r'</?(?:i|b|sup|sub|sc)>|<span class="nocase">|</span>')
#: Marks for what is emphasised, raised or lowered, while pybtex reads the words: \ue020, a sign, ..., \ue021.
_MARKED = re.compile("\ue020(.)|\ue021")
_GROUP = r"\s*\{((?:[^{}]|\{[^{}]*\})*)\}"
_COMMANDS = {
    "emph": "i", "textit": "i", "mkbibemph": "i", "textsl": "i", "textbf": "b", "mkbibbold": "b",
    "textsuperscript": "^", "textsubscript": "_",
}  # fmt: skip
_ELEMENTS = {"i": "i", "b": "b", "^": "sup", "_": "sub"}
_QUOTES = re.compile(rf"\\(?:enquote\*?|mkbibquote){_GROUP}")
#: Emphasis by a declaration within braces, which is older than that by a command.
_DECLARED = re.compile(r"\{\\(em|it|itshape|sl|slshape|bf|bfseries)(?![A-Za-z])\s*((?:[^{}]|\{[^{}]*\})*)\}")
_LINK = re.compile(rf"\\href{_GROUP}{_GROUP}")
_SINGLE = re.compile(r"(?<!`)`([^`']+)'(?!')")
_MARKS = re.compile(rf"\\({'|'.join(_COMMANDS)})(?![A-Za-z]){_GROUP}")
_MATH = re.compile(r"(?<!\\)\$(.+?)(?<!\\)\$")
_RAISED = re.compile(r"([\^_])(?:\{([^{}]*)\}|(\\[A-Za-z]+|\w))")
_FRACTION = re.compile(rf"\\[td]?frac{_GROUP}{_GROUP}")
_ROOT = re.compile(rf"\\sqrt{_GROUP}")
_COMMAND = re.compile(r"\\([A-Za-z]+)\s*")
#: Accents, as signs that combine; by a letter, by one in braces, or by an *i* without its dot.
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "b": "\u0331", "c": "\u0327", "d": "\u0323", "H": "\u030b", "k": "\u0328", "r": "\u030a", "u": "\u0306",
    "v": "\u030c",
}  # fmt: skip
_ACCENT = re.compile(
    r"""\\(?:(['`^"~=.])\s*|([bcdHkruv])(?:\s+|(?=[{\\])))(?:\{\s*\\?(\w)\s*\}|\\([ij])(?![A-Za-z])\s?|(\w))"""
)
_SIGNS = {
    "times": "×", "pm": "±", "infty": "∞", "to": "→", "rightarrow": "→", "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥",
    "cdot": "·", "circ": "°", "prime": "′", "approx": "≈", "neq": "≠", "sim": "\ue02a", "dots": "…", "ldots": "…",
    "textquotedblleft": "“", "textquotedblright": "”", "textquoteleft": "‘", "textquoteright": "’",
    "LaTeX": "LaTeX", "TeX": "TeX", "textasciitilde": "\ue02a", "textasciicircum": "^", "textbackslash": "\ue026",
    "textdollar": "\ue027", "textbraceleft": "\ue028", "textbraceright": "\ue029",
}  # fmt: skip
_BACK = str.maketrans({"\ue026": "\\", "\ue027": "$", "\ue028": "{", "\ue029": "}", "\ue02a": "~"})
_ADDRESS = re.compile(r"(\\(?:url|path)\s*\{[^{}]*\})")
_SPECIAL = re.compile(r"(?<!\\)%")
#: What stands in no address (RFC 3986) and would end it, or its field, in one format or another.
_NO_ADDRESS = re.compile(r'[\s{}\\"<>`|^]')
_URL_ESCAPES = re.compile(r"\\([_%#&~$^{}])")


@lru_cache(maxsize=8192)
def plain_tex(value: str) -> str:
    """TeX's words as plain text; what TeX cannot be made sense of stays as it is."""
    return _MARKED.sub("", str(_parsed(value))).translate(_BACK).strip()


@lru_cache(maxsize=8192)
def csl_tex(value: str) -> str:
    """TeX's words with CSL's mark-up: emphasis, sub- and superscripts, and what braces protect."""
    open_: list[str] = []

    def element(match: re.Match[str]) -> str:
        if match[1]:
            open_.append(_ELEMENTS[match[1]])
            return f"<{open_[-1]}>"
        return f"</{open_.pop()}>" if open_ else ""

    return _MARKED.sub(element, _csl(_parsed(value))).translate(_BACK).strip()


def verbatim(value: str) -> str:
    r"""An address: braces and backslashes before ``_``, ``%``, ``#``, ``&`` and ``~`` are TeX's and not its own."""
    value = re.sub(r"^\\(?:url|path)\s*\{(.*)\}$", r"\1", value.strip())
    value = re.sub(r"\\(?:textasciitilde|~)(?:\{\})?", "~", value).replace(r"{\_}", "_")
    return _URL_ESCAPES.sub(r"\1", value).replace(r"\/", "/").strip()


def address(value: str) -> str:
    """As `verbatim`, without angle brackets around it, and with the octets of what stands in no address."""
    bare = re.sub(r"^<(.*)>$", r"\1", verbatim(value))
    return _NO_ADDRESS.sub(lambda m: "".join(f"%{octet:02X}" for octet in m[0].encode()), bare)


def plain(markup: str) -> str:
    """CSL's words without its mark-up."""
    return _MARKUP.sub("", markup)


@lru_cache(maxsize=8192)
def rich_tex(value: str) -> Any:
    """TeX's words as pybtex's rich text, in which lists of works are made."""
    stack: list[tuple[str, list[Any]]] = [("", [])]
    markup, last = csl_tex(value), 0
    for match in _MARKUP.finditer(markup):
        if match.start() > last:
            stack[-1][1].append(markup[last : match.start()])
        last = match.end()
        if not match[0].startswith("</"):
            stack.append((match[0].strip("<>"), []))
        elif len(stack) > 1:
            name, parts = stack.pop()
            made = (
                Protected(*parts)
                if name.startswith("span")
                else Tag({"i": "em", "b": "strong"}.get(name, name), *parts)
            )
            stack[-1][1].append(made)
    return Text(*stack[0][1], markup[last:])


def html(markup: str) -> str:
    """CSL's words as HTML: its mark-up stays, but for ``nocase``; what else looks like mark-up is escaped."""
    said, last = "", 0
    for match in _MARKUP.finditer(markup):
        said += escape(markup[last : match.start()], quote=False) + ("" if "span" in match[0] else match[0])
        last = match.end()
    return said + escape(markup[last:], quote=False)


#: What may mean something to TeX; where nothing does, words are themselves.
_TEX = re.compile(r"[\\{}$~`'\"%#&_^<>?!]|--|,,|\s\s|[^\S ]|\A\s|\s\Z")


def _parsed(value: str) -> Any:
    if not _TEX.search(value):
        return Text(value)
    value = _SPECIAL.sub(r"\\%", value)
    value = value.replace("\\\\", " ")  # a line broken by hand
    value = re.sub(r"\\([\^~])\{\}", lambda m: _SIGNS["textascii" + ("circum" if m[1] == "^" else "tilde")], value)
    value = with_accents(value)
    value = _MATH.sub(lambda m: _formula(m[1]), value)
    value = _SINGLE.sub(r"‘\1’", _LINK.sub(r"\2", value))
    for depth in range(4):  # commands within commands
        before = value
        value = _QUOTES.sub(r"‘\1’" if depth % 2 else r"“\1”", value)
        value = _DECLARED.sub(lambda m: _mark("b" if m[1].startswith("b") else "i", m[2]), value)
        value = _MARKS.sub(lambda m: _mark(_COMMANDS[m[1]], m[2]), value)
        if value == before:
            break
    value = value.replace(r"\$", "\ue027").replace(r"\{", "\ue028").replace(r"\}", "\ue029")
    value = _COMMAND.sub(_sign, value.replace(r"\,", "\u2009").replace(r"\-", "").replace("\\ ", " "))
    try:
        return Text.from_latex(value)
    except Exception:  # pybtex and latexcodec raise what they like at words that are no TeX
        return Text(value.replace("{", "").replace("}", ""))


def with_accents(value: str) -> str:
    """TeX's words with accents as Unicode has them; pybtex knows fewer."""
    if "\\" not in value:
        return value
    parts = _ADDRESS.split(value)  # in an address \~ is a tilde
    return "".join(
        part.replace(r"\~", _SIGNS["sim"]) if number % 2 else _ACCENT.sub(_accented, part)
        for number, part in enumerate(parts)
    )


def _formula(words: str) -> str:
    """A formula in a line, as far as letters can say it."""
    words = _ROOT.sub(r"√\1", _FRACTION.sub(r"\1/\2", words))
    return _RAISED.sub(lambda r: _mark(r[1], r[2] or r[3]), words)


def _accented(match: re.Match[str]) -> str:
    letter = match[3] or match[4] or match[5]
    return unicodedata.normalize("NFC", letter + _ACCENTS[match[1] or match[2]])


def _mark(sign: str, words: str) -> str:
    return f"\ue020{sign}{words}\ue021"


def _sign(match: re.Match[str]) -> str:
    """The sign that a command stands for; pybtex knows the accents and letters of text."""
    name = match[1]
    if name in _SIGNS:
        return _SIGNS[name]
    try:
        size = "CAPITAL" if name[0].isupper() else "SMALL"
        return unicodedata.lookup(f"GREEK {size} LETTER {name.upper()}") if len(name) > 1 else match[0]
    except KeyError:
        # What TeX knows and pybtex does not, an unknown font say, goes, and its words stay.
        return match[0] if _known(match[0].strip()) else ""


@lru_cache(maxsize=1024)
def _known(command: str) -> bool:
    said = str(Text.from_latex(command + "{}" if len(command) > 2 else command + "{a}"))
    return "\\" not in said


def _csl(node: Any) -> str:
    if isinstance(node, (str, String, Symbol)):
        return str(node)
    inner = "".join(_csl(part) for part in node.parts)
    if isinstance(node, Protected):
        words = _MARKED.sub("", plain(inner))
        # An accent is braced, too, and protects nothing.
        letters = re.search(r"[^\W\d_]", words) and (len(words) > 1 or words.isascii())
        return f'<span class="nocase">{inner}</span>' if letters else inner
    return inner
