"""Packages of npm, each at one version, fetched once into ``build/npm``; and scripts of Node.js that use them."""

from __future__ import annotations

import json
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from filelock import FileLock

from projects import REPOSITORY
from requires import lacking, program

#: What is read by programs of others: the versions with which the pages and data are known to pass.
VERSIONS = {
    "axe-core": "4.14.1",
    # Accessibility, other checks; the Nu HTML checker, which needs Java.
    "html_codesniffer": "2.5.1",
    "vnu-jar": "26.9.27",
    # Anchoring: three libraries with nothing in common, and the page in which they look.
    "dom-anchor-text-quote": "4.0.2",
    "@apache-annotator/dom": "0.2.0",
    "@apache-annotator/selector": "0.2.0",
    "@recogito/text-annotator": "4.1.1",
    "jsdom": "26.1.0",
    # Citations, and the reader view of Firefox; what makes one script of modules, to run in a page.
    "@citation-js/core": "0.8.2",
    "@citation-js/plugin-bibtex": "0.8.2",
    "@citation-js/plugin-csl": "0.8.2",
    "@citation-js/plugin-ris": "0.8.2",
    "@mozilla/readability": "0.6.0",
    "esbuild": "0.28.2",
    # TEI in a browser.
    "CETEIcean": "1.9.5",
}

_FOLDER = REPOSITORY / "build" / "npm"


def package(*names: str) -> Path:
    """The folder of the first of some packages, which are all there then; or the test is skipped."""
    npm = program("npm")
    _FOLDER.mkdir(parents=True, exist_ok=True)
    modules = _FOLDER / "node_modules"
    with FileLock(_FOLDER / ".lock"):
        absent = [f"{name}@{VERSIONS[name]}" for name in names if _version(modules / name) != VERSIONS[name]]
        options = ["--silent", "--no-audit", "--no-fund", "--ignore-scripts", "--prefix", str(_FOLDER)]
        if absent and subprocess.run([npm, "install", *options, *absent], check=False, capture_output=True).returncode:
            lacking(f"{', '.join(absent)} (npm could not fetch them)")
    return modules / names[0]


def _version(folder: Path) -> str:
    try:
        found: str = json.loads((folder / "package.json").read_text("utf-8"))["version"]
    except OSError:
        return ""
    return found


def bundle(name: str, *needs: str) -> Path:
    """A package as one script for a browser, in which it is called ``bundled``."""
    package("esbuild", name, *needs)
    made = _FOLDER / f"{name.replace('/', '-')}-{VERSIONS[name]}.js"
    with FileLock(_FOLDER / ".lock"):
        if not made.exists():
            options = ["--bundle", "--format=iife", "--global-name=bundled", f"--outfile={made}"]
            program_ = _FOLDER / "node_modules" / "esbuild" / "bin" / "esbuild"
            command = [program("node"), str(program_), name, *options]
            done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=_FOLDER)
            if done.returncode:
                lacking(f"esbuild that runs here ({done.stderr[:200]})")
    return made


def node(script: str, given: Any, *names: str) -> Any:
    """What a module of JavaScript makes of a value; both are JSON, ``given`` and ``answer``."""
    package(*names)
    whole = (
        "import { readFileSync } from 'node:fs';\nconst given = JSON.parse(readFileSync(0, 'utf8'));\nlet answer;\n"
        f"{script}\nprocess.stdout.write(JSON.stringify(answer));\n"
    )
    # Node.js looks for packages from where the script is.
    with tempfile.NamedTemporaryFile("w", suffix=".mjs", dir=_FOLDER, encoding="utf-8") as file:
        file.write(whole)
        file.flush()
        command = [program("node"), file.name]
        done = subprocess.run(command, input=json.dumps(given), check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    return json.loads(done.stdout)
