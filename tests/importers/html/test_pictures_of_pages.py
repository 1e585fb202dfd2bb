"""Images of finished pages: lazy ones, sizes, previews, copies for readers without scripts, captions; by maker."""

from __future__ import annotations

import pytest

from converters.html import tree
from converters.importers.html.semantic import to_semantic
from converters.importers.shared import image_urls
from converters.model.notices import Log
from converters.urls import largest

_POINT = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"
_NO_DRAWING = (
    "data:image/svg+xml;charset=utf-8,%3Csvg height='4' width='8' xmlns='http://www.w3.org/2000/svg'%3E%3C/svg%3E"
)


def semantic(text: str) -> tuple[str, list[str]]:
    root, log = tree.parse(text), Log()
    to_semantic(root, log)
    return tree.inner_html(root), [f"{notice.code} {notice.what}" for notice in log.notices]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            f'<span><img alt="A" src="{_POINT}" data-nimg="intrinsic"><noscript><img alt="A" src="/_next/image?url='
            '%2Feel.jpg&amp;w=1200&amp;q=75"></noscript></span>',
            '<img alt="A" src="/eel.jpg"/>',
            id="next",
        ),
        pytest.param(
            '<img src="https://fen.example/_next/image?url=%2Feel.jpg&amp;w=1200&amp;q=75" alt="">',
            '<img src="https://fen.example/eel.jpg" alt=""/>',
            id="next absolute",
        ),
        pytest.param(
            '<img src="/_next/image?url=https%3A%2F%2Fcdn.example%2Feel.jpg%3Fv%3D2&amp;w=1200&amp;q=75" alt="">',
            '<img src="https://cdn.example/eel.jpg?v=2" alt=""/>',
            id="next other host",
        ),
        pytest.param(
            f'<div class="gatsby-image-wrapper"><div><img alt="" src="{_NO_DRAWING}"></div><img aria-hidden="true"'
            ' data-placeholder-image="" src="data:image/jpeg;base64,/9j/2wBDABALDA4M" alt=""><picture><source'
            ' type="image/avif" data-srcset="/s/a.avif 200w"><img data-main-image="" data-src="/s/a.jpg"'
            ' data-srcset="/s/a200.jpg 200w" alt="Eel"></picture><noscript><picture><img src="/s/a.jpg" alt="Eel">'
            "</picture></noscript></div>",
            '<div><img alt="Eel" src="/s/a.jpg"/></div>',
            id="gatsby",
        ),
        pytest.param(
            '<div><img src="data:image/jpeg;base64,/9j/2wBDABALDA4M" alt=""'
            ' style="opacity:1"><noscript><picture><source'
            ' srcset="/s/a.webp 1x"><img src="/s/a.jpg" alt="Eel"></picture></noscript></div>',
            '<div><img src="/s/a.jpg" alt="Eel"/></div>',
            id="gatsby 2",
        ),
        pytest.param(
            '<figure><div><noscript><img src="https://images.example/c/eel.jpg" alt="E"></noscript><img'
            ' class="thumb-image" data-src="https://images.example/c/eel.jpg"'
            ' data-image="https://images.example/c/eel.jpg"'
            ' alt="E" data-load="false"></div></figure>',
            '<figure><img alt="E" src="https://images.example/c/eel.jpg"/></figure>',
            id="squarespace",
        ),
        pytest.param(
            "<wow-image><img"
            ' src="https://static.wixstatic.com/media/e~mv2.jpg/v1/fill/w_49,h_33,al_c,blur_2/e~mv2.jpg"'
            ' alt="E"></wow-image>',
            '<div><img src="https://static.wixstatic.com/media/e~mv2.jpg" alt="E"/></div>',
            id="wix",
        ),
        pytest.param(
            '<img src="https://i.example/e.jpg?w=20&amp;blur=50" data-src="https://i.example/e.jpg?w=1200" alt="">',
            '<img src="https://i.example/e.jpg?w=1200" alt=""/>',
            id="imgix",
        ),
        pytest.param(
            '<img src="https://res.example/image/upload/w_20,e_blur:500/e.jpg" alt=""'
            ' srcset="https://res.example/image/'
            'upload/w_400,c_fit/e.jpg 400w, https://res.example/image/upload/w_1200,c_fit/e.jpg 1200w">',
            '<img src="https://res.example/image/upload/w_1200,c_fit/e.jpg" alt=""/>',
            id="cloudinary",
        ),
        pytest.param(
            '<img src="/cdn-cgi/image/width=1200,quality=75/img/eel.jpg" alt="">',
            '<img src="/img/eel.jpg" alt=""/>',
            id="cloudflare",
        ),
        pytest.param(
            f'<picture><source type="image/avif" srcset="e.avif 1x"><source type="image/webp" srcset="e-400.webp 400w,'
            f' e-800.webp 800w"><img alt="E" src="{_POINT}"></picture>',
            '<img alt="E" src="e-800.webp"/>',
            id="picture",
        ),
        pytest.param('<picture><source srcset="e.webp"></picture>', '<img src="e.webp" alt=""/>', id="picture alone"),
        pytest.param(
            '<picture><source srcset="e.webp"><img src="e.jpg" srcset="big.jpg 2x" alt="E"></picture>',
            '<img src="e.jpg" alt="E"/>',
            id="picture with an address",
        ),
        pytest.param(
            '<amp-img src="e.jpg" alt="E" width="4" height="3"><noscript><img src="e.jpg"'
            ' alt="E"></noscript></amp-img>',
            '<img src="e.jpg" alt="E" width="4" height="3"/>',
            id="amp-img",
        ),
        pytest.param(
            '<amp-carousel width="4" height="3"><amp-img src="a.jpg" alt="A"></amp-img><amp-img src="b.jpg" alt="B">'
            "</amp-img></amp-carousel><amp-ad>Buy</amp-ad>",
            '<figure class="gallery" data-columns="3"><figure><img src="a.jpg" alt="A"/></figure><figure><img'
            ' src="b.jpg"'
            ' alt="B"/></figure></figure>',
            id="amp-carousel",
        ),
        pytest.param(
            '<amp-video src="v.mp4" poster="p.jpg"><div fallback>Your browser is old.</div></amp-video>',
            '<figure><video src="v.mp4" poster="p.jpg" controls=""></video></figure>',
            id="amp-video",
        ),
        pytest.param(
            '<div role="img" aria-label="The weir" style="background-image:url(\'weir.jpg\')"></div>',
            '<img src="weir.jpg" alt="The weir"/>',
            id="behind a box",
        ),
        pytest.param(
            '<figure><div style="background-image:url(w.jpg)"></div><figcaption>C</figcaption></figure>',
            '<figure><img src="w.jpg" alt=""/><figcaption>C</figcaption></figure>',
            id="behind a figure's box",
        ),
        pytest.param(
            '<div style="background-image:url(w.jpg)"><p>Words</p></div>', "<div><p>Words</p></div>", id="decoration"
        ),
        pytest.param('<p>a<img src="/i/spacer.gif" width="5" alt="">b</p>', "<p>ab</p>", id="spacer"),
        pytest.param(
            '<p>Hi <img class="emoji" alt="🐟" src="https://s.w.org/images/core/emoji/x.png"></p>',
            "<p>Hi 🐟</p>",
            id="emoji",
        ),
        pytest.param(
            '<figure itemscope itemtype="http://schema.org/ImageObject"'
            ' itemid="https://static.example/e.jpg?q=90"><div>'
            "</div><figcaption>C</figcaption></figure>",
            '<figure><img src="https://static.example/e.jpg?q=90" alt=""/><figcaption>C</figcaption></figure>',
            id="microdata",
        ),
    ],
)
def test_an_image_is_there_once_in_full(text: str, shown: str) -> None:
    html, notices = semantic(text)
    assert html == shown
    assert [notice for notice in notices if not notice.startswith("html.look")] == []


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param(
            '<div class="figure align-center"><img alt="e" src="e.png"><p class="caption"><span'
            ' class="caption-text">The'
            ' eel</span><a class="headerlink" href="#id1">¶</a></p></div>',
            ' class="aligncenter"',
            id="sphinx",
        ),
        pytest.param(
            '<figure class="align-default"><img alt="e" src="e.png"><figcaption><p><span class="caption-text">The'
            " eel</span>"
            '<a class="headerlink" href="#id1">¶</a></p></figcaption></figure>',
            "",
            id="sphinx 5",
        ),
        pytest.param(
            '<div class="figure"><img src="e.png" alt="e"><p class="caption">The eel</p></div>', "", id="r markdown"
        ),
        pytest.param(
            '<div class="thumb tright"><div class="thumbinner"><a href="/wiki/File:E.jpg" class="image"><img alt="e"'
            ' src="e.png"></a> <div class="thumbcaption"><div class="magnify"><a'
            ' href="/wiki/File:E.jpg"></a></div>The'
            " eel</div></div></div>",
            ' class="alignright"',
            id="mediawiki",
        ),
        pytest.param(
            '<div class="imageblock"><div class="content"><img src="e.png" alt="e"></div><div class="title">The'
            " eel</div>"
            "</div>",
            "",
            id="asciidoctor",
        ),
        pytest.param('<div class="figure"><p><img src="e.png" alt="e"></p><p>The eel</p></div>', "", id="org-mode"),
        pytest.param(
            '<div class="img_caption none"><img class="caption" src="e.png" alt="e"><p class="img_caption">The'
            " eel</p>"
            "</div>",
            "",
            id="joomla",
        ),
        pytest.param(
            '<figure><div class="image-block-wrapper"><img src="e.png" alt="e"></div><figcaption'
            ' class="image-caption-wrapper"><div class="image-caption"><p>The eel</p></div></figcaption></figure>',
            "",
            id="squarespace",
        ),
        pytest.param('<figure><img src="e.png" alt="e"><p>The eel</p></figure>', "", id="paragraph in a figure"),
        pytest.param(
            '<figure><div><img src="e.png" alt="e"><figcaption>The eel</figcaption></div></figure>',
            "",
            id="box in a figure",
        ),
        pytest.param(
            '<div><img src="e.png" alt="e"><span class="photo-caption">The eel</span></div>', "", id="newspaper"
        ),
        pytest.param(
            '<div class="wp-caption alignleft"><img src="e.png" alt="e"><p class="wp-caption-text">The eel</p></div>',
            None,
            id="wordpress",
        ),
    ],
)
def test_a_caption_belongs_to_its_image(text: str, shown: str | None) -> None:
    html, _ = semantic(text)
    root = tree.parse(html)
    (figure,) = root.iter("figure")
    (caption,) = figure.iterchildren("figcaption")
    assert tree.plain_text(root).strip() == tree.plain_text(caption).strip() == "The eel"
    assert [image.get("alt") for image in figure.iter("img")] == ["e"]
    if shown is not None:
        assert html.replace("<div>", "").startswith(f"<figure{shown}>")


