"""The fixtures built as GitHub Pages builds them: its defaults, its plug-ins, nothing else allowed; and below the path
of a project page, which only the settings say, as the workflow says it there.

https://github.com/github/pages-gem/blob/master/lib/github-pages/configuration.rb
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
import yaml

from tests import children
from tests.crawl import crawl, served
from tests.sites.test_base_path import SOURCES, dead, site_of

DEFAULT = (
    "jekyll-default-layout jekyll-gist jekyll-optional-front-matter jekyll-paginate jekyll-readme-index"
    " jekyll-titles-from-headings jekyll-relative-links"
).split()
"""Those that are always on, but for one that asks GitHub about the repository (jekyll-github-metadata), and one for
CoffeeScript."""
ALLOWED = (
    "jekyll-feed jekyll-sitemap jekyll-seo-tag jekyll-redirect-from jekyll-include-cache jekyll-mentions jekyll-avatar"
).split()
"""Those that a site may switch on, as far as Debian has them."""
BEFORE = {"future": True, "markdown": "kramdown", "theme": "minima", "plugins": [*DEFAULT, *ALLOWED]}
"""What a site can change."""
AFTER = {
    "lsi": False,
    "safe": True,
    "plugins_dir": "no-plugins-of-its-own",
    "whitelist": [*DEFAULT, *ALLOWED],
    "highlighter": "rouge",
    "kramdown": {"template": "", "math_engine": "mathjax", "syntax_highlighter": "rouge"},
    "gist": {"noscript": False},
}
"""What it cannot."""
_GEMS = " ".join(f"-r{name}" for name in (*DEFAULT, *ALLOWED)).split()


def _has_plugins() -> bool:
    if shutil.which("jekyll") is None or shutil.which("ruby") is None:
        return False
    script = 'Gem::Specification.find_by_name("minima")'
    return children.run(["ruby", "-rjekyll", *_GEMS, "-e", script], capture_output=True, check=False).returncode == 0


pytestmark = [pytest.mark.system]


@pytest.fixture(scope="module", autouse=True)
def plugins() -> None:
    if not _has_plugins():
        pytest.skip("needs the plug-ins of GitHub Pages: ruby-jekyll-*, jekyll-theme-minima")


def as_github(folder: Path, base: str) -> Path:
    built = folder.with_name("github")
    before, after = folder.with_name("before.yml"), folder.with_name("after.yml")
    before.write_text(yaml.safe_dump(BEFORE), encoding="utf-8")
    after.write_text(yaml.safe_dump({**AFTER, "baseurl": base, "url": "https://name.github.io"}), encoding="utf-8")
    command = ["jekyll", "build", "--safe", "--trace", "--disable-disk-cache", "--source", str(folder)]
    command += ["--destination", str(built), "--config", f"{before},{folder / '_config.yml'},{after}"]
    done = children.run(
        command,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "JEKYLL_ENV": "production"},
    )
    output = done.stdout + done.stderr
    assert done.returncode == 0, output
    assert not [line for line in output.splitlines() if "rror" in line or "onflict" in line], output
    return built


@pytest.mark.parametrize(
    "name",
    [pytest.param(name, marks=() if name in ("harbour", "islands") else pytest.mark.slow) for name in SOURCES],
)
def test_github_pages_builds(name: str, tmp_path: Path) -> None:
    site = site_of(name, "jekyll", tmp_path, None)
    built = as_github(site.folder, "/my-blog")
    with served(built, "https://name.github.io/my-blog/") as web:
        found = crawl(web)
    assert dead(name, site, found) == []
    assert found.links > 5
    assert (built / "sitemap.xml").exists()
