"""What public reports say Jekyll, Hugo, GitHub Pages and readers of feeds do with the text of a blog: none of it
happens to a blog that was converted. Built with the real ones, a table of inputs."""

from __future__ import annotations

from html import unescape
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.sites.test_teasers import teasers, with_all_teasers, words
from tests.support import Site, convert, convert_files, hugo
from tests.wxr import export, item

MORE = "<!--more-->"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


class Report(NamedTuple):
    text: str
    """Of the post."""
    teaser: str = ""
    """The words of its teaser."""
    page: tuple[str, ...] = ()
    """What its page says, references as characters."""
    feed: tuple[str, ...] = ()
    """What its text in the feed says, likewise."""


OF_WORDPRESS = {
    "a mark in highlighted code": Report(
        '<pre class="brush: html">&lt;!--more--&gt;</pre>one', "<!--more--> one", ("<!--more-->",), ("<!--more-->",)
    ),
    "a mark in the middle of a paragraph": Report(f"<p>one {MORE}two</p>", "one", ("two",)),
    "code with an empty line at the start": Report(
        f"<pre>one();\n\ntwo();</pre>{MORE}three", "one(); two();", ("one();\n\ntwo();",), ("one();\n\ntwo();",)
    ),
    "a tag of Liquid over the mark": Report(
        f"<p>{{% if a %}} one</p>{MORE}<p>two {{% endif %}} {{{{ x }}}}</p>",
        "{% if a %} one",
        ("{% endif %} {{ x }}",),
        ("{% if a %} one",),
    ),
    "a tag of Liquid over lines": Report("<p>one {% include a\nb %} two</p>", "one {% include a b %} two"),
    "a link and a note around the mark": Report(
        f'<p>one <a href="https://e.example/">two</a> [^1]</p>{MORE}<p>[^1]: no note</p>',
        "one two [^1]",
        ('href="https://e.example/"', "[^1]: no note"),
    ),
    "pictures from the root": Report(
        '<p><img src="/uploads/a.jpg" alt="a"/></p>',
        "",
        ('src="/uploads/a.jpg"',),
        ('src="https://old.example/uploads/a.jpg"',),
    ),
    "pictures seen from the page": Report(
        '<p><img src="images/a.jpg" alt="a"/> <a href="../b/">b</a></p>',
        "b",
        (),
        ("/images/a.jpg", 'href="https://old.example/b/"'),
    ),
    "links to places on the page": Report(
        '<p><a href="#sec">one</a></p><h2 id="sec">two</h2>', "one two", ('href="#sec"',), ("/#sec",)
    ),
    "addresses without a scheme": Report(
        '<p><img src="//cdn.example/a.jpg" alt="a"/></p>', "", (), ("//cdn.example/a.jpg",)
    ),
    "words that look like addresses": Report(
        '<p>set src="/x" and <code>href="/y"</code></p>', "", ('href="/y"',), ("/x", 'href="/y"')
    ),
    "quotation marks around emphasis": Report(
        "<p>\"<em>Hurrah!</em>\" '<b>So</b>.'</p>", "", ("“<em>Hurrah!</em>” ‘<strong>So</strong>.’",)
    ),
    "quotation marks around a link": Report(
        '<p>He said "<a href="https://e.example/">X</a>" there</p>', "", (">X</a>” there",)
    ),
    "an apostrophe in a word between quotation marks": Report(
        "<p>\"He said: 'Einstein'sche Theorie.'\"</p>", "", ("‘Einstein’sche Theorie.",)
    ),
    "plain quotation marks as code": Report('<p><code>"a" -- \'b\'...</code></p>', "", ("\"a\" -- 'b'...",)),
    "names of faces and of people": Report(
        "<p>:smile: :+1: @octocat #12 abc@def</p>", ":smile: :+1: @octocat #12 abc@def"
    ),
    "signs of print that are typed": Report(
        "<p>(c) 1/2 (r) +/- << >> ~ ^ | a_b_c 2*3*4</p>", "(c) 1/2 (r) +/- << >> ~ ^ | a_b_c 2*3*4"
    ),
    "mathematics and attributes of kramdown": Report(
        "<p>$$x$$ {: .red} {::nomarkdown} a</p>", "$$x$$ {: .red} {::nomarkdown} a"
    ),
    "the end of a block of data": Report(
        "<p>a ]]&gt; b &amp;amp; c &lt;b&gt;</p>", "a ]]> b &amp; c <b>", (), ("]]>",)
    ),
    "an address in capitals with signs": Report(
        '<p><a href="/Wiki/A_(b)?x=1&amp;y=%7B2%7D">one</a></p>',
        "one",
        ("/Wiki/A_(b)?x=1&y=%7B2%7D",),
        ("https://old.example/Wiki/A_(b)?x=1&y=%7B2%7D",),
    ),
    "tables and lists in front of the mark": Report(
        f"<ul><li>one</li></ul><table><tr><td>two</td></tr></table>{MORE}<p>three</p>", "one two", ("three",)
    ),
}  # fmt: skip
TITLES = {
    "R&D <b>& more</b>": "R&D & more",
    "Joren->blog": "Joren->blog",
    '"Q": {{ x }} {% y %}': '"Q": {{ x }} {% y %}',
}
"""Title in the source -> what the feed and the page call the post, without a word of markup."""

