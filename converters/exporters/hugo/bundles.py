"""Page bundles: the pictures that one post alone shows lie beside it, as resources of its page.

A bundle is a folder with an `index.md` (https://gohugo.io/content-management/page-bundles/). What the media step
brought stays at its old address below `static/`, so that links from elsewhere go on working and pictures of several
posts are stored once; the bundle gets files of its own. Texts name these where a template sees the address: in Markdown
pictures, in calls of `figure`, in front matter. Raw HTML and links keep the address from the root, right everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import blake2b
from html import unescape
from posixpath import basename, dirname, splitext
from typing import Any

from converters import new_site, urls
from converters.exporters.hugo.keys import KEYS
from converters.frontmatter.keys import one_line
from converters.markdown.scan import spans
from converters.markdown.scan.spans import Span
from converters.model import Asset, Place, Post
from converters.model.limits import DEFAULT
from converters.old_site import uploads
from converters.output import OutFile
from converters.paths import cut, fold, safe_name
from converters.plugin import SiteLookup

PICTURES = frozenset({".jpg", ".jpeg", ".png", ".gif", ".webp", ".avif", ".svg", ".bmp", ".tif", ".tiff"})
_ODD = re.compile(r"[^\w-]+")
"""What means something in a pattern of `resources` or in an address, and dots: Hugo finds languages behind them."""
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_SHOWN = {spans.IMAGE: None, spans.ARGUMENT: "figure src"}
"""Kind of address that a template makes one of the page's resources -> which of them; None for all."""
_FRONT = ("featured_image", "images", "twitter_image")


class Bundle:
    """The pictures of one post. Names are given as they are asked for, in the order of the text."""

    def __init__(self, post: Post, place: Place, lookup: SiteLookup, *, static: str, mark: str = "") -> None:
        """`static`: the folder that holds the files that came along. `mark`: of the language, in names of files."""
        self._lookup, self._static = lookup, static
        self._root = new_site.root_of(lookup.site)
        self._folder = dirname(place.path)
        self._mark = mark
        own = post.own_files if self._folder != "content" else ()  # what lay there would lie at the root of the site
        self._own = {urls.decoded(address): address for address in own if _is_picture(address)}
        self._names: dict[str, str] = {}

    def text(self, text: str) -> str:
        """The Markdown with the addresses of its own pictures as seen from its folder."""
        for span in spans.spans(text) if self._own else ():
            self._span(span, text[span.start : span.end])
        return spans.rewrite(text, self._span) if self._names else text

    def front(self, values: dict[str, Any]) -> dict[str, Any]:
        """Front matter with the names of its own pictures, and with what the media library says of all of them."""
        named = {key: self._named(value) if key in _FRONT else value for key, value in values.items()}
        assets = ((name, self._asset(address)) for address, name in self._names.items())
        resources = [{"src": name, **about} for name, asset in assets if asset and (about := _about(asset))]
        return KEYS.in_order(named | {"resources": resources}) if resources else named

    def files(self) -> Iterator[OutFile]:
        """Its pictures, with the bytes of those that came along."""
        for address, name in self._names.items():
            below = urls.decoded(address).removeprefix(f"{self._root}/").lstrip("/")
            yield OutFile(f"{self._folder}/{name}", b"", twin=f"{self._static}/{below}")

    def _span(self, span: Span, url: str) -> str | None:
        if span.kind not in _SHOWN or _SHOWN[span.kind] not in (None, span.name):
            return None
        return self._name(unescape(_ESCAPED.sub(r"\1", url)) if span.kind == spans.IMAGE else url)

    def _named(self, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._named(item) if key == "src" else item for key, item in value.items()}
        if isinstance(value, list):
            return [self._named(item) for item in value]
        return (self._name(value) or value) if isinstance(value, str) else value

    def _name(self, url: str) -> str | None:
        """The name of an own picture in the folder; None for whatever else stands at the address."""
        address = self._own.get(urls.decoded(url))
        if address is None:
            return None
        if address not in self._names:
            self._names[address] = self._new_name(urls.decoded(address))
        return self._names[address]

    def _new_name(self, address: str) -> str:
        stem, ending = splitext(basename(address))
        ending = self._mark + ending
        other = f"-{blake2b(address.encode(), digest_size=4).hexdigest()}"
        limit = DEFAULT.file_name_bytes - len(ending) - len(other)
        plain = cut(_ODD.sub("-", safe_name(stem, limit=limit)).strip("-_") or "picture", limit)
        taken = {fold(name) for name in self._names.values()}
        return plain + other + ending if fold(plain + ending) in taken else plain + ending

    def _asset(self, address: str) -> Asset | None:
        path = urls.decoded(address)
        return self._lookup.asset_at(uploads.below_uploads(address) or path.lstrip("/"))


def _is_picture(address: str) -> bool:
    return splitext(address)[1].lower() in PICTURES


def _about(asset: Asset) -> dict[str, Any]:
    params = {"alt": asset.alt, "caption": one_line(asset.caption)}
    values = {"title": asset.title, "params": {key: value for key, value in params.items() if value}}
    return {key: value for key, value in values.items() if value}
