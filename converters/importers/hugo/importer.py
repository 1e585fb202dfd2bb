"""The importer: what it takes for a Hugo site, and the way from an entry back to its page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from converters.frontmatter import read
from converters.importers.hugo import files, post, public
from converters.importers.hugo.comments import comments_of
from converters.importers.hugo.config import Config, get, with_zone
from converters.importers.hugo.names import CALLS, Known
from converters.importers.hugo.recognize import recognizes
from converters.importers.hugo.survey import Survey
from converters.importers.hugo.text import text_of
from converters.markdown.scan import shortcodes
from converters.model import Entry, MarkdownBody, Post, Site
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.output import OutFile
from converters.plugin import SiteLookup, SourceFile, SurveySink
from converters.source_check import check_digest, file_name, there


class HugoImporter:
    """Reads Hugo's content. Texts stay the author's."""

    def __init__(self, options: ReadOptions) -> None:
        self._options = options
        self._config: Config | None = None
        self._known: dict[int, Known] = {}

    @classmethod
    def recognizes(cls, path: Path, head: bytes) -> bool:
        return recognizes(path, head)

    def survey(self, sources: Sequence[SourceFile], sink: SurveySink) -> tuple[Site, Sequence[SourceFile]]:
        survey = Survey(sink, self._options)
        prepared = [survey.read(number, source) for number, source in enumerate(sources)]
        return survey.site(), prepared

    def read(self, entry: Entry, lookup: SiteLookup, log: Log) -> Post:
        source = lookup.sources[entry.locator.source]
        if self._config is None:
            self._config = with_zone(lookup.site.settings or {}, self._options.time_zone)
        if entry.locator.source not in self._known:
            self._known[entry.locator.source] = msgspec.json.decode(source.prolog or b"{}", type=Known)
        file = Path(source.path) / entry.locator.path
        called = file_name(source, entry.locator.path)
        with there(called):
            data = check_digest(file.read_bytes(), entry.locator.digest, called)
        matter = read.read(text_of(data, file.name, log), log)
        front = post.ordered(matter.values, self._config, log, broken=matter.broken)
        name = files.name(entry.home.rpartition("/")[2], self._config.codes)
        _name_unknown(matter.text, self._known[entry.locator.source], log)
        body = MarkdownBody(matter.text, files.MARKUP.get(name.ending, "goldmark"))
        found = _post(entry, front, body, self._config, lookup)
        found.comments = comments_of(front, Path(source.path), log)
        return found

    def files(self, lookup: SiteLookup, log: Log) -> Iterator[OutFile]:
        """What the site publishes as it is, for targets of other kinds."""
        return public.files(lookup)


def _post(entry: Entry, front: dict[str, Any], body: MarkdownBody, config: Config, lookup: SiteLookup) -> Post:
    weight, type = get(front, "weight"), get(front, "post_format")
    source_id = get(front, "source_id")
    return Post(
        id=entry.id,
        kind=entry.kind,
        status=entry.status,
        title=entry.title,
        body=body,
        slug=entry.slug,
        permalink=entry.permalink,
        former=post.former_of(front, _path(entry.permalink, config)),
        guid=str(get(front, "guid") or source_id or ""),
        parent=entry.parent,
        order=weight if isinstance(weight, int) else 0,
        sticky=get(front, "sticky") is True,
        format=type if isinstance(type, str) else "",
        date=entry.date,
        modified=post.modified_of(front),
        authors=post.authors_of(front),
        language=entry.language,
        translations=lookup.translations(entry.id) if entry.group else {},
        translation_group=entry.group,
        excerpt=post.excerpt_of(front),
        terms=post.terms_of(front, config),
        featured=post.featured_of(front),
        comments_open=get(front, "comments_open") is not False,
        seo=post.seo_of(front),
        params=post.params_of(front, config),
        front=front,
    )


def _path(permalink: str, config: Config) -> str:
    return permalink.removeprefix(config.base_url or "https://example.org") or "/"


def _name_unknown(text: str, known: Known, log: Log) -> None:
    """Name calls of shortcodes for which there is no template: Hugo would not build the page."""
    if "{{" not in text or (not known.closed and known.templates):
        return
    for name in dict.fromkeys(call.name for call in shortcodes.calls(text) if call.comment is None):
        if name not in CALLS and name not in known.templates and not name.endswith(".html"):
            log("shortcode.unknown", name)
