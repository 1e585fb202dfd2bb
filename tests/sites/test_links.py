"""Links of a site to itself, in every form: where they lead after the move."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import Site, convert
from tests.wxr import cdata, export, item

BASE = "https://old.example"
HEAD = (
    "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>boats</wp:category_nicename>"
    f"<wp:category_parent></wp:category_parent><wp:cat_name>{cdata('Boats')}</wp:cat_name></wp:category>"
    "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>small</wp:category_nicename>"
    f"<wp:category_parent>boats</wp:category_parent><wp:cat_name>{cdata('Small')}</wp:cat_name></wp:category>"
    f"<wp:tag><wp:term_id>5</wp:term_id><wp:tag_slug>tide</wp:tag_slug><wp:tag_name>{cdata('Tide')}</wp:tag_name></wp:tag>"
)
FERRY = "/2021/03/ferry/"
FILE = "/wp-content/uploads/2021/03/quay.jpg"
FORMS = [  # (link, where it leads)
    (f"{BASE}{FERRY}", FERRY),
    ("http://old.example/2021/03/ferry/", FERRY),
    ("https://www.old.example/2021/03/ferry/", FERRY),
    ("http://www.old.example/2021/03/ferry", FERRY),
    ("//old.example/2021/03/ferry/", FERRY),
    ("HTTPS://OLD.EXAMPLE/2021/03/ferry/", FERRY),
    (f"{BASE}//2021/03/ferry/", FERRY),
    (FERRY, FERRY),
    ("/2021/03/ferry", FERRY),
    ("../ferry/", FERRY),
    ("../../../fares/", "/fares/"),
    ("/index.php/2021/03/ferry/", FERRY),
    ("?p=10", FERRY),
    ("/?p=10", FERRY),
    (f"{BASE}/?p=10", FERRY),
    (f"{BASE}?p=10", FERRY),
    (f"{BASE}/index.php?p=10", FERRY),
    (f"{BASE}/?page_id=20", "/fares/"),
    (f"{BASE}/?p=20#prices", "/fares/#prices"),
    (f"{BASE}/?post_type=post&p=10", FERRY),
    (f"{BASE}/?attachment_id=30", FILE),
    (f"{BASE}/2021/03/ferry/quay/", FILE),
    (f"{BASE}{FERRY}#crew", f"{FERRY}#crew"),
    (f"{BASE}{FERRY}#more-10", FERRY),
    (f"{BASE}{FERRY}#respond", FERRY),
    (f"{BASE}{FERRY}#comment-7", f"{FERRY}#comment-7"),
    (f"{BASE}{FERRY}comment-page-2/#comment-7", f"{FERRY}#comment-7"),
    (f"{BASE}{FERRY}2/", FERRY),
    (f"{BASE}{FERRY}feed/", FERRY),
    (f"{BASE}{FERRY}?utm_source=news", f"{FERRY}?utm_source=news"),
    (f"{BASE}/2021/03/kahn/", "/2021/03/kahn/"),
    (f"{BASE}/2021/03/barge/", FERRY),
    (f"{BASE}/2021/03/f%C3%A4hre/", "/2021/03/fähre/"),
    (BASE, "/"),
    (f"{BASE}/", "/"),
    (f"{BASE}/page/2/", "/"),
    (f"{BASE}/feed/", "/index.xml"),
    (f"{BASE}/?feed=rss2", "/index.xml"),
    (f"{BASE}/comments/feed/", "/index.xml"),
    (f"{BASE}/category/boats/", "/category/boats/"),
    (f"{BASE}/category/boats/small/", "/category/boats/small/"),
    (f"{BASE}/category/ships/small/", "/category/boats/small/"),
    (f"{BASE}/category/ships/Small/page/2/", "/category/boats/small/"),
    (f"{BASE}/category/boats/page/3/", "/category/boats/"),
    (f"{BASE}/category/boats/feed/", "/category/boats/index.xml"),
    (f"{BASE}/?cat=3", "/category/boats/"),
    (f"{BASE}/?tag=tide", "/tag/tide/"),
    (f"{BASE}/author/ada/", "/author/ada/"),
    (f"{BASE}/?author=1", "/author/ada/"),
    (f"{BASE}{FILE}", FILE),
]
ELSEWHERE = [
    "https://other.example/2021/03/ferry/",
    "mailto:ada@old.example",
    "tel:+491234",
    "#crew",
    f"{BASE}/wp-admin/post.php?post=10",
    f"{BASE}/wp-login.php",
    "https://old.example.evil.example/",
]
GONE = [
    f"{BASE}/2021/03/never/",
    "/never/",
    "../never/",
    f"{BASE}/?p=999",
    f"{BASE}/?s=boats",
    f"{BASE}/2021/",
    f"{BASE}/category/none/",
    f"{BASE}/category/small/none/",
]


def links(hrefs: list[str]) -> str:
    return "\n\n".join(f'<a href="{href}">L{number}L</a>' for number, href in enumerate(hrefs))


def site_of(tmp_path: Path, hrefs: list[str]) -> Site:
    found = [href.replace("&", "&amp;") for href in hrefs]
    comment = {"id": 7, "author": "Bo", "approved": 1, "content": f'See <a href="{BASE}/?p=10">it</a> <b>now</b>.'}
    return convert(
        tmp_path,
        export(
            item(10, slug="ferry", link=f"{BASE}{FERRY}", meta={"_wp_old_slug": "barge"}, comments=[comment]),
            item(11, slug="kahn", link=f"{BASE}/2021/03/kahn/"),
            item(12, slug="f%C3%A4hre", link=f"{BASE}/2021/03/f%C3%A4hre/"),
            item(20, type="page", slug="fares", link=f"{BASE}/fares/"),
            item(30, type="attachment", slug="quay", parent=10, link=f"{BASE}{FERRY}quay/", url=f"{BASE}{FILE}"),
            item(40, slug="links", link=f"{BASE}/2021/03/links/", content=links(found)),
            head=HEAD,
        ),
    )


def goals(site: Site) -> list[str]:
    text = site.body("content/posts/links.md")
    found = []
    for line in text.split("\n\n"):
        goal = line.partition("](")[2].rpartition(")")[0]
        found.append(goal.removeprefix("<").removesuffix(">"))
    return found


@pytest.fixture(scope="module")
def forms(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return site_of(tmp_path_factory.mktemp("forms"), [form for form, _ in FORMS])


@pytest.mark.parametrize("number", range(len(FORMS)), ids=[form for form, _ in FORMS])
def test_a_form_of_link(forms: Site, number: int) -> None:
    assert goals(forms)[number] == FORMS[number][1]


def test_no_form_is_reported(forms: Site) -> None:
    assert len(goals(forms)) == len(FORMS)
    assert forms.notices("link.missing") == []


def test_links_in_comments_lead_to_the_new_address(forms: Site) -> None:
    assert f'<a href="{FERRY}">it</a> <b>now</b>' in forms.text("data/comments/10.yaml").replace('\\"', '"')


def test_what_lies_elsewhere_stays(tmp_path: Path) -> None:
    site = site_of(tmp_path, ELSEWHERE)
    assert goals(site) == ELSEWHERE
    assert site.notices("link.missing") == []


def test_links_to_what_was_not_carried_are_listed(tmp_path: Path) -> None:
    site = site_of(tmp_path, GONE)
    named = ["/2021/03/never/" if goal == "../never/" else goal for goal in GONE]
    assert goals(site) == named
    assert [notice["what"] for notice in site.notices("link.missing")] == named
