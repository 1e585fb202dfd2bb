"""The rules of the house that a machine can check: import arrows, the notice table, what a package holds."""

from __future__ import annotations

import ast
import re
import sys
import zipfile
from pathlib import Path

import pytest

from converters.model.notices import KINDS
from tests import children

ROOT = Path(__file__).parent.parent
BELOW = (
    "converters.importers",
    "converters.exporters",
    "converters.passes",
    "converters.markdown",
    "converters.frontmatter",
)
SHARED = {"importers": ("shared", "base"), "exporters": ("site", "base")}
MODULES = sorted(path for folder in ("converters", "pipelines") for path in (ROOT / folder).rglob("*.py"))


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def within(name: str, package: str) -> bool:
    return name == package or name.startswith(package + ".")


_OWN_MARKS = re.compile(r"\\ufd[de][0-9a-f]|\\ue00|\\uf8ff|token_hex|urandom|import secrets|uuid4", re.I)
_MAY_HAVE_MARKS = {
    "converters.html.placeholders": "the one scheme",
    "converters.paths": "which characters no name of a file holds",
    "converters.importers.wordpress.comments": "which characters are looked at more closely",
    "converters.markdown.scan.strict_calls": "masks of a copy that is only looked at; nothing of it is written",
    "converters.passes.active_markdown": "the same masks",
    "converters.passes.harmless_tags": "the same masks",
    "converters.markdown.read.bounded": "single characters; where a text holds them, they are replaced before",
    "pipelines.remote.lease": "who holds a lock in a store",
}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_placeholders_are_made_in_one_place(path: Path) -> None:
    """A text could hold what another scheme is made of; `converters/html/placeholders.py` says how it cannot."""
    found = _OWN_MARKS.findall(path.read_text(encoding="utf-8"))
    assert not found or name_of(path) in _MAY_HAVE_MARKS, "use converters.html.placeholders"


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_go_one_way(path: Path) -> None:
    me = name_of(path)
    for other in imports(path):
        if within(me, "converters"):
            assert not within(other, "pipelines"), f"{me} imports {other}"
        for side, far in (
            ("converters.importers", "converters.exporters"),
            ("converters.exporters", "converters.importers"),
        ):
            assert not (within(me, side) and within(other, far)), f"{me} imports {other}"
        if within(me, "converters") and not any(within(me, package) for package in BELOW):
            assert not any(within(other, package) for package in BELOW), f"{me} imports {other}"


def test_importers_do_not_know_each_other_nor_do_exporters() -> None:
    for side in ("importers", "exporters"):
        for path in (ROOT / "converters" / side).rglob("*.py"):
            own = ".".join(name_of(path).split(".")[:3])
            for other in imports(path):
                known = within(other, f"converters.{side}") and other.count(".") >= 2
                known = known and not any(within(other, f"converters.{side}.{room}") for room in SHARED[side])
                assert not known or within(other, own), f"{path} imports {other}"


def test_every_notice_is_used_and_documented() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in MODULES if path.name not in ("notices.py", "remedies.py")
    )
    used = set(re.findall(r'"([a-z]+\.[a-z-]+)"', code)) & KINDS.keys()
    assert KINDS.keys() == used, KINDS.keys() ^ used
    documented = (ROOT / "docs/notices.md").read_text(encoding="utf-8")
    assert [code for code in KINDS if f"`{code}`" not in documented] == []


def test_every_construct_in_the_docs_has_its_test() -> None:
    page = (ROOT / "docs/constructs.md").read_text(encoding="utf-8")
    rows = [
        line for line in page.splitlines() if line.startswith("| ") and not line.startswith(("| **", "| Construct"))
    ]
    assert len(rows) > 30
    for row in rows:
        path, _, function = row.rstrip("| ").rpartition("`")[0].rpartition("`")[2].partition("::")
        assert (ROOT / path).is_file(), row
        assert f"def {function}" in (ROOT / path).read_text(encoding="utf-8"), row


def test_nothing_prints_outside_the_command() -> None:
    for path in MODULES:
        if path.name not in ("cli.py", "console.py", "main.py"):
            assert not re.search(r"\bprint\(|click\.echo", path.read_text(encoding="utf-8")), path


