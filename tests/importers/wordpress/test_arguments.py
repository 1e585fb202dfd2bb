"""Arguments of shortcodes that a reader read are shown, or named."""

from __future__ import annotations

import pytest

from tests.importers.wordpress.test_content import convert

URL = "https://a.example/b.pdf"


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ('[note title="Mind the step"]Words[/note]', "<div><h4>Mind the step</h4>Words</div>"),
        ('[alert heading="Look"]Words[/alert]', "<div><h4>Look</h4>Words</div>"),
        (f'[callout title="A" button_text="Go" button_url="{URL}"]B[/callout]',
         f'<div><h4>A</h4>B<p><a href="{URL}">Go</a></p></div>'),
        (f'[cta title="A" button="Go" link="{URL}"]', f'<div><h4>A</h4><p><a href="{URL}">Go</a></p></div>'),
        (f'[download link="{URL}" text="The file"]', f'<a href="{URL}">The file</a>'),
        (f'[download url="{URL}"]The file[/download]', f'<a href="{URL}">The file</a>'),
        (f'[download file="{URL}"]', f'<a href="{URL}">b.pdf</a>'),
        (f'[button url="{URL}" text="Press"]', f'<a href="{URL}">Press</a>'),
        (f'[button link="{URL}" desc="2 MB"]Press[/button]', f'<a href="{URL}">Press</a> <small>2 MB</small>'),
        (f'[link url="{URL}"]Here[/link]', f'<a href="{URL}">Here</a>'),
        ('[quote author="Ann"]Wise[/quote]', "<blockquote><p>Wise</p><cite>Ann</cite></blockquote>"),
        (f'[blockquote author="Ann" cite="The Book" source="{URL}"]Wise[/blockquote]',
         f'<blockquote><p>Wise</p><cite><a href="{URL}">Ann, The Book</a></cite></blockquote>'),
        ('A [tooltip text="Said"]word[/tooltip].', '<p>A <span title="Said">word</span>.</p>'),
        ('A [tooltip title="NATO" content="An alliance"]word[/tooltip].',
         '<p>A <span title="NATO: An alliance">word</span>.</p>'),
        ('A [tooltip text="Said" /].', "<p>A Said.</p>"),
        ('[abbr title="World Wide Web"]WWW[/abbr]', '<abbr title="World Wide Web">WWW</abbr>'),
        ('[image src="https://a.example/b.jpg" alt="A" caption="C"]',
         '<figure><img src="https://a.example/b.jpg" alt="A"/><figcaption>C</figcaption></figure>'),
        ('[recipe title="Soup" servings="4" time="5 min"]Boil[/recipe]',
         "<div><h3>Soup</h3><ul><li>Servings: 4</li><li>Time: 5 min</li></ul>Boil</div>"),
    ],
)  # fmt: skip
def test_shown(text: str, html: str) -> None:
    shown, notices = convert(text)
    assert shown.strip() in (html, f"<p>{html}</p>")
    assert notices == []


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ('[one_half title="Two words"]a[/one_half]', 'shortcode.argument one_half title="Two words"'),
        (f'[highlight url="{URL}"]a[/highlight]', f'shortcode.argument highlight url="{URL}"'),
        ('[harbour title="Two words"]a[/harbour]', "shortcode.unknown harbour"),
        ('[download id="5"]', 'shortcode.left-out [download id="5"]'),
    ],
)
def test_named(text: str, named: str) -> None:
    assert convert(text)[1] == [named]


@pytest.mark.parametrize(
    "text", ['[one_half title="x"]a[/one_half]', '[highlight color="light red"]a[/highlight]', "[link] [image] [url]"]
)
def test_not_named(text: str) -> None:
    assert convert(text)[1] == []
