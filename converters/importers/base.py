"""What an importer is and can do; `OnePass` is the short way to write one (docs/write-an-importer.md).

An importer is a subclass of `Importer`: facts about its sources as class attributes, `survey` and `read`, and, where
it can do more than the defaults, `files` and `inspect`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import msgspec
from lxml import etree

from converters import plugin
from converters.errors import PluginError
from converters.html import tree
from converters.model import Author, Entry, Locator, Post, Role, Site, Term
from converters.model.notices import Log
from converters.model.options import PluginOption, ReadOptions
from converters.plugin import SiteLookup, SourceFile, SurveySink

if TYPE_CHECKING:
    from converters.importers.shared.findings import Findings
    from converters.output import OutFile


class Importer(ABC):
    """Reads one kind of source. Made anew in every process that reads; knows nothing of targets."""

    title: ClassVar[str] = ""
    """What its sources are called: `WordPress export`. Empty: the name it is registered under."""
    whole_sources: ClassVar[bool] = False
    """It gets every file of a folder or an archive, not only those it recognizes."""
    brings_files: ClassVar[bool] = False
    """Its sources hold the images and other files of their site, and do not only name them."""
    custom_types: ClassVar[bool] = False
    """Kinds other than posts and pages are post types of plug-ins, which need a look."""
    backup_folders: ClassVar[tuple[str, ...]] = ()
    """Folders beside a source that may be a copy of its site's files: offered for `--media copy:DIR`."""
    own_options: ClassVar[tuple[PluginOption, ...]] = ()
    """Set with `--option NAME.KEY=VALUE`; their values are in `ReadOptions.own`."""

    def __init__(self, options: ReadOptions) -> None:
        self.options = options

    @classmethod
    def recognizes(cls, path: Path, head: bytes) -> bool:
        """Does this look like such a source? `head` is the first 64 KiB of a file, empty for a folder."""
        return False

    @abstractmethod
    def survey(self, sources: Sequence[SourceFile], sink: SurveySink) -> tuple[Site, Sequence[SourceFile]]:
        """Report every item once, in source order; return the site, and the sources as `read` wants them.

        Raises SourceError for a source of another kind.
        """

    @abstractmethod
    def read(self, entry: Entry, lookup: SiteLookup, log: Log) -> Post:
        """The whole item, its body as semantic HTML or as Markdown."""

    def files(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile]:
        """Files of the source that a target publishes as they are; their paths are those of their URLs."""
        return ()

    def inspect(
        self, sources: Sequence[SourceFile], sink: SurveySink, findings: Findings
    ) -> tuple[Site, Sequence[SourceFile]] | None:
        """A survey that also fills `findings`, for `convert inspect`. None where the importer has no such way: the
        source is surveyed then, and a sample of its posts is read."""
        return None


def find_importer(name: str) -> type[Importer]:
    """The importer registered as `name`, or that of `file.py:Class`.

    Raises what `converters.plugin.find` raises, and PluginError for a class that is no `Importer`.
    """
    found = plugin.find("importers", name)
    if not (isinstance(found, type) and issubclass(found, Importer)):
        raise PluginError(f"{name!r} cannot be used: it is no subclass of converters.importers.base.Importer.")
    return found


class OnePass(Importer):
    """An importer whose posts are simply yielded, whole, in the order of the source.

    The survey writes each post to a file of the run, and `read` reads it back by its place there, in any process:
    memory holds one post, however large the source is. Values in `params` and `extra` have to be what JSON can hold.
    """

    @abstractmethod
    def posts(self, sources: Sequence[SourceFile], log: Log) -> Iterator[Post]:
        """Every post of the sources. What is logged before a post is yielded is shown for that post.

        Raises SourceError for a source of another kind.
        """

    def site(self) -> Site:
        """The site as a whole, called after all posts were yielded. Kinds, terms and authors are taken from the posts
        where it has none."""
        return Site()

    def survey(self, sources: Sequence[SourceFile], sink: SurveySink) -> tuple[Site, Sequence[SourceFile]]:
        spool, log, met = sink.folder / "posts.jsonl", Log(), _Met()
        with spool.open("wb") as file:
            for post in self.posts(sources, log):
                start = file.tell()
                file.write(_encode(post))
                locator = Locator(start=start, end=file.tell(), path=str(spool))
                notices = [msgspec.structs.replace(notice, item=post.id) for notice in log.drain()]
                sink.entry(met.entry(post, locator, self.options), notices)
        for notice in log.drain():
            sink.log.take(notice)
        return met.site(self.site()), sources

    def read(self, entry: Entry, lookup: SiteLookup, log: Log) -> Post:
        with Path(entry.locator.path).open("rb") as file:
            file.seek(entry.locator.start)
            return _decode(file.read(entry.locator.end - entry.locator.start))


class _Met:
    """What the posts of a source have in common, gathered as they pass."""

    def __init__(self) -> None:
        self._ids: set[str] = set()
        self._kinds: dict[str, None] = {}
        self._terms: dict[tuple[str, str], Term] = {}
        self._authors: dict[str, Author] = {}

    def entry(self, post: Post, locator: Locator, options: ReadOptions) -> Entry:
        """The post in the survey. Raises PluginError for an id that another post has."""
        if post.id in self._ids:
            raise PluginError(f"Two posts have the id {post.id!r}. An importer has to give each an id of its own.")
        self._ids.add(post.id)
        entry = options.chosen(
            Entry(
                id=post.id,
                kind=post.kind,
                role=Role.CONTENT,
                status=post.status,
                slug=post.slug,
                title=post.title,
                permalink=post.permalink,
                parent=post.parent,
                date=post.date,
                language=post.language,
                group=post.translation_group,
                locator=locator,
                former=post.former,
            )
        )
        if entry.role is Role.CONTENT:
            self._kinds.setdefault(post.kind)
            self._terms |= {(term.taxonomy, term.slug): term for term in post.terms}
            self._authors |= {login: Author(login, login, login) for login in post.authors}
        return entry

    def site(self, site: Site) -> Site:
        return msgspec.structs.replace(
            site,
            kinds=site.kinds or tuple(self._kinds),
            terms=site.terms or tuple(self._terms.values()),
            authors=site.authors or tuple(self._authors.values()),
        )


def _as_text(value: Any) -> str:
    """A tree as its HTML: what a post holds and JSON cannot."""
    if isinstance(value, etree._Element):
        return tree.inner_html(value)
    raise NotImplementedError(f"a {type(value).__name__} cannot be kept: use text, numbers, lists and maps")


def _as_tree(kind: type, value: Any) -> Any:
    if kind is etree._Element:
        return tree.parse(value)
    raise NotImplementedError(f"{kind.__name__} is no type that a post holds")  # what msgspec asks of a hook


_encode = msgspec.json.Encoder(enc_hook=_as_text).encode
_decode = msgspec.json.Decoder(Post, dec_hook=_as_tree).decode
