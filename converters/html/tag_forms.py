"""What a tag looks like: names that are elements, names that are words, too, and what follows a name in a tag."""

from __future__ import annotations

import re

from converters.html.elements import KNOWN, VOID

_VALUELESS = """allowfullscreen async autofocus autoplay border checked compact controls crossorigin declare default
defer disabled download draggable fallback formnovalidate hidden inert ismap itemscope loop mozallowfullscreen multiple
muted nohref nomodule noresize noshade novalidate nowrap open playsinline pubdate readonly required reversed sandbox
scoped seamless selected truespeed webkitallowfullscreen"""
"""Attributes that are written without a value."""
_PREFIXES = frozenset(
    """a atom c cc content dc dcterms excerpt fb foaf g geo h html itunes m mc media mml ns0 ns1 o og ole p pic rdf s
    sl svg v w w10 wfw wp wpg wps wx x xhtml xlink xml xsi""".split()
)
_NUMBERED_PREFIX = re.compile(r"(?:st|u|ns|w|wp)\d{1,2}")
OPTIONAL_ENDS = VOID | frozenset("p li dd dt td th tr thead tbody tfoot colgroup option optgroup rt rp".split())
TYPES = frozenset("object var map data time select label output template button section summary menu form".split())
"""Elements whose small names are names of types or headers, too."""
PLACEHOLDERS = frozenset(
    """title textarea style xmp time address data label object var select summary search output link meta base param
    source track col area img a del ins q kbd var abbr cite dfn samp mark menu nav main article aside header
    footer body head html form template canvas progress meter dialog""".split()
)
"""What a text names in brackets (`Dear <address>`), and what would swallow the text behind it without an end."""
RAW = frozenset("script style textarea title xmp iframe noembed noframes svg math".split())
"""What is between their tags is not looked at."""
_known_names = KNOWN | {""}
"""Of a comment, the pattern of tags finds no name."""
_doubtful = PLACEHOLDERS | RAW | TYPES
_OF_FRAMEWORKS = r"(?:data|aria|v|x|ng|uk|amp|i-amphtml|_ngcontent|_nghost)-[\w.:-]{1,80}+"
"""Attributes of Astro, Vue, Angular and their kin, which mark what a style is for and often have no value."""
_valueless = "|".join([*_VALUELESS.split(), _OF_FRAMEWORKS])
_FIRST = rf"(?:[A-Za-z_:@][\w:.@-]{{0,80}}+\s*+=(?!=)|(?:{_valueless})(?=[\s/>]))"
ATTRIBUTES = re.compile(rf"[\s/]+{_FIRST}", re.I | re.A)
NAMED = re.compile(r"[\s\"'](?:href|src|class|style|id|width|height|name|alt|title|data-[\w-]+|on\w+)\s*=", re.I | re.A)
OFFICE = re.compile(r"\s(?:[ovwx]:[\w:]+|eqn|xmlns(?::\w+)?)\s*=", re.A)
MARKED = re.compile(r"\s+[a-z]\w*+(?:[-:.]\w++)++(?=[\s/>])", re.I | re.A)
"""An attribute without a value that a framework marks its elements with: `<div data-v-7ba5bd90>`."""
WRITTEN = re.compile(r"(?:\s++[a-z_:@][\w:.@-]*+(?:\s?=\s?(?:\"[^\"<>]*+\"|'[^'<>]*+'))?+)++[\s/]*+\Z", re.I | re.A)
"""Attributes, some of them without a value: `<time relative datetime="2020-05-01">`."""
NAME = re.compile(r"[A-Za-z][^\s/>]{0,100}+")
PLAIN_NAME = re.compile(r"[a-z][\w:-]*", re.A)
BARE = re.compile(r"[\s/]*+>")
END_TAG = re.compile(r"</([A-Za-z][^\s/>]{0,100}+)")
START_TAG = re.compile(r"<([A-Za-z][\w:-]{0,100}+)")
INCLUDE = re.compile(r"#\s{0,9}(?:include|import)\s{0,9}\Z")
TAG_END = re.compile(r"(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+')?+)*+>")
_fine = re.compile(rf"<(?:!--|/?([A-Za-z][A-Za-z0-9]{{0,15}}+)(?:[\s/]*+>|\s++{_FIRST}))", re.I | re.A)
_lone = re.compile(rf"<(?:{'|'.join(sorted(_doubtful))})>", re.I)
_in_code = re.compile(r"<code(?:\s[^<>]{0,400})?>[^<]*+<(?!/code)|<pre(?:\s[^<>]{0,400})?>[^<]*+<(?!/pre|code)", re.I)
_included = re.compile(r"#\s{0,9}(?:include|import)\s{0,9}<")


def _sure(bare: frozenset[str], raw: frozenset[str]) -> re.Pattern[str]:
    """A stretch of text and tags beyond doubt. `bare`: names that need no attribute to be a tag; `raw`: those whose
    content is passed over."""

    def names(some: frozenset[str]) -> str:
        by_first: dict[str, list[str]] = {}
        for name in sorted(some, reverse=True):
            by_first.setdefault(name[0], []).append(name[1:])
        return "|".join(f"{first}(?:{'|'.join(rests)})" for first, rests in by_first.items())

    known = names(KNOWN - RAW - {"code", "pre"})
    passed = "".join(
        rf"|{name}(?=[\s>])[^<>]*+>[^<]*+(?:<(?!/(?i:{name}))[^<]*+)*+</{name}\s*+>" for name in sorted(raw)
    )
    return re.compile(
        rf"(?:[^<]++|<(?:(?:{names(bare)})[\s/]{{0,9}}+>|(?:{known})(?=[\s/]{{1,99}}{_FIRST}){TAG_END.pattern}"
        rf"|/(?:{names(KNOWN)})\s*+>{passed}))*+",
        re.A,
    )


SURE = {
    False: _sure(KNOWN - RAW - TYPES - PLACEHOLDERS - {"code", "pre"}, frozenset()),
    True: _sure(KNOWN - RAW - TYPES - {"code", "pre"}, frozenset({"script", "style", "svg"})),
}
"""What needs no second look, by whether programs wrote the text. Names in small letters only."""


def is_plain(html: str) -> bool:
    """Whether every `<` of the text begins a tag or a comment beyond doubt. Quick: it is asked of every text."""
    written = _fine.findall(html)
    if len(written) != html.count("<") or ("<!--" in html and html.rfind("-->") < html.rfind("<!--")):
        return False
    names = set(written)
    small = {name.lower() for name in names}
    if not (small <= _known_names and (small == names or not any(name[:1].isupper() for name in names))):
        return False
    if not small.isdisjoint(_doubtful) and _lone.search(html) is not None:
        return False
    return (small.isdisjoint(("code", "pre")) or not _in_code.search(html)) and not (names_headers(html))


def names_headers(html: str) -> bool:
    """Whether a text has an `#include <…>`, in front of which no tag is beyond doubt."""
    return "#" in html and _included.search(html) is not None


def up_to_its_end(behind: str) -> str:
    """The stretch up to the end of a tag."""
    return behind.partition(">")[0]


def is_prefixed(name: str) -> bool:
    """Whether a name has a prefix that word processors and feeds use."""
    prefix, colon, local = name.partition(":")
    known = prefix in _PREFIXES or _NUMBERED_PREFIX.fullmatch(prefix) is not None
    return bool(colon) and known and local[:1].isalpha()
