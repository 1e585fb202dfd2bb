"""Sites in several languages: pages that name each other as their translations (`<link rel=alternate hreflang>`).

https://developers.google.com/search/docs/specialty/international/localized-versions
A site has several languages when a page names another page of it as its translation. The language at the plain
addresses is the first one; where every language has its code in its addresses, the one most pages are in.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from converters.importers.html.metadata import Metadata
from converters.model import Language

_NAMES = {
    "ar": "العربية", "bg": "Български", "ca": "Català", "cs": "Čeština", "da": "Dansk", "de": "Deutsch",
    "el": "Ελληνικά", "en": "English", "es": "Español", "eu": "Euskara", "fa": "فارسی", "fi": "Suomi",
    "fr": "Français", "gl": "Galego", "he": "עברית", "hr": "Hrvatski", "hu": "Magyar", "id": "Bahasa Indonesia",
    "it": "Italiano", "ja": "日本語", "ko": "한국어", "nb": "Norsk bokmål", "nl": "Nederlands", "pl": "Polski",
    "pt": "Português", "pt-br": "Português do Brasil", "ro": "Română", "ru": "Русский", "sk": "Slovenčina",
    "sl": "Slovenščina", "sv": "Svenska", "tr": "Türkçe", "uk": "Українська", "vi": "Tiếng Việt", "zh": "中文",
    "zh-cn": "简体中文", "zh-tw": "繁體中文",
}  # fmt: skip
"""What languages call themselves; any other goes by its code."""


class Spoken(NamedTuple):
    """What language a page is in, and what it has in common with its translations."""

    language: str
    group: str = ""


class Settled(NamedTuple):
    languages: tuple[Language, ...] = ()
    default_below_code: bool = False
    pages: Mapping[str, Spoken] = {}
    """place of a page -> its language"""


def settle(pages: Iterable[tuple[str, Metadata]], inside: Callable[[str], str]) -> Settled:
    """`pages`: (place, metadata), a place as in `places.plain`; `inside`: address -> place, or nothing."""
    known = dict(pages)
    spoken: dict[str, Spoken] = {}
    for place, meta in known.items():
        named = {other: code for code, url in meta.alternates if (other := inside(url)) in known}
        if len(named) > 1 and place in named:
            spoken[place] = Spoken(named[place], min(named))
    codes = Counter(page.language for page in spoken.values())
    if len(codes) < 2:
        return Settled()
    found = {code: [place for place, page in spoken.items() if page.language == code] for code in codes}
    below = {code for code in codes if all(f"{place}/".startswith(f"/{code}/") for place in found[code])}
    plain = [code for code in codes if code not in below]
    first = max(plain or codes, key=lambda code: (codes[code], code))
    for place, meta in known.items():
        if place not in spoken:
            spoken[place] = Spoken(_language(place, meta, codes, first))
    order = [first, *sorted(code for code in codes if code != first)]
    return Settled(tuple(_row(code, known, spoken) for code in order), not plain, spoken)


def _row(code: str, known: Mapping[str, Metadata], spoken: Mapping[str, Spoken]) -> Language:
    said = Counter(known[place].language for place, page in spoken.items() if page.language == code)
    locale = next((locale for locale, _ in said.most_common() if locale.lower().startswith(code[:2])), "")
    return Language(code, _NAMES.get(code) or _NAMES.get(code[:2], code), locale)


def _language(place: str, meta: Metadata, codes: Counter[str], first: str) -> str:
    """Of a page without translations: by its place, by what it says of itself."""
    folder = place.split("/")[1] if place.count("/") else ""
    said = meta.language.lower().replace("_", "-")
    return next((code for code in (folder, said, said.split("-")[0]) if code in codes), first)
