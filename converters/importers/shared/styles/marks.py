"""Words that a style makes bold, italic, struck, underlined, raised or lowered, as the elements that say so.

    <span style="text-decoration: line-through">100 euros</span>     <s>100 euros</s>
    <span style="font-weight: 700">…</span>                          <strong>: Google Docs, the classic editor
    <p style="font-style: italic">…</p>                              <p><em>…</em></p>
    <b style="font-weight: normal">…</b>                             the words: Google Docs, around all it copies
    <b>a <span style="font-weight: 400">b</span> c</b>               <b>a </b>b<b> c</b>
    10<span style="vertical-align: super">3</span>                   <sup>3</sup>

A style counts for all that is inside, so that on a block it comes to stand inside the paragraphs of it. Headings and
heads of a table are bold anyhow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS

_MOST_SPLITS = 200
"""How often an element of a text is split around words that it does not mean; each split moves what is behind it."""


class Mark(NamedTuple):
    """A mark of words."""

    tag: str
    """What it is written with."""
    same: frozenset[str]
    """Elements that say it."""
    anyhow: frozenset[str] = frozenset()
    """Elements whose words are marked so by themselves."""


_BOLD = Mark("strong", frozenset({"b", "strong"}), frozenset({*HEADINGS, "th"}))
_ITALIC = Mark("em", frozenset({"i", "em"}), frozenset({"cite", "dfn", "address", "var"}))
_STRUCK = Mark("s", frozenset({"s", "strike", "del"}))
_UNDERLINED = Mark("u", frozenset({"u", "ins"}), frozenset({"a"}))
_RAISED = Mark("sup", frozenset({"sup"}))
_LOWERED = Mark("sub", frozenset({"sub"}))

_IN_SHORTHAND = frozenset({"bold", "bolder", "600", "700", "800", "900"})
_WEIGHT = re.compile(r"\d{1,4}")
_PHRASES = frozenset(
    "span font a abbr b strong i em u ins s strike del small big sub sup mark cite q code kbd samp var tt label".split()
)
_UNTOUCHED = frozenset("pre code table thead tbody tfoot tr colgroup script style iframe".split())
"""Inside of these no mark is put around a run of words: it is code, or only rows and cells can be there."""


def _meant(said: Mapping[str, str], tag: object) -> Iterator[tuple[Mark, bool]]:
    """The marks a style puts on words or takes away from them."""
    shorthand = said.get("font", "").split()
    weight = said.get("font-weight", "") or next((word for word in shorthand if word in _IN_SHORTHAND), "")
    if weight in ("bold", "bolder") or (_WEIGHT.fullmatch(weight) and int(weight) >= 600):
        yield _BOLD, True
    elif weight in ("normal", "lighter") or _WEIGHT.fullmatch(weight):
        yield _BOLD, False
    slant = said.get("font-style", "") or next((word for word in shorthand if word in ("italic", "oblique")), "")
    if slant == "italic" or slant.startswith("oblique"):
        yield _ITALIC, True
    elif slant == "normal":
        yield _ITALIC, False
    lines = f"{said.get('text-decoration', '')} {said.get('text-decoration-line', '')}".split()
    for mark, word in ((_STRUCK, "line-through"), (_UNDERLINED, "underline")):
        if word in lines:
            yield mark, True
        elif "none" in lines and tag in mark.same:
            yield mark, False
    raised = said.get("vertical-align", "") if tag in _PHRASES else ""
    if raised in ("super", "text-top", "sub"):
        yield (_LOWERED if raised == "sub" else _RAISED), True


class Marks:
    """Applies what styles say to the elements of one text, which come in the order of the text."""

    def __init__(self, root: etree._Element) -> None:
        self._root, self._splits = root, 0
        self._reached: dict[Mark, set[etree._Element]] = {}
        """The blocks that a style of a block around them has reached already."""
        self._undone: set[etree._Element] = set()

    def apply(self, element: etree._Element, said: Mapping[str, str]) -> None:
        """Put the words of the element into elements that say what its style says."""
        for mark, on in _meant(said, element.tag):
            if on:
                if not self._is_marked(element, mark):
                    self._put(element, mark)
            elif element.tag in mark.same:
                self._undone.add(element)
            else:
                self._take_away(element, mark)

    def finish(self) -> None:
        """Take away elements whose style says that they mean nothing."""
        tree.unwrap_all(self._root, self._undone)

    def _is_marked(self, element: etree._Element, mark: Mark) -> bool:
        if element in self._reached.get(mark, ()) or element.tag in mark.same or element.tag in mark.anyhow:
            return True
        undone = self._undone
        return any(
            above.tag in mark.anyhow or (above.tag in mark.same and above not in undone)
            for above in element.iterancestors()
        )

    def _put(self, element: etree._Element, mark: Mark) -> None:
        waiting = [element]
        reached = self._reached.setdefault(mark, set())
        while waiting:
            box = waiting.pop()
            if box in reached or box.tag in mark.anyhow or box.tag in ("pre", "code", "script", "style"):
                continue
            reached.add(box)
            blocks = [child for child in box if tree.is_block(child)]
            waiting.extend(blocks)
            if box.tag not in _UNTOUCHED:
                _around_runs(box, mark, blocks)

    def _take_away(self, element: etree._Element, mark: Mark) -> None:
        """Words that are not so, inside of an element that says they are: it is split around them."""
        around = next((above for above in element.iterancestors() if above.tag in mark.same), None)
        if around is None or around in self._undone or self._splits >= _MOST_SPLITS:
            return
        self._splits += 1
        _isolate(element, around)


def _around_runs(box: etree._Element, mark: Mark, blocks: list[etree._Element]) -> None:
    """Put each run of phrases in the box into an element of the mark."""
    if not blocks:
        _wrap(box, None, mark)
        return
    for before in (None, *blocks):
        _wrap(box, before, mark)


def _wrap(box: etree._Element, before: etree._Element | None, mark: Mark) -> None:
    """The same for the run behind a block, or at the start; runs of white space, and pictures alone, stay."""
    text = box.text if before is None else before.tail
    run: list[etree._Element] = []
    following = next(iter(box), None) if before is None else before.getnext()
    while following is not None and not tree.is_block(following):
        run.append(following)
        following = following.getnext()
    if not any((part or "").strip() for part in (text, *(child.tail for child in run))):
        if not any(child.tag in _PHRASES and tree.plain_text(child).strip() for child in run):
            return
        if len(run) == 1 and run[0].tag in mark.same:
            return
    wrapper = etree.Element(mark.tag)
    wrapper.text = text
    if before is None:
        box.text = None
        box.insert(0, wrapper)
    else:
        before.tail = None
        before.addnext(wrapper)
    wrapper.extend(run)


def _isolate(element: etree._Element, around: etree._Element) -> None:
    """Split what is between the two, and `around` itself, so that the element stands beside it.

    Elements between the two are there in each part.
    """
    while True:
        parent = element.getparent()
        if parent is None:
            return
        rest = _copy(parent)
        rest.text, element.tail = element.tail, None
        rest.extend(list(element.itersiblings()))
        rest.tail, parent.tail = parent.tail, None
        parent.addnext(element)
        element.addnext(rest)
        if parent is around:
            _drop_empty(parent, rest)
            return
        kept = _copy(parent)
        element.addprevious(kept)
        kept.append(element)
        _drop_empty(parent, rest)
        element = kept


def _copy(element: etree._Element) -> etree._Element:
    new = etree.Element(tree.name(element))
    new.attrib.update({name: value for name, value in element.attrib.items() if name not in ("id", "name")})
    return new


def _drop_empty(*parts: etree._Element) -> None:
    for part in parts:
        if not len(part) and not part.text:
            tree.remove(part)