def test_the_wheel_holds_the_program_and_its_layouts(tmp_path: Path) -> None:
    children.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)], check=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    wanted = {str(path.relative_to(ROOT)) for path in MODULES}
    for folder in ("converters/exporters/hugo/starter", "pipelines/report/templates"):
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and path.suffix != ".pyc")
        wanted |= {str(path.relative_to(ROOT)) for path in files}
    assert wanted <= names, wanted - names
    assert not any(name.startswith(("tests/", "fixtures/")) for name in names)


GATE = ("pipelines/output/held_folder.py", "pipelines/output/output_folder.py", "pipelines/output/single_files.py")
WRITES = frozenset(
    "unlink rename mkdir makedirs rmdir removedirs rmtree write_text write_bytes touch symlink_to hardlink_to symlink "
    "remove copyfile copyfileobj copytree copy2 move chmod utime truncate mkfifo mknod TemporaryDirectory "
    "NamedTemporaryFile mkdtemp mkstemp".split()
)
ELSEWHERE = {
    # module -> what it may call, and why that is below no output
    "pipelines/batch/ledger.py": {"TemporaryDirectory", "connect"},  # a spool of its own; memory
    "pipelines/output/database.py": {
        "open w",
        "connect",
        "move",
        "remove",
    },  # a spool; what the gate has looked at
    "pipelines/run/index.py": {"connect"},  # in the spool
    "pipelines/inspect/gather.py": {"TemporaryDirectory"},
    "pipelines/sources/guess.py": {"TemporaryDirectory"},
    "pipelines/media/download.py": {"unlink"},  # a name in a folder that the gate has looked at
    "pipelines/media/part.py": {"unlink"},  # the same
    "pipelines/media/store.py": {"remove"},  # a method of the gate
    "pipelines/media/wanted.py": {"connect"},  # to read, what the gate has looked at
    "pipelines/remote/conversion.py": {"mkdir"},  # the user's folder of caches
    "pipelines/remote/fetch.py": {"TemporaryDirectory", "mkdir", "unlink"},  # sources, in a spool of their own
    "pipelines/remote/publish.py": {"TemporaryDirectory", "remove"},  # a spool; objects of a store
    "pipelines/remote/lease.py": {"remove"},  # objects of a store
    "pipelines/report/write.py": {"TemporaryDirectory", "open w", "copyfileobj"},  # a spool
    "pipelines/run/convert.py": {"TemporaryDirectory"},
    "pipelines/run/scattered.py": {"TemporaryDirectory"},  # in our own folder, which was looked at
    "pipelines/output/sink.py": {"mkdir", "move", "remove"},  # the output itself; methods of the gate
    "pipelines/sources/files.py": {"open w", "copyfileobj"},  # sources, in a spool
    "pipelines/output/state.py": {"TemporaryDirectory"},  # a spool
    "pipelines/cli/streams.py": {"open w"},  # the null device
    "pipelines/sources/unpack.py": {"open w", "copyfileobj"},  # archives, in a spool
    "pipelines/verify/built.py": {"TemporaryDirectory"},
}


def changes(path: Path) -> set[str]:
    """What a module calls that changes something on a disk, by the names of the calls."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        owner = getattr(getattr(node.func, "value", None), "id", "")
        words = [*filter(None, map(_text, (*node.args, *(key.value for key in node.keywords))))]
        if name in WRITES or (name == "connect" and owner == "sqlite3"):
            found.add(name)
        elif name == "open" and (
            owner == "os" or any(set(word) <= set("wxab+rt") and set(word) & set("wxa+") for word in words)
        ):
            found.add("open w")
        elif name == "replace" and isinstance(node.func, ast.Attribute) and len(node.args) == 1 and not node.keywords:
            found.add("replace")  # of a path; texts take two arguments
    return found


def _text(node: ast.expr) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_one_gate_to_the_disk() -> None:
    """Nothing but the gate changes anything on a disk, except for what is named here with its reason."""
    found = {}
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("pipelines/") and name not in GATE:
            found[name] = changes(path)
    more = {name: calls - ELSEWHERE.get(name, set()) for name, calls in found.items()}
    assert {name: calls for name, calls in more.items() if calls} == {}
    less = {name: calls - found[name] for name, calls in ELSEWHERE.items()}
    assert {name: calls for name, calls in less.items() if calls} == {}, "not called any more"
    assert {"rmdir", "open w"} <= changes(ROOT / "pipelines/output/held_folder.py"), "it finds something"
