"""The guard for words, and what `--verify` looks for in the source: see `converters/verify/guard.py`."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest

from converters.html import tree
from converters.importers.wordpress import content
from converters.importers.wordpress.source_text import Names, WordPressSource
from converters.model import HtmlBody, Post, Status
from converters.model.notices import Log
from converters.verify import guard
from converters.verify.html_facts import html_facts
from converters.verify.html_source import HtmlSource, letters, printed
from converters.verify.source_facts import lost_facts
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
    post.source = WordPressSource(raw, NAMES, lambda id: None)
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
    ("3x4 (tm)", "34"),
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
    ("in code with \\d a line ends with n", "<p>in code with \\d a line ends with</p>", ""),
    # what is not
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
    ("i<list.length ; i++) { go( list[i] ); }\nif (a>b)", "<p>i</p><p>b)</p>", "list length i go list i if a b"),
)  # fmt: skip


@pytest.mark.parametrize(("raw", "html", "words"), LOST)
def test_the_words_that_are_lost(raw: str, html: str, words: str) -> None:
    assert lost(raw, html) == words


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
    ("<s>gone</s> <DEL datetime='x'>too</DEL>", [("struck", "gone"), ("struck", "too")]),
    ('<span style="text-decoration: line-through">a b</span>', [("struck", "ab")]),
    ("<pre>a &lt; b\n}</pre>", [("code", "a < b\n}")]),
    ('<a title="<img src=x>" href="/z/">z</a>', [("link", "/z/")]),
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
)


@pytest.mark.parametrize(("raw", "html", "kinds"), LOST_FACTS)
def test_what_the_importer_lost(raw: str, html: str, kinds: list[str]) -> None:
    post = Post("1", "post", Status.PUBLISHED, "T", HtmlBody(tree.parse(html)))
    post.source = WordPressSource(raw, NAMES, lambda id: None)
    assert [difference.kind for difference in lost_facts(post, Log())] == kinds


@pytest.mark.parametrize(
    "piece", ["<a ", '<a x="', "<!--", "<script>", "<b c d", "[gallery ", "$latex ", "<pre>", "word <b>"]
)
def test_hostile_text_takes_time_that_grows_with_its_length(piece: str) -> None:
    source = WordPressSource(piece * 10_000, NAMES, lambda id: None)
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
