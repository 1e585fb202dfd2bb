"""Paragraphs of the classic editor: blank lines end paragraphs, single line ends are line breaks.

Written from what WordPress's `wpautop` can be seen to do, and held against it by tests: the
tags a theme showed are the ones found here, down to the end tags that stand alone when a `<div>` holds two paragraphs.
Forms in the wild: bare text with blank lines; text between block elements written by hand; lists and tables over
several lines; `<pre>`, `<script>` and `<style>`, whose lines stay; `<br>` at line ends and in pairs; players, objects
and captions over several lines; tags and comments broken over lines; shortcodes on lines of their own.

The way of a text: `<pre>` is put aside; block elements get blank lines around them; line ends inside tags are hidden;
what blank lines part becomes a paragraph; paragraph marks that the markup makes idle are taken away again; the line
ends that are left become breaks. Nearly every rule asks for the neighbours of a block tag, so a text is mostly looked
at as `_parts`: what stands between block tags, and the tags. A rule empties parts; joined, they are the text again.
`unwrap_shortcodes` then takes the paragraphs around shortcodes that stand alone away again.

Every step is linear in the length of the text: a pattern that runs up to some character is only tried where that
character still follows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

_BLOCKS = """address area article aside blockquote caption col colgroup dd details div dl dt fieldset figcaption figure
footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li map math menu nav ol p pre section style summary table tbody td
tfoot th thead tr ul"""
"""Written in small letters; in capitals they are text to WordPress. `main` and `center` are missing there too."""

_TIGHT = "dd div dl dt li ol p td th ul"
"""No line break stands right in front of one of these, or of its end."""

_WHITE = " \t\n\r\f\v"
_NOTHING = " \t\n\r\v\0"
"""A text of nothing else is no text."""

_LINE_END = "\udc0a"
"""A line end inside a tag or a comment. To every rule it is the end of that tag.

This and the next two are one character each, since rules look for them among others; `_HALF` keeps the text free of
them."""
_KEPT_END = "\udc0b"
"""A line end inside a script, a style sheet or a drawing."""
_ASIDE = "\udc0c"
"""Marks the place of a `<pre>` that was put aside."""

_HALF = re.compile("[\ud800-\udfff]")
"""Half of a character that takes two in UTF-16: no character by itself, but JSON can write it (`\\udc0a`)."""

_TAG_END = ">" + _LINE_END
_REST = f"[^{_TAG_END}]*[{_TAG_END}]"
_any_block = "|".join(_BLOCKS.split())

_opening = re.compile(rf"<(?:{_any_block})(?=[\s/>])", re.A)
_closing = re.compile(rf"</(?:{_any_block})>|<hr\s*/?>", re.A)
_block_tag = re.compile(rf"(</?(?:{_any_block}){_REST})")
"""Also of an element whose name only begins like a block's: `<picture>` as `<p>`, `<link>` as `<li>`."""
_tight_tag = re.compile(rf"</?(?:{'|'.join(_TIGHT.split())})")

_two_breaks = re.compile(r"<br\s*/?>\s*<br\s*/?>", re.A)
_blank_line = re.compile(r"\n\s*\n", re.A)
_comments = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)", re.S)
_over_lines = re.compile(r"<!--.*?(?:-->|\Z)|<!\[CDATA\[.*?(?:\]\]>|\Z)|<[^>]*", re.S)
_set_aside = re.compile(rf"<pre {_ASIDE}(\d+)></pre>")
_quote = re.compile(rf"<p><blockquote({_REST})", re.I)
_verbatim = re.compile(r"<(script|style|svg)")
_OBJECT = ("</object>",)
_PLAYER = ("<source", "<track")
_CONTAINER_ENDS = ("</div>", "</address>", "</form>")
_space = "(?:[\\r\\n\\t \u00a0]|&nbsp;)*+"
_paragraph_end = re.compile(rf"\]{_space}</p>")
_alone = re.compile(rf"<p>{_space}\[(([\w-]*+)[^<>&/\[\]\x00-\x20=]*+)", re.A)
"""A bracket that begins a paragraph: all that can be a name, and the letters of most names at its start."""


