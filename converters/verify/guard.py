"""The guard: every word of the source is in the converted post, or a notice says why not.

It is part of every run. What an importer makes of a text is compared with the words that the source has
(`Post.source`), which a scanner of its own finds. Words that a step left out on purpose are those that it reported
(`Log.leave_out`); whatever else is not there any more is reported here, as `words.lost`.
"""

from __future__ import annotations

import re
from collections import Counter

from lxml import etree

from converters.html import tree
from converters.model import HtmlBody, Post
from converters.model.notices import Log
from converters.model.source_text import SourceText
from converters.verify.html_source import WORD, letters, printed, readable
from converters.verify.missing import left_out_words, missing
from converters.verify.page_source import PageSource

CODE = "words.lost"
_EFFORT = 40_000_000
"""Characters that are looked through for tags at most."""
_SHOWN = 12
"""Words that a notice names."""


def watch(post: Post, log: Log) -> list[str]:
    """Report the words of the source that are not in the post, as it is given to an exporter."""
    if post.source is None:
        return []
    try:
        lost = lost_words(post, log)
    except Exception as error:  # a bug in here must not cost the item
        log("verify.unread", f"{type(error).__name__}: {error}", where="words of the source")
        return []
    if lost:
        more = f" … ({len(lost)})" if len(lost) > _SHOWN else ""
        where = post.source.where() if isinstance(post.source, PageSource) else ""
        log(CODE, " ".join(lost[:_SHOWN]) + more, where=where)
    return lost


def lost_words(post: Post, log: Log) -> list[str]:
    """Those words, in their order."""
    source, body = post.source, post.body
    if source is None:
        return []
    if isinstance(source, PageSource):
        return source.lost_words(post, log)
    root, text = (body.root, tree.plain_text(body.root)) if isinstance(body, HtmlBody) else (None, body.text)
    shown = readable(text)
    if letters(shown) == source.letters():
        return []
    shown, kept = _without_tags(shown, source)
    tags = letters("".join(tag for tag, _ in kept))
    lost = missing(source.lines(), letters(printed(shown)), lambda: _values(root) + tags)
    excused: Counter[str] = Counter()
    if lost and source.is_loose:
        excused += _words_of_values(root)
    if lost:
        excused += left_out_words((*log.left_out, *((instead, "") for _, instead in kept if instead)), source)
        lost = [word for word in lost if not _excused(word, excused)]
    return [] if _is_escaped(lost, shown) else lost


def _is_escaped(lost: list[str], shown: str) -> bool:
    """Is it one letter alone, as the `n` of `\\n` in code, which may be a part of any word?"""
    return len(lost) == 1 and len(lost[0]) == 1 and re.search(rf"\\{lost[0]}(?![^\W_])", shown) is not None


def _without_tags(shown: str, source: SourceText) -> tuple[str, list[tuple[str, str]]]:
    """The text without tags that the source takes for none, and these: in code, shortcodes are text."""
    pieces, kept = [], []
    position, effort = 0, _EFFORT
    for tag in source.tags() if "[" in shown else ():
        start = shown.find(tag[0], position) if effort > 0 else -1
        effort -= (start if start >= 0 else len(shown)) - position
        if start >= 0:
            kept.append(tag)
            pieces.append(shown[position:start])
            position = start + len(tag[0])
    return "\n".join((*pieces, shown[position:])), kept


def _excused(word: str, excused: dict[str, int]) -> bool:
    count = excused.get(word, 0)
    excused[word] = count - 1
    return count > 0


def _words_of_values(root: etree._Element | None) -> Counter[str]:
    """How often each word is in the values of attributes that are no URLs."""
    elements = root.iter() if root is not None else ()
    texts = (str(value) for one in elements for name, value in one.items() if name not in ("href", "src"))
    return Counter(word for text in texts for word in WORD.findall(text))


def _values(root: etree._Element | None) -> str:
    """The values of all attributes, as letters."""
    if root is None:
        return ""
    return letters(" ".join(str(value) for element in root.iter() for value in element.attrib.values()))
