"""Forums and questions: what is said below a topic, and what a forum lists.

bbPress keeps a forum, a topic and each reply as items; a reply names its topic as its parent, and the reply that it
answers as `_bbp_reply_to`. DW Question & Answer and AnsPress keep answers likewise. Replies become what comments are:
the texts below a page, by others than its author. See `bbp_get_reply_content` for how their text is shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo
from html import escape

from msgspec.structs import replace

from converters.html import tree
from converters.importers.wordpress.comments import comment_body, read_comments
from converters.importers.wordpress.companions import LISTED, THREADS
from converters.importers.wordpress.content.companions.labels import label
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.dates import item_date
from converters.importers.wordpress.rawitem import RawItem, plain
from converters.model import Comment, Entry, Role
from converters.model.notices import Log

TOPICS = {topic: tuple(k for k, row in THREADS.items() if row[0] == topic) for topic, _ in THREADS.values()}
"""Post type of what is replied to -> those of its replies."""
_LISTS = frozenset(LISTED.values())


def replies(
    entry: Entry, context: Context, names: Mapping[str, str], *, zone: tzinfo | None, private: bool
) -> Iterator[Comment]:
    """The replies to a topic, each followed by the comments on it, in the order of the export."""
    companions = context.companions
    held = (
        sum(companions.hidden(kind, entry.id) for kind in TOPICS.get(entry.kind, ())) if companions is not None else 0
    )
    if held:
        context.log("comments.skipped", str(held))
    for kind in TOPICS.get(entry.kind, ()) if companions is not None else ():
        for reply, item in companions.parts(kind, entry.id) if companions is not None else ():
            if reply.role is not Role.PART:
                continue
            yield _reply(reply, item, context.log, names, zone=zone, private=private)
            for comment in read_comments(item.comments, context.log, zone, private=private):
                own = comment.parent or f"post-{reply.id}"
                yield replace(comment, parent=own)


def _reply(
    reply: Entry, item: RawItem, log: Log, names: Mapping[str, str], *, zone: tzinfo | None, private: bool
) -> Comment:
    login, above = item["dc:creator"].strip(), item.first_meta("_bbp_reply_to").strip()
    url = item.first_meta("_bbp_anonymous_website").strip()
    return Comment(
        id=f"post-{reply.id}",
        parent=f"post-{above}" if above not in ("", "0") else "",
        kind="comment",
        author=names.get(login) or plain(item.first_meta("_bbp_anonymous_name")) or login,
        url=url if url.startswith(("http://", "https://")) else "",
        date=reply.date or item_date(item["wp:post_date"], item["wp:post_date_gmt"], "", log, zone=zone),
        body=comment_body(_with_links_to_pictures(item["content:encoded"]), log),
        email=item.first_meta("_bbp_anonymous_email").strip() if private else "",
        ip=item.first_meta("_bbp_author_ip").strip() if private else "",
    )


def _with_links_to_pictures(text: str) -> str:
    """Comments have no pictures; links lead to them."""
    if "<img" not in text:
        return text
    root = tree.parse(text)
    for image in list(root.iter("img")):
        source = str(image.get("src") or "")
        words = str(image.get("alt") or "").strip() or source.rpartition("/")[2]
        image.attrib.clear()
        image.tag = "a" if next(image.iterancestors("a"), None) is None else "span"
        image.text = words
        if image.tag == "a":
            image.set("href", source)
    return tree.inner_html(root)


def around(entry: Entry, context: Context) -> tuple[str, str]:
    """The lists of a forum: the forums and the topics in it, the newest topic first."""
    if entry.kind not in _LISTS or context.companions is None:
        return "", ""
    found = [one for one in context.companions.entries(f"list of {entry.kind} {entry.id}") if one.role is Role.CONTENT]
    inner = [one for one in found if one.kind == entry.kind]
    topics = [one for one in found if one.kind != entry.kind]
    topics.sort(key=lambda one: one.date.timestamp() if one.date is not None else 0.0, reverse=True)
    return "", "".join(_list(name, entries, context) for name, entries in (("forums", inner), ("topics", topics)))


def _list(name: str, entries: list[Entry], context: Context) -> str:
    rows = "".join(f'<li><a href="{escape(one.permalink)}">{escape(one.title)}</a></li>' for one in entries)
    return f"<h2>{label(name, context)}</h2><ul>{rows}</ul>" if rows else ""