@pytest.mark.parametrize(
    "text",
    [
        '<div><img src="e.png" alt=""/><img src="f.png" alt=""/><p>The eels</p></div>',
        '<div><img src="e.png" alt=""/><p>Words of the text.</p></div>',
        "<figure><table><tbody><tr><td>1</td></tr></tbody></table><p>Words</p></figure>",
    ],
)
def test_what_is_no_caption_stays_text(text: str) -> None:
    assert semantic(text.replace("<p>The eels", '<p class="caption">The eels'))[0] == text


def test_an_image_that_no_script_loaded_is_named() -> None:
    html, notices = semantic(f'<p>a<img class="lazyload" alt="The eel" src="{_POINT}"></p>')
    assert (html, notices) == ("<p>a</p>", ["html.image The eel"])


def test_readability_544_the_larger_image_stays() -> None:
    """A page as the browser has it shows the large one; what waits in `srcset` is smaller."""
    html, _ = semantic(
        '<img src="https://b.example/e/-1x-1.png" alt="" data-native-src="https://b.example/e/-1x-1.png"'
        ' srcset="https://b.example/e/60x-1.png 60w">'
    )
    assert html == '<img src="https://b.example/e/-1x-1.png" alt=""/>'


def test_karakeep_2556_attributes_of_wechat_and_others() -> None:
    for name in ("data-actualsrc", "data-srv", "data-img-src", "nitro-lazy-src", "data-lazyload", "data-original"):
        html, _ = semantic(f'<img {name}="https://z.example/e.jpg" src="{_POINT}" alt="">')
        assert html == '<img src="https://z.example/e.jpg" alt=""/>', name


