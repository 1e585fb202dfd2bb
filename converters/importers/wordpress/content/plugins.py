"""Shortcodes of plug-ins that show videos, posts of other sites, galleries, formulas and forms.

[youtube https://…]   [youtube=https://…&w=320]   [youtube id="…"]   [embedyt]https://…[/embedyt]   [arve url="…"]
[vimeo 123]   [dailymotion id=x1]   [ted id=1]   [tweet https://…]   [instagram url=…]   [soundcloud url="…"]
[spotify spotify:track:…]   [gist id="…" file="a.py"]   [googlemaps https://…]   [slideshare id=1&doc=a]   [wpvideo …]
[bandcamp album=1]   [mixcloud …]   [scribd id=1]   [polldaddy poll=1]   [archiveorg …]   [facebook https://…]
[pdf-embedder url="…"]   [iframe src="…"]   [mp3j track="…"]   [fvplayer src="…"]     files and pages in frames
[envira-gallery id="1"]   [foogallery id="1"]   [ngg ids="1"]   [slideshow ids="1,2"]  galleries of plug-ins
[contact-form-7 id="5" title="Contact"]   [wpforms id="5"]                          forms: left out, and named
[table id=1 /]   [toc]   [rev_slider alias="a"]   [products]                        filled from data elsewhere: so too
[latex]…[/latex]   [recipe title="…"]…[/recipe]                                     Jetpack

Forms follow the documentation of Jetpack, of WordPress.com and of each plug-in. One row a service: its names, the
attributes that hold an address or an id, and where an id leads.
"""

from __future__ import annotations

import re
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import quote

from converters.importers.shared.embeds import embed
from converters.importers.wordpress.content import embeds, formulas, galleries, parts
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode


class _Service(NamedTuple):
    names: str
    attributes: str
    base: str


_SERVICES = (
    _Service(
        "youtube youtube_sc youtubeplayer youtubeprefs embedyt lyte yt tube youtube-video video_youtube youtube_video"
        " su_youtube su_youtube_advanced fusion_youtube vc_youtube epyt ytp_video yottie embedpress_youtube",
        "url src link id video v videoid video_id",
        "https://www.youtube.com/watch?v={}",
    ),
    _Service(
        "vimeo vimeo_video vimeography_video su_vimeo fusion_vimeo",
        "url src link id clip_id clipid video_id video",
        "https://vimeo.com/{}",
    ),
    _Service("dailymotion su_dailymotion", "url src id video video_id", "https://www.dailymotion.com/video/{}"),
    _Service("ted", "url id", "https://embed.ted.com/talks/{}"),
    _Service(
        "tweet twitter_tweet embed_tweet blackbirdpie tweet-embed",
        "url id tweet tweet_id",
        "https://twitter.com/i/web/status/{}",
    ),
    _Service("instagram", "url id", "https://www.instagram.com/p/{}/"),
    _Service("soundcloud fusion_soundcloud", "url src id", "https://api.soundcloud.com/tracks/{}"),
    _Service("mixcloud", "url feed", "https://www.mixcloud.com/{}"),
    _Service("slideshare", "url id", "https://www.slideshare.net/slideshow/embed_code/{}"),
    _Service("scribd", "url id", "https://www.scribd.com/embeds/{}/content"),
    _Service("wpvideo videopress", "url id guid", "https://videopress.com/v/{}"),
    _Service("archiveorg", "url id", "https://archive.org/embed/{}"),
    _Service("archiveorg-book", "url id", "https://archive.org/details/{}"),
    _Service("flickr", "video url id photo", "https://www.flickr.com/photo.gne?id={}"),
    _Service("facebook", "url href", "https://www.facebook.com/{}"),
    _Service("polldaddy crowdsignal", "poll survey url", "https://poll.fm/{}"),
    _Service("hulu", "url id", "https://www.hulu.com/watch/{}"),
    _Service("viddler", "url id", "https://www.viddler.com/v/{}"),
    _Service("vine", "url id", "https://vine.co/v/{}"),
    _Service("kickstarter", "url", "https://www.kickstarter.com/projects/{}"),
    _Service("twitchtv twitch", "url src channel", "https://www.twitch.tv/{}"),
    _Service("tiktok", "url id", "https://www.tiktok.com/@/video/{}"),
    _Service("reddit", "url", "https://www.reddit.com/{}"),
    _Service("pinterest", "url id", "https://www.pinterest.com/pin/{}/"),
    _Service("issuu", "url", "https://issuu.com/{}"),
    _Service("screencast", "url", "https://www.screencast.com/t/{}"),
    _Service("loom wistia", "url id", "https://www.loom.com/share/{}"),
    _Service("speakerdeck", "url id", "https://speakerdeck.com/{}"),
    _Service("getty medium houzz meetup upcomingevents googlevideo imgur codepen", "url src", ""),
    _Service("arve evp_embed_video embedpress embed_video responsive_video responsive-video", "url src", ""),
)
_PLAYERS = (
    "mp3j mp3player mp3-player audioplayer sc_embed_player zoomsounds haikuplayer wpaudio esplayer flowplayer"
    " fvplayer videojs kgvid jwplayer jw-player html5_video flv wpvideoplayer video_player presto_player"
)
_FILES = "url src file fileurl track mp3 mp4 video ogg webm m4v flv audio fulltitle"
_FRAMES = (
    "pdf-embedder pdfviewer pdf_viewer pdf gview embeddoc embed_doc google-drive-embed docviewer iframe iframe_loader"
    " advanced_iframe wp_iframe su_document embedurl googlemaps mapsmarker_embed gmap"
)
_GOOGLE = re.compile(r"docs|drive|calendar|sites|spreadsheets\d?")
_FORMS = """contact-form contact-form-7 contact-field gravityform gravityforms wpforms ninja_form ninja_forms
    ninja_forms_display_form formidable mc4wp_form caldera_form fluentform fluentform_modal happyforms happyform
    everest_form forminator_form quform iphorm si-contact-form wufoo typeform typeform_embed hubspot metform
    weforms contact_form_to_email CONTACT_FORM_TO_EMAIL mailpoet_form wysija_form newsletter newsletter_form
    subscribe2 jetpack_subscription_form blog_subscription_form vfb vfb-pro ws_form kaliform formlift formcraft
    fc cforms sibwp_form mautic convertkit convertkit_form yikes-mailchimp mailmunch-form mailerlite_form
    jotform bestwebsoft bws_contact_form easy_contact_form contact-form-main contactform powermail
    et_bloom_inline gdlr_contact user_registration_form wppb-register wppb-login wp_login_form login_form
    pirate_forms cscf-contact-form bestwebsoft_contact_form donationform give_form wpedon paypal"""
