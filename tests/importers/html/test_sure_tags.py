"""Tags beyond doubt are passed over in one go; what is passed over is what a look at each would have left alone."""

from __future__ import annotations

import pytest

from converters.html import angle_brackets
from converters.html.angle_brackets import keep_text
from converters.html.tag_forms import SURE
from converters.model.notices import Log

TEXTS = [
    "<p>plain</p><b class='x'>and</b> <i>more</i>",
    "<p>a <your name> b</p><p>c</p>",
    "<p title='1 < 2'>x</p> 0<f<20 <br/>",
    "<script>if (a<b) { c('</p>') }</script><p>a <b and c> d</p>",
    "<script>never closed <p>a</p> List<string>",
    "<style>a<b</style x><p>List<Object>x</p>",
    "<pre>List<string></pre><p>x</p><code><h2></code>",
    "#include <map>\n<p>x</p>",
    "<svg><path d='m'/></svg><p>vector<map>x</map></p>",
    "<!-- <p> --><p>x</p><!DOCTYPE html><?php echo '<p>' ?>",
    "Set<S> and <P>big</P> <DIV class=a>x</DIV>",
    "<div data-v-7ba5bd90><main class='m'>y</main></div",
    "<a href='x>y'>z</a> <o:p></o:p> <my-box>1</my-box>",
]


@pytest.mark.parametrize("programs", [True, False])
@pytest.mark.parametrize("text", TEXTS)
def test_as_without_passing_over(text: str, programs: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    quick, quick_log = keep_text(text, log := Log("x"), written_by_programs=programs), log.notices
    monkeypatch.setattr(angle_brackets, "names_headers", lambda html: True)
    slow, slow_log = keep_text(text, log := Log("x"), written_by_programs=programs), log.notices
    assert (quick, quick_log) == (slow, slow_log)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("<p>a</p><br/>tail <span class='a' title='<'>x</span>", ""),
        ("<p>a <string> b", "<string> b"),
        ("<i>x</i><code>y</code>", "<code>y</code>"),
        ("<script>a<b</script>c<!-- d -->", "<!-- d -->"),
        ("x<map>", "<map>"),
    ],
)
def test_where_a_look_is_needed(text: str, rest: str) -> None:
    found = SURE[True].match(text)
    assert found is not None
    assert text[found.end() :] == rest
