"""Chromium without a window, driven through its DevTools protocol: https://chromedevtools.github.io/devtools-protocol/

The protocol is spoken over a pair of pipes (`--remote-debugging-pipe`): JSON texts that end with a NUL. So nothing
listens on a port, and no library is needed. One command is under way at a time; what the browser reports on its own
meanwhile is kept for the page it belongs to.
"""

from __future__ import annotations

import base64
import fcntl
import json
import os
import select
import shutil
import signal
import time
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple, Self
from urllib.parse import urlsplit

PROGRAM = shutil.which("chromium")
_FLAGS = (
    "--headless=new --no-sandbox --remote-debugging-pipe --no-first-run --disable-gpu --disable-dev-shm-usage "
    "--disable-extensions --disable-sync --disable-background-networking --disable-component-update --mute-audio "
    "--force-color-profile=srgb"
).split()
_ONLY_HERE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
_PATIENCE = 20.0
"""Seconds until an answer has to be there."""
_READ, _WRITE = 3, 4
"""The descriptors on which the browser reads and writes."""


class View(NamedTuple):
    """A screen: its size in CSS pixels, and its own pixels to one of these."""

    name: str
    width: int
    height: int
    scale: int = 1
    mobile: bool = False


PHONE = View("phone", 390, 844, 2, True)
DESK = View("desk", 1280, 900)


class Browser:
    """One process, as long as the context lasts. It has one tab for each view, since a new one takes half a second."""

    def __init__(self, folder: Path) -> None:
        assert PROGRAM is not None
        theirs_in, self._out = os.pipe()
        self._in, theirs_out = os.pipe()
        # Moved up first: else one of them could already be 3 or 4, and be overwritten by the other.
        ends = [fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in (theirs_in, theirs_out)]
        self._pid = os.posix_spawn(
            PROGRAM,
            [PROGRAM, *_FLAGS, _ONLY_HERE, f"--user-data-dir={folder / 'profile'}"],
            os.environ | {"HOME": str(folder)},
            file_actions=[
                (os.POSIX_SPAWN_DUP2, ends[0], _READ),
                (os.POSIX_SPAWN_DUP2, ends[1], _WRITE),
                (os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0o600),
                (os.POSIX_SPAWN_OPEN, 2, str(folder / "chromium.log"), os.O_WRONLY | os.O_CREAT, 0o600),
            ],
            setpgroup=0,
        )
        for end in (theirs_in, theirs_out, *ends):
            os.close(end)
        self._last = 0
        self._rest = b""
        self._pages: dict[View, Page] = {}
        self._events: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def ask(self, method: str, session: str = "", **params: object) -> Any:
        """Send a command and wait for what it gives back."""
        self._last += 1
        command: dict[str, object] = {"id": self._last, "method": method, "params": params}
        if session:
            command["sessionId"] = session
        os.write(self._out, json.dumps(command).encode() + b"\0")
        while True:
            message = self._receive(time.monotonic() + _PATIENCE, method)
            if message.get("id") == self._last:
                assert "error" not in message, f"{method}: {message['error']}"
                return message["result"]

    def wait(self, session: str, method: str) -> None:
        """Until the page has reported this."""
        until = time.monotonic() + _PATIENCE
        while all(event["method"] != method for event in self._events[session]):
            self._receive(until, method)

    def taken(self, session: str) -> list[dict[str, Any]]:
        """What the page reported since the last time."""
        return self._events.pop(session, [])

    def page(self, view: View) -> Page:
        if view not in self._pages:
            self._pages[view] = Page(self, view)
        return self._pages[view]

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.ask("Browser.close")
        finally:
            os.close(self._out)
            os.close(self._in)
            if not self._ended(10):
                os.killpg(self._pid, signal.SIGKILL)
                os.waitpid(self._pid, 0)

    def _ended(self, seconds: float) -> bool:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if os.waitpid(self._pid, os.WNOHANG)[0]:
                return True
            time.sleep(0.05)
        return False

    def _receive(self, until: float, what: str) -> dict[str, Any]:
        """The next message; events are also put aside for their page."""
        while b"\0" not in self._rest:
            ready, _, _ = select.select([self._in], [], [], max(0, until - time.monotonic()))
            assert ready, f"Chromium does not answer to {what}"
            piece = os.read(self._in, 1 << 20)
            assert piece, f"Chromium ended during {what}"
            self._rest += piece
        one, _, self._rest = self._rest.partition(b"\0")
        message = json.loads(one)
        assert isinstance(message, dict)
        if "method" in message:
            self._events[message.get("sessionId", "")].append(message)
        return message


