"""No time and no memory that grows with the square of the source.

Time is not measured: the calls of functions are counted, which are the same on every machine. What a library written
in C does inside of one call is not seen by that; `benchmarks/growth.py` measures it.
"""

from __future__ import annotations

import cProfile
import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from converters import nested
from converters.frontmatter import read
from converters.html import parse, tree
from converters.importers.hugo.config import read_settings
from converters.importers.wordpress import importer, source_text
from converters.markdown.read.parse import html_of
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.passes.active_markdown import apply, edits
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from pipelines.run.run_result import RunResult
from tests import children
from tests.folders import ROOT
from tests.hostile.cases import case
from tests.wxr import export, item

DOUBLED = 2.6
"""How many times the work may be for twice the source."""
PATIENCE = 900
"""Seconds: a busy machine is slow, and what grows without bound is slower."""


def wordpress(*items: str, head: str = "") -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        (folder / "export.xml").write_text(export(*items, head=head), encoding="utf-8")
        return folder / "export.xml"

    return make


def hugo(**files: str) -> Callable[[Path], Path]:
    """`post` is a post, `config` the settings."""

    def make(folder: Path) -> Path:
        site = folder / "site"
        (site / "content/posts").mkdir(parents=True)
        (site / "content/posts/a.md").write_text("---\ntitle: A\n---\n" + files.get("post", "Text."))
        (site / "hugo.toml").write_text("baseURL = 'https://old.example'\n" + files.get("config", ""))
        return site

    return make


def converted(folder: Path, make: Callable[[Path], Path], target: str, *, verify: bool = False) -> RunResult:
    folder.mkdir(parents=True)
    source = make(folder)
    importer = "wordpress" if source.suffix == ".xml" else "hugo"
    options = Options(importer, target, verify=verify, item_timeout=PATIENCE)
    return run(Job((str(source),), str(folder / "out"), options, workers=1))


def calls(folder: Path, make: Callable[[Path], Path], target: str) -> int:
    """How many functions are called for a conversion."""
    profile = cProfile.Profile()
    profile.enable()
    try:
        outcome = converted(folder, make, target, verify=True)
    finally:
        profile.disable()
    assert outcome.account.failed == ()
    return sum(row.callcount for row in profile.getstats())


def assert_linear(folder: Path, grown: Callable[[int], Callable[[Path], Path]], size: int, target: str) -> None:
    converted(folder / "warm", grown(2), target, verify=True)  # what is loaded and made once
    none, one, two = (calls(folder / str(n), grown(n), target) for n in (1, size, 2 * size))
    assert two - none <= DOUBLED * (one - none) + 5_000


BODIES = {
    "option": "<option>x",
    "select": "<select><option>x</option></select>",
    "select left open": "<select>",
    "prefixed element": "<a:b>x",
    "definition": "<dl><dt>a</dt><dd>b</dd></dl>",
    "paragraph's end": "</p>x",
    "anchor without a goal": "<a>x",
    "anchors in each other": "<a href='#x'>x",
    "figure": "<figure>x</figure>",
    "picture": "<img src='/a.jpg'>",
    "column": "<col>",
    "bold and italic": "<b><i>x</b>",
    "font": "<font size=1>x",
    "heading": "<h2>x</h2>",
    "list": "<ul><li>x</ul>",
    "lists in each other": "<ul><li>x",
    "table": "<table><tr><td>x</table>",
    "comment": "<!-- x -->",
    "block": "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->",
    "block left open": "<!-- wp:group -->x",
    "shortcode": "[gallery]",
    "caption left open": "[caption]x",
    "unknown shortcode": "[foo a=b]x[/foo]",
    "bracket": "[",
    "backtick": "`x` ",
    "asterisk": "*x ",
    "e-mail address": "a@b.c ",
    "quotation mark": "\"x\" ",
}  # fmt: skip
TEXTS = {
    "link": "[x](/y) ",
    "link left open": "[x](",
    "shortcode": "{{< figure src=\"/a.jpg\" >}}\n",
    "shortcode left open": "{{< details >}}x",
    "heading": "## x {#y}\n\n",
    "list": "- x\n",
    "quotation": "> x\n",
    "code": "`x` ",
    "fence": "```\nx\n```\n",
    "footnote": "x[^1] ",
    "html": "<b>x</b>",
    "e-mail address": "a@b.c ",
    "definition": "x\n: y\n\n",
}  # fmt: skip


