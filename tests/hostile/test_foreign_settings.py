"""Settings of a Hugo source that would lift Hugo's limits: in every file and form, with the real Hugo."""

from __future__ import annotations

import json
import os
import sys
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from converters.exporters.hugo.kept_settings import confined as confined_file
from converters.exporters.hugo.kept_settings import is_for_programs
from converters.exporters.hugo.shortcode_text import without_inline_shortcodes as escaped
from converters.exporters.hugo.trust import confined
from converters.model.notices import Log
from converters.model.options import ReadOptions, WriteOptions
from pipelines.run.carry import Options
from tests import children
from tests.hostile.cases import case
from tests.hostile.test_never_written import below, fill, said
from tests.support import Site, command, convert_files, hugo

SECURITY = """
enableInlineShortcodes = true
[security]
enableInlineShortcodes = true
[security.exec]
allow = ['.*']
osEnv = ['.*']
[security.funcs]
getenv = ['.*']
[security.http]
urls = ['.*']
methods = ['.*']
[security.node.permissions]
disable = true
"""
PAGE = '---\ntitle: x\n---\ntext {{< sh.inline >}}{{ os.Getenv "HOME" }}{{< /sh.inline >}} end\n'


def made(folder: Path, files: Mapping[str, str | bytes], *, trust: bool = False) -> Site:
    source = fill(folder / "source", files)
    options = Options("hugo", "hugo", ReadOptions(), WriteOptions(trust_source=trust))
    return convert_files(folder, source, options=options)


@case(
    "markdown-hugo-security",
    "a Hugo site whose settings let it run programs, read the environment and mount folders of the machine",
    "they are left out and named, in every file of settings; `--trust-source` keeps them",
)
@pytest.mark.hugo
def test_hugo_security_carried(tmp_path: Path) -> None:
    outside = fill(tmp_path / "outside", {"secret.txt": "SECRET"})
    site = made(
        tmp_path,
        {
            "hugo.toml": 'baseURL="https://old.example/"\ntitle="T"\n'
            + SECURITY
            + f"""
[[module.mounts]]
source = "content"
target = "content"
[[module.mounts]]
source = "{outside}"
target = "static"
[[module.mounts]]
source = "../outside"
target = "static"
""",
            "config/production/security.yaml": "exec: {allow: ['.*']}\nfuncs: {getenv: ['.*']}\n",
            "config/production/hugo.json": json.dumps({"security": {"funcs": {"getenv": [".*"]}}}),
            "layouts/_default/single.html": "{{ .Content }}",
            "layouts/_default/list.html": "x",
            "content/a.md": PAGE,
        },
    )
    settings = tomllib.loads(site.text("hugo.toml"))
    assert settings == {
        "baseURL": "https://old.example/",
        "title": "T",
        "module": {"mounts": [{"source": "content", "target": "content"}]},
    }
    assert not list((site.folder / "config").rglob("*")) or "getenv" not in "".join(
        path.read_text("utf-8") for path in (site.folder / "config").rglob("*.*")
    )
    for key in ("security.exec", "security.funcs", "enableInlineShortcodes", "module.mounts[2]", "module.mounts[3]"):
        assert key in said(site, "setting.untrusted"), key
    built = hugo(site.folder)
    page = (built / "a/index.html").read_text("utf-8")
    assert os.environ.get("HOME", "/root") not in page
    assert not (built / "secret.txt").exists()


@pytest.mark.hugo
def test_layouts_read_no_environment_and_run_no_program(tmp_path: Path) -> None:
    """What the settings would allow, and Hugo refuses without them."""
    calls = ('{{ os.Getenv "PATH" }}', '{{ $r := resources.Get "x.css" | css.PostCSS }}{{ $r.Content }}')
    for number, call in enumerate(calls):
        files = {
            "hugo.toml": SECURITY,
            "layouts/_default/single.html": call,
            "assets/x.css": "a {}",
            "postcss.config.js": "require('fs').writeFileSync('PWNED', 'x')",
            "package.json": "{}",
            "content/a.md": "---\ntitle: x\n---\nx\n",
        }
        site = made(tmp_path / str(number), dict(files))
        done = children.run(
            [str(Path(sys.executable).with_name("hugo")), "-s", str(site.folder)],
            capture_output=True,
            text=True,
        )
        assert done.returncode != 0
        assert "security" in done.stdout + done.stderr
        assert not {"postcss.config.js", "package.json"} & below(site)
        assert not list(tmp_path.rglob("PWNED"))


