"""The keys of front matter: one row a field of a post, with its value, type and place in the order.

`COMMON` is what a post says in the words that most programs share. A target takes it as it is, or adapts it in a small
table of its own folder (`exporters/<target>/keys.py`): other names, fields it leaves out, rows of its own. Whatever
else is about keys follows from that table: the front matter itself, the order in a file, the names that custom fields
and taxonomies cannot have, what the check reads back, and docs/front-matter.md (`docs/make_front_matter.py`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from converters.frontmatter.labels import PLAIN, Labels
from converters.html import tree
from converters.model import PUBLIC, Asset, Place, Post, Status
from converters.old_site.languages import Languages
from converters.old_site.visibility import appears

if TYPE_CHECKING:
    from lxml import etree

    from converters.model.notices import Log
    from converters.plugin import SiteLookup


class KeyInput(NamedTuple):
    """What the value of a key may follow from."""

    post: Post
    place: Place
    lookup: SiteLookup
    former: Sequence[str]
    """Former URL paths that lead to the post, as the target writes them."""
    taxonomies: Mapping[str, str]
    """taxonomy -> key, of those of the site and of the post"""
    labels: Labels
    log: Log


class Key(NamedTuple):
    """A row of the table. `source` says in the reader's words what the value comes from in WordPress."""

    field: str
    """By which other tables know the row, and its key where `name` gives no other."""
    type: str
    value: Callable[[KeyInput], Any]
    """None and empty values are not written."""
    source: str
    note: str = ""
    name: str = ""
    after: str = ""
    """In a target's own table: the field behind which a new row belongs."""

    @property
    def key(self) -> str:
        return self.name or self.field


