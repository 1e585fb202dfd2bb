"""The fields of one `<item>` or of the channel, by name (`wp:post_id`, `title`), and what they say as plain text.

Name spaces are told by family, not by exact address: the address changed with every version of the format, and other
programs write their own.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from lxml import etree

from converters.importers.wordpress.values import BLANK, integer, plain, plain_name, read, text
from converters.old_site.archives import nicename
from converters.urls import decoded

__all__ = [
    "Category",
    "RawItem",
    "authors_of",
    "children",
    "field_name",
    "integer",
    "plain",
    "plain_name",
    "public_login",
    "text",
]

_FAMILIES = (  # the first part of an address that fits decides
    ("wordpress.org/export/", "wp"),
    ("rss/1.0/modules/content", "content"),
    ("purl.org/dc/elements", "dc"),
    ("wellformedweb.org", "wfw"),
)


class Category(NamedTuple):
    """`<category domain="post_tag" nicename="slug">Name</category>`"""

    domain: str
    slug: str
    name: str


class RawItem:
    """One item: single fields as text, repeated ones as lists, in the order of the export."""

    __slots__ = ("categories", "comments", "fields", "meta")

    def __init__(self, element: etree._Element) -> None:
        self.fields: dict[str, str] = {}
        self.categories: list[Category] = []
        self.meta: list[tuple[str, str]] = []
        self.comments: list[dict[str, str]] = []
        for child in element.iterchildren("*"):
            self._take(child)

    def _take(self, child: etree._Element) -> None:
        name = field_name(child)
        if name == "wp:postmeta":
            pair = children(child)
            self.meta.append((pair.get("wp:meta_key", ""), pair.get("wp:meta_value", "")))
        elif name == "wp:comment":
            self.comments.append(_comment(child))
        elif name == "category":
            domain = str(child.get("domain") or "").strip(BLANK) or "category"
            self.categories.append(
                Category(domain, str(child.get("nicename") or "").strip(BLANK), text(child).strip(BLANK))
            )
        else:
            self.fields.setdefault(name, read(name, child))

    def changed(
        self,
        fields: dict[str, str],
        categories: list[Category],
        meta: list[tuple[str, str]],
        comments: list[dict[str, str]],
    ) -> RawItem:
        """An item with these values instead; this one stays as it is."""
        other = RawItem.__new__(RawItem)
        other.fields, other.categories, other.meta, other.comments = fields, categories, meta, comments
        return other

    def __getitem__(self, name: str) -> str:
        return self.fields.get(name, "")

    def first_meta(self, key: str) -> str:
        """The first value of a meta key, as WordPress's `get_post_meta(…, true)` gives it."""
        return next((value for name, value in self.meta if name == key), "")


def _comment(element: etree._Element) -> dict[str, str]:
    """The fields of a comment; those that plug-ins added under their names, behind `wp:commentmeta `."""
    found = children(element)
    if found.pop("wp:commentmeta", None) is not None:
        for child in element.iterchildren("*"):
            if field_name(child) == "wp:commentmeta":
                pair = children(child)
                found.setdefault(f"wp:commentmeta {pair.get('wp:meta_key', '')}", pair.get("wp:meta_value", ""))
    return found


def children(element: etree._Element) -> dict[str, str]:
    """Name and text of the element's children; of equal names the first."""
    found: dict[str, str] = {}
    for child in element.iterchildren("*"):
        name = field_name(child)
        found.setdefault(name, read(name, child))
    return found


def field_name(element: etree._Element) -> str:
    """The field's name under the usual prefix of its name space, whatever prefix the export gave it."""
    tag = str(element.tag)
    return _usual_name(tag) or f"{element.prefix or ''}:{tag.rpartition('}')[2]}"


@lru_cache(maxsize=1024)
def _usual_name(tag: str) -> str:
    """Empty for a name space that is none of an export's."""
    if not tag.startswith("{"):
        return tag
    address, _, local = tag[1:].partition("}")
    if "wordpress.org/export" in address and "excerpt" in address:
        return f"excerpt:{local}"
    return next((f"{family}:{local}" for part, family in _FAMILIES if part in address), "")


def public_login(login: str) -> str:
    """The login; of one that is an e-mail address, what WordPress shows of it in the address of the author's page."""
    return nicename(login) if "@" in login else login


def authors_of(item: RawItem) -> tuple[str, ...]:
    """Co-Authors Plus names all authors as terms of the taxonomy `author`, the guests with `cap-` before their slug."""
    named = [decoded(category.slug).removeprefix("cap-") for category in item.categories if category.domain == "author"]
    creator = item["dc:creator"].strip()
    return tuple(dict.fromkeys(named)) or ((public_login(creator),) if creator else ())
