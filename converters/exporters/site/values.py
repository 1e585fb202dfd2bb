"""Values of front matter that every target says in the same way, whatever its keys are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from converters.html import tree
from converters.model import Asset, Author, Enclosure, Post, Seo, Site
from converters.old_site.archives import nicename
from converters.remembered import remembered


def author_names(post: Post, site: Site) -> list[str]:
    """The names of its authors, each once; a login where the source knows no name."""
    known, alike = _names(site.authors)
    found = (known.get(login) or alike.get(nicename(login)) or login for login in post.authors)
    return list(dict.fromkeys(found))


@remembered
def _names(authors: Sequence[Author]) -> tuple[dict[str, str], dict[str, str]]:
    """(by login, by the login as it stands in addresses)."""
    return {author.login: author.name for author in authors}, {nicename(one.login): one.name for one in authors}


def term_names(post: Post, keys: Mapping[str, str]) -> dict[str, list[str]]:
    """The names of its terms, each once, by the keys of their taxonomies."""
    found: dict[str, dict[str, None]] = {}
    for term in post.terms:
        values = found.setdefault(keys[term.taxonomy], {})
        if term.name:
            values[term.name] = None
    return {name: list(values) for name, values in found.items()}


def cards(seo: Seo) -> dict[str, str]:
    """What was written for cards of other sites; of X's only what says something else than those of Open Graph."""
    return {
        "og_title": seo.og_title,
        "og_description": seo.og_description,
        "twitter_title": other_than(seo.og_title, seo.twitter_title),
        "twitter_description": other_than(seo.og_description, seo.twitter_description),
        "twitter_image": other_than(seo.og_image, seo.twitter_image),
    }


def other_than(one: str, text: str) -> str:
    """The text, where it says something else."""
    return "" if text == one else text


def one_line(html: str) -> str:
    """HTML as one line of plain text; block elements do not run into each other."""
    if not html.strip():
        return ""
    root = tree.parse(html)
    for element in root.iter("p", "br", "div", "li"):
        element.tail = " " + (element.tail or "")
    return " ".join(tree.plain_text(root).split())


def picture(asset: Asset, address: str) -> dict[str, Any]:
    """A picture of the media library; `address` is the key of its address."""
    values = {
        address: asset.url,
        "alt": asset.alt,
        "caption": one_line(asset.caption),
        "width": asset.width,
        "height": asset.height,
    }
    return {key: value for key, value in values.items() if value}


def enclosures(post: Post) -> list[dict[str, Any]]:
    """Files that feeds hand out with it."""
    return [_enclosure(file) for file in post.enclosures]


def _enclosure(file: Enclosure) -> dict[str, Any]:
    values = {"url": file.url, "length": file.length, "type": file.type, "duration": file.duration}
    return {key: value for key, value in values.items() if value}


def source_id(post: Post) -> int | str:
    """Its id in the source, as a number where it is one."""
    return int(post.id) if post.id.isdecimal() and post.id.isascii() else post.id
