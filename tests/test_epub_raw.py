"""HTML that a page has of its own, in an e-book, which is XML."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from projects import Project
from sphinx_apparatus.outputs.epub.raw import as_xhtml

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><linearGradient id="a"/></svg>'


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        (SVG, SVG),
        (SVG.replace(' xmlns="http://www.w3.org/2000/svg"', ""), SVG),
        ("<br @x>", "<br/>"),
        ('<p @click="x" 1a>One', "<p>One</p>"),
        ("<p><o:p>One</o:p>", "<p>One</p>"),
        ('<a xlink:href="x">One</a>', "<a>One</a>"),
        ('<p xml:lang="la">One', '<p xml:lang="la">One</p>'),
        ("<!DOCTYPE html>", ""),
        ("<p>One<!-- a -- b --> two", "<p>One two</p>"),
        ("One <!-- never closed", "One "),
    ],
)
def test_html_is_written_as_xml(html: str, xhtml: str) -> None:
    assert as_xhtml(html) == xhtml


PIECES = [*"<>/=\"'!-?&; aA1@é\x02", "<svg ", "<p", "</p>", "<!--", "-->", "<o:p>", "<br", "xmlns=", "]]>", "&eacute;"]


@given(st.lists(st.sampled_from(PIECES), max_size=12).map("".join))
def test_whatever_it_is_is_well_formed(html: str) -> None:
    etree.fromstring(f"<div>{as_xhtml(f'One, {html}')}</div>")


def test_a_book_without_a_language_of_its_own_has_the_projects(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    project.write("conf.py", f"{project.read('conf.py')}\nlanguage = 'de'\nepub_language = ''\n")
    assert project.build(builder="epub").status == 0
    assert "<dc:language>de</dc:language>" in project.read("_build/content.opf")


def test_a_drawing_of_a_page_is_one_in_the_book(tmp_path: Path) -> None:
    project = Project.at(tmp_path / "project")
    path = '<path d="M0 0"/>'
    line = SVG.replace('<linearGradient id="a"/>', path)
    project.replace("moon.md", "*Hour* is", f"<p>\n{SVG}\n</p>\n\nIn a line: {line}. *Hour* is")
    assert project.build("-W", builder="epub").messages == ""
    page = project.read("_build/moon.xhtml")
    assert page.count('viewBox="0 0 1 1"') == 2
    assert '<linearGradient id="a"/>' in page
    assert path in page
    etree.fromstring(page.encode())
