"""What a reader sees of a page, as facts, and what of one page's facts another one lacks.

Both sides are parsed as a browser would. A page becomes a row of tokens (words and every other visible sign) in order,
the places where a new line begins, and counted facts: headings, links, pictures, list items with kind and depth, rows
of tables, code to the last space, emphasis, quotes, media, players. Typographic signs that WordPress and Hugo each set
in their own way (quotes, dashes, dots) count as the plain signs they stand for. Nothing else is forgiven here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from difflib import SequenceMatcher
from functools import partial
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib

HOST = "blog.example"
BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form"
    " h1 h2 h3 h4 h5 h6 header hr iframe legend li main nav ol p pre section summary table tbody td tfoot th thead tr"
    " ul".split()
)
UNSEEN = frozenset("head iframe noscript script style svg template title".split())
SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "tt": "code", "acronym": "abbr"}
MARKS = frozenset("strong em del ins mark sub sup kbd code small u abbr samp var q".split())
PLAIN = (
    ("\u00ad\u200b\ufe0f\u200d", ""), ("\u2018\u2019\u201a\u2032", "'"), ("\u201c\u201d\u201e\u2033", '"'),
    ("\u2013\u2014\u2212", "-"), ("\u2026", "..."), ("\u00d7", "x"), ("\u00ab", "<<"), ("\u00bb", ">>"),
    ("\u2122", "(tm)"), ("\u00a0", " "),
)  # fmt: skip
FOLD = str.maketrans({sign: plain for signs, plain in PLAIN for sign in signs})
WRITTEN = (
    (re.compile(r"``|''"), '"'),
    (re.compile(r"-{2,}"), "-"),
    (re.compile(r":-\)"), "🙂"),
    (re.compile(r";\)"), "😉"),
)
TOKEN = re.compile(r"\w+|[^\w\s]")
SIZED = re.compile(r"-(?:\d+x\d+|scaled)(?=\.\w+$)")
PLAYER_ID = re.compile(r"[\w-]{4,}")
NEWLINE = re.compile(r"(<pre[^<>]*>)\n(?!\n)")
"""The line end after `<pre>` belongs to the tag, which html5lib forgets inside of cells."""

GLUE = "\u203f"
"""Stands between the parts of one word where an element begins or ends inside of it."""

Fact = tuple[str, ...]


class Loss(NamedTuple):
    kind: str
    what: str


class Page(NamedTuple):
    """A page in a reader's eyes. `breaks` are the pairs of tokens with a new line, or a new block, between them."""

    tokens: list[str]
    breaks: Counter[tuple[str, str]]
    facts: Counter[Fact]
    anchors: frozenset[str]
    aside: frozenset[str]
    source: str


def tokens(text: str) -> list[str]:
    text = text.translate(FOLD)
    for pattern, sign in WRITTEN:
        text = pattern.sub(sign, text)
    return TOKEN.findall(text)


def flat(text: str) -> str:
    return " ".join(tokens(text))


def target(url: str) -> str:
    """A link's goal: on this site without host and last slash, elsewhere without the protocol."""
    url = url.strip()
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    if parts.scheme not in ("", "http", "https"):
        return unquote(url)
    host = "" if parts.netloc == HOST else parts.netloc
    query, fragment = (
        mark + unquote(text) if text else "" for mark, text in (("?", parts.query), ("#", parts.fragment))
    )
    return f"{host}{unquote(parts.path).rstrip('/')}{query}{fragment}" or "/"


def file(url: str) -> str:
    """A picture's or recording's identity: its file, whatever its size."""
    if url.startswith("data:"):
        return url
    try:
        path = urlsplit(url).path
    except ValueError:
        path = url
    return SIZED.sub("", unquote(path).rsplit("/", 1)[-1])


def player(url: str) -> str:
    """A player's identity: the longest thing in its address that looks like an id."""
    host, _, path = re.sub(r"^(?:https?:)?//", "", unquote(url)).partition("/")
    found = PLAYER_ID.findall(path.replace("feature=oembed", ""))
    return max(found, key=lambda piece: (any(map(str.isdigit, piece)), len(piece))) if found else host


def text_of(element: Element) -> str:
    return "".join(_texts(element))


def _texts(element: Element, skip: frozenset[str] = frozenset()) -> Iterator[str]:
    """The visible text below an element, blocks kept apart by spaces, elements named in `skip` left out."""
    yield element.text or ""
    for child in element:
        name = str(child.tag)
        if name not in skip and not unseen(child):
            gap = " " if name in BLOCKS or name == "br" else ""
            yield gap
            yield from _texts(child, skip)
            yield gap
        yield child.tail or ""


def unseen(element: Element) -> bool:
    if not isinstance(element.tag, str):
        return True
    name = element.tag.rsplit("}", 1)[-1]
    hidden = element.get("hidden") is not None and not is_url_of_player(element)
    return name in UNSEEN or hidden or "screen-reader-text" in element.get("class", "").split()


