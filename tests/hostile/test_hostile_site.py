"""A site made to break the one it becomes: every field is full of what templates, browsers and files take for commands.

Built strictly with the real Hugo and Jekyll and the layouts they come with. What was text is text there, letter for
letter; nothing that came with the input runs, nothing of the machine is read, nothing is written elsewhere.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote

import pytest
from lxml import etree

from converters.html import tree
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.hostile.cases import case
from tests.support import command, convert, convert_files, hugo
from tests.wxr import cdata, export, item

MARKS = (
    '{{< readFile "/etc/passwd" >}}',
    '{{% readFile "/etc/passwd" %}}',
    '{{ readFile "/etc/passwd" }} {{ .Site.Params }}',
    "{{< unknown x=1 >}} {{</ unknown >}} {{< figure src=x",
    "{{</* x */>}} {{%/* y */%}} {{{< z >}}}",
    "{{< {{% >}} %}}",
    "{% include /etc/passwd %} {{ site.github }} {%- if x -%}",
    "{% endraw %}{{ site.url }}{% raw %} {% unknown %} {{ 'a",
    "{% include_relative ../../../../etc/hostname %}",
    "{: onclick='attack()' } {::options x='y' /} {::nomarkdown}<script>attack()</script>{:/}",
    "<script>attack()</script>",
    "</script><script>attack()</script>",
    "</title><script>attack()</script></textarea></style>",
    '"><img src=x onerror=attack()> \' onmouseover=attack() x="',
    "<svg onload=attack()><a href=javascript:attack()>x</a></svg>",
    "[x](javascript:attack()) ![y](javascript:attack()) <javascript:attack()>",
    "`<script>attack()</script>` ``` ~~~ <!-- x --> <![CDATA[ ]]> <?php x ?>",
    "---\nevil: true\n---\n+++\ndraft = true\n+++",
    'x"\nevil: [1, 2]\n- y: &a *a !!python/object/apply:os.system ["touch /tmp/x"] # z',
    "!!binary x | > % @ ` {a: b} [c] ? - : ~ null yes 0x1F 1e3 2020-01-01",
    "../../../../etc/passwd ..\\..\\x %2e%2e%2f /etc/passwd C:\\x CON nul. \u202ehtml.exe",
    "\u202e\u2066right to left\u2069\u202c \u200b\ufeff\u2028\u2029\u0085 \ud7ff\ue000\U0001f600",
    "$x$ $$y$$ \\(z\\) *a* _b_ ~~c~~ ^d^ | e | f | # g ## h > i 1. j - k :smile: &amp;lt; &#60; &nbsp;",
    "\x1b]0;title\x07 \x9b31m \x00 \x08 \x7f tail",
)
"""Texts. Each is put into every field that holds one."""


_TYPED = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'", "–": "--", "—": "---", "…": "..."})


def visible(text: str) -> str:
    """A text as a reader sees it: white space is one space, what XML and HTML cannot hold or show is gone.

    Hugo and WordPress both set quotes and dashes as a printer would, WordPress also a hyphen between spaces.
    """
    text = text.translate(_TYPED)
    kept = re.sub(r"[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\u200b\ufeff]", "", text)
    return " ".join(re.sub(r"[\s\u0085\u2028\u2029]+", " ", kept).split()).replace(" -- ", " - ")


def plain(mark: str) -> str:
    """As WordPress stores what somebody typed: text, with what HTML means by a sign of its own escaped."""
    return escape(mark)


def name_of(mark: str) -> str:
    """The same for a term or an author, which Hugo makes a path of: names with `../` have a test of their own."""
    return escape(mark.replace("../", ".. /"))


def post(number: int, mark: str) -> str:
    """A post that says `mark` in every way a post can say something; all of it is text."""
    text = plain(mark)
    line = " ".join(text.split())
    content = (
        f"<p>Start {text} end</p>\n<h2>{text}</h2>\n<ul><li>{text}</li></ul>\n"
        f"<blockquote><p>{text}</p></blockquote>\n<table><tr><th>h</th></tr><tr><td>{text}</td></tr></table>\n"
        f'<p><code>{text}</code> <a href="https://x.example/?q={line}" title="{line}">{text}</a></p>\n'
        f'<pre><code class="language-html">{text}</code></pre>\n'
        f'<p><img src="/a.png" alt="{line}" title="{line}"></p>\n'
        f'<figure><img src="/b.png" alt="{line}"><figcaption>{text}</figcaption></figure>\n'
        f'<div class="x" title="{line}"><sub>{text}</sub></div>'
    )
    comment = {"id": number, "author": text, "author_url": f"https://x.example/?{line}", "content": text, "approved": 1}
    meta = {"field": mark, "_yoast_wpseo_metadesc": text, "_yoast_wpseo_title": text, mark[:40]: mark}
    meta |= {"_yoast_wpseo_opengraph-title": text, "_yoast_wpseo_focuskw": text, "_thumbnail_id": str(500 + number)}
    picture = item(
        500 + number,
        type="attachment",
        url=f"https://old.example/wp-content/uploads/2021/{number}.png?{line}",
        title=text,
        content=text,
        excerpt=text,
        meta={"_wp_attachment_image_alt": text},
    )
    terms = [("category", f"c{number}", name_of(mark)), ("post_tag", f"t{number}", name_of(mark))]
    fields = {"title": text, "content": content, "excerpt": text, "author": f"author{number}", "terms": terms}
    return item(number, **fields, meta=meta, comments=[comment]) + picture


def head() -> str:
    """Authors and terms that are called like marks."""
    authors = "".join(
        f"<wp:author><wp:author_id>{n}</wp:author_id><wp:author_login>author{n}</wp:author_login>"
        f"<wp:author_display_name>{cdata(name_of(mark))}</wp:author_display_name></wp:author>"
        for n, mark in enumerate(MARKS, 1)
    )
    terms = "".join(
        f"<wp:category><wp:term_id>{n}</wp:term_id><wp:category_nicename>c{n}</wp:category_nicename>"
        f"<wp:category_parent></wp:category_parent><wp:cat_name>{cdata(name_of(mark))}</wp:cat_name>"
        f"<wp:category_description>{cdata(plain(mark))}</wp:category_description></wp:category>"
        for n, mark in enumerate(MARKS, 1)
    )
    return authors + terms


def menu() -> Iterator[str]:
    for number, mark in enumerate(MARKS, 1):
        meta = {"_menu_item_type": "custom", "_menu_item_url": f"https://x.example/?{mark}"}
        if number % 2:
            meta = {"_menu_item_type": "post_type", "_menu_item_object": "post", "_menu_item_object_id": str(number)}
        terms = [("nav_menu", "main", plain(MARKS[0]))]
        fields = {"title": plain(mark), "content": plain(mark), "terms": terms, "meta": meta, "order": number}
        yield item(700 + number, type="nav_menu_item", **fields)


LIVE = (
    "<script>attack()</script><SCRIPT src=//evil.example/x.js></SCRIPT>",
    "<p onclick=attack() ONMOUSEOVER='attack()'>p</p><img src=x onerror=attack()><body onload=attack()>",
    "<a href='javascript:attack()'>a</a><a href=' java\tscript:attack()'>b</a><a href='&#106;avascript:attack()'>c</a>",
    "<a href='vbscript:attack()'>d</a><a href='data:text/html,<script>attack()</script>'>e</a>",
    "<iframe srcdoc='<script>attack()</script>'></iframe><iframe src='javascript:attack()'></iframe>",
    "<object data='javascript:attack()'>o</object><embed src='javascript:attack()'><base href='https://evil.example/'>",
    "<form action='javascript:attack()'><button formaction='javascript:attack()'>f</button></form>",
    "<svg onload=attack()><script>attack()</script><a xlink:href='javascript:attack()'><text>s</text></a></svg>",
    "<svg><a><animate attributeName=href values=javascript:attack() /><set attributeName=href to=javascript:attack() />"
    "<text>t</text></a></svg>",
    "<math><a xlink:href='javascript:attack()'>m</a></math><meta http-equiv=refresh content='0;javascript:attack()'>",
    "<noscript><p title='</noscript><img src=x onerror=attack()>'></noscript>",
    "<!--><img src=x onerror=attack()>--><!-- --!><img src=x onerror=attack()>",
    "<style></style><img src=x onerror=attack()></style><xmp></xmp><img src=x onerror=attack()></xmp>",
    "<table><tr><td background='javascript:attack()' onclick=attack()><ul><li>cell</li></ul></td></tr></table>",
    "<details open ontoggle=attack()><summary onfocus=attack() autofocus>s</summary>x</details>",
    "<video poster='javascript:attack()' onerror=attack() controls src='javascript:attack()'></video>",
    "[caption id='x' width='9' caption='<img src=x onerror=attack()>']<img src='/a.png' onerror=attack()> c[/caption]",
    "[embed]javascript:attack()[/embed] [audio src='javascript:attack()'] [video mp4='javascript:attack()']",
    "[iframe src='javascript:attack()'] [pdf url='javascript:attack()'] [gist id='\"><script>attack()</script>']",
    "[su_button url='javascript:attack()' onclick='attack()']b[/su_button] [vc_btn link='url:javascript%3Aattack()']",
    "[vc_raw_html]JTNDc2NyaXB0JTNFYXR0YWNrKCklM0MlMkZzY3JpcHQlM0U=[/vc_raw_html]",
    "<!-- wp:html --><script>attack()</script><!-- /wp:html --><!-- wp:embed {\"url\":\"javascript:attack()\"} /-->",
    '<!-- wp:cover {"url":"javascript:attack()"} --><div style="background-image:url(javascript:attack())">x</div>'
    "<!-- /wp:cover -->",
    '<!-- wp:social-links --><ul><!-- wp:social-link {"url":"javascript:attack()","service":"x"} /--></ul>'
    "<!-- /wp:social-links -->",
)  # fmt: skip


def live(number: int, html: str) -> str:
    """A post whose every field holds what runs in a browser."""
    comment = {"id": number, "author": html, "author_url": "javascript:attack()", "content": html, "approved": 1}
    meta = {"_yoast_wpseo_canonical": "javascript:attack()", "_yoast_wpseo_metadesc": html, "field": html}
    meta |= {"_thumbnail_id": "900", "_yoast_wpseo_opengraph-image": "javascript:attack()"}
    meta |= {"enclosure": "javascript:attack()\n12\naudio/mpeg"}
    terms = [("category", f"live{number}", html), ("layout", "x", html)]
    fields = {"title": f"Live {number} {html}", "content": f"<p>Before</p>\n{html}\n<p>After</p>", "excerpt": html}
    return item(number, slug=f"live-{number}", **fields, meta=meta, terms=terms, comments=[comment], author="guest")


TRICKS = (
    "../../etc/cron.d/x", "..%2f..%2fx", "%252e%252e%252fx", "..\\..\\x", "C:\\x", "//server/share", "CON", "nul.",
    "a\0b",
    ".git", ".htaccess", "_index", "index", "a" * 300, "{{ x }}", "{% x %}", "x<y>z", "\u202egnp.exe", "%", "...",
    "-", " ",
)  # fmt: skip


def hostile_export() -> str:
    items = [post(number, mark) for number, mark in enumerate(MARKS, 1)]
    items += [live(number, html) for number, html in enumerate(LIVE, 100)]
    for number, trick in enumerate(TRICKS, 200):
        kind = ("post", "page", "recipe")[number % 3]
        name = f"Term {number} {trick}".replace("../", "..")
        slug = re.sub(r"[./]", "", trick)
        terms = [("category", f"{slug}-{number}", name), (f"tax{slug}", f"{slug}-{number}", name)]
        link = f"https://old.example/{trick}/"
        items.append(item(number, title=f"Trick {number}", type=kind, slug=trick, link=link, terms=terms, content="ok"))
        url = f"https://old.example/wp-content/uploads/{trick}/{trick}.php"
        items.append(item(number + 100, type="attachment", url=url, parent=number, slug=trick))
    items.append(item(900, type="attachment", url="javascript:attack()", title=LIVE[1], excerpt=LIVE[1]))
    bio = {"cap-user_login": "guest", "cap-description": "".join(LIVE[:3])}
    items.append(item(901, type="guest-author", slug="guest", title=LIVE[1], meta=bio))
    items += menu()
    for id, address in enumerate(("javascript:attack()", " JAVA\tSCRIPT:attack()", "data:text/html,x"), 950):
        meta = {"_menu_item_type": "custom", "_menu_item_url": address}
        terms = [("nav_menu", "main", "Main")]
        items.append(item(id, type="nav_menu_item", title=f"Run {id}", content=LIVE[1], terms=terms, meta=meta))
    described = "".join(
        f"<wp:category><wp:category_nicename>live{n}</wp:category_nicename>"
        f"<wp:cat_name>{cdata(f'Live {n}')}</wp:cat_name>"
        f"<wp:category_description>{cdata(html)}</wp:category_description></wp:category>"
        for n, html in enumerate(LIVE, 100)
    )
    whole = export(*items, head=head() + described)
    everything = escape(plain(" ".join(mark for mark in MARKS if "\x1b" not in mark)))
    whole = whole.replace("<title>Old Home</title>", f"<title>{everything}</title>", 1)
    return whole.replace("<description>A test</description>", f"<description>{everything}</description>", 1)


ADDRESSES = frozenset(
    "href src action formaction data poster background cite to from by values xlink:href srcdoc".split()
)
RUNS = re.compile(r"(?:java|vb|live)script:|data:(?!image/(?:png|gif|jpe?g|webp|avif)|audio/|video/|font/)", re.I)


def active(root: etree._Element) -> Iterator[str]:
    """What would run in a browser. The start layouts bring nothing of the kind themselves."""
    for element in root.iter("*"):
        tag = str(element.tag).rpartition("}")[2].lower()
        if tag in ("script", "embed", "object", "base"):
            yield f"<{tag}>"
        for name, given in element.attrib.items():
            value = str(given)
            key = str(name).rpartition("}")[2].lower()
            address = re.sub(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]", "", value)
            if key.startswith("on") or key == "srcdoc" or (key in ADDRESSES and RUNS.match(address)):
                yield f"{key}={value} of <{tag}>"
        if (
            tag == "meta"
            and str(element.get("http-equiv", "")).lower() == "refresh"
            and "attack" in str(element.get("content"))
        ):
            yield "<meta http-equiv=refresh>"


def page(path: Path) -> etree._Element:
    """The page as a browser reads it: by the HTML standard's own parser."""
    return tree.parse(re.sub(r"(?is)^.*?<html[^>]*>|<!doctype[^>]*>", "", path.read_text(encoding="utf-8"), count=1))


