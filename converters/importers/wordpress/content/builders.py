"""Shortcodes of page builders and themes: layout is unwrapped, modules become headings, pictures, links, quotes, lists.

[vc_row][vc_column][vc_column_text]…   [vc_single_image image="9"]   [vc_btn title="…" link="url:https%3A…"]   WPBakery
[et_pb_section]…[et_pb_blurb title="…" image="…" url="…"]…[/et_pb_blurb]   [et_pb_button button_url="…" …]      Divi
[fusion_builder_container]…   [fusion_imageframe image_id="9|full"]   [fusion_button link="…"]…[/fusion_button] Avada
[av_textblock]…   [av_heading heading='…' tag='h3']   [x_section]…   [ux_image id="9"]   [nectar_btn text="…"]    others
[su_box title="…"]…   [su_spoiler title="…"]   [su_tabs][su_tab title="…"]   [su_quote cite="…"]   Shortcodes Ultimate
[one_half]…   [tabs][tab title="…"]   [toggle title="…"]   [button link="…"]   [dropcap]   [pullquote]            themes

What a module shows follows the builders' documentation (`builder_modules.py`). A shortcode of a builder's prefix that
has no row of its own is read by the names of its attributes. Names that are ordinary words count only where they are
plainly shortcodes: with an end, or with attributes.
"""

from __future__ import annotations

from converters.importers.wordpress.content import arguments, parts
from converters.importers.wordpress.content import builder_modules as modules
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

BUILDERS = (
    ("vc_", "WPBakery"), ("vcex_", "WPBakery"), ("et_pb_", "Divi"), ("fusion_", "Avada"), ("av_", "Enfold"),
    ("x_", "Cornerstone"), ("cs_", "Cornerstone"), ("ux_", "UX Builder"), ("nectar_", "Salient"), ("mk_", "Jupiter"),
    ("kc_", "King Composer"), ("tatsu_", "Tatsu"), ("cmsmasters_", "CMSMasters"), ("themify_", "Themify"),
    ("wr_", "WR PageBuilder"), ("mp_", "MotoPress"), ("fl_", "Beaver Builder"), ("siteorigin_", "SiteOrigin"),
)  # fmt: skip
"""Page builders by the prefix of their shortcodes."""
_SURE = ("vc_", "vcex_", "et_pb_", "fusion_", "su_", "nectar_", "tatsu_", "cmsmasters_", "ultimate_", "themify_")
"""Prefixes that no word in brackets begins with."""
_PREFIXES = (
    *(prefix for prefix, _ in BUILDERS), "su_", "_su_", "bs_", "ult_", "ultimate_", "qode_", "eltd_", "edgtf_", "mkdf_",
    "dt_", "trx_", "stm_", "tm_pb_", "bsf_", "dfd_",
)  # fmt: skip


def _unknown(code: Shortcode, context: Context) -> str | None:
    """A shortcode of a known prefix that has no row."""
    if code.inside is None and not code.attributes and not code.name.startswith(_SURE):
        return None
    html = modules.module(code, context)
    context.log("shortcode.unwrapped" if html.strip() else "shortcode.left-out", code.name)
    return html


def _named(handler: Handler) -> Handler:
    """The handler, with a word on which builder it was."""

    def handle(code: Shortcode, context: Context) -> str | None:
        html = handler(code, context)
        builder = next((name for prefix, name in BUILDERS if code.name.startswith(prefix)), "")
        if builder and html is not None:
            context.log("builder.found", builder)
        return html

    return handle


