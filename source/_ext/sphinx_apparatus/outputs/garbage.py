"""How often Python looks for garbage while an edition is written: its trees are large, and few of them are ever any."""

from __future__ import annotations

import gc

from sphinx.events import EventManager

#: How many objects are made before garbage is looked for, and how often of these times older ones are looked through.
SELDOM = (100_000, 50, 100)


def collect_seldom(events: EventManager) -> None:
    """Look for garbage seldom until the build has finished: to look often takes a fifth of the time."""
    threshold = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    events.connect("build-finished", lambda _app, _error: gc.set_threshold(*threshold), 500)
