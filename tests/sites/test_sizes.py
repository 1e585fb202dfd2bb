"""Width and height of pictures: those of the copy that WordPress showed, or of the file that lies there."""

from __future__ import annotations

from html import escape
from pathlib import Path
from urllib.parse import unquote

import pytest
from lxml import html

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.exporters.hugo.test_bundles import png
from tests.support import convert, hugo
from tests.wxr import export, item

BASE = "https://old.example/wp-content/uploads/"
META = (
    'a:4:{s:5:"width";i:1600;s:6:"height";i:900;s:4:"file";s:16:"2021/03/quay.jpg";s:5:"sizes";a:1:{s:6:"medium";'
    'a:4:{s:4:"file";s:16:"quay-300x169.jpg";s:5:"width";i:300;s:6:"height";i:169;s:9:"mime-type";s:10:"image/jpeg";}}}'
)


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        (f'<img src="{BASE}2021/03/quay.jpg" alt="" class="alignleft">', 'width="1600" height="900"'),
        (f'<img src="{BASE}2021/03/quay-300x169.jpg" alt="" class="alignleft">', 'width="300" height="169"'),
        (f'<img src="{BASE}2021/03/quay.jpg" alt="" class="alignleft" width="20">', 'width="20"'),
        (f'<img src="{BASE}2021/03/quay-9x9.jpg" alt="" class="alignleft">', ""),
        (f'<img src="{BASE}2021/03/quay.jpg?w=40" alt="" class="alignleft">', ""),
        (f'<img src="{BASE}2021/03/other.jpg" alt="" class="alignleft">', ""),
        ('<img src="https://other.example/2021/03/quay.jpg" alt="" class="alignleft">', ""),
    ],
)
def test_size(tmp_path: Path, image: str, expected: str) -> None:
    meta = {"_wp_attached_file": "2021/03/quay.jpg", "_wp_attachment_metadata": META}
    picture = item(30, type="attachment", slug="quay", url=f"{BASE}2021/03/quay.jpg", meta=meta)
    site = convert(tmp_path, export(item(1, slug="one", content=f"<p>{image} Text.</p>"), picture))
    tag = site.body("content/posts/one.md").partition(">")[0].removesuffix("/")
    assert tag.startswith(("<p><img", "<img")), tag
    found = [part for part in tag.split() if part.startswith(("width", "height"))]
    assert " ".join(found) == expected


def test_the_featured_picture_has_its_size(tmp_path: Path) -> None:
    meta = {"_wp_attached_file": "2021/03/quay.jpg", "_wp_attachment_metadata": META}
    picture = item(30, type="attachment", slug="quay", url=f"{BASE}2021/03/quay.jpg", meta=meta)
    site = convert(tmp_path, export(item(1, slug="one", meta={"_thumbnail_id": "30"}), picture))
    featured = site.front("content/posts/one.md")["featured_image"]
    assert (featured["width"], featured["height"]) == (1600, 900)


FILES = {
    "2020/quay.png": png(40, 30),
    "2020/wide quay.png": png(80, 20),
    "2020/broken.png": png(40, 30)[:8] + bytes(40),
    "2020/lie.png": b"\xff\xd8\xff\xe0" + b"\0" * 40,
    "2020/drawing.svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"></svg>',
}
SHOWN = [
    ('<p><img src="{0}2020/quay.png" alt="A &quot;quay&quot;" title="T &amp; T"></p>', "40 30"),
    ('<p><img src="{0}2020/wide%20quay.png" alt=""></p>', "80 20"),
    ('<p><a href="{0}2020/quay.png"><img src="{0}2020/quay.png" alt=""></a></p>', "40 30"),
    ('<figure class="wp-block-image"><img src="{0}2020/quay.png" alt=""><figcaption>A</figcaption></figure>', "40 30"),
    (
        '<figure class="wp-block-image is-resized"><img src="{0}2020/quay.png" alt="" width="20" height="15">'
        "<figcaption>A</figcaption></figure>",
        "20 15",
    ),
    (
        '<figure class="wp-block-gallery"><figure class="wp-block-image"><img src="{0}2020/quay.png" alt=""></figure>'
        '<figure class="wp-block-image"><img src="{0}2020/wide%20quay.png" alt=""></figure></figure>',
        "40 30",
    ),
    ('<p><img src="{0}2020/broken.png" alt=""></p>', ""),
    ('<p><img src="{0}2020/lie.png" alt=""></p>', ""),
    ('<p><img src="{0}2020/drawing.svg" alt=""></p>', ""),
    ('<p><img src="{0}2020/gone.png" alt=""></p>', ""),
    ('<p><img src="https://other.example/2020/quay.png" alt=""></p>', ""),
    ('<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=" alt=""></p>', ""),
]


