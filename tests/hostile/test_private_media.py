"""Files, pages of files and redirects of what was not public: none of them comes into the new site.

Every file has a name of its own that says whether it may be there: `secret…` may not, `public…` has to.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.hostile.cases import case
from tests.hostile.test_privacy import read
from tests.pipelines.media.test_copy import png
from tests.support import Site, command, convert, hugo
from tests.wxr import export, item

SITE = "https://old.example"
UPLOADS = f"{SITE}/wp-content/uploads/2024"
LINK = f"{SITE}/secretprivateimagepage/"
"""In a public text, so it is as public as that; it leads nowhere, as it led nowhere."""
ALL_SERVERS = ("netlify", "nginx", "apache", "html")

CLOSED: dict[str, dict[str, Any]] = {
    "private": {"status": "private"},
    "draft": {"status": "draft"},
    "pending": {"status": "pending"},
    "protected": {"password": "PERSONALpass"},
    "trash": {"status": "trash"},
    "odd": {"status": "odd"},
    "page": {"status": "private", "type": "page"},
    "payment": {"type": "edd_payment"},
    "log": {"type": "acme_log", "link": f"{SITE}/?post_type=acme_log&p=7"},
    "zebra": {"type": "acme_zebra", "link": f"{SITE}/?post_type=acme_zebra&p=8"},
    "lesson": {"type": "lesson"},
    "template": {"type": "elementor_library"},
}
"""What nobody could see."""

SHOWN = {
    "image": '<img src="{url}">',
    "resized": '<img src="{sized}">',
    "set": '<img srcset="{sized} 300w, {url} 800w">',
    "link": '<a href="{url}">a</a>',
    "background": '<div style="background-image: url({url})">a</div>',
    "poster": '<video poster="{url}" src="https://other.example/a.mp4"></video>',
    "data": '<object data="{url}"></object>',
    "gallery": '[gallery ids="{id}"]',
    "attached": "[gallery]",
    "block": '<!-- wp:image {{"id":{id}}} --><figure><img src="{url}"></figure><!-- /wp:image -->',
    "cover": '<!-- wp:cover {{"url":"{url}"}} --><div class="wp-block-cover">a</div><!-- /wp:cover -->',
}
"""The ways in which a text shows a file."""


def file(name: str) -> str:
    return f"{UPLOADS}/{name}.png"


def attachment(id: int, name: str, parent: int = 0, **fields: Any) -> str:
    meta = {"_wp_attached_file": f"2024/{name}.png"}
    link = f"{SITE}/{name}page/"
    return item(
        id, type="attachment", slug=f"{name}page", link=link, parent=parent, url=file(name), meta=meta, **fields
    )


def closed(id: int, name: str, fields: dict[str, Any]) -> list[str]:
    """An item with files that it alone shows, in all ways, and what hangs on it."""
    shown, items = [], []
    for number, (way, html) in enumerate(SHOWN.items(), id + 1):
        of_way = f"secret{name}{way}"
        items.append(attachment(number, of_way, id))
        shown.append(html.format(url=file(of_way), sized=f"{UPLOADS}/{of_way}-300x200.png", id=number))
    others = [f"secret{name}{place}" for place in ("featured", "card", "field", "excerpt", "comment", "enclosure")]
    items += [attachment(number, other, id) for number, other in enumerate(others, id + 50)]
    meta = {
        "_thumbnail_id": str(id + 50),
        "_yoast_wpseo_opengraph-image": file(others[1]),
        "field": file(others[2]),
        "enclosure": f"{file(others[5])}\n100\nimage/png",
        "_wp_old_slug": f"secret{name}oldslug",
    }
    comments = [{"id": id, "approved": 1, "author": "a", "content": f'<img src="{file(others[4])}">'}]
    given = {
        "slug": f"secret{name}slug",
        "content": "\n".join(shown),
        "excerpt": f'<img src="{file(others[3])}">',
        "meta": meta,
        "comments": comments,
    }
    return [item(id, **(given | fields)), *items, attachment(id + 60, f"secret{name}unused", id)]


def site_export() -> str:
    """A public post and everything hidden; what is shown by both is public."""
    public = [f'<img src="{file(name)}">' for name in ("publicboth", "publicown", "publiclarge")]
    public += [f'<a href="{LINK}">a</a>', f'<a href="{SITE}/?attachment_id=1001">b</a>']
    public += ['[gallery id="1000"]', '[su_permalink id="1000"]c[/su_permalink]']
    hidden = f'<img src="{file("publicboth")}"> <img src="{UPLOADS}/publiclarge-300x200.png"> '
    items = [
        item(1, slug="open", title="PUBLICtitle", content="PUBLICtext " + " ".join(public)),
        item(2, slug="both", status="private", content=hidden + f'<img src="{file("unattached")}">'),
        item(
            3, slug="later", status="future", date="2099-01-01 00:00:00", content=f'<img src="{file("publiclater")}">'
        ),
        attachment(4, "publicboth", 2),
        attachment(5, "publicown", 1),
        attachment(6, "publiclarge", 2),
        attachment(7, "unattached"),
    ]
    for number, (name, fields) in enumerate(CLOSED.items(), 10):
        items += closed(number * 100, name, fields)
    return export(*items)


def library() -> list[str]:
    """Files that no text shows, for `--media-all`."""
    return [
        attachment(8, "publicalone"),
        attachment(9, "publicattached", 1),
        attachment(10, "publicorphan", 77777),
        attachment(11, "publicnested", 9),
        attachment(12, "secretown", status="private"),
        attachment(13, "secretword", password="PERSONALpass"),
        attachment(14, "secrettrash", status="trash"),
        attachment(15, "secretofpublic", 1, status="private"),
        attachment(16, "secretnested", 12),
        attachment(17, "secretround", 18),
        attachment(18, "secretcircle", 17, status="draft"),
    ]


def uploads(folder: Path, text: str) -> Path:
    """A folder with all files that an export names."""
    (folder / "up/2024").mkdir(parents=True)
    for name in {part.partition('"')[0].partition("]")[0] for part in text.split("/uploads/2024/")[1:]}:
        path = folder / "up/2024" / name.partition(".png")[0].partition("-300x200")[0]
        path.with_suffix(".png").write_bytes(png())
    return folder / "up"


def brought(folder: Path) -> set[str]:
    return {path.stem for path in folder.rglob("*.png")}


def public_words(built: Path) -> str:
    return read(built).replace(LINK, "")


def copied(folder: Path, text: str, *, to: str = "hugo", every: bool = False, drafts: bool = False) -> Site:
    write = WriteOptions(media="copy", redirects=ALL_SERVERS)
    way = folder / "up" if (folder / "up").exists() else uploads(folder, text)
    settings = Settings("copy", str(way), every, drafts=drafts)
    return convert(folder, text, options=Options("wordpress", to, write=write), media=settings)


of_media = case(
    "privacy-private-media",
    "files, pages of files and old slugs of private, protected, draft, pending and left-out items, shown in every way",
    "not copied, no page, no redirect; what something public shows too is there",
)
THERE = {"publicboth", "publicown", "publiclarge", "publiclater"}


@of_media
@pytest.mark.hugo
@pytest.mark.parametrize("bundles", [(), ("--bundles",)], ids=["pages", "bundles"])
def test_privacy_private_media(tmp_path: Path, bundles: tuple[str, ...]) -> None:
    """By the command as it is, built with the real Hugo; the folder has all the files."""
    text = site_export()
    (tmp_path / "export.xml").write_text(text)
    way = uploads(tmp_path, text)
    given = ["--media", f"copy:{way}", "--redirects", ",".join(ALL_SERVERS), *bundles]
    done = command("export.xml", "-o", "site", *given, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "that only drafts and private posts show stayed behind" in done.stderr
    built = hugo(tmp_path / "site")
    assert "PUBLICtext" in read(built)
    assert "secret" not in public_words(built)
    assert "secret" not in read(tmp_path / "site/static")
    assert "secret" not in " ".join(str(path.relative_to(tmp_path)) for path in built.rglob("*"))
    assert brought(built) >= THERE


@of_media
@pytest.mark.system
@real
def test_privacy_private_media_in_jekyll(tmp_path: Path) -> None:
    site = copied(tmp_path, site_export(), to="jekyll")
    built = jekyll(site.folder)
    assert "PUBLICtext" in read(built)
    assert "secret" not in public_words(built)
    assert "secret" not in " ".join(str(path.relative_to(built)) for path in built.rglob("*"))
    assert brought(built) == THERE


@of_media
@pytest.mark.parametrize("every", [False, True], ids=["shown", "all"])
def test_files_of_drafts_stay_behind(tmp_path: Path, every: bool) -> None:
    text = site_export().replace("</channel>", "".join(library()) + "</channel>")
    site = copied(tmp_path, text, every=every)
    of_library = {"publicalone", "publicattached", "publicorphan", "publicnested"}
    assert brought(site.folder) == THERE | (of_library if every else set())
    assert site.outcome.media is not None
    assert site.outcome.media.hidden > 50
    assert site.outcome.media.missing == 0
    assert site.notices("media.not-public")
    assert f"{UPLOADS}/secretprivateimage.png" in site.text("content/posts/secretprivateslug.md")
    assert "](/wp-content/uploads/2024/publicboth.png)" in site.text("content/posts/both.md")
    assert "](/wp-content/uploads/2024/publiclarge.png)" in site.text("content/posts/both.md")


def test_files_of_drafts_when_asked_for(tmp_path: Path) -> None:
    site = copied(tmp_path, site_export(), drafts=True)
    assert {"secretprivateimage", "secretdraftfeatured", "secretprotectedcomment"} <= brought(site.folder)
    assert site.outcome.media is not None
    assert site.outcome.media.hidden == 0
    assert "secret" not in "".join(path.read_text() for path in site.folder.rglob("nginx*"))


def test_a_post_that_becomes_private_takes_its_files_with_it(tmp_path: Path) -> None:
    text = export(item(1, slug="a"), item(2, slug="b", content=f'<img src="{file("secretfile")}">'))
    assert brought(copied(tmp_path, text).folder) == {"secretfile"}
    closed = text.replace(
        "<wp:post_name><![CDATA[b]]></wp:post_name><wp:status>publish",
        "<wp:post_name><![CDATA[b]]></wp:post_name><wp:status>private",
    )
    assert closed != text
    assert brought(copied(tmp_path, closed).folder) == set()
    assert brought(copied(tmp_path, text).folder) == {"secretfile"}


@of_media
@pytest.mark.parametrize("layout", ["feed", "lines", "files"])
def test_public_files_of_json_name_no_hidden_media(tmp_path: Path, layout: str) -> None:
    text = site_export().replace("</channel>", "".join(library()) + "</channel>")
    site = convert(tmp_path, text, options=Options("wordpress", "json", write=WriteOptions(json_layout=layout)))
    hidden = [
        path for path in site.folder.rglob("*.json*") if not str(path.relative_to(site.folder)).startswith("not-")
    ]
    for path in hidden:
        if ".postferry" in path.parts:
            continue
        assert "secret" not in path.read_text().replace(LINK, ""), path
    assets = [row["id"] for row in json.loads(site.text("site.json"))["assets"]]
    apart = [json.loads(line)["id"] for line in site.text("not-public-media.jsonl").splitlines()]
    assert {"5", "7", "8", "9", "10", "11"} == set(assets)
    assert {"4", "12", "13", "15", "16", "17", "18", "1001"} <= set(apart)
    of_records = 2 * (len(SHOWN) + 7)  # those of `payment` and `log`
    assert len(assets) + len(apart) == text.count("<wp:post_type>attachment") - of_records - 1  # the trash


def test_what_public_items_of_json_say_of_files_of_hidden_ones(tmp_path: Path) -> None:
    """The picture is public where a public post shows it; the post it hangs on is not."""
    link = f"{SITE}/secretparent/secretpicture/"
    picture = item(
        3, type="attachment", parent=2, link=link, url=file("publicfile"), title="secrettitle", content="secretwords"
    )
    shows = item(1, content=f'<img src="{file("publicfile")}">', meta={"_thumbnail_id": "3"})
    site = convert(tmp_path, export(shows, item(2, status="private"), picture), options=Options("wordpress", "json"))
    told = json.loads(site.text("feed.json"))["items"][0]
    assert told["_postferry"]["featured"]["url"].endswith("/publicfile.png")
    assert "secret" not in json.dumps(told)


@of_media
@pytest.mark.parametrize("status", ["future", "private", "draft"])
def test_nothing_leads_to_what_is_not_published(tmp_path: Path, status: str) -> None:
    fields = {"status": status, "date": "2099-01-01 00:00:00", "meta": {"_wp_old_slug": "secretold"}}
    items = [item(1, slug="open"), item(2, slug="secretslug", **fields), attachment(3, "secretfile", 2)]
    site = convert(
        tmp_path, export(*items), options=Options("wordpress", "hugo", write=WriteOptions(redirects=ALL_SERVERS))
    )
    assert "secret" not in read(site.folder / "static")
    for name in ("nginx-http.conf", "nginx-server.conf", ".htaccess", "_redirects"):
        for path in site.folder.rglob(name):
            assert "secret" not in path.read_text()
            assert "2099" not in path.read_text()
            assert "=2" not in path.read_text().replace("=2021", "").replace("=202103", "").replace("=20210304", "")


CALLS = ['[gallery id="2"]', '[playlist id="2" type="video"]', '[gallery id="02"]', '[slideshow gallery_id="2"]']
CALLS += [
    '[nggallery id="2"]',
    '[envira-gallery id="2"]',
    '[foogallery id="2"]',
    '[su_permalink id="2"]x[/su_permalink]',
]


@of_media
@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("name", [name for name in CLOSED if name not in ("zebra", "lesson", "trash")])
def test_shortcodes_show_nothing_of_hidden_items(tmp_path: Path, call: str, name: str) -> None:
    fields = {"slug": "secretslug", "title": "secrettitle"} | CLOSED[name]
    items = [
        item(1, slug="open", content=call),
        item(2, **fields),
        attachment(3, "secretfile", 2, excerpt="secretwords"),
    ]
    site = convert(tmp_path, export(*items), options=Options("wordpress", "hugo"))
    assert "secret" not in site.text("content/posts/open.md")
