"""Files of former addresses: what each kind of server is told, and what it cannot be told."""

from __future__ import annotations

import re

import pytest

from converters.exporters.site.redirects import FORMATS, Redirect, SitePaths, files, url_suffixes
from converters.model.notices import Log
from converters.output import OutFile, OutJoin, OutPart

ROWS = [
    Redirect("/?p=12", "/ferry/"),
    Redirect("/?tag=φ a", "/tag/φ/"),
    Redirect("/old/", "/ferry/"),
    Redirect('/of "a" b$1\\x/', "/ferry/"),
    Redirect("/alias/", "/ferry/", page=True),
    Redirect("/feed/", "/index.xml"),
    Redirect("/quay.html", "/wp-content/uploads/Ä 100%1.jpg"),
]


def written(name: str, rows: list[Redirect], root: str = "") -> tuple[dict[str, str], Log]:
    log = Log()
    parts: dict[str, bytes] = {}
    found: dict[str, str] = {}
    for file in files(rows, [name], SitePaths(root, root, "static"), log):
        if isinstance(file, OutPart):
            parts[file.path] = parts.get(file.path, b"") + file.data
        elif isinstance(file, OutJoin):
            found[file.path] = (file.head + parts.get(file.path, b"") + file.tail).decode()
        else:
            found[file.path] = file.data.decode()
    return found, log


def test_netlify() -> None:
    found, log = written("netlify", ROWS)
    lines = found["static/_redirects"].splitlines()
    assert lines[1 : lines.index("# Feeds and further pages of all others lead to the page itself.")] == [
        "/ p=12 /ferry/ 301!",
        "/ tag=%CF%86%20a /tag/%CF%86/ 301!",
        "/old/ /ferry/ 301",
        "/of%20%22a%22%20b%241%5Cx/ /ferry/ 301",
        "/alias/ /ferry/ 301!",
        "/feed/* /index.xml 301",
        "/quay.html /wp-content/uploads/%C3%84%20100%251.jpg 301",
    ]
    assert log.notices == []


def test_cloudflare_takes_no_query_and_2000_rules() -> None:
    found, log = written("cloudflare", [*ROWS, *(Redirect(f"/{number}/", "/ferry/") for number in range(2000))])
    lines = found["static/_redirects"].splitlines()[1:]
    assert lines[0] == "/old/ /ferry/ 301"
    assert len(lines) == 2000
    assert [(notice.code, notice.what, notice.where) for notice in log.notices] == [
        ("redirect.unsupported", "7", "cloudflare")
    ]


def test_pages() -> None:
    found, log = written("html", ROWS)
    assert sorted(found) == ["static/feed/index.html", "static/old/index.html", "static/quay.html"]
    assert '<meta http-equiv="refresh" content="0; url=/ferry/">' in found["static/old/index.html"]
    assert '<link rel="alternate" type="application/rss+xml" href="/index.xml">' in found["static/feed/index.html"]
    assert [notice.what for notice in log.notices] == ["3"], "two queries, and a name that no folder can have"


def test_pages_below_a_folder() -> None:
    found, _ = written("html", [Redirect("/blog/old/", "/blog/new/")], root="/blog")
    assert list(found) == ["static/old/index.html"]


@pytest.mark.parametrize("path", ["/../etc/", "/a/./b/", "/" + "x" * 300 + "/", "/a\\b/", "/a\nb/", "/"])
def test_no_page_outside(path: str) -> None:
    found, log = written("html", [Redirect(path, "/ferry/")])
    assert found == {}
    assert len(log.notices) == 1


def test_nginx() -> None:
    found, log = written("nginx", ROWS)
    maps = found["redirects/nginx-http.conf"]
    assert '"/?12|||||||||" "/ferry/";' in maps
    assert '"/?|||||%CF%86%20a||||" "/tag/%CF%86/";' in maps
    assert '"/of \\"a\\" b$1\\\\x?|||||||||" "/ferry/";' in maps
    assert "return 301 $former_moved;" in found["redirects/nginx-server.conf"]
    assert log.notices == []


def test_nginx_knows_no_case() -> None:
    """Two keys that differ in it would end its start; one that leads to itself would never end."""
    rows = [Redirect("/A/", "/x/"), Redirect("/a/", "/y/"), Redirect("/Tide/", "/tide/"), Redirect("/?lamp=1", "/z/")]
    found, log = written("nginx", rows)
    assert re.findall(r'"/(\w*)\?', found["redirects/nginx-http.conf"]) == ["A"]
    assert [notice.what for notice in log.notices] == ["3"]