def autop(text: str) -> str:
    """`text` with `<p>` and `<br />` where WordPress's `wpautop` puts them."""
    if not text.strip(_NOTHING):
        return ""
    if not text.isascii():
        text = _HALF.sub("\ufffd", text)
    text, aside = _put_aside(text + "\n")
    text = _hide_line_ends(_space_blocks(_two_breaks.sub("\n\n", text)))
    if any(need in text for need in _NEEDS):
        for rule in _CLOSE:
            text = rule.apply(text)
    text = "".join([f"<p>{piece.strip(chr(10))}</p>\n" for piece in _blank_line.split(text) if piece])
    parts = _parts(text)
    for step in _STEPS:
        parts = step(parts)
    text = _breaks("".join(parts)).replace(_KEPT_END, "\n")
    if aside:
        text = _set_aside.sub(lambda match: aside[int(match[1])], text)
    return text.replace(f" {_LINE_END} ", "\n").replace(_LINE_END, "\n")


def _split_before(last: str, pattern: re.Pattern[str], text: str) -> list[str]:
    """`pattern.split` up to the last of the characters `last`: behind it no match can end."""
    end = 1 + max(text.rfind(character) for character in last)
    parts = pattern.split(text[:end])
    parts[-1] += text[end:]
    return parts


# Before the text is cut


def _put_aside(text: str) -> tuple[str, list[str]]:
    """The text with an empty `<pre>` for each one that ends, and these as they were.

    A second `<pre>` inside one is part of it; the end tag without a beginning that this leaves is dropped.
    """
    aside: list[str] = []
    if "<pre" not in text:
        return text, aside
    *pieces, rest = text.split("</pre>")
    out: list[str] = []
    for piece in pieces:
        before, begin, inside = piece.partition("<pre")
        out.append(before)
        if begin:
            out.append(f"<pre {_ASIDE}{len(aside)}></pre>")
            aside.append(f"{begin}{inside}</pre>")
    return "".join(out) + rest, aside


def _space_blocks(text: str) -> str:
    """A blank line in front of every block's beginning and behind every end (and behind a bare `<hr>`)."""
    text = _opening.sub(lambda found: "\n\n" + found[0], text)
    text = _closing.sub(lambda found: found[0] + "\n\n", text)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _hide_line_ends(text: str) -> str:
    """Line ends inside tags and comments must not end a paragraph. A `<` that nothing ends is a tag to the end."""
    lines = text.split("\n")
    whole = "<!" not in text or not any("\n" in comment for comment in _comments.findall(text))
    if whole and not [1 for line in lines if line.rfind("<") > line.rfind(">")]:
        return text  # as nearly always: every tag ends on its line
    return _over_lines.sub(lambda match: match[0].replace("\n", f" {_LINE_END} "), text)


class _Close(NamedTuple):
    """A rule of white space: none stands in front of, or behind, what `pattern` matches.

    It holds in texts with one of `needs`. `ends` are the characters that end a match.
    """

    needs: tuple[str, ...]
    pattern: re.Pattern[str]
    in_front: bool
    behind: bool
    ends: str = _TAG_END

    def apply(self, text: str) -> str:
        if not any(need in text for need in self.needs):
            return text
        parts = _split_before(self.ends, self.pattern, text)
        for at in range(1, len(parts), 2):
            if self.in_front:
                parts[at - 1] = parts[at - 1].rstrip(_WHITE)
            if self.behind:
                parts[at + 1] = parts[at + 1].lstrip(_WHITE)
        return "".join(parts)


_CLOSE = (
    _Close(("<option",), re.compile("(<option)"), True, False, "n"),
    _Close(("<option",), re.compile("(</option>)"), False, True),
    _Close(_OBJECT, re.compile(f"(<object{_REST})"), False, True),
    _Close(_OBJECT, re.compile("(</object>)"), True, False),
    _Close(_OBJECT, re.compile(f"(</?(?:param|embed){_REST})"), True, True),
    _Close(_PLAYER, re.compile(rf"([<\[](?:audio|video)[^\]{_TAG_END}]*[\]{_TAG_END}])"), False, True, _TAG_END + "]"),
    _Close(_PLAYER, re.compile(r"([<\[]/(?:audio|video)[\]>])"), True, False, ">]"),
    _Close(_PLAYER, re.compile(f"(<(?:source|track){_REST})"), True, True),
    _Close(("<figcaption",), re.compile(f"(<figcaption{_REST})"), True, False),
    _Close(("<figcaption",), re.compile("(</figcaption>)"), False, True),
)
_NEEDS = frozenset(need for rule in _CLOSE for need in rule.needs)