class Page:
    """A tab that shows one address after the other as a view."""

    def __init__(self, browser: Browser, view: View) -> None:
        self._browser, self.view = browser, view
        target = browser.ask("Target.createTarget", url="about:blank", newWindow=True)["targetId"]
        self._session = browser.ask("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Network", "Runtime", "Log"):
            self.ask(f"{domain}.enable")
        self.ask("Network.setCacheDisabled", cacheDisabled=True)
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=view.width,
            height=view.height,
            deviceScaleFactor=view.scale,
            mobile=view.mobile,
        )

    def prefer(self, scheme: str) -> None:
        """What the reader likes: `light` or `dark`."""
        self.ask("Emulation.setEmulatedMedia", features=[{"name": "prefers-color-scheme", "value": scheme}])

    def ask(self, method: str, **params: object) -> Any:
        return self._browser.ask(method, self._session, **params)

    def open(self, address: str) -> list[str]:
        """Load a page to its end; returns what went wrong on the way: requests, messages, exceptions."""
        self.ask("Page.bringToFront")  # no frames are drawn in a tab behind another
        self._browser.taken(self._session)
        gone = self.ask("Page.navigate", url=address)
        assert "errorText" not in gone, gone
        self._browser.wait(self._session, "Page.loadEventFired")
        self.run(_SETTLE)
        return [line for event in self._browser.taken(self._session) for line in _told(event, address)]

    def run(self, script: str, *arguments: object) -> Any:
        """What a function written in JavaScript gives back."""
        call = f"({script})({', '.join(map(json.dumps, arguments))})"
        done = self.ask("Runtime.evaluate", expression=call, awaitPromise=True, returnByValue=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def picture(self, file: Path, most: int = 6000) -> None:
        """The whole page, or its upper part, as a PNG."""
        height = self.run("most => Math.min(document.documentElement.scrollHeight, most)", most)
        clip = {"x": 0, "y": 0, "width": self.view.width, "height": height, "scale": 1}
        shot = self.ask("Page.captureScreenshot", format="png", captureBeyondViewport=True, clip=clip)
        file.write_bytes(base64.b64decode(shot["data"]))


_SETTLE = """async () => {
  // What is loaded when it comes into view is to be judged, too.
  for (const image of document.images) image.loading = "eager";
  await Promise.allSettled([...document.images].map(image => image.decode()));
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""


def _told(event: Mapping[str, Any], address: str) -> list[str]:
    """What an event says of a fault. That a page which is not there is answered with 404 is none."""
    params = event["params"]
    match event["method"]:
        case "Runtime.consoleAPICalled":
            return [f"console: {params['type']} {[one.get('value') for one in params['args']]}"]
        case "Runtime.exceptionThrown":
            return [f"exception: {params['exceptionDetails'].get('exception', {}).get('description', '')}"]
        case "Log.entryAdded":
            entry = params["entry"]
            return [] if entry["source"] == "network" else [f"console: {entry['level']} {entry['text']}"]
        case "Network.loadingFailed":
            return [f"request: {params['errorText']} {params['type']}"]
        case "Network.responseReceived":
            answer = params["response"]
            failed = answer["status"] >= 400 and answer["url"] != address
            return [f"request: {answer['status']} {answer['url']}"] if failed else []
        case "Network.requestWillBeSent":
            asked = params["request"]["url"]
            here = asked.startswith("data:") or urlsplit(asked)[:2] == urlsplit(address)[:2]
            return [] if here else [f"elsewhere: {asked}"]
        case _:
            return []
