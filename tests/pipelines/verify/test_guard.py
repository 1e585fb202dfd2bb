"""The guard for words, and what `--verify` looks for in the source: see `converters/verify/guard.py`."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from converters.html import tree
from converters.importers.wordpress import content
from converters.importers.wordpress.source_text import Elsewhere, Names, WordPressSource
from converters.model import Asset, HtmlBody, Post, Status
from converters.model.notices import Log
from converters.verify import guard
from converters.verify.html_facts import html_facts
from converters.verify.html_source import HtmlSource, letters, printed
from converters.verify.source_facts import Inventory, lost_facts
from pipelines.run.carry import Options, Result
from pipelines.run.convert import in_memory
from pipelines.run.job import Job
from tests.damages import planted_in_steps
from tests.pipelines.verify.lossy import LOSSES, STEPS, _Lossy
from tests.pipelines.verify.planted import FIXTURES
from tests.wxr import export, item

NAMES = Names(content.KNOWN)


def lost(raw: str, html: str, *left_out: tuple[str, str]) -> str:
    """The words that the guard misses in a post that was made of the raw text."""
    log = Log()
    for before, after in left_out:
        log.leave_out(before, after)
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse(html)))
    post.source = WordPressSource(raw, NAMES)
    return " ".join(guard.lost_words(post, log))


def converted(folder: Path, target: str, *texts: str) -> list[Result]:
    source = folder / "export.xml"
    source.write_text(export(*(item(number, content=text) for number, text in enumerate(texts, 1))), encoding="utf-8")
    job = Job((str(source),), "unused", Options("wordpress", target, verify=True), dry_run=True)
    with in_memory(job) as work:
        carrier = work.carrier()
        return [carrier.carry(entry) for entry, _ in work.index.work()]


WORDS = (
    ("A (0<f<20), <b>x</b>", "A 0 f 20 x"),
    ("List<string> and #include <stdio.h>", "List string and include stdio h"),
    ("if (a <b and c> d)", "if a b and c d"),
    ("<td nowrap>k</td><hr noshade>l", "k l"),
    ('<img alt="5 > 4" src=x>q', "q"),
    ("un<em>der</em>line<br/>next", "underline next"),
    ('<!-- wp:x {"a":"b"} -->c<!-- /wp:x --><!--more d-->', "c"),
    ("<!-- without an end, a text", "without an end a text"),
    ("<script>var a;</script>b<style>c</style><title>d</title>", "b"),
    ("<o:p>a</o:p><my-box>b</my-box><foo>c", "ab foo c"),
    ("caf&eacute; &amp;lt;b&amp;gt; R&amp;D", "café b R D"),
    ("<a@b.example> <http://c.example/x>", "a b example x"),
    ('<mx:App xmlns:mx="http://example.org/ns">', "mx App xmlns mx ns"),
    ("3x4 (tm) 5×6 ™", "3x4 tm 5x6 tm"),
)


@pytest.mark.parametrize(("html", "words"), WORDS)
def test_the_words_that_somebody_wrote(html: str, words: str) -> None:
    source = HtmlSource(html)
    lines = list(source.lines())
    assert " ".join(word for line in lines for word in line.words) == words
    if not any(line.may_be_value for line in lines):
        assert letters(printed(source.shown)) == words.replace(" ", "")


LOST = (
    # what is there, in another form
    ("a <b>c</b>d", "<p>a <em>cd</em></p>", ""),
    ("one\n\ntwo", "<ul><li>one</li><li>two</li></ul>", ""),
    ("A line that is long enough to move.\n\nOne.", "<p>One.</p><p>A line that is long enough to move.</p>", ""),
    ("before (a note of words) behind", "<p>before 1 behind</p><p>a note of words</p>", ""),
    ("see [gallery ids='1'] a cat", "<p>see</p><figure>a caption</figure><p>a cat</p>", ""),
    ("[youtube]dQw4w9WgXcQ[/youtube]", "<figure class='embed' data-id='dQw4w9WgXcQ'></figure>", ""),
    ("https://youtu.be/dQw4w9WgXcQ", "<figure class='embed' data-id='dQw4w9WgXcQ'></figure>", ""),
    ("a $latex x^2$ b", "<p>a <img alt='x^2' src='y'> b</p>", ""),
    ("[vc_raw_html]PHA+aGVsbG88L3A+[/vc_raw_html]", "<p>hello</p>", ""),
    ("[su_note color='red']a[/su_note]", "<div>a</div>", ""),
    ("[unknown x='y']a", "<p>[unknown x='y']a</p>", ""),
    ("a <svg><marker id='m' refX='9'><path d='M0'/></marker></svg> b", "<p>a b</p>", ""),
    ("<pre>$a = '[quote]'.$message->content.'[/quote]\\n';\n$content = $message->id;\n$message = 1;</pre>",
     "<pre>$a = '[quote]'.$message-&gt;content.'[/quote]\\n';\n$content = $message-&gt;id;\n$message = 1;</pre>", ""),
    ("in code with \\n the cat", "<p>in code with \\n the cat</p>", ""),
    ("in code with \\n a line ends with n", "<p>in code with \\n a line ends with</p>", ""),
    ("in code with \\d a line ends with n", "<p>in code with \\d a line ends with</p>", "n"),
    ("a <a href='/x'><i class='fa fa-x'></i></a> b or <i></i> me", "<p>a <a href='/x'>Xyz</a> b or Other me</p>", ""),
    ("a [link](/x/) and [gallery] [[gallery]]", "<p>a [link](/x/) and [[gallery]]</p>", ""),
    # what is not
    ("a [link](/x/) and a link", "<p>a [link](/x/) and a</p>", "link"),
    ("3x4 (tm)", "<p>3×4</p>", "tm"),
    ("[vc_custom_heading text='A heading here']", "<p>A here</p>", "A heading here"),
    ("a line ends with n", "<p>a line ends with</p>", "n"),
    ("one two three", "<p>one three</p>", "two"),
    ("the cat and the dog", "<p>the cat and dog</p>", "the"),
    ("the cat and the dog", "<p>the cat and dog</p><figure>the caption</figure>", "the"),
    ("one two", "<p>one</p>", "two"),
    ("one\n\ntwo two", "<p>two two</p>", "one"),
    ("[unknown x='y']a", "<p>a</p>", "unknown x y"),
    ("[youtube]dQw4w9WgXcQ[/youtube]", "<p></p>", "dQw4w9WgXcQ"),
    ("a $latex \\frac{a}{b}$ b", "<p>a b</p>", "frac a b"),
    ("[caption caption='The old form']<img src='x'>[/caption]", "<img src='x'>", "The old form"),
    ("&lt;br&gt; breaks", "<p>&lt;br&gt;</p>", "breaks"),
    # the reports of what a parser swallows
    ("f (0<f<20), the number.\n\n<h2>Output</h2>\nEnd", "<p>f (0&gt;</p><h2>Output</h2><p>End</p>", "f 20 the number"),
    ("i<list.length ; i++) { go( list[i] ); }\nif (a>b)", "<p>i</p><p>b)</p>", "list length i go list i if a"),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "html", "words"), LOST)
def test_the_words_that_are_lost(raw: str, html: str, words: str) -> None:
    assert lost(raw, html) == words


BLOCKS = {"7": "<p>Hold on to your hat.</p>", "8": 'Once <!-- wp:block {"ref":7} /--><!-- wp:block {"ref":8} /-->'}
FILES = {
    id: Asset(id, f"/{id}.jpg", caption=caption, type="image/jpeg")
    for id, caption in (("1", "Built in <em>eleven</em> winters"), ("2", ""), ("3", "Forty metres"))
}
HAT = "<p>Hold on to your hat.</p>"
ELSEWHERE = (
    # text, what is made of it, the words that are lost
    ('<!-- wp:block {"ref":7} /-->a<!-- wp:block {"ref":7} /-->', f"{HAT}a{HAT}", ""),
    ('<!-- wp:block {"ref":7} /-->a<!-- wp:block {"ref":7} /-->', f"{HAT}a<p>Hold on your hat.</p>", "to"),
    ('<!-- wp:block {"ref":8} /-->', f"Once {HAT}", ""),
    ('<!-- wp:block {"ref":8} /-->', "Once", "Hold on to your hat"),
    ('[reblex id="7"]', HAT, ""),
    ('[reblex id="7"]', "<p></p>", "Hold on to your hat"),
    ('<!-- wp:social-link {"url":"https://a.example","label":"The Gull on it"} /-->', "<a>The Gull on it</a>", ""),
    ('<!-- wp:social-link {"url":"https://a.example","label":"The Gull on it"} /-->', "<a>The on it</a>", "Gull"),
    ('<!-- wp:social-link {"label":"The Gull on it"} /-->', "<p></p>", ""),
    ('[gallery ids="1,2"] [gallery ids="3,1"]', "Built in eleven winters Forty metres Built in eleven winters", ""),
    ('[gallery ids="1,2"] [gallery ids="3,1"]', "Built in eleven winters Forty metres Built eleven winters", "in"),
    ("[gallery]", "Built in eleven winters Forty metres", ""),
    ("[gallery]", "Built in eleven winters", "Forty metres"),
    ('[gallery exclude="3"]', "Built in eleven winters", ""),
    ('see [gallery ids="1"]', "see <code>[gallery ids=&quot;1&quot;]</code>", ""),
)


@pytest.mark.parametrize(("raw", "html", "words"), ELSEWHERE)
def test_what_a_text_shows_from_elsewhere_counts_each_time(raw: str, html: str, words: str) -> None:
    source = WordPressSource(raw, NAMES, Elsewhere(BLOCKS.get, FILES.get, lambda: list(FILES.values())))
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse(html)), source=source)
    assert " ".join(guard.lost_words(post, Log())) == words


LIBRARY = {id: Asset(id, f"/{id}.jpg", alt=f"Text {id}", type="image/jpeg") for id in "12"}
LIBRARY["3"] = Asset("3", "/3.pdf", alt="A file", type="application/pdf")
ONE, TWO = '<img src="/1.jpg" alt="Text 1">', '<img src="/2.jpg" alt="Text 2">'
BY_NUMBER: tuple[tuple[str, str, list[str]], ...] = (
    # text, what is made of it, what is lost
    ('[vc_single_image image="1"]', ONE, []),
    ('[vc_single_image image="1|full"]', "<img src='/1.jpg'>", ["image text"]),
    ('[vc_single_image image="1"]', "<p></p>", ["image"]),
    ('[vc_single_image image="1" alt="Of its own"]', ONE, ["image text"]),
    ('[vc_single_image image="1"] [vc_single_image image="1"]', f"{ONE}<img src='/1.jpg'>", ["image text"]),
    ('[vc_gallery images="1, 2,3"]', f"{ONE}{TWO}", []),
    ('[vc_gallery images="1,2,3"]', f"{ONE}<img src='/2.jpg' alt='Text'>", ["image text"]),
    ('[vc_gallery images="1,2"]', TWO, ["image"]),
    ('[vc_gallery images="1" alt="Of none"]', ONE, []),
    ('[vc_single_image images="1"] [image id="2" image_url="1"]', "<p></p>", []),
    ('[vc_gmaps image="1"]', "<p></p>", []),
    ('[ngg_images ids="1"]', "<p></p>", []),
    ("A gallery ids 1: [gallery ids='1']", "A gallery ids 1:", ["image", "image text"]),
    ("see [[gallery ids='1']]", "see [gallery ids=\u20181\u2019]", []),
    ('<code>[gallery ids="1"] [vc_gallery images="1,2"]</code>',
     '<code>[gallery ids="1"] [vc_gallery images="1,2"]</code>', []),
    ('[et_pb_blurb image="https://far.example/a.png" alt="A buoy"]x[/et_pb_blurb]',
     "<img src='https://far.example/a.png' alt='A'>x", ["image text"]),
    ('[et_pb_blurb image="https://far.example/a.png" alt="A &quot;red&quot; buoy"]x[/et_pb_blurb]',
     "<img src='https://far.example/a.png' alt='A &quot;red&quot; buoy'>x", []),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "html", "kinds"), BY_NUMBER)
def test_pictures_that_a_shortcode_shows(raw: str, html: str, kinds: list[str]) -> None:
    source = WordPressSource(raw, NAMES, Elsewhere(asset=LIBRARY.get))
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse(html)), source=source)
    assert [difference.kind for difference in lost_facts(post, Log())] == kinds


def test_a_picture_of_a_shortcode_that_was_left_out_and_reported() -> None:
    raw, log = '[vc_gallery images="1,2"] [vc_single_image image="1"]', Log()
    log.leave_out('[vc_gallery images="1,2"]')
    source = WordPressSource(raw, NAMES, Elsewhere(asset=LIBRARY.get))
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse(ONE)), source=source)
    assert lost_facts(post, log) == ()
    assert [difference.old for difference in lost_facts(post, Log())] == ["/2.jpg", "/1.jpg"]


def test_what_a_reported_shortcode_shows_all_the_same() -> None:
    """A gallery with a picture that is not in the export, and another that is."""
    raw, log = "[gallery ids='1,2']", Log()
    log.leave_out(raw, ONE)
    source = WordPressSource(raw, NAMES, Elsewhere(asset=LIBRARY.get))
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse("<img src='/1.jpg'>")), source=source)
    assert [difference.old for difference in lost_facts(post, log)] == ["Text 1"]


def test_what_was_left_out_and_reported_is_no_loss_whatever_it_holds() -> None:
    hidden = '<div hidden><s>Old words</s> <img src="/a.jpg" alt="A red buoy"> <abbr title="so it is">x</abbr></div>'
    log = Log()
    log.leave_out(hidden)
    source = WordPressSource(hidden, NAMES)
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse("<p>Seen.</p>")), source=source)
    assert lost_facts(post, log) == ()
    assert [difference.kind for difference in lost_facts(post, Log())] == ["image", "image text", "title", "struck"]


MARKDOWN = "![x](x.png) [t](/goal/ 'a title') is ~~gone~~ $x^2$ [n][1]\n\n[1]: /n/\n\n```c\n~~code~~\n```\n"
OF_MARKDOWN = (
    "<p><img src='x.png' alt='x'> <a href='/goal/' title='a title'>t</a> is <del>gone</del> $x^2$ "
    "<a href='/n/'>n</a></p>"
    "<pre><code class='language-c'>~~code~~</code></pre>"
)


@pytest.mark.parametrize(
    ("written", "instead", "missed"),
    [
        ("", "", ""),
        ("<del>gone</del>", "gone", "struck"),
        ("<a href='/goal/' title='a title'>t</a>", "t a title", "link"),
        ("<img src='x.png' alt='x'>", "x", "image image text"),
        ("$x^2$", "$^2$", "x"),
    ],
)
def test_a_text_in_markdown(written: str, instead: str, missed: str) -> None:
    source = WordPressSource(MARKDOWN, NAMES)
    source.is_loose = True
    body = HtmlBody(tree.parse(OF_MARKDOWN.replace(written, instead)))
    post = Post("1", "post", Status.PUBLISHED, "T", body, source=source)
    assert " ".join([*guard.lost_words(post, Log()), *(lost.kind for lost in lost_facts(post, Log()))]) == missed


PASSED: tuple[tuple[str, str, str, list[str]], ...] = (
    # before the passes, after them, what they left out, the kinds that are lost
    ("<img src='a'> <img src='b'>", "<img src='a'>", "", ["image"]),
    ("<img src='a'> <img src='b'>", "<img src='a'>", "<p><img src='b'></p>", []),
    ("<pre>a\n}</pre>", "<pre>a</pre>", "", ["code"]),
    ("<img src='a' alt='x'>", "<img src='a'>", "", ["image text"]),
    ("<del cite='/x/'>x</del>", "<del>x</del>", "", ["cite"]),
    ("<a href='javascript:x()'>x</a>", "<a>x</a>", "", []),
)


@pytest.mark.parametrize(("before", "after", "left_out", "kinds"), PASSED)
def test_what_the_passes_lost(before: str, after: str, left_out: str, kinds: list[str]) -> None:
    """Whatever else they have noted: one notice excuses nothing else."""
    log, post = Log(), Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse(before)))
    inventory = Inventory(post, log)
    log("html.active", "<script>")
    log.leave_out(left_out)
    post.body = HtmlBody(tree.parse(after))
    assert [difference.kind for difference in inventory.lost(post, log)] == kinds


def test_what_a_step_reports_is_not_reported_again() -> None:
    raw, html = "a [su_members]for members only[/su_members] b", "<p>a b</p>"
    assert lost(raw, html) == "for members only"
    assert lost(raw, html, ("[su_members]for members only[/su_members]", "")) == ""
    assert lost(raw, html, ("for members", "")) == "only"


REPORTED = (
    "a [su_members]for members only[/su_members] b",
    '<p>a</p><form action="/x"><select><option>one</option></select><textarea>words</textarea></form>',
    '<!-- wp:query --><div><!-- wp:paragraph --><p>inside</p><!-- /wp:paragraph --></div><!-- /wp:query -->',
    '<object data="x.swf">instead of it</object> b',
    '<span style="display:none">hidden words</span> b',
    "a <?php echo 'words'; ?> b",
)  # fmt: skip


@pytest.mark.parametrize("text", REPORTED)
def test_text_that_another_notice_names(text: str, tmp_path: Path) -> None:
    (result,) = converted(tmp_path, "json", text)
    assert [notice for notice in result.notices if notice.code == guard.CODE] == []


SENTENCES = """The first sentence is for every step. Here is <em>another</em> one of them, for the guard.

