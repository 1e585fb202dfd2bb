"""Footnotes as their makers write them, read as notes: one page a maker, converted, and built by Hugo and Jekyll."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from lxml import etree, html

from converters.html import tree
from converters.importers.html import semantic
from converters.model.notices import Log
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests import children
from tests.support import Site, convert_files, hugo

MAKERS = {
    "pandoc":
        '<p>One<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> and two<a'
        ' href="#fn2"'
        ' class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a>.</p><section class="footnotes'
        ' footnotes-end-of-document" role="doc-endnotes"><hr><ol><li id="fn1"><p>First note.<a href="#fnref1"'
        ' class="footnote-back" role="doc-backlink">↩︎</a></p></li><li id="fn2"><p>Second note.<a href="#fnref2"'
        ' class="footnote-back" role="doc-backlink">↩︎</a></p></li></ol></section>',
    "goldmark":
        '<p>One<sup id="fnref:1"><a href="#fn:1" class="footnote-ref" role="doc-noteref">1</a></sup> and two<sup'
        ' id="fnref:2"><a href="#fn:2" class="footnote-ref" role="doc-noteref">2</a></sup>.</p><div class="footnotes"'
        ' role="doc-endnotes"><hr><ol><li id="fn:1"><p>First note.&#160;<a href="#fnref:1" class="footnote-backref"'
        ' role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li><li id="fn:2"><p>Second note.&#160;<a href="#fnref:2"'
        ' class="footnote-backref" role="doc-backlink">&#x21a9;&#xfe0e;</a></p></li></ol></div>',
    "kramdown":
        '<p>One<sup id="fnref:a" role="doc-noteref"><a href="#fn:a" class="footnote" rel="footnote">1</a></sup> and'
        ' two<sup id="fnref:b" role="doc-noteref"><a href="#fn:b" class="footnote"'
        ' rel="footnote">2</a></sup>.</p><div'
        ' class="footnotes" role="doc-endnotes"><ol><li id="fn:a" role="doc-endnote"><p>First note. <a'
        ' href="#fnref:a"'
        ' class="reversefootnote" role="doc-backlink">&#8617;</a></p></li><li id="fn:b" role="doc-endnote"><p>Second'
        ' note. <a href="#fnref:b" class="reversefootnote" role="doc-backlink">&#8617;</a></p></li></ol></div>',
    "python-markdown":
        '<p>One<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> and two<sup id="fnref:2"><a'
        ' class="footnote-ref" href="#fn:2">2</a></sup>.</p><div class="footnote"><hr /><ol><li id="fn:1"><p>First'
        ' note.&#160;<a class="footnote-backref" href="#fnref:1" title="Jump back to footnote'
        ' 1">&#8617;</a></p></li><li'
        ' id="fn:2"><p>Second note.&#160;<a class="footnote-backref" href="#fnref:2">&#8617;</a></p></li></ol></div>',
    "docutils":
        '<p>One<a class="footnote-reference brackets" href="#id3" id="id1" role="doc-noteref"><span'
        ' class="fn-bracket">[</span>1<span class="fn-bracket">]</span></a> and two<a class="footnote-reference'
        ' brackets" href="#id4" id="id2" role="doc-noteref"><span class="fn-bracket">[</span>2<span'
        ' class="fn-bracket">]</span></a>.</p><aside class="footnote-list brackets"><aside class="footnote brackets"'
        ' id="id3" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span><a role="doc-backlink"'
        ' href="#id1">1</a><span class="fn-bracket">]</span></span><p>First note.</p></aside><aside class="footnote'
        ' brackets" id="id4" role="doc-footnote"><span class="label"><span class="fn-bracket">[</span>2<span'
        ' class="fn-bracket">]</span></span><span class="backrefs">(<a role="doc-backlink" href="#id2">1</a>)</span>'
        "<p>Second note.</p></aside></aside>",
    "docutils-dl":
        '<p>One<a class="footnote-reference brackets" href="#id3" id="id1">1</a> and two<a class="footnote-reference'
        ' brackets" href="#id4" id="id2">2</a>.</p><dl class="footnote brackets"><dt class="label" id="id3"><span'
        ' class="brackets"><a class="fn-backref" href="#id1">1</a></span></dt><dd><p>First note.</p></dd><dt'
        ' class="label" id="id4"><span class="brackets"><a class="fn-backref"'
        ' href="#id2">2</a></span></dt><dd><p>Second'
        " note.</p></dd></dl>",
    "docutils-table":
        '<p>One<a class="footnote-reference" href="#id3" id="id1">[1]</a> and two<a class="footnote-reference"'
        ' href="#id4" id="id2">[2]</a>.</p><table class="docutils footnote" id="id3"><colgroup><col class="label"'
        ' /><col'
        ' /></colgroup><tbody><tr><td class="label"><a class="fn-backref" href="#id1">[1]</a></td><td>First'
        ' note.</td></tr></tbody></table><table class="docutils footnote" id="id4"><colgroup><col class="label"'
        ' /><col'
        ' /></colgroup><tbody><tr><td class="label"><a class="fn-backref" href="#id2">[2]</a></td><td>Second'
        " note.</td></tr></tbody></table>",
    "gfm":
        '<p>One<sup><a href="#user-content-fn-1" id="user-content-fnref-1" data-footnote-ref="true"'
        ' aria-describedby="footnote-label">1</a></sup> and two<sup><a href="#user-content-fn-2"'
        ' id="user-content-fnref-2" data-footnote-ref="true">2</a></sup>.</p><section data-footnotes="true"'
        ' class="footnotes"><h2 class="sr-only" id="footnote-label">Footnotes</h2><ol><li'
        ' id="user-content-fn-1"><p>First note. <a href="#user-content-fnref-1" data-footnote-backref="true"'
        ' class="data-footnote-backref">↩</a></p></li><li id="user-content-fn-2"><p>Second note. <a'
        ' href="#user-content-fnref-2" data-footnote-backref="true" class="data-footnote-backref">↩</a></p></li></ol>'
        "</section>",
    "markdown-it":
        '<p>One<sup class="footnote-ref"><a href="#fn1" id="fnref1">[1]</a></sup> and two<sup class="footnote-ref"><a'
        ' href="#fn2" id="fnref2">[2]</a></sup>.</p><hr class="footnotes-sep"><section class="footnotes"><ol'
        ' class="footnotes-list"><li id="fn1" class="footnote-item"><p>First note. <a href="#fnref1"'
        ' class="footnote-backref">↩︎</a></p></li><li id="fn2" class="footnote-item"><p>Second note. <a'
        ' href="#fnref2"'
        ' class="footnote-backref">↩︎</a></p></li></ol></section>',
    "hexo":
        '<p>One<sup id="fnref:1"><a href="#fn:1" rel="footnote"><span class="hint--top" aria-label="First'
        ' note.">[1]</span></a></sup> and two<sup id="fnref:2"><a href="#fn:2" rel="footnote"><span class="hint--top"'
        ' aria-label="Second note.">[2]</span></a></sup>.</p><div id="footnotes"><hr><div id="footnotelist"><ol'
        ' style="list-style: none"><li id="fn:1"><span style="display: inline-block">1.</span><span>First note.<a'
        ' href="#fnref:1" rev="footnote"> ↩</a></span></li><li id="fn:2"><span>2.</span><span>Second note.<a'
        ' href="#fnref:2" rev="footnote"> ↩</a></span></li></ol></div></div>',
    "substack":
        '<p>One<a data-component-name="FootnoteAnchorToDOM" id="footnote-anchor-1" href="https://notes.example/p/a#'
        'footnote-1" target="_self" class="footnote-anchor">1</a> and two<a id="footnote-anchor-2"'
        ' class="footnote-anchor"'
        ' href="https://notes.example/p/a#footnote-2">2</a>.</p><div data-component-name="FootnoteToDOM"'
        ' class="footnote"><a id="footnote-1" href="https://notes.example/p/a#footnote-anchor-1"'
        ' class="footnote-number">1</a><div class="footnote-content"><p>First note.</p></div></div><div'
        ' class="footnote">'
        '<a id="footnote-2" href="https://notes.example/p/a#footnote-anchor-2" class="footnote-number">2</a><div'
        ' class="footnote-content"><p>Second note.</p></div></div>',
    "word":
        '<p>One<a style="mso-footnote-id:ftn1" href="#_ftn1" name="_ftnref1" title=""><span'
        ' class="MsoFootnoteReference"><span>[1]</span></span></a> and two<a href="#_ftn2" name="_ftnref2"'
        ' title="">[2]</a>.</p><div style="mso-element:footnote-list"><br clear="all"><hr align="left" size="1"'
        ' width="33%"><div style="mso-element:footnote" id="ftn1"><p class="MsoFootnoteText"><a href="#_ftnref1"'
        ' name="_ftn1" title=""><span>[1]</span></a> First note.</p></div><div style="mso-element:footnote"'
        ' id="ftn2"><p class="MsoFootnoteText"><a href="#_ftnref2" name="_ftn2" title="">[2]</a> Second'
        ' note.</p></div>'
        "</div>",
    "google-docs":
        '<p>One<sup><a href="#ftnt1" id="ftnt_ref1">[1]</a></sup> and two<sup><a href="#ftnt2"'
        ' id="ftnt_ref2">[2]</a></sup>.</p><hr class="c8"><div><p class="c1"><a href="#ftnt_ref1"'
        ' id="ftnt1">[1]</a><span class="c0">&nbsp;First note.</span></p></div><div><p class="c1"><a'
        ' href="#ftnt_ref2"'
        ' id="ftnt2">[2]</a><span class="c0">&nbsp;Second note.</span></p></div>',
    "libreoffice":
        '<p>One<a class="sdfootnoteanc" name="sdfootnote1anc" href="#sdfootnote1sym"><sup>1</sup></a> and two<a'
        ' class="sdfootnoteanc" name="sdfootnote2anc" href="#sdfootnote2sym"><sup>2</sup></a>.</p><div'
        ' id="sdfootnote1"><p class="sdfootnote"><a class="sdfootnotesym" name="sdfootnote1sym"'
        ' href="#sdfootnote1anc">1</a>First note.</p></div><div id="sdfootnote2"><p class="sdfootnote"><a'
        ' class="sdfootnotesym" name="sdfootnote2sym" href="#sdfootnote2anc">2</a>Second note.</p></div>',
    "latexml":
        '<p class="ltx_p">One<span id="footnote1" class="ltx_note ltx_role_footnote"><sup'
        ' class="ltx_note_mark">1</sup>'
        '<span class="ltx_note_outer"><span class="ltx_note_content"><sup class="ltx_note_mark">1</sup><span'
        ' class="ltx_tag ltx_tag_note">1</span>First note.</span></span></span> and two<span class="ltx_note'
        ' ltx_role_footnote"><sup class="ltx_note_mark">2</sup><span class="ltx_note_outer"><span'
        ' class="ltx_note_content"><sup class="ltx_note_mark">2</sup>Second note.</span></span></span>.</p>',
    "org-mode":
        '<p>One<sup><a id="fnr.1" class="footref" href="#fn.1" role="doc-backlink">1</a></sup> and two<sup><a'
        ' id="fnr.2" class="footref" href="#fn.2" role="doc-backlink">2</a></sup>.</p><div id="footnotes"><div'
        ' id="text-footnotes"><div class="footdef"><sup><a id="fn.1" class="footnum" href="#fnr.1"'
        ' role="doc-backlink">1</a></sup> <div class="footpara" role="doc-footnote"><p class="footpara">First'
        ' note.</p></div></div><div class="footdef"><sup><a id="fn.2" class="footnum" href="#fnr.2"'
        ' role="doc-backlink">2</a></sup> <div class="footpara" role="doc-footnote"><p class="footpara">Second'
        " note.</p></div></div></div></div>",
    "mediawiki":
        '<p>One<sup id="cite_ref-1" class="reference"><a'
        ' href="#cite_note-1"><span>&#91;</span>1<span>&#93;</span></a>'
        '</sup> and two<sup id="cite_ref-2" class="reference"><a href="#cite_note-2">[2]</a></sup>.</p><div'
        ' class="reflist"><ol class="references"><li id="cite_note-1"><span class="mw-cite-backlink"><b><a'
        ' href="#cite_ref-1">^</a></b></span> <span class="reference-text">First note.</span></li><li'
        ' id="cite_note-2">'
        '<span class="mw-cite-backlink"><b><a href="#cite_ref-2">^</a></b></span> <span class="reference-text">Second'
        " note.</span></li></ol></div>",
    "asciidoctor":
        '<div class="paragraph"><p>One<sup class="footnote">[<a id="_footnoteref_1" class="footnote"'
        ' href="#_footnotedef_1" title="View footnote.">1</a>]</sup> and two<sup class="footnote">[<a'
        ' id="_footnoteref_2" class="footnote" href="#_footnotedef_2" title="View'
        ' footnote.">2</a>]</sup>.</p></div><div'
        ' id="footnotes"><hr><div class="footnote" id="_footnotedef_1"><a href="#_footnoteref_1">1</a>. First'
        ' note.</div>'
        '<div class="footnote" id="_footnotedef_2"><a href="#_footnoteref_2">2</a>. Second note.</div></div>',
    "distill":
        "<p>One<d-footnote>First note.</d-footnote> and two<d-footnote>Second"
        " note.</d-footnote>.</p><d-footnote-list>"
        "<ol><li>First note.</li><li>Second note.</li></ol></d-footnote-list>",
    "tufte":
        '<p>One<label for="sn-1" class="margin-toggle sidenote-number"></label><input type="checkbox" id="sn-1"'
        ' class="margin-toggle"/><span class="sidenote">First note.</span> and two<label for="mn-2"'
        ' class="margin-toggle">&#8853;</label><input type="checkbox" id="mn-2" class="margin-toggle"/><span'
        ' class="marginnote">Second note.</span>.</p>',
    "pandoc-sidenote":
        '<p>One<span class="sidenote-wrapper"><label for="sn-0" class="margin-toggle sidenote-number"></label><input'
        ' type="checkbox" id="sn-0" class="margin-toggle"/><span class="sidenote">First note.<br /><br'
        ' /></span></span>'
        ' and two<span class="sidenote-wrapper"><label for="sn-1" class="margin-toggle'
        ' sidenote-number"></label><input'
        ' type="checkbox" id="sn-1" class="margin-toggle"/><span class="sidenote">Second note.<br /><br'
        " /></span></span>.</p>",
    "quarto-margin":
        '<p>One<a href="#fn1" class="footnote-ref" id="fnref1" role="doc-noteref"><sup>1</sup></a> and two<a'
        ' href="#fn2"'
        ' class="footnote-ref" id="fnref2" role="doc-noteref"><sup>2</sup></a>.</p><div class="no-row-height'
        ' column-margin column-container"><div id="fn1"><p><sup>1</sup>&nbsp;First note.</p></div><div'
        ' id="fn2"><p><sup>2</sup>&nbsp;Second note.</p></div></div>',
    "wordpress":
        '<p>One<sup data-fn="a1-b" class="fn"><a href="#a1-b" id="a1-b-link">1</a></sup> and two<sup data-fn="c2-d"'
        ' class="fn"><a href="#c2-d" id="c2-d-link">2</a></sup>.</p><ol class="wp-block-footnotes"><li'
        ' id="a1-b">First'
        ' note. <a href="#a1-b-link" aria-label="Jump to footnote reference 1">↩︎</a></li><li id="c2-d">Second'
        ' note. <a'
        ' href="#c2-d-link">↩︎</a></li></ol>',
    "modern-footnotes":
        '<p>One<sup class="modern-footnotes-footnote " data-mfn="1" data-mfn-post-scope="x"><a'
        ' href="javascript:void(0)"'
        ' role="button" aria-describedby="mfn-1">1</a></sup><span id="mfn-1" role="tooltip"'
        ' class="modern-footnotes-footnote__note" tabindex="0" data-mfn="1">First note.</span> and two<sup'
        ' class="modern-footnotes-footnote " data-mfn="2"><a href="javascript:void(0)">2</a></sup><span'
        ' class="modern-footnotes-footnote__note" data-mfn="2">Second note.</span>.</p>',
    "easy-footnotes":
        '<p>One<span id="easy-footnote-1-9" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a'
        ' href="#easy-footnote-bottom-1-9" title="First note."><sup>1</sup></a></span> and two<span'
        ' id="easy-footnote-2-9" class="easy-footnote-margin-adjust"></span><span class="easy-footnote"><a'
        ' href="#easy-footnote-bottom-2-9" title="Second note."><sup>2</sup></a></span>.</p><ol'
        ' class="easy-footnotes-wrapper"><li class="easy-footnote-single"><span id="easy-footnote-bottom-1-9"'
        ' class="easy-footnote-margin-adjust"></span>First note.<a class="easy-footnote-to-top"'
        ' href="#easy-footnote-1-9"></a></li><li class="easy-footnote-single"><span id="easy-footnote-bottom-2-9"'
        ' class="easy-footnote-margin-adjust"></span>Second note.<a class="easy-footnote-to-top"'
        ' href="#easy-footnote-2-9"></a></li></ol>',
    "footnotes-made-easy":
        '<p>One<sup><a href="#footnote_0_9" id="identifier_0_9" class="footnote-link footnote-identifier-link"'
        ' title="First note.">1</a></sup> and two<sup><a href="#footnote_1_9" id="identifier_1_9"'
        ' class="footnote-link'
        ' footnote-identifier-link" title="Second note.">2</a></sup>.</p><ol class="footnotes"><li id="footnote_0_9"'
        ' class="footnote">First note. [<a href="#identifier_0_9" class="footnote-link'
        ' footnote-back-link">&#8617;</a>]'
        '</li><li id="footnote_1_9" class="footnote">Second note. [<a href="#identifier_1_9" class="footnote-link'
        ' footnote-back-link">&#8617;</a>]</li></ol>',
    "footnotes-plugin":
        '<p>One<span class="footnote_referrer"><a role="button" tabindex="0" onclick="go()"><sup'
        ' id="footnote_plugin_tooltip_9_1_1" class="footnote_plugin_tooltip_text">[1]</sup></a><span'
        ' id="footnote_plugin_tooltip_text_9_1_1" class="footnote_tooltip">First …</span></span> and two<span'
        ' class="footnote_referrer"><a role="button" tabindex="0" onclick="go()"><sup'
        ' id="footnote_plugin_tooltip_9_1_2"'
        ' class="footnote_plugin_tooltip_text">[2]</sup></a><span class="footnote_tooltip">Second'
        ' …</span></span>.</p>'
        '<div class="speaker-mute footnotes_reference_container"><div id="footnote_references_container_9_1"><table'
        ' class="footnotes_table footnote-reference-container"><tbody><tr class="footnotes_plugin_reference_row"><th'
        ' scope="row" id="footnote_plugin_reference_9_1_1" class="footnote_plugin_index"><a role="button"><span'
        ' class="footnote_index_arrow">&#8593;</span>1</a></th><td class="footnote_plugin_text">First'
        ' note.</td></tr><tr'
        ' class="footnotes_plugin_reference_row"><th scope="row" id="footnote_plugin_reference_9_1_2"'
        ' class="footnote_plugin_index"><a role="button"><span'
        ' class="footnote_index_arrow">&#8593;</span>2</a></th><td'
        ' class="footnote_plugin_text">Second note.</td></tr></tbody></table></div></div>',
    "bigfoot":
        '<p>One<div class="bigfoot-footnote__container"> <button class="bigfoot-footnote__button" id="fnref:1"'
        ' data-footnote-number="1"><svg></svg></button></div><sup id="fnref:1" class="footnote-print-only"><a'
        ' href="#fn:1">1</a></sup> and two<div class="bigfoot-footnote__container"> <button'
        ' class="bigfoot-footnote__button" data-footnote-number="2"><svg></svg></button></div><sup id="fnref:2"'
        ' class="footnote-print-only"><a href="#fn:2">2</a></sup>.</p><div class="footnotes footnote-processed"'
        ' style="display: none"><ol><li id="fn:1" class="footnote-processed"><p>First note. <a href="#fnref:1"'
        ' class="reversefootnote">↩</a></p></li><li id="fn:2" class="footnote-processed"><p>Second note. <a'
        ' href="#fnref:2" class="reversefootnote">↩</a></p></li></ol></div>',
    "paragraphs": '<p>One<a href="#fn1" id="r1"><sup>1</sup></a> and two<a href="#fn2" id="r2"><sup>2</sup></a>.</p>'
    '<div class="footnotes"><p id="fn1"><a href="#r1">1</a>. First note.</p><p id="fn2"><a href="#r2">2</a>. Second'
    " note.</p></div>",
    "by-hand":
        '<p>One<a href="#note-a" id="back-a">*</a> and two<a href="#note-b" id="back-b">†</a>.</p><p id="note-a"><a'
        ' href="#back-a">*</a> First note.</p><p id="note-b"><a href="#back-b">†</a> Second note.</p>',
}  # fmt: skip
_PAGE = (
    "<!doctype html><title>Notes</title><article><h1>Notes</h1><p>Words of the page before its notes.</p>{}</article>"
)


@pytest.fixture(scope="module")
def sources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("notes") / "pages"
    folder.mkdir()
    for name, text in MAKERS.items():
        (folder / f"{name}.html").write_text(_PAGE.format(text), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def site(sources: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    return convert_files(tmp_path_factory.mktemp("hugo"), sources, options=Options("html", "hugo", ReadOptions()))


@pytest.mark.parametrize("maker", MAKERS)
def test_notes_of_a_maker_are_footnotes(site: Site, maker: str) -> None:
    assert site.body(f"content/{maker}.md") == (
        "Words of the page before its notes.\n\nOne[^1] and two[^2].\n\n[^1]: First note.\n\n[^2]: Second note."
    )


def shows_each_note_once(page: Path) -> None:
    """Two marks, each with a link to its note, and from there a link back to it."""
    root = html.document_fromstring(page.read_text(encoding="utf-8"))
    for number, words in enumerate(("First note.", "Second note."), 1):
        (mark,) = (
            link for link in root.iter("a") if link.text == str(number) and str(link.get("href")).startswith("#fn")
        )
        (note,) = (item for item in root.iter("li") if item.get("id") == str(mark.get("href"))[1:])
        said = tree.plain_text(note)
        assert words in said
        assert tree.plain_text(root).count(words) == 1
        places = {str(one.get("id")) for one in (mark, *mark.iterancestors()) if one.get("id")}
        assert {str(link.get("href"))[1:] for link in note.iter("a")} & places, f"{page.name}: no way back"


def test_hugo_shows_each_note_once_with_links_there_and_back(site: Site) -> None:
    built = hugo(site.folder)
    for maker in MAKERS:
        shows_each_note_once(built / f"{maker}.html")


def test_jekyll_shows_each_note_once_with_links_there_and_back(sources: Path, tmp_path: Path) -> None:
    site = convert_files(tmp_path, sources, options=Options("html", "jekyll", ReadOptions()))
    copy = tmp_path / "copy"
    shutil.copytree(site.folder, copy, ignore=shutil.ignore_patterns("_site", ".postferry"))
    built = tmp_path / "built"
    command = ["jekyll", "build", "--disable-disk-cache", "-q", "--source", str(copy), "--destination", str(built)]
    done = children.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for maker in MAKERS:
        shows_each_note_once(built / f"{maker}.html")


@pytest.mark.parametrize("maker", MAKERS)
def test_notes_are_whole_before_anything_is_cut(maker: str) -> None:
    root = tree.parse(MAKERS[maker])
    semantic.prepare(root, Log())
    listed = root[-1]
    assert [tree.plain_text(item).rstrip("\u21a9\ufe0e").strip() for item in listed] == ["First note.", "Second note."]


def normal(text: str) -> tuple[str, list[str]]:
    """The HTML of a text in the middle, and its notices."""
    root, log = tree.parse(text), Log()
    semantic.to_semantic(root, log)
    return tree.inner_html(root), [f"{notice.code} {notice.what}" for notice in log.notices]


_NOTE = '<ol><li id="n1">One. <a href="#r1">↩︎</a></li></ol>'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(  # a note with two marks, with a link back for each
            '<p>a<sup id="r1"><a href="#n1">1</a></sup> b<sup id="r2"><a href="#n1">1</a></sup></p><ol><li'
            ' id="n1">One.'
            ' <a href="#r1">↩</a> <a href="#r2">↩<sup>2</sup></a></li></ol>',
            '<p>a<sup><a href="#n1" id="r1">1</a></sup> b<sup><a href="#n1" id="r2">1</a></sup></p><ol><li'
            ' id="n1">One.'
            ' <a href="#r1">↩︎</a> <a href="#r2">↩︎</a></li></ol>', id="two marks"),
        pytest.param(  # what follows the notes stays in front of them; their title is not left alone
            '<p>a<sup id="r1"><a href="#n1">1</a></sup></p><h2>Notes</h2><ol><li id="n1">One. <a'
            ' href="#r1">↩</a></li></ol>'
            "<h2>More</h2><p>b</p>",
            f'<p>a<sup><a href="#n1" id="r1">1</a></sup></p><h2>More</h2><p>b</p>{_NOTE}', id="text after the notes"),
        pytest.param(  # a title that readers see stays above its notes
            '<p>a<sup id="r1"><a href="#n1">1</a></sup></p><div><h2>Notes</h2><ol><li id="n1">One. <a'
            ' href="#r1">↩</a></li>'
            "</ol></div>",
            f'<p>a<sup><a href="#n1" id="r1">1</a></sup></p><h2>Notes</h2>{_NOTE}', id="title of the notes"),
        pytest.param(  # a mark whose note is elsewhere
            '<p>a<sup><a class="footnote-ref" href="#fn9">9</a></sup></p>',
            '<p>a<sup><a href="#fn9">9</a></sup></p>', id="no note"),
        pytest.param(  # a note whose mark was in what is not the text
            '<p>a<sup id="r1"><a href="#n1">1</a></sup></p><ol><li id="n1">One. <a href="#r1">↩</a></li><li'
            ' id="n2">Two. <a'
            ' href="#r2">↩</a></li></ol>',
            '<p>a<sup><a href="#n1" id="r1">1</a></sup></p><ol><li value="2">Two. <a href="#r2">↩</a>'
            "</li></ol>" + _NOTE,
            id="no mark"),
        pytest.param(  # sections that a table of contents numbers
            '<p><a href="#s1" id="t1">1</a></p><div id="s1"><h2>One</h2><p>x <a href="#t1">top</a></p></div>',
            '<p><a href="#s1" id="t1">1</a></p><div id="s1"><h2>One</h2><p>x <a href="#t1">top</a></p></div>',
            id="table of contents"),
        pytest.param(  # sources in the order of the alphabet
            '<p>a [<a href="#ref2" id="c2">2</a>] b [<a href="#ref1" id="c1">1</a>]</p><ol class="references"><li'
            ' id="ref1">Abel <a href="#c1">↑</a></li><li id="ref2">Bell <a href="#c2">↑</a></li></ol>',
            '<p>a [<a href="#ref2" id="c2">2</a>] b [<a href="#ref1" id="c1">1</a>]</p><ol><li id="ref1">Abel <a'
            ' href="#c1">↑</a></li><li id="ref2">Bell <a href="#c2">↑</a></li></ol>', id="bibliography"),
        pytest.param(  # notes below each chapter
            '<p>a<sup><a href="#a1" id="r1">1</a></sup></p><ol><li id="a1">x <a href="#r1">↩</a></li></ol><p>b<sup><a'
            ' href="#b1" id="r2">1</a></sup></p><ol><li id="b1">y <a href="#r2">↩</a></li></ol>',
            '<p>a<sup><a href="#a1" id="r1">1</a></sup></p><p>b<sup><a href="#b1" id="r2">2</a></sup></p><ol><li'
            ' id="a1">x <a href="#r1">↩︎</a></li><li id="b1">y <a href="#r2">↩︎</a></li></ol>', id="chapters"),
        pytest.param(  # an image in the margin
            '<p>a<label for="m" class="margin-toggle">⊕</label><input type="checkbox" id="m"'
            ' class="margin-toggle"><span'
            ' class="marginnote"><img src="m.png">The eel.</span> b</p>',
            '<p>a b</p><figure><img src="m.png" alt=""/><figcaption>The'
            ' eel.</figcaption></figure>', id="margin image"),
        pytest.param(  # a box of its own between paragraphs is one
            '<p>a</p><aside class="sidenote"><p>Beside.</p></aside>', "<p>a</p><aside><p>Beside.</p></aside>",
            id="aside"),
    ],
)  # fmt: skip
def test_what_is_a_note(text: str, expected: str) -> None:
    assert normal(text)[0] == expected


def test_a_note_keeps_its_paragraphs_code_and_images() -> None:
    shown, notices = normal(
        '<p>a<sup id="fnref:1"><a href="#fn:1" class="footnote-ref">1</a></sup></p><div class="footnotes"><ol><li'
        ' id="fn:1"><p>See:</p><pre><code class="language-sh">ls\n</code></pre><p><img src="a.png" alt="A"></p><p><a'
        ' href="#fnref:1" class="footnote-backref">↩</a></p></li></ol></div>'
    )
    assert shown == (
        '<p>a<sup><a href="#fn:1" id="fnref:1">1</a></sup></p><ol><li id="fn:1"><p>See:</p><pre><code'
        ' class="language-sh">ls\n</code></pre><p><img src="a.png" alt="A"/> <a href="#fnref:1">↩︎</a></p></li></ol>'
    )
    assert notices == []


def test_notes_are_notes_already() -> None:
    once = normal(MAKERS["kramdown"])[0]
    assert normal(once)[0] == once


def test_obsidian_clipper_690_marks_with_the_address_of_the_page() -> None:
    shown, _ = normal(
        '<p>a<sup><a href="https://cold.example/t/#fn1" id="fnref1">1</a></sup></p><ol><li id="fn1"><p>One. <a'
        ' href="https://cold.example/t/#fnref1">↩</a></p></li></ol>'
    )
    assert shown == (
        '<p>a<sup><a href="#fn1" id="fnref1">1</a></sup></p><ol><li id="fn1"><p>One. <a'
        ' href="#fnref1">↩︎</a></p></li></ol>'
    )


def test_obsidian_clipper_690_ids_of_lesswrong() -> None:
    shown, _ = normal(
        '<p>a<span class="footnote-reference" data-footnote-reference="" id="fnrefx7"><sup><a'
        ' href="#fnx7">[1]</a></sup>'
        '</span></p><ol class="footnotes"><li class="footnote-item" id="fnx7"><span class="footnote-back-link"><sup>'
        '<strong><a href="#fnrefx7">^</a></strong></sup></span><div'
        ' class="footnote-content"><p>One.</p></div></li></ol>'
    )
    assert shown == (
        '<p>a<sup><a href="#fnx7" id="fnrefx7">1</a></sup></p><ol><li id="fnx7"><p>One. <a'
        ' href="#fnrefx7">↩︎</a></p></li></ol>'
    )


def test_defuddle_120_notes_without_a_way_back() -> None:
    shown, _ = normal(
        '<p>a<span class="fn"><a href="#mn37note01">1</a></span> b<span class="fn"><a'
        ' href="#mn37note02">2</a></span></p>'
        '<div class="note"><p class="notetitle">Notes</p><p id="mn37note01">1. One.</p><p id="mn37note02">2.'
        " Two.</p></div>"
    )
    assert shown == (
        '<p>a<sup><a href="#mn37note01" id="note-1-mark">1</a></sup> b<sup><a href="#mn37note02"'
        ' id="note-2-mark">2</a></sup></p><p>Notes</p><ol><li id="mn37note01">One. <a'
        ' href="#note-1-mark">↩︎</a></li><li'
        ' id="mn37note02">Two. <a href="#note-2-mark">↩︎</a></li></ol>'
    )


def test_defuddle_237_notes_that_are_titles_of_their_marks() -> None:
    shown, _ = normal(
        '<p>a<sup><a class="footnote" href="https://myth.example/x/#fn-1" title="A long remark on it.">1</a></sup></p>'
    )
    assert shown == (
        '<p>a<sup><a href="#note-1" id="note-1-mark">1</a></sup></p><ol><li id="note-1">A long remark on it. <a'
        ' href="#note-1-mark">↩︎</a></li></ol>'
    )


def test_markdownload_265_notes_in_lines_of_a_table_cell() -> None:
    shown, _ = normal(
        '<table><tbody><tr><td>Text<font color="#999">[<a href="#f1n"><font>1</font></a>]</font> and<font>[<a'
        ' href="#f2n">2</a>]</font> more.<br><br>[<a name="f1n"><font>1</font></a>] One.<br><br>It goes'
        " on.<br><br>[<a"
        ' name="f2n">2</a>] Two.<br><br>Thanks to all.</td></tr></tbody></table>'
    )
    assert shown == (
        '<table><tbody><tr><td>Text<sup><a href="#f1n" id="note-1-mark">1</a></sup> and<sup><a href="#f2n"'
        ' id="note-2-mark">2</a></sup> more.<br/><br/>Thanks to all.</td></tr></tbody></table><ol><li'
        ' id="f1n">One.<br/><br/>It goes on. <a href="#note-1-mark">↩︎</a></li><li id="f2n">Two. <a'
        ' href="#note-2-mark">↩︎</a></li></ol>'
    )


def test_defuddle_351_notes_in_lines_of_a_paragraph() -> None:
    shown, _ = normal(
        '<p>a<a href="#fn1" id="r1">[1]</a> b<a href="#fn2" id="r2">[2]</a>.</p><p><a id="fn1" href="#r1">[1]</a>'
        ' One.<br><a id="fn2" href="#r2">[2]</a> Two.</p>'
    )
    assert shown == (
        '<p>a<sup><a href="#fn1" id="r1">1</a></sup> b<sup><a href="#fn2" id="r2">2</a></sup>.</p><ol><li'
        ' id="fn1">One.'
        ' <a href="#r1">↩︎</a></li><li id="fn2">Two. <a href="#r2">↩︎</a></li></ol>'
    )


def test_lines_that_are_no_notes_stay_lines() -> None:
    text = '<p>a <a href="#x">1</a> b<br/><a id="x"></a>Line<br/><a id="y"></a>Line <a href="#y">2</a></p>'
    assert normal(text)[0] == text


def test_pandoc_5562_links_with_the_name_of_the_file() -> None:
    shown, _ = normal(
        '<p>a<a class="_idFootnoteLink" id="footnote-000-backlink"'
        ' href="../Text/b-3.xhtml#footnote-000">1</a></p><div'
        ' class="_idFootnotes"><div id="footnote-000" class="_idFootnote"><p><a class="_idFootnoteAnchor"'
        ' href="../Text/b-3.xhtml#footnote-000-backlink">1</a>One.</p></div></div>'
    )
    assert shown == (
        '<p>a<sup><a href="#footnote-000" id="footnote-000-backlink">1</a></sup></p><ol><li'
        ' id="footnote-000"><p>One. <a'
        ' href="#footnote-000-backlink">↩︎</a></p></li></ol>'
    )


def test_pandoc_8676_asides_that_begin_with_the_way_back() -> None:
    shown, _ = normal(
        '<p>a<a href="#fn1" class="footnote-ref" id="fnref1">1</a></p><section class="footnotes"><aside id="fn1"'
        ' role="doc-footnote"><p><a href="#fnref1" class="footnote-back" role="doc-backlink">1</a>. One.</p></aside>'
        "</section>"
    )
    assert shown == (
        '<p>a<sup><a href="#fn1" id="fnref1">1</a></sup></p><ol><li id="fn1"><p>One. <a'
        ' href="#fnref1">↩︎</a></p></li></ol>'
    )


def test_many_links_to_anchors_take_no_more_time_than_they_are() -> None:
    """Nested boxes with an anchor each, and a mark for every one."""
    depth, root = 200, etree.Element("html")
    paragraph = etree.SubElement(root, "p")
    for number in range(3_000):
        etree.SubElement(paragraph, "a", href=f"#n{number}", id=f"r{number}").text = str(number)
    box = root
    for number in range(3_000):
        box = root if number % depth == 0 else box
        box = etree.SubElement(box, "div", id=f"n{number}")
        etree.SubElement(box, "a", href=f"#r{number}").text = "↩"
    semantic.to_semantic(root, Log())
    assert len(list(root.iter("ol"))) <= 1
