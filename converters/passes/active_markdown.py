"""What in a Markdown text could run in a reader's browser, whatever Hugo and the browser make of the marks around it.

No reader of Markdown is asked. A tag, an address and a handler are looked at wherever they stand: in a paragraph, in an
attribute, in a comment, inside a shortcode or in what is put into it. Only what is code for sure (`certain_code`) is
passed over. So a place that two parsers read differently is harmless in both readings.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from html import unescape
from operator import itemgetter
from typing import NamedTuple

from converters.html.sanitize import values
from converters.markdown.scan import shortcodes
from converters.markdown.scan.certain_code import certain_code
from converters.markdown.scan.shortcodes import GONE, MARKDOWN, WORD, Argument, Call, Pair
from converters.passes import harmless_tags
from converters.passes.harmless_tags import (
    AUTOLINK,
    EMAIL,
    END_TAG,
    HANDLER,
    ODD_TAG,
    PATH,
    TAG,
    address_is_harmless,
    judge,
    path_is_harmless,
)

MARKED, HTML, FIELD = "markdown", "html", "field"
"""Kinds of text: Markdown, HTML, and a value of front matter, which may be shown as text, Markdown or HTML."""


class Around(NamedTuple):
    """What the site around a text makes of it."""

    passthrough: tuple[str, ...] = ()
    """Marks whose inside is copied as it is."""
    highlight: bool = True
    """`highlight` is the shortcode that Hugo brings, which shows code."""
    addresses: frozenset[str] = frozenset()
    """Names of parameters of the page or the site whose value is an address of the web."""


class Edit(NamedTuple):
    """A change that makes a place harmless."""

    start: int
    end: int
    new: str
    what: str
    code: str = "html.active"


_MARKUP = re.compile(rf"<(?={GONE}*[A-Za-z/!?{WORD}{MARKDOWN}])")
_SCRIPT = re.compile(r"<script(?=[\s/>])(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+>", re.I)
_SCRIPT_NEXT = re.compile(r"<script|</script\s*+>", re.I)
_STYLE_END = re.compile(r"</style\s*+>", re.I)
_UNMASKED = {ord(WORD): None, ord(MARKDOWN): None, ord(GONE): None}
_BREAKS = re.compile(r"</(?:pre|script|style|textarea)|-->|\?>|\]\]>", re.I)
"""Ends of blocks of HTML: what follows on the next line is Markdown again."""
_CONTAINER = re.compile(r"[ ]*(?:[>*+:~-]|\d{1,9}[.)]|\[\^)")
_SKIPPED = rf"[\s>{MARKDOWN}{GONE}]*+"
_DESTINATION = re.compile(
    rf"(?<!\[)\][{MARKDOWN}{GONE}]*+(?:\(|:){_SKIPPED}(<?){_SKIPPED}|\[\][{MARKDOWN}{GONE}]*+\({_SKIPPED}(<?){_SKIPPED}"
)
"""What is in front of an address; a shortcode there may write nothing at all."""
_BARE = re.compile(r"(?:\\[!-/:-@\[-`{-~]|[^\s()\\]|\\)*+")
_WORD = re.compile(r"[^\s()]{1,500}")
_POINTED = re.compile(r"[^>\n]{1,500}")
"""As much of an address as holds its scheme, however it is written."""
_LONGEST = 2_000
"""Characters of the address of a definition that are read; a longer one is a definition, whatever follows it."""
_AFTER = re.compile(r"[ \t]*+(?:\r?\n|\Z|[\"'(])")
_COMMENT = re.compile(r"<!--(?!-?>)((?:(?!--!?>|<!--).)*+)-->", re.S)
_RAW_TEXT = re.compile(
    r"<(?:style|textarea|title|xmp|iframe|noembed|noframes|noscript|plaintext|script|template)\b", re.I
)
_END = re.compile(">")
_ON = re.compile(r"(?:[\w.?#%+~:@,;-]|/(?!on))*+>", re.I)
_SIMPLE = re.compile(r"[\w.-]*")
_KEYS = frozenset(
    """src url href link image img poster cover thumbnail thumb background featured photo video audio file source
    attrlink canonical featured_image icon logo avatar website homepage permalink""".split()
)
_RUNS = re.compile(
    r"\W*(?:j\s*a\s*v\s*a|v\s*b|l\s*i\s*v\s*e)\s*s\s*c\s*r\s*i\s*p\s*t\s*:|\W*data\s*:\s*(?:text/|[^,]*(?:ml|svg))",
    re.I,
)
_CODE_INSIDE = frozenset({"highlight"})
"""Built-in shortcodes whose inside is shown as code."""


def edits(text: str, kind: str = MARKED, around: Around | None = None) -> list[Edit]:
    """What has to be changed, in order and without overlaps; empty for a text that is harmless."""
    calls = shortcodes.strict_calls(text) if kind != FIELD else []
    found = list(_of_calls(text, calls))
    around = around or Around()
    plain = _with_written_addresses(shortcodes.masked(text, calls), text, calls, around) if calls else text
    inside = shortcodes.strict_pairs(calls)
    rest = [*_markup(plain, kind), *_handlers(plain, inside, kind)]
    if kind != HTML:
        rest += _addresses(plain)
    if rest and kind != FIELD:
        code = _code(plain, inside, kind, around)
        rest = [edit for edit in rest if not _covers(code, edit.start)]
    return list(_apart(sorted(found + rest)))


def _with_written_addresses(plain: str, text: str, calls: list[Call], around: Around) -> str:
    """The masked text, in which `<{{% name word %}}>` is an address that a template writes and not a tag.

    It could only be one if the template wrote the word back and the word were the name of an element that runs. What
    `param` writes is known; its address may go on behind it.
    """
    parts, position = [], 0
    for call in calls:
        word = text[call.arguments[0].start : call.arguments[0].end] if len(call.arguments) == 1 else ""
        if call.closing or call.start == position or plain[call.start - 1] != "<" or not _SIMPLE.fullmatch(word):
            continue
        if call.name == "param":
            end = _ON.match(plain, call.end) if word.lower() in around.addresses else None
        else:
            end = _END.match(plain, call.end) if not harmless_tags.is_active(word) else None
        if end is not None:
            parts += [plain[position : call.start - 1], "(", plain[call.start : end.end() - 1], ")"]
            position = end.end()
    return "".join(parts) + plain[position:]


def _apart(found: list[Edit]) -> Iterator[Edit]:
    end = 0
    for edit in found:
        if edit.start >= end:
            yield edit
            end = edit.end


def _covers(spans: list[tuple[int, int]], position: int) -> bool:
    """Does the position lie in one of the spans, which are in order and apart?"""
    before = bisect_right(spans, position, key=itemgetter(0))
    return before > 0 and position < spans[before - 1][1]


def _code(plain: str, inside: list[Pair], kind: str, around: Around) -> list[tuple[int, int]]:
    """Code and comments, in the text and in what shortcodes enclose."""
    names = _CODE_INSIDE if around.highlight else frozenset()
    found = [
        (pair.opening.end, pair.closing.start)
        for pair in inside
        if pair.opening.kind == "<" and pair.opening.name in names
    ]
    spans = sorted((pair.opening.start, pair.closing.end, pair.opening.kind) for pair in inside)
    parts, position, unsure = [], 0, []
    for start, end, sign in spans:
        if sign == "<" and start >= position:
            parts += [plain[position:start], WORD * (end - start)]
            position = end
        unsure.append((start, end))
    if kind == MARKED:
        own = certain_code("".join(parts) + plain[position:], passthrough=around.passthrough)
        found += _without(own, _merged(unsure))  # what a shortcode writes is no code, even inside of some
    return _merged(found)


def _without(found: list[tuple[int, int]], holes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches without the holes in them; both in order."""
    kept: list[tuple[int, int]] = []
    number = 0
    for start, end in found:
        while number < len(holes) and holes[number][1] <= start:
            number += 1
        at = number
        while at < len(holes) and holes[at][0] < end:
            if start < holes[at][0]:
                kept.append((start, holes[at][0]))
            start = max(start, holes[at][1])
            at += 1
        if start < end:
            kept.append((start, end))
    return kept


