"""Files copied from a folder, and how the name in a text leads to the file that is meant."""

from __future__ import annotations

import os
import sqlite3
import unicodedata
from pathlib import Path
from typing import Literal

import pytest

from converters.errors import UsageError
from converters.model.options import WriteOptions
from converters.passes.files import Wanted
from pipelines.media.candidates import candidates, place_of
from pipelines.media.media_queue import Settings
from pipelines.media.uploads_folder import tails
from pipelines.run.carry import Options
from pipelines.run.run_result import MediaStats
from tests.folders import ROOT
from tests.pipelines.cli.test_command import visible
from tests.support import Site, command, convert, convert_files, hugo
from tests.wxr import export, item

OLD = "https://old.example/wp-content/uploads"


def png(width: int = 800, height: int = 600, inside: bytes = b"") -> bytes:
    return (
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + width.to_bytes(4) + height.to_bytes(4) + inside + b"\0\0\0\0IEND\xaeB`\x82"
    )


def folder_of(folder: Path, **files: bytes) -> Path:
    """A folder `uploads` with these files; `__` stands for `/`, and the last `_` for the dot."""
    for name, data in files.items():
        path = folder / "uploads" / ".".join(name.replace("__", "/").rsplit("_", 1))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder / "uploads"


def copy(folder: Path, *items: str, way: Path | None = None, every: bool = False, to: str = "hugo") -> Site:
    options = Options("wordpress", to, write=WriteOptions(media="copy"))
    return convert(
        folder, export(*items), options=options, media=Settings("copy", str(way or folder / "uploads"), every)
    )


def post(*contents: str, **fields: object) -> str:
    return item(1, content="\n\n".join(contents), **fields)


def attachment(id: int, path: str, *sizes: str) -> str:
    """An item of the media library with resized copies of these names."""
    copies = "".join(
        f's:{len(str(n))}:"{n}";a:3:{{s:4:"file";s:{len(file)}:"{file}";s:5:"width";i:10;s:6:"height";i:10;}}'
        for n, file in enumerate(sizes)
    )
    meta = {"_wp_attached_file": path}
    if sizes:
        meta["_wp_attachment_metadata"] = f'a:1:{{s:5:"sizes";a:{len(sizes)}:{{{copies}}}}}'
    return item(id, type="attachment", url=f"{OLD}/{path}", meta=meta)


def copied(site: Site, below: str = "static/wp-content/uploads") -> dict[str, bytes]:
    folder = site.folder / below
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    ("content", "carried"),
    [
        (f'<img src="{OLD}/2020/a.png" alt="">', "![](/wp-content/uploads/2020/a.png)"),
        ('<img src="/wp-content/uploads/2020/a.png" alt="">', "![](/wp-content/uploads/2020/a.png)"),
        ('<img src="//www.old.example/wp-content/uploads/2020/a.png" alt="">', "![](/wp-content/uploads/2020/a.png)"),
        (
            '<img src="https://i0.wp.com/old.example/wp-content/uploads/2020/a.png?resize=9,9&amp;ssl=1" alt="">',
            "![](/wp-content/uploads/2020/a.png)",
        ),
        (f'<img src="{OLD}/2020/a.png?w=300" alt="">', "![](/wp-content/uploads/2020/a.png)"),
        (f'<img srcset="{OLD}/2020/b.png 300w, {OLD}/2020/a.png 900w" alt="">', "![](/wp-content/uploads/2020/a.png)"),
        (f'<a href="{OLD}/2020/a.png">large</a>', "[large](/wp-content/uploads/2020/a.png)"),
        (f'<video src="x.mp4" poster="{OLD}/2020/a.png"></video>', 'poster="/wp-content/uploads/2020/a.png"'),
        (f"[video src='x.mp4' poster='{OLD}/2020/a.png']", 'poster="/wp-content/uploads/2020/a.png"'),
        (
            f'<table><tr><td rowspan="2" style="background: url(\'{OLD}/2020/a.png\')">x</td><td>y</td></tr></table>',
            "url('/wp-content/uploads/2020/a.png')",
        ),
    ],
)
def test_every_way_to_refer_to_a_file(content: str, carried: str, tmp_path: Path) -> None:
    folder_of(tmp_path, **{"2020__a_png": png(), "2020__other_png": png()})
    site = copy(tmp_path, post(content))
    assert carried in site.text("content/posts/post-1.md")
    assert copied(site) == {"2020/a.png": png()}
    beside = content.count("x.mp4")  # beside the old page, and so a file of the site, which the folder does not have
    assert site.outcome.media == MediaStats(1, len(png()), beside)
    missing = [notice["what"] for notice in site.notices("media.missing-file")]
    assert missing == ["https://old.example/post-1/x.mp4"] * beside