# After it: paragraph marks that the markup makes idle


def _parts(text: str) -> list[str]:
    """Text, block tag, text, block tag, … text: the tags have the odd places."""
    return _split_before(_TAG_END, _block_tag, text)


def _blank(text: str) -> bool:
    return not text or not text.strip(_WHITE)


def _merged(parts: list[str]) -> list[str]:
    """The parts once some tags are taken out (empty now): the texts on both sides of such a place are one."""
    out = parts[:1]
    for at in range(1, len(parts), 2):
        if parts[at]:
            out += parts[at : at + 2]
        elif out[-1].rfind("<") > out[-1].rfind(">"):  # what was parted may be a tag now
            return _parts("".join(parts))
        else:
            out[-1] += parts[at + 1]
    return out


def _drop_empty(parts: list[str]) -> list[str]:
    """A paragraph of nothing."""
    found = False
    for at in range(1, len(parts) - 2, 2):
        if parts[at] == "<p>" and parts[at + 2] == "</p>" and _blank(parts[at + 1]):
            parts[at : at + 3] = ("", "", "")
            found = True
    return _merged(parts) if found else parts


def _end_before_container(parts: list[str]) -> list[str]:
    """Bare text up to the end of one of these elements: the paragraph ends first."""
    found = [
        at
        for at in range(1, len(parts) - 2, 2)
        if parts[at + 2] in _CONTAINER_ENDS and parts[at] == "<p>" and parts[at + 1]
        if "<" not in parts[at + 1] and _LINE_END not in parts[at + 1]
    ]
    for at in reversed(found):
        parts[at + 2 : at + 2] = ("</p>", "")
    return parts


def _drop_around_tag(parts: list[str]) -> list[str]:
    """A paragraph of one block tag and nothing else."""
    at, found = 1, False
    while at < len(parts) - 4:
        if parts[at] == "<p>" and parts[at + 4] == "</p>" and _blank(parts[at + 1]) and _blank(parts[at + 3]):
            parts[at] = parts[at + 1] = parts[at + 3] = parts[at + 4] = ""
            found = True
            at += 4
        at += 2
    return _merged(parts) if found else parts


def _drop_around_item(parts: list[str]) -> list[str]:
    """A paragraph that begins with a list's item and ends on the same line."""
    found, ready = False, 0
    for at in range(1, len(parts) - 2, 2):
        if at < ready or parts[at] != "<p>" or parts[at + 1] or not parts[at + 2].startswith("<li"):
            continue
        end = _end_on_line(parts, at + 2)
        if end:
            parts[at] = parts[end] = ""
            found, ready = True, end
    return _merged(parts) if found else parts


def _end_on_line(parts: list[str], at: int) -> int:
    """Where the next end of a paragraph stands, behind the tag at `at` and on its line; 0 for nowhere."""
    for end in range(at, len(parts) - 1, 2):
        if parts[end] == "</p>":
            return end
        if "\n" in parts[end] or "\n" in parts[end + 1]:
            return 0
    return 0


def _into_quote(parts: list[str]) -> list[str]:
    """The paragraph around a quotation moves into it."""
    text = "".join(parts)
    small = text.lower()
    if "<p><blockquote" not in small and "</blockquote></p>" not in text:
        return parts
    text = _quote.sub(r"<blockquote\1<p>", text)
    return _parts(text.replace("</blockquote></p>", "</p></blockquote>"))


def _drop_before_tag(parts: list[str]) -> list[str]:
    """A paragraph cannot begin right in front of a block tag …"""
    at, found = 1, False
    while at < len(parts) - 2:
        if parts[at] == "<p>" and _blank(parts[at + 1]):
            parts[at] = parts[at + 1] = ""
            found = True
            at += 2
        at += 2
    return _merged(parts) if found else parts


