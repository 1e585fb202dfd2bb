"""One item of an export as an `Entry` (for the survey) and as a `Post` (to convert it), and the tables this takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, tzinfo

from converters.html.angle_brackets import keep_text
from converters.importers.wordpress import companions
from converters.importers.wordpress.comments import is_public, read_comments
from converters.importers.wordpress.content import Context, elementor, to_tree
from converters.importers.wordpress.content.companions.enrich import enrich
from converters.importers.wordpress.content.typography import titled
from converters.importers.wordpress.custom_fields import read_fields
from converters.importers.wordpress.dates import item_date
from converters.importers.wordpress.enclosures import read_enclosures
from converters.importers.wordpress.languages import path_below, states_language
from converters.importers.wordpress.plugin_tags import tag_names
from converters.importers.wordpress.post_types import FURNITURE, PERSONAL, PERSONAL_TYPES, is_record, type_key
from converters.importers.wordpress.posts_pages import lists_posts
from converters.importers.wordpress.rawitem import RawItem, authors_of, integer, plain, plain_name
from converters.importers.wordpress.seo import META as SEO_META
from converters.importers.wordpress.seo import SeoFacts, primary_terms, read_seo
from converters.importers.wordpress.values import hidden_words
from converters.model import PUBLIC, Asset, Author, Entry, HtmlBody, Locator, Post, Role, Seo, Status, Term
from converters.model.notices import Log
from converters.old_site.archives import nicename
from converters.plugin import SiteLookup
from converters.remembered import remembered
from converters.urls import decoded, root_of, split

STATUS = {  # wp_posts.post_status
    "publish": Status.PUBLISHED, "future": Status.FUTURE, "draft": Status.DRAFT, "pending": Status.PENDING,
    "private": Status.PRIVATE, "trash": Status.TRASH, "auto-draft": Status.DRAFT, "inherit": Status.PUBLISHED,
}  # fmt: skip

LEFT_OUT_STATUS = {"trash": "trash", "auto-draft": "empty draft the editor made"}

TYPES = {  # what is not written as a page, and why; of every other post type `publicity.py` says who saw it
    "attachment": (Role.MEDIA, "media library"),
    "nav_menu_item": (Role.MENU, "menu entry"),
    "wp_block": (Role.INLINE, "reusable block"),
    "revision": (Role.EXCLUDED, "revision"),
    "guest-author": (Role.EXCLUDED, "author profile"),
    **{name: (Role.EXCLUDED, reason) for name, reason in {**FURNITURE, **PERSONAL_TYPES}.items()},
    **companions.ROLES,
}

TAXONOMY_SKIPPED = frozenset(
    """post_format nav_menu language post_translations term_language term_translations wpml_language
    translation_priority author link_category wp_theme wp_template_part_area
    wp_pattern_category product_type product_visibility elementor_library_type
    elementor_library_category elementor_font_type layout_category layout_type scope module_width
    et_tb_item_type amp_validation_error following_users action-group""".split()
)
"""Internal taxonomies: read elsewhere (formats, menus, languages, authors), or of no use to a reader."""


def role_of(post_type: str, status: str, *, named: bool = False) -> tuple[Role, str]:
    """What becomes of an item, and why, when it is not content. `named`: the user asks for the type by its name."""
    if status in LEFT_OUT_STATUS:
        return Role.EXCLUDED, LEFT_OUT_STATUS[status]
    role, reason = TYPES.get(post_type) or TYPES.get(type_key(post_type), (Role.CONTENT, ""))
    return (Role.CONTENT, "") if role in (Role.EXCLUDED, Role.PART) and named else (role, reason)


def read_status(item: RawItem, log: Log) -> Status:
    """The status; a published item with a password is protected, one of an unknown status is a draft."""
    name = item["wp:status"].strip()
    status = STATUS.get(name)
    if name == "inherit" and item["wp:post_type"].strip() != "attachment":  # what it inherits is not known
        status = None
    if name == "closed" and item["wp:post_type"].strip() in companions.ANSWERED:
        status = Status.PUBLISHED
    if status is None:
        log("status.unknown", name)
        return Status.DRAFT
    if item["wp:post_password"] and status in PUBLIC:
        return Status.PROTECTED
    return status


def read_date(item: RawItem, log: Log, zone: tzinfo | None) -> datetime | None:
    """The date of the item; where only the local one is known (drafts), with the offset of its last change."""
    modified = item_date(item["wp:post_modified"], item["wp:post_modified_gmt"], "", log, zone=zone)
    zone = zone or (modified.tzinfo if modified else None)
    return item_date(item["wp:post_date"], item["wp:post_date_gmt"], item["pubDate"], log, zone=zone) or modified


def has_own_offset(item: RawItem) -> bool:
    """Does the item hold both local and universal date? Drafts do not."""
    return all(item[name] and not item[name].startswith("0000") for name in ("wp:post_date", "wp:post_date_gmt"))


def _title(title: str, log: Log) -> str:
    """What `the_title` shows."""
    hidden = hidden_words(title) if "<" in title else ()
    if hidden:
        log("title.tags", " ".join(hidden))
    return titled(plain(title))


def to_entry(item: RawItem, id: str, locator: Locator, log: Log, zone: tzinfo | None, *, named: bool = False) -> Entry:
    """`named`: the user asks for its type by name, so that it is content whatever its type is.

    The status of what is left out counts too: files attached to it have it.
    """
    kind = item["wp:post_type"].strip() or "post"
    role, reason = role_of(kind, item["wp:status"].strip(), named=named)
    parent = item["wp:post_parent"].strip()
    slug = decoded(item["wp:post_name"].strip())
    if reason in PERSONAL or (role is Role.EXCLUDED and is_record(kind)):  # in the trash, too
        return Entry(id, kind, role, Status.PRIVATE, reason=reason, locator=locator)
    public = sum(map(is_public, item.comments))
    return Entry(
        id=id,
        kind=kind,
        role=role,
        status=_status(item, role, log),
        slug=slug,
        title=_title(item["title"], log),
        permalink=item["link"].strip(),
        parent=parent if parent != "0" else "",
        date=read_date(item, log, zone),
        reason=reason,
        locator=locator,
        comments=public,
        held=len(item.comments) - public,
        former=_former(item, item["link"].strip(), slug) if role is Role.CONTENT else (),
    )


def _status(item: RawItem, role: Role, log: Log) -> Status:
    """Who could see it; of the old site's parts nobody saw any by itself."""
    if role in (Role.CONTENT, Role.INLINE, Role.PART):
        return read_status(item, log)
    status = read_status(item, Log())
    return Status.PRIVATE if role is Role.EXCLUDED and status in PUBLIC else status


