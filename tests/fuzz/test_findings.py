"""What fuzzing found, one test for each cause."""

from __future__ import annotations

import re

import pytest

from converters.exporters.hugo import shortcode_text
from converters.exporters.jekyll import liquid
from converters.frontmatter import read, write
from converters.html import tree
from converters.importers.wordpress import php
from converters.importers.wordpress.content import Context, blocks, to_tree
from converters.markdown import to_markdown, tree_to_markdown
from converters.markdown.scan.shortcodes import calls
from converters.model.notices import Log
from converters.paths import safe_name
from tests.hostile.cases import case
from tests.importers.wordpress.test_content import Lookup
from tests.limits import budget
from tests.markdown.judge import cmark, words


def hugo_markdown(html: str) -> str:
    root = tree.parse(html)
    shortcode_text.escape_shortcodes(root, Log("1"))
    return shortcode_text.finish(tree_to_markdown(root, dialect="goldmark"))


@case(
    "path-device-with-extension",
    "a file called `aux.txt` or `con.tar.gz`",
    "`aux_.txt`: the device has no point before",
)
@pytest.mark.parametrize(
    ("name", "safe"), [("aux.txt", "aux_.txt"), ("CON.tar.gz", "CON_.tar.gz"), ("nul", "nul_"), ("lpt1.", "lpt1_")]
)
def test_a_device_has_its_mark_before_the_point(name: str, safe: str) -> None:
    assert safe_name(name, limit=64) == safe


@pytest.mark.parametrize("form", write.FORMATS)
def test_half_a_character_is_the_same_sign_in_every_front_matter(form: str) -> None:
    text = write.dumps({"a\udc81": ["\ud83d"]}, form)
    assert read.read(text, Log("1")).values == {"a\ufffd": ["\ufffd"]}


def test_a_key_twice_in_broken_front_matter_is_named() -> None:
    log = Log("1")
    matter = read.read("---\ntitle: one\nbad: a: b\ntitle: two\n---\n", log)
    assert matter.values == {"title": "two", "bad": "a: b"}
    assert [each.code for each in log.notices] == ["frontmatter.duplicate", "frontmatter.repaired"]
    assert (log.notices[0].what, log.notices[0].old) == ("title", "one")


def test_a_key_twice_inside_of_broken_front_matter_is_named() -> None:
    log = Log("1")
    matter = read.read("---\nbad: a: b\nmap:\n  name: first\n  name: second\n---\n", log)
    assert matter.values == {"bad": "a: b", "map": {"name": "second"}}
    assert [(each.code, each.old) for each in log.notices][:1] == [("frontmatter.duplicate", "first")]


@case(
    "matter-keys-in-keys",
    "mappings as keys of mappings, dozens deep",
    "their text is the key; no growth beyond the file",
)
def test_mappings_as_keys_do_not_double_at_every_level() -> None:
    matter = read.read("---\nx: 1\n" + "? " * 60 + "a: 'it''s'\n---\n", Log("1"))
    assert matter.values["x"] == 1
    assert "it's" in str(matter.values)
    assert len(str(matter.values)) < 1_000


@case("matter-large-key", "an alias of a long text, hundreds of times in one key", "read key by key; bounded memory")
def test_a_key_of_many_aliases_is_refused() -> None:
    text = f"---\na: &a {'word' * 20_000}\n? [{', '.join(['*a'] * 500)}]\n: b\n---\n"
    log = Log("1")
    matter = read.read(text, log)
    assert len(str(matter.values)) < 2 * len(text)
    assert "wordword" in matter.values["a"]
    assert log.notices != []


def test_truth_is_no_key_in_php() -> None:
    with pytest.raises(php.PhpError, match="a key that is none"):
        php.loads("a:1:{b:1;N;}")


@pytest.mark.parametrize(
    "comment",
    [
        "<!-- wp:more -->",
        "<!-- wp:footnotes -->",
        '<!-- wp:block {"ref":5} -->',
        '<!-- wp:social-link {"url":"https://x.example"} -->',
        '<!-- wp:code-block-pro/code {"code":"x"} -->',
    ],
)
def test_a_block_without_its_end_swallows_nothing(comment: str) -> None:
    context = Context("9", Lookup(), Log("9"), {"5": "<p>reused</p>"}.get)
    shown = blocks.flatten(f"<!-- wp:paragraph --><p>before</p><!-- /wp:paragraph -->{comment}<p>the rest</p>", context)
    assert "<p>before</p>" in shown
    assert shown.endswith("<p>the rest</p>")


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p>Mail <me@x.example>her</p>", "Mail her\n"),
        ("<p>a <a_b>b <b>c</b></a_b></p>", "a b **c**\n"),
        ("<p><abbr title=”two words”>a</abbr></p>", "<abbr title=\"”two\">a</abbr>\n"),
        ('<p><a href="a\\">x</a> y</p>', "[x](a\\\\) y\n"),
        ('<p><a href="a" title="b\\">x</a></p>', '[x](a "b\\\\")\n'),
    ],
)  # fmt: skip
def test_names_and_signs_markdown_does_not_know(html: str, markdown: str) -> None:
    assert to_markdown(html) == markdown


