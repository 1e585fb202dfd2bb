"""What a WordPress site showed around its texts, looked for in a converted Jekyll site as Jekyll builds it.

usage: python -m tests.jekyll_fidelity TRUTH SITE

TRUTH is what a real WordPress showed, as JSON: posts (title, date, author, terms, picture, comments), terms and authors
with their links and posts, menus. SITE is the converted site; a copy of it is built. Printed is each kind of fact with
how many are right, then what is wrong; the exit status is 1 where anything is.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from lxml import etree

from converters.html import tree
from tests import children
from tests.fidelity import BLOCKS, FOLD

_WHERE = """
Jekyll::Hooks.register :site, :post_write do |site|
  all = site.pages + site.documents
  rows = all.select { |one| one.data["source_id"] }.map do |one|
    [one.data["source_id"].to_s, [one.url, one.respond_to?(:collection) ? one.relative_path : one.path]]
  end
  File.write(File.join(site.dest, "where.json"), rows.to_h.to_json)
end
"""
"""A plug-in of the copy: where each item is."""
_REFRESH = re.compile(r"url=(.*)", re.I | re.S)
_SIZE = re.compile(r"-(?:\d+x\d+|scaled)(?=\.\w+$)")
_DATE = re.compile(r"^date: (\S+)", re.M)
_DASHES = re.compile("-{2,}")


class Fact(NamedTuple):
    """Something that WordPress showed."""

    kind: str
    what: str
    right: bool
    why: str = ""


class Page(NamedTuple):
    path: str
    root: etree._Element

    @property
    def text(self) -> str:
        return plain(self.root)

    @property
    def titles(self) -> list[str]:
        return [plain(heading) for heading in self.root.iter("h1")]

    @property
    def links(self) -> set[str]:
        return {link.rstrip("/") for element in self.root.iter("a") if (link := str(element.get("href") or ""))}


class Built:
    """A site that Jekyll has built."""

    def __init__(self, source: Path, folder: Path) -> None:
        self._source, self._folder = source, folder
        self.items: Mapping[str, tuple[str, str]] = json.loads((folder / "where.json").read_text(encoding="utf-8"))
        """source id -> URL, file"""

    def date(self, id: str) -> str:
        """The date in an item's file, as it is written."""
        found = _DATE.search((self._source / self.items[id][1]).read_text(encoding="utf-8"))
        return found[1].replace("T", " ") if found else ""

    @cache  # noqa: B019, for as long as the one run of this program
    def page(self, path: str) -> Page | None:
        """The page at a path, after redirects; None where there is none."""
        for _ in range(4):
            inside = path.strip("/")
            file = self._folder / inside if inside.endswith(".html") else self._folder / inside / "index.html"
            if not file.is_file():
                return None
            root = tree.parse(file.read_text(encoding="utf-8"))
            goal = _goal(root)
            if not goal:
                return Page(path, root)
            path = path_of(goal)
        return None

    def listed(self, page: Page) -> set[str]:
        """Paths of what a list names."""
        entries = page.root.xpath("//main//ul[contains(@class,'older')]/li/a[1] | //main//article//h2//a[1]")
        return {path_of(str(entry.get("href"))) for entry in entries}  # type: ignore[union-attr]


def _goal(root: etree._Element) -> str:
    for meta in root.iter("meta"):
        if str(meta.get("http-equiv") or "").lower() == "refresh":
            found = _REFRESH.search(str(meta.get("content") or ""))
            return found[1].strip() if found else ""
    return ""


def plain(root: etree._Element | str) -> str:
    """Text in which only words count; typographic signs as the plain ones."""
    if isinstance(root, str):
        root = tree.parse(root)
    parts: list[str] = []
    _gather(root, parts)
    return " ".join(_DASHES.sub("-", "".join(parts).translate(FOLD)).split()).casefold()


def _gather(root: etree._Element, parts: list[str]) -> None:
    for event, element in etree.iterwalk(root, events=("start", "end")):
        gap = "\n" if element.tag in BLOCKS or element.tag == "br" else ""
        if event == "start":
            parts += [gap, element.text or "" if isinstance(element.tag, str) else ""]
        else:
            parts += [gap, (element.tail or "") if element is not root else ""]


def lines(text: str) -> list[str]:
    """The blocks of HTML as text."""
    parts: list[str] = []
    _gather(tree.parse(text), parts)
    found = (" ".join(_DASHES.sub("-", line.translate(FOLD)).split()).casefold() for line in "".join(parts).split("\n"))
    return [line for line in found if line]


def path_of(url: str) -> str:
    return "/" + unquote(urlsplit(url).path).strip("/")


def facts(truth: Mapping[str, Any], built: Built) -> Iterator[Fact]:
    where: dict[int, str] = {}
    for id, post in truth["posts"].items():
        url, _ = built.items.get(id, ("", ""))
        page = built.page(path_of(url)) if url else None
        if post["protected"]:
            yield Fact("protected hidden", id, page is None)
            continue
        yield Fact("post page", id, page is not None, post["link"])
        if page is not None:
            where[int(id)] = page.path
            yield from _of_post(id, post, page, built.date(id), truth["terms"])
    for term in truth["terms"]:
        yield from _of_term(term, where, built)
    for author in truth["authors"]:
        page = built.page(path_of(author["link"]))
        wanted = {where[id] for id in author["posts"] if id in where}
        missing = wanted - (built.listed(page) if page is not None else set())
        yield Fact("author page", author["link"], page is not None and not missing, f"{len(missing)} missing")
    home = built.page("/")
    shown = home.text if home is not None else ""
    for menu in truth["menus"]:
        for entry in menu["items"]:
            label = plain(entry["title"] or "-")
            yield Fact("menu entry", label, label in shown or not _is_first(menu, truth), menu["name"])


