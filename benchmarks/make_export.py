"""Makes a WordPress export of any size, the same bytes for the same seed.

usage: python benchmarks/make_export.py --posts 10000 --out export.xml [--seed 1]

The mix follows a large blog of many years: half of the posts come from the block editor and half from the classic
one, one in thirty is a page, one in three has comments, two in five have texts for search engines, one in three has
pictures. About 8.7 kB a post, all its metadata, comments and attachments counted. Every item is published and has an
address of its own, so that a program has to write exactly one file for each post and page.

Written as a stream: 100,000 posts need no more memory than one. What a post links to is worked out from its number.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TextIO

from benchmarks.export_bodies import HOME, WORDS, Desk, Picture, body, sentences

SPACES = {
    "excerpt": "http://wordpress.org/export/1.2/excerpt/",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "wfw": "http://wellformedweb.org/CommentAPI/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "wp": "http://wordpress.org/export/1.2/",
}
AUTHORS = ("ada", "benno", "chloé", "dmitri", "elif")
CATEGORIES = tuple(f"{word}-{kind}" for word in ("garden", "travel", "kitchen", "workshop") for kind in ("a", "b", "c"))
TAGS = tuple(f"{first} {second}" for first in WORDS[:20] for second in WORDS[20:32])
SIZES = {"medium": (300, 200), "large": (1024, 683), "thumbnail": (150, 150), "medium_large": (768, 512)}
STRIDE = 8
"""Ids a post takes: its own and those of its attachments."""


@dataclass(frozen=True)
class Counts:
    """What was written, for the check of what a program makes of it."""

    posts: int
    pages: int
    attachments: int
    comments: int

    @property
    def pieces(self) -> int:
        """Items that have a page of their own."""
        return self.posts + self.pages


def cdata(text: str) -> str:
    return f"<![CDATA[{text}]]>"


def tag(name: str, text: str | int) -> str:
    return f"\t\t<{name}>{cdata(str(text))}</{name}>\n"


def meta(key: str, value: str | int) -> str:
    return f"\t\t<wp:postmeta>\n\t{tag('wp:meta_key', key)}\t{tag('wp:meta_value', value)}\t\t</wp:postmeta>\n"


PhpValue = str | int | Mapping[str, "PhpValue"]


def php(value: PhpValue) -> str:
    """A value as PHP's `serialize` writes it; the length of a text counts bytes."""
    if isinstance(value, Mapping):
        inside = "".join(php(part) for pair in value.items() for part in pair)
        return f"a:{len(value)}:{{{inside}}}"
    return f"i:{value};" if isinstance(value, int) else f's:{len(value.encode())}:"{value}";'


class Maker:
    """Makes the items of an export of `total` posts, each from its number and the seed alone."""

    def __init__(self, total: int, seed: int) -> None:
        self.total, self.seed = total, seed
        self.sentences = sentences(Random(f"{seed} sentences"))
        self.step = timedelta(days=15 * 365) / max(total, 1)

    def is_page(self, number: int) -> bool:
        return number % 30 == 17

    def date(self, number: int) -> datetime:
        return datetime(2009, 1, 5, 8, 30, tzinfo=UTC) + number * self.step

    def slug(self, number: int) -> str:
        words = Random(f"{self.seed} slug {number}").choices(WORDS[:32], k=3)
        return f"{'-'.join(words)}-{number}"

    def address(self, number: int) -> str:
        day = "" if self.is_page(number) else f"{self.date(number):%Y/%m}/"
        return f"{HOME}/{day}{self.slug(number)}/"

    def pictures(self, number: int, rng: Random) -> list[Picture]:
        folder = f"{HOME}/wp-content/uploads/{self.date(number):%Y/%m}"
        count = rng.choices((0, 1, 2, 3, 5), (66, 20, 8, 4, 2))[0]
        names = [f"{rng.choice(WORDS[:32])}-{number}-{place}" for place in range(count)]
        return [
            Picture(number * STRIDE + 1 + place, f"{folder}/{name}.jpg", name.replace("-", " "))
            for place, name in enumerate(names, 1)
        ]

    def items(self, number: int) -> Iterator[tuple[str, str, int]]:
        """Post `number` and its attachments, as (type, XML, number of comments)."""
        rng = Random(f"{self.seed} post {number}")
        pictures = self.pictures(number, rng)
        links = [self.address(rng.randrange(self.total)) for _ in range(2)]
        desk = Desk(rng, self.sentences, pictures, links)
        date, kind = self.date(number), "page" if self.is_page(number) else "post"
        comments = 0 if kind == "page" or rng.random() > 0.33 else 1 + int(rng.expovariate(0.4))
        title = f"{desk.title()}{rng.choice(('', '', '', ' &amp; more', ': part 2', ' – it’s here'))}"
        parts = [
            head(number * STRIDE + 1, title, self.address(number), date, rng.choice(AUTHORS)),
            tag("content:encoded", body(desk, blocks=rng.random() < 0.5)),
            tag("excerpt:encoded", desk.prose(1, 2) if rng.random() < 0.1 else ""),
            state(number * STRIDE + 1, self.slug(number), date, kind),
            "" if kind == "page" else "".join(terms(rng)),
            "".join(post_meta(desk, title)),
            "".join(comment(desk, number * 100 + place, date) for place in range(comments)),
        ]
        yield kind, f"\t<item>\n{''.join(parts)}\t</item>\n", comments
        for picture in pictures:
            yield "attachment", attachment(rng, picture, number * STRIDE + 1, date, f"{self.address(number)}"), 0