@case("html-growth", "any piece of HTML, thousands of times", "time grows with the number, not with its square")
@pytest.mark.parametrize("target", ["hugo", pytest.param("jekyll", marks=pytest.mark.slow)])
@pytest.mark.parametrize("piece", BODIES.values(), ids=BODIES.keys())
def test_superlinear(tmp_path: Path, piece: str, target: str) -> None:
    size = 300 if piece.startswith("<ul><li>") else 100  # lists in each other are as deep as they get
    assert_linear(tmp_path, lambda n: wordpress(item(1, content=piece * n)), size, target)


@case("markdown-growth", "any piece of Markdown, thousands of times", "time grows with the number, not with its square")
@pytest.mark.parametrize("piece", TEXTS.values(), ids=TEXTS.keys())
def test_superlinear_markdown(tmp_path: Path, piece: str) -> None:
    assert_linear(tmp_path, lambda n: hugo(post=piece * n), 100, "jekyll")


def author(number: int) -> str:
    return (
        f"<wp:author><wp:author_id>{number}</wp:author_id><wp:author_login>u{number}</wp:author_login>"
        "<wp:author_display_name>Bob</wp:author_display_name></wp:author>"
    )


def category(number: int, above: str = "") -> str:
    return (
        f"<wp:category><wp:category_nicename>c{number}</wp:category_nicename><wp:category_parent>{above}"
        "</wp:category_parent><wp:cat_name>C</wp:cat_name></wp:category>"
    )


def entry(number: int, above: int = 0) -> str:
    meta = {
        "_menu_item_type": "custom", "_menu_item_url": f"https://x.example/{number}",
        "_menu_item_menu_item_parent": str(above), "_menu_item_object": "custom", "_menu_item_object_id": "1",
    }  # fmt: skip
    return item(number, type="nav_menu_item", title=f"M{number}", terms=[("nav_menu", "m", "M")], meta=meta)


def menu(number: int, *, deep: bool) -> str:
    above = f"parent='a{number - 1}'\n" if deep and number else ""
    return f"[[menus.main]]\nname='a{number}'\nurl='/a{number}'\n{above}"


SITES: dict[str, Callable[[int], Callable[[Path], Path]]] = {
    "menu": lambda n: hugo(config="".join(menu(i, deep=False) for i in range(n))),
    "menu of one line": lambda n: hugo(config="".join(menu(i, deep=True) for i in range(n))),
    "menu of an export": lambda n: wordpress(item(1), *(entry(i) for i in range(10, n + 10))),
    "authors of one name": lambda n: wordpress(
        *(item(i + 1, author=f"u{i}") for i in range(n)), head="".join(map(author, range(n)))
    ),
    "terms of one name": lambda n: wordpress(
        item(1, terms=[("category", f"c{i}", "C") for i in range(n)]), head="".join(map(category, range(n)))
    ),
    "terms in each other": lambda n: wordpress(
        item(1), head="".join(category(i, f"c{i - 1}" if i else "") for i in range(n))
    ),
    "taxonomies": lambda n: wordpress(item(1, terms=[(f"tax{i}", "c", "C") for i in range(n)])),
    "posts of one slug": lambda n: wordpress(*(item(i + 1, slug="x") for i in range(n))),
    "pages in each other": lambda n: wordpress(*(item(i + 1, type="page", parent=i) for i in range(n))),
    "fields": lambda n: wordpress(item(1, meta={f"f{i}": "x" for i in range(n)})),
    "settings of taxonomies": lambda n: hugo(config="[taxonomies]\n" + "".join(f"x{i}='y{i}'\n" for i in range(n))),
}


@case(
    "report-growth", "a site with thousands of menu entries, authors, terms, pages in each other", "time stays linear"
)
@pytest.mark.parametrize("target", ["hugo", pytest.param("jekyll", marks=pytest.mark.slow)])
@pytest.mark.parametrize("name", SITES)
def test_superlinear_sites(tmp_path: Path, name: str, target: str) -> None:
    assert_linear(tmp_path, SITES[name], 100 if "in each other" in name else 60, target)


