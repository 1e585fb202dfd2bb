"""Shortcodes of the classic editor for captions, audio and video.

[caption id="attachment_9" align="aligncenter" width="300"]<img …> The caption[/caption]      since WordPress 3.4
[caption id="attachment_9" align="alignright" width="300" caption="The caption"]<img …>[/caption]   before
[wp_caption …]…[/wp_caption]                                                                     an older name
[caption …]<a href="…"><img …></a><br /> The <em>caption</em>[/caption]       links around the picture, breaks behind it
[caption …]<img …><img …> Two[/caption]                                       several pictures
[caption … caption="Film"][video src="…"][/video][/caption]                   a shortcode in the picture's place
[audio src="…"]   [audio mp3="…" ogg="…" loop="on"][/audio]   [video mp4="…" webm="…" poster="…" width="640"]
[video src="…"]<track src="…">[/video]              subtitles
[audio]   [video]                                   the first such file attached to the post
[audio https://…]   [audio:https://…|titles=…]      plug-ins before WordPress 3.6
[video src="https://youtu.be/…"]                    a video of YouTube or Vimeo: an embed
[playlist ids="4,2"]   [playlist type="video"]      a list of players: a playlist without the old site's script

As `img_caption_shortcode` has it: shortcodes in the picture's place are expanded, those in the caption's words are not;
without words there is no caption, and without a picture the inside is shown as it is. Unlike it, words are kept where
`width` is missing or zero: WordPress drops them there. For players see `wp_audio_shortcode`, `wp_video_shortcode` and
`wp_playlist_shortcode`. An address in `src` whose ending is no audio or video is shown as a link, as they do.
"""

from __future__ import annotations

import re
from html import escape, unescape

from converters.html import tree
from converters.importers.shared import providers
from converters.importers.shared.elements import ALIGNMENTS
from converters.importers.shared.embeds import embed
from converters.importers.shared.players import kind_of_url, player
from converters.importers.wordpress.content import galleries, parts
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode

_PICTURES = re.compile(
    r"((?:\s*(?:<p(?:\s[^>]*)?>\s*)?(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?(?:\s*</p>)?)+)(.*)", re.S | re.I
)
_NEW_PARAGRAPH = re.compile(r"</p>\s*<p(?:\s[^>]{0,200})?>", re.I)
_PARAGRAPH_TAG = re.compile(r"</?p(?:\s[^>]{0,200})?>", re.I)
_BREAK = re.compile(r"\s*<br\s*/?>\s*", re.I)
_SOURCES = {
    "audio": ("src", "mp3", "ogg", "flac", "m4a", "wav", "wma"),
    "video": ("src", "mp4", "m4v", "webm", "ogv", "flv", "wmv", "mov"),
}
_COPY = re.compile(r"<noscript>\s*<img\s[^>]*>\s*</noscript>", re.I)
"""The copy of a picture for readers without scripts, beside a lazy one."""
_ADDRESS = ("http://", "https://", "/")
_OFF = frozenset({"", "0", "false", "no", "off"})
_DEFAULT_PRELOAD = {"audio": "none", "video": "metadata"}


def caption(code: Shortcode, context: Context) -> str:
    inside = code.inside or ""
    if "<noscript" in inside:
        inside = _COPY.sub("", inside)
    match = None if code.get("caption") else _PICTURES.match(inside)
    picture, text = (match[1], match[2]) if match else (inside, code.get("caption"))
    picture, text = _without_paragraphs(picture), _words(text)
    if not picture:
        return text
    if not text:
        return context.expand(inside)
    align = code.get("align")
    kind = f' class="{align}"' if align in ALIGNMENTS else ""
    return f"<figure{kind}>{context.expand(picture)}<figcaption>{text}</figcaption></figure>"


def _without_paragraphs(html: str) -> str:
    return _PARAGRAPH_TAG.sub("", html).strip()


