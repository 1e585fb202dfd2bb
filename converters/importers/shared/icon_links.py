"""Links that showed an icon and no word get its name: an icon is a letter of a font that the old page loaded.

<a href="https://social.example/ada" title="Follow me"><i class="fab fa-mastodon"></i></a>
<a class="icon-rss" href="/feed/"></a>   <a href="…" aria-label="Mail"><span class="dashicons-email"></span></a>

Their name is what the link or the icon says for reading aids (`aria-label`, `title`), else what the class says, as
https://docs.fontawesome.com/web/setup/get-started, https://developer.wordpress.org/resource/dashicons/ and their like
write it.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes

_NAMED = re.compile(
    r"(?:fa|icon|dashicons|genericon|socicon|bi|ti|mdi|ion|icofont|fontello|simple-icon|si|uil|ri|la|jki|eicon)-([a-z].*)"
)
_MODIFIERS = re.compile(
    r"(?:x[sl]|sm|lg|fw|ul|li|border|spin|pulse|inverse|brands|solid|regular|light|thin|duotone|sharp|beat|fade|bounce|flip"
    r"|shake|stack|stack-.*|pull-.*|flip-.*|rotate-.*|size-.*|wrap.*|box|holder|container|before|after|left|right|link|only)"
)
"""Of the size, the place and the style of an icon, which are classes of the same form."""
_VARIANTS = re.compile(r"^(?:social|logo|brands?)-|-(?:square|alt|official|circled?|f|g|in|p|v|o|\d+|line|fill|rect)$")
_NAMES = {
    "facebook": "Facebook", "twitter": "Twitter", "x-twitter": "X", "youtube": "YouTube", "linkedin": "LinkedIn",
    "github": "GitHub", "rss": "RSS", "tiktok": "TikTok", "vk": "VK", "whatsapp": "WhatsApp", "lastfm": "Last.fm",
    "soundcloud": "SoundCloud", "deviantart": "DeviantArt",
    "stack-overflow": "Stack Overflow", "envelope": "Mail", "email": "Mail", "phone": "Phone", "orcid": "ORCID",
}  # fmt: skip
_SAYING = ("aria-label", "title")
_SEEN = ("img", "svg", "picture", "video", "audio", "iframe", "object", "embed", "input", "button", tree.RAW)


def name_links(root: etree._Element) -> None:
    """Change the tree in place."""
    for link in root.iter("a"):
        if attribute(link, "href").strip() in ("", "#") or tree.plain_text(link).strip(" \t\r\n\xa0"):
            continue
        if next(link.iterdescendants(*_SEEN, "{*}svg"), None) is None and (name := _name(link)):
            for child in list(link):
                link.remove(child)
            link.text = name
            for key in _SAYING:
                if attribute(link, key).strip() == name:
                    del link.attrib[key]


def _name(link: etree._Element) -> str:
    """What the icon of a link says; empty where the link has none."""
    elements = [link, *link.iterdescendants("i", "span", "em", "b")]
    icon = next((name for element in elements for name in classes(element) if icon_name(name)), "")
    if not icon:
        return ""
    said = (attribute(element, key).strip() for key in _SAYING for element in elements)
    return next(filter(None, said), icon_name(icon))


def icon_name(class_name: str) -> str:
    """What the icon of a class is called; empty for a class of another kind: `fa-linkedin-in` is LinkedIn."""
    found = _NAMED.fullmatch(class_name.lower())
    if found is None or _MODIFIERS.fullmatch(found[1]):
        return ""
    name = found[1] if found[1] in _NAMES else _VARIANTS.sub("", found[1])
    return _NAMES.get(name) or name.replace("-", " ").capitalize()
