"""What each element says: one small function a kind, in the two tables at the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lxml import etree

from converters.html import tree
from converters.verify.gathered import BREAK, Capture, Gathered, address

_DEEPEST = 24
"""Captures inside each other; deeper ones are words and nothing else, so that time stays linear."""

_SAME = {"b": "strong", "i": "em", "s": "del", "strike": "del", "acronym": "abbr"}
_MARKS = frozenset("strong em del ins mark sub sup kbd small u abbr q blockquote cite samp var summary".split())
_FACTS = {  # elements whose words are one fact
    **{f"h{level}": "heading" for level in range(1, 7)},
    "dt": "term",
    "dd": "definition",
}

Look = Callable[[Gathered, Any], None]


def unseen(reader: Gathered, element: etree._Element) -> None:
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


def _image(reader: Gathered, element: etree._Element) -> None:
    words = " ".join(str(element.get("alt") or "").split())
    reader.thing("image", address(str(element.get("src") or ""), reader.host), words)


def _media(reader: Gathered, element: etree._Element) -> None:
    for kind, key in (("media", "src"), ("poster", "poster"), ("media", "data")):
        if url := element.get(key):
            reader.thing(kind, address(str(url), reader.host))


def _rule(reader: Gathered, element: etree._Element) -> None:
    reader.thing("rule")


def _list(reader: Gathered, element: etree._Element) -> None:
    _item_over(reader)
    tag = tree.name(element)
    reader.lists.append(tag)
    start = str(element.get("start") or "1")
    if tag == "ol" and start != "1":
        reader.facts.append(("first number", start))


def _list_end(reader: Gathered, element: etree._Element) -> None:
    reader.lists.pop()


def _item_over(reader: Gathered) -> None:
    """An item's own words end where a list inside it begins."""
    if reader.captures and reader.captures[-1].kind == "list item":
        item = reader.captures[-1]
        reader.captures[-1] = Capture("item told", item.start, "")
        _tell_item(reader, item)


def _tell_item(reader: Gathered, item: Capture) -> None:
    kind = reader.lists[-1] if reader.lists else ""
    depth = int(item.detail)
    lists = reader.lists[:depth]
    reader.facts.append(("list item", lists[-1] if lists else kind, item.detail, reader.since(item.start)))


def _item(reader: Gathered, element: etree._Element) -> None:
    reader.capture("list item", str(len(reader.lists)))


def _item_end(reader: Gathered, element: etree._Element) -> None:
    item = reader.captures.pop()
    if item.kind == "list item":
        _tell_item(reader, item)


def _task(reader: Gathered, element: etree._Element) -> None:
    if element.get("type") == "checkbox":
        reader.facts.append(("task", "done" if element.get("checked") is not None else "open"))
    else:
        reader.facts.append(("field", str(element.get("type") or ""), str(element.get("value") or "")))


def _row(reader: Gathered, element: etree._Element) -> None:
    reader.cells.append([])


def _row_end(reader: Gathered, element: etree._Element) -> None:
    cells = reader.cells.pop()
    reader.facts.append(("row", *cells))


def _words(reader: Gathered, element: etree._Element) -> None:
    reader.capture("")


def _cell_end(reader: Gathered, element: etree._Element) -> None:
    cell = reader.captures.pop()
    if reader.cells:
        deep = len(reader.captures) > _DEEPEST
        reader.cells[-1].append("" if deep else reader.since(cell.start))


def _words_end(reader: Gathered, element: etree._Element) -> None:
    made = reader.captures.pop()
    kind = _FACTS[tree.name(element)]
    if len(reader.captures) <= _DEEPEST and (words := reader.since(made.start)):
        level = (tree.name(element),) if kind == "heading" else ()
        reader.facts.append((kind, *level, words))


def _code_block(reader: Gathered, element: etree._Element) -> None:
    """Code to the last space; the line end before `</pre>` belongs to the tag."""
    if reader.open.get("pre"):
        reader.open["pre"] += 1
        return
    reader.open["pre"] = 1
    code = element.find("code")
    said = [kind[9:] for kind in str((code if code is not None else element).get("class") or "").split()
            if kind.startswith("language-")]  # fmt: skip
    reader.facts.append(("code", "".join(_code(element)).strip("\n"), *said[:1]))


def _code_block_end(reader: Gathered, element: etree._Element) -> None:
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


def _code_span(reader: Gathered, element: etree._Element) -> None:
    if not reader.open.get("pre") and (words := " ".join(tree.plain_text(element).split())):
        reader.facts.append(("code in a line", words))


def _link(reader: Gathered, element: etree._Element) -> None:
    name = element.get("name")
    if name:
        reader.places.add(str(name))
    reader.capture("link", str(element.get("href") or ""))


def _link_end(reader: Gathered, element: etree._Element) -> None:
    made = reader.captures.pop()
    if not made.detail or len(reader.captures) > _DEEPEST:
        return
    goal = address(made.detail, reader.host)
    if goal.startswith("#"):
        reader.asked.add(goal[1:])
    if words := reader.since(made.start):
        reader.links.setdefault(goal, []).append(words)


def _figure(reader: Gathered, element: etree._Element) -> None:
    kinds = str(element.get("class") or "").split()
    if "embed" in kinds:
        id = str(element.get("data-id") or "")
        goal = id or address(str(element.get("data-url") or ""), reader.host)
        frame = element.find(".//iframe") if not id else None
        shown = (address(str(frame.get("src") or ""), reader.host),) if frame is not None else ()
        details = (str(element.get(key) or "") for key in ("data-start", "data-list"))
        reader.thing("embed", str(element.get("data-provider") or ""), goal, *details, *shown)
        reader.parts.append(BREAK)
        reader.embeds += 1
    elif "gallery" in kinds:
        reader.facts.append(("gallery", str(len(list(element.iter("img"))))))


def _figure_end(reader: Gathered, element: etree._Element) -> None:
    if "embed" in str(element.get("class") or "").split():
        reader.embeds -= 1


def _mark(reader: Gathered, element: etree._Element) -> None:
    kind = _kind(reader, element)
    reader.open[kind] = depth = reader.open.get(kind, 0) + 1
    if depth == 1:
        reader.open[f"{kind} from"] = len(reader.parts)


def _mark_end(reader: Gathered, element: etree._Element) -> None:
    kind = _kind(reader, element)
    reader.open[kind] -= 1
    if not reader.open[kind]:
        start = reader.open[f"{kind} from"]
        reader.marks.setdefault(kind, []).extend(reader.parts[start:])


def _kind(reader: Gathered, element: etree._Element) -> str:
    tag = tree.name(element)
    return _SAME.get(tag, tag)


STARTS: dict[object, Look] = {
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
ENDS: dict[object, Look] = {
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
