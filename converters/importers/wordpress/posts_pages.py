"""Which page was the list of posts of a site with a static front page.

WordPress knows it by the option `page_for_posts`, which is not part of an export. What an export shows: the address of
the static front page is that of the site (`get_permalink`), and of the page of posts WordPress shows no text
(`is_home`), so that it is an empty one nearly always. Where several are empty, names, templates, menus and the
addresses of posts tell; where they do not, none is taken.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from converters.importers.wordpress.content import elementor
from converters.importers.wordpress.rawitem import RawItem
from converters.model import Entry, Site, Status
from converters.model.notices import Log
from converters.old_site.permalinks import old_path

_SHOWN = 10
_LONGEST = 20_000
"""Characters of a text that can turn out to be none."""
_NAMES = frozenset(
    """blog blogs weblog news posts articles journal stories updates latest magazine diary notes writing writings blogue
    aktuell aktuelles neuigkeiten nachrichten beitraege beiträge artikel tagebuch berichte actualites actualités actus
    articles-blog nouvelles billets carnet noticias novedades entradas articulos artículos actualidad bitacora bitácora
    notizie novita novità articoli noticies notícies novidades artigos postagens nieuws berichten nyheter nyheder
    aktualnosci aktualności wpisy artykuly artykuły novinky clanky články hirek hírek bejegyzesek stiri știri articole
    uutiset artikkelit blogi haberler yazilar yazılar novosti vijesti novice новости блог статьи записи новини νέα
    ニュース ブログ お知らせ 新闻 新聞 博客 部落格 뉴스 블로그 소식 أخبار مدونة المدونة בלוג חדשות""".split()
)
"""What pages of posts are called, in addresses and titles."""
_OTHERS = frozenset(
    """home homepage front-page frontpage welcome start startseite accueil inicio shop store boutique tienda cart basket
    checkout my-account account members activity groups register registration activate forums forum portfolio gallery
    contact kontakt search login logout dashboard calendar events profile users team about thank-you sitemap""".split()
)
"""Pages that themes and plug-ins fill without a text of their own."""
_LISTING_BLOCKS = ("wp:query", "wp:latest-posts", "wp:core/query", "wp:newspack-blocks/homepage-articles")
_LISTING_SHORTCODES = frozenset(
    """fusion_blog fusion_recent_posts et_pb_blog av_blog blog blog_posts us_blog nectar_blog mk_blog tg_blog
    vc_posts_grid display-posts display_posts recent-posts recent_posts latest_posts latest-posts posts post_grid
    the-post-grid ajax_load_more bdp_post wp_blog_designer""".split()
)
_SHORTCODE = re.compile(r"\[/?([A-Za-z][\w-]*)[^\[\]]*\]")
_LAYOUT = re.compile(r"</?(?:p|br|div|span|section|main|ul|ol|li|hr)\b[^<>]*>|&nbsp;|&#160;|\u00a0", re.I)
_TEMPLATE = re.compile(r"blog|news|posts|home|archive", re.I)


class _Candidate(NamedTuple):
    id: str
    title: str
    path: str
    language: str
    points: int
    lists: bool
    """It says itself that it lists posts."""


class PostsPages:
    """Sees the items of an export, and says at its end which pages list the posts, one a language."""

    def __init__(self) -> None:
        self._has_front = False
        self._candidates: list[_Candidate] = []
        self._in_menus: dict[str, None] = {}
        self._folders: Counter[str] = Counter()
        """First parts of the addresses of posts."""
        self._parents: set[str] = set()
        self._public: set[str] = set()

    def see(self, item: RawItem, entry: Entry, site_url: str) -> None:
        """Learn from an item of content; `site_url` is the address of the site."""
        path = old_path(entry.permalink, Site(base_url=site_url))
        if entry.kind == "post" and entry.status is Status.PUBLISHED:
            self._folders[path.strip("/").partition("/")[0]] += 1
        elif entry.kind == "page":
            if entry.parent:
                self._parents.add(entry.parent)
            if entry.status is Status.PUBLISHED and entry.permalink:
                self._public.add(entry.id)
                self._see_page(item, entry, path)

    def see_menu_item(self, item: RawItem) -> None:
        if item.first_meta("_menu_item_type") == "post_type":
            self._in_menus.setdefault(item.first_meta("_menu_item_object_id"))

    def _see_page(self, item: RawItem, entry: Entry, path: str) -> None:
        names = {entry.slug.lower(), entry.title.lower()}
        if path and path.strip("/") in ("", entry.language):
            self._has_front = True
            return
        lists = lists_posts(item["content:encoded"])
        if not (lists or is_blank(item["content:encoded"])) or _is_built(dict(reversed(item.meta))):
            return
        template = item.first_meta("_wp_page_template")
        named = not names.isdisjoint(_NAMES) or bool(_TEMPLATE.search(template))
        if names.isdisjoint(_OTHERS):
            points = (
                4 * named + 4 * lists + ("blog" in entry.slug.lower()) - (template not in ("", "default") and not named)
            )
            self._candidates.append(_Candidate(entry.id, entry.title, path, entry.language, points, lists))

    def found(self, known: str, log: Log) -> tuple[str, ...]:
        """The ids of the pages, with a notice for each. `known`: the id that the export itself names, if it does."""
        if known in self._public:
            return (known,)
        by_language: dict[str, list[tuple[int, _Candidate]]] = {}
        for page in self._candidates:
            if self._has_front or page.lists:
                by_language.setdefault(page.language, []).append((self._points(page), page))
        found = []
        for ranked in by_language.values():
            most = max(points for points, _ in ranked)
            best = [page for points, page in ranked if points == most]
            if len(best) == 1 and most >= 0:
                log("site.posts-page", best[0].title, where=best[0].path)
                found.append(best[0].id)
            elif most >= 0:
                log("site.posts-page-unknown", ", ".join(page.title for page in best[:_SHOWN]))
        return tuple(found)

    def _points(self, page: _Candidate) -> int:
        in_menu, has_posts = page.id in self._in_menus, self._folders[page.path.strip("/")] > 0
        return page.points + in_menu + 4 * has_posts - 2 * (page.id in self._parents)


def _is_built(meta: Mapping[str, str]) -> bool:
    """Is the page's text in the data of a page builder?"""
    return bool(elementor.builders_in(meta)) or meta.get("_elementor_data", "").strip() not in ("", "[]")


def is_blank(text: str) -> bool:
    """Does HTML show nothing: no words, no picture, nothing that a plug-in fills?"""
    return len(text) <= _LONGEST and not _LAYOUT.sub("", _without_comments(text)).strip()


def lists_posts(text: str) -> bool:
    """Does a text consist of nothing but a list of posts?"""
    if len(text) > _LONGEST or not ("[" in text or "<!-- wp:" in text):
        return False
    names = {found[1] for found in _SHORTCODE.finditer(text)}
    if names and not _LISTING_SHORTCODES.isdisjoint(names):
        return is_blank(_SHORTCODE.sub("", text))
    return any(f"<!-- {name} " in text for name in _LISTING_BLOCKS) and is_blank(text)


def _without_comments(text: str) -> str:
    kept, position = [], 0
    while (start := text.find("<!--", position)) >= 0:
        end = text.find("-->", start)
        if end < 0:
            break
        kept.append(text[position:start])
        position = end + 3
    return "".join([*kept, text[position:]])
