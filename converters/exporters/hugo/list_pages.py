"""Pages of the terms of a taxonomy in Hugo, authors among them: what is said of them, and former URLs.

Where no folder can be called as the term is (`Q: What?`), a content adapter makes the page while the site is built,
under any path; one file a taxonomy and language: https://gohugo.io/content-management/content-adapters/
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from converters.exporters.hugo import names
from converters.frontmatter import write
from converters.html import tree
from converters.model.notices import Log
from converters.output import OutFile

_WORDS = re.compile(r"[^\W\d_][\w ,;:'?()]*+(?:[.!] ?[\w ,;:'?()]*+)*+")
_OF_HUGO = frozenset({"title", "url", "aliases", "translationKey"})
"""Keys that a content adapter gives to a page by themselves; all others are its `params`."""
_BLANK = re.compile(r"\n(?=[ \t\r]*\n)")


class PageKey(NamedTuple):
    """By what Hugo knows the page of a term."""

    taxonomy: str
    """As in front matter."""
    path: str
    """Of the name; see `names.page_path`."""
    mark: str
    """Of the language, in names of files."""


class ListPage(NamedTuple):
    values: Mapping[str, Any]
    """Its front matter."""
    description: str
    """HTML."""


def files(pages: Mapping[PageKey, ListPage], log: Log, markdown: Callable[[str], str]) -> Iterator[OutFile]:
    """The files of the pages of one or more taxonomies. `markdown` turns HTML into the Markdown of a page."""
    calls: dict[str, list[str]] = {}
    for key, page in pages.items():
        if names.is_folder(key.path):
            said = _as_markdown(page.description, markdown) if page.description else ""
            text = write.dumps(page.values) + (f"\n{said}\n" if said else "")
            yield OutFile(f"content/{key.taxonomy}/{key.path}/_index{key.mark}.md", text.encode())
        elif ".." in key.path.split("/"):  # leads elsewhere, and Hugo would refuse to build
            log("path.reserved", str(page.values.get("title", key.path)), where=key.taxonomy)
        else:
            html = _as_text(page.description) if page.description else ""
            content = {"content": {"mediaType": "text/markdown", "value": html}} if html else {}
            own = {name: value for name, value in page.values.items() if name not in _OF_HUGO}
            known = {name: value for name, value in page.values.items() if name in _OF_HUGO}
            params = {"params": own} if own else {}
            made = _expression({"kind": "term", "path": key.path, **known, **params, **content})
            file = f"content/{key.taxonomy}/_content{key.mark}.gotmpl"
            calls.setdefault(file, []).append(f"{{{{ $.AddPage {made} }}}}\n")
    for path, lines in calls.items():
        yield OutFile(path, "".join(lines).encode(), own=True)


def _as_markdown(description: str, markdown: Callable[[str], str]) -> str:
    """A description as the text of a page; plain words as they are."""
    plain = "_" not in description and _WORDS.fullmatch(description)
    return description if plain else markdown(description).strip("\n")


def _as_text(description: str) -> str:
    """HTML as the text of a page, which Hugo reads as Markdown; plain words as they are.

    A block of HTML ends at its first blank line (https://spec.commonmark.org/0.31.2/#html-blocks), and text in no block
    is Markdown: `[x](javascript:…)` in a description would be a link. So all of it is in one block.
    """
    html = tree.inner_html(tree.parse(description)).strip()
    if "_" not in html and _WORDS.fullmatch(html):
        return html
    html = _BLANK.sub("&#10;", html).replace("{{", "&#123;{")
    return f"<div>{html}</div>" if html else ""


def _expression(value: Any) -> str:
    """A value as an expression of Go's templates, whose strings are written as JSON's are."""
    if isinstance(value, Mapping):
        return f"(dict {' '.join(f'{_expression(name)} {_expression(one)}' for name, one in value.items())})"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"(slice {' '.join(map(_expression, value))})"
    return json.dumps(value, ensure_ascii=False)