def test_rss_reader_365_sizes_without_an_address() -> None:
    assert semantic('<img class="r" srcset="e.jpg" alt="">')[0] == '<img alt="" src="e.jpg"/>'
    assert semantic('<img data-flickity-lazyload="e.jpg" alt="">')[0] == '<img alt="" src="e.jpg"/>'


def test_jquery_lazy_87_a_picture_without_an_image() -> None:
    html, _ = semantic(
        '<picture class="lazy" data-src="web-1400.jpg"><data-src srcset="web-500.jpg 500w" media="(max-width:'
        ' 799px)">'
        "</data-src></picture>"
    )
    assert html == '<img src="web-1400.jpg" alt=""/>'


def test_previews_of_medium_beside_the_copy_for_readers_without_scripts() -> None:
    html, _ = semantic(
        '<figure><div><div><img src="https://miro.example/max/60/1*o.png?q=20" width="1894"></div><img width="1894">'
        '<noscript><img src="https://miro.example/max/3788/1*o.png" width="1894"></noscript></div><figcaption>The'
        " eel</figcaption></figure>"
    )
    root = tree.parse(html)
    assert [image.get("src") for image in root.iter("img")] == ["https://miro.example/max/3788/1*o.png"]


@pytest.mark.parametrize(
    ("candidates", "best"),
    [
        ("a.jpg 480w, b.jpg 960w", "b.jpg"),
        ("a.jpg 1x,b.jpg 2x", "b.jpg"),
        ("/w_20,h_3/a.jpg 20w, /w_900,h_3/a.jpg 900w", "/w_900,h_3/a.jpg"),
        ("a.jpg, b.jpg 2x", "b.jpg"),
        ("a.jpg", "a.jpg"),
        (" , ", ""),
        ("", ""),
    ],
)
def test_the_best_candidate(candidates: str, best: str) -> None:
    assert largest(candidates) == best


@pytest.mark.parametrize(
    ("url", "preview", "blank"),
    [
        ("https://i.example/e.jpg?w=1200", False, False),
        ("https://i.example/e.jpg?w=20", True, False),
        ("https://i.example/e.jpg?week=12", False, False),
        ("https://s.example/e_20x.jpg?v=1", True, False),
        ("https://s.example/e_2000x.jpg", False, False),
        ("/img/weir-blank-page.png", False, False),
        ("/img/blank.gif", False, True),
        (_POINT, False, True),
        (_NO_DRAWING, False, True),
        ("data:image/svg+xml,%3Csvg%3E%3Cpath d='M0 0h9'/%3E%3C/svg%3E", False, False),
        ("data:image/svg+xml;nitro-empty-id=x;base64,PHN2ZyB2aWV3Qm94PSIwIDAgOSA5Ij48L3N2Zz4=", False, True),
        ("https://i.example/common/transparent-pixel._V192_.gif", False, True),
        ("data:image/png;base64," + "iVBORw0K" * 100, False, False),
    ],
)
def test_what_a_url_says(url: str, preview: bool, blank: bool) -> None:
    assert (image_urls.is_preview(url), image_urls.is_blank(url)) == (preview, blank)
