"""The slugs that WordPress makes of titles and names (`sanitize_title`), with letters that are not Latin as they are.

WordPress keeps such letters percent-encoded; here they are decoded, as slugs are everywhere in this program. Accents of
Latin letters go (`remove_accents`), in some languages in a way of their own.
"""

from __future__ import annotations

import re
import unicodedata

_LIMIT = 200
"""Characters of a slug while it is percent-encoded (`utf8_uri_encode`)."""
_PLAIN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_ACCENTED = re.compile("[\u00c0-\u017f\u01a0\u01a1\u01af\u01b0\u01cd-\u01dc\u0218-\u021b\u1ea0-\u1ef9]")
"""Latin letters that lose their accents."""
_LETTERS = str.maketrans({
    "ª": "a", "º": "o", "Æ": "AE", "æ": "ae", "Ð": "D", "ð": "d", "Ø": "O", "ø": "o", "Þ": "TH", "þ": "th", "ß": "s",
    "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "Ĳ": "IJ", "ĳ": "ij", "ĸ": "k", "Ŀ": "L", "ŀ": "l", "Ł": "L",
    "ł": "l", "ŉ": "n", "Ŋ": "N", "ŋ": "n", "Œ": "OE", "œ": "oe", "Ŧ": "T", "ŧ": "t", "ſ": "s", "ɑ": "a", "€": "E",
    "£": "",
})  # fmt: skip
"""Those that are no plain letter with an accent, and the two currencies of that table."""
_IN_LANGUAGES = {
    "de": {"Ä": "Ae", "ä": "ae", "Ö": "Oe", "ö": "oe", "Ü": "Ue", "ü": "ue", "ß": "ss"},
    "da": {"Æ": "Ae", "æ": "ae", "Ø": "Oe", "ø": "oe", "Å": "Aa", "å": "aa"},
    "ca": {"l·l": "ll"},
    "sr": {"Đ": "DJ", "đ": "dj"},
    "bs": {"Đ": "DJ", "đ": "dj"},
}
_HYPHENS = re.compile("[\u00a0\u2000-\u200a\u2013\u2014\u2028\u2029\u202f./ -]+")
_DROPPED = re.compile(
    "[\x00-\x1f!-,:-@\\[-^`{-\x7f"  # signs of ASCII that no slug has
    "\u00a1\u00a9\u00ab\u00ad\u00ae\u00b0\u00b4\u00bb\u00bf\u02ca\u0300\u0301\u0304\u030c\u0341"
    "\u200b-\u200f\u2018-\u201f\u2022\u2026\u202a-\u202e\u2039\u203a\u2122\ufeff\ufffc]+"
)
"""What `sanitize_title_with_dashes` takes out of a slug that is saved."""


def slug_of(title: str, language: str = "") -> str:
    """The slug of a title or name, which is plain text; empty where nothing of it can be in one.

    `language`: of the site, as `de-DE`.
    """
    if len(title) <= _LIMIT and _PLAIN.fullmatch(title):
        return title
    text = _encoded_start(without_accents(title, language).replace("%", "").lower()).replace("×", "x")
    return re.sub("-{2,}", "-", _HYPHENS.sub("-", _DROPPED.sub("", text))).strip("-")


def without_accents(text: str, language: str = "") -> str:
    """The text with plain Latin letters instead of accented ones (`remove_accents`)."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFC", text)
    for letter, plain in _IN_LANGUAGES.get(language[:2].lower(), {}).items():
        text = text.replace(letter, plain)
    return _ACCENTED.sub(lambda found: unicodedata.normalize("NFD", found[0])[0], text.translate(_LETTERS))


def _encoded_start(text: str) -> str:
    """As much of the text as a slug can hold, percent-encoded."""
    if len(text) * 12 <= _LIMIT:
        return text
    length = 0
    for number, sign in enumerate(text):
        length += 1 if sign < "\x80" else 3 * len(sign.encode("utf-8", "surrogatepass"))
        if length > _LIMIT:
            return text[:number]
    return text
