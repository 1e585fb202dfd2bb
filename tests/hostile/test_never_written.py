"""What nothing of a source may be in a target: programs, settings and templates, by whatever way they come.

The sites are built with the real Jekyll and Hugo: a plugin would make a file, a template would print 2.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from converters.exporters.hugo import never as hugo_never
from converters.exporters.hugo.exporter import HugoExporter
from converters.exporters.jekyll import never as jekyll_never
from converters.model.options import ReadOptions, WriteOptions
from converters.never import at_root, hidden, served
from converters.output import OutFile
from pipelines.media.media_queue import Settings
from pipelines.output.refusals import Refusals
from pipelines.run.carry import Options
from tests import children
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.hostile.cases import case
from tests.support import Site, convert, convert_files, hugo
from tests.wxr import export, item

RUBY = "File.write(File.join(__dir__, 'PWNED'), 'x')\n"
SUM = "{{ 1 | plus: 1 }}"
LIQUID = f"---\n---\nLIQ {SUM}\n"
PICTURE = bytes.fromhex("89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de")
FOLDERS = {"_posts", "_drafts", "_terms", "_moved", "_recipe"}
PAGE = "<html><head><title>T</title></head><body><article><h1>T</h1><p>{}</p></article></body></html>"


def fill(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for path, text in files.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
    return folder


def made(folder: Path, importer: str, target: str, files: Mapping[str, str | bytes], **options: Any) -> Site:
    source = fill(folder / "source", files)
    return convert_files(folder, source, options=Options(importer, target, ReadOptions(), WriteOptions(**options)))


def below(site: Site) -> set[str]:
    found = (path.relative_to(site.folder).as_posix() for path in site.folder.rglob("*") if path.is_file())
    return {path for path in found if not path.startswith(".postferry/")}


def said(site: Site, code: str) -> str:
    return " ".join(f"{notice['what']} {notice.get('where', '')}" for notice in site.notices(code))


HTML_SOURCE: dict[str, str | bytes] = {
    "index.html": PAGE.format("enough text to be found here <a href='_plugins/e.rb'>x</a><img src='_plugins/e.png'>"),
    "_plugins/e.rb": RUBY,
    "_plugins/e.png": PICTURE,
    "Gemfile": RUBY,
    "x.gemspec": RUBY,
    "Rakefile": RUBY,
    "_config.toml": "title = 'EVIL'",
    "vendor/cache/x.gem": "x",
    "a.txt": LIQUID,
    "b.svg": LIQUID,
    "_data/x.yml": "x",
}
HUGO_SOURCE: dict[str, str | bytes] = {
    "hugo.toml": 'baseURL = "https://old.example/"\n',
    **{f"static/{path}": text for path, text in HTML_SOURCE.items() if path != "index.html"},
    "static/_Plugins/e.rb": RUBY,
    "static/\uff3fplugins/e.rb": RUBY,
    "static/_plugins\u200b/e.rb": RUBY,
    "static/_layouts/post.html": "EVIL",
    "static/_includes/head.html": "EVIL",
    "static/a/_posts/2020-01-01-x.md": LIQUID,
    "static/liq.css": LIQUID,
    "static/liq.scss": LIQUID,
    "static/liq.html": LIQUID,
    "static/crlf.js": LIQUID.replace("\n", "\r\n"),
    "static/spaces.json": LIQUID.replace("---\n", "---  \t\n", 1),
    "static/mark.txt": "\ufeff" + LIQUID,
    "static/words.md": LIQUID,
    "static/.github/workflows/x.yml": "on: push",
    "static/netlify.toml": "[build]",
    "static/package.json": "{}",
    "static/index.php": "<?php ?>",
    "static/ok/script.rb": "puts 1\n",
    "content/_plugins/index.md": "---\ntitle: one\n---\nhi",
    "content/_plugins/evil.rb": RUBY,
    "content/c/index.md": "---\ntitle: two\nurl: /_plugins/x/\n---\nhi",
    "content/c/evil.rb": RUBY,
    "content/d/index.md": "---\ntitle: three\nurl: /_plugins/\n---\nhi",
    "content/d/evil.rb": RUBY,
    "content/e.md": "---\ntitle: four\nslug: _layouts\naliases: [/_layouts/post.html, /Gemfile]\n---\nhi",
    "content/_layouts/a.md": "---\ntitle: five\ntype: _plugins\n---\nhi",
}


@case(
    "path-programs",
    "a folder of pages, or a Hugo site, with `_plugins/e.rb`, `_layouts/`, `Gemfile` and files that begin as templates",
    "none of them is written where Jekyll runs it, in whatever spelling; the site shows their text",
)
@real
@pytest.mark.system
@pytest.mark.parametrize(("importer", "files"), [("html", HTML_SOURCE), ("hugo", HUGO_SOURCE)], ids=["html", "hugo"])
def test_rce_jekyll_plugins(tmp_path: Path, importer: str, files: dict[str, str | bytes]) -> None:
    site = made(tmp_path, importer, "jekyll", files, redirects=("html",))
    found = below(site)
    foreign = [path for path in found if path.endswith((".rb", ".gemspec", ".gem", ".toml", ".php"))]
    assert foreign == (["ok/script.rb"] if importer == "hugo" else [])
    assert not {"Gemfile", "Rakefile", "package.json", "_data/x.yml"} & found
    assert "EVIL" not in "".join((site.folder / path).read_text("utf-8", "replace") for path in found)
    assert "_plugins/e" in said(site, "target.refused")
    built = jekyll(site.folder)
    assert list(tmp_path.rglob("PWNED")) == []
    pages = {path.relative_to(built).as_posix(): path.read_bytes() for path in built.rglob("*") if path.is_file()}
    assert not [path for path, text in pages.items() if b"LIQ 2" in text]
    assert pages["a.txt"] == LIQUID.encode()
    if importer == "hugo":
        assert pages["liq.css"] == LIQUID.encode()
        assert SUM.encode() in pages["liq.html"]
        assert SUM.encode() in pages["mark.txt"]
        titles = [text for text in pages.values() if b"<h1" in text]
        assert all(any(f">{title}<".encode() in text for text in titles) for title in "one two three four five".split())


JEKYLL_NEVER = (
    "_plugins/e.rb",
    "_Plugins/e.rb",
    "_PLUGINS/e.rb",
    "_plugins\u200b/e.rb",
    "\u200b_plugins/e.rb",
    "\uff3fplugins/e.rb",
    "_plug\u0131ns/e.rb",
    "_plugins./e.rb",
    "_plugins /e.rb",
    "_plugins:x/e.rb",
    "_layouts/post.html",
    "_includes/head.html",
    "_data/x.yml",
    "_sass/x.scss",
    "_site/x.html",
    "_config.yml",
    "_config.yaml",
    "_config.toml",
    "_x",
    "_posts/2020-01-01-x.md",
    "a/_posts/2020-01-01-x.md",
    "a/b/_DRAFTS/x.md",
    "Gemfile",
    "gemfile",
    "GEMFILE",
    "gem\u200bfile",
    "Gemfile.lock",
    "gems.rb",
    "gems.locked",
    "x.gemspec",
    "Rakefile",
    "rakefile.rb",
    "Guardfile",
    "config.ru",
    "plugin.rb",
    "Makefile",
    "Dockerfile",
    "Jenkinsfile",
    "Procfile",
    ".htaccess",
    "a/.htaccess",
    ".jekyll-cache/x",
    ".jekyll-metadata",
    ".bundle/config",
    ".git/hooks/post-checkout",
    ".GIT/config",
    "git~1/config",
    ".github/workflows/x.yml",
    ".gitlab-ci.yml",
    ".ruby-version",
    ".well-known/.htaccess",
    ".postferry/state.db",
    "vendor/cache/x.gem",
    "vendor/bundle/x.rb",
    "vendor/x.rb",
    "node_modules/x/index.js",
    "package.json",
    "netlify.toml",
    "vercel.json",
    "wrangler.toml",
    "firebase.json",
    "postcss.config.js",
    "gulpfile.js",
    "requirements.txt",
    "netlify/functions/x.js",
    "functions/x.js",
    "api/x.py",
    "_headers",
    "_redirects",
    "_worker.js",
    "index.php",
    "a/b.php",
    "a/b.PHP",
    "a/b.php.jpg",
    "a/b.phtml",
    "a/b.cgi",
    "web.config",
    "a/web.config",
    "a\\b.txt",
    "a//b",
    "../x.html",
    "a/../x.html",
    "a/\0.html",
    "a\nb.html",
    "a\x1b[31m.html",
    "/x.html",
    "x.toml",
    "x.yml",
    "x.sh",
    "setup.py",
)
JEKYLL_ALLOWED = (
    "index.html",
    "favicon.ico",
    "robots.txt",
    "img/a.png",
    "wp-content/uploads/2020/01/a.pdf",
    "ads.txt",
    "CNAME",
    ".well-known/security.txt",
    ".well-known/acme/x",
    "js/app.js",
    "app.js",
    "vendor/jquery.js",
    "scripts/x.js",
    "a/_foo/b.css",
    "downloads/install.sh",
    "downloads/x.rb",
    "manifest.json",
    "site.webmanifest",
    "api/data.json",
    "\u8a9e/\u00e9.jpg",
    "google1234.html",
    "sitemap.xml",
    "IMG_00~1.JPG",
    "fonts/x.woff2",
    "a.b.c/d.e.png",
)


@pytest.mark.parametrize("path", JEKYLL_NEVER)
def test_names_that_jekyll_is_never_given(path: str) -> None:
    assert jekyll_never.refuses(path, FOLDERS, brought=True), path


@pytest.mark.parametrize("path", JEKYLL_ALLOWED)
def test_names_that_any_site_has(path: str) -> None:
    assert jekyll_never.refuses(path, FOLDERS, brought=True) == ""


def test_files_made_of_items_lie_where_jekyll_looks_for_them() -> None:
    for path in ("_posts/2020-01-01-x.md", "_posts/fr/2020-01-01-x.md", "_recipe/x.md", "_moved/a/b.html", "about.md"):
        assert jekyll_never.refuses(path, FOLDERS, brought=False) == ""
    for path in ("_plugins/x.md", "_other/x.md", "_posts/x.rb", "_recipe", "_posts/.x.md", "_layouts/post.html"):
        assert jekyll_never.refuses(path, FOLDERS, brought=False), path


HUGO_NEVER = (
    "layouts/index.html",
    "archetypes/x.md",
    "config/_default/x.toml",
    "hugo.toml",
    "config.toml",
    "go.mod",
    "go.sum",
    "package.json",
    "package.hugo.json",
    "postcss.config.js",
    "themes/x/hugo.toml",
    "assets/x.scss",
    "i18n/en.toml",
    "node_modules/x",
    "_vendor/x",
    "resources/x",
    ".git/config",
    "content/_content.gotmpl",
    "content/a/_content.fr.gotmpl",
    "content/x.html",
    "content/x.rst",
    "content/x.adoc",
    "content/x.org",
    "content/x.pandoc",
    "content/x.rb",
    "data/x.toml",
    "data/x.json",
    "static",
    "content",
    "static/.htaccess",
    "static/_headers",
    "static/_redirects",
    "static/_worker.js",
    "static/x.php",
    "static/a/x.php5",
    "static/.git/x",
    "static/../x",
    "x.md",
    "Static/x.png",
    "static/web.config",
)


@pytest.mark.parametrize("path", HUGO_NEVER)
def test_names_that_hugo_is_never_given(path: str) -> None:
    assert hugo_never.refuses(path, brought=path.startswith("static")), path
    if not path.startswith("static"):
        assert hugo_never.refuses(path, brought=True), path


KEPT_NEVER = (
    ".github/workflows/x.yml",
    ".git/hooks/x",
    ".postferry/state.db",
    "content/.x/y",
    "package.json",
    "Makefile",
    "node_modules/x/y.js",
    "netlify/functions/x.js",
    "vendor/cache/x.gem",
    "a\\b",
    "postcss.config.js",
    "hugo.yaml",
    "static/web.config",
    "static/a/x.php.jpg",
    "static/x.PHP",
    "content/a/x.phtml.",
    "themes/x/static/x.cgi",
    "static/_worker.js",
)


@pytest.mark.parametrize("path", KEPT_NEVER)
def test_names_that_even_a_hugo_source_does_not_bring(path: str) -> None:
    assert hugo_never.refuses_kept(path, frozenset()), path


@pytest.mark.parametrize(
    "path", ["static/_headers", "static/_redirects", "layouts/index.php", "static/a.js", "static/x/y.html"]
)
def test_names_that_a_hugo_source_brings(path: str) -> None:
    assert not hugo_never.refuses_kept(path, frozenset()), path


def test_json_gets_items_and_nothing_else(tmp_path: Path) -> None:
    site = made(tmp_path, "html", "json", HTML_SOURCE, json_layout="files")
    assert all(path.endswith((".json", ".jsonl")) for path in below(site))


@pytest.mark.hugo
def test_hugo_gets_no_layouts_of_pages(tmp_path: Path) -> None:
    files = {
        "index.html": PAGE.format("enough text to be found here as an article"),
        "layouts/index.html": PAGE.format("EVIL {{ 1 | add 1 }} enough text to be found here as an article"),
        "content/_content.gotmpl": '{{ $.AddPage (dict "path" "evil") }}',
        "x.md": "---\ntitle: x\n---\nEVIL",
        "y.rst": "EVIL",
    }
    site = made(tmp_path, "html", "hugo", dict(files))
    assert {path.partition("/")[0] for path in below(site)} <= {"content", "data", "layouts", "static", "hugo.toml"}
    assert "EVIL" not in "".join(path.read_text("utf-8") for path in (site.folder / "layouts").rglob("*.html"))
    assert {path for path in below(site) if path.startswith("static/")} >= {"static/x.md", "static/y.rst"}
    built = hugo(site.folder)
    assert not (built / "evil").exists()


PROGRAM_NAMES = ("_plugins", "_Layouts", "layouts", "plugins", "_data", "vendor", "Gemfile", "_posts", "_config")


@real
@pytest.mark.system
def test_kinds_terms_and_slugs_called_as_programs_are(tmp_path: Path) -> None:
    rows = []
    for number, name in enumerate(PROGRAM_NAMES):
        one, link = 10 * number, f"https://old.example/{name}/"
        terms = [("category", name, name), (name, f"x{number}", "Y")]
        rows += [
            item(one + 1, type=name, slug="e.rb", title=f"Item {one + 1}", terms=terms),
            item(one + 2, type="page", slug=name, title=f"Item {one + 2}"),
            item(
                one + 3, type="page", slug="e.rb", title=f"Item {one + 3}", parent=one + 2, meta={"_wp_old_slug": name}
            ),
            item(one + 4, slug=name, title=f"Item {one + 4}", link=link, terms=[("nav_menu", name, name)]),
        ]
    options = Options("wordpress", "jekyll", write=WriteOptions(redirects=("html",)))
    site = convert(tmp_path, export(*rows), options=options)
    refused = said(site, "target.refused")  # former addresses below `_x/` have no page that Jekyll would write
    assert all(path.rstrip(",").endswith("/feed/index.html") for path in refused.split() if path.startswith("_"))
    texts = [path.read_text("utf-8") for path in jekyll(site.folder).rglob("*.html")]
    expected = [10 * number + one for number in range(len(PROGRAM_NAMES)) for one in range(1, 5)]
    assert [number for number in expected if not any(f"Item {number}</h1>" in text for text in texts)] == []


def test_github_pages_make_no_pages_of_files_in_markdown(tmp_path: Path) -> None:
    files = {"hugo.toml": "", "content/a.md": "---\ntitle: x\n---\n", "static/words.md": SUM}
    config = made(tmp_path, "hugo", "jekyll", files).text("_config.yml")
    assert "optional_front_matter:\n  enabled: false\n" in config
    assert "readme_index:\n  enabled: false\n" in config


def test_media_that_begin_as_templates_are_not_run(tmp_path: Path) -> None:
    uploads = fill(
        tmp_path / "files",
        {
            "wp-content/uploads/2020/a.txt": LIQUID,
            "wp-content/uploads/2020/b.csv": "a,b\n",
            "wp-content/uploads/2020/c.php.csv": "a,b\n",
            "vendor/cache/x.csv": "a,b\n",
        },
    )
    links = "".join(
        f'<a href="https://old.example/{path}">x</a>'
        for path in (
            "wp-content/uploads/2020/a.txt",
            "wp-content/uploads/2020/b.csv",
            "wp-content/uploads/2020/c.php.csv",
            "vendor/cache/x.csv",
        )
    )
    settings = Settings("copy", str(uploads))
    options = Options("wordpress", "jekyll", write=WriteOptions(media="copy"))
    site = convert(tmp_path, export(item(1, content=links)), options=options, media=settings)
    found = {path for path in below(site) if path.endswith((".txt", ".csv"))}
    (printed,) = found - {"wp-content/uploads/2020/b.csv"}
    assert printed.startswith("_verbatim/")
    assert SUM not in site.text(printed)
    assert len(site.notices("media.missing-file")) == 2


def test_a_file_of_the_source_takes_no_page_s_place(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'baseURL = "https://old.example/"\n',
        "content/about.md": "---\ntitle: About\n---\nThe page.",
        "static/about.md": "the file",
        "static/ABOUT.md": "the file",
    }
    site = made(tmp_path, "hugo", "jekyll", dict(files))
    assert "The page." in site.text("about.md")
    assert "about.md" in said(site, "target.refused")


def test_what_is_refused_is_named_in_a_dry_run_and_never_in_thousands(tmp_path: Path) -> None:
    source = fill(tmp_path / "source", HUGO_SOURCE | {f"static/_x/{n}.txt": "x" for n in range(300)})
    outcome = convert_files(tmp_path, source, options=Options("hugo", "jekyll"), dry_run=True).outcome
    assert 0 < outcome.account.notices["target.refused"] < 8


def test_what_a_program_makes_itself_is_not_asked_about() -> None:
    refusals = Refusals(HugoExporter(WriteOptions()))
    own, foreign = OutFile("layouts/x.html", b"x", own=True), OutFile("layouts/x.html", b"x")
    assert list(refusals.admitted([own, foreign])) == [own]


@pytest.mark.parametrize("path", [".env", "a/.env", "a/..", "\uff0egit/x", ".\u200bgit/x"])
def test_hidden_names_in_any_spelling(path: str) -> None:
    assert hidden(path)
    assert served(path)
    assert at_root(path)


def test_a_site_that_was_written_before_loses_what_is_refused_now(tmp_path: Path) -> None:
    """A folder that an older version filled: what it wrote is taken away, since nothing stands for it any more."""
    files = {"index.html": PAGE.format("enough text to be found here as an article"), "a.txt": "words"}
    site = made(tmp_path, "html", "jekyll", dict(files))
    (tmp_path / "source/a.txt").rename(tmp_path / "source/Gemfile")
    again = convert_files(tmp_path, tmp_path / "source", options=Options("html", "jekyll"))
    assert again.folder == site.folder
    assert not {"a.txt", "Gemfile"} & below(again)


@real
@pytest.mark.system
def test_what_jekyll_takes_for_front_matter(tmp_path: Path) -> None:
    """Each beginning that the real Jekyll runs is one that is told here."""
    starts = (
        b"---\n",
        b"---\r\n",
        b"--- \t\n",
        b"---\x0b\n",
        b"---\x0c\n",
        b"\xef\xbb\xbf---\n",
        b" ---\n",
        b"\n---\n",
        b"----\n",
        b"--- x\n",
        b"---\r",
        b"---",
    )
    folder = fill(tmp_path / "plain", {"_config.yml": "title: x\n"})
    for number, start in enumerate(starts):
        (folder / f"{number}.txt").write_bytes(start + b"---\nLIQ {{ 1 | plus: 1 }}\n")
    children.run(
        ["jekyll", "build", "-q", "-s", str(folder), "-d", str(tmp_path / "built"), "--disable-disk-cache"],
        check=True,
        env={**os.environ, "JEKYLL_ENV": "test"},
        capture_output=True,
    )
    run = [start for number, start in enumerate(starts) if b"LIQ 2" in (tmp_path / f"built/{number}.txt").read_bytes()]
    assert run
    assert [start for start in run if not jekyll_never.runs(start + b"---\nLIQ")] == []


ADDRESSES_OF_SETTINGS = (
    "sub/.htaccess",
    "sub/.htaccess/x/",
    "web.config",
    "a/WEB.CONFIG",
    "a/.user.ini",
    "_worker.js",
    "_routes.json",
    ".htaccess",
    "_redirects",
)


@case(
    "server-settings-address",
    "posts at addresses like `/sub/.htaccess`, `/web.config` and `/_worker.js`, and such former addresses",
    "no file and no folder of the built site is called what a server or a host obeys",
)
@pytest.mark.parametrize("target", ["hugo", "jekyll"])
def test_addresses_of_settings(tmp_path: Path, target: str) -> None:
    items = [
        item(number, title=f"P{number}", slug=f"p{number}", link=f"https://old.example/{address}")
        for number, address in enumerate(ADDRESSES_OF_SETTINGS, 1)
    ]
    items.append(item(50, slug="old", meta={"_wp_old_slug": ".htaccess"}))
    site = convert(tmp_path, export(*items), options=Options("wordpress", target))
    built = hugo(site.folder) if target == "hugo" else jekyll(site.folder)
    bad = {".htaccess", "web.config", ".user.ini", "_worker.js", "_routes.json", "_redirects"}
    files = [path for path in built.rglob("*") if path.name.lower() in bad]
    assert [path for path in files if path.is_file() or path.name == ".htaccess"] == []
    assert len(list(built.rglob("*.html"))) > len(items)
