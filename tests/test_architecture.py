"""The rules of the house that a machine can check: import arrows, the notice table, what a package holds."""

from __future__ import annotations

import ast
import re
import sys
import zipfile
from functools import cache
from pathlib import Path

from converters.model.notices import KINDS
from converters.plugin import BUILT_IN
from tests import children
from tests.folders import ROOT

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


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(syntax(path)):
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
    "converters.markdown.scan.shortcodes": "masks of a copy that is only looked at; nothing of it is written",
    "converters.passes.active_markdown": "the same masks",
    "converters.passes.harmless_tags": "the same masks",
    "converters.markdown.read.bounded": "single characters; where a text holds them, they are replaced before",
    "pipelines.remote.remote_lock": "who holds a lock in a store",
}


def test_placeholders_are_made_in_one_place() -> None:
    """A text could hold what another scheme is made of; `converters/html/placeholders.py` says how it cannot."""
    found = {name_of(path) for path in MODULES if _OWN_MARKS.search(path.read_text(encoding="utf-8"))}
    assert found <= _MAY_HAVE_MARKS.keys(), "use converters.html.placeholders"


def test_imports_go_one_way() -> None:
    for me, other in ((name_of(path), other) for path in MODULES for other in imports(path)):
        if within(me, "converters"):
            assert not within(other, "pipelines"), f"{me} imports {other}"
        for side, far in (
            ("converters.importers", "converters.exporters"),
            ("converters.exporters", "converters.importers"),
        ):
            assert not (within(me, side) and within(other, far)), f"{me} imports {other}"
        if within(me, "converters") and not any(within(me, package) for package in BELOW):
            assert not any(within(other, package) for package in BELOW), f"{me} imports {other}"


OURS = frozenset(map(name_of, MODULES))
MADE_LATE = {"converters.passes.references", "converters.passes.rules"}
"""What the surroundings of the passes make when it is first asked for; it needs them in turn."""


def known_modules(path: Path, *, types: bool) -> set[str]:
    """The modules of ours that one imports, at its head and inside of functions; `types`: those for types only, too."""
    found: set[str] = set()
    waiting: list[ast.AST] = [syntax(path)]
    while waiting:
        node = waiting.pop()
        if (
            not types
            and isinstance(node, ast.If)
            and isinstance(node.test, ast.Name)
            and node.test.id == "TYPE_CHECKING"
        ):
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & OURS or {node.module} & OURS
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names} & OURS
        waiting += ast.iter_child_nodes(node)
    return found - {name_of(path)}


