"""Captions of the classic editor become figures.

[caption id="attachment_9" align="aligncenter" width="300"]<img …> The caption[/caption]      since WordPress 3.4
[caption id="attachment_9" align="alignright" width="300" caption="The caption"]<img …>[/caption]      before
[wp_caption …]…[/wp_caption]                                                                     an older name
"""

from __future__ import annotations

import re
from html import escape

from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_PICTURE = re.compile(r"\s*((?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(.*)", re.S | re.I)
_ALIGN = frozenset({"alignleft", "alignright", "aligncenter"})


def caption(code: Shortcode, context: Context) -> str | None:
    inside = code.inside or ""
    match = _PICTURE.match(inside)
    picture, text = (match[1], match[2].strip()) if match else (inside, "")
    text = code.get("caption") or text
    align = code.get("align")
    kind = f' class="{align}"' if align in _ALIGN else ""
    words = f"<figcaption>{text}</figcaption>" if text else ""
    return f"<figure{kind}>{picture}{words}</figure>" if picture.strip() else escape(text)


HANDLERS: dict[str, Handler] = {"caption": caption, "wp_caption": caption}
