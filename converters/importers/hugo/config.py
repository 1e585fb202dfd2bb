"""The configuration of a Hugo site, as far as its content depends on it.

Read are `hugo.*` or `config.*` (TOML, YAML, JSON) in the site's folder, over it `config/_default/`, where a file is
named by the key it holds (`params.toml`, `menus.en.toml`). https://gohugo.io/configuration/introduction/
Keys are the same in small and capital letters. Settings of one environment alone stay files.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from converters import item_timeout, nested
from converters.errors import SourceError
from converters.frontmatter import yaml_read
from converters.importers.hugo.files import SETTINGS_ENDINGS, SETTINGS_FILES, SETTINGS_FOLDER
from converters.importers.shared.hidden import passed_over
from converters.item_timeout import ItemTimeout
from converters.model import Language, Menu, MenuItem
from converters.model.notices import Log
from converters.urls import of_web

NO_BASE = "https://example.org"
"""The base URL of a site whose configuration has none."""
_PLAIN = re.compile(r"[\w-]+")


_DATE_KEYS = {
    "date": ("date", "publishdate", "pubdate", "published", "lastmod", "modified"),
    "publishDate": ("publishdate", "pubdate", "published", "date"),
    "expiryDate": ("expirydate", "unpublishdate"),
}
"""https://gohugo.io/configuration/front-matter/"""


class ContentRoot(msgspec.Struct, frozen=True):
    """A folder of content. Paths are relative to the site's folder."""

    folder: str
    below: str = ""
    """Where in the tree of content it hangs (`module.mounts`)."""
    language: str = ""


