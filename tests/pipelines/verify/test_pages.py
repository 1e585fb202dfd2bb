"""What the guard asks of a page of HTML, and what it does not: see `converters/verify/page_source.py`."""

from __future__ import annotations

import pytest
import turbohtml

from converters.html import tree
from converters.importers.html.left_out import LeftOut, Why
from converters.model import Comment, HtmlBody, Post, Status
from converters.model.notices import Log
from converters.verify import guard
from converters.verify.page_source import PageSource
from converters.verify.shown import of_page, of_tree
from converters.verify.source_facts import lost_facts
from converters.verify.urls_told import told
from tests.limits import budget


def of(html: str, post: str, *left_out: str) -> tuple[Post, Log]:
    """A post that was made of a page, from which these pieces were left out."""
    log = Log("1")
    left = LeftOut(log)
    for piece in left_out:
        left.add(piece)
    body = turbohtml.parse(html).select_one("body")
    assert body is not None
    made = Post("1", "page", Status.PUBLISHED, "T", HtmlBody(tree.parse(post)))
    made.source = PageSource(of_page(body), left.gone, left.comments)
    return made, log


def words(html: str, post: str, *left_out: str) -> str:
    return " ".join(guard.lost_words(*of(html, post, *left_out)))


def things(html: str, post: str, *left_out: str) -> list[tuple[str, str]]:
    return [(fact.kind, fact.old) for fact in lost_facts(*of(html, post, *left_out))]


LONG = "The keeper rows out at dusk and lights the lamp before the fog comes in"

WORDS = (
    # there, in another form
    (f"<div>{LONG}<br>and waits</div>", f"<p>{LONG}</p><p>and waits</p>", (), ""),
    ("un<em>der</em>line", "<p>underline</p>", (), ""),
    ("<h1>BIG WORDS</h1>", "<h1>Big words</h1>", (), ""),
    ("<p>one</p><p>two</p>", "<p>two</p><p>one</p>", (), ""),
    ("<p><style>a</style><script>b</script><template>c</template><noscript>d</noscript>", "", (), ""),
    ("<p hidden>a</p><div style='display: none'>b</div>", "", (), ""),
    ("<video>no film here</video><iframe src=x>none</iframe>", "", (), ""),
    ("<pre>1\n2\n3</pre><pre>if x:\n  y</pre>", "<pre>if x:\n  y</pre>", (), ""),
    ("<pre><i>12</i>a = b</pre>", "<pre>a = b</pre>", (), ""),
    ("<pre>a = b</pre><button>Copy code</button>", "<pre>a = b</pre>", (), ""),
    ('<span class="katex"><math><mi>x</mi></math></span>', "<p>x</p>", (), ""),
    # left out by name
    ("<nav>Home About us</nav><p>text</p>", "<p>text</p>", ("<nav>Home About us</nav>",), ""),
    ("<p>go <a>Share this</a> on</p>", "<p>go on</p>", ("Share this",), ""),
    # gone
    (f"<p>{LONG}</p>", "<p>other</p>", (), LONG),
    ("<p>a</p><p>a</p>", "<p>a</p>", (), "a"),
    (f"<p>{LONG}</p>", "<p>other</p>", (" ".join(reversed(LONG.split())),), LONG),
    ("<p>The lamp is lit at dusk</p>", "<p>The lamp is lit</p>", (), "at dusk"),
    ("<table><tr><td>left<td>right</table>", "<table><tr><td>left</td></tr></table>", (), "right"),
    ("<figure><img src=a.png><figcaption>A lamp</figcaption></figure>", "<img src='a.png'>", (), "A lamp"),
    ("text of nobody<p>b</p>", "<p>b</p>", (), "text of nobody"),
    ("<pre>a = 1\nb = 2</pre>", "<pre>a = 1</pre>", (), "b 2"),
    ("<button>Read the rest of it</button>", "", (), "Read the rest of it"),
    ("<p>7</p>", "", (), "7"),
)


@pytest.mark.parametrize(("html", "post", "left_out", "lost"), WORDS)
def test_words(html: str, post: str, left_out: tuple[str, ...], lost: str) -> None:
    assert words(html, post, *left_out) == lost


