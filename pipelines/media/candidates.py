"""Under which names a wanted file may be had, and which of them is expected to come."""

from __future__ import annotations

import re
from typing import NamedTuple

from converters import never, urls
from converters.importers.shared.hidden import passed_over
from converters.model.limits import DEFAULT
from converters.passes.files import NOT_PUBLIC, Answer, Wanted
from pipelines.media.sniff import is_program
from pipelines.media.uploads_folder import MISSING, UploadsFolder

NO_NAME = "no name that a file of a static site can have"
_SIZED = re.compile(r"-(\d{1,5})x(\d{1,5})(\.[A-Za-z0-9]{2,5})$")
_MARKED = re.compile(r"-(?:scaled|rotated)(\.[A-Za-z0-9]{2,5})$")


class Candidate(NamedTuple):
    """A file that would do: where it goes below the folder for static files, and where it is asked for."""

    place: str
    address: str
    width: int = 0
    height: int = 0
    """The least it must measure to be what it is taken for."""


def place_of(path: str) -> str:
    """Where a file at this path of the old site goes; empty when its name is none a file of a static site can have.

    Decoded once, as a server decodes it, and judged afterwards.
    """
    place = urls.decoded(path).lstrip("/")
    return place if is_place(place) else ""


def is_place(place: str) -> bool:
    """Can a file of a static site have that name? Also asked of names that were written down earlier."""
    parts = place.split("/")
    odd = any(
        part in ("", ".", "..") or not part.isprintable() or len(part.encode()) > DEFAULT.file_name_bytes
        for part in parts
    )
    if odd or "\\" in place or len(place.encode()) > DEFAULT.path_bytes or any(part[0] == "." for part in parts):
        return False
    # keys, settings, databases and backups are shown by no page; what a target runs it refuses itself
    of_tools = parts[0].startswith("_") and "." in parts[-1] and never.of_tools(parts[-1])  # `_plugins/x.rb`
    return not (of_tools or is_program(place) or passed_over(place))


def candidates(wanted: Wanted) -> list[Candidate]:
    """The files that would do, the best first.

    The original as the media library knows it; else, for a name that ends in a size, what is left without it, if that
    exists and is at least as large; then the file as it is named. `-scaled` and `-rotated` files are what WordPress
    shows, so the camera's own file stands in for them only when they are gone.
    """
    found = []
    named = _candidate(wanted.path, wanted.address)
    if wanted.original:
        parts = urls.split(wanted.original)
        found.append(_candidate(parts.path if parts else "", wanted.original))
    sized = None if wanted.known else _SIZED.search(wanted.path)
    if sized is not None:
        found.append(_guess(wanted, sized.start(), sized[3], (int(sized[1]), int(sized[2]))))
    found.append(named)
    marked = _MARKED.search(wanted.path)
    if marked is not None:
        found.append(_guess(wanted, marked.start(), marked[1], (0, 0)))
    return [candidate for candidate in dict.fromkeys(found) if candidate.place]


def _candidate(path: str, address: str) -> Candidate:
    return Candidate(place_of(path), address)


def _guess(wanted: Wanted, cut: int, extension: str, least: tuple[int, int]) -> Candidate:
    path = wanted.path[:cut] + extension
    return Candidate(place_of(path), wanted.address.removesuffix(wanted.path) + path, *least)


class Expected:
    """Answers as if the files came along that are likely to, so that few items are converted again."""

    def __init__(self, folder: UploadsFolder | None = None, *, drafts: bool = False, alone: bool = False) -> None:
        """`folder`: where files are copied from; `drafts`: what only drafts show comes, too; `alone`: it matters whose
        a file is alone."""
        self._folder, self._drafts, self._alone = folder, drafts, alone

    def __call__(self, wanted: Wanted) -> Answer:
        if wanted.hidden and not self._drafts:
            return Answer("", NOT_PUBLIC)
        found = candidates(wanted)
        if not found:
            return Answer("", NO_NAME)
        there = self._there(found)
        return Answer(there.place, "", self._alone and bool(wanted.by)) if there else Answer("", MISSING)

    def _there(self, found: list[Candidate]) -> Candidate | None:
        """The first that would do: where files are copied, the first one that the folder holds."""
        if self._folder is None:
            return found[0]
        return next((each for each in found if self._folder.find(each.place)), None)

    def was_right(self, expected: Answer | None, answer: Answer | None) -> bool:
        """Is what was made with the expected answer what it is with the real one?"""
        if expected is None or answer is None:
            return expected is answer
        return expected._replace(alone=False) == answer._replace(alone=False) and (
            not self._alone or expected.alone == answer.alone
        )
