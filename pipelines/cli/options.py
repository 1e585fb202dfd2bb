"""The options of a conversion: ONE table, in the groups of `--help`.

Flags, help, completion, the keys of a job file, docs/options.md and the manual page are made of it; `job_options.py`
makes a job of the values. So a new option is a row here and a field of the record that it sets. Nothing heavy is
imported: `--help` reads this table, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

from pipelines.cli import option_values as values

TEXT, LIST, MANY, FLAG, NUMBER = "text", "list", "many", "flag", "number"
READ, WRITE, MEDIA, JOB = "read", "write", "media", "job"
"""The records that options set: `ReadOptions`, `WriteOptions`, `Settings` (of media) and `Job`."""
MOST_WORKERS = 256


class Option(NamedTuple):
    """One option. Its name is that of the flag, without dashes, and of the key."""

    name: str
    help: str
    kind: str = TEXT
    """What a value is: text, several texts (for a flag with commas between, or the flag several times), true or false,
    or a whole number."""
    metavar: str = ""
    choices: tuple[str, ...] = ()
    default: str = ""
    """Empty: what the help says, or nothing."""
    short: str = ""
    of_run: bool = False
    """Concerns the run of the command and not one site: no key of a job file."""
    sets: str = ""
    """The record whose field the value is; empty where it takes more than that, see `job_options.py`."""
    field: str = ""
    """The name of the field, where it is another than the option's."""
    parse: Callable[[Any], Any] | None = None
    """The value as the record holds it. Raises UsageError or PluginError for an invalid one."""
    suggest: Callable[[], Iterable[str]] | None = None
    """What a shell offers as a value, where that is neither a file nor one of the choices."""

    @property
    def key(self) -> str:
        """Its name in a dict of values."""
        return self.name.replace("-", "_")

    @property
    def is_file(self) -> bool:
        return self.metavar == "FILE"

    @property
    def is_folder(self) -> bool:
        return self.metavar == "DIR"


