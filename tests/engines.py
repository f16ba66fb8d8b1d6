"""Three browsers by one small handle: Chromium (Playwright), Firefox (WebDriver BiDi), WebKitGTK (WebDriver).

Firefox speaks BiDi at its own remote port, WebKitGTK through ``WebKitWebDriver``: neither needs
anything that is not in its Debian package.
"""

from __future__ import annotations

import atexit
import base64
import json
import os
import re
import shutil
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from requires import chromium, lacking, program

#: Seconds that a browser may take to start, and for any one answer.
PATIENCE = 90

#: The keys that tests press, as WebDriver names them (WebDriver, 17.4.2).
KEYS = {"Enter": "\ue007", "Tab": "\ue004", "Escape": "\ue00c", "Control": "\ue009"}


#: What a reader may have set for all pages, as Chromium and Firefox are told.
_OPTIONS: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "forced colours": {"forced_colors": "active"},
    "no scripts": {"java_script_enabled": False},
}
_PREFERENCES = {
    "dark": {"layout.css.prefers-color-scheme.content-override": "0"},
    "forced colours": {"browser.display.document_color_use": "2"},
    "no scripts": {"javascript.enabled": "false"},
}


class Engine:
    """A browser with one page."""

    name = ""

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        """Open a page in a window of a size, as if for the first time."""
        raise NotImplementedError

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        raise NotImplementedError

    def press(self, key: str) -> None:
        """Press a key, or several together: ``Control+c``."""
        raise NotImplementedError

    def click(self, x: float, y: float) -> None:
        """Click at a place of the window."""
        raise NotImplementedError

    def again(self) -> None:
        """Load the page again."""
        raise NotImplementedError

    def picture(self) -> bytes:
        """The window as PNG."""
        raise NotImplementedError

    def click_on(self, selector: str) -> None:
        """Click in the middle of the first box of an element, brought into sight."""
        x, y = self.run(
            f"(() => {{const e = document.querySelector({json.dumps(selector)});"
            "e.scrollIntoView({block: 'center', behavior: 'instant'});"
            "const b = e.getClientRects()[0]; return [b.x + b.width / 2, b.y + b.height / 2]})()"
        )
        self.click(x, y)

    def until(self, script: str) -> None:
        """Wait until an expression is true.  A page that is being left cannot answer: the next one is asked."""
        end, said = time.monotonic() + PATIENCE, ""
        while True:
            try:
                if self.run(f"Boolean({script})"):
                    return
            except Exception as error:  # of each engine its own
                said = f" ({error})"
            assert time.monotonic() < end, f"{self.name}: never {script}{said}"
            time.sleep(0.05)


