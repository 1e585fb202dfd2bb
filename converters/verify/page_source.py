"""A whole page as the source of a post: everything on it is in the post, or was left out by name.

Time is linear in the page: lines that both sides have are paired by their letters, and only those that are left over
are looked for word by word. What may be elsewhere is added to the text before: the post's own fields, its comments, the
pieces that were left out on purpose.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from lxml import etree

from converters.model import HtmlBody, Post
from converters.model.notices import Log
from converters.model.source_text import Line, SourceText
from converters.verify.html_source import WORD, letters, lines_of, printed
from converters.verify.page_things import lost_things
from converters.verify.passages import Passages
from converters.verify.shown import Shown, ShownLine, key_of, of_html, of_tree
from converters.verify.verdict import Difference

_LABEL = 8
"""Words that a line in a list of comments may have and need not be in one; one with the name of an author, twice."""
_LOOKS = 200
_NO_COMMENTS = "form, h1, h2, h3, h4, #respond, .comment-respond"


class PageSource(SourceText):
    """The page that a post was made of."""

    def __init__(self, page: Shown, gone: Shown, comments: Shown) -> None:
        """`page`: all that it shows. `gone`: what was left out by name, `comments`: the boxes of comments that were
        read; both may be filled until the post is looked at."""
        self._page, self._gone, self._comments = page, gone, comments
        self._first: object = None

    def letters(self) -> str:
        return "".join(key_of(line.text) for line in self._page.lines)

    def lines(self) -> Iterator[Line]:
        return (part for line in self._page.lines for part in lines_of(printed(line.text)))

    def where(self) -> str:
        """The element of the page whose words are gone first; empty where nothing is."""
        return _path(self._first) if self._first is not None else ""

    def lost_words(self, post: Post, log: Log) -> list[str]:
        """The words of the page that are neither in the post nor left out by name, in their order."""
        if not isinstance(post.body, HtmlBody):
            return []
        beside = [self._gone.lines, self._labels(post), _of_fields(post), *_taken_out(log)]
        found = [of_tree(post.body.root).lines, *beside]
        gone, rest = _unpaired(self._page.lines, found)
        if not gone:
            return []
        root = post.body.root
        there = Passages(rest, lambda: letters(_values(root)))
        lost: list[str] = []
        for line in gone:
            words = [word for part in lines_of(printed(line.text)) for word in there.missing(part)]
            self._first = line.box if words and not lost else self._first
            lost += words
        return lost

    def _labels(self, post: Post) -> list[ShownLine]:
        """The lines around comments that are no comments: who, when, how many, `Reply`."""
        authors = {name for comment in post.comments if (name := key_of(comment.author))}
        looks = iter(range(_LOOKS))
        return [line for line in self._comments.lines if _is_label(line, authors) or _is_around(line, looks)]

    def lost_things(self, post: Post, log: Log) -> Iterator[Difference]:
        """The links, images, code and players of the page that are in neither, and headings that are none any more."""
        if isinstance(post.body, HtmlBody):
            texts = [of_html(before) for before, _ in log.left_out]
            yield from lost_things(self._page, (self._gone, self._comments, *texts), post, post.body.root, log)


_LONGEST_PATH = 120


def _path(box: object) -> str:
    """How a style sheet would name the element; its end where that is long."""
    path = getattr(box, "css_path", None)
    return str(path())[-_LONGEST_PATH:] if callable(path) else ""


def _is_label(line: ShownLine, authors: set[str]) -> bool:
    """Is it no word of a comment: who and when, `Reply`?"""
    number = len(WORD.findall(line.text))
    return number <= _LABEL or (number <= _LABEL * 2 and any(name in key_of(line.text) for name in authors))


def _is_around(line: ShownLine, looks: Iterator[int]) -> bool:
    """Is it in a form or a heading? `looks`: as often as that may be asked, which takes a way up through the page."""
    closest = getattr(line.box, "closest", None)
    return callable(closest) and next(looks, None) is not None and closest(_NO_COMMENTS) is not None


def _unpaired(
    page: Iterable[ShownLine], found: Sequence[Sequence[ShownLine]]
) -> tuple[list[ShownLine], list[list[str]]]:
    """(the lines of the page that have no equal, the lines of each other text that have none)."""
    keyed = [[(key_of(line.text), line.text) for line in part] for part in found]
    there = Counter(key for part in keyed for key, _ in part)
    paired = Counter[str]()
    gone = []
    for line in page:
        key = key_of(line.text)
        if not key:
            continue
        if there[key] <= paired[key]:
            bare = key.lstrip("0123456789")  # a line of code behind its number
            key = bare if bare and there[bare] > paired[bare] else ""
        if key:
            paired[key] += 1
        else:
            gone.append(line)
    return _without_numbers(gone), [_others(part, paired) for part in keyed] if gone else []


def _others(part: Iterable[tuple[str, str]], paired: Counter[str]) -> list[str]:
    """The lines of a text without those that have a pair, which are counted down."""
    rest = []
    for key, text in part:
        if paired[key] > 0:
            paired[key] -= 1
        else:
            rest.append(text)
    return rest


def _without_numbers(lines: list[ShownLine]) -> list[ShownLine]:
    """Without the numbers that a highlighter shows beside the lines of code: one by one, from 1 or from wherever."""
    kept: list[ShownLine] = []
    run: list[ShownLine] = []
    last = 0
    for line in lines:
        text = line.text.strip()
        number = int(text) if text.isdecimal() and len(text) < _DIGITS else -1
        if number >= 0 and (number == last + 1 if run else True):
            run.append(line)
        else:
            kept += [] if _counts(run) else run
            run = [line] if number >= 0 else []
            kept += [] if number >= 0 else [line]
        last = number
    return kept + ([] if _counts(run) else run)


_DIGITS = 6


def _counts(run: Sequence[ShownLine]) -> bool:
    return len(run) > 1 or (len(run) == 1 and run[0].text.strip() == "1")


def _of_fields(post: Post) -> list[ShownLine]:
    """What the post says beside its text, but for facts that the reader of the page puts to what is left out."""
    asset = post.featured
    texts = [asset.alt, asset.caption] if asset is not None else []
    for comment in post.comments:
        texts += [comment.author, comment.body]
    return [line for text in texts if text for line in of_html(text).lines]


def _taken_out(log: Log) -> Iterator[list[ShownLine]]:
    """What steps took out of the text and named."""
    for before, after in log.left_out:
        stays = Counter(key_of(line.text) for line in of_html(after).lines) if after else Counter[str]()
        lines = of_html(before).lines
        yield [line for line in lines if not stays[key_of(line.text)]]


def _values(root: etree._Element) -> str:
    return " ".join(str(value) for element in root.iter("*") for value in element.attrib.values())
