"""Quotation marks, apostrophes and three dots as WordPress draws them: `"it's…"` is shown as “it’s…”.

`wptexturize` does it while a page is shown (https://developer.wordpress.org/reference/functions/wptexturize/). The
other signs it makes are in the text already. Code stays. A text between two tags is looked at by itself, as there.
"""

from __future__ import annotations

import re

from lxml import etree

from converters.html import placeholders, tree

_BLANK = r"[\r\n\t \xa0]"
_ENDS = rf"(?=\Z|[.,:;!?)}}\]>-]|{_BLANK})"
_BEGINS = rf"(?:\A|(?<=[(\[{{<–—-])|(?<={_BLANK}))"
_MAYBE = re.compile(r"['\"]|\.\.\.")
_COCKNEY = re.compile(r"'(tain't|twere|twas|tis|twill|til|bout|nuff|round|cause|em)")
_YEAR_QUOTED = re.compile(rf"'(\d\d)(['\"]){_ENDS}", re.A)
_YEAR = re.compile(r"'(?=\d\d(?:\Z|(?![%\d]|[.,]\d)))", re.A)
_NUMBER = {mark: re.compile(rf"(?:\A|(?<={_BLANK})){mark}(\d[.,\d]*){mark}", re.A) for mark in "'\""}
_OPENING = {
    "'": re.compile(rf"(?:{_BEGINS}|(?<=[\"″]))'"),
    '"': re.compile(rf"{_BEGINS}\"(?!{_BLANK})"),
}
_APOSTROPHE = re.compile(rf"(?<!{_BLANK})'(?!\Z|[.,:;!?\"'(){{}}\[\]<>-]|{_BLANK})")
_CLOSING = {mark: re.compile(mark + _ENDS) for mark in "'\""}
_PRIME = {mark: re.compile(rf"(?<=\d){mark}", re.A) for mark in "'\""}
_MARKS = {"'": ("‘", "’", "′"), '"': ("“", "”", "″")}
_OPEN, _APOS, _DOUBT = placeholders.sign(), placeholders.sign(), placeholders.sign()
"""Stand for an opening mark, an apostrophe, and what is a prime or a closing mark, while a text is looked at."""
_DOUBT_BEHIND_LETTER = re.compile(rf"(?<!\d){_DOUBT}", re.A)
_DOUBT_BEHIND_DIGIT = re.compile(rf"(?<=\d){_DOUBT}", re.A)


def draw(root: etree._Element) -> None:
    """Change the texts of the tree in place."""
    if not _MAYBE.search(tree.plain_text(root)):
        return
    tree.change_texts(root, _drawn)


def _drawn(text: str | None) -> str | None:
    if not text:
        return text
    text = text.replace("...", "…")
    if "'" in text:
        text = _COCKNEY.sub(lambda found: "’" + found[1].replace("'", "’"), text)
        text = _YEAR_QUOTED.sub(lambda found: f"{_APOS}{found[1]}{_MARKS[found[2]][1]}", text)
        text = _YEAR.sub(_APOS, text)
        text = _NUMBER["'"].sub(rf"{_OPEN}\1’", text)
        text = _OPENING["'"].sub(_OPEN, text)
        text = _APOSTROPHE.sub(_APOS, text)
        text = _closed(text, "'").replace(_APOS, "’").replace(_OPEN, "‘")
    if '"' in text:
        text = _NUMBER['"'].sub(rf"{_OPEN}\1”", text)
        text = _OPENING['"'].sub(_OPEN, text)
        text = _closed(text, '"').replace(_OPEN, "“")
    return text


def _closed(text: str, mark: str) -> str:
    """The text with the marks that are left: closing ones and primes (`wptexturize_primes`)."""
    parts = text.split(_OPEN)
    return _OPEN.join(_part_closed(part, mark, quoted=number > 0) for number, part in enumerate(parts))


def _part_closed(part: str, mark: str, *, quoted: bool) -> str:
    """`quoted`: an opening mark is in front."""
    if mark not in part:
        return part
    _, close, prime = _MARKS[mark]
    if quoted and close not in part:
        part, count = _CLOSING[mark].subn(_DOUBT, part)
        part = _several_closed(part, close) if count > 1 else part.replace(_DOUBT, close)
        part = _PRIME[mark].sub(prime, part)
        part = _DOUBT_BEHIND_DIGIT.sub(prime, part).replace(_DOUBT, close)
    else:
        part = _CLOSING[mark].sub(close, _PRIME[mark].sub(prime, part))
    return part.replace('"', close) if mark == '"' else part


def _several_closed(part: str, close: str) -> str:
    """Of several marks that may close, those behind no digit do; else the last one in front of a full stop, else the
    last one."""
    part, count = _DOUBT_BEHIND_LETTER.subn(close, part)
    if count:
        return part
    at = part.rfind(f"{_DOUBT}.")
    at = part.rfind(_DOUBT) if at < 0 else at
    return part[:at] + close + part[at + len(_DOUBT) :]
