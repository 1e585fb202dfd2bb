"""Custom fields of a post: those that people keep, apart from what plug-ins and themes keep for themselves.

A field whose name begins with `_` is hidden in the editor. Many plug-ins keep data of theirs under plain names, so a
table tells them: page data and styles of builders, settings of themes, counters and caches. A field that Advanced
Custom Fields defines is its author's own, whatever its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

from converters.importers.wordpress import php
from converters.importers.wordpress.enclosures import is_enclosure
from converters.importers.wordpress.languages import META as LANGUAGE_META
from converters.importers.wordpress.plugin_tags import is_tag_field
from converters.importers.wordpress.qtranslate import SLUGS
from converters.importers.wordpress.seo import META as SEO_META
from converters.model.limits import DEFAULT
from converters.model.notices import Log

META_SKIPPED = frozenset(
    """_edit_last _edit_lock _encloseme _pingme _wp_trash_meta_status _wp_trash_meta_time _wp_trash_meta_comments_status
    _wp_desired_post_slug _wp_old_date _thumbnail_id _wp_page_template _wp_attached_file _wp_attachment_metadata
    _wp_attachment_image_alt _wp_attachment_context _wp_attachment_backup_sizes _wp_old_slug _oembed_time
    _yoast_wpseo_linkdex _yoast_wpseo_content_score _yoast_wpseo_estimated-reading-time-minutes
    _yoast_wpseo_wordproof_timestamp _elementor_css _elementor_data _elementor_edit_mode _elementor_version
    _elementor_controls_usage _elementor_element_cache _elementor_page_assets _elementor_template_type _fl_builder_draft
    _fl_builder_draft_settings _et_builder_version _et_pb_old_content _wpas_done_all _wpas_skip _wpas_mess
    _jetpack_related_posts_cache _last_editor_used_jetpack _rest_api_published _rest_api_client_id
    _wpcom_is_markdown _g_feedback_shortcode reader_suggested_tags switch_like_status sharing_disabled
    classic-editor-remember footnotes _wp_suggested_privacy_policy_content""".split()
)
"""Machinery of WordPress and of well-known plugins: read elsewhere, or of no use outside the old site."""

META_SKIPPED_PREFIXES = tuple("_menu_item_ _oembed_ _publicize_ _wpas_ jabber_published _edit_ _transient_".split())

_BUILDERS = tuple(
    """vcv- vcv_ vcvs et_pb_ et_builder et_enqueued elementor_ elementor- fusion_ fusion- fusionredux panels_data
    siteorigin_ bricks_page bricks_template bricks_data bricks_code bricks_mode ct_builder ct_other_template
    ct_template ct_parent_template oxygen_lock fl_builder fl-builder wpb_ vc_teaser vc_grid vc_post vc_cmp brizy_ brizy-
    breakdance_ tve_ tcb_ thrive_ themify_builder cornerstone_ avia_ zion_ znpb_ fw_options fw:opt kc_data kc_raw
    motopress mpce live_composer dslc_ nimble_ seedprod_ divi_ spectra_ uag_ gutentor_ kadence_ kt_blocks stackable_
    otter_ themeisle_ getwid_ tdc_ td_post_theme_settings td_page""".split()
)
"""Page builders and their add-ons: what a page is made of, in a form that only they read, and its styles."""
_THEMES = tuple(
    """pyre_ sbg_selected_sidebar mkdf_ qode_ edgtf_ eltdf_ nectar_ astra- ast- site-sidebar-layout
    site-content-layout theme-transparent-header ocean_post_ ocean_sidebar ocean_second_sidebar ocean_disable_
    ocean_add_body_class ocean_shortcode_ ocean_display_ ocean_header_ ocean_center_header ocean_custom_ ocean_left_menu
    ocean_menu_ ocean_has_ ocean_footer_ ocean_breadcrumbs_ generate_ slide_template rs_page_bg_color supermag_sidebar
    neve_meta blocksy_ colormag_ cmsmasters_ hide_page_title_""".split()
)
"""Settings of themes: which sidebar, which header, how wide."""
_LAYOUTS = re.compile(
    r"(?:\w+_)?page_layout|(?:\w+_)?sidebar_(?:position|layout)|pp_parallax_\w+"
    r"|(?:hide|disable)_(?:page|post)_(?:title|header|footer)"
)
"""The same of any theme: one word, or data of PHP."""
_STYLES = re.compile(r"(?:\w+[_-])?(?:custom|page|post|compiled|generated|inline)[_-]?css|brizy")
_COUNTERS = re.compile(
    r"""(?x)(?:\w+_)?(?:post_?views?|page_?views?|views?|hits|visits)(?:_?counts?|_total|_today|_all|_week)?
    | (?:\w+_)?(?:share|like|vote|tweet|pin|fav|favorite|heart|love|click|download|comment|visitor|bot)s?_?counts?
    | total_sales | (?:\w+_)?(?:likes|dislikes|shares|votes|tweets|shares_total|total_shares|fb_count|facebook_count)
    | votes_avg | votes_total | ratings_(?:users|score|average) | rating_(?:count|sum|total) | popularity | reddit
    | email_notification | sharing_disabled | shorturls?""",
)
"""What plug-ins count: a number, or data of PHP. One of these names that holds anything else is somebody's own."""
_REMEMBERED = re.compile(
    r"""(?x)(?:essb|ssba|swp|mashsb|dpsp|tptn|wpp|sfsi|ssp|jssocials|snap|mts|esml|wpt|jd|aktt|wordbooker|autoptimize
    |rocket|wpo|ao_post|fakerpress|eael|publicize)_\w+
    | socialcount | tweetbacks?\w* | tweetmeme\w* | topsy\w* | bitly\w* | wp_shorturl | shorturls?
    | dsq_(?:thread_id|needs_sync) | jabber_published | twitter_?(?:id|tools\w*|posted|cards?_\w+) | lj_?(?:id|itemid)
    | (?:\w+_)?cache(?:d?_\w+)? | reddit | timeline_notification | wordads_ufa | restapi_import_id | original_post_id
    | spaces_\w+_permalink | tagazine-media | syntaxhighlighter_encoded | ampforwp[-_][\w-]+ | genesis_schema_\w+""",
)
"""What plug-ins note down: what was sent where, and what they need not ask for again."""
_NUMBER = re.compile(r"[\d\s.,:%/+-]*")
_WORDS = re.compile(r"[^\W\d_]{2,}\s+[^\W\d_]{2,}")
_LONGEST_NAME = 100


