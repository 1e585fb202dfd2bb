"""Addresses: which schemes may be where. What is not plainly allowed is refused, however it is written."""

from __future__ import annotations

import re
from enum import Enum
from html import unescape
from urllib.parse import unquote


class Use(Enum):
    """What an address is for."""

    LINK = "link"
    FILE = "file"
    """An image, a sound, a film: shown on the page."""
    FRAME = "frame"
    """A page shown inside the page."""
    PART = "part"
    """A part of the same document: `#name`."""


LINKS = frozenset(
    """http https mailto tel ftp ftps sftp news nntp irc irc6 ircs gopher feed sms svn fax xmpp webcal urn geo magnet
    sip sips callto skype whatsapp tg bitcoin doi matrix""".split()
)
"""About those that WordPress lets through (`wp_allowed_protocols`), and some of today."""

_WEB = frozenset({"http", "https"})
_SCHEMES = {Use.LINK: LINKS, Use.FILE: _WEB, Use.FRAME: _WEB, Use.PART: frozenset[str]()}
_PLAIN = {
    Use.LINK: re.compile(r"(?:https?://|mailto:|/|#|\?|\./|\.\./)|[\w.-]*(?:[/#?]|\Z)", re.I | re.A),
    Use.FILE: re.compile(r"(?:https?://|/|\./|\.\./)|[\w.-]*(?:[/#?]|\Z)", re.I | re.A),
    Use.FRAME: re.compile(r"(?:https?://|/|\./|\.\./)|[\w.-]*(?:[/#?]|\Z)", re.I | re.A),
    Use.PART: re.compile(r"#[\w.:-]+\Z"),
}
"""As nearly all are: seen at a glance."""
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\xad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\\]+")
"""Browsers and renderers of Markdown skip some of these in front of and inside a scheme; here all of them are."""
_SCHEME = re.compile(r"([^/#?]*?)(?::|&colon;?|%3a|\uff1a|\ufe13|\ufe55)", re.I)
_RASTER = re.compile(r"data:image/(?:png|gif|jpe?g|webp|avif|bmp|x-icon|vnd\.microsoft\.icon)[;,]", re.I)
_RUNS = re.compile(r"(?:java|vb|live)script:|data:(?!image/(?:png|gif|jpe?g|webp|avif|bmp)[;,])", re.I)


def allowed(address: str, use: Use = Use.LINK) -> bool:
    """May the address be there? A relative one may, one with a scheme if that is on the list."""
    if _PLAIN[use].match(address):
        return True
    if use is Use.PART:
        return False
    if use is Use.FILE and _RASTER.match(address.strip()):
        return True
    return all(_scheme_of(form) in _SCHEMES[use] | {""} for form in _forms(address))


def runs(address: str) -> bool:
    """Does a browser run something at this address, or show what it holds as a page?"""
    return any(_RUNS.match(form) for form in _forms(address))


def _forms(address: str) -> set[str]:
    """The address as it may be read: with references and percent signs decoded, and what is skipped left out."""
    forms, waiting = set[str](), address
    for _ in range(4):
        forms.add(_IGNORED.sub("", waiting))
        decoded = unquote(unescape(waiting))
        if decoded == waiting:
            break
        waiting = decoded
    return forms


def _scheme_of(address: str) -> str:
    found = _SCHEME.match(address)
    return found[1].lower() if found else ""
