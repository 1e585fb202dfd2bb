"""Players of podcasts: the episode of the post, which its plug-in shows though no text of the post says so.

[powerpress]   [powerpress url="https://…/1.mp3"]   [podcast_episode episode="12"]   [ss_player]
[podlove-episode-web-player]   <!-- wp:create-block/castos-player /-->

PowerPress shows a player below the text unless the episode says `no_player`, or the text has the shortcode; Seriously
Simple Podcasting shows one above it. WordPress itself makes the field `enclosure` of each link to a file in a text
(`do_enclose`): what the text links to needs no player.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from lxml import etree

from converters.importers.shared.players import kind_of_url, player
from converters.importers.wordpress import php
from converters.importers.wordpress.content import parts, plugins
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Handler, Shortcode
from converters.importers.wordpress.enclosures import read_enclosures
from converters.importers.wordpress.rawitem import RawItem
from converters.model import Enclosure
from converters.urls import decoded

_NAMES = """powerpress podcast_episode ss_player podlove-web-player podlove-episode-web-player podlove-player
    podcast_player"""
_FILES = "url src mp3 audio file"
_KINDS = ("podcast", "post", "episode", "episodes", "page")
_PLAYING = ("audio", "video", "source", "iframe", "embed")


def of_item(item: RawItem) -> Iterator[str]:
    """A player for each episode of an item."""
    for enclosure in read_enclosures(item.meta):
        if html := _player(enclosure):
            yield html


def _player(enclosure: Enclosure) -> str:
    kind = enclosure.type.partition("/")[0] or kind_of_url(enclosure.url) or "audio"
    if kind in ("audio", "video"):
        return player(kind, [enclosure.url])
    return f'<p><a href="{escape(enclosure.url)}">{escape(_file(enclosure.url))}</a></p>'


def _file(url: str) -> str:
    return decoded(url.partition("?")[0].rstrip("/").rpartition("/")[2])


def _episode(code: Shortcode, context: Context) -> str | None:
    """The file that the shortcode names, else the episode that it names, else that of the post."""
    url = parts.first(code, _FILES)
    if url.startswith(("http://", "https://", "/")):
        return player(kind_of_url(url) or "audio", [url])
    if context.companions is not None:
        id = parts.first(code, "episode id post_id")
        known = (context.companions.item(id, kind) for kind in _KINDS) if id.isdecimal() else iter(())
        item = next((one for one in known if one is not None), None) if id.isdecimal() else context.companions.own
        html = "".join(of_item(item)) if item is not None else ""
        if html:
            return html
    plugins.left_out(code, context)
    return None


HANDLERS: dict[str, Handler] = dict.fromkeys(_NAMES.split(), _episode)
"""Shortcodes that show the episode of a post, by name."""


def around(item: RawItem, root: etree._Element) -> tuple[str, str]:
    """HTML to stand before and behind the text: players that are not in it."""
    before: list[str] = []
    after: list[str] = []
    playing = set(_files_in(root, *_PLAYING))
    linked = playing | set(_files_in(root, "a"))
    of_powerpress = dict(_of_powerpress(item))
    for enclosure in read_enclosures(item.meta):
        file = _file(enclosure.url)
        simple = item.first_meta("audio_file").strip() == enclosure.url
        said = simple or of_powerpress.get(enclosure.url, False)
        if file in (playing if said else linked) or said is None:
            continue
        (before if simple else after).append(_player(enclosure))
    return "".join(before), "".join(after)


def _of_powerpress(item: RawItem) -> Iterator[tuple[str, bool | None]]:
    """(URL, did the plug-in write it?) of the enclosures; None where it says that there is no player."""
    for key, value in item.meta:
        lines = value.strip().splitlines() if key.endswith("enclosure") else []
        if lines:
            data = "\n".join(lines[3:]).strip()
            said = php.read(data) if php.looks_serialized(data) else None
            written = key != "enclosure" or isinstance(said, dict)
            yield lines[0].strip(), None if isinstance(said, dict) and said.get("no_player") else written


def _files_in(root: etree._Element, *tags: str) -> Iterator[str]:
    for element in root.iter(*tags, "figure"):
        for name in ("src", "href", "data-url"):
            if address := element.get(name):
                yield _file(str(address))