_ROWS: dict[Handler, str] = {
    modules.layout: """vc_row vc_row_inner vc_column vc_column_inner vc_column_text vc_section vc_tta_accordion
        vc_tta_tabs vc_tta_tour vc_tta_pageable vc_tabs vc_tour vc_accordion vc_message vc_acf vc_icon_box
        et_pb_section et_pb_row et_pb_row_inner et_pb_column et_pb_column_inner et_pb_text et_pb_tabs et_pb_accordion
        et_pb_slider et_pb_fullwidth_slider et_pb_counters et_pb_pricing_tables et_pb_social_media_follow
        et_pb_video_slider et_pb_group et_pb_specialty_column et_pb_fullwidth_code et_pb_code
        fusion_builder_container fusion_builder_row fusion_builder_column fusion_builder_row_inner fusion_text
        fusion_builder_column_inner fusion_tabs fusion_accordion fusion_content_boxes fusion_testimonials
        fusion_alert fusion_flip_boxes fusion_counters_box fusion_counters_circle fusion_slider fusion_table
        fusion_pricing_table fusion_pricing_price fusion_pricing_row fusion_pricing_footer fusion_fullwidth
        av_section av_one_full av_one_half av_one_third av_two_third av_one_fourth av_two_fourth av_three_fourth
        av_one_fifth av_two_fifth av_three_fifth av_four_fifth av_textblock av_toggle_container av_tab_container
        av_layout_row av_cell_one_full av_cell_one_half av_cell_one_third av_cell_two_third av_cell_one_fourth
        av_cell_three_fourth av_testimonials av_content_slider av_slideshow av_slideshow_full av_codeblock
        av_tab_section av_tab_sub_section av_table av_icon_grid cs_content cs_content_seo cs_section cs_row cs_column
        cs_text x_section x_row x_column x_accordion x_tabs x_alert x_raw_content x_text x_container x_columnize
        x_content_band x_slider x_slide x_tab_nav x_block_grid x_block_grid_item x_card x_prompt ux_text ux_html
        ux_slider ux_stack ux_banner ux_banner_grid ux_slide nectar_global_section su_row su_column su_tabs
        su_accordion su_note su_list su_frame su_animate su_section su_expand su_content_slider su_content_slide
        su_flip_box su_flip_front su_flip_back su_lightbox_content su_guests su_scheduler su_icon_panel su_icon_text
        su_table su_service_group su_shadow mk_page_section kc_row kc_column kc_row_inner kc_column_inner
        kc_column_text bs_row bs_column bs_col bs_well bs_tabs bs_collapse""",
    modules.titled: """vc_tta_section vc_tab vc_accordion_tab vc_toggle et_pb_toggle et_pb_tab et_pb_accordion_item
        fusion_tab fusion_toggle fusion_modal av_toggle av_tab av_notification x_accordion_item x_tab x_toggle su_box
        su_tab su_spoiler kc_accordion_tab kc_tab bs_tab bs_citem mk_toggle mk_accordion toggles-item""",
    modules.inline: """su_label fusion_popover fusion_modal_text_link av_dropcap1 av_dropcap2 x_dropcap su_lightbox
        su_popup_trigger bs_label bs_badge nectar_highlighted_text""",
    modules.initial: "su_dropcap fusion_dropcap av_dropcap1 av_dropcap2 x_dropcap mk_dropcaps bs_dropcap",
    modules.mark: "su_highlight fusion_highlight x_highlight mk_highlight bs_mark",
    arguments.tooltip: "su_tooltip fusion_tooltip av_tooltip mk_tooltip bs_tooltip",
    modules.heading: """vc_custom_heading vcex_heading et_pb_heading et_pb_post_heading fusion_title av_heading
        x_custom_headline x_feature_headline ultimate_heading mk_fancy_title mk_title su_heading kc_title ux_title
        nectar_split_line_heading""",
    modules.button: """vc_btn vc_button vc_button2 vcex_button et_pb_button fusion_button av_button av_button_big
        x_button ux_button nectar_btn nectar_cta mk_button su_button kc_button bs_button ult_buttons""",
    modules.quote: "su_quote su_pullquote x_blockquote x_pullquote mk_blockquote bs_quote av_quote",
    modules.rule: """vc_separator vc_text_separator vc_zigzag vcex_divider fusion_separator av_hr x_line mk_divider
        su_divider ux_divider divider_line""",
    modules.divi_rule: "et_pb_divider",
    modules.nothing: """vc_empty_space vcex_spacing fusion_section_separator su_spacer x_gap x_clear ux_gap
        mk_padding_divider mk_clearboth vc_facebook vc_tweetmeme vc_googleplus vc_pinterest fusion_sharing
        av_social_share fusion_fontawesome av_font_icon vc_icon su_icon x_icon ux_icon et_pb_icon divider_icon
        kc_spacing bs_icon""",
    modules.image: """vc_single_image vcex_image et_pb_image et_pb_fullwidth_image fusion_imageframe fusion_image
        fusion_gallery_image av_image av_slide av_slide_full av_partner_logo x_image ux_image ux_logo mk_image
        kc_single_image su_image image_with_animation""",
    modules.gallery: """vc_gallery vc_images_carousel vcex_image_grid et_pb_gallery fusion_gallery fusion_images
        av_gallery av_masonry_gallery av_horizontal_gallery ux_gallery su_slider su_carousel su_custom_gallery
        su_image_carousel mk_gallery mk_image_slideshow kc_image_gallery nectar_image_comparison""",
    modules.video: """vc_video et_pb_video et_pb_fullwidth_video et_pb_video_slider_item et_pb_audio fusion_video
        fusion_audio fusion_self_hosted_video av_video av_player x_video_embed x_video_player x_audio_player ux_video
        su_video su_audio su_media kc_video_play mk_video""",
    modules.encoded: "vc_raw_html vc_raw_js fusion_code fusion_syntax_highlighter kc_raw_code mk_custom_html",
    modules.items: "fusion_checklist av_iconlist x_icon_list su_icon_list mk_custom_list_items",
    modules.item: """fusion_li_item fusion_pricing_row_item av_iconlist_item x_icon_list_item su_icon_list_item""",
    modules.counter: """vc_progress_bar vc_pie et_pb_counter et_pb_number_counter et_pb_circle_counter
        fusion_progress fusion_counter_box fusion_counter_circle av_progress_bar av_animated_numbers x_counter
        x_skill_bar su_progress_bar su_progress_pie su_counter su_pie_chart mk_skill_meter
        nectar_animated_title_counter""",
    modules.place: """vc_gmaps et_pb_map et_pb_map_pin et_pb_fullwidth_map fusion_map av_google_map x_google_map
        su_gmap kc_google_maps""",
    modules.site: """vc_posts_slider vc_posts_grid vc_basic_grid vc_media_grid vc_masonry_grid vc_masonry_media_grid
        vc_carousel vc_flickr vc_widget_sidebar vc_wp_search vc_wp_meta vc_wp_recentcomments vc_wp_calendar
        vc_wp_pages vc_wp_tagcloud vc_wp_custommenu vc_wp_text vc_wp_posts vc_wp_links vc_wp_categories
        vc_wp_archives vc_wp_rss et_pb_blog et_pb_portfolio et_pb_filterable_portfolio et_pb_fullwidth_portfolio
        et_pb_post_title et_pb_post_content et_pb_fullwidth_post_title et_pb_post_slider et_pb_fullwidth_post_slider
        et_pb_post_nav et_pb_sidebar et_pb_search et_pb_comments et_pb_menu et_pb_fullwidth_menu et_pb_shop
        et_pb_login et_pb_countdown_timer fusion_blog fusion_portfolio fusion_recent_posts fusion_postslider
        fusion_widget_area fusion_global fusion_login fusion_register fusion_lost_password fusion_products_slider
        fusion_featured_products_slider fusion_woo_shortcodes fusion_events fusion_faq fusion_countdown
        fusion_fusionslider fusion_search av_blog av_portfolio av_postslider av_masonry_entries av_magazine
        av_sidebar av_comments_list av_countdown av_productslider av_productgrid x_recent_posts x_search x_share
        x_widget_area x_nav_menu x_author ux_products ux_product_categories ux_portfolio ux_countdown ux_pages
        nectar_blog nectar_portfolio nectar_post_grid mk_blog mk_portfolio mk_portfolio_carousel su_posts su_feed
        su_menu su_subpages su_siblings su_meta su_post su_user su_qrcode su_template su_dummy_text su_dummy_image
        su_exit_popup su_splash""",
    modules.anchor: "fusion_menu_anchor su_anchor",
    modules.module: """vc_cta vc_cta_button vc_cta_button2 vc_hoverbox vc_pricing et_pb_blurb et_pb_cta
        et_pb_team_member et_pb_slide et_pb_pricing_table et_pb_fullwidth_header et_pb_social_media_follow_network
        fusion_content_box fusion_person fusion_slide fusion_tagline_box fusion_flip_box fusion_pricing_column
        fusion_lightbox av_icon_box av_team_member av_promobox av_catalogue_item av_content_slide x_callout x_promo
        x_feature_box x_author_box ux_image_box ux_featured_box ux_team_member ux_price_table team_member su_service
        su_plan su_pricing_table su_photo_panel nectar_icon_list_item mk_icon_box mk_callout_box mk_employees""",
    modules.testimonial: """et_pb_testimonial fusion_testimonial av_testimonial_single x_testimonial ux_testimonial
        su_testimonial mk_testimonials nectar_single_testimonial""",
    modules.permalink: "su_permalink",
    modules.form: """et_pb_contact_form et_pb_contact_field et_pb_signup fusion_form av_contact av_mailchimp
        mk_contact_form""",
}
_WORD_ROWS: dict[Handler, str] = {
    modules.layout: """one_half one_half_last one_half_first one_third one_third_last one_third_first two_third
        two_third_last two_thirds two_thirds_last one_fourth one_fourth_last two_fourth three_fourth
        three_fourth_last three_fourths one_quarter one_quarter_last three_quarter three_quarters three_quarters_last
        one_fifth one_fifth_last two_fifth two_fifths three_fifth three_fifths four_fifth four_fifths four_fifth_last
        two_fifth_last three_fifth_last one_sixth one_sixth_last five_sixth five_sixth_last full_width fullwidth
        full_column column columns col col_inner row row_inner cols section container half third quarter grid span1
        span2 span3 span4 span5 span6 span7 span8 span9 span12 tabs tabgroup tabcontainer tab_group toggles accordion
        accordions tabcontent wptabs collapse collapsibles panel_group
        content_boxes raw lead intro wrap center left right align""",
    modules.module: """note alert notice info warning success error message well message_box info_box text_box ux_text
        callout content_box frame_box tagline_box featured_box icon_box iconbox service team person team_member
        call_to_action cta callout_box flip_box slide content_slide""",
    modules.titled: """tab toggle spoiler accordion-item accordion_item accordion_section accordian pane panel
        collapsible box infobox expand hide showhide show-hide sidebar_box read_more wptab""",
    modules.inline: "label badge small_caps",
    modules.initial: "dropcap drop_cap drop-cap dropcaps",
    modules.mark: "highlight",
    arguments.tooltip: "tooltip tooltips tip",
    modules.heading: "heading headline title section_title",
    modules.button: """button btn small_button large_button big_button medium_button button_link cta_button
        link_button""",
    modules.quote: """quote pullquote pull_quote pullquote_left pullquote_right blockquote quote_left quote_right""",
    modules.rule: "separator line",
    modules.nothing: """list ul_list custom_list icon_list arrow_list check_list bullet_list icon fa fontawesome
        space spacer gap""",
    modules.image: "imageframe image_frame frame image_with_animation",
    modules.items: "checklist list_items",
    modules.item: "li_item list_item",
    modules.testimonial: "testimonial",
}
_WORD_ROWS_ALWAYS: dict[Handler, str] = {
    modules.rule: "hr divider line_divider divider_top divider_padding",
    modules.nothing: "clear clearboth clear_both clearfix br_clear nocaptcha noformat",
}
"""The same for words that are shortcodes however they are written."""
WORDS = frozenset(parts.table(_WORD_ROWS) | parts.table(_WORD_ROWS_ALWAYS) | arguments.HANDLERS)
"""Shortcodes of themes that are ordinary words."""
HANDLERS: dict[str, Handler] = {
    **{name: _named(handler) for name, handler in parts.table(_ROWS).items()},
    **{prefix + "*": _named(_unknown) for prefix in _PREFIXES},
    "cs_element_*": _named(modules.layout),
    **arguments.HANDLERS,
    **{name: parts.only_marked(arguments.watched(handler)) for name, handler in parts.table(_WORD_ROWS).items()},
    **parts.table(_WORD_ROWS_ALWAYS),
}
"""Builders' and themes' shortcodes by name; a prefix with `*` is for all others of it."""
