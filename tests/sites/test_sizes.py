"""Width and height of pictures that stay HTML: those of the copy that WordPress showed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import convert
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