def _merged(found: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _markup(text: str, kind: str) -> Iterator[Edit]:
    """Every `<` that may begin markup and does not begin a harmless tag."""
    start = 0
    scripts = text.lower().rfind("</script") if kind != FIELD else -1
    while (found := _MARKUP.search(text, start)) is not None:
        changes, start = _tag(text, found.start(), kind, scripts)
        yield from changes


def _tag(text: str, start: int, kind: str, scripts: int) -> tuple[list[Edit], int]:
    """(what to change, where to go on). `scripts`: behind it ends no `<script>` any more."""
    end_tag = END_TAG.match(text, start)
    if end_tag is not None:
        return [], end_tag.end()
    if text.startswith("<!--", start):
        return [], start + 4
    found = TAG.match(text, start)
    # `<javascript:name>` is a tag to a browser and a link to Markdown.
    if (
        found is not None
        and kind != HTML
        and ":" in found[1]
        and AUTOLINK.match(text, start)
        and not _link(found[0][1:-1])
    ):
        return _no_tag(text, start, kind, scripts, (found[0], "html.active"))
    if found is not None and (kind == HTML or _whole(text, start, found.end())):
        verdict = judge(found[0])
        if not verdict.code and found[1].lower() == "style":
            return _style(text, start, found.end(), kind)
        if not verdict.code:
            return [], found.end()
        if verdict.cuts and kind != FIELD:
            cuts = [Edit(start + one, start + two, "", verdict.named, verdict.code) for one, two in verdict.cuts]
            return cuts, found.end()
        return _no_tag(text, start, kind, scripts, (verdict.named, verdict.code))
    return _no_tag(text, start, kind, scripts, (text[start : start + 20].translate(_UNMASKED), "html.active"))


def _no_tag(text: str, start: int, kind: str, scripts: int, wrong: tuple[str, str]) -> tuple[list[Edit], int]:
    """The same for what is a link, or may be anything. `wrong`: what to note, and its code."""
    linked = AUTOLINK.match(text, start)
    if linked is not None and kind != HTML and _link(linked[1]):
        return [], linked.end()
    plain = EMAIL.match(text, start) or ODD_TAG.match(text, start)
    if plain is not None:
        return [], plain.end()
    path = PATH.match(text, start)
    if path is not None and path_is_harmless(path[1], path[2]):
        return [], path.end()
    if linked is not None and kind == MARKED and not address_is_harmless(linked[1]):
        return [Edit(start + 1, linked.end() - 1, "#", "address of a link")], linked.end()
    script = _script(text, start) if start < scripts else None
    if script is not None:
        return [script], script.end
    # A value of front matter may be shown as it is, where a reference would be seen.
    return [Edit(start, start + 1, "< " if kind == FIELD else "&lt;", *wrong)], start + 1


def _style(text: str, start: int, inside: int, kind: str) -> tuple[list[Edit], int]:
    """A style sheet: one that loads nothing and lays nothing over the page stays."""
    # A sheet with a `<` in it goes in any case: no search goes further, or many that are open would each see the rest.
    following = text.find("<", inside, inside + 100_000)
    end = _STYLE_END.match(text, following) if following >= 0 else None
    sheet = text[inside : end.start()] if end is not None else "<"
    whole = "\n" not in sheet or text[start - 1 : start] in ("", "\n")  # else a container may end inside of it
    if whole and not re.search(r"[<&\\\ue000-\ue002]", sheet) and values.sheet(sheet):
        return [], inside
    if end is None or kind == FIELD:
        return [Edit(start, start + 1, "< " if kind == FIELD else "&lt;", "<style>", "html.style")], start + 1
    return [Edit(start, end.end(), "", "<style>", "html.style")], end.end()


def _script(text: str, start: int) -> Edit | None:
    """A whole `<script>` with what is in it: nothing a reader saw."""
    opening = _SCRIPT.match(text, start)
    end = _SCRIPT_NEXT.search(text, opening.end()) if opening is not None else None
    if end is None or not end[0].startswith("</"):
        return None
    begins = not text[max(0, start - 4) : start].rpartition("\n")[2].strip(" ")
    if not begins and re.compile(r"\n[ \t>]*\r?\n").search(text, start, end.end()):
        return None
    return Edit(start, end.end(), "", "<script>")


def _whole(text: str, start: int, end: int) -> bool:
    """Does the tag stay in one piece? One over several lines may be cut off where a block or a container ends."""
    if text.find("\n", start, end) < 0:
        return "\r" not in text[start:end]
    line = text.rfind("\n", 0, start) + 1
    last = text.rfind("\n", start, end)
    before = text[line:last]
    if _CONTAINER.match(text, line) or _BREAKS.search(before) or re.search(r"\r(?!\n)", text[start:end]):
        return False
    if WORD in before or MARKDOWN in before:
        return False
    indent = len(before) - len(before.lstrip(" "))
    if before[indent : indent + 1] == "\t":
        return False
    following = text[line:end].split("\n")[1:]
    return all(len(one) - len(one.lstrip(" ")) >= indent and _goes_on(one) for one in following)


def _goes_on(line: str) -> bool:
    """Is the line neither empty nor read as the beginning of something else?"""
    return bool(line.strip()) and not _CONTAINER.match(line) and not line.lstrip(" ").startswith("\t")


def _link(address: str) -> bool:
    """`<https://a.example>`: harmless as a link, and as the tag that it is inside of a block of HTML."""
    head = address.partition(":")[0]
    if not address_is_harmless(address) or WORD in head:
        return False
    return not HANDLER.search(address) and not re.search(r"[\"'=]\s*$|[/\"'](?:style|srcdoc|is)=", address, re.I)


def _addresses(text: str) -> Iterator[Edit]:
    """Where links and definitions lead, and where they could if a bracket were one."""
    position = 0
    while (found := _DESTINATION.search(text, position)) is not None:
        start = position = found.end()
        pointed = bool(found[1] or found[2])
        shown = (_POINTED if pointed else _WORD).match(text, start)
        if shown is None or _destination_is_harmless(shown[0]):
            continue
        defined = found[0][1] == ":" and not pointed
        limit = start + _LONGEST if defined else len(text)
        end = _pointed_end(text, start) if pointed else _bare_end(text, start, limit)
        if defined and end < limit and not _AFTER.match(text, end):
            continue  # words behind it: no definition
        yield Edit(start, end, "#", "address of a link")
        position = max(end, position)


def _pointed_end(text: str, start: int) -> int:
    found = re.compile(r"[^>\n]*+").match(text, start)
    return found.end() if found else start


def _destination_is_harmless(address: str) -> bool:
    return address_is_harmless(address.replace(MARKDOWN, WORD))


def _bare_end(text: str, start: int, limit: int) -> int:
    depth, position = 0, start
    while True:
        found = _BARE.match(text, position, limit)
        position = found.end() if found else position
        mark = text[position : min(position + 1, limit)]
        if mark == "(" and depth < 32:
            depth += 1
        elif mark == ")" and depth:
            depth -= 1
        else:
            return position
        position += 1


def _handlers(text: str, inside: list[Pair], kind: str) -> Iterator[Edit]:
    """Handlers in braces, where Markdown has attributes; and inside shortcodes, which may put them into a tag."""
    enclosed = _merged([(pair.opening.end, pair.closing.start) for pair in inside])
    for found in HANDLER.finditer(text):
        within = _covers(enclosed, found.start())
        braced = kind != HTML and text.rfind("{", max(0, found.start() - 2_000), found.start()) >= 0
        if within or braced:
            start = _name_start(text, found.start())
            yield Edit(start, start, "data-", found[0][:20].translate(_UNMASKED))


def _name_start(text: str, start: int) -> int:
    """Where the name begins, of which a shortcode may write the first letters."""
    before = re.search(rf"(?<![\w{WORD}-{GONE}])[\w{WORD}-{GONE}]*\Z", text[max(0, start - 200) : start])
    whole = before is not None and re.search(r"\w", before[0]) is not None
    return start - len(before[0]) if before is not None and whole else start


def _of_calls(text: str, calls: list[Call]) -> Iterator[Edit]:
    for call in calls:
        if not call.kind or (call.comment is None and call.name.lower().endswith(".inline")):
            yield Edit(
                call.start + 2, call.start + 3, "&lt;" if text[call.start + 2] == "<" else "&#37;", "a shortcode"
            )
        elif call.comment is None:
            for argument in call.arguments:
                yield from _of_argument(text, call, argument)


def _of_argument(text: str, call: Call, argument: Argument) -> Iterator[Edit]:
    """What a template may show as Markdown, as HTML, or as an address."""
    written = text[argument.start : argument.end]
    if not re.search(r"[<:&]|on", written, re.I):
        return
    value = written.replace('\\"', ' "')  # as long as before
    whole = _whole_value(value, argument.key)
    if whole is not None:
        yield Edit(argument.start, argument.end, whole, f"argument of {call.name}")
        return
    found = [*_markup(value, FIELD), *_addresses(value)]
    found += [Edit(one.start(), one.start(), "data-", one[0][:20]) for one in HANDLER.finditer(value)]
    for edit in _apart(sorted(found)):
        new = "&lt;" if edit.new == "< " else edit.new
        yield Edit(argument.start + edit.start, argument.start + edit.end, new, edit.what)


def _whole_value(value: str, key: str) -> str | None:
    """What to write in place of a value that is an address which runs something; None for any other."""
    if key.lower() in _KEYS and not re.search(r"\s", value.strip()):
        return None if address_is_harmless(value) else "#"
    readings = (value, unescape(value))
    if not any(_RUNS.match(reading) for reading in readings):
        return None
    if re.search(r"\s", value.strip()) and value == readings[1]:
        return value.replace(":", " :", 1)
    return "#"


def value_edits(value: str, key: str) -> tuple[str, list[str]]:
    """A value of front matter made harmless, and what was wrong with it."""
    whole = _whole_value(value, key)
    if whole is not None:
        return whole, [key or "a value"]
    found = edits(value, FIELD)
    return apply(value, found), [edit.what for edit in found]


def apply(text: str, found: list[Edit]) -> str:
    """The text with the changes made."""
    parts, position = [], 0
    for edit in found:
        parts += [text[position : edit.start], edit.new]
        position = edit.end
    return "".join(parts) + text[position:]
