"""What axe-core finds wrong with a page: https://github.com/dequelabs/axe-core, from npm, where it is installed.

`.ci/run` installs it into `.axe` when npm is there; AXE names another `axe.min.js`.
"""

from __future__ import annotations

import os
from pathlib import Path

from tests.browser.chromium import Page
from tests.folders import ROOT

SCRIPT = Path(os.environ.get("AXE") or ROOT / ".axe/node_modules/axe-core/axe.min.js")
_GRAVE = ("serious", "critical")
_RUN = """async grave => {
  const found = await axe.run(document, {resultTypes: ["violations"]});
  return found.violations.filter(one => grave.includes(one.impact)).flatMap(
    one => one.nodes.slice(0, 3).map(node => `${one.id}: ${node.html.slice(0, 160)}`));
}"""


def findings(page: Page) -> list[str]:
    """The serious and critical ones of what is shown now."""
    page.ask("Runtime.evaluate", expression=SCRIPT.read_text(encoding="utf-8"))
    found = page.run(_RUN, _GRAVE)
    assert isinstance(found, list)
    return found
