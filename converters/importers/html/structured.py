"""What a page says of itself to machines: JSON-LD, microdata, Open Graph, Dublin Core and `<meta>` as one mapping.

JSON-LD comes as one object, a list, or a `@graph` whose objects name each other by `@id`; microdata as items within
items. Both speak schema.org (https://schema.org/Article), so both become records of the same form: name -> values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from converters.importers.html.page import HtmlPage

if TYPE_CHECKING:
    from turbohtml import MicrodataItem

ARTICLES = frozenset(
    "Article BlogPosting NewsArticle TechArticle ScholarlyArticle Report Review Recipe LiveBlogPosting "
    "SocialMediaPosting OpinionNewsArticle AnalysisNewsArticle AdvertiserContentArticle HowTo".split()
)
LISTS = frozenset("CollectionPage SearchResultsPage Blog ItemList ProfilePage".split())
PAGES = frozenset("WebPage ItemPage AboutPage FAQPage QAPage CreativeWork DigitalDocument VideoObject".split())
_DEPTH = 12

Record = dict[str, list[Any]]
"""A thing of schema.org: property -> its values, texts or records; `@type` and `@id` among them."""


class Structured(NamedTuple):
    """Everything machine-readable of a page."""

    articles: tuple[Record, ...]
    others: tuple[Record, ...]
    meta: dict[str, list[str]]
    """name, property or itemprop of `<meta>`, in small letters -> contents"""

    def article(self, name: str) -> list[Any]:
        """The values of a property of the article, of the first record that has it."""
        return next((record[name] for record in self.articles if record.get(name)), [])

    def page(self, name: str) -> list[Any]:
        """The values of a property of the page itself, for a page that is no article to machines."""
        pages = (record for record in self.others if kinds(record) & PAGES)
        return next((record[name] for record in pages if record.get(name)), [])

    def first(self, *names: str) -> str:
        """The content of the first of these `<meta>` that says something."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    def has(self, types: frozenset[str]) -> bool:
        return any(types & kinds(record) for record in (*self.articles, *self.others))


def read(page: HtmlPage) -> Structured:
    found = [record for value in page.document.json_ld() for record in _walk(value, 0)]
    by_id = {str(record["@id"][0]): record for record in reversed(found) if record.get("@id") and len(record) > 1}
    found = [_linked(record, by_id) for record in found]
    found += [_item(item, 0) for item in page.document.microdata()]
    articles = [record for record in found if kinds(record) & ARTICLES]
    others = [record for record in found if not kinds(record) & ARTICLES]
    return Structured(tuple(articles), tuple(others), _meta(page))


def claims_text(said: Structured) -> bool:
    """Does a page say that it is one article? Lists may say so of each of their entries."""
    titles = {text(record["headline"][0]) for record in said.articles if record.get("headline")}
    return said.first("og:type").lower() == "article" or (bool(said.articles) and len(titles) <= 1)


def kinds(record: Record) -> frozenset[str]:
    """The types of a record without the vocabulary in front."""
    return frozenset(str(value).rstrip("/").rpartition("/")[2].rpartition(":")[2] for value in record.get("@type", ()))


def text(value: Any) -> str:
    """A value as text: a record by its name, else by its address, else by the parts of a name; the first of several."""
    if isinstance(value, list):
        return text(value[0]) if value else ""
    if isinstance(value, dict):
        for key in ("name", "@value", "url", "contentUrl", "headline"):
            if value.get(key):
                return text(value[key][0] if isinstance(value[key], list) else value[key])
        return " ".join(filter(None, (text(value.get(key)) for key in ("givenName", "additionalName", "familyName"))))
    return " ".join(str(value).split()) if isinstance(value, str | int | float) else ""


def address(value: Any) -> str:
    """A value as an address: of a picture, of a page."""
    if isinstance(value, dict):
        found = next((value[key] for key in ("url", "contentUrl", "@id") if value.get(key)), "")
        return address(found[0] if isinstance(found, list) and found else found)
    return value.strip() if isinstance(value, str) else ""


def _walk(value: Any, depth: int) -> Iterator[Record]:
    """The records of a JSON-LD value, outer ones first."""
    if depth > _DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _walk(item, depth + 1)
    elif isinstance(value, dict):
        record = {str(key): inner if isinstance(inner, list) else [inner] for key, inner in value.items()}
        graph = record.pop("@graph", [])
        if "@type" in record:
            yield record
        yield from _walk(graph, depth + 1)
        for key in ("mainEntity", "mainEntityOfPage", "hasPart"):
            yield from _walk([inner for inner in record.get(key, ()) if isinstance(inner, dict)], depth + 1)


def _linked(record: Record, by_id: dict[str, Record]) -> Record:
    """The record with others in the place of their `@id`, one level deep."""

    def resolve(value: Any) -> Any:
        if isinstance(value, dict) and set(value) == {"@id"}:
            return by_id.get(str(value["@id"]), value)
        return value

    return {key: [resolve(value) for value in values] for key, values in record.items()}


def _item(item: MicrodataItem, depth: int) -> Record:
    record: Record = {"@type": [str(item.type or "")]}
    for name, values in item.properties.items():
        record[name] = [
            value if isinstance(value, str) else _item(value, depth + 1)
            for value in values
            if isinstance(value, str) or depth < _DEPTH
        ]
    return record


def _meta(page: HtmlPage) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in page.all("meta[content]"):
        content = " ".join(str(element.attr("content") or "").split())
        for attribute in ("name", "property", "itemprop", "http-equiv"):
            for name in str(element.attr(attribute) or "").lower().split():
                found.setdefault(name, []).append(content)
    return found
