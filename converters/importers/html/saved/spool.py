"""Files that stood in other files of the source, written down for the run, so that each is read like any other."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace

from converters.importers.html.file_kinds import FileKind
from converters.importers.html.saved import folders, packed
from converters.importers.html.saved.page import name_of
from converters.plugin import SourceFile
from converters.source_check import stamp_of


class Spool:
    """Adds to the sources and paths of a survey, in place: what was packed in a file comes behind the last one."""

    def __init__(self, sources: list[SourceFile], paths: list[str], folder: Path) -> None:
        """`paths`: of the sources below their site, in the same order; `folder` lasts as long as the run."""
        self._sources, self._paths, self._folder = sources, paths, folder
        self._taken = set(paths)
        self._written_files = 0
        self.aside = folders.aside(paths)
        """path -> why a file is left out that a program put beside its pages."""

    def unpack(self, number: int, file: Path, path: str, kind: FileKind) -> tuple[Path, str] | None:
        """Put the page in a file into the place of the file: where it is now, and its path. None for a file without a
        page."""
        folder = path[: len(path) - len(path.rpartition("/")[2])]
        stem = name_of(path)
        unpacked = packed.unpack(kind, file.read_bytes(), stem)
        if unpacked is None:
            return None
        own = f"{folder}{stem}.html"
        own = own if own not in self._taken else f"{path}.html"
        source = self._written(own, unpacked.page)
        self._taken.add(own)
        self._sources[number] = replace(self._sources[number], path=source.path, stamp=source.stamp)
        self._paths[number] = own
        for name, data in unpacked.files:
            self.bring(f"{folder}{name}", data)
            if name.endswith(".html"):
                self.aside.setdefault(f"{folder}{name}", folders.FRAME)
        return Path(source.path), own

    def bring(self, path: str, data: bytes) -> None:
        """A file joins the sources; one that is there already does not come again."""
        if path not in self._taken:
            self._taken.add(path)
            self._sources.append(self._written(path, data))
            self._paths.append(path)

    def _written(self, path: str, data: bytes) -> SourceFile:
        self._written_files += 1
        file = self._folder / f"unpacked-{self._written_files:07d}"
        file.write_bytes(data)
        return SourceFile(str(file), path, inside=path, stamp=stamp_of(file))
