"""The survey: one pass over a site, a folder of content, or a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from converters import item_timeout, urls
from converters.errors import SourceError
from converters.importers.hugo import config as configuration
from converters.importers.hugo import files, post
from converters.importers.hugo.addresses import PagePath, address, language_folder
from converters.importers.hugo.config import NO_BASE, ContentRoot, get, with_zone
from converters.importers.hugo.files import ContentFile, ShortcodeTemplates
from converters.importers.hugo.lists import POSTS, Lists
from converters.importers.hugo.pagination import cut_by
from converters.importers.shared.hidden import (
    DUMPS,
    LINK,
    NOT_PLAIN,
    SECRETS,
    PassedOver,
    head_of,
    passed_over,
    printable,
)
from converters.model import Asset, Entry, Locator, MenuItem, Role, Site, Status
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.old_site.visibility import as_of
from converters.plugin import SourceFile, SurveySink
from converters.source_check import digest_of, stamp_of

_HEAD = 4096
_READ_BY_HUGO = (".json", ".yaml", ".yml", ".toml", ".csv", ".xml")
"""Files of data, whose names say nothing: `data/secrets.yaml` may be what a layout shows."""


class _Tree(NamedTuple):
    """A folder of content of a source, or a source that is one file."""

    source: int
    path: Path
    """Of the source."""
    root: ContentRoot
    cascades: dict[str, list[Any]]
    """Path of a list -> what it and those above it say for all pages below. Empty: for those in no list."""
    others: frozenset[str] = frozenset()
    """Folders in it that are roots of their own."""
    single: bool = False

    def relative(self, path: str) -> str:
        """The path below the source of a file that has this one in the folder of content."""
        return "" if self.single else f"{self.root.folder}/{path}".lstrip("/")

    def home(self, path: str) -> str:
        return f"{self.root.folder or 'content'}/{path}"

    def id(self, path: str) -> str:
        folder = self.root.folder.removeprefix("content").strip("/")
        return f"{folder}/{path}" if folder else path


class Survey:
    """One pass over all sources. The first with a configuration says what the site is called."""

    def __init__(self, sink: SurveySink, options: ReadOptions) -> None:
        self._sink, self._options = sink, options
        self._config = with_zone({}, options.time_zone)
        self._settings: dict[str, Any] = {}
        self._ids: set[str] = set()
        self._lists = Lists()
        self._kinds: dict[str, bool] = {}
        """The kinds of content, each with: is any of it to be seen?"""
        self._menus: dict[str, list[MenuItem]] = {}
        self._title = ""
        self._passed = PassedOver()

    def read(self, number: int, source: SourceFile) -> SourceFile:
        """Report all of a source. Raises SourceError where it holds nothing that Hugo would read."""
        path = Path(source.path)
        if not path.is_dir():
            tree = _Tree(number, path, ContentRoot(""), {"": []}, single=True)
            self._page(tree, ContentFile(_file_name(source), True, ""))
            return replace(source, prolog=msgspec.json.encode(ShortcodeTemplates(complete=False)))
        is_site = files.is_site(path)
        if is_site and not self._settings:
            self._settings = configuration.read_settings(path)
            self._config = with_zone(self._settings, self._options.time_zone)
            self._menus = self._config.menus()
        whole = is_site or (path / "content").is_dir()
        count = len(self._ids)
        for tree in self._trees(number, path, whole=whole):
            self._content(tree)
        self._name_not_listed(path, whole=whole)
        if len(self._ids) == count:
            raise SourceError(
                f"{source.name} holds no content that Hugo would read: no Markdown, no HTML with front matter. "
                "Give the folder of the site, or its content folder."
            )
        if whole:
            self._site_files(number, path)
        self._passed.note(self._sink.log)
        themes = get(self._settings, "theme") or get(self._settings, "module", "imports")
        complete = whole and (not themes or (path / "themes").is_dir())
        if is_site:
            self._lists.cut = cut_by(path, complete=complete)
        names, hooks = sorted(files.shortcode_templates(path)), sorted(set(files.render_hooks(path)))
        templates = ShortcodeTemplates(tuple(names), complete, tuple(hooks))
        return replace(source, prolog=msgspec.json.encode(templates))

    def _trees(self, number: int, path: Path, *, whole: bool) -> list[_Tree]:
        roots = self._config.roots() if whole else [ContentRoot("")]
        found = []
        for root in roots:
            below = f"{root.folder}/" if root.folder else ""
            inside = {other.folder for other in roots if other.folder != root.folder and other.folder.startswith(below)}
            others = frozenset(folder[len(below) :] for folder in inside)
            found.append(_Tree(number, path, root, {"": post.cascades_of(self._settings)}, others))
        return found

    def _content(self, tree: _Tree) -> None:
        if files.is_linked(tree.path, tree.root.folder):
            return
        for file in files.walk(tree.path / tree.root.folder, self._config.codes, tree.others):
            if self._unnamable(file.path):
                continue
            if file.is_page:
                self._page(tree, file)
            else:
                owner = tree.id(file.owner) if file.owner else ""
                self._file(tree.source, tree.path, tree.relative(file.path), tree.home(file.path), owner)

    def _page(self, tree: _Tree, file: ContentFile) -> None:
        """Report a page, or that it cannot be read."""
        locator = Locator(tree.source, path=tree.relative(file.path))
        entry = Entry(self._unique(tree.id(file.path)), "", Role.FAILED, Status.DRAFT, locator=locator)
        path = tree.path / locator.path
        try:
            stamp = stamp_of(path)
            if stamp.size > DEFAULT.item_bytes:
                self._fail(entry, "item.too-large", f"{stamp.size} bytes")
                return
            data = path.read_bytes()
        except OSError as error:
            self._fail(entry, "item.failed", str(error.strerror))
            return
        entry = replace(entry, locator=replace(locator, digest=digest_of(data), stamp=stamp))
        failure = item_timeout.failure(self._read_page, tree, file, entry, data)
        if failure is not None:
            self._fail(entry, *failure)

    def _fail(self, entry: Entry, code: str, what: str) -> None:
        log = Log(entry.id)
        log(code, what)
        self._sink.entry(replace(entry, reason=what), log.notices)

    def _read_page(self, tree: _Tree, file: ContentFile, entry: Entry, data: bytes) -> None:
        """Report a page by its front matter; `entry` says where it is."""
        name = PurePath(entry.locator.path or tree.path).name
        front, _ = post.front_matter(data, name, self._config, Log(entry.id))
        inherited = tree.cascades.get(file.owner, tree.cascades[""])
        if files.name(file.path, self._config.codes).stem == "_index":
            inherited = [*inherited, *post.cascades_of(front)]  # a list is the first page that its cascade is about
            tree.cascades[file.path] = inherited
        page = self._placed(tree.root, file, front)
        self._report(self._options.chosen(self._entry(tree, file, entry, page, inherited)), page)

    def _entry(self, tree: _Tree, file: ContentFile, at: Entry, page: PagePath, inherited: list[Any]) -> Entry:
        front = page.values
        path = address(page, self._config)
        ruled = post.inherited_by(front, inherited, page)
        dates = {kind: post.date_of(ruled, self._config, page.stem, kind) for kind in ("publishDate", "expiryDate")}
        group = str(get(front, "translationKey") or "") or f"{'/'.join((*page.folders, page.stem))}{'/' * page.is_list}"
        entry = Entry(
            id=at.id,
            kind=_kind(page, front, alone=tree.single),
            role=Role.CONTENT,
            status=post.status_of(ruled),
            since=None if get(self._settings, "buildFuture") is True else dates["publishDate"],
            until=None if get(self._settings, "buildExpired") is True else dates["expiryDate"],
            unlisted=post.unlisted(ruled),
            slug=post.text(front, "slug") or page.stem,
            title=page.title,
            permalink=(self._config.base_url or NO_BASE) + path.replace("#", "%23") if path else "",
            parent=self._above(tree, file.owner, page.language),
            date=page.date,
            language=page.language if self._config.several else "",
            group=group if self._config.several else "",
            source_path=tree.home(file.path),
            locator=at.locator,
            former=self._former(page, path),
        )
        return as_of(entry, self._options.today)

    def _former(self, page: PagePath, path: str) -> tuple[str, ...]:
        """Paths on the host that led to the page."""
        found = post.former_of(page.values, path, language_folder(page.language, self._config))
        return tuple(urls.root_of(self._config.base_url) + old for old in found)

    def _above(self, tree: _Tree, owner: str, language: str) -> str:
        """The id of the list a page is in, in its own language where there is one; the site's first page is none."""
        if "/" not in owner:
            return ""
        stem, _, ending = owner.rpartition(".")
        own = tree.id(f"{stem}.{language}.{ending}")
        return own if own in self._ids else tree.id(owner)

    def _placed(self, root: ContentRoot, file: ContentFile, front: Mapping[str, Any]) -> PagePath:
        """What the path says: folders, name, language, page or list."""
        *folders, last = [part for part in (*root.below.split("/"), *file.path.split("/")) if part]
        name = files.name(last, self._config.codes)
        language = name.language or root.language or (self._config.default if self._config.several else "")
        stem, is_list = name.stem, name.stem == "_index"
        if stem in ("index", "_index"):
            stem = folders.pop() if folders else ""
            is_list = is_list or not stem
        count = file.owner.count("/") + len([part for part in root.below.split("/") if part])
        inside = tuple(folders[: max(1, count)])
        title, date = post.text(front, "title"), post.date_of(front, self._config, stem)
        return PagePath(tuple(folders), stem, is_list, language, title, date, front, inside)

    def _report(self, entry: Entry, page: PagePath) -> None:
        if entry.role is Role.CONTENT:
            if entry.source_path in ("content/_index.md", "_index.md"):
                self._title = entry.title
            self._kinds[entry.kind] = self._kinds.get(entry.kind, False) or entry.status is Status.PUBLISHED
            self._lists.see(entry, page, page.values, self._config)
            shown = entry.status is Status.PUBLISHED
            for menu, item in post.menu_items(page.values, entry.id, entry.title) if shown else ():
                self._menus.setdefault(menu, []).append(item)
        self._sink.entry(entry)

    def _site_files(self, number: int, path: Path) -> None:
        """Static files, layouts, data and the rest that a site is made of."""
        statics = self._config.static_folders()
        for folder in dict.fromkeys((*statics, *files.SITE_FOLDERS)):
            inside = files.below_folder(path / folder, static=folder in statics)
            for below in () if files.is_linked(path, folder) else inside:
                settings = folder == "config" and below.startswith("_default/")
                if not settings and not self._unnamable(below):
                    self._file(number, path, f"{folder}/{below}", f"{folder}/{below}", "")
        self._name_others(path)
        for name in files.SITE_FILES:
            if (path / name).is_file() and not (path / name).is_symlink():
                self._file(number, path, name, name, "")

    def _name_not_listed(self, path: Path, *, whole: bool) -> None:
        """Name hidden files, and links, which are not followed: they may lead out of the site, or in a circle."""
        for below, reason in files.not_listed(path, deep=not whole):
            self._name(below, reason)
        roots = [root.folder for root in self._config.roots()] + self._config.static_folders() + [*files.SITE_FOLDERS]
        statics = self._config.static_folders()
        for folder in dict.fromkeys(roots) if whole else ():
            if files.is_linked(path, folder):
                self._name(folder, LINK)
                continue
            for below, reason in files.not_listed(path / folder, static=folder in statics):
                self._name(f"{folder}/{below}", reason)

    def _name(self, path: str, reason: str) -> None:
        if reason in _SKIPPED:
            self._sink.log("source.skipped", printable(path), where=reason)
        else:
            self._passed.add(path, reason)

    def _name_others(self, path: Path) -> None:
        """Name what lies beside the parts of a site and is none of them: scripts, notes, other tools' files."""
        used = {*files.SITE_FOLDERS, *files.SITE_FILES, *files.GENERATED, *files.SETTINGS_FILES}
        used |= {folder.partition("/")[0] for folder in self._config.static_folders()}
        used |= {root.folder.partition("/")[0] for root in self._config.roots()}
        there, folders = files.listing(path)
        for name in sorted({*there, *folders} - used):
            self._sink.log("source.beside", printable(name))

    def _file(self, number: int, path: Path, relative: str, home: str, owner: str) -> None:
        """Report a file that is copied as it is; pass over one that no visitor of the site saw."""
        statics = self._config.static_folders()
        published = owner or home.startswith(("content/", *(f"{name}/" for name in statics)))
        own = relative.partition("/")[2] if relative.partition("/")[0] in statics else home  # `.well-known`
        reason = passed_over(own, head_of(path / relative, _HEAD, unreadable=b"-"))
        if reason and (published or (reason in (SECRETS, DUMPS) and not home.lower().endswith(_READ_BY_HUGO))):
            self._passed.add(home, reason)
            return
        id = self._unique(home)
        static = next((folder for folder in statics if relative.startswith(f"{folder}/")), "")
        served = relative[len(static) + 1 :] if static else ""
        self._sink.asset(Asset(id, f"/{served}" if static else "", served, parent=owner, file=str(path / relative)))
        locator = Locator(number, path=relative, stamp=stamp_of(path / relative))
        self._sink.entry(
            Entry(id, "file", Role.MEDIA, Status.PUBLISHED, title=home, parent=owner, locator=locator, source_path=home)
        )

    def _unnamable(self, path: str) -> bool:
        """Is the file's name no text, as those of old archives may be? Such a file is named as not converted."""
        try:
            path.encode()
        except UnicodeEncodeError:
            entry = Entry(self._unique(printable(path)), "file", Role.FAILED, Status.DRAFT)
            self._fail(entry, "item.failed", "its name is not UTF-8")
            return True
        return False

    def _unique(self, id: str) -> str:
        other, number = id, 2
        while other in self._ids:
            other, number = f"{id}+{number}", number + 1
        self._ids.add(other)
        return other

    def site(self) -> Site:
        config = self._config
        zone = config.zone
        return Site(
            title=config.title or self._title,
            description=config.description,
            base_url=config.base_url or NO_BASE,
            language=config.locale or (config.languages[0].locale if config.several else ""),
            time_zone=zone.key if zone is not None else "",
            generator="hugo",
            terms=tuple(self._lists.terms(config)),
            lists=tuple(self._lists.all(config)),
            menus=configuration.menus(self._menus),
            kinds=tuple(self._kinds),
            closed_kinds=tuple(kind for kind, shown in self._kinds.items() if not shown),
            languages=config.languages if config.several else (),
            default_below_code=config.default_below_code,
            settings=_plain(self._settings),
            feed_file=config.feed_file,
        )


_SKIPPED = (LINK, NOT_PLAIN)


def _file_name(source: SourceFile) -> str:
    """What a single file is called; one that came without a name of content's kind is a page in Markdown."""
    names = (PurePath(text).name for text in (source.path, source.name))
    return next((name for name in names if files.name(name, set()).is_content), "page.md")


def _plain(value: Any) -> Any:
    """Settings as JSON can hold them: dates as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float) else value.isoformat()


def _kind(page: PagePath, front: Mapping[str, Any], *, alone: bool) -> str:
    if alone and page.date is not None and not page.is_list and get(front, "type") != "page":
        return "post"  # nobody knows its section; what has a day is no page
    if page.is_list or not page.folders or get(front, "type") == "page":
        return "page"
    return "post" if page.section.lower() in POSTS else page.section.lower()
