"""A page and what it shows in one file: MHTML of several makers, and Safari's web archives."""

from __future__ import annotations

import plistlib
from base64 import encodebytes

from converters.importers.html.file_kinds import FileKind
from converters.importers.html.saved.packed import unpack
from tests.importers.html.saved_pages import PNG, reasons, site_of

PICTURE = encodebytes(PNG).decode()


def message(page: str, *parts: tuple[str, str], head: str = "") -> bytes:
    """`parts`: (headers, body)"""
    found = f"From: <Saved by Blink>\n{head}MIME-Version: 1.0\n"
    found += 'Content-Type: multipart/related;\n\ttype="text/html";\n\tboundary="--x"\n\n\n'
    html = "Content-Type: text/html\nContent-ID: <frame-0@mhtml.blink>\nContent-Transfer-Encoding: quoted-printable\n"
    rows = [(f"{html}Content-Location: https://weir.example/log/high-water/", page), *parts]
    if "Content-Location" in head:
        rows[0] = (html.strip(), page)
    found += "".join(f"----x\n{headers.strip()}\n\n{text}\n" for headers, text in rows) + "----x--\n"
    return found.replace("\n", "\r\n").encode()


def picture(*headers: str) -> tuple[str, str]:
    return "\n".join(("Content-Type: image/png", "Content-Transfer-Encoding: base64", *headers)), PICTURE


PAGE = """<!DOCTYPE html><html><head><title>High water</title></head><body><article><h1>High water</h1>
<p>Caf=C3=A9 by the weir, <a href=3D"/log/eels/">eels</a> and <a href=3D"#night">night</a>.</p>
<p><img src=3D"https://weir.example/img/a.png?x=3D1" srcset=3D"b.png 2x" alt=3D"A"> <img src=3D"cid:p@x" alt=3D"B"></p>
<iframe src=3D"cid:frame-1@mhtml.blink"></iframe></article></body></html>"""
PARTS = (
    picture("Content-Location: https://weir.example/img/a.png?x=1"),
    picture("Content-ID: <p@x>", "Content-Location: https://weir.example/two/a.png"),
    ("Content-Type: text/html\nContent-ID: <frame-1@mhtml.blink>\n"
     "Content-Location: https://www.youtube.com/embed/dQw4w9WgXcQ", "<html><body>player</body></html>"),
    ("Content-Type: text/css\nContent-Location: cid:css-1@mhtml.blink", "p {}"),
)  # fmt: skip


def test_a_file_by_itself_and_among_others() -> None:
    plain = "<html><head><title>Eels</title></head><body><article><h1>Eels</h1><p>At night.</p></article></body></html>"
    with site_of({"High water.mhtml": message(PAGE, *PARTS), "eels.html": plain}) as site:
        text = site.text("content/high-water.md")
        assert "Café by the weir, [eels](https://weir.example/log/eels/)" in text
        assert "![A](/High%20water_files/a.png) ![B](/High%20water_files/a-2.png)" in text
        assert "{{< youtube dQw4w9WgXcQ >}}" in text
        assert 'url: "/log/high-water/"' in text
        assert (site.folder / "static/High water_files/a.png").read_bytes() == PNG
        assert reasons(site) == {"High water_files~dQw4w9WgXcQ.html": "frame of a saved page"}


def unpacked(data: bytes) -> tuple[str, dict[str, bytes]]:
    found = unpack(FileKind.MHTML, data, "a")
    assert found is not None
    return found.page.decode(), dict(found.files)


def test_frames_and_links_are_what_they_were() -> None:
    page, files = unpacked(message(PAGE, *PARTS))
    assert page.startswith("<!-- saved from url=(0036)https://weir.example/log/high-water/ -->")
    assert 'href="https://weir.example/log/eels/"' in page
    assert 'href="#night"' in page
    assert 'src="https://www.youtube.com/embed/dQw4w9WgXcQ"' in page
    assert "srcset" not in page, "its pictures are not in the file"
    assert sorted(files) == ["a_files/a-2.png", "a_files/a.png", "a_files/dQw4w9WgXcQ.html"]


def test_mimekit_379_word_names_its_pictures_by_a_place_on_a_disk() -> None:
    """Word writes `file:///C:/…` for the page and its pictures, and the page names them as seen from itself."""
    page = '<html><body><p><img src=3D"doc_files/image001.png"></p></body></html>'
    data = message(
        page,
        picture("Content-Location: file:///C:/1A2B/doc_files/image001.png"),
        head="Content-Location: file:///C:/1A2B/doc.htm\n",
    )
    page, files = unpacked(data)
    assert files == {"a_files/image001.png": PNG}
    assert 'src="a_files/image001.png"' in page
    assert "saved from" not in page


def test_docling_rs_417_the_start_parameter_names_the_page() -> None:
    data = message("<html><body>second</body></html>", ("Content-Type: text/html\nContent-ID: <m@x>", "<p>first</p>"))
    data = data.replace(b'type="text/html";', b'type="text/html"; start="<m@x>";', 1)
    assert "first" in unpacked(data)[0]


def test_docling_rs_417_ids_are_equal_in_any_case() -> None:
    page = '<html><body><img src=3D"cid:IMAGE@X"></body></html>'
    assert 'src="a_files/part-1.png"' in unpacked(message(page, picture("Content-ID: <image@x>")))[0]


def test_mhtml_to_html_6_an_id_on_a_line_of_its_own() -> None:
    page = '<html><body><img src=3D"cid:image@x"></body></html>'
    assert 'src="a_files/part-1.png"' in unpacked(message(page, picture("Content-ID:\n <image@x>")))[0]


def test_a_file_without_a_page_goes_along() -> None:
    other = message("", picture("Content-ID: <a@x>"))
    with site_of({"a.mht": other, "index.html": "<html><body><p>Words of a page.</p></body></html>"}) as site:
        assert (site.folder / "static/a.mht").read_bytes() == other


def test_safaris_archive() -> None:
    html = b'<html><head><title>Otters</title></head><body><article><h1>Otters</h1><p>Caf\xe9.</p><img src="../o.png">'
    archive = {
        "WebMainResource": {
            "WebResourceData": html, "WebResourceURL": "https://weir.example/log/otters/",
            "WebResourceMIMEType": "text/html", "WebResourceTextEncodingName": "iso-8859-1",
        },
        "WebSubresources": [
            {"WebResourceData": PNG, "WebResourceURL": "https://weir.example/log/o.png",
             "WebResourceMIMEType": "image/png"},
        ],
    }  # fmt: skip
    for form in (plistlib.FMT_BINARY, plistlib.FMT_XML):
        with site_of({"o.webarchive": plistlib.dumps(archive, fmt=form)}) as site:
            assert site.body(site.files()[0]) == "Café.\n\n![](/o_files/o.png)"
            assert (site.folder / "static/o_files/o.png").read_bytes() == PNG


def test_damaged_files_harm_nothing() -> None:
    deep = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (n, n) for n in range(3_000))
    assert unpack(FileKind.MHTML, b"MIME-Version: 1.0\n" + deep, "a") is None
    assert unpack(FileKind.WEBARCHIVE, b"bplist00WebMainResource", "a") is None
    assert unpack(FileKind.WEBARCHIVE, plistlib.dumps({"WebMainResource": [1]}), "a") is None
