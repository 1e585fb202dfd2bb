"""Pictures that stand in a page become files; placeholders and what could run stay for others to judge."""

from __future__ import annotations

from base64 import b64encode
from urllib.parse import quote

import pytest

from tests.importers.html.saved_pages import PNG, parsed, site_of

INLINE = "data:image/png;base64," + b64encode(PNG).decode()
LARGE = "data:image/png;base64," + b64encode(PNG + b"\0" * 2_000).decode()
MARK = "<!--\n Page saved with SingleFile \n url: https://weir.example/log/eels/ \n saved date: Sun Jan 01 2023 -->"
NOTHING = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Crect fill-opacity='0'/%3E%3C/svg%3E"


def saved(inner: str, style: str = "") -> str:
    return f"<!DOCTYPE html> <html lang=en>{MARK}<head><style>{style}</style></head><body>{inner}</body></html>"


def svg(inner: str) -> str:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inner}</svg>'
    return f'<img src="data:image/svg+xml,{quote(drawn)}">'


def test_a_page_of_singlefile_becomes_a_page_and_its_pictures() -> None:
    page = saved(f"<article><h1>Eels</h1><p>At night.</p><img src='{INLINE}' alt=one><img src='{INLINE}' alt=two>")
    with site_of({"saved page.html": page}) as site:
        pictures = sorted(path.name for path in (site.folder / "static/saved page_files").iterdir())
        assert len(pictures) == 1, "the same twice is one file"
        assert (site.folder / "static/saved page_files" / pictures[0]).read_bytes() == PNG
        assert f"![one](/saved%20page_files/{pictures[0]})![two](/saved%20page_files/{pictures[0]})" in site.text(
            "content/eels.md"
        )
        assert 'url: "/log/eels/"' in site.text("content/eels.md")


def test_singlefile_645_pictures_of_a_style_sheet_are_shown() -> None:
    """A picture shown twice is an empty drawing with the picture as its background."""
    style = f':root{{--sf-img-7:url("{INLINE}")}}'
    image = f'<img alt=w src="{NOTHING}" style="background-image:var(--sf-img-7)!important">'
    page = parsed(saved(image, style), "a.html")
    assert [data for _, data in page.inlined] == [PNG]
    assert "background-image" not in str(page.document.html)


def test_markitdown_1307_large_pictures_of_any_page_become_files() -> None:
    page = parsed(f"<html><body><p><img src='{LARGE}'><img src='{INLINE}'></p></body></html>", "sub/a b.html")
    assert [path.rpartition("/")[0] for path, _ in page.inlined] == ["sub/a b_files"]
    shown = str(page.document.html)
    assert 'src="a%20b_files/' in shown
    assert INLINE in shown, "an icon stays where it is"


@pytest.mark.parametrize(
    "image",
    [
        f"<img src='{LARGE}' data-src='a.jpg'>",
        f"<img src='{LARGE}' data-lazy-src='a.jpg'>",
        f'<img src="{NOTHING}">',
        "<img src='data:image/png;base64,AAAA'>",
        "<img src='data:image/png;base64,@@'>",
        "<img src='data:text/html,<p>a</p>'>",
        svg("<script>alert(1)</script><path d='M0 0h9v9z'/>"),
        svg("<path d='M0 0h9v9z' onload='alert(1)'/>"),
        svg("<a href='javascript:alert(1)'><path d='M0 0h9v9z'/></a>"),
        svg("<style>@import url(https://otter.example/a.css);</style><path d='M0 0'/>"),
        svg("<foreignObject><p xmlns='http://www.w3.org/1999/xhtml'>a</p></foreignObject>"),
        svg("<image href='https://otter.example/a.png'/>"),
        svg("<path d='M0 0' style='fill:url(https://otter.example/a)'/>"),
    ],
)
def test_what_is_no_picture_or_could_run_or_load_stays(image: str) -> None:
    assert parsed(saved(image) if "data-" not in image else f"<body>{image}</body>").inlined == ()


def test_drawings_become_files() -> None:
    page = parsed(saved(svg("<style>.a{fill:red}</style><use href='#b'/><path id='b' class='a' d='M0 0h9v9z'/>")))
    ((path, data),) = page.inlined
    assert path.endswith(".svg")
    assert data.startswith(b"<svg")


def test_marks_of_other_programs() -> None:
    monolith = (
        f"<!-- Saved from https://weir.example/a at 2024-01-02T03:04:05Z using monolith v2.8 --><img src='{INLINE}'>"
    )
    page = parsed(f"{monolith}<p>a</p>")
    assert page.saved_from == "https://weir.example/a"
    assert len(page.inlined) == 1
    we = '<meta name="savepage-url" content="https://weir.example/b"><meta name="savepage-title" content="B">'
    page = parsed(f"<html><head>{we}</head><body><img src='{INLINE}'></body></html>")
    assert (page.saved_from, len(page.inlined)) == ("https://weir.example/b", 1)
    scrap = '<html data-scrapbook-source="https://weir.example/c"><body>c</body></html>'
    assert parsed(scrap).saved_from == "https://weir.example/c"
    track = "<!-- Mirrored from weir.example/d/ by HTTrack Website Copier/3.x -->"
    assert parsed(f"<html>{track}</html>").saved_from == "https://weir.example/d/"
    assert parsed("<!-- saved from url=(0014)file:///C:/a.html --><p>a</p>").saved_from == ""


def test_a_style_sheet_of_endless_pictures_takes_no_longer_than_its_length() -> None:
    style = "--sf-img-1:url(data:image/" * 100_000
    assert parsed(saved("<p>a</p>", style)).inlined == ()