def _drop_behind_tag(parts: list[str]) -> list[str]:
    """… nor end right behind one."""
    at = 1
    while at < len(parts) - 2:
        if parts[at + 2] == "</p>" and _blank(parts[at + 1]):
            parts[at + 1] = parts[at + 2] = ""
            at += 2
        at += 2
    return parts


_STEPS: tuple[Callable[[list[str]], list[str]], ...] = (
    _drop_empty,
    _end_before_container,
    _drop_around_tag,
    _drop_around_item,
    _into_quote,
    _drop_before_tag,
    _drop_behind_tag,
)


# Line breaks


def _breaks(text: str) -> str:
    """A break for every line end that is left, but none next to a block tag."""
    text = _keep_lines(text).replace("<br>", "<br />").replace("<br/>", "<br />")
    parts = _parts(_break_lines(text))
    broken = [at for at in range(0, len(parts), 2) if "<br />" in parts[at]]
    for at in broken:
        behind = parts[at].lstrip(_WHITE)
        if at and behind.startswith("<br />"):
            parts[at] = behind.removeprefix("<br />")
    for at in broken:
        before = parts[at].rstrip(_WHITE)
        if at + 1 < len(parts) and before.endswith("<br />") and _tight_tag.match(parts[at + 1]):
            parts[at] = before.removesuffix("<br />") + parts[at][len(before) :]
    text = "".join(parts)
    tail = next((tail for tail in ("\n</p>", "\n</p>\n") if text.endswith(tail)), "")
    return text.removesuffix(tail) + tail[1:]


def _break_lines(text: str) -> str:
    """The white space up to the last line end in it becomes a break, or stays where it is all that follows a break."""
    *lines, rest = text.split("\n")
    out: list[str] = []
    words, space = "", ""
    for line in lines:
        if space and not line.strip(_WHITE):
            space += line + "\n"
            continue
        out.append(words + _broken(words, space))
        words = line.rstrip(_WHITE)
        space = line[len(words) :] + "\n"
    return "".join(out) + words + _broken(words, space) + rest


def _broken(words: str, space: str) -> str:
    """What stands for white space with line ends behind these words."""
    if not words.endswith("<br />"):
        return "<br />\n" if space else ""
    return f"{space[0]}<br />\n" if len(space) > 1 else space


def _keep_lines(text: str) -> str:
    """Scripts, style sheets and drawings keep their line ends as they are."""
    out: list[str] = []
    position, endless = 0, set[str]()
    for match in _verbatim.finditer(text):
        if match.start() < position or match[1] in endless:
            continue
        end = text.find(f"</{match[1]}>", match.end())
        if end < 0:
            endless.add(match[1])
            continue
        out += (text[position : match.start()], text[match.start() : end].replace("\n", _KEPT_END))
        position = end
    return "".join(out) + text[position:]


def unwrap_shortcodes(text: str, names: frozenset[str]) -> str:
    """`text` without the paragraph around a shortcode of `names` that is alone in it, as `shortcode_unautop` has it.

    Such a paragraph may reach over others: `[box]`, blank line, words, blank line, `[/box]` lie in three, and the marks
    inside stay as they are. A tag ends at its first bracket, be it between quotation marks.
    """
    if "[" not in text or not names:
        return text
    ends = {match.start() + 1: match.end() for match in _paragraph_end.finditer(text)}
    ahead: dict[str, int] = {}
    out: list[str] = []
    position = 0
    for match in _alone.finditer(text):
        name = match[1] if match[1] in names else match[2]
        if match.start() < position or name not in names:
            continue
        tag = _next(text, "]", match.start(1) + len(name), ahead) + 1
        pair = 0 if not tag or text[tag - 2] == "/" else _next(text, f"[/{name}]", tag, ahead) + 1
        end = pair + len(name) + 2 if pair and pair + len(name) + 2 in ends else tag
        if end in ends:
            out += (text[position : match.start()], text[match.start(1) - 1 : end])
            position = ends[end]
    return "".join(out) + text[position:]


def _next(text: str, what: str, start: int, known: dict[str, int]) -> int:
    """`text.find`, for calls with rising `start`: remembers what it found, so that the text is searched once."""
    found = known.get(what, 0)
    if 0 <= found < start:
        found = known[what] = text.find(what, start)
    return found
