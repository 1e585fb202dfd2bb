"""What a file for Hugo says, read back: for the check of a conversion (docs/verify.md).

Nothing of the writing is used. Front matter is read as Hugo reads it, shortcodes by the names they are called by, and
Markdown by a parser of its own. `figure`, `youtube` and `vimeo` say what the templates of the site make of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from posixpath import dirname
from typing import Any
from urllib.parse import quote

from lxml import etree

from converters.exporters.hugo import names
from converters.exporters.hugo.keys import KEYS
from converters.exporters.site.reader import FrontMatterReader
from converters.markdown.read import calls
from converters.markdown.read.calls import Handling, Inside
from converters.markdown.read.parse import to_tree
from converters.markdown.scan.regions import PROSE, regions
from converters.markdown.scan.shortcodes import Call
from converters.model import MarkdownBody, MarkdownOptions, Place
from converters.model.notices import Log
from converters.output import OutFile
from converters.verify.check import Back, File

_FORMULA = re.compile(r"(?<!`)(`++)(?!`)(?:(?!\1).)*+\1(?!`)|\\\((?P<latex>(?:(?!\\\)).)+)\\\)|\\.", re.S)
"""Code in a line, which is passed over; a formula; an escaped sign."""


class HugoReader(FrontMatterReader):
    """Reads the files of posts, images beside them by the URLs they have elsewhere."""

    keys = KEYS
    taxonomies = names.TAXONOMIES
    labels = names.LABELS

    def render_back(self, files: Sequence[File], place: Place) -> Back | None:
        back, names = super().render_back(files, place), _beside(files, place)
        if back is None or not names:
            return back
        values = {key: _addressed(value, names) for key, value in back.values.items() if key != "resources"}
        return back._replace(root=lambda: _with_addresses(self.tree_back(back.text), names), values=values)

    def tree_back(self, text: str) -> etree._Element:
        return tree_back(text)


def tree_back(text: str) -> etree._Element:
    """The tree of a text in Hugo's Markdown with Hugo's shortcodes, and with formulas.

    Bare URLs stay text. Goldmark makes links of some, by rules of its own (an end at a backslash, at a mark of
    emphasis, at letters that its URLs do not have), and shows the same text in any case.
    """
    if "\\(" in text:
        text = _with_formulas(text)
    return to_tree(MarkdownBody(text, options=_NO_LINKS), _Nobody(), Log(), handlers=_HANDLERS)


_NO_LINKS = MarkdownOptions(left_out=frozenset({"linkify"}))


def _with_formulas(text: str) -> str:
    """Formulas as the pictures that they are drawn as elsewhere; none in code."""
    parts: list[str] = []
    position = 0
    for region in regions(text):
        if region.kind == PROSE:
            parts += (text[position : region.start], _FORMULA.sub(_formula, text[region.start : region.end]))
            position = region.end
    return "".join((*parts, text[position:]))


def _formula(found: re.Match[str]) -> str:
    if found["latex"] is None:
        return found[0]
    return f'<img src="//s0.wp.com/latex.php?latex={quote(found["latex"], safe="")}" alt="">'


class _Nobody:
    """The texts we write name no other page and no value by name."""

    def address(self, name: str) -> str | None:
        return None

    def param(self, name: str) -> str | None:
        return None


def _figure(call: Call, inside: Inside, at: Handling) -> str | None:
    """As the site's template draws it: without an alternative text of its own where none is given."""
    if not call.get("src"):
        return None
    image = f'<img src="{escape(call.get("src"))}" alt="{escape(call.get("alt"))}">'
    if call.get("link"):
        image = f'<a href="{escape(call.get("link"))}">{image}</a>'
    caption = f"<figcaption>{at.inline(call.get('caption'))}</figcaption>" if call.get("caption") else ""
    return f"<figure>{image}{caption}</figure>"


def _player(provider: str) -> calls.Handler:
    def handler(call: Call, inside: Inside, at: Handling) -> str | None:
        id, start, playlist = call.get("id", 0), call.get("start"), call.get("list")
        if not id and not playlist:
            return None
        values = {"data-provider": provider, "data-id": id, "data-start": start, "data-list": playlist}
        said = "".join(f' {key}="{escape(value)}"' for key, value in values.items() if value)
        return f'<figure class="embed"{said}></figure>'

    return handler


_HANDLERS: dict[str, calls.Handler] = {
    "embed": calls.HANDLERS["embed"],
    "figure": _figure,
    "gallery": calls.HANDLERS["gallery"],
    "vimeo": _player("vimeo"),
    "youtube": _player("youtube"),
}
"""Those that are written. The author's own, in texts that were for Hugo before, are compared as they stand."""


def _beside(files: Sequence[File], place: Place) -> dict[str, str]:
    """name -> address from the root, of pictures that lie beside the text and were somewhere else before."""
    folder = f"{dirname(place.path)}/"
    return {
        file.path.removeprefix(folder): file.twin.removeprefix("static")
        for file in files
        if isinstance(file, OutFile) and file.twin and file.path.startswith(folder)
    }


def _addressed(value: Any, names: dict[str, str]) -> Any:
    """Front matter that names pictures by their addresses; what bundles say of their files is theirs alone."""
    if isinstance(value, dict):
        return {key: _addressed(item, names) for key, item in value.items()}
    if isinstance(value, list):
        return [_addressed(item, names) for item in value]
    return names.get(value, value) if isinstance(value, str) else value


def _with_addresses(root: etree._Element, names: dict[str, str]) -> etree._Element:
    for image in root.iter("img") if names else ():
        address = names.get(str(image.get("src") or ""))
        if address is not None:
            image.set("src", address)
    return root
