"""What a run of the command costs: the peak of its memory, measured in a process of its own."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import NamedTuple

from tests import children

_MEASURE = """
import json, resource, subprocess, sys
done = subprocess.run(sys.argv[1:], capture_output=True, check=False)
peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps([done.returncode, peak // (1024 if sys.platform != "darwin" else 1 << 20), done.stderr.decode()]))
"""


class Cost(NamedTuple):
    status: int
    megabytes: int
    """Of the largest process among those of the run."""
    said: str


def measured(*arguments: str, cwd: Path) -> Cost:
    """Run the command and say what it took."""
    script = str(Path(sys.executable).with_name("postferry"))
    done = children.run([sys.executable, "-c", _MEASURE, script, *arguments], capture_output=True, cwd=cwd, check=True)
    return Cost(*json.loads(done.stdout))
