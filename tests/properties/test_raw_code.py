"""Code of plug-ins comes out as it was typed: every character between the tags, whatever it looks like."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from converters.html import tree
from converters.importers.wordpress.content import Context, to_tree
from converters.markdown import tree_to_markdown
from converters.model.notices import Log
from tests.importers.wordpress.test_content import Lookup

_PIECES = """< > & " ' [ ] / ! ? - = ` ~ # \\ { } $ <b> </b> </code <pre <!-- --> <?php ?> <br /> &lt; &amp; &nbsp;
&#91; [/b] [gallery] [code] <!--more--> <!--nextpage--> <script> </script> https://youtu.be/abcdefghijk {{< x >}}
{% raw %} a i ä xs""".split()
_code = st.lists(st.sampled_from([*_PIECES, " ", "\n", "\n\n", "\t", "  "]), max_size=30).map("".join)

_FORMS = {
    "pre": ('<pre lang="mylang">', "</pre>"),
    "line": ('<pre line="1" lang="mylang">', "</pre>"),
    "crayon": ('<pre class="lang:mylang">', "</pre>"),
    "sourcecode": ('[sourcecode language="mylang"]', "[/sourcecode]"),
    "colorer": ('[cc lang="mylang"]', "[/cc]"),
    "code": ('<code lang="mylang">\n', "\n</code>"),
    "fence": ("~~~mylang\n", "\n~~~\n<p>x</p>"),
}


def _typed(code: str) -> str:
    """The code without what no plug-in shows: blank lines before it, and white space behind it."""
    return re.sub(r"\A(?:[ \t]*\n)+", "", code).rstrip()


@pytest.mark.parametrize("form", _FORMS)
@settings(deadline=None)  # patterns are compiled when they are first used
@given(code=_code)
def test_code_keeps_each_character(form: str, code: str) -> None:
    opening, closing = _FORMS[form]
    typed = _typed(code + "\n<")  # no visual editor leaves a bare bracket: nothing is decoded
    if closing.strip()[:7].lower() in typed.lower() or ("</pre" if form != "code" else "</code") + ">" in typed:
        return
    if re.search(r"^ {0,3}~~~", typed, re.M):
        return
    log = Log()
    root = to_tree(f"Before.\n\n{opening}{code}\n<{closing}\n\nAfter.", Context("9", Lookup(), log, lambda ref: None))
    found = next(root.iter("pre"))
    assert tree.plain_text(found).rstrip("\n") == typed
    fence = tree_to_markdown(root, dialect="goldmark")
    assert f"mylang\n{typed}\n`" in fence
