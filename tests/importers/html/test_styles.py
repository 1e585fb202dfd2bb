"""Styles of finished pages: what they mean stays, by the rules that WordPress's texts go by."""

from __future__ import annotations

import pytest

from converters.html import tree
from converters.importers.html.semantic import to_semantic
from converters.model.notices import Log


@pytest.mark.parametrize(
    ("html", "expected", "notices"),
    [
        ('<p><span style="text-decoration:line-through">9</span> 8</p>', "<p><s>9</s> 8</p>", []),
        ('<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">a</span></p></b>',
         "<p><strong>a</strong></p>", []),
        ('<ol style="list-style-type:upper-roman"><li>a</li></ol>', '<ol type="I"><li>a</li></ol>', []),
        ('<ol style="list-style-type:lower-greek"><li>a</li></ol>',
         '<ol style="list-style-type: lower-greek"><li>a</li></ol>', []),
        ('<center>a</center><p class="ql-align-right">b</p>',
         '<div style="text-align: center">a</div><p style="text-align: right">b</p>', []),
        ('<table><tr align="right"><td>1</td></tr></table>',
         '<table><tbody><tr><td style="text-align: right">1</td></tr></tbody></table>', []),
        ('<pre class="wp-block-verse" style="text-align:center">a</pre>',
         '<pre class="verse" style="text-align: center">a</pre>', []),
        ('<p>a</p><div style="position:absolute;left:-9999px">casino</div>', "<p>a</p>", ["html.hidden casino"]),
        ('<h3><button aria-expanded="false">Q<span aria-hidden="true">+</span></button></h3><div hidden id="p">A</div>',
         "<h3>Q</h3><div>A</div>", ["html.unfolded Q"]),
        ('<button>Q<span aria-hidden="true">+</span></button><div hidden>A</div>',
         "<details><summary>Q</summary><div>A</div></details>", ["html.unfolded Q"]),
        ('<p><font color="red">a</font><code></code><a href="#"></a> <i class="fa fa-x"></i></p>', "<p>a </p>",
         ["html.look color"]),
        ('<p><img src="a.jpg" style="width:50%"></p>',
         '<figure class="is-resized"><img src="a.jpg" alt="" width="50%"/></figure>', []),
        ('<div style="height:0;overflow:hidden;padding-bottom:56%"><img src="a.jpg"></div>',
         '<div><img src="a.jpg" alt=""/></div>', []),
    ],
)  # fmt: skip
def test_styles(html: str, expected: str, notices: list[str]) -> None:
    root, log = tree.parse(html), Log()
    to_semantic(root, log)
    assert tree.inner_html(root) == expected
    assert [f"{notice.code} {notice.what}" for notice in log.notices] == notices
