"""What is not to be seen on the day of a run is in no built site, list, feed, menu, redirect or JSON feed; what the
source shows is, whatever its date. A table of states by kinds of files; real Hugo says what a Hugo source shows."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests import children
from tests.exporters.jekyll.test_jekyll import real
from tests.support import Site, convert, convert_files
from tests.wxr import export, item

TODAY = "2025-06-01T12:00:00Z"
EPOCH = "1748779200"
SERVERS = ("netlify", "nginx", "apache", "html")
STATES = {
    "plain": "date: 2022-01-01",
    "undated": "",
    "shownbeforeitsdate": "date: 2031-01-01\npublishDate: 2020-01-01",
    "endslater": "date: 2022-01-01\nexpiryDate: 2031-01-01",
    "unlisted": "date: 2022-01-01\nbuild: {list: never}",
    "oldunlisted": "date: 2022-01-01\n_build: {list: false}",
    "draft": "date: 2022-01-01\ndraft: true",
    "unpublished": "date: 2022-01-01\npublished: false",
    "ahead": "date: 2031-01-01",
    "soon": "date: 2025-12-01",
    "publishahead": "date: 2022-01-01\npublishDate: 2031-01-01",
    "pubdateahead": "date: 2022-01-01\npubdate: 2031-01-01",
    "bothahead": "date: 2030-01-01\npublishDate: 2031-01-01",
    "expired": "date: 2019-01-01\nexpiryDate: 2020-01-01",
    "unpublishdate": "date: 2019-01-01\nunpublishdate: 2020-01-01",
    "expiredahead": "date: 2031-01-01\nexpiryDate: 2020-01-01",
    "headless": "date: 2022-01-01\nheadless: true",
    "unrendered": "date: 2022-01-01\nbuild: {render: never, list: never}",
    "oldunrendered": "date: 2022-01-01\n_build: {render: false, list: false}",
}
CASCADES = {
    "cascadedraft": "draft: true",
    "cascadeexpired": "expiryDate: 2020-01-01",
    "cascadeahead": "publishDate: 2031-01-01",
}
MODERN = {
    "_build: {list: false}": "build: {list: never}",
    "_build: {render: false, list": "build: {render: never, list",
    "list: false}": "list: never}",
    "published: false": "draft: true",
}
"""Forms of older Hugos, and what today's says in their place."""
MENU = re.compile(r'<nav class="site-menu".*?</nav>', re.DOTALL)
UNLISTED = {"unlisted", "oldunlisted"}
KINDS = {
    "post": "posts/{name}.md",
    "page": "{name}.md",
    "custom": "recipe/{name}.md",
    "section": "{name}/_index.md",
    "term": "tags/{name}/_index.md",
    "bundle": "posts/{name}/index.md",
}
LAYOUTS = {
    "single.html": "{{ .Title }} {{ .Content }}{{ range .Resources }}{{ .RelPermalink }}{{ end }}",
    "list.html": "{{ .Title }} {{ .Content }}{{ range .Pages }}{{ .Title }} {{ end }}",
    "index.html": "{{ range site.RegularPages }}{{ .Title }} {{ end }}{{ range site.Menus.main }}{{ .Name }} {{ end }}",
}


class Word(NamedTuple):
    state: str
    kind: str

    def __str__(self) -> str:
        return f"{self.state}in{self.kind}"


WORDS = [Word(state, kind) for state in STATES for kind in KINDS]
WORDS += [Word(state, kind) for state in CASCADES for kind in ("custom", "section")]


def hugo_site(folder: Path, forms: dict[str, str]) -> Path:
    """A page of each state and kind. Its word is in its title, text, URL, alias, tag, menu entry and file."""

    def write(path: str, text: str) -> None:
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        for old, new in forms.items():
            text = text.replace(old, new)
        file.write_text(text, encoding="utf-8")

    write("hugo.toml", 'baseURL = "https://old.example/"\ntitle = "Old"\ndisableKinds = ["sitemap"]\n')
    for name, text in LAYOUTS.items():
        write(f"layouts/{'_default/' * (name != 'index.html')}{name}", text)
    for word in WORDS:
        head = STATES.get(word.state, "date: 2022-01-01")
        path = KINDS[word.kind].format(name=word)
        if word.state in CASCADES:
            path = f"{word.state}/{word}.md" if word.kind == "custom" else f"{word.state}/_index.md"
            head += f"\ncascade: {{{CASCADES[word.state]}}}" if word.kind == "section" else ""
        more = f"aliases: [/former-{word}/]\nmenu: main\n" + (
            f"tags: [tag{word}]\n" if word.kind in ("post", "page", "custom", "bundle") else ""
        )
        write(f"content/{path}", f"---\ntitle: The {word}\n{head}\n{more}---\n\nText of {word}.\n")
        if word.kind == "bundle":
            write(f"content/posts/{word}/data.csv", f"file-{word}\n")
    return folder


