"""What a reader sees of a text, as facts: one walk over a tree of semantic HTML.

A page is its lines of words, the facts in their order, and the characters under each mark. Two pages that are equal
show a reader the same, so that the usual comparison is one `==`; which facts differ is looked for only where they do.

Lines are the text between two places where a new line or block begins, `<br>` among them. An image, a player or a rule
is a word of its own among the words, so that its place is known, too. White space means nothing outside of code.

Ignored, since a reader does not see it: classes and styles, sizes, comments, the URL of an embed,
ids of footnotes and their links back. What each element
contributes is one small function an element, in the two tables at the end.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import unquote

from lxml import etree

from converters.html import tree
from converters.verify import footnotes

Fact = tuple[str, ...]
"""Its kind, then its particulars."""

BLOCKS = frozenset(
    """address article aside blockquote br caption center col colgroup dd details dialog dir div dl dt fieldset
    figcaption figure footer form frame h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p
    pre search section summary table tbody td tfoot th thead tr ul""".split()
)
"""Here begins a line. A list of its own: the check shares no table with what it checks."""
_UNSEEN = frozenset("iframe noscript script style template title textarea".split())
_MARKS = frozenset("strong em del ins mark sub sup kbd small u abbr q blockquote cite samp var summary".split())
_SAME_MARKS = {"b": "strong", "i": "em", "s": "del", "strike": "del", "acronym": "abbr"}
_WORDS = {**{f"h{level}": "heading" for level in range(1, 7)}, "dt": "term", "dd": "definition"}
"""Elements whose words are one fact -> its kind."""

_BREAK = "\x02"
"""Between lines; no tree can hold it, since XML forbids it, and it is not white space."""
_THING = " \x01 "
"""In place of an image, a player, a rule."""
_FORMULA = "/latex.php?latex="
_DEEPEST = 24
"""Captures inside each other; deeper ones are words and nothing else, so that time stays linear."""


class Page(NamedTuple):
    """A text in a reader's eyes."""

    lines: list[list[str]]
    facts: list[Fact]
    marks: dict[str, str]
    """mark -> all text under it, without white space"""
    links: dict[str, str]
    """URL -> all that leads there, in the order of the text, an image as one sign"""
    wanted: frozenset[str]
    """Fragments that links lead to and that are there."""
    places: frozenset[str]
    """All fragments."""


def read(root: etree._Element, host: str = "") -> Page:
    """The page that a tree shows. The tree stays as it is.

    URLs on `host` are those of the site itself, written with the host or without it, with `www.` or without it.
    """
    collector = _FactCollector(host)
    collector.notes = footnotes.find(root)
    if root.text:
        collector.parts.append(root.text)
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walker:
        if element is root:
            continue
        if event != "start":
            collector.end(element)
        elif element.tag in _UNSEEN:
            _unseen(collector, element)
            walker.skip_subtree()
        else:
            collector.start(element)
    return collector.page(root)


@lru_cache(maxsize=16)
def _own_start(host: str) -> re.Pattern[str]:
    """What a URL of the site itself begins with."""
    return re.compile(rf"(?:https?:)?//(?:www\.)?{re.escape(host.removeprefix('www.'))}(?::\d+)?(?=[/?#]|\Z)", re.I)


class _Capture(NamedTuple):
    """An element whose words are wanted: where they begin among the pieces of text, and what to make of them."""

    kind: str
    start: int
    detail: str


