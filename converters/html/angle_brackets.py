"""Which `<` of a text opens an element, and which is a sign of the author's: `0<f<20`, `List<string>`, `<your name>`.

Browsers take every `<` in front of a letter for a tag and hide what follows up to the next `>`, over paragraphs and
headings. An author who typed one as text wrote no HTML: what opens no element stays as text (`&lt;`). A tag is one of

- an element of HTML, SVG or MathML, unless words follow its name where attributes would be: `if (a <b and c> d)`;
- a name with a prefix that word processors and feeds use (`<o:p>`), or with a hyphen and an end tag (`<my-box>…`);
- anything with an attribute of a word processor: `<place w:st="on">`.

Names of types that are elements, too, are told by what is around them: `List<Object>`, `#include <map>`, `Set<S>`.
Inside of `code` and `pre` a tag without its other half is text: `<code><h2></code>`.

Each `<` is looked at once, with a bounded stretch behind it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from converters.html.code_brackets import code_as_text
from converters.html.elements import KNOWN
from converters.html.tag_forms import (
    ATTRIBUTES,
    BARE,
    END_TAG,
    INCLUDE,
    MARKED,
    NAME,
    NAMED,
    OFFICE,
    OPTIONAL_ENDS,
    PLACEHOLDERS,
    PLAIN_NAME,
    RAW,
    START_TAG,
    SURE,
    TAG_END,
    TYPES,
    WRITTEN,
    is_plain,
    is_prefixed,
    names_headers,
    up_to_its_end,
)
from converters.model.notices import Log

_LOOKED_AT = 200
"""Characters behind a name in which its attributes are looked for."""
_NOT_SHOWN = re.compile(r"[<>\[\n]")
_DRAWN = re.compile(r"<(?:table|style)\s[^<>]{0,200}\b(?:class|data-[\w-]{1,40})=", re.I)
"""A highlighter's rows of lines and its colours, in a page that programs have written."""
_ONCE = frozenset({"html", "head", "body"})
"""Elements of a whole page, whatever attributes a framework gives them: `<html amp lang="en">`."""
_NOTED = 5
"""Brackets of a text that are named in the report."""


def keep_text(html: str, log: Log | None = None, *, written_by_programs: bool = False) -> str:
    """The text with each `<` that opens no element as `&lt;`. What browsers had hidden is noted as `html.brackets`.

    `written_by_programs`: elements of scripts and templates, which HTML does not know, are elements, too, and so are
    those that nothing ends.
    """
    if "<" not in html or is_plain(html):
        return html
    return _Scan(html, log, strange=written_by_programs).run()


