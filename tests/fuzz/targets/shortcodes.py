"""The grammar of WordPress's shortcodes (`converters/importers/wordpress/content/shortcodes.py`)."""

from __future__ import annotations

import re

from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Expander, Handler, Shortcode, parse_attributes
from converters.model.notices import Log
from tests.importers.wordpress.test_content import Lookup

NAMES = ("x", "xy", "x-y", "gallery", "caption", "embed")
DICTIONARY = (
    b"[x]", b"[/x]", b"[x", b"]", b"[", b"[[x]]", b"[[", b"]]", b"[/", b"/]", b"[xy a=1]", b"[x-y /]",
    b'[x a="b c" d]', b"[gallery ids='1,2']", b"[caption id=\"a\"]", b"[/caption]", b"[embed]", b"[/embed]",
    b"<b title=\"", b"\">", b"<!--", b"-->", b"<![CDATA[", b"]]>", b"<a href=[x]>", b"</", b"=", b"\"", b"'",
    b"\\x41", b"\\", b"&#91;", b"&quot;", b"\xc2\xa0", b"\xe2\x80\x8b", b"\xe2\x80\x9c", b"\n", b" ", b"word",
    b"\xe6\x97\xa5", b"\0", b"/x]", b"<script>",
)  # fmt: skip
_BRACKETS = str.maketrans("", "", "[]")
_WIDE_SPACE = re.compile("[\u00a0\u200b]+")
_DOUBLED = re.compile(r"(?<![\w-])([\w-]++)\s*+=", re.A)


def run(data: bytes) -> None:
    """Text outside of shortcodes stays as it is, to the letter: handlers that refuse, or give back what they got,
    change nothing but brackets; one that puts a mark into its place leaves all around it. Words of attributes are
    read.
    """
    text = data.decode("utf-8", "replace")
    bare = text.translate(_BRACKETS)
    refused = _expanded(text, lambda code, context: None).translate(_BRACKETS)
    assert _unescaped(refused) == _unescaped(bare), "a handler that refuses"
    if "<" not in text:
        assert _expanded(text, lambda code, context: code.source).translate(_BRACKETS) == bare, "its own source"
        _marked(text, bare)
    _attributes(text)


def _unescaped(text: str) -> str:
    """The attributes of tags are escaped where a shortcode stood in them."""
    if "<" in text:
        for written, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&#039;", "'"), ("&amp;", "&")):
            text = text.replace(written, sign)
    return text


def _expanded(text: str, handler: Handler) -> str:
    log = Log("9")
    shown = Expander(dict.fromkeys(NAMES, handler)).expand(text, Context("9", Lookup(), log, lambda ref: None))
    assert isinstance(shown, str)
    return shown


def _marked(text: str, bare: str) -> None:
    sources: list[str] = []

    def mark(code: Shortcode, context: Context) -> str:
        assert code.source in text
        assert code.inside is None or code.inside in code.source
        sources.append(code.source)
        return "\ufdd1"

    if "\ufdd1" in text:
        return
    pieces = _expanded(text, mark).split("\ufdd1")
    assert len(pieces) == len(sources) + 1
    whole = "".join(piece + source for piece, source in zip(pieces, [*sources, ""], strict=True))
    assert whole.translate(_BRACKETS) == bare, "what stands around shortcodes"


def _attributes(text: str) -> None:
    named, positional = parse_attributes(text)
    keys = [key.lower() for key in _DOUBLED.findall(_WIDE_SPACE.sub(" ", text))]
    if "<" in text or "\\" in text or len(keys) != len(set(keys)):
        return  # values that are emptied, letters that are escaped, keys of which the last one counts
    got = set(re.findall(r"\w+", " ".join((*named, *named.values(), *positional)).lower()))
    missing = set(re.findall(r"\w+", text.lower())) - got
    assert not missing, f"words of attributes: {missing}"
