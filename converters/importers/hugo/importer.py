"""The importer: the way from an entry back to its page, its comments, and the files that come along."""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import msgspec

from converters.frontmatter import dates, yaml_read
from converters.importers.base import Importer
from converters.importers.hugo import files, lists, markup, post, recognizes
from converters.importers.hugo.addresses import language_folder
from converters.importers.hugo.config import NO_BASE, Config, get, with_zone
from converters.importers.hugo.files import ShortcodeTemplates
from converters.importers.hugo.survey import Survey
from converters.markdown.scan import shortcodes
from converters.model import PUBLIC, Comment, Entry, MarkdownBody, Post, Role, Site, Term
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.output import OutFile
from converters.plugin import SiteLookup, SourceFile, SurveySink
from converters.source_check import check_digest, file_name, there


class HugoImporter(Importer):
    """Reads Hugo's content. Texts stay the author's."""

    title = "Hugo site"
    brings_files = True

    def __init__(self, options: ReadOptions) -> None:
        super().__init__(options)
        self._config: Config | None = None
        self._templates: dict[int, ShortcodeTemplates] = {}
        self._known: dict[tuple[str, str, str], Term] | None = None

    @classmethod
    def recognizes(cls, path: Path, head: bytes) -> bool:
        return recognizes(path, head)

    def survey(self, sources: Sequence[SourceFile], sink: SurveySink) -> tuple[Site, Sequence[SourceFile]]:
        survey = Survey(sink, self.options)
        prepared = [survey.read(number, source) for number, source in enumerate(sources)]
        return survey.site(), prepared

    def read(self, entry: Entry, lookup: SiteLookup, log: Log) -> Post:
        number, path = entry.locator.source, entry.locator.path
        source = lookup.sources[number]
        if self._config is None:
            self._config = with_zone(lookup.site.settings or {}, self.options.time_zone)
        if number not in self._templates:
            self._templates[number] = msgspec.json.decode(source.prolog or b"{}", type=ShortcodeTemplates)
        file, shown = Path(source.path) / path, file_name(source, path)
        with there(shown):
            data = check_digest(file.read_bytes(), entry.locator.digest, shown)
        front, text = post.front_matter(data, file.name, self._config, log)
        _name_unknown(text, self._templates[number], log)
        ending = files.name(entry.source_path, self._config.codes).ending
        read_as = markup.options(self._config, entry.language, self._templates[number].hooks)
        body = MarkdownBody(text, files.MARKUP.get(ending, "goldmark"), read_as)
        found = _post(entry, front, body, self._config, lookup)
        found.comments = _comments(front, Path(source.path), log)
        found.terms = lists.named(found, self._terms(lookup.site))
        found.listing = lists.listing_of(entry, lookup.site) if found.kind == "page" else None
        return found

    def _terms(self, site: Site) -> dict[tuple[str, str, str], Term]:
        if self._known is None:
            self._known = {(term.taxonomy, term.slug, term.language): term for term in site.terms}
        return self._known

    def files(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
        """Static files from the root; those of a bundle below the URL of its page, if that is public."""
        taken: set[str] = set()
        for entry in lookup.entries():
            asset = lookup.asset(entry.id) if entry.role is Role.MEDIA and entry.source_path else None
            path = (asset.path or _beside_page(entry, lookup)) if asset is not None else ""
            if asset is not None and path and path not in taken:
                taken.add(path)
                owner = "" if asset.path else entry.parent
                yield OutFile(path, b"", copy=asset.file, stamp=entry.locator.stamp, of=owner)


def _post(entry: Entry, front: dict[str, Any], body: MarkdownBody, config: Config, lookup: SiteLookup) -> Post:
    return Post(
        id=entry.id,
        kind=entry.kind,
        status=entry.status,
        title=entry.title,
        body=body,
        slug=entry.slug,
        permalink=entry.permalink,
        former=post.former_of(
            front,
            entry.permalink.removeprefix(config.base_url or NO_BASE) or "/",
            language_folder(entry.language, config),
        ),
        guid=str(get(front, "guid") or get(front, "source_id") or ""),
        parent=entry.parent,
        order=post.number(front, "weight"),
        sticky=get(front, "sticky") is True,
        format=post.text(front, "post_format"),
        date=entry.date,
        modified=post.modified_of(front),
        authors=post.authors_of(front),
        language=entry.language,
        translations=lookup.translations(entry.id) if entry.group else {},
        translation_group=entry.group,
        excerpt=html.escape(post.text(front, "summary"), quote=False),
        terms=post.terms_of(front, config, entry.language),
        featured=post.featured_of(front),
        comments_open=get(front, "comments_open") is not False,
        seo=post.seo_of(front),
        params=post.params_of(front, config, entry.language),
        front=front,
    )


def _name_unknown(text: str, templates: ShortcodeTemplates, log: Log) -> None:
    """Name calls of shortcodes for which there is no template: Hugo would not build the page."""
    if "{{" not in text or (not templates.complete and templates.names):
        return
    known = files.BUILT_IN_SHORTCODES.union(templates.names)
    for name in dict.fromkeys(call.name for call in shortcodes.calls(text) if call.comment is None):
        if name not in known and not name.endswith((".html", ".inline")):
            log("shortcode.unknown", name)


def _comments(front: Mapping[str, Any], site: Path, log: Log) -> tuple[Comment, ...]:
    """The comments that a site written here keeps for a page, in `data/comments/SOURCE-ID.yaml`.

    None where there is no such file, or it cannot be read, which is noted.
    """
    id = str(get(front, "source_id") or "")
    if not re.fullmatch(r"[\w-]{1,64}", id):
        return ()
    file = site / "data/comments" / f"{id}.yaml"
    try:
        if not file.is_file() or file.is_symlink() or file.stat().st_size > DEFAULT.item_bytes:
            return ()
        rows = yaml_read.loads(file.read_text(encoding="utf-8"), log)
    except (OSError, ValueError) as error:
        log("frontmatter.unreadable", str(error)[:200], where=file.name)
        return ()
    return tuple(_comment(row) for row in rows if isinstance(row, Mapping)) if isinstance(rows, list) else ()


def _comment(row: Mapping[str, Any]) -> Comment:
    texts = {name: str(row.get(name) or "") for name in ("id", "parent", "kind", "author", "url", "body")}
    known = {**texts, "kind": texts["kind"] or "comment"}
    rating = row.get("rating")
    return Comment(**known, date=dates.parse(row.get("date")), rating=rating if isinstance(rating, int) else 0)


def _beside_page(entry: Entry, lookup: SiteLookup) -> str:
    """Where a file of a bundle is on the site; empty where its page is not public."""
    page = lookup.entry(entry.parent) if entry.parent else None
    place = lookup.place(entry.parent) if entry.parent else None
    if page is None or place is None or not place.url or page.status not in PUBLIC:
        return ""
    folder = page.source_path.rpartition("/")[0] + "/"
    if not entry.source_path.startswith(folder):
        return ""
    above = place.url if place.url.endswith("/") else posixpath.dirname(place.url) + "/"
    return unquote(above).strip("/") + "/" * bool(above.strip("/")) + entry.source_path[len(folder) :]
