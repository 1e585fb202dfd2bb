"""WordPress's own functions, called with PHP: what ours have to agree with.

Needs `php` and the folder `wp-includes` of a WordPress (Debian: `apt-get install php-cli php-mbstring`, and the package
`wordpress` installed or unpacked with `dpkg -x`; the variable `WORDPRESS_INCLUDES` names another place). No database,
no web server, no network.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tests import children

INCLUDES = Path(os.environ.get("WORDPRESS_INCLUDES", "/usr/share/wordpress/wp-includes"))
AVAILABLE = shutil.which("php") is not None and (INCLUDES / "formatting.php").is_file()


def call(function: str, arguments: Sequence[Sequence[Any]]) -> list[Any]:
    """What `function` (see `functions.php`) returns for each list of arguments."""
    script = Path(__file__).with_name("functions.php")
    done = children.run(
        ["php", "-d", "memory_limit=1G", "-d", "pcre.jit=1", str(script), str(INCLUDES), function],
        input=json.dumps(list(arguments)).encode(),
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    found = json.loads(done.stdout)
    assert isinstance(found, list)
    return found
