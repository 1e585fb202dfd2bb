"""Comments of a post: the public ones, without e-mail address and IP unless requested, as WordPress shows their text.

The filters on `comment_text` (https://developer.wordpress.org/reference/hooks/comment_text/): addresses become links
(`make_clickable`), signs become faces (`convert_smilies`), line ends become paragraphs (`wpautop`), in this order;
and signs are drawn (`wptexturize`). The option that turns faces off is not part of an export; they are on unless a
site says otherwise. What stays of their HTML: `comment_markup.py`.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import tzinfo

from converters.html import quotes, tree
from converters.html.angle_brackets import keep_text
from converters.importers.wordpress.comment_markup import safe_tree
from converters.importers.wordpress.content.autop import autop
from converters.importers.wordpress.content.typography import in_print
from converters.importers.wordpress.dates import item_date
from converters.model import Comment
from converters.model.notices import Log

_SHOWN = frozenset(
    """comment pingback trackback review webmention mention reply like repost bookmark favorite tag rsvp
    invitation reacji""".split()
)
"""Types of comments that a site shows. Others are notes of editors (`note`), of shops (`order_note`) and of logs."""
FIELD = "wp:commentmeta "
"""What names of fields that plug-ins added to a comment begin with."""
_MARKUP = re.compile(r"[<>&\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_DRAWN = re.compile(r"['\"]|\.\.\.")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
"""In a name, which WordPress stores and shows with `esc_html`: that leaves references as they are."""
_WEB = re.compile(r"https?://[^/?#\s]", re.I)
SMILIES = {
    ":neutral:": "😐", ":twisted:": "😈", ":arrow:": "➡", ":shock:": "😯", ":smile:": "🙂", ":???:": "😕",
    ":cool:": "😎", ":evil:": "👿", ":grin:": "😀", ":idea:": "💡", ":oops:": "😳", ":razz:": "😛", ":roll:": "🙄",
    ":wink:": "😉", ":cry:": "😥", ":eek:": "😮", ":lol:": "😆", ":mad:": "😡", ":sad:": "🙁", ":!:": "❗", ":?:": "❓",
    "8-)": "😎", "8-O": "😯", "8O": "😯", ":-(": "🙁", ":(": "🙁", ":-)": "🙂", ":)": "🙂", ":-?": "😕", ":?": "😕",
    ":-D": "😀", ":D": "😀", ":-P": "😛", ":P": "😛", ":-o": "😮", ":o": "😮", ":-x": "😡", ":x": "😡", ":-|": "😐",
    ":|": "😐", ";-)": "😉", ";)": "😉",
}  # fmt: skip
"""As `smilies_init` has them, but `:mrgreen:`, which is a picture of the site's own."""
_CLICKABLE = re.compile(r"://|\b(?:www|ftp)\.|@", re.I)
_TAG = re.compile(r"(<[^<>]+>)")
_ADDRESS_IN_TAG = re.compile(r"<\s*\w{1,20}://", re.A)
_CODE_BEGINS = re.compile(r"<(?:code|pre|script|style)[\s>]", re.I)
_CODE_ENDS = frozenset({"</code>", "</pre>", "</script>", "</style>"})
_IN_URL = r"[\w\u0080-\U0010ffff#%~/@\[\]*(+=&$-]"
_URL = re.compile(rf"([\s(<.,;:!?])(\w{{1,20}}://(?=\S{{1,2000}}\s){_IN_URL}*+(?:['.,;:!?)]{_IN_URL}++)*)(\)?)", re.A)
"""What may stand in front of an address, the address, and a bracket that closes behind it. Marks of a sentence are part
of an address only where more of it follows."""
_HOST = re.compile(r"([\s>])((?:www|ftp)\.[\w\u0080-\U0010ffff#$%&~/.\-;:=,?@\[\]+]+)", re.A | re.I)
_EMAIL = re.compile(r"([\s>])([.0-9a-z_+-]+)@((?:[0-9a-z-]+\.)+[0-9a-z]{2,})", re.A | re.I)
_LINK_IN_LINK = re.compile(r"(<a(?:[ \r\n\t]+[^>]+?>|>))<a [^>]+?>([^>]+?)</a></a>", re.I)
_SCHEMES = frozenset({"http", "https", "ftp", "mailto", "tel"})
"""Those of `wp_allowed_protocols` that browsers still follow."""
_LINE_ENDS = re.compile(r"%0[ad]", re.I)
_ENTITY = re.compile(r"&(?!(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});)")
_LONG = 10_000
"""Characters of a text between two tags from which on WordPress looks at pieces of it."""
_PIECE = 2100
_SPACE = "[\\r\\n\\t ]|\u00a0|&nbsp;"
_SMILEY = re.compile(
    "(?:(?<=[\\r\\n\\t \u00a0])|(?<=&nbsp;)|^)(?:{})(?={}|$)".format(
        "|".join(re.escape(sign) for sign in sorted(SMILIES, reverse=True)), _SPACE
    ),
    re.M,
)
_PERHAPS_A_SMILEY = re.compile("[:;8][^ ]")
_NO_SMILEYS = re.compile(r"<(code|pre|style|script|textarea)[^>]*>")
_ANY_TAG = re.compile(r"(<.*?>)")


