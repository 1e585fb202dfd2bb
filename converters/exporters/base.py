"""What an exporter has to be: a record of facts about its target, and a class that writes it.

A target of a third party is a subclass of `Exporter` with a `Target` and two methods, `plan` and `render`; everything
else has a default. Targets that are static site generators build on `converters/exporters/site/`.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, ClassVar

import msgspec

from converters.errors import PluginError
from converters.model import Place, Post, Site
from converters.model.notices import Log, Notice
from converters.model.options import PluginOption, WriteOptions
from converters.never import hidden
from converters.output import OutFile, OutJoin, OutPart
from converters.plugin import SiteLookup, find

if TYPE_CHECKING:
    from converters.verify.check import ReadsBack


class Target(msgspec.Struct, frozen=True, kw_only=True):
    """What is known of a target before anything is written for it."""

    name: str
    """As in `--to NAME`."""
    dialect: str = "commonmark"
    """Of its Markdown: goldmark, kramdown, commonmark or gfm."""
    footnotes: bool = False
    """Whether its Markdown knows `[^1]`."""
    takes_markdown: bool = False
    """Bodies that are Markdown are handed over as they are; for all other targets they are read into trees."""
    keeps_source_paths: bool = False
    """The files of a source that is a site of this target itself are written where they were, by `finish`."""
    static_folder: str | None = None
    """The folder whose files are published as they are; empty where that is the root, None where no files are."""
    feed_file: str = ""
    """What the feed of a list is called behind the URL of the list, where nothing is known of the old site's; empty
    where lists have no feeds."""
    media: str = "rewrite"
    """What `--media` is unless it is set."""
    options: frozenset[str] = frozenset()
    """Fields of WriteOptions that not every target heeds."""
    site_files: tuple[str, ...] = ()
    """Files by which a folder is known as a site of this target: one of them is enough."""
    preview: str = ""
    """The command that shows a written site, typed in its folder: `hugo server`."""
    build: tuple[str, ...] = ()
    """The program that builds a site, drafts too, and its arguments; `{site}`, `{built}` and `{cache}` are folders."""


class Exporter(ABC):
    """Writes a kind of target: returns files and never opens one.

    Made once a process. `plan` and `finish` run in the process that began the run, `render` in any.
    """

    target: ClassVar[Target]
    counts: ClassVar[frozenset[str]] = frozenset()
    """The kinds of parts whose numbers its files state (`OutFile.holds`): `comments`, `terms`, `authors`, `media
    descriptions`. A run checks that of these as many are written as the source holds."""
    own_options: ClassVar[tuple[PluginOption, ...]] = ()
    """Set with `--option NAME.KEY=VALUE`; their values are in `WriteOptions.own`."""

    def __init__(self, options: WriteOptions) -> None:
        """Raises UsageError for options that this target cannot heed."""
        self._options = options

    @abstractmethod
    def plan(self, lookup: SiteLookup) -> Iterator[tuple[str, Place, list[Notice]]]:
        """(id, place, notices) of every item that is to be written, in source order. Paths are all different.

        Nothing is planned yet while this runs: `lookup.place` and `lookup.address` know nothing.
        """

    @abstractmethod
    def render(self, post: Post, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart]:
        """The files of one item, and its pieces of files that many items share."""

    def finish(self, lookup: SiteLookup, log: Log) -> Iterable[OutFile | OutPart | OutJoin]:
        """Everything that is not of one item: configuration, layouts, data; and what makes shared files whole."""
        return ()

    def feed_file(self, site: Site) -> str:
        """What the feed of a list is called behind the URL of the list; empty where lists have no feeds."""
        return self.target.feed_file

    def refuses(self, path: str, *, brought: bool) -> str:
        """Why nothing of the planned site's source may be written there; empty when it may.

        `converters/never.py` holds what targets share. `brought`: a file of the source that is published as it is.
        """
        return hidden(path)

    def runs(self, head: bytes) -> bool:
        """Would the target run a file that begins so?"""
        return False

    def static_path(self, path: str) -> str:
        """Where a file of the source has to be for the target to publish it at that path, both below the output."""
        return path

    def announce(self, files: Iterable[OutFile], lookup: SiteLookup) -> None:
        """Learn what files of the source come along, before they are written and before `finish`: their paths, and the
        items that they belong to."""
        del files, lookup  # most targets need not know

    def verbatim_path(self, path: str) -> str:
        """The file by which `verbatim` has something published at that path; empty where there is no such way."""
        return ""

    def verbatim(self, path: str, data: bytes) -> OutFile | None:
        """The file by which the target publishes just these bytes at that path, although it would run a file that holds
        them (`runs`); None where there is no way."""
        return None

    def reader(self) -> ReadsBack:
        """Reads what was written, to verify it. By default nothing is read back, and every item counts as unread."""
        from converters.verify.check import Unreadable  # wanted by few runs

        return Unreadable()


def place_of(post: Post, lookup: SiteLookup) -> Place:
    place = lookup.place(post.id)
    assert place is not None, "the plan has a place for everything that is converted"
    return place


def note_comments(post: Post, options: WriteOptions, log: Log) -> None:
    """Count the comments that are left out."""
    if post.comments and options.comments == "none":
        log("comments.skipped", str(len(post.comments)), where="--comments none")


def find_exporter(name: str) -> type[Exporter]:
    """The exporter that `--to` calls so. Raises UsageError for an unknown name, PluginError for what is no exporter."""
    found = find("exporters", name)
    if not (isinstance(found, type) and issubclass(found, Exporter)):
        raise PluginError(f"{name!r} is not an exporter: make it a subclass of converters.exporters.base.Exporter.")
    return found


def find_target(name: str) -> Target:
    """The record of the target that `--to` calls so. Raises as `find_exporter` does."""
    return find_exporter(name).target
