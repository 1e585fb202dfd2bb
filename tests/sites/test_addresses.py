"""Nothing breaks after the move: the fixtures built by the real Hugo, crawled, and asked for every old address."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic, sleep
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit
from xml.etree import ElementTree

import pytest

from converters.options import WriteOptions
from pipelines.carry import Options
from tests.crawl import Answer, Crawl, crawl, served
from tests.crawl import Site as Served
from tests.support import Site, convert_files, hugo
from tests.wxr import SPACES, export, item

ROOT = Path(__file__).parents[2]
FIXTURES = ("harbour", "constructs", "polylang")
BROKEN_BEFORE = {  # links that led nowhere in WordPress either
    "harbour": {"/x/{{y}}/"},
    "constructs": {"/q/{{slug}}/", "[harbour_url]", "#9f1c"},
    "polylang": set(),
}
FURTHER = {"traversees": "/fr", "news-fr": "/fr", "bateaux": "/fr", "winter-de": "/de"}
"""The terms of further languages in the export of Polylang."""
UPLOADS = re.compile(r"/wp-content/uploads/[\w./%-]+\.\w{3,4}")
RESIZED = re.compile(r"-\d+x\d+\.\w+$")
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


@pytest.fixture(scope="module", params=FIXTURES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(ROOT / f"fixtures/wordpress/{request.param}.xml", tmp_path_factory.mktemp(request.param))


def build(export: Path, folder: Path) -> Built:
    """Convert with all files of former addresses, put the media library in its place, and build."""
    servers = ("netlify", "nginx", "apache", "html")
    site = convert_files(folder, export, options=Options("wordpress", "hugo", write=WriteOptions(redirects=servers)))
    read = Old(export)
    for path in read.uploads():
        (site.folder / "static" / path).parent.mkdir(parents=True, exist_ok=True)
        (site.folder / "static" / path).write_bytes(b"file")
    base = tomllib.loads(site.text("hugo.toml"))["baseURL"]
    return Built(export.stem, site, hugo(site.folder), base, sorted(set(read.addresses())))


class Old:
    """The old addresses of an export, read from its XML by rules of their own."""

    def __init__(self, export: Path) -> None:
        text = export.read_text(encoding="utf-8")
        text = re.sub(r"https?(://wordpress\.org/export/)1\.[012]/", r"http\g<1>1.2/", text)
        self._channel = ElementTree.fromstring(text)[0]
        self.base = self._text(self._channel, "wp:base_blog_url").rstrip("/")
        self._items = list(self._channel.iter("item"))

    @staticmethod
    def _text(element: ElementTree.Element, name: str) -> str:
        return (element.findtext(name, "", SPACES) or "").strip()

    def _shown(self, entry: ElementTree.Element) -> bool:
        kind, status = self._text(entry, "wp:post_type"), self._text(entry, "wp:status")
        furniture = kind.startswith(("wp_", "nav_menu")) or kind in ("revision", "custom_css", "oembed_cache")
        return status in ("publish", "inherit") and not self._text(entry, "wp:post_password") and not furniture

    def uploads(self) -> Iterator[str]:
        """The media library, and files that texts name without it; copies in other sizes of neither."""
        for entry in self._items:
            url = self._text(entry, "wp:attachment_url")
            if url:
                yield unquote(urlsplit(url).path).lstrip("/")
            for path in UPLOADS.findall(self._text(entry, "content:encoded")):
                if not RESIZED.search(path):
                    yield unquote(path).lstrip("/")

    def addresses(self) -> Iterator[str]:
        """All that WordPress answered: items, numbers, older slugs, files, lists, feeds, dates."""
        for entry in filter(self._shown, self._items):
            kind, id, link = (
                self._text(entry, "wp:post_type"),
                self._text(entry, "wp:post_id"),
                self._text(entry, "link"),
            )
            yield link
            yield f"{self.base}/?{'attachment_id' if kind == 'attachment' else 'p'}={id}"
            if kind == "page":
                yield f"{self.base}/?page_id={id}"
            for meta in entry.iterfind("wp:postmeta", SPACES):
                if self._text(meta, "wp:meta_key") == "_wp_old_slug":
                    slug = quote(unquote(self._text(entry, "wp:post_name")))
                    yield link.replace(f"/{slug}/", f"/{self._text(meta, 'wp:meta_value')}/")
            if kind == "post":
                day = datetime.fromisoformat(self._text(entry, "wp:post_date"))
                yield from (f"{self.base}/{day:{form}}/" for form in ("%Y", "%Y/%m", "%Y/%m/%d"))
                yield f"{self.base}/?m={day:%Y%m}"
        yield from (f"{self.base}/{path}" for path in ("", "feed/", "feed/atom/", "comments/feed/", "?feed=rss2"))
        if "ferry" in self.base:
            yield from (f"{self.base}/{path}" for path in ("fr/", "de/", "fr/feed/", "fr/author/mira/", "de/feed/"))
        yield from self._lists()

    def _lists(self) -> Iterator[str]:
        for element, slug, base in (("category", "category_nicename", "cat"), ("tag", "tag_slug", "tag")):
            for term in self._channel.iterfind(f"wp:{element}", SPACES):
                parent = self._text(term, "wp:category_parent")
                own = self._text(term, f"wp:{slug}")
                language = FURTHER.get(own, "")
                if parent:
                    continue  # stands below another
                yield f"{self.base}{language}/{element}/{own}/"
                yield f"{self.base}{language}/{element}/{own}/feed/"
                yield f"{self.base}/?{base}={self._text(term, 'wp:term_id') if base == 'cat' else own}"
        for author in self._channel.iterfind("wp:author", SPACES):
            yield f"{self.base}/author/{self._text(author, 'wp:author_login')}/"
            yield f"{self.base}/author/{self._text(author, 'wp:author_login')}/feed/"
            yield f"{self.base}/?author={self._text(author, 'wp:author_id')}"


def missing(built: Built, found: Crawl) -> list[str]:
    """The broken links that the report does not name, and that were whole before."""
    told = {notice["what"] for notice in built.site.notices("link.missing")}
    ends = tuple({unquote(urlsplit(what).path).strip("./") for what in told})
    before = tuple(BROKEN_BEFORE.get(built.name, ()))
    assert "" not in ends, "this would excuse every link"
    bad = []
    for page, url, why in found.broken:
        path = unquote(urlsplit(url).path).strip("/")
        if not path.endswith(ends) and not unquote(url).endswith(before):
            bad.append(f"{page} -> {url}: {why}")
    return bad


def test_no_link_is_broken(built: Built) -> None:
    with served(built.public, built.base) as site:
        found = crawl(site)
    assert found.pages > 20
    assert found.links > 400
    assert missing(built, found) == []


def follow_rules(rules: str, base: str) -> Callable[[str], str]:
    """Netlify's reading of `_redirects`, for rules that name one path and all parameters."""
    known = {}
    for line in rules.splitlines():
        if line and not line.startswith("#"):
            path, *asked, new, status = line.split(" ")
            assert status.startswith("301")
            known[unquote(path).rstrip("/"), tuple(unquote(pair) for pair in asked)] = new

    def goal(url: str) -> str:
        parts = urlsplit(url)
        asked = tuple(f"{name}={value}" for name, value in parse_qsl(parts.query))
        new = known.get((unquote(parts.path).rstrip("/"), asked))
        return urljoin(base, new) if new else url

    return goal


