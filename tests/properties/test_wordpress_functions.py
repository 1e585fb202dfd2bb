"""WordPress's own functions and ours, on texts put together by chance and on those of the fixtures: equal on all."""

from __future__ import annotations

import random
import re
from html import unescape

import pytest

from converters.html import quotes, tree
from converters.html.angle_brackets import keep_text
from converters.importers.wordpress.comments import SMILIES, comment_author, comment_html
from converters.importers.wordpress.content.autop import autop
from converters.importers.wordpress.content.typography import in_print, texturize
from converters.importers.wordpress.site import described
from converters.importers.wordpress.values import BLANK, plain
from tests.folders import ROOT
from tests.oracle import AVAILABLE, call

pytestmark = [
    pytest.mark.system,
    pytest.mark.skipif(not AVAILABLE, reason="php and WordPress's files are not installed"),
]
FIXTURES = ROOT / "fixtures/wordpress"

WORDS = ["word", "two words", "&amp;", "&nbsp;", "\u00a0", "0", "<3", "<", "a < b"]
SPACES = ["\n", "\n\n", "\n\n\n", "\r\n", " ", "\t"]
INLINE = """<b>bold</b> <em> </em> <del> </del> <span> </span> <code> </code> <br> <br/> <i></i> <textarea> </textarea>
<button> </button> <center> </center> <main> </main> <picture> </picture> <P> </P> <DIV> </DIV>""".split()
BLOCKS = """<p> </p> <div> </div> <ul> </ul> <li> </li> </ol> <blockquote> </blockquote> <pre> </pre> <table> <tr> <td>
</td> </tr> </table> <tbody> <h2> </h2> <hr> <figure> <figcaption> </figcaption> </figure> <section> </section> <form>
</form> <dl> <dt> </dt> <dd> </dd> </dl> <details> <summary> </summary> </details> <article> </article> <address>
</address> <math> </math>""".split()
WITH_SPACES = [
    "<br />", "<hr />", '<a href="x">link</a>', '<img src="a.jpg" />', '<div class="a b">', '<ol start="3">',
    '<pre class="x">', '<p align="center">', "<span\nclass='x'>", "<!--more-->", "<!-- of\ntwo lines -->",
    "<![CDATA[ x\n y ]]>", '[gallery ids="1"]', "[caption]", "[/caption]", '<input type="text">',
    '<iframe src="x"></iframe>', "<select><option>", "</option></select>",
]  # fmt: skip
PLAYERS = """<object> <embed> </object> <audio> </audio> <video> <source> <track> <script> </script> <style> </style>
<param>""".split()
PIECES = WORDS + 4 * SPACES + INLINE + BLOCKS + WITH_SPACES + PLAYERS


SIGNS = [
    "-",
    "--",
    "---",
    " - ",
    " -- ",
    "----",
    "a",
    "xn",
    "word",
    " ",
    " ",
    "\n",
    "9x12",
    "0x9",
    "(tm)",
    "3",
    "x",
    ".",
]
STRAIGHT = str.maketrans({"\u2018": "'", "\u2019": "'", "\u201c": '"', "\u201d": '"', "\u2026": "..."})


