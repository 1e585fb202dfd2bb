"""Shortcodes in a text for Hugo: those of our own, and text that Hugo would take for one.

Hugo looks for `{{<` and `{{%` in the whole file before Markdown.

In code, a balanced pair is commented out (`{{</* x */>}}`), as Hugo's documentation writes examples, and shows exactly
the original text; code with a mark that has no partner becomes HTML with the brace as an entity. Everywhere else the
first brace becomes an entity once the Markdown is written. Addresses hold the brace percent-encoded.
It looks for the first `<!--more-->` in the same way, also in code: code that shows one before the teaser ends becomes
HTML with the bracket as an entity (https://gohugo.io/content-management/summaries/).
What the user wrote for Hugo in rules of their own (`tree.OWN`) is meant as it is.

Inline shortcodes (`{{< sum.inline >}}{{ add 1 2 }}{{< /sum.inline >}}`) are templates in the text of a page. Hugo runs
them only where the site's settings say so (`enableInlineShortcodes`), and shows nothing of them elsewhere. Those of a
source that is not trusted are escaped, so that they are the text they are, whatever the settings become.
https://gohugo.io/content-management/shortcodes/
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from converters.html import placeholders, tree
from converters.markdown.write import prepare, rawhtml
from converters.model.notices import Log

OPENING = placeholders.sign()
"""Stands for the braces of a shortcode of our own while the Markdown is written."""

MORE = "<!--more-->"
END_OF_SUMMARY = placeholders.sign()
"""Stands for the mark that ends the summary while the Markdown is written."""

_BREAKS_OUT = ("{{", "}}", "\n", "\r", OPENING)
_MARK = re.compile(r"\{\{(?=[<%])")
_BALANCED = re.compile(r"\{\{(?:<(?!/\*)([^{}]*?)(?<!\*/)>|%(?!/\*)([^{}]*?)(?<!\*/)%)\}\}")
EXAMPLE = placeholders.sign()
"""Stands for the braces of a whole shortcode in code."""
_INSIDE = f"((?:(?!{EXAMPLE})[^{{}}])*?)"
_IN_CODE = re.compile(f"{EXAMPLE}(?:<{_INSIDE}>|%{_INSIDE}%)\\}}\\}}")
_in_attributes = etree.XPath("boolean(//@*[contains(., '{{')])")
_INLINE_CALL = re.compile(r"\{\{([<%])(\s*/?\s*([\w./-]*\.inline)(?=[\s/>%]).*?)([>%])\}\}", re.S | re.I)
_ADDRESSES = ("href", "src", "poster", "data", "action", "cite")


def escape_shortcodes(root: etree._Element, log: Log) -> None:
    """Prepare a tree for writing: code and addresses are made safe, what the user wrote for Hugo set apart."""
    text = tree.plain_text(root)
    if "{{" not in text and MORE not in text and not _in_attributes(root):
        return  # as nearly always
    prepare.unwrap_nested_pre(root)
    for element in root.iter(tree.RAW):
        if element.get(tree.OWN):
            element.text = _MARK.sub(OPENING, (element.text or "").replace(MORE, END_OF_SUMMARY))
    if _shield_elements(root) or _MARK.search(tree.plain_text(root)):
        log("template.escaped")


def _shield_elements(root: etree._Element) -> bool:
    """Whether a mark of a template was in code."""
    found = cut = False
    done: set[etree._Element] = set()
    for element in list(root.iter()):
        if tree.is_comment(element):
            cut = cut or element.text == "more"
            continue
        for name in _ADDRESSES:
            value = element.get(name)
            if value and "{{" in value:
                element.set(name, str(value).replace("{", "%7B").replace("}", "%7D"))
        if element in done:
            continue
        if element.tag == "code" or (element.tag == "pre" and element.find(".//code") is None):
            done.update(element.iter("code"))
            found = _shield_code(element, cut=cut) or found
    return found


def _shield_code(element: etree._Element, *, cut: bool) -> bool:
    """Whether a mark of a template was in it; `cut`: the summary ends before it."""
    text = tree.plain_text(element)
    if MORE in text and not cut:
        _to_html(element)
        return _MARK.search(text) is not None
    if not _MARK.search(text):
        return False
    if len(element) or _MARK.search(_BALANCED.sub("", text)):
        _to_html(element)
    else:
        element.text = _BALANCED.sub(_commented, text)
    return True


def _commented(match: re.Match[str]) -> str:
    return EXAMPLE + match[0][2:]


def _to_html(element: etree._Element) -> None:
    outer = element
    parent = element.getparent()
    if parent is not None and parent.tag == "pre" and len(parent) == 1 and not (parent.text or "").strip():
        outer = parent
    html, display = rawhtml.inline(outer), "inline"  # Markdown is read between tags inside a line
    if outer.tag == "pre" and not prepare.stays_in_line(outer):
        html, display = tree.serialize(outer).replace("\n\n", "\n&#10;"), "block"
    tree.replace(outer, tree.raw(html.replace("{{", "&#123;{"), display=display))


def finish(markdown: str) -> str:
    """The Markdown with every mark of the text's own made harmless and those of our own in place."""
    if MORE in markdown:
        head, end, tail = markdown.partition(END_OF_SUMMARY)
        markdown = head.replace(MORE, "&lt;" + MORE[1:]) + end + tail
    if EXAMPLE in markdown:
        markdown = _IN_CODE.sub(_as_comment, markdown).replace(EXAMPLE, "{{")
    return _MARK.sub("&#123;{", markdown).replace(OPENING, "{{").replace(END_OF_SUMMARY, MORE)


def _as_comment(example: re.Match[str]) -> str:
    """Braces of the source in code, which has stayed Markdown: what became HTML has its `<` as an entity."""
    angled, percent = example.groups()
    return f"{OPENING}</*{angled}*/>}}}}" if percent is None else f"{OPENING}%/*{percent}*/%}}}}"


def without_inline_shortcodes(text: str, log: Log) -> str:
    """A text for Hugo with its inline shortcodes escaped; those that are escaped already stay as they are."""
    if ".inline" not in text.lower():
        return text

    def escape(call: re.Match[str]) -> str:
        log("template.escaped", call[3])
        return f"{{{{{call[1]}/*{call[2]}*/{call[4]}}}}}"

    return _INLINE_CALL.sub(escape, text)


def call(name: str, arguments: Mapping[str, str], *, closed: bool = False) -> str | None:
    """The call, its braces marked as our own; None when a value cannot be said in one.

    Values without a text are left out. `closed`: the call ends itself, for a template that looks at what stands inside.
    """
    quoted = []
    for key, value in arguments.items():
        if not value:
            continue
        written = _quoted(value)
        if written is None:
            return None
        quoted.append(f" {key}={written}")
    return f"{OPENING}< {name}{''.join(quoted)} {'/' if closed else ''}>}}}}"


def end(name: str) -> str:
    return f"{OPENING}< /{name} >}}}}"


def _quoted(value: str) -> str | None:
    """Between quotation marks, where a backslash means something; between backticks, where nothing does."""
    if any(mark in value for mark in _BREAKS_OUT):
        return None
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return None if "`" in value else f"`{value}`"
