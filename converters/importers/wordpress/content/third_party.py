"""Blocks of plug-ins that hold what they show in another form than HTML. All others keep their HTML.

<!-- wp:syntaxhighlighter/code {"language":"php"} --><pre class="wp-block-syntaxhighlighter-code">…</pre>
<!-- wp:kevinbatdorf/code-block-pro {"code":"…","language":"php"} -->      the HTML is coloured; the text is in `code`
<!-- wp:core-embed/youtube {"url":"https://…"} /-->   <!-- wp:jetpack/videopress {"guid":"…"} /-->
<!-- wp:jetpack/contact-form -->, <!-- wp:wpforms/form-selector /-->       forms: nothing to send them to
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from lxml import etree

from converters.html import tree
from converters.importers.wordpress.content import embeds
from converters.importers.wordpress.content.block_tree import Block
from converters.importers.wordpress.content.context import Context

_CODE = (
    "syntaxhighlighter/code kevinbatdorf/code-block-pro enlighter/codeblock code-block-pro/code acme-code/code".split()
)
_FORMS = """jetpack/contact-form contact-form-7/contact-form-selector wpforms/form-selector gravityforms/form
ninja-forms/form mailpoet/subscription-form-block formidable/simple-form fluentfom/guten-block forminator/forms
mailchimp-for-wp/form hubspot/form-block crowdsignal-forms/poll crowdsignal-forms/vote crowdsignal-forms/nps
happyforms/form strong-testimonials/view convertkit/form newsletterglue/form""".split()
_SITE = """jetpack/related-posts jetpack/top-posts jetpack/blogroll jetpack/blogging-prompt jetpack/subscriptions
jetpack/sharing-buttons jetpack/like jetpack/recent-posts woocommerce/all-products woocommerce/product-collection
woocommerce/product-best-sellers woocommerce/product-category woocommerce/product-new woocommerce/product-on-sale
woocommerce/product-top-rated woocommerce/product-tag woocommerce/handpicked-products woocommerce/featured-product
woocommerce/featured-category woocommerce/product-categories woocommerce/product-search woocommerce/reviews-by-product
woocommerce/reviews-by-category woocommerce/all-reviews woocommerce/cart woocommerce/checkout woocommerce/mini-cart
woocommerce/customer-account woocommerce/store-notices newspack-blocks/homepage-articles a8c/blog-posts
tribe/events-list uagb/post-grid uagb/post-carousel kadence/posts generateblocks/query-loop""".split()
_EMBEDS = {
    "videopress/video": "https://videopress.com/v/{guid}",
    "jetpack/videopress": "https://videopress.com/v/{guid}",
    "jetpack/podcast-player": "{url}",
    "jetpack/pinterest": "{url}",
    "jetpack/eventbrite": "{url}",
    "jetpack/calendly": "{url}",
    "jetpack/loom": "{url}",
    "jetpack/tiktok": "{url}",
    "jetpack/nextdoor": "{url}",
    "embed": "{url}",
}
"""Blocks that say an address in their attributes."""


def _code(block: Block, html: str, context: Context) -> str:
    """The code exactly, with its language and title."""
    text = block.text("code") or tree.plain_text(tree.parse(html)).strip("\n")
    if not text:
        context.log("block.empty", block.name)
        return ""
    language = block.text("language").lower()
    said = (
        f' class="language-{escape(language)}"' if language not in ("", "plain", "text", "plaintext", "generic") else ""
    )
    figure = f"<pre><code{said}>{_brackets(escape(text, quote=False))}</code></pre>"
    if not block.ended:  # what follows is part of no code
        figure += html
    title = block.text("title")
    return f"<figure><figcaption>{escape(title, quote=False)}</figcaption>{figure}</figure>" if title else figure


def _brackets(html: str) -> str:
    """No shortcodes are looked for in code."""
    return html.replace("[", "&#91;").replace("]", "&#93;")


def _form(block: Block, html: str, context: Context) -> str:
    """Nothing answers it; what was saved of it stays, a shortcode as a rule."""
    context.log("shortcode.form", block.name)
    return html


def _site(block: Block, html: str, context: Context) -> str:
    """Shows the site rather than the post; what was saved of it stays."""
    context.log("block.site", block.name)
    return html


def _embed(block: Block, html: str, context: Context) -> str:
    """The saved HTML; where there is none, the address of the attributes."""
    root: etree._Element = tree.parse(html)
    if tree.plain_text(root).strip() or next(root.iter("img", "iframe", "video"), None) is not None:
        return html
    template = _EMBEDS.get(block.name, "{url}")
    names = {name: block.text(name) for name in ("url", "guid")}
    address = template.format(**names) if all(names[n] for n in names if f"{{{n}}}" in template) else ""
    if not address.startswith(("http://", "https://")):
        context.log("block.empty", block.name)
        return html
    return embeds.embed(address, provider=block.text("providerNameSlug"))


BLOCKS: dict[str, Callable[[Block, str, Context], str]] = {
    **dict.fromkeys(_CODE, _code),
    **dict.fromkeys(_FORMS, _form),
    **dict.fromkeys(_SITE, _site),
    **dict.fromkeys(_EMBEDS, _embed),
}
