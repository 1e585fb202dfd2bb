"""Where importers, exporters and Markdown engines are found, and what they see of a run.

What they are and can do is in `converters/importers/base.py` and `converters/exporters/base.py`.

Third parties register theirs by entry point (`postferry.importers`, `postferry.exporters`, `postferry.markdown`), or
name a class in a file: `--from ./mine.py:Thing`. The built-in ones stand in the table below, so that the scan of all
installed packages (some 40 ms) is paid only for a name that is not there.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from converters.errors import PluginError, UsageError
from converters.nearest import nearest
from converters.source_check import Stamp

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

    from lxml import etree

    from converters.model import Asset, Entry, Place, Role, Site, Status
    from converters.model.notices import Log, Notice


class SourceFile(msgspec.Struct, frozen=True):
    """A file to read from. `path` is local and can be sought; `name` is what the user called it."""

    path: str
    name: str
    prolog: bytes = b""
    """What an importer needs to know of the file to read one item of it: set by its survey."""
    encoding: str = ""
    inside: str = ""
    """The path below the folder or archive the user named, with `/`; empty for a file named by itself. Only for
    importers with `whole_sources`."""
    stamp: Stamp | None = None
    """The file's state before anything was read of it; None for a folder."""
    digest: bytes = b""
    """Of its bytes as they were surveyed, for importers that read the whole file again."""


class SiteLookup(Protocol):
    """The surveyed and planned site, as seen while one item is carried. Read only; look-ups take microseconds."""

    @property
    def site(self) -> Site: ...
    @property
    def sources(self) -> Sequence[SourceFile]: ...
    def entry(self, id: str) -> Entry | None:
        """The item with this id."""

    def meant(self, id: str, kind: str) -> str:
        """The id of the item that a reference with an id and a type means: another one only where several have it."""

    def entries(self) -> Iterator[Entry]:
        """All items, in the order of the source."""

    def translations(self, id: str) -> dict[str, str]:
        """language -> id of the content that says the same as the item with this id, itself among it."""

    def has_children(self, id: str, kind: str) -> bool:
        """Is there content of this kind whose parent is the item with this id?"""

    def place(self, id: str) -> Place | None:
        """Where the item with this id goes; None when it is not written."""

    def address(self, path: str) -> str | None:
        """The new address of what stood at this path (and query) of the old site; None when nothing did."""

    def asset(self, id: str) -> Asset | None:
        """The file of the media library with this id."""

    def asset_at(self, path: str) -> Asset | None:
        """The file of the media library whose original or resized copy has this path below the uploads folder."""

    def assets_of(self, id: str) -> Sequence[Asset]:
        """The files attached to the item with this id, in menu order, then by id."""

    def related(self, name: str) -> Sequence[str]:
        """The ids that the survey filed under this name (`SurveySink.relate`), in their order."""

    def fragments(self, url: str) -> Sequence[str]:
        """The places on the page at this new address that links of the site ask for, in the order of the alphabet."""


class SurveySink(Protocol):
    """Where a survey puts what it finds; nothing stays in memory."""

    @property
    def log(self) -> Log:
        """For notices that concern the source as a whole."""

    @property
    def folder(self) -> Path:
        """A folder of the run for what `read` wants to find again, wherever it runs; removed at the end."""

    def entry(self, entry: Entry, notices: Iterable[Notice] = ()) -> None: ...
    def asset(self, asset: Asset) -> None: ...
    def settle(self, id: str, kind: str, status: Status) -> None:
        """The status of an item that was reported before, which only the whole source shows; `kind` may be empty."""

    def recast(self, id: str, kind: str, role: Role, reason: str, code: str = "") -> None:
        """Another role for an item that was reported as content or as a part of others, which only the whole source
        shows, and a notice of this code. What is left out by then stays so."""

    def relate(self, name: str, id: str, position: int = 0) -> None:
        """File an item under a name that only the importer understands; `SiteLookup.related` finds it again."""

    def link(self, base: str, address: str) -> None:
        """A link to a place inside a page, on the page at `base` or, where that is empty, on all: `/fares/#prices`."""


class MarkdownEngine(Protocol):
    """Turns a tree of semantic HTML into Markdown."""

    def render(self, root: etree._Element, *, dialect: str, log: Log) -> str:
        """Markdown for what is inside `root`, ending in a newline unless empty. May change the tree.

        `dialect` is goldmark, kramdown, commonmark or gfm. Elements named `tree.RAW` are written as their text.
        """


