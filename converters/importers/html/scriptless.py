"""Pages whose text is drawn by a script, and which bring it for readers without scripts as well.

    <body><div id="app">Loading …</div><noscript><main>the whole thread</main></noscript>     Discourse, Flarum

What stands in `<noscript>` is no text of a page that says something without it: there it is the twin of a picture, or
asks for a script. Where it says more than all the rest of the page, it is the text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from turbohtml import Document

_MANY = 200
_UNSEEN_MANY = 5_000
_ENOUGH = 200
"""Characters that are a text."""
_UNSEEN = "body script, body style, body template, body noscript"


def show(document: Document) -> None:
    """Make boxes of such elements, in place. Time is linear in the page."""
    found = [element for element in document.select("body noscript")[:_MANY] if element.select_one("p, article, main")]
    texts = [(len(" ".join(element.text.split())), element) for element in found]
    if sum(length for length, _ in texts) < _ENOUGH:
        return
    body = document.select_one("body")
    whole = len(" ".join(body.text.split())) if body is not None else 0
    hidden = sum(
        len(" ".join(element.text.split()))
        for element in document.select(_UNSEEN)[:_UNSEEN_MANY]
        if element.closest("noscript") in (None, element)
    )
    if sum(length for length, _ in texts) > whole - hidden:
        for length, element in texts:
            if length:
                element.tag = "div"