def all_active(built: Path) -> list[tuple[str, str]]:
    """(file, what) in all pages, and in the HTML inside feeds."""
    found = []
    for path in sorted(built.rglob("*")):
        name = path.relative_to(built).as_posix()
        if path.suffix == ".html":
            found += [(name, what) for what in active(page(path))]
        elif path.suffix == ".xml" and path.name != "sitemap.xml":
            feed = etree.parse(path, etree.XMLParser(resolve_entities=False, no_network=True))
            for element in feed.iterfind(".//item//*"):
                if element.text and str(element.tag).endswith(("description", "encoded")):
                    found += [(name, what) for what in active(tree.parse(element.text))]
                if element.tag in ("link", "guid") or "url" in element.attrib:
                    address = str(element.get("url") or element.text or "")
                    found += [(name, address)] if RUNS.match(address.strip()) else []
    return found


CANARY = "a canary outside of the site"


class Built(NamedTuple):
    folder: Path
    site: Path
    public: Path


def built(folder: Path, target: str, build: Callable[[Path], Path]) -> Built:
    """Carried by the command, with the options as they are, and built strictly."""
    (folder / "export.xml").write_text(hostile_export(), encoding="utf-8")
    (folder / "canary.txt").write_text(CANARY)
    done = command("export.xml", "--to", target, "-o", "site", "--workers", "1", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", done.stderr)
    assert sorted(path.name for path in folder.iterdir()) == ["canary.txt", "export.xml", "site"]
    return Built(folder, folder / "site", build(folder / "site"))


@pytest.fixture(scope="module")
def in_hugo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("hugo"), "hugo", hugo)


