"""What is in `content_html`: a text that a feed reader can show, without what only works on the page it was for."""

from __future__ import annotations

from copy import deepcopy

from lxml import etree

from converters.html import tree
from converters.model.notices import Log

_MACHINERY = ("script", "style", "link", "meta", "base", "title")
"""They go as a whole; nothing in them is text."""
_TYPED = frozenset({"input", "output", "meter", "progress"})
"""What is typed into a form, or shows what was: no text of the author's is lost with it."""
_BOXES = {"form": "div", "fieldset": "div", "legend": "p"}
"""What they are as parts of a page."""
_WORDS = frozenset({"label", "button", "option", "optgroup", "select", "datalist", "textarea"})
"""Their text stays, with a blank behind it."""
_that_work = etree.XPath("boolean(descendant::form | descendant::script | descendant::style | descendant::link"
                         " | descendant::meta | descendant::base | descendant::title)")  # fmt: skip


def without_machinery(root: etree._Element, log: Log) -> str:
    """Take out of the tree what no feed has to hold. The HTML of what it was before, where it held any; ticks of lists
    of tasks are no form."""
    if not _that_work(root):
        return ""
    whole = tree.inner_html(deepcopy(root)).strip()
    forms = list(root.iter("form"))
    if forms:
        log("json.form", str(len(forms)))
    inside = [element for form in forms for element in form.iter("*")]
    for element in inside:
        name = tree.name(element)
        if name in _BOXES:
            element.tag = _BOXES[name]
            element.attrib.clear()
        elif name in _WORDS:
            element.tail = f" {element.tail or ''}"
    tree.remove_all(root, [*root.iter(*_MACHINERY), *(element for element in inside if element.tag in _TYPED)])
    tree.unwrap_all(root, [element for element in inside if element.tag in _WORDS])
    return whole
