"""The versions of Python and Sphinx that must work: ``make matrix``."""

from __future__ import annotations

import nox

nox.options.default_venv_backend = "venv"

#: Sphinx 9.0 is the last for Python 3.11, 9.1 the last for 3.12.
NEWEST = {"3.11": "sphinx==9.0.*", "3.12": "sphinx==9.1.*", "3.13": "sphinx>=9.1,<10"}


@nox.session(python=list(NEWEST))
@nox.parametrize("sphinx", ["8.2", "newest"])
def tests(session: nox.Session, sphinx: str) -> None:
    """Run the tests under one Python and one Sphinx."""
    wanted = "sphinx==8.2.*" if sphinx == "8.2" else NEWEST[str(session.python)]
    session.install("-U", "pip>=25.1")
    groups = [argument for group in ("edition", "test") for argument in ("--group", group)]
    session.install("-e", ".", *groups, wanted)
    session.run("pytest", "-q", *session.posargs)