_LEFT_OUT = """table table-info tablepress toc TOC ez-toc lwptoc no_toc contents wpdatatable wpdatachart visualizer
    rev_slider layerslider metaslider smartslider3 soliloquy nextslider wonderplugin_slider cycloneslider
    easingslider wonderplugin_gallery display-posts display_posts jprel jetpack-related-posts related_posts
    yarpp crp wpp sitemap wp_sitemap_page wp-sitemap simple-sitemap product products product_page
    product_category product_categories recent_products featured_products sale_products best_selling_products
    top_rated_products product_attribute add_to_cart woocommerce_cart woocommerce_checkout
    woocommerce_my_account woocommerce_order_tracking shop_messages downloads edd_downloads
    purchase_link download_cart download_checkout wpdm_package wpdm_all_packages ratings yasr_overall_rating
    yasr_visitor_votes kkratings kkstarratings rating-widget addtoany social_share ssba ssba-buttons juiz_sps
    shareaholic mashshare adrotate the_ad the_ad_group wp_ad_camp_1 adinserter printfriendly print-me
    events_list event_list ai1ec tribe_events tribe_mini_calendar ics_calendar my_calendar booking
    bookingcalendar calendar googlecalendar gcal wpgmza wpgmaps mappress leaflet-map put_wpgm
    codepeople-post-map instagram-feed custom-twitter-feeds custom-facebook-feed fts_instagram
    fts_facebook fts_twitter recent-posts recent_posts archives authors list-pages subpages child_pages
    latest-posts catlist portfolio jetpack_portfolio jetpack_testimonials testimonial_view testimonials_slider
    wpseo_breadcrumb breadcrumb wp_poll poll yop_poll wpzoom_poll crowdsignal_rating presentation ultimate-faqs
    sc_faqs h5p qsm quiz wpsqt wp_quiz wpcode insert_php xyz-ihs xyz-ips insert_page postie wpv-view types wpbb
    fl_builder_insert_layout elementor-template INSERT_ELEMENTOR siteorigin_widget searchform search wp_search
    tagcloud tag_cloud"""
