"""Blocks: how their comments are read, and what those become that hold no HTML of their own."""

from __future__ import annotations

import json

import pytest

from converters.importers.wordpress.content import blocks
from converters.importers.wordpress.content.blocks import WpBlock, parse
from converters.importers.wordpress.content.context import Context
from converters.model.notices import Log
from tests.importers.wordpress.test_content import Lookup

P = "<!-- wp:paragraph --><p>p</p><!-- /wp:paragraph -->"


def shape(block: WpBlock) -> str:
    parts = (part if isinstance(part, str) else shape(part) for part in block.parts)
    return f"{block.name}({''.join(parts)})"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a<!-- wp:x -->b<!-- /wp:x -->c", "(ax(b)c)"),
        ('<!-- wp:x /--><!-- wp:core/y {} /--><!-- wp:acme/z {"a":1} /-->', "(x()y()acme/z())"),
        ("<!-- wp:x --><!-- wp:y -->b<!-- /wp:y --><!-- /wp:x -->", "(x(y(b)))"),
        ("<!-- wp:x -->b", "(x(b))"),
        ("b<!-- /wp:x -->c", "(bc)"),
        ("<!-- wp:x --><!-- wp:y -->b<!-- /wp:x -->c<!-- /wp:x -->d", "(x(y(b)c)d)"),
        ('<!--\n wp:x\n{"a":\n1}\n -->b<!-- /wp:x -->', "(x(b))"),
        ("<!-- wp:1x --><!-- a remark --><!-- wp:x", "(<!-- wp:1x --><!-- a remark --><!-- wp:x)"),
    ],
)
def test_the_tree(text: str, expected: str) -> None:
    assert shape(parse(text, 50)) == expected


def test_too_deep_comments_go_and_texts_stay() -> None:
    text = "<!-- wp:x -->" * 60 + "b" + "<!-- /wp:x -->" * 60 + "c"
    assert shape(parse(text, 3)) == "(x(x(x(b)))c)"


@pytest.mark.parametrize("written", ["{", "[1]", "{'a':1}", "[" * 100_000])
def test_attributes_that_are_no_object_are_none(written: str) -> None:
    (block,) = parse(f"<!-- wp:x {written} /-->", 50).parts
    assert isinstance(block, WpBlock)
    assert block.attributes == {}


@pytest.mark.parametrize(
    "piece",
    ["<!--", "<!-- wp:", "<!-- wp:x ", "<!-- wp:x {", "<!-- wp:x -->", "<!-- /wp:x -->", "<!-- wp:x /-->", '{"a":'],
)
def test_hostile_comments_are_read_in_one_pass(piece: str) -> None:
    """A square of the length would take hours."""
    assert len(parse(piece * 100_000 + " -->", 50).parts) > 0


def test_a_synced_pattern_says_the_words_of_its_place() -> None:
    named = json.dumps({"metadata": {"name": "Hi", "bindings": {"__default": {"source": "core/pattern-overrides"}}}})
    pattern = f"<!-- wp:heading {named} --><h2>Pattern</h2><!-- /wp:heading -->{P}"
    text = '<!-- wp:block {"ref":7,"content":{"Hi":{"content":"Own <em>words</em>"}}} /--><!-- wp:block {"ref":7} /-->'
    html = blocks.flatten(text, Context("9", Lookup(), Log(), {"7": pattern}.get))
    assert html == "<h2>Own <em>words</em></h2><p>p</p><h2>Pattern</h2><p>p</p>"
