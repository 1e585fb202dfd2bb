"""Items that posts show and that are no pages: tables, galleries, recipes. What the survey notes of them.

Plug-ins keep what a shortcode or a block shows as an item of a post type of their own, and posts name it by a number, a
slug or a key: `[table id=3 /]`, `<!-- wp:modula/gallery {"id":76} /-->`. The survey makes such an item a part of others
(`Role.PART`), and notes under which names posts know it (`SurveySink.relate`); `content/companions/` reads it again
where a post shows it. An item that no post of the export names is left out, and named in the report: a widget or a
template of the old site may have shown it.

One row a post type. Names of shortcodes and blocks are those of each plug-in's documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from converters.importers.wordpress.publicity import Shown, address_shows
from converters.importers.wordpress.rawitem import RawItem, integer
from converters.model import Entry, Role
from converters.plugin import SurveySink
from converters.urls import decoded

SLIDES = "ml-slider"
"""The taxonomy of MetaSlider that says which slider a slide is in: its terms have the sliders' ids as names."""
FIELD_TEXTS = ("content:encoded", "excerpt:encoded")
_BUILDER = "_elementor_data"


def _slug(item: RawItem) -> Iterator[str]:
    yield decoded(item["wp:post_name"].strip())


def _table_key(item: RawItem) -> Iterator[str]:
    """TablePress counts its tables for itself, and adds the number, or several, to what is exported."""
    for key in item.first_meta("_tablepress_export_table_id").split(","):
        yield key.strip()


def _sliders(item: RawItem) -> Iterator[str]:
    for category in item.categories:
        if category.domain == SLIDES:
            yield category.name.strip() or category.slug


class Companion(NamedTuple):
    """A post type whose items posts show."""

    what: str
    """What an item is, in a word: it is the reason where one is left out."""
    shortcodes: str = ""
    blocks: str = ""
    names: Callable[[RawItem], Iterator[str]] = _slug
    """By what it is called beside its id."""
    by_id: bool = True
    part_of: str = ""
    """The post type of the items that it is a part of: `names` are theirs."""
    shows: tuple[str, str] = ("", "")
    """(post type, meta field): the field names the items of that type that this one shows."""
    quiet: bool = False
    """None is a page, and most are no part of any post: those that no post shows are left out without a notice."""
    drafts: bool = False
    """The plug-in keeps what everybody sees as drafts."""


_TEMPLATE, TEXT = "page builder template", "text block"

COMPANIONS: dict[str, Companion] = {
    "tablepress_table": Companion("table", "table table-info", "tablepress/table", _table_key, by_id=False),
    "wptb-tables": Companion("table", "wptb", "wp-table-builder/wptb-block wptb/table", drafts=True),
    "visualizer": Companion("chart", "visualizer", "visualizer/chart"),
    "envira": Companion("gallery", "envira-gallery envira-gallery-dynamic", "envira/envira-gallery"),
    "foogallery": Companion("gallery", "foogallery", "fooplugins/foogallery"),
    "foogallery-album": Companion("album", "foogallery-album", shows=("foogallery", "foogallery_album_galleries")),
    "envira_album": Companion("album", "envira-album", shows=("envira", "_eg_album_data")),
    "modula-gallery": Companion("gallery", "modula Modula", "modula/gallery"),
    "soliloquy": Companion("slider", "soliloquy", "soliloquy/soliloquywp"),
    "ml-slider": Companion("slider", "metaslider ml-slider", "metaslider/slider"),
    "ml-slide": Companion("slide", names=_sliders, part_of="ml-slider"),
    "robo_gallery_table": Companion("gallery", "robo-gallery", "robo/gallery robo-gallery-block/gallery"),
    "rl_gallery": Companion("gallery", "rl_gallery", "responsive-lightbox/gallery"),
    "cycloneslider": Companion("slider", "cycloneslider"),
    "sp_wp_carousel": Companion("slider", "sp_wpcarousel", "sp-wp-carousel-free/shortcode"),
    "sp_easy_accordion": Companion("accordion", "sp_easyaccordion", "sp-easy-accordion-pro/shortcode"),
    "wprm_recipe": Companion("recipe", "wprm-recipe", "wp-recipe-maker/recipe"),
    "tasty_recipe": Companion("recipe", "tasty-recipe", "wp-tasty/tasty-recipe"),
    "elementor_library": Companion(_TEMPLATE, "elementor-template INSERT_ELEMENTOR", quiet=True),
    "ae_global_templates": Companion(_TEMPLATE, "INSERT_ELEMENTOR", quiet=True),
    "fl-builder-template": Companion(_TEMPLATE, "fl_builder_insert_layout", quiet=True),
    "cms_block": Companion(_TEMPLATE, "html_block", quiet=True),
    "blocks": Companion(TEXT, "block"),
    "oceanwp_library": Companion(_TEMPLATE, "oceanwp_library", quiet=True),
    "et_pb_layout": Companion(_TEMPLATE, "showmodule", quiet=True),
    "fusion_element": Companion(_TEMPLATE, "fusion_global", quiet=True),
    "templatera": Companion(_TEMPLATE, "templatera", quiet=True),
    "content_block": Companion(TEXT, "content_block"),
}
"""Post type -> what is known of it."""

