"""A small edition to be read in a browser, and what one asks of its reading page."""

from __future__ import annotations

from collections.abc import Callable

from engines import Engine

#: Opens the reading page, by default wide.
Open = Callable[..., Engine]

TEXT = (
    "The Moon\n"
    "\n"
    "The moon has set and the Pleiads. It is midnight, in 194521 the time goes by. "
    "Kim Jung Il lies alone, and nobody knows why he lies there at so late an hour of the night.\n"
    "\n" + "And the stars go round. " * 40 + "Here is the end.\n"
)

PAGE = """# The Moon

Found on a shard. Nothing else is known of it, and nobody will ever know more than what is said here.

```{ed:text} sky.txt
:siglum: S
```

```{ed:emendation} S1
:lemma: The moon has set and the Pleiads
:reading: The moon has set, and the Pleiades

A comma, and a letter.
```

```{ed:emendation} S2
:lemma: Kim Jung Il
:reading: Kim Jong Il
:kind: name
:see: S4

So he is called.
```

```{ed:emendation} S3
:lemma: Kim Jung Il lies alone
:reading: But Kim Jung Il lies alone
:kind: damage

A word is lost.
```

```{ed:note} S4
:lemma: midnight
:kind: gloss

The middle of the night.
```

```{ed:correction} S5
:lemma: the time goes by
:reading: the hour goes by
:evidence: external

So it is {cite:p}`campbell1982`.
```

```{ed:note} S6
:lemma: Here is the end.
:kind: parallel

Found elsewhere, too.
```
"""

#: A page with a text of which nothing is said, and one with a line of twenty-five notes.
CALM = "# Calm\n\n```{ed:text} calm.txt\n:siglum: C\n```\n"
THRONGED = "# Thronged\n\n```{ed:text} thronged.txt\n:siglum: T\n```\n" + "".join(
    f"\n```{{ed:note}} T{number}\n:lemma: {word}\n:kind: gloss\n\nNote {number}.\n```\n"
    for number, word in enumerate(["one", "two", "three", "four", "five"] * 5, 1)
)

VERBATIM = """(() => {
  const text = document.querySelector('.ed-text').cloneNode(true);
  for (const one of text.querySelectorAll('[data-editorial]')) one.remove();
  return text.textContent;
})()"""

SELECTED = """(() => {
  const selection = getSelection();
  selection.selectAllChildren(document.querySelector('.ed-text'));
  const said = selection.toString();
  selection.removeAllRanges();
  return said;
})()"""


def style(page: Engine, selector: str, name: str, pseudo: str = "") -> str:
    """The computed style of the first element."""
    said: str = page.run(f"getComputedStyle(document.querySelector({selector!r}), {pseudo!r}).{name}")
    return said


def shown(page: Engine, selector: str) -> bool:
    """Whether the first element has a box."""
    return bool(page.run(f"document.querySelector({selector!r}).getClientRects().length > 0"))


def choose(page: Engine, name: str) -> None:
    """Choose a view, marks or a kind."""
    page.run(f"document.getElementById('ed-{name}').click()")


def focused(page: Engine) -> str:
    """What has the focus: where it leads, or its id."""
    said: str = page.run("document.activeElement.getAttribute('href') || document.activeElement.id")
    return said
