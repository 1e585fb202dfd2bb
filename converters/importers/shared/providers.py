"""Who shows what at an address: the providers that WordPress turns addresses into players and cards for.

One table: provider, its hosts, what the path (with the query) looks like, and the page a reader can open, where the
address is a player's own (`youtube.com/embed/…`). The list follows the providers in the documentation of WordPress 6.x
(https://wordpress.org/documentation/article/embeds/), the ones it knew before, and those whose players people paste.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, urlsplit

_TABLE: tuple[tuple[str, str, str, str], ...] = (
    ("vimeo", "player.vimeo.com", r"/video/(\d+)\?(?:[^#]*&)?h=([0-9a-f]{6,20})(?=&|$)", "https://vimeo.com/{}/{}"),
    ("vimeo", "player.vimeo.com", r"/video/(\d+)", "https://vimeo.com/{}"),
    ("vimeo", "vimeo.com", r"/moogaloop\.swf\?(?:[^#]*&)?clip_id=(\d+)", "https://vimeo.com/{}"),
    ("vimeo", "vimeo.com", r"/(?:video/|channels/[^/]+/|groups/[^/]+/videos/|album/\d+/video/|showcase/\d+/video/)?(\d+)", ""),
    ("x", "twitter.com x.com", r"/(?:i/web|#!/\w+|\w+)/status(?:es)?/(\d+)", ""),
    ("x", "platform.twitter.com", r"/embed/.*[?&]id=(\d+)", "https://twitter.com/i/web/status/{}"),
    ("x", "twitter.com x.com", r"/(\w+/(?:likes|lists|timelines|moments)[^?#]*|i/moments/\d+|\w+/?)$", ""),
    ("instagram", "instagram.com instagr.am", r"/(?:[\w.]+/)?(?:p|reel|tv)/([\w-]+)(?:/embed\S*)?", "https://www.instagram.com/p/{}/"),
    ("tiktok", "tiktok.com", r"/embed(?:/v\d+)?/(\d+)", "https://www.tiktok.com/@/video/{}"),
    ("tiktok", "tiktok.com", r"/@[^/]+/video/(\d+)", ""),
    ("tiktok", "tiktok.com vm.tiktok.com", r"/(@[^/?#]+|t/\w+|\w{6,})/?$", ""),
    ("dailymotion", "dailymotion.com geo.dailymotion.com", r"/(?:embed/video|video|swf/video|swf|player\.html\?video=)/?(\w+)", "https://www.dailymotion.com/video/{}"),
    ("dailymotion", "dai.ly", r"/(\w+)", "https://www.dailymotion.com/video/{}"),
    ("spotify", "open.spotify.com play.spotify.com embed.spotify.com", r"/embed(?:-podcast)?/(\w+/\w+)", "https://open.spotify.com/{}"),
    ("spotify", "open.spotify.com play.spotify.com", r"/(?:intl-\w+/)?((?:user/[^/?#]+/)?\w+/\w+)", ""),
    ("soundcloud", "soundcloud.com m.soundcloud.com on.soundcloud.com", r"/([^?#\s]+)", ""),
    ("flickr", "flickr.com", r"/(?:photos|groups)/([^?#\s]+)", ""),
    ("flickr", "flic.kr", r"/([^?#\s]+)", ""),
    ("ted", "embed.ted.com embed-ssl.ted.com", r"/talks/(?:lang/[\w-]+/)?([\w-]+)(?:\.html)?", "https://www.ted.com/talks/{}"),
    ("ted", "ted.com", r"/(?:talks|playlists)/(?:lang/[\w-]+/)?([\w/-]+)", ""),
    ("reddit", "redditmedia.com embed.reddit.com", r"/(r/\w+/comments/\w+[^?#\s]*)", "https://www.reddit.com/{}"),
    ("reddit", "reddit.com old.reddit.com", r"/(?:r|user)/([\w-]+/(?:comments|s)/\w+)", ""),
    ("wordpress-tv", "wordpress.tv", r"/(\S+)", ""),
    ("videopress", "videopress.com video.wordpress.com", r"/(?:v|embed)/(\w+)", "https://videopress.com/v/{}"),
    ("videopress", "v.wordpress.com", r"/(\w{6,})", "https://videopress.com/v/{}"),
    ("mixcloud", "mixcloud.com", r"/(?!widget/)([^?#\s]+)", ""),
    ("slideshare", "slideshare.net", r"/slideshow/embed_code/(?:key/)?(\w+)", ""),
    ("slideshare", "slideshare.net", r"/([^?#\s]+/[^?#\s]+)", ""),
    ("scribd", "scribd.com", r"/(?:embeds|doc|document|book|presentation)/(\d+)", "https://www.scribd.com/document/{}"),
    ("tumblr", "tumblr.com", r"/(?:[\w-]+/)?(?:post/)?(\d{6,})", ""),
    ("imgur", "imgur.com", r"/((?:a|gallery|t/\w+)/\w+|\w{5,})", ""),
    ("kickstarter", "kickstarter.com", r"/projects/([^/?#]+/[^/?#]+)(?:/widget/\w+\.html)?", "https://www.kickstarter.com/projects/{}"),
    ("kickstarter", "kck.st", r"/(\w+)", ""),
    ("gist", "gist.github.com", r"/((?:[\w-]+/)?[0-9a-f]{5,})(?:\.js\S*|\.pibb)?", "https://gist.github.com/{}"),
    ("facebook", "facebook.com", r"/plugins/(?:post|video)\.php", ""),
    ("facebook", "facebook.com", r"/((?:[^/?#]+/(?:posts|videos|activity|photos)|notes|media|watch|story\.php|permalink\.php|photo\.php|video\.php|photos|questions|reel|groups/[^/]+/(?:posts|permalink))\S*)", ""),
    ("facebook", "fb.watch", r"/(\S+)", ""),
    ("threads", "threads.net threads.com", r"/@[\w.]+/post/([\w-]+)", ""),
    ("bluesky", "bsky.app", r"/profile/([^/]+/post/\w+)", ""),
    ("bluesky", "embed.bsky.app", r"/embed/([^/]+)/app\.bsky\.feed\.post/(\w+)", "https://bsky.app/profile/{}/post/{}"),
    ("linkedin", "linkedin.com", r"/embed/feed/update/([\w:]+)", "https://www.linkedin.com/feed/update/{}"),
    ("pinterest", "pinterest.com assets.pinterest.com", r"/(?:pin/|ext/embed\.html\?id=)([\w-]+)", "https://www.pinterest.com/pin/{}/"),
    ("pinterest", "pinterest.com", r"/([\w-]+/[\w-]+)/?$", ""),
    ("codepen", "codepen.io", r"/([\w-]+)/(?:embed|pen|full|details|preview)(?:/preview)?/(\w+)", "https://codepen.io/{}/pen/{}"),
    ("bandcamp", "bandcamp.com", r"/(EmbeddedPlayer\S*|(?:track|album)/[\w-]+)", ""),
    ("apple-podcasts", "podcasts.apple.com embed.podcasts.apple.com", r"/(\S+)", "https://podcasts.apple.com/{}"),
    ("apple-music", "embed.music.apple.com", r"/(\S+)", "https://music.apple.com/{}"),
    ("pocketcasts", "pca.st pocketcasts.com", r"/(?:embed/|podcast/)?([\w-]+)", ""),
    ("animoto", "animoto.com video214.com", r"/play/(\w+)", ""),
    ("cloudup", "cloudup.com", r"/(\w+)", ""),
    ("crowdsignal", "polldaddy.com crowdsignal.com", r"/(?:poll|s)/([\w-]+)", ""),
    ("crowdsignal", "poll.fm survey.fm", r"/([\w-]+)", ""),
    ("crowdsignal", "static.polldaddy.com secure.polldaddy.com", r"/p/(\d+)\.js", "https://poll.fm/{}"),
    ("issuu", "issuu.com", r"/([^/?#]+/docs/[^?#\s]+)", ""),
    ("meetup", "meetup.com meetu.ps", r"/(\S+)", ""),
    ("reverbnation", "reverbnation.com", r"/(\S+)", ""),
    ("screencast", "screencast.com", r"/(?:t|users)/(\S+)", ""),
    ("smugmug", "smugmug.com", r"/(\S+)", ""),
    ("speakerdeck", "speakerdeck.com", r"/(?:player/(?=\w))?([^?#\s]+)", ""),
    ("someecards", "someecards.com some.ly", r"/(\S+)", ""),
    ("wolfram", "wolframcloud.com", r"/obj/(\S+)", ""),
    ("canva", "canva.com", r"/design/([\w-]+(?:/[\w-]+)?)/(?:view|watch)", ""),
    ("anghami", "play.anghami.com", r"/(\w+/\w+)", ""),
    ("amazon", "read.amazon.com read.amazon.co.uk read.amazon.com.au read.amazon.in", r"/kp/embed\?(?:[^#]*&)?asin=(\w+)", ""),
    ("amazon", "amazon.com amazon.ca amazon.com.mx amazon.com.br amazon.co.uk amazon.de amazon.fr amazon.it amazon.es amazon.in amazon.nl amazon.ru amazon.co.jp amazon.com.au amazon.cn a.co amzn.to amzn.eu amzn.in amzn.asia z.cn", r"/(\S+)", ""),
    ("twitch", "player.twitch.tv", r"/\?(?:[^#]*&)?video=v?(\d+)", "https://www.twitch.tv/videos/{}"),
    ("twitch", "player.twitch.tv", r"/\?(?:[^#]*&)?channel=(\w+)", "https://www.twitch.tv/{}"),
    ("twitch", "clips.twitch.tv", r"/(?:embed\?(?:[^#]*&)?clip=)?([\w-]+)", "https://clips.twitch.tv/{}"),
    ("loom", "loom.com", r"/(?:embed|share)/(\w+)", "https://www.loom.com/share/{}"),
    ("wistia", "fast.wistia.net fast.wistia.com", r"/embed/(?:iframe|medias)/(\w+)", ""),
    ("streamable", "streamable.com", r"/(?:[eos]/)?(\w+)", "https://streamable.com/{}"),
    ("archive", "archive.org", r"/embed/([\w.-]+)", "https://archive.org/details/{}"),
    ("viddler", "viddler.com", r"/(?:embed|v|player|simple)/(\w+)", "https://www.viddler.com/v/{}"),
    ("hulu", "hulu.com", r"/(?:embed(?:\.html\?eid=|/)|watch/)([\w-]+)", ""),
    ("vine", "vine.co", r"/v/(\w+)", "https://vine.co/v/{}"),
    ("blip", "blip.tv", r"/(?:play/)?([\w./+-]+)", ""),
    ("funnyordie", "funnyordie.com", r"/(?:embed|videos)/(\w+)", ""),
    ("collegehumor", "collegehumor.com", r"/(?:e|video)/(\d+)", ""),
    ("revision3", "revision3.com", r"/(\S+)", ""),
    ("photobucket", "photobucket.com", r"/(?:albums|groups)/(\S+)", ""),
    ("rdio", "rdio.com rd.io", r"/(\S+)", ""),
    ("googlevideo", "video.google.com", r"/(?:googleplayer\.swf|videoplay)\?(?:[^#]*&)?docid=(-?\d+)", ""),
)  # fmt: skip

_SUBDOMAINS = ("www.", "m.", "mobile.", "web.", "music.")
_YOUTUBE_HOSTS = frozenset({"youtube.com", "youtube-nocookie.com", "youtu.be"})
_YOUTUBE_ID = re.compile(r"/(?:(?:embed|v|e|shorts|live)/|(?=[\w-]{11}$))([\w-]{6,})")
_PLAYER = re.compile(r"embed|player|widget|\.swf|\.js\b|moogaloop|/[ve]/")
"""In an address of a player. Any other address is the page itself, and stays as the author wrote it."""
_NO_NAME = re.compile(r"[^a-z0-9_]+")
_CLOCK = re.compile(r"(?:(\d{1,3})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?")


class ProviderMatch(NamedTuple):
    """What an address shows: the provider, the id it goes by there, the page, and where the player starts."""

    provider: str = ""
    id: str = ""
    page: str = ""
    """The address a reader can open; empty for the address itself."""
    start: int = 0
    """Seconds."""
    playlist: str = ""
    file: str = ""
    """The file of a gist that is shown; empty for all of them."""


@cache
def _rules() -> dict[str, list[tuple[str, str, str]]]:
    """host -> (provider, pattern of the path, page). A pattern is compiled when an address asks for it."""
    rules: dict[str, list[tuple[str, str, str]]] = {}
    for provider, hosts, path, page in _TABLE:
        for host in hosts.split():
            rules.setdefault(host, []).append((provider, path, page))
    return rules


@cache
def _compiled(path: str) -> re.Pattern[str]:
    return re.compile(path)


def find(url: str) -> ProviderMatch:
    """The provider of a URL; an empty one for an unknown provider."""
    try:
        parts = urlsplit("https:" + url if url.startswith("//") else url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ProviderMatch()
    if parts.scheme.lower() not in ("http", "https"):
        return ProviderMatch()
    bare = next((host[len(prefix) :] for prefix in _SUBDOMAINS if host.startswith(prefix)), host)
    if bare in _YOUTUBE_HOSTS:
        return _youtube(bare, parts)
    framed = host == "w.soundcloud.com" or parts.path.startswith("/plugins/") or bare == "mixcloud.com"
    if framed and (inner := _inside(parts)).provider:
        return inner
    path = parts.path + ("?" + parts.query if parts.query else "")
    for candidate in _domains(host):
        for provider, pattern, page in _rules().get(candidate, ()):
            if match := _compiled(pattern).match(path):
                own = page.format(*match.groups("")) if _PLAYER.search(host + path) else ""
                if provider == "gist":
                    return _gist(match[1], own, parts)
                id = match[1] if provider == "vimeo" else "/".join(match.groups(""))
                return ProviderMatch(provider, id, own)
    return ProviderMatch()


def _gist(id: str, page: str, parts: SplitResult) -> ProviderMatch:
    """The file that `?file=a.py` of a script names, or the anchor that a file has on the page, `#file-a-py`.

    The anchor has lost the full stop of the name; as in Jetpack's `[gist]`, the last hyphen is taken for it.
    """
    file = next(iter(parse_qs(parts.query).get("file", [])), "")
    if file:
        anchor = _NO_NAME.sub("-", file.lower()).strip("-")
        return ProviderMatch("gist", id, f"https://gist.github.com/{id}#file-{anchor}", file=file)
    if parts.fragment.startswith("file-"):
        file = ".".join(parts.fragment.removeprefix("file-").rsplit("-", 1))
    return ProviderMatch("gist", id, page, file=file)


def _domains(host: str) -> tuple[str, ...]:
    """The host and the domains above it: `anna.tumblr.com` is Tumblr's."""
    labels = host.split(".")[-5:]
    return tuple(".".join(labels[index:]) for index in range(len(labels) - 1))


