"""Reports to look at: of an ordinary export and of a hostile one; the page as a browser without JavaScript reads it."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import Any, NamedTuple

import html5lib

from pipelines.run.carry import Options
from tests.folders import ROOT
from tests.support import Site, convert, convert_files
from tests.wxr import export, item

CONSTRUCTS = ROOT / "fixtures/wordpress/constructs.xml"
ATTACK = "<img src=x onerror=alert(1)>"
EVIL = (
    ATTACK,
    "</script><script>alert(1)</script>",
    "</style></title><svg onload=alert(1)>",
    "\" onmouseover=alert(1) x='",
    "<!-- --!> ]]> &lt;b&gt; {{ 1 }} ${1}",
    "\u202etxt.exe\u2066",
    "javascript:alert(1)",
)


class Page(NamedTuple):
    """A page, parsed as a browser does that runs no script."""

    text: str
    root: Any

    def all(self, tag: str, **wanted: str) -> list[Any]:
        return [each for each in self.root.iter(tag) if all(each.get(key) == value for key, value in wanted.items())]

    def by_id(self, id: str) -> Any:
        (found,) = [each for each in self.root.iter() if each.get("id") == id]
        return found

    def words(self, id: str) -> str:
        return " ".join(" ".join(self.by_id(id).itertext()).split())


def page_of(site: Site) -> Page:
    return read(Path(site.outcome.page))


def read(file: Path) -> Page:
    text = file.read_text(encoding="utf-8")
    return Page(text, html5lib.parse(text, treebuilder="etree", namespaceHTMLElements=False))


def constructs(folder: Path, target: str = "hugo") -> Site:
    """With the page asked for by name, so that it shows all posts side by side."""
    return convert_files(folder, CONSTRUCTS, options=Options("wordpress", target), report=str(folder / "report.html"))


def mixed(folder: Path, **job: Any) -> Site:
    """Some of everything that an export may hold."""
    unknown = "[acme_thing a=b]Words[/acme_thing] [acme_thing] [foo x=1]"
    meta = {"_menu_item_type": "custom", "_menu_item_url": "https://old.example/x/", "_menu_item_object": "custom"}
    items = [
        item(1, title="First", date="2019-02-03 10:00:00", content=f"<p>Plain words.</p><h2>Head</h2>{unknown}"),
        item(2, title="Second", date="2021-02-03 10:00:00", content='<!-- wp:acme/card {"a":1} /--><p>Here.</p>'),
        item(3, title="Hidden plan", status="draft", content="<p>DRAFTWORDS of a draft [acme_thing x=1]</p>"),
        item(4, title="Locked", password="SESAME", content="<p>LOCKEDWORDS</p>"),
        item(5, type="page", title="About", content='<p>Mail <a href="https://a:SECRET@b.example/?token=SECRET">x</a>'
             " or ada.lovelace@mail.example</p>"),
        item(6, type="attachment", title="Pier", url="https://old.example/wp-content/uploads/2021/pier.jpg"),
        item(7, type="revision", title="Old", status="inherit"),
        item(8, title="Gone", status="trash"),
        item(9, type="nav_menu_item", title="Link", meta=meta, terms=[("nav_menu", "main", "Main")]),
        item(10, title="", content=f'<p>See <a href="https://old.example/?p=7">that</a>.</p><p>{"long " * 5000}</p>'),
    ]  # fmt: skip
    return convert(folder, export(*items), **job)


def hostile(folder: Path) -> Site:
    """Attacks in titles, names of shortcodes, texts, types, dates, addresses."""
    content = (
        f"{ATTACK}<script>alert(1)</script><iframe src='https://evil.example/'></iframe><svg onload=alert(1)></svg>"
        "<a href='javascript:alert(1)'>x</a><p style='position:fixed;inset:0' id=items class=page>over</p>"
        "<img src='https://evil.example/pixel.gif' srcset='https://evil.example/2.gif 2x'>"
        "<ul><p>no item</p>text<li>one<li>two</ul><dl><dd>d</dl><li>alone<h1>Big</h1><a href='https://x.example/'></a>"
        "<table><th>only heads</table></div></details></section></main><form><input name=q id=q></form>"
        "<video src='https://evil.example/v.mp4' autoplay></video><math><mi>x</mi></math>"
        '[<b>] [</script>] [a"b] [evil-one]'
    )
    items = [
        item(number, title=title, slug=f"evil-{number}", content=f"{content}<p>{title}</p>")
        for number, title in enumerate([*EVIL, *map(escape, EVIL)], 1)
    ]
    items.append(item(50, title="Deep", slug="deep", content="<div><blockquote>" * 3000 + "end"))
    items.append(item(51, title="Wide" + "W" * 500, slug="wide", content="<p>" + "x" * 3000 + "</p>"))
    items.append(item(52, type="revision", title=ATTACK, status="inherit"))
    return convert(folder, export(*items, head=""))
