"""Files that come along: whatever they are called and however they begin, sites publish them byte for byte, or a notice
names them."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from converters.exporters.jekyll.static_files import Included, source_path
from converters.model.options import WriteOptions
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.support import Site, convert, convert_files, hugo
from tests.wxr import export, item

NAMES = (
    *("_MG_1234.jpg", "__x__.jpg", "_noext", "~x.jpg", "#1.jpg", "in#side.jpg", "a:b.jpg", "q?.jpg", "a|b.jpg"),
    *("_*s*.jpg", "[2].jpg", "_[2].jpg", "{{x}}.jpg", "{% y %}.jpg", "_{{x}}.jpg", "50%.jpg", "a%20b.jpg", "a%2Fb.jpg"),
    *("_a%41.jpg", "été.jpg", "_été.jpg", "with'quote.jpg", 'dq".jpg', "-dash.jpg", "a+b.jpg", "foo bar.jpg"),
    *("*s*.jpg", "a&amp.jpg", "UP.JPG", "$$.jpg", "a..b.jpg", "dot.", "trail "),
    *("vendor.jpg", "node_modules.png", "_sub/deep.jpg", "#d/_e.jpg"),
    *("_data/n.jpg", "_layouts/default.html", "_plugin.css", "vendor/cache/a.jpg", "_config.yml.txt"),
)  # fmt: skip
"""Below a folder of uploads."""
AT_ROOT = (
    *("_next/x.js", "_img.png", "play.yml", "deploy.toml", "Gemfile.png", "node_modules.png", ".well-known/x.json"),
    *("redirects/a.txt", "vendor/x.css", "#root.txt", "data.bin"),
)
REFUSED = (
    "_headers",
    "_layouts/post.html",
    "_data/words.yml",
    "_config.yml",
    "package.json",
    "Gemfile",
    "_posts/a.txt",
)
"""At the root: what hosts, Jekyll and tools obey."""
PAGES = {
    "deploy.yml": b"---\nkind: Service\n---\nname: b {{ .V.x }} {{{ {{{{ }}} {% endraw %} {%- x -%} {{{%\r\nx",
    "notes.txt": b"---\nnot front matter: at all: [\n---\nbody {{ x }}\n",
    "notes.md": b"--- \n\n\n# H *x*\n\n",
    "README": b"---\nno ending",
    "style.scss": b"---\n---\n$a: 1px;\nb { width: $a }\n",
    "page.html": b"---\t\r\n<b>x</b>\r\n\r\n",
    "data.csv": b"---\na,b\n---\n1,2\n\n\n",
    "odd%41.txt": b"---\n1",
    "_under.xml": b"---\n\xe2\x80\xa8\x00<x/>",
    "bom.txt": b"\xef\xbb\xbf---\na: 1\n---\n",
    "dashes.txt": b"---",
    "rule.txt": b"----\nx\n",
    "mac.txt": b"---\rabc\r",
}
"""Texts that begin as pages of Jekyll's do, or nearly so."""
LATIN = b"---\ncaf\xe9\n"


def uploads() -> dict[str, bytes]:
    return {name: f"\xff\x00 {name}".encode("latin-1", "replace") for name in NAMES} | PAGES


