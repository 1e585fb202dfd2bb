"""Blocks become the HTML they show: their grammar, the walk over them, and the table of those that are more than HTML.

The grammar: `<!-- wp:name {"json":1} -->…<!-- /wp:name -->`, `<!-- wp:name /-->`; `core/` may be in front of a name of
WordPress's own. The format is that of
https://developer.wordpress.org/block-editor/explanations/architecture/key-concepts/; where comments do not match (ends
without a beginning, beginnings without an end) nothing of the text between them is lost.

What a block shows is nearly always the HTML between its comments, with the blocks in it put in place. The table
`BLOCKS` holds the others: those that are filled when they are shown (reusable blocks, footnotes, social links), those
that are written in the classic editor's way, and those of plug-ins that hold what they show in another form than HTML.
`SITE` are the blocks that show the site rather than the post. Their documentation:
https://developer.wordpress.org/block-editor/reference-guides/core-blocks/

<!-- wp:block {"ref":12,"content":{"Greeting":{"content":"Hello <em>Tom</em>"}}} /-->   a synced pattern
<!-- wp:paragraph {"metadata":{"name":"Greeting","bindings":{"__default":{"source":"core/pattern-overrides"}}}} -->
<!-- wp:social-link {"url":"https://…","service":"mastodon","label":"…"} /-->
<!-- wp:syntaxhighlighter/code {"language":"php"} --><pre class="wp-block-syntaxhighlighter-code">…</pre>
<!-- wp:kevinbatdorf/code-block-pro {"code":"…","language":"php"} -->      the HTML is coloured; the text is in `code`
<!-- wp:core-embed/youtube {"url":"https://…"} /-->   <!-- wp:jetpack/videopress {"guid":"…"} /-->
<!-- wp:jetpack/contact-form -->, <!-- wp:wpforms/form-selector /-->       forms: nothing to send them to
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from html import escape
from typing import Any

from lxml import etree

from converters.html import tree
from converters.importers.shared.embeds import embed
from converters.importers.wordpress.content import backgrounds, button_blocks, footnotes, item_blocks, map_blocks
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.item_blocks import shows_nothing

_NAME = re.compile(r"<!--\s+(/)?wp:((?:[a-z][a-z0-9_-]*/)?[a-z][a-z0-9_-]*)(?=\s|/)")
SITE = re.compile(
    r"archives|calendar|categories|latest-(?:posts|comments)|loginout|page-list(?:-item)?|rss|search|tag-cloud"
    r"|query(?:-.*)?|post-.*|comments?(?:-.*)?|site-.*|navigation(?:-.*)?|template-part|terms?-.*|read-more|avatar"
    r"|home-link|legacy-widget|widget-group|breadcrumbs|pattern"
)
_EMPTY_BY_NATURE = frozenset(
    """more nextpage spacer separator paragraph heading column columns group freeform html list list-item quote
    pullquote verse preformatted code table buttons button classic missing kadence/column kadence/spacer
    generateblocks/container generateblocks/grid uagb/container uagb/column stackable/column kadence/advancedheading
    kadence/rowlayout kadence/icon kadence/single-icon""".split()
)
"""Blocks that show what was saved of them: nothing, where the author left one without words."""
_OVERRIDDEN_TEXT = {"content": ("p", "h1", "h2", "h3", "h4", "h5", "h6", "pre", "li"), "text": ("a", "button")}
_OVERRIDDEN_ATTRIBUTES = {
    "url": (("img", "src"), ("a", "href")),
    "alt": (("img", "alt"),),
    "title": (("img", "title"),),
}
_SERVICES = {
    "deviantart": "DeviantArt", "fivehundredpx": "500px", "github": "GitHub", "lastfm": "Last.fm",
    "linkedin": "LinkedIn", "mail": "Mail", "feed": "RSS Feed", "soundcloud": "SoundCloud", "tiktok": "TikTok",
    "vk": "VK", "whatsapp": "WhatsApp", "wordpress": "WordPress", "youtube": "YouTube", "chain": "Link",
}  # fmt: skip
_CODE = "syntaxhighlighter/code kevinbatdorf/code-block-pro enlighter/codeblock code-block-pro/code acme-code/code"
_NO_LANGUAGE = ("", "plain", "text", "plaintext", "generic")
_FORMS = """jetpack/contact-form contact-form-7/contact-form-selector wpforms/form-selector gravityforms/form
ninja-forms/form mailpoet/subscription-form-block formidable/simple-form fluentfom/guten-block forminator/forms
mailchimp-for-wp/form hubspot/form-block crowdsignal-forms/poll crowdsignal-forms/vote crowdsignal-forms/nps
happyforms/form strong-testimonials/view convertkit/form newsletterglue/form kadence/form kadence/advanced-form
give/donation-form give/campaign-form uagb/forms uagb/gf-styler uagb/cf7-styler coblocks/form essential-blocks/form
srfm/form everest-forms/form-selector themeisle-blocks/form"""
_FORM_NAMES = frozenset(_FORMS.split())
_SITE_BLOCKS = """jetpack/related-posts jetpack/top-posts jetpack/blogroll jetpack/blogging-prompt jetpack/subscriptions
jetpack/sharing-buttons jetpack/like jetpack/recent-posts woocommerce/all-products woocommerce/product-collection
woocommerce/product-best-sellers woocommerce/product-category woocommerce/product-new woocommerce/product-on-sale
woocommerce/product-top-rated woocommerce/product-tag woocommerce/handpicked-products woocommerce/featured-product
woocommerce/featured-category woocommerce/product-categories woocommerce/product-search woocommerce/reviews-by-product
woocommerce/reviews-by-category woocommerce/all-reviews woocommerce/cart woocommerce/checkout woocommerce/mini-cart
woocommerce/customer-account woocommerce/store-notices newspack-blocks/homepage-articles a8c/blog-posts
tribe/events-list uagb/post-grid uagb/post-carousel kadence/posts kadence/postgrid generateblocks/query-loop
give/donor-dashboard"""
_VIDEOPRESS = "videopress/video jetpack/videopress"
_EMBEDS = """embed jetpack/podcast-player jetpack/pinterest jetpack/eventbrite jetpack/calendly jetpack/loom
jetpack/tiktok jetpack/nextdoor"""
"""Blocks that say an address in their attributes."""


class WpBlock:
    """One block: its name without `core/`, and its parts, text and blocks, in their order."""

    def __init__(self, name: str, parent: WpBlock | None = None, written: str = "", *, ended: bool = False) -> None:
        self.name, self.parent, self.ended = name, parent, ended
        self.parts: list[str | WpBlock] = []
        self._written = written

    @cached_property
    def attributes(self) -> dict[str, Any]:
        """The JSON of the comment; empty where it is none."""
        try:
            value = json.loads(self._written) if self._written else {}
        except (ValueError, RecursionError):
            return {}
        return value if isinstance(value, dict) else {}

    def written(self) -> str:
        """All text inside, that of its blocks too, without their comments."""
        return "".join(part if isinstance(part, str) else part.written() for part in self.parts)

    def says(self, word: str) -> bool:
        """Does the word stand in the comment at all? Asked before its JSON is read."""
        return word in self._written

    def text(self, name: str) -> str:
        """An attribute as text; empty for one that is not there."""
        value = self.attributes.get(name)
        return value if isinstance(value, str) else "" if value is None or isinstance(value, bool) else str(value)


def parse(text: str, depth: int) -> WpBlock:
    """The tree of a text's blocks, under a root without a name. Deeper than `depth`, comments only go."""
    here = root = WpBlock("")
    level, too_deep = 0, 0
    for part in _pieces(text):
        if isinstance(part, str):
            here.parts.append(part)
            continue
        ends, name, written, alone = part
        if ends and too_deep:
            too_deep -= 1
        elif ends:
            here.ended = True  # whatever name the end has: so the parser of WordPress takes it
            here, level = (here.parent, level - 1) if here.parent is not None else (here, level)
        elif alone:
            here.parts.append(WpBlock(name, here, written, ended=True))
        elif level >= depth:
            too_deep += 1
        else:
            block = WpBlock(name, here, written)
            here.parts.append(block)
            here, level = block, level + 1
    return root


