"""No picture is missing after the move: files that came along, from a folder and from the old server."""

from __future__ import annotations

import re
import shutil
from html import unescape
from urllib.parse import unquote, urlsplit

import pytest

from tests.sites.conftest import Carried, Carry
from tests.sites.old import newly_broken
from tests.sites.old_web import NAMED, PICTURES, file
from tests.sites.test_truth import TRUTHS

RESIZED = re.compile(r"-\d+x\d+(\.\w+)$")
needs_jekyll = (pytest.mark.system, pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll"))
CASES = [  # target, export, way
    pytest.param(("hugo", "harbour", "copy"), marks=pytest.mark.hugo),
    pytest.param(("hugo", "constructs", "download"), marks=pytest.mark.hugo),
    pytest.param(("hugo", "qtranslate", "copy"), marks=pytest.mark.hugo),
    pytest.param(("jekyll", "constructs", "copy"), marks=needs_jekyll),
    pytest.param(("jekyll", "harbour", "download"), marks=needs_jekyll),
]


def shown_before(name: str) -> set[str]:
    """The files that WordPress itself showed on the pages of an export that anyone could read."""
    rows = TRUTHS.get(name, {}).values()
    pages = (row["html"] for row in rows if row["status"] == "publish" and not row["protected"])
    return {unquote(path) for html in pages for path in NAMED.findall(unescape(html))}


@pytest.fixture(scope="module", params=CASES, ids=lambda case: "-".join(case))
def carried(request: pytest.FixtureRequest, carry: Carry) -> Carried:
    return carry(*request.param)


def test_every_file_a_page_shows_is_there(carried: Carried) -> None:
    assert newly_broken(carried.name, carried.told, carried.found) == []
    assert carried.site.notices("media.missing-file") == []


def test_every_file_is_the_one_it_was(carried: Carried) -> None:
    """Byte for byte, at the path it had."""
    asked = {unquote(urlsplit(url).path): answer for url, answer in carried.found.answers.items()}
    files = {path: answer for path, answer in asked.items() if path.startswith("/wp-content/")}
    assert files.keys() <= carried.files
    assert files
    assert [path for path in shown_before(carried.name) if not {path, RESIZED.sub(r"\1", path)} & files.keys()] == []
    assert [path for path, answer in files.items() if answer.body != file(path)] == []
    pictures = [answer for path, answer in files.items() if path.endswith(PICTURES)]
    assert pictures and all(answer.type.startswith("image/") for answer in pictures)
