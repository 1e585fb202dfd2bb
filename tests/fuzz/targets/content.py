"""A text of WordPress on its whole way to semantic HTML (`converters/importers/wordpress/content/`)."""

from __future__ import annotations

import re

from converters.html import tree
from converters.importers.wordpress.content import Context, to_tree
from converters.model.notices import Log
from tests.fuzz.targets import block_comments, shortcodes
from tests.importers.wordpress.test_content import Lookup

DICTIONARY = (
    *shortcodes.DICTIONARY, *block_comments.DICTIONARY, b"[video src=a.mp4]", b"[audio a.mp3]", b"[code]",
    b"[/code]", b"[vc_row]", b"[vc_column_text]", b"[/vc_column_text]", b"[et_pb_text]", b"[/et_pb_text]",
    b"[playlist ids=3]", b"<pre>", b"</pre>", b"[sourcecode language=php]", b"[/sourcecode]",
    b"[contact-form-7 id=1]", b"https://youtu.be/abc\n", b"[footnote]", b"[/footnote]", b"[button link=x]",
    b"[/button]", b"<table>", b"<iframe src=x>", b"<div class=aligncenter>", b"\n\n", b"<!--more-->",
    b"<img class=\"wp-image-1 alignleft\" src=a.jpg>", b"<script>", b"</script>", b"<style>", b"((a note))",
    b"[su_spoiler title=a]", b"[/su_spoiler]", b"[unknown_plugin a=1]", b"style=\"background-image:url(a)\"",
)  # fmt: skip
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_WORD = re.compile(r"[a-z]{5,}")
_TAG = re.compile(r"<[^>]*>?")
_NO_TAG = re.compile(r"<(?!/?[a-zA-Z][^<>]*>|!--[^<>]*-->)")
_QUOTED = re.compile(r"""\[(?:"[^"]*+"|'[^']*+'|[^\]])*+\]?""")
_NESTED = re.compile(r"\[[^\[\]]*\[")
_NO_WORDS = re.compile(r"\[[^\]]*\]?|https?:[^\s\[]*")


def run(data: bytes) -> None:
    """Every word that a browser would show of the text is in the tree, or a notice says what is not. Words between
    brackets and in addresses are not counted.
    """
    text = data.decode("utf-8", "replace")
    log = Log("9")
    reused = {"5": "<p>reused</p>", "7": '<!-- wp:block {"ref":7} /-->'}
    root = to_tree(text, Context("9", Lookup(), log, reused.get))
    shown = tree.serialize(root)
    missing = {word for word in _words(text) if word not in shown}
    assert not missing or log.notices, f"words: {missing}\n{shown}"


def _words(text: str) -> set[str]:
    """The words outside of brackets and addresses; none where tags are no tags, which `<!--nextpage-->` can bring
    about.
    """
    if "nextpage" in text or _NESTED.search(text) or _NO_TAG.search(text):
        return set()
    root = tree.parse(text)
    for element in list(
        root.iter("script", "style", "template", "title", "noscript", "noframes", "iframe", "noembed", "xmp")
    ):
        tree.remove(element)
    between_tags = set(_WORD.findall(_TAG.sub(" ", text)))
    shown = "\0".join(map(str, root.itertext()))
    # WordPress takes block comments out first: a quotation mark in one ends no attribute
    bare = "\0".join(map(str, tree.parse(_COMMENT.sub("", text)).itertext()))
    between_tags &= set(_WORD.findall(bare))
    return between_tags & set(_WORD.findall(_NO_WORDS.sub(" ", shown))) & set(_WORD.findall(_QUOTED.sub(" ", shown)))
