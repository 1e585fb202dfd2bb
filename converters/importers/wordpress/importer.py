"""The importer: the survey of one or several export files, and the way from an entry back to its whole item."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import tzinfo
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from converters.importers.base import Importer
from converters.importers.shared.findings import Findings
from converters.importers.wordpress import recognizes
from converters.importers.wordpress.content import KNOWN, Context
from converters.importers.wordpress.content.companions.reach import Companions
from converters.importers.wordpress.content.context import TextBudget
from converters.importers.wordpress.content.own_rules import OwnRules
from converters.importers.wordpress.item import PostReader
from converters.importers.wordpress.qtranslate import JoinedLanguages, LanguageLinks, marked_languages
from converters.importers.wordpress.rawitem import RawItem
from converters.importers.wordpress.repair import ItemParser, Prolog
from converters.importers.wordpress.source_text import Elsewhere, Names, WordPressSource
from converters.importers.wordpress.split import Splitter
from converters.importers.wordpress.survey import ExportSurvey
from converters.model import Entry, HtmlBody, Locator, Post, Role, Site, Status
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.plugin import SiteLookup, SourceFile, SurveySink
from converters.source_check import changed, check_digest, there


class WordPressImporter(Importer):
    """Reads WXR. `survey` goes through the files once; `read` cuts one item out of its file again."""

    title = "WordPress export"
    custom_types = True
    backup_folders = ("wp-content/uploads", "uploads")

    def __init__(self, options: ReadOptions) -> None:
        super().__init__(options)
        self._zone: tzinfo | None = ZoneInfo(options.time_zone) if options.time_zone else None
        self._open: dict[int, tuple[Splitter, ItemParser]] = {}
        self._posts: dict[str, PostReader] = {}
        self._links: dict[str, LanguageLinks] = {}
        self._fields: dict[str, str] = {}
        self._rules = OwnRules(options.rules) if options.rules.of_content else None
        self._names = Names(KNOWN | (self._rules.names if self._rules is not None else frozenset()))

    @classmethod
    def recognizes(cls, path: Path, head: bytes) -> bool:
        return recognizes(path, head)

    def survey(self, sources: Sequence[SourceFile], sink: SurveySink) -> tuple[Site, Sequence[SourceFile]]:
        return _surveyed(ExportSurvey(sink, self.options, self._zone, _marked_languages(sources)), sources)

    def inspect(
        self, sources: Sequence[SourceFile], sink: SurveySink, findings: Findings
    ) -> tuple[Site, Sequence[SourceFile]]:
        from converters.importers.wordpress.inspect import Inspection

        inspection = Inspection(sink, self.options, self._zone, _marked_languages(sources), findings)
        surveyed = _surveyed(inspection, sources)
        inspection.conclude()
        return surveyed

    def read(self, entry: Entry, lookup: SiteLookup, log: Log) -> Post:
        site = lookup.site
        language = entry.language or (site.languages[0].code if site.languages else site.joined_languages)
        if language not in self._posts:
            zone = self._zone or (ZoneInfo(site.time_zone) if site.time_zone else None)
            self._posts[language] = PostReader(lookup, zone, language, comments_private=self.options.comments_private)
        item = self._item(entry.locator, lookup, log, language)
        moved = site.joined_languages not in ("", language)

        @cache
        def block_text(id: str) -> str | None:
            block = lookup.entry(lookup.meant(id, "wp_block"))
            if block is None or block.role is not Role.INLINE:
                return None
            if block.status is not Status.PUBLISHED:  # shows nothing in WordPress either (`render_block_core_block`)
                log("block.reusable-closed", id)
                return ""
            return self._item(block.locator, lookup, log, language)["content:encoded"]

        notes = item.first_meta("footnotes")
        budget = TextBudget(DEFAULT)
        companions = Companions(
            entry,
            item,
            lookup,
            read=lambda locator: self._item(locator, lookup, log, language),
            take=lambda size, what: budget.take(size, log, what, inclusion=True),
            definitions=self._fields,
        )
        context = Context(
            entry.id,
            lookup,
            log,
            block_text,
            notes,
            DEFAULT,
            rules=self._rules,
            budget=budget,
            companions=companions,
            language=language,
            markup=self.options.markup,
            flagged=item.first_meta("_wpcom_is_markdown") == "1",
        )
        post = self._posts[language].read(item, entry, context, log)
        if moved and language not in self._links:
            self._links[language] = LanguageLinks(lookup, language)
        links = self._links[language] if moved else None
        post.source = self._source(item, context, links)
        if links is not None and isinstance(post.body, HtmlBody):
            links.apply(post.body.root)
        return post

    def _source(self, item: RawItem, context: Context, links: LanguageLinks | None) -> WordPressSource:
        """The text as the export has it. What rules of the user show in their own way it does not look for."""
        rules, noted = self._rules, {notice.code for notice in context.log.notices}
        elsewhere = Elsewhere(moved=links.moved if links is not None else str)
        if rules is None or rules.of_block("block") is None:
            elsewhere = elsewhere._replace(block=context.block_text)
        if rules is None or not rules.has("gallery"):
            elsewhere = elsewhere._replace(asset=context.asset, attached=lambda: context.assets_of(context.post))
        source = WordPressSource(item["content:encoded"], self._names, elsewhere)
        source.add_footnotes(context.footnotes)
        source.is_loose = self.options.own.get("markup", "auto") == "markdown" or "markup.markdown" in noted
        source.is_whole = "content.too-much" not in noted
        return source

    def _item(self, locator: Locator, lookup: SiteLookup, log: Log, language: str) -> RawItem:
        if locator.source not in self._open:
            source = lookup.sources[locator.source]
            parser = ItemParser(Prolog(source.prolog, source.encoding))
            with there(source.name):
                self._open[locator.source] = Splitter(Path(source.path), name=source.name), parser
        splitter, parser = self._open[locator.source]
        name = lookup.sources[locator.source].name
        data = check_digest(splitter.read(locator.start, locator.end), locator.digest, name)
        element = parser.parse(data, log)
        if element is None:
            raise changed(name)
        item, default = RawItem(element), lookup.site.joined_languages
        return JoinedLanguages(default, lookup.site.base_url).item(item, language) if default else item


def _marked_languages(sources: Sequence[SourceFile]) -> tuple[str, ...]:
    """The languages that texts of the sources hold side by side, each between its marks."""
    return tuple(dict.fromkeys(code for source in sources for code in marked_languages(Path(source.path))))


def _surveyed(survey: ExportSurvey, sources: Sequence[SourceFile]) -> tuple[Site, Sequence[SourceFile]]:
    prepared = []
    for number, source in enumerate(sources):
        prolog = survey.read(number, source)
        prepared.append(replace(source, prolog=prolog.root, encoding=prolog.encoding))
    survey.settle()
    return survey.site(), prepared
