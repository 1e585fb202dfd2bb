"""Tags that do no harm wherever in a page a browser meets them, each judged alone.

A text that stays Markdown is put into a page by another program, so what surrounds a tag there is unknown: a comment,
a `<noscript>`, an `<svg>`, the text of a `<style>`. A tag passes only if none of these makes a difference: it is
complete, its name and its attributes are on the lists of `converters/html/sanitize/`, and no value of an attribute
holds a `<`. Where every `<` of a text begins such a tag, no parser finds anything else in it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import cache, lru_cache
from html import unescape
from typing import NamedTuple

from lxml import etree

from converters.html.sanitize.clean import SPECIAL
from converters.html.sanitize.lists import ELEMENTS, REMOVED, RENAMED, Use
from converters.html.sanitize.values import CHECKS, allowed
from converters.model.notices import Log

HOLE = "\ue000"
"""Stands for something that is filled in later: a call of a shortcode."""

_ALONE = frozenset({"form", "input", "object", "embed"})
"""Whose attributes are judged together."""
_OWN_TEXT = frozenset({"style", "svg", "math", "textarea", "iframe", "noscript", "select", "title", "xmp", "plaintext"})
_MORE_ACTIVE = frozenset("html body frameset portal image import xml foreignobject layer ilayer rss".split())
_NOTHING = re.compile(r"[\\,;.|*+-]+")
"""Names of attributes that are slips of the pen: `<br \\>`."""
_SPACES = {"xmlns": "http://www.w3.org/", "xmlns:xlink": "http://www.w3.org/1999/xlink"}

_VALUE = r"\"[^\"<\x00]*+\"|'[^'<\x00]*+'|[^\s\"'=<>`\x00\ue000-\ue002]++"
TAG = re.compile(
    r"<([A-Za-z][A-Za-z0-9:-]*+)"
    rf"((?:\s++[^\s\"'<>/=\x00-\x20\ue000-\ue002]++(?:\s*+=\s*+(?:{_VALUE}))?+)*+)\s*+/?+>"
)
"""A complete tag that both CommonMark and HTML read so, to the same `>`."""
_ATTRIBUTE = re.compile(rf"\s++([^\s\"'<>/=]++)(?:\s*+=\s*+({_VALUE}))?+")
END_TAG = re.compile(r"</[^<>\"'`={}\\\x00-\x08\x0a-\x1f\ue000-\ue002]*+>")
"""A browser ignores whatever else an end tag holds, and takes `</` in front of anything else for a comment up to the
next `>`; without quotes, both end where they seem to. So it is with `</a/b c.svg>` where a link leads.
"""
PATH = re.compile(r"<([A-Za-z][A-Za-z0-9-]*+)((?:[ /][^\s<>/\"'`={}\\&\x00-\x1f\ue000-\ue002]*+)++)>")
"""A path in angle brackets, `<docs/my file.md>`: to a browser a tag whose attributes have no values."""
_ODD = r"\s<>/=\"'`&:\x00-\x20\ue000-\ue002"
ODD_TAG = re.compile(rf"<[A-Za-z][A-Za-z0-9-]*+[^A-Za-z0-9\-{_ODD}][^{_ODD}]*+>")
"""An element of a name that none has, `<a,b>`: a browser shows nothing of it, Markdown shows it as text."""
AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]{1,31}:[^\s<>\ue001\ue002]*+)>")
EMAIL = re.compile(r"<[A-Za-z0-9._%+-]++@[A-Za-z0-9.-]++>")
_WORDS = "one|ones|only|once|online|onto|ongoing|onboard|onset|onward|onwards|onion|onsite"
HANDLER = re.compile(
    rf"(?<![A-Za-z0-9_:.-])(?!(?:{_WORDS})\s*=)on[a-z]{{1,40}}\s*+=|(?<=[\ue000\ue001\ue002])[a-z]{{0,40}}\s*+=", re.I
)
"""The name of an event handler, where a value is given to it; a shortcode may write a part of the name."""


class Verdict(NamedTuple):
    """What to do about a tag."""

    code: str
    """The notice; empty for a tag that is harmless."""
    cuts: tuple[tuple[int, int], ...] = ()
    """Where in the tag the attributes are that are not on the lists; none where its name is not."""
    named: str = ""
    """What was wrong with it."""


@cache
def _elements() -> dict[str, dict[str, list[tuple[object, str]]]]:
    """Name of an element -> its attributes -> (tag, name) in each name space; all names in small letters."""
    found: dict[str, dict[str, list[tuple[object, str]]]] = defaultdict(lambda: defaultdict(list))
    for tag, names in ELEMENTS.items():
        for name in names:
            local = name.rpartition("}")[2].lower()
            prefix = "xlink:" if "xlink" in name else "xml:" if "XML" in name else ""
            found[str(tag).rpartition("}")[2].lower()][prefix + local].append((tag, name))
    return found


@cache
def _attributes() -> dict[str, list[tuple[object, str]]]:
    """Attributes of any element: on another one they say nothing."""
    found: dict[str, list[tuple[object, str]]] = defaultdict(list)
    for attributes in _elements().values():
        for name, forms in attributes.items():
            found[name] += forms
    return found


@lru_cache(4096)
def judge(tag: str) -> Verdict:
    """The verdict on a text that `TAG` matches as a whole."""
    found = TAG.fullmatch(tag)
    assert found is not None, "only what is a tag is judged"
    name = found[1].lower()
    known = _elements().get(name)
    attributes = list(_ATTRIBUTE.finditer(tag, found.start(2), found.end(2)))
    if known is None:
        strange = bool(attributes) or name in REMOVED or name in RENAMED or name in _MORE_ACTIVE
        return Verdict("html.element", named=f"<{name}>") if strange else Verdict("")
    if name in _ALONE and not _together(name, attributes):
        return Verdict("html.active", named=f"<{name}>")
    refused = [
        one
        for one in attributes
        if not _allowed(known, one[1].lower(), one[2] or "") and (one[2] is not None or not _NOTHING.fullmatch(one[1]))
    ]
    if not refused:
        return Verdict("")
    first = refused[0][1]
    runs = re.match(r"on|srcdoc\Z|formaction\Z|ping\Z", first, re.I) or re.search(
        "script|data:", refused[0][2] or "", re.I
    )
    code = "html.active" if runs else "html.attribute"
    return Verdict(code, tuple(one.span() for one in refused), f"{first} of <{name}>")


def path_is_harmless(name: str, rest: str) -> bool:
    """Does a tag of that name do nothing, with the words of `rest` as attributes without values?"""
    handlers = any(word[:2].lower() == "on" for word in re.split("[ /]", rest))
    return not handlers and not is_active(name) and not judge(f"<{name}>").code


def is_active(name: str) -> bool:
    """Does the bare start tag of an element of that name run something, or change what the text behind it is?"""
    name = name.lower()
    return name in REMOVED - {"param", "link"} or name in RENAMED or name in _MORE_ACTIVE - {"rss"} or name in _OWN_TEXT


def _together(name: str, attributes: list[re.Match[str]]) -> bool:
    """May the element be there, with these attributes?"""
    element = etree.Element(name)
    for one in attributes:
        if re.fullmatch(r"[A-Za-z][\w.-]*", one[1]):
            element.set(one[1].lower(), _text_of(one[2] or ""))
    log = Log()
    return SPECIAL[name](element, log) is None and not log.notices


def _text_of(quoted: str) -> str:
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "\ufffd", unescape(_bare(quoted)))


def _allowed(known: dict[str, list[tuple[object, str]]], name: str, quoted: str) -> bool:
    value = _bare(quoted)
    if HOLE in value and re.search(r"[\s=]", value):
        return False  # a quotation mark that is filled in could begin an attribute behind it
    if name in _SPACES:
        return value.startswith(_SPACES[name])
    forms = known.get(name) or _attributes().get(name, [])
    checks = [(tag, one, check) for tag, one in forms if (check := CHECKS.get(one)) is not None]
    return bool(forms) and all(check(tag, one, unescape(value)) for tag, one, check in checks)


def _bare(value: str) -> str:
    return value[1:-1] if value[:1] in ('"', "'") else value


def address_is_harmless(written: str) -> bool:
    """Is the address relative, or of a scheme on the list, however it is read: with a shortcode in it, too?"""
    return allowed(written, Use.LINK) or allowed(written.strip(), Use.FILE)
