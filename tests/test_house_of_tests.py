"""Rules for the tests themselves, so that they hold on any machine: read out of their source."""

from __future__ import annotations

import ast
import os
import signal
import sys
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests import children
from tests.limits import budget, until

ROOT = Path(__file__).parent
FILES = sorted(path for path in ROOT.rglob("*.py") if "corpus" not in path.parts)
CLOCKS = frozenset(
    name + unit for name in ("time", "monotonic", "perf_counter", "process_time") for unit in ("", "_ns")
)
BEGINNERS = frozenset(
    """subprocess.run subprocess.Popen subprocess.call subprocess.check_call subprocess.check_output os.system os.popen
    os.fork os.posix_spawn os.posix_spawnp pty.fork pty.spawn multiprocessing.Process
    asyncio.create_subprocess_exec asyncio.create_subprocess_shell""".split()
)
"""What begins a process."""
MAY_BEGIN = {
    "children.py": "the one place",
    "loaded_command.py": "a program that is loaded is begun with a fork",
    "browser/chromium.py": "a browser takes its commands from descriptors that only `posix_spawn` hands on",
    "pipelines/inspect/terminal.py": "a process with a terminal of its own",
}
ENDLESS = frozenset({"join", "result", "acquire", "get"})
"""Methods that wait for ever when they are given no limit. (`wait` and `communicate` of our children have one.)"""

Finding = tuple[int, str]


def name(node: ast.AST) -> str:
    """`a.b` of an expression; empty for what has no name."""
    if isinstance(node, ast.Attribute):
        return f"{name(node.value)}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def is_clock(node: ast.AST) -> bool:
    """Does something ask what time it is?"""
    if not isinstance(node, ast.Call):
        return False
    called = name(node.func)
    return called.rpartition(".")[2] in CLOCKS and called.rpartition(".")[0] in ("", "time")


def begins_processes(tree: ast.AST) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name(node.func) in BEGINNERS:
            yield node.lineno, f"{name(node.func)}: use tests.children"


def waits_for_ever(tree: ast.AST) -> Iterator[Finding]:
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
            continue
        if node.func.attr in ENDLESS and not node.args and not node.keywords:
            yield node.lineno, f".{node.func.attr}() without a limit"


class Times:
    """What in a module is a time: what a clock says, what is computed from it, functions that give it back."""

    def __init__(self, tree: ast.AST) -> None:
        self._names: set[str] = set()
        self._functions: set[str] = set()
        for _ in range(3):  # a detour has so many steps
            for node in ast.walk(tree):
                if isinstance(node, ast.Assign) and self.has(node.value):
                    self._names |= {name(target) for target in node.targets if isinstance(target, ast.Name)}
                if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                    given = (part.value for part in ast.walk(node) if isinstance(part, ast.Return) and part.value)
                    self._functions |= {node.name} if any(map(self.has, given)) else set()

    def has(self, node: ast.AST) -> bool:
        """Is it one? Not what any other function makes of one."""
        if isinstance(node, ast.Call):
            called = name(node.func)
            if is_clock(node) or called in self._functions:
                return True
            return called in ("max", "min", "abs", "round", "int", "float", "run", "asyncio.run") and any(
                map(self.has, node.args)
            )
        if isinstance(node, ast.Name):
            return node.id in self._names
        inner = (ast.BinOp, ast.UnaryOp, ast.Compare, ast.BoolOp, ast.Tuple, ast.IfExp)
        return isinstance(node, inner) and any(map(self.has, ast.iter_child_nodes(node)))


def asserts_a_time(tree: ast.AST) -> Iterator[Finding]:
    """Also by a detour."""
    if not any(map(is_clock, ast.walk(tree))):
        return
    times = Times(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Assert) and times.has(node.test):
            yield node.lineno, "an assertion on a time: use tests.limits"


