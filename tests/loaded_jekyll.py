"""Jekyll as a process of its own that need not load its libraries: a server has loaded them and forks for each build.

Most of what a small build takes is the start of Ruby and of Jekyll. What is run here is a process all the same, of the
same program, with words, streams, a folder and an environment of its own. What Ruby reads only as it begins takes a
Jekyll that is begun for it, as does any that is not started by Ruby in a way that is known here.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests import children

_SERVER = """
require "json"
gem "jekyll"
require "jekyll"
require "mercenary"
%w[kramdown kramdown-parser-gfm rouge].each { |name| require name }
program = Gem.bin_path("jekyll", "jekyll")
$stdout.sync = true
puts "ready"
$stdin.each_line do |line|
  order = JSON.parse(line)
  child = fork do
    $stdin.reopen(File::NULL)
    $stdout.reopen(order["out"], "a")
    $stderr.reopen(order["err"], "a")
    $stderr.sync = true
    Dir.chdir(order["cwd"])
    ENV.replace(order["environment"])
    ARGV.replace(order["words"])
    load program
  end
  Process.wait(child)
  puts($?.exitstatus || -$?.termsig)
end
"""
_AT_THE_START = ("RUBY", "GEM", "BUNDLE", "LANG", "LC_", "TZ", "LD_")
"""How the names begin of what Ruby reads when it begins."""
_DAY = 86_400.0


def run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """`jekyll` with these words, in the folder and the environment of the tests."""
    if _server.fits():
        return _server.run(words)
    return children.run(["jekyll", *words], capture_output=True, text=True)


class _Server:
    """The side of the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[Any] | None = None
        self._start = _start_of(os.environ)
        self._usable = hasattr(os, "fork")

    def fits(self) -> bool:
        """Is there a Ruby that has loaded Jekyll, and would one that begins now be as that is?"""
        if self._process is None and self._usable:
            self._usable = self._begin()
        return self._usable and _start_of(os.environ) == self._start

    def run(self, words: Sequence[str]) -> subprocess.CompletedProcess[str]:
        assert self._process is not None and self._process.stdin is not None
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            order = {"words": [*words], "out": str(out), "err": str(err), "cwd": str(Path.cwd())}
            self._process.stdin.write(json.dumps(order | {"environment": dict(os.environ)}) + "\n")
            self._process.stdin.flush()
            status = self._answer()
            assert status, f"no end after {children.LONG:.0f} s: jekyll {' '.join(words)}"
            said = [path.read_text(encoding="utf-8") for path in (out, err)]
        return subprocess.CompletedProcess(["jekyll", *words], int(status), *said)

    def _begin(self) -> bool:
        ruby = _ruby()
        if not ruby:
            return False
        pipe = subprocess.PIPE
        self._process = children.start(
            [*ruby, "-e", _SERVER], limit=_DAY, stdin=pipe, stdout=pipe, stderr=subprocess.DEVNULL, text=True
        )
        atexit.register(self._end)
        return self._answer() == "ready"

    def _answer(self) -> str:
        """The next line that the server writes; empty where there is none."""
        assert self._process is not None and self._process.stdout is not None
        ready, _, _ = select.select([self._process.stdout], [], [], children.LONG)
        if not ready:
            self._process.kill()
            return ""
        return str(self._process.stdout.readline()).strip()

    def _end(self) -> None:
        if self._process is not None and self._process.stdin is not None:
            self._process.stdin.close()
            self._process.wait(10)


def _ruby() -> list[str]:
    """What starts Jekyll, from its first line."""
    found = shutil.which("jekyll")
    if found is None:
        return []
    with Path(found).open("rb") as program:
        first = program.readline().decode(errors="replace").strip()
    words = first.removeprefix("#!").split()
    return words if first.startswith("#!") and words and words[-1].rpartition("/")[2].startswith("ruby") else []


def _start_of(environment: Any) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_AT_THE_START)}


_server = _Server()
