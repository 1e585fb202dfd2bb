"""What would run of a piece of HTML, as browsers of several kinds and ages read it: the judge of the tests.

Nothing in it is shared with the program: two parsers (html5lib, by the older rule for `<select>`, with scripts on and
off; turbohtml, by the newer one), and lists of its own of what may not be there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
import turbohtml
from lxml import etree

ELEMENTS = frozenset(
    """applet animate animatemotion animatetransform base bgsound discard embed fencedframe foreignobject frame frameset
    isindex keygen link meta noembed noframes object param plaintext portal script set template xmp""".split()
)
ATTRIBUTES = frozenset("attributename formaction http-equiv manifest ping srcdoc sandbox-off".split())
ADDRESSES = frozenset(
    """action archive background cite classid code codebase data dynsrc from formaction href icon longdesc lowsrc
    manifest poster profile src to usemap values xlink:href""".split()
)
SCHEMES = frozenset("http https mailto tel ftp ftps sms news irc xmpp geo magnet webcal urn feed matrix".split())
_SKIPPED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
_SCHEME = re.compile(r"([^/?#:]*):")
_PICTURE = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp)[;,]", re.I)
_STYLE = re.compile(
    r"expression|javascript|behavio|binding|@import|position\s*:\s*(?:fixed|absolute|sticky)|z-index|opacity|\\|"
    r"url\(\s*[\"']?\s*(?!https?:)[^\"'/?)]*:",
    re.I,
)


def running(html: str, *, quick: bool = False) -> list[str]:
    """What would run, or lie over the page, in one browser or another; empty for a harmless piece.

    `quick`: the slower of the two parsers reads it once only, with scripts on.
    """
    found: dict[str, str] = {}
    for name, root in _trees(html, quick):
        for what in _in_tree(root):
            found.setdefault(what, name)
    return [f"{what} ({name})" for what, name in found.items()]


def _trees(html: str, quick: bool) -> Iterator[tuple[str, Any]]:
    for scripting in (False, True):
        if scripting or not quick:
            parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"))
            yield f"html5lib, scripts {scripting}", parser.parseFragment(html, container="div", scripting=scripting)
        read = turbohtml.parse_fragment(html, positions=False, scripting=scripting)
        written = read.serialize(turbohtml.Html(xml=True))
        xml = etree.XMLParser(recover=True, huge_tree=True, resolve_entities=False, no_network=True)
        yield f"turbohtml, scripts {scripting}", etree.fromstring(written.encode(), xml)


def _in_tree(root: Any) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            if "<" in (element.text or "") or ">" in (element.text or ""):
                yield f"comment {element.text!r}"
            continue
        tag = element.tag.rpartition("}")[2].lower()
        if tag in ELEMENTS:
            yield f"<{tag}>"
        if tag == "style" and ("<" in (element.text or "") or _STYLE.search(element.text or "")):
            yield f"<style> {element.text!r}"
        for name, value in element.attrib.items():
            yield from _in_attribute(tag, str(name).rpartition("}")[2].rpartition(":")[2].lower(), str(value))


def _in_attribute(tag: str, name: str, value: str) -> Iterator[str]:
    if name.startswith("on") or name in ATTRIBUTES:
        yield f"{name}={value!r} of <{tag}>"
    if name in ADDRESSES or name.endswith("href") or name == "data-url":
        scheme = _SCHEME.match(_SKIPPED.sub("", value))
        picture = tag in ("img", "image", "source", "video", "input") and _PICTURE.match(value.strip())
        if scheme and scheme[1].lower() not in SCHEMES and not picture:
            yield f"{name}={value[:80]!r} of <{tag}>"
    if name == "style" and _STYLE.search(value):
        yield f"style={value!r} of <{tag}>"
    if name == "type" and tag == "input" and value.strip().lower() in ("password", "file"):
        yield f"<input type={value}>"
    if name == "name" and tag in ("img", "form", "iframe", "object", "embed"):
        yield f"name={value!r} of <{tag}>"
