"""Nothing breaks after the move: the fixtures built by the real Hugo, crawled, and asked for every old address."""

from __future__ import annotations

import shutil
import socket
import subprocess
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest

from converters.exporters.site import redirects
from converters.exporters.site.redirects import Redirect, url_suffixes
from converters.model.notices import Log
from converters.model.options import WriteOptions
from converters.output import OutJoin, OutPart
from pipelines.run.carry import Options
from tests import children
from tests.crawl import Site as Served
from tests.crawl import crawl, served
from tests.folders import ROOT
from tests.limits import until
from tests.sites.old import Netlify, Old, newly_broken, unanswered
from tests.sites.test_truth import AS_HTML
from tests.support import Site, convert_files, hugo
from tests.wxr import export, item

FIXTURES = ("harbour", "constructs", "polylang", "qtranslate")
BLOG = "https://old.example/blog"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
APACHE = shutil.which("apache2", path="/usr/sbin:/usr/bin")
MODULES = Path("/usr/lib/apache2/modules")
pytestmark = pytest.mark.hugo


class Built(NamedTuple):
    name: str
    site: Site
    public: Path
    base: str
    old: list[str]
    behind: list[str]


@pytest.fixture(scope="module", params=FIXTURES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT / f"fixtures/wordpress/{request.param}.xml", tmp_path_factory.mktemp(request.param))


def build(export: Path, folder: Path) -> Built:
    """Convert with all files of former addresses, put the media library in its place, and build."""
    servers = ("netlify", "nginx", "apache", "html")
    site = convert_files(folder, export, options=Options("wordpress", "hugo", AS_HTML, WriteOptions(redirects=servers)))
    read = Old(export)
    for path in read.uploads():
        (site.folder / "static" / path).parent.mkdir(parents=True, exist_ok=True)
        (site.folder / "static" / path).write_bytes(b"file")
    base = tomllib.loads(site.text("hugo.toml"))["baseURL"]
    return Built(export.stem, site, hugo(site.folder), base, read.addresses(), read.behind())


def test_no_link_is_broken(built: Built) -> None:
    with served(built.public, built.base) as site:
        found = crawl(site)
    assert found.pages > 20
    assert found.links > 400
    told = [notice["what"] for notice in built.site.notices("link.missing")]
    assert newly_broken(built.name, told, found) == []


def test_every_old_address_answers(built: Built) -> None:
    """With the rules of Netlify: at once, or by one redirect of the rules or of a page."""
    rules = Netlify(built.site.text("static/_redirects"), built.base)
    with served(built.public, built.base) as site:
        bad = unanswered(site, [*built.old, *built.behind], rules)
    assert len(built.old) > 40 and len(built.behind) > 20
    assert bad == []


def test_without_rules_every_path_answers(built: Built) -> None:
    """Pages and Hugo's aliases alone answer all but queries, which no page can, and what stood behind addresses."""
    paths = [url for url in built.old if not urlsplit(url).query]
    with served(built.public, built.base) as site:
        bad = unanswered(site, paths)
    assert bad == []


def test_a_number_leads_to_its_post_and_a_feed_to_a_feed(built: Built) -> None:
    goal = Netlify(built.site.text("static/_redirects"), built.base).goal
    rows = [
        row for row in built.site.report["items"] if row.get("status") == "published" and row["outcome"] == "carried"
    ]
    assert rows
    for row in rows:
        if row["id"].isdecimal():
            assert unquote(urlsplit(goal(f"{built.base}?p={row['id']}")).path) == row["url"]
    with served(built.public, built.base) as site:
        feed = site.ask(goal(f"{built.base}feed/"))
    assert feed.type.endswith("xml")
    assert ElementTree.fromstring(feed.body).tag == "rss"