def test_every_old_address_answers(built: Built) -> None:
    """With the rules of Netlify: at once, or by one redirect of the rules or of a page."""
    goal = follow_rules(built.site.text("static/_redirects"), built.base)
    with served(built.public, built.base) as site:
        bad = [url for url in built.old if not answers(site, url, goal(url))]
    assert len(built.old) > 60
    assert bad == []


def answers(site: Served, url: str, goal: str) -> bool:
    answer, _, _ = site.follow(goal, 0 if goal != url else 1)
    return answer.status == 200


def test_without_rules_every_path_answers(built: Built) -> None:
    """Pages and Hugo's aliases alone answer all but addresses with a query, which no page can."""
    paths = [url for url in built.old if not urlsplit(url).query]
    with served(built.public, built.base) as site:
        bad = [url for url in paths if site.follow(url)[0].status != 200]
    assert bad == []


def test_a_number_leads_to_its_post_and_a_feed_to_a_feed(built: Built) -> None:
    goal = follow_rules(built.site.text("static/_redirects"), built.base)
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
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        deadline = monotonic() + 20
        while True:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            assert process.poll() is None, process.stdout.read().decode() if process.stdout else ""
            assert monotonic() < deadline, "the server does not answer"
            sleep(0.05)
        yield
    finally:
        process.terminate()
        process.wait(20)
        if process.stdout is not None:
            process.stdout.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def unanswered(built: Built, port: int) -> list[str]:
    """Old addresses that do not answer at once or by one redirect, as the server itself says."""
    site = Served(port, built.base)
    return [f"{url}: {end.status}" for url in built.old if (end := _end(site, url)).status != 200]


def _end(site: Served, url: str) -> Answer:
    first = site.ask(url)
    return site.ask(first.location) if first.status == 301 else first


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


@pytest.mark.system
@pytest.mark.skipif(NGINX is None, reason="nginx is not installed")
def test_nginx_answers_every_old_address(built: Built, tmp_path: Path) -> None:
    port, conf = free_port(), tmp_path / "nginx.conf"
    conf.write_text(NGINX_CONF.format(folder=tmp_path, site=built.site.folder, public=built.public, port=port))
    with running([str(NGINX), "-p", str(tmp_path), "-c", str(conf)], port):
        assert unanswered(built, port) == []


@pytest.mark.system
@pytest.mark.skipif(APACHE is None, reason="Apache is not installed")
def test_apache_answers_every_old_address(built: Built, tmp_path: Path) -> None:
    port, conf = free_port(), tmp_path / "apache.conf"
    conf.write_text(APACHE_CONF.format(folder=tmp_path, modules=MODULES, public=built.public, port=port))
    with running([str(APACHE), "-f", str(conf), "-DFOREGROUND"], port):
        assert unanswered(built, port) == []


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
        goal = follow_rules(built.site.text("static/_redirects"), built.base)
        bad = [url for url in built.old if not answers(site, url, goal(url))]
        assert site.ask("https://old.example/first/").status == 404
    assert bad == []
    assert [link for link in found.broken if "/uploads/" not in link.url] == []
    assert urlsplit(goal(f"{BLOG}/?p=1")).path == "/blog/first/"
    assert urlsplit(goal(f"{BLOG}/first/quay/")).path == "/blog/first/"
    assert 'href="/blog/wp-content/uploads/q.jpg"' in (built.public / "first/index.html").read_text(encoding="utf-8")


def test_nothing_unless_asked_for(tmp_path: Path) -> None:
    site = convert_files(tmp_path, ROOT / "fixtures/wordpress/harbour.xml")
    assert site.files("redirects/*") == []
    assert [path for path in site.files("static/**/*") if "." in path] == ["static/start.css"]