class _Scan:
    """One walk over the brackets of a text."""

    def __init__(self, html: str, log: Log | None, *, strange: bool) -> None:
        self._html, self._log, self._strange = html, log, strange
        self._sure = None if names_headers(html) else SURE[strange]
        self._noted = 0
        self._elements: set[str] = set()
        """Names unknown to HTML that opened an element."""

    @cached_property
    def _ends(self) -> dict[str, list[int]]:
        """Name -> where its end tags are."""
        return _places(END_TAG, self._html)

    @cached_property
    def _starts(self) -> dict[str, list[int]]:
        return _places(START_TAG, self._html)

    def run(self) -> str:
        html = self._html
        parts: list[str] = []
        position = done = 0
        while (at := self._doubtful(position)) >= 0:
            position = self._after(at)
            if position < 0:
                position = at + 1
                parts += (html[done:at], "&lt;")
                done = position
            elif inside := self._code(at, position):
                parts += (html[done:position], inside[0])
                position = done = inside[1]
        parts.append(html[done:])
        return "".join(parts)

    def _doubtful(self, position: int) -> int:
        """Where the next `<` is that needs a look; -1 for none."""
        if self._sure is not None and (found := self._sure.match(self._html, position)) is not None:
            position = found.end()
        return self._html.find("<", position)

    def _after(self, at: int) -> int:
        """Where the tag or the comment at `at` ends; -1 for text."""
        html, following = self._html, self._html[at + 1 : at + 2]
        if following == "/":
            return self._end(at)
        if following == "!":
            return self._declaration(at)
        if following == "?":
            return self._instruction(at)
        if not (following.isascii() and following.isalpha()):
            return -1
        found = NAME.match(html, at + 1)
        assert found is not None, "it begins with a letter"
        if not self._is_element(found, at):
            self._note(at)
            return -1
        name = found[0].lower()
        if name in RAW and _next(self._ends.get(name), at) >= 0:
            return self._past(name, at)
        end = TAG_END.match(html, found.end())
        return found.end() if end is None else end.end()

    def _past(self, name: str, at: int) -> int:
        """Behind the end of what is not looked at."""
        found = re.compile(rf"</{name}[^>]{{0,100}}>", re.I).search(self._html, at)
        return found.end() if found is not None else at + 1

    def _end(self, at: int) -> int:
        found = END_TAG.match(self._html, at)
        if found is None:
            if self._html[at + 2 : at + 3] != ">":
                self._note(at)
            return -1
        name = found[1].lower().partition("<")[0]
        if name in KNOWN or name in self._elements or is_prefixed(name):
            return at + 2 + len(name)
        self._note(at)
        return -1

    def _declaration(self, at: int) -> int:
        html = self._html
        if html.startswith("<!--", at):
            end = html.find("-->", at + 2)
            if end < 0 and self._log is not None and html[at:].strip("<!- \n"):
                self._log("html.unclosed", html[at : at + 40].partition("\n")[0])
            return end + 3 if end >= 0 else len(html)
        if html[at + 2 : at + 3] in ("[", "-") or html[at + 2 : at + 9].lower() == "doctype":
            return at + 2
        self._note(at)
        return -1

    def _instruction(self, at: int) -> int:
        """PHP that a plug-in ran, and marks of word processors: no browser shows them."""
        if self._log is not None and not self._html.startswith("<?xml", at):
            self._log("html.instruction", self._html[at : at + 40].partition("\n")[0].partition("?>")[0].strip())
        end = self._html.find(">", at)
        end = end + 1 if end >= 0 else len(self._html)
        if self._log is not None:
            self._log.leave_out(self._html[at:end].replace("<", "&lt;"))
        return end

    def _is_element(self, found: re.Match[str], at: int) -> bool:
        html, name = self._html, found[0].lower()
        before = html[max(0, at - 30) : at]
        if INCLUDE.search(before):
            return False
        behind = html[found.end() : found.end() + _LOOKED_AT]
        inner, another, _ = name.partition("<")
        if another:
            return inner in KNOWN and before[-1:] in ("", "\n", ">")
        if name in KNOWN:
            return self._is_known(name, behind, at, before)
        if (
            is_prefixed(name)
            or ("-" in name and _next(self._ends.get(name), at) >= 0)
            or OFFICE.search(up_to_its_end(behind))
        ):
            self._elements.add(name)
            return True
        return self._strange and self._is_strange(name, behind, at, before)

    def _is_strange(self, name: str, behind: str, at: int, before: str) -> bool:
        """Does an unknown name stand where a program puts an element?"""
        beside_a_word = before[-1:].isalnum() and _next(self._ends.get(name), at) < 0
        well_formed = BARE.match(behind) is not None or ATTRIBUTES.match(behind) is not None
        if not well_formed or beside_a_word or PLAIN_NAME.fullmatch(name) is None:
            return False
        self._elements.add(name)
        return True

    def _is_known(self, name: str, behind: str, at: int, before: str) -> bool:
        """Is the name of an element followed by what a tag has?"""
        if not behind.strip():
            return len(name) > 1
        if BARE.match(behind):
            if (name in OPTIONAL_ENDS and name not in PLACEHOLDERS) or self._is_closed(name, at):
                return True
            written = self._html[at + 1 : at + 1 + len(name)]
            of_a_type = (before[-1:].isalnum() or before[-1:] == "_") and (written[0].isupper() or name in TYPES)
            in_a_line = name in PLACEHOLDERS and before.rpartition("\n")[2].rpartition(">")[2].strip()
            return not (of_a_type or (not self._strange and (in_a_line or name in RAW)))
        if ATTRIBUTES.match(behind) is not None:
            return True
        if self._strange and (name in _ONCE or name in RAW or MARKED.match(behind) is not None):
            return True
        inside = up_to_its_end(behind)
        if self._strange and "=" in inside and self._is_closed(name, at) and WRITTEN.match(inside):
            return True
        return "=" in inside and NAMED.search(inside) is not None

    def _is_closed(self, name: str, at: int) -> bool:
        """Whether the next end tag of the name belongs to the tag at `at`."""
        end, another = _next(self._ends.get(name), at), _next(self._starts.get(name), at + 1)
        return end >= 0 and not 0 <= another < end

    def _code(self, at: int, start: int) -> tuple[str, int] | None:
        """(inside, where it ends) of the `code` or `pre` whose tag is at `at`; None for what holds no tag."""
        found = NAME.match(self._html, at + 1)
        name = found[0].lower() if found is not None else ""
        if name not in ("code", "pre") or self._html[start - 1] != ">":
            return None
        end, again = _next(self._ends.get(name), start), _next(self._starts.get(name), start)
        if end < 0 or 0 <= again < end or self._html.find("<", start, end) < 0:
            return None
        inside = self._html[start:end]
        if self._strange and _DRAWN.search(inside):
            return None
        return code_as_text(inside, whole=name == "code"), end

    def _note(self, at: int) -> None:
        self._noted += 1
        if self._log is not None and self._noted <= _NOTED:
            self._log("html.brackets", "<" + _NOT_SHOWN.split(self._html[at + 1 : at + 40], maxsplit=1)[0].strip())


def _places(pattern: re.Pattern[str], html: str) -> dict[str, list[int]]:
    """Where the tags are that the pattern finds, by name."""
    places: dict[str, list[int]] = {}
    for found in pattern.finditer(html):
        places.setdefault(found[1].lower(), []).append(found.start())
    return places


def _next(positions: list[int] | None, start: int) -> int:
    """The first of the rising positions that is not below `start`, or -1."""
    if positions is None:
        return -1
    index = bisect_left(positions, start)
    return positions[index] if index < len(positions) else -1