_GALLERIES = """ngg nggallery ngg_images imagebrowser slideshow_deploy nggtags singlepic album envira-gallery
    foogallery robo-gallery modula Modula justified_image_grid jig gallery_bank Best_Wordpress_Gallery
    huge_it_gallery unite_gallery photo_gallery finalgallery FinalTilesGallery supsystic-gallery print_gllr wppa
    eazyest_gallery slideshow slideshowck tiled_gallery tiled-gallery carousel-gallery"""
_NEXTGEN = frozenset({"ngg", "nggallery", "ngg_images", "imagebrowser", "nggtags", "singlepic", "album", "wppa"})
"""Their ids are those of tables of their own."""
_WORDS = frozenset(
    """lyte yt tube ted vine getty medium track pdf flv fc table contents calendar poll search quiz album download
    product booking archives authors types portfolio paypal gcal jig presentation ratings newsletter flickr facebook
    instagram tweet imgur reddit meetup gist iframe bandcamp recipe latex codepen spotify product""".split()
)
"""Names that stand in brackets in plain texts, too."""


def _of_service(service: _Service) -> Handler:
    def handle(code: Shortcode, context: Context) -> str | None:
        found = parts.value(code, service.attributes)
        if not found and not code.attributes:
            return None
        html = parts.video(_with_start(found, code), service.base, service.names.split()[0] if service.base else "")
        if not html:
            context.log("shortcode.left-out", code.source[:80])
        return html

    return handle


def _with_start(found: str, code: Shortcode) -> str:
    """`start="75"` beside an address of YouTube."""
    start = code.get("start")
    if "/" in found and "youtu" in found and start.isdecimal() and "t=" not in found:
        return f"{found}{'&' if '?' in found else '?'}t={start}"
    return found


def _spotify(code: Shortcode, context: Context) -> str:
    found = parts.value(code, "url id uri src play")
    if found.startswith("spotify:"):
        found = found.removeprefix("spotify:").replace(":", "/")
    return parts.video(found, "https://open.spotify.com/{}")


def _gist(code: Shortcode, context: Context) -> str:
    """`file` names one of several files."""
    file = parts.first(code, "file")
    found = parts.value(code, "url id")
    if found and "//" not in found:
        found = f"https://gist.github.com/{found}"
    return parts.video(f"{found.partition('#')[0]}?file={quote(file)}" if file and found else found)


def _timeline(code: Shortcode, context: Context) -> str | None:
    """Jetpack's `[twitter-timeline username=jack]` shows this link until a script makes a timeline of it."""
    name = parts.first(code, "username screen_name").lstrip("@")
    if not re.fullmatch(r"\w{1,30}", name):
        left_out(code, context)
        return None
    return f'<p><a href="https://twitter.com/{name}">Tweets by @{name}</a></p>'


def _bandcamp(code: Shortcode, context: Context) -> str:
    if url := parts.first(code, "url"):
        return parts.video(url)
    shown = "".join(f"{kind}={code.get(kind)}/" for kind in ("album", "track", "video") if code.get(kind))
    if not shown:
        context.log("shortcode.left-out", code.source[:80])
        return ""
    return embed(f"https://bandcamp.com/EmbeddedPlayer/{shown}")


def _codepen(code: Shortcode, context: Context) -> str:
    user, slug = parts.first(code, "user"), parts.first(code, "slug_hash")
    return embed(f"https://codepen.io/{user or 'anon'}/pen/{slug}") if slug else ""


def _player(code: Shortcode, context: Context) -> str | None:
    found = parts.value(code, _FILES)
    html = parts.player(found)
    if not html:
        context.log("media.missing", code.source[:80])
    return html


def _frame(code: Shortcode, context: Context) -> str | None:
    """A page of another site in a frame; a file of ours, which a viewer showed, as a link."""
    url = parts.value(code, "url src file link href").strip()
    if not url.startswith(("http://", "https://", "//", "/")):
        context.log("shortcode.left-out", code.source[:80])
        return ""
    if url.lower().partition("?")[0].endswith((".pdf", ".doc", ".docx", ".ppt", ".pptx", ".xls", ".xlsx", ".odt")):
        return parts.link(url, parts.as_html(code.get("title")) or escape(unescape(url.rpartition("/")[2])))
    return embeds.shown(url) or parts.frame(url, code)