def written(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def differing(built: Path, files: dict[str, bytes]) -> list[str]:
    return [name for name, data in files.items() if not (built / name).is_file() or (built / name).read_bytes() != data]


def hugo_source(folder: Path) -> tuple[Path, dict[str, bytes]]:
    """A site of hostile names, and what of it is to be published."""
    files = {f"up/{name}": data for name, data in uploads().items()} | {name: name.encode() for name in AT_ROOT}
    written(folder / "static", files | dict.fromkeys(REFUSED, b"x") | {"up/latin.txt": LATIN})
    post = b"---\ntitle: B\ndate: 2022-01-01\n---\n\n![x](_pic.jpg)\n"
    written(
        folder / "content",
        {"posts/b/index.md": post, "posts/b/_pic.jpg": b"pic", "redirects.md": b"---\ntitle: R\n---\n"},
    )
    written(folder, {"hugo.toml": b'baseURL = "https://old.example/"\ndisableKinds = ["taxonomy", "term"]\n'})
    for name in ("single", "list"):
        written(folder / "layouts/_default", {f"{name}.html": b"{{ .Content }}"})
    return folder, files | {"posts/b/_pic.jpg": b"pic"}


@pytest.mark.system
@real
def test_a_site_of_hostile_names_in_jekyll(tmp_path: Path) -> None:
    """media-underscore, media-yaml, redirects-published."""
    source, files = hugo_source(tmp_path / "source")
    site = convert_files(tmp_path, source, options=Options("hugo", "jekyll", write=WriteOptions(redirects=("nginx",))))
    built = jekyll(site.folder, "--safe")
    assert differing(built, files) == []
    assert [name for name in REFUSED if (built / name).exists()] == []
    named = " ".join(notice["what"] for notice in site.notices("target.refused"))
    assert [name for name in REFUSED if name not in named] == []
    assert [notice["what"] for notice in site.notices("target.shielded")] == ["1: up/latin.txt"]
    assert (built / "up/latin.txt").read_bytes() == b"\n" + LATIN
    assert (site.folder / "redirects/nginx-http.conf").is_file()
    assert not list(built.glob("redirects/*.conf"))
    assert (built / "redirects/index.html").is_file()


@pytest.mark.hugo
def test_a_site_of_hostile_names_in_hugo(tmp_path: Path) -> None:
    source, files = hugo_source(tmp_path / "source")
    site = convert_files(tmp_path, source, options=Options("hugo", "hugo"))
    assert differing(hugo(site.folder), files) == []


def library(folder: Path) -> tuple[str, dict[str, bytes]]:
    """An export whose media library has files of hostile names, and these files."""
    from urllib.parse import quote

    files = {f"2022/03/{name}": data for name, data in uploads().items() if not name.endswith((".", " "))}
    written(folder, files)
    url = "https://old.example/wp-content/uploads/"
    items = [
        item(
            100 + number,
            type="attachment",
            slug=f"m{number}",
            url=url + quote(path),
            link=f"https://old.example/m{number}/",
        )
        for number, path in enumerate(files)
    ]
    return export(item(1), *items), {f"wp-content/uploads/{path}": data for path, data in files.items()}


@pytest.mark.hugo
@pytest.mark.system
@real
@pytest.mark.parametrize("target", ["jekyll", "hugo"])
def test_a_library_of_hostile_names(tmp_path: Path, target: str) -> None:
    """media-underscore, of WordPress: copied, and left where they are by a run that copies nothing."""
    text, files = library(tmp_path / "uploads")

    def made(media: Settings) -> Site:
        return convert(
            tmp_path, text, options=Options("wordpress", target, write=WriteOptions(media="copy")), media=media
        )

    site = made(Settings("copy", folder=str(tmp_path / "uploads"), every=True))
    built = (jekyll if target == "jekyll" else hugo)(site.folder)
    assert differing(built, files) == []
    assert site.notices("media.missing-file") == []
    again = made(Settings("copy", folder=str(tmp_path / "uploads"), every=True))
    assert (again.outcome.written.new, again.outcome.written.removed) == (0, 0)
    kept = made(Settings())
    assert kept.outcome.written.removed == 0


@pytest.mark.system
@real
def test_files_copied_by_hand(tmp_path: Path) -> None:
    """With `--media rewrite` people copy the uploads: names of the library and of resized copies are included."""
    files = {f"2022/03/{name}": b"x" for name in ("_MG_1.jpg", "_MG_1-300x200.jpg", "#2.png", "~3.gif")}
    url = "https://old.example/wp-content/uploads/2022/03/"
    shown = [item(2, type="attachment", url=url + "_MG_1.jpg"), item(3, type="attachment", url=url + "%232.png"),
             item(4, type="attachment", url=url + "~3.gif")]  # fmt: skip
    site = convert(tmp_path, export(item(1), *shown), options=Options("wordpress", "jekyll"))
    written(site.folder / "wp-content/uploads", files)
    assert differing(jekyll(site.folder) / "wp-content/uploads", files) == []


@pytest.mark.parametrize(
    ("paths", "entries"),
    [
        (["a/b.jpg", "c.txt"], []),
        (["img/_MG_1.jpg", "img/_MG_1-300x200.jpg"], ["_MG_1", "_MG_1-300x200"]),
        (["#1.jpg", "~x", "_next/a/b.js", ".well-known/x"], ["#1", ".well-known", "_next", "~x"]),
        (["up/_*.jpg", "up/_[1]?.jpg"], ["_\\**", "_\\[1\\]\\?*"]),
        (["Gemfile.png", "a/Gemfile.png", "node_modules.png"], ["Gemfile", "node_modules"]),
        (["up/_data.csv", "up/_p", "up/_.jpg"], ["_.jpg", "up/_data.csv", "up/_p"]),
        (["up/dot.", "dir./a.jpg"], ["dir./a.jpg", "up/dot."]),
        (["up/_recipe/a.jpg", "up/_recipes"], ["_recipes", "up/_recipe/a.jpg"]),
        (["back.jpg~"], ["back.jpg~"]),
        (["up/_config.yml.txt", "up/_config.jpg"], ["up/_config.jpg", "up/_config.yml.txt"]),
    ],
)
def test_what_is_included(paths: list[str], entries: list[str]) -> None:
    """An entry is the beginning of a name anywhere, so none may be the beginning of what Jekyll keeps for itself."""
    included = Included(["_recipe"])
    for path in paths:
        included.see(path)
    assert included.rows() == entries


def test_many_names_are_a_few_entries() -> None:
    included = Included(["_zoo"])
    for number in range(500):
        included.see(f"up/_MG_{number}.jpg")
        included.see(f"up/_p{number}.jpg")
        included.see(f"up/_zo{number}.jpg")
    assert len(included.rows()) <= 30
    assert not any("_posts".startswith(row) or "_zoo".startswith(row) for row in included.rows())


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("up/a%20b.jpg", "up/a%2520b.jpg"),
        ("50%.jpg", "50%.jpg"),
        ("play.yml", "_static/play.yml"),
        ("up/play.yml", "up/play.yml"),
        ("up/_data/a.jpg", "_static/up/_data/a.jpg"),
        ("_data/a.jpg", "_data/a.jpg"),
        ("package.json", "package.json"),
        ("run.sh", "run.sh"),
        ("Rakefile", "Rakefile"),
        ("a#b.yml", "a#b.yml"),
    ],
)
def test_where_a_file_lies(path: str, source: str) -> None:
    assert source_path(path) == source


def test_configuration_names_no_more_than_needed(tmp_path: Path) -> None:
    site = convert(tmp_path, export(item(1)), options=Options("wordpress", "jekyll"))
    config = yaml.safe_load(site.text("_config.yml"))
    assert config["include"] == [".htaccess", "_redirects"]
    assert "exclude" not in config
    assert "static" not in config["collections"]
