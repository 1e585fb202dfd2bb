"""What the export says in the text of an item: `HtmlSource`, with blocks and shortcodes taken away.

The names of shortcodes are those that are known here; all others stay the text they are. `$latex x^2$` and
`[latex]x^2[/latex]` are formulas (Jetpack), which become whatever the target has for one.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from html import escape, unescape
from typing import Any, NamedTuple
from urllib.parse import unquote

from converters.importers.wordpress.content.formulas import OPTIONS
from converters.importers.wordpress.source_pictures import pictured
from converters.model import Asset
from converters.model.limits import DEFAULT
from converters.model.source_text import Line, SourceText
from converters.verify import markdown_source
from converters.verify.html_facts import APART, html_facts
from converters.verify.html_source import HtmlSource

_OPENING = re.compile(r"\[/?([^<>&/\[\]\x00-\x20=]++)(?=[\s/\]=])")
_FORMULA = re.compile(r"\$latex[\s=]([^$]*)\$|\[latex[^\]]*\](.*?)\[/latex\]", re.S | re.I)

_VALUE = re.compile(r"([^\s\[\]<]++)\[/([^\s\[\]]++)\]")
_TEXT = re.compile(
    r"\s(?:caption|title|heading|subtitle|text|label|button_text)\s*+=\s*+(?:\"([^\"]++)\"|'([^']++)')", re.I
)
"""Attributes that hold text."""
_LED = re.compile(
    r"\s(?:\w{0,20}?(?:link|href|url|src)|image|img|photo|picture|poster|logo)"
    r"\s*+=\s*+[\"']?(https?://[^\s\"'<>\[\]]++)",
    re.I,
)
"""Attributes that hold a URL which readers could follow or see."""
_PACKED = re.compile(r"[\"'|]url:(https?%3A%2F%2F[^\s|\"'\[\]]++)", re.I)
"""WPBakery's links: `link="url:https%3A%2F%2F…|title:…"`."""
_LISTED = re.compile(r"\[(gallery|playlist)(?=[\s\]])[^\[\]]{0,2000}\]", re.I)
_IDS = re.compile(
    r"\[(gallery|playlist)\s[^\[\]]{0,2000}?(?:ids|include)\s*+=\s*+(?:\"([^\"]++)|'([^']++)|(\S++))", re.I
)
_ALL = re.compile(r"\s(?:ids|include|id)\s*+=", re.I)
_NUMBER = re.compile(r"0*+(\d{1,20})")
_LESS = re.compile(r"\sexclude\s*+=\s*+[\"']?([\d,\s]++)", re.I)
_FILLED = re.compile(
    r"<!--\s+wp:(?:core/)?(block|social-link)\s"
    r"|\[(?:reblex|reusable_block|wp_reusable_render)\s[^\[\]]{0,200}?(?:id|ref)\s*+=\s*+[\"']?(\d++)[^\[\]]{0,200}\]"
)
"""Blocks whose text is elsewhere, or is in their attributes, and shortcodes for such blocks."""
_LONGEST = 10_000
"""Characters of a tag that are looked through for URLs."""
_ENCODED = 12
"""Letters from which a value may be Base64."""


class Names:
    """The shortcodes of a site. One that ends in `*` stands for all that begin so."""

    def __init__(self, names: frozenset[str]) -> None:
        self._names = names
        self._starts = tuple(name[:-1] for name in names if name.endswith("*"))

    def __contains__(self, name: str) -> bool:
        return name in self._names or name.startswith(self._starts)


class Elsewhere(NamedTuple):
    """What a text shows that is written elsewhere in the export."""

    block: Callable[[str], str | None] = lambda id: None
    """The text of a reusable block."""
    asset: Callable[[str], Asset | None] = lambda id: None
    """A file of the media library."""
    attached: Callable[[], Sequence[Asset]] = tuple
    """The files that are attached to the item."""
    moved: Callable[[str], str] = str
    """Where a link of the text leads: to the page in its own language, where there is one."""


NOTHING = Elsewhere()


class _Part(NamedTuple):
    """A text without shortcodes."""

    text: HtmlSource
    values: list[str]
    """Formulas, and what attributes say."""
    tags: list[tuple[str, str]]


