"""Comments: what is private is written only when asked for, and links lead nowhere that runs code."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.importers.wordpress.comments import read_comments
from converters.model.notices import Log
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests.support import Site, command, convert
from tests.wxr import export, item

COMMENT = {
    "id": 5,
    "approved": 1,
    "author": "Eve",
    "author_email": "eve@mail.example",
    "author_IP": "10.1.2.3",
    "content": "hi",
}
HELD = COMMENT | {"id": 6, "approved": 0, "author_email": "held@mail.example"}


def site_of(folder: Path, to: str, *, private: bool) -> Site:
    options = Options("wordpress", to, read=ReadOptions(comments_private=private))
    return convert(folder, export(item(1, comments=[COMMENT, HELD])), options=options)


@pytest.mark.parametrize("to", ["hugo", "jekyll", "json"])
@pytest.mark.parametrize("private", [False, True])
def test_addresses_are_written_only_when_asked_for(to: str, private: bool, tmp_path: Path) -> None:
    site = site_of(tmp_path, to, private=private)
    written = b"".join(path.read_bytes() for path in site.folder.rglob("*") if path.is_file())
    assert b"Eve" in written
    assert (b"eve@mail.example" in written) is private
    assert (b"10.1.2.3" in written) is private
    assert b"held@mail.example" not in written


def test_the_flag(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(export(item(1, comments=[COMMENT])))
    assert command("export.xml", "-o", "site", "--comments-private", cwd=tmp_path).returncode == 0
    assert "email: eve@mail.example" in (tmp_path / "site/data/comments/1.yaml").read_text().replace('"', "")


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://eve.example/", True),
        ("HTTP://eve.example/", True),
        (" http://eve.example/ ", True),
        ("javascript:alert(1)", False),
        ("java\nscript:alert(1)", False),
        ("data:text/html,x", False),
        ("vbscript:x", False),
        ("file:///etc/passwd", False),
        ("//eve.example/", False),
        ("", False),
    ],
)
def test_links_of_those_who_comment(url: str, kept: bool) -> None:
    [comment] = read_comments([{"wp:comment_approved": "1", "wp:comment_author_url": url}], Log(), None)
    assert comment.url == (url.strip() if kept else "")


@pytest.mark.parametrize(
    ("stored", "shown"),
    [
        ("Pat O&#039;Brien", "Pat O'Brien"),
        ("Bo &amp; Co", "Bo & Co"),
        ("&amp;lt;", "&lt;"),
        ("Ping &laquo; Pong", "Ping « Pong"),
    ],
)
def test_comment_author_entities(stored: str, shown: str) -> None:
    raw = {"wp:comment_approved": "1", "wp:comment_id": "1", "wp:comment_author": stored}
    assert read_comments([raw], Log("x"), None)[0].author == shown


@pytest.mark.parametrize(
    ("stored", "shown", "left_out"),
    [
        ("<h1>One</h1>two", "<h1>One</h1>\n<p>two</p>", []),
        ("<table class='x'><tr><th scope='col'>a</th><td colspan='2' style='color:red'>b</td></tr></table>",
         '<table><tbody><tr><th scope="col">a</th><td colspan="2">b</td></tr></tbody></table>', []),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "<dl><dt>a</dt><dd>b</dd></dl>", []),
        ('<ol start="8"><li value="9">a</li></ol>', '<ol start="8"><li value="9">a</li></ol>', []),
        ("<ins>a</ins> <kbd>b</kbd> <big>c</big>", "<p><ins>a</ins> <kbd>b</kbd> <big>c</big></p>", []),
        ('<acronym title="For The Win">ftw</acronym>', '<p><acronym title="For The Win">ftw</acronym></p>', []),
        ("<pre>a\n\n  b</pre>", "<pre>a  b</pre>", []),
        ('<img src="https://e.example/a.jpg" alt="a" onerror="x()">',
         '<p><img src="https://e.example/a.jpg" alt="a"/></p>', []),
        ('<img src="data:image/png;base64,AA==" alt="a">b', "<p>b</p>", []),
        ('a<iframe src="https://e.example/"></iframe>b', "<p>ab</p>", ["iframe"]),
        ("a<script>x()</script><style>b{}</style>", "<p>a</p>", []),
        ("<form>a<input><select><option>o</option></select></form>", "a", ["input", "select"]),
        ("it's \"so\"...", "<p>it’s “so”…</p>", []),
    ],
)  # fmt: skip
def test_comments_structure(stored: str, shown: str, left_out: list[str]) -> None:
    log = Log("x")
    raw = {"wp:comment_approved": "1", "wp:comment_id": "1", "wp:comment_content": stored}
    body = read_comments([raw], log, None)[0].body
    assert body.replace("\n", "") == shown.replace("\n", "")
    assert [notice.what for notice in log.notices if notice.code == "comments.element"] == left_out