BUILT_IN: dict[str, dict[str, str]] = {
    "importers": {  # in the order in which they look at a source; the last one after those of third parties
        "hugo": "converters.importers.hugo.importer:HugoImporter",
        "json": "converters.importers.json.importer:JsonImporter",
        "wordpress": "converters.importers.wordpress.importer:WordPressImporter",
        "html": "converters.importers.html.importer:HtmlImporter",
    },
    "exporters": {
        "hugo": "converters.exporters.hugo.exporter:HugoExporter",
        "jekyll": "converters.exporters.jekyll.exporter:JekyllExporter",
        "json": "converters.exporters.json.exporter:JsonExporter",
        "markdown": "converters.exporters.markdown.exporter:MarkdownExporter",
    },
    "markdown": {
        "postferry": "converters.markdown:PostferryEngine",
        "markdownify": "converters.markdown.write.engines:MarkdownifyEngine",
        "html2text": "converters.markdown.write.engines:Html2TextEngine",
    },
    "passes": {},
}


def find(group: str, name: str) -> Any:
    """The class registered as `name` in `group`, or named as `file.py:Class`.

    Raises UsageError for an unknown name, PluginError for one that cannot be loaded or that two packages offer.
    """
    target = BUILT_IN[group].get(name)
    if target is not None:
        return _attribute(target)
    if ".py:" in name:
        return _from_file(name)
    found = [point for point in installed(group) if point.name == name]
    if len(found) > 1:
        packages = " and ".join(sorted(_package(point) for point in found))
        raise PluginError(f"Two packages offer {name!r} as one of the {group}: {packages}. Uninstall one of them.")
    if not found:
        raise UsageError(_unknown(group, name))
    try:
        return found[0].load()
    except Exception as error:  # whatever a third party's module raises when it is imported
        raise PluginError(
            f"{name!r} of package {_package(found[0])} cannot be loaded: {error}. Update it, or uninstall it."
        ) from error


def usual_target(importer: str = "") -> str:
    """The target that is meant where none is named: the first of the table that is not of the source's own kind."""
    return next(name for name in BUILT_IN["exporters"] if name != importer)


def recognizers() -> Iterator[tuple[str, Callable[[Path, bytes], bool]]]:
    """(name, what it recognizes) of all importers, in the order in which they look at a source.

    Built-in ones are not loaded for that: a function of their package answers for each. The last of them takes a
    whole folder for one site, and any page: exports of other programs lie in folders, too.
    """
    *first, last = BUILT_IN["importers"]
    for name in first:
        yield name, _attribute(f"converters.importers.{name}:recognizes")
    for point in installed("importers"):
        if point.name not in BUILT_IN["importers"]:
            yield point.name, find("importers", point.name).recognizes
    yield last, _attribute(f"converters.importers.{last}:recognizes")


def installed(group: str) -> list[EntryPoint]:
    """What other packages have registered in `group`."""
    from importlib.metadata import entry_points  # slow to import, and wanted for names of third parties only

    return sorted(entry_points(group=f"postferry.{group}"), key=lambda point: (point.name, point.value))


def names(group: str) -> list[str]:
    """All names that `find` knows in `group`."""
    return sorted({*BUILT_IN[group], *(point.name for point in installed(group))})


def _attribute(target: str) -> Any:
    module, _, attribute = target.partition(":")
    return getattr(importlib.import_module(module), attribute)


def _package(point: EntryPoint) -> str:
    return point.dist.name if point.dist is not None else point.value


def _unknown(group: str, name: str) -> str:
    known = names(group)
    near = nearest(name, known)
    return f"{name!r} is none of the {group}: {', '.join(known)}.{f' Did you mean {near!r}?' if near else ''}"


def _from_file(name: str) -> Any:
    from importlib.util import module_from_spec, spec_from_file_location

    file, _, attribute = name.rpartition(":")
    path = Path(file)
    if not path.is_file():
        raise UsageError(f"{file} is named in {name!r}, but there is no such file. Look at its path.")
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise PluginError(f"{file} is not a Python module: name a file that ends in .py.")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        return getattr(module, attribute)
    except Exception as error:  # whatever a user's file raises
        raise PluginError(f"{name!r} cannot be loaded: {error}") from error
