"""What is measured: the floor, this program, and the programs of others, each installed when it is asked for.

Others go into a cache outside the repository (a virtual environment or a folder of npm for each) and are called as
their documentation says, with everything off that waits or asks the network: no picture is downloaded, delays are zero.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).parent
INSTALL_LIMIT = 900


class CannotInstallError(Exception):
    """Says why, in words for the table."""


@dataclass(frozen=True)
class Program:
    """One thing to measure, ready to run."""

    name: str
    command: Callable[[Path, Path], Sequence[str]]
    """export, empty folder for the output -> what to call"""
    patterns: tuple[str, ...]
    """where in the folder the files of posts and pages are"""
    environment: Mapping[str, str] = field(default_factory=dict)
    note: str = ""

    def written(self, folder: Path) -> int:
        """How many posts and pages it wrote; pages of lists are none."""
        found = {path for pattern in self.patterns for path in folder.glob(pattern)}
        return sum(path.name != "_index.md" for path in found)


def floor() -> Program:
    script = str(HERE / "floor.py")
    return Program(
        "floor: lxml, nothing converted",
        lambda export, out: (sys.executable, script, str(export), str(out)),
        ("*.html",),
    )


def ours(workers: int) -> Program:
    convert = str(Path(sys.executable).with_name("postferry"))
    options = ("--quiet", "--from", "wordpress", "--to", "hugo", "--workers", str(workers))
    plural = "process" if workers == 1 else "processes"
    return Program(
        f"postferry, {workers} {plural}",
        lambda export, out: (convert, *options, str(export), "-o", str(out)),
        ("content/**/*.md",),
    )


def cache_folder() -> Path:
    """Outside the repository: `POSTFERRY_BENCH_CACHE`, or the user's cache folder."""
    named = os.environ.get("POSTFERRY_BENCH_CACHE")
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return Path(named) if named else home / "postferry-bench"


def call(*command: str | Path) -> str:
    """Run one step of an installation; raises CannotInstallError with the last thing it said."""
    try:
        done = subprocess.run(
            list(map(str, command)), capture_output=True, text=True, timeout=INSTALL_LIMIT, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise CannotInstallError(f"{Path(command[0]).name}: {error}") from error
    if done.returncode:
        said = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise CannotInstallError(said[-1][:120] if said else f"{Path(command[0]).name} ended with {done.returncode}")
    return done.stdout.strip()


def virtual_environment(name: str, *packages: str) -> Path:
    """The folder of programs of an environment that holds `packages`; a finished one is used again."""
    folder = cache_folder() / name
    done = folder / "installed.json"
    if not done.is_file() or json.loads(done.read_text()) != list(packages):
        shutil.rmtree(folder, ignore_errors=True)
        call(sys.executable, "-m", "venv", folder)
        call(folder / "bin/python", "-m", "pip", "install", "--quiet", *packages)
        done.write_text(json.dumps(packages))
    return folder / "bin"


def version_of(programs: Path, package: str) -> str:
    return call(programs / "python", "-c", f"from importlib.metadata import version; print(version({package!r}))")


def nikola() -> Program:
    """Nikola reads an export and leaves the HTML as it is. It calls itself by name while it works."""
    programs = virtual_environment("nikola", "nikola[extras]")
    return Program(
        f"Nikola {version_of(programs, 'nikola')}",
        lambda export, out: (
            str(programs / "nikola"),
            *("import_wordpress", "--no-downloads", "-o", str(out / "site"), str(export)),
        ),
        tuple(f"site/{folder}/**/*.{ending}" for folder in ("posts", "pages") for ending in ("md", "html", "wp")),
        {"PATH": f"{programs}:{os.environ['PATH']}"},
        "leaves HTML",
    )


def pelican() -> Program:
    """Pelican calls pandoc once for each post; without one in PATH, that of the package pypandoc-binary is taken."""
    needed = ("pelican", "beautifulsoup4", "feedparser", "lxml", "markdown")
    found = shutil.which("pandoc")
    programs = virtual_environment("pelican", *needed, *(() if found else ("pypandoc-binary",)))
    pandoc = found or call(programs / "python", "-c", "import pypandoc; print(pypandoc.get_pandoc_path())")
    return Program(
        f"pelican-import {version_of(programs, 'pelican')}, pandoc {call(pandoc, '--version').split()[1]}",
        lambda export, out: (
            str(programs / "pelican-import"),
            *("--wpfile", "-m", "markdown", "-o", str(out), str(export)),
        ),
        ("**/*.md",),
        {"PATH": f"{Path(pandoc).parent}:{programs}:{os.environ['PATH']}"},
    )


_QUIET = ("--wizard", "false", "--post-folders", "false")
# Major version -> options that leave pictures where they are, take pages along, and do not wait.
_EXPORT_TO_MARKDOWN = {
    2: ("--save-attached-images", "false", "--save-scraped-images", "false", "--include-other-types", "true"),
    3: ("--save-images", "none", "--request-delay", "0", "--write-delay", "0"),
}


def export_to_markdown() -> Program:
    """wordpress-export-to-markdown, in the newest version that npm has.

    Version 3 has options for its delays; version 2 holds them in a file of settings, where they are set to zero: else
    it would wait 25 ms after each file.
    """
    package, folder = "wordpress-export-to-markdown", cache_folder() / "npm"
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise CannotInstallError("needs node and npm")
    home = folder / "node_modules" / package
    if not (home / "package.json").is_file():
        folder.mkdir(parents=True, exist_ok=True)
        call(npm, "install", "--prefix", folder, "--no-audit", "--no-fund", "--silent", package)
    about = json.loads((home / "package.json").read_text(encoding="utf-8"))
    major = int(about["version"].partition(".")[0])
    if major not in _EXPORT_TO_MARKDOWN:
        raise CannotInstallError(f"options of version {about['version']} are not known here")
    if major == 2:
        settings = home / "src/settings.js"
        text = settings.read_text(encoding="utf-8")
        settings.write_text(re.sub(r"(_delay = )\d+", r"\g<1>0", text), encoding="utf-8")
    started = (
        about["bin"] if isinstance(about.get("bin"), str) else next(iter(about.get("bin", {"": "index.js"}).values()))
    )
    options = (*_QUIET, *_EXPORT_TO_MARKDOWN[major])
    return Program(
        f"{package} {about['version']}, delays off",
        lambda export, out: (node, str(home / started), *options, "--input", str(export), "--output", str(out)),
        ("**/*.md",),
    )


PEERS: Mapping[str, Callable[[], Program]] = {
    "wordpress-export-to-markdown": export_to_markdown,
    "nikola": nikola,
    "pelican": pelican,
}