def read_comments(
    raw: list[dict[str, str]], log: Log, zone: tzinfo | None, *, private: bool = False
) -> tuple[Comment, ...]:
    """What the site showed, in the order of the export. How many were held back is noted as `comments.skipped`.

    `private`: with e-mail address and IP, as a service for comments wants them that takes old ones over.
    """
    public = [fields for fields in raw if is_public(fields)]
    if len(public) < len(raw):
        log("comments.skipped", str(len(raw) - len(public)))
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
        author=comment_author(fields.get("wp:comment_author", "")),
        url=url if _WEB.match(url) else "",  # `http://` alone is what the form held before anybody typed
        date=item_date(fields.get("wp:comment_date", ""), fields.get("wp:comment_date_gmt", ""), "", log, zone=zone),
        body=comment_body(fields.get("wp:comment_content", ""), log),
        email=fields.get("wp:comment_author_email", "").strip() if private else "",
        rating=_rating(fields.get(f"{FIELD}rating", "")),
        ip=fields.get("wp:comment_author_IP", "").strip() if private else "",
    )


def _rating(text: str) -> int:
    """The stars of a review, as WooCommerce and others keep them."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 4 else 0


def comment_author(name: str) -> str:
    """What WordPress shows of the name above a comment."""
    return _REFERENCE.sub(lambda found: html.unescape(found[0]), name).strip()


def comment_body(text: str, log: Log) -> str:
    """What WordPress shows of the text of a comment, as harmless HTML."""
    text = keep_text(text)
    shown = in_print(comment_html(text))
    if _MARKUP.search(text) or "<a " in shown or _DRAWN.search(shown):
        root = safe_tree(shown, log)
        quotes.draw(root)
        return tree.inner_html(root).strip()
    return shown.replace("<br />", "<br/>").strip()  # paragraphs of words, as most comments are


def comment_html(text: str) -> str:
    """The HTML that WordPress shows for the text of a comment."""
    return autop(with_smilies(with_links(text)))


def with_links(text: str) -> str:
    """Bare addresses and e-mail addresses as links (`make_clickable`), but in code and in tags."""
    if not _CLICKABLE.search(text):
        return text
    inside, parts = 0, []
    for piece in _TAG.split(text):
        if _CODE_BEGINS.match(piece):
            inside += 1
        elif inside and piece.lower() in _CODE_ENDS:
            inside -= 1
        is_tag = piece.startswith("<") and not _ADDRESS_IN_TAG.match(piece)
        parts.append(piece if inside or is_tag or not piece else _linked(piece))
    return _LINK_IN_LINK.sub(r"\1\2</a>", "".join(parts))


def _linked(piece: str) -> str:
    if len(piece.encode()) > _LONG:
        return "".join(part if len(part.encode()) > _PIECE + 1 else with_links(part) for part in _pieces(piece))
    padded = f" {piece} "
    for pattern, replacement in _REPLACED:
        padded = pattern.sub(replacement, padded)
    return padded[1:-1]


def _pieces(text: str) -> Iterator[str]:
    """The text in pieces of about that length, each with the white space behind it (`_split_str_by_whitespace`)."""
    begin = 0
    for found in re.finditer(r"\S*+\s?", text):
        if found.end() - begin > _PIECE and found.start() > begin:
            yield text[begin : found.start()]
            begin = found.start()
    yield text[begin:]


def _url(found: re.Match[str]) -> str:
    before, url, behind = found.groups()
    if behind and "(" in url[1:]:
        url, behind = url + behind, ""
    while url.count("(") < url.count(")"):
        url, _, rest = url.rpartition(")")
        behind = f"){rest}{behind}"
    address = _escaped(url)
    return f'{before}<a href="{address}">{address}</a>{behind}' if address else found[0]


def _host(found: re.Match[str]) -> str:
    url, behind = f"http://{found[2]}", ""
    if url[-1] in ".,;:)":
        url, behind = url[:-1], url[-1]
    address = _escaped(url)
    return f'{found[1]}<a href="{address}">{address}</a>{behind}'


def _email(found: re.Match[str]) -> str:
    address = f"{found[2]}@{found[3]}"
    return f'{found[1]}<a href="mailto:{address}">{address}</a>'


_REPLACED: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_URL, _url),
    (_HOST, _host),
    (_EMAIL, _email),
)


def _escaped(url: str) -> str:
    """The address as it can stand in HTML (`esc_url`); empty for one that WordPress links to nowhere."""
    while (shorter := _LINE_ENDS.sub("", url)) != url:
        url = shorter
    scheme, _, rest = url.partition("://")
    if scheme.lower() not in _SCHEMES:
        return ""
    host, slash, path = rest.partition("/")
    path = path.replace("[", "%5B").replace("]", "%5D")
    return _ENTITY.sub("&#038;", f"{scheme}://{host}{slash}{path}").replace("&amp;", "&#038;").replace("'", "&#039;")


def with_smilies(text: str) -> str:
    """Signs as faces (`convert_smilies`), but in code and in tags."""
    if not _PERHAPS_A_SMILEY.search(text):
        return text
    within, parts = "", []
    for piece in _ANY_TAG.split(text):
        begins = _NO_SMILEYS.match(piece) if not within else None
        within = begins[1] if begins else within
        if not within and not piece.startswith("<"):
            piece = _SMILEY.sub(lambda found: SMILIES[found[0]], piece)
        within = "" if piece == f"</{within}>" else within
        parts.append(piece)
    return "".join(parts)
