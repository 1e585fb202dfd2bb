"""HTML of strangers, in every field that holds some: only what is on the lists stays, however a browser reads it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest

from converters.html.sanitize import Use, allowed, clean_html, clean_value, runs
from converters.html.sanitize.values import sheet, style
from converters.model.notices import Log
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.hostile.active_payloads import PAYLOADS, SEAMS
from tests.hostile.browsers import running
from tests.hostile.cases import case
from tests.shared_builds import shared
from tests.support import Site, convert, hugo
from tests.wxr import cdata, export, item

every_payload = pytest.mark.parametrize("html", [html for _, html in PAYLOADS], ids=[name for name, _ in PAYLOADS])


def cleaned(html: str) -> tuple[str, list[str]]:
    log = Log("1")
    text = clean_html(html, log)
    return text, [notice.code for notice in log.notices]


@case(
    "html-lists",
    "handlers, addresses that run, raw text, comments, SVG, MathML, styles, forms, in well over a hundred forms",
    "what is left holds nothing that runs, for parsers of HTML old and new, scripts on and off; it stays as it is",
)
@every_payload
def test_what_is_left_is_harmless_and_stays(html: str) -> None:
    text, _ = cleaned(html)
    assert running(text) == []
    assert cleaned(text) == (text, [])


def test_the_judge_sees() -> None:
    """As they are, nearly all of them would run in a browser or another; the rest would once they are Markdown."""
    silent = [name for name, html in PAYLOADS if not running(html) and not name.startswith("markdown")]
    assert len(silent) <= len(PAYLOADS) // 8, silent


BENIGN = (
    '<p class="lead" id="a" lang="de" dir="rtl" title="x &lt; y">a <b>b</b> <em>c</em><br>d</p>',
    '<a href="https://x.example/?q=javascript:1#y" target="_blank" rel="noopener">a</a>',
    '<a href="mailto:a@x.example">b</a><a href="tel:+491">c</a><a href="/d/">d</a><a href="#e">e</a>',
    '<a href="f.html">f</a>',
    '<a name="g"></a><a href="magnet:?xt=urn:btih:1">h</a><a href="?p=1">i</a><a href="//x.example/j">j</a>',
    '<img src="/a.png" alt="a" width="1" height="2" srcset="/a.png 1x, /b.png 2x" sizes="100vw" loading="lazy">',
    '<img src="data:image/png;base64,iVBORw0KGgo=" alt="">',
    '<figure class="wp-block-image"><img src="/a.png" alt=""><figcaption>b</figcaption></figure>',
    '<figure class="embed" data-provider="x" data-url="https://x.com/a/status/1" data-id="1"></figure>',
    '<table border="1" cellpadding="2"><thead><tr><th scope="col" colspan="2" style="text-align: right">a</th></tr>'
    "</thead><tbody><tr><td rowspan=\"2\" valign='top'>b</td></tr></tbody></table>",
    "<details open><summary>a</summary><p>b</p></details>",
    '<ul><li>a<li value="3">b</ul><ol start="3" reversed type="a"><li>c</li></ol><dl><dt>d</dt><dd>e</dd></dl>',
    '<pre><code class="language-html">&lt;script&gt;alert(1)&lt;/script&gt;</code></pre>',
    '<p style="color: #f00; margin-left: 2em; background: url(https://x.example/a.png) no-repeat">a</p>',
    '<ruby>a<rp>(</rp><rt>b</rt></ruby><abbr title="c">d</abbr><kbd>e</kbd><time datetime="2021">f</time>',
    '<blockquote cite="https://x.example/"><p>a</p><cite>b</cite></blockquote><q cite="/c">d</q>',
    '<del cite="/a" datetime="2021-01-01">b</del><ins>c</ins><mark>d</mark><s>e</s><sub>f</sub><sup>g</sup>',
    '<font color="red" size="2" face="Arial">a</font><center>b</center><big>c</big><tt>d</tt>',
)
"""Pieces that stay as they are, byte for byte."""

SAME_TREE = (
    '<audio controls="" src="/a.mp3" preload="none"></audio>',
    '<video controls="" poster="/p.jpg" width="640"><source src="/a.mp4" type="video/mp4"/>'
    '<track src="/a.vtt" kind="captions" srclang="en" label="English"/></video>',
    '<iframe src="https://www.youtube.com/embed/abc" width="560" height="315" allow="autoplay; fullscreen" '
    'allowfullscreen="" loading="lazy" title="a" style="border: 0"></iframe>',
    '<iframe src="//player.vimeo.com/video/1">a text for old browsers</iframe>',
    '<noscript><a href="https://x.example/">a</a><img src="/b.png" alt=""/></noscript>',
    '<object data="/a.pdf" type="application/pdf" width="100%" height="600">a</object>',
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 4 4" width="4"><title>A dot</title><defs>'
    '<linearGradient id="g"><stop offset="0" stop-color="red"></stop></linearGradient></defs>'
    '<g transform="translate(1 2) rotate(4)"><circle cx="2" cy="2" r="1" fill="url(#g)"></circle></g>'
    '<path d="M0 0L4 4z" stroke="#000" style="stroke-width: 2"></path><use href="#g"></use></svg>',
    '<math xmlns="http://www.w3.org/1998/Math/MathML" display="block"><semantics><mrow><mi>x</mi><mo stretchy="false">'
    "=</mo><mfrac><mn>1</mn><msup><mi>y</mi><mn>2</mn></msup></mfrac></mrow>"
    '<annotation encoding="application/x-tex">x = y^{-2}</annotation></semantics></math>',
    '<form action="/search" method="get"><label for="q">a</label><input type="search" id="q" name="q"/></form>',
    '<form action="https://search.example/" method="get"><input name="q"/><select name="s"><option>b</option></select>'
    "<textarea name=\"t\" rows=\"3\">c</textarea><button>d</button></form>",
    '<form action="https://x.list-manage.com/subscribe/post" method="post"><input type="email" name="EMAIL"/></form>',
    "<style>.x > p, .y:hover { color: red; margin: 0 auto }</style>",
    "<p>a</p><!--more--><p>b</p>",
)  # fmt: skip
"""The same for what is looked at more closely, and written anew."""


@pytest.mark.parametrize("html", BENIGN + SAME_TREE)
def test_what_is_harmless_stays(html: str) -> None:
    text, codes = cleaned(html)
    assert codes == []
    assert text == html if html in BENIGN else text.replace("&gt;", ">") == html


WORDS = (
    ("<unknown-a b=c>words</unknown-a>", "words", "html.element"),
    ("<p data-x=1>words</p>", "<p>words</p>", "html.attribute"),
    ("<xmp><b>words</b></xmp>", "<pre>&lt;b&gt;words&lt;/b&gt;</pre>", "html.element"),
    ("<object data=x.swf>words</object>", "words", "html.active"),
    ("<applet>words</applet>", "", "html.active"),
    ("<p style='position:fixed;color:red'>words</p>", '<p style="color:red">words</p>', "html.style"),
    ("<svg><foreignObject><p>words</p>", '<svg xmlns="http://www.w3.org/2000/svg"></svg><p>words</p>', "html.element"),
    ("<a href='foo:bar'>words</a>", "<a>words</a>", "html.active"),
    ("<form method=post action=https://evil.example/>words</form>", '<form method="post">words</form>', "html.active"),
)  # fmt: skip


@pytest.mark.parametrize(("html", "expected", "code"), WORDS)
def test_words_stay_and_what_goes_is_named(html: str, expected: str, code: str) -> None:
    assert cleaned(html) == (expected, [code])


@pytest.mark.parametrize(
    ("value", "same"),
    [
        ('{"html": "<div class=\'a\'>"}', True),
        ("a < b, c > d", True),
        ("</div></div>", True),
        ("<p onclick=alert(1)>", False),
        ("<noscript><!--</noscript><img src=x onerror=alert(1)>-->", False),
        ("<textarea><p title='</textarea><img src=x onerror=alert(1)>'>", False),
        ("<a href=javascript:x>", False),
        ("<!-- <b> --!><img src=x onerror=alert(1)>", False),
    ],
)
def test_values_of_fields(value: str, same: bool) -> None:
    text = clean_value(value, Log("1"))
    assert (text == value) is same
    assert running(text) == []


ADDRESSES = {
    Use.LINK: (
        "https://x.example/ HTTP://X/ mailto:a@b tel:1 /a //a a/b:c #a:b ?a:b ./a:b ../a geo:1,2 xmpp:a@b sms:1",
        "javascript:x JAVASCRIPT:x vbscript:x data:text/html,x data:image/png;base64,x file:///etc/passwd blob:x "
        "about:blank ms-word:x intent:x filesystem:x view-source:x jar:x mhtml:x x-javascript:x chrome:x "
        "javascript&colon;x javascript&#58;x javascript%3ax javascript%253ax java%0ascript:x &#106;avascript:x "
        "javascript\uff1ax java\u00adscript:x \x01javascript:x java\\script:x feed:javascript:x".replace(
            "feed:javascript:x", "unknown:javascript:x"
        ),
    ),
    Use.FILE: (
        "https://x/a.png /a.png a.png data:image/png;base64,xx data:image/webp,x",
        "data:image/svg+xml,x data:text/html,x mailto:a@b javascript:x ftp://x/a.png data:,x data:image/png.html,x",
    ),
    Use.FRAME: ("https://x/ //x/ /x", "data:text/html,x javascript:x about:srcdoc ftp://x/ mailto:x data:image/png,x"),
    Use.PART: ("#a #a-b.c", "a.svg#b //x#y data:,x#y javascript:x # https://x/#a"),
}


@pytest.mark.parametrize("use", ADDRESSES)
def test_addresses(use: Use) -> None:
    good, bad = ADDRESSES[use]
    assert [address for address in good.split(" ") if not allowed(address, use)] == []
    assert [address for address in bad.split(" ") if allowed(address, use)] == []


def test_what_runs() -> None:
    assert runs(" java\nscript:x")
    assert runs("data:text/html,x")
    assert runs("&#106;avascript:x")
    assert not runs("https://x.example/javascript:")
    assert not runs("data:image/png,x")


STYLES = {
    "color: red; margin: 0 auto": True,
    "background: #fff url('/a.png') repeat-x; font-family: 'Open Sans', serif": True,
    "width: calc(100% - 2em); background-image: linear-gradient(90deg, rgba(0,0,0,.5), #fff)": True,
    "position: fixed": False,
    "POSITION : absolute": False,
    "color: red; p\\6fsition: fixed": False,
    "color: expression(alert(1))": False,
    "color: e/**/xpression(alert(1))": False,
    "background: url(javascript:x)": False,
    "background: url(data:image/svg+xml,x)": False,
    "color: url(/a.png)": False,
    "background: image-set('/a.png' 1x)": False,
    "margin-top: -500px": False,
    "text-indent: -9999px": False,
    "margin: calc(0px - 500px)": False,
    "transform: scale(99)": False,
    "opacity: 0": False,
    "filter: url(#x)": False,
    "--x: url(javascript:x)": False,
    "color: red } body { display: none": False,
    "font-family: '</style><img>'": False,
    "inset: 0": False,
    "all: unset": False,
    "content: 'x'": False,
    "animation: a 1s": False,
}


@pytest.mark.parametrize("text", STYLES)
def test_styles(text: str) -> None:
    assert (style(text) == text) is STYLES[text]


SHEETS = {
    ".a, #b > p { color: red } td { padding: 1px }": True,
    "@import 'x'; .a { color: red }": False,
    ".a { background: url(javascript:x) }": False,
    "body { display: none }": False,
    "* { display: none }": False,
    ".a { color: red } main p { display: none }": False,
    "input[value^=a] { color: red }": False,
    ".a { position: fixed }": False,
    ".a { color: red": False,
    ".a { color: red } </style>": False,
    ".a { color: red } /* x */": False,
    "@media print { .a { color: red } }": False,
}


@pytest.mark.parametrize("text", SHEETS)
def test_sheets(text: str) -> None:
    assert sheet(text) is SHEETS[text]


# every field of a site


def post(number: int, html: str) -> str:
    """A post of the classic editor, everything it has being the same piece."""
    quoted = escape(html).replace("[", "&#91;").replace("]", "&#93;")
    comments = [
        {"id": number, "author": html, "author_url": html, "content": html, "approved": 1},
        {"id": f'"><b onclick=alert(1)>{number}', "author": "a", "content": html, "approved": 1},
    ]
    meta = {"field": html, "_thumbnail_id": str(3000 + number), "_yoast_wpseo_metadesc": html}
    meta |= dict.fromkeys(("_yoast_wpseo_canonical", "_yoast_wpseo_opengraph-image"), html)
    odd = ("post_format", 'post-format-"><b onclick=alert(1)>', "x")
    content = (
        f"Before\n\n{html}\n\n[caption width='9' caption='{quoted}']<img src='/a.png' alt='{quoted}' "
        f"title='{quoted}'>{html}[/caption]\n\n<a href='{quoted}' title='{quoted}'>x</a>"
    )
    fields: dict[str, Any] = {"title": html, "excerpt": html, "meta": meta, "comments": comments}
    terms = [("category", f"t{number}", f"Term {number}"), odd]
    return item(number, slug=f"a{number}", content=content, author=f"g{number}", terms=terms, **fields)


def blocks(number: int, html: str) -> str:
    """A post of the block editor."""
    content = (
        f"<!-- wp:html -->{html}<!-- /wp:html --><!-- wp:paragraph --><p>{html}</p><!-- /wp:paragraph -->"
        f'<!-- wp:list --><ul><li>{html}</li></ul><!-- /wp:list --><!-- wp:image --><figure class="wp-block-image">'
        f'<img src="/b.png" alt="{escape(html)}"/><figcaption>{html}</figcaption></figure><!-- /wp:image -->'
    )
    return item(1000 + number, slug=f"b{number}", content=content, author=f"g{number}")


def around(number: int, html: str) -> Iterator[str]:
    """A file of the media library and an author."""
    url = f"https://old.example/wp-content/uploads/{number}.png"
    file = {"title": html, "content": html, "excerpt": html, "meta": {"_wp_attachment_image_alt": html}}
    yield item(3000 + number, type="attachment", url=url, parent=number, **file)
    bio = {"cap-user_login": f"g{number}", "cap-display_name": f"G {number}", "cap-website": html}
    bio["cap-description"] = html
    yield item(5000 + number, type="guest-author", slug=f"g{number}", title=f"G {number}", meta=bio)


def category(number: int, html: str) -> str:
    return (
        f"<wp:category><wp:term_id>{number}</wp:term_id><wp:category_nicename>t{number}</wp:category_nicename>"
        f"<wp:cat_name>Term {number}</wp:cat_name><wp:category_description>{cdata(html)}</wp:category_description>"
        "</wp:category>"
    )


def of_posts() -> str:
    numbered = [(number, html) for number, (_, html) in enumerate(PAYLOADS, 1)]
    items = [made for number, html in numbered for made in (post(number, html), blocks(number, html))]
    items += [made for number, html in numbered for made in around(number, html)]
    return export(*items, head="".join(category(number, html) for number, html in numbered))


def of_the_site() -> str:
    """Menus, and what the site says of itself."""
    entries = [
        item(
            7000 + number,
            type="nav_menu_item",
            title=html,
            content=html,
            meta={"_menu_item_type": "custom", "_menu_item_url": html},
            terms=[("nav_menu", "m", "M")],
        )
        for number, (_, html) in enumerate(PAYLOADS, 1)
    ]
    every = cdata(" ".join(html for _, html in PAYLOADS))
    text = export(item(1, slug="a1"), *entries).replace("<title>Old Home</title>", f"<title>{every}</title>", 1)
    return text.replace("<description>A test</description>", f"<description>{every}</description>", 1)


_PLAYER = re.compile(r'<script(?: async(?:="")?)? src="https://[\w./-]+"></script>')
"""Of the layouts; cards of other sites need it."""
_HUGO_STYLE = re.compile(r'style="position: (?:relative|absolute); [\w:;,.% -]+"')
"""Of Hugo's own video shortcodes."""