class Config:
    """What the settings say. Never fails on a value of the wrong kind: that one counts as not set."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.settings = settings
        self.base_url = of_web(_text(get(settings, "baseURL"))).rstrip("/")
        self.title = _text(get(settings, "title"))
        self.description = _text(get(settings, "params", "description"))
        self.locale = _text(get(settings, "locale") or get(settings, "languageCode"))
        self.default = _text(get(settings, "defaultContentLanguage")).lower() or "en"
        self.default_below_code = get(settings, "defaultContentLanguageInSubdir") is True
        self.languages = self._languages()
        self.codes = {language.code for language in self.languages}
        self.keep_case = get(settings, "disablePathToLower") is True
        self.without_accents = get(settings, "removePathAccents") is True
        self.taxonomies = self._taxonomies("")
        """Key in front matter -> what the records call the taxonomy, where a language has none of its own."""
        self._own_taxonomies = {
            language.code: self._taxonomies(language.code)
            for language in self.languages
            if get(settings, "languages", language.code, "taxonomies") is not None
        }

    @property
    def several(self) -> bool:
        return len(self.languages) > 1 or self.default_below_code

    @property
    def zone(self) -> ZoneInfo | None:
        try:
            return ZoneInfo(_text(get(self.settings, "timeZone"))) if get(self.settings, "timeZone") else None
        except (ZoneInfoNotFoundError, ValueError, OSError):
            return None

    def _languages(self) -> tuple[Language, ...]:
        table = get(self.settings, "languages")
        rows = [
            (code.lower() != self.default, _number(get(values, "weight")), _language(code, values))
            for code, values in (table.items() if isinstance(table, Mapping) else ())
            if isinstance(values, Mapping) and get(values, "disabled") is not True
        ]
        found = tuple(row[2] for row in sorted(rows, key=lambda row: row[:2]))
        return (_language(self.default, {}),) if self.default_below_code and not found else found

    def of_language(self, language: str, key: str) -> Any:
        """A setting, as a language of the site has it where that sets it for itself."""
        own = get(self.settings, "languages", language, key) if language else None
        return get(self.settings, key) if own is None else own

    def _taxonomies(self, language: str) -> dict[str, str]:
        table = self.of_language(language, "taxonomies")
        keys = [_text(key) for key in table.values()] if isinstance(table, Mapping) else ["categories", "tags"]
        return {
            key.lower(): {"categories": "category", "tags": "post_tag"}.get(key.lower(), key) for key in keys if key
        }

    def taxonomies_in(self, language: str) -> dict[str, str]:
        """The same of one language: its own table takes the place of the site's."""
        return self._own_taxonomies.get(language, self.taxonomies)

    def makes(self, kind: str, language: str) -> bool:
        """Does the site have pages of a kind (`disableKinds`)?"""
        found = self.of_language(language, "disableKinds")
        off = (
            {str(name).lower().replace("taxonomyterm", "taxonomy") for name in found} if isinstance(found, list) else ()
        )
        return kind not in off

    @property
    def feed_file(self) -> str:
        """What the feed of a list is called: https://gohugo.io/configuration/output-formats/"""
        name = _text(get(self.settings, "outputFormats", "rss", "baseName"))
        return f"{name if _PLAIN.fullmatch(name) else 'index'}.xml"

    def ugly(self, section: str) -> bool:
        """Do pages of a section lie at `name.html`?"""
        found = get(self.settings, "uglyURLs")
        return get(found, section) is True if isinstance(found, Mapping) else found is True

    def permalink(self, kind: str, section: str, language: str = "") -> str:
        """The pattern for pages of a kind (page, section, taxonomy, term) in a section; empty without one."""
        table = self.of_language(language, "permalinks")
        own = get(table, kind, section)
        plain = get(table, section) if kind in ("page", "term") else None
        return own if isinstance(own, str) else plain if isinstance(plain, str) else ""

    def date_keys(self, kind: str) -> list[str]:
        """The keys that say the `date`, `publishDate` or `expiryDate` of a page, the first of which counts."""
        usual = _DATE_KEYS[kind]
        own = get(self.settings, "frontmatter", kind)
        if not isinstance(own, list):
            return [*usual]
        return [key for name in map(str, own) for key in (usual if name.lower() == ":default" else (name.lower(),))]

    def roots(self) -> list[ContentRoot]:
        """The folders of content, those of single languages first."""
        mounts = list(self._mounts())
        if mounts:
            return mounts
        main = _folder(get(self.settings, "contentDir")) or "content"
        codes = [language.code for language in self.languages] if self.several else []
        own = {code: _folder(get(self.settings, "languages", code, "contentDir")) for code in codes}
        found = [ContentRoot(folder, language=code) for code, folder in own.items() if folder]
        return found if any(root.language == self.default for root in found) else [*found, ContentRoot(main)]

    def _mounts(self) -> Iterator[ContentRoot]:
        mounts = get(self.settings, "module", "mounts")
        for mount in mounts if isinstance(mounts, list) else ():
            source, target = _folder(get(mount, "source")), _folder(get(mount, "target"))
            if source and (target == "content" or target.startswith("content/")):
                yield ContentRoot(source, target.removeprefix("content").strip("/"), _language_of(mount))

    def static_folders(self) -> list[str]:
        found = get(self.settings, "staticDir")
        return [_folder(item) for item in (found if isinstance(found, list) else [found or "static"]) if _folder(item)]

    def menus(self) -> dict[str, list[MenuItem]]:
        """Menu -> its entries; where several languages have menus of their own, those of the first."""
        tables = [get(self.settings, "menus"), get(self.settings, "menu")]
        if self.several:
            first = self.languages[0].code
            tables += [get(self.settings, "languages", first, name) for name in ("menus", "menu")]
        found: dict[str, list[MenuItem]] = {}
        for table in tables:
            for name, rows in table.items() if isinstance(table, Mapping) else ():
                numbered = enumerate(rows if isinstance(rows, list) else [rows])
                items = [_menu_item(name, number, row) for number, row in numbered if isinstance(row, Mapping)]
                found.setdefault(name, []).extend(items)
        return found


def _language_of(mount: Any) -> str:
    """The one language of a mount, if it has one: `lang`, since Hugo 0.153 `sites.matrix.languages`."""
    found = get(mount, "sites", "matrix", "languages")
    name = _text(get(mount, "lang")) or (_text(found[0]) if isinstance(found, list) and len(found) == 1 else "")
    return name.lower() if name.replace("-", "").isalnum() else ""


def _menu_item(menu: str, number: int, row: Mapping[str, Any]) -> MenuItem:
    name = _text(get(row, "name") or get(row, "title"))
    return MenuItem(
        id=_text(get(row, "identifier")) or name or f"{menu}-{number}",
        parent=_text(get(row, "parent")),
        title=name,
        order=_number(get(row, "weight")),
        kind="custom",
        address=_text(get(row, "url") or get(row, "pageRef")),
    )


