"""A manifest of everything the program writes: a digest of each file, for every source, target and option that matters.

usage: python -m tests.manifest write FILE [SOURCE ...]      (beside the fixtures: exports and folders of your own)
       python -m tests.manifest compare FILE [SOURCE ...]

`compare` converts again and lists what differs, grouped by what it was made of. Exit status 1 when anything does.
Conversions run in this process, one after the other; outputs are removed at once.
"""

from __future__ import annotations

import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import blake2b
from pathlib import Path

from pipelines.cli.main import main
from tests.folders import ROOT

FIXTURES = (
    *(f"fixtures/wordpress/{name}.xml" for name in ("harbour", "constructs", "polylang", "qtranslate")),
    "fixtures/hugo/islands",
    *(f"fixtures/html/{name}" for name in ("site", "medium", "saved", "substack", "blogger")),
)
TARGETS = ("hugo", "jekyll", "json", "markdown")
OPTIONS: dict[str, tuple[str, ...]] = {
    "plain": (),
    "safe": ("--raw-html", "safe"),
    "keep": ("--raw-html", "keep"),
    "none": ("--permalinks", "none", "--comments", "none", "--media", "keep"),
    "redirects": ("--redirects", "netlify,nginx,apache,html"),
    "verify": ("--verify",),
}
OF_TARGET: dict[str, dict[str, tuple[str, ...]]] = {
    "hugo": {"toml": ("--front-matter", "toml"), "json": ("--front-matter", "json")},
    "json": {"lines": ("--json-layout", "lines"), "files": ("--json-layout", "files")},
}
_PRIVATE = re.compile(r"\.postferry/(?:state\.db|media\.db|report\.html)")


def variants(sources: Sequence[str]) -> Iterator[tuple[str, str, str, list[str]]]:
    """(source, target, name of the options, arguments of the command) of each conversion."""
    for source in (*FIXTURES, *sources):
        for target in TARGETS:
            for name, options in {**OPTIONS, **OF_TARGET.get(target, {})}.items():
                yield source, target, name, [str(ROOT / source), "--to", target, *options]


def digests(arguments: list[str]) -> dict[str, str]:
    """Path -> digest of all that one conversion writes, and its exit status."""
    folder = Path(tempfile.mkdtemp(prefix="postferry-manifest-"))
    try:
        status = _run([*arguments, "-q", "-o", str(folder / "site")])
        found = {
            str(path.relative_to(folder / "site")): blake2b(path.read_bytes(), digest_size=12).hexdigest()
            for path in sorted((folder / "site").rglob("*"))
            if path.is_file()
        }
        return {"": str(status), **{path: one for path, one in found.items() if not _PRIVATE.match(path)}}
    finally:
        shutil.rmtree(folder)


def _run(arguments: list[str]) -> int:
    try:
        main(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def manifest(sources: Sequence[str]) -> dict[str, str]:
    """`source | target | options | path` -> digest."""
    found = {}
    for source, target, name, arguments in variants(sources):
        for path, digest in digests(arguments).items():
            found[f"{source} | {target} | {name} | {path}"] = digest
    return found


def differences(old: dict[str, str], new: dict[str, str]) -> list[str]:
    """One line a file that is new, gone or other, in the order of the manifest."""
    lines = []
    for key in sorted(old.keys() | new.keys()):
        if old.get(key) != new.get(key):
            what = "new" if key not in old else "gone" if key not in new else "other"
            lines.append(f"{what:5} {key}")
    return lines


def _command(arguments: Sequence[str]) -> int:
    what, file, *sources = arguments
    new = manifest(sources)
    if what == "write":
        Path(file).write_text(json.dumps(new, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
        return 0
    lines = differences(json.loads(Path(file).read_text(encoding="utf-8")), new)
    for line in lines:
        sys.stdout.write(f"{line}\n")
    groups = Counter(" | ".join(line.split(" | ")[:3]) for line in lines)
    for group, number in groups.items():
        sys.stderr.write(f"{number:6} {group}\n")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(_command(sys.argv[1:]))