def block(id: int, *shows: int) -> str:
    content = "".join(f'<!-- wp:block {{"ref":{ref}}} /-->' for ref in shows) or "<p>Word</p>"
    return item(id, type="wp_block", content=content)


SHOWN = '<!-- wp:block {"ref":100} /-->'
PICTURE = item(9, type="attachment", url="https://old.example/wp-content/uploads/a.jpg", parent=1)
ADDED = {
    "each shows the next one twice": [item(1, content=SHOWN), *(block(100 + i, *[101 + i] * 2) for i in range(30))],
    "each shows all that follow": [
        item(1, content=SHOWN), *(block(100 + i, *range(101 + i, 130)) for i in range(30)),
    ],
    "two show each other": [item(1, content=SHOWN * 20), block(100, *[101] * 20), block(101, *[100] * 20)],
    "a large one, many times": [
        item(1, content=SHOWN * 2_000), item(100, type="wp_block", content=f"<p>{'x' * 20_000}</p>"),
    ],
    "words of a place's own": [
        item(1, content=f'<!-- wp:block {{"ref":100,"content":{{"A":{{"content":"{"x" * 50_000}"}}}}}} /-->'),
        item(100, type="wp_block", content=(
            '<!-- wp:paragraph {"metadata":{"name":"A","bindings":{"__default":{"source":'
            '"core/pattern-overrides"}}}} -->'
            "<p>a</p><!-- /wp:paragraph -->"
        ) * 1_000),
    ],
    "galleries": [item(1, content="[gallery ids=9]" * 2_000), PICTURE.replace(
        "<excerpt:encoded><![CDATA[", f"<excerpt:encoded><![CDATA[{'x' * 20_000}", 1)],
    "footnotes": [item(1, content="<!-- wp:footnotes /-->" * 2_000, meta={
        "footnotes": f'[{{"id":"a","content":"{"x" * 20_000}"}}]'})],
}  # fmt: skip


@case(
    "html-blocks-exponential",
    "reusable blocks that show each other twice, large ones and galleries shown many times",
    "what goes beyond a limit is left out and named; the rest is converted",
)
@pytest.mark.parametrize("items", ADDED.values(), ids=ADDED.keys())
def test_blocks_exponential(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, items: list[str]) -> None:
    """With a sixteenth of the limit, which what is shown here would go beyond by far."""
    limits = msgspec.structs.replace(DEFAULT, content_added=2**20)
    for place in (importer, source_text):
        monkeypatch.setattr(place, "DEFAULT", limits)
    outcome = converted(tmp_path / "x", wordpress(*items), "hugo")
    assert outcome.account.failed == ()
    assert outcome.account.notices.keys() & {"content.too-much", "block.reusable-cycle"}
    written = (tmp_path / "x/out/content/posts/post-1.md").stat().st_size
    assert written < 2 * limits.content_added


def test_what_a_post_may_show_it_shows(tmp_path: Path) -> None:
    items = [item(1, content=SHOWN * 50), block(100, *[101] * 20), block(101)]
    outcome = converted(tmp_path / "x", wordpress(*items), "hugo")
    assert outcome.account.notices == {}
    assert (tmp_path / "x/out/content/posts/post-1.md").read_text().count("Word") == 1_000


COLUMNS = 700
HUNGRY = {
    "addresses": "a@b.c " * 20_000,
    "addresses with a scheme": "mailto:a@b.c " * 20_000,
    "addresses on one line of a list": "- " + "a@b.c " * 20_000,
    "a wide table of short rows": f"|{'a|' * COLUMNS}\n|{'-|' * COLUMNS}\n" + "|x\n" * 20_000,
    "many wide tables": (f"|{'a|' * 200}\n|{'-|' * 200}\n" + "|x\n" * 200 + "\n") * 100,
    "a wide table in a quotation": f"> |{'a|' * COLUMNS}\n> |{'-|' * COLUMNS}\n" + "> |x\n" * 20_000,
    "a wide table with lone returns": (f"|{'a|' * COLUMNS}\n|{'-|' * COLUMNS}\n" + "|x\n" * 20_000).replace("\n", "\r"),
}  # fmt: skip

