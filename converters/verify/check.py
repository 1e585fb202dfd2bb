"""The check of one post: its page and front matter before the exporter has it, and what the written files say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from typing import Any, NamedTuple

from lxml import etree

from converters import urls
from converters.html import tree
from converters.model import HtmlBody, Place, Post, Site
from converters.model.notices import Log
from converters.output import OutFile, OutPart
from converters.verify import front, verdict
from converters.verify.compare import compare
from converters.verify.facts import Page, read
from converters.verify.front import Front
from converters.verify.source_facts import Inventory, lost_facts
from converters.verify.verdict import SOURCE, Difference, Verdict, Word

File = OutFile | OutPart


class Back(NamedTuple):
    """What a target's files say of one post."""

    text: str
    """As it is written: Markdown, HTML."""
    root: Callable[[], etree._Element]
    """Reads the text into a tree of semantic HTML, inside a `div`."""
    front: Front
    values: Mapping[str, Any]
    """The whole front matter, in the target's own words."""


class ReadsBack(ABC):
    """Reads what was written for a target, without any step of the writing."""

    @abstractmethod
    def render_back(self, files: Sequence[File], place: Place) -> Back | None:
        """What the files of a post say; None when none of them is its text."""

    @abstractmethod
    def tree_back(self, text: str) -> etree._Element:
        """The tree of a text in the target's language."""

    def as_written(self, root: etree._Element, post: Post, place: Place, site: Site) -> etree._Element:
        """The tree of a post as the target has to write it, with absolute URLs, say; the given one stays as it is."""
        return root

    def terms_of(self, post: Post, site: Site) -> Iterable[tuple[str, str]]:
        """(taxonomy, name) of the post's terms, by the names that the target knows them by."""
        return ((term.taxonomy, term.name) for term in post.terms if term.name)

    def terms_back(
        self, values: Mapping[str, Any], site: Site, taxonomies: Iterable[str]
    ) -> Mapping[str, tuple[str, ...]] | None:
        """taxonomy -> the names of its terms, as front matter says them; None when they cannot be told.

        `taxonomies`: those of the post.
        """
        return None

    def pieces_back(self, data: bytes) -> Mapping[str, bytes]:
        """id -> what a file that items share holds of each."""
        return {}


class Unreadable(ReadsBack):
    """Of a target whose files cannot be read back."""

    def render_back(self, files: Sequence[File], place: Place) -> Back | None:
        return None

    def tree_back(self, text: str) -> etree._Element:
        return tree.parse(text)


class Before(NamedTuple):
    """A post as it was before it was rendered, which may change its tree."""

    page: Page | None
    text: str
    """Of a body that is Markdown and stays so."""
    front: Front
    values: Mapping[str, Any] | None
    """The front matter of a source that has it."""
    terms: Mapping[str, tuple[str, ...]] = {}
    """taxonomy -> the names of its terms."""
    source: tuple[Difference, ...] = ()
    """What the source has and the post has not."""


class Check:
    """Compares the posts of one site. Made once a process."""

    def __init__(self, reader: ReadsBack, site: Site, *, front: bool = True) -> None:
        """`reader`: of the target. `front`: compare front matter as well; not where rules of users change it."""
        self._reader = reader
        self._host, self._front, self._site = urls.host_of(site.base_url), front, site
        self._source: tuple[Difference, ...] = ()
        self._inventory: Inventory | None = None

    def read(self, post: Post, log: Log) -> None:
        """Look at a post that was just read: what its source has and it has not is part of the verdict on it."""
        try:
            self._source, self._inventory = lost_facts(post, log), Inventory(post, log)
        except Exception as error:  # a bug in here must not cost the item
            self._source = (Difference("error", False, f"{type(error).__name__}: {error}"),)

    def before(self, post: Post, place: Place, log: Log, lost: Sequence[str] = ()) -> Before | Verdict:
        """What must be found again; the verdict itself where that cannot be said, or the target's files not be read.

        `lost`: the words of the source that the guard misses.
        """
        if isinstance(self._reader, Unreadable):
            return Verdict(Word.UNREAD)
        try:
            missing = (Difference(SOURCE, True, " ".join(lost)),) if lost else ()
            if self._inventory is not None:
                missing = (*missing, *self._inventory.lost(post, log))
            return self._before(post, place)._replace(source=(*missing, *self._source))
        except Exception as error:  # a bug in here must not cost the item
            return _unread(error)

    def _before(self, post: Post, place: Place) -> Before:
        terms = front.by_taxonomy(self._reader.terms_of(post, self._site))
        of_post = front.of_post(post, place, terms)
        if isinstance(post.body, HtmlBody):
            root = self._reader.as_written(_with_raw(post.body.root, self._reader), post, place, self._site)
            return Before(self._page(root), "", of_post, None, terms)
        return Before(None, post.body.text, of_post, post.front)

    def verdict(self, before: Before | Verdict, files: Sequence[File], place: Place) -> Verdict:
        """The verdict on a post and its files."""
        if isinstance(before, Verdict):
            return before
        try:
            return self.judge(before, files, place)
        except Exception as error:  # of whatever kind: what was written is written
            return _unread(error)

    def judge(self, before: Before, files: Sequence[File], place: Place) -> Verdict:
        """The verdict, or whatever the reading raises."""
        return verdict.verdict(self.differences(before, files, place))

    def differences(self, before: Before, files: Sequence[File], place: Place) -> Iterator[Difference]:
        """What the files say in another way, or not at all."""
        yield from before.source
        back = self._reader.render_back(files, place)
        if back is None:
            yield Difference("file", True, place.path)
            return
        if self._front:
            yield from self._of_front(before, back)
        if before.page is not None:
            yield from compare(before.page, self._page(back.root()))
        elif before.text != back.text:
            yield from compare(self._page(self._reader.tree_back(before.text)), self._page(back.root()))

    def _of_front(self, before: Before, back: Back) -> Iterator[Difference]:
        if before.values is not None:
            yield from front.compare_values(before.values, back.values)
            return
        yield from front.compare(before.front, back.front)
        terms = self._reader.terms_back(back.values, self._site, before.terms)
        if terms is not None:
            yield from front.compare_terms(before.terms, terms)

    def _page(self, root: etree._Element) -> Page:
        return read(root, self._host)


def _with_raw(root: etree._Element, reader: ReadsBack) -> etree._Element:
    """The tree; what users wrote for the target in rules of their own stands in it as the target reads it."""
    if next(root.iter(tree.RAW), None) is None:
        return root
    root = deepcopy(root)
    for raw in list(root.iter(tree.RAW)):
        made = reader.tree_back(raw.text or "")
        inline = raw.get("display") != "block"
        box = made[0] if inline and len(made) == 1 and made[0].tag == "p" else made
        box.tag, box.tail = ("span" if inline else "div"), None
        tree.replace(raw, box)
    return root


def _unread(error: Exception) -> Verdict:
    return Verdict(Word.UNREAD, (Difference("error", False, f"{type(error).__name__}: {error}"),))


def own_file(files: Sequence[File], place: Place) -> OutFile | None:
    """The file of a post among those that were written for it; None when it is missing or empty."""
    found = next((file for file in files if isinstance(file, OutFile) and file.path == place.path), None)
    return found if found is not None and found.data.strip() else None