def head(id: int, title: str, link: str, date: datetime, author: str) -> str:
    return (
        f"{tag('title', title)}\t\t<link>{link}</link>\n\t\t<pubDate>{date:%a, %d %b %Y %H:%M:%S +0000}</pubDate>\n"
        f'{tag("dc:creator", author)}\t\t<guid isPermaLink="false">{HOME}/?p={id}</guid>\n'
        "\t\t<description></description>\n"
    )


def state(id: int, slug: str, date: datetime, kind: str, *, status: str = "publish", parent: int = 0) -> str:
    changed = date + timedelta(hours=id % 400)
    return (
        f"\t\t<wp:post_id>{id}</wp:post_id>\n"
        f"{tag('wp:post_date', f'{date:%Y-%m-%d %H:%M:%S}')}{tag('wp:post_date_gmt', f'{date:%Y-%m-%d %H:%M:%S}')}"
        f"{tag('wp:post_modified', f'{changed:%Y-%m-%d %H:%M:%S}')}"
        f"{tag('wp:post_modified_gmt', f'{changed:%Y-%m-%d %H:%M:%S}')}"
        f"{tag('wp:comment_status', 'open')}{tag('wp:ping_status', 'closed')}{tag('wp:post_name', slug)}"
        f"{tag('wp:status', status)}\t\t<wp:post_parent>{parent}</wp:post_parent>\n"
        "\t\t<wp:menu_order>0</wp:menu_order>\n"
        f"{tag('wp:post_type', kind)}{tag('wp:post_password', '')}\t\t<wp:is_sticky>0</wp:is_sticky>\n"
    )


def terms(rng: Random) -> Iterator[str]:
    for slug in rng.sample(CATEGORIES, rng.choices((1, 2, 3), (70, 22, 8))[0]):
        yield f'\t\t<category domain="category" nicename="{slug}">{cdata(slug.replace("-", " ").title())}</category>\n'
    for name in rng.sample(TAGS, rng.randint(0, 5)):
        yield f'\t\t<category domain="post_tag" nicename="{name.replace(" ", "-")}">{cdata(name)}</category>\n'


def post_meta(desk: Desk, title: str) -> Iterator[str]:
    yield meta("_edit_last", desk.rng.randint(1, len(AUTHORS)))
    if desk.pictures:
        yield meta("_thumbnail_id", desk.pictures[0].id)
    if desk.rng.random() < 0.4:
        yield meta("_yoast_wpseo_title", f"{title} %%sep%% %%sitename%%")
        yield meta("_yoast_wpseo_metadesc", f"{desk.words(12, 22)}.")
        yield meta("_yoast_wpseo_focuskw", desk.rng.choice(WORDS))
        yield meta("_yoast_wpseo_linkdex", desk.rng.randint(20, 90))
    if desk.rng.random() < 0.03:
        yield meta("_wp_old_slug", f"old-{desk.rng.choice(WORDS[:32])}-{desk.rng.randrange(10**9)}")


def comment(desk: Desk, id: int, date: datetime) -> str:
    when, name = date + timedelta(hours=desk.rng.randint(1, 900)), desk.rng.choice(WORDS).title()
    fields = {
        "author": name,
        "author_email": f"{id}@readers.example",
        "author_url": "",
        "author_IP": f"192.0.2.{id % 250}",
        "date": f"{when:%Y-%m-%d %H:%M:%S}",
        "date_gmt": f"{when:%Y-%m-%d %H:%M:%S}",
        "content": desk.prose(1, 3),
        "approved": "1",
        "type": "comment",
    }
    inside = "".join(f"\t{tag(f'wp:comment_{key}', value)}" for key, value in fields.items())
    numbers = f"\t\t\t<wp:comment_id>{id}</wp:comment_id>\n\t\t\t<wp:comment_parent>0</wp:comment_parent>\n"
    return f"\t\t<wp:comment>\n{numbers}{inside}\t\t</wp:comment>\n"


