"""`OnePass`: what is yielded comes back whole, in any order, and memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest

from converters.errors import PluginError
from converters.html import tree
from converters.importers.base import OnePass
from converters.model import (
    Asset,
    Comment,
    Entry,
    HtmlBody,
    MarkdownBody,
    Post,
    Role,
    Seo,
    Site,
    Status,
    Term,
)
from converters.model.notices import Log, Notice
from converters.model.options import ReadOptions
from converters.plugin import SourceFile
from pipelines.run.index import Index, IndexWriter

ALL = ReadOptions()
WHEN = datetime(2024, 5, 1, 8, 30, tzinfo=timezone(timedelta(hours=2)))


def post(id: str, **more: object) -> Post:
    body = HtmlBody(tree.parse(f"<p>Post <b>{id}</b> &amp; more<br>x</p>"))
    return Post(id, "post", Status.PUBLISHED, f"Title {id}", body, slug=id, **more)  # type: ignore[arg-type]


class Given(OnePass):
    """Yields what a test gives it."""

    given: Iterable[Post] = ()

    def posts(self, sources: Sequence[SourceFile], log: Log) -> Iterator[Post]:
        for one in self.given:
            if one.slug == "odd":
                log("shortcode.unknown", "colour")
            yield one
        log("source.skipped", "the rest")

    def site(self) -> Site:
        return Site(title="Given")


def surveyed(folder: Path, posts: Iterable[Post], options: ReadOptions = ALL) -> tuple[Given, Index, Log]:
    importer, writer = Given(options), IndexWriter(folder / "index.db")
    importer.given = posts
    site, sources = importer.survey((), writer)
    writer.finish_survey(site, sources)
    log = writer.log
    writer.close()
    return importer, Index(folder / "index.db"), log


def test_a_post_comes_back_whole(tmp_path: Path) -> None:
    full = post(
        "a",
        date=WHEN,
        modified=WHEN.astimezone(UTC),
        former=("/old/",),
        authors=("ada",),
        terms=(Term("category", "tea", "Tea"),),
        featured=Asset("1", "/a.png", alt="An \u00c4"),
        comments=(Comment("1", "", "comment", "Ben", "", WHEN, "<p>Yes</p>"),),
        seo=Seo(title="T", keywords=("x",)),
        params={"stars": 4, "list": ["a", {"b": None}]},
    )
    markdown = Post("m", "page", Status.DRAFT, "M", MarkdownBody("*m*", "gfm"), slug="m")
    importer, index, log = surveyed(tmp_path, [full, markdown])
    found = [importer.read(entry, index, Log()) for entry in reversed(list(index.entries()))]
    assert found[0] == markdown
    assert isinstance(found[1].body, HtmlBody)
    assert isinstance(full.body, HtmlBody)
    assert tree.inner_html(found[1].body.root) == tree.inner_html(full.body.root)
    full.body = found[1].body
    assert found[1] == full
    assert found[1].date is not None
    assert found[1].date.utcoffset() == timedelta(hours=2)
    assert index.site == Site(title="Given", kinds=("post", "page"), terms=full.terms, authors=index.site.authors)
    assert [author.login for author in index.site.authors] == ["ada"]
    assert log.notices == [Notice("source.skipped", "", "the rest")]


def test_what_is_logged_before_a_post_is_of_that_post(tmp_path: Path) -> None:
    _, index, _ = surveyed(tmp_path, [post("a"), post("odd"), post("b"), slugged("odd", "c")])
    by_id: dict[str, list[Notice]] = {entry.id: notices for entry, notices in index.work()}
    assert {id: [notice.what for notice in notices] for id, notices in by_id.items() if notices} == {
        "odd": ["colour"],
        "c": ["colour"],
    }


def slugged(slug: str, id: str) -> Post:
    copy = post(id)
    copy.slug = slug
    return copy


def test_what_is_not_requested_is_left_out(tmp_path: Path) -> None:
    draft = post("d")
    draft.status = Status.DRAFT
    _, index, _ = surveyed(tmp_path, [post("a"), draft], ReadOptions(statuses=("published",)))
    left: list[Entry] = list(index.entries(Role.EXCLUDED))
    assert [entry.id for entry in left] == ["d"]


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    with pytest.raises(PluginError, match="Two posts have the id 'a'"):
        surveyed(tmp_path, [post("a"), post("a")])


def test_what_json_cannot_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotImplementedError, match="complex cannot be kept"):
        surveyed(tmp_path, [post("a", params={"x": 1j})])