class WordPressSource(SourceText):
    """The text of one item, with all that it shows of other items, each time and at the place where it does."""

    is_whole = True
    """Did everything that it shows have room? Where not, nothing from elsewhere is asked for."""

    def __init__(self, text: str, names: Names, elsewhere: Elsewhere = NOTHING) -> None:
        self._texts, self._names, self._elsewhere = [text], names, elsewhere
        self._inclusions, self._room = DEFAULT.content_inclusions, DEFAULT.content_added

    def add_footnotes(self, written: str) -> None:
        """The meta field of the block `footnotes`, where the text has the block: JSON, each with its `content`."""
        if written and any("wp:footnotes" in text for text in self._texts):
            with suppress(ValueError, RecursionError):
                notes = json.loads(written)
                self._texts += [str(note.get("content") or "") for note in notes if isinstance(note, dict)]

    def raw(self) -> str:
        return self._texts[0]

    def letters(self) -> str:
        found = "".join(part.text.letters() for part in self._parts)
        return f"{found}\n" if any(part.values for part in self._parts) else found  # these have to be looked for

    def lines(self) -> Iterator[Line]:
        for part in self._parts:
            yield from part.text.lines()
            for value in part.values:
                for line in _read(value).lines():
                    yield line._replace(may_be_value=True)

    def tags(self) -> Iterable[tuple[str, str]]:
        return (tag for part in self._parts for tag in part.tags)

    def part(self, text: str) -> WordPressSource:
        part = WordPressSource(text, self._names, self._elsewhere)
        part.is_whole, part.is_loose = self.is_whole, self.is_loose
        return part

    def facts(self) -> Iterator[tuple[str, str]]:
        for written in self._whole_texts:
            yield from self._facts(written)

    def _facts(self, written: str) -> Iterator[tuple[str, str]]:
        if self.is_loose:
            written = markdown_source.prose(written)
            yield from self._moved(markdown_source.facts(written))
        yield from self._moved(html_facts(self._part(written).text))
        for name, tag in self._openings(written):
            yield from (("url", url) for url in (*_LED.findall(tag), *map(unquote, _PACKED.findall(tag))))
            if name not in ("gallery", "playlist") and self.is_whole:
                yield from pictured(name, tag, self._elsewhere.asset)
        for opening in _LISTED.finditer(written) if "[" in written else ():
            kind = "image" if opening[1].lower() == "gallery" else "media"
            for asset in self._files(opening[0]):
                yield kind, asset.url
                if kind == "image" and asset.alt:
                    yield "image text", asset.alt

    def _moved(self, facts: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
        for kind, value in facts:
            yield kind, (self._elsewhere.moved(value) if kind.endswith("link") else value)

    def _openings(self, text: str) -> Iterator[tuple[str, str]]:
        """(name, what is behind it) of the tags of known shortcodes that have attributes."""
        for opening in _OPENING.finditer(text) if "=" in text else ():
            if opening[1] not in self._names:
                continue
            if (end := text.find("]", opening.end())) < 0:
                break
            if opening.end() < end < opening.end() + _LONGEST:
                yield opening[1], text[opening.end() : end]

    @cached_property
    def _whole_texts(self) -> Sequence[str]:
        return [self._filled(text) for text in self._texts]

    def _filled(self, text: str, around: tuple[str, ...] = ()) -> str:
        """The text with those of its blocks that are filled when they are shown."""
        return "".join(self._filling(text, around)) if _FILLED.search(text) and self.is_whole else text

    def _filling(self, text: str, around: tuple[str, ...]) -> Iterator[str]:
        position = 0
        for opening in _FILLED.finditer(text):
            if opening.start() < position:
                continue
            yield text[position : opening.start()]
            if opening[2]:
                position = opening.end()
                yield self._shown(opening[2], around)
                continue
            position = opening.start()
            if (end := text.find("-->", opening.end())) < 0:
                break
            attributes = _attributes(text[opening.end() : end].strip().removesuffix("/"))
            position = end + 3
            if opening[1] == "block":
                yield self._shown(str(attributes.get("ref") or ""), around)
            else:
                yield _social_link(attributes)
        yield text[position:]

    def _shown(self, ref: str, around: tuple[str, ...]) -> str:
        """The text of a reusable block; nothing where it is inside of itself."""
        text = self._elsewhere.block(ref) if ref and ref not in around and len(around) < DEFAULT.content_depth else None
        if not text or self._inclusions <= 0 or self._room < len(text):
            return ""
        self._inclusions, self._room = self._inclusions - 1, self._room - len(text)
        return self._filled(text, (*around, ref))

    @cached_property
    def _parts(self) -> Sequence[_Part]:
        words = markdown_source.words if self.is_loose else str
        return [self._part(words(text)) for text in self._whole_texts]

    def _part(self, text: str) -> _Part:
        """The text without shortcodes, and the formulas and values in it."""
        part = _Part(HtmlSource(text), [], [])
        if "[" not in text and "$latex" not in text:
            return part
        bare = part.text.bare
        if "latex" in bare:
            part.values.extend(OPTIONS.sub("", one or other) for one, other in _FORMULA.findall(bare))
            bare = _FORMULA.sub("\n", bare)
        return part._replace(text=HtmlSource(f"{APART}\n{APART}".join(self._between(bare, part.values, part.tags))))

    def _between(self, text: str, values: list[str], tags: list[tuple[str, str]]) -> Iterator[str]:
        """The text between the tags of shortcodes. What stands alone between two of them is a value: an id, a URL."""
        position = 0
        for opening in _OPENING.finditer(text):
            if opening.start() < position or opening[1] not in self._names:
                continue
            end = text.find("]", opening.end())
            if end < 0:
                break
            yield text[position : opening.start()]
            position = end + 1
            tag = text[opening.start() : position]
            values += [double or single for double, single in _TEXT.findall(tag)]
            captions = [asset.caption for asset in self._files(tag)] if opening[1] in ("gallery", "playlist") else []
            tags.append((unescape(tag), "\n".join(captions)))
            if opening[1] == "gallery":
                yield from (f"<p>{caption}</p>" for caption in captions)
            else:
                values += captions
            value = _VALUE.match(text, position)
            if value is not None and value[2] == opening[1]:
                values.append(value[1])
                position = value.end()
        yield text[position:]

    def _files(self, tag: str) -> Iterator[Asset]:
        """What a gallery or a playlist shows of the files that the export has, each once."""
        if not self.is_whole:
            return
        found: Iterable[Asset | None]
        if listed := _IDS.search(tag):
            found = map(self._elsewhere.asset, _numbers(listed[2] or listed[3] or listed[4]))
        elif tag[1:8].lower() == "gallery" and not _ALL.search(tag):
            less = _LESS.search(tag)
            excluded = _numbers(less[1] if less else "")
            found = (asset for asset in self._elsewhere.attached() if asset.id not in excluded)
        else:
            return
        kinds = ("image", "") if tag[1:8].lower() == "gallery" else ("audio", "video", "")
        yield from (one for one in found if one is not None and one.type.partition("/")[0] in kinds)


def _numbers(listed: str) -> Sequence[str]:
    """The numbers of a list, each once, as `wp_parse_id_list` reads them."""
    found = (_NUMBER.match(part) for part in listed.replace(",", " ").split())
    return list(dict.fromkeys(number[1] for number in found if number))


def _attributes(written: str) -> dict[str, Any]:
    with suppress(ValueError, RecursionError):
        if isinstance(found := json.loads(written), dict):
            return found
    return {}


def _social_link(attributes: dict[str, Any]) -> str:
    """The link as a reader finds it: nothing without a URL."""
    url, label = (str(attributes.get(key) or "") for key in ("url", "label"))
    if not url:
        return ""
    web = url.startswith(("https:", "http:"))
    return f'<li><a href="{escape(url)}">{escape(label) or "•"}</a></li>' if web else f"<li>{escape(label)}</li>"


def _read(value: str) -> HtmlSource:
    """The words of a value; of the HTML in it, where a builder has encoded it."""
    if len(value) > _ENCODED:
        with suppress(ValueError):
            return HtmlSource(unquote(b64decode(value, validate=True).decode()))
    return HtmlSource(value)
