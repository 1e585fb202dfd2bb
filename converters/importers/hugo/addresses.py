"""The address Hugo gives a page: from its path, its front matter and the permalink patterns of the configuration.

https://gohugo.io/content-management/urls/, https://gohugo.io/configuration/permalinks/. Where a pattern has a token
whose value cannot be told from the file, there is no address: better none than a wrong one.
"""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from converters.importers.hugo.config import Config

_KEPT = frozenset("./\\_#+~-@")
_HEX = re.compile(r"[0-9A-Fa-f]{2}")
_SLICE = ":sections["
_TOKEN = re.compile(r"(?<!\\):[a-z]+(?:\[[^\]]*\])?")
_NO_DATE = datetime(1, 1, 1)
"""What Hugo takes for the date of a page that has none."""
_EXTENSIONS = (".html", ".htm", ".xml", ".json", ".txt")


class PagePath(NamedTuple):
    """What an address depends on."""

    folders: tuple[str, ...]
    """Names of the folders above the page, a leaf bundle's own not among them."""
    stem: str
    """The file's name, of a bundle that of its folder; empty for the page of the whole site."""
    is_list: bool
    language: str
    title: str
    date: datetime | None
    values: Mapping[str, Any]
    inside: tuple[str, ...] = ()
    """Of the folders above a page, those of the section that it is in: a folder without an `_index` is none."""

    @property
    def kind(self) -> str:
        return "section" if self.is_list else "page"

    @property
    def day(self) -> datetime:
        return self.date or _NO_DATE

    @property
    def sections(self) -> tuple[str, ...]:
        return (*self.folders, self.stem) if self.is_list else self.inside or self.folders

    @property
    def section(self) -> str:
        line = (*self.folders, self.stem) if self.is_list else self.folders
        return line[0] if line else ""


def address(page: PagePath, config: Config) -> str:
    """The path of the page's address, with `/`; empty where it cannot be told."""
    folder = language_folder(page.language, config)
    url = page.values.get("url")
    if isinstance(url, str) and url.strip():
        return _own(url.strip(), page, folder, config)
    if not page.stem:
        return f"{folder}/"
    kind, section = _pattern_key(page, config)
    ugly = config.ugly(page.section) and (kind == "term" or not page.is_list)
    pattern = config.permalink(kind, section, page.language)
    if pattern:
        path = _expanded(pattern, page, config)
        return f"{folder}{_behind(path, ugly=ugly)}" if path else ""
    slug = _slug(page)
    named = [sanitized(part, config) for part in slug.split("/")] if kind == "term" or not page.is_list else []
    last = named if any(named) else [path_part(page.stem, config)]
    parts = [*(path_part(part, config) for part in page.folders), *last]
    return f"{folder}{_behind('/' + '/'.join(part for part in parts if part), ugly=ugly)}"


def term_slug(name: str, config: Config) -> str:
    """What Hugo knows a term by, below its taxonomy: names that differ only in it are one term. Empty for a name that
    makes no address."""
    slug = path_part(name, config).strip("/")
    return slug if slug.strip("./") else ""


def term_address(name: str, taxonomy: str, language: str, config: Config, title: str = "") -> str:
    """The path of the list of a term, or of all terms of a taxonomy without a name; empty where there is none.

    `title` is that of the list of all terms, `taxonomy` its key in front matter. https://gohugo.io/content-management/taxonomies/
    """
    if not config.makes("term" if name else "taxonomy", language) or (name and not term_slug(name, config)):
        return ""
    return address(
        PagePath((taxonomy,) if name else (), name or taxonomy, True, language, name or title, None, {}), config
    )


def _pattern_key(page: PagePath, config: Config) -> tuple[str, str]:
    if page.is_list and page.section.lower() in config.taxonomies_in(page.language):
        return ("term" if page.folders else "taxonomy"), page.section
    return page.kind, page.section


def language_folder(language: str, config: Config) -> str:
    """What the addresses of a language begin with: `/fr`."""
    code = language or config.default
    return f"/{code}" if config.several and (code != config.default or config.default_below_code) else ""


def _own(url: str, page: PagePath, folder: str, config: Config) -> str:
    """An address of the page's own: from the root where it begins with a slash, else from the language's. A colon that
    begins no placeholder has a backslash in front."""
    below = "" if url.startswith("/") else f"{folder}/"
    if _TOKEN.search(url):
        url = _expanded(url, page, config)
    url = url.replace("\\:", ":")
    if not url or "://" in url:
        return ""
    path = below + url.lstrip("/") if below else url
    path = posixpath.normpath(path) + ("/" if path.endswith("/") and path.strip("/") else "")
    return path if path.endswith(_EXTENSIONS) else _behind(path, ugly=False)


