"""The words of HTML as somebody wrote it, found without a parser.

A parser decides what is markup and what is text, and what it takes for markup is gone: `0<f<20` is a tag to it, up to
the next `>`. So this scanner takes away only what is markup beyond doubt (tags of elements that HTML knows, with
attributes that look like some, comments, scripts and styles), and all the rest is text that has to be found again.
Nothing of it is shared with the importers. It may ask for a word too few, never for one that no reader could see.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property
from html import unescape

from converters.model.source_text import Line, SourceText

BLOCK_TAGS = frozenset(
    """address article aside blockquote body br button caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html iframe img input
    legend li link main menu menuitem meta nav noframes noscript ol optgroup option p param pre search section select
    source summary table tbody td template textarea tfoot th thead title tr track ul video audio object embed svg math
    canvas picture plaintext listing xmp marquee applet script style""".split()
)
_INLINES = frozenset(
    """a abbr acronym area b base basefont bdi bdo bgsound big blink cite code data datalist del dfn em font i ins
    isindex kbd keygen label map mark meter nobr noembed output progress q rb rp rt rtc ruby s samp small slot span
    strike strong sub sup time tt u var wbr g path circle rect line polyline polygon ellipse text tspan defs use
    symbol desc lineargradient radialgradient stop clippath mask pattern foreignobject marker filter view switch
    image textpath mpath set animate animatemotion animatetransform metadata feblend fecolormatrix
    fecomponenttransfer fecomposite fedropshadow feflood fegaussianblur feimage femerge femergenode femorphology
    feoffset fetile feturbulence mi mn mo ms mrow mfrac msup msub msubsup msqrt mroot mtext mtable mtr mtd mover
    munder munderover mfenced mstyle mspace mglyph mpadded mphantom maction merror mprescripts none malignmark
    maligngroup semantics annotation""".split()
)
_PREFIXES = frozenset("o v w x m st1 fb g wp svg xsl-fo".split())
"""Name spaces of office programs and of services that blogs hold."""
_APART = frozenset("iframe noscript script style template textarea title".split())
"""Elements inside of which no reader saw words, or saw them in another way than as text."""
_FLAGS = frozenset(
    """allowfullscreen async autofocus autoplay checked clear compact controls declare default defer disabled download
    hidden inert ismap itemscope loop multiple muted nohref noresize noshade novalidate nowrap open playsinline readonly
    required reversed selected""".split()
)
TAG = re.compile(
    r"<(/?)([a-z][a-z0-9:-]*+)(?=[\s/>])"
    r"(?:(?=[^<>=]*[\w:-][\s\"']*=)((?:[^<>=]|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+)>?+|([^<>=]*+)>)",
    re.I,
)
_OTHER = re.compile(r"[\W_]+")
_COMMON = "\u2019\u201c\u201d\u2018\u2013\u2014\u2026\xa0\xab\xbb\u201e"
_ASCII_OTHER = bytes(code for code in range(128) if not chr(code).isalnum())
_TIMES = re.compile(r"(?<=\d)×(?=\d)")
WORD = re.compile(r"[^\W_]+")
_HOST = re.compile(r"\A(?:https?:)?//[^/?#]*+[/?#]*", re.I)
"""What of a URL is another on the new site."""
_URL = re.compile(r"((?:https?:)?//[^\s<>\"'\[\]]+)", re.I)


class HtmlSource(SourceText):
    """The words of one text in HTML."""

    def __init__(self, text: str) -> None:
        self.text = text

    def letters(self) -> str:
        return letters(self.shown)

    def lines(self) -> Iterator[Line]:
        for line in printed(self.shown).split("\n"):
            yield from lines_of(line)

    @cached_property
    def shown(self) -> str:
        """What a reader saw, a line for each block."""
        return readable(readable(self.bare))  # twice: code is often written so

    @cached_property
    def bare(self) -> str:
        """The text without comments, scripts and their like."""
        return "".join(_pieces(self.text)) if UNSEEN.search(self.text) else self.text


UNSEEN = re.compile(rf"<(?:(!--|![\[a-z]|\?xml)|({'|'.join(sorted(_APART))})(?=[\s/>]))", re.I)


def _pieces(text: str) -> Iterator[str]:
    """What is between comments, declarations, scripts and their like. What has no end is text, looked for once."""
    position, open_ended = 0, set[str]()
    small = text.lower()
    for match in UNSEEN.finditer(text):
        if match.start() < position:
            continue
        mark = (match[1] or match[2]).lower()
        closing = "-->" if mark == "!--" else ">" if match[1] else f"</{mark}"
        end = -1 if closing in open_ended else small.find(closing, match.end())
        if end < 0:
            open_ended.add(closing)
            continue
        yield text[position : match.start()]
        position = end + len(closing)
        if match[2]:
            yield f"</{mark}"
    yield text[position:]


def lines_of(text: str) -> Iterator[Line]:
    """The words of a text; those of URLs in it apart."""
    for number, part in enumerate(_URL.split(text)):
        if words := WORD.findall(_HOST.sub("", part) or part if number % 2 else part):
            yield Line(words, number % 2 == 1, number % 2 == 1)


def readable(text: str) -> str:
    """The text without tags and character references."""
    if "<" in text:
        text = TAG.sub(_instead, text)
    return unescape(text) if "&" in text else text


def printed(text: str) -> str:
    """The text with letters for signs that print has for letters: `3x4`, `(tm)`."""
    text = text.replace("™", "tm") if "™" in text else text
    return _TIMES.sub("x", text) if "×" in text else text


def _instead(tag: re.Match[str]) -> str:
    """A line's end for the tag of a block, nothing for another, the text it is for what is no tag."""
    name = tag[2].lower()
    if not _is_tag(tag, name):
        return tag[0]
    return "\n" if name in BLOCK_TAGS else ""


def _is_tag(tag: re.Match[str], name: str) -> bool:
    if name not in BLOCK_TAGS and name not in _INLINES:
        space, colon, _ = name.partition(":")
        if not (space in _PREFIXES if colon else "-" in name):
            return False
    words = tag[4]
    if not words or tag[1]:
        return True
    without_value = words.replace("/", " ").split()
    return len(without_value) - sum(word.lower() in _FLAGS for word in without_value) < 2 and "&" not in words


def letters(text: str) -> str:
    """Letters and digits only. It is asked of every post: what most texts have goes without a search."""
    rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII_OTHER).decode("utf-8", "surrogatepass")
    if rest.isascii() or rest.isalnum():
        return rest
    for sign in _COMMON:
        rest = rest.replace(sign, "")
    return rest if rest.isalnum() else _OTHER.sub("", rest)
