"""Active content taken out of a tree: scripts, event handlers, addresses that run something.

What is removed is noted, one notice each (`html.active`): a reader may have seen what a script drew.
"""

from __future__ import annotations

import re

from lxml import etree
from msgspec.structs import replace

from converters import tree
from converters.model import MenuItem, Post, Site, Term
from converters.notices import Log

_ADDRESSES = frozenset({"href", "src", "action", "formaction", "data", "poster", "background", "cite"})
_IGNORED = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]+")
"""Browsers skip these in front of and inside a scheme."""
_RUNS = re.compile(r"(?:java|vb|live)script:|data:(?!image/(?:png|gif|jpe?g|webp|avif)|audio/|video/|font/)", re.I)
_ANIMATED = frozenset({"to", "from", "by", "values"})
"""In SVG: what an animation sets another attribute to, in pieces between semicolons."""
_REMOVED = frozenset({"script", "embed", "param", "base", "meta"})
_UNWRAPPED = frozenset({"object", "applet"})
"""Their inside is what a browser without the plug-in shows."""
_SHOWN = re.compile(r"(?:image/(?!svg)|audio/|video/|application/pdf$)")
_FILE = re.compile(r"\.(?:png|gif|jpe?g|webp|avif|mp3|ogg|oga|m4a|wav|mp4|m4v|webm|ogv|pdf)$", re.I)
_MARKS = (*(f"<{name}" for name in sorted(_REMOVED | _UNWRAPPED)), ":script", "srcdoc=")
_HANDLER = re.compile(r'[ :]on[\w-]*+="')
_SCHEME = re.compile(
    r'="(?!https?:|/|#|mailto:)(?:{})[^":]*+:'.format(
        "|".join(f'(?<={name}=")' for name in sorted(_ADDRESSES | _ANIMATED))
    )
)


def sanitize(root: etree._Element, log: Log) -> None:
    """Remove active content from the tree in place; the text around it stays."""
    if not _may_hold_some(root):  # as nearly always
        return
    for element in list(root.iter("*")):
        name = tree.name(element).rpartition("}")[2].lower()
        if (name in _REMOVED or name in _UNWRAPPED) and not _shows_a_file(element):
            log("html.active", f"<{name}>", where=str(element.get("src") or element.get("data") or ""))
            (tree.unwrap if name in _UNWRAPPED else tree.remove)(element)
            continue
        for key, value in list(element.attrib.items()):
            if _is_active(str(key).rpartition("}")[2].lower(), str(value)):
                log("html.active", f"{key!s} of <{name}>", old=str(value)[:80])
                del element.attrib[key]


def _shows_a_file(element: etree._Element) -> bool:
    """Is it a picture, a sound, a film or a PDF in an `<object>` or `<embed>`? These run nothing."""
    address = str(element.get("data") or element.get("src") or "")
    kind = str(element.get("type") or "").lower()
    shown = _SHOWN.match(kind) if kind else _FILE.search(address.partition("?")[0].partition("#")[0])
    return bool(address and shown) and not runs(address)


def runs(address: str) -> bool:
    """Does a browser run something at this address?"""
    return bool(_RUNS.match(_IGNORED.sub("", address)))


def _is_active(name: str, value: str) -> bool:
    if name.startswith("on") or name == "srcdoc":
        return True
    if name in _ANIMATED:
        return any(map(runs, value.split(";")))
    return name in _ADDRESSES and runs(value)


def sanitize_fields(post: Post, log: Log) -> None:
    """The same for what a post has beside its text: HTML in its excerpt and its terms, addresses."""
    post.excerpt = _clean(post.excerpt, log)
    post.terms = tuple(_term(term, Log()) for term in post.terms)  # the site's own log names what is wrong
    if post.featured is not None and _refused(post.featured.url, "featured image", log):
        post.featured = None
    if post.enclosures:
        post.enclosures = tuple(file for file in post.enclosures if not _refused(file.url, "enclosure", log))
    for name in ("canonical", "og_image", "twitter_image"):
        if _refused(getattr(post.seo, name), name, log):
            post.seo = replace(post.seo, **{name: ""})


def sanitize_site(site: Site, log: Log) -> Site:
    """The same for the site's own texts: descriptions of terms and menus, lives of authors, addresses in menus."""
    return replace(
        site,
        icon="" if _refused(site.icon, "icon", log) else site.icon,
        terms=tuple(_term(term, log) for term in site.terms),
        authors=tuple(
            replace(author, bio=_clean(author.bio, log)) if "<" in author.bio else author for author in site.authors
        ),
        menus=tuple(replace(menu, items=tuple(_entry(item, log) for item in menu.items)) for menu in site.menus),
    )


def _term(term: Term, log: Log) -> Term:
    return replace(term, description=_clean(term.description, log)) if "<" in term.description else term


def _entry(item: MenuItem, log: Log) -> MenuItem:
    """WordPress shows no such address either (`esc_url`): the words stay."""
    if _refused(item.address, "menu", log):
        item = replace(item, address="#")
    return replace(item, description=_clean(item.description, log)) if "<" in item.description else item


def _clean(html: str, log: Log) -> str:
    """A piece of HTML; byte for byte as it was where there is nothing active in it."""
    if "<" not in html:
        return html
    root, own = tree.parse(html), Log(log.item)
    sanitize(root, own)
    for notice in own.notices:
        log.take(notice)
    return tree.inner_html(root) if own.notices else html


def _refused(address: str, what: str, log: Log) -> bool:
    if ":" not in address or not runs(address):
        return False
    log("html.active", f"address: {what}", old=address[:80])
    return True


def _may_hold_some(root: etree._Element) -> bool:
    """A quick look at the tree as text: is anything there that has to be looked at closely?"""
    text = etree.tostring(root, encoding="unicode", with_tail=False)
    found = any(mark in text for mark in _MARKS) or _SCHEME.search(text) or _HANDLER.search(text)
    return bool(found)
