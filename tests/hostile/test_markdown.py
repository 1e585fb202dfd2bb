"""Texts that would be templates, attributes or other markup to the target: one hostile site, built by the real ones.

Every mark stands everywhere a text can: title, prose, emphasis, code, links, alternative texts, attributes, lists,
quotations, tables, headings, HTML that Markdown cannot say, comments of HTML, summaries, terms.
A reader sees it as it was.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable
from html import escape
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import etree

from converters.html import tree
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, page_at
from tests.fidelity import flat
from tests.hostile.cases import case
from tests.support import Site, convert, hugo
from tests.wxr import export, item

SECRET = "root:x:0:0"
SHORTCODES = (
    '{{< readFile "/etc/passwd" >}}',
    '{{% readFile "/etc/passwd" %}}',
    "{{</* x */>}}",
    "{{<x>}}inside{{</x>}}",
    "{{{< x >}}}",
    "{{% /x %}}",
)
LONE = ("{{<", "{{%", "{%", "{{", "}} {{< x", "{{< x {{% y", ">}} %}", "{ {<", "{{{{%", "&#123;{< x >}}")
LIQUID = (
    "{% endraw %}{{ site.github }}{% include x %}",
    "{% raw %}{{ 1 }}",
    "{%- endif -%} {{- page.url -}}",
    '{{ "{{" }}',
    "{{ .Site.Title }}",
)
KRAMDOWN = (
    '{: onclick="alert(1)"}',
    '{:onclick="alert(1)" .a #b}',
    '{::options auto_ids="false" /}',
    "{::nomarkdown}a{:/}",
    "{:/}",
    "{:toc}",
    "*[HTML]: words",
    "$$ x $$",
    "a | b",
    "<<x>>",
    "[^1]: note [^1]",
    "~~~",
    "+++",
    "---",
    "`" * 50,
)
MARKS = SHORTCODES + LONE + LIQUID + KRAMDOWN
PLACES = """<p>Prose {e} end</p>
<p>{e}</p>
<p><b>{e}</b> and <i>x</i>{e}</p>
<pre><code>{e}