@pytest.fixture(scope="module")
def in_jekyll(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return built(tmp_path_factory.mktemp("jekyll"), "jekyll", jekyll)


TARGETS = [
    pytest.param("in_hugo", marks=pytest.mark.hugo),
    pytest.param("in_jekyll", marks=[pytest.mark.system, real]),
]


@pytest.fixture
def site(request: pytest.FixtureRequest) -> Built:
    made = request.getfixturevalue(request.param)
    assert isinstance(made, Built)
    return made


every_target = pytest.mark.parametrize("site", TARGETS, indirect=True)


def words(root: etree._Element) -> str:
    """All that stands on the page."""
    for line_break in root.iter("br"):
        line_break.tail = " " + (line_break.tail or "")
    return visible(tree.plain_text(root))


@case(
    "markdown-hostile-site",
    "templates of Hugo and Liquid, markup, YAML, TOML, control characters in every field of an export",
    "a strict build passes; each is text, letter for letter, in titles, texts, code, attributes, terms, menus",
)
@every_target
@pytest.mark.parametrize("number", range(1, len(MARKS) + 1))
def test_texts_are_texts(site: Built, number: int) -> None:
    mark, name = MARKS[number - 1], MARKS[number - 1].replace("../", ".. /")
    root = page(site.public / f"post-{number}" / "index.html")
    assert visible(mark) in [visible(tree.plain_text(element)) for element in root.iter("h1")]
    shown = words(root)
    assert f"Start {visible(mark)} end" in shown
    assert shown.count(visible(mark)) >= 9
    assert visible(name) in shown, "author"
    attributes = [visible(unquote(str(value))) for element in root.iter("*") for value in element.attrib.values()]
    assert attributes.count(visible(unquote(mark))) >= 4, attributes
    assert visible(mark) in " ".join(visible(element.text or "") for element in root.iter("title"))


@every_target
@pytest.mark.parametrize("number", range(1, len(MARKS) + 1))
def test_lists_are_called_what_they_were_called(site: Built, number: int) -> None:
    name = MARKS[number - 1].replace("../", ".. /")
    term = page(site.public / f"category/c{number}" / "index.html")
    assert visible(name) in [
        visible(tree.plain_text(element)).removeprefix("Category: ") for element in term.iter("h1")
    ]
    assert visible(MARKS[number - 1]) in words(term), "its description"
    home = words(page(site.public / "index.html"))
    assert visible(MARKS[number - 1]) in home


@case(
    "html-active-everywhere",
    "scripts, event handlers, addresses that run, in texts, comments, terms, menus, pictures, cards, shortcodes",
    "none is in the built pages and feeds; each is named (`html.active`)",
)
@every_target
def test_nothing_of_the_input_runs(site: Built) -> None:
    assert all_active(site.public) == []
    report = json.loads((site.site / ".postferry/report.json").read_text(encoding="utf-8"))
    named = {row["id"] for row in report["items"] if any(n["code"] == "html.active" for n in row.get("notices", ()))}
    assert len(named) >= len(LIVE) - 4
    assert any(notice["code"] == "html.active" for notice in report["source"])
    for number in range(100, 100 + len(LIVE)):
        text = tree.plain_text(page(site.public / f"live-{number}" / "index.html"))
        assert "Before" in text
        assert "After" in text, number


@case(
    "markdown-files-of-the-machine",
    "templates and includes that name files outside of the site, by whole and by relative paths",
    "no file is read into the built site",
)
@every_target
def test_no_file_of_the_machine_is_read(site: Built) -> None:
    data = b"".join(path.read_bytes() for path in site.public.rglob("*") if path.is_file())
    assert CANARY.encode() not in data
    for line in Path("/etc/passwd").read_bytes().splitlines()[:3] if Path("/etc/passwd").exists() else ():
        assert line not in data


OWN = (".postferry", ".hugo_build.lock")
"""Of the program and of Hugo."""


@case(
    "path-hostile-site",
    "slugs, terms, taxonomies and files with `..`, whole paths, drives, devices, control characters, templates",
    "nothing is written outside of the output folder, and nothing into folders of programs",
)
@every_target
def test_nothing_is_written_elsewhere(site: Built) -> None:
    beside = {"canary.txt", "export.xml", "site", "site-built", "strict.yml"}
    assert {path.name for path in site.folder.iterdir()} <= beside
    for top in (site.site, site.public):
        for path in top.rglob("*"):
            assert not path.is_symlink()
            assert path.resolve().is_relative_to(top.resolve())
    ours = [path.relative_to(site.site) for path in site.site.rglob("*") if not path.is_relative_to(site.public)]
    for path in ours:
        assert not {part.partition(".")[0].lower() for part in path.parts} & {"con", "nul"}, path
        assert all(part in OWN or not part.startswith(".") for part in path.parts), path
        assert all(len(part.encode()) <= 220 for part in path.parts), path


RAW = "<table><tr><td><ul><li onclick='attack()'>cell</li></ul><script>attack()</script></td></tr></table>"
KEPT = {"keep": True, "safe": False, "": False}


@case(
    "html-active-kept",
    "scripts and event handlers, with `--raw-html keep`",
    "they stay as they are, as asked for",
)
@pytest.mark.parametrize("to", ["hugo", "jekyll", "json"])
@pytest.mark.parametrize("way", KEPT)
def test_what_runs_is_kept_when_asked_for(way: str, to: str, tmp_path: Path) -> None:
    options = Options("wordpress", to, write=WriteOptions(raw_html=way))
    menu = item(2, type="nav_menu_item", terms=[("nav_menu", "m", "M")], meta={"_menu_item_url": "javascript:attack()"})
    site = convert(tmp_path, export(item(1, content=RAW, slug="a"), menu), options=options)
    files = [path for path in site.folder.rglob("*") if path.is_file() and ".postferry" not in path.parts]
    text = "".join(path.read_text(encoding="utf-8") for path in files)
    assert ("<script>attack()" in text) is KEPT[way]
    assert ("onclick=" in text) is KEPT[way]
    assert ("javascript:attack" in text) is KEPT[way]
    assert "cell" in text
    assert (len(site.notices("html.active")) >= 3) is not KEPT[way]


@pytest.mark.parametrize(("way", "to", "kept"), [("", "hugo", True), ("safe", "hugo", False), ("", "jekyll", False)])
def test_a_hugo_site_keeps_its_own_texts(way: str, to: str, kept: bool, tmp_path: Path) -> None:
    """Byte for byte where it stays Markdown: it ran on the old site by the same program."""
    (tmp_path / "a.md").write_text("---\ntitle: A\n---\n<b onclick=attack()>b</b>\n", encoding="utf-8")
    options = Options("hugo", to, write=WriteOptions(raw_html=way))
    site = convert_files(tmp_path, tmp_path / "a.md", options=options)
    text = "".join(path.read_text(encoding="utf-8") for path in site.folder.rglob("*.md"))
    assert ("onclick" in text) is kept
    assert bool(site.notices("html.active")) is not kept