def sleeps_then_asserts(tree: ast.AST) -> Iterator[Finding]:
    """A time that is long enough on one machine is not on another. In a loop that looks again it is fine."""
    for node in ast.walk(tree):
        for body in (getattr(node, field, None) for field in ("body", "orelse", "finalbody")):
            for one, other in pairwise(body) if isinstance(body, list) else ():
                slept = isinstance(one, ast.Expr) and isinstance(one.value, ast.Call)
                if slept and name(one.value.func).rpartition(".")[2] == "sleep" and isinstance(other, ast.Assert):
                    yield one.lineno, "sleeps, then asserts: use tests.limits.until"


RULES: dict[Callable[[ast.AST], Iterator[Finding]], dict[str, str]] = {
    begins_processes: MAY_BEGIN,
    waits_for_ever: {},
    asserts_a_time: {},
    sleeps_then_asserts: {},
}
"""Rule -> files it does not hold for, and why."""


@cache
def syntax(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_the_tests_hold_on_any_machine(rule: Callable[[ast.AST], Iterator[Finding]]) -> None:
    found = []
    for path in FILES:
        inside = path.relative_to(ROOT).as_posix()
        if inside not in RULES[rule]:
            found += [f"tests/{inside}:{line}: {what}" for line, what in rule(syntax(path))]
    assert found == []
    assert all((ROOT / file).is_file() for file in RULES[rule])


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (begins_processes, "import subprocess\nsubprocess.run(['x'])"),
        (begins_processes, "os.system('x')"),
        (waits_for_ever, "thread.join()"),
        (waits_for_ever, "queue.get()"),
        (asserts_a_time, "def test():\n    a = time.monotonic()\n    f()\n    assert time.monotonic() - a < 5"),
        (asserts_a_time, "def test():\n    a = perf_counter()\n    b = perf_counter() - a\n    assert b < 5"),
        (asserts_a_time, "def took():\n    return time.process_time() - a\ndef test():\n    assert took() < 3"),
        (sleeps_then_asserts, "def test():\n    time.sleep(1)\n    assert f()"),
    ],
)
def test_the_rules_see_what_they_are_for(rule: Callable[[ast.AST], Iterator[Finding]], text: str) -> None:
    assert list(rule(ast.parse(text)))


@pytest.mark.parametrize("text", ["', '.join(a)", "values.get('a')", "def test():\n    assert f(time.sleep) < 5"])
def test_the_rules_see_nothing_else(text: str) -> None:
    assert [found for rule in RULES for found in rule(ast.parse(text))] == []


CHILD = "import signal, sys, time; print('here', flush=True); time.sleep(600)"
HANGS = ["sh", "-c", "echo here; exec sleep 600"]  # there at once, however busy the machine is


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_child_hears_signals_that_its_parent_ignores(number: signal.Signals) -> None:
    before = signal.signal(number, signal.SIG_IGN)
    try:
        process = children.start([sys.executable, "-c", CHILD], stdout=-1, stderr=-1, text=True)
        assert signal.getsignal(number) is signal.SIG_IGN
    finally:
        signal.signal(number, before)
    assert process.stdout is not None
    assert process.stdout.readline() == "here\n"
    process.send_signal(number)
    process.communicate()
    assert process.returncode == -number


def test_a_child_that_hangs_is_ended() -> None:
    with children.start(HANGS, limit=2, stdout=-1) as process:
        assert process.stdout is not None
        assert process.stdout.read() == b"here\n"  # which nothing but the limit ends
        assert process.wait() == -signal.SIGKILL
    with pytest.raises(AssertionError, match="no end after 2 s"):
        children.run(HANGS, limit=2, capture_output=True)


def test_work_without_an_end_is_ended() -> None:
    with pytest.raises(AssertionError, match="more than 0 seconds of CPU"), budget(0.2):
        while True:
            pass
    assert until(lambda: True)
    assert not until(lambda: False, 0.1)


def test_nothing_of_the_surroundings_gets_in() -> None:
    assert not {"NO_COLOR", "FORCE_COLOR", "COLUMNS", "http_proxy", "HTTPS_PROXY"} & os.environ.keys()
    assert signal.getsignal(signal.SIGINT) is not signal.SIG_IGN
