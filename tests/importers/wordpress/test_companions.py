"""What posts show of other items of the same export: tables, galleries, sliders, charts, accordions, recipes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from converters.importers.wordpress.companions import COMPANIONS
from converters.importers.wordpress.content.companions import RENDERERS
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests.support import Site, convert
from tests.wxr import export, item, php

CELLS = [["Name", "Age"], ["Ann", "30"], ["Bob, Jr.", "40"]]


def companion(id: int, kind: str, content: Any = "", status: Any = "publish", **meta: Any) -> str:
    """An item of a plug-in, with the address that WordPress gives to types without pages."""
    values = {key: value if isinstance(value, str) else php(value) for key, value in meta.items()}
    link = f"https://old.example/?post_type={kind}&p={id}"
    return item(id, type=kind, content=content, link=link, meta=values, status=status, title=f"The {kind}")


def table(id: int = 70, cells: list[list[Any]] = CELLS, key: str = "3", **meta: Any) -> str:
    own = {name: json.dumps(value) for name, value in meta.items()}
    return companion(id, "tablepress_table", json.dumps(cells), **{"_tablepress_export_table_id": key, **own})


def picture(id: int = 91, name: str = "harbour", **fields: Any) -> str:
    url = f"https://old.example/wp-content/uploads/2021/03/{name}.jpeg"
    meta = {"_wp_attached_file": f"2021/03/{name}.jpeg"}
    return item(id, type="attachment", url=url, meta=meta, link=f"https://old.example/?attachment_id={id}", **fields)


def shown(tmp_path: Path, text: str, *others: str, **job: Any) -> tuple[str, Site]:
    """The Markdown of a post with this text, and the site."""
    site = convert(tmp_path, export(item(1, content=text, slug="walk"), *others), **job)
    return site.body("content/posts/walk.md"), site


def codes(site: Site) -> list[str]:
    """Of the notices, those that say something of companions."""
    apart = ("field.", "media.texts")
    return sorted({code for code in site.outcome.account.notices if not code.startswith(apart)})


def test_each_type_of_the_table_has_a_renderer() -> None:
    parts = {kind for kind, row in COMPANIONS.items() if row.part_of}
    assert RENDERERS.keys() == COMPANIONS.keys() - parts


def test_tablepress(tmp_path: Path) -> None:
    text, site = shown(tmp_path, "Our fares:\n\n[table id=3 /]\n\nValid from May.", table())
    assert text == ("Our fares:\n\n| Name | Age |\n| --- | --- |\n| Ann | 30 |\n| Bob, Jr. | 40 |\n\nValid from May.")
    assert site.files() == ["content/posts/walk.md"]
    assert codes(site) == []
    assert site.outcome.account.used == {"part": 1}


HTML_CELLS = [
    ["A", "B", "C"],
    ['<a href="https://x.example/">x</a>', "#colspan#", "two\nlines"],
    ["#rowspan#", "b", ""],
]


@pytest.mark.parametrize(
    ("text", "meta", "expected"),
    [
        ("[table id=3 /]", {"_tablepress_table_visibility": {"rows": [1, 1, 0], "columns": [1, 1]}}, "Bob"),
        ("[table id=3 /]", {"_tablepress_table_visibility": {"rows": [1, 1, 1], "columns": [1, 0]}}, "40"),
        ("[table id=3 hide_rows=3 /]", {}, "Bob"),
        ("[table id=3 hide_rows=last /]", {}, "Bob"),
        ("[table id=3 hide_columns=B /]", {}, "40"),
        ('[table id="3" hide_rows="all" show_rows="1-2" /]', {}, "Bob"),
    ],
)
def test_what_tablepress_hides(tmp_path: Path, text: str, meta: dict[str, Any], expected: str) -> None:
    body, site = shown(tmp_path, text, table(**meta))
    assert "Ann" in body
    assert expected not in body
    assert codes(site) == []


def test_tablepress_cells_options_and_places(tmp_path: Path) -> None:
    text = (
        "[table id=html /]\n\n[table id=4 table_head=false /]\n\n[table id=5 print_name=true table_foot=1 /]\n\n"
        '<!-- wp:tablepress/table {"id":"6","parameters":"hide_rows=\\"2\\""} /-->\n\n[table id=sum /]'
    )
    others = (
        table(70, HTML_CELLS, "html"),
        table(71, [["one"], ["two"]], "4"),
        table(72, CELLS, "5,five"),
        table(73, CELLS, "6"),
        table(74, [["n"], ["=SUM(A1:A2)"]], "sum"),
    )
    body, site = shown(tmp_path, text, *others)
    assert '<td rowspan="2">' in body or 'rowspan="2"' in body
    assert "[x](https://x.example/)" in body or 'href="https://x.example/"' in body
    assert "## The tablepress_table" in body
    assert body.count("Bob") == 2
    assert codes(site) == ["table.formula"]


@pytest.mark.parametrize("content", ["", "no JSON", "{}", '{"a":1}', "[" * 5000, "[[1,null,true,[2],{}]]", "null"])
def test_cells_that_are_none(tmp_path: Path, content: str) -> None:
    other = companion(70, "tablepress_table", content, _tablepress_export_table_id="3")
    body, site = shown(tmp_path, "a [table id=3 /] b", other)
    assert "a" in body
    assert "b" in body
    assert site.outcome.account.failed == ()


def test_a_table_that_is_not_in_the_export(tmp_path: Path) -> None:
    body, site = shown(tmp_path, "[table id=9 /]", table())
    assert body == "[table id=9 /]"
    assert codes(site) == ["companion.unused", "shortcode.left-out"]
    assert site.outcome.account.left_out == {"table": 1}


GALLERY = {"gallery": {91: {"status": "active", "src": "https://old.example/x.jpg", "alt": "h", "caption": "Cap"}}}
SLIDER = {"slider": {91: {"status": "active", "type": "image", "alt": "h", "caption": "Cap", "link": ""}}}
MODULA = [{"id": "91", "alt": "h", "title": "t", "description": "Cap", "link": ""}]
CYCLONE = [{"id": 91, "type": "image", "hidden": 0, "title": "", "description": "Cap", "img_alt": "h", "link": ""}]
RESPONSIVE = {"media": {"attachments": {"ids": [91]}}, "menu_item": "media"}
CAROUSEL = {"wpcp_gallery": "91"}


@pytest.mark.parametrize(
    ("text", "kind", "meta"),
    [
        ('[envira-gallery id="74"]', "envira", {"_eg_gallery_data": GALLERY}),
        ('[envira-gallery slug="envira-74"]', "envira", {"_eg_gallery_data": GALLERY}),
        ('[foogallery id="74"]', "foogallery", {"foogallery_attachments": ["91"]}),
        ('[modula id="74"]', "modula-gallery", {"modula-images": MODULA}),
        ('[Modula id="74"]', "modula-gallery", {"modula-images": MODULA}),
        ('[soliloquy id="74"]', "soliloquy", {"_sol_slider_data": SLIDER}),
        ('[soliloquy slug="soliloquy-74"]', "soliloquy", {"_sol_slider_data": SLIDER}),
        ('[robo-gallery id="74"]', "robo_gallery_table", {"rsg_galleryImages": ["91"]}),
        ('[rl_gallery id="74"]', "rl_gallery", {"_rl_images": RESPONSIVE}),
        ('[cycloneslider id="cycloneslider-74"]', "cycloneslider", {"_cycloneslider_metas": CYCLONE}),
        ('[sp_wpcarousel id="74"]', "sp_wp_carousel", {"sp_wpcp_upload_options": CAROUSEL}),
        ('<!-- wp:fooplugins/foogallery {"id":74} /-->', "foogallery", {"foogallery_attachments": ["91"]}),
        ('<!-- wp:modula/gallery {"id":74} /-->', "modula-gallery", {"modula-images": MODULA}),
        ('<!-- wp:envira/envira-gallery {"galleryId":74} /-->', "envira", {"_eg_gallery_data": GALLERY}),
    ],
)
def test_gallery_plugins(tmp_path: Path, text: str, kind: str, meta: dict[str, Any]) -> None:
    body, site = shown(tmp_path, text, companion(74, kind, **meta), picture())
    assert body.startswith("{{< gallery")
    assert body.count('{{< figure src="/wp-content/uploads/2021/03/harbour.jpeg"') == 1
    assert ('caption="Cap"' in body) == ("Cap" in php(meta))
    assert site.files() == ["content/posts/walk.md"]
    assert codes(site) == []


def slide(id: int, order: int = 0, slider: str = "77", **meta: Any) -> str:
    values = {"_thumbnail_id": "91", "ml-slider_type": "image", **meta}
    terms = [("ml-slider", slider, slider)]
    return item(id, type="ml-slide", content="", excerpt=f"Slide {id}", meta=values, order=order, terms=terms, link="")


def test_metaslider(tmp_path: Path) -> None:
    slides = (slide(78, 2), slide(79, 1), slide(80, 3, _meta_slider_slide_is_hidden="1"), slide(81, slider="5"))
    attached = picture(92, "quay", terms=[("ml-slider", "77", "77")], order=9)
    body, site = shown(
        tmp_path,
        '[metaslider id="77"] <!-- wp:metaslider/slider {"slideshowId":77} /-->',
        companion(77, "ml-slider"),
        *slides,
        picture(),
        attached,
    )
    first = body.partition("{{< /gallery >}}")[0]
    assert first.index("Slide 79") < first.index("Slide 78") < first.index("quay.jpeg")
    assert "Slide 80" not in body
    assert body.count('layout="slideshow"') == 2
    assert codes(site) == ["companion.unused"]
    assert site.outcome.account.left_out == {"slide": 1}


def test_an_album_of_galleries(tmp_path: Path) -> None:
    album = companion(80, "foogallery-album", foogallery_album_galleries=["74", "75"])
    galleries = [companion(id, "foogallery", foogallery_attachments=[str(id + 17)]) for id in (74, 75)]
    other = companion(81, "envira_album", _eg_album_data={"galleryIDs": [76]})
    envira = companion(76, "envira", _eg_gallery_data=GALLERY)
    text = '[foogallery-album id="80"] [envira-album id="81"]'
    body, site = shown(tmp_path, text, album, other, envira, *galleries, picture(91), picture(92, "quay"))
    assert body.count("{{< figure") == 3
    assert codes(site) == []


def test_pictures_that_are_not_in_the_export(tmp_path: Path) -> None:
    body, site = shown(tmp_path, "[foogallery id=74]", companion(74, "foogallery", foogallery_attachments=["91"]))
    assert body == ""
    assert [notice["what"] for notice in site.notices("gallery.missing")] == ["91"]


def test_a_gallery_with_a_page_of_its_own(tmp_path: Path) -> None:
    page = item(
        74,
        type="envira",
        slug="spring",
        link="https://old.example/envira/spring/",
        content="",
        meta={"_eg_gallery_data": php(GALLERY)},
    )
    body, site = shown(tmp_path, "[envira-gallery id=74]", page, picture())
    assert "harbour.jpeg" in body
    assert "harbour.jpeg" in site.body("content/envira/spring.md")
    assert codes(site) == []


@pytest.mark.parametrize("status", ["draft", "private", "pending"])
def test_what_visitors_did_not_see(tmp_path: Path, status: str) -> None:
    body, site = shown(
        tmp_path,
        "a\n\n[table id=3 /]\n\n[wprm-recipe id=77]",
        companion(70, "tablepress_table", json.dumps(CELLS), status, _tablepress_export_table_id="3"),
        companion(77, "wprm_recipe", "Fluffy.", status),
    )
    assert body == "a"
    assert codes(site) == ["companion.closed"]


def test_a_draft_shows_drafts(tmp_path: Path) -> None:
    draft = item(2, content="[wprm-recipe id=77]", status="draft", slug="later")
    site = convert(tmp_path, export(draft, companion(77, "wprm_recipe", "Fluffy.", "draft")))
    assert "Fluffy." in site.body("content/posts/later.md")


def test_named_types_become_drafts_that_show_what_posts_show(tmp_path: Path) -> None:
    options = Options("wordpress", "hugo", read=ReadOptions(types=("post", "tablepress_table")))
    body, site = shown(tmp_path, "[table id=3 /]", table(), options=options)
    assert "| Ann | 30 |" in body
    named = "content/tablepress_table/tablepress_table-70.md"
    assert site.front(named)["draft"] is True
    assert site.body(named) == "| Name | Age |\n| --- | --- |\n| Ann | 30 |\n| Bob, Jr. | 40 |"


def test_wp_table_builder_and_charts(tmp_path: Path) -> None:
    rows = [["May", 3], ["June", 4]]
    series = [{"label": "Month", "type": "string"}, {"label": "Boats", "type": "number"}]
    body, site = shown(
        tmp_path,
        "[wptb id=5]\n\n[visualizer id=6]",
        companion(5, "wptb-tables", "", "draft", _wptb_content_="<table><tr><td>Oak</td></tr></table>"),
        companion(6, "visualizer", php(rows), **{"visualizer-series": series}),
    )
    assert "Oak" in body
    assert "| Month | Boats |" in body
    assert "| June | 4 |" in body
    assert codes(site) == ["table.chart"]


def test_an_accordion(tmp_path: Path) -> None:
    rows = [{"accordion_content_title": "Open?", "accordion_content_description": "From <b>nine</b>."}]
    other = companion(8, "sp_easy_accordion", sp_eap_upload_options={"accordion_content_source": rows})
    body, site = shown(tmp_path, '[sp_easyaccordion id="8"]', other)
    assert body == "### Open?\n\nFrom **nine**."
    assert codes(site) == []


INGREDIENTS = [
    {
        "name": "Dough",
        "ingredients": [
            {"amount": "200", "unit": "g", "name": "flour", "notes": "sifted"},
            {"amount": "1", "unit": "", "name": "egg", "notes": ""},
        ],
    }
]
STEPS = [{"name": "", "instructions": [{"text": "<p>Mix &amp; rest.</p>", "image": 0}, {"text": "Bake.", "image": 91}]}]
RECIPE = {
    "wprm_servings": "4",
    "wprm_prep_time": "70",
    "wprm_ingredients": INGREDIENTS,
    "wprm_instructions": STEPS,
    "wprm_notes": "<p>Keeps a day.</p>",
    "wprm_equipment": [{"name": "Pan", "amount": "1"}],
    "wprm_nutrition_calories": "250",
}


@pytest.mark.parametrize(
    "text",
    [
        '<!-- wp:wp-recipe-maker/recipe {"id":77,"updated":1} -->\n[wprm-recipe id="77"]\n'
        "<!-- /wp:wp-recipe-maker/recipe -->",
        '<!-- wp:wp-recipe-maker/recipe {"id":77} /-->',
        "[wprm-recipe id=77]",
        '<!--WPRM Recipe 77-->\n<div class="wprm-fallback-recipe"><h2>Old</h2></div>\n<!--End WPRM Recipe-->',
    ],
)
def test_wprm_recipe(tmp_path: Path, text: str) -> None:
    body, site = shown(tmp_path, text, companion(77, "wprm_recipe", "Fluffy.", **RECIPE), picture())
    assert "Fluffy." in body
    assert "**Prep time:** 1 h 10 min" in body
    assert "- 200 g flour (sifted)\n- 1 egg" in body
    assert "1. Mix & rest." in body
    assert "harbour.jpeg" in body
    assert "Keeps a day." in body
    assert "Calories: 250" in body
    assert "Old" not in body
    recipe = site.front("content/posts/walk.md")["params"]["recipe"]
    assert recipe["recipeIngredient"] == ["200 g flour (sifted)", "1 egg"]
    assert recipe["recipeInstructions"] == ["Mix & rest.", "Bake."]
    assert recipe["prepTime"] == "PT70M"
    assert site.files() == ["content/posts/walk.md"]
    assert codes(site) == []


def test_what_is_saved_for_sites_without_the_plugin_stays_without_the_recipe(tmp_path: Path) -> None:
    text = "<!--WPRM Recipe 77--><div><h2>Pancakes</h2><p>Mix.</p></div><!--End WPRM Recipe--><!--WPRM Recipe 78-->"
    body, _ = shown(tmp_path, text)
    assert body == "## Pancakes\n\nMix."


def test_values_of_recipes_as_json_and_buttons(tmp_path: Path) -> None:
    values = {"wprm_ingredients": json.dumps(INGREDIENTS), "wprm_instructions": json.dumps(STEPS[0]["instructions"])}
    text = "[wprm-recipe-jump id=77] [wprm-recipe id=77]"
    body, site = shown(tmp_path, text, companion(77, "wprm_recipe", **values), picture())
    assert "- 1 egg" in body
    assert "1. Mix & rest." in body
    assert codes(site) == ["companion.control"]


def test_words_of_steps(tmp_path: Path) -> None:
    steps = [
        {"instructions": [{"text": "Wait [timer minutes=5]five minutes[/timer], add [adjustable]2[/adjustable] g."}]}
    ]
    body, site = shown(tmp_path, "[wprm-recipe id=77]", companion(77, "wprm_recipe", wprm_instructions=steps))
    assert "1. Wait five minutes, add 2 g." in body
    assert codes(site) == []


@pytest.mark.parametrize("text", ["[tasty-recipe id=78]", '<!-- wp:wp-tasty/tasty-recipe {"id":78} /-->'])
def test_tasty_recipe(tmp_path: Path, text: str) -> None:
    values = {
        "description": "<p>Dark.</p>",
        "ingredients": "<h4>Dough</h4><ul><li>1 cup flour</li><li>2 eggs</li></ul><h4>Top</h4><ul><li>salt</li></ul>",
        "instructions": "<ol><li>Mix.</li><li>Bake.</li></ol>",
        "notes": "Good.",
        "yield": "6 slices",
        "prep_time": "5 minutes",
        "calories": "300",
    }
    body, site = shown(tmp_path, text, companion(78, "tasty_recipe", **values))
    assert "**Dough**\n\n- 1 cup flour\n- 2 eggs\n\n**Top**\n\n- salt" in body
    assert "1. Mix.\n2. Bake." in body
    assert "**Servings:** 6 slices" in body
    assert "Calories: 300" in body
    assert codes(site) == []


def test_a_recipe_that_shows_itself(tmp_path: Path) -> None:
    own = companion(77, "wprm_recipe", "[wprm-recipe id=77] [wprm-recipe id=77]")
    body, site = shown(tmp_path, "a\n\n[wprm-recipe id=77]", own)
    assert body.startswith("a")
    assert codes(site) == ["companion.cycle"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ('[elementor-template id="9"]', "elementor_library"),
        ('[INSERT_ELEMENTOR id="9"]', "ae_global_templates"),
        ('[fl_builder_insert_layout slug="fl-builder-template-9"]', "fl-builder-template"),
        ('[html_block id="9"]', "cms_block"),
        ('[block id="blocks-9"]', "blocks"),
        ('[oceanwp_library id="9"]', "oceanwp_library"),
        ("[content_block id=9]", "content_block"),
        ('[reblex id="9"]', "wp_block"),
    ],
)
def test_texts_of_other_items(tmp_path: Path, text: str, kind: str) -> None:
    body, site = shown(
        tmp_path,
        f"a\n\n{text}\n\nz",
        companion(9, kind, "One <b>two</b>.\n\n[table id=3 /]"),
        companion(10, kind, "Not shown."),
        table(),
    )
    assert body.startswith("a\n\nOne **two**.\n\n| Name | Age |")
    assert body.endswith("z")
    assert codes(site) == (["companion.unused"] if kind in ("blocks", "content_block") else [])


def test_products_and_events_by_id(tmp_path: Path) -> None:
    boat = item(
        12, type="product", title="Boat", slug="boat", link="https://old.example/product/boat/", meta={"_price": "9"}
    )
    oar = item(13, type="product", title="Oar", slug="oar", link="https://old.example/product/oar/")
    secret = item(14, type="product", title="Secret", slug="s", link="https://old.example/product/s/", status="private")
    body, site = shown(tmp_path, '[products ids="12,13,14"]\n\n[add_to_cart id=12]\n\n[products]', boat, oar, secret)
    assert body == ("- [Boat](/product/boat/) (9)\n- [Oar](/product/oar/)\n\n[Boat](/product/boat/) (9)\n\n[products]")
    assert codes(site) == ["shortcode.left-out"]


def test_data_that_no_export_holds(tmp_path: Path) -> None:
    text = '[ninja_tables id="5"]\n\n[mv_create key="5" type="recipe"]\n\n[amd-zlrecipe-recipe:12]\n\n[ngg ids="1"]'
    others = (companion(5, "ninja-table"), companion(6, "mv_create"), companion(7, "ngg_gallery"))
    body, site = shown(tmp_path, text, *others)
    assert all(code in body for code in text.split("\n\n"))
    assert codes(site) == ["gallery.missing", "shortcode.left-out"]
    assert len(site.notices("shortcode.left-out")) == 3
    assert site.files() == ["content/posts/walk.md"]