def _pieces(text: str) -> Iterator[str | tuple[bool, str, str, bool]]:
    """Text, and (is an end, name, JSON, has no inside) for each comment of a block, in one pass."""
    position = done = 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        position = end + 3
        match = _NAME.match(text, start, end)
        if match is None:
            continue
        if start > done:
            yield text[done:start]
        done = position
        written = text[match.end() : end].strip()
        alone = written.endswith("/")
        name = match[2].removeprefix("core/")
        yield bool(match[1]), name, written.removesuffix("/").rstrip(), alone
    if done < len(text):
        yield text[done:]


BlockHandler = Callable[[WpBlock, str, Context], str]
"""What a block shows, from the HTML between its comments in which inner blocks are in place already."""


def has_blocks(text: str) -> bool:
    """As WordPress's `has_blocks` asks it."""
    return "<!-- wp:" in text


def flatten(text: str, context: Context) -> str:
    """The HTML of all blocks, without their comments. Stretches between blocks are texts of the classic editor."""
    return _Flattener(context).text(text)


class _Flattener:
    """One walk. `refs` are the reusable blocks it stands in, `own` the words that the outermost of them brought."""

    def __init__(self, context: Context, refs: tuple[str, ...] = (), own: Any = None) -> None:
        self._context, self._refs, self._own = context, refs, own

    def text(self, text: str) -> str:
        if not has_blocks(text):
            return self._context.paragraphs(text)
        parts = parse(text, self._context.limits.content_depth).parts
        return "".join(self._block(part) if isinstance(part, WpBlock) else self._freeform(part) for part in parts)

    def _freeform(self, text: str) -> str:
        return self._context.paragraphs(text) if text.strip() else text

    def _block(self, block: WpBlock) -> str:
        log = self._context.log
        losses = log.losses
        html = self._shown(block)
        if log.losses > losses:
            log.leave_out(block.written(), html)
        return html

    def _shown(self, block: WpBlock) -> str:
        context = self._context
        rule = None if context.rules is None else context.rules.of_block(block.name)
        if block.ended and _shows_the_site(block.name) and rule is None:
            context.log("block.site", block.name)
            return ""
        if block.name == "block" and not block.parts:
            return self._reusable(block)
        html = "".join(part if isinstance(part, str) else self._block(part) for part in block.parts)
        own = overrides(block, self._own) if self._own else {}
        if own and context.budget.take(sum(map(len, own.values())), context.log, f"wp:{block.name}"):
            before, html = html, with_overrides(html, own)
            context.log.leave_out(before, html)
        if rule is not None and (own_html := rule.block(block.name, block.attributes, html, context)) is not None:
            return own_html
        html = backgrounds.of_block(block, html, context.log)
        if block.name == "block":
            return _with_inside(self._reusable(block), html)
        handler = BLOCKS.get(block.name)
        if handler is not None:
            return handler(block, html, context)
        if _is_empty(block) and shows_nothing(html):
            context.log("block.empty", block.name)
        return html

    def _reusable(self, block: WpBlock) -> str:
        ref = block.text("ref")
        if ref in self._refs or len(self._refs) >= self._context.limits.content_depth:
            self._context.log("block.reusable-cycle", ref)
            return ""
        text = self._context.block_text(ref)
        if text is None:
            self._context.log("block.reusable-missing", ref)
            return ""
        if not self._context.budget.take(len(text), self._context.log, f"wp:block {ref}", inclusion=True):
            return ""
        own = self._own or block.attributes.get("content")
        return _Flattener(self._context, (*self._refs, ref), own).text(text)


