"""What servers say in headers, in our terms."""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import quote, urljoin

_LONGEST = 1024
_NUMBER = re.compile(r"[0-9]{1,18}")


def validator(headers: Mapping[str, str]) -> str:
    """What tells whether the file is still the same: a strong `ETag`, else `Last-Modified`; empty for neither."""
    tag = headers.get("ETag", "").strip()
    found = tag if tag.startswith('"') else headers.get("Last-Modified", "").strip()
    return found if is_validator(found) else ""


def is_validator(text: str) -> bool:
    """Can that be sent back? It is written down meanwhile."""
    return len(text) <= _LONGEST and text.isascii() and text.isprintable()


def content_range(value: str) -> tuple[int, int | None]:
    """(first byte, size of the whole) of `bytes 100-199/200`; -1 where it cannot be read."""
    unit, _, rest = value.strip().partition(" ")
    span, _, total = rest.partition("/")
    start = span.partition("-")[0]
    if unit.lower() != "bytes" or not _NUMBER.fullmatch(start):
        return -1, None
    return int(start), int(total) if _NUMBER.fullmatch(total) else None


def retry_after(value: str, longest: float) -> float | None:
    """Seconds to wait, at most `longest`; None when the header says nothing that can be understood."""
    value = value.strip()
    if re.fullmatch(r"[0-9]+", value):
        return min(float(value[:12]), longest)
    try:
        seconds = parsedate_to_datetime(value).timestamp() - time.time()
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds, 0.0), longest)


def said(status: int) -> str:
    try:
        return f"the server says {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"the server says {status}"


def quoted(url: str) -> str:
    """The address with spaces and letters of all scripts escaped, as browsers send it; what is escaped stays so."""
    scheme, mark, rest = url.strip().partition("://")
    host, slash, path = rest.partition("/")
    return scheme + mark + host + slash + quote(path, safe="%/:?#[]@!$&'()*+,;=~", errors="surrogateescape")


def onward(url: str, location: str) -> str:
    """Where a redirect leads; empty when it says nothing that is an address."""
    try:
        return urljoin(url, location) if location else ""
    except ValueError:
        return ""
