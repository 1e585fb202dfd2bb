"""Comments of a post: the public ones, without e-mail address and IP unless the user asks for them.

Strangers wrote them, so of their HTML only what carries text stays (about what WordPress's `wp_kses` lets through).
"""

from __future__ import annotations

import html
import re
from datetime import tzinfo

from lxml import etree

from converters.html import tree
from converters.importers.wordpress.comment_text import comment_html
from converters.importers.wordpress.dates import item_date
from converters.model import Comment
from converters.model.notices import Log

_SHOWN = frozenset(
    """comment pingback trackback review webmention mention reply like repost bookmark favorite tag rsvp
    invitation reacji""".split()
)
"""Types of comments that a site shows. Others are notes of editors (`note`), of shops (`order_note`) and of logs."""
_KEPT = frozenset("a abbr b blockquote br cite code del em i li ol p pre q s strong sub sup ul".split())
_DROPPED = frozenset("embed iframe object script style svg math template".split())
_MARKUP = re.compile(r"[<>&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_SCHEMES = ("http://", "https://", "ftp://", "mailto:", "/", "#")
_ESCAPED = re.compile("&(?:amp|lt|gt|quot|#0?39);")
"""What `esc_html` escapes in a name before it is stored; decoded once (`wp_specialchars_decode`)."""
_WEB = re.compile(r"https?://[^/?#\s]", re.I)


def read_comments(
    raw: list[dict[str, str]], log: Log, zone: tzinfo | None, *, private: bool = False
) -> tuple[Comment, ...]:
    """What the site showed, in the order of the export. How many were held back is noted as `comments.held`.

    `private`: with e-mail address and IP, as a service for comments wants them that takes old ones over.
    """
    public = [fields for fields in raw if is_public(fields)]
    if len(public) < len(raw):
        log("comments.held", str(len(raw) - len(public)))
    return tuple(_comment(fields, log, zone, private=private) for fields in public)


def is_public(fields: dict[str, str]) -> bool:
    """Did the site show this comment?"""
    kind = fields.get("wp:comment_type", "").strip() or "comment"
    return fields.get("wp:comment_approved") == "1" and kind in _SHOWN


def _comment(fields: dict[str, str], log: Log, zone: tzinfo | None, *, private: bool) -> Comment:
    parent = fields.get("wp:comment_parent", "")
    url = fields.get("wp:comment_author_url", "").strip()
    return Comment(
        id=fields.get("wp:comment_id", ""),
        parent=parent if parent != "0" else "",
        kind=fields.get("wp:comment_type") or "comment",
        author=_ESCAPED.sub(lambda found: html.unescape(found[0]), fields.get("wp:comment_author", "")).strip(),
        url=url if _WEB.match(url) else "",  # `http://` alone is what the form held before anybody typed
        date=item_date(fields.get("wp:comment_date", ""), fields.get("wp:comment_date_gmt", ""), "", log, zone=zone),
        body=_body(fields.get("wp:comment_content", "")),
        email=fields.get("wp:comment_author_email", "").strip() if private else "",
        ip=fields.get("wp:comment_author_IP", "").strip() if private else "",
    )


def _body(text: str) -> str:
    shown = comment_html(text)
    if _MARKUP.search(text) or "<a " in shown:
        return safe_html(shown)
    return shown.replace("<br />", "<br/>").strip()  # paragraphs of words, as most comments are


def safe_html(text: str) -> str:
    """The text with its harmless markup only; other elements keep their words."""
    root = tree.parse(text)
    etree.strip_elements(root, etree.Comment, etree.ProcessingInstruction, with_tail=False)
    tree.remove_all(root, [one for one in root.iterdescendants("*") if one.tag in _DROPPED or "}" in str(one.tag)])
    tree.unwrap_all(root, [one for one in root.iterdescendants("*") if one.tag not in _KEPT])
    for element in root.iterdescendants("*"):
        _clean(element)
    return tree.inner_html(root).strip()


def _clean(element: etree._Element) -> None:
    for name, value in list(element.attrib.items()):
        harmless = name == "title" or (name == "href" and str(value).strip().lower().startswith(_SCHEMES))
        if not harmless:
            del element.attrib[name]
