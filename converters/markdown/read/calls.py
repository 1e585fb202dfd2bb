"""Hugo's shortcodes in terms of the semantic HTML.

{{< figure src="a.jpg" caption="*b*" >}}    {{% details "More" %}} … {{% /details %}}    {{< youtube id >}}

Known are those Hugo brings (https://gohugo.io/shortcodes/), of its older versions too, and `gallery` and `embed` of the
sites we write. A handler gets the call, its content as text and as HTML, and the page; it returns HTML.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import NamedTuple, Protocol

from converters.html import tree
from converters.markdown.scan.shortcodes import Call
from converters.model.notices import Log

_CLASSES = frozenset("alignleft alignright aligncenter is-resized".split())


class PageNames(Protocol):
    """What a text refers to by name and the site knows."""

    def address(self, name: str) -> str | None:
        """Where the page is that `ref` and `relref` name."""

    def param(self, name: str) -> str | None:
        """A value of the page's front matter or of the site's."""


class Inside(NamedTuple):
    """What a call and its end enclose."""

    text: str
    """As it is written, calls inside already in HTML."""
    html: str
    """Read as Markdown."""


class Handling(NamedTuple):
    names: PageNames
    log: Log
    inline: Callable[[str], str]
    """A line of Markdown as HTML, for captions."""


Handler = Callable[[Call, Inside, Handling], str | None]
"""None: the call has no such form, and stays text."""


def figure(call: Call, inside: Inside, at: Handling) -> str | None:
    """`{{< figure src="a.jpg" caption="*b*" link="/c/" >}}`"""
    src = call.get("src", 0)
    if not src:
        return None
    caption, credit, title = call.get("caption"), call.get("attr"), call.get("title")
    texts = [at.inline(caption)] if caption else []
    if credit:
        by = at.inline(credit)
        texts.append(f'<a href="{escape(call.get("attrlink"))}">{by}</a>' if call.get("attrlink") else by)
    lines = [f"<strong>{escape(title)}</strong>"] if title else []
    below = " ".join([*lines, *texts])
    alt = call.get("alt") or (tree.plain_text(tree.parse(at.inline(caption))).strip() if caption else "")
    size = "".join(f' {key}="{escape(call.get(key))}"' for key in ("width", "height") if call.get(key).isdecimal())
    image = f'<img src="{escape(src)}" alt="{escape(alt)}"{size}>'
    if call.get("link"):
        image = f'<a href="{escape(call.get("link"))}">{image}</a>'
    kinds = " ".join(kind for kind in call.get("class").split() if kind in _CLASSES)
    marked = f' class="{kinds}"' if kinds else ""
    return f"<figure{marked}>{image}{f'<figcaption>{below}</figcaption>' if below else ''}</figure>"


def _caption(call: Call, at: Handling) -> str:
    return f"<figcaption>{at.inline(call.get('caption'))}</figcaption>" if call.get("caption") else ""


def _gallery(call: Call, inside: Inside, at: Handling) -> str:
    columns = call.get("columns") if call.get("columns").isdecimal() else "3"
    layout = f' data-type="{escape(call.get("layout"))}"' if call.get("layout") else ""
    shown = inside.text.strip() + _caption(call, at)
    return f'<figure class="gallery" data-columns="{columns}"{layout}>{shown}</figure>'


def _player(provider: str, url: str, id: str = "", *, inside: str = "", **more: str) -> str:
    """An embed; `more` are its further attributes. Without anything `inside` it holds its URL as a link."""
    link = "" if inside.startswith("<blockquote") else f'<a href="{escape(url)}">{escape(url)}</a>'
    keys = {"data-provider": provider, "data-url": url, "data-id": id, **{f"data-{key}": more[key] for key in more}}
    attributes = "".join(f' {key}="{escape(value)}"' for key, value in keys.items() if value)
    return f'<figure class="embed"{attributes}>{link}{inside}</figure>'


def _of_provider(provider: str, url: str, id_pattern: str) -> Handler:
    """The player of a provider, whose shortcode gets the id of what is shown."""

    def handler(call: Call, inside: Inside, at: Handling) -> str | None:
        id = call.get("id", 0)
        if not re.fullmatch(id_pattern, id):
            return None
        start = call.get("start") if call.get("start").isdecimal() else ""
        page = call.get("url") or url.format(id=id, user=call.get("user") or "i/web")
        page += f"/{call.get('hash')}" if re.fullmatch(r"[0-9a-f]+", call.get("hash")) else ""
        return _player(provider, page, id, start=start)

    return handler


def _youtube(call: Call, inside: Inside, at: Handling) -> str | None:
    """A video, of a playlist or not, or a whole playlist."""
    id, playlist = call.get("id", 0), call.get("list")
    if not re.fullmatch(r"[\w-]{3,40}" if id or not playlist else "", id) or not re.fullmatch(r"[\w-]*", playlist):
        return None
    page = f"https://www.youtube.com/watch?v={id}" if id else f"https://www.youtube.com/playlist?list={playlist}"
    page += f"&list={playlist}" if id and playlist else ""
    start = call.get("start") if call.get("start").isdecimal() else ""
    return _player("youtube", call.get("url") or page, id, start=start, list=playlist)


def _gist(call: Call, inside: Inside, at: Handling) -> str | None:
    user, id = call.get("user", 0), call.get("id", 1)
    if not re.fullmatch(r"[\w-]+", user) or not re.fullmatch(r"[0-9a-f]+", id):
        return None
    return _player("gist", f"https://gist.github.com/{user}/{id}", f"{user}/{id}", file=call.get("file", 2))


def _embed(call: Call, inside: Inside, at: Handling) -> str | None:
    url = call.get("url")
    if not url:
        return None
    below = _caption(call, at)
    if inside.text.strip():
        below = f"<blockquote>{inside.text.strip()}</blockquote>{below}"
    return _player(call.get("provider"), url, call.get("id"), inside=below, file=call.get("file"))


def _highlight(call: Call, inside: Inside, at: Handling) -> str:
    language = re.sub(r"[^\w+#.-]", "", call.get("lang", 0) or call.get("type"))
    marked = f' class="language-{language}"' if language else ""
    code = inside.text.removeprefix("\r").removeprefix("\n").rstrip()
    if call.get("inline") == "true":
        return f"<code{marked}>{escape(code, quote=False)}</code>"
    return f"<pre><code{marked}>{escape(code, quote=False)}\n</code></pre>"


def _details(call: Call, inside: Inside, at: Handling) -> str:
    summary = at.inline(call.get("summary", 0) or "Details")
    opened = " open" if call.get("open") == "true" else ""
    return f"<details{opened}><summary>{summary}</summary>{inside.html}</details>"


def _reference(call: Call, inside: Inside, at: Handling) -> str | None:
    name = call.get("path", 0)
    path, mark, fragment = name.partition("#")
    if not path:
        return escape(name) if mark else None
    found = at.names.address(path)
    if found is None:
        at.log("reference.missing", name)
        return escape(name)
    return escape(found + mark + fragment)


def _param(call: Call, inside: Inside, at: Handling) -> str | None:
    found = at.names.param(call.get("name", 0))
    return None if found is None else escape(found, quote=False)


def _qr(call: Call, inside: Inside, at: Handling) -> str | None:
    """An image of a text, which only Hugo draws: the text itself."""
    text = call.get("text") or inside.text.strip()
    at.log("shortcode.unwrapped", "qr")
    return f"<p>{escape(text, quote=False)}</p>" if text else None


HANDLERS: dict[str, Handler] = {
    "comment": lambda call, inside, at: "",
    "details": _details,
    "embed": _embed,
    "figure": figure,
    "gallery": _gallery,
    "gist": _gist,
    "highlight": _highlight,
    "param": _param,
    "qr": _qr,
    **dict.fromkeys(
        ("instagram", "instagram_simple"),
        _of_provider("instagram", "https://www.instagram.com/p/{id}/", r"[\w-]{5,40}"),
    ),
    **dict.fromkeys(("ref", "relref"), _reference),
    **dict.fromkeys(
        ("tweet", "twitter", "twitter_simple", "x", "x_simple"),
        _of_provider("x", "https://x.com/{user}/status/{id}", r"\d+"),
    ),
    **dict.fromkeys(("vimeo", "vimeo_simple"), _of_provider("vimeo", "https://vimeo.com/{id}", r"[\w-]{3,40}")),
    "youtube": _youtube,
}
RAW_INSIDE = frozenset({"highlight", "comment"})
"""Between whose calls no call is looked for."""
