"""The command on a real pseudo-terminal, answered as a person would."""

from __future__ import annotations

import os
import pty
import select
import sys
import time
from collections.abc import Sequence
from pathlib import Path

COMMAND = str(Path(sys.executable).with_name("convert"))


def talk(arguments: Sequence[str], answers: Sequence[str], cwd: Path, **env: str) -> tuple[int, str]:
    """(exit status, all that was shown). An answer is typed whenever the last thing shown is a question."""
    pid, terminal = pty.fork()
    if pid == 0:  # pragma: no cover
        os.chdir(cwd)
        os.execve(COMMAND, [COMMAND, *arguments], {**os.environ, "TERM": "xterm", "COLUMNS": "100", **env})
    shown, waiting, end = b"", list(answers), time.monotonic() + 120
    while time.monotonic() < end:
        ready, _, _ = select.select([terminal], [], [], 0.2)
        if ready:
            try:
                data = os.read(terminal, 65536)
            except OSError:  # the other side is gone
                break
            if not data:
                break
            shown += data
        elif waiting and shown.endswith(b": "):
            os.write(terminal, waiting.pop(0).encode())
    _, status = os.waitpid(pid, 0)
    os.close(terminal)
    return os.waitstatus_to_exitcode(status), shown.decode().replace("\r\n", "\n")