class _FactCollector:
    """Filled from the first element to the last."""

    def __init__(self, host: str) -> None:
        self._own = _own_start(host) if host else None
        self.parts: list[str] = []
        self.facts: list[Fact] = []
        self.marks: dict[str, list[str]] = {}
        self.open: dict[str, int] = {}
        self.captures: list[_Capture] = []
        self.lists: list[str] = []
        self.cells: list[list[str]] = []
        self.places: set[str] = set()
        self.wanted: set[str] = set()
        self.links: dict[str, list[str]] = {}
        self.embeds = 0
        self.notes = footnotes.NONE

    def start(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in BLOCKS:
            self.parts.append(_BREAK)
        collect = _STARTS.get(tag)
        if collect is not None:
            collect(self, element)
        id = element.get("id")
        if id and (place := self.notes.names.get(str(id), str(id))):
            self.places.add(place)
        if element.text:
            self.parts.append(element.text)

    def end(self, element: etree._Element) -> None:
        """Also of comments, which have no tag: the text behind them counts."""
        tag = element.tag
        collect = _ENDS.get(tag)
        if collect is not None:
            collect(self, element)
        if tag in BLOCKS:
            self.parts.append(_BREAK)
        if element.tail:
            self.parts.append(element.tail)

    def page(self, root: etree._Element) -> Page:
        wanted = self.wanted | set(str(root.get("data-asked") or "").split())
        marks = {kind: "".join("".join(texts).replace(_BREAK, "").split()) for kind, texts in self.marks.items()}
        return Page(
            [line for part in "".join(self.parts).split(_BREAK) if (line := part.split())],
            self.facts,
            {kind: text for kind, text in marks.items() if text},
            {goal: " ".join(words) for goal, words in self.links.items()},
            frozenset(wanted & self.places),
            frozenset(self.places),
        )

    def since(self, start: int) -> str:
        return " ".join("".join(self.parts[start:]).replace(_BREAK, " ").split())

    def thing(self, *fact: str) -> None:
        self.facts.append(fact)
        self.parts.append(_THING)

    def capture(self, kind: str, detail: str = "") -> None:
        self.captures.append(_Capture(kind, len(self.parts), detail))

    def url(self, element: etree._Element, *attributes: str) -> str:
        """The first of these attributes, without differences that mean none: the site's own host, needless percent
        signs."""
        url = next((str(value) for name in attributes if (value := element.get(name))), "").strip()
        if self._own is not None and (found := self._own.match(url)):
            url = url[found.end() :] or "/"
        return unquote(url) if "%" in url else url


def _unseen(seen: _FactCollector, element: etree._Element) -> None:
    """What counts though its words do not. In an embed, the provider's player is drawn by the target."""
    tag = element.tag
    if seen.embeds or tag in ("style", "noscript", "template", "title"):
        return
    if tag == "iframe":
        seen.thing("frame", seen.url(element, "src", "data-src"))
        return
    words = " ".join(tree.plain_text(element).split())
    seen.facts.append(("script", seen.url(element, "src"), words) if tag == "script" else ("field", words))


def _image(seen: _FactCollector, element: etree._Element) -> None:
    """An image; a formula is one that is drawn of its text, or that text, in any of the forms that mean the same."""
    source = str(element.get("src") or "")
    if _FORMULA in source:
        latex = source.partition(_FORMULA)[2].partition("&")[0]
        plain = unquote(latex.replace("+", " ")).replace("\\Vert", "\\|").replace("\\vert", "|")
        seen.thing("formula", "".join(plain.split()))
        return
    seen.thing("image", seen.url(element, "src"), " ".join(str(element.get("alt") or "").split()))


def _media(seen: _FactCollector, element: etree._Element) -> None:
    for kind, key in (("media", "src"), ("poster", "poster"), ("media", "data")):
        if element.get(key):
            seen.thing(kind, seen.url(element, key))


def _list(seen: _FactCollector, element: etree._Element) -> None:
    """An item's own words end where a list inside it begins."""
    if seen.captures and seen.captures[-1].kind == "list item":
        item = seen.captures[-1]
        seen.captures[-1] = item._replace(kind="finished item")
        _finish_item(seen, item)
    tag = str(element.tag)
    seen.lists.append(tag)
    start = str(element.get("start") or "1")
    if tag == "ol" and start != "1":
        seen.facts.append(("first number", start))


def _item_end(seen: _FactCollector, element: etree._Element) -> None:
    item = seen.captures.pop()
    if item.kind == "list item":
        _finish_item(seen, item)


def _finish_item(seen: _FactCollector, item: _Capture) -> None:
    around = seen.lists[: int(item.detail)] or seen.lists
    seen.facts.append(("list item", around[-1] if around else "", item.detail, seen.since(item.start)))


def _task(seen: _FactCollector, element: etree._Element) -> None:
    if element.get("type") == "checkbox":
        seen.facts.append(("task", "done" if element.get("checked") is not None else "open"))
    else:
        seen.facts.append(("field", str(element.get("type") or ""), str(element.get("value") or "")))


def _cell_end(seen: _FactCollector, element: etree._Element) -> None:
    cell = seen.captures.pop()
    if seen.cells:
        seen.cells[-1].append("" if len(seen.captures) > _DEEPEST else seen.since(cell.start))


def _words_end(seen: _FactCollector, element: etree._Element) -> None:
    made = seen.captures.pop()
    tag = str(element.tag)
    if len(seen.captures) <= _DEEPEST and (words := seen.since(made.start)):
        level = (tag,) if _WORDS[tag] == "heading" else ()
        seen.facts.append((_WORDS[tag], *level, words))


def _code_block(seen: _FactCollector, element: etree._Element) -> None:
    """Code to the last space; the line end before `</pre>` belongs to the tag."""
    seen.open["pre"] = seen.open.get("pre", 0) + 1
    if seen.open["pre"] > 1:
        return
    code = element.find("code")
    classes = str((code if code is not None else element).get("class") or "").split()
    languages = [name.removeprefix("language-") for name in classes if name.startswith("language-")]
    seen.facts.append(("code", _code(element).strip("\n"), *languages[:1]))


def _code(element: etree._Element) -> str:
    """All text, with the line ends that `<br>` makes."""
    if element.find(".//br") is None:
        return tree.plain_text(element)
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        parts.append("\n" if inner.tag == "br" else inner.text or "" if tree.name(inner) else "")
        parts.append(inner.tail or "")
    return "".join(parts)


def _code_span(seen: _FactCollector, element: etree._Element) -> None:
    if seen.open.get("pre") or element.find(".//pre") is not None:
        return
    if words := " ".join(_code(element).split()):
        seen.facts.append(("code in a line", words))


def _link(seen: _FactCollector, element: etree._Element) -> None:
    name = element.get("name")
    if name and (place := seen.notes.names.get(str(name), str(name))):
        seen.places.add(place)
    seen.capture("link", seen.url(element, "href") if element.get("href") else "")


def _link_end(seen: _FactCollector, element: etree._Element) -> None:
    made = seen.captures.pop()
    if seen.embeds and seen.since(made.start) in _addresses(element):
        del seen.parts[made.start :]  # the URL of a player, which targets hide
        return
    if element in seen.notes.backs:
        del seen.parts[made.start :]  # an arrow, another one in each target
        return
    if not element.get("href") or len(seen.captures) > _DEEPEST:
        return
    goal = made.detail
    if goal.startswith("#"):
        goal = "#" + seen.notes.names.get(goal[1:], goal[1:])
        seen.wanted.add(goal[1:])
        if goal[1:] in seen.notes.names.values():  # `[1]` and `1` are one mark
            seen.parts[made.start :] = ["".join(seen.parts[made.start :]).strip().strip("[]()")]
    if words := seen.since(made.start):
        seen.links.setdefault(goal, []).append(words)


def _addresses(link: etree._Element) -> list[str]:
    """Where a link in an embed leads, and what was embedded: on a new site a page of the old one is elsewhere."""
    figure = next(link.iterancestors("figure"), None)
    return [str(link.get("href") or "").strip(), "" if figure is None else str(figure.get("data-url") or "").strip()]


def _figure(seen: _FactCollector, element: etree._Element) -> None:
    kinds = str(element.get("class") or "").split()
    if "embed" in kinds:
        id = str(element.get("data-id") or "")
        frame = None if id or element.get("data-list") else element.find(".//iframe")
        shown = (seen.url(frame, "src"),) if frame is not None else ()
        details = (str(element.get(key) or "") for key in ("data-start", "data-list"))
        goal = id or ("" if element.get("data-list") else seen.url(element, "data-url"))
        seen.thing("embed", str(element.get("data-provider") or ""), goal, *details, *shown)
        seen.parts.append(_BREAK)
        seen.embeds += 1
    elif "gallery" in kinds:
        seen.facts.append(("gallery", str(len(list(element.iter("img"))))))


def _figure_end(seen: _FactCollector, element: etree._Element) -> None:
    if "embed" in str(element.get("class") or "").split():
        seen.embeds -= 1


def _mark(seen: _FactCollector, element: etree._Element) -> None:
    kind = _SAME_MARKS.get(str(element.tag), str(element.tag))
    seen.open[kind] = depth = seen.open.get(kind, 0) + 1
    if depth == 1:
        seen.open[f"{kind} from"] = len(seen.parts)


def _mark_end(seen: _FactCollector, element: etree._Element) -> None:
    kind = _SAME_MARKS.get(str(element.tag), str(element.tag))
    seen.open[kind] -= 1
    if not seen.open[kind]:
        seen.marks.setdefault(kind, []).extend(seen.parts[seen.open[f"{kind} from"] :])


_Collect = Callable[[_FactCollector, Any], object]
_STARTS: dict[object, _Collect] = {
    **dict.fromkeys((*_MARKS, *_SAME_MARKS), _mark),
    **dict.fromkeys((*_WORDS, "td", "th"), lambda seen, element: seen.capture("")),
    **dict.fromkeys(("audio", "video", "source", "track", "embed", "object"), _media),
    **dict.fromkeys(("ul", "ol"), _list),
    "a": _link,
    "code": _code_span,
    "figure": _figure,
    "hr": lambda seen, element: seen.thing("rule"),
    "img": _image,
    "input": _task,
    "li": lambda seen, element: seen.capture("list item", str(len(seen.lists))),
    "pre": _code_block,
    "tr": lambda seen, element: seen.cells.append([]),
}
_ENDS: dict[object, _Collect] = {
    **dict.fromkeys((*_MARKS, *_SAME_MARKS), _mark_end),
    **dict.fromkeys(_WORDS, _words_end),
    **dict.fromkeys(("td", "th"), _cell_end),
    **dict.fromkeys(("ul", "ol"), lambda seen, element: seen.lists.pop()),
    "a": _link_end,
    "figure": _figure_end,
    "li": _item_end,
    "pre": lambda seen, element: seen.open.update(pre=seen.open["pre"] - 1),
    "tr": lambda seen, element: seen.facts.append(("row", *seen.cells.pop())),
}