def attachment(rng: Random, picture: Picture, parent: int, date: datetime, page: str) -> str:
    name = picture.url.rpartition("/")[2].removesuffix(".jpg")
    path = picture.url.partition("/uploads/")[2]
    parts = [
        head(picture.id, picture.title, f"{page}{name}/", date, rng.choice(AUTHORS)),
        tag("content:encoded", ""),
        tag("excerpt:encoded", ""),
        state(picture.id, name, date, "attachment", status="inherit", parent=parent),
        tag("wp:attachment_url", picture.url),
        meta("_wp_attached_file", path),
    ]
    if rng.random() < 0.7:
        sizes: dict[str, object] = {
            size: {"file": f"{name}-{width}x{height}.jpg", "width": width, "height": height, "mime-type": "image/jpeg"}
            for size, (width, height) in SIZES.items()
        }
        parts.append(
            meta("_wp_attachment_metadata", php({"width": 1600, "height": 1067, "file": path, "sizes": sizes}))
        )
    if rng.random() < 0.5:
        parts.append(meta("_wp_attachment_image_alt", picture.title))
    return f"\t<item>\n{''.join(parts)}\t</item>\n"


def opening() -> Iterator[str]:
    spaces = "".join(f'\n\txmlns:{prefix}="{space}"' for prefix, space in SPACES.items())
    yield f'<?xml version="1.0" encoding="UTF-8" ?>\n<rss version="2.0"{spaces}\n>\n<channel>\n'
    yield f"\t<title>Wayside &amp; Harbour</title>\n\t<link>{HOME}</link>\n"
    yield "\t<description>A generated blog</description>\n"
    yield "\t<language>en-GB</language>\n\t<wp:wxr_version>1.2</wp:wxr_version>\n"
    yield f"\t<wp:base_site_url>{HOME}</wp:base_site_url>\n\t<wp:base_blog_url>{HOME}</wp:base_blog_url>\n"
    for id, login in enumerate(AUTHORS, 1):
        names = tag("wp:author_login", login) + tag("wp:author_email", f"author{id}@wayside.example")
        names += tag("wp:author_display_name", login.title())
        yield f"\t<wp:author>\n\t\t<wp:author_id>{id}</wp:author_id>\n{names}\t</wp:author>\n"
    for id, slug in enumerate(CATEGORIES, 1):
        inside = tag("wp:category_nicename", slug) + tag("wp:category_parent", "")
        inside += tag("wp:cat_name", slug.replace("-", " ").title())
        yield f"\t<wp:category>\n\t\t<wp:term_id>{id}</wp:term_id>\n{inside}\t</wp:category>\n"
    for id, name in enumerate(TAGS, 100):
        inside = tag("wp:tag_slug", name.replace(" ", "-")) + tag("wp:tag_name", name)
        yield f"\t<wp:tag>\n\t\t<wp:term_id>{id}</wp:term_id>\n{inside}\t</wp:tag>\n"
    yield "\t<generator>https://wordpress.org/?v=6.7</generator>\n"


def write(stream: TextIO, posts: int, seed: int = 1) -> Counts:
    """Write an export with `posts` posts and pages to `stream` and say what is in it."""
    maker = Maker(posts, seed)
    counts = {"post": 0, "page": 0, "attachment": 0, "comments": 0}
    stream.writelines(opening())
    for number in range(posts):
        for kind, xml, comments in maker.items(number):
            stream.write(xml)
            counts[kind] += 1
            counts["comments"] += comments
    stream.write("</channel>\n</rss>\n")
    return Counts(counts["post"], counts["page"], counts["attachment"], counts["comments"])


def make(path: Path, posts: int, seed: int = 1) -> Counts:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        return write(stream, posts, seed)


def main() -> None:
    parser = argparse.ArgumentParser(description="Makes a WordPress export of any size, the same for the same seed.")
    parser.add_argument("--posts", type=int, default=1000, help="posts and pages [default: 1000]")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, required=True)
    wanted = parser.parse_args()
    counts = make(wanted.out, wanted.posts, wanted.seed)
    size = wanted.out.stat().st_size
    print(f"{wanted.out}: {size:,} bytes, {size / max(wanted.posts, 1):,.0f} a post; {counts}")


if __name__ == "__main__":
    main()
