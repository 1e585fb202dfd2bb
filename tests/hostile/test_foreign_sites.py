"""Folders and archives that are the source of another generator of sites: named, and nothing is written."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

import pytest

from converters.importers.shared.generators import GENERATORS, find
from tests.hostile.cases import case
from tests.hostile.test_never_written import PAGE, fill
from tests.support import command

TEXT = "enough text to be found here as an article"
WORDS = {"post.md": "---\ntitle: x\n---\nx\n", "page.html": PAGE.format(TEXT)}
SITES: dict[str, dict[str, str]] = {
    "Jekyll": {
        "_config.yml": "title: x",
        "_posts/2020-01-01-a.md": "---\n---\nx",
        "_layouts/post.html": PAGE.format("{{ content }}"),
        "index.html": PAGE.format(TEXT),
    },
    "Jekyll theme": {"_config.yml": "theme: minima", "index.md": "---\n---\nx"},
    "Jekyll docs": {"docs/_config.yml": "x: 1", "docs/_posts/2020-01-01-a.md": "x", "README.md": "x"},
    "Hexo": {"_config.yml": "title: x", "package.json": '{"dependencies": {"hexo": "^6"}}', "source/_posts/a.md": "x"},
    "Astro": {"astro.config.mjs": "", "package.json": "{}", "src/content/blog/a.md": "---\ntitle: x\n---\n"},
    "Eleventy": {"eleventy.config.js": "", "index.njk": "", "index.html": PAGE.format("{{ x }}")},
    "Eleventy old": {".eleventy.js": "", "posts/a.md": "---\ntitle: x\n---\n"},
    "Gatsby": {"gatsby-config.js": "", "content/blog/a.md": "---\ntitle: x\n---\n"},
    "Docusaurus": {"docusaurus.config.js": "", "docs/a.md": "---\ntitle: x\n---\n"},
    "VitePress": {"docs/.vitepress/config.mts": "", "docs/index.md": "---\ntitle: x\n---\n"},
    "VuePress": {"docs/.vuepress/config.js": "", "docs/index.md": "---\ntitle: x\n---\n"},
    "Next.js": {"next.config.mjs": "", "posts/a.md": "---\ntitle: x\n---\n"},
    "Nuxt": {"nuxt.config.ts": "", "content/a.md": "---\ntitle: x\n---\n"},
    "SvelteKit": {"svelte.config.js": "", "src/app.html": PAGE.format("%sveltekit.body%")},
    "Pelican": {"pelicanconf.py": "", "content/a.md": "Title: x\n\nx"},
    "Nikola": {"conf.py": "BLOG_TITLE = 'x'", "posts/a.md": "---\ntitle: x\n---\n"},
    "Sphinx": {
        "conf.py": "extensions = ['sphinx.ext.autodoc']",
        "index.rst": "x",
        "_templates/a.html": PAGE.format(TEXT),
    },
    "Zola": {
        "config.toml": 'base_url = "https://x.example"',
        "content/a.md": "+++\n+++\nx",
        "templates/index.html": "x",
    },
    "MkDocs": {"mkdocs.yml": "site_name: x", "docs/index.md": "---\ntitle: x\n---\n"},
    "mdBook": {"book.toml": "[book]", "src/SUMMARY.md": "x"},
    "Bridgetown": {"bridgetown.config.yml": "", "src/_posts/a.md": "---\ntitle: x\n---\n"},
    "Middleman": {"config.rb": "", "source/layouts/layout.erb": "", "source/a.html": PAGE.format(TEXT)},
    "Quarto": {"_quarto.yml": "", "index.qmd": ""},
}


def zipped(folder: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(folder / "repo.zip", "w") as archive:
        for name, text in files.items():
            archive.writestr(f"repo-main/{name}", text)
    return folder / "repo.zip"


def name_of(key: str) -> str:
    return key.partition(" ")[0]


@case(
    "path-other-generator",
    "a folder or an archive that is the source of a Jekyll, Astro, Eleventy, Gatsby, Hexo ... site",
    "it is named, with how to build it; status 65; nothing is written",
)
@pytest.mark.parametrize("key", ["Jekyll", "Eleventy", "Zola", "Astro"])
@pytest.mark.parametrize("importer", ["", "html"], ids=["auto", "html"])
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_the_command_names_it(tmp_path: Path, key: str, importer: str, packed: bool) -> None:
    files = SITES[key] | WORDS
    source = zipped(tmp_path, files) if packed else fill(tmp_path / "source", dict(files))
    chosen = ["--from", importer] if importer else []
    done = command(str(source), *chosen, "--to", "hugo", "-o", "out", cwd=tmp_path)
    assert done.returncode == 65, done.stderr
    assert re.search(rf"is the source of a {re.escape(name_of(key))} site", done.stderr), done.stderr
    assert "--from html" in done.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("key", sorted(SITES))
@pytest.mark.parametrize("top", ["", "repo-main/"], ids=["plain", "below-one-folder"])
def test_each_is_known_by_its_files(key: str, top: str) -> None:
    files = {top + name: text for name, text in (SITES[key] | WORDS).items() if top or name not in ("page.html",)}
    found = find(files, lambda name: files[name].encode())
    assert found is not None
    assert found.name == name_of(key)
    assert found.build


@pytest.mark.parametrize(
    "files",
    [
        {"package.json": "{}", "index.html": PAGE.format(TEXT)},
        {"package.json": '{"devDependencies": {"webpack": "1"}}', "a.html": PAGE.format(TEXT)},
        {"mkdocs.yml": "", "index.html": PAGE.format(TEXT)},
        {"astro.config.mjs": "", "index.html": PAGE.format(TEXT), "a/index.html": PAGE.format(TEXT)},
        {"_config.yml": "", "index.html": PAGE.format(TEXT)},
        {"posts/a.html": PAGE.format(TEXT), "conf.py": ""},
        {"a.html": PAGE.format(TEXT)},
    ],
)
def test_built_pages_beside_settings_are_read(tmp_path: Path, files: dict[str, str]) -> None:
    source = fill(tmp_path / "source", dict(files))
    done = command(str(source), "--from", "html", "--to", "json", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_hugo_site_with_settings_of_others_is_one(tmp_path: Path) -> None:
    files = {"hugo.toml": "", "content/a.md": "---\ntitle: x\n---\n", "_config.yml": "", "Gemfile": "gem 'jekyll'"}
    source = fill(tmp_path / "source", files | {"package.json": '{"dependencies": {"gatsby": "1"}}'})
    done = command(str(source), "--to", "json", "-o", "out", cwd=tmp_path)
    assert done.returncode == 0, done.stderr


def test_a_hugo_site_is_no_site_of_pages(tmp_path: Path) -> None:
    source = fill(tmp_path / "source", {"hugo.toml": "", "layouts/a.html": PAGE.format(TEXT), "content/a.md": "x"})
    done = command(str(source), "--from", "html", "-o", "out", cwd=tmp_path)
    assert done.returncode == 65
    assert "--from hugo" in done.stderr


def test_the_table() -> None:
    assert len({row.name for row in GENERATORS}) == len(GENERATORS)
    for row in GENERATORS:
        assert row.marks == row.marks.lower()
        assert all(way.strip() for way in row.marks.split(";"))
