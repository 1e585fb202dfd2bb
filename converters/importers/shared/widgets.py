"""Boxes and scripts that a provider's script turned into a player, a chart, a form, some code: embeds.

<script src="https://gist.github.com/ada/0a1b.js">      <script src="https://asciinema.org/a/14.js" id="asciicast-14">
<script class="speakerdeck-embed" data-id="…" src="//speakerdeck.com/assets/embed.js">
<p class="codepen" data-slug-hash="…" data-user="…">    <div class="infogram-embed" data-id="…">
<div class="flourish-embed" data-src="visualisation/1"> <div id="datawrapper-vis-…"><script src="…/embed.js">
<lite-youtube videoid="…">   <amp-twitter data-tweetid="…">   <div data-tf-widget="…">   <code data-gist-id="…">
<div class="sqs-video-wrapper" data-html="&lt;iframe src=…">    <iframe src="https://cdn.embedly.com/…?url=https://…">

Each table has one row a form: how it is known, the attribute with the id, the page that a reader can open, and the
frame that shows the thing, where the provider has one. The forms are those of the providers' own documentation. A
script itself never goes along.
"""

from __future__ import annotations

import re
from typing import NamedTuple, cast
from urllib.parse import parse_qs, urlsplit

from lxml import etree

from converters.html import tree
from converters.importers.shared import providers
from converters.importers.shared.cards import card, with_scheme
from converters.importers.shared.elements import all_classes, attribute, classes, with_paragraph
from converters.importers.shared.embeds import embed_element


class Form(NamedTuple):
    """How the address of a thing is made of its id: `{}` stands for it."""

    id: str
    """The attribute that holds it."""
    page: str
    frame: str = ""


