"""Page bundles: pictures beside their posts, shown by the real Hugo on every page that holds them."""

from __future__ import annotations

import re
import struct
import zlib
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from lxml import etree, html

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import Site, command, convert, convert_files, hugo
from tests.wxr import export, item

FIXTURES = ROOT / "fixtures" / "wordpress"
UPLOADS = "wp-content/uploads"
OLD = f"https://old.example/{UPLOADS}"


def png(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\0" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


PICTURES = {
    "2020/quay.png": png(40, 30),
    "2021/quay.png": png(33, 44),
    "2020/boat.png": png(50, 20),
    "2020/logo.png": png(9, 8),
    "2020/old pier.png": png(60, 61),
    "2020/table.png": png(7, 7),
    "2020/seal.fr.png": png(5, 6),
    "2020/crew.png": png(12, 13),
    "2020/map.pdf": b"%PDF-1.4\n%%EOF\n",
}


def image(path: str) -> str:
    return f'<img src="{OLD}/{path}" alt="{path}">'


def attachment(id: int, path: str, **fields: str) -> str:
    meta = {"_wp_attached_file": path, "_wp_attachment_image_alt": fields.pop("alt", "")}
    return item(id, type="attachment", url=f"{OLD}/{path}", meta=meta, **fields)


ONE = f"""<p>{image("2020/quay.png")} {image("2021/quay.png")} {image("2020/logo.png")}</p>

<figure class="wp-block-image alignleft"><a href="{OLD}/2020/boat.png">{image("2020/boat.png")}</a>
<figcaption>The boat</figcaption></figure>

<figure class="wp-block-gallery"><figure class="wp-block-image">{image("2020/seal.fr.png")}</figure></figure>

<table><tr><td>{image("2020/table.png")}<ul><li>in HTML</li></ul></td></tr></table>

<p><a href="{OLD}/2020/map.pdf">Map</a></p>"""
ITEMS = (
    item(1, slug="one", link="https://old.example/2020/01/one/", content=ONE, meta={"_thumbnail_id": "30"}),
    item(2, slug="two", link="https://old.example/2020/02/two.html", content=f"<p>{image('2020/logo.png')}</p>"),
    item(3, slug="about", type="page", link="https://old.example/about/", content="<p>We.</p>"),
    item(4, slug="crew", type="page", parent=3, link="https://old.example/about/crew/", content=image("2020/crew.png")),
    attachment(30, "2020/old pier.png", title="The old pier", alt="A pier", excerpt="<b>Gone</b> since 1990"),
    attachment(31, "2020/boat.png", title="boat"),
)
OPTIONS = Options("wordpress", "hugo", write=WriteOptions(media="copy", bundles=True))


def uploads(folder: Path) -> Settings:
    for name, data in PICTURES.items():
        path = folder / "uploads" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Settings("copy", str(folder / "uploads"))


def bundled(folder: Path, *items: str, options: Options = OPTIONS, **more: Any) -> Site:
    return convert(folder, export(*(items or ITEMS)), options=options, media=uploads(folder), **more)


class Built(NamedTuple):
    site: Site
    folder: Path


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    site = bundled(tmp_path_factory.mktemp("bundles"))
    return Built(site, hugo(site.folder))


def beside(site: Site) -> dict[str, bytes]:
    folder = site.folder / "content"
    files = folder.rglob("*.png")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def test_pictures_lie_beside_the_post_that_alone_shows_them(built: Built) -> None:
    found = beside(built.site)
    (other,) = (name for name in found if re.fullmatch(r"posts/one/quay-[0-9a-f]{8}\.png", name))
    assert found == {
        "posts/one/quay.png": PICTURES["2020/quay.png"],
        other: PICTURES["2021/quay.png"],
        "posts/one/boat.png": PICTURES["2020/boat.png"],
        "posts/one/seal-fr.png": PICTURES["2020/seal.fr.png"],
        "posts/one/old-pier.png": PICTURES["2020/old pier.png"],
        "about/crew/crew.png": PICTURES["2020/crew.png"],
    }
    assert built.site.files() == [
        "content/about/_index.md",
        "content/about/crew/index.md",
        "content/posts/one/index.md",
        "content/posts/two/index.md",
    ]


@pytest.mark.parametrize(
    "line",
    [
        "![2020/quay.png](quay.png)",
        f"![2020/logo.png](/{UPLOADS}/2020/logo.png)",
        f'{{{{< figure src="boat.png" alt="2020/boat.png" link="/{UPLOADS}/2020/boat.png"',
        '{{< figure src="seal-fr.png"',
        f'<img src="/{UPLOADS}/2020/table.png"',
        f"[Map](/{UPLOADS}/2020/map.pdf)",
    ],
)
def test_the_text_names_its_own_where_a_template_sees_the_address(built: Built, line: str) -> None:
    assert line in built.site.text("content/posts/one/index.md")


def test_front_matter_says_what_the_library_knows(built: Built) -> None:
    front = built.site.front("content/posts/one/index.md")
    assert front["featured_image"]["src"] == "old-pier.png"
    assert front["images"] == ["old-pier.png"]
    assert front["resources"] == [
        {"src": "boat.png", "title": "boat"},
        {
            "src": "old-pier.png",
            "title": "The old pier",
            "params": {"alt": "A pier", "caption": "Gone since 1990"},
        },
    ]
    assert "resources" not in built.site.front("content/posts/two/index.md")


def pictures(text: str | bytes) -> list[str]:
    root = html.fromstring(text)
    cards = [meta for meta in root.iter("meta") if "image" in str(meta.get("property"))]
    return [str(image.get("src")) for image in root.iter("img")] + [str(card.get("content")) for card in cards]


def shown(page: Path) -> list[str]:
    """The addresses of all pictures of a page, or of the texts in a feed."""
    if page.suffix != ".xml":
        return pictures(page.read_bytes())
    texts = etree.parse(str(page)).getroot().iter("{http://purl.org/rss/1.0/modules/content/}encoded")
    return [found for text in texts for found in pictures(f"<div>{text.text}</div>")]


def broken(folder: Path, host: str) -> list[str]:
    """(page, picture) of all that would not be seen."""
    found = []
    for page in sorted([*folder.rglob("*.html"), *folder.rglob("index.xml")]):
        for source in shown(page):
            where = urlsplit(urljoin(f"https://{host}/{page.relative_to(folder).as_posix()}", source))
            if where.netloc != host or not (folder / unquote(where.path).lstrip("/")).is_file():
                found.append(f"{page.relative_to(folder)}: {source}")
    return found


@pytest.mark.hugo
def test_every_page_and_feed_shows_every_picture(built: Built) -> None:
    assert broken(built.folder, "old.example") == []
    for page in ("index.html", "index.xml", "2020/01/one/index.html"):
        names = {address.rpartition("/")[2] for address in shown(built.folder / page)}
        assert {"quay.png", "boat.png", "seal-fr.png", "logo.png", "table.png"} <= names, page
    assert all(address.startswith("https://") for address in shown(built.folder / "index.xml"))


@pytest.mark.hugo
def test_the_old_addresses_of_files_go_on_working(built: Built) -> None:
    for path, data in PICTURES.items():
        assert (built.folder / UPLOADS / path).read_bytes() == data


@pytest.mark.hugo
@pytest.mark.parametrize("mark", ["", "\n\n<!--more-->"])
def test_a_theme_that_knows_no_bundles_shows_them_in_lists(tmp_path: Path, mark: str) -> None:
    figure = f'<figure class="wp-block-image">{image("2020/boat.png")}<figcaption>Boat</figcaption></figure>'
    site = bundled(tmp_path, item(1, slug="one", content=f"<p>{image('2020/quay.png')}</p>\n\n{figure}{mark}"))
    for path in sorted((site.folder / "layouts").rglob("*.*")):
        path.unlink()
    for name in ("single", "list"):
        template = "{{ .Content }}{{ range .Pages }}{{ .Summary }}{{ end }}"
        (site.folder / f"layouts/_default/{name}.html").write_text(template)
    folder = hugo(site.folder, "--disableKinds", "rss,taxonomy,term,home,404")
    for page in ("one", "posts"):
        assert shown(folder / page / "index.html") == ["/one/quay.png", "/one/boat.png"]


@pytest.mark.hugo
def test_a_site_in_a_folder_of_its_host(tmp_path: Path) -> None:
    data = export(*ITEMS).replace("https://old.example", "https://old.example/blog")
    site = convert(tmp_path, data, options=OPTIONS, media=uploads(tmp_path))
    assert beside(site)["posts/one/boat.png"] == PICTURES["2020/boat.png"]
    folder = hugo(site.folder, "--destination", "public/blog")
    assert broken(folder, "old.example") == []


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    def stamps(site: Site) -> dict[Path, int]:
        files = (path for path in site.folder.rglob("*") if path.is_file() and ".postferry" not in path.parts)
        return {path: path.stat().st_mtime_ns for path in files}

    before = stamps(bundled(tmp_path))
    assert stamps(bundled(tmp_path)) == before
    (tmp_path / "site/content/posts/one/boat.png").unlink()
    again = bundled(tmp_path)
    assert beside(again)["posts/one/boat.png"] == PICTURES["2020/boat.png"]


def test_what_a_second_post_shows_moves_out_of_the_bundle(tmp_path: Path) -> None:
    bundled(tmp_path)
    site = bundled(tmp_path, *ITEMS, item(9, slug="nine", content=image("2020/boat.png")))
    assert "posts/one/boat.png" not in beside(site)
    assert f'src="/{UPLOADS}/2020/boat.png"' in site.text("content/posts/one/index.md")


def test_any_number_of_processes_writes_the_same(tmp_path: Path) -> None:
    alone, together = (bundled(tmp_path / str(workers), workers=workers) for workers in (1, 3))
    assert beside(alone) == beside(together)
    assert [alone.text(path) for path in alone.files()] == [together.text(path) for path in together.files()]


@pytest.mark.hugo
def test_a_language_without_the_first_one_keeps_its_pictures(tmp_path: Path) -> None:
    text = (FIXTURES / "polylang.xml").read_text(encoding="utf-8")
    uploaded = "https://ferry.example/wp-content/uploads/2020/"
    pictures = iter(["quay.png", "boat.png", "crew.png", *["logo.png"] * 99])
    text = re.sub(
        r"(?<=<content:encoded><!\[CDATA\[)",
        lambda _: f'<p><img src="{uploaded}{next(pictures)}" alt=""></p>\n\n',
        text,
    )
    site = convert(tmp_path, text, options=OPTIONS, media=uploads(tmp_path))
    marked = [name for name in beside(site) if name.endswith(".fr.png")]
    assert len(marked) == 1
    folder = hugo(site.folder)
    assert broken(folder, "ferry.example") == []
    assert "quay.png" in {address.rpartition("/")[2] for address in shown(folder / "index.html")}


def test_such_a_site_is_read_again(tmp_path: Path, built: Built) -> None:
    again = convert_files(tmp_path, built.site.folder, options=Options("hugo", "hugo"))
    assert beside(again) == beside(built.site)
    assert [again.text(path) for path in again.files()] == [built.site.text(path) for path in built.site.files()]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--to", "jekyll", "--media", "download"], "--to hugo, not jekyll"),
        (["--to", "json"], "--to hugo, not json"),
        ([], "--media copy:DIR or download"),
        (["--media", "keep"], "--media copy:DIR or download"),
    ],
)
def test_where_there_can_be_no_bundles(tmp_path: Path, arguments: list[str], says: str) -> None:
    (tmp_path / "export.xml").write_text(export(*ITEMS))
    done = command("export.xml", "--bundles", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert says in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["export.xml"]
