"""`--base-path`: what is written for a site below another path than the old one, for each target."""

from __future__ import annotations

import tomllib
from pathlib import Path

import msgspec
import pytest
import yaml

from converters import new_site
from converters.errors import UsageError
from converters.model import Site
from converters.model.options import WriteOptions
from pipelines.cli import option_values
from pipelines.run.carry import Options
from tests import support
from tests.wxr import export, item

TEXT = """<a href="https://old.example/second/">page</a> <a href="/second/?x=1#top">path</a> <a href="/">home</a>
<img src="https://old.example/wp-content/uploads/a.png"> <img src="/wp-content/uploads/b.png" alt="b">
<a href="/wp-content/uploads/c.pdf">file</a> <a href="https://else.example/second/">elsewhere</a>

see https://old.example/second/ and https://old.example/wp-content/uploads/c.pdf. <code>https://old.example/second/</code>"""


def converted(folder: Path, target: str, base_path: str | None, *, old: str = "", **write: object) -> support.Site:
    items = [
        item(1, slug="first", content=TEXT, meta={"_thumbnail_id": "9", "clip": "/wp-content/uploads/v.mp4"}),
        item(2, slug="second", type="page", meta={"_wp_old_slug": "2nd"}),
        item(9, type="attachment", url="https://old.example/wp-content/uploads/i.png"),
    ]
    text = export(*items).replace("https://old.example", f"https://old.example{old}")
    for attribute in ('href="/', 'src="/', "CDATA[/wp-content"):
        text = text.replace(attribute, attribute.replace("/", f"{old}/"))
    options = Options("wordpress", target, write=WriteOptions(base_path=base_path, **write))  # type: ignore[arg-type]
    folder.mkdir(exist_ok=True)
    return support.convert(folder, text, options=options)


@pytest.mark.parametrize(("old", "new"), [("", "/blog"), ("/old", "/blog"), ("/old", ""), ("/blog", "/blog/deep")])
def test_every_address_has_the_new_path(old: str, new: str, tmp_path: Path) -> None:
    site = converted(tmp_path, "hugo", new, old=old, redirects=("nginx",))
    assert tomllib.loads(site.text("hugo.toml"))["baseURL"] == f"https://old.example{new}/"
    head, _, text = site.text("content/posts/first.md")[4:].partition("---\n")
    front = yaml.safe_load(head)
    assert front["featured_image"]["src"] == f"{new}/wp-content/uploads/i.png"
    assert front["params"]["clip"] == f"{new}/wp-content/uploads/v.mp4"
    assert text.split("\n\n")[1].split("\\\n") == [
        f"see [https://old.example{old}/second/]({new}/second/) and"
        f" [https://old.example{old}/wp-content/uploads/c.pdf]({new}/wp-content/uploads/c.pdf)."
        f" `https://old.example{old}/second/`\n"
    ]
    assert f"[page]({new}/second/) [path]({new}/second/?x=1#top) [home]({new}/)" in text
    assert f"![]({new}/wp-content/uploads/a.png) ![b]({new}/wp-content/uploads/b.png)" in text
    assert f"[file]({new}/wp-content/uploads/c.pdf) [elsewhere](https://else.example/second/)" in text
    rows = site.text("redirects/nginx-http.conf")
    assert f'"{old}/first?|||||||||" "{new}/first/";' in rows
    assert f'"{old}/2nd?|||||||||" "{new}/second/";' in rows
    assert f'"{old}/wp-content/uploads/i.png?|||||||||" "{new}/wp-content/uploads/i.png";' in rows
    assert (f'"{old}?|||||||||" "{new}/";' in rows) is bool(old), "the front page of a host is left alone"


def test_jekyll_names_files_as_its_plug_ins_expect_them(tmp_path: Path) -> None:
    site = converted(tmp_path, "jekyll", "/blog")
    settings = yaml.safe_load(site.text("_config.yml"))
    assert (settings["url"], settings["baseurl"], settings["base_path"]) == ("https://old.example", "/blog", "/blog")
    text = site.text("_posts/2021-03-04-first.md")
    assert yaml.safe_load(text.split("---\n")[1])["image"]["path"] == "/wp-content/uploads/i.png"
    assert "[page](/blog/second/)" in text


def test_json_and_markdown(tmp_path: Path) -> None:
    site = converted(tmp_path / "json", "json", "/blog", media="keep")
    feed = msgspec.json.decode(site.text("feed.json"))
    first = feed["items"][0]
    assert feed["home_page_url"] == "https://old.example/blog/" and first["url"] == "https://old.example/blog/first/"
    assert 'href="https://old.example/blog/second/"' in first["content_html"]
    assert 'href="https://old.example/blog/"' in first["content_html"]
    site = converted(tmp_path / "markdown", "markdown", "/blog", media="rewrite")
    assert yaml.safe_load(site.text("site.yaml"))["url"] == "https://old.example/blog"
    assert "[page](/blog/second/)" in next(path for path in site.folder.rglob("first.md")).read_text(encoding="utf-8")


