"""The last hand on a theme's page: what it lacks for assistive technology, and its policy.

It is laid round whatever renders the templates, so that neither a template bridge of the
project's own nor a policy switched off loses anything of it.
"""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from sphinx_apparatus.checks.codes import Code
from sphinx_apparatus.model.direction import direction
from sphinx_apparatus.outputs.html.help import help_link
from sphinx_apparatus.outputs.html.one_page import led
from sphinx_apparatus.outputs.html.paging import Turned
from sphinx_apparatus.outputs.html.policy import forbidden, policy, protect
from sphinx_apparatus.outputs.html.theme import mend
from sphinx_apparatus.sphinx_ext.capabilities import output_of
from sphinx_apparatus.sphinx_ext.domain import domain_of
from sphinx_apparatus.sphinx_ext.locale import _, language_of
from sphinx_apparatus.sphinx_ext.warnings import warn

#: Stands for the content of a page while its shell is rendered; no page has a private character of plane 16.
_CONTENT = "\U0010fff0"


_TEXT = re.compile(r'<div class="ed-text[^"]*" id="([A-Za-z]+)"')
_BODY = re.compile(r"<body\b[^>]*>")
_HTML = re.compile(r"<html\b[^>]*>")
_LANG = re.compile(r"\slang=([\"'])[^\"']*\1")


class Finished:
    """A template bridge that finishes the pages of another one."""

    def __init__(self, bridge: Any, app: Sphinx) -> None:
        self._bridge = bridge
        self._app = app

    def __getattr__(self, name: str) -> Any:
        return getattr(self._bridge, name)

    def render(self, template: str, context: dict[str, Any]) -> str:
        """Render a template, and finish it if it is a page of an edition."""
        if not domain_of(self._app.env).texts:
            return str(self._bridge.render(template, context))
        content = context.get("body")
        if isinstance(content, str):
            shell = mend(str(self._bridge.render(template, {**context, "body": _CONTENT})))
            content = f"{_imprint(context)}{mend(content)}"
        else:  # a page that Sphinx makes, as the index, is the theme's as a whole
            shell, content = mend(str(self._bridge.render(template, context))), ""
        if output_of(self._app.builder).own_pages and "pagename" in context:
            here = self._app.builder.get_target_uri(context["pagename"])
            shell, content = (Turned.of(self._app).html(one, here) for one in (shell, content))
        if output_of(self._app.builder).one_page:
            shell, content = led(shell, self._app.builder), led(content, self._app.builder)
        shell = _HTML.sub(self._in_language, shell, count=1)
        shell = _with_skip_link(_with_ways(shell, self._app, context), content)
        if self._app.config.apparatus_csp:
            shell = protect(shell, policy(shell, content))
            if forbidden(content):
                warn(
                    Code.POLICY,
                    "a script stands in the content of this page; the page's policy does not let it run. Remedy: put "
                    "it into a file of html_js_files, or set apparatus_csp = False",
                    context.get("pagename"),
                )
        return shell.replace(_CONTENT, content)

    def _in_language(self, tag: re.Match[str]) -> str:
        """The first tag of a page with its language (BCP 47) and, where the theme does not say, which way that runs."""
        language = language_of(self._app.config)
        said = _LANG.sub(Markup(' lang="{}"').format(language), tag[0])
        if direction(language) == "ltr" or re.search(r"\sdir=", said):
            return said
        return f'{said[:-1]} dir="rtl">'


_IMPRINT = Markup('<p class="ed-imprint"><span>{}</span> <span>{}</span></p>')


def _imprint(context: dict[str, Any]) -> Markup:
    """What the first sheet of a page says on paper before all else: what this is, and where it is.

    At its end it could take a sheet for itself.
    """
    imprint = context.get("ed_imprint")
    return _IMPRINT.format(imprint, context["ed_address"]) if imprint else Markup("")


def _with_skip_link(shell: str, content: str) -> str:
    """The page of a text with a link to it before everything else."""
    text = _TEXT.search(content)
    if text is None:
        return shell
    link = Markup('<a class="ed-skip" href="#{}">{}</a>').format(text[1], _("To the text"))
    return _BODY.sub(lambda body: f"{body[0]}{link}", shell, count=1)


def _with_ways(shell: str, app: Sphinx, context: dict[str, Any]) -> str:
    """The page of the search with a way to help, and one for who has no script: the lists of what is found."""
    if context.get("pagename") != "search":
        return shell
    way = help_link(app.builder, "search")
    if way:
        shell = shell.replace(
            '<div id="search-results">', Markup('<p>{}</p>\n<div id="search-results">').format(way), 1
        )
    pages = domain_of(app.env).pages
    links = []
    for name, words in (
        ("lemmata", _("index of words")),
        ("annotations", _("list of all annotations")),
        ("names", _("index of names")),
    ):
        docname = next((docname for docname in sorted(pages) if name in pages[docname].lists), None)
        if docname is not None:
            links.append(_LINK.format(context["pathto"](docname), words))
    if not links:
        return shell
    said = Markup("<p>{}</p></noscript>").format(
        Markup(escape(_("Without it, look in: {lists}."))).format(lists=Markup(" · ").join(links))
    )
    return shell.replace("</noscript>", said, 1)


_LINK = Markup('<a href="{}">{}</a>')


def install(app: Sphinx, env: BuildEnvironment) -> None:
    """Lay the last hand round the builder's templates, once (``env-updated``)."""
    builder: Any = app.builder
    if output_of(builder).assets and not isinstance(builder.templates, Finished):
        builder.templates = Finished(builder.templates, app)