def test_a_trusted_source_keeps_its_settings(tmp_path: Path) -> None:
    files = {
        "hugo.toml": 'title = "T"\n' + SECURITY,
        "package.json": "{}",
        "config/production/security.toml": "[exec]\nallow = ['.*']\n",
        "layouts/_default/single.html": "{{ css.PostCSS }}",
        "content/a.md": "---\ntitle: x\n---\nx\n",
    }
    site = made(tmp_path, dict(files), trust=True)
    assert tomllib.loads(site.text("hugo.toml")) == tomllib.loads(files["hugo.toml"])
    assert site.text("config/production/security.toml") == files["config/production/security.toml"]
    assert "package.json" in below(site)
    assert not site.notices("setting.untrusted")
    done = command("source", "--to", "hugo", "-o", "flag", "--trust-source", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert tomllib.loads((tmp_path / "flag/hugo.toml").read_text("utf-8"))["security"]["exec"]["allow"] == [".*"]


LEFT_OUT: tuple[dict[str, Any], ...] = (
    {"security": {"exec": {"allow": [".*"]}}},
    {"SECURITY": {"EXEC": {"ALLOW": ".*"}}},
    {"security": {"exec": {"allow": ["! ^rm$"]}}},
    {"security": {"exec": {"allow": ["^go$", "^sh$"]}}},
    {"security": {"exec": {"osEnv": [".*"]}}},
    {"security": {"funcs": {"getenv": ["HOME"]}}},
    {"security": {"http": {"urls": [".*"]}}},
    {"security": {"http": {"methods": ["PUT"]}}},
    {"security": {"http": {"mediaTypes": [".*"]}}},
    {"security": {"goTemplates": {"x": 1}}},
    {"security": {"gotmpl": True}},
    {"security": {"node": {"permissions": {"disable": True}}}},
    {"security": {"enableInlineShortcodes": True}},
    {"security": ["x"]},
    {"enableInlineShortcodes": True},
    {"module": {"mounts": [{"source": "/etc", "target": "static"}]}},
    {"module": {"mounts": [{"source": "../x", "target": "static"}]}},
    {"module": {"mounts": [{"source": "a/../../x", "target": "static"}]}},
    {"module": {"mounts": [{"source": "~/x", "target": "static"}]}},
    {"module": {"mounts": [{"source": "C:\\x", "target": "static"}]}},
    {"module": {"mounts": [{"source": "$HOME", "target": "static"}]}},
    {"module": {"mounts": [{"source": ".", "target": "static"}]}},
    {"module": {"mounts": [{"source": ".git", "target": "static"}]}},
    {"module": {"mounts": [{"source": ".postferry", "target": "static"}]}},
    {"module": {"mounts": [{"source": "./.ssh", "target": "static"}]}},
    {"module": {"mounts": [{"source": "content", "target": "../x"}]}},
    {"module": {"imports": [{"path": "../x"}]}},
    {"module": {"imports": [{"path": "/x"}]}},
    {"module": {"imports": [{"path": "./x"}]}},
    {"module": {"imports": [{"path": "x", "mounts": [{"source": "/etc", "target": "static"}]}]}},
    {"module": {"replacements": "github.com/a/b -> ../b"}},
    {"module": {"workspace": "/x/go.work"}},
    {"module": {"proxy": "https://evil.example"}},
    {"module": {"auth": "x"}},
    {"theme": "../x"},
    {"theme": ["ok", "/x"]},
    {"publishDir": "/x"},
    {"publishDir": "../x"},
    {"publishDir": ".git/hooks"},
    {"publishDir": "~/x"},
    {"contentDir": "/etc"},
    {"staticDir": ["static", "../../x"]},
    {"staticDir3": "/etc"},
    {"resourceDir": "/x"},
    {"cacheDir": "/x"},
    {"themesDir": "../x"},
    {"dataDir": "/etc"},
    {"layoutDir": "../x"},
    {"assetDir": "/etc"},
    {"i18nDir": "../x"},
    {"archetypeDir": "../x"},
    {"languages": {"en": {"contentDir": "/etc"}}},
    {"languages": {"en": {"security": {"funcs": {"getenv": [".*"]}}}}},
    {"languages": {"en": {"staticDir": "../x"}}},
    {"deployment": {"targets": [{"URL": "s3://x"}]}},
    {"caches": {"images": {"dir": "/x"}}},
    {"caches": {"images": {"dir": ":resourceDir/../../x"}}},
    {"caches": {"images": {"dir": ":cacheDir/../x"}}},
    {"markup": {"asciidocExt": {"extensions": ["x"]}}},
    {"markup": {"rst": {"x": 1}}},
    {"markup": {"defaultMarkdownHandler": "pandoc"}},
    {"outputFormats": {"x": {"path": "../x"}}},
    {"outputFormats": {"x": {"baseName": "../../x"}}},
    {"outputFormats": {"x": {"baseName": ".htaccess"}}},
    {"mediaTypes": {"text/x": {"suffixes": ["php"]}}},
    {"mediaTypes": {"text/x": {"suffixes": ["../x"]}}},
    {"sitemap": {"filename": "../x.xml"}},
    {"newContentEditor": "sh -c x"},
    {"cleanDestinationDir": True},
    {"build": {"cleanDestinationDir": {"keepFiles": []}}},
    {"workingDir": "/x"},
    {"ignoreCache": True, "unknownKey": {"x": 1}},
    {"minify": {"minifyOutput": "../x"}},
)


@pytest.mark.parametrize("settings", LEFT_OUT, ids=str)
def test_settings_that_lead_out_are_left_out(settings: dict[str, Any]) -> None:
    kept, gone = confined({**settings, "title": "T"})
    assert gone, kept
    for value in ("..", "/etc", "/x", ".*", "php", "sh -c", "~", "evil", "pandoc", "s3:", ".git", ".postferry"):
        assert value not in json.dumps(kept), kept
    assert kept["title"] == "T"


KEPT: tuple[dict[str, Any], ...] = (
    {"baseURL": "https://x.example/", "languageCode": "en", "theme": "ananke", "paginate": 10},
    {"theme": ["github.com/a/b/v2", "mine"], "params": {"path": "../x", "security": {"exec": 1}}},
    {"module": {"imports": [{"path": "github.com/a/b", "mounts": [{"source": "dist", "target": "assets/x"}]}]}},
    {
        "module": {
            "mounts": [{"source": "content/en", "target": "content", "lang": "en"}],
            "hugoVersion": {"min": "0.1"},
        }
    },
    {"publishDir": "docs", "contentDir": "./content", "staticDir": ["static", "public-files"]},
    {"menus": {"main": [{"name": "Up", "url": "../x"}]}, "permalinks": {"posts": "/:year/:slug/"}},
    {"markup": {"goldmark": {"renderer": {"unsafe": True}}, "highlight": {"style": "x"}}},
    {"security": {"allowContent": [".*"], "exec": {"allow": "none"}, "http": {"urls": ["none"]}}},
    {"security": {"exec": {"allow": ["^go$", "! ^git$"]}, "enableInlineShortcodes": False}},
    {"caches": {"images": {"dir": ":resourceDir/_gen", "maxAge": -1}, "getjson": {"dir": ":cacheDir/:project"}}},
    {"outputFormats": {"SearchIndex": {"baseName": "search", "mediaType": "application/json", "path": ""}}},
    {"mediaTypes": {"text/x": {"suffixes": ["x", "y-z"]}}},
    {"languages": {"de": {"title": "T", "contentDir": "content/de", "params": {"a": 1}, "weight": 1}}},
    {
        "sitemap": {"filename": "sitemap.xml", "priority": 0.5},
        "taxonomies": {"tag": "tags"},
        "outputs": {"home": ["HTML"]},
    },
    {
        "build": {"writeStats": True, "cachebusters": [{"source": "a", "target": "b"}]},
        "frontmatter": {"date": [":git"]},
    },
)


@pytest.mark.parametrize("settings", KEPT, ids=str)
def test_settings_of_any_site_stay(settings: dict[str, Any]) -> None:
    assert confined(settings) == (settings, [])


FORMS = {
    "config/production/security.toml": "[exec]\nallow = ['.*']\n",
    "config/production/security.en.toml": "[exec]\nallow = ['.*']\n",
    "config/staging/security.yaml": "security:\n  exec: {allow: ['.*']}\n",
    "config/production/deep/security.json": '{"exec": {"allow": [".*"]}}',
    "config/development/hugo.yml": "security: {exec: {allow: ['.*']}}\n",
    "config/production/config.json": '{"security": {"exec": {"allow": [".*"]}}}',
    "config/_Default/security.TOML": "[exec]\nallow = ['.*']\n",
    "themes/t/hugo.toml": "[security.exec]\nallow = ['.*']\n",
    "themes/t/config.yaml": "security: {exec: {allow: ['.*']}}\n",
    "themes/t/config/_default/security.toml": "[exec]\nallow = ['.*']\n",
    "themes/a/b/config.toml": "[[module.mounts]]\nsource = '.*'\ntarget = 'static'\n",
    "_vendor/github.com/a/b/hugo.toml": "[security.exec]\nallow = ['.*']\n",
    "_vendor/github.com/a/b/v2/config/production/module.toml": "[[mounts]]\nsource = '/.*'\ntarget = 'static'\n",
    "go.mod": "module x\n\nrequire github.com/a/b v1.0.0\nreplace github.com/a/b => ../.*\n",
    "themes/t/go.mod": "module x\nreplace (\n\tgithub.com/a/b => /.*\n)\n",
    "config/production/broken.toml": "x = [ '.*'",
    "config/production/list.yaml": "- '.*'\n",
}


@pytest.mark.parametrize("home", sorted(FORMS))
def test_every_file_of_settings_is_confined(tmp_path: Path, home: str) -> None:
    file = tmp_path / "file"
    file.write_text(FORMS[home], encoding="utf-8")
    log = Log()
    data = confined_file(home, str(file), log)
    assert data is not None
    assert b".*" not in data
    assert log.notices
    if home.endswith((".yaml", ".yml")):
        assert isinstance(yaml.safe_load(data) or {}, dict)


@pytest.mark.parametrize(
    "home",
    [
        "data/security.toml",
        "themes/t/data/config/x/y.toml",
        "themes/t/exampleSite/config.toml",
        "content/a/hugo.toml",
        "themes/t/layouts/config.toml",
        "static/config/_default/security.toml",
    ],
)
def test_files_that_set_nothing_up_stay_as_they_are(tmp_path: Path, home: str) -> None:
    file = tmp_path / "file"
    file.write_text(SECURITY, encoding="utf-8")
    assert confined_file(home, str(file), Log()) is None


def test_harmless_files_of_settings_stay_as_they_are(tmp_path: Path) -> None:
    for home, text in {
        "config/production/params.toml": "x = 1 # words\n",
        "config/production/menus.en.yaml": "main:\n  - {name: a, url: /}\n",
        "config/production/menus.json": '[{"name": "a"}]',
        "themes/t/hugo.toml": "[params]\nx = 1\n[module.hugoVersion]\nmin = '0.1'\n",
        "go.mod": "module x\nrequire github.com/a/b v1.0.0\nreplace github.com/a/b => github.com/c/d v1.0.0\n",
    }.items():
        file = tmp_path / "file"
        file.write_text(text, encoding="utf-8")
        log = Log()
        assert confined_file(home, str(file), log) is None, home
        assert not log.notices


@pytest.mark.parametrize(
    ("home", "expected"),
    [
        ("package.json", True),
        ("themes/t/postcss.config.js", True),
        ("assets/tailwind.config.ts", True),
        ("netlify.toml", True),
        ("babel.config.cjs", True),
        ("static/package.json", False),
        ("content/a/package.json", False),
        ("package.hugo.json", True),
        ("assets/js/main.js", False),
        ("data/package.json", True),
    ],
)
def test_files_for_other_programs(home: str, expected: bool) -> None:
    assert is_for_programs(home) is expected


@case(
    "path-hugo-links",
    "a Hugo site whose `content`, `static`, `layouts` or settings are links to other folders",
    "nothing behind them is read; they are named",
)
def test_folders_that_are_links(tmp_path: Path) -> None:
    outside = fill(
        tmp_path / "outside", {"a.md": "---\ntitle: SECRET\n---\n", "b.txt": "SECRET", "c.toml": "x='SECRET'"}
    )
    source = fill(tmp_path / "source", {"hugo.toml": "title = 'x'\n", "content/a.md": "---\ntitle: A\n---\n"})
    for name in ("static", "layouts", "data"):
        (source / name).symlink_to(outside)
    (source / "config/_default").mkdir(parents=True)
    (source / "config/_default/params.toml").symlink_to(outside / "c.toml")
    (source / "content/posts").symlink_to(outside)
    site = convert_files(tmp_path, source, options=Options("hugo", "hugo"))
    assert not [path for path in below(site) if "SECRET" in (site.folder / path).read_text("utf-8", "replace")]
    assert {"static", "layouts", "data", "content/posts"} <= {row["what"] for row in site.notices("source.skipped")}


@pytest.mark.parametrize("folder", [".git", ".postferry", ".github/workflows", "content/.x"])
def test_settings_that_name_hidden_folders_as_content(tmp_path: Path, folder: str) -> None:
    files = {
        "hugo.toml": f"contentDir = '{folder}'\nstaticDir = '{folder}'\n",
        f"{folder}/a.md": "---\ntitle: SECRET\n---\n",
        "content/b.md": "---\ntitle: B\n---\n",
    }
    site = made(tmp_path, dict(files))
    assert not [path for path in below(site) if "SECRET" in (site.folder / path).read_text("utf-8", "replace")]


INLINE = (
    ("a {{< x.inline >}}{{ now }}{{< /x.inline >}} b", "a {{</* x.inline */>}}{{ now }}{{</* /x.inline */>}} b"),
    ("{{<x.inline>}}y{{</x.inline>}}", "{{</*x.inline*/>}}y{{</*/x.inline*/>}}"),
    ("{{% x.inline %}}y{{% /x.inline %}}", "{{%/* x.inline */%}}y{{%/* /x.inline */%}}"),
    ("{{<\n x.inline a=1\n>}}y", "{{</*\n x.inline a=1\n*/>}}y"),
    ("{{< x.inline />}}", "{{</* x.inline /*/>}}"),
    ("{{</* x.inline */>}}", "{{</* x.inline */>}}"),
    ("{{< x inline >}} x.inline {{< y >}}", "{{< x inline >}} x.inline {{< y >}}"),
)


@pytest.mark.parametrize(("text", "expected"), INLINE)
def test_inline_shortcodes_are_text(text: str, expected: str) -> None:
    assert escaped(text, Log()) == expected
    assert escaped(expected, Log()) == expected


@pytest.mark.hugo
def test_inline_shortcodes_run_nowhere(tmp_path: Path) -> None:
    """Not even where somebody allows them afterwards."""
    texts = [text for text, _ in INLINE[:4]]
    body = "\n\n".join(text.replace("y", "{{ add 1 1 }}END").replace("now", "add 1 1") for text in texts)
    files = {
        "hugo.toml": "title = 'x'\n",
        "layouts/_default/single.html": "{{ .Content }}",
        "layouts/shortcodes/x.html": "",
        "content/a.md": f"---\ntitle: x\n---\n{body}\n",
    }
    site = made(tmp_path, dict(files))
    settings = site.folder / "hugo.toml"
    settings.write_text(settings.read_text("utf-8") + "[security]\nenableInlineShortcodes = true\n", encoding="utf-8")
    page = (hugo(site.folder, "--disableKinds", "home,section,taxonomy,term") / "a/index.html").read_text("utf-8")
    assert "2" not in page
    assert "add 1 1" in page
