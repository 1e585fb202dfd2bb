"""Arguments of shortcodes that a reader read: titles, names, addresses. None is dropped without a word.

[note title="Mind the step"]…[/note]   [callout heading="…" button_text="Go" button_url="https://…"]…[/callout]
[tooltip title="NATO" content="An alliance"]word[/tooltip]   [abbr title="World Wide Web"]WWW[/abbr]
[download link="https://…" text="The file"]   [link url="https://…"]…[/link]   [image src="https://…" caption="…"]

Themes name such arguments much alike, and which of them a shortcode shows is in the theme only. What the handler of a
shortcode shows is right; `watched` looks at what it did not show, and names texts and addresses among it.
"""

from __future__ import annotations

import re
from html import escape, unescape

from converters.importers.wordpress.content import builder_modules as modules
from converters.importers.wordpress.content import parts
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_SAID = frozenset(
    """title heading header headline caption label text subtitle subheading content description desc summary author
    cite source by name job company position message quote button_text btn_text link_text more_text tip note
    url link href button_url button_link btn_url file download image src""".split()
)
"""Arguments that are texts and addresses, wherever they have a value that looks like one."""
_TEXT = re.compile(r"[^\W\d_]{2,}.*\s.*[^\W\d_]{2,}|https?://|\A[A-Z][^\W\d_]{2,}\Z", re.S)
_TAG = re.compile(r"<[^<>]*>")
_FILE = "link url file href src download"


def watched(handler: Handler) -> Handler:
    """The handler, with a notice for each text and address that it was given and does not show."""

    def handle(code: Shortcode, context: Context) -> str | None:
        html = handler(code, context)
        if html is not None and not _SAID.isdisjoint(code.attributes):
            shown = unescape(html)
            for name, value in code.attributes.items():
                words = parts.plain(_TAG.sub("", value)) if name in _SAID else ""
                if words and _TEXT.search(words) and words not in shown:
                    context.log("shortcode.argument", f'{code.name} {name}="{words[:80]}"')
        return html

    return handle


def tooltip(code: Shortcode, context: Context) -> str:
    """A word and what is said of it, which is its title; without a word, the text is one."""
    tips = [parts.plain(code.get(name)) for name in ("title", "tip", "content", "text", "hint", "description")]
    said = context.expand(code.inside) if code.inside else ""
    if not said.strip():
        return parts.as_html(": ".join(dict.fromkeys(filter(None, tips))))
    tip = ": ".join(dict.fromkeys(filter(None, tips)))
    return f'<span title="{escape(tip)}">{said}</span>' if tip else said


def abbreviation(code: Shortcode, context: Context) -> str | None:
    title = parts.plain(parts.first(code, "title text meaning definition"))
    if not title or not (code.inside or "").strip():
        return None
    return f'<abbr title="{escape(title)}">{context.expand(code.inside or "")}</abbr>'


def link(code: Shortcode, context: Context) -> str | None:
    """A link that is a shortcode; what has no address is text in brackets."""
    url = parts.address(parts.first(code, "url href link to"), context)
    if not url:
        return None
    label = re.sub(r"</?p>", "", parts.inside(code, context)).strip() or parts.as_html(parts.first(code, "text title"))
    return parts.link(url, label)


def download(code: Shortcode, context: Context) -> str | None:
    """The file itself, where the shortcode names it; ids are those of a plug-in's own table."""
    url = parts.address(parts.first(code, _FILE), context)
    if not url.startswith(("http://", "https://", "/")):
        context.log("shortcode.left-out", code.source.partition("]")[0][:80] + "]")
        return None
    inside = re.sub(r"</?p>", "", parts.inside(code, context)).strip()
    label = inside or parts.as_html(parts.first(code, "text title name label filename"))
    return parts.link(url, label or escape(unescape(url.rstrip("/").rpartition("/")[2])))


def picture(code: Shortcode, context: Context) -> str | None:
    found = parts.first(code, "src url file image")
    return modules.image(code, context) if "/" in found or code.get("id").isdecimal() else None


_NAMES: dict[Handler, str] = {
    abbreviation: "abbr acronym",
    link: "link url",
    picture: "image img picture",
    download: "download download_button button_download downloadbutton",
}
HANDLERS: dict[str, Handler] = {name: parts.only_marked(handler) for name, handler in parts.table(_NAMES).items()}
"""Shortcodes of themes that are nothing but their arguments, by name."""
