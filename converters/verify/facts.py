"""What a reader sees of a text, as facts: one walk over a tree of semantic HTML.

A page is its lines of words, the facts in their order, and the characters under each mark. Two pages that are equal
show a reader the same, so that the usual comparison is one `==`; which facts differ is asked only where they do.

Lines are what stands between two places where a new line or block begins, `<br>` among them. A picture, a player or a
rule is a word of its own among the words, so that its place is known, too. White space says nothing outside of code.

Not looked at, since a reader does not see it: classes and styles, sizes, comments, the address in `<noscript>`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from converters import tree

Fact = tuple[str, ...]
"""Its kind, then what it says."""

_BREAK = "\x02"
"""Stands between lines; no tree can hold it, since XML forbids it, and it is no white space."""
_THING = " \x01 "
"""Stands for a picture, a player, a rule."""
_DEEPEST = 24
"""Captures inside each other; deeper ones are words and nothing else, so that time stays linear."""

BLOCKS = frozenset(
    """address article aside blockquote br caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p
    pre search section summary table tbody td tfoot th thead tr ul""".split()
)
_UNSEEN = frozenset("iframe noscript script style template title textarea".split())
_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "acronym": "abbr"}
_MARKS = frozenset("strong em del ins mark sub sup kbd small u abbr q blockquote cite samp var summary".split())
_FACTS = {  # elements whose words are one fact
    **{f"h{level}": "heading" for level in range(1, 7)},
    "dt": "term",
    "dd": "definition",
}


class Page(NamedTuple):
    """A text in a reader's eyes."""

    lines: list[list[str]]
    facts: list[Fact]
    marks: dict[str, str]
    """mark -> all that stands under it, without white space"""
    links: dict[str, str]
    """address -> all that leads there, in the order of the text, a picture as one sign"""
    wanted: frozenset[str]
    """Places that links ask for and that are there."""
    places: frozenset[str]
    """All places."""


class _Capture(NamedTuple):
    """An element whose words are wanted: where they begin among the pieces of text, and what to make of them."""

    kind: str
    start: int
    detail: str


class _Reader:
    def __init__(self, host: str) -> None:
        self.host = host
        self.parts: list[str] = []
        self.facts: list[Fact] = []
        self.marks: dict[str, list[str]] = {}
        self.open: dict[str, int] = {}
        self.captures: list[_Capture] = []
        self.lists: list[str] = []
        self.cells: list[list[str]] = []
        self.places: set[str] = set()
        self.asked: set[str] = set()
        self.links: dict[str, list[str]] = {}
        self.embeds = 0

    def since(self, start: int) -> str:
        return " ".join("".join(self.parts[start:]).replace(_BREAK, " ").split())

    def thing(self, *fact: str) -> None:
        self.facts.append(fact)
        self.parts.append(_THING)

    def capture(self, kind: str, detail: str = "") -> None:
        self.captures.append(_Capture(kind, len(self.parts), detail))


Look = Callable[[_Reader, Any], None]


def read(root: etree._Element, host: str = "") -> Page:
    """The page that a tree says. The tree stays as it is.

    Addresses on `host` are those of the site itself, said with the host or without it.
    """
    reader = _Reader(host)
    if root.text:
        reader.parts.append(root.text)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element is root:
            continue
        if event == "start":
            if element.tag in _UNSEEN:
                _unseen(reader, element)
                walker.skip_subtree()
            else:
                _begin(reader, element)
        else:
            _end(reader, element)
    return _page(reader, root)


def _begin(reader: _Reader, element: etree._Element) -> None:
    tag = element.tag
    if tag in BLOCKS:
        reader.parts.append(_BREAK)
    look = _STARTS.get(tag)
    if look is not None:
        look(reader, element)
    id = element.get("id")
    if id:
        reader.places.add(str(id))
    if element.text:
        reader.parts.append(element.text)


def _end(reader: _Reader, element: etree._Element) -> None:
    """Also of comments, which have no tag: what stands behind them counts."""
    tag = element.tag
    look = _ENDS.get(tag)
    if look is not None:
        look(reader, element)
    if tag in BLOCKS:
        reader.parts.append(_BREAK)
    if element.tail:
        reader.parts.append(element.tail)


