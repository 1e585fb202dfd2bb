"""Shortcodes: `[name]`, `[name a="1" b=2 c]`, `[name]inside[/name]`, `[name /]`, and `[[name]]`, which is text.

The grammar is the one WordPress's Shortcode API documents (https://developer.wordpress.org/plugins/shortcodes/); where
it leaves a question open, `do_shortcode` and `shortcode_parse_atts` answered it:

- Only registered names are shortcodes; other brackets are text.
- A tag ends at the first `]`, also between quotation marks; only a bracket in an HTML tag (`<b title="]">`) ends none.
- An opening pairs with the first closing of its name behind it: `[x][x]a[/x]b[/x]` has `[x]a` inside; `b[/x]` is text.
- `[[x]]` and `[[x]a[/x]]` are shown without the outer brackets; `[[x]` and `[x]]` are a shortcode beside a bracket.

Two things differ, and a reader sees neither: a bracket written `&#91;` stays what it is (WordPress writes `&#091;`),
and control characters that a value writes as `\\0` are left out.

Unknown shortcodes stay the text they are, as WordPress shows them once their plug-in is gone. `note_unknown` names them
in the report, each name once. Square brackets are common in prose too, so a bracket has to look like a shortcode:

- `[name attribute=value]`, `[name words attribute="value"]`, `[name /]`;
- `[name]…[/name]`, with an opening before the closing;
- `[plugin_name]`, `[plugin-name]`, `[wpname]` alone on its line.

`[sic]`, `[1]`, `[Foo 2003]`, `[a=b]`, `[text](address)` are prose, and nothing in code, in comments and in the
attributes of tags is a shortcode.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from lxml import etree

from converters.html.elements import BLOCKS
from converters.importers.wordpress.content import shortcodes_in_tags
from converters.importers.wordpress.content.context import Context
from converters.model.notices import Log

_ATTRIBUTE = re.compile(
    r"""(?P<name>[\w-]++)\s*+=\s*+(?:"(?P<double>[^"]*+)"|'(?P<single>[^']*+)'|(?P<bare>[^\s'"]++))(?:\s|\Z)
    |(?:"(?P<double_alone>[^"]*+)"|'(?P<single_alone>[^']*+)'|(?P<word>\S++))(?:\s|\Z)
    |(?P<rest>\S++)""",
    re.A | re.X,
)
_WIDE_SPACE = re.compile("[\u00a0\u200b]+")
_ESCAPE = re.compile(rb"\\(?:x([0-9a-fA-F]{1,2})|([0-7]{1,3})|(.?))", re.S)
_LETTERS = {b"a": b"\a", b"b": b"\b", b"f": b"\f", b"n": b"\n", b"r": b"\r", b"t": b"\t", b"v": b"\v"}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_CLOSED_TAGS = re.compile(r"[^<]*+(?:<[^>]*+>[^<]*+)*+")

_NAME = r"[^<>&/\[\]\x00-\x20=]++"
_OPENING = re.compile(rf"\[({_NAME})")
_CLOSING = re.compile(rf"\[/({_NAME})\]")
_INSIDE_A_NAME = re.compile(r"[\w-]", re.A)
_LONGEST = 200
"""Letters of a name that is looked for at the start of a longer run: `[x,1]`, `[xé]`."""
_SKIPPED = frozenset("pre code kbd samp script style textarea svg math".split())
_LINES = BLOCKS | {"br"}
_SOMETHING = "\ufffc"
"""What stands in a line for an element whose text is not looked at."""
MAYBE_UNKNOWN = re.compile(r"\[/?[^\W\d_]")
"""Where no text holds this, there is nothing to note."""
_TAG = re.compile(r"(?<!\[)\[(/?)([^\W\d_][\w-]{0,60}+)((?:\s[^\[\]]*+)?)\](?![\](])")
_HAS_ATTRIBUTE = re.compile(r"\s++(?:[\w-]++=[^\s=]|.*\s[\w-]+=[\"'“”″]|.*\s/$|/$)", re.S)
_ALONE = re.compile(r"^[^\S\n]*+\[([^\W\d_][\w-]{0,60}+)\][^\S\n]*+$", re.M)
_PLUGIN = re.compile(r"\w+[_-][\w-]*\w|(?:wp|woo|bbp|acf|nggallery|mc4wp)\w+", re.A | re.I)


class Shortcode(NamedTuple):
    """One shortcode as it stands in a text. Names of attributes are in small letters; `positional` have none."""

    name: str
    attributes: dict[str, str]
    positional: tuple[str, ...]
    inside: str | None
    source: str

    def get(self, name: str, default: str = "") -> str:
        return self.attributes.get(name, default)


Handler = Callable[[Shortcode, Context], str | None]
"""HTML for a shortcode; None leaves it as the text it is."""


def parse_attributes(text: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """(named, positional) attributes, as `shortcode_parse_atts` reads them.

    Backslashes are read as in a C string; a value in which a `<` stays open is empty.
    """
    named: dict[str, str] = {}
    positional: list[str] = []
    for match in _ATTRIBUTE.finditer(_WIDE_SPACE.sub(" ", text)):
        written = match[match.lastgroup or 0]
        if match["name"] is not None:
            named[match["name"].lower()] = _plain(written)
        elif written:
            positional.append(_plain(written))
    return named, tuple(positional)


def _plain(value: str) -> str:
    """The value without its backslashes."""
    if "\\" in value:
        value = _ESCAPE.sub(_unescaped, value.encode("utf-8", "surrogatepass")).decode("utf-8", "replace")
        value = _CONTROL.sub("", value)
    return value if "<" not in value or _CLOSED_TAGS.fullmatch(value) else ""


def _unescaped(match: re.Match[bytes]) -> bytes:
    hexadecimal, octal, sign = match.groups()
    if hexadecimal or octal:
        return bytes((int(hexadecimal, 16) if hexadecimal else int(octal, 8) & 255,))
    return _LETTERS.get(sign, sign or b"\\")


class Expander:
    """Replaces the shortcodes of the given names; a name that ends in `*` stands for all that begin so."""

    def __init__(self, names: Mapping[str, Handler]) -> None:
        self._handlers = dict(names)
        prefixes = sorted((name[:-1] for name in names if name.endswith("*")), key=len, reverse=True)
        self._prefix = re.compile("|".join(map(re.escape, prefixes))) if prefixes else None

    def handler(self, name: str) -> Handler | None:
        """The handler of a shortcode of this name; None for an unknown one."""
        found = self._handlers.get(name)
        if found is None and self._prefix is not None and (prefix := self._prefix.match(name)):
            found = self._handlers[prefix[0] + "*"]
        return found

    def expand(self, text: str, context: Context) -> str:
        """The text with each shortcode replaced by what its handler says, from left to right.

        What stands inside another shortcode is that one's business: its handler gets it as it is.
        """
        if "[" not in text or "]" not in text:
            return text
        names = {name: known for name in set(_OPENING.findall(text)) if (known := self.handler(name)) is not None}
        if not names:
            return text
        scan = _Scan(names, context, len(text))
        return scan.run(*shortcodes_in_tags.expand(text, lambda part: scan.run(part, part)))


class _Scan:
    """The walks over one text and the tags in it."""

    def __init__(self, names: Mapping[str, Handler], context: Context, length: int) -> None:
        self._names, self._context = names, context
        self._longest = min(max(map(len, names)), _LONGEST)
        self._left = (context.limits.content_depth + 1) * length

    def run(self, text: str, masked: str) -> str:
        """`text` with its shortcodes replaced. They are looked for in `masked`, where brackets in tags are none."""
        closings: dict[str, list[int]] = {}
        for match in _CLOSING.finditer(masked) if "[/" in masked else ():
            closings.setdefault(match[1], []).append(match.start())
        parts: list[str] = []
        position = 0
        for start, name in self._openings(masked):
            if start < position:
                continue
            end = masked.find("]", start)
            if end < 0:
                break
            closed = masked[end - 1] == "/"
            closing = -1 if closed else _next(closings.get(name, ()), end)
            after = end + 1 if closing < 0 else closing + len(name) + 3
            if start > position and masked[start - 1] == "[" and masked.startswith("]", after):
                parts += (text[position : start - 1], text[start:after])
                position = after + 1
                continue
            tag = text[start + 1 + len(name) : end - closed]
            html = self._one(name, tag, None if closing < 0 else slice(end + 1, closing), text, slice(start, after))
            after = end + 1 if html is None else after
            parts += (text[position:start], text[start:after] if html is None else html)
            position = after
        parts.append(text[position:])
        return "".join(parts)

    def _openings(self, masked: str) -> Iterator[tuple[int, str]]:
        for match in _OPENING.finditer(masked):
            name = match[1]
            if name not in self._names:
                name = self._start(name)
            if name:
                yield match.start(), name

    def _start(self, run: str) -> str:
        """The longest name a run of signs begins with, or nothing; letters that WordPress knows none of end a name."""
        for length in range(min(self._longest, len(run) - 1), 0, -1):
            if not _INSIDE_A_NAME.match(run, length) and run[:length] in self._names:
                return run[:length]
        return ""

    def _one(self, name: str, tag: str, inside: slice | None, text: str, whole: slice) -> str | None:
        """What the handler makes of a shortcode; None where it stays text."""
        if inside is not None:
            # Handlers may refuse, and then what stands inside is walked again: that many times, and no more.
            self._left -= inside.stop - inside.start
            if self._left < 0:
                self._context.log("shortcode.depth", name)
                return None
        named, positional = parse_attributes(tag)
        code = Shortcode(name, named, positional, None if inside is None else text[inside], text[whole])
        log = self._context.log
        losses = log.losses
        html = self._names[name](code, self._context)
        if html is not None and log.losses > losses:
            log.leave_out(code.source, html)
        added = len(html) - len(code.source) if html is not None else 0
        return html if added <= 0 or self._context.budget.take(added, log, name) else None


def _next(positions: Sequence[int], start: int) -> int:
    """The first of the rising positions that is not below `start`, or -1."""
    index = bisect_left(positions, start)
    return positions[index] if index < len(positions) else -1


def note_unknown(root: etree._Element, known: Container[str], log: Log) -> None:
    """Note each unknown shortcode of a text once (`shortcode.unknown`)."""
    text = _shown(root)
    alone = set(_ALONE.findall(text))
    opened: set[str] = set()
    noted: set[str] = set()
    for match in _TAG.finditer(text):
        closing, name, inside = match.groups()
        if name in known or name in noted:
            continue
        if not closing:
            opened.add(name)
        if name in opened if closing else _HAS_ATTRIBUTE.match(inside) or (name in alone and _PLUGIN.fullmatch(name)):
            noted.add(name)
            log("shortcode.unknown", name)


def _shown(root: etree._Element) -> str:
    """The text a reader sees, a line for each block, without code."""
    parts: list[str] = []
    skipped = 0
    for event, element in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        name = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            skipped += name in _SKIPPED
            parts.append("\n" if name in _LINES else "")
            parts.append("" if skipped else element.text or "")
            continue
        if name in _SKIPPED:
            skipped -= 1
            parts.append("" if skipped else _SOMETHING)
        parts.append("\n" if name in _LINES else "")
        parts.append("" if skipped or element is root else element.tail or "")
    return "".join(parts)