def active_in(built: Path) -> list[tuple[str, list[str]]]:
    found = []
    for path in sorted(built.rglob("*.html")):
        page = path.read_text(encoding="utf-8")
        if "<body" not in page:  # Hugo's own page for a former address
            assert not re.search("<script|javascript|<img", page), page
            continue
        name, body = (
            path.relative_to(built).as_posix(),
            _HUGO_STYLE.sub("", _PLAYER.sub("", page[page.index("<body") :])),
        )
        if "/page/" not in name and (what := running(body, quick=True)):
            found.append((name, what[:3]))
    return found


def converted(folder: Path, text: str, to: str, **options: Any) -> Site:
    site = convert(folder, text, options=Options("wordpress", to, write=WriteOptions(**options)))
    assert not site.outcome.account.failed
    return site


BUILDERS: dict[str, Callable[[Path], Path]] = {"hugo": hugo, "jekyll": jekyll}
TARGETS = [
    pytest.param("hugo", marks=pytest.mark.hugo),
    pytest.param("jekyll", marks=[pytest.mark.system, real]),
]


def built_posts(factory: pytest.TempPathFactory, to: str) -> Path:
    """The site of all pieces in posts, which a browser looks at, too (`tests/browser/test_active_html.py`)."""
    return shared(factory, f"hostile-{to}", lambda folder: BUILDERS[to](converted(folder, of_posts(), to).folder))


