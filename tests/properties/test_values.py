"""White space that an editor or a browser puts around the values of an export changes nothing of what is written."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import convert
from tests.wxr import cdata, export, item

_VALUE = re.compile(r"<([\w:]+)((?:\s[^<>]*[^/<>])?)>((?:[^<]|<!\[CDATA\[.*?\]\]>)*)</\1>", re.DOTALL)
_BETWEEN = re.compile(
    r"(</(?:(?:wp|dc|content|excerpt):\w+|guid|pubDate|category)>|<(?:channel|item|wp:(?:postmeta|comment|author|category|term))>)"
    r"\s*(?=<)"
)
_TEXTS = frozenset({"content:encoded"})
HEAD = (
    "<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>news</wp:category_nicename>"
    f"<wp:category_parent></wp:category_parent><wp:cat_name>{cdata('News')}</wp:cat_name></wp:category>"
    "<wp:category><wp:term_id>3</wp:term_id><wp:category_nicename>local</wp:category_nicename>"
    f"<wp:category_parent>news</wp:category_parent><wp:cat_name>{cdata('Local')}</wp:cat_name>"
    f"<wp:category_description>{cdata('From here.')}</wp:category_description></wp:category>"
    "<wp:term><wp:term_id>4</wp:term_id><wp:term_taxonomy>nav_menu</wp:term_taxonomy><wp:term_slug>top</wp:term_slug>"
    f"<wp:term_name>{cdata('Top')}</wp:term_name></wp:term>"
)
COMMENT = {
    "id": 5, "author": "Bo &amp; Co", "author_url": "https://bo.example", "date": "2021-03-05 05:06:07",
    "date_gmt": "2021-03-05 05:06:07", "content": "Hello.", "approved": "1", "type": "comment", "parent": 0,
}  # fmt: skip
EVERYTHING = export(
    item(
        7, slug="first", link="https://old.example/2021/03/first/", content="<p>Text</p> [gallery]",
        excerpt="In short.", sticky=True,
        terms=[("category", "local", "Local"), ("post_tag", "c", "C"), ("post_format", "post-format-aside", "")],
        meta={"_thumbnail_id": "8", "mood": "good", "_yoast_wpseo_metadesc": "Said", "_wp_old_slug": "older"},
        comments=[COMMENT, COMMENT | {"id": 6, "parent": 5}, COMMENT | {"id": 9, "approved": "0"}],
    ),
    item(
        8, type="attachment", parent=7, url="https://old.example/wp-content/uploads/2021/03/pic.jpg", title="Pic",
        meta={"_wp_attachment_image_alt": "An alt", "_wp_attached_file": "2021/03/pic.jpg"},
    ),
    item(10, type="page", slug="about", link="https://old.example/about/", order=2),
    item(11, type="page", slug="team", link="https://old.example/about/team/", parent=10),
    item(12, slug="secret", password="key"),
    item(13, slug="plan", status="draft"),
    item(
        14, type="nav_menu_item", title="Us", order=1, terms=[("nav_menu", "top", "Top")],
        meta={"_menu_item_type": "post_type", "_menu_item_object": "page", "_menu_item_object_id": "10",
              "_menu_item_menu_item_parent": "0"},
    ),
    item(
        15, type="nav_menu_item", title="", order=2, terms=[("nav_menu", "top", "Top")],
        meta={"_menu_item_type": "taxonomy", "_menu_item_object": "category", "_menu_item_object_id": "3",
              "_menu_item_menu_item_parent": "14"},
    ),
    head=HEAD,
)  # fmt: skip


def indented(export: str, seed: int, texts: frozenset[str] = _TEXTS) -> str:
    """The export with white space around its values, and inside of the sections that they are in. `texts` stay."""
    draw = random.Random(seed)

    def padded(found: re.Match[str]) -> str:
        name, attributes, value = found.groups()
        if name in texts:
            return found[0]
        if value.startswith("<![CDATA[") and draw.random() < 0.5:
            value = f"<![CDATA[ {value[9:-3]} ]]>"
        before, behind = draw.choice(("\n    ", "\n\t", "\r\n  ")), draw.choice(("\n    ", "\n\t", "\n"))
        return f"<{name}{attributes}>{before}{value}{behind}</{name}>"

    return _BETWEEN.sub(lambda found: f"{found[1]}\n{' ' * draw.randrange(6)}", _VALUE.sub(padded, export))


def written(folder: Path, data: str, target: str) -> dict[str, bytes]:
    folder.mkdir()
    site = convert(folder, data, options=Options("wordpress", target))
    files = sorted(path for path in site.folder.rglob("*") if path.is_file() and ".postferry" not in path.parts)
    return {str(path.relative_to(site.folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
def test_an_indented_export_reads_like_a_tight_one(tmp_path: Path, target: str) -> None:
    tight = written(tmp_path / "tight", EVERYTHING, target)
    for seed in range(3):
        assert written(tmp_path / str(seed), indented(EVERYTHING, seed), target) == tight


@pytest.mark.parametrize("name", ["polylang.xml", "qtranslate.xml"])
def test_an_indented_export_of_several_languages(tmp_path: Path, name: str) -> None:
    data = (ROOT / "fixtures/wordpress" / name).read_text("utf-8")
    assert written(tmp_path / "a", indented(data, 1), "hugo") == written(tmp_path / "b", data, "hugo")