def test_apache() -> None:
    found, log = written("apache", ROWS)
    lines = found["static/.htaccess"].splitlines()
    assert "RewriteRule ^ - [S=2]" in lines, "without a query, two rules are passed over"
    assert "RewriteCond %{QUERY_STRING} (?:^|&)p=12(?:&|$) [NC]" in lines
    assert "RewriteRule ^old/?$ /ferry/ [R=301,L,NE,QSD]" in lines
    assert "RewriteRule ^of\\x20\\x22a\\x22\\x20b\\$1\\x5cx/?$ /ferry/ [R=301,L,NE,QSD]" in lines
    assert "RewriteRule ^quay\\.html/?$ /wp-content/uploads/\\%C3\\%84\\%20100\\%251.jpg [R=301,L,NE,QSD]" in lines
    assert log.notices == []


BEHIND = [
    Redirect("/tag/x/feed/", "/tag/x/index.xml"),
    Redirect("/2022/", "/posts/", behind=url_suffixes.OF_LIST),
    Redirect("/was/", "/ferry/", page=True, behind=url_suffixes.OF_ITEM),
]


def test_netlify_and_what_stood_behind() -> None:
    found, _ = written("netlify", [row._replace(old=f"/blog{row.old}") for row in BEHIND], "/blog")
    lines = found["static/_redirects"].splitlines()
    assert lines[1:9] == [
        "/blog/tag/x/feed/* /tag/x/index.xml 301",
        "/blog/2022/ /posts/ 301",
        "/blog/2022/feed/* /posts/ 301",
        "/blog/2022/page/* /posts/ 301",
        "/blog/was/ /ferry/ 301!",
        "/blog/was/feed/* /ferry/ 301",
        "/blog/was/embed /ferry/ 301",
        "/blog/was/comment-page-1 /ferry/ 301",
    ]
    assert lines[10:12] == ["/blog/page/* /blog/ 301", "/blog/:a/feed/* /blog/:a/ 301"]
    assert "/blog/:a/:b/:c/2 /blog/:a/:b/:c/ 301" in lines


def test_apache_and_what_stood_behind() -> None:
    found, _ = written("apache", BEHIND)
    lines = found["static/.htaccess"].replace("[:cntrl:]", "").splitlines()  # which Python does not know
    rules = [line.split()[1] for line in lines if line.startswith("RewriteRule")]
    by_path = {
        path: next((number for number, rule in enumerate(rules) if re.search(rule, path)), None)
        for path in (
            "tag/x/feed/",
            "tag/x/feed/atom/",
            "2022/page/12/",
            "2022/feed",
            "2022/march/",
            "was/comment-page-3/",
            "was/2/",
            "ferry/feed/rss2/",
            "a/b/c/embed",
            "page/2/",
            "/evil.example/page/2/",
            "ferry/feed/x/",
        )
    }
    assert list(by_path.values()) == [0, 0, 1, 1, None, 2, 4, 4, 4, 3, None, None]
    assert "ROOT" not in found["static/.htaccess"]


def test_nginx_and_what_stood_behind() -> None:
    found, _ = written("nginx", BEHIND, "/b/log")
    maps, rules = found["redirects/nginx-http.conf"], found["redirects/nginx-server.conf"]
    assert re.findall(r'  "(/[^?]*)\?', maps) == [
        "/tag/x/feed",
        "/2022",
        "/2022/feed",
        "/was",
        "/was/feed",
        "/was/embed",
    ]
    assert 'rewrite "^/b/log/page/[0-9]+/?$" /b/log/? permanent;' in rules


@pytest.mark.parametrize(("name", "path"), [("nginx", "redirects/nginx-server.conf"), ("apache", "static/.htaccess")])
def test_an_odd_folder_gets_no_rule_of_its_own(name: str, path: str) -> None:
    """A path that would have to be escaped stands in no pattern."""
    assert "[0-9]+" not in written(name, ROWS, '/a "$1')[0][path]


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_every_address_once_and_none_to_itself(name: str) -> None:
    twice = [Redirect("/a/", "/b/"), Redirect("/a/", "/c/"), Redirect("/d/", "/d/")]
    once, _ = written(name, twice[:1])
    again, log = written(name, twice)
    assert again == once
    assert log.notices == []


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"html"}))
def test_no_line_of_a_configuration_can_be_forged(name: str) -> None:
    rows = [Redirect("/a\nRewriteRule ^ http://evil.example/", "/b/"), Redirect("/c/", "//evil.example/")]
    found, _ = written(name, rows)
    text = "".join(found.values())
    assert "http://evil.example" not in text
    assert "//evil.example" not in text


def test_nothing_without_names() -> None:
    assert list(files(ROWS, [], SitePaths("", "", "static"), Log())) == []
    assert all(isinstance(file, OutFile | OutJoin) for file in files([], ["nginx"], SitePaths("", ""), Log()))