@case(
    "html-every-field",
    "the same in every field of an export: texts, captions, comments, terms, authors, menus, files, cards, the site",
    "no page of a site built by Hugo or Jekyll, and no HTML in a site of JSON, holds any of it",
)
@pytest.mark.parametrize("to", TARGETS)
@pytest.mark.parametrize("text", [of_posts, of_the_site])
def test_every_field_of_a_built_site(
    text: Callable[[], str], to: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    built = (
        built_posts(tmp_path_factory, to) if text is of_posts else BUILDERS[to](converted(tmp_path, text(), to).folder)
    )
    assert active_in(built) == []


def values_of(value: object, key: str = "") -> Iterator[tuple[str, str]]:
    """(key, text) of all texts in data."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from values_of(inner, str(name))
    elif isinstance(value, list):
        for inner in value:
            yield from values_of(inner, key)
    elif isinstance(value, str):
        yield key, value


HTML_KEYS = frozenset({"content_html", "body", "caption", "bio", "field"})
URL_KEYS = frozenset("url address canonical image og_image external_url src permalink".split())


def test_every_field_of_json(tmp_path: Path) -> None:
    site = converted(tmp_path, of_posts(), "json")
    found = set()
    for path in sorted(site.folder.glob("*.json")):
        for key, text in values_of(json.loads(path.read_text(encoding="utf-8"))):
            if key in HTML_KEYS and "<" in text:
                found.add(key)
                assert running(text, quick=True) == [], (path.name, key)
            assert key not in URL_KEYS or allowed(text, Use.FILE if "image" in key else Use.LINK), (
                path.name,
                key,
                text,
            )
    assert found == HTML_KEYS


@case(
    "html-as-markdown",
    "texts that are marks of Markdown, HTML, attribute lists or links once they are put together again",
    "they stay texts in what Hugo and Jekyll build",
)
@pytest.mark.parametrize("to", TARGETS)
def test_seams_of_markdown(to: str, tmp_path: Path) -> None:
    items = [item(number, slug=f"a{number}", content=html, excerpt=html) for number, html in enumerate(SEAMS, 1)]
    assert active_in(BUILDERS[to](converted(tmp_path, export(*items), to).folder)) == []


@case(
    "html-other-engines",
    "marks of Markdown and HTML in texts, alternative texts, titles, addresses, code, with other Markdown engines",
    "they stay texts in what Hugo builds",
)
@pytest.mark.hugo
@pytest.mark.parametrize("engine", ["markdownify", "html2text"])
def test_other_engines(engine: str, tmp_path: Path) -> None:
    pytest.importorskip(engine)
    items = [post(number, html) for number, (_, html) in enumerate(PAYLOADS, 1)]
    site = converted(tmp_path, export(*items), "hugo", markdown_engine=engine)
    assert active_in(hugo(site.folder)) == []


# the ways it was done

IMG = "<img src=x onerror=alert(1)>"
WAYS = {
    "mxss_math_form": f"<form><math><mtext></form><form><mglyph><style></math>{IMG}",
    "xss_noscript_term_description": f"<noscript><style></noscript>{IMG}</style></noscript>",
    "xss_noscript_comment": f"<noscript><!--</noscript>{IMG}--></noscript>",
    "xss_select_style": f"<select><style></select>{IMG}</style></select>",
}


@pytest.fixture(scope="module")
def pages_of(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """way -> the pages of the post and the term that hold it, in what Hugo builds."""
    numbered = list(enumerate(WAYS.values(), 1))
    posts = [
        item(number, slug=f"a{number}", content=f"<p>a</p>\n{html}\n<p>b</p>", terms=[("category", f"t{number}", "x")])
        for number, html in numbered
    ]
    text = export(*posts, head="".join(category(number, html) for number, html in numbered))
    built = hugo(converted(tmp_path_factory.mktemp("ways"), text, "hugo").folder)
    names = [(f"a{number}/index.html", f"category/t{number}/index.html") for number, _ in numbered]
    return {
        way: [(built / name).read_text(encoding="utf-8") for name in both]
        for way, both in zip(WAYS, names, strict=True)
    }


def runs_nothing(pages: list[str]) -> bool:
    return [what for page in pages for what in running(page[page.index("<body") :])] == []


@pytest.mark.hugo
def test_mxss_math_form(pages_of: dict[str, list[str]]) -> None:
    assert runs_nothing(pages_of["mxss_math_form"])


@pytest.mark.hugo
def test_xss_noscript_term_description(pages_of: dict[str, list[str]]) -> None:
    assert runs_nothing(pages_of["xss_noscript_term_description"])
    assert runs_nothing(pages_of["xss_noscript_comment"])


@pytest.mark.hugo
def test_xss_select_style(pages_of: dict[str, list[str]]) -> None:
    assert runs_nothing(pages_of["xss_select_style"])


@case(
    "html-address-broken",
    "addresses of images and cards that are none (`http://[`, `%zz`)",
    "the site is built; the address stays as it is, or is left out",
)
@pytest.mark.hugo
def test_addresses_that_are_none(tmp_path: Path) -> None:
    broken = ("http://[x", "/a%zz.png", "http://a b/c.png", "https://x:y/z.png", ":")
    content = "".join(f"<p><img src='{url}' alt=''> <a href='{url}'>x</a></p>" for url in broken)
    items = [
        item(number, content=content, meta={"_yoast_wpseo_opengraph-image": url, "_yoast_wpseo_canonical": url})
        for number, url in enumerate(broken, 1)
    ]
    hugo(convert(tmp_path, export(*items)).folder)