def is_url_of_player(element: Element) -> bool:
    """Is it the URL that is hidden beside a player? A WordPress without network shows it in the player's place."""
    return str(element.tag).rsplit("}", 1)[-1] == "a" and (element.text or "").strip() == element.get("href")


class _Reader:
    def __init__(self, source: str, players: frozenset[str] = frozenset()) -> None:
        self.players = players
        self.tokens: list[str] = []
        self.breaks: list[int] = []
        self.facts: Counter[Fact] = Counter()
        self.anchors: set[str] = set()
        self.names: list[str] = []
        self.playlist = "wp-playlist-script" in source
        self.links: list[str] = []
        self.last = ""
        self.aside: set[str] = set()
        source = NEWLINE.sub(r"\1", source)
        document = html5lib.parse(source, treebuilder="etree", namespaceHTMLElements=False)
        self.visit(document.find("body"))

    def fact(self, *what: str) -> None:
        self.facts[what] += 1

    def say(self, text: str | None) -> None:
        """Words; in preformatted text, each line end begins a new line as `<br>` does."""
        if text and "\n" in text and "pre" in self.names:
            for at, line in enumerate(text.split("\n")):
                if at:
                    self.line()
                self.words(line)
        else:
            self.words(text)

    def words(self, text: str | None) -> None:
        found = tokens(text or "")
        if text and self.last.isalnum() and text[0].isalnum():
            self.tokens.append(GLUE)
        self.last = text[-1] if text else self.last
        self.tokens += found
        quoted = str(self.names.count("blockquote"))
        kinds = [("quote", quoted)] if quoted != "0" else []
        kinds += [("mark", name) for name in {SAME.get(name, name) for name in self.names} & MARKS if name != "code"]
        if self.links:
            self.facts.update(("link", self.links[-1], token) for token in found)
        for kind in kinds:
            self.facts.update((*kind, token) for token in found if token.isalnum())

    def line(self) -> None:
        self.last = ""
        self.breaks.append(len(self.tokens))

    def visit(self, element: Element) -> None:
        name = str(element.tag)
        if name == "a" and self.instead_of_player(element):
            return
        self.anchors.update(filter(None, (element.get("id"), element.get("name") if name == "a" else None)))
        if look := LOOKS.get(name):
            look(self, element)
        links = [target(element.get("href", ""))] if name == "a" and element.get("href") else []
        edge = self.line if name in BLOCKS else int
        self.names.append(name)
        self.links += links
        edge()
        self.inside(element, silent=name in ("audio", "video"))
        edge()
        self.names.pop()
        del self.links[len(self.links) - len(links) :]

    def inside(self, element: Element, silent: bool) -> None:
        """What is in an element; in players, words are for browsers that have none."""
        self.say(None if silent else element.text)
        for child in element:
            if not silent and not unseen(child):
                self.visit(child)
            elif isinstance(child.tag, str):
                self.hidden(child)
            self.say(None if silent else child.tail)

    def instead_of_player(self, element: Element) -> bool:
        """A player's address, written out under it or in its place for readers who cannot have it."""
        return "://" in text_of(element) and player(element.get("href", "")) in self.players

    def hidden(self, element: Element) -> None:
        """What counts though its words do not: players, the list behind WordPress's playlists, names of signs."""
        if "screen-reader-text" in element.get("class", ""):
            self.aside.update(tokens("".join(_texts(element))))
        if element.tag == "iframe":
            self.line()
            look_player(self, element)
        elif element.tag in ("source", "track"):
            look_media(self, element)
        elif element.tag == "noscript" and self.playlist:
            for link in element.iter("a"):
                self.fact("media", file(link.get("href", "")))
                self.say(text_of(link))

    def page(self, source: str) -> Page:
        edges = [at for at in dict.fromkeys(self.breaks) if 0 < at < len(self.tokens)]
        pairs = Counter((self.tokens[at - 1], self.tokens[at]) for at in edges)
        return Page(self.tokens, pairs, self.facts, frozenset(self.anchors), frozenset(self.aside), source)


def look_heading(reader: _Reader, element: Element) -> None:
    if words := flat(text_of(element)):
        reader.fact("heading", str(element.tag), words)


def look_link(reader: _Reader, element: Element) -> None:
    """A link without words; one with words is noted word by word, since blocks may divide it."""
    url, words = element.get("href", ""), flat(text_of(element))
    pictures = [img.get("src", "") for img in element.iter("img")]
    if not url or words:
        return
    if pictures and not _of_itself(url, pictures[0]):
        reader.fact("link of a picture", target(url), file(pictures[0]))
    elif not pictures and any("screen-reader-text" in child.get("class", "") for child in element.iter()):
        reader.fact("link of a sign", target(url))


def _of_itself(url: str, picture: str) -> bool:
    """Whether a picture links to its own file or to the page WordPress makes for it: a way to see it in large."""
    stem = file(picture).rsplit(".", 1)[0]
    return "attachment_id=" in url or target(url).rsplit("/", 1)[-1].rsplit(".", 1)[0] == stem


