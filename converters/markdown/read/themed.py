"""Shortcodes that many themes have under the same names: boxes, tabs, drawings, films, buttons.

A site's own template may show more; what these names promise is shown by all of them. The names are those of the
themes Learn, Relearn, Book, Docsy, DoIt, LoveIt, Blowfish, Congo, Stack, Coder, Hextra and PaperMod, each with its
documentation. Rules of the user's own go first.
"""

from __future__ import annotations

import re
from html import escape, unescape

from converters.markdown.read.calls import Handler, Handling, Inside, figure
from converters.markdown.scan.shortcodes import Call

_KINDS = frozenset(
    """abstract attention bug caution danger error example failure hint important info information note primary
    question quote secondary success summary tip tldr warning""".split()
)
"""What boxes are called by what they are for."""
_BOXES = (
    *"admonition alert callout hint notice".split(),
    *"attention caution danger important note tip warning".split(),
)
_PLAIN = "cardpane cards center column columns lead row steps tabgroup tabpane tabs".split()
"""What only lays out what is inside."""
_FOLDED = "accordion collapse expand spoiler".split()
_DRAWN = "chart echarts flowchart goat mermaid plantuml".split()
_RAW = "html raw raw-html raw_html rawhtml unsafe".split()
_FORMULAS = "katex math mathjax".split()
_ADDRESS = re.compile(
    r"(?:https?://|/|\.{0,2}/)?[^\s<>\"]+\.\w{2,5}(?:[?#][^\s<>\"]*)?|https?://[^\s<>\"]+|/[^\s<>\"]*"
)


def _unnamed(call: Call, position: int) -> str:
    plain = [argument.value for argument in call.arguments if not argument.key]
    return plain[position] if position < len(plain) else ""


def _box(call: Call, inside: Inside, at: Handling) -> str | None:
    """`{{% notice tip "Title" %}}`, `{{< callout type="warning" >}}`, `{{< note >}}`."""
    if not inside.html.strip():
        return None
    first = _unnamed(call, 0)
    kind = next((word for word in (call.get("type"), first, call.name) if word.lower() in _KINDS), "")
    given = call.get("title") or _unnamed(call, 1) or (first if first and first.lower() not in _KINDS else "")
    title = at.inline(given) if given else kind.capitalize()
    at.log("shortcode.themed", call.name)
    return f"<blockquote>{_headed(title, inside.html)}</blockquote>"


def _headed(title: str, html: str) -> str:
    return f"<p><strong>{title}</strong></p>\n{html}" if title else html


def _laid_out(call: Call, inside: Inside, at: Handling) -> str:
    """Some themes write one without an end between what stands side by side."""
    if not inside.html.strip():
        return ""
    at.log("shortcode.themed", call.name)
    return inside.html


def _tab(call: Call, inside: Inside, at: Handling) -> str | None:
    if not inside.html.strip():
        return None
    name = next((text for key in ("name", "title", "header", "label", "tabName") if (text := call.get(key))), "")
    name = name or _unnamed(call, 0)
    at.log("shortcode.themed", call.name)
    return _headed(at.inline(name) if name else "", inside.html)


def _folded(call: Call, inside: Inside, at: Handling) -> str | None:
    if not inside.html.strip():
        return None
    summary = call.get("title", 0) or call.get("summary") or "Details"
    at.log("shortcode.themed", call.name)
    return f"<details><summary>{at.inline(summary)}</summary>{inside.html}</details>"


def _drawing(call: Call, inside: Inside, at: Handling) -> str | None:
    if not inside.text.strip():
        return None
    at.log("markup.code-hook", call.name)
    code = escape(unescape(inside.text.strip("\r\n").rstrip()), quote=False)
    return f'<pre><code class="language-{call.name}">{code}\n</code></pre>'


def _raw(call: Call, inside: Inside, at: Handling) -> str | None:
    return inside.text if inside.text.strip() else None


def _formula(call: Call, inside: Inside, at: Handling) -> str | None:
    return escape(unescape(inside.text.strip()), quote=False) if inside.text.strip() else None


def _film(call: Call, inside: Inside, at: Handling) -> str | None:
    source = call.get("src", 0) or call.get("url")
    if not _ADDRESS.fullmatch(source):
        return None
    poster = f' poster="{escape(call.get("poster"))}"' if call.name == "video" and call.get("poster") else ""
    caption = f"<figcaption>{at.inline(call.get('caption'))}</figcaption>" if call.get("caption") else ""
    player = f'<{call.name} controls src="{escape(source)}"{poster}></{call.name}>'
    return f"<figure>{player}{caption}</figure>" if caption else player


def _picture(call: Call, inside: Inside, at: Handling) -> str | None:
    """As `figure`, whose arguments those of other names have as well."""
    return figure(call, inside, at) if _ADDRESS.fullmatch(call.get("src", 0)) else None


def _button(call: Call, inside: Inside, at: Handling) -> str | None:
    target = next((text for key in ("href", "url", "link") if (text := call.get(key))), "")
    named = call.get("relref") or call.get("ref")
    target = target or (at.names.address(named) or named if named else "")
    label = inside.text.strip() or escape(call.get("text") or call.get("label"))
    return f'<a href="{escape(target)}">{label}</a>' if target and label else None


def _quote(call: Call, inside: Inside, at: Handling) -> str | None:
    if not inside.html.strip():
        return None
    author, source, url = call.get("author"), call.get("source"), call.get("url") or call.get("link")
    by = [escape(author)] if author else []
    if source or url:
        by.append(f'<a href="{escape(url)}">{escape(source or url)}</a>' if url else escape(source))
    below = f"<p>— {', '.join(by)}</p>" if by else ""
    return f"<blockquote>{inside.html}{below}</blockquote>"


HANDLERS: dict[str, Handler] = {
    **dict.fromkeys(_BOXES, _box),
    **dict.fromkeys(_PLAIN, _laid_out),
    **dict.fromkeys(_FOLDED, _folded),
    **dict.fromkeys(_DRAWN, _drawing),
    **dict.fromkeys(_RAW, _raw),
    **dict.fromkeys(_FORMULAS, _formula),
    **dict.fromkeys(("audio", "video"), _film),
    **dict.fromkeys(("image", "img", "imgcap", "picture"), _picture),
    "button": _button,
    "quote": _quote,
    "tab": _tab,
}
MARKDOWN_INSIDE = frozenset({*_BOXES, *_PLAIN, *_FOLDED, "quote", "tab"})
"""Their inside is read as Markdown."""
