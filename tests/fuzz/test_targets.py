"""A fixed number of inputs for every target, the same in every run. Long runs: docs/fuzzing.md."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest

from tests import children
from tests.folders import ROOT
from tests.fuzz import engine
from tests.fuzz.mutate import Mutator

EXECUTIONS = {
    "block_comments": 2_000,
    "content": 300,
    "front_matter": 1_000,
    "front_matter_written": 600,
    "html_to_markdown": 500,
    "hugo_shortcodes": 300,
    "names": 5_000,
    "paths": 1_000,
    "php_values": 8_000,
    "shortcodes": 2_500,
    "splitter": 1_500,
}


def test_every_target_has_a_number_of_executions_and_seeds() -> None:
    assert sorted(EXECUTIONS) == engine.names()
    assert [name for name in engine.names() if not engine.seeds(name)] == []


@pytest.mark.parametrize("name", engine.names())
def test_the_seeds(name: str) -> None:
    target = engine.load(name)
    assert [engine.check(target, data) for data in engine.seeds(name)] == [None] * len(engine.seeds(name))


@pytest.mark.parametrize("name", engine.names())
def test_inputs_by_chance(name: str) -> None:
    result = engine.run(name, executions=EXECUTIONS[name], seed=20)
    assert [(finding.trace, finding.data) for finding in result.findings] == []
    assert result.executions == EXECUTIONS[name]


def test_the_same_seed_makes_the_same_inputs() -> None:
    one, two = (Mutator([b"a seed", b"another"], [b"word"], seed=3) for _ in range(2))
    made = [one.next() for _ in range(200)]
    assert made == [two.next() for _ in range(200)]
    assert len(set(made)) > 150


class Broken:
    """A target that fails on what holds `<<`, with one of two errors, and hangs on nothing."""

    DICTIONARY: tuple[bytes, ...] = (b"<", b"<<")

    def run(self, data: bytes) -> None:
        if b"<<!" in data:
            raise ValueError("first")
        if b"<<" in data:
            raise KeyError("second")


def test_a_finding_is_made_small_and_keeps_its_cause() -> None:
    broken = engine.check(Broken(), b"some text << and more <")
    assert broken is not None
    small = engine.shrunk(Broken(), engine.Finding(broken[0], b"some text << and more <", broken[1]))
    assert small.data == b"<<"
    assert small.key.startswith("KeyError test_targets.py:")


def test_what_takes_too_long_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "SLOW", -1.0)
    assert (engine.check(Broken(), b"") or ("",))[0] == "slow"


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="this system has no such alarm")
def test_what_does_not_end_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless:
        DICTIONARY: tuple[bytes, ...] = ()

        def run(self, data: bytes) -> None:
            while True:
                try:
                    sum(range(1000))
                except Exception:
                    continue

    monkeypatch.setattr(engine, "HANGING", 0.05)
    assert (engine.check(Endless(), b"") or ("",))[0] == "hangs"


def test_growth_beyond_proportion_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    class Square:
        DICTIONARY: tuple[bytes, ...] = ()

        def run(self, data: bytes) -> None:
            for _ in range((len(data) // 1024) ** 3):
                sum(data)

    monkeypatch.setattr(engine, "NOTABLE", 0.0)
    monkeypatch.setattr(engine, "_SIZES", (4_096, 8_192, 16_384))
    found = engine.grown(Square(), b"ab", memory=False)[0]
    assert found is not None and found[0] == "time"


def test_the_command(tmp_path: Path) -> None:
    root = ROOT
    words = [sys.executable, "-m", "tests.fuzz", "php_values", "--executions", "50", "--findings", str(tmp_path)]
    done = children.run(words, cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "php_values: 50 executions with seed 0" in done.stdout
    assert list(tmp_path.iterdir()) == []
    seed = engine.CORPUS / "php_values" / "list"
    replayed = children.run([*words[:4], "--replay", str(seed)], cwd=root, capture_output=True, text=True, check=False)
    assert replayed.stdout.strip().endswith("list: holds")
