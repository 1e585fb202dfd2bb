"""Hugo's shortcodes: those in Markdown that comes in (`converters/markdown/scan/shortcodes.py`, `parse.py`), text that
must not become one (`converters/exporters/hugo/shortcode_text.py`), and those we write.
"""

from __future__ import annotations

import re

from converters.exporters.hugo import shortcode_text
from converters.html import tree
from converters.markdown import tree_to_markdown
from converters.markdown.read.parse import to_tree
from converters.markdown.scan.shortcodes import calls
from converters.model import MarkdownBody
from converters.model.notices import Log
from tests.fuzz.draw import Draw
from tests.fuzz.targets import html_to_markdown
from tests.markdown.judge import cmark

DICTIONARY = (
    b"{{<", b">}}", b"{{%", b"%}}", b"{{</*", b"*/>}}", b"{{%/*", b"*/%}}", b"{{< x >}}", b"{{< /x >}}",
    b"{{< x />}}", b"{{< figure src=\"a.jpg\" caption=\"b\" >}}", b"{{< highlight go >}}", b"{{< /highlight >}}",
    b"{{% details \"a\" %}}", b"{{% /details %}}", b"{{< ref \"a.md\" >}}", b"{{< youtube abc >}}", b"`", b"```\n",
    b"\"", b"\\\"", b"\\", b"=", b" ", b"<code>", b"</code>", b"<pre><code>", b"</code></pre>",
    b"<a href=\"{{< x >}}\">", b"</a>", b"<p>", b"</p>", b"{{", b"}}", b"{", b"}", b"\n\n", b"\n", b"word",
    b"&#123;", b"&#10;", b"<!--", b"-->", b"{{< comment >}}", b"*", b"\xef\xb7\x90", b"{{< gallery >}}",
    b"{{< /gallery >}}", b"<b>", b"<table><tr><td>", b"<img alt=\"{{% x %}}\">", b"# ", b"{#id}",
)  # fmt: skip
_WORD = re.compile(r"\w{3,}")
_PIECES = ("a", '"', "`", "\\", "\n", "{{", "}}", " ", "é", ">", "%", "<", "/", "*/", "{", "}", "=", "\ufdd0", "word")


class _Names:
    """A site of one page."""

    def address(self, name: str) -> str | None:
        return "/a/" if name == "a.md" else None

    def param(self, name: str) -> str | None:
        return "said" if name == "x" else None


def run(data: bytes) -> None:
    """Text of the source never runs: what is written holds no call, but commented ones, which show the text; its
    words are all there. A text with calls keeps every word that stands outside of them. Calls follow each other and
    are where they say. The values of a call we write are read back equal.
    """
    text = data.decode("utf-8", "replace")
    _literal(text)
    _read(text)
    _written(Draw(data))


def _literal(text: str) -> None:
    root = tree.parse(text)
    if next(root.iter(*html_to_markdown.UNSEEN), None) is not None:
        return
    want = _letters(tree.plain_text(root))
    shortcode_text.escape_shortcodes(root, Log("1"))
    markdown = shortcode_text.finish(tree_to_markdown(root, dialect="goldmark"))
    shown: list[str] = []
    position = 0
    for call in calls(markdown):
        assert call.comment is not None, f"text that runs: {markdown[call.start : call.end]!r}"
        brackets = "{{<", ">}}"
        if call.kind == "%":
            brackets = "{{%", "%}}"
        shown += (markdown[position : call.start], brackets[0], call.comment, brackets[1])
        position = call.end
    shown.append(markdown[position:])
    got = _letters(tree.plain_text(tree.parse(cmark("".join(shown)))))
    assert want == got, f"{want}\n{got}\n{markdown}"


def _read(text: str) -> None:
    log, end, outside = Log("1"), 0, []
    for call in calls(text):
        assert end <= call.start < call.end <= len(text), "calls that overlap"
        assert text[call.start :].startswith("{{" + call.kind) and text[: call.end].endswith("}}")
        for argument in call.arguments:
            assert call.start < argument.start <= argument.end < call.end
        outside.append(text[end : call.start])
        end = call.end
    outside.append(text[end:])
    root = to_tree(MarkdownBody(text, "goldmark"), _Names(), log)
    if "comment" in text or "highlight" in text:
        return  # which hide what is inside, and whose inside holds no calls
    if re.search(r"[<&\\\[\]{(|`~^]|^[ \t]*+(?:-|\*|=|:|\d+[.)])", "".join(outside), re.M):
        return  # Markdown and HTML that say themselves what of them is shown
    got = tree.serialize(root)
    missing = [word for word in _WORD.findall(" ".join(outside)) if word not in got]
    assert not missing, f"words outside of calls: {missing}\n{got}"


def _written(draw: Draw) -> None:
    values = {key: "".join(draw.of(_PIECES) for _ in range(draw.below(6))) for key in ("src", "alt", "caption")}
    call = shortcode_text.call("figure", values, closed=bool(draw.below(2)))
    if call is None:
        assert any(mark in value for value in values.values() for mark in ("{{", "}}", "\n", "`"))
        return
    found = list(calls(shortcode_text.finish(call)))
    assert len(found) == 1 and found[0].name == "figure", call
    got = {argument.key: argument.value for argument in found[0].arguments}
    assert got == {key: value for key, value in values.items() if value}, call


def _letters(text: str) -> str:
    return "".join(re.findall(r"\w+", text))