def test_galleries_featured_images_comments_and_excerpts(tmp_path: Path) -> None:
    folder_of(tmp_path, **{f"{name}_png": png(inside=name.encode()) for name in "abcdz"})
    comment = {
        "id": 5,
        "approved": 1,
        "content": f'<a href="{OLD}/c.png">see</a>',
        "author": "Bo",
        "date": "2021-01-01",
    }
    site = copy(
        tmp_path,
        post(
            "[gallery ids='11']",
            meta={"_thumbnail_id": "12"},
            comments=[comment],
            excerpt=f'<a href="{OLD}/d.png">more</a>',
        ),
        attachment(11, "a.png"),
        attachment(12, "b.png"),
    )
    assert set(copied(site)) == {"a.png", "b.png", "c.png", "d.png"}
    assert "/wp-content/uploads/c.png" in site.text("data/comments/1.yaml")
    assert OLD not in site.text("content/posts/post-1.md") + site.text("data/comments/1.yaml")


@pytest.mark.parametrize(
    ("files", "items", "named", "taken"),
    [
        pytest.param(["a", "a-300x200"], [attachment(2, "a.png", "a-300x200.png")], "a-300x200", "a", id="index"),
        pytest.param(["a-500x500", "a"], [attachment(2, "a-500x500.png")], "a-500x500", "a-500x500", id="its name"),
        pytest.param(["a", "a-300x200"], [], "a-300x200", "a", id="guess"),
        pytest.param(["a-300x200"], [], "a-300x200", "a-300x200", id="guess not there"),
        pytest.param(["a", "a-900x900"], [], "a-900x900", "a-900x900", id="guess too small"),
        pytest.param(
            ["a-300x200"], [attachment(2, "a.png", "a-300x200.png")], "a-300x200", "a-300x200", id="copy only"
        ),
        pytest.param(["a", "a-scaled"], [], "a-scaled", "a-scaled", id="scaled"),
        pytest.param(["a"], [], "a-scaled", "a", id="scaled gone"),
        pytest.param(["a"], [], "a-rotated", "a", id="rotated gone"),
        pytest.param(["a-1x1", "a-1x1-2x2"], [], "a-1x1-2x2", "a-1x1", id="twice"),
    ],
)
def test_variants(files: list[str], items: list[str], named: str, taken: str, tmp_path: Path) -> None:
    folder_of(tmp_path, **{f"{name}_png": png(inside=name.encode()) for name in files})
    site = copy(tmp_path, post(f'<img src="{OLD}/{named}.png" alt="">'), *items)
    assert f"(/wp-content/uploads/{taken}.png)" in site.text("content/posts/post-1.md")
    assert copied(site)[f"{taken}.png"] == png(inside=taken.encode())
    assert site.notices("media.missing-file") == []
    assert len(site.notices("image.variant")) == (taken != named)


def test_what_is_missing_keeps_its_old_address_and_is_named(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=b"<!DOCTYPE html><p>Not found", b_png=b"", z_png=png())
    names = ["a", "b", "gone", "gone-300x200"]
    site = copy(tmp_path, post(*(f'<img src="/wp-content/uploads/{name}.png" alt="">' for name in names)))
    reasons = {notice["what"]: notice["where"] for notice in site.notices("media.missing-file")}
    assert reasons == {
        f"{OLD}/a.png": "a page of HTML came instead",
        f"{OLD}/b.png": "an empty answer",
        f"{OLD}/gone.png": "not in the folder",
        f"{OLD}/gone-300x200.png": "not in the folder",
    }
    assert all(f"({address})" in site.text("content/posts/post-1.md") for address in reasons)
    assert not (site.folder / "static/wp-content").exists()


def test_only_what_is_shown_unless_all_is_wanted(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=png(), b_png=png(), c_png=png())
    items = [post(f'<img src="{OLD}/a.png" alt="">'), attachment(2, "a.png"), attachment(3, "b.png")]
    assert set(copied(copy(tmp_path, *items))) == {"a.png"}
    assert set(copied(copy(tmp_path, *items, every=True))) == {"a.png", "b.png"}
    assert set(copied(copy(tmp_path, *items))) == {"a.png"}, "a run makes what it would have made alone"