ROLES = {kind: (Role.PART, companion.what) for kind, companion in COMPANIONS.items()}

THREADS = {
    "reply": ("topic", "forum reply"),
    "dwqa-answer": ("dwqa-question", "answer"),
    "answer": ("question", "answer"),
    "ap_answer": ("ap_question", "answer"),
}
"""Post type of a reply -> (that of what it replies to, what it is): bbPress, DW Question & Answer, AnsPress."""
ANSWERED = frozenset(topic for topic, _ in THREADS.values())
"""Post types that are replied to: with the status `closed` nobody can any more, and everybody can read them."""
_TOPIC_KEYS = ("_bbp_topic_id", "_question")

LISTED = {"topic": "forum", "forum": "forum"}
"""Post type -> that of the pages that list its items, by their parent."""

KEYED = {"location": "_location_id"}
"""Post type -> the meta field by which others name its items: locations of Events Manager."""

FIELDS = "acf-field"
"""Definitions of custom fields, by Advanced Custom Fields: `wp:post_name` is the key that values refer to."""

_TOKEN = re.compile(r"[\w-]+")
_TAG = re.compile(
    r"\[({})(?=[\s\]/=])([^\]]{{0,1000}})".format(
        "|".join(re.escape(name) for row in COMPANIONS.values() for name in row.shortcodes.split())
    )
)
_BLOCK = re.compile(
    r"<!-- wp:({})(?=\s)((?:[^-]|-(?!->)){{0,1000}})".format(
        "|".join(re.escape(name) for row in COMPANIONS.values() for name in row.blocks.split())
    )
)
_RECIPE = re.compile(r"<!--WPRM Recipe (\d{1,20})-->")
_KINDS_OF_TAG: dict[str, list[str]] = {}
_KINDS_OF_BLOCK: dict[str, list[str]] = {}
for _kind, _row in COMPANIONS.items():
    for _name in _row.shortcodes.split():
        _KINDS_OF_TAG.setdefault(_name, []).append(_kind)
    for _name in _row.blocks.split():
        _KINDS_OF_BLOCK.setdefault(_name, []).append(_kind)


def relation(kind: str, name: str) -> str:
    """How an item of a post type that is called `name` is filed: see `SurveySink.relate`."""
    return f"{kind} {name}"


