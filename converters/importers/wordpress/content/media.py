"""Players of the classic editor.

[audio src="…"]   [audio mp3="…" ogg="…"][/audio]   [audio https://…]   [video mp4="…" poster="…" width="640"]
[playlist ids="4,2"]   [playlist type="video"]
"""

from __future__ import annotations

from html import escape

from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_SOURCES = {
    "audio": ("src", "mp3", "ogg", "flac", "m4a", "wav", "wma"),
    "video": ("src", "mp4", "m4v", "webm", "ogv", "flv", "wmv", "mov"),
}


def player(code: Shortcode, context: Context) -> str | None:
    found = [code.get(name) for name in _SOURCES[code.name] if code.get(name)]
    found += [value for value in code.positional if value.startswith(("http://", "https://", "/"))]
    if not found and (code.inside or "").strip().startswith(("http://", "https://")):
        found = [(code.inside or "").strip()]
    if not found:
        return None
    kept = ("poster", "width", "height") if code.name == "video" else ()
    attributes = "".join(f' {name}="{escape(code.get(name))}"' for name in kept if code.get(name))
    return f'<figure><{code.name} controls src="{escape(found[0])}"{attributes}></{code.name}></figure>'


def playlist(code: Shortcode, context: Context) -> str:
    """A list of players, since there is no playlist without the old site's script."""
    kind = "video" if code.get("type") == "video" else "audio"
    figures = []
    for id in code.get("ids").split(","):
        asset = context.lookup.asset(id.strip()) if id.strip() else None
        if asset is not None:
            title = f"<figcaption>{escape(asset.title)}</figcaption>" if asset.title else ""
            figures.append(f'<figure><{kind} controls src="{escape(asset.url)}"></{kind}>{title}</figure>')
        elif id.strip():
            context.log("gallery.missing", id.strip())
    return "".join(figures)


HANDLERS: dict[str, Handler] = {"audio": player, "video": player, "playlist": playlist}