def test_the_folder_is_not_changed_and_not_linked_to(tmp_path: Path) -> None:
    uploads = folder_of(tmp_path, a_png=png())
    site = copy(tmp_path, post(f'<img src="{OLD}/a.png" alt="">'))
    (site.folder / "static/wp-content/uploads/a.png").write_bytes(b"changed")
    assert (uploads / "a.png").read_bytes() == png()
    assert copied(copy(tmp_path, post(f'<img src="{OLD}/a.png" alt="">'))) == {"a.png": b"changed"}, "the user's own"


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_in_names(form: Literal["NFC", "NFD"], tmp_path: Path) -> None:
    name = unicodedata.normalize(form, "café ü.png")
    (tmp_path / "uploads").mkdir()
    (tmp_path / "uploads" / name).write_bytes(png())
    site = copy(tmp_path, post(f'<img src="{OLD}/caf%C3%A9%20%C3%BC.png" alt="">'))
    assert copied(site) == {"café ü.png": png()}
    assert "(/wp-content/uploads/caf%C3%A9%20%C3%BC.png)" in site.text("content/posts/post-1.md")


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            "wp-content/uploads/2020/a.png",
            ["wp-content/uploads/2020/a.png", "uploads/2020/a.png", "2020/a.png"],
        ),
        ("images/a.png", ["images/a.png"]),
        (
            "b/wp-content/uploads/sites/3/2020/a.png",
            [
                "b/wp-content/uploads/sites/3/2020/a.png",
                "wp-content/uploads/sites/3/2020/a.png",
                "uploads/sites/3/2020/a.png",
                "sites/3/2020/a.png",
                "3/2020/a.png",
                "2020/a.png",
            ],
        ),
    ],
)
def test_where_a_file_may_lie_in_the_folder(place: str, expected: list[str]) -> None:
    assert list(dict.fromkeys(tails(place))) == expected


@pytest.mark.parametrize(
    "path",
    [
        "/a/../../etc/passwd",
        "/..%2f..%2fetc/passwd",
        "/%2e%2e/x.png",
        "/a/./b.png",
        "//a.png/",
        "/a//b.png",
        "/a\\b.png",
        "/a%5cb.png",
        "/a%00b.png",
        "/a%0Ab.png",
        "/a%E2%80%AEb.png",
        "/.htaccess",
        "/.git/config.png",
        "/_plugins/x.rb",
        "/_config.yml",
        "/a.php",
        "/a.PHP",
        "/a.phtml",
        "/" + "a" * 250 + ".png",
        "/" + "a/" * 600 + "b.png",
        "/",
        "",
    ],
)
def test_names_that_no_file_of_a_site_gets(path: str) -> None:
    assert place_of(path) == ""
    assert candidates(Wanted("https://old.example" + path, path)) == []


def test_hostile_names_stay_addresses(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=png())
    (tmp_path / "secret.png").write_bytes(png())
    bad = [f"{OLD}/..%2fsecret.png", f"{OLD}/../../../../secret.png", f"{OLD}/%2e%2e/%2e%2e/secret.png"]
    site = copy(tmp_path, post(*(f'<img src="{address}" alt="">' for address in bad)))
    assert {notice["where"] for notice in site.notices("media.missing-file")} == {
        "no name that a file of a static site can have"
    }
    assert not list(site.folder.rglob("secret*"))


def test_links_that_lead_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    uploads = folder_of(tmp_path, a_png=png())
    (tmp_path / "secret.png").write_bytes(png())
    (uploads / "link.png").symlink_to(tmp_path / "secret.png")
    (uploads / "inside.png").symlink_to(uploads / "a.png")
    os.mkfifo(uploads / "pipe.png")
    site = copy(tmp_path, post(*(f'<img src="{OLD}/{name}.png" alt="">' for name in ("link", "inside", "pipe"))))
    assert copied(site) == {"inside.png": png()}


def test_a_folder_in_the_way_of_a_file(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=png())
    (tmp_path / "site/static/wp-content/uploads/a.png").mkdir(parents=True)
    (tmp_path / "site/.postferry").mkdir()
    sqlite3.connect(tmp_path / "site/.postferry/state.db").close()
    site = copy(tmp_path, post(f'<img src="{OLD}/a.png" alt="">'))
    [notice] = site.notices("media.missing-file")
    assert notice["where"] == "a file or a folder of this name is in the way"


