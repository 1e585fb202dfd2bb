"""What is known of a box for all blocks in it: what it and the boxes around it are, and are called.

Words in classes and ids are weak evidence: what counts is how many steps away the nearest box with such a word is, and
it weighs as much as it was worth on the pages that the judge learned from.
"""

from __future__ import annotations

import re
from functools import lru_cache

from converters.importers.html.main_text.blocks import Block, Box

FAR = 99.0
"""Steps to a box that there is none of."""
_NAMES: dict[str, str] = {
    "body": "body|text|content|prose|markdown|copy",
    "story": "article|story|post|entry|blog|news",
    "main": "main|primary|single",
    "nav": "nav|menu|breadcrumb|pagination|pager|toolbar|topbar|tabs|jump|skip|toc",
    "share": "share|sharing|social|follow|facebook|twitter|addtoany|addthis|print|email",
    "related": "related|recommend|recirc|popular|trending|teaser|more|also|latest|next|prev|outbrain|taboola|promoted|"
    "similar",
    "cards": "card|tile|grid|carousel|slider|swiper|feed|list|item|row|archive",
    "comment": "comment|disqus|respond|reply|discuss|feedback|review",
    "meta": "meta|byline|author|date|time|publish|info|label|kicker|bio|details|posted|vcard|avatar",
    "terms": "tag|categor|topic|keyword|section",
    "advert": "advert|ads|adslot|sponsor|promo|newsletter|subscri|signup|cta|banner|paywall|donat|offer|callout|"
    "partner",
    "side": "side|widget|rail|aside|secondary|module|box",
    "foot": "foot|copyright|legal|disclaimer|colophon|bottom",
    "head": "header|masthead|logo|brand|hero|top",
    "hidden": "modal|popup|cookie|consent|gdpr|overlay|hidden|dialog|login|sr-only|screen-reader|drawer|tooltip|"
    "accessib",
    "caption": "caption|image|photo|figure|media|gallery|video|thumb|picture|credit",
    "title": "title|headline|heading|subtitle|dek|lead|intro|summary|excerpt|standfirst|descri",
    "form": "form|search|input|button|btn|field|survey|poll",
}  # fmt: skip
_NAMED = re.compile("|".join(f"({words})" for words in _NAMES.values()))
_NAME_LENGTH = 200
_KINDS = (
    "article",
    "main",
    "aside",
    "header",
    "footer",
    "form",
    "section",
    "figure",
    "table",
    "list",
    "li",
    "button",
    "unseen",
    "said",
)
"""`unseen`: a style or an attribute hides it; `said`: schema.org's articleBody."""
_KIND_OF = {
    **{kind: kind for kind in _KINDS if kind not in ("list", "button", "unseen", "said")},
    "nav": "aside", "ul": "list", "ol": "list", "dl": "list", "button": "button", "label": "button", "option": "button",
}  # fmt: skip
_ROLES = {
    "navigation": "aside", "search": "form", "banner": "header", "contentinfo": "footer", "complementary": "aside",
    "main": "main", "article": "article",
}  # fmt: skip
STEPS = (*(f"named {name}" for name in _NAMES), *(f"in {kind}" for kind in _KINDS))
_AT = {kind: len(_NAMES) + place for place, kind in enumerate(_KINDS)}
_NONE = [FAR] * len(STEPS)


@lru_cache(4096)
def _names(named: str) -> tuple[int, ...]:
    return tuple({found.lastindex - 1 for found in _NAMED.finditer(named.lower()) if found.lastindex})


def steps(boxes: list[Box]) -> list[list[float]]:
    """For each box, in the order of STEPS, how far the nearest box of each kind is, itself among them."""
    found: list[list[float]] = []
    for box in boxes:
        row = [step + 1.0 for step in found[box.parent]] if box.parent >= 0 else _NONE[:]
        if box.named:
            for place in _names(box.named[:_NAME_LENGTH]):
                row[place] = 0.0
        if box.tag in _KIND_OF:
            row[_AT[_KIND_OF[box.tag]]] = 0.0
        element = box.element
        if (role := element.attr("role")) in _ROLES:
            row[_AT[_ROLES[str(role)]]] = 0.0
        if element.attr("hidden") is not None or element.attr("aria-hidden") == "true" or _hides(element.attr("style")):
            row[_AT["unseen"]] = 0.0
        if element.attr("itemprop") == "articleBody":
            row[_AT["said"]] = 0.0
        found.append(row)
    return found


def _hides(style: object) -> bool:
    return (
        isinstance(style, str) and "none" in style and "display" in style and "display:none" in style.replace(" ", "")
    )


def chains(boxes: list[Box], blocks: list[Block], length: int, levels: int) -> list[list[int]]:
    """For each block the boxes around it that hold more than it, inner ones first: up to `length`, each with more
    blocks than the one before, not further up than `levels`."""
    known: dict[tuple[int, bool], list[int]] = {}
    found = []
    for block in blocks:
        number = block.box
        alone = boxes[number].last - boxes[number].first == 1
        key = (boxes[number].parent if alone and boxes[number].parent >= 0 else number, alone)
        chain = known.get(key)
        if chain is None:
            chain = known[key] = _chain(boxes, key[0], length, levels)
        found.append(chain)
    return found


def _chain(boxes: list[Box], number: int, length: int, levels: int) -> list[int]:
    chain: list[int] = []
    held = 1
    for _ in range(levels):
        if number < 0 or len(chain) == length:
            break
        size = boxes[number].last - boxes[number].first
        if size > held:
            chain.append(number)
            held = size
        number = boxes[number].parent
    return chain or [0]


def to_best(boxes: list[Box], best: int) -> list[tuple[int, int]]:
    """For each box: steps up to the nearest box that holds `best` or is it, and from there the steps down to `best`."""
    down = {}
    number, levels = best, 0
    while number >= 0:
        down[number] = levels
        number, levels = boxes[number].parent, levels + 1
    found: list[tuple[int, int]] = []
    for box in boxes:
        if box.number in down:
            found.append((0, down[box.number]))
        else:
            up, levels = found[box.parent]
            found.append((up + 1, levels))
    return found
