"""Names that lead elsewhere, mean something to a system, or are one name to it; and folders to write into."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path

import pytest

from converters.model.options import ReadOptions, WriteOptions
from converters.paths import fold
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll
from tests.hostile.cases import case
from tests.support import Site, command, convert, hugo
from tests.wxr import export, item

LEADING_OUT = (
    "../../etc/cron.d/x", "..%2f..%2fy", "%252e%252e%252fz", "..\\..\\w", "C:\\x", "//server/share", "file\\0.md",
    "a\x01b",
    "%00", "..", ".", "%", "%e6%9", "   ", "~root", "\u202egpj.exe", "a\nb", "/etc/passwd", "%5c..%5cq",
)  # fmt: skip
DEVICES = ("CON", "aux.txt", "LPT¹", "nul.", "com0", "CONIN$", "prn.tar.gz")
ALIKE = (
    "Foo",
    "foo",
    "FOO",
    "é",
    "e\u0301",
    "straße",
    "strasse",
    "dot",
    "dot.",
    "dot..",
    "x\u200by",
    "x-y",
    "ﬁ",
    "fi",
    "Σ",
    "ς",
)
MEANING = (".htaccess", ".git", ".gitignore", "_drafts", "_index", "index", "_headers", "_redirects", "_config",
           "feed.xml", "404.html", "sitemap.xml", "index.xml", "start.css", "assets", "content", "node_modules",
           "vendor", "Gemfile")  # fmt: skip
LONG = ("語" * 100, "語" * 101, "s" * 4000, "s" * 4001)
SLUGS = LEADING_OUT + DEVICES + ALIKE + MEANING + LONG
ITEMS = [
    (slug, kind)
    for slug in SLUGS
    for kind in ("post", "page", "recipe")
    if kind == "post" or slug not in MEANING or "." not in slug[1:]  # lists, too, have files of such names
]
DEEP = "/" + "/".join("level" * 8 for _ in range(120)) + "/"
FORBIDDEN = set('<>:"|?*\\') | {chr(code) for code in range(32)}
TARGETS = ("hugo", "jekyll", "json")


def hostile_site(folder: Path, target: str) -> Site:
    items = []
    for number, (slug, kind) in enumerate(ITEMS, start=1):
        link = f"https://old.example/{slug}/" if kind == "post" else f"https://old.example/{kind}/{slug}/"
        items.append(item(number, slug=slug, link=link, type=kind, title=f"Item {number}", meta={"_wp_old_slug": slug}))
    items.append(item(900, title="T" * 4000, slug="", status="draft", link="https://old.example/?p=900"))
    items.append(item(901, title="Deep", slug="deep", link=f"https://old.example{DEEP}"))
    items += [
        item(1000 + level, type="page", slug=f"level-{level}-" + "x" * 30, parent=999 + level if level else 0)
        for level in range(70)
    ]
    read = ReadOptions(public_types=tuple({kind for _, kind in ITEMS}))
    options = Options("wordpress", target, read=read, write=WriteOptions(json_layout="files"))
    return convert(folder, export(*items), options=options)


@pytest.fixture(scope="module")
def sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Site]:
    return {target: hostile_site(tmp_path_factory.mktemp(target), target) for target in TARGETS}


def paths(site: Site) -> list[str]:
    found = (path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file())
    return [path for path in found if not path.startswith(".postferry/")]


def ids(site: Site) -> set[str]:
    return {row["id"] for row in site.report["items"] if row.get("outcome", "carried") != "failed"}


contained = case(
    "path-leads-out",
    "slugs and addresses with `../`, `%2e%2e%2f` once or twice encoded, backslashes, drives, servers, NUL",
    "every file lies in the output folder, under a name that all systems can have",
)
device = case(
    "path-device",
    "slugs that are devices to Windows: `CON`, `aux.txt`, `LPT¹`, `nul.`",
    "`_` behind the name; `path.reserved`",
)
alike = case(
    "path-alike",
    "slugs that differ in case, Unicode form, `ß` and `ss`, dots at the end, characters nobody sees",
    "files and addresses of their own on every file system",
)
long = case(
    "path-long",
    "slugs of 300 and 4,000 bytes, a title of 4,000 letters",
    "cut, with a hash that keeps them apart; `path.cut`",
)
levels = case(
    "path-levels",
    "seventy pages below each other; an address of 5,000 bytes",
    "files are put further up (`path.moved-up`), the address is cut (`url.cut`)",
)
meaning = case(
    "path-meaning",
    "slugs that mean something to a server, to git, to Hugo or to Jekyll: `.htaccess`, `.git`, `_index`, `vendor`",
    "another name or another address; the site builds",
)


@contained
@device
@alike
@long
@levels
@meaning
@pytest.mark.parametrize("target", TARGETS)
def test_every_file_has_a_name_of_its_own_in_the_folder(sites: dict[str, Site], target: str) -> None:
    site = sites[target]
    assert len(ids(site)) == len(ITEMS) + 72
    found = paths(site)
    content = [path for path in found if path.endswith(".md") or (target == "json" and "/" in path)]
    assert len(content) >= len(ITEMS) + 72
    assert len({fold(path) for path in found}) == len(found)
    for path in found:
        assert len(path.encode()) <= 1100
        for name in path.split("/"):
            assert len(name.encode()) <= 220
            assert FORBIDDEN.isdisjoint(name)
            assert name.isprintable()
            assert name[-1] not in ". "
            assert name.partition(".")[0].lower() not in {"con", "aux", "nul", "prn", "lpt¹", "com0", "conin$"}
    codes = {notice["code"] for row in site.report["items"] for notice in row.get("notices", ())}
    assert {"path.collision", "path.moved-up"} <= codes
    assert target == "json" or {"path.cut", "path.reserved", "url.cut"} <= codes
    written_beside = [path for path in site.folder.parent.iterdir() if path.name not in ("site", "export.xml")]
    assert written_beside == []


def in_built(built: Path, titles: Iterable[str]) -> set[str]:
    texts = [path.read_text(encoding="utf-8") for path in built.rglob("*.html") if path.is_file()]
    return {title for title in titles if any(f"<h1>{title}</h1>" in text for text in texts)}


TITLES = (
    {f"Item {number}" for number in range(1, len(ITEMS) + 1)} | {"Deep"} | {f"Title {n}" for n in range(1000, 1070)}
)


@contained
@alike
@long
@levels
@meaning
@pytest.mark.hugo
def test_hugo_builds_it(sites: dict[str, Site], tmp_path: Path) -> None:
    hugo(sites["hugo"].folder, "--destination", str(tmp_path / "built"))
    assert in_built(tmp_path / "built", TITLES) == TITLES
    assert [path.name for path in tmp_path.iterdir()] == ["built"]


@contained
@alike
@long
@levels
@meaning
@pytest.mark.system
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll")
def test_jekyll_builds_it(sites: dict[str, Site]) -> None:
    built = jekyll(sites["jekyll"].folder)
    assert in_built(built, TITLES) == TITLES


# folders to write into


@pytest.fixture
def source(tmp_path: Path) -> Path:
    path = tmp_path / "export.xml"
    path.write_text(export(item(1), item(2)), encoding="utf-8")
    return path


@case(
    "path-output-link",
    "an output folder with a link in it: a folder, the file to write, the file it is written to first, our own folder",
    "nothing is written through it; exit 73, or the file is left as it is and named",
)
@pytest.mark.parametrize(
    ("link", "goal", "status"),
    [
        ("content/posts", "folder", 73),
        (".postferry", "folder", 73),
        ("content/posts/post-1.md", "file.txt", 0),
        ("content/posts/post-1.md.postferry-part", "file.txt", 73),
        ("hugo.toml", "file.txt", 0),
    ],
)
def test_links_in_the_output_folder(source: Path, link: str, goal: str, status: int) -> None:
    elsewhere = source.parent / "elsewhere"
    (elsewhere / "folder").mkdir(parents=True)
    (elsewhere / "file.txt").write_text("mine")
    place = source.parent / "out" / link
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(elsewhere / goal)
    for more in ((), ("--force",)):
        done = command("export.xml", "-o", "out", *more, cwd=source.parent)
        assert "Traceback" not in done.stderr
        assert done.returncode == (73 if not more else status), done.stderr
        assert (elsewhere / "file.txt").read_text() == "mine"
        assert list((elsewhere / "folder").iterdir()) == []


@case(
    "path-output-in-source",
    "an output that is the source's folder, lies in it, or leads there by a link",
    "exit 73 before anything is written",
)
@pytest.mark.parametrize(
    "output", ["site", "site/out", "link", "link/out", "site/../site/content/x", "site/export.xml"]
)
def test_output_in_the_source(tmp_path: Path, output: str) -> None:
    (tmp_path / "site/content").mkdir(parents=True)
    (tmp_path / "site/hugo.toml").write_text('baseURL = "https://x.example/"\n')
    (tmp_path / "site/content/a.md").write_text("---\ntitle: A\n---\ntext\n")
    (tmp_path / "site/export.xml").write_text(export(item(1)), encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "site")
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    for more in ((), ("--force",)):
        done = command("--from", "hugo", "site", "-o", output, *more, cwd=tmp_path)
        assert (done.returncode, done.stderr.count("\n")) == (73, 1), done.stderr
        assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


MEDIA = (
    "..", "", ".htaccess", "index.html", "x.php", "x.phtml", "x.php.jpg", "a?b#c", "n" * 400 + ".jpg",
    "%2e%2e%2fx.jpg", "_config.yml",
    ".git/config", "CON.jpg", "a\\b.jpg",
)  # fmt: skip


@case(
    "path-media-names",
    "files of the old site called `..`, nothing, `.htaccess`, `index.html`, `x.php`, `a?b#c`, or with 400 letters",
    "none is written where it would be run or lead out; its address stays in the text, `media.missing-file`",
)
@pytest.mark.parametrize("target", ["hugo", "jekyll"])
def test_names_of_media(tmp_path: Path, target: str) -> None:
    uploads = tmp_path / "uploads"
    (uploads / "2021").mkdir(parents=True)
    for name in (".htaccess", "index.html", "x.php", "x.phtml", "x.php.jpg", "_config.yml", "good.txt"):
        (uploads / "2021" / name).write_text("<?php attack(); ?>")
    (uploads / "2021/x.svg").write_text(
        "<svg xmlns='http://www.w3.org/2000/svg' onload='attack()'><script>attack()</script></svg>"
    )
    root = "https://old.example/wp-content/uploads/2021"
    text = "".join(
        f'<p><a href="{root}/{name}">n{number}</a></p>' for number, name in enumerate((*MEDIA, "x.svg", "good.txt"))
    )
    files = [item(10 + n, type="attachment", url=f"{root}/{name}", slug=f"m{n}") for n, name in enumerate(MEDIA)]
    read = ReadOptions(public_types=tuple({kind for _, kind in ITEMS}))
    options = Options("wordpress", target, read=read, write=WriteOptions(media="copy"))
    site = convert(
        tmp_path, export(item(1, content=text), *files), options=options, media=Settings("copy", str(uploads))
    )
    written = [
        path
        for path in site.folder.rglob("*")
        if path.is_file() and "attack" in path.read_text(encoding="utf-8", errors="replace")
    ]
    names = {path.name for path in written if ".postferry" not in path.parts}
    assert "good.txt" in names
    assert names.isdisjoint({".htaccess", "x.php", "x.phtml", "x.php.jpg"})
    assert {path.parent.name for path in written if path.name == "index.html"} <= {"2021"}
    assert site.notices("media.missing-file")
    shown = site.text("content/posts/post-1.md" if target == "hugo" else "_posts/2021-03-04-post-1.md")
    assert all(f"n{number}" in shown for number in range(len(MEDIA) + 2))
