"""An odd text, and a page that uses every option on it."""

from __future__ import annotations

ODD = "One <b>two</b> & three.\r\rFour\0five\x0bsix ]]>\r\n\n seven"

PAGE = """# Odd

```{ed:text} odd.txt
:siglum: O
:source: campbell1982
:parts: 1-2 campbell1982
:headings: 1
```

```{ed:emendation} O1
:lemma: three
:reading: "<3>"
:see: O2, O ¶2, M1
:short: th…
:matter: the number
:right: "yes"
:certainty: high
:evidence: internal
:source: campbell1982
:wording: three and no more

A *note* on {cite:t}`campbell1982` and {ed:ref}`O2`, `code`, [a link](https://example.org/), **bold**.

- one
- two

> quoted
```

```{ed:note} O2
:lemma: two</b> & three

It overlaps the other.
```

```{ed:note} O3
:lemma:
:prefix: "One "

A place.
```

```{ed:tombstone} O4
:version: "0.9"

It was wrong.
```
"""