def _google_page(code: Shortcode, context: Context) -> str:
    """`[googleapps domain="docs" dir="forms/d/e/1/viewform" query="embedded=true"]`, as Jetpack has it."""
    domain, folder, query = (unescape(code.get(key)).strip() for key in ("domain", "dir", "query"))
    if not _GOOGLE.fullmatch(domain) or not re.fullmatch(r"[\w./-]+", folder, re.A):
        return _frame(code, context) or ""
    url = f"https://{domain}.google.com/{folder.strip('/')}"
    return parts.frame(f"{url}?{query}" if query else url, code)


def left_out(code: Shortcode, context: Context) -> None:
    """Filled from the plug-in's own data: the shortcode stays the text it is, as WordPress shows it without it."""
    context.log("shortcode.left-out", code.source.partition("]")[0][:80] + "]")


def stays(code: Shortcode, context: Context) -> str | None:
    """As `left_out`, for a name that may be a word of a text, too: one without attributes is none of a plug-in."""
    if not code.attributes and code.inside is None and not re.search(r"[_:-]", code.name):
        return None
    left_out(code, context)
    return None


def hidden(code: Shortcode, context: Context) -> str:
    context.log("shortcode.hidden", code.name)
    return ""


def _gallery(code: Shortcode, context: Context) -> str | None:
    """Pictures by their ids, else those attached to the gallery, which is an item of its own for most plug-ins."""
    layout = "slideshow" if "slide" in code.name else ""
    ids = parts.first(code, "ids include attachment_ids image_ids images")
    if ids and code.name not in _NEXTGEN:
        return parts.images(ids, context, layout)
    id = parts.first(code, "id")
    if code.name == "slideshow" and not id:
        return galleries.gallery(code._replace(attributes={**code.attributes, "type": "slideshow"}), context)
    if id.isdecimal() and code.name not in _NEXTGEN and context.assets_of(id):
        return galleries.gallery(Shortcode("gallery", {"id": id, "type": layout}, (), None, code.source), context)
    context.log("gallery.missing", code.source[:80])
    return None


def _latex(code: Shortcode, context: Context) -> str:
    """A formula that a shortcode around it holds, or one that is longer than others."""
    return formulas.picture(formulas.tidy(code.inside or ""))


_RECIPE_FACTS = {
    "servings": "Servings", "time": "Time", "preptime": "Prep Time", "cooktime": "Cook Time",
    "difficulty": "Difficulty", "rating": "Rating",
}  # fmt: skip
"""In the words of the plug-in."""
_RECIPE_PARTS = {"recipe-ingredients": "Ingredients", "recipe-directions": "Directions"}


def _recipe(code: Shortcode, context: Context) -> str:
    """Jetpack's recipes: a title and what stands inside."""
    said = [
        f"<li>{label}: {parts.as_html(code.get(key))}</li>" for key, label in _RECIPE_FACTS.items() if code.get(key)
    ]
    if source := parts.as_html(code.get("source")):
        said.append(f"<li>Source: {parts.link(parts.address(code.get('sourceurl'), context), source)}</li>")
    name = code.get("title") or _RECIPE_PARTS.get(code.name, "")
    image = parts.image(code.get("image"), context) if code.get("image") else ""
    facts = f"<ul>{''.join(said)}</ul>" if said else ""
    return parts.box(
        parts.title(name), facts, image, parts.paragraph(code.get("description")), parts.inside(code, context)
    )


HANDLERS: dict[str, Handler] = {
    **{name: _of_service(service) for service in _SERVICES for name in service.names.split()},
    **parts.table(
        {
            _player: _PLAYERS,
            _frame: _FRAMES,
            _google_page: "googleapps",
            left_out: _LEFT_OUT,
            _gallery: _GALLERIES,
            parts.form: _FORMS,
            _spotify: "spotify",
            _gist: "gist",
            _timeline: "twitter-timeline",
            _bandcamp: "bandcamp",
            _codepen: "codepen_embed",
            _latex: "latex",
            _recipe: "recipe recipe-ingredients recipe-directions recipe-notes",
            hidden: "membership members_only members_logged_in um_loggedin is_logged_in restrict su_members su_private",
        }
    ),
}
"""Plug-ins' shortcodes by name."""
HANDLERS |= {name: parts.only_marked(HANDLERS[name], or_numbered=True) for name in _WORDS & HANDLERS.keys()}