class Keys:
    """The keys that one target writes, in their order. Taxonomies of the site's own come after tags."""

    def __init__(self, rows: Iterable[Key]) -> None:
        self.rows = tuple(rows)
        self._rows = {row.key: row for row in self.rows}
        self.names = frozenset(self._rows)
        self._fields = {row.field: row.key for row in self.rows}
        self._order = {key: float(number) for number, key in enumerate(self._rows)}
        self._middle = self._order[self.name("tags")] + 0.5

    def name(self, field: str) -> str:
        """The key of a field. Raises KeyError where the target leaves it out."""
        return self._fields[field]

    def adapted(self, *, renamed: Mapping[str, str], without: Iterable[str] = (), own: Iterable[Key] = ()) -> Keys:
        """The table of a target. `renamed`: field -> key. A row of `own` replaces that of its field, or is new."""
        left_out = frozenset(without)
        rows = [row._replace(name=renamed.get(row.field, row.name)) for row in self.rows if row.field not in left_out]
        for row in own:
            fields = [known.field for known in rows]
            at = fields.index(row.after or row.field)
            if row.after:
                rows.insert(at + 1, row)
            else:
                rows[at] = row
        return Keys(rows)

    def in_order(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Front matter in the order of the table; keys that are not in it come after tags."""
        return dict(sorted(values.items(), key=lambda pair: self._order.get(pair[0], self._middle)))

    def front_matter(
        self,
        post: Post,
        place: Place,
        lookup: SiteLookup,
        *,
        former: Sequence[str],
        taxonomies: Mapping[str, str],
        labels: Labels = PLAIN,
        log: Log,
    ) -> dict[str, Any]:
        """The front matter of a post. The title is always there; other keys without a value are left out."""
        given = KeyInput(post, place, lookup, former, taxonomies, labels, log)
        values = {key: row.value(given) for key, row in self._rows.items()}
        values |= term_names(labels.terms(post, lookup.site), taxonomies)
        title = self.name("title")
        return self.in_order({key: value for key, value in values.items() if key == title or _is_given(value)})


def _is_given(value: Any) -> bool:
    """Also false and 0 are values."""
    return bool(value) or isinstance(value, int)


def nothing(given: KeyInput) -> None:
    """For keys that are filled elsewhere: terms, and what is known when the text is written."""


def author_labels(given: KeyInput) -> list[str]:
    """What its authors are called, each once; a login where the source knows no name."""
    return given.labels.authors(given.post, given.lookup.site)


def term_names(terms: Iterable[tuple[str, str]], keys: Mapping[str, str]) -> dict[str, list[str]]:
    """What terms (taxonomy, label) are called, each once, by the keys of their taxonomies."""
    found: dict[str, dict[str, None]] = {}
    for taxonomy, label in terms:
        found.setdefault(keys[taxonomy], {})[label] = None
    return {name: list(values) for name, values in found.items()}


def one_line(html: str, change: Callable[[etree._Element], None] | None = None) -> str:
    """HTML as one line of plain text; block elements do not run into each other. `change` is given the tree first."""
    if not html.strip():
        return ""
    root = tree.parse(html)
    if change is not None:
        change(root)
    for element in root.iter("p", "br", "div", "li"):
        element.tail = " " + (element.tail or "")
    return " ".join(tree.plain_text(root).split())


def image(asset: Asset | None, url: str) -> dict[str, Any] | None:
    """An image of the media library; `url` is the key of its URL."""
    if asset is None:
        return None
    size = {"width": asset.width, "height": asset.height}
    return _given({url: asset.url, "alt": asset.alt, "caption": one_line(asset.caption), **size})


def _given(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def file_stem(place: Place) -> str:
    """The name of a post's file, without its ending."""
    return place.path.rpartition("/")[2].removesuffix(".md")


def _modified(given: KeyInput) -> Any:
    post = given.post
    return post.modified if post.modified != post.date else None


def _status(given: KeyInput) -> str:
    status = given.post.status
    return str(status) if status in (Status.PENDING, Status.TRASH) else ""


def _slug(given: KeyInput) -> str:
    slug = given.post.slug
    return slug if given.post.kind != "page" and slug != file_stem(given.place) else ""


def _language(given: KeyInput) -> str:
    return Languages(given.lookup.site).of(given.post.language)


def _translations(given: KeyInput) -> dict[str, str]:
    """The paths of public translations."""
    post, lookup = given.post, given.lookup
    found = {}
    for language, id in sorted(post.translations.items()) if lookup.site.languages else ():
        entry, place = lookup.entry(id), lookup.place(id)
        if id != post.id and entry is not None and place is not None and entry.status is Status.PUBLISHED and place.url:
            found[language] = place.url
    return found


def _og_image(given: KeyInput) -> str:
    featured = given.post.featured
    return _other_than(featured.url if featured else "", given.post.seo.og_image)


def _other_than(one: str, text: str) -> str:
    """The text, where it says something else."""
    return "" if text == one else text


def _enclosures(given: KeyInput) -> list[dict[str, Any]]:
    return [
        _given({"url": file.url, "length": file.length, "type": file.type, "duration": file.duration})
        for file in given.post.enclosures
    ]


def _source_id(given: KeyInput) -> int | str:
    """A number where it is one in the source."""
    id = given.post.id
    return int(id) if id.isdecimal() and id.isascii() else id


_TEXTS = "list of strings"

COMMON = Keys((
    Key("title", "string", lambda of: of.post.title, "title", "entities decoded once, tags taken out"),
    Key("date", "date", lambda of: of.post.date,
        "`post_date` with the offset to `post_date_gmt`", "left out where the source has none"),
    Key("publish_date", "date", lambda of: appears(of.post), "status `future`", "the day for which it is scheduled"),
    Key("modified", "date", _modified, "`post_modified`", "where it differs from `date`"),
    Key("draft", "bool", lambda of: of.post.status not in PUBLIC or None, "status", "true for all that was not public"),
    Key("private", "bool", lambda of: of.post.status is Status.PRIVATE or None, "status `private`"),
    Key("protected", "bool", lambda of: of.post.status is Status.PROTECTED or None,
        "a password was set", "the password itself is never written"),
    Key("status", "string", _status, "status `pending`"),
    Key("slug", "string", _slug, "`post_name`", "where the file has another name"),
    Key("permalink", "string", lambda of: of.place.url if of.place.explicit else "",
        "permalink", "only where it does not follow from the file"),
    Key("aliases", _TEXTS, lambda of: list(of.former), "`_wp_old_slug`", "former URLs"),
    Key("language", "string", _language, "language", "of sites that have several"),
    Key("translations", "map", _translations, "translations", "language and URL of each that is public"),
    Key("order", "int", lambda of: of.post.order or None, "`menu_order`", "where it is not 0"),
    Key("authors", _TEXTS, author_labels,
        "`dc:creator`, Co-Authors Plus", "display names; of two with one name, the second has its slug behind it"),
    Key("categories", _TEXTS, nothing, "terms of `category`",
        "names, not slugs; the primary one first; of two with one name, one has that of its parent behind it"),
    Key("tags", _TEXTS, nothing, "terms of `post_tag`", "names, not slugs"),
    Key("description", "string", lambda of: of.post.seo.description,
        "description for search engines", "Yoast, Rank Math, AIOSEO, SEOPress ..."),
    Key("excerpt", "string", lambda of: one_line(of.post.excerpt), "hand-written excerpt", "as plain text"),
    Key("keywords", _TEXTS, lambda of: list(of.post.seo.keywords), "focus keywords of the SEO plugins"),
    Key("seo_title", "string", lambda of: of.post.seo.title, "title for search engines"),
    Key("canonical", "string", lambda of: of.post.seo.canonical, "canonical URL for search engines"),
    Key("noindex", "bool", lambda of: of.post.seo.noindex or None, "kept out of search engines"),
    Key("og_title", "string", lambda of: of.post.seo.og_title, "title for Open Graph"),
    Key("og_description", "string", lambda of: of.post.seo.og_description, "description for Open Graph"),
    Key("og_image", "string", _og_image, "image for Open Graph", "where it is not the featured image"),
    Key("twitter_title", "string", lambda of: _other_than(of.post.seo.og_title, of.post.seo.twitter_title),
        "title for X", "where it is not that for Open Graph; the next two as well"),
    Key("twitter_description", "string",
        lambda of: _other_than(of.post.seo.og_description, of.post.seo.twitter_description), "description for X"),
    Key("twitter_image", "string",
        lambda of: _other_than(of.post.seo.og_image, of.post.seo.twitter_image), "image for X"),
    Key("image", "map", lambda of: image(of.post.featured, "src"),
        "`_thumbnail_id`", "src, alt, caption, width, height"),
    Key("enclosures", "list of maps", _enclosures,
        "`enclosure`, podcast plug-ins", "url, length, type, duration; the feed hands them out"),
    Key("template", "string", lambda of: of.post.template, "`_wp_page_template`",
        "the file of the old theme, for layouts of your own"),
    Key("post_format", "string", lambda of: of.post.format, "term of `post_format`"),
    Key("unlisted", "bool", lambda of: of.post.unlisted or None, "`build.list` of Hugo",
        "whoever knows its URL may see it; no list or feed names it"),
    Key("sticky", "bool", lambda of: of.post.sticky or None, "`is_sticky`"),
    Key("comments_open", "bool", lambda of: None if of.post.comments_open else False,
        "`comment_status`", "only when closed"),
    Key("source_id", "int or string", _source_id, "`post_id`"),
    Key("guid", "string", lambda of: of.post.guid, "`guid`", "the feed keeps it, so that readers see nothing twice"),
    Key("params", "map", lambda of: of.post.params, "custom fields", "values of PHP arrays as lists and maps"),
))  # fmt: skip
"""Every field of a post that front matter can hold. A new row is a new key for every target."""