def test_media_keep_leaves_files_where_they_are(tmp_path: Path) -> None:
    text = converted(tmp_path, "hugo", "/blog", media="keep").text("content/posts/first.md")
    assert "(https://old.example/wp-content/uploads/a.png)" in text and "[page](/blog/second/)" in text


HUGO = {
    "hugo.toml": "baseURL = 'https://a.example/'\n[languages.fr]\nbaseURL = 'https://a.example/fr/'\nweight = 2\n"
    "[languages.en]\nweight = 1\n",
    "config/production/hugo.yaml": "baseURL: https://live.example/\nparams: {a: 1}\n",
    "content/posts/one.md": '---\ntitle: One\naliases: [/old.png]\ncover: {image: /img/a.png}\n---\n[two](/posts/two/) '
    '![a](/img/a.png "t") <a href="https://a.example/posts/two/">x</a> {{< ref "/posts/two" >}} '
    '{{< figure src="/img/a.png" >}} [near](../two/) `[code](/posts/two/)` <https://b.example/x/>\n',
    "content/posts/two.md": "---\ntitle: Two\n---\nTwo\n",
    "static/img/a.png": "file",
}  # fmt: skip


@pytest.mark.parametrize("canonify", [False, True])
def test_from_hugo_to_hugo(tmp_path: Path, canonify: bool) -> None:
    for path, text in HUGO.items():
        (tmp_path / "from" / path).parent.mkdir(parents=True, exist_ok=True)
        more = "canonifyURLs = true\n" if canonify and path == "hugo.toml" else ""
        (tmp_path / "from" / path).write_text(more + text, encoding="utf-8")
    options = Options("hugo", "hugo", write=WriteOptions(base_path="/blog"))
    site = support.convert_files(tmp_path, tmp_path / "from", options=options)
    settings = tomllib.loads(site.text("hugo.toml"))
    assert settings["baseURL"] == "https://a.example/blog/"
    assert settings["languages"]["fr"]["baseURL"] == "https://a.example/blog/fr/"
    assert yaml.safe_load(site.text("config/production/hugo.yaml"))["baseURL"] == "https://live.example/blog/"
    text = site.text("content/posts/one.md")
    if canonify:  # Hugo puts the path before every address itself
        assert text.partition("---\n")[2].partition("---\n")[2] == HUGO["content/posts/one.md"].split("---\n", 2)[2]
        return
    front = yaml.safe_load(text.split("---\n")[1])
    assert (front["aliases"], front["cover"]) == (["/old.png"], {"image": "/blog/img/a.png"})
    assert text.split("---\n", 2)[2] == (
        '[two](/blog/posts/two/) ![a](/blog/img/a.png "t") <a href="https://a.example/blog/posts/two/">x</a> '
        '{{< ref "/posts/two" >}} {{< figure src="/blog/img/a.png" >}} [near](../two/) `[code](/posts/two/)` '
        "<https://b.example/x/>\n"
    )


@pytest.mark.parametrize(
    ("given", "path"),
    [("", None), ("/", ""), ("blog", "/blog"), ("/blog/", "/blog"), ("//a//b/", "/a/b"), ("/x.y", "/x.y")],
)
def test_values(given: str, path: str | None) -> None:
    assert option_values.base_path(given) == path


@pytest.mark.parametrize("given", ["https://a.example/blog", "/../b", "/a?b", "/ä", "/a b", "/a#b", '/"', "/."])
def test_wrong_values(given: str) -> None:
    with pytest.raises(UsageError, match="--base-path is the path of the new site"):
        option_values.base_path(given)


def test_where_a_path_is_on_the_new_site() -> None:
    site = Site(base_url="https://a.example/old", base_path="/new")
    moved = {path: new_site.moved(path, site) for path in ("/old", "/old/x", "/older/x", "/x", "//cdn.example/old/x")}
    assert moved == {
        "/old": "/new",
        "/old/x": "/new/x",
        "/older/x": "/older/x",
        "/x": "/x",
        "//cdn.example/old/x": "//cdn.example/old/x",
    }
    assert new_site.moved("/x", site, foreign=True) == "/new/x"
    assert new_site.url_of(site) == "https://a.example/new"
    assert new_site.url_of(Site(base_path="/new")) == ""
    assert not new_site.is_moved(Site(base_url="https://a.example/old"))
