"""A look at an export: one pass over the files as for a survey, in which each item leaves its findings.

What the texts hold is told without converting them: blocks by their comments, shortcodes by their brackets, files by
their addresses. Where a bracket might be an unknown shortcode, the text is parsed and asked in the same way as in a
conversion (`content/shortcodes.py`), so that both name the same ones. Plug-ins are told by what they leave behind: meta
fields, post types, taxonomies and blocks. Their names are those their documentation gives, and those their own export
files show; a trace says that a plug-in was there once, not that it still is.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import tzinfo
from functools import lru_cache

from converters.html import tree
from converters.importers.shared.findings import MOST_FILES, Findings, files_in, original
from converters.importers.wordpress.comments import is_public
from converters.importers.wordpress.content import SHORTCODES, builders, embeds, shortcodes
from converters.importers.wordpress.content.blocks import BLOCKS, SITE
from converters.importers.wordpress.content.elementor import builders_in
from converters.importers.wordpress.content.markup import markup_of
from converters.importers.wordpress.content.shortcodes import Expander
from converters.importers.wordpress.media import uploads_path
from converters.importers.wordpress.post_types import by_name
from converters.importers.wordpress.rawitem import RawItem
from converters.importers.wordpress.survey import ExportSurvey
from converters.model import Asset, Entry, Role
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.old_site.uploads import below_uploads
from converters.plugin import SurveySink
from converters.urls import host_of

_META = by_name(
    {
        "Yoast SEO": "_yoast_wpseo_", "Rank Math": "rank_math_", "All in One SEO": "_aioseo", "SEOPress": "_seopress_",
        "Genesis": "_genesis_", "SmartCrawl": "_wds_", "Jetpack": "_jetpack_ jetpack_ _publicize_ _wpas_",
        "Elementor": "_elementor_", "Divi": "_et_", "Beaver Builder": "_fl_builder_", "WPBakery": "_wpb_",
        "Avada": "_fusion", "Bricks": "_bricks_", "Breakdance": "_breakdance_", "Oxygen": "_oxygen_ ct_builder_",
        "Themify": "_themify_", "Cornerstone": "_cornerstone_", "SiteOrigin": "panels_data", "Thrive": "tve_",
        "Brizy": "brizy", "WPML": "_wpml_ _icl_", "qTranslate": "qtranslate_ _qts_", "WooCommerce": "_wc_ _product_",
        "Easy Digital Downloads": "_edd_", "The Events Calendar": "_EventStartDate", "bbPress": "_bbp_",
        "LifterLMS": "_llms_", "WP Recipe Maker": "wprm_", "Contact Form 7": "_wpcf7", "PowerPress": "powerpress",
        "Podlove": "_podlove_", "WP Offload Media": "amazonS3_", "Smush": "wp-smpro-", "AddToAny": "_sharing_",
        "Disqus": "dsq_thread_id", "Members": "_members_", "WP-PostViews": "views", "FeedWordPress": "syndication_",
        "Relevanssi": "_relevanssi_", "MonsterInsights": "_monsterinsights_", "Kit": "_wp_convertkit_",
        "Kadence": "_kad_", "GeneratePress": "_generate", "Spectra": "_uag_", "Astra": "_astra",
    }
)  # fmt: skip
"""By the start of a meta key: the longest that fits decides."""
_WHOLE = frozenset({"views", "panels_data", "dsq_thread_id"})
"""Of these, the keys that are whole."""
_TYPES = by_name(
    {
        "WooCommerce": "product product_variation shop_order shop_coupon", "Easy Digital Downloads": "download",
        "The Events Calendar": "tribe_events tribe_venue tribe_organizer", "bbPress": "forum topic reply",
        "LearnDash": "sfwd-courses sfwd-lessons", "LMS": "course lesson",
        "Advanced Custom Fields": "acf acf-field acf-field-group", "Contact Form 7": "wpcf7_contact_form",
        "WPForms": "wpforms", "Flamingo": "flamingo_inbound flamingo_contact", "Ninja Forms": "nf_sub",
        "Jetpack": "feedback jetpack-portfolio jetpack-testimonial jp_pay_product",
        "Mailchimp for WordPress": "mc4wp-form", "WP Recipe Maker": "wprm_recipe", "Tasty Recipes": "tasty_recipe",
        "TablePress": "tablepress_table", "Envira Gallery": "envira", "FooGallery": "foogallery",
        "NextGEN Gallery": "ngg_gallery ngg_pictures", "MetaSlider": "ml-slider",
        "Seriously Simple Podcasting": "podcast", "Co-Authors Plus": "guest-author", "Elementor": "elementor_library",
        "Divi": "et_pb_layout", "Beaver Builder": "fl-builder-template", "Avada": "fusion_template",
        "AMP": "amp_validated_url", "Safe Redirect Manager": "redirect_rule",
        "Simple Custom CSS and JS": "custom-css-js", "Popup Maker": "popup", "WP Store Locator": "wpsl_stores",
    }
)  # fmt: skip
"""By post type."""
_TAXONOMIES = {"language": "Polylang", "post_translations": "Polylang", "wpml_language": "WPML"}
_BLOCKS = by_name(
    {
        "Jetpack": "jetpack videopress", "WooCommerce": "woocommerce", "Yoast SEO": "yoast", "Rank Math": "rank-math",
        "Kadence Blocks": "kadence", "GenerateBlocks": "generateblocks", "Spectra": "uagb",
        "Stackable": "stackable ugb", "CoBlocks": "coblocks", "Getwid": "getwid", "Atomic Blocks": "atomic-blocks",
        "Genesis Blocks": "genesis-blocks", "Advanced Custom Fields": "acf", "Lazy Blocks": "lazyblock",
        "Contact Form 7": "contact-form-7", "WPForms": "wpforms", "Gravity Forms": "gravityforms",
        "SyntaxHighlighter": "syntaxhighlighter", "Code Block Pro": "kevinbatdorf", "The Events Calendar": "tribe",
        "Cloudinary": "cloudinary", "Essential Blocks": "essential-blocks", "PostX": "ultimate-post",
        "MailPoet": "mailpoet", "WordPress.com": "a8c", "Crowdsignal": "crowdsignal-forms", "Divi": "divi",
        "WP Recipe Maker": "wp-recipe-maker", "Newspack": "newspack-blocks",
    }
)  # fmt: skip
"""By the first part of a block's name."""
SHOP = frozenset("product shop_order shop_coupon shop_subscription product_variation download".split())
FORMS = frozenset("feedback flamingo_inbound flamingo_contact nf_sub wpcf7_contact_form wpforms mc4wp-form".split())
_HANDLERS = {**SHORTCODES, **embeds.HANDLERS}
_expander = Expander(_HANDLERS)
_BRACKET = re.compile(r"(?<!\[)\[(/?)([A-Za-z][\w-]{0,60}+)((?:[\s=][^\[\]]*+)?)\](?!\()")
_BLOCK = re.compile(r"<!--\s{1,9}+wp:([a-z][a-z0-9_-]*+(?:/[a-z][a-z0-9_-]*+)?)(?=[\s/-])")
_BLOCK_END = re.compile(r"<!--\s{1,9}+/wp:([a-z][a-z0-9_/-]*+)")
_SIZE = re.compile(r'"filesize";i:(\d{1,15});')
_LOCAL = ("localhost", "127.0.0.1")


