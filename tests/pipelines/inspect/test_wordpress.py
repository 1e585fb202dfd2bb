"""What `convert inspect` sees in a WordPress export."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipelines.inspect.gather import Look, look
from pipelines.inspect.suggest import rules
from pipelines.inspect.warnings import InspectWarning, warnings
from pipelines.run.progress import silent
from tests.folders import ROOT
from tests.wxr import export, item


def seen(tmp_path: Path, *items: str, **head: Any) -> Look:
    path = tmp_path / "export.xml"
    path.write_text(export(*items, **head), encoding="utf-8")
    return look([str(path)], "", silent)


def found(looked: Look, code: str) -> InspectWarning | None:
    return next((warning for warning in warnings(looked) if warning.code == code), None)


def test_counts_by_type_status_year_and_author(tmp_path: Path) -> None:
    looked = seen(
        tmp_path,
        item(1, author="ada"),
        item(2, author="ada", status="draft", date="2019-01-02 03:04:05"),
        item(3, type="page", author="ben"),
        item(4, type="recipe"),
        item(5, status="trash"),
        item(6, type="attachment", url="https://old.example/wp-content/uploads/a.jpg"),
    )
    counts = looked.counts
    assert {kind: dict(statuses) for kind, statuses in counts.content.items()} == {
        "post": {"published": 1, "draft": 1},
        "page": {"published": 1},
        "recipe": {"published": 1},
    }
    assert dict(counts.years) == {2021: 3, 2019: 1}
    assert counts.items == 6
    assert counts.media == 1
    assert dict(counts.left_out) == {"trash": 1}
    assert dict(looked.findings.authors) == {"Ada L.": 3, "ben": 1}


@pytest.mark.parametrize(
    ("content", "meta", "builder"),
    [
        ("", {"_elementor_data": '[{"elType":"section"}]'}, "Elementor"),
        ("[et_pb_section][et_pb_text]Words[/et_pb_text][/et_pb_section]", {}, "Divi"),
        ("Words", {"_et_pb_use_builder": "on"}, "Divi"),
        ("[vc_row][vc_column]Words[/vc_column][/vc_row]", {}, "WPBakery"),
        ("[fusion_text]Words[/fusion_text]", {}, "Avada"),
        ("Words", {"_fl_builder_enabled": "1"}, "Beaver Builder"),
        ("Words", {"_bricks_page_content_2": "a:1:{}"}, "Bricks"),
    ],
)
def test_page_builders(tmp_path: Path, content: str, meta: dict[str, str], builder: str) -> None:
    looked = seen(tmp_path, item(1, content=content, meta=meta), item(2))
    assert dict(looked.findings.builders) == {builder: 1}
    care = found(looked, "builder")
    assert care is not None
    assert builder in care.text


@pytest.mark.parametrize(
    ("fields", "plugin"),
    [
        ({"meta": {"_yoast_wpseo_title": "x"}}, "Yoast SEO"),
        ({"meta": {"rank_math_title": "x"}}, "Rank Math"),
        ({"meta": {"colour": "red", "_colour": "field_5f0"}}, "Advanced Custom Fields"),
        ({"type": "product"}, "WooCommerce"),
        ({"type": "tribe_events"}, "The Events Calendar"),
        (
            {"content": '<!-- wp:kadence/rowlayout {"a":1} --><div>x</div><!-- /wp:kadence/rowlayout -->'},
            "Kadence Blocks",
        ),
        ({"content": "<!-- wp:acme/card --><p>x</p><!-- /wp:acme/card -->"}, "acme"),
        ({"terms": [("language", "fr", "Français")]}, "Polylang"),
        ({"meta": {"views": "12"}}, "WP-PostViews"),
    ],
)
def test_plugins(tmp_path: Path, fields: dict[str, Any], plugin: str) -> None:
    assert plugin in seen(tmp_path, item(1, **fields)).findings.plugins


def test_what_is_no_plugin(tmp_path: Path) -> None:
    looked = seen(tmp_path, item(1, meta={"reviews": "3", "_edit_last": "1"}, content="<!-- wp:paragraph --><p>x</p>"))
    assert not looked.findings.plugins


def test_blocks_and_editors(tmp_path: Path) -> None:
    blocks = "<!-- wp:paragraph --><p>a</p><!-- /wp:paragraph -->" * 3 + '<!-- wp:acme/map {"a":"b"} /-->'
    looked = seen(tmp_path, item(1, content=blocks), item(2, content="Classic."), item(3, content=""))
    assert {name: block.uses for name, block in looked.findings.blocks.items()} == {"paragraph": 3, "acme/map": 1}
    assert dict(looked.findings.editors) == {"block editor": 1, "classic editor": 1}
    care = found(looked, "blocks-empty")
    assert care is not None
    assert "acme/map 1" in care.text


def test_a_block_of_a_plugin_that_holds_its_html_needs_no_care(tmp_path: Path) -> None:
    looked = seen(tmp_path, item(1, content='<!-- wp:acme/card {"a":1} --><p>a</p><!-- /wp:acme/card -->'))
    assert found(looked, "blocks-empty") is None


def test_shortcodes_known_and_unknown(tmp_path: Path) -> None:
    boxes = '[acme_box color="red"]In[/acme_box] [acme_box color="blue"]In[/acme_box]'
    text = f'[gallery ids="1"]\n\n{boxes}\n\n[acme_lone id="1"]'
    looked = seen(tmp_path, item(1, content=text), item(2, content='[acme_lone id="2"] and [sic] and [note]'))
    shortcodes = looked.findings.shortcodes
    assert {name: (code.items, code.uses, code.known) for name, code in shortcodes.items()} == {
        "gallery": (1, 1, True),
        "acme_box": (1, 2, False),
        "acme_lone": (2, 2, False),
    }
    care = found(looked, "shortcodes-unknown")
    assert care is not None
    assert "acme_lone 2, acme_box 1" in care.text


def test_brackets_in_code_are_no_shortcodes(tmp_path: Path) -> None:
    looked = seen(tmp_path, item(1, content='<pre>[acme_box color="red"]</pre>'))
    assert not looked.findings.shortcodes


def test_media_hosts_and_sizes(tmp_path: Path) -> None:
    up = "wp-content/uploads/2021/03"
    text = (
        f'<img src="https://old.example/{up}/a-300x200.jpg"> <img src="/{up}/a.jpg">'
        f' <img src="https://www.old.example/{up}/gone.jpg"> <img src="https://cdn.example/b.png?w=3">'
        f' <a href="https://else.example/page/">no file</a> <img src="https://i0.wp.com/old.example/{up}/a.jpg?w=9">'
    )
    sized = 'a:3:{s:5:"width";i:1;s:8:"filesize";i:2048;s:5:"sizes";a:1:{s:1:"m";a:1:{s:8:"filesize";i:9;}}}'
    url = f"https://old.example/{up}/a.jpg"
    looked = seen(
        tmp_path, item(1, content=text), item(2, type="attachment", url=url, meta={"_wp_attachment_metadata": sized})
    )
    assert dict(looked.findings.hosts) == {"": 2, "cdn.example": 1}
    assert (looked.findings.media_bytes, looked.findings.media_sized) == (2048, 1)
    care = found(looked, "media-missing")
    assert care is not None
    assert care.text.endswith("does not name: 1.")
    assert found(looked, "media-none") is None


NETWORK = "<wp:base_site_url>https://net.example</wp:base_site_url>"


@pytest.mark.parametrize(
    ("code", "fields", "says"),
    [
        ("protected", {"password": "secret"}, "Behind a password: 1"),
        ("drafts", {"status": "draft"}, "1 draft"),
        ("comments", {"comments": [{"id": 1, "approved": "1"}, {"id": 2, "approved": "spam"}]}, "1 public, 1 not"),
        ("kinds", {"type": "recipe"}, "recipe 1"),
        ("media-none", {"content": '<img src="/wp-content/uploads/a.jpg">'}, "1 files"),
        ("media-elsewhere", {"content": '<img src="https://cdn.example/a.jpg">'}, "cdn.example 1"),
        ("featured-missing", {"meta": {"_thumbnail_id": "99"}}, "1"),
        ("forms", {"type": "wpcf7_contact_form"}, "1 wpcf7_contact_form"),
        ("shop", {"type": "product"}, "1 product"),
        ("addresses-plain", {"link": "https://old.example/?p=2"}, "1 of 1 posts"),
        ("languages-lost", {"meta": {"_wpml_media_has_media": "1"}}, "WPML"),
        (
            "addresses-moved",
            {"slug": "new", "link": "https://old.example/new/", "meta": {"_wp_old_slug": "older"}},
            "redirected: 1",
        ),
    ],
)
def test_what_needs_care(tmp_path: Path, code: str, fields: dict[str, Any], says: str) -> None:
    care = found(seen(tmp_path, item(2, **fields)), code)
    assert care is not None, code
    assert says in care.text
    assert care.help
    assert (ROOT / care.doc).is_file()
    assert found(seen(tmp_path, item(1)), code) is None


def test_one_site_of_a_network(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    text = export(item(1)).replace(
        "<wp:base_site_url>https://old.example<", "<wp:base_site_url>https://network.example<"
    )
    path.write_text(text)
    care = found(look([str(path)], "", silent), "multisite")
    assert care is not None
    assert "https://old.example of https://network.example" in care.text


def test_an_export_of_one_kind(tmp_path: Path) -> None:
    care = found(seen(tmp_path, item(1, type="page"), item(2, type="page")), "part")
    assert care is not None
    assert "(page)" in care.text


def test_an_export_that_breaks_off(tmp_path: Path) -> None:
    path = tmp_path / "export.xml"
    whole = export(item(1), item(2))
    path.write_text(whole[: whole.rfind("<wp:post_name>")])
    looked = look([str(path)], "", silent)
    assert warnings(looked)[0].code == "truncated"
    assert warnings(looked)[0].worth == 2
    assert looked.counts.content["post"]["published"] == 1


def test_languages(tmp_path: Path) -> None:
    looked = seen(
        tmp_path,
        item(1, terms=[("language", "en", "English")]),
        item(2, terms=[("language", "fr", "Français")], link="https://old.example/fr/bac/"),
    )
    care = found(looked, "languages")
    assert care is not None
    assert "en 1, fr 1" in care.text


def test_notices_of_the_survey_are_told_in_their_own_words(tmp_path: Path) -> None:
    care = found(seen(tmp_path, item(1, status="odd-status")), "status.unknown")
    assert care is not None
    assert care.text == "1 × An unknown status was read as draft (odd-status)."


def test_the_address_structure_is_guessed(tmp_path: Path) -> None:
    looked = seen(tmp_path, *(item(n, slug=f"p{n}", link=f"https://old.example/2021/03/p{n}/") for n in range(1, 4)))
    assert dict(looked.counts.addresses) == {"/:year/:month/:slug/": 3}


def test_rules_are_a_file_that_can_be_used(tmp_path: Path) -> None:
    from converters.rules.read import read_rules

    looked = seen(tmp_path, item(1, content='[acme_box a="1"]In[/acme_box]\n\n[acme_lone b="\x1b[2J"]'))
    file = tmp_path / "rules.toml"
    file.write_text(rules(looked), encoding="utf-8")
    made = read_rules(file)
    assert made.shortcodes["acme_box"].unwrap is True
    assert "acme_lone" not in made.shortcodes or made.shortcodes["acme_lone"].drop is True


def test_no_rules_without_unknown_shortcodes(tmp_path: Path) -> None:
    assert rules(seen(tmp_path, item(1))).startswith("# No shortcode")
