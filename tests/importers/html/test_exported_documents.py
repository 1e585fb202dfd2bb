"""Documents that programs for writing export: what they only show becomes structure, what they know becomes facts, and
what nobody is known to have published becomes a draft."""

from __future__ import annotations

import pytest

from converters.importers.html import metadata
from converters.importers.html.saved.dates import spoken
from converters.importers.html.saved.google_docs import direct
from converters.model.notices import Log
from tests.importers.html.saved_pages import PNG, body, parsed, reasons, site_of, status_of

# Google Docs

SHEET = """.lst-kix_a-0>li:before{content:"● "}
.lst-kix_b-1>li:before{content:"" counter(lst-ctn-kix_b-1,lower-latin) ". "}
.c0{font-weight:400;text-decoration:none;vertical-align:baseline}.c1{font-weight:700}.c2{font-style:italic}
.c3{color:#1155cc;text-decoration:underline}.c4{text-align:center}.c6{text-decoration:line-through}"""


def document(inner: str, kinds: str = "c9 doc-content") -> str:
    head = f'<meta content="text/html; charset=UTF-8" http-equiv="content-type"><style>{SHEET}</style>'
    return f'<html><head>{head}</head><body class="{kinds}">{inner}</body></html>'


def test_googlecodelabs_9_lists_of_levels_stand_in_each_other() -> None:
    shown = body(document(
        '<ul class="lst-kix_a-0 start"><li>This</li></ul><ul class="lst-kix_a-1 start"><li>Example</li></ul>'
        '<ul class="lst-kix_a-0"><li>List</li></ul><p>x</p><ol class="lst-kix_b-0 start" start="1"><li>one</li></ol>'
        '<ol class="lst-kix_b-1 start" start="1"><li>a</li></ol><ol class="lst-kix_b-0" start="2"><li>two</li></ol>'
    ))  # fmt: skip
    plain = " ".join(shown.replace(' class="lst-kix_a-0 start"', "").replace(' class="lst-kix_a-1 start"', "").split())
    assert plain.startswith("<ul><li>This<ul><li>Example</li></ul></li><li>List</li></ul><p>x</p>")
    assert '<li>one<ol class="lst-kix_b-1 start" type="a"><li>a</li></ol></li><li>two</li></ol>' in plain


def test_lists_of_other_documents_keep_apart() -> None:
    shown = body(document(
        '<ul class="lst-kix_a-0"><li>1</li></ul><ul class="lst-kix_b-0"><li>2</li></ul>'
        '<ul class="lst-kix_a-2"><li>3</li></ul><ol class="lst-kix_a-0"><li>4</li></ol>'
    ))  # fmt: skip
    assert shown.count("<li>") == 4
    assert shown.index("<li>2") > shown.index("</ul>")
    assert "<li>2<ul" in shown
    assert shown.endswith('<ol class="lst-kix_a-0"><li>4</li></ol>')


def test_google_docs_to_markdown_60_styles_of_classes_and_links_by_a_detour() -> None:
    link = '<span class="c3"><a href="https://www.google.com/url?q=https://weir.example/a?b%3D1&amp;sa=D&amp;ust=1">w</a></span>'
    text = (
        f'<p class="c4 title"><span class="c0">Harbour</span></p><h2><span class="c1">Walk</span></h2><p class="c4">'
        f'<span class="c1">early</span> <span class="c2">slowly</span> <span class="c6">never</span> {link}</p>'
    )
    with site_of({"My walk.html": document(text)}) as site:
        assert site.files() == ["content/harbour.md"]
        shown = site.text("content/harbour.md")
        assert "title: Harbour" in shown
        assert "## Walk\n" in shown
        assert "**early** *slowly* ~~never~~ [w](https://weir.example/a?b=1)" in shown
        assert status_of(site, "content/harbour.md") == "draft"
        assert [notice["what"] for notice in site.notices("html.unpublished")] == ["Google Docs"]


def test_remarks_of_editors_go_and_are_counted() -> None:
    log = Log()
    text = (
        '<p>Words<sup><a href="#cmnt1" id="cmnt_ref1">[a]</a></sup></p>'
        '<div class="c7"><p><a href="#cmnt_ref1" id="cmnt1">[a]</a><span>Is this true?</span></p></div>'
    )
    page = parsed(document(text), "Doc.html", log)
    assert "true" not in str(page.document.html)
    assert "[a]" not in str(page.document.html)
    assert [(notice.code, notice.what) for notice in log.notices] == [("html.comments", "1")]
    assert metadata.read(page, None).titles[-1] == ("title", "Doc"), "the name of the file"


