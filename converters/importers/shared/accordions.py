"""Titles that a reader clicked to see what is below: accordions, toggles, tabs. All is open on the new site.

    <h3><button>When do you open?<span aria-hidden="true">+</span></button></h3>       core/accordion, Bootstrap
    <div class="kt-accordion-header-wrap"><button>Where are you?</button></div>         Kadence
    <ul role="tablist"><li role="tab">One</li>…</ul><div role="tabpanel">…</div>…       tabs: a title above each panel

A button without a form does nothing on a static page: what it said is text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import cast

from lxml import etree

from converters.html import tree
from converters.html.elements import HEADINGS
from converters.importers.shared.elements import attribute, classes

_TITLES = frozenset(
    """uagb-question uagb-faq-question wp-block-ub-content-toggle-accordion-title elementor-accordion-title
    elementor-toggle-title fl-accordion-button-label wp-block-getwid-accordion__header-title
    wp-block-getwid-toggle__header-title eb-accordion-title accordion-title toggle-title ui-accordion-header
    vc_tta-title-text fusion-toggle-heading kt-blocks-accordion-title et_pb_toggle_title faq-question rank-math-question
    wp-block-premium-accordion__title_text premium-accordion__title_text wp-block-ugb-accordion__title
    ugb-accordion__title su-spoiler-title spoiler-title accordion-button accordion-header accordion__title
    gb-accordion__toggle ab-accordion-title responsive-block-editor-addons-accordion-title bwl_acc_title
    e-n-accordion-item-title-text wp-block-accordion-heading__toggle-title qubely-accordion-panel-title
    nk-ghostkit-accordion-item-heading ghostkit-accordion-item-label advgb-accordion-header-title""".split()
)
"""Classes of titles that plug-ins and themes write."""
_TITLE = re.compile(r"accordion|toggle|collaps|faq|question|spoiler|expand", re.I)
_OPENS = ("aria-expanded", "aria-controls", "data-toggle", "data-bs-toggle")
_SIGNS = re.compile(
    r"[\s+\-\u2212\u00d7xX\u2013\u2014<>\u2039\u203a\u00ab\u00bb\u2190-\u21ff\u25a0-\u25ff\u2795\u2796\u2303\u2304]{0,3}"
)
"""What shows that a title opens and closes."""
_TAB_LISTS = frozenset(
    "kt-tabs-title-list uagb-tabs__panel wp-block-ub-tabbed-content-tabs-title ub-tabbed-content-tabs-title "
    "wp-block-getwid-tabs__nav-links tabs-nav nav-tabs elementor-tabs-wrapper vc_tta-tabs-list advgb-tabs-panel "
    "premium-tabs__menu tab-titles tabbed-labels".split()
)
_TABS = frozenset(
    "kt-title-item uagb-tab wp-block-ub-tabbed-content-tab-title-wrap elementor-tab-desktop-title".split()
)
_PANELS = frozenset(
    "wp-block-kadence-tab kt-tab-inner-content uagb-tabs__body-container wp-block-ub-tabbed-content-tab-content-wrap "
    "tab-pane elementor-tab-content wp-block-getwid-tabs__tab-content vc_tta-panel advgb-tab-body-container "
    "premium-tabs__content__wrap tabbed-block".split()
)
_CLICKED = frozenset({*HEADINGS, "summary", "button"})
_MOST = 60
"""Tabs of one list."""
_said = etree.XPath("descendant::*/@class | descendant::*/@role", smart_strings=False)
_WORDS_OF_TITLES = ("title", "question", "label", "accordion", "heading", "toggle")
_hidden = etree.XPath("descendant::*[@aria-hidden = 'true']")
_classed = etree.XPath(
    "descendant::*[contains(@class, 'title') or contains(@class, 'question') or contains(@class, 'label')"
    " or contains(@class, 'accordion') or contains(@class, 'heading') or contains(@class, 'toggle')]"
)
_PANEL = re.compile(r"(?:^|[\s_-])(?:accordion|collapse|card-header|toggle|tab-pane|faq)", re.I)
_panels = etree.XPath("descendant::*[@id and (@role or @class)]")
_listed = etree.XPath("descendant::*[@role = 'tablist' or contains(@class, 'tab')]")


def open_all(root: etree._Element) -> None:
    """Change the tree in place."""
    said = " ".join(cast(list[str], _said(root)))
    if "tab" in said:
        open_tabs(root)
    if any(word in said for word in _WORDS_OF_TITLES):
        titles = [one for one in cast(list[etree._Element], _classed(root)) if _TITLES.intersection(classes(one))]
        for title in titles:
            _heading(title)
    for summary in list(root.iter("summary")):
        tree.unwrap_all(summary, list(summary.iter("p", "div")))
        _strip(summary)
    if said:
        _drop_ids(root)
    for button in list(root.iter("button")):
        if next(button.iterancestors("form"), None) is None:
            _button(button)


def open_tabs(root: etree._Element) -> list[str]:
    """Put the title of each tab above its panel, in place; the titles of those that were hidden."""
    opened: list[str] = []
    for tabs in cast(list[etree._Element], _listed(root)):
        if tabs.getparent() is not None and (tabs.get("role") == "tablist" or not _TAB_LISTS.isdisjoint(classes(tabs))):
            opened += _open_tabs(tabs)
    return opened


def open_switches(root: etree._Element) -> list[str]:
    """Titles that are labels of a switch in front of their box become headings, in place; the titles.

    <input type="radio" id="t1"><label for="t1">One</label><div>…</div>  Sphinx Design, Material for MkDocs, CSS alone
    """
    opened: list[str] = []
    for label in list(root.iter("label")):
        switch, panel = label.getprevious(), label.getnext()
        text = " ".join(tree.plain_text(label).split())
        if switch is None or panel is None or panel.tag not in ("div", "section") or not text:
            continue
        if switch.tag != "input" or switch.get("type") not in ("radio", "checkbox"):
            continue
        if not switch.get("id") or switch.get("id") != label.get("for") or (label.tail or "").strip():
            continue
        if next(label.iter("img", *HEADINGS), None) is None:
            heading = etree.Element("h3")
            heading.text = text
            tree.replace(label, heading)
            tree.remove(switch)
            opened.append(text)
    return opened


def drop_signs(root: etree._Element) -> None:
    """Take out the plus of a title, in place: it is for the eye alone, and the old site drew it."""
    for sign in cast(list[etree._Element], _hidden(root)):
        if next(sign.iter("img"), None) is not None or not _SIGNS.fullmatch(tree.plain_text(sign)):
            continue
        if any(_is_clicked(above) for above in sign.iterancestors()):
            tree.remove(sign)


def _is_clicked(element: etree._Element) -> bool:
    return element.tag in _CLICKED or element.get("role") == "button" or bool(_TITLES.intersection(classes(element)))


def _strip(summary: etree._Element) -> None:
    """No white space at the ends."""
    summary.text = (summary.text or "").lstrip() or None
    if len(summary):
        summary[-1].tail = (summary[-1].tail or "").rstrip() or None
    elif summary.text:
        summary.text = summary.text.rstrip()


def _drop_ids(root: etree._Element) -> None:
    """Ids of panels, by which scripts found them. Those that a plain link leads to stay."""
    linked: set[str] | None = None
    for panel in cast(list[etree._Element], _panels(root)):
        if linked is None:
            plain = (link for link in root.iter("a") if not any(name in link.attrib for name in (*_OPENS, "role")))
            linked = {attribute(link, "href")[1:] for link in plain}
        named = panel.get("role") in ("tabpanel", "region") or _PANEL.search(attribute(panel, "class"))
        if named and attribute(panel, "id") not in linked:
            del panel.attrib["id"]


def _button(button: etree._Element) -> None:
    text = tree.plain_text(button).strip()
    if not text and next(button.iter("img", "picture"), None) is None:
        tree.remove(button)
    elif (
        next(button.iterancestors(*HEADINGS, "summary", "p", "a", "li", "td", "th", "label", "span"), None) is not None
    ):
        tree.unwrap(button)
    elif _is_title(button) and _heading(button):
        return
    elif _is_alone(button):
        button.tag = "p"
        button.attrib.clear()
    else:
        tree.unwrap(button)


def _is_title(button: etree._Element) -> bool:
    if any(name in button.attrib for name in _OPENS):
        return True
    parent = button.getparent()
    around = "" if parent is None else attribute(parent, "class")
    return bool(_TITLE.search(f"{attribute(button, 'class')} {around}"))


def _is_alone(element: etree._Element) -> bool:
    """Between blocks, or in a box of its own."""
    parent, before, after = element.getparent(), element.getprevious(), element.getnext()
    if parent is None or (element.tail or "").strip():
        return False
    text = parent.text if before is None else before.tail
    return not (text or "").strip() and all(one is None or tree.is_block(one) for one in (before, after))


def _heading(title: etree._Element) -> bool:
    """Make a heading of a title and of the boxes that hold nothing else; in a heading or a summary it is text."""
    text = tree.plain_text(title).strip()
    if title.getparent() is None or not text or title.tag in (*HEADINGS, "summary"):
        return False
    if next(title.iterancestors(*HEADINGS, "summary", "table", "li"), None) is not None:
        return False
    if next(title.iter(*HEADINGS, "ul", "ol", "table", "figure", "pre"), None) is not None:
        return False
    whole = title
    while (parent := whole.getparent()) is not None and parent.getparent() is not None:
        if len(parent) > _MOST or tree.plain_text(parent).strip() != text or next(parent.iter("img"), None) is not None:
            break
        whole = parent
    if not _is_alone(whole) and not tree.is_block(whole):
        return False
    heading = etree.Element("h3")
    heading.text = title.text
    heading.extend(list(title))
    for inner in list(heading.iter("p", "div", "button")):
        tree.unwrap(inner)
    tree.replace(whole, heading)
    return True


def _open_tabs(tabs: etree._Element) -> list[str]:
    """The title of each tab above its panel, in place of the list of titles; the titles of hidden ones."""
    titles = [one for one in _tabs_of(tabs) if tree.plain_text(one).strip()][: _MOST + 1]
    around = tabs.getparent()
    for _ in range(2):
        if around is None or not titles or len(titles) > _MOST:
            return []
        panels = list(islice(_panels_of(around, tabs), _MOST + 1))
        if len(panels) == len(titles):
            hidden = []
            for title, panel in zip(titles, panels, strict=True):
                text = " ".join(tree.plain_text(title).split())
                if _shows(panel):
                    hidden.append(text)
                _put_title(text, panel)
            tree.remove(tabs)
            return hidden
        around = around.getparent()
    return []


def _shows(panel: etree._Element) -> bool:
    """Show a panel. Returns whether it was hidden."""
    hidden = panel.get("hidden") is not None
    panel.attrib.pop("hidden", "")
    if "display" in attribute(panel, "style"):
        hidden = hidden or "none" in attribute(panel, "style")
        del panel.attrib["style"]
    return hidden


def _tabs_of(tabs: etree._Element) -> list[etree._Element]:
    named = [one for one in tabs.iterdescendants() if one.get("role") == "tab" or _TABS.intersection(classes(one))]
    outermost = [one for one in named if not any(above in named[:_MOST] for above in one.iterancestors())][: _MOST + 1]
    return outermost or list(tabs.iterchildren("li")) or list(tabs.iterchildren("label"))


def _panels_of(around: etree._Element, tabs: etree._Element) -> Iterator[etree._Element]:
    """The outermost panels; those of tabs in tabs are for the inner list."""
    walker = etree.iterwalk(around, events=("start",), tag="*")
    for _, element in walker:
        if element is tabs:
            walker.skip_subtree()
        elif element is not around and (element.get("role") == "tabpanel" or _PANELS.intersection(classes(element))):
            yield element
            walker.skip_subtree()


def _put_title(text: str, panel: etree._Element) -> None:
    first = next(iter(panel), None)
    if first is not None and first.tag in HEADINGS and " ".join(tree.plain_text(first).split()) == text:
        return
    heading = etree.Element("h3")
    heading.text = text
    heading.tail, panel.text = panel.text, None
    panel.insert(0, heading)