LONG = {"addresses with a scheme", "many wide tables", "a wide table in a quotation", "a wide table with lone returns"}


@case(
    "markdown-memory",
    "20,000 e-mail addresses in a line; a wide table of many short rows",
    "the text is read in little memory; addresses are links",
)
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited as on Linux")
@pytest.mark.parametrize("name", [pytest.param(name, marks=[pytest.mark.slow] * (name in LONG)) for name in HUNGRY])
def test_memory_emails(name: str) -> None:
    """In a process that has a quarter of the memory that the worst of them took."""
    program = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (2**29, 2**29));"
        "from tests.hostile.test_growth import HUNGRY, html_of;"
        f"html = html_of(HUNGRY[{name!r}]); print(len(html), html.count('mailto:a@b.c'))"
    )
    root = ROOT
    done = children.run(
        [sys.executable, "-c", program],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr[-500:]
    size, links = map(int, done.stdout.split())
    assert size < 4_000_000
    assert (links >= 20_000) is ("address" in name)


SAME = [
    "Write to a@b.c, or x.y+z@sub.example.org. Not a@b, not @c.d, `a@b.c`, <a@b.c>, [x](mailto:a@b.c), mailto:a@b.c",
    "http://x.example/a?b=c@d www.example.org/(x) <b title='a@b.c'>a@b.c</b> *a@b.c* a_b@c.d a@b.c_ a@b-c.d",
    "| a | b |\n|---|---|\n| x@y.z | `|` |\n| 1 |\n",
    "Term\n: Definition with a@b.c\n\nNext\n: More\n",
    "> a@b.c\n\n- x@y.z\n",
]  # fmt: skip


@pytest.mark.parametrize("text", SAME)
def test_addresses_are_linked_as_the_parser_does(text: str) -> None:
    """Where there are too many for the parser, they are linked here: in the same way."""
    filler = "\n\n" + "x@y.z " * 4_000
    assert html_of(text + filler).startswith(html_of(text).removesuffix("</p>\n").rstrip("\n"))


TAGS = {
    "attributes": ("<p ", " a{}=x", ">x</p>"),
    "attributes with data": ("<p ", " data-a{}=x", ">x</p>"),
    "attributes of an element in SVG": ("<svg><g ", " a{}=x", ">x</g></svg>"),
    "prefixes": ("", "<a{}:b>x</a{}:b>", ""),
    "prefixes left open": ("", "<a{}:b>x", ""),
    "prefixes of attributes": ("", "<p a{}:b=1>x</p>", ""),
    "prefixes that are declared": ("", "<p xmlns:a{}=1 a{}:b=1>x</p>", ""),
    "attributes that declare prefixes": ("<p ", " xmlns:a{}=1", "><a1:b>x</a1:b></p>"),
}


@case(
    "html-tags",
    "an element of 2,000 attributes; 2,000 prefixes of names",
    "an element keeps 250 attributes, and the rest is named; prefixes go, the words stay",
)
@pytest.mark.parametrize("name", TAGS)
def test_superlinear_tags(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before, piece, after = TAGS[name]
    given: list[str] = []
    declare = parse._declare_prefixes

    def noted(text: str) -> str:
        given.append(declare(text))
        return given[-1]

    monkeypatch.setattr(parse, "_declare_prefixes", noted)
    log = Log("x")
    root = tree.parse(before + "".join(piece.replace("{}", str(i)) for i in range(2_000)) + after, log)
    assert all(len(set(re.findall(r"xmlns:([\w-]+)=", text))) <= DEFAULT.prefixes for text in given)
    assert max(len(element.attrib) for element in root.iter("*")) <= DEFAULT.attributes
    assert len({*root.nsmap, *(prefix for element in root.iter("*") for prefix in element.nsmap)}) <= DEFAULT.prefixes
    assert tree.plain_text(root) == "x" * (2_000 if "x" in piece.replace("=x", "").replace("xmlns", "") else 1)
    assert [notice.what for notice in log.notices] == (
        ["1,750 attributes of <{}>, which has 2,000".format("g" if "SVG" in name else "p")]
        * ("attributes" in name[:10])
    )


def test_nothing_is_taken_out_of_a_text_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each would copy the text before it."""
    removed: list[object] = []
    monkeypatch.setattr(tree, "remove", removed.append)
    post = item(
        1, content="<p>a</p>" + "<!-- wp:b -->x" * 1_000 + "<!--more-->" + "<!-- /wp:b --><p><!-- x --></p>" * 1_000
    )
    converted(tmp_path / "x", wordpress(post), "hugo")
    assert len(removed) < 10
    assert (tmp_path / "x/out/content/posts/post-1.md").read_text().count("x") >= 1_000


def test_a_long_address_is_a_definition() -> None:
    """Whatever follows it; so that it is not read to its end for each of many that begin in it."""
    text = "]:javascript:" * 2_000 + " words behind it"
    assert apply(text, edits(text)).startswith("]:#")


DEEP = {
    "dotted key": "a." * 20_000 + "a = 1",
    "dotted key with spaces": "a . " * 20_000 + "a = 1",
    "quoted parts": '"a".' * 20_000 + "a = 1",
    "header": f"[{'a.' * 20_000}a]\nb = 1",
    "header of a list": f"[[{'a.' * 20_000}a]]\nb = 1",
    "700 tables": "\n".join(f"[{'.'.join('a' * depth)}]" for depth in range(1, 700)),
    "lists": f"a = {'[' * 5_000}{']' * 5_000}",
    "lists over lines": "a = " + "[\n" * 5_000 + "]" * 5_000,
    "inline tables": f"a = {'{a=' * 5_000}1{'}' * 5_000}",
    "dots in an inline table": f"a = {{{'a.' * 20_000}a = 1}}",
    "a bit of each": f"[{'a.' * 40}a]\n{'b.' * 40}b = {'[' * 40}{']' * 40}",
}  # fmt: skip


@case(
    "matter-toml-depth",
    "TOML with keys of 20,000 parts, 700 tables in each other, lists without end",
    "refused by its depth before it is read; the page is converted with the front matter as text",
)
@pytest.mark.parametrize("text", DEEP.values(), ids=DEEP.keys())
def test_toml_dotted_key(text: str, tmp_path: Path) -> None:
    log = Log("x")
    matter = read.read(f"+++\n{text}\n+++\nWords.", log)
    assert matter.text == "Words."
    assert [notice.what for notice in log.notices if notice.code.startswith("frontmatter.")][-1] == "nested too deeply"
    with pytest.raises(nested.DepthError):
        nested.toml(text)
    (tmp_path / "hugo.toml").write_text(text)
    with pytest.raises(Exception, match="nested too deeply"):
        read_settings(tmp_path)


@pytest.mark.parametrize(
    "text",
    [
        'a.b.c = 1\n[x.y]\nz = {q.r = [1, [2.5]]}\ns = """[[[[....\n""" # [[[[ ....\nt = \'[.[.[\'\n' * 1,
        "\n".join(f"k{i} = [1.5, 2.5, {{ a.b = 3.5 }}]" for i in range(300)),
        "\n".join(f"[t{i}.a.b]\nc.d = 2021-01-01T00:00:00.5Z" for i in range(300)),
        f"a = {'[' * 98}{']' * 98}",
    ],
)
def test_toml_that_is_not_deep_is_read(text: str) -> None:
    assert nested.toml(text)


SLOW_MATTER = {
    "spaces without an equals sign": f"+++\nb = [\na{' ' * 200_000}\n+++\n",
    "brackets": f"+++\nb = 1\n{'[' * 200_000}x\n+++\n",
    "a plain line without a colon": f"---\n[\na{' ' * 200_000}\n---\n",
    "the same list again": "+++\n" + "a = [1]\n" * 5_000 + "+++\n",
    "spaces of Org": f"#+title: x{' ' * 200_000}x\nText",
    "JSON": f'{{"a":{"[" * 5_000}{"]" * 5_000}}}\n',
}  # fmt: skip


@pytest.mark.parametrize("text", SLOW_MATTER.values(), ids=SLOW_MATTER.keys())
def test_front_matter_that_is_no_front_matter(text: str) -> None:
    """Each took minutes or more when its time grew with the square."""
    assert read.read(text, Log("x")).values is not None