def test_a_published_document_is_public_and_a_page_that_holds_one_is_its_own() -> None:
    published = document('<div id="banners"><div id="header">Doc</div></div><div id="contents"><p>a</p></div>', "")
    assert (parsed(published).document_of, parsed(published).private) == ("Google Docs", False)
    pasted = document('<ul class="lst-kix_a-0"><li>1</li></ul>', "post-template single")
    assert (parsed(pasted).document_of, parsed(pasted).private) == ("", False)


@pytest.mark.parametrize(
    ("href", "plain"),
    [
        ("https://www.google.com/url?q=https://weir.example/%3Fa%3D1%26b%3D2&sa=D", "https://weir.example/?a=1&b=2"),
        (
            "https://www.google.com/url?q=javascript:alert(1)&sa=D",
            "https://www.google.com/url?q=javascript:alert(1)&sa=D",
        ),
        (
            "https://www.google.com/search?q=https://weir.example/",
            "https://www.google.com/search?q=https://weir.example/",
        ),
        ("https://evil.example/url?q=https://weir.example/", "https://evil.example/url?q=https://weir.example/"),
    ],
)
def test_only_googles_own_detour_is_left_out(href: str, plain: str) -> None:
    assert direct(href) == plain


# Word

WORD = '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15">'
SPACE = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"


def item(text: str, level: int, marker: str, name: str = "l0") -> str:
    ignored = f"<span style='font-family:Symbol'><span style='mso-list:Ignore'>{marker}{SPACE}</span></span>"
    style = f"text-indent:-.25in;mso-list:{name} level{level} lfo1"
    return f"<p class=MsoListParagraph style='{style}'><![if !supportLists]>{ignored}<![endif]>{text}<o:p></o:p></p>\n"


def word(inner: str, head: str = "") -> str:
    return f"{WORD}{head}<title>Report</title></head><body><div class=WordSection1>{inner}</div></body></html>"


def shown(inner: str) -> str:
    html = body(word(inner))
    for mark in ("<!--[if !supportLists]-->", "<!--[endif]-->"):
        html = html.replace(mark, "")
    return " ".join(html.split()).replace("> <", "><")


def test_kendo_ui_2498_lists_of_word_are_lists() -> None:
    row = item("Eels", 1, "·") + item("Young", 2, "o") + item("Otters", 1, "·")
    assert "<ul><li>Eels<ul><li>Young</li></ul></li><li>Otters</li></ul>" in shown(f"<p class=MsoNormal>a</p>{row}")
    numbers = item("Open", 1, "3.") + item("slowly", 2, "a.") + item("Close", 1, "4.")
    assert shown(numbers) == '<ol start="3"><li>Open<ol type="a"><li>slowly</li></ol></li><li>Close</li></ol>'
    assert shown(item("a", 1, "·") + "<p>b</p>" + item("c", 1, "·")).count("<ul>") == 2


def test_froala_3302_filtered_lists_have_their_level_in_their_indent() -> None:
    row = "".join(
        f"<p class=MsoListParagraph style='margin-left:{margin};text-indent:-18.0pt'>{mark}{text}</p>\n"
        for margin, mark, text in (
            ("36.0pt", f"<span style='font-family:Symbol'>·{SPACE}</span>", "Eels"),
            ("1.0in", f"<b><span>o{SPACE}</span></b>", "Young"),
            ("36.0pt", "<span>●</span>", "Otters"),
        )
    )
    assert shown(row) == "<ul><li>Eels<ul><li>Young</li></ul></li><li>Otters</li></ul>"
    bare = f"<p class=MsoListParagraph style='text-indent:-.25in'>2.{SPACE}Two</p>"
    assert shown(bare) == '<ol start="2"><li>Two</li></ol>'
    assert shown("<p class=MsoNormal style='text-indent:-.25in'>2. Two</p>").startswith("<p"), "words, not a mark"


def test_tinymce_1620_conditional_comments_hold_no_text() -> None:
    image = (
        '<!--[if gte vml 1]><v:shape><v:imagedata src="f/1.png"/>Shape</v:shape><![endif]-->'
        '<![if !vml]><img src="f/2.png" alt="Gauge"><![endif]>'
    )
    with site_of({"report.htm": word(f"<p class=MsoNormal>Full. {image}<o:p></o:p></p>"), "f/2.png": PNG}) as site:
        assert site.body("content/report.md") == "Full. ![Gauge](/f/2.png)"


