"""Each way in which an attack once succeeded is closed by a test of its name, here or in a file of its kind.

The names are those of the attacks: `test_<name>`, with `_` for `-`. A test that shows one may be a table of many cases.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

HERE = Path(__file__).parent
KINDS = """batch-star-name batch-stem-dotdot blocks-exponential delete-outside-by-state-db delete-through-link
fifo-in-output hugo-security-carried lock-and-state-links memory-emails mxss-math-form overdue-crash parts-link
power-cut-no-fsync privacy-plugin-types privacy-private-media rce-jekyll-plugins safe-hugo slowloris-headers
source-changed-mid-run superlinear toml-dotted-key xss-noscript-term-description xss-select-style""".split()


def found_in(path: Path) -> dict[str, bool]:
    """Name of each test in a file -> is it left out of the usual run?"""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return {
        function.name: any(ast.unparse(mark) == "pytest.mark.slow" for mark in function.decorator_list)
        for function in functions
        if function.name.startswith("test_")
    }


TESTS = {name: slow for path in sorted(HERE.glob("test_*.py")) for name, slow in found_in(path).items()}


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_has_its_test(kind: str) -> None:
    name = f"test_{kind.replace('-', '_')}"
    assert name in TESTS, f"no test in tests/hostile is called {name}"
    assert not TESTS[name], f"{name} is slow: the usual run leaves it out"


def test_the_list_is_whole() -> None:
    assert len(KINDS) == len(set(KINDS)) == 23
