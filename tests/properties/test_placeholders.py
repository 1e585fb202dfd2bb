"""Characters that a placeholder could be made of are characters like any other: each comes through, whatever it is.

Steps that must not read a text leave marks in it (`converters/html/placeholders.py`). Here the texts are made of what
such marks were, or could be, made of: noncharacters, characters for private use, words and numbers that look like
marks.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from converters.exporters.hugo import shortcode_text
from converters.exporters.jekyll import liquid
from converters.exporters.jekyll.render_back import tree_back as jekyll_back
from converters.exporters.site.redirects.apache import _pattern
from converters.html import placeholders, tree
from converters.importers.html.semantic import to_semantic
from converters.importers.wordpress.comment_markup import safe_html
from converters.importers.wordpress.content import to_tree
from converters.importers.wordpress.content.autop import autop
from converters.markdown import to_markdown, tree_to_markdown
from converters.markdown.read.parse import to_tree as markdown_to_tree
from converters.markdown.write.engines import Html2TextEngine, MarkdownifyEngine
from converters.model import MarkdownBody
from converters.model.notices import Log
from converters.rules import Rule
from tests.hostile.cases import case
from tests.importers.wordpress.test_content import convert
from tests.importers.wordpress.test_own_rules import context
from tests.importers.wordpress.test_own_rules import html as with_rules
from tests.importers.wordpress.test_own_rules import markdown as hugo_with_rules

ODD = "\ufdd0\ufdd1\ufdd2\ufdd3\ufdd4\ufdd5\ufdef\ue000\ue001\uf8ff\U000f0000\U0010fffd\U0001f6a2\u2063"
"""Those that are counted. What no XML can hold (NUL, halves of characters) may become U+FFFD."""
PIECES = (
    *ODD,
    *"0123",
    "postferry",
    "postferry0000000000000000n0000000000z0z",
    "z",
    "h0z",
    "r0z",
    "\0",
    "\x01",
    "\x02",
)
MORE = (
    "\udc0a",
    "\udc0b",
    "\udc0c0",
    "\ud800",
    "a",
    "b",
    " ",
    "\n",
    "{{",
    "}}",
    "{%",
    "<",
    ">",
    "%",
    "`",
    "*",
    "_",
    "/",
)
TEXTS = st.lists(st.sampled_from((*PIECES, *MORE)), min_size=1, max_size=12).map("".join)
QUICK = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))
DIALECTS = ("goldmark", "kramdown", "gfm", "commonmark")
FRAMES = {
    "paragraph": "<p>{}</p>",
    "code": "<p>a <code>{}</code></p>",
    "block of code": "<pre><code>{}</code></pre>",
    "box that stays": '<div class="x">{}</div>',
    "tag in a line": "<p><kbd>{}</kbd> <u title='{}'>a</u></p>",
    "picture": '<p><img src="a.jpg" alt="{}" title="{}"></p>',
    "figure": '<figure class="gallery"><figure><img src="a.jpg" alt=""><figcaption>{}</figcaption></figure></figure>',
    "address": '<p><a href="/{}">a</a></p>',
    "cell": "<table><tr><th>a</th></tr><tr><td>{}</td></tr></table>",
    "cells that span": '<table><tr><td rowspan="2">{}</td><td>a</td></tr><tr><td>b</td></tr></table>',
    "item": "<ul><li>{}</li></ul>",
    "heading": "<h2>{}</h2>",
    "definition": "<dl><dt>{}</dt><dd>{}</dd></dl>",
}


def odd(text: str) -> list[str]:
    return [character for character in text if character in ODD]


def kept(given: str, found: str, *, times: int = 1) -> None:
    """Every character that counts, as often, and in its order (where a text stands once)."""
    assert not re.search(placeholders._SECRET, found), "a mark of ours is left"
    if times == 1:
        assert odd(found) == odd(given), found
    else:
        assert sorted(odd(found)) == sorted(odd(given) * times), found


def framed(frame: str, text: str) -> tuple[str, int]:
    """HTML with the text in it, and how often it is there."""
    return FRAMES[frame].replace("{}", escape(text)), FRAMES[frame].count("{}")


@QUICK
@given(st.sampled_from(sorted(FRAMES)), TEXTS, st.sampled_from(DIALECTS))
def test_html_to_markdown(frame: str, text: str, dialect: str) -> None:
    html, times = framed(frame, text)
    found = to_markdown(html, dialect=dialect)
    kept(text, found, times=times)
    assert to_markdown(html, dialect=dialect) == found, "no mark has a part in what is written"


@QUICK
@given(st.sampled_from(["paragraph", "block of code", "item", "heading"]), TEXTS)
@pytest.mark.parametrize("engine", [MarkdownifyEngine(), Html2TextEngine()])
def test_engines_of_others(engine: MarkdownifyEngine | Html2TextEngine, frame: str, text: str) -> None:
    html, times = framed(frame, text)
    root = tree.parse(html)
    root.append(tree.raw("{{< x >}}"))
    found = engine.render(root, dialect="gfm", log=Log())
    assert "{{< x >}}" in found
    kept(text, found, times=times)


def _hugo(root: etree._Element) -> str:
    shortcode_text.escape_shortcodes(root, Log())
    return shortcode_text.finish(tree_to_markdown(root, dialect="goldmark"))


def _jekyll(root: etree._Element) -> str:
    liquid.shield(root)
    return liquid.finish(tree_to_markdown(root, dialect="kramdown"), Log())


@QUICK
@given(st.sampled_from(sorted(FRAMES)), TEXTS)
@pytest.mark.parametrize("write", [_hugo, _jekyll])
def test_what_the_targets_write(write: Callable[[etree._Element], str], frame: str, text: str) -> None:
    html, times = framed(frame, text)
    if frame == "address" and "{{" in text:
        return  # braces of addresses are percent-encoded there
    own = tree.raw("{{< own >}}", own=True)
    root = tree.parse(html)
    root.append(own)
    found = write(root)
    assert found.count("{{< own >}}") == 1
    kept(text, found, times=times)


@QUICK
@given(TEXTS)
def test_a_source_of_hugo(text: str) -> None:
    for source in (text, f"{{{{< figure src='a.jpg' >}}}} {text}", f"## a {text} {{#b}}\n", f"<div>{text}</div>\n"):
        if "{{<" in text or "{{%" in text or "<" in text:
            continue
        root = markdown_to_tree(MarkdownBody(source), _Names(), Log())
        kept(text, tree.serialize(root))


class _Names:
    def address(self, name: str) -> str | None:
        return None

    def param(self, name: str) -> str | None:
        return None


@QUICK
@given(TEXTS)
def test_a_source_of_wordpress(text: str) -> None:
    for source in (
        escape(text),
        f"[ref]{escape(text)}[/ref]",
        f"<pre>{escape(text)}</pre>",
        f"<p\n>{escape(text)}</p>",
    ):
        kept(text, convert(source)[0])
        kept(text, autop(source))
    kept(text, with_rules(f"[x]{escape(text)}[/x]", x=Rule(html="<b>{{ inside }}</b>")))
    kept(text, hugo_with_rules(f"{escape(text)} [x]", x=Rule(raw="own")))


@QUICK
@given(TEXTS)
def test_pages_comments_and_what_is_read_back(text: str) -> None:
    root = tree.parse(f"<p>{escape(text)}</p><pre>{escape(text)}</pre>")
    to_semantic(root, Log())
    kept(text, tree.inner_html(root), times=2)
    kept(text, safe_html(f"<p>{escape(text)}</p>", Log()))
    written = to_markdown(f"<h2>{escape(text)}</h2><p>{escape(text)}</p>", dialect="kramdown")
    kept(text, tree.serialize(jekyll_back(liquid.finish(written, Log()))), times=2)


@QUICK
@given(TEXTS)
def test_patterns_for_apache(text: str) -> None:
    kept(text, _pattern(text))
    assert _pattern(text).count("\\x5c") == text.count("\\")


marks_as_text = case(
    "markdown-marks-of-our-own",
    "texts with the characters and words that placeholders are, or once were, made of",
    "they come through, each character of them",
)


@marks_as_text
@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("text", ["a \ufdd20\ufdd3", "\ufdd27\ufdd3", "\ufdd0< x >\ufdd1", "postferry0z0z"])
def test_a_text_that_holds_a_placeholder(text: str, dialect: str) -> None:
    for frame in FRAMES:
        html, times = framed(frame, text)
        kept(text, to_markdown(html, dialect=dialect), times=times)


@marks_as_text
@pytest.mark.parametrize("name", ["postferry-note", "postferry-inside", "postferry-heading"])
def test_elements_and_classes_that_were_ours(name: str) -> None:
    assert "<ol>" not in convert(f"<{name}>a</{name}>")[0]
    root = markdown_to_tree(MarkdownBody(f'## a <i class="{name}" id="evil">b</i>\n'), _Names(), Log())
    assert tree.plain_text(root).split() == ["a", "b"]
    found = with_rules(f"<div class='x'><{name}></{name}>words</div>")
    assert "words" in found


@marks_as_text
@pytest.mark.parametrize(
    "place",
    ["<[x]>a", "<p [x]>a</p>", "<p [x]=1 b='[x]'>a</p>", '<a href="[x]">a</a>', "<!-- [x] -->", "<pre>[x]</pre>",
     "<svg [x]><text>[x]</text></svg>", "[ref][x][/ref]", "<table>[x]<tr><td>[x]</table>", "[gone a='[x]']",
     "<title>[x]</title>", "<textarea>[x]</textarea>", "[caption][x][/caption]", "<select>[x]</select>", "</[x]>"],
)  # fmt: skip
@pytest.mark.parametrize("rule", [Rule(raw="{{< f >}}"), Rule(html="<b>f</b>")])
def test_no_mark_is_left_wherever_a_rule_writes(place: str, rule: Rule) -> None:
    given = context({"x": rule})
    found = tree.serialize(to_tree(place, given))
    said = "".join(notice.what + notice.where + notice.old + notice.new for notice in given.log.notices)
    assert not re.search(placeholders._SECRET, found + said)


@marks_as_text
def test_marks_of_one_text_mean_nothing_in_another() -> None:
    one, other = placeholders.Marks(), placeholders.Marks()
    mark = one.keep("first")
    assert other.keep("second") != mark
    assert other.put_back(f"a {mark}") == f"a {mark}"
    assert one.put_back(f"a {mark}{mark} 0z") == "a firstfirst 0z"
    assert list(one.find(f"a {mark}")) == [(2, 2 + len(mark), "first")]
    assert len(placeholders.word()) == len(placeholders.word())