def test_facts_and_marks_of_words_own() -> None:
    log = Log()
    head = (
        "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>Ida &amp; Jo</o:Author>"
        "<o:Created>2021-03-04T05:06:00Z</o:Created></o:DocumentProperties></xml><![endif]-->"
    )
    inner = (
        "<p class=MsoTitle>Report</p><p class=MsoToc1><a href='#_Toc1'>First...1</a></p>"
        "<h2><a name='_Toc1'>First</a></h2><p>a<a class=msocomanchor href='#_msocom_1'>[IW1]</a></p>"
        "<hr class=msocomoff><div class=msocomtxt><p class=MsoCommentText>Really?</p></div>"
    )
    page = parsed(word(inner, head), "a.htm", log)
    facts = metadata.read(page, None)
    assert facts.authors == ("Ida", "Jo")
    assert facts.date is not None
    assert facts.date.isoformat() == "2021-03-04T05:06:00+00:00"
    html = str(page.document.html)
    assert "<h1" in html
    assert "<h2>First</h2>" in html
    assert "Really?" not in html
    assert [(notice.code, notice.what) for notice in log.notices] == [
        ("html.comments", "1"), ("html.chrome", "table of contents"),
    ]  # fmt: skip
    assert not page.private, "pages that Word saved are pages of sites"


# Notion

ID = "0123456789abcdef0123456789abcdef"


def notion(title: str, rows: str, text: str) -> str:
    table = f'<table class="properties"><tbody>{rows}</tbody></table>'
    head = (
        f'<header><div class="page-header-icon"><span class="icon">🌊</span></div><h1 class="page-title">{title}</h1>'
    )
    inner = f'{head}<p class="page-description">What is left</p>{table}</header><div class="page-body">{text}</div>'
    body = f'<article id="x" class="page sans">{inner}</article>'
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


def row(kind: str, name: str, cell: str) -> str:
    return f'<tr class="property-row property-row-{kind}"><th><span class="icon"></span>{name}</th><td>{cell}</td></tr>'


ROWS = "".join((
    row("date", "Date", "<time>@January 5, 2023 10:00 PM</time>"),
    row("created_time", "Created", "@May 1, 2022"),
    row("multi_select", "Tags", '<span class="selected-value">mud</span><span class="selected-value">low tide</span>'),
    row("select", "Category", '<span class="selected-value">Walks</span>'),
    row("text", "Mood", "calm weather"),
))  # fmt: skip
TICKED = row("checkbox", "Published", '<div class="checkbox checkbox-on"></div>')


def test_obsidian_importer_14_properties_are_front_matter_and_links_lead_to_pages() -> None:
    link = f'<p><a href="High%20tide%20{ID[::-1]}.html">high</a></p>'
    files = {
        f"Low tide {ID}.html": notion("Low tide", ROWS, link),
        f"High tide {ID[::-1]}.html": notion("High tide", ROWS.replace("Mood", "Sky") + TICKED, "<p>Words.</p>"),
        f"Posts {ID}.csv": "Name,Mood\nLow tide,calm\n",
    }
    with site_of(files) as site:
        assert site.files() == ["content/posts/high-tide.md", "content/posts/low-tide.md"]
        front = site.front("content/posts/low-tide.md")
        assert front["date"].isoformat() == "2023-01-05T22:00:00+00:00"
        assert (front["tags"], front["categories"]) == (["mud", "low tide"], ["Walks"])
        assert front["description"] == "What is left"
        assert front["draft"] is True
        assert status_of(site, "content/posts/high-tide.md") == "", "its property says that it is published"
        assert "[high](/high-tide/)" in site.text("content/posts/low-tide.md")
        assert reasons(site) == {f"Posts {ID}.csv": "table of Notion"}
        assert "<th>Sky</th>\n<td>calm weather</td>" in site.text("content/posts/high-tide.md"), (
            "what is no fact is a table"
        )


@pytest.mark.parametrize(
    ("rows", "private"),
    [
        (row("checkbox", "Published", '<div class="checkbox checkbox-off"></div>'), True),
        (row("checkbox", "Read", '<div class="checkbox checkbox-on"></div>'), True),
        (row("status", "Status", '<span class="status-value"><div></div>Published</span>'), False),
        (row("select", "Status", '<span class="selected-value">Draft</span>'), True),
        ("", True),
    ],
)
def test_never_public_unless_it_is_said(rows: str, private: bool) -> None:
    assert parsed(notion("a", rows, "<p>b</p>")).private is private


def test_obsidian_importer_75_and_92_toggles_and_callouts_keep_their_words() -> None:
    text = (
        '<ul class="toggle"><li><details open=""><summary>Finds</summary><p>A shoe.</p></details></li></ul>'
        '<figure class="callout"><div><span class="icon">💡</span></div><div>Take boots.</div></figure>'
        '<ul class="to-do-list"><li><div class="checkbox checkbox-on"></div> <span>look</span></li></ul>'
        '<figure><a href="https://otter.example/" class="bookmark source"><div class="bookmark-info">'
        '<div class="bookmark-title">Otters</div></div></a></figure>'
    )
    with site_of({f"a {ID}.html": notion("a", "", text)}) as site:
        shown = site.text(site.files()[0])
        assert "<summary>Finds</summary>\n\nA shoe." in shown
        assert "> Take boots." in shown
        assert "- [x] look" in shown
        assert "[Otters](https://otter.example/)" in shown


