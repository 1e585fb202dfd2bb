"""Styles: the properties that say how words look, with values that load nothing and lay nothing over the page.

A declaration is kept as it is, or goes; its value is of the few shapes of `_VALUE`, each complete in itself, so that no
reading of the rest can join two of them. https://www.w3.org/TR/css-syntax-3/
"""

from __future__ import annotations

import re
from functools import lru_cache

from converters.html.sanitize.urls import Use, allowed

PROPERTIES = frozenset(
    """align-content align-items align-self aspect-ratio background background-color background-image
    background-position
    background-repeat background-size border border-block border-bottom border-bottom-color border-bottom-left-radius
    border-bottom-right-radius border-bottom-style border-bottom-width border-collapse border-color border-image-width
    border-inline border-left border-left-color border-left-style border-left-width border-radius border-right
    border-right-color border-right-style border-right-width border-spacing border-style border-top border-top-color
    border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-sizing break-after
    break-before break-inside caption-side clear color column-count column-gap column-rule column-span column-width
    columns direction display empty-cells fill flex flex-basis flex-direction flex-flow flex-grow flex-shrink flex-wrap
    float font font-family font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style
    font-variant font-variant-caps font-variant-ligatures font-variant-numeric font-weight gap grid-column grid-gap
    grid-row grid-template-columns grid-template-rows height hyphens justify-content justify-items justify-self
    letter-spacing line-height list-style list-style-image list-style-position list-style-type margin margin-block
    margin-block-end margin-block-start margin-bottom margin-inline margin-inline-end margin-inline-start margin-left
    margin-right margin-top max-height max-width min-height min-width object-fit object-position order orphans outline
    overflow overflow-wrap overflow-x overflow-y padding padding-block padding-bottom padding-inline padding-left
    padding-right padding-top page-break-after page-break-before page-break-inside quotes row-gap ruby-position stroke
    stroke-width tab-size table-layout text-align text-align-last text-anchor text-decoration text-decoration-color
    text-decoration-line text-decoration-style text-indent text-orientation text-overflow text-shadow text-transform
    text-underline-offset text-underline-position text-wrap unicode-bidi vertical-align visibility white-space widows
    width word-break word-spacing word-wrap writing-mode -ms-text-size-adjust -webkit-hyphens mso-bidi-font-family
    mso-bidi-font-size mso-list""".split()
)
"""Without `position`, `z-index`, `opacity`, `transform`, `pointer-events` and their like: with these a link could lie,
unseen, over all of the page."""

_PICTURES = frozenset({"background", "background-image", "list-style", "list-style-image"})
_FUNCTIONS = "rgba?|hsla?|calc|min|max|clamp|repeat|minmax|(?:repeating-)?(?:linear|radial|conic)-gradient|var"
_PLAIN = r"[^\W_][\w.%-]*|-?[\d.]+[\w%]*|--?[a-zA-Z][\w-]*|[#!/,+*]|\s+"
_STRING = r"\"[^\"\\<>():;\n\r\f]*\"|'[^'\\<>():;\n\r\f]*'"
_CALL = rf"(?:{_FUNCTIONS})\((?:[\w\s.,%#/+*-]|(?:{_FUNCTIONS})\([\w\s.,%#/+*-]*\))*\)"
_URL = r"url\(\s*(?P<quote>[\"']?)(?P<url>[^\"'()\\<>\s;{}]*)(?P=quote)\s*\)"
_ONE_VALUE = re.compile(rf"(?:{_CALL}|{_STRING}|{_URL}|{_PLAIN})", re.I)
_DECLARATION = re.compile(r"\s*([a-zA-Z-]+)\s*:\s*(.*?)\s*\Z", re.S)
_PUSHED = re.compile(r"margin|text-indent|letter-spacing|word-spacing|outline")
"""With negative lengths, or differences, these lay an element over others, or words out of sight."""
_CALLS = re.compile(r"([\w-]*)\s*\((\s*[\"']?#[\w.-]+[\"']?\s*\))?")
_SHAPES = frozenset("calc hsl hsla matrix rgb rgba rotate scale skewx skewy translate".split())
_RULE = re.compile(r"\s*([\w\s.#>+~,:*-]+)\{([^{}]*)\}\s*")
_PAGE = re.compile(r"(?:\A|[\s,>+~])(?:html|body|main|header|footer|nav|\*|:root)(?![\w-])", re.I)


def style(text: str) -> str:
    """The declarations of a `style` attribute that may stay; the text itself where all may."""
    return _style(text) if len(text) < 500 else "" if len(text) > 20_000 else _style.__wrapped__(text)


@lru_cache(maxsize=1024)
def _style(text: str) -> str:
    parts = text.split(";")
    kept = [part for part in parts if _allowed(part)]
    if len(kept) == len(parts):
        return text
    return "; ".join(part.strip() for part in kept if part.strip())


def sheet(text: str) -> bool:
    """May the text of a `<style>` stay? If it only says how elements of some class look, and nothing about the page."""
    position = 0
    if len(text) > 20_000:
        return False
    while position < len(text.rstrip()):
        rule = _RULE.match(text, position)
        if rule is None or _PAGE.search(rule[1]) or not all(map(_allowed, rule[2].split(";"))):
            return False
        position = rule.end()
    return True


def local(text: str) -> bool:
    """May an attribute of SVG or MathML have this value? It names no address but parts of the same page."""
    if "\\" in text or "/*" in text:
        return False
    calls = _CALLS.findall(text)
    return all(part if name.lower() == "url" else name.lower() in _SHAPES for name, part in calls)


def _allowed(declaration: str) -> bool:
    if not declaration.strip():
        return True
    found = _DECLARATION.match(declaration)
    if found is None:
        return False
    name, value = found[1].lower(), found[2]
    if name not in PROPERTIES or (_PUSHED.match(name) and "-" in value):
        return False
    return _is_value(value, pictures=name in _PICTURES)


def _is_value(value: str, *, pictures: bool) -> bool:
    if "/*" in value or "*/" in value:
        return False
    position = 0
    while position < len(value):
        found = _ONE_VALUE.match(value, position)
        if found is None or found.end() == position:
            return False
        url = found["url"]
        if url is not None and not (pictures and allowed(url, Use.FILE) and not url.lower().startswith("data:")):
            return False
        position = found.end()
    return True