OF_HUGO = {
    "typographer": Report("\"It's\" -- a --- b... '90s << x >>\n", "“It’s” – a — b… ’90s « x »"),
    "a shortcode shows a picture of the bundle": Report(
        '{{< figure src="a.png" alt="a" caption="cap" >}}\n', "cap", (), ("/posts/c2/a.png",)
    ),
    "a mark in a quote": Report(f"> one\n>\n> {MORE}\n>\n> two\n\nthree\n", "one", ("two",)),
    "a mark with blanks": Report("one\n\n<!-- more -->\n\ntwo\n", "one two"),
    "references of links behind the mark": Report(f"one [two][g]\n\n{MORE}\n\n[g]: https://e.example/\n", "one two"),
}


def built_items(built: Path, feed: str) -> dict[str, str]:
    """Title -> text, of the feed."""
    rows = ElementTree.parse(built / feed).getroot().iter("item")
    return {row.findtext("title") or "": row.findtext(CONTENT) or "" for row in rows}


def check(reports: dict[str, Report], built: Path, feed: str, where: str) -> None:
    lists, items = teasers(built), built_items(built, feed)
    wrong = []
    for number, (name, report) in enumerate(reports.items(), 1):
        page = unescape((built / where.format(number) / "index.html").read_text(encoding="utf-8"))
        wrong += [(name, "page", text) for text in report.page if text not in page]
        if report.teaser and words(lists[name]) != report.teaser.replace("”", '"'):
            wrong.append((name, "teaser", words(lists[name])))
        if name in items:
            text = unescape(items[name])
            wrong += [(name, "feed", part) for part in report.feed if part not in text]
    assert wrong == []
    assert len(items) > 3 or len(items) == len(reports)


def of_wordpress(folder: Path, to: str) -> Site:
    rows = [
        item(id, slug=f"c{id}", title=name, content=one.text) for id, (name, one) in enumerate(OF_WORDPRESS.items(), 1)
    ]
    titled = [item(100 + id, slug=f"t{id}", title=title) for id, title in enumerate(TITLES)]
    first = reversed(rows)  # the feed shows the first twenty
    return convert(folder, export(*first, *titled), options=Options("wordpress", to))


def check_titles(built: Path) -> None:
    for id, title in enumerate(TITLES.values()):
        page = (built / f"t{id}/index.html").read_text(encoding="utf-8")
        heading = page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0]
        assert words(heading) == title


@pytest.mark.hugo
def test_hugo(tmp_path: Path) -> None:
    built = hugo(of_wordpress(tmp_path, "hugo").folder)
    check(OF_WORDPRESS, built, "index.xml", "c{}")
    check_titles(built)


@pytest.mark.system
@real
def test_jekyll(tmp_path: Path) -> None:
    built = jekyll(with_all_teasers(of_wordpress(tmp_path, "jekyll")).folder)
    check(OF_WORDPRESS, built, "feed.xml", "c{}")
    check_titles(built)


@pytest.mark.system
@real
def test_jekyll_from_hugo(tmp_path: Path) -> None:
    folder = tmp_path / "old"
    for number, (name, report) in enumerate(OF_HUGO.items(), 1):
        home = folder / f"content/posts/c{number}"
        home.mkdir(parents=True)
        text = f"---\ntitle: {name}\ndate: 2022-01-0{number}\n---\n\n{report.text}"
        (home / "index.md").write_text(text, encoding="utf-8")
        (home / "a.png").write_bytes(b"no picture")
    (folder / "hugo.toml").write_text('baseURL = "https://old.example/"\n')
    site = convert_files(tmp_path, folder, options=Options("hugo", "jekyll"))
    check(OF_HUGO, jekyll(site.folder), "index.xml", "posts/c{}")
