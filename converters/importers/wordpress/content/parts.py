"""What shortcodes of plug-ins and builders are put together from: boxes, titles, links, pictures, players.

Attributes hold text in the ways of their plug-ins: character references, Divi's `%22`, `%91` and `%93` for `"`, `[` and
`]`, WPBakery's two backquotes and braces for the same, and `link="url:https%3A%2F%2Fx.example|title:Words"`; Enfold has
`link='manually,https://x.example'` and `link='page,12'`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape, unescape
from urllib.parse import unquote

from converters.importers.shared.embeds import embed
from converters.importers.shared.players import kind_of_url
from converters.importers.wordpress.content import embeds, galleries
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.model import Status

_TORN_START = re.compile(r"\A(?:\s|</p>|<br ?/?>)++", re.I)
_TORN_END = ("<p>", "<br />", "<br>", "<br/>")
_TAG = re.compile(r"<[^<>]{0,5000}>")
_MAIL = re.compile(r"[\w.+-]{1,64}+@[\w.-]{1,255}")
_SAFE = (("%22", '"'), ("%91", "["), ("%93", "]"), ("`{`", "["), ("`}`", "]"), ("``", '"'))
_ADDRESS = re.compile(r"(?:https?:)?//[^\s<>\"'\[\]]+|/[^\s<>\"'\[\]/][^\s<>\"'\[\]]*", re.I)
_LINKED = re.compile(
    r"<a\s[^<>]{0,500}?href=([\"'])(https?://[^\"'<>\s]{1,2000})\1[^<>]{0,500}>(?:https?://|www\.)", re.I
)
"""A link that shows an address."""
_NO_ADDRESS = frozenset({"", "#", "http://", "https://", "none", "no", "lightbox"})
_ID = re.compile(r"\d{1,20}(?=$|\||,)")


def first(code: Shortcode, names: str) -> str:
    """The first of these attributes that is not empty."""
    return next((value for name in names.split() if (value := code.get(name).strip())), "")


def value(code: Shortcode, names: str) -> str:
    """What a shortcode is about: one of these attributes, else its word without a name, else its inside.

    `[youtube=https://…]`, `[youtube https://…]`, `[youtube]https://…[/youtube]`, and each of them with the URL made a
    link by an editor.
    """
    if url := linked_url(code):
        return url
    found = first(code, names) or next((word.lstrip("= ") for word in code.positional if word.strip("= ")), "")
    inside = (code.inside or "").strip()
    if not found and "<figure" in inside:
        return inside  # an address alone on its line, which became a player before
    return unescape(found or _TAG.sub(" ", inside).strip())


def linked_url(code: Shortcode) -> str:
    """The URL in the tag of a shortcode that an editor made a link; empty where there is none.

    The quotation marks of the link tear its attributes apart, so that it is looked for in the tag as it is written.
    """
    tag = code.source.removesuffix(f"{code.inside or ''}[/{code.name}]")
    match = _LINKED.search(tag) if "<a" in tag else None
    return unescape(match[2]) if match is not None else ""


def mended(code: Shortcode) -> str:
    """The inside without the halves of paragraphs that the borders of a shortcode tear apart."""
    text = _TORN_START.sub("", code.inside or "")
    end, before = len(text), -1
    while end != before:
        before = end
        while end and text[end - 1].isspace():
            end -= 1
        end -= next((len(mark) for mark in _TORN_END if text.endswith(mark, 0, end)), 0)
    return text[:end]


def inside(code: Shortcode, context: Context) -> str:
    """What stands inside, with its shortcodes replaced."""
    text = mended(code)
    return context.expand(text) if "[" in text else text


def box(*html: str) -> str:
    return f"\n<div>{''.join(html)}</div>\n"


def plain(text: str) -> str:
    """An attribute's text without the ways of the builders to write quotes and brackets."""
    for written, sign in _SAFE:
        text = text.replace(written, sign)
    return unescape(text).strip()


def as_html(text: str) -> str:
    """An attribute's text as HTML; tags in it are the author's."""
    if "<" in text:
        return text.strip()
    return escape(plain(text), quote=False)


def title(text: str, tag: str = "h3") -> str:
    return f"<{tag}>{as_html(text)}</{tag}>" if text.strip() else ""


def paragraph(text: str) -> str:
    return f"<p>{as_html(text)}</p>" if text.strip() else ""


def level(text: str, default: str) -> str:
    """`h2`, `2` and `tag:h2|…` as the tag; the default for anything else."""
    match = re.search(r"(?:^|tag:)h?([1-6])(?=$|\|)", text.strip().lower())
    return f"h{match[1]}" if match else default


