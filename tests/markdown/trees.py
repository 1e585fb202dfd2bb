"""Hypothesis strategies for HTML that Markdown can say: every text is hostile, every nesting legal."""

from __future__ import annotations

from html import escape

from hypothesis import strategies as st

MARKS = (
    "* _ ` ~ # + - > | [ ] ( ) < & ! \\ : . 1. 12) 1986. --- === *** ``` ~~~ {#x} {{ }} $ $$ {: ^ @ \" ' = [x](y) ![b] "
    "<tag> </p> &amp; &copy; &#65; a_b_c __init__ 2*3*4 5 * 3 [ ] [x] [^1] [a]: / : x | a | | --- | <!-- --> \\* \\\\ "
    "日本 é 。 「 」 – “ ”"
).split(" ")
WORD = st.one_of(st.sampled_from(MARKS), st.sampled_from("alpha beta Gamma d 7 ünï".split()))
TEXT = st.lists(WORD, min_size=1, max_size=6).map(" ".join).map(str.strip).filter(bool)
TIGHT_TEXT = st.lists(WORD, min_size=1, max_size=3).map("".join).filter(str.strip)
URL = st.sampled_from(
    [
        "https://x.example/a_(b)",
        "/a b",
        "a)b(",
        "#frag",
        "https://x.example/?a=1&b=2",
        "/%20x",
        "mailto:a@b.example",
        "x*y_z",
        "&copy;",
    ]
)
TITLE = st.one_of(st.just(""), st.sampled_from(["plain", 'with "quotes"', 'it\'s "both"', "back\\slash", "&amp;"]))


def text(value: str) -> str:
    return escape(value, quote=False)


def _attribute(name: str, value: str) -> str:
    return f' {name}="{escape(value)}"' if value else ""


def _wrapped(tag: str, inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return inner.map(lambda html: f"<{tag}>{html}</{tag}>")


CODE = TIGHT_TEXT.map(lambda value: f"<code>{text(value)}</code>")
IMAGE = st.tuples(URL, TEXT, TITLE).map(
    lambda parts: f'<img src="{escape(parts[0])}" alt="{escape(parts[1])}"{_attribute("title", parts[2])}>'
)
PLAIN = st.one_of(TEXT, TIGHT_TEXT).map(text)
LEAF = st.one_of(PLAIN, CODE, IMAGE)


def _joined(parts: list[tuple[str, str]]) -> str:
    return "".join(separator + part for separator, part in parts).strip()


def _run(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.lists(st.tuples(st.sampled_from(["", " "]), inner), min_size=1, max_size=4).map(_joined).filter(bool)


SIMPLE = _run(LEAF)
EM = _wrapped("em", _run(st.one_of(LEAF, _wrapped("strong", SIMPLE))))
STRONG = _wrapped("strong", _run(st.one_of(LEAF, _wrapped("em", SIMPLE))))
STRIKE = _wrapped("del", SIMPLE)
LINK = st.tuples(URL, TITLE, _run(st.one_of(PLAIN, CODE, _wrapped("em", PLAIN), _wrapped("strong", PLAIN)))).map(
    lambda parts: f'<a href="{escape(parts[0])}"{_attribute("title", parts[1])}>{parts[2]}</a>'
)
TAGGED = st.one_of(*(_wrapped(tag, SIMPLE) for tag in ("sub", "kbd", "mark")))
_INLINE = _run(st.one_of(LEAF, EM, STRONG, LINK, STRIKE, TAGGED))


@st.composite
def inlines(draw: st.DrawFn) -> str:
    return draw(_INLINE)


INLINE = inlines()
LINES = st.lists(INLINE, min_size=1, max_size=3).map("<br>".join)

PARAGRAPH = _wrapped("p", LINES)
HEADING = st.tuples(st.integers(1, 6), INLINE).map(lambda parts: f"<h{parts[0]}>{parts[1]}</h{parts[0]}>")
PRE = st.tuples(st.sampled_from(["", ' class="language-c++"']), st.lists(st.one_of(TEXT, st.just("")), max_size=4)).map(
    lambda parts: f"<pre><code{parts[0]}>{text(chr(10).join(parts[1]))}\n</code></pre>"
)
RULE = st.just("<hr>")
CELL = st.one_of(INLINE, st.just(""))


@st.composite
def tables(draw: st.DrawFn) -> str:
    width = draw(st.integers(1, 3))
    row = st.lists(CELL, min_size=width, max_size=width)
    head = "".join(f"<th>{cell}</th>" for cell in draw(row))
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in draw(row)) + "</tr>" for _ in range(draw(st.integers(1, 3)))
    )
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def _list(items: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    kind = st.sampled_from(["ul", "ol", 'ol start="7"'])
    return st.tuples(kind, st.lists(items, min_size=1, max_size=3)).map(
        lambda parts: f"<{parts[0]}>" + "".join(f"<li>{item}</li>" for item in parts[1]) + f"</{parts[0].split()[0]}>"
    )


TIGHT_LIST = _list(INLINE)
NESTED_LIST = _list(
    st.one_of(INLINE, st.tuples(INLINE, _list(INLINE).filter(lambda html: "start" not in html)).map("".join))
)


def _blocks(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    two = st.tuples(PARAGRAPH, inner).map("".join)
    return st.one_of(_wrapped("blockquote", st.lists(inner, min_size=1, max_size=3).map("".join)), _list(two))


_FLAT = (PARAGRAPH, PARAGRAPH, HEADING, PRE, RULE, TIGHT_LIST, NESTED_LIST, tables())


@st.composite
def blocks(draw: st.DrawFn, depth: int = 2) -> str:
    """One block; quotes and lists hold others, `depth` levels of them."""
    number = draw(st.integers(0, len(_FLAT) + (1 if depth else -1)))
    return draw(_FLAT[number] if number < len(_FLAT) else _blocks(blocks(depth - 1)))


DOCUMENT = st.lists(blocks(), min_size=1, max_size=4).map("\n".join)
