"""Semantic HTML in Hugo's terms, built by the real Hugo: what is written, and what a reader gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from lxml import etree

from converters.exporters.hugo import idioms, shortcode_text
from converters.html import tree
from converters.importers.shared.embeds import embed
from converters.markdown import tree_to_markdown
from converters.model.notices import Log
from tests import wxr
from tests.support import convert, hugo

IMG = '<img src="/a.jpg" alt="A boat" width="30" height="20"/>'


def written(html: str) -> tuple[str, list[str]]:
    """The Markdown for a piece of semantic HTML, and the codes of its notices."""
    root, log = tree.parse(html), Log()

    def phrases(element: etree._Element) -> str:
        return tree_to_markdown(element, dialect="goldmark")

    shortcode_text.escape_shortcodes(root, log)
    idioms.apply(root, phrases, log)
    text = shortcode_text.finish(tree_to_markdown(root, dialect="goldmark"))
    return text.strip(), [notice.code for notice in log.notices]


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (f"<figure>{IMG}</figure>", "![A boat](/a.jpg)"),
        (f"<figure>{IMG}<figcaption>Two <em>words</em></figcaption></figure>",
         '{{< figure src="/a.jpg" alt="A boat" caption="Two *words*" >}}'),
        (f'<figure class="alignleft"><a href="/b" rel="x">{IMG}</a></figure>',
         '{{< figure src="/a.jpg" alt="A boat" link="/b" rel="x" class="alignleft" >}}'),
        (f'<figure class="is-resized">{IMG}</figure>', '{{< figure src="/a.jpg" alt="A boat" width="30" height="20" >}}'),
        (f"<figure>{IMG}<figcaption>Say \"no\" C:\\x</figcaption></figure>",
         '{{< figure src="/a.jpg" alt="A boat" caption=`Say "no" C:\\x` >}}'),
        (f"<figure>{IMG}<figcaption>one<br/>two</figcaption></figure>",
         '{{< figure src="/a.jpg" alt="A boat" caption="one<br>two" >}}'),
        # what a call cannot say stays HTML
        (f"<figure>{IMG}<figcaption>both \" and ` marks</figcaption></figure>",
         f'<figure>{IMG}<figcaption>both " and ` marks</figcaption></figure>'),
        (f"<figure>{IMG}<figcaption><p>one</p><p>two</p></figcaption></figure>",
         f"<figure>{IMG}<figcaption><p>one</p><p>two</p></figcaption></figure>"),
        (f"<figure>{IMG}<figcaption>{{{{&lt; x &gt;}}}}</figcaption></figure>",
         f"<figure>{IMG}<figcaption>{{{{&lt; x &gt;}}}}</figcaption></figure>"),
        (f"<figure>{IMG}{IMG}<figcaption>two</figcaption></figure>",
         f"<figure>{IMG}{IMG}<figcaption>two</figcaption></figure>"),
        (f'<figure class="gallery" data-columns="2" data-type="slideshow"><figure>{IMG}</figure><figcaption>All</figcaption></figure>',
         '{{< gallery columns="2" layout="slideshow" caption="All" >}}\n{{< figure src="/a.jpg" alt="A boat" >}}\n{{< /gallery >}}'),
        (f'<figure class="gallery" data-columns="3"><ul><li><figure>{IMG}</figure></li></ul></figure>',
         '{{< gallery columns="3" >}}\n<ul>\n<li>{{< figure src="/a.jpg" alt="A boat" >}}</li>\n</ul>\n{{< /gallery >}}'),
        (f'<figure class="gallery" data-columns="3"><figure>{IMG}</figure><p>words</p></figure>',
         f'<figure class="gallery" data-columns="3"><figure>{IMG}</figure><p>words</p></figure>'),
        (embed("http://www.youtube.com/watch?v=abcdefghijk&hl=ko&"), "{{< youtube abcdefghijk >}}"),
        (embed("https://youtu.be/abcdefghijk"),
         '{{< youtube id="abcdefghijk" url="https://youtu.be/abcdefghijk" >}}'),
        (embed("https://www.youtube.com/watch?v=abcdefghijk&t=75", "<em>Song</em>"),
         '{{< youtube id="abcdefghijk" start="75" >}}\n\n*Song*'),
        (embed("https://www.youtube.com/watch?v=abcdefghijk&list=PL12"), '{{< youtube id="abcdefghijk" list="PL12" >}}'),
        (embed("https://www.youtube.com/playlist?list=PL12"), '{{< youtube list="PL12" >}}'),
        (embed("https://vimeo.com/123456/abc123def#t=5s"), '{{< vimeo id="123456" hash="abc123def" >}}'),
        (embed("https://gist.github.com/tom/abc123#file-a-py"),
         '{{< embed provider="gist" url="https://gist.github.com/tom/abc123#file-a-py" id="tom/abc123" file="a.py" />}}'),
        (embed("https://vimeo.com/123456", inside='<iframe src="x"></iframe>'), "{{< vimeo 123456 >}}"),
        (embed("https://twitter.com/tom/status/12", inside="<blockquote><p>Hi</p></blockquote>"),
         '{{< embed provider="x" url="https://twitter.com/tom/status/12" id="12" >}}<p>Hi</p>{{< /embed >}}'),
        (embed("https://open.spotify.com/track/4abc"),
         '{{< embed provider="spotify" url="https://open.spotify.com/track/4abc" id="track/4abc" />}}'),
    ],
)  # fmt: skip
def test_what_is_written(html: str, expected: str) -> None:
    text, notices = written(html)
    assert text.replace("&quot;", '"') == expected
    assert set(notices) <= {"template.escaped"}


def test_an_address_without_a_player_is_a_link() -> None:
    text, notices = written(embed("https://wordpress.tv/2009/03/16/x/"))
    assert '<a href="https://wordpress.tv/2009/03/16/x/">https://wordpress.tv/2009/03/16/x/</a>' in text
    assert notices == ["embed.card"]


@pytest.mark.hugo
def test_the_template_draws_every_provider_it_is_called_for(tmp_path: Path) -> None:
    """Each with its address; nothing is fetched, as the build runs without a network."""
    ids = {"x": "12", "tiktok": "12"}
    calls = []
    for provider in sorted(idioms.TEMPLATE):
        values = {"provider": provider, "url": f"https://{provider}.example/1?a=b&c", "id": ids.get(provider, "a1/b2")}
        call = shortcode_text.call("embed", values, closed=True)
        assert call is not None
        calls.append(shortcode_text.finish(call))
    site = convert(tmp_path, wxr.export(wxr.item(id=1, title="One", slug="one", content="x")))
    (file,) = site.files("content/posts/*.md")
    (site.folder / file).write_text("---\ntitle: One\nurl: /one/\n---\n" + "\n\n".join(calls), encoding="utf-8")
    page = (hugo(site.folder) / "one/index.html").read_text(encoding="utf-8")
    figures = re.findall(r"<figure class=.?embed.*?</figure>", page, re.DOTALL)
    assert len(figures) == len(idioms.TEMPLATE)
    for figure in figures:
        assert re.search(r"<iframe|<script", figure), figure
        assert ".example/1?a=b" in figure
        assert "%!" not in figure
        assert "ZgotmplZ" not in figure


def test_a_frame_stays_a_frame_and_nothing_is_lost() -> None:
    frame = '<iframe src="https://tides.example/gauge"></iframe>'
    text, notices = written(f'<figure class="embed" data-url="https://tides.example/gauge">{frame}</figure>')
    assert frame in text
    assert notices == []