def _is_empty(block: WpBlock) -> bool:
    """Would the old site have filled the block, if nothing is in it? Boxes show what is inside of them, which is noted
    for itself; the fields of a form are noted with the form."""
    if block.name in _EMPTY_BY_NATURE or any(isinstance(part, WpBlock) for part in block.parts):
        return False
    above = block.parent
    while above is not None and above.name not in _FORM_NAMES:
        above = above.parent
    return above is None


@lru_cache(maxsize=1024)
def _shows_the_site(name: str) -> bool:
    return SITE.fullmatch(name) is not None


def _with_inside(shown: str, html: str) -> str:
    """A block that is filled when it is shown has nothing inside, unless its end is missing: then the text goes on."""
    return shown if shows_nothing(html) else shown + html


def _as_classic(block: WpBlock, html: str, context: Context) -> str:
    """Written as in the classic editor: paragraphs come with the page."""
    return context.paragraphs(html)


def overrides(block: WpBlock, own: Any) -> dict[str, str]:
    """What the block with this name says here, by attribute; empty for a block that says what the pattern says."""
    metadata = block.attributes.get("metadata")
    if not isinstance(metadata, dict) or not isinstance(own, dict) or "bindings" not in metadata:
        return {}
    found = own.get(str(metadata.get("name")))
    return {key: value for key, value in found.items() if isinstance(value, str)} if isinstance(found, dict) else {}


def with_overrides(html: str, own: dict[str, str]) -> str:
    """The block's HTML with words of its own."""
    root = tree.parse(html)
    for key, value in own.items():
        _override(root, key, value)
    return tree.inner_html(root)


def _override(root: etree._Element, key: str, value: str) -> None:
    for tag, name in _OVERRIDDEN_ATTRIBUTES.get(key, ()):
        element = next(root.iter(tag), None)
        if element is not None:
            element.set(name, value)
            return
    element = next(root.iter(*_OVERRIDDEN_TEXT[key]), None) if key in _OVERRIDDEN_TEXT else None
    if element is None and key == "caption":
        element = next(root.iter("figcaption"), None)
    if element is not None:
        new = tree.parse(value)
        for child in list(element):
            element.remove(child)
        element.text = new.text
        element.extend(list(new))


def _footnotes(block: WpBlock, html: str, context: Context) -> str:
    if not context.budget.take(len(context.footnotes), context.log, "wp:footnotes"):
        return html
    return _with_inside(footnotes.as_list(context.footnotes, context.log), html)


