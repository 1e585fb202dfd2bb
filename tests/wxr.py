"""Small exports for tests: an item is a dict of the fields that matter, the rest has defaults."""

from __future__ import annotations

from typing import Any
from xml.sax.saxutils import escape

SPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}


def php(value: Any) -> str:
    """The value as PHP's `serialize` writes it."""
    if value is None:
        return "N;"
    if isinstance(value, bool):
        return f"b:{int(value)};"
    if isinstance(value, int):
        return f"i:{value};"
    if isinstance(value, str):
        return f's:{len(value.encode())}:"{value}";'
    pairs = value.items() if isinstance(value, dict) else enumerate(value)
    inside = "".join(php(key) + php(one) for key, one in pairs)
    return f"a:{len(value)}:{{{inside}}}"


def cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def item(id: int | str, **fields: Any) -> str:
    """One `<item>`. `terms` are (domain, slug, name), `meta` a dict, `comments` dicts, `raw` is put in as it is."""
    kind = fields.get("type", "post")
    slug = fields.get("slug", f"{kind}-{id}")
    date = fields.get("date", "2021-03-04 05:06:07")
    parts = [
        f"<title>{cdata(fields.get('title', f'Title {id}'))}</title>",
        f"<link>{escape(fields.get('link', f'https://old.example/{slug}/'))}</link>",
        f"<pubDate>{fields.get('pub_date', 'Thu, 04 Mar 2021 05:06:07 +0000')}</pubDate>",
        f"<dc:creator>{cdata(fields.get('author', 'ada'))}</dc:creator>",
        f"<guid isPermaLink='false'>https://old.example/?p={id}</guid>",
        f"<content:encoded>{cdata(fields.get('content', f'Text of {id}.'))}</content:encoded>",
        f"<excerpt:encoded>{cdata(fields.get('excerpt', ''))}</excerpt:encoded>",
        f"<wp:post_id>{id}</wp:post_id>",
        f"<wp:post_date>{date}</wp:post_date>",
        f"<wp:post_date_gmt>{fields.get('date_gmt', date)}</wp:post_date_gmt>",
        f"<wp:post_name>{cdata(slug)}</wp:post_name>",
        f"<wp:status>{fields.get('status', 'inherit' if kind == 'attachment' else 'publish')}</wp:status>",
        f"<wp:post_parent>{fields.get('parent', 0)}</wp:post_parent>",
        f"<wp:menu_order>{fields.get('order', 0)}</wp:menu_order>",
        f"<wp:post_type>{kind}</wp:post_type>",
        f"<wp:post_password>{cdata(fields.get('password', ''))}</wp:post_password>",
        f"<wp:is_sticky>{int(fields.get('sticky', False))}</wp:is_sticky>",
    ]
    if "url" in fields:
        parts.append(f"<wp:attachment_url>{cdata(fields['url'])}</wp:attachment_url>")
    for domain, term, name in fields.get("terms", ()):
        parts.append(f'<category domain="{domain}" nicename="{term}">{cdata(name)}</category>')
    for key, value in fields.get("meta", {}).items():
        parts.append(
            f"<wp:postmeta><wp:meta_key>{cdata(key)}</wp:meta_key><wp:meta_value>{cdata(value)}</wp:meta_value></wp:postmeta>"
        )
    for comment in fields.get("comments", ()):
        inside = "".join(f"<wp:comment_{key}>{cdata(str(value))}</wp:comment_{key}>" for key, value in comment.items())
        parts.append(f"<wp:comment>{inside}</wp:comment>")
    return f"<item>{''.join(parts)}{fields.get('raw', '')}</item>"


def export(*items: str, head: str = "", version: str = "1.2", declaration: str = "UTF-8", spaces: bool = True) -> str:
    declared = "".join(f' xmlns:{k}="{v.replace("1.2", version)}"' for k, v in SPACES.items()) if spaces else ""
    return (
        f'<?xml version="1.0" encoding="{declaration}" ?>\n<rss version="2.0"{declared}>\n<channel>\n'
        "<title>Old Home</title><link>https://old.example</link><description>A test</description>"
        f"<language>en-GB</language><wp:wxr_version>{version}</wp:wxr_version>"
        f"<wp:base_site_url>https://old.example</wp:base_site_url><wp:base_blog_url>https://old.example</wp:base_blog_url>"
        "<wp:author><wp:author_id>1</wp:author_id><wp:author_login>ada</wp:author_login>"
        "<wp:author_email>ada@old.example</wp:author_email>"
        "<wp:author_display_name><![CDATA[Ada L.]]></wp:author_display_name></wp:author>"
        f"{head}\n" + "\n".join(items) + "\n</channel>\n</rss>\n"
    )
