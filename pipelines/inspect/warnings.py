"""What will need care: one table of warnings, each with what is so, what helps, and where that is written.

Rows with a function ask what was counted and found; the others are noted by importers. What the survey noted of single
items follows, with the texts of the table of notices.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

import msgspec

from converters.errors import PluginError
from converters.model import Role, Status
from converters.model.notices import KINDS, Severity
from pipelines.inspect.counts import PLAIN
from pipelines.inspect.gather import Look

_SHOWN = 5
"""Names that a warning lists."""


class InspectWarning(msgspec.Struct, frozen=True):
    """A warning about one source."""

    code: str
    worth: int
    """0: good to know; 1: look at it; 2: something would be missing or wrong."""
    text: str
    help: str
    doc: str


class WarningKind(NamedTuple):
    """A row of the table."""

    worth: int
    doc: str
    measure: Callable[[Look], str] | None
    """What replaces `{what}`; empty where there is nothing to warn of. None: importers note it."""
    text: str
    help: str
    notices: str = ""
    """Codes of notices that say the same of single items: they are not shown again."""


def warnings(look: Look) -> list[InspectWarning]:
    """All warnings, the gravest first. Raises PluginError for a code that an importer noted and the table lacks."""
    notes = look.findings.notes
    if unknown := notes.keys() - WARNINGS.keys():
        raise PluginError(
            f"The importer {look.importer} notes {min(unknown)!r}, which is in no row of docs/inspect.md."
        )
    found = []
    for code, kind in WARNINGS.items():
        what = kind.measure(look) if kind.measure is not None else "; ".join(notes.get(code, ()))
        if what:
            found.append(InspectWarning(code, kind.worth, kind.text.format(what=what), kind.help, kind.doc))
    found += _of_notices(look)
    return sorted(found, key=lambda warning: -warning.worth)  # a stable sort: the order of the table within


def _of_notices(look: Look) -> Iterable[InspectWarning]:
    shown = {code for kind in WARNINGS.values() for code in kind.notices.split()}
    for code, count in look.counts.worth_a_look():
        if code not in shown:
            kind = KINDS[code]
            examples = look.counts.examples.get(code, ())
            what = f" ({', '.join(examples)})" if examples else ""
            worth = {Severity.FAILED: 2, Severity.LOST: 1}.get(kind.severity, 0)
            text = f"{count:,} × {kind.text.rstrip('.')}{what}."
            yield InspectWarning(code, worth, text, kind.remedy, "docs/notices.md")


def listed(counts: Mapping[str, int], most: int = _SHOWN) -> str:
    """`Elementor 12, Divi 3`, the most frequent first; how many names more there are."""
    rows = sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    more = f" and {len(rows) - most} more" if len(rows) > most else ""
    return ", ".join(f"{name} {count:,}" for name, count in rows[:most]) + more


def unknown_shortcodes(look: Look) -> dict[str, int]:
    """name -> items"""
    return {name: seen.items for name, seen in look.findings.shortcodes.items() if not seen.known}


def _examples(code: str) -> Callable[[Look], str]:
    def measure(look: Look) -> str:
        examples = look.counts.examples.get(code) or ["see the report"]
        return "; ".join(examples) if look.counts.notices[code] else ""

    return measure


def _unreadable(look: Look) -> str:
    counts = look.counts
    if counts.notices["source.truncated"] >= counts.failures:  # the last item, broken off, is shown above
        return ""
    more = ", …" if counts.failures > len(counts.failed) else ""
    return f"{counts.failures:,} ({', '.join(counts.failed)}{more})" if counts.failures else ""


def _blocks(look: Look) -> str:
    blocks = look.findings.blocks.items()
    return listed({name: seen.items for name, seen in blocks if not seen.known and not seen.encloses})


def _no_library(look: Look) -> str:
    own = look.findings.hosts[""]
    return f"{own:,} files of the site" if own and not look.counts.media and not look.reads.brings_files else ""


def _missing(look: Look) -> str:
    missing = look.findings.media_missing.total()
    return f"{missing:,}" if missing and look.counts.media else ""


def _on_the_old_site(look: Look) -> str:
    return f"{look.counts.media:,}" if look.counts.media and not look.reads.brings_files else ""


def _protected(look: Look) -> str:
    count = look.counts.not_public[Status.PROTECTED]
    return f"{count:,}" if count else ""


def _drafts(look: Look) -> str:
    closed = Counter(look.counts.not_public)
    closed.pop(Status.PROTECTED, None)
    return ", ".join(f"{count:,} {status}" for status, count in sorted(closed.items()))


def _comments(look: Look) -> str:
    public, held = look.findings.comments, look.findings.comments_held
    return f"{public:,} public{f', {held:,} not public' if held else ''}" if public or held else ""


def _types(look: Look) -> str:
    types = {kind: statuses.total() for kind, statuses in look.counts.content.items() if kind not in ("post", "page")}
    return listed(types) if look.reads.custom_types else ""


def _languages(look: Look) -> str:
    names = [f"{language.code} {look.counts.languages[language.code]:,}" for language in look.site.languages]
    joined = " in the same items" if look.site.joined_languages else ""
    return f"{', '.join(names)}{joined}" if len(names) > 1 else ""


def _plain_permalinks(look: Look) -> str:
    count, total = look.counts.addresses[PLAIN], look.counts.addresses.total()
    return f"{count:,} of {total:,} posts" if count * 2 > total else ""


WARNINGS: dict[str, WarningKind] = {
    # the source itself
    "truncated": WarningKind(
        2, "docs/notices.md", _examples("source.truncated"),
        "The export breaks off: {what}.", "Export again, large sites in parts by date.", "source.truncated"),
    "php-error": WarningKind(
        2, "docs/notices.md", _examples("source.php-error"),
        "The server wrote an error into the export: {what}.", "Export again.", "source.php-error"),
    "unreadable": WarningKind(
        2, "docs/notices.md", _unreadable,
        "Items that cannot be read: {what}.", "The report names each; save them anew there.",
        "item.unreadable item.too-large item.failed"),
    "multisite": WarningKind(
        0, "docs/addresses.md", None,
        "One site of a network ({what}).", "Export and convert each of its sites on its own."),
    "part": WarningKind(
        1, "docs/media.md", None,
        "It holds one kind of content only ({what}).", "For menus, pages and media: Tools, Export, All content."),
    # what is in the texts
    "builder": WarningKind(
        1, "docs/constructs.md", lambda look: listed(look.findings.builders),
        "Made with a page builder: {what}.", "Words, pictures and links come along; the layout does not.",
        "builder.found"),
    "shortcodes-unknown": WarningKind(
        1, "docs/rules.md", lambda look: listed(unknown_shortcodes(look)),
        "Shortcodes nothing here knows: {what}.",
        "Say what they become: convert inspect SOURCE --rules, then --rules FILE.", "shortcode.unknown"),
    "blocks-empty": WarningKind(
        1, "docs/rules.md", _blocks,
        "Blocks of plug-ins that hold nothing of their own: {what}.",
        "A rule can say what stands there: --rules FILE."),
    "markup": WarningKind(
        1, "docs/constructs.md", lambda look: listed(look.findings.markups),
        "Texts that look as if they were not written in HTML: {what}.",
        "Markdown is read as such where there is no doubt; --markup markdown reads all of it so."),
    # media
    "media-none": WarningKind(
        1, "docs/media.md", _no_library,
        "No media library in the export, and texts show {what}.",
        "--media download, or --media copy:DIR from a backup."),
    "media-missing": WarningKind(
        1, "docs/media.md", _missing,
        "Files that texts show and the media library does not name: {what}.",
        "Export All content; --media download asks for them, too."),
    "media-elsewhere": WarningKind(
        0, "docs/media.md", lambda look: listed({host: n for host, n in look.findings.hosts.items() if host}),
        "Pictures on other hosts: {what}.", "They stay where they are. Copy what is yours by hand."),
    "media-old-site": WarningKind(
        0, "docs/media.md", _on_the_old_site,
        "The files themselves are on the old site: {what}.",
        "--media download fetches them, --media copy:DIR takes a backup."),
    "featured-missing": WarningKind(
        1, "docs/media.md", None,
        "Featured images the export does not hold: {what}.",
        "Export the media library too, and convert both together.", "featured.missing"),
    # what is not public, and what is more than posts
    "protected": WarningKind(
        1, "docs/front-matter.md", _protected,
        "Behind a password: {what}.", "They become drafts, and the password is not written."),
    "drafts": WarningKind(
        0, "docs/front-matter.md", _drafts,
        "Not public: {what}.", "They become drafts. --status published leaves them out."),
    "comments": WarningKind(
        0, "docs/front-matter.md", _comments,
        "Comments: {what}.", "The public ones become data files; --comments none: none."),
    "kinds": WarningKind(
        0, "docs/front-matter.md", _types,
        "Post types of plug-ins: {what}.", "Each becomes a section. --types post,page takes these two only."),
    "types-hidden": WarningKind(
        1, "docs/privacy.md", lambda look: listed(+look.counts.not_public_types, 10),
        "Post types that nothing shows to have been public: {what}.",
        "They become drafts, or stay behind as records of people; --public-types NAME publishes a type.",
        "type.not-public type.looks-personal type.gated type.left-out"),
    "forms": WarningKind(
        1, "docs/constructs.md", None,
        "Forms and what was sent with them: {what}.", "A static site needs a form service."),
    "shop": WarningKind(
        1, "docs/constructs.md", None,
        "A shop: {what}.", "Products come along as pages; cart and orders do not."),
    # permalinks and languages
    "languages": WarningKind(
        0, "docs/languages.md", _languages,
        "Several languages: {what}.", "Each becomes one of the new site."),
    "languages-lost": WarningKind(
        1, "docs/languages.md", None,
        "Traces of {what}, which keeps languages where no export reaches.", "Look at the languages of the result."),
    "addresses-plain": WarningKind(
        1, "docs/addresses.md", _plain_permalinks,
        "Addresses are ids (?p=1): {what}.",
        "No file can stand there; give the site pretty addresses before the export."),
    "addresses-moved": WarningKind(
        0, "docs/addresses.md", None,
        "Items that moved once and are still redirected: {what}.",
        "Kept; --redirects nginx and others write them for a server."),
}  # fmt: skip


def permalinks(look: Look) -> str:
    """The structure that most published posts follow, and how many do; empty where none is found."""
    votes = look.counts.addresses
    if not votes:
        return ""
    pattern, count = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
    return f"{pattern} ({count:,} of {votes.total():,} posts)" if pattern and count * 2 > votes.total() else ""


def roles(look: Look) -> dict[str, Any]:
    """What is no content, by what becomes of it."""
    counts = look.counts
    found = {
        Role.MEDIA: counts.media,
        Role.MENU: counts.menu_entries,
        Role.INLINE: counts.inline,
        Role.PART: counts.parts,
    }
    return {str(role): count for role, count in found.items() if count}