def menus(found: Mapping[str, list[MenuItem]]) -> tuple[Menu, ...]:
    return tuple(Menu(name, name, tuple(sorted(items, key=lambda item: item.order))) for name, items in found.items())


def get(values: Any, *keys: str) -> Any:
    """The value behind a line of keys, whatever their case; None where there is none."""
    for key in keys:
        if not isinstance(values, Mapping):
            return None
        found = values.get(key)
        if found is None:
            small = key.lower()
            found = next((value for name, value in values.items() if str(name).lower() == small), None)
        values = found
    return values


def read_settings(folder: Path) -> dict[str, Any]:
    """The settings of a site, all files in one. Raises SourceError for one that cannot be read."""
    settings: dict[str, Any] = {}
    main = next((folder / name for name in SETTINGS_FILES if _is_plain(folder / name)), None)
    if main is not None:
        settings = _load(main)
    below = folder / SETTINGS_FOLDER
    for file in sorted(below.rglob("*")) if below.is_dir() else ():
        if _is_plain(file) and file.suffix in SETTINGS_ENDINGS:
            _merge(settings, _keyed(file))
    return settings


def _is_plain(file: Path) -> bool:
    """Is that a file, and no link to one that may lie elsewhere?"""
    return file.is_file() and not file.is_symlink()


def _keyed(file: Path) -> dict[str, Any]:
    """`params.toml` holds what is below `params`, `menus.en.toml` what is below `languages.en.menus`."""
    values = _load(file)
    key, _, language = file.stem.partition(".")
    if key in ("hugo", "config"):
        return values
    if key == "languages" and language:
        return {key: {language: values}}
    inner = values.get(key) if list(values) == [key] and isinstance(values.get(key), Mapping) else None
    values = {key: values if inner is None else inner}
    return {"languages": {language: values}} if language else values


def _load(file: Path) -> dict[str, Any]:
    try:
        found = item_timeout.call(_values, file.read_text(encoding="utf-8-sig"), file.suffix)
    except ItemTimeout as error:
        raise SourceError(
            f"{file} takes longer to read than --item-timeout allows. Make it smaller, or raise the limit."
        ) from error
    except (OSError, ValueError, RecursionError) as error:
        raise SourceError(f"{file} cannot be read: {error}. Hugo would not build this site either.") from error
    return found if isinstance(found, dict) else {}


def _values(text: str, suffix: str) -> Any:
    """Raises ValueError for what cannot be read, or is nested too deeply."""
    if suffix == ".toml":
        return nested.toml(text)
    if suffix == ".json":
        return nested.check(json.loads(text))
    return yaml_read.loads(text, Log())


def _merge(values: dict[str, Any], more: Mapping[str, Any]) -> None:
    for key, value in more.items():
        known = values.get(key)
        if isinstance(known, dict) and isinstance(value, Mapping):
            _merge(known, value)
        else:
            values[key] = value


def _language(code: str, values: Mapping[str, Any]) -> Language:
    return Language(
        code.lower(),
        _text(get(values, "label") or get(values, "languageName")) or code,
        _text(get(values, "locale") or get(values, "languageCode")),
        _text(get(values, "title")),
        _text(get(values, "params", "description")),
    )


def with_zone(settings: Mapping[str, Any], time_zone: str) -> Config:
    """The configuration, with the time zone the user named in place of its own."""
    return Config({**settings, "timeZone": time_zone} if time_zone else settings)


def _folder(value: Any) -> str:
    """A folder inside the site; empty for one that is not, and for a hidden one."""
    path = PurePosixPath(value.replace("\\", "/")) if isinstance(value, str) and value else None
    if path is None or path.is_absolute() or ".." in path.parts or not path.parts:
        return ""
    return "" if passed_over(str(path)) else str(path)


def _text(value: Any) -> str:
    return (
        value if isinstance(value, str) else str(value) if isinstance(value, int | float) and value is not True else ""
    )


def _number(value: Any) -> int:
    try:
        return int(value)
    except (TypeError, ValueError, OverflowError):
        return 0
