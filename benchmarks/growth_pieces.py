"""Pieces of text that are repeated to see how time grows: alone, or with something before and after them.

`{i}` in a piece is its number. A piece is its own name.
"""

from __future__ import annotations

ELEMENTS = """
    a abbr address area article aside audio b base bdi bdo blockquote br button canvas caption center cite code
    col colgroup data datalist dd del details dfn dialog dir div dl dt em embed fieldset figcaption figure font
    footer form frame frameset h1 h6 head header hgroup hr html i iframe image img input ins kbd label legend li
    link listing main map mark marquee math menu meta meter nav nobr noembed noframes noscript object ol
    optgroup option output p param picture plaintext pre progress q rb rp rt rtc ruby s samp script search
    section select slot small source span strike strong style sub summary sup svg table tbody td template
    textarea tfoot th thead time title tr track tt u ul var video wbr xmp a:b custom-el
""".split()
INSIDE = {
    "<p>": "open", "<table>": "open", "<table><tr><td>": "open", "<select>": "open", "<ul><li>": "open", "<svg>": "open",
    "<math>": "open", "<b>": "open", "<a href=/x>": "open", "<form>": "open", "<pre>": "open", "<div>": "open",
    "<figure>": "pair",
}  # fmt: skip
"""What elements are put in, and whether they are left open there."""
IN_THEM = "p b i u a li td tr table select option font div span button form dd dt h1".split()
ALONE = [
    "<b><i>x</b>", "<a><b>", "<b><p>x</b>", "<a href=x><p>x", "<a href=/x>x</a>", "<nobr><nobr>",
    "<p><font size=1 color=red>", "<font size={i}>x", "<a{i}:b>x", "<a{i}:b>x</a{i}:b>", "<o:p>x</o:p>",
    "<p o:x=1>x</p>", "<p o{i}:x=1>x</p>", "<x{i}>x</x{i}>", "&", "&amp;", "&nbsp;", "&#955;", "&x;", "<", "< ", "</",
    "<!", ">", "<?", "<?x>", "<!-- x -->", "<!--", "-->", "<![CDATA[x]>", "<!doctype html>", "<!--more-->",
    "<!--nextpage-->x", '[gallery ids="1,2"]', "[gallery", "[/gallery]", "[caption]x",
    "[caption width=1]<img src=/a.jpg> x[/caption]", "[/caption]", "[foo]x", "[foo]x[/foo]", "[foo a=b]", "[/foo]",
    "[foo{i}]x", "[", "]", "[]", "[[", "[[gallery]]", "[code]x", "[code]x[/code]\n", "[embed]http://x",
    "[embed]http://x/[/embed]\n", "[video src=/a.mp4]", "[playlist]", "[vc_row]x", "[vc_row]x[/vc_row]",
    "[et_pb_section][et_pb_row]x[/et_pb_row]", '<a href="[foo]">x</a>', "[<b>x</b>]", "<[", "[tab title=x]x[/tab]",
    "[ref]x[/ref]", "[mfn]x[/mfn]", "((x))", "<!-- wp:paragraph --><p>x</p><!-- /wp:paragraph -->",
    "<!-- wp:group -->x", "<!-- /wp:group -->x", "<!-- wp:foo/bar /-->", '<!-- wp:foo {"a":1} -->',
    '<!-- wp:foo {"a":', "<!-- wp:", '<!-- wp:block {"ref":99} /-->',
    '<!-- wp:social-link {"url":"http://x","service":"x"} /-->',
    '<!-- wp:cover {"url":"/x.jpg"} --><div style="background-image:url(/x.jpg)">x</div><!-- /wp:cover -->',
    "<!-- wp:html -->x<!-- /wp:html -->", "<!-- wp:paragraph /-->x\n\n",
    "<!-- wp:columns --><!-- wp:column --><p>x</p><!-- /wp:column --><!-- /wp:columns -->", "<!-- wp:footnotes /-->",
    "<!-- wp:shortcode -->[gallery]<!-- /wp:shortcode -->", "`", "`x` ", "` ``", "*", "*x", "**x", "*x ", " *x",
    "*x _y ", "_", "_x ", "x_y", "~~x", "~", "[x](http://x/{i}) ", "[x](", "](", "![x](/a{i}.jpg) ", "![", "![x",
    "[x][y{i}] ", "\n\n[y{i}]: http://x\n\n", "[y{i}]: /x\n", "x[^{i}] ", "\n\n[^{i}]: x\n\n",
    "x[^{i}]\n\n[^{i}]: x\n\n", "<http://x> ", "<http://x", '[x](/y "t") ', "[x](<", "(", ")", "|", "| x ",
    "<table><tr><td>x</table>", "<table><tr><td>", "\n|-|-|\n", "- x\n", "- x\n\n", "{i}. x\n", "1. x\n", "- x\n* y\n",
    "> x\n", "> x\n\n", "<ul><li>x", "x\n: y\n\n", "x\n\n: y\n\n", ":", ": ", "# x\n", "# x {#a{i}}\n",
    "## same\n\ntext\n\n", "x\n=\n", "#", "# ", "---\n", "- - -\n", "* * *\n", "=\n", "```\nx\n```\n", "```\n",
    "~~~\nx\n", "    x\n", "```a{i}\nx\n```\n", '\\', "\\x", "x\\\n", "\n", "x\n", "x\n\n", "x\r\n", "x\r", "\x0c",
    "x<br>", "<br>", "<br />\n", "a@b.c ", "a@b.c", "a@", "@", "http://x.y/z ", "http://x", "http://", "www.x.y ",
    "www.", "http://x.y/{i}\n", "https://www.youtube.com/watch?v=abcdefghi{i}\n", "mailto:a@b.c ", "xmpp:a@b.c ", "x:",
    ":smile: ", ":) ", ":-) ", "$", "$x$ ", "$$x$$", "$latex x$ ", "$latex ", '"', '"x" ', "'", "'x' ", "-", "-- ",
    "x--y", "...", ".", "^", "+", "==x", "!", ";", ",", "1", "1. ", "x", "word ", "漢", "é", "😀", "\u200d", "\u202e",
    "\ufffd", "\ue000", "\ufdd0", "{{<", "{{< x >}}", "{{< x >}}y{{< /x >}}", "{{< /x >}}", "{{% x %}}",
    "{{</* x */>}}", "{{</*", '{{< figure src="/a.jpg" caption="x" >}}\n', "{{< details >}}x",
    "{{< details >}}x{{< /details >}}\n", "{{< gallery >}}x", "{{< highlight go >}}x{{< /highlight >}}\n",
    "{{< highlight go >}}x", "{{< x{i} >}}", '{{< ref "a{i}" >}}', "{{< youtube x >}}\n", "{%", "{% x %}",
    "{% raw %}x", "{% endraw %}", "{{", "{{ x }}", "}}", "{:", "{: .x}", "x\n{: .x}\n", "{", "}", "{#x}", "{::x",
    "$$\nx\n$$\n", "*[x{i}]: y\n", '<p style="text-align:center">x</p>', '<p class="aligncenter wp-image-{i}">x</p>',
    "<p id=a{i}>x</p>", "<p id=a>x</p>", "<a name=a{i}></a>x", "<h2 id=a>x</h2>", "<a href=#a{i}>x</a>",
    '<img src="data:image/png;base64,AAAA">', "<img src=/wp-content/uploads/a{i}.jpg>",
    "<img src=https://old.example/wp-content/uploads/a{i}-300x200.jpg alt=x>", "<p><img src=/a.jpg></p>",
    "<a href=/a.jpg><img src=/a.jpg></a>", "<figure><img src=/a.jpg><figcaption>x</figcaption></figure>",
    "<iframe src=https://www.youtube.com/embed/x></iframe>",
    '<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">\nhttps://youtu.be/abc\n</div></figure>',
    "<video src=/a.mp4 controls></video>", "<picture><source srcset=/a.webp><img src=/a.jpg></picture>",
    "<details><summary>x</summary>y</details>", "<details><summary>x</summary>", "<ruby>x<rt>y</ruby>",
    '<span style="font-weight:bold">x</span>', '<span style="font-weight:bold">x', "<p><b>x</b></p>", "<b>x</b>",
    "<b>x</b><i>y</i>", "<b> </b>", "<b></b>", "<p></p>", "<div></div>", "x<em>y</em>x", "<code>x</code> ",
    "<pre><code class=language-x>x</code></pre>", "<kbd>x</kbd><mark>y</mark>", "<h2><h3>x", "<em><p>x</p>",
    "<em><div>", "<blockquote>x</blockquote>", "<hr>", "<svg><path d=x /></svg>", "<math><mi>x</mi></math>",
    "<script>x</script>", "<style>x</style>", "<noscript><img src=/a.jpg></noscript>",
    "<form><input name=a{i}></form>", "<label>x<input type=checkbox></label>", "<template>x</template>",
    "<object data=/a.swf><embed src=/a.swf></object>", "<p onclick=x>x</p>", "<a href=javascript:x>x</a>",
    "x<sup id=fnref-{i}><a href=#fn-{i}>1</a></sup>",
    "<sup id=fnref:{i}><a href=#fn:{i}>1</a></sup><ol><li id=fn:{i}>x</li></ol>", "<bdo dir=rtl>x</bdo>",
    '<a href="#h{i}">x</a><h2 id=h{i}>y</h2>', "<div class=comment id=comment-{i}><p>x</p></div>",
    "<p align=center>x</p>", "<ol><li>x", "<blockquote><p>x</p>", "&lt;b&gt;", "&lt;", "<a name=x>",
    "<table><a href=x>", "<select><option>x</option></select>", "<isindex>", "<frameset><frame>", "<p></p></p>",
    "<a><p></a>", "<b><div></b>", "<i><b><p></i>", "<li><dd>x", "<body a{i}=x>", "<html a{i}=x>", "<object><b>",
    "<svg><foreignObject><div>", "<math><mtext><div>", "<svg><title>", "<math><annotation-xml encoding=text/html>",
    "<img alt='x' src='/a.jpg' title=x>",
]  # fmt: skip
"""Repeated with nothing around."""
AROUND = [
    ("<dl>", "<dt>a<dd>b", ""), ("<dl>", "<dt>a</dt><dd>b</dd>", "</dl>"), ("<dl>", "<dt>a</dt>", ""),
    ("<p ", " a{i}=x", ">x</p>"), ("<p ", " a=x", ">x</p>"), ("<p ", " data-a{i}=x", ">x</p>"),
    ("<p ", " a{i}:b=x", ">x</p>"), ("<p ", ' a:{i}:"=x', ">x</p>"), ("<p ", ' xmlns:a{i}="x"', ">x</p>"),
    ('<p title="', "a", '">x</p>'), ("<!--", "-", "-->"), ("<svg>", "<![CDATA[x]]", "</svg>"),
    ("[gallery ", "a{i}=b ", "]"), ("[gallery ", "b ", "]"), ('[gallery a="', "b ", ""),
    ('[gallery ids="', "{i},", '"]'), ("<!-- wp:foo ", '{"a":', " /-->"), ('<!-- wp:foo {"a":', "[", ""),
    ("<!-- wp:foo {", '"a{i}":1,', '"b":1} /-->'), ("<!-- wp:foo", " ", ""), ("<!--", " ", "wp:foo"),
    ("", "x`", "y``"), ("[y]: /x\n\n", "[y] ", ""), ("[^1]: x\n\n", "x[^1] ", ""), ("", "[", "x" + "](y)" * 200),
    ("[x](", "(", ""), ("|a|b|\n|-|-|\n", "|x|y|\n", ""), ("|", "a|", "\n|-|"),
    ("|a" * 50 + "|\n|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|-|\n", "|x\n", ""),
    ("<table>", "<tr><td>x</td><td>y</td></tr>", "</table>"), ("<table><tr>", "<td>x</td>", "</tr></table>"),
    ("<table>", "<tr>" + "<td>x" * 40, "</table>"), ("<table>", "<tr><td rowspan=65534>x", "</table>"),
    ("<table>", "<tr><td colspan=1000>x", "</table>"), ("<table>", "<caption>x</caption>", ""), ("", "- ", "x"),
    ("", "1. ", "x"), ("", "> ", "x"), ("", "> - ", "x"), ("<ul>", "<li><ul>", ""),
    ("<ul>", "<li><div>x</div></li>", "</ul>"), ("<ul>", "<li><p>x</p></li>", "</ul>"), ("x\n", ": y\n", ""),
    ("", "x\n", "="), ("# x ", "{", ""), ("# x ", "{#a ", ""), ("", "{.a}", "\n="), ("", "`", "\nx\n"), ("", " ", "x"),
    ("x", "  \n", ""), ("", "\t", "x"), ("", "\xa0", "x"), ("http://x.y/", ")", ""), ("http://x.y/", "(", ""),
    ("http://x.y/", "&amp;", ""), ("http://x.y/", "&a;", ""), ("http://x.y/", ".", ""), ("", "a.", "@b"),
    ("{{< x ", 'a{i}="b" ', ">}}"), ('{{< x "', "a ", ""), ("{{< x `", "a ", ""),
    ('<img src=/a.jpg srcset="', "/a{i}.jpg {i}w, ", '">'), ('<img src=/a.jpg srcset="', ",", '">'),
    ('<img src=/a.jpg sizes="', "(max-width:1px) 1px,", '">'), ('<p style="', "color:red;", '">x</p>'),
    ('<p style="', "a(", '">x</p>'), ('<p style="', "background:url(x);", '">x</p>'),
    ('<p style="', "background:url('", '">x</p>'), ('<p class="', "a{i} ", '">x</p>'), ('<a href="', "%20", '">x</a>'),
    ('<a href="http://old.example/', "../", '">x</a>'), ('<a href="http://old.example/', "/a", '">x</a>'),
    ('<a href="http://old.example/?', "a{i}=1&", '">x</a>'), ('<img src="data:image/png;base64,', "AAAA", '">'),
    ('<figure class="wp-block-gallery">', "<figure><img src=/a.jpg></figure>", "</figure>"),
    ("<video>", "<source src=/a{i}.mp4>", "</video>"),
    ("<picture>", "<source srcset=/a{i}.jpg>", "<img src=/a.jpg></picture>"), ("<ruby>", "x<rt>y", "</ruby>"),
    ("", "<div>x", "</div>" * 500), ("<pre>", "x\n", "</pre>"), ("<pre><code>", "x &lt;\n", "</code></pre>"),
    ("<code>", "`", "</code>"), ("<code>", "` ``", "</code>"), ("<pre>", "```\n", "</pre>"),
    ("<h2>", "x<br>", "</h2>"), ("<h2>", "<div>x</div>", "</h2>"), ("<b>", "<div>x</div>", "</b>"),
    ("<a href=/x>", "<div>x</div>", "</a>"), ("<a href=/x>", "<p>x</p>y", "</a>"), ("<svg>", "<path d=x />", "</svg>"),
    ("<svg>", "<g>", ""), ("<math>", "<mi>x</mi>", "</math>"), ("<form>", "<input>", "</form>"),
    ("<textarea>", "x\n", ""), ("<p ", "onclick{i}=x ", ">x</p>"),
    ("<ol>", "<li id=fn-{i}>x <a href=#fnref-{i}>b</a></li>", "</ol>"),
    ("<video src=/x.mp4>", "<track src=/a{i}.vtt>", "</video>"), ('<img src=/a.jpg alt="', "x] ", '">'),
    ('<a href=/x title="', "&quot;", '">x</a>'), ("<ul>", "<li>x<ul><li>y</li></ul></li>", "</ul>"),
    ("", "<ul><li>", "x"), ("<table>", "<col>", ""), ("<table>", "<tbody><tr><td>x", ""),
    ("<table>", "<thead><tr><th>x", ""), ("<table>", "<tfoot><tr><td>x", ""), ("<table>", "x<tr>", ""),
    ("<table>", "<b>x<tr>", ""), ("<select>", "<optgroup label=x><option>x", ""),
    ("<select>", "<option>x</option>", "</select>"), ("<b>", "<p>x", "</b>"), ("<a>", "<div>x", "</a>"),
    ("<ruby>", "<rt><rp>", ""), ("<object>", "<b>", ""), ("<table><tr>", "<td><b>", ""), ("<plaintext>", "x<b>", ""),
    ("<div>", "x\n\n", "</div>"),
]  # fmt: skip
"""What stands before it, the piece, what stands after it."""

Piece = tuple[str, str, str]
ODD: list[Piece] = [*(("", piece, "") for piece in ALONE), *AROUND]


def _pieces() -> list[Piece]:
    found = list(ODD)
    for name in ELEMENTS:
        found += [("", f"<{name}>x", ""), ("", f"<{name}>x</{name}>", ""), ("", f"</{name}>x", "")]
    for before, how in INSIDE.items():
        found += [(before, f"<{name}>x" + (f"</{name}>" if how == "pair" else ""), "") for name in IN_THEM]
    return list(dict.fromkeys(found))


PIECES = {
    f"{before} {piece} {after[:20]}".strip(" ").replace("\n", "\\n"): (before, piece, after)
    for before, piece, after in _pieces()
}


def repeated(piece: Piece, size: int) -> str:
    """So many characters of it, or a few less."""
    before, middle, after = piece
    if "{i}" in middle:
        number = max(1, size // (len(middle) + 1))
        return before + "".join(middle.replace("{i}", str(i)) for i in range(number)) + after
    return before + middle * max(1, size // len(middle)) + after