def test_a_site_below_a_folder_of_its_host(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=png())
    data = export(post(f'<img src="{OLD}/a.png" alt="">', '<img src="/b.png" alt="">'))
    data = data.replace("https://old.example", "https://old.example/blog")
    (tmp_path / "uploads/b.png").write_bytes(png())
    options = Options("wordpress", "hugo", write=WriteOptions(media="copy"))
    site = convert(tmp_path, data, options=options, media=Settings("copy", str(tmp_path / "uploads")))
    assert copied(site) == {"a.png": png()}
    assert "(/blog/wp-content/uploads/a.png)" in site.text("content/posts/post-1.md")
    [notice] = site.notices("media.missing-file")
    assert (notice["what"], notice["where"]) == ("https://old.example/b.png", "outside of the site")


def test_jekyll_gets_them_at_its_root_and_json_not_at_all(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=png())
    items = [post(f'<img src="{OLD}/a.png" alt="">')]
    assert copied(copy(tmp_path, *items, to="jekyll"), "wp-content/uploads") == {"a.png": png()}
    (tmp_path / "other").mkdir()
    with pytest.raises(UsageError, match="holds no files"):
        copy(tmp_path / "other", *items, to="json", way=tmp_path / "uploads")


@pytest.mark.hugo
def test_the_built_site_shows_them(tmp_path: Path) -> None:
    folder_of(tmp_path, **{"2020__a_png": png()})
    site = copy(tmp_path, post(f'<img src="{OLD}/2020/a-300x200.png" alt="">'))
    built = hugo(site.folder)
    assert (built / "wp-content/uploads/2020/a.png").read_bytes() == png()
    assert '/wp-content/uploads/2020/a.png"' in (built / "post-1/index.html").read_text()


def test_the_command(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=png())
    (tmp_path / "export.xml").write_text(export(post(f'<img src="{OLD}/a.png" alt="">')))
    done = command("export.xml", "--media", "copy:uploads", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert f"Files: 1 of the site's own came along ({len(png())} bytes); none missing." in done.stderr
    done = command("export.xml", "--media", "copy:nowhere", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no folder nowhere" in done.stderr


def test_the_icon_and_the_menus_of_the_site(tmp_path: Path) -> None:
    folder_of(tmp_path, icon_png=png(), form_pdf=b"%PDF-1.4 %%EOF")
    meta = {"_menu_item_type": "custom", "_menu_item_url": f"{OLD}/form.pdf", "_menu_item_object": "custom"}
    site = copy(
        tmp_path,
        post("x"),
        item(2, type="attachment", url=f"{OLD}/icon.png", meta={"_wp_attachment_context": "site-icon"}),
        item(3, type="nav_menu_item", title="Form", terms=[("nav_menu", "main", "Main")], meta=meta),
        item(
            4,
            type="nav_menu_item",
            title="Old",
            terms=[("nav_menu", "main", "Main")],
            meta={**meta, "_menu_item_url": f"{OLD}/gone.pdf"},
        ),
    )
    assert set(copied(site)) == {"icon.png", "form.pdf"}
    [notice] = site.notices("media.missing-file")
    assert (notice["item"], notice["what"]) == ("", f"{OLD}/gone.pdf")


def test_what_the_library_holds_and_the_folder_does_not(tmp_path: Path) -> None:
    folder_of(tmp_path, a_png=png())
    site = copy(tmp_path, post("x"), attachment(2, "a.png"), attachment(3, "gone.png"), every=True)
    assert set(copied(site)) == {"a.png"}
    [notice] = site.notices("media.missing-file")
    assert (notice["item"], notice["what"], notice["where"]) == ("", f"{OLD}/gone.png", "not in the folder")
    assert site.outcome.media == MediaStats(1, len(png()), 1)


@pytest.mark.parametrize(("source", "importer"), [("hugo/islands", "hugo"), ("html/site", "html")])
def test_files_that_a_source_brings_itself_are_there(source: str, importer: str, tmp_path: Path) -> None:
    (tmp_path / "uploads").mkdir()
    folder = ROOT / "fixtures" / source
    plain = convert_files(tmp_path / "plain", folder, options=Options(importer, "hugo"))
    options = Options(importer, "hugo", write=WriteOptions(media="copy"))
    site = convert_files(
        tmp_path / "copied", folder, options=options, media=Settings("copy", str(tmp_path / "uploads"))
    )
    there = {path for path in visible(plain.folder) if path.startswith("static/")}
    assert there and there == {path for path in visible(site.folder) if path.startswith("static/")}
    named = {notice["what"].partition("//")[2].partition("/")[2] for notice in site.notices("media.missing-file")}
    assert not {name for name in named if f"static/{name}" in there}