def _page(reader: _Reader, root: etree._Element) -> Page:
    lines = [line for part in "".join(reader.parts).split(_BREAK) if (line := part.split())]
    asked = reader.asked | set(str(root.get("data-asked") or "").split())
    marks = {kind: "".join("".join(texts).replace(_BREAK, "").split()) for kind, texts in reader.marks.items()}
    return Page(
        lines,
        reader.facts,
        {kind: text for kind, text in marks.items() if text},
        {goal: " ".join(words) for goal, words in reader.links.items()},
        frozenset(asked & reader.places),
        frozenset(reader.places),
    )


def address(url: str, host: str = "") -> str:
    """An address without differences that mean none: the site's own host, percent signs where none are needed."""
    url = url.strip()
    if host and host in url:
        for start in ("https://", "http://", "//"):
            if url.startswith(f"{start}{host}") and url[len(start) + len(host) :][:1] in ("", "/", "?", "#"):
                url = url[len(start) + len(host) :] or "/"
                break
    return unquote(url) if "%" in url else url


def _unseen(reader: _Reader, element: etree._Element) -> None:
    """What counts though its words do not. In an embed, the provider's player is drawn by the target."""
    tag = tree.name(element)
    if reader.embeds or tag in ("style", "noscript", "template", "title"):
        return
    if tag == "iframe":
        reader.thing("frame", address(str(element.get("src") or element.get("data-src") or ""), reader.host))
        return
    words = " ".join(tree.plain_text(element).split())
    if tag == "script":
        reader.facts.append(("script", address(str(element.get("src") or ""), reader.host), words))
    else:
        reader.facts.append(("field", words))


# what begins


def _image(reader: _Reader, element: etree._Element) -> None:
    words = " ".join(str(element.get("alt") or "").split())
    reader.thing("image", address(str(element.get("src") or ""), reader.host), words)


def _media(reader: _Reader, element: etree._Element) -> None:
    for kind, key in (("media", "src"), ("poster", "poster"), ("media", "data")):
        if url := element.get(key):
            reader.thing(kind, address(str(url), reader.host))


def _rule(reader: _Reader, element: etree._Element) -> None:
    reader.thing("rule")


def _list(reader: _Reader, element: etree._Element) -> None:
    _item_over(reader)
    tag = tree.name(element)
    reader.lists.append(tag)
    start = str(element.get("start") or "1")
    if tag == "ol" and start != "1":
        reader.facts.append(("first number", start))


def _list_end(reader: _Reader, element: etree._Element) -> None:
    reader.lists.pop()


def _item_over(reader: _Reader) -> None:
    """An item's own words end where a list inside it begins."""
    if reader.captures and reader.captures[-1].kind == "list item":
        item = reader.captures[-1]
        reader.captures[-1] = _Capture("item told", item.start, "")
        _tell_item(reader, item)


def _tell_item(reader: _Reader, item: _Capture) -> None:
    kind = reader.lists[-1] if reader.lists else ""
    depth = int(item.detail)
    lists = reader.lists[:depth]
    reader.facts.append(("list item", lists[-1] if lists else kind, item.detail, reader.since(item.start)))


def _item(reader: _Reader, element: etree._Element) -> None:
    reader.capture("list item", str(len(reader.lists)))


def _item_end(reader: _Reader, element: etree._Element) -> None:
    item = reader.captures.pop()
    if item.kind == "list item":
        _tell_item(reader, item)


def _task(reader: _Reader, element: etree._Element) -> None:
    if element.get("type") == "checkbox":
        reader.facts.append(("task", "done" if element.get("checked") is not None else "open"))
    else:
        reader.facts.append(("field", str(element.get("type") or ""), str(element.get("value") or "")))


def _row(reader: _Reader, element: etree._Element) -> None:
    reader.cells.append([])


def _row_end(reader: _Reader, element: etree._Element) -> None:
    cells = reader.cells.pop()
    reader.facts.append(("row", *cells))


def _words(reader: _Reader, element: etree._Element) -> None:
    reader.capture("")


def _cell_end(reader: _Reader, element: etree._Element) -> None:
    cell = reader.captures.pop()
    if reader.cells:
        deep = len(reader.captures) > _DEEPEST
        reader.cells[-1].append("" if deep else reader.since(cell.start))


def _words_end(reader: _Reader, element: etree._Element) -> None:
    made = reader.captures.pop()
    kind = _FACTS[tree.name(element)]
    if len(reader.captures) <= _DEEPEST and (words := reader.since(made.start)):
        level = (tree.name(element),) if kind == "heading" else ()
        reader.facts.append((kind, *level, words))


