"""Exports whose posts are files of HTML: Medium's and Substack's. What they hold beside the posts is left out, with a
word on each: readers of theirs, statistics, claps.

Medium (https://help.medium.com, Settings > Download your information): `posts/2019-05-01_Title-1a2b3c4d5e6f.html`,
`posts/draft_Title-….html`, each an h-entry with `section[data-field=body]`; tags are not part of it.
Substack (Settings > Exports): `posts.csv`, `posts/123456.slug.html` (a piece of HTML without a head), lists of readers.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from datetime import tzinfo
from pathlib import Path

from lxml import etree

from converters.html import tree
from converters.importers.html import metadata, page, semantic
from converters.importers.html.left_out import LeftOut, Why
from converters.importers.html.metadata import Metadata
from converters.importers.html.page import Facts, HtmlPage
from converters.importers.html.read_page import PageContext, to_post, without_title
from converters.importers.shared.elements import attribute, classes
from converters.importers.shared.embeds import embed_element
from converters.model import Entry, Locator, Post, Role, Seo, Status
from converters.model.notices import Log
from converters.plugin import SiteLookup, SourceFile
from converters.verify.page_source import PageSource
from converters.verify.shown import Shown, of_page, of_tree

_MEDIUM = re.compile(rb"data-field=[\"']?body\b")
_MEDIUM_ID = re.compile(r"-?(?:-)?[0-9a-f]{8,12}$")
_MEDIUM_NAME = re.compile(r"(?:\d{4}-\d\d-\d\d|draft)_(.*)")
_SUBSTACK_NAME = re.compile(r"(\d+)\.(.*)\.html$")
"""A draft without a title has no slug either: `123456..html`."""
_MEDIUM_ACCOUNT = frozenset(
    "profile bookmarks claps lists highlights blocks interests ips memberships partner-program pubs-following "
    "sessions social-accounts topics-following twitter users-following notes applications-following".split()
)
_SUBSTACK_WIDGETS = frozenset({"subscription-widget-wrap", "subscription-widget-wrap-editor", "paywall-jump"})
_SUBSTACK_BUTTON = re.compile(r"subscribe|%%|action=share|/share")
_OPEN = frozenset({"", "everyone"})


class Export:
    """What kind of export the files are, and what each of them is."""

    def __init__(self, name: str, rows: dict[str, dict[str, str]]) -> None:
        self.name, self._rows = name, rows

    def kind(self, path: str, head: bytes) -> str:
        """`medium`, `substack` for a post, `other` for what is left out; empty for files like any other."""
        steps = path.lower().split("/")
        if self.name == "medium":
            if _MEDIUM.search(head) or (steps[-2:-1] == ["posts"] and steps[-1].endswith(".html")):
                return "medium"
            return "other" if _MEDIUM_ACCOUNT & set(steps[:-1]) or steps[-1].endswith(".html") else ""
        if steps[-2:-1] == ["posts"] and _SUBSTACK_NAME.search(path):
            return "substack"
        return "other" if steps[-1].endswith((".csv", ".html")) else ""

    def entry(
        self, number: int, file: Path, path: str, kind: str, zone: tzinfo | None
    ) -> tuple[Entry, Facts, Log, Metadata | None]:
        log = Log(page.id_of(path))
        if kind == "other":
            reason = f"account data of {self.name.capitalize()}"
            entry = Entry(log.item, "file", Role.EXCLUDED, Status.PRIVATE, reason=reason, locator=Locator(number))
            return entry, Facts(path), log, None
        if kind == "substack":
            return self._substack(number, path, zone, log)
        parsed = page.load(file, path, log)
        meta = metadata.read(parsed, zone)
        name = path.rpartition("/")[2].removesuffix(".html")
        draft = name.startswith("draft_") or meta.date is None
        found = _MEDIUM_NAME.fullmatch(name)
        entry = Entry(
            page.id_of(path),
            "post",
            Role.CONTENT,
            Status.DRAFT if draft else Status.PUBLISHED,
            slug=_MEDIUM_ID.sub("", found[1] if found else name).strip("-").lower(),
            title=_medium_title(parsed),
            permalink="" if draft else meta.canonical,
            date=meta.date,
            locator=Locator(number),
        )
        return entry, Facts(path, "medium"), log, meta

    def _substack(
        self, number: int, path: str, zone: tzinfo | None, log: Log
    ) -> tuple[Entry, Facts, Log, Metadata | None]:
        found = _SUBSTACK_NAME.search(path)
        id, slug = (found[1], found[2]) if found else ("", "")
        row = self._rows.get(f"{id}.{slug}") or self._rows.get(id) or {}
        status = Status.PUBLISHED if row.get("is_published", "").lower() in ("true", "1") else Status.DRAFT
        if status is Status.PUBLISHED and row.get("audience", "") not in _OPEN:
            status = Status.PRIVATE
        entry = Entry(
            page.id_of(path),
            "page" if row.get("type") == "page" else "post",
            Role.CONTENT,
            status,
            slug=slug or id,
            title=row.get("title", ""),
            permalink=f"/p/{slug}" if status is not Status.DRAFT else "",
            date=metadata.parse_date(row.get("post_date", ""), zone),
            locator=Locator(number),
        )
        return entry, Facts(path, "substack", row=row), log, None


def recognize(paths: Sequence[str], sources: Sequence[SourceFile]) -> Export | None:
    """The export that these files are; None for a site."""
    for path, source in zip(paths, sources, strict=True):
        if path.rpartition("/")[2] == "posts.csv":
            rows = _rows(Path(source.path))
            if rows is not None:
                return Export("substack", rows)
    pages = [
        (path.lower(), source) for path, source in zip(paths, sources, strict=True) if path.lower().endswith(".html")
    ]
    posts = [source for path, source in pages if f"/{path}".rpartition("/")[0].endswith("/posts")]
    if any(_is_medium(source) for source in posts):
        return Export("medium", {})
    alone = len(paths) < 20 and any(_is_medium(source) for _, source in pages)  # one post of an export by itself
    return Export("medium", {}) if alone else None


def _is_medium(source: SourceFile) -> bool:
    with Path(source.path).open("rb") as file:
        return _MEDIUM.search(file.read(page.HEAD)) is not None


def _rows(file: Path) -> dict[str, dict[str, str]] | None:
    with file.open(encoding="utf-8-sig", errors="replace", newline="") as opened:
        reader = csv.DictReader(opened)
        if not {"post_id", "is_published"} <= set(reader.fieldnames or ()):
            return None
        return {str(row["post_id"]): {key: value or "" for key, value in row.items() if key} for row in reader}


def medium_ids(lookup: SiteLookup) -> dict[str, str]:
    """`p/1a2b3c4d5e6f`, as posts link to each other, -> address of the post of the export with that id."""
    found = {}
    for entry in lookup.entries():
        id = entry.id.removesuffix(".html").rpartition("-")[2]
        if entry.role is Role.CONTENT and entry.permalink and re.fullmatch(r"[0-9a-f]{8,12}", id):
            found[f"p/{id}"] = entry.permalink
    return found


def _medium_title(parsed: HtmlPage) -> str:
    title = parsed.one(".p-name") or parsed.one("title")
    return " ".join(title.text.split()) if title is not None else ""


def _read_medium(data: bytes, facts: Facts, entry: Entry, reading: PageContext, log: Log) -> Post:
    parsed = page.parse(data, facts.path, log)
    meta = metadata.read(parsed, reading.zone)
    body = parsed.one("section[data-field=body]")
    subtitle = parsed.one("section[data-field=subtitle]")
    left = LeftOut(log)
    source = PageSource(of_page(body) if body is not None else Shown(), left.gone, left.comments)
    root = tree.parse(str(body.inner_html) if body is not None else "", log)
    _medium_boxes(root)
    semantic.to_semantic(root, log, reading.classes)
    first = next(root.iter("hr"), None)
    if first is not None and _is_first(first, root):
        tree.remove(first)
    if (heading := without_title(root, entry.title)) is not None:
        left.add(heading, Why.FACT)
    reading.links.apply(root, facts.path, log)
    post = to_post(entry, root, meta)
    post.source = source
    post.seo = Seo(description=" ".join(subtitle.text.split()) if subtitle is not None else "")
    return post


def _medium_boxes(root: etree._Element) -> None:
    """Links to other posts are cards; the rule between sections stands in front of each."""
    wanted = {str(link.get("href"))[1:] for link in root.iter("a") if attribute(link, "href").startswith("#")}
    for element in root.iter("*"):
        if element.get("name") == element.get("id") not in wanted:  # made by its editor
            for name in ("id", "name"):
                element.attrib.pop(name, "")
    for script in list(root.iter("script")):
        source = attribute(script, "src")
        if source.startswith("https://gist.github.com/") and (parent := script.getparent()) is not None:
            whole = parent if parent.tag == "figure" and len(parent) == 1 else script
            tree.replace(whole, embed_element(source.removesuffix(".js")))
    for box in list(root.iter("div")):
        kinds = attribute(box, "class")
        if "mixtapeEmbed" in kinds:
            link = next(box.iter("a"), None)
            if link is not None and link.get("href"):
                words = " · ".join(" ".join(str(text).split()) for text in link.itertext() if str(text).strip())
                tree.replace(box, embed_element(str(link.get("href")), words))


def _is_first(element: etree._Element, root: etree._Element) -> bool:
    """Is there nothing to be seen in front of the element?"""
    for other in root.iter("*"):
        if other is element:
            return True
        if other.tag in ("img", "p", "h1", "h2", "h3", "h4", "figure") or (other.text or "").strip():
            return False
    return False


def _read_substack(data: bytes, facts: Facts, entry: Entry, reading: PageContext, log: Log) -> Post:
    text = page.decode(data, log)
    root = tree.parse(text, log)
    left = LeftOut(log)
    source = PageSource(of_tree(root), left.gone, left.comments)
    _substack_boxes(root, left)
    semantic.to_semantic(root, log, reading.classes)
    row = facts.row
    meta = Metadata(titles=(), date=entry.date, date_source="posts.csv")
    reading.links.apply(root, facts.path, log)
    post = to_post(entry, root, meta)
    post.source = source
    post.seo = Seo(description=row.get("subtitle", ""))
    if row.get("podcast_url"):
        figure = etree.Element("figure")
        etree.SubElement(figure, "audio", controls="", src=row["podcast_url"])
        root.insert(0, figure)
        figure.tail, root.text = root.text, None
    if row.get("audience", "") not in _OPEN:
        post.params = {"audience": row["audience"]}
    return post


def _substack_boxes(root: etree._Element, left: LeftOut) -> None:
    """Boxes that only worked on Substack go; its notes become a list, its quotations quotations."""
    for box in list(root.iter("div", "p")):
        kinds = classes(box)
        if _SUBSTACK_WIDGETS & set(kinds):
            left.log("html.chrome", f"{box.tag!s}.{kinds[0]}", where="in the text")
            left.add(box)
            tree.remove(box)
        elif "button-wrapper" in kinds and _SUBSTACK_BUTTON.search(etree.tostring(box, encoding="unicode")):
            left.log("html.chrome", " ".join(tree.plain_text(box).split()) or "button", where="in the text")
            left.add(box)
            tree.remove(box)
        elif "pullquote" in kinds:
            box.tag = "blockquote"
        elif "image-link-expand" in kinds:
            left.add(box)
            tree.remove(box)
    labels = [label for label in root.iter("label") if "hide-text" in classes(label)]
    for label in labels:  # its editor's
        left.add(label)
    tree.remove_all(root, labels)
    _substack_notes(root)


def _substack_notes(root: etree._Element) -> None:
    notes = [box for box in root.iter("div") if "footnote" in classes(box)]
    for anchor in root.iter("a"):
        parent = anchor.getparent()
        if "footnote-anchor" in classes(anchor) and (parent is None or parent.tag != "sup"):
            mark = etree.Element("sup")
            tree.replace(anchor, mark)
            mark.append(anchor)
    if not notes:
        return
    list_of = etree.Element("ol")
    for note in notes:
        item = etree.SubElement(list_of, "li")
        number = next((link for link in note.iter("a") if "footnote-number" in attribute(link, "class")), None)
        back = str(number.get("href")) if number is not None else ""
        if number is not None:
            item.set("id", attribute(number, "id"))
            tree.remove(number)
        if note is not notes[0]:
            tree.remove(note)
        for child in list(note):
            for inner in list(child) if child.tag == "div" else [child]:
                item.append(inner)
        if back:
            place = next(reversed(list(item.iter("p"))), item)
            link = etree.SubElement(place, "a", href=back)
            link.text = "↩"
    tree.replace(notes[0], list_of)


Reader = Callable[[bytes, Facts, Entry, PageContext, Log], Post]
READERS: dict[str, Reader] = {"medium": _read_medium, "substack": _read_substack}
