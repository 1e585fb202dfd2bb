"""A WordPress site whose names are hostile: 200 posts, terms in four levels, comments in threads, menus.

    python -m tests.hostile.named_site [SEED] > names.xml

The export is meant to be loaded into a real WordPress and exported from there, so that what WordPress shows for each
name is known and a converted site can be compared with it. The same seed writes the same bytes.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from xml.sax.saxutils import escape

NAMES = (
    # Markup, entities and what looks like them.
    "C++",
    "C#",
    "F# & .NET",
    "Q&A",
    "R&amp;D",
    "AT&amp;amp;T",
    "Use <canvas> well",
    "List<String>",
    "a < b > c",
    "1 <3 2",
    "<b>Bold</b> words",
    "Tom &lt;3 Ann",
    "&nbsp;edge&nbsp;",
    # Quotes, dashes and dots, which WordPress sets in type.
    "\"Double\" and 'single'",
    "it's O'Brien's",
    "a -- b --- c",
    "wait... what?!",
    "6'2\" tall, 8x10",
    "(c) 1999 (tm)",
    # Markdown.
    "*star* and **two**",
    "_under_ and __two__",
    "snake_case_name",
    "`tick`",
    "[link](http://x.example/)",
    "![pic](x.png)",
    "# hash",
    "1. first",
    "- dash first",
    "+ plus",
    "> greater",
    "a | b",
    "~~gone~~ ~tilde",
    "$5 and $6 \\(x\\)",
    "back\\slash \\n",
    "line one<br>line two",
    "^caret[^1]",
    ":heart: (smile) :)",
    "https://x.example/a_b_c",
    "www.x.example",
    "me@x.example",
    # Templates.
    "{{ site.title }}",
    "{% raw %}",
    "{{< youtube x >}}",
    "{{% note %}}",
    "[caption]",
    "%s and %20 100%",
    # YAML and TOML.
    "yes",
    "No",
    "null",
    "~",
    "1.0",
    "007",
    "0x1F",
    "1e3",
    "2020-01-02",
    "12:30:45",
    "a: b",
    "key: [x, y]",
    "- item",
    "!tag",
    "&anchor",
    "*alias",
    "@at",
    "%percent",
    "|",
    "---",
    "...",
    "+++",
    "'",
    '"',
    ",",
    # Scripts of the world and marks between letters.
    "日本語のタイトル",
    "二つ目（後編）、完",
    "Привет, мир",
    "مرحبا بالعالم",
    "שלום עולם",
    "ไทย ภาษา",
    "हिन्दी में",
    "한국어 제목",
    "İstanbul ığüşöç",
    "Straße ẞ ﬁn",
    "Cafe\u0301 and Café",
    "Zürich—Genève",
    "emoji 🚀 👩\u200d👩\u200d👧 🇩🇪",
    "Ångström Åse Ærø",
    "soft\u00adhyphen",
    "no\u00a0break\u202fnarrow",
    # Names that file systems, programs and targets keep for themselves.
    "index",
    "_index",
    "page",
    "tags",
    "categories",
    "posts",
    "search",
    "feed",
    "404",
    "con",
    "aux.txt",
    "..",
    ".",
    ".htaccess",
    "a/b/c",
    "/slash/",
    "C:\\temp",
    "a?b=c&d",
    "a#b",
    "semi;colon",
    "NEWS",
    "News",
    "news",
    "word " * 20 + "end",
    "unbroken" * 20,
)


_SIGNED = tuple(name for name in NAMES if not set(name) & set("<&"))
"""Names of people who comment; WordPress stores those with `<` and `&` escaped."""


@dataclass(frozen=True)
class _Term:
    taxonomy: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""


@dataclass(frozen=True)
class _Item:
    title: str
    kind: str
    number: int
    when: datetime
    author: str
    body: str
    rest: str
    slug: str = ""


def main(seed: int) -> str:
    """The whole export."""
    random = Random(seed)
    terms = list(_terms(random))
    items = [*_posts(random, terms), *_menu(random)]
    authors = "".join(
        f"<wp:author><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_display_name>{_cdata(name)}</wp:author_display_name></wp:author>"
        for login, name in _AUTHORS
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        'xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Names &amp; &lt;places&gt;</title>'
        '<link>https://blog.example</link><description>It\'s "all" here -- 100%</description>'
        "<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://blog.example</wp:base_site_url>"
        f"<wp:base_blog_url>https://blog.example</wp:base_blog_url>{authors}\n"
        + "\n".join(_term(term) for term in terms)
        + "\n"
        + "\n".join(items)
        + "\n</channel></rss>\n"
    )


_AUTHORS = (
    ("anna", "Anna O'Brien"),
    ("anna2", "Anna O'Brien"),
    ("bo", "Bo + Co (bo)"),
    ("index", "index"),
    ("yes", "yes"),
    ("yamada", "山田（太郎）"),
    ("dots", "A. B. *Star*"),
)


def _cdata(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"


def _terms(random: Random) -> Iterator[_Term]:
    """Categories in trees of up to four levels, where names repeat below other parents; tags; cuisines."""
    slugs: list[str] = []
    for number, name in enumerate(NAMES):
        slug = f"c{number}"
        parent = random.choice(slugs) if slugs and random.random() < 0.4 else ""
        yield _Term("category", slug, name, parent, _words(random, 2) if number % 3 == 0 else "")
        slugs.append(slug)
    for number in range(12):
        yield _Term("category", f"again{number}", random.choice(NAMES), random.choice(slugs))
    for number, name in enumerate(NAMES):
        yield _Term("post_tag", f"t{number}", name, "", _words(random, 1) if number % 5 == 0 else "")
    for number, name in enumerate(random.sample(NAMES, 30)):
        yield _Term("cuisine", f"k{number}", name, f"k{random.randrange(number)}" if number % 3 == 2 else "")


def _term(term: _Term) -> str:
    return (
        f"<wp:term><wp:term_taxonomy>{term.taxonomy}</wp:term_taxonomy><wp:term_slug>{_cdata(term.slug)}</wp:term_slug>"
        f"<wp:term_parent>{_cdata(term.parent)}</wp:term_parent><wp:term_name>{_cdata(term.name)}</wp:term_name>"
        f"<wp:term_description>{_cdata(term.description)}</wp:term_description></wp:term>"
    )


def _words(random: Random, paragraphs: int) -> str:
    """Text as its author typed it into the text editor: what is shown between angle brackets is escaped."""
    return "\n\n".join(
        "\n".join(" ".join(escape(name) for name in random.sample(NAMES, 3)) for _ in range(random.randint(1, 2)))
        for _ in range(paragraphs)
    )


def _posts(random: Random, terms: list[_Term]) -> Iterator[str]:
    comment = 1
    for number in range(200):
        kind = ("post", "post", "post", "page", "recipe")[number % 5]
        name = NAMES[number % len(NAMES)] if number < len(NAMES) else " / ".join(random.sample(NAMES, 2))
        when = datetime(2015, 1, 1, 9) + timedelta(days=number * 9, minutes=number)
        said: list[str] = []
        for _ in range(random.choice((0, 0, 1, 3))):
            said.append(_comment(random, comment, when + timedelta(hours=len(said)), len(said)))
            comment += 1
        body = f"<p>Body of number {number}.</p>\n\n" + (_words(random, 1) if number % 4 == 0 else "Plain words.")
        rest = _categories(random, kind, terms) + _meta("mood", name) + "".join(said)
        yield _item(_Item(name, kind, number + 1, when, random.choice(_AUTHORS)[0], body, rest))


def _categories(random: Random, kind: str, terms: list[_Term]) -> str:
    """One to five terms that a post of this type may have."""
    usable = [term for term in terms if term.taxonomy == "cuisine" or kind == "post"] if kind != "page" else []
    mine = random.sample(usable, min(len(usable), random.randint(1, 5)))
    return "".join(f'<category domain="{t.taxonomy}" nicename="{t.slug}">{_cdata(t.name)}</category>' for t in mine)


def _meta(key: str, value: str) -> str:
    return f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key><wp:meta_value>{_cdata(value)}</wp:meta_value></wp:postmeta>"


def _comment(random: Random, number: int, when: datetime, before: int) -> str:
    parent = number - random.randint(1, before) if before and random.random() < 0.5 else 0
    link = random.choice(("", "http://", "https://x.example/?a=1", "https://x.example/~me"))
    return (
        f"<wp:comment><wp:comment_id>{number}</wp:comment_id><wp:comment_author>{_cdata(random.choice(_SIGNED))}"
        f"</wp:comment_author><wp:comment_author_url>{_cdata(link)}</wp:comment_author_url>"
        f"<wp:comment_date>{when:%Y-%m-%d %H:%M:%S}</wp:comment_date><wp:comment_content>"
        f"{_cdata(_words(random, random.randint(1, 2)))}</wp:comment_content><wp:comment_approved>1"
        f"</wp:comment_approved><wp:comment_type>comment</wp:comment_type><wp:comment_parent>{parent}"
        "</wp:comment_parent></wp:comment>"
    )


def _item(item: _Item) -> str:
    return (
        f"<item><title>{_cdata(item.title)}</title><link>https://blog.example/{item.kind}-{item.number}/</link>"
        f"<dc:creator>{item.author}</dc:creator><guid>https://blog.example/?p={item.number}</guid>"
        f"<content:encoded>{_cdata(item.body)}</content:encoded><excerpt:encoded></excerpt:encoded>"
        f"<wp:post_id>{item.number}</wp:post_id><wp:post_date>{item.when:%Y-%m-%d %H:%M:%S}</wp:post_date>"
        f"<wp:post_name>{item.slug}</wp:post_name><wp:status>publish</wp:status><wp:post_parent>0</wp:post_parent>"
        f"<wp:menu_order>{item.number}</wp:menu_order><wp:post_type>{item.kind}</wp:post_type>"
        f"<wp:post_password></wp:post_password>{item.rest}</item>"
    )


def _menu(random: Random) -> Iterator[str]:
    """Two menus of custom links, in two levels, whose labels are the hostile names."""
    for first, slug, menu in ((1000, "main-menu", "Main <menu> & more"), (1100, "footer", "Footer: it's")):
        entries: list[int] = []
        for number, name in enumerate(random.sample(NAMES, 25), first):
            parent = random.choice(entries[:5]) if len(entries) > 4 and random.random() < 0.4 else 0
            values = {
                "type": "custom",
                "menu_item_parent": str(parent),
                "object_id": str(number),
                "object": "custom",
                "url": f"https://x.example/?a={number}&b=1",
            }
            rest = f'<category domain="nav_menu" nicename="{slug}">{_cdata(menu)}</category>' + "".join(
                _meta(f"_menu_item_{key}", value) for key, value in values.items()
            )
            yield _item(_Item(name, "nav_menu_item", number, datetime(2024, 1, 1), "", "", rest, f"m{number}"))
            entries.append(number)


if __name__ == "__main__":
    sys.stdout.write(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