def texts(folder: Path, *names: str) -> dict[str, str]:
    """Path -> what is in a file, its path among it."""
    found = [path for name in names or ("*",) for path in folder.rglob(name) if path.is_file()]
    return {(at := str(path.relative_to(folder))): f"{at}\n{path.read_text('utf-8', 'replace')}" for path in found}


def named(found: Iterable[str]) -> set[str]:
    """The words that are anywhere in the texts."""
    whole = "\n".join(found)
    return {str(word) for word in WORDS if re.search(rf"\b(?:tag)?{word}\b", whole)}


def jekyll(folder: Path, *before: str, time: str = TODAY) -> dict[str, str]:
    """The built site, on that day; `before`: settings that a host has, which those of the site overrule."""
    more = {"gh": "\n".join(before) or "x: 1", "day": f"time: {time}\nliquid: {{error_mode: strict}}"}
    for name, text in more.items():
        folder.with_name(f"{name}.yml").write_text(text, "utf-8")
    files = (folder.with_name("gh.yml"), folder / "_config.yml", folder.with_name("day.yml"))
    built = folder.with_name(f"{folder.name}-{len(before)}-{time[:4]}")
    command = ["jekyll", "build", "--strict_front_matter", "--disable-disk-cache", "-s", folder, "-d", built]
    done = children.run([*map(str, command), "--config", ",".join(map(str, files))], capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    return texts(built)


def hugo(folder: Path, time: str = TODAY) -> dict[str, str]:
    program = str(Path(sys.executable).with_name("hugo"))
    built = folder.with_name(f"{folder.name}-hugo-{time[:4]}")
    command = [program, "--source", str(folder), "--destination", str(built), "--clock", time]
    done = children.run(command, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return texts(built)


@pytest.fixture(autouse=True)
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", EPOCH)


def to(target: str, folder: Path, source: Path, **options: Any) -> Site:
    folder.mkdir()
    return convert_files(folder, source, options=Options("hugo", target, write=WriteOptions(**options)))


@pytest.mark.hugo
@pytest.mark.system
@real
def test_hidden_by_date(tmp_path: Path) -> None:
    """hidden-by-date: of every state and kind, the sites of all targets name what Hugo's own site names."""
    seen = named(hugo(hugo_site(tmp_path / "modern", MODERN)).values())
    seen = {word for word in seen if not word.startswith(("headless", "unrendered", "oldunrendered"))}
    """Hugo publishes the files of such bundles, and nothing else of them; no other target does."""
    source = hugo_site(tmp_path / "source", {})
    states = {word.state for word in WORDS if str(word) in seen}
    assert {"plain", "undated", "shownbeforeitsdate", "endslater", *UNLISTED} <= states
    unlisted = {str(word) for word in WORDS if word.state in UNLISTED}

    site = to("jekyll", tmp_path / "jekyll", source, redirects=SERVERS)
    assert yaml.safe_load(site.text("_config.yml"))["future"] is True
    beside = texts(site.folder, "_redirects", ".htaccess", "nginx*.conf")
    assert named(beside.values()) <= seen
    built = jekyll(site.folder, "future: true")
    assert named(built.values()) == seen
    assert not any(path.startswith("redirects/") or "cascadeexpired-list" in path for path in built)
    lists = {path: MENU.sub("", text) for path, text in built.items() if path.endswith((".html", ".xml"))}
    others = (text for path, text in lists.items() if not named([path]) & unlisted)
    assert named(others) & unlisted == set()
    held = {notice["where"] for notice in site.notices("date.held")}
    assert {"_recipe/aheadincustom.md", "aheadinpage.md", "aheadinsection.md"} <= held
    assert "2031-01-01" in {notice["what"] for notice in site.notices("date.held")}
    assert {notice["what"] for notice in site.notices("date.expired")} == {"2020-01-01"}
    assert {notice["what"] for notice in site.notices("date.ends")} == {"2031-01-01"}

    data = to("json", tmp_path / "json", source)
    assert named([data.text("feed.json")]) == seen - unlisted
    assert named([data.text("site.json")]) <= seen
    assert named([data.text("not-public.json")]) >= {str(word) for word in WORDS} - seen | (unlisted & seen)

    plain = to("markdown", tmp_path / "markdown", source)
    files = [path for path in plain.files("**/*.md") if not path.startswith(".")]
    shown = [path for path in files if not plain.front(path).get("draft")]
    assert len(files) == len(WORDS)
    assert named(plain.front(path)["title"] for path in shown) == seen
    assert named(plain.front(path)["title"] for path in files if plain.front(path).get("unlisted")) >= unlisted & seen


@pytest.mark.system
@real
def test_what_is_scheduled_in_hugo_appears_on_its_day(tmp_path: Path) -> None:
    """Posts by their date; what Jekyll cannot tell waits for somebody, its files with it."""
    source = tmp_path / "source"
    post = "---\ntitle: {0}\ndate: {1}\n{2}---\n\nText of {0}.\n"
    files = {
        "posts/dated.md": post.format("dated", "2031-01-01", "aliases: [/older/]\n"),
        "posts/later.md": post.format("later", "2022-01-01", "publishDate: 2031-01-01\n"),
        "posts/bundle/index.md": post.format("bundle", "2031-01-01", ""),
        "posts/bundle/data.csv": "a,b",
        "posts/bundle/_script.yml": "---\na: 1\n",
        "page.md": post.format("page", "2031-01-01", ""),
        "posts/open.md": post.format("open", "2022-01-01", ""),
    }
    for name, text in files.items():
        (source / "content" / name).parent.mkdir(parents=True, exist_ok=True)
        (source / "content" / name).write_text(text, "utf-8")
    (source / "hugo.toml").write_text('baseURL = "https://old.example/"\n', "utf-8")
    site = to("jekyll", tmp_path / "out", source)
    assert {notice["item"] for notice in site.notices("date.held")} == {
        "posts/later.md", "posts/bundle/index.md", "page.md",
    }  # fmt: skip
    before, after = jekyll(site.folder, "future: true"), jekyll(site.folder, time="2032-01-01T00:00:00Z")
    assert set(after) - set(before) == {"posts/dated/index.html", "older/index.html"}
    assert not [path for path in before if "bundle" in path or "dated" in path]
    front = site.front("_posts/2022-01-01-later.md")
    assert (front["published"], f"{front['publish_date']:%Y}") == (False, "2031")
    rows = [row for row in yaml.safe_load(site.text("_config.yml"))["defaults"] if "type" not in row["scope"]]
    assert [row["scope"]["path"] for row in rows] == ["posts/bundle/_script.yml", "posts/bundle/data.csv"]
    assert all(row["values"] == {"published": False} for row in rows)


def blog(*, ahead: bool) -> str:
    """Every status by kind, each with its word in title, text, URL, older slug, term, comment and menu."""
    states: dict[str, dict[str, str]] = {
        "published": {},
        "due": {"status": "future", "date": "2025-01-01 00:00:00"},
        "future": {"status": "future", "date": "2031-01-01 00:00:00"},
        "soon": {"status": "future", "date": "2025-12-01 00:00:00"},
        "draft": {"status": "draft"},
        "pending": {"status": "pending"},
        "private": {"status": "private"},
        "locked": {"password": "x"},
    }
    if ahead:
        states["early"] = {"date": "2031-01-01 00:00:00"}
    items = []
    for number, (state, fields) in enumerate(states.items()):
        for place, kind in enumerate(("post", "page", "recipe")):
            id, word = 100 + 10 * number + place, f"{state}in{kind}"
            comment = {"id": id, "author": f"{word}", "content": f"said in {word}", "approved": 1}
            link = f"https://old.example/{f'recipe/{word}' if kind == 'recipe' else word}/"
            about: dict[str, Any] = {
                "slug": word, "title": f"The {word}", "content": f"Text of {word}.", "comments": [comment],
                "meta": {"_wp_old_slug": f"{word}-old"}, "link": link,
            }  # fmt: skip
            items.append(item(id, type=kind, **about, **fields))
            entry = {"_menu_item_type": "post_type", "_menu_item_object": kind, "_menu_item_object_id": str(id)}
            items.append(item(id + 500, type="nav_menu_item", title="", terms=[("nav_menu", "m", "M")], meta=entry))
            at = {
                "url": f"https://old.example/wp-content/uploads/{word}.jpg",
                "link": f"https://old.example/{word}-file/",
            }
            items.append(item(id + 1000, type="attachment", parent=id, slug=f"{word}-file", title="x", **at))
    return export(*items)


WORDPRESS = re.compile(r"\b(published|due|future|soon|draft|pending|private|locked|early)in(post|page|recipe)\b")


def states(found: dict[str, str]) -> set[str]:
    return {match[1] for text in found.values() for match in WORDPRESS.finditer(text)}


@pytest.mark.hugo
@pytest.mark.system
@real
@pytest.mark.parametrize("ahead", [False, True])
def test_scheduled_page_and_githubpages(tmp_path: Path, ahead: bool) -> None:
    """scheduled-page-and-githubpages, future-true-always: what WordPress shows is shown, dated ahead or not."""
    seen = {"published", "due", *(["early"] if ahead else [])}
    options = Options("wordpress", "jekyll", write=WriteOptions(redirects=SERVERS))
    site = convert(tmp_path, blog(ahead=ahead), options=options)
    assert yaml.safe_load(site.text("_config.yml"))["future"] is ahead
    assert states(texts(site.folder, "_redirects", ".htaccess", "nginx*.conf")) == seen
    assert states(texts(site.folder, "menus.yml")) == seen
    assert states(jekyll(site.folder, *([] if ahead else ["future: true"]))) == seen
    held = {notice["where"] for notice in site.notices("date.held")}
    assert ("_posts/2031-01-01-futureinpost.md" in held) is ahead
    assert {"futureinpage.md", "_recipe/futureinrecipe.md", "sooninpage.md"} <= held
    assert len(site.notices("date.due")) == 3
    if not ahead:
        later = {path for path in jekyll(site.folder, time="2031-06-01T00:00:00Z") if "futurein" in path}
        assert later == {"futureinpost/index.html", "futureinpost-old/index.html"}

    (tmp_path / "h").mkdir()
    options = Options("wordpress", "hugo", write=WriteOptions(redirects=SERVERS))
    site = convert(tmp_path / "h", blog(ahead=ahead), options=options)
    assert states(hugo(site.folder)) == seen
    assert states(texts(site.folder / "redirects")) == seen
    assert states({"": site.text("hugo.toml")}) <= seen
    assert states(hugo(site.folder, "2031-06-01T00:00:00Z")) == seen | {"future", "soon"}

    (tmp_path / "j").mkdir()
    data = convert(tmp_path / "j", blog(ahead=ahead), options=Options("wordpress", "json"))
    assert states(texts(data.folder, "feed.json")) == seen
    assert states(texts(data.folder, "not-public.json")) >= {"future", "soon", "draft", "pending", "private", "locked"}


@pytest.mark.system
@real
def test_future_true_always(tmp_path: Path) -> None:
    """`future` is written always; true only where something is shown before its own date, as a saved page may be."""
    page = '<html><head><title>{0}</title><meta property="og:type" content="article">'
    page += '<meta property="article:published_time" content="{1}-01-01T10:00:00Z"></head>'
    page += "<body><article><h1>{0}</h1><p>Text of a page that was saved {0}.</p></article></body></html>"

    def made(year: str) -> Site:
        web = tmp_path / year / "web"
        web.mkdir(parents=True)
        (web / "index.html").write_text(page.format("Home", "2020"), "utf-8")
        (web / "post.html").write_text(page.format("Early", year), "utf-8")
        return convert_files(tmp_path / year, web, options=Options("html", "jekyll"))

    assert yaml.safe_load(made("2022").text("_config.yml"))["future"] is False
    site = made("2031")
    assert yaml.safe_load(site.text("_config.yml"))["future"] is True
    assert any("saved Early" in text for text in jekyll(site.folder).values())


def test_the_day_comes_without_a_change_of_the_source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run of the same command on a day on which something begins or ceases to be seen is done, and not skipped."""
    from pipelines.run.convert import Job, run
    from pipelines.run.fingerprint import run_fingerprint

    source = tmp_path / "export.xml"
    source.write_text(export(item(1), item(2, status="future", date="2031-01-01 00:00:00")), "utf-8")
    job = Job((str(source),), str(tmp_path / "out"), Options("wordpress", "json"))
    job = Job(job.sources, job.output, job.options, fingerprint=run_fingerprint(job))
    assert not run(job).repeated
    assert run(job).repeated
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(int(EPOCH) + 8 * 366 * 24 * 3600))
    again = run(job)
    assert not again.repeated
    assert '"status":"published"' in (tmp_path / "out/feed.json").read_text("utf-8")
    assert not (tmp_path / "out/not-public.json").exists()
    assert run(job).repeated
