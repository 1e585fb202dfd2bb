"""What a pass is, and what it works on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from lxml import etree
from msgspec.structs import replace

from converters.html import tree
from converters.model import HtmlBody, Post
from converters.model.notices import Log
from converters.model.options import ReadOptions, WriteOptions

if TYPE_CHECKING:
    from converters.passes.files import Files
    from converters.passes.references import References
    from converters.passes.rules import SiteRules
    from converters.plugin import SiteLookup


class Fragment:
    """HTML of an item: text at rest, a tree from the first pass that needs one. Parsed at most once."""

    __slots__ = ("_root", "_text", "_written", "is_body")

    def __init__(self, text: str = "", root: etree._Element | None = None) -> None:
        """`root`: the tree of a body, which has no text of its own."""
        self._text, self._root, self.is_body = text, root, root is not None
        self._written = ""

    @property
    def root(self) -> etree._Element:
        """The tree, inside a `div`. What is changed in it is in the text afterwards."""
        if self._root is None:
            self._root = tree.parse(self._text)
            self._written = tree.inner_html(self._root)
        return self._root

    @property
    def text(self) -> str:
        """Byte for byte as it was where nothing in the tree was changed."""
        if self._root is not None and not self.is_body:
            written = tree.inner_html(self._root)
            if written != self._written:
                self._text = self._written = written
        return self._text

    def write(self) -> None:
        """The text is the one of the tree from now on, also where only its spelling differs."""
        self._text = self._written = tree.inner_html(self.root)


def mapped(value: Any, change: Callable[[str, str], str], key: str = "") -> Any:
    """A value of front matter, or of custom fields, with each text in it changed, at any depth. `change` is given the
    text and the name that it has."""
    if isinstance(value, str):
        return change(value, key)
    if isinstance(value, Mapping):
        return {name: mapped(inner, change, str(name)) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [mapped(inner, change, key) for inner in value]
    return value


class Surroundings:
    """The site of a run, its options, and what passes keep for all of its posts."""

    def __init__(
        self,
        lookup: SiteLookup,
        read: ReadOptions,
        write: WriteOptions,
        *,
        takes_markdown: bool = False,
        feed: str = "",
        files: Files | None = None,
    ) -> None:
        """`takes_markdown`: the target takes Markdown as it is; `feed`: what it calls the feed of a list; `files` knows
        what became of files that come along, None when none do."""
        self.lookup, self.read, self.write = lookup, read, write
        self.takes_markdown, self.feed, self.files = takes_markdown, feed, files

    @cached_property
    def references(self) -> References:
        from converters.passes.references import References

        return References(self)

    @cached_property
    def rules(self) -> SiteRules | None:
        """The user's rules that concern whole posts; None where there are none."""
        from converters.passes.rules import site_rules

        return site_rules(self.read.rules)

    @cached_property
    def has_highlight(self) -> bool:
        """Has the source a shortcode of its own in place of Hugo's `highlight`?"""
        homes = (entry.source_path.lower() for entry in self.lookup.entries())
        return any(home.endswith("shortcodes/highlight.html") for home in homes)


class Work:
    """A post on its way through the passes, or texts of the site as a whole, which have no post."""

    def __init__(self, site: Surroundings, log: Log, post: Post | None = None, texts: Iterable[Fragment] = ()) -> None:
        self.site, self.log, self.post = site, log, post
        self._body: Fragment | None = None
        self._fields = list(texts)
        if post is not None:
            self._fields = [Fragment(post.excerpt), *(Fragment(comment.body) for comment in post.comments)]

    @property
    def body(self) -> Fragment | None:
        """None for a text that stays Markdown."""
        if self._body is None and self.post is not None and isinstance(self.post.body, HtmlBody):
            self._body = Fragment(root=self.post.body.root)
        return self._body

    @property
    def texts(self) -> Iterator[Fragment]:
        """All that is HTML: the body, then the excerpt and the comments of a post."""
        if self.body is not None:
            yield self.body
        yield from self._fields

    def store(self) -> None:
        """Put the texts back into the post."""
        if self.post is not None:
            self.post.excerpt = self._fields[0].text
            self.post.comments = tuple(
                comment if (text := fragment.text) == comment.body else replace(comment, body=text)
                for comment, fragment in zip(self.post.comments, self._fields[1:], strict=True)
            )


def _always(site: Surroundings) -> bool:
    return True


class Pass(NamedTuple):
    """Sees a post as a whole, or texts of the site."""

    name: str
    function: Callable[[Work], None]
    wanted: Callable[[Surroundings], bool] = _always
    """Does the run need it? Asked once a site."""


class ElementPass(NamedTuple):
    """Sees the elements with certain tags, of the body and of every other text in HTML.

    Those that follow each other in the table share one walk; each element goes through them in their order.
    """

    name: str
    tags: tuple[str, ...]
    function: Callable[[etree._Element, Work], None]
    hint: re.Pattern[str] = re.compile("<")
    """What a field has to hold to be parsed for this pass."""
    wanted: Callable[[Surroundings], bool] = _always
