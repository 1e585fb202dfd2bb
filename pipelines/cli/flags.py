"""The options of a conversion, in one table: the command makes its flags of it, a file of jobs its keys.

What their values may be, and what they ask for, stands in `pipelines.cli.asked`. Nothing heavy is imported here:
`--help` reads this table, too.
"""

from __future__ import annotations

from typing import NamedTuple

TEXT, LIST, MANY, FLAG, NUMBER = "text", "list", "many", "flag", "number"


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
    """Concerns the run of the command and not one site: no key of a file of jobs."""

    @property
    def key(self) -> str:
        """Its name in a dict of values."""
        return self.name.replace("-", "_")


OPTIONS = (
    Option("from", "What the source is. Default: found out by looking at it.", metavar="FORMAT"),
    Option("to", "What to write.", metavar="FORMAT", default="hugo"),
    Option("output", "Where to write, also s3://, gs://, az://. Default: ./SOURCE-FORMAT.", metavar="DIR", short="o"),
    Option(
        "media",
        "The site's own pictures and files: addresses as they are, or root-relative; files copied from a folder such"
        " as wp-content/uploads, or downloaded. Default: rewrite; for json: keep.",
        metavar="keep|rewrite|copy:DIR|download",
    ),
    Option(
        "bundles",
        "For hugo, with --media copy or download: a folder a post, with the pictures that it alone shows.",
        FLAG,
    ),
    Option("media-all", "Take the whole media library along, not only what the texts show.", FLAG),
    Option("media-drafts", "Take the files along that only drafts and private posts show; they become public.", FLAG),
    Option(
        "max-file-size",
        "The largest file that --media copy or download takes: 20M, 2G ...",
        metavar="SIZE",
        default="512M",
    ),
    Option("allow-private-hosts", "Let --media download ask hosts of the local network, too.", FLAG),
    Option("insecure-media", "Let --media download ask servers whose certificates are not valid.", FLAG),
    Option(
        "raw-html",
        "HTML that Markdown cannot say: as it is, or only what is known to be harmless. Default: safe; from Hugo to"
        " Hugo: keep.",
        choices=("keep", "safe"),
    ),
    Option(
        "trust-source",
        "From Hugo to Hugo, for a site of your own: settings that let it run programs or reach beyond its folder.",
        FLAG,
    ),
    Option("front-matter", "", choices=("yaml", "toml", "json"), default="yaml"),
    Option(
        "permalinks",
        "Keep every old address, or let the target choose new ones.",
        choices=("keep", "none"),
        default="keep",
    ),
    Option("comments", "Public comments as data files, or not at all.", choices=("data", "none"), default="data"),
    Option("comments-private", "Write e-mail addresses and IPs of those who commented, too.", FLAG),
    Option(
        "redirects",
        "Files of former addresses for servers: netlify, cloudflare, nginx, apache, html.",
        LIST,
        metavar="A,B",
    ),
    Option(
        "json-layout",
        "For json: one JSON Feed, JSON Lines, or a file an item.",
        choices=("feed", "lines", "files"),
        default="feed",
    ),
    Option("types", "Only these post types.", LIST, metavar="A,B"),
    Option(
        "public-types",
        "Post types that were public on the old site, though the export does not show it (docs/privacy.md).",
        LIST,
        metavar="A,B",
    ),
    Option("status", "Only these statuses: published, draft, private ...", LIST, metavar="A,B"),
    Option("rules", "Your own rules, in TOML, for what becomes of things: see docs/rules.md.", metavar="FILE"),
    Option("content-selector", "Of pages of HTML: the element that holds the text.", metavar="CSS"),
    Option("markdown-engine", "See `convert formats`.", metavar="NAME"),
    Option(
        "option",
        "An option that an importer or an exporter of others has of its own; `--from NAME --help` shows them.",
        MANY,
        metavar="NAME.KEY=VALUE",
    ),
    Option("timezone", "For dates without an offset: Europe/Berlin, UTC ...", metavar="ZONE"),
    Option(
        "item-timeout",
        "The longest that one item may take; what takes longer is left out and named. 0: no limit.",
        metavar="SECONDS",
        default="60",
    ),
    Option("workers", "Processes that convert. Default: as many as pay.", NUMBER, metavar="N", of_run=True),
    Option(
        "executor",
        "Who converts: processes of this machine, this process, or a Dask cluster (docs/batch.md).",
        choices=("local", "inline", "dask"),
        default="local",
        of_run=True,
    ),
    Option("scheduler", "Of the Dask cluster: tcp://HOST:8786.", metavar="ADDRESS", of_run=True),
    Option(
        "report",
        "Where the report goes: FILE.html, or FILE.json. Default: both inside the output folder.",
        metavar="FILE",
    ),
    Option(
        "verify",
        "Read back what is written of each item and compare it with its source: exit with 5 when something is lost"
        " (docs/verify.md).",
        FLAG,
    ),
    Option("dry-run", "Do everything but write.", FLAG, of_run=True),
    Option("force", "Write into a folder that holds files of others, and over them.", FLAG),
    Option("strict", "Exit with 3 when anything was changed or lost.", FLAG),
    Option(
        "log-format",
        "How progress and summary are said: text, or an object of JSON a line (docs/progress.md).",
        choices=("text", "json"),
        default="text",
        of_run=True,
    ),
    Option("quiet", "Say nothing unless something failed.", FLAG, short="q", of_run=True),
    Option("verbose", "Name every notice.", FLAG, short="v", of_run=True),
)
MOST_WORKERS = 256