def terms_of(item: RawItem) -> Iterator[Term]:
    """The terms that an item names, but for those of WordPress's internal taxonomies; without slug where it names none.

    Exports of WordPress before 3.1 name each one twice, once without slug.
    """
    found = []
    for domain, slug, name in item.categories:
        taxonomy = "post_tag" if domain == "tag" else domain
        if taxonomy not in TAXONOMY_SKIPPED and not states_language(taxonomy, slug, name):
            found.append(Term(taxonomy, decoded(slug), plain_name(name) or decoded(slug)))
    found += [Term("post_tag", nicename(name), name) for name in tag_names(item.meta)]
    named = {(term.taxonomy, term.name) for term in found if term.slug}
    return (term for term in found if term.slug or (term.name and (term.taxonomy, term.name) not in named))


def by_name(terms: Iterable[Term]) -> dict[tuple[str, str], Term]:
    """(taxonomy, name) -> the first term of that name: which one an item means that states no slug."""
    found: dict[tuple[str, str], Term] = {}
    for term in terms:
        found.setdefault((term.taxonomy, term.name), term)
    return found


class PostReader:
    """Reads items of one site whole. Holds what is the same for all of them."""

    def __init__(
        self, lookup: SiteLookup, zone: tzinfo | None, language: str = "", *, comments_private: bool = False
    ) -> None:
        """`language`: of the items; terms that are named in several come in it. `comments_private`: see the options."""
        self._comments_private = comments_private
        self._lookup, self._zone, self._language = lookup, zone, language
        default = lookup.site.joined_languages
        terms = sorted(lookup.site.terms, key=lambda term: (term.language == language, term.language == default))
        self._terms = {(term.taxonomy, term.slug): term for term in terms}
        self._names = by_name(sorted(terms, key=lambda term: (term.language != language, term.language != default)))

    def read(self, item: RawItem, entry: Entry, context: Context, log: Log) -> Post:
        meta: dict[str, str] = {}
        for key, value in item.meta:
            meta.setdefault(key, value)
        site = self._lookup.site
        text = item["content:encoded"]
        if entry.id in site.posts_pages and lists_posts(text):  # the target lists them itself
            text = ""
        params, extra = read_fields(item.meta, log)
        post = Post(
            id=entry.id,
            kind=entry.kind,
            status=entry.status,
            title=entry.title,
            body=HtmlBody(to_tree(elementor.content(text, meta, context.asset, log), context)),
            slug=entry.slug,
            permalink=entry.permalink,
            former=self._all_former(item, entry),
            guid=item["guid"].strip(),
            parent=entry.parent,
            order=integer(item["wp:menu_order"]),
            sticky=item["wp:is_sticky"].strip() == "1",
            format=_format(item),
            template=_template(meta.get("_wp_page_template", "")),
            date=entry.date if has_own_offset(item) else read_date(item, log, self._zone),
            modified=item_date(item["wp:post_modified"], item["wp:post_modified_gmt"], "", log, zone=self._zone),
            authors=authors_of(item),
            language=self._language if site.languages else "",
            translations=self._translations(entry),
            translation_group=entry.group,
            excerpt=keep_text(item["excerpt:encoded"], log),
            terms=self._terms_of(item, primary_terms(meta)),
            featured=_featured(meta, context),
            enclosures=read_enclosures(item.meta),
            comments=read_comments(item.comments, log, self._zone, private=self._comments_private),
            comments_open="closed" not in (item["wp:comment_status"], item["wp:status"].strip()),
            pings_open=item["wp:ping_status"].strip() != "closed",
            params=params,
            extra=extra,
        )
        enrich(post, item, entry, context, zone=self._zone, private=self._comments_private)
        if not SEO_META.isdisjoint(meta):
            post.seo = self._seo(post, entry, meta, context)
        return post

    def _all_former(self, item: RawItem, entry: Entry) -> tuple[str, ...]:
        known = () if entry.origin else entry.former  # those of a further language are of the first
        return tuple(dict.fromkeys((*_former(item, entry.permalink, entry.slug), *self._shared(entry), *known)))

    def _shared(self, entry: Entry) -> tuple[str, ...]:
        """What has no languages was shown in all of them, at `/fr/…` too."""
        site = self._lookup.site
        path = path_below(entry.permalink, site.base_url)
        if not (site.joined_languages and site.languages) or entry.language or path is None:
            return ()
        folder, path = root_of(site.base_url), decoded(path)
        others = (language.code for language in site.languages if language.code != site.joined_languages)
        return tuple(f"{folder}/{code}{path}" for code in others if entry.status in PUBLIC)

    def _translations(self, entry: Entry) -> dict[str, str]:
        if not self._lookup.site.languages:
            return {}
        default = self._lookup.site.languages[0].code
        found = {language or default: id for language, id in self._lookup.translations(entry.id).items()}
        return found if len(found) > 1 else {}

    def _seo(self, post: Post, entry: Entry, meta: Mapping[str, str], context: Context) -> Seo:
        site = self._lookup.site
        authors = _names_by_login(site.authors)

        def image(id: str) -> str:
            asset = context.asset(id)
            return asset.url if asset is not None else ""

        known = SeoFacts(
            excerpt=plain(post.excerpt),
            categories=tuple(term.name for term in post.terms if term.taxonomy == "category"),
            tags=tuple(term.name for term in post.terms if term.taxonomy == "post_tag"),
            date=entry.date.date().isoformat() if entry.date else None,
            modified=post.modified.date().isoformat() if post.modified else None,
            author=next((authors.get(login, login) for login in post.authors), None),
            id=entry.id,
            image=image,
        )
        return read_seo(
            meta, title=entry.title, site=site.title, tagline=site.description, known=known, log=context.log
        )

    def _terms_of(self, item: RawItem, primary: frozenset[str]) -> tuple[Term, ...]:
        """Terms in the order of the export, the main one of a taxonomy first."""
        found: dict[tuple[str, str], Term] = {}
        for named in terms_of(item):
            key = named.taxonomy, named.slug
            term = (self._terms.get(key) if named.slug else self._names.get((named.taxonomy, named.name))) or named
            found.setdefault((term.taxonomy, term.slug or term.name), term)
        return tuple(sorted(found.values(), key=lambda term: term.id not in primary))


def _featured(meta: Mapping[str, str], context: Context) -> Asset | None:
    id = meta.get("_thumbnail_id", "").strip()
    if not id.isdigit() or id == "0":
        return None
    asset = context.asset(id)
    if asset is None:
        context.log("featured.missing", id)
    return asset


def _format(item: RawItem) -> str:
    slugs = (category.slug for category in item.categories if category.domain == "post_format")
    return next((slug.removeprefix("post-format-") for slug in slugs), "")


def _template(name: str) -> str:
    return "" if name in ("", "default") else name


def _former(item: RawItem, permalink: str, own: str) -> tuple[str, ...]:
    """Addresses under older slugs than its own, which WordPress redirects (`wp_old_slug_redirect`)."""
    old = [value for key, value in item.meta if key == "_wp_old_slug" and value]
    parts = split(permalink) if old else None
    path = decoded(parts.path) if parts is not None else ""
    if not old or not own or own not in path:
        return ()
    front, _, back = path.rpartition(own)
    return tuple(f"{front}{decoded(slug)}{back}" for slug in old)


@remembered
def _names_by_login(authors: Sequence[Author]) -> dict[str, str]:
    return {author.login: author.name for author in authors}
