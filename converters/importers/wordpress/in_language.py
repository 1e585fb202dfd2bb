"""A site as it looks in one of its languages, while an item in that language is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
from lxml import etree

from converters import urls
from converters.model import Asset, Entry, Place, Site
from converters.plugin import SiteLookup, SourceFile


class Links:
    """Lets links lead to the page in this language where there is one, as qTranslate does when it shows a text.

    In a source whose fields hold all languages at once, links are written as in the default one.
    """

    def __init__(self, lookup: SiteLookup, language: str) -> None:
        self._lookup, self._language = lookup, language
        self._host = urls.host_of(lookup.site.base_url)
        self._folder = urls.root_of(lookup.site.base_url)
        self._renamed = dict(self._find_renamed())

    def _find_renamed(self) -> Iterator[tuple[str, str]]:
        """(address in the default language, address in this one) of pages that have a slug of their own in it."""
        for entry in self._lookup.entries():
            origin = self._lookup.entry(entry.origin) if entry.origin and entry.language == self._language else None
            if origin is not None and origin.slug != entry.slug:
                address = urls.own(origin.permalink, self._host)
                yield urls.key(address.path if address else ""), entry.permalink

    def apply(self, root: etree._Element) -> None:
        for link in root.iter("a"):
            address = urls.own(str(link.get("href") or ""), self._host)
            new = self._address(address) if address is not None else ""
            if address is not None and new:
                link.set("href", new + (f"#{address.fragment}" if address.fragment else ""))

    def _address(self, address: urls.OwnAddress) -> str:
        if address.id:
            other = self._lookup.translations(address.id).get(self._language)
            entry = self._lookup.entry(other) if other else None
            return entry.permalink if entry is not None else ""
        if address.query or not address.path.startswith(f"{self._folder}/"):
            return ""
        path = f"{self._folder}/{self._language}{address.path[len(self._folder) :]}"
        found = self._lookup.address(urls.key(path)) is not None
        return path if found else self._renamed.get(urls.key(address.path), "")


class InLanguage:
    """The surveyed site as it looks in one language: texts of files and names of terms are in that language."""

    def __init__(self, lookup: SiteLookup, language: str) -> None:
        self._lookup, self._language = lookup, language

    @property
    def site(self) -> Site:
        return self._lookup.site

    @property
    def sources(self) -> Sequence[SourceFile]:
        return self._lookup.sources

    def entry(self, id: str) -> Entry | None:
        return self._lookup.entry(id)

    def entries(self) -> Iterator[Entry]:
        return self._lookup.entries()

    def translations(self, id: str) -> dict[str, str]:
        return self._lookup.translations(id)

    def has_children(self, id: str, kind: str) -> bool:
        return self._lookup.has_children(id, kind)

    def place(self, id: str) -> Place | None:
        return self._lookup.place(id)

    def address(self, path: str) -> str | None:
        return self._lookup.address(path)

    def asset(self, id: str) -> Asset | None:
        return self._said(self._lookup.asset(id))

    def asset_at(self, path: str) -> Asset | None:
        return self._said(self._lookup.asset_at(path))

    def fragments(self, url: str) -> Sequence[str]:
        return self._lookup.fragments(url)

    def assets_of(self, id: str) -> Sequence[Asset]:
        """Files hang on the item that keeps its id, whatever the language."""
        entry = self._lookup.entry(id)
        origin = entry.origin if entry is not None else ""
        return [self._own(asset) for asset in self._lookup.assets_of(origin or id)]

    def _said(self, asset: Asset | None) -> Asset | None:
        return None if asset is None else self._own(asset)

    def _own(self, asset: Asset) -> Asset:
        texts = asset.other.get(self._language)
        return msgspec.structs.replace(asset, **texts) if texts else asset