@contextmanager
def running(command: list[str], port: int) -> Iterator[None]:
    process = children.start(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        assert until(lambda: process.poll() is not None or _answers(port)), "the server does not answer"
        assert process.poll() is None, process.stdout.read().decode() if process.stdout else ""
        yield
    finally:
        process.terminate()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def silent(built: Built, port: int) -> list[str]:
    """Old addresses that do not answer at once or by one redirect, as the server itself says."""
    site = Served(port, built.base)
    return unanswered(site, [*built.old, *built.behind])


NGINX_CONF = """
daemon off; master_process off; pid {folder}/pid; error_log stderr error;
events {{ worker_connections 64; }}
http {{
  access_log off; types {{ text/html html; application/rss+xml xml; }}
  client_body_temp_path {folder}/a; proxy_temp_path {folder}/b; fastcgi_temp_path {folder}/c;
  uwsgi_temp_path {folder}/d; scgi_temp_path {folder}/e;
  include {site}/redirects/nginx-http.conf;
  server {{
    listen 127.0.0.1:{port}; root {public}; absolute_redirect off;
    include {site}/redirects/nginx-server.conf;
  }}
}}
"""
APACHE_CONF = """
ServerName blog.example
ServerRoot {folder}
PidFile {folder}/pid
Mutex file:{folder}
Listen 127.0.0.1:{port}
LoadModule mpm_event_module {modules}/mod_mpm_event.so
LoadModule authz_core_module {modules}/mod_authz_core.so
LoadModule dir_module {modules}/mod_dir.so
LoadModule mime_module {modules}/mod_mime.so
LoadModule rewrite_module {modules}/mod_rewrite.so
TypesConfig /dev/null
AddType text/html .html
AddType application/rss+xml .xml
DirectoryIndex index.html
ErrorLog {folder}/errors
DocumentRoot {public}
<Directory {public}>
  AllowOverride All
  Options FollowSymLinks
  Require all granted
</Directory>
"""


PLAIN = {"": "home", "a/b/": "page", "page/": "no list", "feed.xml": "feed"}
BEHIND = {  # what is asked -> where it leads
    "a/b/page/12/": "a/b/",
    "page/2": "",
    "a/b/feed/atom/": "a/b/",
    "a/b/3/": "a/b/",
    "was/feed/": "a/b/",
    "2022/page/3/": "",
    "2022/feed": "",
    "feed/rdf/": "feed.xml",
}


def bare(folder: Path) -> Path:
    """A site of nothing but pages without further ones, and the files of redirects."""
    names = {path: path if path.endswith(".xml") else f"{path}index.html" for path in PLAIN}
    texts = {folder / "public" / names[path]: text for path, text in PLAIN.items()}
    rows = [
        Redirect("/2022/", "/", behind=url_suffixes.OF_LIST),
        Redirect("/was/", "/a/b/", page=True, behind=url_suffixes.OF_ITEM),
        Redirect("/feed/", "/feed.xml"),
    ]
    parts: dict[str, str] = {}
    for file in redirects.files(rows, ("nginx", "apache"), redirects.SitePaths("", "", "public"), Log()):
        if isinstance(file, OutJoin):
            texts[folder / file.path] = file.head.decode() + parts.get(file.path, "") + file.tail.decode()
        elif isinstance(file, OutPart):
            parts[file.path] = parts.get(file.path, "") + file.data.decode()
        else:
            texts[folder / file.path] = file.data.decode()
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return folder / "public"


def check_bare(port: int) -> None:
    """By one redirect each, and never to another host."""
    site = Served(port, "https://old.example/")
    ends = {path: site.follow(f"{site.base}{path}")[:2] for path in BEHIND}
    found = {path: (urlsplit(url).path[1:], end.status) for path, (end, url) in ends.items()}
    assert found == {path: (goal, 200) for path, goal in BEHIND.items()}
    assert urlsplit(site.ask("https://old.example//evil.example/page/2/").location).netloc == "old.example"


@pytest.mark.system
@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_answers_every_old_address(built: Built, tmp_path: Path) -> None:
    port, conf = free_port(), tmp_path / "nginx.conf"
    conf.write_text(NGINX_CONF.format(folder=tmp_path, site=built.site.folder, public=built.public, port=port))
    with running([str(NGINX), "-p", str(tmp_path), "-c", str(conf)], port):
        assert silent(built, port) == []


@pytest.mark.system
@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_answers_what_stood_behind(tmp_path: Path) -> None:
    port, conf, public = free_port(), tmp_path / "nginx.conf", bare(tmp_path)
    conf.write_text(NGINX_CONF.format(folder=tmp_path, site=tmp_path, public=public, port=port))
    with running([str(NGINX), "-p", str(tmp_path), "-c", str(conf)], port):
        check_bare(port)


@pytest.mark.system
@pytest.mark.skipif(APACHE is None, reason="Apache is not installed")
def test_apache_answers_what_stood_behind(tmp_path: Path) -> None:
    port, conf, public = free_port(), tmp_path / "apache.conf", bare(tmp_path)
    conf.write_text(APACHE_CONF.format(folder=tmp_path, modules=MODULES, public=public, port=port))
    with running([str(APACHE), "-f", str(conf), "-DFOREGROUND"], port):
        check_bare(port)


@pytest.mark.system
@pytest.mark.skipif(APACHE is None, reason="Apache is not installed")
def test_apache_answers_every_old_address(built: Built, tmp_path: Path) -> None:
    port, conf = free_port(), tmp_path / "apache.conf"
    conf.write_text(APACHE_CONF.format(folder=tmp_path, modules=MODULES, public=built.public, port=port))
    with running([str(APACHE), "-f", str(conf), "-DFOREGROUND"], port):
        assert silent(built, port) == []


def test_a_site_in_a_folder(tmp_path: Path) -> None:
    """`/blog/` is part of every address, and of none twice."""
    picture = item(
        9, type="attachment", slug="quay", parent=1, link=f"{BLOG}/first/quay/", url=f"{BLOG}/wp-content/uploads/q.jpg"
    )
    text = f'<a href="{BLOG}/?p=2#x">a</a> <a href="/blog/second/">b</a> <a href="{BLOG}/first/quay/">c</a>'
    first = item(1, slug="first", link=f"{BLOG}/first/", content=text, meta={"_wp_old_slug": "once"})
    second = item(2, slug="second", link=f"{BLOG}/second/", content='<h2 id="x">Here</h2>', type="page")
    source = tmp_path / "blog.xml"
    source.write_text(
        export(first, second, picture).replace("<wp:base_blog_url>https://old.example<", f"<wp:base_blog_url>{BLOG}<")
    )
    built = build(source, tmp_path)
    assert built.base == f"{BLOG}/"
    with served(built.public, built.base) as site:
        found = crawl(site)
        rules = Netlify(built.site.text("static/_redirects"), built.base)
        bad = unanswered(site, [*built.old, *built.behind], rules)
        assert site.ask("https://old.example/first/").status == 404
    assert bad == []
    assert [link for link in found.broken if "/uploads/" not in link.url] == []
    assert urlsplit(rules.goal(f"{BLOG}/?p=1")).path == "/blog/first/"
    assert urlsplit(rules.goal(f"{BLOG}/first/quay/")).path == "/blog/first/"
    assert 'href="/blog/wp-content/uploads/q.jpg"' in (built.public / "first/index.html").read_text(encoding="utf-8")


def test_nothing_unless_asked_for(tmp_path: Path) -> None:
    site = convert_files(tmp_path, ROOT / "fixtures/wordpress/harbour.xml")
    assert site.files("redirects/*") == []
    assert [path for path in site.files("static/**/*") if "." in path] == ["static/start.css"]