_TWEET = "https://twitter.com/i/web/status/{}"
_YOUTUBE = Form("data-id", "https://www.youtube.com/embed/{}", "https://www.youtube.com/embed/{}")
_BOXES: dict[str, Form] = {
    "infogram-embed": Form("data-id", "https://infogram.com/{}", "https://e.infogram.com/{}"),
    "flourish-embed": Form("data-src", "https://public.flourish.studio/{}/", "https://flo.uri.sh/{}/embed"),
    "typeform-widget": Form("data-url", "{}", "{}"),
    "tenor-gif-embed": Form("data-postid", "https://tenor.com/view/{}", "https://tenor.com/embed/{}"),
    "vidyard-player-embed": Form("data-uuid", "https://play.vidyard.com/{}"),
    "strava-embed-placeholder": Form("data-embed-id", "https://www.strava.com/activities/{}"),
    "rll-youtube-player": _YOUTUBE,
    "youtube-player": _YOUTUBE,
    "epyt-facade": Form("data-facadesrc", "{}", "{}"),
    "embedly-card": Form("href", "{}"),
    "iframely-embed": Form("data-iframely-url", "{}"),
    "wp-embed-lite": Form("data-url", "{}"),
}
"""By class."""
_ATTRIBUTES: dict[str, Form] = {
    "data-tf-widget": Form("data-tf-widget", "https://form.typeform.com/to/{}", "https://form.typeform.com/to/{}"),
    "data-tf-live": Form("data-tf-live", "https://form.typeform.com/to/{}", "https://form.typeform.com/to/{}"),
    "data-oembed-url": Form("data-oembed-url", "{}"),
    "data-gist-id": Form("data-gist-id", "https://gist.github.com/{}"),
    "data-vimeo-id": Form("data-vimeo-id", "https://vimeo.com/{}", "https://player.vimeo.com/video/{}"),
    "data-youtube-id": Form("data-youtube-id", _YOUTUBE.page, _YOUTUBE.frame),
}
"""By the attribute itself, on an element without words."""
_ELEMENTS: dict[str, Form] = {
    "twitter-widget": Form("data-tweet-id", _TWEET),
    "amp-twitter": Form("data-tweetid", _TWEET),
    "amp-instagram": Form("data-shortcode", "https://www.instagram.com/p/{}/"),
    "amp-facebook": Form("data-href", "{}"),
    "amp-gist": Form("data-gistid", "https://gist.github.com/{}"),
    "amp-tiktok": Form("data-src", "https://www.tiktok.com/@/video/{}"),
    "amp-reddit": Form("data-src", "{}"),
    "amp-pinterest": Form("data-url", "{}"),
    "amp-imgur": Form("data-imgur-id", "https://imgur.com/{}"),
    "amp-dailymotion": Form("data-videoid", "https://www.dailymotion.com/video/{}"),
    "amp-soundcloud": Form("data-trackid", "https://api.soundcloud.com/tracks/{}",
                           "https://w.soundcloud.com/player/?url=https://api.soundcloud.com/tracks/{}"),
    "amp-iframe": Form("src", "{}", "{}"),
    "amp-wistia-player": Form("data-media-hashed-id", "https://fast.wistia.net/embed/iframe/{}",
                              "https://fast.wistia.net/embed/iframe/{}"),
    "youtube-video": Form("src", "{}", "{}"),
    "vimeo-video": Form("src", "{}", "{}"),
    "spotify-audio": Form("src", "{}"),
    "lite-tiktok": Form("videoid", "https://www.tiktok.com/@/video/{}"),
    "mux-player": Form("playback-id", "https://player.mux.com/{}", "https://player.mux.com/{}"),
    "oembed": Form("url", "{}"),
}  # fmt: skip
"""By name. `lite-youtube` and its kin are in `lazy`."""
_SCRIPTS: tuple[tuple[re.Pattern[str], str, str], ...] = tuple(
    (re.compile(address), page, frame)
    for address, page, frame in (
        (r"https?://asciinema\.org/a/(\w+)\.js", "https://asciinema.org/a/{}", "https://asciinema.org/a/{}/iframe"),
        (r"https?://jsfiddle\.net/([\w-]+(?:/[\w-]+)*?)(?:/\d+)?/embed(?:/.*)?", "https://jsfiddle.net/{}/",
         "https://jsfiddle.net/{}/embedded/"),
        (r"https?://datawrapper\.dwcdn\.net/(\w+)(?:/\d+)?/embed\.js.*", "https://datawrapper.dwcdn.net/{}/",
         "https://datawrapper.dwcdn.net/{}/"),
        (r"https?://www\.buzzsprout\.com/(\d+/(?:episodes/)?[\w-]+)\.js.*", "https://www.buzzsprout.com/{}", ""),
        (r"https?://(?:secure|static)\.polldaddy\.com/p/(\d+)\.js", "https://poll.fm/{}", ""),
        (r"https?://cdn\.jwplayer\.com/players/(\w+-\w+)\.js", "https://cdn.jwplayer.com/players/{}.html",
         "https://cdn.jwplayer.com/players/{}.html"),
        (r"https?://(?:www\.)?scribd\.com/embeds/(\d+)/.*", "https://www.scribd.com/document/{}", ""),
    )
)  # fmt: skip
_ID = re.compile(r"[\w./@:?=&%+-]{1,200}")
_WISTIA = re.compile(r"wistia_async_(\w{6,16})")
_VIS = re.compile(r"datawrapper-vis-(\w{4,8})")
_DOCUMENT = re.compile(r"""["'](https?://(?:www|embed)\.documentcloud\.org/documents/[\w.-]+)["']""")
_HTML = ("data-html", "data-embed-html", "data-embed-code", "data-iframe-html")
_LONGEST = 20_000
"""Characters of HTML in an attribute that are read."""
_MANY = 500
"""Such attributes of a text."""
_WRAPPERS = ("cdn.embedly.com", "cdn.iframe.ly", "embedly.com", "iframe.ly")
"""Services that put a frame of their own around a player, whose address they name."""
_HINTS = (
    "embed", "codepen", "typeform-widget", "youtube-player", "epyt-facade", "twitter-", "instagram-media", "fb-",
    "reddit-card", "text-post-media", "tumblr-post", "wistia_async",
)  # fmt: skip
"""What the classes of all boxes and cards hold."""
_marked = etree.XPath(
    "descendant::*["
    + " or ".join(f"contains(@class, '{hint}')" for hint in _HINTS)
    + " or starts-with(@id, 'datawrapper-vis-') or "
    + " or ".join(f"@{name}" for name in _ATTRIBUTES)
    + "]"
)
_without_class = etree.XPath(
    "descendant::*[starts-with(@id, 'datawrapper-vis-') or " + " or ".join(f"@{name}" for name in _ATTRIBUTES) + "]"
)
_written = etree.XPath("descendant::*[" + " or ".join(f"@{name}" for name in _HTML) + "]")
_PLACES = frozenset("div p blockquote figure a code span section pre".split())


def draw(root: etree._Element) -> None:
    """Change the tree in place: every thing that a script of a known provider drew becomes an embed."""
    _from_attributes(root)
    named = all_classes(root)
    marked = _marked if any(hint in named for hint in _HINTS) else _without_class
    for element in cast(list[etree._Element], marked(root)):
        if element.tag in _PLACES and element.getparent() is not None:
            _marked_one(element)
    for element in list(root.iter(*_ELEMENTS)):
        form = _ELEMENTS[str(element.tag)]
        _put(element, form, attribute(element, form.id))
    for script in list(root.iter("script")):
        _script(script)
    for frame in root.iter("iframe"):
        _unwrapped(frame)


def _marked_one(element: etree._Element) -> None:
    kinds = classes(element)
    if "codepen" in kinds and element.get("data-slug-hash"):
        user, hash = attribute(element, "data-user") or "anon", attribute(element, "data-slug-hash")
        if _ID.fullmatch(f"{user}{hash}"):
            frame = f"https://codepen.io/{user}/embed/{hash}"
            _place(element, f"https://codepen.io/{user}/pen/{hash}", frame)
        return
    for kind in kinds:
        if kind in _BOXES:
            _put(element, _BOXES[kind], attribute(element, _BOXES[kind].id))
            return
    if found := _WISTIA.search(attribute(element, "class")):
        url = f"https://fast.wistia.net/embed/iframe/{found[1]}"
        _place(element, url, url)
        return
    if found := _VIS.fullmatch(attribute(element, "id")):
        url = f"https://datawrapper.dwcdn.net/{found[1]}/"
        _place(element, url, url)
        return
    if card(element):
        return
    for name, form in _ATTRIBUTES.items():
        if element.get(name) and (element.tag == "code" or not tree.plain_text(element).strip()):
            _put(element, form, attribute(element, name))
            return


