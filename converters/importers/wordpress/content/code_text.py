"""Source code in a text, put out of reach before any other step sees it.

What stands in code is no shortcode, no URL of a player, no tag, and has no paragraphs: plug-ins take it out of the post
before WordPress reads the rest. `shield` does the same with

- shortcodes of highlighters, each with its end (`code_shortcodes.py`);
- elements that hold raw code (`code_elements.py`);
- what is between the fences of Markdown, which EnlighterJS and Crayon find in HTML, too.

`<code>` that only wraps a `pre` goes, and so do line ends that only surround one line of code.
"""

from __future__ import annotations

import re
from functools import cache

from converters.importers.wordpress.content import code_shortcodes
from converters.importers.wordpress.content.code_elements import BLOCK_MARK, RULES, WRAPPED_PRE, Element, in_a_line
from converters.importers.wordpress.content.code_html import AS_IT_IS, block, shown

_FENCE = r"^ {0,3}(?P<fence>`{3,9}|~{3,9})[ \t]*(?P<info>[\w+#.-]{0,30})[^`\n]{0,200}\n"
_ELEMENT = rf"<(?P<tag>{'|'.join(RULES)})(?=[\s>])(?P<given>[^>]{{0,2000}})>"
_FORMS = ("```", "~~~", "<pre", "<code", "<coolcode", "<source ", "<syntaxhighlight", "<textarea", "<script")


@cache  # large, and many sites have no such shortcode
def _token() -> re.Pattern[str]:
    return re.compile(rf"{_tags()}|{code_shortcodes.OPENING}", re.I | re.M)


@cache
def _tag() -> re.Pattern[str]:
    return re.compile(rf"{_tags()}(?P<name>(?!))?", re.I | re.M)


@cache  # begins with a sign that is found without a look at all others
def _element() -> re.Pattern[str]:
    return re.compile(rf"{_ELEMENT}(?P<fence>(?!))?(?P<name>(?!))?", re.I)


def _tags() -> str:
    return f"{_FENCE}|{_ELEMENT}"


def shield(text: str, skipped: frozenset[str] = frozenset(), *, fences: bool = True) -> str:
    """The text with its code as `pre` and `code` elements in which no later step finds marks.

    `skipped`: shortcodes that mean something else on this site; without `fences`, those of Markdown stay as they are.
    """
    named = "[/" in text and code_shortcodes.END.search(text) is not None
    if not named and not any(form in text or form.upper() in text for form in _FORMS):
        return text
    fenced = "```" in text or "~~~" in text
    return _Shield(text, skipped, fences=fences).run(_token() if named else _tag() if fenced else _element())


class _Shield:
    """One walk over a text. What has no end is looked for once only."""

    def __init__(self, text: str, skipped: frozenset[str], *, fences: bool = True) -> None:
        self.text, self._skipped, self._fences = text, skipped, fences
        self._last: dict[str, int] = {}
        self._unclosed: set[str] = set()
        self._until: dict[str, int] = {}
        """Name -> end of one that holds no code of a plug-in: others in it are not looked at, nor is its text again."""

    def run(self, token: re.Pattern[str]) -> str:
        parts: list[str] = []
        position = 0
        while match := token.search(self.text, position):
            parts.append(self.text[position : match.start()])
            html, position = self._code(match)
            parts.append(html)
        parts.append(self.text[position:])
        return "".join(parts)

    def _code(self, match: re.Match[str]) -> tuple[str, int]:
        """(what the code at a match is shown as, where it ends)."""
        if match["fence"]:
            return self._fenced(match)
        return self._element(match) if match["name"] is None else self._shortcode(match)

    def _fenced(self, match: re.Match[str]) -> tuple[str, int]:
        """Code between the fences of Markdown, which some highlighters find in HTML, too."""
        mark = match["fence"]
        end = None if mark in self._unclosed or not self._fences else _end_of_fence(mark).search(self.text, match.end())
        if end is None:
            self._unclosed.add(mark)
            return match[0], match.end()
        inside = self.text[match.end() : end.start()]
        if not inside.strip() or BLOCK_MARK.search(inside):
            return match[0], match.end()
        return "\n" + block(shown(inside), match["info"], "") + "\n", end.end()

    def _element(self, match: re.Match[str]) -> tuple[str, int]:
        tag = match["tag"].lower()
        if match.start() < self._until.get(tag, 0):
            return match[0], match.end()
        end = None if tag in self._unclosed else _end_of(tag).search(self.text, match.end())
        if end is None:
            self._unclosed.add(tag)
            return match[0], match.end()
        found = Element(match, self.text[match.end() : end.start()], end.end(), self.text)
        if tag == "pre" and (html := self._only_a_shortcode(found.inside.strip())):
            return html, found.end
        if (code := RULES[tag](found)) is not None:
            return code, found.end
        if tag == "code" and WRAPPED_PRE.match(found.inside):
            return _Shield(found.inside, self._skipped).run(_token()), found.end
        self._until[tag] = found.end
        whole = tag == "pre"  # in which nothing is looked for
        return (self.text[match.start() : found.end], found.end) if whole else (match[0], match.end())

    def _only_a_shortcode(self, inside: str) -> str:
        """The block of a code shortcode that fills a `pre`, as visual editors have it; empty for any other inside."""
        match = _token().match(inside) if inside.startswith("[") else None
        if match is None or match["name"] is None or not inside.endswith(f"[/{match['name']}]"):
            return ""
        html, after = _Shield(inside, self._skipped)._shortcode(match)
        return html.strip() if after == len(inside) and "<pre" in html else ""

    def _shortcode(self, match: re.Match[str]) -> tuple[str, int]:
        text, name = self.text, match["name"]
        if name in self._skipped or match.start() < self._until.get(name, 0):
            return match[0], match.end()
        closing = f"[/{name}]"
        if name not in self._last:
            self._last[name] = text.rfind(closing)
        attributes = match["attributes"]
        if self._last[name] < match.end() or attributes.rstrip().endswith("/"):
            return match[0], match.end()
        start = text.find(closing, match.end())
        end = start + len(closing)
        inside = text[match.end() : start]
        if match["before"] and text[end : end + 1] == "]":
            return text[match.start() + 1 : end].translate(AS_IT_IS), end + 1
        found = code_shortcodes.read(name, attributes)
        if not inside.strip() or BLOCK_MARK.search(inside) or (name.lower() == "highlight" and not found.language):
            self._until[name] = end
            return match[0], match.end()
        html = shown(inside, escaped=found.escaped)
        if found.inline or ("\n" not in inside.strip() and in_a_line(text, match.start(), end)):
            return match["before"] + f"<code>{html.strip()}</code>", end
        return match["before"] + "\n" + block(html, found.language, found.title) + "\n", end


@cache
def _end_of_fence(mark: str) -> re.Pattern[str]:
    return re.compile(rf"^ {{0,3}}{mark}{mark[0]}*[ \t]*$", re.M)


@cache
def _end_of(tag: str) -> re.Pattern[str]:
    return re.compile(rf"</{tag}\s*>", re.I)