def address(text: str, context: Context) -> str:
    """Where a link attribute leads; empty for nowhere."""
    text = plain(text)
    if text.startswith(("url:", "|")) or "|url:" in text:
        named = dict(part.partition(":")[::2] for part in text.split("|"))
        text = unquote(named.get("url", ""))
    kind, comma, rest = text.partition(",")
    if comma and kind == "manually":
        text = rest
    elif comma and rest.strip().isdigit():
        text = permalink(rest.strip(), context)
    text = text.strip()
    return "" if text.lower() in _NO_ADDRESS else text


def permalink(id: str, context: Context) -> str:
    """The address of an item; none of one that is not to be seen (see `wp_force_plain_post_permalink`)."""
    entry = context.lookup.entry(id)
    return entry.permalink if entry is not None and entry.status is Status.PUBLISHED else ""


def link(url: str, html: str) -> str:
    """A link around HTML; the HTML alone where there is no address, nothing without either."""
    if not url:
        return html
    return f'<a href="{escape(url)}">{html.strip() or escape(url)}</a>'


def image(found: str, context: Context, *, alt: str = "", caption: str = "", url: str = "") -> str:
    """A picture by its id in the media library (`12`, `12|full`) or its address, in a figure where it has a caption."""
    found = plain(found)
    if match := _ID.match(found):
        asset = context.asset(match[0])
        if asset is None:
            context.log("media.missing", found)
            return ""
        source, alt = asset.url, alt or asset.alt
    else:
        match = _ADDRESS.match(found)
        source = match[0] if match else ""
    if not source:
        return ""
    image = link(url, f'<img src="{escape(source)}" alt="{escape(plain(alt))}">')
    return f"<figure>{image}<figcaption>{as_html(caption)}</figcaption></figure>" if caption.strip() else image


def images(ids: str, context: Context, layout: str = "") -> str:
    """A gallery of pictures by their ids, with their captions."""
    attributes = {"ids": ids, "link": "none", "type": layout}
    return galleries.gallery(Shortcode("gallery", attributes, (), None, f'[gallery ids="{ids[:60]}"]'), context)


def bare_images(ids: str, context: Context) -> str:
    """A gallery of pictures without captions, as WPBakery's."""
    shown = (image(id, context) for id in galleries.ids(ids))
    figures = "".join(f"<figure>{image}</figure>" for image in shown if image)
    return f'<figure class="gallery" data-columns="3">{figures}</figure>' if figures else ""


def ids_of(text: str) -> str:
    """The ids in `media: 1,2`, `1|full,2|full` and the like."""
    return ",".join(galleries.ids(text.rpartition(":")[2].replace("|", " ")))


def video(found: str, base: str = "", provider: str = "") -> str:
    """The player or the card of an address, or of an id below `base`; empty without either."""
    if "<figure" in found or "<iframe" in found:
        return found
    found = unescape(found).strip().strip("\"'")
    if match := re.search(r"src=[\"']?([^\"'\s>]+)", found):
        found = match[1]
    if not _ADDRESS.match(found):
        id = re.sub(r"[&?\s].*", "", found, flags=re.S)
        found = base.format(id) if base and re.fullmatch(r"[\w./:@-]{1,200}", id) else ""
    return (embeds.shown(found) or embed(found, provider=provider)) if found else ""


def player(url: str) -> str:
    """A player for a file, a card for a page; empty for what is no address."""
    return video(url) if kind_of_url(url) or _ADDRESS.match(url) or "<figure" in url else ""


def frame(url: str, code: Shortcode) -> str:
    """A page of another site in a frame, as it was shown."""
    size = "".join(f' {name}="{code.get(name)}"' for name in ("width", "height") if code.get(name).isdecimal())
    return f'<iframe src="{escape(unescape(url))}"{size}></iframe>'


def form(code: Shortcode, context: Context) -> str | None:
    """A notice that names the form; the shortcode stays the text it is, as WordPress shows it without the plug-in, but
    for the e-mail addresses a form is sent to (`to`), which nobody saw."""
    named = first(code, "title name id form form_id")
    if named in ("true", "false"):
        named = code.get("id")
    context.log("shortcode.form", f"{code.name} {plain(named)}".strip())
    return _MAIL.sub("…", code.source) if "@" in code.source else None


def only_marked(handler: Handler, *, or_numbered: bool = False) -> Handler:
    """For names that are ordinary words: `[note]` alone is text, `[note]…[/note]` and `[note a="b"]` are shortcodes.

    `or_numbered`: with a URL or a number, too: `[ted 1234]`, `[vine https://…]`.
    """

    def handle(code: Shortcode, context: Context) -> str | None:
        numbered = or_numbered and any(re.search(r"[\d/=]", one) for one in code.positional)
        return handler(code, context) if code.inside is not None or code.attributes or numbered else None

    return handle


def table(names: Mapping[Handler, str]) -> dict[str, Handler]:
    """Name -> handler, from a table handler -> names."""
    return {name: handler for handler, words in names.items() for name in words.split()}