def by_chance(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    lengths = [draw.choice((4, 10, 30)) for _ in range(count)]
    return ["".join(draw.choice(PIECES) for _ in range(draw.randint(1, length))) for length in lengths]


def of_the_fixtures() -> list[str]:
    """The texts as they are, without the comments of blocks, and with line ends in place of paragraph tags."""
    texts: list[str] = []
    for path in sorted(FIXTURES.glob("*.xml")):
        texts += re.findall(r"<content:encoded><!\[CDATA\[(.*?)\]\]></content", path.read_text("utf-8"), re.DOTALL)
    bare = [re.sub(r"<!-- /?wp:.*?-->", "", text, flags=re.DOTALL) for text in texts]
    return texts + bare + [re.sub(r"</?p>", "\n\n", text) for text in bare]


LINE = """two&amp;three &lt;tag&gt; &eacute; &#8217; &#x27; &amp;amp; &amp;lt; <b> </b> <em> </em> <sup> </sup> <span>
</span> <i> 3&nbsp;km & &c. 100% "quoted" it's""".split()


def lines_by_chance(count: int, seed: int) -> list[str]:
    draw = random.Random(seed)
    return [" ".join(draw.choice(LINE) for _ in range(draw.randint(1, 6))) for _ in range(count)]


def _collapsed(text: str) -> str:
    return re.sub(r"[ \t\r\n\f]+", " ", text).strip(" ")


@pytest.mark.parametrize("function", ["the_title", "nav_menu_attr_title"])
def test_title_angle_brackets_as_wordpress_shows_lines(function: str) -> None:
    texts = lines_by_chance(3_000, seed=11)
    theirs = call(function, [[text] for text in texts])
    assert [(text, plain(text)) for text in texts] == list(zip(texts, map(_collapsed, theirs), strict=True))


def test_comment_author_entities_as_wordpress_shows_them() -> None:
    texts = lines_by_chance(3_000, seed=12)
    theirs = call("comment_author", [[text] for text in texts])
    assert [(text, comment_author(text)) for text in texts] == list(zip(texts, theirs, strict=True))


def test_term_description_paragraphs_as_wordpress_makes_them() -> None:
    """A `<` that opens no element is text before paragraphs are made, and signs of print are set after that."""
    texts = [text for text in by_chance(1_500, seed=14) if "\n" in text.strip()]
    theirs = call("term_description", [[keep_text(text)] for text in texts])
    assert [(text, described(text)) for text in texts] == [
        (text, in_print(one.strip(BLANK))) for text, one in zip(texts, theirs, strict=True)
    ]


def test_paragraphs_of_texts_put_together_by_chance() -> None:
    texts = by_chance(20_000, seed=1)
    theirs = call("wpautop", [[text] for text in texts])
    assert [(text, autop(text)) for text in texts] == list(zip(texts, theirs, strict=True))


def test_paragraphs_of_the_texts_of_the_fixtures() -> None:
    texts = of_the_fixtures()
    assert len(texts) > 150
    theirs = call("wpautop", [[text] for text in texts])
    assert [(text, autop(text)) for text in texts] == list(zip(texts, theirs, strict=True))


ADDRESSES = [
    "http://a.example", "https://b.example/path?x=1&y=2", "https://c.example/?x=1&amp;y=2", "www.d.example/a,b",
    "ftp.e.example", "ftp://f.example/x", "javascript://g.example/%0aalert(1)", "data://x", "foo://bar", "a@b.example",
    "mailto:c@d.example", "http://h.example/(in)", "(http://i.example/x)", "http://j.example/wiki/A_(b)",
    "http://k.example.",
    "http://l.example/é[1]", "http://m.example/it's", '<a href="http://n.example">http://n.example</a>', "://",
    "<http://o.example>", "<code>http://p.example :)</code>", "<a>", "</a>", "http://q.example/&quot;", "www.", "@",
    "http://", "x@y",
    "http://r.example/" + "r" * 2100, "word " * 2200 + "http://s.example t@t.example " * 150,
    "w" * 12000 + " http://u.example",
]  # fmt: skip
AROUND = [" ", " ", " ", "\n", ",", ".", ")", "(", ";", "!", "word", "&nbsp;", "\u00a0", "<b>", "</b>", "<br>", "<"]


def test_comments_put_together_by_chance() -> None:
    draw = random.Random(2)
    pieces = [*ADDRESSES[:-3], *SMILIES, *AROUND, *AROUND]
    texts = ["".join(draw.choice(pieces) for _ in range(draw.randint(1, 12))) for _ in range(15_000)]
    texts += [f"{draw.choice(pieces)}{long}{draw.choice(pieces)}" for long in ADDRESSES[-3:] for _ in range(20)]
    theirs = call("comment_text", [[text] for text in texts])
    ours = [comment_html(text) for text in texts]
    wrong = [row for row in zip(texts, ours, theirs, strict=True) if brackets(row[1]) != brackets(row[2])]
    assert wrong == []


def brackets(html: str) -> str:
    """Whether they are encoded in an address depends on whether PHP can parse it; both lead to the same place."""
    return html.replace("%5B", "[").replace("%5D", "]")


def _texturized(text: str) -> str:
    root = tree.parse(text)
    texturize(root)
    return unescape(tree.inner_html(root)).translate(STRAIGHT).replace("...", ".")


def test_signs_of_texts_put_together_by_chance() -> None:
    draw = random.Random(4)
    texts = ["".join(draw.choice(SIGNS) for _ in range(draw.randint(1, 12))) for _ in range(5_000)]
    texts += [f"<p>{text}<b>{text}</b>{text}<code>{text}</code></p>" for text in texts[:200]]
    theirs = call("wptexturize", [[text] for text in texts])
    shown = [unescape(text).translate(STRAIGHT).replace("...", ".") for text in theirs]
    assert [(text, _texturized(text)) for text in texts] == list(zip(texts, shown, strict=True))


QUOTED = """word it dogs s tis 90s 5 42 0.5 “ ’ é . , ? ( ) [ - -- ... : & % <b> </b>""".split() + ["'", '"', " "] * 6
PRIMED = re.compile(r"\d'|\d\"(?:['\"-]|\.\.)|'{3}|-['\"]")
"""Where primes and dashes are made before a text is known to be quoted."""


def _drawn(text: str) -> str:
    root = tree.parse(text)
    texturize(root)
    quotes.draw(root)
    return tree.inner_html(root)


def test_quotation_marks_of_texts_put_together_by_chance() -> None:
    draw = random.Random(5)
    texts = ["".join(draw.choice(QUOTED) for _ in range(draw.randint(2, 14))) for _ in range(8_000)]
    texts = [text for text in texts if not PRIMED.search(text) and text.count("<b>") == text.count("</b>") == 0]
    texts += [f"{left}<b>{right}</b>{left}" for left, right in zip(texts[:500], texts[500:1000], strict=True)]
    texts = [text.replace("&", "&amp;") for text in texts]
    theirs = call("wptexturize", [[text] for text in texts])
    shown = [tree.inner_html(tree.parse(text)) for text in theirs]
    assert [(text, _drawn(text)) for text in texts] == list(zip(texts, shown, strict=True))
