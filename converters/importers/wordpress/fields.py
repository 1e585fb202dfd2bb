"""The tables of WordPress: statuses, post types, meta keys, taxonomies."""

from __future__ import annotations

from converters.importers.wordpress.post_types import FURNITURE, PERSONAL_TYPES, key
from converters.model import Role, Status

STATUS = {  # wp_posts.post_status
    "publish": Status.PUBLISHED,
    "future": Status.FUTURE,
    "draft": Status.DRAFT,
    "pending": Status.PENDING,
    "private": Status.PRIVATE,
    "trash": Status.TRASH,
    "auto-draft": Status.DRAFT,
    "inherit": Status.PUBLISHED,
}

LEFT_OUT_STATUS = {"trash": "trash", "auto-draft": "empty draft the editor made"}

TYPES = {  # what is not written as a page, and why; of every other post type `publicity.py` says who saw it
    "attachment": (Role.MEDIA, "media library"),
    "nav_menu_item": (Role.MENU, "menu entry"),
    "wp_block": (Role.INLINE, "reusable block"),
    "revision": (Role.LEFT_OUT, "revision"),
    "guest-author": (Role.LEFT_OUT, "author profile"),
    **{name: (Role.LEFT_OUT, reason) for name, reason in {**FURNITURE, **PERSONAL_TYPES}.items()},
}

META_SKIPPED = frozenset(
    """_edit_last _edit_lock _encloseme _pingme _wp_trash_meta_status _wp_trash_meta_time _wp_trash_meta_comments_status
    _wp_desired_post_slug _wp_old_date _thumbnail_id _wp_page_template _wp_attached_file _wp_attachment_metadata
    _wp_attachment_image_alt _wp_attachment_context _wp_attachment_backup_sizes _wp_old_slug _oembed_time
    _yoast_wpseo_linkdex _yoast_wpseo_content_score _yoast_wpseo_estimated-reading-time-minutes
    _yoast_wpseo_wordproof_timestamp _elementor_css _elementor_data _elementor_edit_mode _elementor_version
    _elementor_controls_usage _elementor_page_assets _elementor_template_type _fl_builder_draft
    _fl_builder_draft_settings _et_builder_version _et_pb_old_content _wpas_done_all _wpas_skip _wpas_mess
    _jetpack_related_posts_cache _last_editor_used_jetpack _rest_api_published _rest_api_client_id
    _wpcom_is_markdown _g_feedback_shortcode reader_suggested_tags switch_like_status sharing_disabled
    classic-editor-remember footnotes _wp_suggested_privacy_policy_content""".split()
)
"""Machinery of WordPress and of well-known plugins: read elsewhere, or of no use outside the old site."""

META_SKIPPED_PREFIXES = (
    "_menu_item_",
    "_oembed_",
    "_publicize_",
    "_wpas_",
    "jabber_published",
    "_edit_",
    "_transient_",
)

TAXONOMY_SKIPPED = frozenset(
    """post_format nav_menu language post_translations term_language term_translations wpml_language
    translation_priority author link_category wp_theme wp_template_part_area
    wp_pattern_category product_type product_visibility elementor_library_type
    elementor_library_category elementor_font_type layout_category layout_type scope module_width
    et_tb_item_type amp_validation_error following_users action-group""".split()
)
"""Taxonomies that are machinery: read elsewhere (formats, menus, languages, authors), or of no use to a reader."""


def role_of(post_type: str, status: str, *, named: bool = False) -> tuple[Role, str]:
    """What becomes of an item, and why, when it is not content. `named`: the user asks for the type by its name."""
    if status in LEFT_OUT_STATUS:
        return Role.LEFT_OUT, LEFT_OUT_STATUS[status]
    role, reason = TYPES.get(post_type) or TYPES.get(key(post_type), (Role.CONTENT, ""))
    return (Role.CONTENT, "") if role is Role.LEFT_OUT and named else (role, reason)
