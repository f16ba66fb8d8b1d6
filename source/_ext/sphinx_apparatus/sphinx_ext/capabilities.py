"""What each output can: declared once by the output, asked for everywhere else.

A builder that no output declares gets the plain form (paragraphs and footnotes), which
every builder of Sphinx can write.
"""

from __future__ import annotations

from dataclasses import dataclass

from sphinx.builders import Builder


@dataclass(frozen=True, slots=True)
class Output:
    """An output, by the name of its builder, and what it can."""

    name: str
    #: it shows a text with its notes itself; else they become footnotes
    beside: bool = False
    #: it has a page for each page of the project, and beside them those of annotations and passages
    own_pages: bool = False
    #: all the project is one page
    one_page: bool = False
    #: its pages carry our style sheets and scripts
    assets: bool = False
    #: a picture can be part of the page
    inline_pictures: bool = False
    #: a text is written for translators and not for readers
    messages: bool = False


_DECLARED: dict[str, Output] = {}


def declare(output: Output) -> None:
    """Make an output known; to do so again changes nothing."""
    _DECLARED[output.name] = output


def output_of(builder: Builder) -> Output:
    """What the output of a builder can."""
    return _DECLARED.get(builder.name) or Output(builder.name)