{e}</code></pre>
<p><code>{e}</code></p>
<p><a href="https://x.example/?q={e}" title="{e}">{e}</a></p>
<p><img src="/a.png" alt="{e}"></p>
<ul><li>{e}</li><li>x</li></ul>
<blockquote><p>{e}</p></blockquote>
<table><thead><tr><th>{e}</th></tr></thead><tbody><tr><td>{e} <code>{e}</code></td></tr></tbody></table>
<!-- {c} --><h2>{e}</h2>
<div class="note" title="{e}"><sub>{e}</sub></div>
"""
SEEN = 15
"""How often a reader sees the mark, as text."""


LINKS = (
    ("x](javascript:alert(1)) [y", "https://x.example/a)b(c"),
    ("[a](b)", "https://x.example/a](javascript:alert(1)"),
    ("a\nb", "https://x.example/a\nb"),
    ("<b>", "https://x.example/<script>"),
    ("`" * 50, "https://x.example/" + "`" * 50),
    ("a `b", "https://x.example/`b"),
    ("\\", "https://x.example/\\"),
    ("]", "https://x.example/]"),
    ("!", "https://x.example/?a=b&amp;c=&quot;d&quot;"),
    ("a  ", "https://x.example/ "),
    ("| a |", "https://x.example/|"),
    ("*a _b", "https://x.example/*_"),
    ("y.example/", "https://x.example/"),
    ("(" * 40, "https://x.example/" + "(" * 40),
    ("&amp;copy;", "https://x.example/&amp;copy;"),
    ("^1", "#fn:1"),
    ("{: .a}", "https://x.example/{{<x>}}{%y%}"),
)


def link(row: tuple[str, str]) -> str:
    words, address = row
    return f'<p>Before <a href="{escape(address)}" title="{escape(words)}">{escape(words)}</a>{escape(words)} after</p>'


def hostile_site(folder: Path, target: str) -> Site:
    items = []
    for number, mark in enumerate(MARKS, start=1):
        words = escape(mark)
        content = PLACES.format(e=words, c=mark.replace("--", "- -"))
        terms = [("category", f"c{number}", mark)]
        items.append(item(number, title=words, content=content, excerpt=words, terms=terms))
    items.append(item(900, title="Links", content="<p>Prose and links</p>\n" + "\n".join(map(link, LINKS))))
    return convert(folder, export(*items), options=Options("wordpress", target))


def shown(page: Path) -> tuple[str, list[str], list[str], etree._Element]:
    """(words, those of its code, values of alt, title and href, the tree) of a post on a built page."""
    root = tree.parse(page.read_text(encoding="utf-8"))
    article = next(p for p in root.iter("p") if (p.text or "").startswith("Prose ")).getparent()
    assert article is not None
    wanted = (("img", "alt"), ("a", "title"), ("a", "href"), ("div", "title"))
    attributes = [
        unquote(str(e.get(key))) for name, key in wanted for e in article.iter(name) if e.get(key) is not None
    ]
    code = [tree.plain_text(element) for element in article.iter("code")]
    return " ".join(map(str, article.itertext("*"))), code, attributes, article


@pytest.fixture(scope="module")
def hugo_pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    site = hostile_site(tmp_path_factory.mktemp("hostile-hugo"), "hugo")
    built = hugo(site.folder)
    return lambda number: built / f"post-{number}/index.html"


@pytest.fixture(scope="module")
def jekyll_pages(tmp_path_factory: pytest.TempPathFactory) -> Callable[[int], Path]:
    site = hostile_site(tmp_path_factory.mktemp("hostile-jekyll"), "jekyll")
    built = jekyll(site.folder)
    return lambda number: page_at(built, f"/post-{number}/")


def seen_as_it_was(page: Path, mark: str) -> None:
    words, code, attributes, article = shown(page)
    text = flat(words)
    assert text.count(flat(mark)) >= SEEN, words
    assert flat(f"Prose {mark} end") in text
    assert [one.rstrip("\n") for one in code] == [f"{mark}\n\n{mark}", mark, mark], code
    values = [f"https://x.example/?q={mark}", mark, mark, mark]
    assert sorted(map(flat, attributes)) == sorted(map(flat, values)), attributes
    assert not article.xpath(".//@onclick")
    assert SECRET not in page.read_text(encoding="utf-8")


literal = case(
    "markdown-shortcode",
    'a shortcode in a text, such as `{{< readFile "/etc/passwd" >}}`, in prose, code, links, attributes, tables',
    "built by Hugo and by Jekyll it is shown as it was; no file is read",
)
lone = case("markdown-lone-mark", "`{{<`, `{{%`, `{%`, `{{` without an end", "the site builds; shown as it was")
liquid = case(
    "markdown-liquid",
    "`{% endraw %}{{ site.github }}{% include x %}` in a text",
    "built by Jekyll it is shown as it was",
)
kramdown = case(
    "markdown-attributes",
    "`{: onclick=…}`, `{::options …/}`, `$$`, `|`, footnotes and other marks of kramdown in a text",
    "built by Jekyll it is shown as it was; no attribute comes of it",
)
links = case(
    "markdown-link",
    "link texts, titles and addresses with `](javascript:…)`, brackets, line ends, `<`, fifty backticks",
    "one link each, to the same address, with the same words",
)


@literal
@lone
@pytest.mark.hugo
@pytest.mark.parametrize("number", range(1, len(MARKS) + 1), ids=[mark[:24] for mark in MARKS])
def test_hugo_shows_it_as_it_was(hugo_pages: Callable[[int], Path], number: int) -> None:
    seen_as_it_was(hugo_pages(number), MARKS[number - 1])


@literal
@lone
@liquid
@kramdown
@pytest.mark.system
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll")
@pytest.mark.parametrize("number", range(1, len(MARKS) + 1), ids=[mark[:24] for mark in MARKS])
def test_jekyll_shows_it_as_it_was(jekyll_pages: Callable[[int], Path], number: int) -> None:
    seen_as_it_was(jekyll_pages(number), MARKS[number - 1])


def same_links(page: Path) -> None:
    _, _, _, article = shown(page)
    paragraphs = [element for element in article.iter("p") if (element.text or "").startswith("Before ")]
    assert len(paragraphs) == len(LINKS)
    for paragraph, (words, address) in zip(paragraphs, LINKS, strict=True):
        found, *others = paragraph.iter("a")
        assert others == [], etree.tostring(paragraph)
        assert flat(tree.plain_text(found)) == flat(words)
        assert flat(str(found.get("title"))) == flat(words)
        assert flat(tree.plain_text(paragraph)) == flat(f"Before {words}{words} after")
        assert browser(str(found.get("href"))) == browser(address)


def browser(address: str) -> str:
    """An address as a browser reads it, decoded."""
    return unquote(re.sub(r"[\t\r\n]", "", address.strip()))


@links
@pytest.mark.hugo
def test_links_in_hugo(hugo_pages: Callable[[int], Path]) -> None:
    same_links(hugo_pages(900))


@links
@pytest.mark.system
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll")
def test_links_in_jekyll(jekyll_pages: Callable[[int], Path]) -> None:
    same_links(jekyll_pages(900))
