"""A command that is begun loaded is the installed command: what it says, how it ends, what it is given."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import children, loaded_command
from tests.wxr import export, item

ORDERS: dict[str, tuple[list[str], bytes | None]] = {
    "an end without a fault": (["formats"], None),
    "a wrong use": (["--front-matter", "yml", "export.xml"], None),
    "no such source": (["exprot.xml"], None),
    "a conversion, of a file whose name is in another script": (["été.xml", "-q", "-o", "site"], None),
    "a source that is typed": (["-", "--from", "wordpress", "-q", "-o", "site"], export(item(1)).encode()),
    "several processes": (["été.xml", "-q", "-o", "site", "--workers", "2"], None),
}


@pytest.mark.parametrize(("arguments", "given"), ORDERS.values(), ids=ORDERS)
def test_it_is_as_if_it_had_begun_itself(tmp_path: Path, arguments: list[str], given: bytes | None) -> None:
    ends = []
    for name, loaded in (("plain", False), ("loaded", True)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "été.xml").write_text(export(item(1), item(2)), encoding="utf-8")
        if loaded:
            done = loaded_command.run(arguments, cwd=folder, stdin=given)
        else:
            done = children.run([loaded_command.SCRIPT, *arguments], capture_output=True, cwd=folder, input=given)
        files = sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))
        ends.append((done.returncode, done.stdout, done.stderr, files))
    assert ends[0] == ends[1]


def test_the_environment_is_that_of_the_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what an interpreter reads only as it begins."""
    for name, value in (("_POSTFERRY_COMPLETE", "bash_complete"), ("COMP_WORDS", "postferry --to h")):
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("COMP_CWORD", "2")
    assert b"hugo" in loaded_command.run([], cwd=tmp_path).stdout
    monkeypatch.setenv("PYTHONVERBOSE", "1")
    assert b"import 'site'" in loaded_command.run(["--version"], cwd=tmp_path).stderr