def _put(element: etree._Element, form: Form, id: str) -> None:
    """An embed in the place of the element, which has no player of its own yet."""
    id = id.strip()
    whole = form.page == "{}"
    if not id or not (with_scheme(id) if whole else _ID.fullmatch(id)):
        return
    if next(element.iter("iframe", "video", "audio"), None) is not None:
        return
    id = with_scheme(id) if whole else id.strip("/")
    frame = form.frame.replace("{}", id)
    if whole and frame and "youtu" in id and (found := providers.find(id)).provider == "youtube" and found.id:
        frame = f"https://www.youtube.com/embed/{found.id}"
    _place(element, form.page.replace("{}", id), frame)


def _place(element: etree._Element, page: str, frame: str = "") -> None:
    shown = None
    if frame:
        shown = etree.Element("iframe", src=frame)
        for name in ("width", "height"):
            if attribute(element, name).isdecimal():
                shown.set(name, attribute(element, name))
        title = attribute(element, "title") or attribute(element, "data-title") or attribute(element, "data-pen-title")
        if title:
            shown.set("title", title)
    place = with_paragraph(element)
    parent = place.getparent()
    if parent is not None and parent.tag == "figure" and element.tag == "oembed":
        parent.attrib.clear()
        made = embed_element(page, frame=shown)
        parent.attrib.update(dict(made.items()))
        tree.replace(place, *made)
        return
    tree.replace(place, embed_element(page, frame=shown))


def _script(script: etree._Element) -> None:
    url = with_scheme(script.get("src"))
    for known in _KNOWN_SCRIPTS:
        found = known(script, url)
        if found is not None:
            _place(script, *found)
            return


_Shown = tuple[str, str] | None
"""The page and the frame of what a script draws; None for another script."""


def _by_address(script: etree._Element, url: str) -> _Shown:
    for pattern, page, frame in _SCRIPTS if url else ():
        if found := pattern.fullmatch(url):
            return page.format(found[1]), frame.format(found[1])
    return None


def _gist(script: etree._Element, url: str) -> _Shown:
    return (url, "") if "gist.github.com/" in url and providers.find(url).provider == "gist" else None


def _speakerdeck(script: etree._Element, url: str) -> _Shown:
    id = attribute(script, "data-id")
    if "speakerdeck-embed" not in classes(script) or not _ID.fullmatch(id):
        return None
    return (f"https://speakerdeck.com/player/{id}",) * 2


def _infogram(script: etree._Element, url: str) -> _Shown:
    before, _, id = attribute(script, "id").partition("infogram_0_")
    if before or not _ID.fullmatch(id) or "infogr" not in url:
        return None
    return f"https://infogram.com/{id}", f"https://e.infogram.com/{id}"


def _emgithub(script: etree._Element, url: str) -> _Shown:
    """Code of GitHub, by https://github.com/yusanshi/emgithub."""
    if "emgithub.com/" not in url:
        return None
    target = with_scheme(next(iter(parse_qs(urlsplit(url).query).get("target", [])), ""))
    return (target, "") if target else None


def _documentcloud(script: etree._Element, url: str) -> _Shown:
    text = script.text or ""
    if url or "documentcloud.org/documents/" not in text or (found := _DOCUMENT.search(text)) is None:
        return None
    return (found[1].removesuffix(".js").removesuffix(".html"),) * 2


_KNOWN_SCRIPTS = (_by_address, _gist, _speakerdeck, _infogram, _emgithub, _documentcloud)


def _from_attributes(root: etree._Element) -> None:
    """Frames whose HTML is in an attribute, until a script writes it."""
    number = 0
    for element in cast(list[etree._Element], _written(root)):
        written = next((attribute(element, name) for name in _HTML if "<iframe" in attribute(element, name)), "")
        if not written or len(written) > _LONGEST or number >= _MANY:
            continue
        number += 1
        frames = [frame for frame in tree.parse(written).iter("iframe") if with_scheme(frame.get("src"))]
        if frames and next(element.iter("iframe"), None) is None:
            for name in _HTML:
                element.attrib.pop(name, "")
            frames[0].tail = None
            element.append(frames[0])


def _unwrapped(frame: etree._Element) -> None:
    """The player in the frame of a service that only passes it on."""
    url = with_scheme(frame.get("src"))
    if not any(host in url for host in _WRAPPERS):
        return
    parts = urlsplit(url)
    if parts.hostname not in _WRAPPERS:
        return
    query = parse_qs(parts.query)
    for name in ("src", "url"):
        inner = with_scheme(next(iter(query.get(name, [])), ""))
        if inner and providers.find(inner).provider:
            frame.set("src", inner)
            return
