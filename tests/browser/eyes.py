"""What a reader would call broken in a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from tests.browser.chromium import Page

_CHECKS = Path(__file__).with_name("checks.js").read_text(encoding="utf-8")


def faults(page: Page, address: str, answers: Sequence[tuple[str, str]] = ()) -> list[str]:
    """All of them, in light and in dark, as `check: where and what`.

    `answers` are pairs of comments, the second an answer to the first.
    """
    found = page.open(address)
    for scheme in ("dark", "light"):
        page.prefer(scheme)
        view = {"width": page.view.width, "mobile": page.view.mobile, "answers": answers}
        found += [f"{fault} (in {scheme})" for fault in page.run(_CHECKS, view)]
    return found