def test_obsidian_importer_544_links_to_deleted_pages_are_words() -> None:
    assert "<p>gone</p>" in body(notion("a", "", '<p><a href="https://www.notion.soundefined">gone</a></p>'))


def test_a_page_whose_box_is_called_like_notions_is_no_document() -> None:
    page = parsed('<article class="page"><h1 class="page-title">A</h1><div class="page-body">b</div></article>')
    assert not page.private


# Evernote, Confluence, Tumblr


def test_ever2simple_2_a_note_of_evernote_keeps_its_date_and_tags() -> None:
    head = (
        '<title>Eels</title><meta name="exporter-version" content="Evernote Mac 9.0"/><meta name="created" '
        'content="2020-01-02 03:04:05 +0000"/><meta name="keywords" content="eels, night"/>'
    )
    page = parsed(f"<html><head>{head}</head><body><div>At night.</div></body></html>")
    facts = metadata.read(page, None)
    assert facts.date is not None
    assert facts.date.isoformat() == "2020-01-02T03:04:05+00:00"
    assert [term.name for term in facts.terms] == ["eels", "night"]
    assert page.private
    newer = '<meta itemprop="created" content="20200102T030405Z"><meta itemprop="tag" content="eels">'
    page = parsed(f"<html><head>{newer}</head><body><en-note class='peso'><div>a</div></en-note></body></html>")
    facts = metadata.read(page, None)
    assert facts.date is not None
    assert (facts.date.year, [term.name for term in facts.terms]) == (2020, ["eels"])
    assert not parsed(f"<html><head>{newer}</head><body>a</body></html>").private, "microdata of anybody"


CONFLUENCE = """<html><head><title>Weir : Gauge</title>{head}</head><body><div id="main-header">
<div id="breadcrumb-section"><ol id="breadcrumbs"><li>Weir</li></ol></div>
<h1 id="title-heading"><span id="title-text">Weir : Gauge</span></h1></div>
<div id="content"><div class="page-metadata">Created by <span class='author'> Ida</span>, last modified on
Jan 05, 2023</div>
<div id="main-content" class="wiki-content group"><p>Read it.</p><div class="code panel"><div class="codeContent">
<pre data-syntaxhighlighter-params="brush: java; gutter: false">int a;</pre></div></div></div></div></body></html>"""


def test_a_page_of_confluence() -> None:
    with site_of({"123.html": CONFLUENCE.format(head="")}) as site:
        front = site.front("content/gauge.md")
        assert (front["title"], front["authors"], front["draft"]) == ("Gauge", ["Ida"], True)
        assert site.body("content/gauge.md") == "Read it.\n\n```java\nint a;\n```"
    assert not parsed(CONFLUENCE.format(head='<meta name="ajs-page-id" content="1">')).private, (
        "a wiki as readers see it"
    )


def test_a_post_of_tumblr() -> None:
    post = (
        '<!DOCTYPE html><html><body><h1>Herons</h1><p>Seven.</p><img src="../../media/1.png"/><div id="footer">'
        '<span id="timestamp"> January 5th, 2019 3:04pm </span><span class="tag">the weir</span></div></body></html>'
    )
    with site_of({"posts/html/1.html": post, "media/1.png": PNG, "payload-0.json": "{}"}) as site:
        front = site.front("content/posts/1.md")
        assert (front["title"], front["tags"]) == ("Herons", ["the weir"])
        assert front["date"].isoformat() == "2019-01-05T15:04:00+00:00"
        assert site.body("content/posts/1.md") == "Seven.\n\n![](/media/1.png)"
        assert reasons(site) == {"payload-0.json": "account data of Tumblr"}


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("@January 5, 2023 10:00 PM (GMT+1)", "2023-01-05T22:00"),
        (" May 20th, 2014 12:25am ", "2014-05-20T00:25"),
        ("@Jan 5, 2023 → Jan 6, 2023", "2023-01-05"),
        ("5 March 2020", "2020-03-05"),
        ("2023/01/05", "2023-01-05"),
        ("05/01/2023", ""),
        ("Smarch 5, 2020", ""),
        ("", ""),
    ],
)
def test_dates_as_programs_write_them(text: str, date: str) -> None:
    assert spoken(text) == date