class Fields(NamedTuple):
    """The fields of a post, typed. A key that occurs several times holds a list."""

    public: dict[str, Any]
    hidden: dict[str, Any]
    """Those of no use outside the old site, as far as anybody knows."""


def read_fields(meta: Sequence[tuple[str, str]], log: Log) -> Fields:
    """What the fields of a post hold. Empty ones are noted (`field.skipped`), and so is one too large for front matter
    (`field.too-large`), which counts as hidden.

    Advanced Custom Fields keeps `_name = field_…` beside every `name`; these go.
    """
    public: dict[str, list[Any]] = {}
    hidden: dict[str, list[Any]] = {}
    first = dict(reversed(meta))
    for key, value in meta:
        if is_read_elsewhere(key, value, first):
            continue
        own = first.get(f"_{key}", "").startswith("field_")
        if not value.strip():
            log("field.skipped", key)
        elif not own and (key.startswith("_") or is_of_plugin(key, value)):
            hidden.setdefault(key, []).append(_value(key, value, None))
        elif len(value) > DEFAULT.field_characters:
            log("field.too-large", key, where=f"{len(value)} characters")
            hidden.setdefault(key, []).append(value)
        elif (typed := _value(key, value, log)) in ("", [], {}, None):
            log("field.skipped", key)
        else:
            public.setdefault(key, []).append(typed)
    return Fields(_singles(public), _singles(hidden))


def is_read_elsewhere(key: str, value: str, fields: dict[str, str]) -> bool:
    """Is it read by another part of the importer, or of no use at all?"""
    if key in META_SKIPPED or key in SEO_META or key.startswith(META_SKIPPED_PREFIXES) or not key:
        return True
    if key in LANGUAGE_META or key.startswith(SLUGS) or is_enclosure(key, value, fields):
        return True
    return is_tag_field(key, value, fields) or (key.startswith("_") and value.startswith("field_"))


def is_of_plugin(key: str, value: str) -> bool:
    """Does a plug-in or a theme keep that for itself, though its name is plain?"""
    name = key.lower()
    if len(name) > _LONGEST_NAME:
        return False
    if name.startswith(_BUILDERS) or name.startswith(_THEMES) or _STYLES.fullmatch(name):
        return True
    data = php.looks_serialized(value)
    if _LAYOUTS.fullmatch(name) and (data or not value.count(" ")):
        return True
    if _COUNTERS.fullmatch(name) and (data or _NUMBER.fullmatch(value)):
        return True
    return bool(_REMEMBERED.fullmatch(name)) and (data or not _WORDS.search(value))


def _singles(fields: dict[str, list[Any]]) -> dict[str, Any]:
    return {key: values[0] if len(values) == 1 else values for key, values in fields.items()}


def _value(key: str, value: str, log: Log | None) -> Any:
    return php.read(value, log, key, default=value) if php.looks_serialized(value) else value