class Chromium(Engine):
    """Chromium, by Playwright."""

    name = "chromium"

    def __init__(self, browser: Any, **options: Any) -> None:
        self._browser = browser
        self._options = options
        self._context: Any = None

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        if self._context:
            self._context.close()
        size = {"width": width, "height": height}
        self._context = self._browser.new_context(viewport=size, reduced_motion="reduce", **self._options)
        self._page = self._context.new_page()
        self._page.set_default_timeout(PATIENCE * 1000)
        self._page.goto(address)

    def run(self, script: str) -> Any:
        from playwright.sync_api import Error

        try:
            return self._page.evaluate(script)
        except Error as error:
            if "context was destroyed" not in str(error):
                raise
            self._page.wait_for_load_state()  # a link has led to another page meanwhile
            return self._page.evaluate(script)

    def press(self, key: str) -> None:
        self._page.keyboard.press(key)

    def click(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def again(self) -> None:
        self._page.reload()

    def picture(self) -> bytes:
        return bytes(self._page.screenshot())

    def printed(self) -> bytes:
        """The page on paper: a PDF."""
        return bytes(self._page.pdf(format="A4"))


def _actions(key: str | None = None, place: tuple[float, float] | None = None) -> list[dict[str, Any]]:
    """A press of a key or a click, as WebDriver's actions."""
    if key is not None:
        values = [KEYS.get(one, one) for one in key.split("+")]
        pressed = [{"type": "keyDown", "value": value} for value in values]
        pressed += [{"type": "keyUp", "value": value} for value in reversed(values)]
        return [{"type": "key", "id": "keys", "actions": pressed}]
    x, y = place or (0, 0)
    moves = [{"type": "pointerMove", "x": round(x), "y": round(y)}, {"type": "pointerDown", "button": 0}]
    return [{"type": "pointer", "id": "mouse", "actions": [*moves, {"type": "pointerUp", "button": 0}]}]


class Firefox(Engine):
    """Firefox, by WebDriver BiDi."""

    name = "firefox"

    def __init__(self, socket: Any) -> None:
        self._socket = socket
        self._number = 0
        self._context = ""
        self.ask("session.new", capabilities={})

    def ask(self, method: str, **parameters: Any) -> Any:
        """Send a command, and wait for its answer."""
        self._number += 1
        self._socket.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        while True:
            said = json.loads(self._socket.recv(timeout=PATIENCE))
            if said.get("id") == self._number:
                assert said["type"] == "success", said
                return said["result"]

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        # A user context of its own: nothing is remembered from one page to the next.
        if self._context:
            self.ask("browsingContext.close", context=self._context)
        user = self.ask("browser.createUserContext")["userContext"]
        self._context = self.ask("browsingContext.create", type="tab", userContext=user)["context"]
        self.ask("browsingContext.setViewport", context=self._context, viewport={"width": width, "height": height})
        self.ask("browsingContext.navigate", context=self._context, url=address, wait="complete")

    def run(self, script: str) -> Any:
        target = {"context": self._context}
        said = self.ask("script.evaluate", expression=f"JSON.stringify({script})", target=target, awaitPromise=True)
        assert said["type"] == "success", said
        return json.loads(said["result"]["value"]) if said["result"]["type"] == "string" else None

    def press(self, key: str) -> None:
        self.ask("input.performActions", context=self._context, actions=_actions(key=key))

    def click(self, x: float, y: float) -> None:
        self.ask("input.performActions", context=self._context, actions=_actions(place=(x, y)))

    def again(self) -> None:
        self.ask("browsingContext.reload", context=self._context, wait="complete")

    def picture(self) -> bytes:
        return base64.b64decode(self.ask("browsingContext.captureScreenshot", context=self._context)["data"])

    def printed(self) -> bytes:
        """The page on paper: a PDF."""
        margin = {"top": 0, "bottom": 0, "left": 0, "right": 0}
        page = {"width": 21.0, "height": 29.7}
        said = self.ask("browsingContext.print", context=self._context, background=False, margin=margin, page=page)
        return base64.b64decode(said["data"])


class WebKit(Engine):
    """WebKitGTK, by its WebDriver."""

    name = "webkit"

    def __init__(self, address: str) -> None:
        self._address = address
        self._session = ""

    def ask(self, method: str, path: str, **body: Any) -> Any:
        """Send a command of WebDriver; the value of its answer."""
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(f"{self._address}{path}", data, method=method)
        request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(error.read().decode()) from error

    def open(self, address: str, width: int = 1440, height: int = 900) -> None:
        self.close()
        # The driver starts the browser that it was built with; another one beside it may be built without its keys.
        self._session = "/session/" + self.ask("POST", "/session", capabilities={})["sessionId"]
        self.ask("POST", f"{self._session}/window/rect", width=width, height=height)
        self.ask("POST", f"{self._session}/url", url=address)

    def close(self) -> None:
        """End the session."""
        if self._session:
            self.ask("DELETE", self._session)
            self._session = ""

    def run(self, script: str) -> Any:
        return self.ask("POST", f"{self._session}/execute/sync", script=f"return {script}", args=[])

    def press(self, key: str) -> None:
        self.ask("POST", f"{self._session}/actions", actions=_actions(key=key))

    def click(self, x: float, y: float) -> None:
        self.ask("POST", f"{self._session}/actions", actions=_actions(place=(x, y)))

    def again(self) -> None:
        self.ask("POST", f"{self._session}/refresh")

    def picture(self) -> bytes:
        return base64.b64decode(self.ask("GET", f"{self._session}/screenshot"))


@contextmanager
def _running(command: list[str], sign: str, **options: Any) -> Iterator[str]:
    """A program that runs until it is no longer needed; what it says when it is ready."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, **options)
    try:
        assert process.stdout is not None
        for line in process.stdout:
            found = re.search(sign, line)
            if found:
                yield found[1] if found.groups() else ""
                return
        raise AssertionError(f"{command[0]} ended before it was ready")
    finally:
        process.terminate()
        process.wait(30)


@cache
def playwright() -> Any:
    """What drives Chromium; a process can have it but once."""
    from playwright.sync_api import sync_playwright

    started = sync_playwright().start()
    atexit.register(started.stop)
    return started


@contextmanager
def _chromium(state: str) -> Iterator[Engine]:
    executable = chromium()
    arguments = ["--no-sandbox", "--disable-dev-shm-usage"]
    browser = playwright().chromium.launch(executable_path=executable, args=arguments, timeout=PATIENCE * 1000)
    yield Chromium(browser, **_OPTIONS.get(state, {}))
    browser.close()


@contextmanager
def _firefox(folder: Path, state: str) -> Iterator[Engine]:
    found = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None) or lacking("Firefox (firefox-esr)")
    from websockets.sync.client import connect

    profile = folder / "profile"
    profile.mkdir(parents=True, exist_ok=True)
    # Without anchor positioning it is as the release with long support, 140, which does not have it.
    preferences = {"remote.active-protocols": "1", "layout.css.anchor-positioning.enabled": "false"}
    preferences |= _PREFERENCES.get(state, {})
    said = "".join(f'user_pref("{name}", {value});\n' for name, value in preferences.items())
    (profile / "user.js").write_text(said, "utf-8")
    command = [found, "--headless", "--no-remote", "--profile", str(profile), "--remote-debugging-port", "0"]
    environment = {**os.environ, "HOME": str(folder), "MOZ_DISABLE_CONTENT_SANDBOX": "1"}
    with (
        _running(command, r"WebDriver BiDi listening on (ws://\S+)", env=environment) as address,
        connect(f"{address}/session", max_size=None, open_timeout=PATIENCE) as socket,
    ):
        yield Firefox(socket)


@contextmanager
def _webkit(folder: Path, state: str) -> Iterator[Engine]:
    assert state in ("", "dark"), "nothing else can be set for this driver"
    driver, display = program("WebKitWebDriver"), program("xvfb-run")
    import socket

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "HOME": str(folder), "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1"}
    environment |= {"GTK_THEME": "Adwaita:dark"} if state == "dark" else {}
    command = [display, "-a", "-s", "-screen 0 1600x1200x24", driver, f"--port={port}"]
    # The driver says nothing when it is ready.
    # xvfb-run leaves its children behind: they are a group, and end together.
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet, start_new_session=True)
    engine = WebKit(f"http://127.0.0.1:{port}")
    try:
        end = time.monotonic() + PATIENCE
        while True:
            try:
                engine.ask("GET", "/status")
                break
            except OSError:
                assert time.monotonic() < end, "WebKitWebDriver does not answer"
                time.sleep(0.2)
        yield engine
        engine.close()
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(30)


def engine(name: str, folder: Path, state: str = "") -> Any:
    """A browser by its name, to be entered with ``with``; skipped by name where it is not on this machine.

    ``state`` is what a reader may have set for all pages: ``dark``, ``forced colours``, ``no scripts``.
    """
    if name == "chromium":
        return _chromium(state)
    return _firefox(folder, state) if name == "firefox" else _webkit(folder, state)
