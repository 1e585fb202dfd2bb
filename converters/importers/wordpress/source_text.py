"""What the export says in the text of an item: `HtmlSource`, with blocks and shortcodes taken away.

The names of shortcodes are those that are known here; all others stay the text they are. `$latex x^2$` and
`[latex]x^2[/latex]` are formulas (Jetpack), which become whatever the target has for one.
"""

from __future__ import annotations

import json
import re
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from urllib.parse import unquote

from converters.importers.wordpress.content.formulas import OPTIONS
from converters.model import Asset
from converters.model.source_text import Line, SourceText
from converters.verify.html_facts import html_facts
from converters.verify.html_source import HtmlSource

_OPENING = re.compile(r"\[/?([^<>&/\[\]\x00-\x20=]++)(?=[\s/\]=])")
_FORMULA = re.compile(r"\$latex[\s=]([^$]*)\$|\[latex[^\]]*\](.*?)\[/latex\]", re.S | re.I)

_VALUE = re.compile(r"([^\s\[\]<]++)\[/([^\s\[\]]++)\]")
_TEXT = re.compile(r"\s(?:caption|title|heading|subtitle)\s*+=\s*+(?:\"([^\"]++)\"|'([^']++)')", re.I)
"""Attributes that hold text."""
_LED = re.compile(r"\s\w{0,20}?(?:link|href|url|src)\s*+=\s*+[\"']?(https?://[^\s\"'<>\[\]]++)", re.I)
"""Attributes that hold a URL which readers could follow or see."""
_IDS = re.compile(r"\[(gallery|playlist)\s[^\[\]]{0,2000}?(?:ids|include)\s*+=\s*+[\"']?([\d,\s]++)", re.I)
_SOCIAL = re.compile(r"<!-- wp:social-link \{[^}\n]*?\"url\":\"(https?:[^\"\\]+)\"")
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


class WordPressSource(SourceText):
    """The text of one item, with the texts of the reusable blocks that it shows."""

    def __init__(
        self, text: str, names: Names, asset: Callable[[str], Asset | None], *, moves_links: bool = False
    ) -> None:
        """`asset`: finds a file of the media library by its id. `moves_links`: links of the text are led to pages in
        another language."""
        self._texts, self._names, self._asset, self._moves_links = [text], names, asset, moves_links

    def add(self, text: str) -> None:
        """A text from elsewhere that is shown in this one."""
        self._texts.append(text)

    def add_footnotes(self, written: str) -> None:
        """The meta field of the block `footnotes`, where the text has the block: JSON, each with its `content`."""
        if written and any("wp:footnotes" in text for text in self._texts):
            with suppress(ValueError, RecursionError):
                notes = json.loads(written)
                self._texts += [str(note.get("content") or "") for note in notes if isinstance(note, dict)]

    def letters(self) -> str:
        found = "".join(text.letters() for text, _ in self._parts)
        return f"{found}\n" if any(values for _, values in self._parts) else found  # these have to be looked for

    def lines(self) -> Iterator[Line]:
        for text, formulas in self._parts:
            yield from text.lines()
            for formula in formulas:
                for line in _read(formula).lines():
                    yield line._replace(may_be_value=True)

    def facts(self) -> Iterator[tuple[str, str]]:
        if self.is_loose:
            return
        for text, _ in self._parts:
            yield from self._of_html(text)
        for written in self._texts:
            if "wp:social-link" in written:
                yield from (("url", url) for url in _SOCIAL.findall(written))
            yield from (("url", url) for url in self._led(written))
            for kind, ids in _IDS.findall(written) if "[" in written else ():
                for id in ids.replace(",", " ").split():
                    yield from self._of_asset(id, "image" if kind.lower() == "gallery" else "media")

    def _led(self, text: str) -> Iterator[str]:
        """Where known shortcodes lead."""
        for opening in _OPENING.finditer(text) if "://" in text else ():
            if opening[1] not in self._names:
                continue
            if (end := text.find("]", opening.end())) < 0:
                break
            if opening.end() < end < opening.end() + _LONGEST:
                yield from _LED.findall(text[opening.end() : end])

    def _of_html(self, text: HtmlSource) -> Iterator[tuple[str, str]]:
        return (fact for fact in html_facts(text) if not (self._moves_links and fact.kind == "link"))

    def _of_asset(self, id: str, kind: str) -> Iterator[tuple[str, str]]:
        """What a gallery or a playlist shows of a file that the export has."""
        asset = self._asset(id)
        if asset is not None:
            yield kind, asset.url
            yield from self._of_html(HtmlSource(asset.caption))

    @cached_property
    def _parts(self) -> Sequence[tuple[HtmlSource, Sequence[str]]]:
        return [self._part(text) for text in self._texts]

    def _part(self, text: str) -> tuple[HtmlSource, Sequence[str]]:
        """The text without shortcodes, and the formulas and values in it."""
        if "[" not in text and "$latex" not in text:
            return HtmlSource(text), ()
        values: list[str] = []
        bare = HtmlSource(text).bare
        if "latex" in bare:
            values += [OPTIONS.sub("", one or other) for one, other in _FORMULA.findall(bare)]
            bare = _FORMULA.sub("\n", bare)
        return HtmlSource("\n".join(self._between(bare, values))), values

    def _between(self, text: str, values: list[str]) -> Iterator[str]:
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
            tag = text[opening.end() : end]
            values += [double or single for double, single in _TEXT.findall(tag)]
            if opening[1] in ("gallery", "playlist"):
                values += self._captions(text[opening.start() : position])
            value = _VALUE.match(text, position)
            if value is not None and value[2] == opening[1]:
                values.append(value[1])
                position = value.end()
        yield text[position:]

    def _captions(self, tag: str) -> Iterator[str]:
        for _, ids in _IDS.findall(tag):
            for id in ids.replace(",", " ").split():
                if (asset := self._asset(id)) is not None:
                    yield asset.caption


def _read(value: str) -> HtmlSource:
    """The words of a value; of the HTML in it, where a builder has encoded it."""
    if len(value) > _ENCODED:
        with suppress(ValueError):
            return HtmlSource(unquote(b64decode(value, validate=True).decode()))
    return HtmlSource(value)
