"""Sites that tests of several files look at, built once a run: by the first test that needs one, in whichever worker.

A worker of xdist runs whole files, so that no fixture of theirs is shared; a folder is. Those who read a shared site
leave it as it is: `copy_of` makes a copy for those who add files to it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

try:
    import fcntl
except ImportError:  # on Windows each worker builds its own
    fcntl = None  # type: ignore[assignment]


def shared(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], Path]) -> Path:
    """What `build` makes in an empty folder, made once a run under this name."""
    base = factory.getbasetemp()
    if fcntl is None:
        return build(factory.mktemp(name))
    if "PYTEST_XDIST_WORKER" in os.environ:
        base = base.parent
    folder = base / f"shared-{name}"
    with _locked(base / f"shared-{name}.lock"):
        built = folder / "built"
        if not built.is_file():
            shutil.rmtree(folder, ignore_errors=True)  # of a build that failed
            folder.mkdir()
            built.write_text(str(build(folder)), encoding="utf-8")
        return Path(built.read_text(encoding="utf-8"))


def copy_of(site: Path, folder: Path) -> Path:
    """A copy of a site, whose files are the same ones: new ones may be added, none changed."""
    return Path(shutil.copytree(site, folder / "copy", copy_function=os.link))


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    with file.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