def _behind(path: str, *, ugly: bool) -> str:
    """The path of a page as a folder or as a file; in a pattern, an ending of a file is that of a folder, too."""
    if ugly and path.strip("/"):
        return path.rstrip("/") + ".html"
    return path.rstrip("/") + "/"


def _expanded(pattern: str, page: PagePath, config: Config) -> str:
    values = {found: _value(found, page, config).lower() for found in _TOKEN.findall(pattern)}
    if not all(value or found.startswith(_SLICE) for found, value in values.items()):
        return ""
    path = _TOKEN.sub(lambda found: values[found[0]], pattern)
    return re.sub("/{2,}", "/", f"/{path}")


def _value(token: str, page: PagePath, config: Config) -> str:
    """What stands for a token, empty where that cannot be told; of some of the sections there may be none."""
    if not token.startswith(_SLICE):
        return _TOKENS[token](page, config) if token in _TOKENS else ""
    chosen = token.removeprefix(_SLICE).removesuffix("]").replace("last", str(max(0, len(page.sections) - 1)))
    start, several, end = (part.strip() for part in chosen.partition(":"))
    if not all(part.isdecimal() or not part for part in (start, end)):
        return ""
    first = int(start or 0)
    found = page.sections[first : (int(end) if end else None) if several else first + 1]
    return "/".join(path_part(part, config) for part in found)


def _slug(page: PagePath) -> str:
    slug = page.values.get("slug")
    return slug.strip() if isinstance(slug, str) else str(slug) if isinstance(slug, int) else ""


def _slug_or(other: str, page: PagePath, config: Config) -> str:
    """The slug of a page, in which a slash stays one, else its title or name."""
    slug = "/".join(sanitized(part, config) for part in _slug(page).split("/"))
    return slug if slug.strip("/") else other


def _title(page: PagePath, config: Config) -> str:
    """The title in an address; a slash stays one in that of a list that has no file."""
    parts = [page.title] if page.values else page.title.split("/")
    return "/".join(sanitized(part, config) for part in parts)


_TOKENS: dict[str, Callable[[PagePath, Config], str]] = {
    ":year": lambda page, config: str(page.day.year),
    ":month": lambda page, config: f"{page.day:%m}",
    ":monthname": lambda page, config: f"{page.day:%B}",
    ":day": lambda page, config: f"{page.day:%d}",
    ":weekdayname": lambda page, config: f"{page.day:%A}",
    ":yearday": lambda page, config: str(page.day.timetuple().tm_yday),
    ":section": lambda page, config: path_part(page.section, config),
    ":sections": lambda page, config: "/".join(path_part(part, config) for part in page.sections),
    ":title": _title,
    ":slug": lambda page, config: _slug_or(_title(page, config), page, config),
    ":filename": lambda page, config: sanitized(page.stem, config),
    ":slugorfilename": lambda page, config: _slug_or(sanitized(page.stem, config), page, config),
    ":contentbasename": lambda page, config: sanitized(page.stem, config),
    ":slugorcontentbasename": lambda page, config: _slug_or(sanitized(page.stem, config), page, config),
}


def sanitized(text: str, config: Config) -> str:
    """A slug or a title as Hugo writes it: letters, digits and some marks, spaces as one hyphen, small unless told not
    to."""
    return _cased(_collapsed(text.replace("/", "-").replace("\\", "-")), config).removesuffix("#")


def path_part(text: str, config: Config) -> str:
    """A name of a file, a folder or a term as Hugo writes it: every space is a hyphen, unless names keep their case."""
    if config.keep_case:
        return _cased(_collapsed(text), config)
    text = text.replace(" ", "-")
    kept = (each for at, each in enumerate(text) if _is_kept(each) or (each == "%" and _HEX.match(text, at + 1)))
    return _cased("".join(kept), config)


def _collapsed(text: str) -> str:
    """The characters of an address, with one hyphen for spaces."""
    found: list[str] = []
    gap = False
    for character in text.strip():
        if character.isspace():
            gap = True
        elif _is_kept(character):
            if gap and character != "-" and found and found[-1] != "-":
                found.append("-")
            gap = False
            found.append(character)
    return "".join(found)


def _is_kept(character: str) -> bool:
    return character in _KEPT or unicodedata.category(character)[0] in "LM" or character.isdecimal()


def _cased(text: str, config: Config) -> str:
    if config.without_accents and not text.isascii():
        plain = (each for each in unicodedata.normalize("NFD", text) if unicodedata.category(each) != "Mn")
        text = unicodedata.normalize("NFC", "".join(plain))
    return text if config.keep_case else "".join(each.lower()[:1] for each in text)