def _is_first(menu: Mapping[str, Any], truth: Mapping[str, Any]) -> bool:
    """Themes show one menu; the others are data."""
    return bool(menu is truth["menus"][0])


def _of_post(
    id: str, post: Mapping[str, Any], page: Page, date: str, terms: Iterable[Mapping[str, Any]]
) -> Iterator[Fact]:
    yield Fact("title", id, not post["title"] or plain(post["title"]) in page.titles, f"{post['title']} {page.titles}")
    yield Fact("date", id, date[:19] == post["date"], f"{post['date']} became {date}")
    days = [plain(time) for header in page.root.iter("header") for time in header.iter("time")]
    if days:
        yield Fact("day", id, days == [post["date"][:10]], f"{post['date']} became {days}")
    if post["type"] == "post":
        yield Fact("author", id, plain(html.escape(html.unescape(post["author"]))) in page.text, post["author"])
    for taxonomy, slugs in (post["terms"] or {}).items():
        for slug in slugs:
            term = next(one for one in terms if (one["taxonomy"], one["slug"]) == (taxonomy, slug))
            links = [link for link in page.root.iter("a") if path_of(str(link.get("href"))) == path_of(term["link"])]
            names = [plain(link) for link in links]
            right = plain(html.escape(term["name"])) in names
            yield Fact("term on post", f"{id} {taxonomy}/{slug}", right, f"{term['name']} {names}")
    if post["picture"]:
        stem = _SIZE.sub("", post["picture"].rpartition("/")[2]).rpartition(".")[0]
        shown = any(stem in str(image.get("src")) for image in page.root.iter("img"))
        yield Fact("featured picture", id, shown, post["picture"])
    for comment in post["comments"]:
        yield from _of_comment(f"{id}#{comment['id']}", comment, page)


def _of_comment(key: str, comment: Mapping[str, Any], page: Page) -> Iterator[Fact]:
    missing = [line for line in lines(comment["html"]) if line not in page.text]
    yield Fact("comment text", key, not missing, str(missing[:1]))
    author = plain(html.escape(html.unescape(comment["author"])))
    yield Fact("comment author", key, author in page.text, comment["author"])
    links = [str(link.get("href")).rstrip("/") for link in tree.parse(comment["html"]).iter("a")]
    links += [html.unescape(comment["url"]).rstrip("/")] if comment["url"] else []
    shown = page.links | {path_of(link) for link in page.links}
    lost = [link for link in links if link not in shown and path_of(link) not in shown]
    yield Fact("comment links", key, not lost, str(lost[:1]))


def _of_term(term: Mapping[str, Any], where: Mapping[int, str], built: Built) -> Iterator[Fact]:
    wanted = {where[id] for id in term["posts"] if id in where}
    if not wanted:
        return
    key = f"{term['taxonomy']}/{term['slug']}"
    page = built.page(path_of(term["link"])) if not urlsplit(term["link"]).query else None
    yield Fact("term page", key, page is not None, term["link"])
    if page is None:
        return
    name = plain(html.escape(term["name"]))
    yield Fact("term name", key, name in page.titles, f"{term['name']} {page.titles}")
    shown = built.listed(page)
    others = (shown & set(where.values())) - wanted
    yield Fact("term posts", key, wanted <= shown and not others, f"{len(wanted - shown)} missing, {others}")
    lost = [line for line in lines(term["html"]) if line not in page.text]
    if term["html"].strip():
        yield Fact("term description", key, not lost, str(lost[:1]))


def build(site: Path, folder: Path) -> Built:
    """Build a copy of the site below `folder`."""
    copy, built = folder / "site", folder / "built"
    shutil.copytree(site, copy, ignore=shutil.ignore_patterns("_site", ".postferry"))
    (copy / "_plugins").mkdir(exist_ok=True)
    (copy / "_plugins/where.rb").write_text(_WHERE, encoding="utf-8")
    command = ["jekyll", "build", "--strict_front_matter", "--disable-disk-cache", "-q"]
    done = children.run(
        [*command, "--source", str(copy), "--destination", str(built)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return Built(copy, built)


def main(truth: str, site: str) -> int:
    with tempfile.TemporaryDirectory() as folder:
        found = list(facts(json.loads(Path(truth).read_text(encoding="utf-8")), build(Path(site), Path(folder))))
    every, right = Counter(fact.kind for fact in found), Counter(fact.kind for fact in found if fact.right)
    rows = [f"{kind:18} {right[kind]}/{number}" for kind, number in every.items()]
    rows += [f"{fact.kind} {fact.what}: {fact.why}" for fact in found if not fact.right]
    rows += [f"around {right.total()}/{every.total()} = {100 * right.total() / max(every.total(), 1):.1f} %"]
    sys.stdout.write("\n".join(rows) + "\n")
    return int(right.total() < every.total())


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
