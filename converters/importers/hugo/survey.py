"""The survey: one pass over a site, a folder of content, or a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path, PurePath
from typing import Any, NamedTuple

import msgspec
from msgspec.structs import replace

from converters import item_timeout
from converters.errors import SourceError
from converters.frontmatter import read
from converters.importers.hugo import config as configuration
from converters.importers.hugo import files, post, recognize
from converters.importers.hugo.addresses import Page, address
from converters.importers.hugo.cascade import cascades_of, inherited_by
from converters.importers.hugo.config import Root, get, with_zone
from converters.importers.hugo.names import Known, template_names
from converters.importers.hugo.text import text_of
from converters.importers.shared.hidden import DUMPS, SECRETS, PassedOver
from converters.importers.shared.hidden import passed_over as private
from converters.model import Asset, Entry, Locator, MenuItem, Role, Site, Status, Term
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.model.options import ReadOptions
from converters.plugin import SourceFile, SurveySink
from converters.source_check import digest_of, stamp_of

_POSTS = frozenset("post posts blog".split())
_HEAD = 4096
_READ_BY_HUGO = (".json", ".yaml", ".yml", ".toml", ".csv", ".xml")
"""Files of data, whose names say nothing: `data/secrets.yaml` may be what a layout shows."""
_NO_BASE = "https://example.org"
"""For a site that does not say where it stands."""


class _Tree(NamedTuple):
    """A folder of content, or a single file, of the source of that number."""

    number: int
    folder: Path
    root: Root


class Survey:
    """One pass over all sources. The first with a configuration says what the site is called."""

    def __init__(self, sink: SurveySink, options: ReadOptions) -> None:
        self._sink, self._options = sink, options
        self._config = with_zone({}, options.time_zone)
        self._settings: dict[str, Any] = {}
        self._ids: set[str] = set()
        self._terms: dict[tuple[str, str], Term] = {}
        self._kinds: dict[str, None] = {}
        self._menus: dict[str, list[MenuItem]] = {}
        self._title = ""
        self._passed = PassedOver()

    def read(self, number: int, source: SourceFile) -> SourceFile:
        path = Path(source.path)
        if not path.is_dir():
            self._page(_Tree(number, path, Root("")), files.Found(_file_name(source), True, ""), [])
            return replace(source, prolog=msgspec.json.encode(Known(closed=False)))
        is_site = recognize.is_site(path)
        if is_site and not self._settings:
            self._settings = configuration.read_settings(path)
            self._config = with_zone(self._settings, self._options.time_zone)
            self._menus = self._config.menus()
        whole = is_site or (path / "content").is_dir()
        count = len(self._ids)
        for root in self._config.roots() if whole else [Root("")]:
            self._root(number, path, root, whole=whole)
        self._name_links(path, whole=whole)
        if len(self._ids) == count:
            raise SourceError(
                f"{source.name} holds no content that Hugo would read: no Markdown, no HTML with front matter. "
                "Give the folder of the site, or its content folder."
            )
        if whole:
            self._site_files(number, path)
        self._passed.note(self._sink.log)
        return replace(source, prolog=msgspec.json.encode(self._templates(path, whole=whole)))

    def _templates(self, path: Path, *, whole: bool) -> Known:
        themes = get(self._settings, "theme") or get(self._settings, "module", "imports")
        elsewhere = bool(themes) and not (path / "themes").is_dir()
        return Known(tuple(sorted(template_names(path))), closed=whole and not elsewhere)

    def _root(self, number: int, path: Path, root: Root, *, whole: bool) -> None:
        if _is_linked(path, root.folder):
            return
        others = {other.folder for other in self._config.roots() if other.folder != root.folder} if whole else set()
        below = f"{root.folder}/" if root.folder else ""
        skip = {folder[len(below) :] for folder in others if folder.startswith(below)}
        cascades: dict[str, list[Any]] = {"": cascades_of(self._settings)}
        for found in files.walk(path / root.folder, self._config.codes, skip):
            if self._unnamable(found.path):
                continue
            if found.content:
                inherited = cascades.get(found.owner, cascades[""])
                self._page(_Tree(number, path / root.folder, root), found, inherited, cascades)
            else:
                owner = self._id(root, found.owner) if found.owner else ""
                self._file(number, path, f"{below}{found.path}", _home(root, found.path), owner)

    def _page(
        self, at: _Tree, found: files.Found, inherited: list[Any], cascades: dict[str, list[Any]] | None = None
    ) -> None:
        """Report a page. `cascades` is None for a single file, which lies in no tree."""
        id = self._unique(self._id(at.root, found.path))
        relative = f"{at.root.folder}/{found.path}".lstrip("/") if cascades is not None else ""
        file = at.folder if cascades is None else at.folder / found.path
        data, locator = self._source(file, id, Locator(at.number, 0, 0, relative))
        if data is None:
            return
        entry = Entry(id, "", Role.FAILED, Status.DRAFT, locator=locator)
        failure = item_timeout.failure(self._matter, (data, file.name), at.root, found, entry, (inherited, cascades))
        if failure is not None:
            log = Log(id)
            log(*failure)
            self._sink.entry(replace(entry, reason=failure[1]), log.notices)

    def _matter(
        self,
        source: tuple[bytes, str],
        root: Root,
        found: files.Found,
        at: Entry,
        above: tuple[list[Any], dict[str, list[Any]] | None],
    ) -> None:
        """Report a page whose file was read, by its front matter. `source` is the file, and its name; `at` says which
        page it is, and where."""
        id, locator, (inherited, cascades) = at.id, at.locator, above
        matter = read.read(text_of(*source, Log()), Log(id))
        front = post.ordered(matter.values, self._config, Log(id), broken=matter.broken)
        if cascades is not None and files.name(found.path.rpartition("/")[2], self._config.codes).stem == "_index":
            cascades[found.path] = [*inherited, *cascades_of(front)]
        entry = self._entry(id, root, found, front, inherited)
        self._report(replace(entry, locator=locator), front)

    def _source(self, file: Path, id: str, locator: Locator) -> tuple[bytes | None, Locator]:
        """A page's file, and how it is known again; None for one that cannot be read, which is named."""
        log = Log(id)
        try:
            stamp = stamp_of(file)
            if stamp.size <= DEFAULT.item_bytes:
                data = file.read_bytes()
                return data, replace(locator, digest=digest_of(data), stamp=stamp)
            log("item.too-large", f"{stamp.size} bytes")
        except OSError as error:
            log("item.failed", str(error.strerror))
        entry = Entry(id, "", Role.FAILED, Status.DRAFT, reason=log.notices[-1].what, locator=locator)
        self._sink.entry(entry, log.notices)
        return None, locator

    def _entry(self, id: str, root: Root, found: files.Found, front: Mapping[str, Any], inherited: list[Any]) -> Entry:
        page = self._placed(root, found, front)
        kind = _kind(page, front)
        status = post.status_of(inherited_by(front, inherited, page))
        path = address(page, self._config)
        base = self._config.base_url or _NO_BASE
        group = str(get(front, "translationKey") or "") or f"{'/'.join((*page.folders, page.stem))}{'/' * page.is_list}"
        slug = get(front, "slug")
        return Entry(
            id=id,
            kind=kind,
            role=Role.CONTENT,
            status=status,
            slug=slug if isinstance(slug, str) and slug else page.stem,
            title=page.title,
            permalink=base + path if path else "",
            parent=self._above(root, found.owner, page.language),
            date=page.date,
            language=page.language if self._config.several else "",
            group=group if self._config.several else "",
            home=_home(root, found.path),
        )

    def _above(self, root: Root, owner: str, language: str) -> str:
        """The id of the list a page is in, in its own language where there is one; the site's first page is none."""
        if "/" not in owner:
            return ""
        stem, _, ending = owner.rpartition(".")
        own = self._id(root, f"{stem}.{language}.{ending}")
        return own if own in self._ids else self._id(root, owner)

    def _placed(self, root: Root, found: files.Found, front: Mapping[str, Any]) -> Page:
        """What the path says: folders, name, language, page or list."""
        *folders, file = [part for part in (*root.below.split("/"), *found.path.split("/")) if part]
        name = files.name(file, self._config.codes)
        language = name.language or root.language or (self._config.default if self._config.several else "")
        stem = name.stem
        if stem in ("index", "_index"):
            folder = folders.pop() if folders else ""
            return Page(
                tuple(folders),
                folder,
                name.stem == "_index" or not folder,
                language,
                post.title_of(front),
                post.date_of(front),
                front,
            )
        return Page(tuple(folders), stem, False, language, post.title_of(front), post.date_of(front), front)

    def _report(self, entry: Entry, front: Mapping[str, Any]) -> None:
        types, statuses = self._options.types, self._options.statuses
        if (types and entry.kind not in types) or (statuses and entry.status not in statuses):
            self._sink.entry(replace(entry, role=Role.LEFT_OUT, reason="not asked for"))
            return
        if entry.home in ("content/_index.md", "_index.md"):
            self._title = entry.title
        self._kinds.setdefault(entry.kind)
        for term in post.terms_of(front, self._config):
            self._terms.setdefault((term.taxonomy, term.name), term)
        for menu, item in post.menu_items(front, entry.id, entry.title):
            self._menus.setdefault(menu, []).append(item)
        self._sink.entry(entry)

    def _site_files(self, number: int, path: Path) -> None:
        """Static files, layouts, data and the rest that a site is made of."""
        for folder in dict.fromkeys((*self._config.static_folders(), *files.SITE_FOLDERS)):
            if _is_linked(path, folder):
                continue
            for below in files.below_folder(path / folder):
                settings = folder == "config" and below.startswith("_default/")
                if not settings and not self._unnamable(below):
                    self._file(number, path, f"{folder}/{below}", f"{folder}/{below}", "")
        self._name_others(path)
        for name in files.SITE_FILES:
            if (path / name).is_file() and not (path / name).is_symlink():
                self._file(number, path, name, name, "")

    def _name_links(self, path: Path, *, whole: bool) -> None:
        """Name links, which are not followed (they may lead out of the site, or in a circle), and what is no file."""
        folders = [root.folder for root in self._config.roots()] + self._config.static_folders() + [*files.SITE_FOLDERS]
        for below, reason in files.hidden_below(path, deep=not whole):
            self._passed.add(below, reason)
        for folder in dict.fromkeys(folders) if whole else [""]:
            if _is_linked(path, folder):
                self._sink.log("source.skipped", folder, where="a link")
                continue
            for below, reason in files.hidden_below(path / folder) if whole else ():
                self._passed.add(f"{folder}/{below}", reason)
            for below, what in files.passed_over(path / folder):
                name = f"{folder}/{below}".lstrip("/").encode("utf-8", "backslashreplace").decode()
                self._sink.log("source.skipped", name, where=what)

    def _name_others(self, path: Path) -> None:
        """Name what lies beside the parts of a site and is none of them: scripts, notes, other tools' files."""
        used = {*files.SITE_FOLDERS, *files.SITE_FILES, *files.GENERATED, *recognize.NAMES}
        used |= {folder.partition("/")[0] for folder in self._config.static_folders()}
        used |= {root.folder.partition("/")[0] for root in self._config.roots()}
        there, folders = files.listing(path)
        for name in sorted({*there, *folders} - used):
            self._sink.log("source.beside", name.encode("utf-8", "backslashreplace").decode())

    def _file(self, number: int, path: Path, relative: str, home: str, owner: str) -> None:
        """A file that is carried as it is; none that no visitor of the site saw."""
        published = owner or home.startswith(("content/", *(f"{name}/" for name in self._config.static_folders())))
        reason = private(home, _head(path / relative))
        if reason and (published or (reason in (SECRETS, DUMPS) and not home.lower().endswith(_READ_BY_HUGO))):
            self._passed.add(home, reason)
            return
        id = self._unique(home)
        static = next((folder for folder in self._config.static_folders() if relative.startswith(f"{folder}/")), "")
        served = relative[len(static) + 1 :] if static else ""
        self._sink.asset(Asset(id, f"/{served}" if static else "", served, parent=owner, file=str(path / relative)))
        locator = Locator(number, 0, 0, relative, stamp=stamp_of(path / relative))
        self._sink.entry(
            Entry(id, "file", Role.MEDIA, Status.PUBLISHED, title=home, parent=owner, locator=locator, home=home)
        )

    def _unnamable(self, path: str) -> bool:
        """Is the file's name no text, as those of old archives may be? Such a file is named as not carried."""
        try:
            path.encode()
        except UnicodeEncodeError:
            id = self._unique(path.encode("utf-8", "backslashreplace").decode())
            log = Log(id)
            log("item.failed", "its name is not UTF-8")
            self._sink.entry(Entry(id, "file", Role.FAILED, Status.DRAFT, reason="its name is not UTF-8"), log.notices)
            return True
        return False

    def _id(self, root: Root, path: str) -> str:
        folder = root.folder.removeprefix("content").strip("/")
        return f"{folder}/{path}" if folder else path

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
            base_url=config.base_url or _NO_BASE,
            language=config.locale or (config.languages[0].locale if config.several else ""),
            time_zone=zone.key if zone is not None else "",
            generator="hugo",
            terms=tuple(self._terms.values()),
            menus=configuration.menus(self._menus),
            kinds=tuple(self._kinds),
            languages=config.languages if config.several else (),
            default_below_code=config.default_below_code,
            settings=_plain(self._settings),
        )


def _is_linked(site: Path, folder: str) -> bool:
    """Is a folder of the site a link, or does it lie in one? What is behind it may be anything of the machine."""
    parts = PurePath(folder).parts
    return any(site.joinpath(*parts[:end]).is_symlink() for end in range(1, len(parts) + 1))


def _head(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(_HEAD)
    except OSError:  # whoever copies it meets that again, and names it
        return b"-"


def _file_name(source: SourceFile) -> str:
    """What a single file is called; one that came without a name of content's kind is a page in Markdown."""
    names = (PurePath(text).name for text in (source.path, source.name))
    return next((name for name in names if files.name(name, set()).ending in files.MARKUP), "page.md")


def _plain(value: Any) -> Any:
    """Settings as JSON can hold them: dates as text."""
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, str | int | float) else value.isoformat()


def _home(root: Root, path: str) -> str:
    folder = root.folder or "content"
    return f"{folder}/{path}"


def _kind(page: Page, front: Mapping[str, Any]) -> str:
    type = get(front, "type")
    if page.is_list or not page.folders or type == "page":
        return "page"
    return "post" if page.section.lower() in _POSTS else page.section.lower()
