"""The command that converts what was looked at, as it can be pasted; and rules for shortcodes that nobody knows."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Sequence
from pathlib import Path

from converters.exporters.base import find_target
from converters.plugin import usual_target
from pipelines.cli.job_options import default_output
from pipelines.inspect.gather import Look
from pipelines.output.output_folder import FOLDER
from pipelines.remote.address import is_remote, shown

_MOST = 99
_PATTERN = re.compile(r"[*?\[\]]")


def arguments(look: Look, *, to: str = "", importer: str = "") -> list[str]:
    """The words behind `convert`. `importer` is the one the user named, where looking at the source is not enough."""
    target = to or usual_target(look.importer)
    words = [*look.sources, *(["--from", importer] if importer else [])]
    words += ["--to", target] if target != usual_target() else []
    backup = backup_folder(look) if look.counts.media else ""
    words += ["--media", f"copy:{backup}"] if backup and find_target(target).static_folder is not None else []
    return [*words, "-o", as_argument(free_folder(look.sources, target))]


def command(words: Sequence[str], program: str = "convert") -> str:
    """As it is typed in a shell. Passwords and signatures of addresses are left out, as wherever they are shown."""
    return shlex.join([program, *(shown(word) if is_remote(word) else word for word in words)])


def as_argument(name: str) -> str:
    """The name of a source so that it is taken for no option: `./-old.xml`."""
    return f"./{name}" if name.startswith("-") and name != "-" else name


def backup_folder(look: Look) -> str:
    """A copy of the old site's files beside the source; empty when there is none."""
    for source in look.sources:
        if not is_remote(source) and source != "-":
            folders = (Path(source).parent, Path(source))
            found = [folder / name for folder in folders for name in look.reads.backup_folders]
            if backup := next((folder for folder in found if folder.is_dir()), None):
                return str(backup)
    return ""


def free_folder(sources: Sequence[str], target: str) -> str:
    """The usual output folder; another one where that holds files of others, or lies in the source."""
    usual = default_output(_PATTERN.sub("", sources[0].rstrip("/")) or "site", target)
    inside = [Path(source).resolve() for source in sources if not is_remote(source) and Path(source).is_dir()]
    if any(Path(usual).resolve().is_relative_to(folder) for folder in inside):
        above = next(folder for folder in inside if Path(usual).resolve().is_relative_to(folder))
        name = f"{above.name or 'site'}-{target}"
        usual = os.path.relpath(above.parent / name)
    names = [usual, *(f"{usual}-{number}" for number in range(2, _MOST))]
    return next((name for name in names if is_free(Path(name))), usual)


def is_free(folder: Path) -> bool:
    """Can a run write here: is it not there, empty, or a run's own?"""
    if not folder.exists():
        return True
    return folder.is_dir() and ((folder / FOLDER).is_dir() or not any(folder.iterdir()))


def rules(look: Look) -> str:
    """A file of rules for the shortcodes that nobody knows: what stands inside stays; those with nothing go."""
    unknown = sorted(
        ((name, seen) for name, seen in look.findings.shortcodes.items() if not seen.known),
        key=lambda row: (-row[1].items, row[0]),
    )
    if not unknown:
        return "# No shortcode was found that nothing here knows: no rule is needed.\n"
    parts = ["# Rules for shortcodes that nothing here knows. Look at each, then: convert … --rules THIS-FILE"]
    for name, seen in unknown:
        example = "".join(letter if letter.isprintable() else " " for letter in seen.example)
        way = "unwrap = true  # what stands inside stays" if seen.encloses else "drop = true  # nothing stands inside"
        times = f"{seen.uses:,} in {seen.items:,} item{'s' * (seen.items != 1)}"
        parts.append(f'# {times}, such as {example}\n[shortcodes."{name}"]\n{way}')
    return "\n\n".join(parts) + "\n"
