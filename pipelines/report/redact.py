"""What a report must not hold: e-mail addresses, users and passwords in addresses, keys and signatures in queries, and
words of what was not public."""

from __future__ import annotations

import re
from collections.abc import Iterable

from msgspec.structs import replace

from converters.model.notices import Notice
from converters.verify.verdict import Verdict

_USER = re.compile(r"(?<=://)[^/?#\s@]{0,200}@")
_SECRET = re.compile(
    r"([?&;][\w.-]{0,40}(?:token|secret|passw(?:or)?d|pwd|signature|sig|api_?key|auth|nonce|credential)s?=)"
    r"[^&\s#\"'<>]{1,4000}",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"[\w.+-]{1,64}@(?!\dx\.)[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")
"""Not the name of a picture for sharp screens, `logo@2x.png`."""
_TELLING = frozenset({"html.beside", "html.chrome", "shortcode.form", "frontmatter.duplicate", "date.invalid"})
"""Notices whose particulars may be words of the text."""


def secrets(text: str) -> str:
    """An address without users, passwords, keys and signatures."""
    if "://" in text:
        text = _USER.sub("", text)
    return _SECRET.sub(r"\1[removed]", text) if "=" in text else text


def personal(text: str) -> str:
    """A text without these and without e-mail addresses."""
    text = secrets(text)
    return _EMAIL.sub("[e-mail]", text) if "@" in text else text


def notices(given: Iterable[Notice], *, public: bool) -> list[Notice]:
    """Notices as a report may hold them."""
    return [_notice(notice, public=public) for notice in given]


def verdict(given: Verdict | None, *, public: bool) -> Verdict | None:
    """What a check said, as a report may hold it."""
    if given is None or not given.differences:
        return given
    found = (
        replace(each, old=personal(each.old), new=personal(each.new)) if public else replace(each, old="", new="")
        for each in given.differences
    )
    return replace(given, differences=tuple(dict.fromkeys(found)))


def _notice(notice: Notice, *, public: bool) -> Notice:
    old, new, what = (notice.old, notice.new, notice.what) if public else ("", "", _named(notice))
    cleared = (personal(what), secrets(notice.where), personal(old), personal(new))
    if cleared == (notice.what, notice.where, notice.old, notice.new):
        return notice
    return replace(notice, what=cleared[0], where=cleared[1], old=cleared[2], new=cleared[3])


def _named(notice: Notice) -> str:
    return "" if notice.code in _TELLING else notice.what
