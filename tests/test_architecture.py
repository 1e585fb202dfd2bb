"""The rules of the house that a machine can check: import arrows, the notice table, what a package holds."""

from __future__ import annotations

import ast
import re
import sys
import zipfile
from pathlib import Path

import pytest

from converters.frontmatter.keys import HUGO
from converters.notices import KINDS
from tests import children

ROOT = Path(__file__).parent.parent
BELOW = (
    "converters.importers",
    "converters.exporters",
    "converters.transforms",
    "converters.markdown",
    "converters.frontmatter",
)
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
    "converters.placeholders": "the one scheme",
    "converters.paths": "which characters no name of a file holds",
    "converters.importers.wordpress.comments": "which characters are looked at more closely",
    "converters.transforms.sanitize_markdown": "marks that hold a secret of their own",
    "pipelines.remote.lease": "who holds a lock in a store",
}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_placeholders_are_made_in_one_place(path: Path) -> None:
    """A text could hold what another scheme is made of; `converters/placeholders.py` says how it cannot."""
    found = _OWN_MARKS.findall(path.read_text(encoding="utf-8"))
    assert not found or name_of(path) in _MAY_HAVE_MARKS, "use converters.placeholders"


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
                assert not known or within(other, own), f"{path} imports {other}"


def test_every_notice_is_used_and_documented() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8") for path in MODULES if path.name not in ("notices.py", "remedies.py")
    )
    used = set(re.findall(r'"([a-z]+\.[a-z-]+)"', code)) & KINDS.keys()
    assert KINDS.keys() == used, KINDS.keys() ^ used
    documented = (ROOT / "docs/notices.md").read_text(encoding="utf-8")
    assert [code for code in KINDS if f"`{code}`" not in documented] == []


def test_every_front_matter_key_is_documented() -> None:
    page = (ROOT / "docs/front-matter.md").read_text(encoding="utf-8")
    for key in HUGO:
        assert f"| `{key.name}` | {key.type} | {key.source} |" in page, key.name


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
        if path.name not in ("cli.py", "console.py"):
            assert not re.search(r"\bprint\(|click\.echo", path.read_text(encoding="utf-8")), path


def test_the_wheel_holds_the_program_and_its_layouts(tmp_path: Path) -> None:
    children.run([sys.executable, "-m", "pip", "wheel", "-q", "--no-deps", "-w", str(tmp_path), str(ROOT)], check=True)
    names = set(zipfile.ZipFile(next(tmp_path.glob("*.whl"))).namelist())
    wanted = {str(path.relative_to(ROOT)) for path in MODULES}
    starter = ROOT / "converters/exporters/hugo/starter"
    wanted |= {str(path.relative_to(ROOT)) for path in starter.rglob("*") if path.is_file() and path.suffix != ".pyc"}
    assert wanted <= names, wanted - names
    assert not any(name.startswith(("tests/", "fixtures/")) for name in names)
