"""Every construct of WordPress, carried to Hugo and built, beside what WordPress showed (see fixtures/README.md)."""

from __future__ import annotations

import json
import re
import shutil
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests.fidelity import Loss, compare, flat
from tests.folders import ROOT
from tests.support import convert_files, hugo

pytestmark = pytest.mark.hugo

FIXTURES = ROOT / "fixtures/wordpress"
TRUTHS = {
    path.name.removesuffix(".truth.json"): json.loads(path.read_text("utf-8"))
    for path in sorted(FIXTURES.glob("*.truth.json"))
}
SHOW = '<x-page id="{{ .Params.source_id }}"><x-title>{{ .Title }}</x-title>{{ .Content }}</x-page>'
SHOWN = re.compile(r'<x-page id="?(\d+)"?><x-title>(.*?)</x-title>(.*)</x-page>', re.DOTALL)
KEPT = {"shortcodes", "_shortcodes", "_markup", "partials", "_partials"}
AS_HTML = ReadOptions(markup="html")
"""No plug-in read Markdown in these blogs: marks of Markdown that stand in prose were shown as they are."""
KINDS = ("single", "list", "home", "page", "section", "taxonomy", "term")

FURNITURE = {
    # A film of YouTube was played by WordPress's own player, here by YouTube's, its URL hidden. The tracks of a list
    # were shown by a script, which names them by captions, and by titles to readers without scripts.
    "2009": (
        Loss("words added", "https : / / www . youtube . com / watch ? v = Short123456"),
        Loss("media", "Short123456"),
        Loss("words", "‿ Gulls at noon Six hours of tide"),
        Loss("words added", "Before the fish came In one minute"),
    ),
    # Forms: nothing answers them on a static site; their shortcodes stay as text, as WordPress shows them without the
    # plug-in.
    "3007": (
        Loss(
            "words added",
            '[ contact - form - 7 id = " 5 " title = " Contact " ] [ contact - form ] [ contact - field label = " Name'
            ' " type = " name " required = " 1 " / ] [ / contact - form ]',
        ),
    ),
    # Fences in a text of HTML are blocks of code here.
    "2027": (Loss("words", "~ ~ ~"), Loss("words", '~ ~ ~ " `'), Loss("words", '" `')),
    # WordPress draws the icon of each service; here stands the one that every text has. Feeds have new addresses.
    "1206": (
        Loss("words added", "🔗 🔗 🔗"),
        Loss("link", "/feed | RSS"),
        Loss("link", "/feed | Feed"),
    ),
    # Code of several lines that stands alone in a paragraph is a block of code here.
    "2005": (Loss("code in a line", "several lines of code"),),
    # WordPress wrote `a<b, 3 < 4 >` as it was typed; browsers took it for a tag and showed nothing of it.
    "2014": (Loss("words added", "< b , 3 < 4 >"),),
    # Jetpack shows the servings of a recipe; the one that made the truth left them out.
    "3002": (Loss("words added", "Servings : 4"),),
    # A script drew the gist in the reader's browser; it does so still, and readers without scripts get a link.
    "2011": (Loss("words added", "https : / / gist . github . com / quay / 0123456789abcdef0123"),),
    # Footnotes came with WordPress 6.3; the one that made the truth did not know them and left their texts out. Each
    # renderer of Markdown gives them ids and arrows of its own.
    "118": (
        Loss("words added", "Measured with a broom , twice . ↩ ︎ See the tide table . ↩ ︎"),
        Loss("words added", "Measured with a broom , twice . ↩ See the tide table . ↩"),
        Loss("link", "#a1b2 | 1"),
        Loss("link", "#c3d4 | 2"),
    ),
}
"""Differences that are no loss, by post, each with its reason."""

Pages = dict[str, dict[str, tuple[str, str]]]


def public(row: dict[str, Any]) -> bool:
    return not row["protected"] and row["status"] != "private"


POSTS = [(name, key) for name, truth in TRUTHS.items() for key, row in truth.items() if public(row)]
CLOSED = [(name, key) for name, truth in TRUTHS.items() for key, row in truth.items() if not public(row)]


def html_of(name: str, key: str) -> str:
    """What WordPress showed; links by number, and those seen from the page, are said by address, where they lead."""
    truth = TRUTHS[name]
    by_number = re.compile(r"(?:https://blog\.example/)?\?p=(\d+)")
    seen_from_page = re.compile(r'(?<=href=")\.\.?/[^"]*')
    html = seen_from_page.sub(lambda found: urljoin(truth[key]["link"], found[0]), truth[key]["html"])
    return by_number.sub(lambda found: truth[found[1]]["link"] if found[1] in truth else found[0], html)