class CompanionSurvey:
    """Notes companions, and which of them texts name. Holds names and numbers only."""

    def __init__(self, sink: SurveySink) -> None:
        self._sink = sink
        self._names: dict[str, tuple[str, tuple[str, ...]]] = {}
        """id -> (post type, its names, or those of the items that it is a part of)"""
        self._shown: dict[str, set[str]] = {kind: set() for kind in COMPANIONS}
        self._replies: dict[str, tuple[str, str, str]] = {}
        """id -> (post type, the topic's id, its status allows it)"""
        self._topics: dict[str, str] = {}

    def take(self, item: RawItem, entry: Entry) -> None:
        """Note an item, whatever it is."""
        kind = entry.kind
        if kind in COMPANIONS and entry.role in (Role.PART, Role.CONTENT):
            self._take_companion(item, entry, COMPANIONS[kind])
        elif kind == "attachment" and any(category.domain == SLIDES for category in item.categories):
            for name in _sliders(item):  # before MetaSlider had slides of its own, pictures were in its taxonomy
                self._sink.relate(relation("ml-slide", name), entry.id, integer(item["wp:menu_order"]))
        elif kind in KEYED:
            self._sink.relate(relation(kind, item.first_meta(KEYED[kind]).strip()), entry.id)
        elif kind == FIELDS:
            self._sink.relate(relation(FIELDS, item["wp:post_name"].strip()), entry.id)
        if entry.role is Role.CONTENT:
            self._take_thread(item, entry)
        if entry.role in (Role.CONTENT, Role.INLINE, Role.PART):
            for field in FIELD_TEXTS:
                self._see(item[field])
            self._see(item.first_meta(_BUILDER))

    def _take_companion(self, item: RawItem, entry: Entry, row: Companion) -> None:
        names = tuple(dict.fromkeys(name for name in row.names(item) if name))
        for name in names:
            self._sink.relate(relation(entry.kind, name), entry.id, integer(item["wp:menu_order"]))
        if entry.role is Role.PART:
            own = (entry.id,) if row.by_id and not row.part_of else ()
            self._names[entry.id] = entry.kind, (*own, *names)
        kind, field = row.shows
        if kind:
            self._shown[kind].update(_TOKEN.findall(item.first_meta(field)))

    def _take_thread(self, item: RawItem, entry: Entry) -> None:
        kind = entry.kind
        if kind in THREADS:
            above = next((value for key in _TOPIC_KEYS if (value := item.first_meta(key).strip())), "") or entry.parent
            self._replies[entry.id] = kind, above, entry.parent
        elif any(kind == topic for topic, _ in THREADS.values()):
            self._topics[entry.id] = kind
        if kind in LISTED and entry.parent:
            self._sink.relate(relation(f"list of {LISTED[kind]}", entry.parent), entry.id)

    def waits(self, kind: str) -> bool:
        """Does the end of the survey say whether items of this type are pages?"""
        return kind in THREADS

    def _see(self, text: str) -> None:
        """Note what the text names. Generous: each word of a shortcode or a block counts as a name."""
        if "[" in text:
            for name, inside in _TAG.findall(text):
                for kind in _KINDS_OF_TAG[name]:
                    self._shown[kind].update(_TOKEN.findall(inside))
        if "<!--" in text:
            for name, inside in _BLOCK.findall(text):
                for kind in _KINDS_OF_BLOCK[name]:
                    self._shown[kind].update(_TOKEN.findall(inside))
            self._shown["wprm_recipe"].update(_RECIPE.findall(text))

    def settle(self) -> Iterator[str]:
        """Say of each companion that no text names that it is left out, and of each reply to something in the export
        that it is part of that page. Yields the post types of replies that stay pages of their own."""
        for id, (kind, names) in self._names.items():
            row = COMPANIONS[kind]
            if self._shown[row.part_of or kind].isdisjoint(names):
                code = "" if row.quiet else "companion.unused"
                self._sink.recast(id, kind, Role.EXCLUDED, row.what, code)
        for id, (kind, topic, parent) in self._replies.items():
            wanted, what = THREADS[kind]
            above = next((one for one in (topic, parent) if self._topics.get(one) == wanted), "")
            if above:
                self._sink.relate(relation(kind, above), id)
                self._sink.recast(id, kind, Role.PART, what)
            else:
                yield kind


def has_page(item: RawItem, kind: str, base_url: str) -> bool:
    """Is a companion a page by itself, too? It is if its permalink leads to one."""
    if kind not in COMPANIONS or COMPANIONS[kind].quiet:
        return False
    return address_shows(item["link"], item["wp:post_name"], item["wp:post_id"], kind, base_url) is Shown.PAGE
