"""Nothing breaks after the move to Jekyll: the fixtures built by the real one, crawled, and asked for old addresses."""

from __future__ import annotations

import shutil
from urllib.parse import urlsplit

import pytest

from tests.crawl import served
from tests.sites.conftest import Carried, Carry
from tests.sites.old import Netlify, Old, newly_broken, unanswered

CASES = (("harbour", "download"), ("constructs", "copy"), ("polylang", "copy"), ("qtranslate", "copy"))
pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll"),
]


@pytest.fixture(scope="module", params=CASES, ids=lambda case: "-".join(case))
def carried(request: pytest.FixtureRequest, carry: Carry) -> Carried:
    return carry("jekyll", *request.param)


def test_no_link_is_broken(carried: Carried) -> None:
    assert carried.found.pages > 10
    assert carried.found.links > 200
    assert newly_broken(carried.name, carried.told, carried.found) == []


def test_every_old_address_answers(carried: Carried) -> None:
    """With the rules of Netlify: at once, or by one redirect of the rules or of a page."""
    rules = Netlify((carried.public / "_redirects").read_text(encoding="utf-8"), carried.base)
    old, behind = Old(carried.export).addresses(), Old(carried.export).behind()
    with served(carried.public, carried.base) as site:
        bad = unanswered(site, [*old, *behind], rules)
    assert len(old) > 40 and len(behind) > 20
    assert bad == []


def test_without_rules_every_path_answers(carried: Carried) -> None:
    """The pages of Jekyll, and those that lead on, answer all but queries and what stood behind addresses."""
    paths = [url for url in Old(carried.export).addresses() if not urlsplit(url).query]
    with served(carried.public, carried.base) as site:
        bad = unanswered(site, paths)
    assert bad == []