def _code_block(reader: _Reader, element: etree._Element) -> None:
    """Code to the last space; the line end before `</pre>` belongs to the tag."""
    if reader.open.get("pre"):
        reader.open["pre"] += 1
        return
    reader.open["pre"] = 1
    code = element.find("code")
    said = [kind[9:] for kind in str((code if code is not None else element).get("class") or "").split()
            if kind.startswith("language-")]  # fmt: skip
    reader.facts.append(("code", "".join(_code(element)).strip("\n"), *said[:1]))


def _code_block_end(reader: _Reader, element: etree._Element) -> None:
    reader.open["pre"] -= 1


def _code(element: etree._Element) -> list[str]:
    """All text, with the line ends that `<br>` makes."""
    if element.find(".//br") is None:
        return [tree.plain_text(element)]
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        parts.append("\n" if inner.tag == "br" else inner.text or "" if tree.name(inner) else "")
        parts.append(inner.tail or "")
    return parts


def _code_span(reader: _Reader, element: etree._Element) -> None:
    if not reader.open.get("pre") and (words := " ".join(tree.plain_text(element).split())):
        reader.facts.append(("code in a line", words))


def _link(reader: _Reader, element: etree._Element) -> None:
    name = element.get("name")
    if name:
        reader.places.add(str(name))
    reader.capture("link", str(element.get("href") or ""))


def _link_end(reader: _Reader, element: etree._Element) -> None:
    made = reader.captures.pop()
    if not made.detail or len(reader.captures) > _DEEPEST:
        return
    goal = address(made.detail, reader.host)
    if goal.startswith("#"):
        reader.asked.add(goal[1:])
    if words := reader.since(made.start):
        reader.links.setdefault(goal, []).append(words)


def _figure(reader: _Reader, element: etree._Element) -> None:
    kinds = str(element.get("class") or "").split()
    if "embed" in kinds:
        id = str(element.get("data-id") or "")
        goal = id or address(str(element.get("data-url") or ""), reader.host)
        frame = element.find(".//iframe") if not id else None
        shown = (address(str(frame.get("src") or ""), reader.host),) if frame is not None else ()
        details = (str(element.get(key) or "") for key in ("data-start", "data-list"))
        reader.thing("embed", str(element.get("data-provider") or ""), goal, *details, *shown)
        reader.parts.append(_BREAK)
        reader.embeds += 1
    elif "gallery" in kinds:
        reader.facts.append(("gallery", str(len(list(element.iter("img"))))))


def _figure_end(reader: _Reader, element: etree._Element) -> None:
    if "embed" in str(element.get("class") or "").split():
        reader.embeds -= 1


def _mark(reader: _Reader, element: etree._Element) -> None:
    kind = _kind(reader, element)
    reader.open[kind] = depth = reader.open.get(kind, 0) + 1
    if depth == 1:
        reader.open[f"{kind} from"] = len(reader.parts)


def _mark_end(reader: _Reader, element: etree._Element) -> None:
    kind = _kind(reader, element)
    reader.open[kind] -= 1
    if not reader.open[kind]:
        start = reader.open[f"{kind} from"]
        reader.marks.setdefault(kind, []).extend(reader.parts[start:])


def _kind(reader: _Reader, element: etree._Element) -> str:
    tag = tree.name(element)
    return _SAME.get(tag, tag)


_STARTS: dict[object, Look] = {
    **dict.fromkeys((*_MARKS, *_SAME), _mark),
    **dict.fromkeys((*_FACTS, "td", "th"), _words),
    **dict.fromkeys(("audio", "video", "source", "track", "embed", "object"), _media),
    **dict.fromkeys(("ul", "ol"), _list),
    "a": _link,
    "code": _code_span,
    "figure": _figure,
    "hr": _rule,
    "img": _image,
    "input": _task,
    "li": _item,
    "pre": _code_block,
    "tr": _row,
}
_ENDS: dict[object, Look] = {
    **dict.fromkeys((*_MARKS, *_SAME), _mark_end),
    **dict.fromkeys(_FACTS, _words_end),
    **dict.fromkeys(("td", "th"), _cell_end),
    **dict.fromkeys(("ul", "ol"), _list_end),
    "a": _link_end,
    "figure": _figure_end,
    "li": _item_end,
    "pre": _code_block_end,
    "tr": _row_end,
}