THINGS = (
    ('<a href="/b/c/">x</a>', '<a href="https://new.example/c/">x</a>', ()),
    ('<a href="/old/1.html">x</a>', '<a href="/2020/new/">x</a>', ()),
    ('<a href="#top">x</a><a href="javascript:f()">y</a><a href="/c/"></a>', "<p>xy</p>", ()),
    ('<a href="/b/c/">x</a>', "<p>x</p>", (("link", "/b/c/"),)),
    ('<a href="/b/">x</a><a href="/b/">x</a>', '<a href="/b/">x</a>', (("link", "/b/"),)),
    ('<a href="/big.jpg"><img src="small.jpg"></a>', '<img src="small.jpg">', (("link", "/big.jpg"),)),
    ('<img src="a-300x200.jpg">', '<img src="/files/a.jpg">', ()),
    ('<img src="data:image/gif;base64,R0lGOD" data-src="/a.jpg">', '<img src="/a.jpg">', ()),
    ('<img src="/x/a.jpg">', "", (("image", "/x/a.jpg"),)),
    ('<img src="/x/a.jpg"><img src="/x/a.jpg">', '<img src="/x/a.jpg">', (("image", "/x/a.jpg"),)),
    ('<img src="count.gif" width="1" height="1">', "", ()),
    ('<img src="a.jpg" alt="A lamp">', '<img src="a.jpg">', (("image text", "A lamp"),)),
    ("<pre>a\n  b = {}</pre>", "<pre>a\n  b = {}</pre>", ()),
    ("<pre>a\n  b = {}</pre>", "<pre>a\n  b = </pre>", (("code", "b = {}"),)),
    ("<h2>Tools</h2>", "<p>Tools</p>", (("heading", "Tools"),)),
    (
        '<iframe src="https://www.youtube.com/embed/abc123defgh?rel=0"></iframe>',
        '<figure class="embed" data-url="https://www.youtube.com/watch?v=abc123defgh"></figure>',
        (),
    ),
    ('<iframe src="https://maps.example/e/77"></iframe>', "", (("embed", "https://maps.example/e/77"),)),
    ('<audio src="/bell.mp3"></audio>', "", (("media", "/bell.mp3"),)),
)


@pytest.mark.parametrize(("html", "post", "lost"), THINGS)
def test_things(html: str, post: str, lost: tuple[tuple[str, str], ...]) -> None:
    assert tuple(things(html, post)) == lost


def test_what_was_left_out_takes_its_links_and_images_along() -> None:
    piece = '<aside><a href="/b/">b</a><img src="/a.jpg" alt="A lamp"></aside>'
    assert not things(piece, "", piece)
    assert things(piece, "") == [("link", "/b/"), ("image", "/a.jpg")]


def test_comments_have_to_say_what_the_page_shows() -> None:
    html = f'<ol><li><b>Ana</b> <a href="#r">Reply</a><p>{LONG}</p></li></ol>'
    post, log = of(html, "<p>a post</p>")
    left = LeftOut(log)
    left.add(html, Why.COMMENTS)
    assert isinstance(post.source, PageSource)
    post.source = PageSource(of_tree(tree.parse(html)), left.gone, left.comments)
    assert " ".join(guard.lost_words(post, log)) == LONG
    post.comments = (Comment("1", "", "comment", "Ana", "", None, f"<p>{LONG}</p>"),)
    assert not guard.lost_words(post, log)


def test_what_steps_took_out_and_named_is_not_asked_for() -> None:
    post, log = of("<p>kept</p><p>A note of the author</p>", "<p>kept</p>")
    log.leave_out("<p>A note of the author</p>")
    assert not guard.lost_words(post, log)


def test_the_notice_says_where_it_was() -> None:
    post, log = of('<main id="story"><p>here</p><p>A lost one</p></main>', "<p>here</p>")
    guard.watch(post, log)
    (notice,) = log.notices
    assert notice.code == guard.CODE
    assert notice.what == "A lost one"
    assert "#story" in notice.where


URLS = (
    ("https://a.example/b/photo-300x200.jpg?x=1", "../photo.jpeg"),
    ("/b/index.html", "https://other.example/b/"),
    ("//cdn.example/a%20b.png", "a b.png"),
)


@pytest.mark.parametrize(("one", "other"), URLS)
def test_one_thing_under_two_urls(one: str, other: str) -> None:
    assert told(one) == told(other) != ""


@pytest.mark.parametrize("piece", ["<p>w{n} x{n}</p>", "<b>", '<a href="/{n}">l{n}</a>', "<pre>c{n}\nd</pre>", "t{n} "])
def test_time_is_linear(piece: str) -> None:
    html = "".join(piece.replace("{n}", str(number)) for number in range(10_000))
    with budget(seconds=4):
        post, log = of(html, "<p>another text</p>")
        guard.lost_words(post, log)
        lost_facts(post, log)


MARKS = (
    ('<p>Oil<sup><a href="#n7">[n 7]</a></sup></p>', '<p>Oil<sup><a href="#n7">3</a></sup></p>'),
    ('<p>Oil<sup><a href="https://a.example/p#n7">7</a></sup></p>', '<p>Oil<sup><a href="#n7">1</a></sup></p>'),
    ('<p>Oil</p><li><a href="#r1"><b>a</b></a> <a href="#r2"><b>b</b></a> A book</li>', "<p>Oil</p><li>A book</li>"),
)


@pytest.mark.parametrize(("html", "post"), MARKS)
def test_notes_are_numbered_anew(html: str, post: str) -> None:
    assert words(html, post) == ""
    assert not things(html, post)


def test_words_that_lead_within_the_page_are_words() -> None:
    assert words('<p>Oil <a href="#fig-12">figure 12</a></p>', "<p>Oil</p>") == "figure 12"
