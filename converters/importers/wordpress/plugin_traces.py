"""Which plug-ins a site had, told by what they leave behind: meta fields, post types, taxonomies and blocks.

The names are those their documentation gives, and those their own export files show. A trace says that a plug-in was
there once, not that it still is.
"""

from __future__ import annotations

from functools import lru_cache

_META = (  # the longest start that fits decides
    ("_yoast_wpseo_", "Yoast SEO"),
    ("rank_math_", "Rank Math"),
    ("_aioseo", "All in One SEO"),
    ("_seopress_", "SEOPress"),
    ("_genesis_", "Genesis"),
    ("_wds_", "SmartCrawl"),
    ("_jetpack_", "Jetpack"),
    ("jetpack_", "Jetpack"),
    ("_publicize_", "Jetpack"),
    ("_wpas_", "Jetpack"),
    ("_elementor_", "Elementor"),
    ("_et_", "Divi"),
    ("_fl_builder_", "Beaver Builder"),
    ("_wpb_", "WPBakery"),
    ("_fusion", "Avada"),
    ("_bricks_", "Bricks"),
    ("_breakdance_", "Breakdance"),
    ("_oxygen_", "Oxygen"),
    ("ct_builder_", "Oxygen"),
    ("_themify_", "Themify"),
    ("_cornerstone_", "Cornerstone"),
    ("panels_data", "SiteOrigin"),
    ("tve_", "Thrive"),
    ("brizy", "Brizy"),
    ("_wpml_", "WPML"),
    ("_icl_", "WPML"),
    ("qtranslate_", "qTranslate"),
    ("_qts_", "qTranslate"),
    ("_wc_", "WooCommerce"),
    ("_product_", "WooCommerce"),
    ("_edd_", "Easy Digital Downloads"),
    ("_EventStartDate", "The Events Calendar"),
    ("_bbp_", "bbPress"),
    ("_llms_", "LifterLMS"),
    ("wprm_", "WP Recipe Maker"),
    ("_wpcf7", "Contact Form 7"),
    ("powerpress", "PowerPress"),
    ("_podlove_", "Podlove"),
    ("amazonS3_", "WP Offload Media"),
    ("wp-smpro-", "Smush"),
    ("_sharing_", "AddToAny"),
    ("dsq_thread_id", "Disqus"),
    ("_members_", "Members"),
    ("views", "WP-PostViews"),
    ("syndication_", "FeedWordPress"),
    ("_relevanssi_", "Relevanssi"),
    ("_monsterinsights_", "MonsterInsights"),
    ("_wp_convertkit_", "Kit"),
    ("_kad_", "Kadence"),
    ("_generate", "GeneratePress"),
    ("_uag_", "Spectra"),
    ("_astra", "Astra"),
)
_WHOLE = frozenset({"views", "panels_data", "dsq_thread_id"})
_TYPES = {
    "product": "WooCommerce", "product_variation": "WooCommerce", "shop_order": "WooCommerce",
    "shop_coupon": "WooCommerce", "download": "Easy Digital Downloads", "tribe_events": "The Events Calendar",
    "tribe_venue": "The Events Calendar", "tribe_organizer": "The Events Calendar", "forum": "bbPress",
    "topic": "bbPress", "reply": "bbPress", "sfwd-courses": "LearnDash", "sfwd-lessons": "LearnDash",
    "course": "LMS", "lesson": "LMS", "acf": "Advanced Custom Fields", "acf-field": "Advanced Custom Fields",
    "acf-field-group": "Advanced Custom Fields", "wpcf7_contact_form": "Contact Form 7", "wpforms": "WPForms",
    "flamingo_inbound": "Flamingo", "flamingo_contact": "Flamingo", "nf_sub": "Ninja Forms",
    "feedback": "Jetpack", "jetpack-portfolio": "Jetpack", "jetpack-testimonial": "Jetpack",
    "jp_pay_product": "Jetpack", "mc4wp-form": "Mailchimp for WordPress", "wprm_recipe": "WP Recipe Maker",
    "tasty_recipe": "Tasty Recipes", "tablepress_table": "TablePress", "envira": "Envira Gallery",
    "foogallery": "FooGallery", "ngg_gallery": "NextGEN Gallery", "ngg_pictures": "NextGEN Gallery",
    "ml-slider": "MetaSlider", "podcast": "Seriously Simple Podcasting", "guest-author": "Co-Authors Plus",
    "elementor_library": "Elementor", "et_pb_layout": "Divi", "fl-builder-template": "Beaver Builder",
    "fusion_template": "Avada", "amp_validated_url": "AMP", "redirect_rule": "Safe Redirect Manager",
    "custom-css-js": "Simple Custom CSS and JS", "popup": "Popup Maker", "wpsl_stores": "WP Store Locator",
}  # fmt: skip
_TAXONOMIES = {"language": "Polylang", "post_translations": "Polylang", "wpml_language": "WPML"}
_BLOCKS = {
    "jetpack": "Jetpack", "woocommerce": "WooCommerce", "yoast": "Yoast SEO", "rank-math": "Rank Math",
    "kadence": "Kadence Blocks", "generateblocks": "GenerateBlocks", "uagb": "Spectra", "stackable": "Stackable",
    "ugb": "Stackable", "coblocks": "CoBlocks", "getwid": "Getwid", "atomic-blocks": "Atomic Blocks",
    "genesis-blocks": "Genesis Blocks", "acf": "Advanced Custom Fields", "lazyblock": "Lazy Blocks",
    "contact-form-7": "Contact Form 7", "wpforms": "WPForms", "gravityforms": "Gravity Forms",
    "syntaxhighlighter": "SyntaxHighlighter", "kevinbatdorf": "Code Block Pro", "tribe": "The Events Calendar",
    "cloudinary": "Cloudinary", "essential-blocks": "Essential Blocks", "ultimate-post": "PostX",
    "mailpoet": "MailPoet", "a8c": "WordPress.com", "crowdsignal-forms": "Crowdsignal", "divi": "Divi",
    "wp-recipe-maker": "WP Recipe Maker", "newspack-blocks": "Newspack", "videopress": "Jetpack",
}  # fmt: skip
"""By the first part of a block's name."""
SHOP = frozenset("product shop_order shop_coupon shop_subscription product_variation download".split())
FORMS = frozenset("feedback flamingo_inbound flamingo_contact nf_sub wpcf7_contact_form wpforms mc4wp-form".split())


@lru_cache(maxsize=4096)
def of_meta(key: str) -> str:
    """The plug-in whose field this is; empty when none is known."""
    found = [pair for pair in _META if (key == pair[0] if pair[0] in _WHOLE else key.startswith(pair[0]))]
    return max(found, key=lambda pair: len(pair[0]))[1] if found else ""


def of_type(kind: str) -> str:
    """The plug-in whose post type this is; empty when none is known."""
    return _TYPES.get(kind, "")


def of_taxonomy(name: str) -> str:
    return _TAXONOMIES.get(name, "")


def of_block(name: str) -> str:
    """The plug-in whose block this is, or the first part of its name; empty for WordPress's own."""
    space, slash, _ = name.partition("/")
    return "" if not slash or space in ("core", "core-embed") else _BLOCKS.get(space, space)
