"""Captions of the classic editor become figures.

[caption id="attachment_9" align="aligncenter" width="300"]<img …> The caption[/caption]      since WordPress 3.4
[caption id="attachment_9" align="alignright" width="300" caption="The caption"]<img …>[/caption]      before
[wp_caption …]…[/wp_caption]                                                                     an older name
[caption …]<a href="…"><img …></a><br /> The <em>caption</em>[/caption]       links around the picture, breaks behind it
[caption …]<img …><img …> Two[/caption]                                       several pictures
[caption … caption="Film"][video src="…"][/video][/caption]                   a shortcode in the picture's place

As `img_caption_shortcode` has it: shortcodes in the picture's place are expanded, those in the caption's words are not;
without words there is no caption, and without a picture the inside is shown as it is. Unlike it, words are kept where
`width` is missing or zero: WordPress drops them there.
"""

from __future__ import annotations

import re

from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_PICTURES = re.compile(
    r"((?:\s*(?:<p(?:\s[^>]*)?>\s*)?(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?(?:\s*</p>)?)+)(.*)", re.S | re.I
)
_ALIGN = frozenset({"alignleft", "alignright", "aligncenter"})
_NEW_PARAGRAPH = re.compile(r"</p>\s*<p(?:\s[^>]{0,200})?>", re.I)
_PARAGRAPH_TAG = re.compile(r"</?p(?:\s[^>]{0,200})?>", re.I)
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)


def caption(code: Shortcode, context: Context) -> str:
    inside = code.inside or ""
    match = None if code.get("caption") else _PICTURES.match(inside)
    picture, text = (match[1], match[2]) if match else (inside, code.get("caption"))
    picture, text = _without_paragraphs(picture), _words(text)
    if not picture:
        return text
    if not text:
        return context.expand(inside)
    align = code.get("align")
    kind = f' class="{align}"' if align in _ALIGN else ""
    return f"<figure{kind}>{context.expand(picture)}<figcaption>{text}</figcaption></figure>"


def _without_paragraphs(html: str) -> str:
    return _PARAGRAPH_TAG.sub("", html).strip()


def _words(html: str) -> str:
    """A caption's words on lines instead of paragraphs, which the editor's line ends had become."""
    text = _without_paragraphs(_NEW_PARAGRAPH.sub("<br />", html))
    while found := _BREAK.match(text):
        text = text[found.end() :]
    return text


HANDLERS: dict[str, Handler] = {"caption": caption, "wp_caption": caption}
