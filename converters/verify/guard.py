"""The guard: every word of the source is in the converted post, or a notice says why not.

It is part of every run. What an importer makes of a text is compared with the words that the source has
(`Post.source`), which a scanner of its own finds. Words that a step left out on purpose are those that it reported
(`Log.leave_out`); whatever else is not there any more is reported here, as `words.lost`.
"""

from __future__ import annotations

from lxml import etree

from converters.html import tree
from converters.model import HtmlBody, Post
from converters.model.notices import Log
from converters.verify.html_source import letters, printed, readable
from converters.verify.missing import left_out_words, missing

CODE = "words.lost"
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
        log(CODE, " ".join(lost[:_SHOWN]) + more)
    return lost


def lost_words(post: Post, log: Log) -> list[str]:
    """Those words, in their order."""
    source, body = post.source, post.body
    if source is None:
        return []
    root, text = (body.root, tree.plain_text(body.root)) if isinstance(body, HtmlBody) else (None, body.text)
    shown = readable(text)
    if letters(shown) == source.letters():
        return []
    lost = missing(source.lines(), letters(printed(shown)), lambda: _values(root))
    if lost and source.is_loose:
        values = _values(root)
        lost = [word for word in lost if word not in values]
    if lost and log.left_out:
        excused = left_out_words(log.left_out)
        lost = [word for word in lost if not _excused(word, excused)]
    return [] if "\\" in shown and _is_a_letter(lost) else lost


def _is_a_letter(lost: list[str]) -> bool:
    """One letter alone, as the `n` of `\\n` in code, which is a part of any word."""
    return len(lost) == 1 and len(lost[0]) == 1 and lost[0].isascii() and lost[0].isalpha()


def _excused(word: str, excused: dict[str, int]) -> bool:
    count = excused.get(word, 0)
    excused[word] = count - 1
    return count > 0


def _values(root: etree._Element | None) -> str:
    """The values of all attributes, as letters."""
    if root is None:
        return ""
    return letters(" ".join(str(value) for element in root.iter() for value in element.attrib.values()))