@lru_cache(maxsize=4096)
def _of_meta(key: str) -> str:
    """The plug-in whose field this is; empty when none is known."""
    found = [start for start in _META if (key == start if start in _WHOLE else key.startswith(start))]
    return _META[max(found, key=len)] if found else ""


def _of_block(name: str) -> str:
    """The plug-in whose block this is, or the first part of its name; empty for WordPress's own."""
    space, slash, _ = name.partition("/")
    return "" if not slash or space in ("core", "core-embed") else _BLOCKS.get(space, space)


class Inspection(ExportSurvey):
    """A survey that fills `Findings` on its way."""

    def __init__(
        self, sink: SurveySink, options: ReadOptions, zone: tzinfo | None, marked: Sequence[str], findings: Findings
    ) -> None:
        super().__init__(sink, options, zone, marked)
        self._findings = findings
        self._library: set[int] = set()
        """Paths of the media library, as numbers."""
        self._shown: dict[int, tuple[str, str]] = {}
        """Files of texts below the uploads folder."""
        self._attachments: set[str] = set()
        self._featured: set[str] = set()
        self._roles: Counter[str] = Counter()
        self._types: Counter[str] = Counter()
        self._moved = 0

    def _note_links(self, item: RawItem, base: str) -> None:
        """Places inside pages matter to a conversion only."""

    def _asset(self, item: RawItem, id: str, log: Log) -> Asset:
        url = item["wp:attachment_url"] or item["guid"]
        path = item.first_meta("_wp_attached_file") or uploads_path(url)
        if len(self._library) < MOST_FILES:
            self._library.add(hash(original(path)))
            self._attachments.add(item["wp:post_id"].strip())
        head = item.first_meta("_wp_attachment_metadata").partition('"sizes"')[0]
        if size := _SIZE.search(head):
            self._findings.media_bytes += int(size[1])
            self._findings.media_sized += 1
        return Asset(id=id, url=url, path=path, context=item.first_meta("_wp_attachment_context"))

    def _take(self, item: RawItem, entry: Entry, log: Log) -> None:
        super()._take(item, entry, log)
        if entry.origin:
            return
        self._roles[entry.role] += 1
        self._types[entry.kind] += 1
        self._plugins(item, entry)
        if entry.role is Role.CONTENT:
            self._content(item, entry)
        if entry.role in (Role.CONTENT, Role.INLINE):
            found = markup_of(item["content:encoded"], flagged=item.first_meta("_wpcom_is_markdown") == "1")
            self._findings.markups.update([found.name] if found.name else [])
            self._text(item["content:encoded"] + "\n" + item["excerpt:encoded"], item)

    def _plugins(self, item: RawItem, entry: Entry) -> None:
        found = {_TYPES.get(entry.kind, "")}
        found.update(_of_meta(key) for key, _ in item.meta)
        found.update(_TAXONOMIES.get(category.domain, "") for category in item.categories)
        if any(value.startswith("field_") and key.startswith("_") for key, value in item.meta):
            found.add("Advanced Custom Fields")
        self._findings.plugins.update(found - {""})

    def _content(self, item: RawItem, entry: Entry) -> None:
        self._findings.items += 1
        self._findings.authors[item["dc:creator"].strip()] += 1
        for comment in item.comments:
            if is_public(comment):
                self._findings.comments += 1
            else:
                self._findings.comments_held += 1
        featured = item.first_meta("_thumbnail_id").strip()
        if featured not in ("", "0") and len(self._featured) < MOST_FILES:
            self._featured.add(featured)
        self._moved += bool(entry.former)

    def _text(self, text: str, item: RawItem) -> None:
        findings = self._findings
        blocks = Counter(_BLOCK.findall(text)) if "<!--" in text else Counter[str]()
        ended = frozenset(_BLOCK_END.findall(text)) if blocks else frozenset()
        if text.strip():
            findings.editors["block editor" if blocks else "classic editor"] += 1
        for name, uses in blocks.items():
            seen = findings.name(findings.blocks, name.removeprefix("core/"), known=_knows_block(name))
            if seen is not None:
                seen.take(uses, "", encloses=name in ended)
        findings.plugins.update({_of_block(name) for name in blocks} - {""})
        findings.builders.update(self._builders(item) | (self._shortcodes(text) if "[" in text else set()))
        self._files(text)

    @staticmethod
    def _builders(item: RawItem) -> set[str]:
        meta = dict(reversed(item.meta))
        found = set(builders_in(meta))
        if meta.get("_elementor_data", "").strip() not in ("", "[]"):
            found.add("Elementor")
        if meta.get("_et_pb_use_builder") == "on":
            found.add("Divi")
        return found

    def _shortcodes(self, text: str) -> set[str]:
        """Count the shortcodes of a text; the builders they are of."""
        uses: Counter[str] = Counter()
        examples: dict[str, str] = {}
        ended, plain, strange = set(), set(), False
        for match in _BRACKET.finditer(text):
            closing, name, inside = match.groups()
            if closing:
                ended.add(name)
                continue
            uses[name] += 1
            if not inside.strip():
                plain.add(name)
            examples.setdefault(name, match[0])
        found = set()
        for name in uses:
            if _expander.handler(name) is None:
                strange = True
            elif not (name in builders.WORDS and name in plain and name not in ended):
                self._shortcode(name, uses[name], examples[name], known=True, encloses=name in ended)
                found |= {builder for prefix, builder in builders.BUILDERS if name.startswith(prefix)}
        if strange:
            self._strange(text, uses, examples, ended)
        return found

    def _strange(self, text: str, uses: Counter[str], examples: dict[str, str], ended: set[str]) -> None:
        """The unknown ones, named in the same way as in a conversion."""
        log = Log()
        shortcodes.note_unknown(tree.parse(text), _HANDLERS, log)
        for notice in log.notices:
            name = notice.what
            if name in uses and _expander.handler(name) is None:
                self._shortcode(name, uses[name], examples[name], known=False, encloses=name in ended)

    def _shortcode(self, name: str, uses: int, example: str, *, known: bool, encloses: bool) -> None:
        seen = self._findings.name(self._findings.shortcodes, name, known=known)
        if seen is not None:
            seen.take(uses, example, encloses=encloses)

    def _files(self, text: str) -> None:
        own = self._own_host
        for host, path in files_in(text):
            if host.endswith(".wp.com") and host[:1] == "i":  # Jetpack's image service names the file's own host
                host, _, path = path.partition("/")
            host = "" if host in (own, *_LOCAL) else host
            if self._findings.file(host, path) and (below := below_uploads(f"/{path}")):
                self._shown[hash(below)] = host, below

    @property
    def _own_host(self) -> str:
        return host_of(self._site.base_url)

    def conclude(self) -> None:
        """What is known only when all items were seen."""
        findings, site = self._findings, self._site
        findings.what = self._what()
        known = site.site(icon="", time_zone="", is_open=self._publicity.is_open)
        for host in known.media_hosts:
            findings.hosts[""] += findings.hosts.pop(host_of(f"//{host}"), 0)
        names = {author.login: author.name for author in known.authors}
        findings.authors = Counter({names.get(login, login) or "not named": n for login, n in findings.authors.items()})
        for number, (host, _) in self._shown.items():
            if number not in self._library and host == "":
                findings.media_missing[self._own_host] += 1
        missing = len(self._featured - self._attachments)
        if missing:
            findings.note("featured-missing", f"{missing:,}")
        self._conclude_site()

    def _conclude_site(self) -> None:
        findings, types = self._findings, self._types
        network, own = self._site.field("wp:base_site_url"), self._site.field("wp:base_blog_url")
        if network and own and network.rstrip("/") != own.rstrip("/") and host_of(network) != "wordpress.com":
            findings.note("multisite", f"{own} of {network}")
        if len(types) == 1 and types.total() > 1 and self._roles[Role.CONTENT]:
            findings.note("part", next(iter(types)))
        for code, kinds in (("shop", SHOP), ("forms", FORMS)):
            named = [f"{types[kind]:,} {kind}" for kind in sorted(kinds & types.keys())]
            if named:
                findings.note(code, ", ".join(named))
        if findings.plugins["WPML"] and not self._site.languages.languages(""):
            findings.note("languages-lost", "WPML")
        if self._moved:
            findings.note("addresses-moved", f"{self._moved:,}")

    def _what(self) -> str:
        version = self._site.field("wp:wxr_version")
        program = self._site.field("generator")
        _, asked, number = program.partition("?v=")
        wxr = f"WXR {version}" if version else "WXR without a version"
        if asked and "wordpress" in program:
            return f"{wxr} of WordPress {number}"
        return f"{wxr} of {host_of(program) or program}" if program else wxr


def _knows_block(name: str) -> bool:
    """Is there something to convert? A block of a plug-in that has no handler keeps the HTML it holds."""
    space, slash, _ = name.partition("/")
    return not slash or space in ("core", "core-embed") or name in BLOCKS or SITE.fullmatch(name) is not None