def _cover(block: WpBlock, html: str, context: Context) -> str:
    """A picture that lies behind the words is a background, in older versions and where it is fixed or repeated."""
    url = block.text("url")
    if not url or "<img" in html or "<video" in html or "background-image" not in html:
        return html
    return f'<img src="{escape(url)}" alt="{escape(block.text("alt"))}">{html}'


def _buttons(block: WpBlock, html: str, context: Context) -> str:
    """Buttons in the middle or at the right of a line: said in the attributes alone, WordPress makes a class of it."""
    layout = block.attributes.get("layout") if block.says("ustif") else None
    side = layout.get("justifyContent") if isinstance(layout, dict) else block.text("contentJustification")
    return f'<div style="text-align: {side}">{html}</div>' if side in ("center", "right") else html


def _social_link(block: WpBlock, html: str, context: Context) -> str:
    """One item of the list, named by its label or its service; nothing without an address.

    An address without a scheme gets one, as `render_block_core_social_link` does it. Where the list has no
    labels, WordPress shows an icon and says the name to screen readers: so does this, with the one icon that text has.
    """
    url, service = str(block.attributes.get("url") or ""), str(block.attributes.get("service") or "")
    if not url:
        return _with_inside("", html)
    if "@" in url and "/" not in url and ":" not in url:
        url = "mailto:" + url
    elif "://" not in url and not url.startswith(("//", "mailto:", "tel:")):
        url = "https://" + url
    name = str(block.attributes.get("label") or "") or _SERVICES.get(service, service.capitalize()) or url
    labelled = block.parent is None or bool(block.parent.attributes.get("showLabels"))
    words = escape(name) if labelled else f'\U0001f517<span class="screen-reader-text">{escape(name)}</span>'
    return _with_inside(f'<li><a href="{escape(url)}">{words}</a></li>', html)


def _code(block: WpBlock, html: str, context: Context) -> str:
    """The code exactly, with its language and title."""
    text = block.text("code") or tree.plain_text(tree.parse(html)).strip("\n")
    if not text:
        context.log("block.empty", block.name)
        return ""
    language = block.text("language").lower()
    said = f' class="language-{escape(language)}"' if language not in _NO_LANGUAGE else ""
    shown = escape(text, quote=False).replace("[", "&#91;").replace("]", "&#93;")  # code holds no shortcodes
    figure = f"<pre><code{said}>{shown}</code></pre>"
    if not block.ended:  # what follows is part of no code
        figure += html
    title = block.text("title")
    return f"<figure><figcaption>{escape(title, quote=False)}</figcaption>{figure}</figure>" if title else figure


def _noted(code: str) -> BlockHandler:
    """What was saved of the block stays; the notice says what it was for."""

    def handle(block: WpBlock, html: str, context: Context) -> str:
        context.log(code, block.name)
        return html

    return handle


def _form(block: WpBlock, html: str, context: Context) -> str:
    """What was saved of it stays, but for the field that nobody saw: only robots, which it is to catch, fill it in."""
    context.log("shortcode.form", block.name)
    if "aria-hidden" not in html:
        return html
    root = tree.parse(html)
    tree.remove_all(root, [field for field in root.iter("input") if _is_trap(field)])
    return tree.inner_html(root)


def _is_trap(field: etree._Element) -> bool:
    return field.get("aria-hidden") == "true" and field.get("tabindex") == "-1"


def _embed(block: WpBlock, html: str, context: Context) -> str:
    """The saved HTML; where there is none, the address of the attributes."""
    root = tree.parse(html)
    if tree.plain_text(root).strip() or next(root.iter("img", "iframe", "video"), None) is not None:
        return html
    address = block.text("url")
    if block.name in _VIDEOPRESS.split():
        guid = block.text("guid")
        address = f"https://videopress.com/v/{guid}" if guid else ""
    if not address.startswith(("http://", "https://")):
        context.log("block.empty", block.name)
        return html
    return embed(address, provider=block.text("providerNameSlug"))


BLOCKS: dict[str, BlockHandler] = {
    **item_blocks.BLOCKS,
    **button_blocks.BLOCKS,
    **map_blocks.BLOCKS,
    "buttons": _buttons,
    "cover": _cover,
    "cover-image": _cover,
    "footnotes": _footnotes,
    "freeform": _as_classic,
    "more": lambda block, html, context: _with_inside("<!--more-->", html),
    "shortcode": _as_classic,
    "social-link": _social_link,
    **dict.fromkeys(_CODE.split(), _code),
    **dict.fromkeys(_FORM_NAMES, _form),
    **dict.fromkeys(_SITE_BLOCKS.split(), _noted("block.site")),
    **dict.fromkeys(f"{_EMBEDS} {_VIDEOPRESS}".split(), _embed),
}
"""Blocks whose HTML is not simply what stands between their comments, by name."""
