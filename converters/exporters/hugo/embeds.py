"""What stood at an address of another site, in Hugo's terms. Nothing needs a network while the site is built.

YouTube and Vimeo have shortcodes of Hugo's own (https://gohugo.io/shortcodes/youtube/); those it has for X, Instagram
and gists ask these sites at build time or are gone, so that players and cards of others are drawn by the `embed`
template that comes with the site. Where there is no player, the address stands there as a link.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.exporters.hugo import arguments, figures
from converters.exporters.hugo.figures import Phrases
from converters.html import tree
from converters.model.notices import Log

_BUILT_IN = {"youtube": re.compile(r"[\w-]{6,20}"), "vimeo": re.compile(r"\d{4,15}")}
_ANY, _PATH, _NUMBER = re.compile(r".*", re.S), re.compile(r"[\w.-]+(?:/[\w.-]+)*"), re.compile(r"\d+")
TEMPLATE: dict[str, re.Pattern[str]] = {
    **dict.fromkeys("apple-music apple-podcasts archive dailymotion kickstarter loom".split(), _PATH),
    **dict.fromkeys("scribd spotify streamable ted videopress wistia".split(), _PATH),
    **dict.fromkeys("facebook instagram mixcloud reddit soundcloud threads".split(), _ANY),
    **dict.fromkeys(("tiktok", "x"), _NUMBER),
    "gist": re.compile(r"(?:[\w-]+/)?[0-9a-f]{1,40}"),
}
"""Providers that the template draws, and the ids of theirs it can draw."""


def embed(element: etree._Element, phrases: Phrases, log: Log) -> None:
    provider, url = str(element.get("data-provider") or ""), str(element.get("data-url") or "")
    id = str(element.get("data-id") or "")
    if provider in _BUILT_IN and _BUILT_IN[provider].fullmatch(id):
        _video(element, provider, id, url)
        return
    drawn = provider in TEMPLATE and TEMPLATE[provider].fullmatch(id)
    written = _own(element, phrases) if drawn else None
    if written is None:
        if element.find("iframe") is None:  # a frame shows what it showed
            log("embed.card", url)
        figures.as_html(element)
    else:
        tree.replace(element, tree.raw(written))


def _video(element: etree._Element, provider: str, id: str, url: str) -> None:
    """The address stands below the player, for feed readers and printed pages, and the caption below that.

    Where the source had the player itself (`iframe`), no address stood there.
    """
    values = {"id": id, "start": str(element.get("data-start") or "")} if element.get("data-start") else {}
    player = arguments.call(provider, values) if provider == "youtube" and values else None
    below = []
    if element.find("a") is not None:
        address = etree.Element("p")
        etree.SubElement(address, "a", href=url).text = url
        below.append(address)
    caption = element.find("figcaption")
    if caption is not None:
        caption.tag, caption.tail = "p", None
        below.append(caption)
    tree.replace(element, tree.raw(player or arguments.call(f"{provider} {id}", {}) or ""), *below)


def _own(element: etree._Element, phrases: Phrases) -> str | None:
    caption = element.find("figcaption")
    text = figures.words(caption, phrases) if caption is not None else ""
    if text is None:
        return None
    values = {
        "provider": str(element.get("data-provider")),
        "url": str(element.get("data-url") or ""),
        "id": str(element.get("data-id") or ""),
        "link": "" if element.find("a") is not None else "hidden",
        "caption": text,
    }
    quotation = element.find("blockquote")
    if quotation is not None:
        values["link"] = ""
    if quotation is None:
        return arguments.call("embed", values, closed=True)
    start = arguments.call("embed", values)
    if start is None:
        return None
    inside = re.sub(r"\n\s*\n", "\n", tree.inner_html(quotation)).replace("{{", "&#123;{").strip()
    return f"{start}{inside}{arguments.end('embed')}"
