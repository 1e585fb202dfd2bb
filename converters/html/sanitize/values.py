"""Values of attributes: URLs, styles, and all others that are checked.

A value is kept as it is, or goes. What is not plainly allowed is refused, however it is written. A declaration of a
style is one of the few shapes of `_VALUE`, each complete in itself, so that no reading of the rest can join two of
them. https://www.w3.org/TR/css-syntax-3/
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from html import unescape
from urllib.parse import unquote

from converters.html.sanitize.lists import (
    CLOBBERING,
    ELEMENTS,
    FRAME_RIGHTS,
    MATHML,
    SVG,
    TARGETS,
    URLS,
    URLS_OF,
    Use,
)

LINKS = frozenset(
    """http https mailto tel ftp ftps sftp news nntp irc irc6 ircs gopher feed sms svn fax xmpp webcal urn geo magnet
    sip sips callto skype whatsapp tg bitcoin doi matrix""".split()
)
"""About those that WordPress lets through (`wp_allowed_protocols`), and some of today."""

_WEB = frozenset({"http", "https"})
_SCHEMES = {Use.LINK: LINKS, Use.FILE: _WEB, Use.FRAME: _WEB, Use.PART: frozenset[str]()}
_PLAIN = {
    Use.LINK: re.compile(r"(?:https?://|mailto:|/|#|\?|\./|\.\./)|[\w.-]*(?:[/#?]|\Z)", re.I | re.A),
    Use.FILE: re.compile(r"(?:https?://|/|\./|\.\./)|[\w.-]*(?:[/#?]|\Z)", re.I | re.A),
    Use.FRAME: re.compile(r"(?:https?://|/|\./|\.\./)|[\w.-]*(?:[/#?]|\Z)", re.I | re.A),
    Use.PART: re.compile(r"#[\w.:-]+\Z"),
}
"""As nearly all are: seen at a glance."""
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\]+")
"""Browsers and renderers of Markdown skip some of these in front of and inside a scheme; here all of them are."""
_SCHEME = re.compile(r"([^/#?]*?)(?::|&colon;?|%3a|\uff1a|\ufe13|\ufe55)", re.I)
_RASTER = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)[;,]", re.I)
_RUNS = re.compile(r"(?:java|vb|live)script:|data:(?!image/(?:png|gif|jpe?g|webp|avif|bmp)[;,])", re.I)


def allowed(address: str, use: Use = Use.LINK) -> bool:
    """May the address be there? A relative one may, one with a scheme if that is on the list."""
    if _PLAIN[use].match(address):
        return True
    if use is Use.PART:
        return False
    if use is Use.FILE and _RASTER.match(address.strip()):
        return True
    return all(_scheme_of(form) in _SCHEMES[use] | {""} for form in _forms(address))


def runs(address: str) -> bool:
    """Does a browser run something at this address, or show what it holds as a page?"""
    return any(_RUNS.match(form) for form in _forms(address))


def _forms(address: str) -> set[str]:
    """The address as it may be read: with references and percent signs decoded, and what is skipped left out."""
    forms, waiting = set[str](), address
    for _ in range(4):
        forms.add(_IGNORED.sub("", waiting))
        decoded = unquote(unescape(waiting))
        if decoded == waiting:
            break
        waiting = decoded
    return forms


def _scheme_of(address: str) -> str:
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""


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
_PLAIN_VALUE = r"[^\W_][\w.%-]*|-?[\d.]+[\w%]*|--?[a-zA-Z][\w-]*|[#!/,+*]|\s+"
_STRING = r"\"[^\"\\<>():;\n\r\f]*\"|'[^'\\<>():;\n\r\f]*'"
_CALL = rf"(?:{_FUNCTIONS})\((?:[\w\s.,%#/+*-]|(?:{_FUNCTIONS})\([\w\s.,%#/+*-]*\))*\)"
_URL_VALUE = r"url\(\s*(?P<quote>[\"']?)(?P<url>[^\"'()\\<>\s;{}]*)(?P=quote)\s*\)"
_ONE_VALUE = re.compile(rf"(?:{_CALL}|{_STRING}|{_URL_VALUE}|{_PLAIN_VALUE})", re.I)
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
    kept = [part for part in parts if _is_allowed(part)]
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
        if rule is None or _PAGE.search(rule[1]) or not all(map(_is_allowed, rule[2].split(";"))):
            return False
        position = rule.end()
    return True


def local(text: str) -> bool:
    """May an attribute of SVG or MathML have this value? It names no address but parts of the same page."""
    if "\\" in text or "/*" in text:
        return False
    calls = _CALLS.findall(text)
    return all(part if name.lower() == "url" else name.lower() in _SHAPES for name, part in calls)


def _is_allowed(declaration: str) -> bool:
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


Check = Callable[[object, str, str], bool]
_SIZE = re.compile(r"[\d.]+[wxh](?:,|\Z)", re.A)
_RIGHT = re.compile(r"\s*([\w-]+)[^;]*")


def _address(tag: object, name: str, value: str) -> bool:
    use = URLS_OF.get((tag, name))
    if use is None:
        use = URLS[name]
        if "}" in str(tag) and use is Use.FILE:
            use = Use.LINK
    return allowed(value, use)


def _addresses(tag: object, name: str, value: str) -> bool:
    return all(allowed(part, Use.LINK) for part in value.split())


def _is_style(tag: object, name: str, value: str) -> bool:
    return style(value) == value


def _candidates(tag: object, name: str, value: str) -> bool:
    """`srcset`: addresses, sizes, commas. Each word that is no size is an address, wherever a browser cuts it."""
    for word in value.split():
        size = _SIZE.match(word)
        rest = (word[size.end() :] if size else word).strip(",")
        if rest and (rest.lower().startswith("data:") or not all(allowed(one, Use.FILE) for one in rest.split(","))):
            return False
    return True


def _name(tag: object, name: str, value: str) -> bool:
    return value.strip().lower() not in CLOBBERING


def _target(tag: object, name: str, value: str) -> bool:
    return value in TARGETS


def _rights(tag: object, name: str, value: str) -> bool:
    return _mended_rights(value) == value


def _mended_rights(value: str) -> str:
    parts = [part for part in value.split(";") if (found := _RIGHT.match(part)) and found[1] in FRAME_RIGHTS]
    return value if len(parts) == len([part for part in value.split(";") if part.strip()]) else ";".join(parts)


def _local(tag: object, name: str, value: str) -> bool:
    """In SVG and MathML any attribute may be a style."""
    return "(" not in value or local(value)


CHECKS: dict[object, Check] = {
    **{
        name: _local
        for tag, names in ELEMENTS.items()
        if str(tag).startswith((SVG, MATHML))
        for name in names - ELEMENTS["div"]
    },
    **dict.fromkeys(URLS, _address),
    "allow": _rights,
    "itemtype": _addresses,
    "name": _name,
    "srcset": _candidates,
    "style": _is_style,
    "target": _target,
}
"""attribute -> may it have this value on this element? What is not here may have any."""


def mended(tag: object, name: str, value: str) -> str | None:
    """What may stay of a value, if anything may."""
    if name == "style":
        return style(value) or None
    if name == "allow":
        return _mended_rights(value) or None
    return None
