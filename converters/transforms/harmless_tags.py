"""Tags that do no harm wherever in a page a browser meets them, each judged alone.

A text that stays Markdown is put into a page by another program, so what surrounds a tag there is unknown: a comment, a
`<noscript>`, an `<svg>`, the text of a `<style>`. A tag passes only if none of these makes a difference: it is complete,
its name and its attributes are on the lists below, its addresses have a known scheme, and no value of an attribute
holds a `<`. Where every `<` of a text begins such a tag, no parser finds anything else in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import NamedTuple

from converters.transforms.sanitize import runs

HOLE = "\ue000"
"""Stands for something that is filled in later: a call of a shortcode."""

_ELEMENTS = frozenset(
    """a abbr acronym address article aside audio b bdi bdo big blink blockquote br button canvas caption center cite
    code col colgroup data datalist dd del details dfn dialog dir div dl dt em fieldset figcaption figure font footer
    form h1 h2 h3 h4 h5 h6 header hgroup hr i iframe img input ins kbd label legend li main map area mark marquee menu
    meter nav nobr noscript ol optgroup option output p picture pre progress q rb rp rt rtc ruby s samp search section
    select slot small source span strike strong style sub summary sup table tbody td template textarea tfoot th thead
    time title tr track tt u ul var video wbr
    svg g path circle ellipse line polyline polygon rect text tspan textpath defs lineargradient radialgradient stop
    clippath mask pattern symbol use marker desc filter fegaussianblur feoffset feblend feflood fecomposite femerge
    femergenode fecolormatrix fedropshadow image
    math mi mn mo ms mtext mspace mrow mfrac msqrt mroot mstyle merror mpadded mphantom mfenced menclose msub msup
    msubsup munder mover munderover mmultiscripts mprescripts none mtable mtr mtd mlabeledtr semantics annotation""".split()
)
_ACTIVE = frozenset(
    """script object embed applet base meta link param frame frameset plaintext xmp noembed noframes html head body
    portal fencedframe foreignobject animate animatemotion animatetransform set handler listener isindex bgsound
    layer ilayer import xml discard mglyph malignmark annotation-xml maction keygen basefont""".split()
)
"""Unknown elements without attributes show their text; these do more, or change what is around them."""

_OWN_TEXT = frozenset({"style", "svg", "math", "textarea", "iframe", "noscript", "select", "title", "template"})

_ADDRESSES = frozenset("href src action formaction data poster background cite xlink:href longdesc usemap".split())
_ATTRIBUTES = frozenset(
    """abbr accept accept-charset accesskey align allow allowfullscreen alt async autocapitalize autocomplete
        autofocus autoplay axis bgcolor border bordercolor cellpadding cellspacing char charoff charset checked class
        clear color cols colspan compact content contenteditable controls controlslist coords crossorigin datetime
        decoding default dir disabled disablepictureinpicture download draggable enctype enterkeyhint fetchpriority
        face for form frame frameborder headers height hidden high hreflang hspace id inert inputmode integrity
        itemid itemprop itemref itemscope itemtype kind label lang language list loading loop low lowsrc marginheight
        marginwidth max maxlength media method min minlength mozallowfullscreen multiple muted name nohref noshade
        novalidate nowrap open optimum pattern placeholder playsinline popover preload property readonly
        referrerpolicy rel required resource rev reversed role rows rowspan rules sandbox scope scrolling seamless
        selected shape size sizes span spellcheck srclang srcset start step style summary tabindex target title
        translate type typeof valign value valuetype version vocab vspace webkitallowfullscreen width wrap xmlns
        xml:lang xml:space xmlns:xlink about prefix datatype behavior direction scrollamount scrolldelay truespeed
        accent accentunder actiontype columnalign columnlines columnspacing columnspan denomalign depth display
        displaystyle encoding fence frame linethickness lspace mathbackground mathcolor mathsize mathvariant maxsize
        minsize movablelimits notation numalign rowalign rowlines rowspacing rspace scriptlevel separator separators
        stretchy subscriptshift superscriptshift symmetric voffset
        alignment-baseline baseline-shift clip-path clip-rule clippathunits cx cy d direction display
        dominant-baseline dx dy fill fill-opacity fill-rule filter filterunits flood-color flood-opacity focusable
        font-family font-size font-style font-weight fx fy gradienttransform gradientunits in in2 letter-spacing
        marker-end marker-mid marker-start markerheight markerunits markerwidth mask maskcontentunits maskunits mode
        offset opacity operator orient overflow paint-order pathlength patterncontentunits patterntransform
        patternunits points preserveaspectratio r radius refx refy result rotate rx ry shape-rendering
        spreadmethod startoffset stddeviation stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset
        stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration
        text-rendering textlength transform transform-origin values vector-effect viewbox visibility word-spacing
        writing-mode x x1 x2 xml:base y y1 y2""".split()
) - {"xml:base"}
_SCHEMES = frozenset(
    """http https mailto tel sms ftp ftps sftp ssh git irc ircs xmpp sip sips news nntp gopher gemini magnet bitcoin geo
    webcal feed skype whatsapp tg matrix callto market rtsp rtmp mms localhost""".split()
)
_SCRIPTS = frozenset({"javascript", "vbscript", "livescript", "mocha", "jscript", "data", "blob", "filesystem"})
_STYLE = re.compile(
    r"expression|script|behaviou?r|-moz-binding|@import|\\|<|url\s*\(\s*[\"']?\s*(?!https?:|/|#|\.)", re.I
)
_SHOWN = re.compile(r"(?:image/(?!svg)|audio/|video/|application/pdf$)")
_FILE = re.compile(r"\.(?:png|gif|jpe?g|webp|avif|mp3|ogg|oga|m4a|wav|mp4|m4v|webm|ogv|pdf)$", re.I)

_VALUE = r"\"[^\"<\x00]*+\"|'[^'<\x00]*+'|[^\s\"'=<>`\x00\ue000-\ue002]++"
TAG = re.compile(
    r"<([A-Za-z][A-Za-z0-9:-]*+)"
    rf"((?:\s++[^\s\"'<>/=\x00-\x20\ue000-\ue002]++(?:\s*+=\s*+(?:{_VALUE}))?+)*+)\s*+/?+>"
)
"""A complete tag that both CommonMark and HTML read so, to the same `>`."""
_ATTRIBUTE = re.compile(rf"\s++([^\s\"'<>/=]++)(?:\s*+=\s*+({_VALUE}))?+")
END_TAG = re.compile(r"</[A-Za-z][A-Za-z0-9:-]*+[ \t]*+>")
"""A browser ignores whatever else an end tag could hold; these hold nothing."""
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\ue001\ue002]*+)>")
EMAIL = re.compile(r"<[A-Za-z0-9._%+-]++@[A-Za-z0-9.-]++>")
_WORDS = "one|ones|only|once|online|onto|ongoing|onboard|onset|onward|onwards|onion|onsite"
HANDLER = re.compile(
    rf"(?<![A-Za-z0-9_:.-])(?!(?:{_WORDS})\s*=)on[a-z]{{1,40}}\s*+=|(?<=[\ue000\ue001\ue002])[a-z]{{0,40}}\s*+=", re.I
)
"""The name of an event handler, where a value is given to it; a shortcode may write a part of the name."""


class Verdict(NamedTuple):
    """What to do about a tag."""

    harmless: bool
    cuts: tuple[tuple[int, int], ...] = ()
    """Where in the tag the attributes are that are not on the lists; none where its name is not."""
    named: str = ""
    """What was wrong with it."""


@lru_cache(4096)
def judge(tag: str) -> Verdict:
    """The verdict on a text that `TAG` matches as a whole."""
    found = TAG.fullmatch(tag)
    assert found is not None, "only what is a tag is judged"
    name = found[1].lower()
    attributes = list(_ATTRIBUTE.finditer(tag, found.start(2), found.end(2)))
    if name in ("object", "embed"):
        if not _shows_a_file({one[1].lower(): _bare(one[2] or "") for one in attributes}):
            return Verdict(False, named=f"<{name}>")
    elif name not in _ELEMENTS and (name in _ACTIVE or attributes):
        return Verdict(False, named=f"<{name}>")
    refused = [one for one in attributes if not _allowed(name, one[1].lower(), one[2] or "")]
    if not refused:
        return Verdict(True)
    return Verdict(False, tuple(one.span() for one in refused), f"{refused[0][1]} of <{name}>")


def is_active(name: str) -> bool:
    """Does the bare start tag of an element of that name run something, or change what the text behind it is?"""
    return name.lower() in _ACTIVE - {"param", "link"} or name.lower() in _OWN_TEXT


def _allowed(element: str, name: str, quoted: str) -> bool:
    value = _bare(quoted)
    if HOLE in value and not _filled_in(value):
        return False
    if name in _ADDRESSES:
        return address_is_harmless(value, player=element in ("iframe", "object", "embed"))
    if name == "style":
        return not _STYLE.search(unescape(value))
    if name == "srcset":
        return all(address_is_harmless(part.strip()) for part in re.split(r"\s*,\s+|\s+", value) if part.strip())
    return name in _ATTRIBUTES or (name.startswith(("data-", "aria-")) and name.isascii())


def _bare(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") else value


def _filled_in(value: str) -> bool:
    """Is the value an address or a name, so that a quotation mark filled in could not begin an attribute behind it?"""
    return not re.search(r"[\s=]", value)


def _shows_a_file(values: dict[str, str]) -> bool:
    """An image, audio, video or PDF in an `<object>` or `<embed>`, which runs nothing."""
    address = values.get("data") or values.get("src") or ""
    kind = values.get("type", "").lower()
    shown = _SHOWN.match(kind) if kind else _FILE.search(address.partition("?")[0].partition("#")[0])
    return bool(address and shown)


def address_is_harmless(written: str, *, player: bool = False) -> bool:
    """Is the address relative, or of a scheme on the list, however it is read: as it is written, its entities or its
    backslashes resolved? `player`: it is shown in a frame, where `data:` is a page."""
    if ":" not in written and "&" not in written:
        return True
    plain = written.replace("\\", "")
    readings = {written, plain, unescape(written), unescape(plain), unescape(written).replace("\\", "")}
    return all(_harmless(reading, player) for reading in readings)


def _harmless(address: str, player: bool) -> bool:
    address = re.sub(r"[\t\r\n]", "", re.sub(r"^[\x00-\x20\x7f-\xa0\s]+", "", address))
    head, colon, _ = re.match(r"([^/?#:]*)(:?)(.*)", address, re.S).groups()  # type: ignore[union-attr]
    if not colon:
        return True
    scheme = re.sub(r"[^a-z0-9+.-]", "", head.lower())
    if scheme == head.lower() and scheme in _SCHEMES:
        return True
    if scheme == "data" and scheme == head.lower():
        return not player and not runs(address)
    if HOLE in head or scheme in _SCRIPTS or any(name in scheme for name in ("script", "data")):
        return False
    return not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*", head)