def _words(html: str) -> str:
    """A caption's words on lines instead of paragraphs, which the editor's line ends had become."""
    text = _without_paragraphs(_NEW_PARAGRAPH.sub("<br />", html))
    while found := _BREAK.match(text):
        text = text[found.end() :]
    return text


def player_shortcode(code: Shortcode, context: Context) -> str:
    """The player of `[audio]` or `[video]`; nothing, and a notice, when there is no file for it."""
    kind = code.name
    if kind == "audio" and (old := _audio_player(code)):
        return old
    found = list(dict.fromkeys(code.get(name) for name in _SOURCES[kind] if code.get(name)))
    found += [value for value in code.positional if value.startswith(_ADDRESS)]
    if url := parts.linked_url(code):
        found = [url]
    inside = (code.inside or "").strip()
    if not found and inside.startswith(_ADDRESS) and not set(inside) & set("< \n"):
        found = [inside]
    if not found:
        return _attached(kind, context)
    if special := _elsewhere(code):
        return special
    return player(kind, found, _attributes(code), children=_children(inside))


def _attached(kind: str, context: Context) -> str:
    for asset in context.assets_of(context.post):
        if galleries.is_kind(asset, kind):
            return player(kind, [asset.url])
    context.log("media.missing", kind)
    return ""


def _elsewhere(code: Shortcode) -> str:
    """What `src` shows when it is no file: a player of YouTube or Vimeo, else a link."""
    url = unescape(code.get("src"))
    if not url or kind_of_url(url):
        return ""
    if providers.find(url).provider in ("youtube", "vimeo"):
        return embed(url)
    return f'<a href="{escape(url)}">{escape(url)}</a>'


def _attributes(code: Shortcode) -> dict[str, str]:
    found = {name: "" for name in ("loop", "autoplay", "muted") if code.get(name).lower() not in _OFF}
    preload = code.get("preload").lower()
    if preload in ("none", "metadata", "auto") and preload != _DEFAULT_PRELOAD[code.name]:
        found["preload"] = preload
    if code.name == "video":
        found |= {name: code.get(name) for name in ("poster", "width", "height") if code.get(name)}
    return found


def _children(inside: str) -> str:
    """Subtitles and further sources; words between them were for browsers without players."""
    if "<" not in inside:
        return ""
    root = tree.parse(inside)
    return "".join(tree.serialize(element) for element in root.iter("source", "track"))


def _audio_player(code: Shortcode) -> str:
    """`[audio:https://…a.mp3,https://…b.mp3|titles=A,B|artists=C]` of the plug-ins Audio Player and Jetpack."""
    text = code.source[len("[audio") :].partition("]")[0].strip()
    if not text.startswith((":", "http")) or not ("|" in text or text.startswith(":") or "," in text):
        return ""
    files, *options = text.lstrip(": ").split("|")
    named = dict(option.partition("=")[::2] for option in options)
    titles, artists = (named.get(name, "").split(",") for name in ("titles", "artists"))
    figures = []
    for index, address in enumerate(file.strip() for file in files.split(",")):
        words = [part[index].strip() for part in (titles, artists) if index < len(part) and part[index].strip()]
        if address:
            figures.append(player("audio", [address], caption=escape(unescape(" \u2013 ".join(words)), quote=False)))
    return "".join(figures)


def playlist(code: Shortcode, context: Context) -> str:
    """One player a track, named by its caption or its title, as the list of tracks names them."""
    kind = "video" if code.get("type").lower() == "video" else "audio"
    tracks = galleries.pick(code, context, kind, "media.missing")
    if not tracks and not (code.get("ids") or code.get("include")):
        context.log("media.missing", code.source[:80])
    return "".join(
        player(kind, [asset.url], caption=asset.caption.strip() or escape(asset.title, quote=False)) for asset in tracks
    )


HANDLERS: dict[str, Handler] = {
    "caption": caption,
    "wp_caption": caption,
    "audio": player_shortcode,
    "video": player_shortcode,
    "playlist": playlist,
}
