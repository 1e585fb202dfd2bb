"""What kind a file is: pictures and documents with XML in them, texts about feeds, names with queries, none at all."""

from __future__ import annotations

import pytest

from converters.importers.html.file_kinds import FileKind, kind_of, suffix_of, without_query
from tests.importers.html.saved_pages import PNG, reasons, site_of

XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
RSS = b'<?xml version="1.0"?>\n<!-- made by hand -->\n<rss version="2.0"><channel/></rss>'
PAGE = b"<!DOCTYPE html><html><head><title>A</title></head><body><p>Words.</p></body></html>"


@pytest.mark.parametrize(
    ("path", "head", "kind"),
    [
        ("a.png", PNG + XMP, FileKind.FILE),
        ("a.jpg", b"\xff\xd8\xff\xe1\x01\x04http://ns.adobe.com/xap/1.0/\0" + XMP, FileKind.FILE),
        ("drawing.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg">' + XMP, FileKind.FILE),
        ("a.pdf", b"%PDF-1.4\n<</Type/Metadata/Subtype/XML>>stream\n" + XMP, FileKind.FILE),
        ("a.webp", b"RIFF\x24\0\0\0WEBPVP8X" + XMP, FileKind.FILE),
        ("a.avif", b"\0\0\0\x20ftypavif\0\0\0\0" + XMP, FileKind.FILE),
        ("a.m4a", b"\0\0\0\x20ftypM4A " + RSS, FileKind.FILE),
        ("a.mp3", b"ID3\x04\0\0\0\0\x0f\x76" + RSS, FileKind.FILE),
        ("favicon.ico", b"\0\0\1\0\1\0" + RSS, FileKind.FILE),
        ("a.woff2", b"wOF2" + RSS, FileKind.FILE),
        ("a.docx", b"PK\3\4" + RSS, FileKind.FILE),
        ("without-suffix", PNG + XMP, FileKind.FILE),
        ("named.html", PNG + XMP, FileKind.FILE),
        ("notes.txt", b"<rss> is how a feed begins, <html> how a page does", FileKind.FILE),
        ("notes.md", PAGE, FileKind.FILE),
        ("foaf.rdf", XMP, FileKind.FILE),
        ("page", PAGE, FileKind.PAGE),
        ("Release_1.2", PAGE, FileKind.PAGE),
        ("page.xhtml", b'<?xml version="1.0"?>\n' + PAGE, FileKind.PAGE),
        ("index.php?p=12", PAGE, FileKind.PAGE),
        ("post.php@id=3", PAGE, FileKind.PAGE),
        ("page.html%3Fx=1", PAGE, FileKind.PAGE),
        ("page.html.1", PAGE, FileKind.PAGE),
        ("wide.html", b"\xff\xfe" + PAGE.decode().encode("utf-16-le"), FileKind.PAGE),
        ("empty.html", b"", FileKind.PAGE),
        ("map.html", b'<?xml version="1.0"?><urlset/>', FileKind.FILE),
        ("feed", RSS, FileKind.FEED),
        ("feed/index.html", RSS, FileKind.FEED),
        ("a.xml", b'\xef\xbb\xbf<feed xmlns="http://www.w3.org/2005/Atom"/>', FileKind.FEED),
        ("a.rdf", b'<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/">', FileKind.FEED),
        ("a.xml", b"<doc>about &lt;rss&gt; and <rss>", FileKind.FILE),
        ("a.mht", b"From: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related;\r\n", FileKind.MHTML),
        ("a.mhtml", b"no message", FileKind.FILE),
        ("mail.eml", b"MIME-Version: 1.0\r\nContent-Type: multipart/related\r\n", FileKind.FILE),
        ("a.webarchive", b"bplist00\xd1\1\2_\x10\x0fWebMainResource", FileKind.WEBARCHIVE),
    ],
)  # fmt: skip
def test_kinds(path: str, head: bytes, kind: FileKind) -> None:
    assert kind_of(path, head) is kind


def test_a_text_may_begin_like_a_format_of_few_letters() -> None:
    assert kind_of("BMX", b"BMX bikes at the weir") is FileKind.FILE
    assert kind_of("riff.html", b"RIFF raff <p>is a page of people who saved a fragment") is FileKind.PAGE


def test_names_with_queries() -> None:
    assert suffix_of("a/style.css?ver=1.2") == ".css"
    assert suffix_of("photo@2x.png") == ".png"
    assert without_query("a@b/style.css@ver=1.2") == "a@b/style.css"
    assert without_query("a/b.html%3fx=1") == "a/b.html"


def test_pictures_with_metadata_go_along_and_are_shown() -> None:
    with site_of({"index.html": PAGE.replace(b"Words", b'<img src="a.png">Words'), "a.png": PNG + XMP}) as site:
        assert (site.folder / "static/a.png").read_bytes() == PNG + XMP
        assert not site.notices("media.missing")


def test_hartator_151_styles_with_versions_are_styles() -> None:
    """Scripts and styles keep `?ver=4.9.8` in their names when a site is downloaded from an archive."""
    with site_of({"index.html": PAGE, "wp-embed.min.js?ver=4.9.8": b"var a;", "style.css@ver=1.0": b"p {}"}) as site:
        assert reasons(site) == {
            "style.css@ver=1.0": "style or script of the old site",
            "wp-embed.min.js?ver=4.9.8": "style or script of the old site",
        }
