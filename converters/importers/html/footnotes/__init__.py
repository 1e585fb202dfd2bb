"""Footnotes of finished pages, whoever made them, as the notes of the semantic HTML.

<a href="#fn1" class="footnote-ref" id="fnref1"><sup>1</sup></a>  <li id="fn1">…<a href="#fnref1">↩︎</a>       Pandoc
<sup id="fnref:1"><a href="#fn:1" class="footnote">1</a></sup>                     Goldmark, kramdown, Python-Markdown
<a class="footnote-reference brackets" href="#id2" id="id1">  <aside class="footnote" id="id2">         docutils, Sphinx
<a href="#_ftn1" name="_ftnref1">[1]</a>  <div id="ftn1"><p><a href="#_ftnref1" name="_ftn1">[1]</a>             Word
<sup id="cite_ref-1"><a href="#cite_note-1">[1]</a></sup>  <li id="cite_note-1">^ …                        MediaWiki
<label class="margin-toggle sidenote-number"></label><input type="checkbox"><span class="sidenote">…     Tufte CSS
<sup class="modern-footnotes-footnote"><a>1</a></sup><span class="modern-footnotes-footnote__note">…  Modern Footnotes

[<a href="#f1n">1</a>]   [<a name="f1n">1</a>] The note.<br><br>[<a name="f2n">2</a>]                    by hand

`linked` finds the notes that marks and links back connect, `inline` those that stand where their mark is. Only what is
certain becomes a note; any other link to an anchor stays the link that it was. docs/semantic-html.md has the form.
"""

from __future__ import annotations

from lxml import etree

from converters.importers.html.footnotes import inline, lines, linked, remains, write
from converters.importers.html.footnotes.note import Note
from converters.model.notices import Log

_LAST = 1 << 40
"""Behind all elements of a text: marks in other notes."""


def normalize(root: etree._Element, log: Log) -> None:
    """Change the tree of a text in place: the notes of all makers become one list at its end, in the order of their
    first marks. A text that has such a list already stays as it is."""
    inline.drop_buttons(root)
    found = [*inline.find(root), *linked.find(root)]
    if not found:
        lines.unbox(root)
        return
    notes = _in_order(root, found)
    places = [note.box for note in notes if note.box is not None]
    around = remains.around(root, places)
    write.write(root, notes)
    remains.clear(root, around, log)
    lines.unbox(root)


def _in_order(root: etree._Element, notes: list[Note]) -> list[Note]:
    """The notes in the order of their first marks, each with its marks in order."""
    numbers = dict.fromkeys((mark for note in notes for mark in note.marks), _LAST)
    for number, element in enumerate(root.iter("*")):
        if element in numbers:
            numbers[element] = number
    for note in notes:
        note.marks.sort(key=numbers.__getitem__)
    return sorted(notes, key=lambda note: numbers[note.marks[0]])
