"""Files with which a host builds and publishes the site, on request (`--workflow`). Nothing here runs them.

What they say is in the folder of the target, `workflows/<host>/`: the steps, and what is not to be published.
https://docs.github.com/en/pages/getting-started-with-github-pages/using-custom-workflows-with-github-pages
"""

from __future__ import annotations

from collections.abc import Iterator

from converters.exporters.site.assets import templates
from converters.output import OutFile

_PATHS = {"pages.yml": ".github/workflows/pages.yml", "ignored.txt": ".gitignore"}


def files(package: str, host: str) -> Iterator[OutFile]:
    """The files for the host that `--workflow` names; none for none."""
    for name, data in templates(package, f"workflows/{host}") if host else ():
        yield OutFile(_PATHS[name], data, own=True)