def _inside(parts: SplitResult) -> ProviderMatch:
    """Players of SoundCloud, Mixcloud and Facebook that name the page in their query."""
    query = parse_qs(parts.query)
    page = next((query[name][0] for name in ("url", "href", "feed") if query.get(name)), "")
    if page.startswith("/"):
        page = f"https://{parts.hostname}{page}"
    if not page.startswith(("http://", "https://")):
        return ProviderMatch()
    provider = (parts.hostname or "").split(".")[-2]
    inner = find(page) if "/plugins/" not in page and "w.soundcloud" not in page else ProviderMatch()
    return ProviderMatch(inner.provider or provider, inner.id or urlsplit(page).path.strip("/"), page)


def _youtube(host: str, parts: SplitResult) -> ProviderMatch:
    """All of YouTube's forms: watch, short, live and embedded addresses, playlists, start times (`t=1m5s`)."""
    query = parse_qs(parts.query.replace("?", "&")) | parse_qs(parts.fragment)
    path, amp, rest = parts.path.partition("&")  # …/v/ID&hl=en of the old players
    if amp:
        query = parse_qs(rest) | query
    playlist = next(iter(query.get("list", [])), "")
    if path.startswith("/p/"):
        playlist = path[3:].strip("/")
    id = next(iter(query.get("v", [])), "") if path.startswith("/watch") else ""
    if not id and path != "/embed/videoseries" and (match := _YOUTUBE_ID.match(path)):
        id = match[1]
    if not re.fullmatch(r"[\w-]{6,20}", id):
        id = ""
    if not id and not (playlist and re.fullmatch(r"[\w-]+", playlist)):
        return ProviderMatch()
    start = _seconds(next((query[name][0] for name in ("start", "t", "time_continue") if query.get(name)), ""))
    page = ""
    if id:
        own = host == "youtu.be" or (path.startswith(("/watch", "/shorts", "/live")) and host == "youtube.com")
        more = (f"&list={playlist}" if playlist else "") + (f"&t={start}" if start else "")
        page = "" if own else f"https://www.youtube.com/watch?v={id}{more}"
    elif not path.startswith("/playlist"):
        page = f"https://www.youtube.com/playlist?list={playlist}"
    return ProviderMatch("youtube", id, page, start, playlist)


def _seconds(text: str) -> int:
    match = _CLOCK.fullmatch(text)
    hours, minutes, seconds = (int(part or 0) for part in match.groups()) if match else (0, 0, 0)
    return hours * 3600 + minutes * 60 + seconds
