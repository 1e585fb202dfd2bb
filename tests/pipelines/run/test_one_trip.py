"""The way of a post is one trip: read once, parsed once, rendered once. Counted, not timed."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from converters.html import parse, tree
from converters.importers.wordpress.importer import WordPressImporter
from converters.markdown import PostferryEngine
from converters.model import Entry, Post
from converters.model.notices import Log
from converters.model.options import WriteOptions
from converters.passes import layout, references
from converters.passes.table import Passes
from pipelines.media.media_queue import Settings
from pipelines.run.carry import Carrier, Options
from pipelines.run.convert import Job, run
from tests.wxr import cdata, export, item

DESCRIPTION = 'See <a href="https://old.example/post-1/">this</a> <b onclick="x()">b</b>'
TERM = (
    "<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>boats</wp:category_nicename>"
    f"<wp:cat_name>{cdata('Boats')}</wp:cat_name>"
    f"<wp:category_description>{cdata(DESCRIPTION)}</wp:category_description></wp:category>"
)
BODY = (
    "<h2>Head</h2>\n\nA <em>text</em> with a <a href='https://old.example/post-2/'>link</a>,"
    " <a href='#head'>one</a>.\n\n"
    "<div><p style='text-align: center'>Words.</p></div>\n\n"
    "<img src='https://old.example/wp-content/uploads/2021/03/{0}.jpg' alt='A'>"
)
FIELDS = {"excerpt": "Short, \"it's\" <a href='https://old.example/post-3/' onclick='x()'>linked</a>."}
FIELDS_OF_A_POST = 1
MODES: dict[str, dict[str, Any]] = {
    "plain": {},
    "verify": {"verify": True},
    "copy": {"copy": True},
    "copy, of files that are not all there": {"copy": True, "gone": 2},
    "report": {"report": True},
    "all": {"verify": True, "copy": True, "report": True},
}


class Counts:
    """What is done to each post."""

    def __init__(self) -> None:
        self.all = Counter[str]()
        self.of_post: dict[str, Counter[str]] = defaultdict(Counter)
        self.now = ""

    def count(self, what: str) -> None:
        self.all[what] += 1
        if self.now:
            self.of_post[self.now][what] += 1

    def counting(self, what: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*given: Any, **named: Any) -> Any:
            self.count(what)
            return function(*given, **named)

        return counted


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counts:
    found = Counts()
    monkeypatch.setattr(tree, "parse", found.counting("parse", tree.parse))
    monkeypatch.setattr(WordPressImporter, "read", found.counting("read", WordPressImporter.read))
    monkeypatch.setattr(PostferryEngine, "render", found.counting("render", PostferryEngine.render))
    made = Carrier._made

    def of_one(carrier: Carrier, entry: Entry, log: Log) -> Any:
        found.now = entry.id
        try:
            return made(carrier, entry, log)
        finally:
            found.now = ""

    monkeypatch.setattr(Carrier, "_made", of_one)
    return found


def convert(tmp_path: Path, target: str, **mode: Any) -> None:
    posts = [item(number, content=BODY.format(number), terms=[("category", "boats", "Boats")], **FIELDS)
             for number in range(1, 6)]  # fmt: skip
    (tmp_path / "export.xml").write_text(export(*posts, head=TERM))
    uploads = tmp_path / "uploads/2021/03"
    uploads.mkdir(parents=True)
    there = 5 - int(mode.get("gone", 0))
    for number in range(1, there + 1):
        (uploads / f"{number}.jpg").write_bytes(b"\xff\xd8\xff\xe0" + b"\0" * 200 + b"\xff\xd9")
    copies = bool(mode.get("copy"))
    media = Settings("copy", str(tmp_path / "uploads")) if copies else Settings()
    write = WriteOptions(media="copy" if copies else "rewrite")
    report = str(tmp_path / "report.html") if mode.get("report") else ""
    options = Options("wordpress", target, write=write, verify=bool(mode.get("verify")))
    outcome = run(Job((str(tmp_path / "export.xml"),), str(tmp_path / "site"), options, report=report, media=media))
    assert sum(outcome.account.carried.values()) == 5
    if copies:
        assert outcome.media is not None
        assert outcome.media.files == there


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
@pytest.mark.parametrize("mode", MODES)
def test_a_post_is_read_parsed_and_rendered_once(tmp_path: Path, counts: Counts, mode: str, target: str) -> None:
    if target == "json" and MODES[mode].get("copy"):
        pytest.skip("holds no files")
    convert(tmp_path, target, **MODES[mode])
    assert counts.all["read"] == 5
    assert {post["read"] for post in counts.of_post.values()} == {1}
    assert {post["render"] for post in counts.of_post.values()} == {1}
    back = 1 if MODES[mode].get("verify") else 0  # what was written is another text, which is read back
    most = 1 + FIELDS_OF_A_POST + 1 + back  # the target reads the excerpt, too, for a summary without markup
    assert max(post["parse"] for post in counts.of_post.values()) <= most + 1  # a term, once a site
    assert sum(post["parse"] for post in counts.of_post.values()) <= 5 * most + 1


@pytest.fixture
def walks() -> Iterator[Counter[str]]:
    """What walks over whole trees are begun by name of the method."""
    found = Counter[str]()

    class Counting(etree.ElementBase):
        def iter(self, *tags: Any) -> Any:
            found["iter"] += self.getparent() is None
            return super().iter(*tags)

        def itertext(self, *tags: Any, **more: Any) -> Any:
            found["itertext"] += self.getparent() is None
            return super().itertext(*tags, **more)

    _, *parsers = parse._xml_options()
    for parser in parsers:
        parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=Counting))
    yield found
    for parser in parsers:
        parser.set_element_class_lookup(None)


def test_the_body_is_walked_a_few_times(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, walks: Counter[str]) -> None:
    found: list[int] = []
    apply = Passes.apply

    def walking(name: str, walk: Any, root: Any) -> Any:
        walks[name] += 1
        return walk(root)

    for module, name in ((layout, "_that_say"), (references, "_styled")):  # XPath walks, too
        monkeypatch.setattr(module, name, partial(walking, name, getattr(module, name)))

    def applied(passes: Passes, post: Post, log: Log) -> None:
        walks.clear()
        post.excerpt, post.terms = "", ()
        apply(passes, post, log)
        found.append(walks.total())

    monkeypatch.setattr(Passes, "apply", applied)
    convert(tmp_path, "hugo")
    assert len(found) == 5
    assert all(3 < walked <= 10 for walked in found), found
