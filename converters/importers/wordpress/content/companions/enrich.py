"""What a page shows beside its text, put around it: players, dates and places, prices, galleries, replies, lists."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from lxml import etree

from converters import urls
from converters.html import tree
from converters.importers.wordpress.content.companions import RENDERERS, details, fields, places, podcasts, threads
from converters.importers.wordpress.content.companions.pictures import READERS as GALLERIES
from converters.importers.wordpress.content.companions.texts import text
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.normalize import normalize
from converters.importers.wordpress.content.shortcodes import Shortcode
from converters.importers.wordpress.enclosures import is_enclosure
from converters.importers.wordpress.rawitem import RawItem
from converters.model import PUBLIC, Author, Entry, HtmlBody, Post
from converters.remembered import remembered


class _Detail(NamedTuple):
    """Of which items, by their type and by a meta field that they have."""

    kinds: str
    key: str
    html: Callable[[RawItem, Context], tuple[str, str]]


_DETAILS = (
    _Detail("tribe_events", "_EventStartDate", details.event),
    _Detail("event event-recurring", "_event_start_date", details.managed_event),
    _Detail("product", "_price", details.product),
    _Detail("product", "_sku", details.product),
    _Detail("product", "_product_image_gallery", details.product),
    _Detail("download", "edd_price", details.download),
    *(_Detail(*row) for row in places.MAKERS),
)


def enrich(post: Post, item: RawItem, entry: Entry, context: Context, *, zone: tzinfo | None, private: bool) -> None:
    """Complete a post with what stands elsewhere in the export. `private`: see `read_comments`."""
    meta = dict(item.meta)
    if isinstance(post.body, HtmlBody):
        for before, after in _around(post.body.root, item, entry, context, meta):
            _put(post.body.root, before, 0, context)
            _put(post.body.root, after, None, context)
    fields.put_together(item, post.params, context)
    post.params.update({name: value for name, value in context.facts.items() if name not in post.params})
    if entry.kind in threads.TOPICS:
        names = _names(context.lookup.site.authors)
        said = tuple(threads.replies(entry, context, names, zone=zone, private=private))
        post.comments = (*post.comments, *said)
        post.former = (*post.former, *_former(entry, context)) if said else post.former


def _around(
    root: etree._Element, item: RawItem, entry: Entry, context: Context, meta: Mapping[str, str]
) -> list[tuple[str, str]]:
    """(before, after) the text."""
    found = []
    if entry.kind in RENDERERS and RENDERERS[entry.kind] is not text:
        html = RENDERERS[entry.kind](entry.id, Shortcode(entry.kind, {}, (), None, ""), context, item)
        if html and entry.kind not in GALLERIES:  # its text is data, or a part of what is shown
            root.text = None
            tree.remove_all(root, list(root))
        found.append(("", html or ""))
    makers = dict.fromkeys(one.html for one in _DETAILS if one.key in meta and entry.kind in one.kinds.split())
    found += [make(item, context) for make in makers]
    if any(is_enclosure(key, value, meta) for key, value in item.meta if "enclosure" in key or key == "audio_file"):
        found.append(podcasts.around(item, root))
    found.append(threads.around(entry, context))
    return found


def _put(root: etree._Element, html: str, place: int | None, context: Context) -> None:
    """Insert HTML before the text, or behind it."""
    if not html:
        return
    parsed = tree.parse(html, context.log, context.limits)
    normalize(parsed)
    children = list(parsed)
    if place is None:
        root.extend(children)
        return
    if children and root.text:
        children[-1].tail = (children[-1].tail or "") + root.text
        root.text = None
    for child in reversed(children):
        root.insert(place, child)


def _former(entry: Entry, context: Context) -> tuple[str, ...]:
    """The addresses of replies, which lead to the topic now."""
    if context.companions is None:
        return ()
    found = []
    for kind in threads.TOPICS[entry.kind]:
        for reply in context.companions.entries(f"{kind} {entry.id}"):
            address = urls.own(reply.permalink, urls.host_of(context.lookup.site.base_url)) if reply.permalink else None
            if reply.status in PUBLIC and address is not None and not address.query and address.path.strip("/"):
                found.append(address.path)
    return tuple(dict.fromkeys(found))


@remembered
def _names(authors: Sequence[Author]) -> dict[str, str]:
    return {author.login: author.name for author in authors}