def only_content(site: Path, copy: Path) -> Path:
    """A copy of a site whose pages show what was carried and nothing around it; shortcodes and render hooks stay."""
    shutil.copytree(site, copy)
    layouts = copy / "layouts"
    for path in sorted(layouts.rglob("*.*")):
        if path.is_file() and not KEPT & set(path.relative_to(layouts).parts):
            path.unlink()
    for kind in KINDS:
        (layouts / f"{kind}.html").write_text(SHOW, encoding="utf-8")
    return copy


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Pages:
    """By fixture and id, title and HTML of every page a built site shows, drafts and future posts included."""
    shown: Pages = {}
    for name in TRUTHS:
        folder = tmp_path_factory.mktemp(name)
        site = convert_files(folder, FIXTURES / f"{name}.xml", options=Options("wordpress", "hugo", AS_HTML))
        built = hugo(only_content(site.folder, folder / "shown"), "--buildDrafts", "--buildFuture")
        texts = (path.read_text(encoding="utf-8") for path in sorted(built.rglob("*.html")))
        shown[name] = {found[1]: (found[2], found[3]) for text in texts if (found := SHOWN.search(text))}
    return shown


@pytest.mark.parametrize(("name", "key"), POSTS, ids=[f"{n}-{k}-{TRUTHS[n][k]['slug'][:40]}" for n, k in POSTS])
def test_a_reader_sees_the_same(pages: Pages, name: str, key: str) -> None:
    assert key in pages[name], "no page"
    title, html = pages[name][key]
    losses = compare(html_of(name, key), html)
    assert flat(TRUTHS[name][key]["title"]) in ("", flat(unescape(title)))
    assert not [loss for loss in losses if loss not in FURNITURE.get(key, ())]


@pytest.mark.parametrize(("name", "key"), CLOSED)
def test_what_was_closed_stays_closed(public_sites: dict[str, Path], name: str, key: str) -> None:
    """Neither page nor words of private and protected posts are in what a visitor of the built site can read."""
    words = re.sub(r"<[^>]+>|\n", " ", TRUTHS[name][key]["html"]).split()
    secret = " ".join(words[:4])
    assert len(secret) > 12
    for path in public_sites[name].rglob("*"):
        if path.suffix in {".html", ".xml", ".json", ".txt"}:
            text = re.sub(r"<[^>]+>", " ", path.read_text(encoding="utf-8"))
            assert secret not in " ".join(text.split()), path


@pytest.fixture(scope="module")
def public_sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Each site as its owner would publish it, with the layouts it came with."""
    folder = tmp_path_factory.mktemp("public")
    return {name: hugo(convert_files(folder / name, FIXTURES / f"{name}.xml").folder) for name in TRUTHS}


DAMAGE = (
    ("1005", "hemp, ", "", "list item"),
    ("1005", "Rope", "Tar", "words"),
    ("1003", "<ol>", "<ul>", "list item"),
    ("1003", "<ul>\n<li>the engine", "<li>the engine", "list item"),
    ("1010", "\n\n\n    return", "\n\n    return", "code"),
    ("1010", "yield boat   #", "yield boat #", "code"),
    ("1001", "keys.example/shed", "keys.example", "link"),
    ("1001", "<em>always</em>", "always", "mark"),
    ("1001", "<br>", " ", "line"),
    ("1001", ", <strong>", "<strong>", "words"),
    ("1005", "and <em>oakum", "and<em>oakum", "words added"),
    ("1002", "<h3", "<h4", "heading"),
    ("1006", "<cite>", "</blockquote><cite>", "quote"),
    ("1101", "mole-1024x683.jpg", "quay.jpg", "picture"),
    ("1101", 'alt="The stone mole"', 'alt=""', "alternative text"),
    ("1012", "<td>starboard</td>", "<td></td>", "row"),
    ("1109", "tide.mp4", "tide.ogv", "media"),
    ("1110", "135798642", "135798643", "player"),
)


@pytest.mark.parametrize(("key", "whole", "damaged", "kind"), DAMAGE)
def test_planted_damage_is_found(key: str, whole: str, damaged: str, kind: str) -> None:
    html = TRUTHS["constructs"][key]["html"]
    assert whole in html
    assert compare(html, html) == []
    assert kind in {loss.kind for loss in compare(html, html.replace(whole, damaged, 1))}
