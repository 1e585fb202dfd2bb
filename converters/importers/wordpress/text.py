"""Fields that hold a line of HTML (titles, names of terms) as plain text."""

from __future__ import annotations

import html
import re

from converters.html import tree
from converters.importers.wordpress.rawitem import RawItem
from converters.old_site.archives import nicename
from converters.urls import decoded

_SPACE = re.compile(r"[ \t\r\n\f]+")


def plain(value: str) -> str:
    """What a browser shows of a field, on one line: entities decoded once, tags gone, white space collapsed."""
    if "<" in value:
        root = tree.parse(value)
        for element in root.iter("br"):
            element.tail = f" {element.tail or ''}"
        value = tree.plain_text(root)
    elif "&" in value:
        value = html.unescape(value)
    return _SPACE.sub(" ", value).strip(" ")


def public_login(login: str) -> str:
    """The login; of one that is an e-mail address, what WordPress shows of it in the address of the author's page."""
    return nicename(login) if "@" in login else login


def authors_of(item: RawItem) -> tuple[str, ...]:
    """Co-Authors Plus names all authors as terms of the taxonomy `author`, the guests with `cap-` before their slug."""
    named = [decoded(category.slug).removeprefix("cap-") for category in item.categories if category.domain == "author"]
    creator = item["dc:creator"].strip()
    return tuple(dict.fromkeys(named)) or ((public_login(creator),) if creator else ())
