"""What a source for LaTeX says of itself, so that TeX ends without an error."""

from __future__ import annotations

from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.sphinx_ext.domain import domain_of

#: For pdflatex, which stops at a character that none of its fonts has: its code point is printed instead, and the log
#: has a warning (``utf8.def`` of LaTeX, *Unicode character not set up*).  And for a citation within a caption, whose
#: link would be torn there.
PREAMBLE = r"""
\makeatletter
\@ifundefined{UTFviii@undefined@err}{}{%
  \def\EdCodePoint#1:#2\relax{U+\UTFviii@hexnumber{\decode@UTFviii#2\relax}}%
  \def\UTFviii@undefined@err#1{%
    \PackageWarning{sphinx-apparatus}{No font has \expandafter\EdCodePoint\string#1\relax; its number is printed}%
    \textless\expandafter\EdCodePoint\string#1\relax\textgreater}%
}
\AtBeginDocument{\ifdefined\MakeRobust\MakeRobust\hyperlink\fi}
\makeatother
"""


def setup(app: Sphinx) -> None:
    """Add it to what the project says, if the project has a text."""
    app.connect("env-updated", _prepare)


def _prepare(app: Sphinx, env: BuildEnvironment) -> None:
    if app.builder.format != "latex" or not domain_of(env).texts:
        return
    from sphinx.builders.latex import LaTeXBuilder  # only where it is in use is it loaded

    if isinstance(app.builder, LaTeXBuilder):
        app.builder.context["preamble"] += PREAMBLE