GROUPS: dict[str, tuple[Option, ...]] = {
    "Source": (
        Option("from", "What the source is. Default: found out by looking at it.", metavar="FORMAT",
               parse=values.registered("importers"), suggest=values.built_in("importers")),
        Option("types", "Only these post types.", LIST, "A,B", sets=READ),
        Option("public-types", "Post types that were public on the old site, though the export does not show it"
               " (docs/privacy.md).", LIST, "A,B", sets=READ),
        Option("status", "Only these statuses: published, draft, private ...", LIST, "A,B", sets=READ,
               field="statuses", parse=values.statuses, suggest=values.known_statuses),
        Option("rules", "Your own rules, in TOML (docs/rules.md).", metavar="FILE",
               sets=READ, parse=values.rules),
        Option("markup", "For WordPress: how texts are written; auto: as each one looks.",
               choices=("auto", "html", "markdown"), default="auto", sets=READ),
        Option("content-selector", "For HTML pages: the element that holds the text.", metavar="CSS", sets=READ),
        Option("timezone", "For dates without an offset: Europe/Berlin, UTC ...", metavar="ZONE", sets=READ,
               field="time_zone", parse=values.time_zone),
        Option("option", "An option that an importer or an exporter of a plug-in has; `--from NAME --help` shows them.",
               MANY, "NAME.KEY=VALUE", parse=values.each),
        Option("pass", "A pass of your own over every post, by name or as file.py:NAME (docs/write-a-pass.md).",
               MANY, "NAME", parse=values.passes),
    ),
    "Target": (
        Option("to", "What to write.", metavar="FORMAT", default="hugo", parse=values.registered("exporters"),
               suggest=values.built_in("exporters")),
        Option("output", "Output folder or URL: s3://, gs://, az://. Default: ./SOURCE-FORMAT.", metavar="DIR",
               short="o"),
        Option("front-matter", "The format of front matter.", choices=("yaml", "toml", "json"), default="yaml",
               sets=WRITE),
        Option("base-path", "The path of the new site on its host, where it is not that of the old one: /blog; / for no"
               " path (docs/base-path.md).", metavar="PATH", sets=WRITE, parse=values.base_path),
        Option("permalinks", "Keep every old URL, or let the target choose new ones.", choices=("keep", "none"),
               default="keep", sets=WRITE),
        Option("redirects", "Redirect files for servers: netlify, cloudflare, nginx, apache, html.", LIST,
               "A,B", sets=WRITE, parse=values.redirects),
        Option("workflow", "For hugo and jekyll: files with which this host builds and publishes the site"
               " (docs/github-pages.md).", choices=("github-pages",), sets=WRITE),
        Option("comments", "Public comments as data files, or not at all.", choices=("data", "none"), default="data",
               sets=WRITE),
        Option("comments-private", "Write e-mail addresses and IPs of those who commented, too.", FLAG, sets=READ),
        Option("raw-html", "HTML that has no Markdown: as it is, or only what is known to be harmless. Default:"
               " safe; from Hugo to Hugo: keep.", choices=("keep", "safe"), sets=WRITE),
        Option("trust-source", "From Hugo to Hugo, for a site of your own: settings that let it run programs or reach"
               " beyond its folder.", FLAG, sets=WRITE),
        Option("markdown-engine", "See `convert formats`.", metavar="NAME", sets=WRITE, parse=values.markdown_engine,
               suggest=values.built_in("markdown")),
        Option("json-layout", "For json: one JSON Feed, JSON Lines, or a file for each item.",
               choices=("feed", "lines", "files"), default="feed", sets=WRITE),
        Option("feed-page-size", "For json: the most items on a page of the feed; next_url leads to the next one, and"
               " the newest are on the first. 0: no pages.", metavar="N", default="0", sets=WRITE,
               parse=values.page_size),
        Option("json-source", "For json: the text of each item as the source has it, too, with its blocks and"
               " shortcodes.", FLAG, sets=WRITE),
        Option("force", "Write into a folder that holds files of others, and over them.", FLAG, sets=JOB),
    ),
    "Images and files": (
        Option("media", "The site's own images and files: URLs as they are, or root-relative; files copied from a"
               " folder such as wp-content/uploads, or downloaded. Default: rewrite; for json and markdown: keep.",
               metavar="keep|rewrite|copy:DIR|download", parse=values.media,
               suggest=lambda: ("keep", "rewrite", "copy:", "download")),
        Option("media-all", "Copy the whole media library, not only the files that posts show.", FLAG, sets=MEDIA,
               field="every"),
        Option("media-drafts", "Copy files that only drafts and private posts show, too; they become public.",
               FLAG, sets=MEDIA, field="drafts"),
        Option("bundles", "For hugo, with --media copy or download: a folder for each post, with the images that only"
               " it shows.", FLAG, sets=WRITE),
        Option("max-file-size", "The largest file that --media copies or downloads: 20M, 2G ...", metavar="SIZE",
               default="512M", sets=MEDIA, field="pace", parse=values.pace),
        Option("allow-private-hosts", "Let --media download connect to hosts of the local network, too.", FLAG,
               sets=MEDIA, field="allow_private"),
        Option("insecure-media", "Let --media download connect to servers whose certificates are invalid.", FLAG,
               sets=MEDIA, field="insecure"),
    ),
    "Run": (
        Option("dry-run", "Do everything but write.", FLAG, of_run=True, sets=JOB),
        Option("verify", "Read back what is written of each item and compare it with its source: exit with 5 when"
               " something is lost (docs/verify.md).", FLAG),
        Option("strict", "Exit with 3 when anything was changed or lost.", FLAG),
        Option("item-timeout", "The longest that one item may take; an item that takes longer is left out and reported."
               " 0: no limit.", metavar="SECONDS", default="60", parse=values.seconds),
        Option("workers", "Number of processes. Default: chosen automatically.", NUMBER, "N", of_run=True),
        Option("executor", "Where items are converted: processes of this machine, this process, or a Dask cluster"
               " (docs/batch.md).",
               choices=("local", "inline", "dask"), default="local", of_run=True),
        Option("scheduler", "URL of the Dask cluster: tcp://HOST:8786.", metavar="ADDRESS", of_run=True),
    ),
    "Messages": (
        Option("report", "Where the report goes: FILE.html, or FILE.json. Default: both inside the output folder.",
               metavar="FILE", sets=JOB),
        Option("log-format", "The format of progress and summary: text, or one JSON object a line (docs/progress.md).",
               choices=("text", "json"), default="text", of_run=True),
        Option("quiet", "Report nothing unless something failed.", FLAG, short="q", of_run=True),
        Option("verbose", "List every notice.", FLAG, short="v", of_run=True),
    ),
}  # fmt: skip
"""Title -> its options, in the order in which they are shown."""
OPTIONS = tuple(option for options in GROUPS.values() for option in options)
BY_NAME = {option.name: option for option in OPTIONS}
