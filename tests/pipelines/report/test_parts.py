"""As many comments, terms, authors and descriptions out as in; what has no place is named with its number."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from converters.exporters.hugo import authors
from converters.exporters.hugo.terms import TermPages
from converters.exporters.site.exporter import SiteExporter
from converters.exporters.site.media_texts import MediaTexts
from converters.model.options import WriteOptions
from pipelines.report.parts import sentence
from pipelines.run.carry import Options
from tests.support import Site, convert
from tests.wxr import export, item

_HEAD = """<wp:author><wp:author_id>2</wp:author_id><wp:author_login>bo</wp:author_login>
<wp:author_display_name>bo</wp:author_display_name><wp:author_first_name>Bo</wp:author_first_name>
<wp:author_last_name>Smith</wp:author_last_name><wp:usermeta><wp:meta_key>nickname</wp:meta_key>
<wp:meta_value>b</wp:meta_value></wp:usermeta></wp:author>
<wp:category><wp:term_id>2</wp:term_id><wp:category_nicename>c</wp:category_nicename><wp:cat_name>C</wp:cat_name>
<wp:termmeta><wp:meta_key>color</wp:meta_key><wp:meta_value>red</wp:meta_value></wp:termmeta>
<wp:termmeta><wp:meta_key>_cache</wp:meta_key><wp:meta_value>1</wp:meta_value></wp:termmeta></wp:category>"""
_RATED = """<wp:comment><wp:comment_id>12</wp:comment_id><wp:comment_author>Cy</wp:comment_author>
<wp:comment_content>Fine</wp:comment_content><wp:comment_approved>1</wp:comment_approved>
<wp:commentmeta><wp:meta_key>rating</wp:meta_key><wp:meta_value>5</wp:meta_value></wp:commentmeta>
<wp:commentmeta><wp:meta_key>phone</wp:meta_key><wp:meta_value>555</wp:meta_value></wp:commentmeta></wp:comment>"""


def _comment(id: int, approved: str = "1") -> dict[str, Any]:
    return {"id": id, "author": "Bob", "content": "Nice", "approved": approved}


def _source() -> str:
    post = item(
        1,
        slug="post",
        content='a <a href="https://other.example/" target="_blank">b</a>\n\n<!--nextpage-->\n\nc',
        terms=[("category", "c", "C")],
        comments=[_comment(10), _comment(11, "0")],
        meta={"_wp_page_template": "onecolumn.php"},
        raw=_RATED,
    )
    media = item(
        7,
        type="attachment",
        url="https://old.example/wp-content/uploads/s.jpg",
        content="A <em>long</em> description.<script>x</script>",
        comments=[_comment(13)],
    )
    draft = item(8, slug="draft", status="draft")
    hidden = item(9, type="attachment", parent=8, content="Secret", comments=[_comment(14)],
                  url="https://old.example/wp-content/uploads/t.jpg")  # fmt: skip
    trash = item(10, slug="gone", status="trash", comments=[_comment(15)])
    return export(post, media, draft, hidden, trash, head=_HEAD)


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
def test_silent_losses(tmp_path: Path, target: str) -> None:
    site = convert(tmp_path, _source(), options=Options("wordpress", target))
    sums = site.outcome.account.parts
    assert sums["comments"]["source"] == 6
    assert not [kind for kind, counts in sums.items() if "missing" in counts]
    assert {kind: counts["source"] for kind, counts in sums.items()} == {
        "comments": 6, "terms": 1, "authors": 2, "media descriptions": 2}  # fmt: skip
    codes = {"author.names": 1, "author.fields": 1, "comments.fields": 1, "term.fields": 1, "content.pages": 1}
    assert codes.items() <= site.outcome.account.notices.items()
    assert "sum.missing" not in site.outcome.account.notices


def test_what_has_a_place(tmp_path: Path) -> None:
    site = convert(tmp_path, _source())
    assert site.front("content/posts/post.md")["template"] == "onecolumn.php"
    assert site.front("content/categories/c/_index.md")["params"] == {"color": "red"}
    assert "rating: 5" in site.text("data/comments/1.yaml")
    assert "555" not in site.text("data/comments/1.yaml")
    assert "<p>Nice</p>" in site.text("data/comments/7.yaml")
    media = site.text("data/media.yaml")
    assert "A <em>long</em> description." in media
    assert "<script" not in media
    assert "Secret" not in media
    assert not (site.folder / "data/comments/9.yaml").exists()
    assert site.notices("media.texts")[0]["what"] == "1 descriptions, 1 comments"
    assert site.notices("link.attributes")[0]["what"] == "1"


def test_comments_that_nobody_wants_are_counted(tmp_path: Path) -> None:
    options = Options("wordpress", "hugo", write=WriteOptions(comments="none"))
    sums = convert(tmp_path, _source(), options=options).outcome.account.parts
    assert sums["comments"]["written"] == 0
    assert "missing" not in sums["comments"]


def _one_less(site: Site, kind: str) -> None:
    assert site.outcome.account.parts[kind]["missing"] == 1
    assert "1 MISSING" in sentence(site.outcome.account.parts)
    assert [notice["what"].partition(":")[0] for notice in site.notices("sum.missing")] == [kind]


def test_a_comment_that_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = SiteExporter.comment_rows
    monkeypatch.setattr(
        SiteExporter, "comment_rows", lambda self, all: list(rows(self, all))[: len(all) - (len(all) > 1)]
    )
    _one_less(convert(tmp_path, _source()), "comments")


def test_a_term_that_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TermPages, "_take", lambda *of: None)
    _one_less(convert(tmp_path, _source()), "terms")


def test_an_author_that_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authors, "nicenames", lambda site: {author.login: "x" for author in site.authors})
    _one_less(convert(tmp_path, _source()), "authors")


def test_a_description_that_is_not_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def comments(self: MediaTexts) -> Any:
        yield from original(self)
        self.rows.clear()

    original = MediaTexts.comments
    monkeypatch.setattr(MediaTexts, "comments", comments)
    _one_less(convert(tmp_path, _source()), "media descriptions")
