"""The command as a process of its own that need not load the program: a server has loaded it and forks for each run.

Most of what a small conversion takes is the import of its modules. What tests run with `tests.support.command` is
a process all the same: with streams, a folder, an environment, an exit and an end of the interpreter of its own. What
an interpreter reads only as it begins (`PYTHONHASHSEED`, `LC_ALL`, `TZ` ...) takes one that is begun for it.
"""

from __future__ import annotations

import atexit
import contextlib
import gc
import importlib
import io
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import IO, Any

from tests import children
from tests.folders import ROOT

SCRIPT = Path(sys.executable).with_name("postferry")
_LOADED = """
    pipelines.cli.main pipelines.cli.run_summary pipelines.cli.wizard pipelines.cli.os_errors
    pipelines.remote.conversion pipelines.run.fingerprint pipelines.run.interrupts pipelines.run.convert
    pipelines.run.preview pipelines.inspect.cli pipelines.verify.cli pipelines.batch.cli converters.nearest
    converters.importers.wordpress.importer converters.exporters.hugo.exporter converters.exporters.jekyll.exporter
""".split()
"""What most runs load."""
_AT_THE_START = ("PYTHON", "LANG", "LC_", "TZ", "LD_", "COVERAGE")
"""How the names begin of what is read when an interpreter begins."""
_DAY = 86_400.0


def run(
    arguments: Sequence[str], *, cwd: Path | None = None, stdin: bytes | None = None
) -> subprocess.CompletedProcess[bytes]:
    """The command with these arguments, as `tests.children.run` runs it."""
    if _server.fits() and _lock.acquire(blocking=False):
        try:
            return _server.run(arguments, str(cwd or Path.cwd()), stdin)
        finally:
            _lock.release()
    return children.run([SCRIPT, *arguments], capture_output=True, cwd=cwd, input=stdin)


class _Server:
    """The side of the tests."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[Any] | None = None
        self._socket: socket.socket | None = None
        self._start = _start_of(os.environ)

    def fits(self) -> bool:
        """Can this platform fork, and would an interpreter that begins now be as the server is?"""
        return hasattr(os, "fork") and hasattr(socket, "send_fds") and _start_of(os.environ) == self._start

    def run(self, arguments: Sequence[str], cwd: str, stdin: bytes | None) -> subprocess.CompletedProcess[bytes]:
        connection = self._connection()
        order = json.dumps([[os.fsdecode(word) for word in arguments], cwd, dict(os.environ)]).encode()
        with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, _Input(stdin) as given:
            socket.send_fds(connection, [len(order).to_bytes(8, "big")], [given.reads, out.fileno(), err.fileno()])
            connection.sendall(order)
            process = int(_line(connection))
            given.begin()
            try:
                status = int(_line(connection))
            except TimeoutError as error:
                os.kill(process, signal.SIGKILL)
                _line(connection)
                raise AssertionError(f"no end after {children.LONG:.0f} s: {' '.join(arguments)}") from error
            said = [_whole(stream) for stream in (out, err)]
        return subprocess.CompletedProcess([str(SCRIPT), *arguments], status, *said)

    def _connection(self) -> socket.socket:
        if self._socket is None:
            self._socket, theirs = socket.socketpair()
            self._socket.settimeout(children.LONG)
            code = f"import sys; from tests.loaded_command import serve; sys.exit(serve({theirs.fileno()}))"
            self._process = children.start(
                [sys.executable, "-c", code], limit=_DAY, cwd=ROOT, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL
            )
            theirs.close()
            atexit.register(self._end)
        return self._socket

    def _end(self) -> None:
        if self._socket is not None and self._process is not None:
            self._socket.close()
            self._process.wait(10)


class _Input(contextlib.AbstractContextManager["_Input"]):
    """What a process reads: a pipe where it is given something, else what this one reads itself."""

    def __init__(self, given: bytes | None) -> None:
        self._given = given
        self.reads, self._writes = (0, -1) if given is None else os.pipe()
        self._thread = threading.Thread(target=self._write)

    def begin(self) -> None:
        if self._given is not None:
            os.close(self.reads)
            self._thread.start()

    def _write(self) -> None:
        with contextlib.suppress(BrokenPipeError), os.fdopen(self._writes, "wb") as pipe:
            pipe.write(self._given or b"")

    def __exit__(self, *_: object) -> None:
        if self._given is not None:
            self._thread.join(children.LONG)


def _start_of(environment: Any) -> dict[str, str]:
    return {name: value for name, value in environment.items() if name.startswith(_AT_THE_START)}


def _line(connection: socket.socket) -> str:
    """One byte after the other, as nothing else may be read. Raises TimeoutError."""
    line = b""
    while not line.endswith(b"\n"):
        if not (byte := connection.recv(1)):
            raise AssertionError("the server of the command has ended")
        line += byte
    return line.decode()


def _whole(stream: IO[bytes]) -> bytes:
    """All of a file that another process wrote."""
    stream.seek(0)
    return stream.read()


_server = _Server()
_lock = threading.Lock()


def serve(number: int) -> None:
    """The side of the program: a new process for each order, which the command ends with its status."""
    connection = socket.socket(fileno=number)
    for name in _LOADED:
        importlib.import_module(name)
    gc.freeze()
    while True:
        head, streams, _, _ = socket.recv_fds(connection, 8, 3)
        if not head:
            os._exit(0)
        order = json.loads(_exactly(connection, int.from_bytes(head, "big")))
        child = os.fork()
        if not child:
            connection.close()
            _become(order[0], order[1], order[2], streams)
            sys.modules["pipelines.cli.main"].main()
        for stream in streams:
            os.close(stream)
        connection.sendall(b"%d\n" % child)
        _, status = os.waitpid(child, 0)
        connection.sendall(b"%d\n" % os.waitstatus_to_exitcode(status))


def _exactly(connection: socket.socket, size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        if not (part := connection.recv(size - len(data))):
            os._exit(0)
        data += part
    return bytes(data)


def _become(arguments: list[str], cwd: str, environment: dict[str, str], streams: Sequence[int]) -> None:
    """What a process is that somebody began with these words, there, with these streams."""
    for number, given in enumerate(streams):
        os.dup2(given, number)
        os.close(given)
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment)
    sys.argv = [str(SCRIPT), *arguments]
    sys.orig_argv = [sys.executable, *sys.argv]
    sys.path[0] = str(SCRIPT.parent)
    sys.modules["__main__"].__file__ = str(SCRIPT)  # processes that the program begins read it
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        before = getattr(sys, name)
        raw: IO[bytes] = open(number, "wb" if number else "rb", closefd=False)  # noqa: SIM115
        stream = io.TextIOWrapper(
            raw, before.encoding, before.errors, "\n" if number else None, line_buffering=number == 2
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
