"""Takes the pictures of the documentation: a site as it comes out, and the report of a run.

usage: python -m docs.screenshots        (from the top of the repository; needs chromium)

Everything is made anew from the small blog of the browser tests, so that the pictures show what the program does now.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.browser.blog import POST, convert_blog, served
from tests.browser.chromium import DESK, PHONE, PROGRAM, Browser, View

PICTURES = Path(__file__).parent / "images"
HUGO = Path(sys.executable).with_name("hugo")
WIDE = View("wide", 1100, 760)


def main() -> None:
    """Convert, build, look."""
    if PROGRAM is None:
        sys.exit("chromium is not installed")
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        site = convert_blog(folder, "hugo")
        with served(folder / "public") as address, Browser(folder) as browser:
            build = [str(HUGO), "--quiet", "--source", str(site.folder), "--destination", str(folder / "public")]
            subprocess.run([*build, "--baseURL", f"{address}/"], check=True)
            take(browser, WIDE, f"{address}/", "starter-desktop.png")
            take(browser, PHONE, address + POST, "starter-phone.png", height=1400)
            report = Path(site.outcome.report).with_suffix(".html")
            take(browser, DESK, report.as_uri(), "report-desktop.png", height=1400)


def take(browser: Browser, view: View, address: str, name: str, *, height: int = 0) -> None:
    """One picture of the upper part of a page, in light colours."""
    page = browser.page(view)
    page.prefer("light")
    page.open(address)
    page.picture(PICTURES / name, height or view.height)


if __name__ == "__main__":
    main()
