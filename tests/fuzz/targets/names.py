"""Names of files and folders (`converters/paths.py`)."""

from __future__ import annotations

import re

from converters.paths import safe_name

DICTIONARY = (
    b"..", b"/", b"\\", b"%2f", b"%2e%2e", b"%252e", b"%00", b"CON", b"aux.", b"lpt1", b"com\xc2\xb9", b".git",
    b"~", b" ", b".", b"-", b"--", b"_", b"index", b"_index", b"e\xcc\x81", b"\xc3\xa9", b"\xc3\x9f", b"ss",
    b"\xe2\x80\xae", b":", b"\xef\xbb\xbf", b"\0", b"\xe6\x97\xa5\xe6\x9c\xac", b"%e6%97%a5", b"a", b"A", b"posts",
    b"page", b"a-1", b"a-2", b"http://old.example/", b"?p=1", b"2021-01-01-", b"\xc4\xb0", b"\xf0\x9f\x98\x80",
    b"\xff", b"tags", b"feed.xml",
)  # fmt: skip
_BAD = re.compile(r'[\x00-\x1f<>:"\\|?*]')
_DEVICE = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?:\..*)?", re.I | re.S)


def run(data: bytes) -> None:
    """A name is one harmless segment on every system, no longer than asked, and the same when it is made safe again."""
    name = data.decode("utf-8", "surrogateescape")
    for limit in (200, 64):
        safe = safe_name(name, limit=limit, reserved=frozenset({"index"}))
        if safe:
            segment(safe, limit)
        again = safe_name(safe, limit=limit)
        assert again in (safe, safe + "_"), "not the same when made safe again"


def segment(name: str, limit: int) -> None:
    """Fails on what some system does not take as the name of a file or folder, or as another one."""
    assert len(name.encode()) <= limit, f"too long: {name!r}"
    assert not _BAD.search(name), f"a character Windows refuses: {name!r}"
    assert "/" not in name
    assert name.rstrip(". ") == name, f"an end Windows cuts: {name!r}"
    assert not _DEVICE.fullmatch(name), f"a device: {name!r}"
    assert name.isprintable() or not name.isascii()
