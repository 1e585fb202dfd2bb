"""The texts of generated posts: what editors of blogs write, in WordPress's two dialects.

One function makes one construct; the tables at the end say how often it comes. The shares follow large public blogs:
mostly paragraphs, a picture in every second post, now and then a gallery, a table, a player. Everything is drawn from
the `Random` of the post, so the same seed gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

HOME = "https://www.wayside.example"

WORDS = (
    "harbour kettle winter garden ladder copper lantern meadow bridge station ferry orchard pebble thunder window "
    "candle market river carpet mountain needle blanket engine pocket shelter signal timber velvet whistle anchor "
    "barrel cellar the a of to and in for on with by from at over under about after before while because although "
    "until since without quiet narrow early bright heavy gentle wooden honest sudden patient curious ordinary "
    "crooked distant careful borrowed found carried painted mended counted followed answered opened crossed "
    "remembered measured gathered promised waited slowly often nearly always perhaps together twice again "
    "upstairs abroad outside yesterday tomorrow café naïve Zürich"
).split()
CODE = (
    'for path in sorted(folder.glob("*.txt")):\n    print(path.name, len(path.read_text()))',
    "SELECT name, count(*) AS n\n  FROM visits\n WHERE day &gt; '2019-01-01'\n GROUP BY name;",
    'if [ -f "$1" ]; then\n  grep -c "error" "$1" &amp;&amp; echo done\nfi',
    "body {\n  margin: 0 auto;\n  max-width: 40em; /* about 70 signs */\n}",
)
VIDEOS = ("dQw4w9WgXcQ", "jNQXAC9IVRw", "M7lc1UVf-VE", "aqz-KE-bpKQ")


@dataclass(frozen=True)
class Picture:
    """A file of the media library, with the id and address of its attachment."""

    id: int
    url: str
    title: str

    def sized(self, size: str = "1024x683") -> str:
        stem, _, kind = self.url.rpartition(".")
        return f"{stem}-{size}.{kind}"


@dataclass(frozen=True)
class Desk:
    """What an author has at hand: words, the pictures of this post, and links to other posts."""

    rng: Random
    sentences: Sequence[str]
    pictures: Sequence[Picture]
    links: Sequence[str]

    def words(self, least: int, most: int) -> str:
        return " ".join(self.rng.choices(WORDS, k=self.rng.randint(least, most)))

    def title(self) -> str:
        return self.words(2, 6).capitalize()

    def picture(self) -> Picture:
        return self.rng.choice(self.pictures)

    def inline(self) -> str:
        """A phrase with a mark or a link, as one stands in about every second paragraph."""
        rng, words = self.rng, self.words(1, 4)
        forms = (
            f"<strong>{words}</strong>",
            f"<em>{words}</em>",
            f'<a href="{rng.choice(self.links)}">{words}</a>',
            f'<a href="https://other-{rng.randint(1, 400)}.example/{rng.randint(2009, 2024)}/page?a=1&amp;b=2" '
            f'target="_blank" rel="noreferrer noopener">{words}</a>',
            f"<code>{rng.choice(WORDS)}_{rng.choice(WORDS)}</code>",
            f"{words} &amp; {rng.choice(WORDS)}",
        )
        return rng.choice(forms)

    def prose(self, least: int = 2, most: int = 6) -> str:
        parts = self.rng.choices(self.sentences, k=self.rng.randint(least, most))
        if self.rng.random() < 0.55:
            parts.insert(self.rng.randint(1, len(parts)), f"See {self.inline()} for more.")
        return " ".join(parts)


Construct = Callable[[Desk], str]


def block(name: str, inside: str, attributes: str = "") -> str:
    space = " " if attributes else ""
    return f"<!-- wp:{name} {attributes}{space}-->\n{inside}\n<!-- /wp:{name} -->"


def block_paragraph(desk: Desk) -> str:
    return block("paragraph", f"<p>{desk.prose()}</p>")


def block_heading(desk: Desk) -> str:
    if desk.rng.random() < 0.7:
        return block("heading", f'<h2 class="wp-block-heading">{desk.title()}</h2>')
    return block("heading", f'<h3 class="wp-block-heading">{desk.title()}</h3>', '{"level":3}')


def block_list(desk: Desk) -> str:
    points = range(desk.rng.randint(3, 6))
    items = "\n\n".join(block("list-item", f"<li>{desk.words(4, 12)}</li>") for _ in points)
    if desk.rng.random() < 0.3:
        return block("list", f'<ol class="wp-block-list">{items}</ol>', '{"ordered":true}')
    return block("list", f'<ul class="wp-block-list">{items}</ul>')


def image_block(desk: Desk, picture: Picture) -> str:
    caption = f'<figcaption class="wp-element-caption">{desk.words(4, 10)}</figcaption>'
    return block(
        "image",
        f'<figure class="wp-block-image size-large"><img src="{picture.sized()}" alt="{picture.title}" '
        f'class="wp-image-{picture.id}"/>{caption if desk.rng.random() < 0.5 else ""}</figure>',
        f'{{"id":{picture.id},"sizeSlug":"large","linkDestination":"none"}}',
    )


def block_image(desk: Desk) -> str:
    return image_block(desk, desk.picture())


def block_gallery(desk: Desk) -> str:
    images = "\n\n".join(image_block(desk, desk.picture()) for _ in range(3))
    figure = f'<figure class="wp-block-gallery has-nested-images columns-default is-cropped">{images}</figure>'
    return block("gallery", figure, '{"linkTo":"none"}')


def block_quote(desk: Desk) -> str:
    text = block("paragraph", f"<p>{desk.prose(1, 2)}</p>")
    return block("quote", f'<blockquote class="wp-block-quote">{text}<cite>{desk.title()}</cite></blockquote>')


def block_code(desk: Desk) -> str:
    return block("code", f'<pre class="wp-block-code"><code>{desk.rng.choice(CODE)}</code></pre>')


def block_table(desk: Desk) -> str:
    head = "".join(f"<th>{desk.rng.choice(WORDS)}</th>" for _ in range(3))
    rows = "".join(
        f"<tr><td>{desk.words(1, 3)}</td><td>{desk.rng.randint(1, 900)}</td><td>{desk.words(1, 4)}</td></tr>"
        for _ in range(desk.rng.randint(2, 6))
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    return block("table", f'<figure class="wp-block-table">{table}</figure>')


def block_embed(desk: Desk) -> str:
    url = f"https://www.youtube.com/watch?v={desk.rng.choice(VIDEOS)}"
    return block(
        "embed",
        '<figure class="wp-block-embed is-type-video is-provider-youtube wp-block-embed-youtube">'
        f'<div class="wp-block-embed__wrapper">\n{url}\n</div></figure>',
        f'{{"url":"{url}","type":"video","providerNameSlug":"youtube","responsive":true}}',
    )


def block_buttons(desk: Desk) -> str:
    link = f'<a class="wp-block-button__link wp-element-button" href="{desk.rng.choice(desk.links)}">{desk.title()}</a>'
    button = block("button", f'<div class="wp-block-button">{link}</div>')
    return block("buttons", f'<div class="wp-block-buttons">{button}</div>')


def block_separator(_: Desk) -> str:
    return block("separator", '<hr class="wp-block-separator has-alpha-channel-opacity"/>')


def block_more(_: Desk) -> str:
    return block("more", "<!--more-->")


def classic_paragraph(desk: Desk) -> str:
    text = desk.prose()
    return text.replace(". ", ".\n", 1) if desk.rng.random() < 0.15 else text


def classic_heading(desk: Desk) -> str:
    return f"<h3>{desk.title()}</h3>"


def classic_list(desk: Desk) -> str:
    items = "".join(f"\t<li>{desk.words(4, 12)}</li>\n" for _ in range(desk.rng.randint(3, 6)))
    return f"<ul>\n{items}</ul>"


def classic_image(desk: Desk) -> str:
    picture = desk.picture()
    return (
        f'<a href="{picture.url}"><img class="alignnone size-medium wp-image-{picture.id}" '
        f'src="{picture.sized("300x200")}" alt="{picture.title}" width="300" height="200" /></a>'
    )


def classic_caption(desk: Desk) -> str:
    picture = desk.picture()
    return (
        f'[caption id="attachment_{picture.id}" align="aligncenter" width="1024"]'
        f'<img class="size-large wp-image-{picture.id}" src="{picture.sized()}" alt="{picture.title}" width="1024" '
        f'height="683" /> {desk.words(4, 10)}[/caption]'
    )


def classic_gallery(desk: Desk) -> str:
    ids = ",".join(str(picture.id) for picture in desk.pictures)
    return f'[gallery columns="2" size="medium" link="file" ids="{ids}"]'


def classic_quote(desk: Desk) -> str:
    return f"<blockquote>{desk.prose(1, 2)}\n\n{desk.prose(1, 1)}</blockquote>"


def classic_code(desk: Desk) -> str:
    return f"<pre>{desk.rng.choice(CODE)}</pre>"


def classic_embed(desk: Desk) -> str:
    return f"https://www.youtube.com/watch?v={desk.rng.choice(VIDEOS)}"


def classic_more(_: Desk) -> str:
    return "<!--more-->"


# Construct -> how often it is drawn, of 1,000. Those in PICTURED are left out of posts without pictures.
BLOCKS: dict[Construct, int] = {
    block_paragraph: 640,
    block_heading: 110,
    block_image: 75,
    block_list: 60,
    block_quote: 30,
    block_code: 20,
    block_table: 12,
    block_gallery: 12,
    block_embed: 15,
    block_buttons: 10,
    block_separator: 16,
}
CLASSIC: dict[Construct, int] = {
    classic_paragraph: 730,
    classic_heading: 60,
    classic_image: 50,
    classic_caption: 40,
    classic_list: 45,
    classic_quote: 30,
    classic_code: 20,
    classic_gallery: 12,
    classic_embed: 13,
}
PICTURED = {block_image, block_gallery, classic_image, classic_caption, classic_gallery}


def sentences(rng: Random, count: int = 3_000) -> list[str]:
    """A store of sentences: drawing whole sentences makes a large export in minutes instead of an hour."""
    ends = (".",) * 8 + ("?", "!", "; so it goes.", " &#8211; or not.")
    store = []
    for _ in range(count):
        words = rng.choices(WORDS, k=rng.randint(6, 22))
        if rng.random() < 0.3:
            words[len(words) // 2] += ","
        if rng.random() < 0.05:
            words[-1] = f'"{words[-1]}"'
        store.append(" ".join(words).capitalize() + rng.choice(ends))
    return store


def body(desk: Desk, *, blocks: bool) -> str:
    """The text of one post, of about 5 kB; very short and very long ones come, too."""
    table = BLOCKS if blocks else CLASSIC
    usable = [construct for construct in table if desk.pictures or construct not in PICTURED]
    length = min(60, 2 + int(desk.rng.lognormvariate(1.91 if blocks else 2.06, 0.6)))
    chosen = desk.rng.choices(usable, [table[construct] for construct in usable], k=length)
    parts = [construct(desk) for construct in (block_paragraph if blocks else classic_paragraph, *chosen)]
    if length > 4 and desk.rng.random() < 0.25:
        parts.insert(1, (block_more if blocks else classic_more)(desk))
    return "\n\n".join(parts)
