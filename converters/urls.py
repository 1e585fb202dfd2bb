"""URLs: what belongs to the old site, and normal forms to compare them by."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

_GAP, _WORD, _WIDTH = re.compile(r"[\s,]*+"), re.compile(r"\S*+"), re.compile(r"[^,]*+")
"""The parts of a `srcset`; each matches anywhere, if only nothing."""
_SIZE = re.compile(r"\d{1,6}(?:\.\d{1,4})?[wx]")
_BASE = re.compile(r"(?:https?://|/)?(?:[^\W:]|[.~!$&()*+,;=@%\[\]/-]|:(?=\d))*")
_SLASHES = re.compile(r"/{2,}")
_ID_KEYS = {"p": "", "page_id": "page", "attachment_id": "attachment"}
_BARE_ID = re.compile(r"^\?(?:p|page_id|attachment_id)=\d+")


class OwnAddress(NamedTuple):
    """An address of the old site: path below its host (with `/`), query and fragment without their marks."""

    path: str
    query: str
    fragment: str

    @property
    def id(self) -> str:
        """The id in a short link (`?p=20`), or nothing."""
        if not self.query:
            return ""
        values = parse_qs(self.query)
        return next((values[key][0] for key in _ID_KEYS if key in values and values[key][0].isdigit()), "")

    @property
    def kind(self) -> str:
        """The type of the item that a short link names; nothing where it leaves that open."""
        return next((kind for key, kind in _ID_KEYS.items() if key in parse_qs(self.query)), "")


@lru_cache(maxsize=4096)
def of_web(url: str) -> str:
    """The address, if a page's address can begin with it: one of the web, or a path, that says nothing more."""
    return url.strip() if _BASE.fullmatch(url.strip()) else ""


def split(url: str) -> SplitResult | None:
    """`urlsplit` for addresses that strangers wrote: None for what is no address at all."""
    try:
        parts = urlsplit(url.strip())
        _ = parts.hostname, parts.port
    except ValueError:
        return None
    return parts


def host_of(url: str) -> str:
    """The host in small letters without `www.`; empty when there is none."""
    parts = split(url)
    host = parts.hostname if parts and parts.hostname else ""
    return host.removeprefix("www.")


@lru_cache(maxsize=1024)
def plain_host(host: str) -> str:
    """The form in which two spellings of a host are equal: small letters without `www.`, percent-encoding and the dot
    at the end, letters that are not ASCII as themselves (`xn--mnchen-3ya.example` is `münchen.example`)."""
    host = decoded(host).rstrip(".").lower()
    if "xn--" in host or not host.isascii():
        host = ".".join(map(_label, unicodedata.normalize("NFKC", host).replace("。", ".").split(".")))
    return host.removeprefix("www.")


def _label(label: str) -> str:
    """A part of a host's name, out of Punycode (RFC 3492)."""
    if not label.startswith("xn--"):
        return label
    try:
        return unicodedata.normalize("NFC", label[4:].encode("ascii").decode("punycode").lower())
    except UnicodeError:
        return label


def root_of(base_url: str) -> str:
    """Where a site lies on its host, without a slash at the end: `/blog`, or nothing."""
    base = split(base_url)
    return base.path.rstrip("/") if base else ""


@lru_cache(maxsize=4096)
def own(url: str, host: str) -> OwnAddress | None:
    """The address seen from inside the site at `host` (as `host_of` gives it); None when it lies elsewhere.

    Absolute addresses of either scheme, with or without `www.`, in every spelling of the host, `//host/…` and `/…`
    count; a bare fragment does not.
    """
    parts = split(url)
    if parts is None or parts.scheme not in ("", "http", "https"):
        return None
    if parts.netloc:
        if plain_host(parts.hostname or "") != plain_host(host):
            return None
    elif not parts.path.startswith("/") and not _BARE_ID.match(url):
        return None
    return OwnAddress(_SLASHES.sub("/", parts.path) or "/", parts.query, parts.fragment)


def key(path: str) -> str:
    """The form in which paths of one page are equal: decoded, without the slash at the end."""
    return decoded(path).rstrip("/") or "/"


def place_of(address: OwnAddress) -> str:
    """The form in which `SiteLookup.address` knows what stands at an address.

    Empty for those with a query, unless it names a language, as multilingual plug-ins do: `?lang=fr`.
    """
    if not address.query:
        return key(address.path)
    return f"{key(address.path)}?{address.query}" if address.query.startswith("lang=") else ""


def decoded(path: str) -> str:
    """The path without percent-encoding; one that is not UTF-8 underneath stays as it is."""
    try:
        return unquote(path, errors="strict") if "%" in path else path
    except UnicodeDecodeError:
        return path


def largest(candidates: str) -> str:
    """The address in a `srcset` (`a.jpg 480w, b.jpg 960w`) that is for the widest screen.

    Read as in https://html.spec.whatwg.org/multipage/images.html#parsing-a-srcset-attribute: an address ends at white
    space, and may hold commas.
    """
    best, most = "", -1.0
    at = _past(_GAP, candidates, 0)
    while at < len(candidates):
        end = _past(_WORD, candidates, at)
        address, size = candidates[at:end], ""
        if not address.endswith(","):
            at, end = end, _past(_WIDTH, candidates, end)
            size = candidates[at:end].strip()
        number = float(size[:-1]) if _SIZE.fullmatch(size) else 0.0
        if number > most:
            best, most = address.rstrip(","), number
        at = _past(_GAP, candidates, end)
    return best


def _past(part: re.Pattern[str], text: str, at: int) -> int:
    """Where the part that begins here ends."""
    found = part.match(text, at)
    return found.end() if found else at
