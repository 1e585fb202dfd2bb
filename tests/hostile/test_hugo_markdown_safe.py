"""`--raw-html safe` from Hugo to Hugo: whatever the Markdown around it, nothing runs in what the real Hugo builds.

Each row of a table is the text of one page of one site, which is converted, built, and read as browsers read it. The
same site converted with `--raw-html keep` shows that the rows are what they seem to be.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from converters.model.notices import Log
from converters.model.options import ReadOptions, WriteOptions
from converters.passes.sanitize_markdown import sanitize_front, sanitize_markdown, sanitize_page
from pipelines.run.carry import Options
from tests.hostile.browsers import running
from tests.hostile.cases import case
from tests.support import convert_files, hugo

IMG = "<img src=x onerror=go()>"
SCRIPT = "<script>go()</script>"

AROUND_READERS = {
    "a tag over two lines of a quotation": "> <img src=x\n> onerror=go()>",
    "an address on the next line of a quotation": "> [x](\n> javascript:go())",
    "a backtick in an attribute": f'a <a href="`"> {IMG} `',
    "a backtick in an argument": f'{{{{< y "`" >}}}}{IMG}`',
    "a call inside a tag": "a <b {{< y >}} onclick=go()>b</b>",
    "a call with quotes inside an attribute": 'a <b title="{{< y "a" >}}" onclick=go()>b</b>',
    "a tag inside a declaration": f"<!x {IMG}>",
    "noscript and a title": f'<noscript><p title="</noscript>{IMG}">x</p></noscript>',
    "noscript and an address": f'<noscript><a href="</noscript>{IMG}">x</a></noscript>',
    "noscript and an image": f'<noscript><img alt="</noscript>{IMG}" src=a.jpg></noscript>',
    "noscript and a frame": f'<noscript><iframe src=https://x.example title="</noscript>{IMG}"></iframe></noscript>',
    "a style behind an svg": f'<svg></p><style><a id="</style>{IMG}">',
    "a style inside an svg": f'<svg><p><style><a id="</style>{IMG}"></p></svg>',
    "a style inside a formula": '<math><annotation-xml encoding="text/html"><p><style>'
    f'<img title="</style>{IMG}"></p></annotation-xml></math>',
    "the body": "<body onload=go()>",
    "a tag inside a tag": "<scr<script>ipt>go()</script>",
    "code inside an attribute": f'<img src="x` `{SCRIPT}"` `>',
}
"""Seventeen texts in which Markdown, HTML and shortcodes are read in two ways."""

TAGS = {
    "a script": SCRIPT,
    "a script over blank lines": "<script>\n\ngo()\n\n</script>",
    "an unclosed script": "<script>go()//",
    "an image": f"a {IMG} b",
    "a tag over lines": "<img src=x\n  onerror=go()>",
    "a tag over lines in a list": "- <img src=x\n  onerror=go()>",
    "a tag over lines in a note": "a[^1]\n\n[^1]: <img src=x\n    onerror=go()>",
    "a tag that a block ends in": '</pre><p title="a\n\n[x](onmouseover=go()//)',
    "a tag that a quotation ends in": '> <div title="a\nb" onclick="go()">',
    "a slash for a space": "<svg/onload=go()>",
    "an upper case handler": "<b ONCLICK=go()>b</b>",
    "a handler between quotes": '<b title="a"onclick=go()>b</b>',
    "a handler over a tab": "<b\tonclick=go()>b</b>",
    "a form feed": "<b\x0conclick=go()>b</b>",
    "details": "<details open ontoggle=go()>\n\na\n\n</details>",
    "a frame with a document": '<iframe srcdoc="&lt;script>go()&lt;/script>"></iframe>',
    "a frame that runs": "<iframe src=javascript:go()></iframe>",
    "an object": "<object data=javascript:go()></object>",
    "an embed": "<embed src=javascript:go()>",
    "a base": "<base href=javascript:/go()//>",
    "a refresh": '<meta http-equiv=refresh content="0;url=javascript:go()">',
    "a form": "<form action=javascript:go()><button>b</button></form>",
    "a button": "<form><button formaction=javascript:go()>b</button></form>",
    "an animation": "<svg><a><animate attributeName=href values=javascript:go() /><text>x</text></a></svg>",
    "a linked svg": "<svg><a xlink:href=javascript:go()><text>x</text></a></svg>",
    "a linked formula": "<math href=javascript:go()>x</math>",
    "CDATA": f"<svg><![CDATA[></svg>{IMG}]]></svg>",
    "a processing instruction": f"<?x {IMG} ?>",
    "a comment that ends early": f"<!--> {IMG} -->",
    "a comment that ends oddly": f"<!-- --!> {IMG} -->",
    "a comment over a blank line": f"a <!-- b\n\n{IMG} -->",
    "a textarea": f'<textarea><p title="</textarea>{IMG}"></textarea>',
    "a select": f"<select><style></select>{IMG}</style></select>",
    "an autolink as a tag": "<div>\n<https://x/onclick=go()>x",
    "a mail address as a tag": "<div>\n<x/onclick=go()//@b.example>",
    "a removed tag that joins": f"<b<script></script>{SCRIPT}r>",
    "a teaser's end inside a tag": "<img src=x <!--more--> onerror=go()>",
    "an end tag with quotes": f'</a title="> {IMG}',
    "a path that is a tag": "<svg/onload=go()> <img/src=x onerror=go()/x.svg>",
    "a path in front of a script": "[a]: <script/b.js>go()</script> 'c'\n\n<div>\n[a]: <script/b.js>go()</script>",
    "an end tag that ends a block of HTML": f'<div>\n</script/x "\n{SCRIPT}',
    "a path in quotation marks": f"</a '>\n\n{IMG}' b>",
}
"""Tags that run, split and hidden in what surrounds them."""

CODE = {
    "an unbalanced backtick": f"` a\n`{IMG}` b `",
    "backticks over lines": f"a `\nb `{SCRIPT} c",
    "a backtick in a title": f'[a](/u "`") ` x `{SCRIPT}`',
    "a backtick in a definition": f'[a]: /u "`"\n` x `{SCRIPT}`\n\n[a]',
    "a backtick at the end of a URL": f"http://a.example/` x `{SCRIPT}`",
    "a backtick in a cell": f"| a | b |\n|---|---|\n| ` | ` x `{IMG}` |",
    "an escaped backtick": f"\\` ` x `{IMG}`",
    "a backtick in a note": f"a [^`] ` x `{IMG}`\n\n[^`]: n",
    "a fence in a block of HTML": f"<div>\n```\n{SCRIPT}\n```\n</div>",
    "a fence behind the end of a block": f"</div>\n```\n{SCRIPT}\n```",
    "a fence in a pre": f"<pre>\n```\n{SCRIPT}\n```\n</pre>",
    "a fence in a comment": f"<!--\n```\n-->\n{SCRIPT}\n```",
    "a fence that a list ends": f"- a\n  ```\nb\n  ```\n{SCRIPT}\n",
    "a fence that a quotation ends": f"> ```\n> a\n\n{SCRIPT}\n\n```",
    "a fence in a paragraph of a list": f"a\n    ```\n    {SCRIPT}\n\n    ```",
    "a fence closed by the teaser's end": f"```\n<!--more-->```\n{SCRIPT}",
    "a fence opened by the teaser's end": f"x <!--more--> ```\n\n```\n{SCRIPT}",
    "indented behind the teaser's end": f"x <!--more-->\n\n    {SCRIPT}",
    "indented in a list": f"- a\n\n    {SCRIPT}",
    "indented in a note": f"a[^1]\n\n[^1]: b\n\n    {SCRIPT}",
    "indented in a definition": f"T\n: a\n\n    {SCRIPT}",
    "indented in a paragraph": f"a\n    {SCRIPT}",
    "a fence in a block with a line of odd spaces": f"<div>\n\u00a0\n```\n{SCRIPT}\n```",
    "a word that looks like a heading in a list": f"- a\n#b\n\n    {SCRIPT}",
    "a tag that begins no block": f"a\n<div/x>\n```\n\n```\n{SCRIPT}\n```",
    "an indented fence in a quotation": f">     ```\n> ```\n> a\n> ```\n> {SCRIPT}",
    "code written by a shortcode": f'`{{{{% raw "`" %}}}}{SCRIPT}`',
}
"""What looks like code and is none."""

ADDRESSES = {
    "a link": "[x](javascript:go())",
    "references": "[x](jav&#x61;script&colon;go())",
    "a backslash": "[x](javascript\\:go())",
    "an image": "![x](javascript:go())",
    "pointed": "[x](<javascript:go()>)",
    "an autolink": "<javascript:go()>",
    "an autolink that looks like a tag": "a <javascript:name> b",
    "an autolink that looks like a tag of a namespace": "a <bk:name>b</bk:name>",
    "a definition": "[x]\n\n[x]: javascript:go()",
    "a definition on the next line": "[x]\n\n[x]:\n  vbscript:go()",
    "a definition in a quotation": "> [x]\n>\n> [x]:\n> javascript:go()",
    "a page in an address": "[x](data:text/html,%3Cscript%3Ego()%3C/script%3E)",
    "a tab in the scheme": '<a href="java&Tab;script:go()">x</a>',
    "a call in the scheme": "[x](java{{< e >}}script:go())",
    "a call behind the scheme": "[x]({{< y >}}script:go())",
    "a call that writes nothing in front": "[x]({{% e %}} javascript:go())",
    "a call that writes nothing between": "[x]{{% e %}}(javascript:go())",
    "a call that writes nothing in a definition": "[x]\n\n[x]{{% e %}}: {{% e %}}javascript:go()",
    "a parameter in a tag": "<{{% param word %}}>go()</script>",
    "an unknown scheme": "[x](ms-msdt:/id)",
}
"""Addresses that run, in all the places that Markdown has for one."""

SHORTCODES = {
    "between calls": f"{{{{< p >}}}}{SCRIPT}{{{{< /p >}}}}",
    "between calls that write Markdown": f"{{{{% box %}}}}`{SCRIPT}`{{{{% /box %}}}}",
    "code between calls": f"{{{{< p >}}}}`{SCRIPT}`{{{{< /p >}}}}",
    "a fence between calls": f"{{{{< p >}}}}\n```\n{SCRIPT}\n```\n{{{{< /p >}}}}",
    "a fence between calls of Hugo": f'{{{{< details summary="a" >}}}}\n```\n{{{{< p >}}}}{SCRIPT}{{{{< /p >}}}}\n```\n'
    "{{< /details >}}",
    "between calls in a fence": f"```\n{{{{< p >}}}}{SCRIPT}{{{{< /p >}}}}\n```",
    "a handler for an attribute": '[x](/u "{{< p >}}" onmouseover=go() x="{{< /p >}}")',
    "a handler in two parts": '[x](/u "{{< p >}}" on{{< e >}}mouseover=go() x="{{< /p >}}")',
    "a handler in a value": '[x](/u "{{< p >}}<b class=" onmouseover=go() x=">{{< /p >}}")',
    "a caption": f'{{{{< figure src="a.jpg" caption="{IMG}" >}}}}',
    "a credit": f'{{{{< figure src="a.jpg" attr=`{SCRIPT}` >}}}}',
    "an argument": f"{{{{< raw `{IMG}` >}}}}",
    "an argument with quotes": '{{< raw "<b title=\\"a\\" onclick=go()>" >}}',
    "an address": '{{< url "javascript:go()" >}}',
    "an address that is escaped": '{{< url "java&#115;cript:go()" >}}',
    "a link in a caption": '{{< figure src="a.jpg" caption="[x](javascript:go())" >}}',
    "a summary": f'{{{{< details summary="{IMG}" >}}}}a{{{{< /details >}}}}',
    "a commented call": "{{</*script>go()</script*/>}}",
    "a call in front of a name": "<{{< e >}}script>go()</script>",
    "a call inside a name": "<scr{{< e >}}ipt>go()</script>",
    "an inline shortcode": '{{< x.inline >}}{{ "<script>go()</script>" | safeHTML }}{{< /x.inline >}}',
}
"""What shortcodes enclose, say and join."""

ALL = {
    f"{group}: {name}": text
    for group, table in {
        "readers": AROUND_READERS, "tags": TAGS, "code": CODE, "addresses": ADDRESSES, "shortcodes": SHORTCODES
    }.items()
    for name, text in table.items()
}  # fmt: skip
_CALLS = {
    "e": "",
    "y": "Y",
    "p": "{{ .Inner }}",
    "box": "<div>\n{{ .Inner }}\n</div>",
    "raw": "{{ .Get 0 | safeHTML }}",
    "url": '<a href="{{ .Get 0 | safeURL }}">u</a>',
}
_CONFIG = """baseURL = "https://old.example/"
title = "T"
disableKinds = ["taxonomy", "term", "RSS", "sitemap", "home", "section", "404"]
enableInlineShortcodes = true
[markup.goldmark.renderer]
unsafe = true
[security]
allowContent = [".*"]
"""


class Built(NamedTuple):
    """The pages of a site that Hugo built."""

    folder: Path

    def page(self, name: str) -> str:
        return (self.folder / name / "index.html").read_text(encoding="utf-8")

    def runs(self, name: str) -> list[str]:
        """What runs on a page. That a comment holds a tag is no harm: every `<` of these texts is judged."""
        return [what for what in running(self.page(name)) if not what.startswith("comment ")]


def source(folder: Path, files: dict[str, str]) -> Path:
    """A Hugo site with these files of content."""
    layouts = {f"layouts/shortcodes/{name}.html": text for name, text in _CALLS.items()}
    layouts["layouts/_default/single.html"] = "<h1>{{ .Title | safeHTML }}</h1>{{ .Summary }}<hr>{{ .Content }}"
    for path, text in {**layouts, "hugo.toml": _CONFIG, **files}.items():
        file = folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode())
    return folder


def page(text: str, front: str = "title: T") -> str:
    return f"---\n{front}\ndate: 2024-01-01\n---\n\n{text}\n"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Built]:
    """The site of all rows, converted in a mode and built."""
    rows = {f"content/p{number}.md": page(text, "title: T\nword: script") for number, text in enumerate(ALL.values())}
    made: dict[str, Built] = {}

    def build(mode: str) -> Built:
        if mode not in made:
            folder = tmp_path_factory.mktemp(mode)
            options = Options("hugo", "hugo", ReadOptions(), WriteOptions(raw_html=mode))
            site = convert_files(folder / "out", source(folder / "in", rows), options=options)
            made[mode] = Built(hugo(site.folder))
        return made[mode]

    return build


@case(
    "markdown-two-readings",
    "a Hugo text whose tags and links Markdown, HTML and shortcodes read in different ways, with --raw-html safe",
    "no reading of it runs anything",
)
@pytest.mark.parametrize("name", AROUND_READERS)
def test_safe_hugo(built: Callable[[str], Built], name: str) -> None:
    assert built("safe").runs(f"p{list(ALL).index(f'readers: {name}')}") == []


@case(
    "markdown-safe",
    "tags, addresses, handlers and shortcodes that run, in a Hugo text, with --raw-html safe",
    "what Hugo builds of it runs nothing",
)
@pytest.mark.parametrize("name", [name for name in ALL if not name.startswith("readers")])
def test_nothing_runs(built: Callable[[str], Built], name: str) -> None:
    assert built("safe").runs(f"p{list(ALL).index(name)}") == []


def test_the_rows_run_when_they_are_kept(built: Callable[[str], Built]) -> None:
    kept = built("keep")
    harmless = [name for number, name in enumerate(ALL) if not kept.runs(f"p{number}")]
    assert len(harmless) < len(ALL) / 8, harmless


MARKUPS = {
    "a.html": page(f"<p>{IMG}</p>{SCRIPT}"),
    "b.md": page(f"`{SCRIPT}`", "title: T\nmarkup: html"),
    "c.org": page(f"#+BEGIN_EXPORT html\n{SCRIPT}\n#+END_EXPORT\n@@html:{IMG}@@ [[javascript:go()][x]]"),
    "d.md": page("@@html:<i@@ [[javascript:go()][x]]", "title: T\nmarkup: org"),
    "e.adoc": page(f"++++\n{SCRIPT}\n++++\n~~~~\n{{{{< raw `{IMG}` >}}}}"),
    "f.md": page("a", f"title: '{SCRIPT}'\nsummary: 'a {IMG} [x](javascript:go())'"),
    "g.md": page("a", "title: T\nsummary: '<b title=\"`\" onclick=go()>b</b>'"),
}


@case(
    "markdown-other-markup",
    "a Hugo page in HTML, Org or AsciiDoc that holds what runs, or front matter that does, with --raw-html safe",
    "what is not read is shown as it was written, and nothing runs",
)
def test_other_markups_and_front_matter(tmp_path: Path) -> None:
    files = {f"content/{name}": text for name, text in MARKUPS.items()}
    options = Options("hugo", "hugo", ReadOptions(), WriteOptions(raw_html="safe"))
    site = convert_files(tmp_path / "out", source(tmp_path / "in", files), options=options)
    made = Built(hugo(site.folder))
    assert {name: made.runs(name.partition(".")[0]) for name in MARKUPS} == {name: [] for name in MARKUPS}
    assert "#+BEGIN_EXPORT html" in made.page("c")


def test_files_inside_a_bundle_and_settings(tmp_path: Path) -> None:
    files = {
        "content/a/index.md": page("a"),
        "content/a/part.md": page(f"b {IMG}", f"title: '{SCRIPT}'"),
        "content/a/same.md": page("`<script>` <b>c</b>", "title:   T"),
        "content/a/part.html": page(f"<p>{IMG}</p>"),
        "content/a/data.json": "{}",
        "hugo.toml": f'{_CONFIG}[params]\nfooter = "a {SCRIPT}"\n[params.home]\nurl = "javascript:go()"\n',
        "layouts/_default/single.html": "{{ range .Resources }}{{ with .Content }}{{ . }}{{ end }}"
        "{{ .Title | safeHTML }}{{ end }}{{ .Site.Params.footer | safeHTML }}",
    }
    options = Options("hugo", "hugo", ReadOptions(), WriteOptions(raw_html="safe"))
    folder = source(tmp_path / "in", {})
    site = convert_files(tmp_path / "out", source(folder, files), options=options)
    made = Built(hugo(site.folder))
    assert made.runs("a") == []
    assert "b " in made.page("a")
    assert site.text("content/a/same.md") == files["content/a/same.md"]
    assert 'url = "#"' in site.text("hugo.toml")


@pytest.mark.parametrize(
    "text",
    [
        "```html\n<script>go()</script>\n```\n\n~~~\n<img onerror=x>\n~~~",
        "1. a\n   ```html\n   <script>\n   ```\n\n- ```\n  <script>\n  ```\n\n> ```\n> <script>\n> ```",
        "The `<script>` tag and ``a ` <style>``.\n\nAnd [a](/b) `<iframe srcdoc>` <b>c</b> `<base>`.",
        "    <script>go()</script>\n\n\t<body onload=x>\n",
        "a\n<!--more-->\n\n```\n<script>\n```\n",
        "{{< highlight html >}}\n<script>go()</script>\n{{< /highlight >}}",
        '<div class="a"\n  id=b>\n\n*c* <br/> <kbd>d</kbd>\n\n</div>\n<!-- a <b>c</b> -->',
        '<a href="{{< ref "a.md" >}}#b">c</a> [d]({{< relref `e.md` >}}) ![f](g.png "h")',
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg> <iframe src="https://www.youtube.com/embed/x"></iframe>',
        '```\n{{</* figure src="a.jpg" */>}}\n```\n\n| a | b |\n|---|---|\n| `<b>` | c |\n',
        "the difference between listen-<client,peer>-urls and <Site.Title>",
        "[a]: https://a.example/b 'c'\n\n<https://d.example/?e=f> <g@h.example> 1 < 2 and <- i",
        '![a][b] [c](</d/e f.md>) [g](<h/i j.md>) [k](<img/l.svg>) [m](<./n o.md>) [p](<#q>)\n\n[b]: </img/b.svg> "B"',
        "a <o:p>b</o:p> <https:c>",
        "1. <kbd><img src=a.png \\></kbd> <br ,>",
        '# T {#id .class title="a"}\n\n[note]: see below: javascript: is a scheme.',
    ],
)
def test_harmless_texts_stay(text: str) -> None:
    log = Log()
    assert sanitize_markdown(text, log) == text
    assert log.notices == []


def test_an_address_of_the_settings_may_be_pointed_at() -> None:
    settings = {"params": {"repo": "https://git.example/a", "word": "https://git.example/a"}}
    text = "[a]: <{{% param repo %}}/b/c.md?plain>\n<{{% param repo %}}>"
    assert sanitize_page({"word": "script"}, text, "goldmark", settings, Log())[1] == text
    assert sanitize_page({}, "<{{% param word %}}>", "goldmark", settings, Log())[1] == "<{{% param word %}}>"
    own = sanitize_page({"word": "script"}, "<{{% param word %}}>", "goldmark", settings, Log())
    assert own[1] == "&lt;{{% param word %}}>"


def test_harmless_front_matter_stays() -> None:
    front = {"title": "Note: `a` <b>b</b> & c: d", "date": 1, "tags": ["on = off", "a: b"], "params": {"url": "/a?b=c"}}
    log = Log()
    assert sanitize_front(front, log) == front
    assert log.notices == []


def test_a_text_that_never_settles_loses_its_markup(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("converters.passes.sanitize_markdown._ROUNDS", 1)
    log = Log()
    text = sanitize_markdown("<script>a</script> <b>c</b> {{< y >}} [d](e) {onclick=f}", log)
    assert "<" not in text
    assert "](" not in text
    assert log.notices[-1].what == "all markup of the text"
