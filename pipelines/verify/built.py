"""The pages that a generator makes of a site, beside what the posts say: `--build`.

Any theme may stand around a text, so that what a page shows besides is no difference; all that the post says has to be
on it: words, links, pictures by their files, code, players by their ids, media.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import unquote, urlsplit

from converters.errors import UnavailableError, UsageError
from converters.exporters.base import find_target
from converters.html import tree
from converters.model import Place
from converters.verify.facts import Page, read
from converters.verify.verdict import Difference

_PLAIN = str.maketrans({
    **dict.fromkeys("\u2018\u2019\u201a\u2032", "'"), **dict.fromkeys("\u201c\u201d\u201e\u2033", '"'),
    **dict.fromkeys("\u2013\u2014\u2212", "-"), "\u2026": "...", "\u00d7": "x",
})  # fmt: skip
"""Signs that a generator may set in its own way."""
_TOKEN = re.compile(r"\w+")
_SIZED = re.compile(r"[-_](?:\d+x\d+|scaled|hu_?\w+)(?=\.\w+$)")


class Built:
    """A built site."""

    def __init__(self, folder: Path, host: str) -> None:
        self._folder, self._host = folder, host

    def differences(self, page: Page, place: Place) -> Iterator[Difference]:
        """What a post says and its page does not show."""
        if not place.url:  # of a draft without a name, only the generator knows it
            return
        file = self._file(place)
        if file is None:
            yield Difference("page", True, place.url)
            return
        html = file.read_text(encoding="utf-8", errors="replace")
        shown = read(tree.parse(html), self._host)
        yield from _words(page, shown)
        for goal, words in page.links.items():
            if goal not in shown.links and not _ends(goal, shown.links):
                yield Difference("link on the page", True, f"{goal} | {words}")
        yield from _things(page, shown, html)

    def _file(self, place: Place) -> Path | None:
        path = self._folder / unquote(place.url).strip("/")
        found = (path / "index.html", path, path.with_name(path.name + ".html"))
        return next((file for file in found if file.is_file()), None)


def _ends(goal: str, links: dict[str, str]) -> bool:
    """Is it among the links below another root, or with another last slash?"""
    bare = goal.rstrip("/")
    return any(link.rstrip("/").endswith(bare) for link in links)


def _words(page: Page, shown: Page) -> Iterator[Difference]:
    wanted, found = Counter(_tokens(page)), Counter(_tokens(shown))
    if gone := wanted - found:
        yield Difference("words on the page", True, " ".join(gone.elements()))


def _tokens(page: Page) -> Iterator[str]:
    for line in page.lines:
        yield from _TOKEN.findall(" ".join(line).translate(_PLAIN))


def _things(page: Page, shown: Page, html: str) -> Iterator[Difference]:
    files = {_file(fact[1]) for fact in shown.facts if fact[0] in ("image", "media", "poster")}
    code = {_bare(fact[1]) for fact in shown.facts if fact[0] == "code"}
    for fact in page.facts:
        kind, said = fact[0], fact[1] if len(fact) > 1 else ""
        if kind in ("image", "media", "poster"):
            there = _file(said) in files or _file(said) in html
        elif kind == "embed":
            there = fact[2] in html or fact[2].replace("&", "&amp;") in html
        elif kind == "code":
            there = _bare(said) in code
        else:
            continue
        if not there:
            yield Difference(f"{kind} on the page", True, " | ".join(fact[1:]))


def _file(url: str) -> str:
    return url[:200] if url.startswith("data:") else _SIZED.sub("", urlsplit(url).path.rpartition("/")[2])


def _bare(code: str) -> str:
    return "\n".join(line.rstrip() for line in code.strip("\n").split("\n"))


@contextmanager
def built(site: Path, exporter: str, host: str) -> Iterator[Built]:
    """The site, built in a folder that is removed afterwards: whatever was not public, too, and nothing in the site.

    Raises UsageError or UnavailableError.
    """
    target = find_target(exporter)
    if not target.build:
        raise UsageError(f"--build is for sites that a generator builds, not for those of {exporter}.")
    name = target.build[0]
    beside = Path(sys.executable).with_name(name)
    program = str(beside) if beside.is_file() else shutil.which(name)
    if program is None:
        raise UnavailableError(f"{name} is not installed, which builds the site. Install it, or leave --build out.")
    with tempfile.TemporaryDirectory(prefix="postferry-") as folder:
        made = Path(folder) / "built"
        values = {"site": str(site.resolve()), "built": str(made), "cache": str(Path(folder) / "cache")}
        arguments = [argument.format(**values) for argument in target.build[1:]]
        _run([program, *arguments], folder)
        yield Built(made, host)


def _run(command: Sequence[str], folder: str) -> None:
    there = {**os.environ, "HUGO_RESOURCEDIR": str(Path(folder) / "resources")}
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, env=there, errors="replace")
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())[:300]
        raise UnavailableError(f"{Path(command[0]).name} does not build the site: {said}. Mend that first.")