def sizes_of(page: Path) -> list[str]:
    boxes = (box for box in html.fromstring(page.read_bytes()).iter("div") if box.get("class") in ("text", "summary"))
    images = (image for box in boxes for image in box.iter("img"))
    return [f"{image.get('width', '')} {image.get('height', '')}".strip() for image in images]


@pytest.mark.hugo
@pytest.mark.parametrize(("root", "bundles"), [("", False), ("", True), ("/blog", False), ("/blog", True)])
def test_hugo_says_the_size_of_what_lies_there(tmp_path: Path, root: str, *, bundles: bool) -> None:
    """Each post shows one picture; the front page all of them, newest first."""
    uploads = tmp_path / "uploads"
    posts = []
    for number, (content, _) in enumerate(SHOWN):
        folder = f"{uploads}/{number}"
        for name, picture in FILES.items():
            path = Path(folder) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(picture)
        address = f"https://old.example/wp-content/uploads/{number}/"
        date = f"2021-03-04 05:06:{59 - number}"
        posts.append(item(number + 1, slug=f"p{number}", content=content.format(address), date=date))
    data = export(*posts).replace("https://old.example", f"https://old.example{root}")
    options = Options("wordpress", "hugo", write=WriteOptions(media="copy", bundles=bundles))
    built = hugo(convert(tmp_path, data, options=options, media=Settings("copy", str(uploads))).folder)
    for number, (_, size) in enumerate(SHOWN):
        assert sizes_of(built / f"p{number}/index.html")[0] == size, SHOWN[number]
    expected = [size for _, size in SHOWN]
    expected.insert(6, "80 20")  # the second of the gallery
    assert sizes_of(built / "index.html") == expected[:11]


@pytest.mark.parametrize(
    ("content", "written"),
    [
        ('<p><img src="{0}2021/03/quay.jpg" alt="A"> x</p>', '{{: width="1600" height="900"}}'),
        ('<p><img src="{0}2021/03/quay-300x169.jpg" alt="A" title="T"></p>', '{{: width="300" height="169"}}'),
        ('<p><img src="{0}2021/03/quay.jpg" alt="A" width="20"></p>', '{{: width="20"}}'),
        ('<p><img src="{0}2021/03/quay.jpg" alt="A" width="50%"></p>', ""),
        ('<p><img src="{0}2021/03/other.jpg" alt="A"></p>', ""),
        ('<h2>On <img src="{0}2021/03/quay.jpg" alt="A"></h2>', ""),
    ],
)
def test_jekyll_says_what_the_library_knows(tmp_path: Path, content: str, written: str) -> None:
    meta = {"_wp_attached_file": "2021/03/quay.jpg", "_wp_attachment_metadata": META}
    picture = item(30, type="attachment", slug="quay", url=f"{BASE}2021/03/quay.jpg", meta=meta)
    data = export(item(1, slug="one", content=content.format(BASE)), picture)
    site = convert(tmp_path, data, options=Options("wordpress", "jekyll"))
    body = site.body("_posts/2021-03-04-one.md")
    _, _, after = body.partition("![A](")
    assert after.partition(")")[2].removesuffix(" x") == written.format()


WORDS = [
    "*one* _two_ `x`",
    "The lamp [lit]",
    'Say "it\'s"',
    "a < b && c &amp; d &lt;b&gt;",
    "back\\slash \\* {{< x >}}",
    "<b>bold</b>",
]
STRAIGHT = str.maketrans("“”’", '""\'')
"""Hugo sets quotation marks in alternative texts, too, with its own templates as with ours."""
ADDRESSES = ["https://other.example/a_(1).png?x=1&y=2", "https://other.example/a*b*_c_é.png", "/own%20file.png#a"]


@pytest.mark.hugo
def test_hugo_shows_words_and_addresses_as_they_were(tmp_path: Path) -> None:
    images = [
        f'<p><img src="{escape(address)}" alt="{escape(words)}" title="{escape(words)}"></p>'
        for address in ADDRESSES
        for words in WORDS
    ]
    folder = hugo(convert(tmp_path, export(item(1, slug="one", content="\n\n".join(images)))).folder)
    shown = list(html.fromstring((folder / "one/index.html").read_bytes()).iter("img"))
    for image, original in zip(shown, images, strict=True):
        wanted = html.fromstring(original).find("img")
        assert wanted is not None
        assert str(image.get("alt")).translate(STRAIGHT) == wanted.get("alt")
        assert image.get("title") == wanted.get("title")
        assert unquote(str(image.get("src"))) == unquote(str(wanted.get("src")))