def look_picture(reader: _Reader, element: Element) -> None:
    if url := element.get("src", ""):
        reader.fact("picture", file(url))
    if words := flat(element.get("alt", "")):
        reader.fact("alternative text", file(url), words)


def look_item(reader: _Reader, element: Element) -> None:
    lists = [name for name in reader.names if name in ("ul", "ol")]
    words = flat("".join(_texts(element, frozenset(("ul", "ol")))))
    if words:
        reader.fact("list item", lists[-1] if lists else "none", str(len(lists)), words)


def look_list(reader: _Reader, element: Element) -> None:
    if (start := element.get("start", "1")) != "1":
        reader.fact("first number", start)


def look_row(reader: _Reader, element: Element) -> None:
    cells = [flat(text_of(cell)) for cell in element if cell.tag in ("td", "th")]
    while cells and not cells[-1]:
        cells.pop()
    if cells:
        reader.fact("row", *cells)


def look_code(reader: _Reader, element: Element) -> None:
    """Code to the last space; the line end before `</pre>` belongs to the tag."""
    reader.fact("code", "".join(_code(element)).rstrip("\n"))


def _code(element: Element) -> Iterator[str]:
    yield "\n" if element.tag == "br" else element.text or ""
    for child in element:
        if isinstance(child.tag, str):
            yield from _code(child)
        yield child.tail or ""


def look_code_span(reader: _Reader, element: Element) -> None:
    words = re.sub(r"\s+", " ", text_of(element)).strip()
    if "pre" not in reader.names and words:
        reader.fact("code in a line", words)


def look_media(reader: _Reader, element: Element) -> None:
    for kind, key in (("media", "src"), ("poster", "poster")):
        if url := element.get(key, ""):
            reader.fact(kind, player(url) if "youtu" in url else file(url))


def look_player(reader: _Reader, element: Element) -> None:
    if url := element.get("src") or element.get("data") or "":
        reader.fact("player", player(url))


def look_words(reader: _Reader, element: Element, kind: str) -> None:
    """Words of a kind; a gallery that WordPress sets as a definition list is none."""
    if "gallery-caption" not in element.get("class", "") and (words := flat(text_of(element))):
        reader.fact(kind, words)


def look_title(reader: _Reader, element: Element) -> None:
    if title := element.get("title"):
        reader.fact("abbreviation", flat(title))


LOOKS: dict[str, Callable[[_Reader, Element], None]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), look_heading),
    **dict.fromkeys(("audio", "video", "source", "track"), look_media),
    **dict.fromkeys(("embed", "object"), look_player),
    **dict.fromkeys(("abbr", "acronym"), look_title),
    **dict.fromkeys(("code", "tt"), look_code_span),
    **{tag: partial(look_words, kind=tag) for tag in ("dt", "dd", "summary")},
    "a": look_link, "img": look_picture, "li": look_item, "ol": look_list, "tr": look_row, "pre": look_code,
    "hr": lambda reader, _: reader.fact("rule"), "br": lambda reader, _: reader.line(),
}  # fmt: skip


def read(source: str, players: frozenset[str] = frozenset()) -> Page:
    """A page's facts; addresses that only repeat one of these players are not read."""
    return _Reader(source, players).page(source)


def compare(truth: str, page: str) -> list[Loss]:
    """What the truth shows and the page does not, or shows elsewhere; and words only the page shows."""
    wanted = read(truth)
    found = read(page, frozenset(fact[1] for fact in wanted.facts if fact[0] == "player"))
    losses = list(_words(wanted, found))
    for fact, count in wanted.facts.items():
        have = found.facts[fact]
        if fact[0] == "player":
            have = found.source.count(fact[1])
        if fact[0] == "link of a sign":
            have = count * any(kind == "link" and goal == fact[1] for kind, goal, *_ in ((*f, "") for f in found.facts))
        if have < count:
            losses.append(Loss(fact[0], " | ".join(fact[1:])))
    inside = {fact[1][1:] for fact in wanted.facts if fact[0] == "link" and fact[1].startswith("#")}
    losses += [Loss("anchor", name) for name in sorted((inside & wanted.anchors) - found.anchors)]
    together = set(zip(found.tokens, found.tokens[1:], strict=False))
    losses += [Loss("line", " / ".join(pair)) for pair in wanted.breaks - found.breaks if pair in together]
    return losses


def _words(truth: Page, page: Page) -> Iterator[Loss]:
    """What differs in the row of tokens. Names that only a screen reader was told may be shown."""
    wanted, found = truth.tokens, page.tokens
    if wanted == found:
        return
    for kind, a, b, c, d in SequenceMatcher(None, wanted, found, autojunk=False).get_opcodes():
        if kind in ("delete", "replace"):
            yield Loss("words", " ".join(wanted[a:b]))
        if kind in ("insert", "replace") and not truth.aside.issuperset(found[c:d]):
            yield Loss("words added", " ".join(found[c:d]))