<!-- wp:paragraph --><p>In a block there is one more of these. It is the last.</p><!-- /wp:paragraph -->"""


@pytest.mark.parametrize("step", STEPS)
def test_a_sentence_that_a_step_loses(step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, name = STEPS[step]
    planted = _Lossy(getattr(place, name), LOSSES["sentence"], Random(1))
    monkeypatch.setattr(place, name, planted)
    (result,) = converted(tmp_path, "markdown", SENTENCES)
    assert planted.lost
    said = next(notice.what for notice in result.notices if notice.code == guard.CODE)
    assert said.split()[0] == next(HtmlSource(planted.lost).lines()).words[0]
    assert result.verdict is not None
    assert "source words" in result.verdict.kinds


def test_a_sample_of_damage_in_the_importer() -> None:
    counts, missed = planted_in_steps(60, Random(7), [path for path in FIXTURES if path.stem == "harbour"])
    assert counts.total() == 60
    assert missed == []


FACTS = (
    ('<img src="data:image/gif;base64,R0" data-src="/a.jpg">', [("image", "/a.jpg")]),
    ("<img data-lazy-src='/b.jpg' src=\"/blank.gif\">", [("image", "/b.jpg")]),
    ('<a href="/x/?a=1&amp;b=2">x</a> <a href="#n">n</a> <a href="/y/"></a>', [("link", "/x/?a=1&b=2")]),
    ("<s>gone</s> <DEL datetime='x'>too</DEL>", [("datetime", "x"), ("struck", "gone"), ("struck", "too")]),
    ('<span style="text-decoration: line-through">a b</span>', [("struck", "ab")]),
    ("<pre>a &lt; b\n}</pre>", [("code", "a < b\n}")]),
    ('<a title="<img src=x>" href="/z/">z</a>', [("link", "/z/"), ("title", "<img src=x>")]),
    ('<div style="background-image:url(/c.jpg)">x</div>', [("image", "/c.jpg")]),
    ('<a href="/o/"><a href="/i/">i</a></a>', [("link", "/i/")]),
)


@pytest.mark.parametrize(("html", "facts"), FACTS)
def test_what_a_source_holds_besides_words(html: str, facts: list[Any]) -> None:
    assert [tuple(fact) for fact in html_facts(HtmlSource(html))] == facts


LOST_FACTS: tuple[tuple[str, str, list[str]], ...] = (
    ('<img data-src="http://h.example/a.jpg" src="x.gif">', "<img src='x.gif'>", ["image"]),
    ('<img src="/a-300x200.jpg">', "<img src='http://h.example/a.jpg'>", ["image"]),
    ('<img src="http://www.h.example/a-300x200.jpg">', "<img src='https://h.example/a.jpg'>", []),
    ("<s>a</s>", "<p>a</p>", ["struck"]),
    ("<s>a</s>", "<p><del>a</del></p>", []),
    ("<pre>a\n{\n}</pre>", "<pre>a\n{</pre>", ["code"]),
    ('<a href="/a/">x</a>', "<p>x</p>", ["link"]),
    ('x<a href="/a/">&nbsp;<br /><strong></strong></a>', "<p>x</p>", []),
    ('x<a href="/a/"><i class="fa fa-phone"></i></a>', "<p>x</p>", ["link"]),
    (
        '<pre><img src="pics/a.gif"> <a href="b/">b</a></pre>',
        '<pre>&lt;img src="pics/a.gif"&gt; &lt;a href="b/"&gt;b&lt;/a&gt;</pre>',
        [],
    ),
    ('<pre>/** @see <a href="mailto:{@link">{@link</a> #a */</pre>', "<pre>/** @see {@link #a */</pre>", []),
    ('<pre>plain</pre><img src="pics/a.gif">', "<pre>plain</pre>", ["image"]),
    (
        '<td style="background:url(/t.png)">x</td>',
        "<table><tr><td style='background:url(/t.png)'>x</td></tr></table>",
        [],
    ),
    ('[button link="https://far.example/"]x[/button]', "<p>x</p>", ["link"]),
    ('[vc_btn link="url:https%3A%2F%2Ffar.example%2Fbuy|title:Buy"]', "<p>x</p>", ["link"]),
    ('[vc_btn link="url:https%3A%2F%2Ffar.example%2Fbuy"]', "<a href='https://far.example/buy'>x</a>", []),
    ('[et_pb_blurb image="https://far.example/a.png"]x[/et_pb_blurb]', "<p>x</p>", ["link"]),
    ("<s>strike</s> <s>text</s> <s>text</s>", "<p><s>striketext</s> <s>text</s></p>", []),
    ("<s>strike</s> <s>text</s> <s>text</s>", "<p><s>striketext</s> text</p>", ["struck"]),
    ("<pre><code>ab</code></pre><pre>abab</pre>", "<pre><code>ab</code></pre><pre>ab</pre>", ["code"]),
    ('<a href="/a.mp3">x</a>', "<p>x</p><audio src='/a.mp3'></audio>", ["link"]),
    ('<a href="http://h.example/">http://h.example/</a>',
     "<figure class='embed' data-url='http://h.example/'><a href='http://h.example/'>x</a></figure>", ["link"]),
    ('[embed]<a href="http://h.example/">http://h.example/</a>[/embed]',
     "<figure class='embed' data-url='http://h.example/'></figure>", []),
    ('<img src="/a.jpg" alt="a cat">', "<img src='/a.jpg'>", ["image text"]),
    ('<abbr title="so">x</abbr> <time datetime="2020">y</time>', "<p><abbr>x</abbr> <time>y</time></p>",
     ["title", "datetime"]),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "html", "kinds"), LOST_FACTS)
def test_what_the_importer_lost(raw: str, html: str, kinds: list[str]) -> None:
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse(html)))
    post.source = WordPressSource(raw, NAMES)
    assert [difference.kind for difference in lost_facts(post, Log())] == kinds


@pytest.mark.parametrize(
    "piece", ["<a ", '<a x="', "<!--", "<script>", "<b c d", "[gallery ", "$latex ", "<pre>", "word <b>"]
)
def test_hostile_text_takes_time_that_grows_with_its_length(piece: str) -> None:
    source = WordPressSource(piece * 10_000, NAMES)
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse("<p>nothing of it</p>")), source=source)
    guard.lost_words(post, Log())
    lost_facts(post, Log())


SOUND = {
    "json_verify_www": '<a href="https://www.old.example/post-2/">the second</a> <a href="http://old.example/">home</a>',
    "verify_address_at_line_end": "http://far.example/one.pom\nhttp://far.example/two.jar",
    "address_in_emphasis": "URL: <em>http://far.example/books</em>\nSearch: <strong>http://far.example/s/</strong>\nx",
    "address_and_bracket": "Go to (usually http://127.0.0.1:7000/your/path)\n<em>www.far.example</em>\nend",
    "address_among_cjk": "中文\\/http://far.example/a\\/b_c_d中文 看http://far.example/看看。",
    "br_in_code": '<div style="color:red"><code>do this<br>then that</code></div>\n\nEnd',
    "pre_in_code": "<code><pre>int a = 1;</pre></code>",
    "strong_in_heading": '<h4 id="id"><strong>Words (more) words!</strong></h4>\n<a href="#id">there</a>',
    "latex_wpcom": "a $latex a_{i}*b_{j} \\leq c&s=2&bg=ffffff$ and [latex]x^2[/latex]",
    "empty_list": "<ul></ul><ol><li></li></ol>a",
}


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
def test_no_false_alarm(target: str, tmp_path: Path) -> None:
    results = converted(tmp_path, target, *SOUND.values())
    verdicts = [result.verdict.verdict if result.verdict else None for result in results]
    assert dict(zip(SOUND, verdicts, strict=True)) == dict.fromkeys(SOUND, "identical")
    assert [notice for result in results for notice in result.notices if notice.code == guard.CODE] == []


def test_what_is_hidden_is_not_lost_as_well(tmp_path: Path) -> None:
    """The paste bin of an editor, with code and a link in it."""
    hidden = '<div style="position:absolute;left:-10000px">{}</div>'
    code = "&lt;!DOCTYPE html&gt; &lt;title&gt;x&lt;/title&gt; &lt;!-- break out --&gt;"
    found = converted(tmp_path, "hugo", "<p>Seen.</p>" + hidden.format(f'{code} <a href="http://far.example/g/">g</a>'))
    assert [notice.code for notice in found[0].notices] == ["html.hidden"]


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json", "markdown"])
def test_an_embedded_page_of_the_site_itself(target: str, tmp_path: Path) -> None:
    url = "https://harbour.example/one/"
    block = f"""<!-- wp:embed {{"url":"{url}","type":"wp-embed"}} -->
<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper">
{url}
</div></figure>
<!-- /wp:embed -->"""
    source = tmp_path / "export.xml"
    texts = (item(1, content="a", slug="one", link=url), item(2, content=block))
    source.write_text(export(*texts), encoding="utf-8")
    job = Job((str(source),), "unused", Options("wordpress", target, verify=True), dry_run=True)
    with in_memory(job) as work:
        carrier = work.carrier()
        results = [carrier.carry(entry) for entry, _ in work.index.work()]
    codes = [notice.code for result in results for notice in result.notices]
    assert [code for code in codes if code.startswith(("verify", "words"))] == []
