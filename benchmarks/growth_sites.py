"""Sites with n of something, to see how time grows with it: (importer, n → what makes the source)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.wxr import export, item

Make = Callable[[Path], Path]


def wordpress(*items: str, head: str = "") -> Make:
    def make(folder: Path) -> Path:
        (folder / "export.xml").write_text(export(*items, head=head), encoding="utf-8")
        return folder / "export.xml"

    return make


def hugo(matter: str = "", text: str = "Text.", config: str = "", **files: str) -> Make:
    """A site of one post and of other files, each with front matter and a text."""

    def make(folder: Path) -> Path:
        site = folder / "site"
        for path, inside in {"content/posts/a.md": f"{matter}\n---\n{text}", **files}.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(f"---\ntitle: A\n{inside}")
        (site / "hugo.toml").write_text(f"baseURL = 'https://old.example'\n{config}")
        return site

    return make


def times(number: int, text: str) -> str:
    """`{i}` in it is a number from 0, `{j}` the one before."""
    return "".join(text.replace("{i}", str(i)).replace("{j}", str(i - 1)) for i in range(number))


def author(number: int, name: str) -> str:
    return (
        f"<wp:author><wp:author_id>{number + 10}</wp:author_id><wp:author_login>u{number}</wp:author_login>"
        f"<wp:author_display_name>{name}</wp:author_display_name></wp:author>"
    )


def category(slug: str, name: str, above: str = "", description: str = "") -> str:
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>{above}"
        f"</wp:category_parent><wp:cat_name>{name}</wp:cat_name>"
        f"<wp:category_description><![CDATA[{description}]]></wp:category_description></wp:category>"
    )


def comment(number: int, above: int = 0) -> dict[str, Any]:
    return {
        "id": number, "author": f"c{number}", "content": f"Hi {number}", "approved": 1, "parent": above,
        "date": "2021-01-01 00:00:00",
    }  # fmt: skip


def entry(number: int, above: int = 0, menu: str = "main") -> str:
    meta = {
        "_menu_item_type": "custom", "_menu_item_menu_item_parent": str(above), "_menu_item_object_id": "1",
        "_menu_item_url": f"https://x.example/{number}", "_menu_item_object": "custom",
    }  # fmt: skip
    return item(number, type="nav_menu_item", title=f"M{number}", terms=[("nav_menu", menu, menu)], meta=meta)


def attachment(number: int, **fields: Any) -> str:
    url = f"https://old.example/wp-content/uploads/a{number}.jpg"
    return item(number, type="attachment", url=url, meta={"_wp_attached_file": f"a{number}.jpg"}, **fields)


def meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{value}</wp:meta_value></wp:postmeta>"


def posts(number: int, **fields: Any) -> list[str]:
    return [item(i + 1, **fields) for i in range(number)]


MENU = "[[menus.main]]\nname='a{i}'\nurl='/a{i}'\nweight={i}\n"
SITES: dict[str, tuple[str, Callable[[int], Make]]] = {
    "menu entries": ("hugo", lambda n: hugo(config=times(n, MENU))),
    "menu entries of one name": ("hugo", lambda n: hugo(config=times(n, "[[menus.main]]\nname='a'\nurl='/a{i}'\n"))),
    "menu entries in each other": (
        "hugo", lambda n: hugo(config=times(n, "[[menus.main]]\nname='a{i}'\nparent='a{j}'\nurl='/a{i}'\n"))),
    "menu entries below one": (
        "hugo", lambda n: hugo(config=times(n, "[[menus.main]]\nname='a{i}'\nparent='a0'\nurl='/a{i}'\n"))),
    "menus": ("hugo", lambda n: hugo(config=times(n, "[[menus.m{i}]]\nname='a'\nurl='/a'\n"))),
    "menus of a page": ("hugo", lambda n: hugo(f"menus: [{times(n, 'm{i}, ')}]")),
    "pages of a menu": ("hugo", lambda n: hugo(**{f"content/p/a{i}.md": "menus: [main]\n---\nx" for i in range(n // 8)})),
    "parameters": ("hugo", lambda n: hugo(times(n, "p{i}: x\n"))),
    "tags of a page": ("hugo", lambda n: hugo(f"tags: [{times(n, 't{i}, ')}]")),
    "tags of one slug": ("hugo", lambda n: hugo("tags: [" + times(n, '"t{i} a", "t{i}-a", ') + "]")),
    "former addresses of a page": ("hugo", lambda n: hugo(f"aliases: [{times(n, '/t{i}/, ')}]")),
    "resources of a page": ("hugo", lambda n: hugo("resources:\n" + times(n, "- src: a{i}.jpg\n"))),
    "authors of a page": ("hugo", lambda n: hugo(f"authors: [{times(n, 'u{i}, ')}]")),
    "cascades": ("hugo", lambda n: hugo(**{
        "content/posts/_index.md": "cascade:\n" + times(n, "- p{i}: x\n") + "---\nx"})),
    "cascades of folders in each other": ("hugo", lambda n: hugo(**{
        f"content/{'s/' * (i + 1)}_index.md": f"cascade:\n  p{i}: x\n---\nx" for i in range(min(n // 40, 200))})),
    "languages": ("hugo", lambda n: hugo(config=times(n // 10, "[languages.l{i}]\nweight={i}\n"))),
    "translations": ("hugo", lambda n: hugo(
        config=times(n // 40, "[languages.l{i}]\nweight=1{i}\n"),
        **{f"content/p/a.l{i}.md": "---\nx" for i in range(n // 40)})),
    "taxonomies in the settings": ("hugo", lambda n: hugo(config="[taxonomies]\n" + times(n, "x{i}='y{i}'\n"))),
    "settings": ("hugo", lambda n: hugo(config="[params]\n" + times(n, "x{i}='y{i}'\n"))),
    "permalinks in the settings": ("hugo", lambda n: hugo(config="[permalinks]\n" + times(n, "x{i}='/y{i}/:slug/'\n"))),
    "sections": ("hugo", lambda n: hugo(**{f"content/s{i}/a.md": "---\nx" for i in range(n // 8)})),
    "folders in each other": ("hugo", lambda n: hugo(**{f"content/{'s/' * (i + 1)}a.md": "---\nx" for i in range(min(n // 8, 200))})),
    "pages of one slug": ("hugo", lambda n: hugo(**{f"content/posts/a{i}.md": "slug: x\n---\nx" for i in range(n // 8)})),
    "pages of one address": ("hugo", lambda n: hugo(**{f"content/posts/a{i}.md": "url: /x/\n---\nx" for i in range(n // 8)})),
    "pages of one alias": ("hugo", lambda n: hugo(**{f"content/posts/a{i}.md": "aliases: [/x/]\n---\nx" for i in range(n // 8)})),
    "posts": ("wordpress", lambda n: wordpress(*posts(n // 4))),
    "authors of one display name": ("wordpress", lambda n: wordpress(
        *(item(i + 1, author=f"u{i}") for i in range(n // 4)), head="".join(author(i, "Bob") for i in range(n // 4)))),
    "authors": ("wordpress", lambda n: wordpress(
        *(item(i + 1, author=f"u{i}") for i in range(n // 4)), head="".join(author(i, f"B{i}") for i in range(n // 4)))),
    "authors in the head": ("wordpress", lambda n: wordpress(item(1), head="".join(author(i, "Bob") for i in range(n)))),
    "menu entries of an export": ("wordpress", lambda n: wordpress(item(1), *(entry(5_000 + i) for i in range(n)))),
    "menu entries of an export in each other": ("wordpress", lambda n: wordpress(
        item(1), *(entry(5_000 + i, 4_999 + i if i else 0) for i in range(n)))),
    "menus of an export": ("wordpress", lambda n: wordpress(
        item(1), *(entry(5_000 + i, menu=f"m{i}") for i in range(n // 2)))),
    "terms of a post": ("wordpress", lambda n: wordpress(item(1, terms=[("category", f"c{i}", f"C{i}") for i in range(n)]))),
    "terms of one name": ("wordpress", lambda n: wordpress(
        item(1, terms=[("category", f"c{i}", "C") for i in range(n)]),
        head="".join(category(f"c{i}", "C") for i in range(n)))),
    "terms of one slug": ("wordpress", lambda n: wordpress(
        item(1, terms=[("category", "c", f"C{i}") for i in range(n)]),
        head="".join(category("c", f"C{i}") for i in range(n)))),
    "terms in each other": ("wordpress", lambda n: wordpress(
        item(1, terms=[("category", f"c{n - 1}", "C")]),
        head="".join(category(f"c{i}", f"C{i}", f"c{i - 1}" if i else "") for i in range(n)))),
    "terms in each other, all on a post": ("wordpress", lambda n: wordpress(
        item(1, terms=[("category", f"c{i}", f"C{i}") for i in range(n)]),
        head="".join(category(f"c{i}", f"C{i}", f"c{i - 1}" if i else "") for i in range(n)))),
    "terms with a description": ("wordpress", lambda n: wordpress(
        item(1), head="".join(category(f"c{i}", f"C{i}", "", f"<b>D{i}</b>") for i in range(n)))),
    "terms and posts": ("wordpress", lambda n: wordpress(
        *(item(i + 1, terms=[("category", f"c{i}", f"C{i}")]) for i in range(n // 4)),
        head="".join(category(f"c{i}", f"C{i}", "c0" if i else "") for i in range(n // 4)))),
    "taxonomies": ("wordpress", lambda n: wordpress(item(1, terms=[(f"tax{i}", "c", "C") for i in range(n)]))),
    "post types": ("wordpress", lambda n: wordpress(item(1), *(item(i + 2, type=f"t{i}") for i in range(n // 4)))),
    "posts of one slug": ("wordpress", lambda n: wordpress(*posts(n // 4, slug="x"))),
    "posts of one long slug": ("wordpress", lambda n: wordpress(*posts(n // 4, slug="x" * 300))),
    "posts of one address": ("wordpress", lambda n: wordpress(*posts(n // 4, link="https://old.example/x/"))),
    "posts of one title": ("wordpress", lambda n: wordpress(*posts(n // 4, slug="", title="Same"))),
    "comments": ("wordpress", lambda n: wordpress(item(1, comments=[comment(i + 1) for i in range(n)]))),
    "comments in each other": ("wordpress", lambda n: wordpress(item(1, comments=[comment(i + 1, i) for i in range(n)]))),
    "comments below one": ("wordpress", lambda n: wordpress(item(1, comments=[comment(i + 1, min(i, 1)) for i in range(n)]))),
    "attachments of a post": ("wordpress", lambda n: wordpress(item(1), *(attachment(20_000 + i, parent=1) for i in range(n)))),
    "attachments of a gallery": ("wordpress", lambda n: wordpress(
        item(1, content="[gallery]"), *(attachment(20_000 + i, parent=1) for i in range(n)))),
    "attachments of one slug": ("wordpress", lambda n: wordpress(
        item(1), *(attachment(20_000 + i, parent=1, slug="x") for i in range(n)))),
    "media references": ("wordpress", lambda n: wordpress(
        item(1, content=times(n, "<img src='https://old.example/wp-content/uploads/a{i}.jpg'>")))),
    "references to one file": ("wordpress", lambda n: wordpress(
        item(1, content=times(n, "<img src='https://old.example/wp-content/uploads/a.jpg'>")))),
    "pages in each other": ("wordpress", lambda n: wordpress(*(item(i + 1, type="page", parent=i) for i in range(n // 4)))),
    "pages below one": ("wordpress", lambda n: wordpress(*(item(i + 1, type="page", parent=min(i, 1)) for i in range(n // 4)))),
    "old slugs": ("wordpress", lambda n: wordpress(item(1, raw="".join(meta("_wp_old_slug", f"o{i}") for i in range(n))))),
    "posts of one old slug": ("wordpress", lambda n: wordpress(*posts(n // 4, meta={"_wp_old_slug": "o"}))),
    "custom fields": ("wordpress", lambda n: wordpress(item(1, meta={f"f{i}": "x" for i in range(n)}))),
    "custom fields of one name": ("wordpress", lambda n: wordpress(item(1, raw=meta("f", "x") * n))),
    "rows of a field group": ("wordpress", lambda n: wordpress(item(1, meta={
        **{f"rows_{i}_x": "x" for i in range(n)}, **{f"_rows_{i}_x": "field_1" for i in range(n)},
        "rows": str(n), "_rows": "field_0"}))),
    "values of PHP": ("wordpress", lambda n: wordpress(
        item(1, meta={"f": f"a:{n}:{{{''.join(f'i:{i};i:1;' for i in range(n))}}}"}))),
    "values of PHP in each other": ("wordpress", lambda n: wordpress(item(1, meta={"f": "a:1:{i:0;" * n}))),
    "enclosures": ("wordpress", lambda n: wordpress(
        item(1, raw=meta("enclosure", "https://x.example/a.mp3\n1\naudio/mpeg") * n))),
    "links to fragments": ("wordpress", lambda n: wordpress(
        item(1, content=times(n, "<a href='https://old.example/post-1/#a{i}'>x</a>") + "<h2 id=a1>x</h2>"))),
    "fragments": ("wordpress", lambda n: wordpress(item(1, content=(
        times(n, "<h2 id=a{i}>x</h2>") + times(n, "<a href='https://old.example/post-1/#a{i}'>x</a>"))))),
    "headings of one text": ("wordpress", lambda n: wordpress(
        item(1, content="<h2>x</h2><p>x</p>" * n + "<a href='#x'>x</a>"))),
    "links by number": ("wordpress", lambda n: wordpress(
        item(1, content=times(n, "<a href='https://old.example/?p={i}'>x</a>")))),
    "posts that name the one before": ("wordpress", lambda n: wordpress(
        *(item(i + 1, content=f"<a href='https://old.example/post-{i}/#x'>x</a>") for i in range(n // 4)))),
    "languages of an export": ("wordpress", lambda n: wordpress(
        *(item(i + 1, terms=[("language", f"l{i}", f"L{i}")]) for i in range(n // 4)))),
    "translations of an export": ("wordpress", lambda n: wordpress(*(
        item(i + 1, terms=[("language", f"l{i}", f"L{i}"), ("post_translations", "pll_1", "pll_1")])
        for i in range(n // 4)))),
}  # fmt: skip