def circle(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import each other in a circle; none where there is no circle."""
    done: set[str] = set()

    def follow(name: str, way: list[str]) -> list[str]:
        if name in way:
            return way[way.index(name) :]
        if name in done:
            return []
        for other in sorted(graph[name]):
            if found := follow(other, [*way, name]):
                return found
        done.add(name)
        return []

    return next((found for name in sorted(graph) if (found := follow(name, []))), [])


def test_no_module_imports_itself_by_way_of_others() -> None:
    """Whoever reads one can read what it needs before it. Types count in the pipelines, too."""
    everywhere = {name_of(path): known_modules(path, types=False) for path in MODULES}
    everywhere["converters.passes.base"] -= MADE_LATE
    assert circle(everywhere) == []
    pipelines = {
        name_of(path): known_modules(path, types=True) for path in MODULES if within(name_of(path), "pipelines")
    }
    within_pipelines = {name: {other for other in others if other in pipelines} for name, others in pipelines.items()}
    assert circle(within_pipelines) == []
    assert circle({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c"], "it finds something"


def test_importers_do_not_know_each_other_nor_do_exporters() -> None:
    for side in ("importers", "exporters"):
        for path in (ROOT / "converters" / side).rglob("*.py"):
            own = ".".join(name_of(path).split(".")[:3])
            for other in imports(path):
                known = within(other, f"converters.{side}") and other.count(".") >= 2
                known = known and not any(within(other, f"converters.{side}.{room}") for room in SHARED[side])
                assert not known or within(other, own), f"{path} imports {other}"


FORMATS = (BUILT_IN["importers"].keys() | BUILT_IN["exporters"].keys()) - {"html", "json", "markdown"}
"""Those that are also names of languages stand for these as well."""
MAY_NAME_A_FORMAT = {
    "converters/plugin.py": "the table of those that are built in",
    "converters/importers/shared/generators.py": "programs whose sources are refused",
    "converters/old_site/archives.py": "the feeds of old sites, by program",
    "pipelines/cli/options.py": "the default of --to",
    "pipelines/output/safe_files.py": "texts that stay Markdown have the markups of Hugo",
}


def format_names(path: Path) -> set[str]:
    """Identifiers of a module that hold the name of a format as a word, and strings that are one."""
    found: set[str] = set()
    for node in ast.walk(syntax(path)):
        match node:
            case ast.Constant(value=str(text)) if text.lower() in FORMATS:
                found.add(text)
            case ast.Name(id=text) | ast.Attribute(attr=text) | ast.arg(arg=text) | ast.alias(name=text):
                found.add(text)
            case ast.FunctionDef(name=text) | ast.ClassDef(name=text) | ast.ImportFrom(module=str(text)):
                found.add(text)
            case _:
                pass
    return {text for text in found if FORMATS & set(re.sub(r"(?<=[a-z])(?=[A-Z])|\W|_", " ", text).lower().split())}


def test_no_format_is_named_outside_its_folder() -> None:
    """What the rest has to know of an importer or a target is in its class and its record."""
    named = {}
    for path in MODULES:
        name = path.relative_to(ROOT).as_posix()
        own = name.split("/")[2] if name.startswith(("converters/importers/", "converters/exporters/")) else None
        named[name] = {text for text in format_names(path) if own is None or own not in text.lower()}
    assert {name: found for name, found in named.items() if found and name not in MAY_NAME_A_FORMAT} == {}


def test_every_notice_is_used_and_every_one_used_is_in_the_table() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in MODULES if path.name != "notices.py")
    named = set(re.findall(r'"([a-z]+\.[a-z-]+)"', code))
    assert KINDS.keys() <= named, KINDS.keys() - named
    noted = set(re.findall(r'\blog\(\s*"([^"]+)"', code))
    assert noted <= KINDS.keys(), noted - KINDS.keys()


def test_every_construct_in_the_docs_has_its_test() -> None:
    page = (ROOT / "docs/constructs.md").read_text(encoding="utf-8")
    rows = [
        line for line in page.splitlines() if line.startswith("| ") and not line.startswith(("| **", "| Construct"))
    ]
    assert len(rows) > 30
    for row in rows:
        path, _, function = row.rstrip("| ").rpartition("`")[0].rpartition("`")[2].partition("::")
        assert (ROOT / path).is_file(), row
        beginning = "§" if path.endswith(".txt") else "def"
        assert f"{beginning} {function}" in (ROOT / path).read_text(encoding="utf-8"), row


def test_nothing_prints_outside_the_command() -> None:
    for path in MODULES:
        if path.name not in ("cli.py", "terminal.py", "main.py"):
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


GATE = ("pipelines/output/held_folder.py", "pipelines/output/output_folder.py")
WRITES = frozenset(
    "unlink rename mkdir makedirs rmdir removedirs rmtree write_text write_bytes touch symlink_to hardlink_to symlink "
    "remove copyfile copyfileobj copytree copy2 move chmod utime truncate mkfifo mknod TemporaryDirectory "
    "NamedTemporaryFile mkdtemp mkstemp".split()
)
ELSEWHERE = {
    # module -> what it may call, and why that is below no output
    "pipelines/batch/run.py": {"TemporaryDirectory"},  # a spool of its own
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
    "pipelines/media/store.py": {"remove", "unlink"},  # a method of the gate; as in download.py
    "pipelines/media/media_queue.py": {"connect"},  # to read, what the gate has looked at
    "pipelines/remote/conversion.py": {"TemporaryDirectory", "mkdir"},  # a spool; the user's folder of caches
    "pipelines/remote/fetch.py": {"TemporaryDirectory", "mkdir", "unlink"},  # sources, in a spool of their own
    "pipelines/remote/publish.py": {"TemporaryDirectory", "remove"},  # a spool; objects of a store
    "pipelines/remote/remote_lock.py": {"remove"},  # objects of a store
    "pipelines/report/write.py": {"TemporaryDirectory", "open w", "copyfileobj"},  # a spool
    "pipelines/run/convert.py": {"TemporaryDirectory"},
    "pipelines/run/cluster_run.py": {"TemporaryDirectory"},  # in our own folder, which was looked at
    "pipelines/output/sink.py": {"mkdir", "move", "remove"},  # the output itself; methods of the gate
    "pipelines/sources/files.py": {"open w", "copyfileobj"},  # sources, in a spool
    "pipelines/output/state.py": {"TemporaryDirectory"},  # a spool
    "pipelines/cli/terminal.py": {"open w"},  # the null device
    "pipelines/sources/unpack.py": {"open w", "copyfileobj"},  # archives, in a spool
    "pipelines/verify/built.py": {"TemporaryDirectory"},
}


def changes(path: Path) -> set[str]:
    """What a module calls that changes something on a disk, by the names of the calls."""
    found = set()
    for node in ast.walk(syntax(path)):
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
