"""What a user can choose, one frozen record a side. The command maps its flags to them in one function."""

from datetime import datetime
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from converters.model import Entry, Role
from converters.rules import FrontMatter, Rules


class PluginOption(NamedTuple):
    """An option of an importer or exporter of its own: set with `--option NAME.KEY=VALUE`, shown by `--help`."""

    key: str
    help: str
    default: str = ""
    choices: tuple[str, ...] = ()
    """The values it can have; empty for any text."""


NOT_CHOSEN = "not asked for"
"""Why items of other types or statuses than the user chose are left out."""


class ReadOptions(msgspec.Struct, frozen=True):
    """How a source is read."""

    time_zone: str = ""
    """IANA name; dates whose offset the source does not hold are read in it."""
    types: tuple[str, ...] = ()
    """Only these post types; empty for all that hold content."""
    public_types: tuple[str, ...] = ()
    """Post types that were public, although the source does not show it."""
    statuses: tuple[str, ...] = ()
    """Only items of these statuses; empty for all but trash."""
    rules: Rules = Rules()
    """The user's own."""
    content_selector: str = ""
    """Of pages of HTML: a CSS selector for the element that holds the text."""
    markup: str = "auto"
    """How texts of WordPress are written: `html`, `markdown`, or `auto`: as each one looks."""
    comments_private: bool = False
    """Read e-mail addresses and IPs of those who commented, too."""
    draft_files: bool = False
    """Files that lie beside the pages go along even where only drafts show them: they become public."""
    today: datetime | None = None
    """When the run began, which sets it: what is scheduled for later is not to be seen yet."""
    own: dict[str, str] = {}
    """The importer's own options by key, each with its value or its default."""

    def chosen(self, entry: Entry) -> Entry:
        """The entry; left out, where it is content of a type or a status that is not requested."""
        wanted = (not self.types or entry.kind in self.types) and (not self.statuses or entry.status in self.statuses)
        if wanted or entry.role is not Role.CONTENT:
            return entry
        return replace(entry, role=Role.EXCLUDED, reason=NOT_CHOSEN)


class WriteOptions(msgspec.Struct, frozen=True):
    """How a target is written."""

    front_matter: str = "yaml"
    """yaml, toml or json."""
    front_matter_rules: FrontMatter = FrontMatter()
    """The user's own: keys, names, order, form of dates."""
    markdown_engine: str = "postferry"
    """A name registered as a Markdown engine."""
    raw_html: str = ""
    """keep: HTML that Markdown cannot say stays as it is; safe: without scripts, event handlers and the like. Empty:
    safe, but for texts of a Hugo site that stay Markdown, which are kept byte for byte."""
    media: str = "rewrite"
    """keep: addresses stay as they are; rewrite: the site's own files get root-relative addresses; copy
    and download: those of them that came along do."""
    base_path: str | None = None
    """The path of the new site on its host, without a slash at the end: `/blog`, or nothing for its root. None: that
    of the old site."""
    permalinks: str = "keep"
    """keep: every old address goes on working; none: the target's own scheme."""
    comments: str = "data"
    """data: public comments go into data files; none: they are left out and counted."""
    redirects: tuple[str, ...] = ()
    """Servers that get a file of former URLs: names of `FORMATS` in `converters/exporters/site/redirects/`."""
    workflow: str = ""
    """The host for which files are written that build and publish the site there: github-pages."""
    bundles: bool = False
    """For Hugo: a folder a post, with the pictures that it alone shows."""
    trust_source: bool = False
    """From Hugo to Hugo: settings that lift Hugo's limits come along, and files for other programs."""
    json_layout: str = "feed"
    """feed: one JSON Feed; lines: JSON Lines; files: a file an item."""
    feed_page_size: int = 0
    """The most items of a page of a JSON Feed; 0: all are on one."""
    json_source: bool = False
    """For JSON: the text of each item as the source has it, too."""
    own: dict[str, str] = {}
    """The exporter's own options by key, each with its value or its default."""
