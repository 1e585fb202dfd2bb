"""Text that is no HTML is not read as HTML: brackets, code of plug-ins, Markdown; in each place and for each target."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from converters.html.angle_brackets import keep_text
from converters.importers.wordpress.content import Context, to_tree
from converters.importers.wordpress.content.markup import markup_of
from converters.markdown import tree_to_markdown
from converters.model.notices import Log
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll
from tests.importers.wordpress.test_content import Lookup
from tests.limits import budget
from tests.support import convert, hugo
from tests.wxr import export, item

BOTH = pytest.mark.parametrize("dialect", ["goldmark", "kramdown"])
GENERIC = "A number n (1<n<9), and the rest of the text.\n\nIt is > 3.\n\n<h2>Next</h2>\nSee Map<String, Integer>."
ACTION = (
    '<pre lang="actionscript" line="3">\nfor (i = 0; i<list.length; i++) {\n\n  say("<b>" + \'&\');\n}\n</pre>\nAfter.'
)
COLORER = 'See:\n<code lang="php">\n<?php\n\necho "<table>$a</table>";\n?>\n</code>\nEnd.'
LINES = "Do:\n<code>\n$ one | two\n</code>\n\n<code># first\n\n$ make_it</code>\n\n<code>a<br>b</code>"
SPANS = '<pre><span style="color:red">$ ls</span>\n<span class="k">$</span> cd</pre>\n\n<pre><br />one<br />two</pre>'
MARKDOWN = "One.\n\n## Two\n\nA [link](https://x.example/) and `code`.\n\n```go\na := <-b\n\nif a<c {}\n```\n\n- x\n- y"
FENCES = {
    "pre-lang-unlisted": (ACTION, ["for (i = 0; i<list.length; i++) {\n\n  say(\"<b>\" + '&');\n}"]),
    "code-lang-plugin": (COLORER, ['<?php\n\necho "<table>$a</table>";\n?>']),
    "code-multiline": (LINES, ["# first\n\n$ make_it", "a\nb"]),
    "pre-span-br": (SPANS, ["$ ls\n$ cd", "one\ntwo"]),
    "markdown-body": (MARKDOWN, ["a := <-b\n\nif a<c {}"]),
}


def markdown(text: str, dialect: str, **context: object) -> str:
    root = to_tree(text, Context("9", Lookup(), Log(), lambda ref: None, **context))  # type: ignore[arg-type]
    return tree_to_markdown(root, dialect=dialect).strip()


@BOTH
def test_text_swallowed_by_lone_less_than(dialect: str) -> None:
    text = markdown(GENERIC, dialect).replace("\\", "").replace("&lt;", "<")
    assert text == (
        "A number n (1<n<9), and the rest of the text.\n\nIt is > 3.\n\n## Next\n\nSee Map<String, Integer>."
    )


@BOTH
def test_pre_lang_unlisted(dialect: str) -> None:
    fence = "```actionscript\nfor (i = 0; i<list.length; i++) {\n\n  say(\"<b>\" + '&');\n}\n```"
    assert markdown(ACTION, dialect) == f"{fence}\n\nAfter."


@BOTH
def test_code_lang_plugin(dialect: str) -> None:
    fence = '```php\n<?php\n\necho "<table>$a</table>";\n?>\n```'
    assert markdown(COLORER, dialect) == f"See:\n\n{fence}\n\nEnd."
    assert markdown('<code>\n<pre lang="java">\nint a;\n</pre>\n</code>', dialect) == "```java\nint a;\n```"


@BOTH
def test_code_multiline(dialect: str) -> None:
    first, _, rest = markdown(LINES, dialect).partition("\n\n")
    assert first.splitlines()[1] == "`$ one | two`"
    assert rest == "```\n# first\n\n$ make_it\n```\n\n```\na\nb\n```"


@BOTH
def test_pre_span_br(dialect: str) -> None:
    assert markdown(SPANS, dialect) == "```\n$ ls\n$ cd\n```\n\n```\none\ntwo\n```"


@BOTH
def test_markdown_body(dialect: str) -> None:
    assert re.sub(r"^(?:-|\*) +", "- ", markdown(MARKDOWN, dialect), flags=re.M) == MARKDOWN


def test_a_flag_alone_makes_no_markdown() -> None:
    """Exports of WordPress.com have it on posts that hold HTML."""
    for text in ("<p>One.</p>\n\n<p>Two.</p>", "Plain words.\n\n- not a list of Markdown alone\n", "**<p>bold</p>**"):
        assert not markup_of(text, flagged=True).certain
    assert markup_of("Words.\n\n**bold** and `code`", flagged=True).certain
    assert not markup_of("Words.\n\n**bold** and `code`").certain


def test_how_texts_are_written_can_be_said() -> None:
    assert markdown("# One", "goldmark", markup="markdown") == "# One"
    assert markdown("# One", "goldmark") == "\\# One"
    assert markdown(MARKDOWN, "goldmark", markup="html").startswith("One.\n\n\\## Two")


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ('<p align=center nowrap>a</p><A HREF="/x">b</A><br/><hr /><img src=a.png>', ""),
        ('<a title="a > b" href="/x">y</a><td nowrap><input disabled>', ""),
        ("<o:p></o:p><st1:place w:st='on'>x</st1:place><v:shape id=a></v:shape>", ""),
        ("<!-- a < b <c> --><!DOCTYPE html><![if !x]><![endif]-->", ""),
        ("<my-box>x</my-box><lj-cut text='a'>y</lj-cut>", ""),
        ("<script>if (a<b && c<d) {}</script><style>a>b{}</style><textarea><x></textarea>", ""),
        ("<svg><path d='M0'/></svg><math><mi>x</mi></math>", ""),
        ("<form><select name=s><option>a<option>b</select></form><html><head><body>x", ""),
        ("a<b", "<b"),
        ("</nothing>", "</nothing"),
        ("<ns:thing>", "<ns:thing"),
    ],
)
def test_tags_stay_tags(html: str, kept: str) -> None:
    log = Log()
    assert keep_text(html, log) == (html.replace(kept, "&lt;" + kept[1:]) if kept else html)
    assert [notice.code for notice in log.notices] == ["html.brackets"] * bool(kept)


def test_pages_of_programs_keep_their_elements() -> None:
    html = "<app-root></app-root><router-view><slot>x</slot><blink2 a=b>y</blink2>"
    assert keep_text(html, written_by_programs=True) == html
    assert keep_text("x <y@z.example> and 1<n<9", written_by_programs=True) == "x &lt;y@z.example> and 1&lt;n&lt;9"


@pytest.mark.parametrize("unit", ["<a ", "<b c ", "<x-y>", "a<B>", "</", "<!--", "<code><b>", "<textarea>", "<a x='"])
def test_many_brackets_cost_little(unit: str) -> None:
    """Quadratic time would be minutes here."""
    with budget():
        keep_text(unit * 20_000 + ">")


@pytest.mark.parametrize(
    "unit", ["<code>", "<code lang=en>", "[highlight]", "```x\n", "<source>", "`a", "[x](", "# x\n"]
)
def test_many_marks_of_code_cost_little(unit: str) -> None:
    with budget():
        markup_of(unit * 20_000 + "\n<!-- wp:x --></code>[/highlight]</source>")


def test_codes_with_breaks_cost_little() -> None:
    with budget():
        markdown("<code>a<br>b</code><br>" * 3_000, "goldmark")


def everywhere() -> str:
    posts = [item(n, content=text) for n, (text, _) in enumerate(FENCES.values(), 1)]
    note = {"id": 7, "content": "Use List<T> or x <y@z.example>", "approved": 1, "date": "2021-01-01 00:00:00"}
    posts.append(
        item(90, content=GENERIC, excerpt="When a <b and so on.", comments=[note], title="A List<T> of <b>x</b>")
    )
    head = (
        "<wp:category><wp:category_nicename>c</wp:category_nicename><wp:cat_name>C</wp:cat_name>"
        "<wp:category_description><![CDATA[About vector<int> and 0<n<9.]]></wp:category_description></wp:category>"
    )
    return export(*posts, head=head)


def test_brackets_are_text_in_every_field(tmp_path: Path) -> None:
    """But in a title, which shows what browsers showed: a notice names what that was not."""
    site = convert(tmp_path, everywhere())
    front = site.front("content/posts/post-90.md")
    assert front["title"] == "A List of x"
    assert [(notice["item"], notice["what"]) for notice in site.notices("title.tags")] == [("90", "<T>")]
    written = "\n".join(
        site.text(path) for path in site.files("**/*") if (site.folder / path).suffix in (".md", ".yaml", ".json")
    )
    plain = unescape(written).replace("\\", "")
    for text in ("When a <b and so on.", "Use List<T> or x <y@z.example>", "About vector<int> and 0<n<9."):
        assert text in plain, text
    assert {notice["item"] for notice in site.notices("html.brackets")} == {"90"}


def blocks_of(folder: Path) -> Iterator[list[str]]:
    """The text of each block of code on the pages of the posts, in their order."""
    for number in range(1, len(FENCES) + 1):
        (page,) = [path for path in folder.rglob("*.html") if f"post-{number}" in str(path) and "page" not in path.name]
        html = re.sub(r"<span[^>]*>|</span>", "", page.read_text(encoding="utf-8"))
        yield [
            unescape(re.sub(r"</?code[^>]*>", "", text)).rstrip("\n")
            for text in re.findall(r"<pre[^>]*>(.*?)</pre>", html, re.S)
        ]


@pytest.mark.hugo
def test_readers_of_a_hugo_site_see_the_code(tmp_path: Path) -> None:
    site = convert(tmp_path, everywhere())
    assert list(blocks_of(hugo(site.folder))) == [code for _, code in FENCES.values()]


@pytest.mark.system
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll")
def test_readers_of_a_jekyll_site_see_the_code(tmp_path: Path) -> None:
    site = convert(tmp_path, everywhere(), options=Options("wordpress", "jekyll", ReadOptions()))
    assert list(blocks_of(jekyll(site.folder))) == [code for _, code in FENCES.values()]
