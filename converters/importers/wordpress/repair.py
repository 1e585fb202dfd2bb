"""One item as XML: parsed strictly, and repaired when that fails.

libxml2's own recovery is never used: it drops text around a control character, whole sections over 10 MB and
everything after 256 levels, and says nothing. Each repair here is a notice.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from html.entities import html5
from typing import NamedTuple

from lxml import etree

from converters.importers.wordpress.split import sections
from converters.model.notices import Log

NAMESPACES = {
    "wp": "http://wordpress.org/export/1.2/",
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}

_ROOT = re.compile(rb"<rss\b[^>]*>", re.S)
_DECLARATION = re.compile(rb"""xmlns:([A-Za-z_][\w.-]*)\s*=\s*("[^"<]*"|'[^'<]*')""")
_ENCODING = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)""")
_CONTROL = dict.fromkeys((*range(9), 11, 12, *range(14, 32), 65534, 65535))
_STRAY = re.compile("[\udc80-\udcff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_REFERENCE = re.compile(r"&(?:#(?:x([0-9a-fA-F]+)|(\d+));|([A-Za-z][A-Za-z0-9]*);)?")
_PREFIX = re.compile(r"<([A-Za-z_][\w.-]*):|\s([A-Za-z_][\w.-]*):[\w.-]+\s*=")
_NO_CHARSETS = frozenset(
    """ascii idna mbcs oem punycode raw-unicode-escape undefined unicode-escape utf-7 base64 bz2 hex quopri rot-13 uu
    zlib""".split()
)
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_FIELD = re.compile(r"<((?:wp|content|excerpt|dc|wfw):[\w-]+|title|link|pubDate|guid|description|category)\b([^<>]*)>")
_CONTAINERS = frozenset(
    {"wp:postmeta", "wp:comment", "wp:commentmeta", "wp:author", "wp:category", "wp:tag", "wp:term"}
)


_MOST_PREFIXES = 100
"""That are declared: the time libxml2 takes grows with the square of their number."""
_MOST_DIGITS = 10
"""Of a reference to a character: more stand for none, whatever they say."""


class Prolog(NamedTuple):
    """What the items of a file need to be parsed on their own: its root tag, and the encoding it declares."""

    root: bytes
    encoding: str


def read_prolog(head: bytes) -> Prolog:
    """The root tag with its own and the usual name space declarations. The declaration of a DOCTYPE is never read."""
    encoding = _ENCODING.search(head)
    root = _ROOT.search(head)
    declared = _DECLARATION.findall(root[0]) if root else []
    spaces = NAMESPACES | {name.decode(): uri[1:-1].decode("utf-8", "replace") for name, uri in declared if uri[1:-1]}
    attributes = "".join(f' xmlns:{prefix}="{_attribute(uri)}"' for prefix, uri in spaces.items())
    return Prolog(f"<rss{attributes}>".encode(), encoding[1].decode().lower() if encoding else "utf-8")


def _attribute(value: str) -> str:
    value = re.sub(r"&(?!#?\w+;)", "&amp;", value)
    return value.replace('"', "&quot;").replace("<", "&lt;")


class ItemParser:
    """Parses slices of one file."""

    def __init__(self, prolog: Prolog) -> None:
        self._prolog = prolog
        self._parser = etree.XMLParser(
            huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False, strip_cdata=False
        )

    def parse(self, data: bytes, log: Log) -> etree._Element | None:
        """The element of one slice (`<item>…</item>`), or None when not even repair helps (noted)."""
        try:
            return etree.fromstring(self._prolog.root + data + b"</rss>", self._parser)[0]
        except (etree.XMLSyntaxError, IndexError):
            return self._parse_repaired(data, log)

    def _parse_repaired(self, data: bytes, log: Log) -> etree._Element | None:
        text = _characters(_decode(data, self._prolog.encoding, log), log)
        text, prefixes = _markup(text, log)
        declared = "".join(f' xmlns:{name}="urn:undeclared:{name}"' for name in prefixes)
        root = self._prolog.root[:-1].decode() + declared + ">"
        reason = ""
        for attempt in _attempts(text, root):
            try:
                element = etree.fromstring(f"{root}{attempt}</rss>".encode(), self._parser)[0]
            except (etree.XMLSyntaxError, IndexError) as error:
                reason = str(error)
                continue
            if attempt is not text:
                log("xml.markup", reason)
            return element
        log("item.unreadable", reason)
        return None


def _decode(data: bytes, declared: str, log: Log) -> str:
    """UTF-8 whatever the declaration says; else what is declared; else UTF-8 with stray bytes as Windows-1252."""
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        first = error.start
    if _is_charset(declared):
        try:
            text = data.decode(declared)
            log("xml.encoding", declared)
            return text
        except UnicodeDecodeError:
            pass
    try:  # CESU-8: characters beyond the basic plane written as two surrogates
        text = data.decode("utf-8", "surrogatepass").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        log("xml.encoding", "CESU-8")
        return text
    except UnicodeDecodeError:
        pass
    log("xml.encoding", "windows-1252", where=f"byte {first}")
    return _decode_mixed(data)


def _is_charset(declared: str) -> bool:
    """Is it the name of an encoding that this file can be in?

    Python knows some that are none of characters (`punycode`). What is in UTF-16 was turned into UTF-8 before; nearly
    all bytes could be read as that.
    """
    try:
        name = codecs.lookup(declared).name
    except LookupError:
        return False
    return name not in _NO_CHARSETS and not name.startswith(("utf-8", "utf-16", "utf-32"))


def _decode_mixed(data: bytes) -> str:
    text = data.decode("utf-8", "surrogateescape")
    return _STRAY.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def _characters(text: str, log: Log) -> str:
    """Without what XML forbids: control characters go, lone surrogates become U+FFFD."""
    clean = text.translate(_CONTROL)
    if len(clean) != len(text):
        log("xml.control-characters", str(len(text) - len(clean)))
    return _SURROGATE.sub("\ufffd", clean)


def _markup(text: str, log: Log) -> tuple[str, list[str]]:
    """Sections closed properly, references outside them known to XML; and the undeclared prefixes."""
    parts: list[str] = []
    prefixes: set[str] = set()
    raw_ends = 0
    for is_section, piece in sections(text.encode()):
        content = piece.decode("utf-8", "replace")
        if is_section:
            raw_ends += content.count("]]>")
            parts.append("<![CDATA[" + content.replace("]]>", "]]]]><![CDATA[>") + "]]>")
        else:
            parts.append(_references(content, log))
            prefixes.update(a or b for a, b in _PREFIX.findall(content))
    if raw_ends:
        log("xml.cdata-end", str(raw_ends))
    unknown = sorted(prefixes - NAMESPACES.keys() - {"xml", "xmlns"})
    if unknown:
        more = f", {len(unknown) - _MOST_PREFIXES} more" if len(unknown) > _MOST_PREFIXES else ""
        log("xml.namespace", ", ".join(unknown[:_MOST_PREFIXES]) + more)
    return "".join(parts), unknown[:_MOST_PREFIXES]


def _references(text: str, log: Log) -> str:
    def known(match: re.Match[str]) -> str:
        hexadecimal, decimal, name = match.groups()
        if name in _XML_NAMES:
            return match[0]
        if name and name + ";" in html5:
            log("xml.entity", match[0])
            return html5[name + ";"]
        if hexadecimal or decimal:
            if _allowed(hexadecimal, decimal):
                return match[0]
            log("xml.control-characters", match[0][:80])
            return ""
        log("xml.entity", match[0])
        return "&amp;" + match[0][1:]

    return _REFERENCE.sub(known, text) if "&" in text else text


def _allowed(hexadecimal: str, decimal: str) -> bool:
    """Does the reference stand for a Char of the XML 1.0 grammar?"""
    digits = (hexadecimal or decimal).lstrip("0")
    if len(digits) > _MOST_DIGITS:
        return False
    code = int(digits or "0", 16 if hexadecimal else 10)
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _attempts(text: str, root: str) -> Iterator[str]:
    """The item as it is; put together again field by field: one broken field costs its own markup and nothing else."""
    yield text
    yield "<item>" + _fields(text, root) + "</item>"


def _fields(text: str, root: str) -> str:
    parts, position = [], 0
    while match := _FIELD.search(text, position):
        name = match[1]
        end = text.find(f"</{name}>", match.end())
        if match[2].rstrip().endswith("/") or end < 0:
            position = match.end()
            continue
        inner = text[match.end() : end]
        parts.append(_field(name, match[2], inner, root))
        position = end + len(name) + 3
    return "".join(parts)


def _field(name: str, attributes: str, inner: str, root: str) -> str:
    whole = f"<{name}{attributes}>{inner}</{name}>"
    try:
        etree.fromstring(f"{root}{whole}</rss>".encode())
    except etree.XMLSyntaxError:
        if name in _CONTAINERS:
            return f"<{name}>{_fields(inner, root)}</{name}>"
        return f"<{name}{_attributes(attributes)}>{_as_text(inner)}</{name}>"
    return whole


def _attributes(text: str) -> str:
    """Attributes of which a value holds its own quotation mark, as WordPress writes a term's slug unescaped."""
    found = re.findall(r"""([\w:-]+)="(.*?)"(?=\s+[\w:-]+=|\s*$)""", text, re.S)
    return "".join(f' {name}="{_attribute(value)}"' for name, value in found)


def _as_text(inner: str) -> str:
    parts = []
    for is_section, piece in sections(inner.encode()):
        content = piece.decode("utf-8", "replace")
        parts.append(content if is_section else content.replace("&amp;", "&").replace("&lt;", "<").replace("&gt;", ">"))
    return "<![CDATA[" + "".join(parts).replace("]]>", "]]]]><![CDATA[>") + "]]>"