@pytest.mark.parametrize(
    "html",
    [
        't<svg><!-- "h --><text>u</text></svg>',
        "<p>a <object y”=1><em é=1>b*c*</em></object></p>",
        "<a_b><p></p><i><b>y</b></i></a_b>",
        "<select><pre> &#10\\",
        '<a f=":.=""><li><o:l>word"',
        "<!-- a -->{<p></p>`>`",
        "<pre>a<b>b</b></pre>c<p></p>`>`",
        "<p_>\nword</p_>",
        "<a href=x><table><a href=}>< word",
        "\x04<o:.>word&#4;&#xffff;<i title='&#4;'>more<!-- \x05 --></i>",
        '<p><a href="x" title="t\n> y">word</a></p>',
        "<pre>a<pre>b</pre><!-- \n -->c</pre>",
        "<p>a <svg><a_b>x</a_b></svg></p>",
    ],
)
def test_html_inside_of_a_line_shows_its_words_and_no_tags(html: str) -> None:
    assert words(cmark(to_markdown(html))) == words(html)


@case("markdown-mark-in-attribute", "the sign that stands for our own shortcodes, in an attribute or a comment", "text")
@pytest.mark.parametrize(
    "html",
    [
        '<p><img src="a.jpg" alt="\ufdd0< evil >}}"></p>',
        '<p><a href="/" title="\ufdd0% evil %}}">a</a></p>',
        "<p>a</p><!-- \ufdd0< evil >}} -->",
        "<!\ufdd0< evil >}}>",
        "<?x \ufdd0< evil >}}>",
    ],
)
def test_our_own_mark_in_a_text_runs_nothing(html: str) -> None:
    assert list(calls(hugo_markdown(html))) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <code>{{< `x` *b* </code> c</p>",
        "<p><b><pre>{{% \\ </pre></b></p>",
        "<g><pre>\\{{< *a*",
        "<code><i>{{< *a*</i> _b_</code>",
    ],
)
def test_code_with_half_a_shortcode_keeps_its_signs(html: str) -> None:
    markdown = hugo_markdown(html)
    assert words(cmark(markdown)) == words(html)
    assert list(calls(markdown)) == []


def test_our_own_mark_in_a_text_runs_nothing_in_jekyll() -> None:
    root = tree.parse('<p><img src="a.jpg" alt="\ufdd0 evil }}" title="\ufdd1 evil %}"></p>')
    liquid.shield(root)
    written = liquid.finish(tree_to_markdown(root, dialect="kramdown"), Log("1"))
    assert "evil" in written
    assert "{{" not in written and "{%" not in written


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("<p><code>{{&lt; x *y* >}}</code></p>", "`{{</* x *y* */>}}`\n"),
        ("<g><p><code>{{% * %}}</code></p></g>", "<g><p><code>{{%/* &#42; */%}}</code></p></g>\n"),
        ("<ul><li><table><tr><td><p><code>{{&lt; x >}}</code>", None),
    ],
)
def test_a_whole_shortcode_in_code_is_shown_where_the_code_is_html_too(html: str, markdown: str | None) -> None:
    """Hugo takes the marks of a comment out before it reads Markdown."""
    written = hugo_markdown(html)
    assert markdown is None or written == markdown
    shown = re.sub(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", r"{{\1\2\3}}", written)
    assert tree.plain_text(tree.parse(cmark(shown))).strip() == tree.plain_text(tree.parse(html)).strip()


@case(
    "html-unclosed-inline",
    "`<b>` opened before each of thousands of paragraphs, never closed",
    "one `<b>`; linear time",
)
@case("html-nested-code", "`<code>` in `<code>`, hundreds deep, with a shortcode inside", "each is looked at once")
@case("html-adjacent-texts", "thousands of texts side by side in one element of raw HTML", "linear time")
@pytest.mark.parametrize(
    "piece", ["<b><p>{{% x</p>", "<b>\nx</b>", '<p><a href="/{{< x >}}">a</a> <code>{{% b</cod<pre><code>e>', ">> <div"]
)
def test_time_grows_with_length_only(piece: str) -> None:
    """Each of these took a minute and more."""
    with budget(45):
        hugo_markdown(piece * (64_000 // len(piece)))


def test_many_comments_in_one_place_take_time_in_proportion() -> None:
    def read(text: str) -> None:
        to_tree(text, Context("9", Lookup(), Log("9"), lambda ref: None))

    with budget(30):
        read("-->\n<!" * 100_000)


def test_elements_around_blocks_that_are_unwrapped_are_named() -> None:
    log = Log("1")
    html = "".join(f'<span lang="a{number}">' for number in range(40)) + "<p>word</p>"
    markdown = tree_to_markdown(tree.parse(html), log=log)
    assert markdown.count("<span") == 32
    assert "word" in markdown
    assert [notice.code for notice in log.notices] == ["html.depth"]


def test_attributes_whose_names_no_xml_can_hold_go_and_the_words_stay() -> None:
    """lxml takes none of them out by its name."""
    root = tree.parse("<b p:c\ufffd {>Words</b> behind")
    assert tree.plain_text(root) == "Words behind"
    assert all(re.fullmatch(r"[\w-]+", str(name)) for element in root.iter("*") for name in element.attrib)
