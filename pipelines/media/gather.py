"""The media step: what is wanted, brought by copying or downloading, and what became of it.

All items are converted first as if every file came, and name the files they show; then the files are copied or
downloaded, and only the items whose files did not come as expected are converted again. A missing file keeps its URL on
the old site.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urljoin

from converters import urls
from converters.errors import UsageError
from converters.model import Role
from converters.model.notices import Log
from converters.old_site import uploads
from converters.old_site.visibility import is_published
from converters.passes.files import Files, Wanted, not_had
from converters.plugin import SiteLookup
from pipelines.media import sniff
from pipelines.media.store import MediaStore
from pipelines.media.wanted import NO_NAME, Book, Candidate, Found, Settings, place_of
from pipelines.output.output_folder import FOLDER
from pipelines.output.sink import Sink
from pipelines.run.run_result import Brought

Tell = Callable[[str, int, int], None]
Look = Callable[[Files], None]
"""Converts all items and names each file they refer to."""

_SIZE = r"([0-9]{1,15}(?:\.[0-9]{1,6})?)\s*(?:([KMGT])(?:i?B)?|B)?"
_HEAD = 256 * 1024
"""Bytes within which a picture says how large it is, colour profile and preview passed over."""


def parse_way(value: str) -> tuple[str, str]:
    """(`copy`, folder) of `copy:FOLDER`, (`download`, ''), (`keep`, '') ...; raises UsageError for anything else."""
    way, mark, folder = value.partition(":")
    if (way == "copy") != bool(mark) or (mark and not folder) or way not in ("keep", "rewrite", "copy", "download"):
        raise UsageError(f"--media is keep, rewrite, copy:DIR or download, not {value!r}.")
    if way == "copy":
        from pipelines.media.copy import open_folder

        open_folder(folder)
    if way == "download":
        from pipelines.media.download import check_installed

        check_installed()
    return way, folder


def parse_size(value: str) -> int:
    """Bytes of `512M`, `1.5 GB`, `800KiB`, `20000`; K, M, G and T go by 1024. Raises UsageError for anything else."""
    found = re.fullmatch(_SIZE, value.strip(), re.I)
    size = int(float(found[1]) * 1024 ** " KMGT".index((found[2] or " ").upper())) if found else 0
    if size < 1:
        raise UsageError(f"--max-file-size is a number of bytes, or one with K, M, G or T: 512M, not {value!r}.")
    return size


def _of_the_site(lookup: SiteLookup) -> Iterator[str]:
    """Files that the site as a whole refers to: its icon, uploads in its menus."""
    site = lookup.site
    host = urls.host_of(site.base_url)
    found = [site.icon, *(entry.address for menu in site.menus for entry in menu.items)]
    for address in found:
        own = urls.own(address, host) if address else None
        if own is not None and uploads.below_uploads(own.path):
            yield urljoin(site.base_url + "/", address)


def _of_the_library(lookup: SiteLookup, book: Book, *, drafts: bool) -> Iterator[str]:
    """All of the media library that was public, for `--media-all`; with `drafts` the rest, too."""
    for entry in lookup.entries():
        asset = lookup.asset(entry.id) if entry.role is Role.MEDIA else None
        if asset is None or asset.file:
            continue
        parts = urls.split(asset.url)
        hidden = not is_published(lookup, entry) or (parts is not None and book.is_hidden(place_of(parts.path)))
        if drafts or not hidden:
            yield asset.url


def _want(book: Book, addresses: Iterator[str], by: str = "") -> None:
    """Want files under exactly these names: nothing rewrites the places that name them."""
    for address in addresses:
        parts = urls.split(address)
        if parts is not None and parts.netloc and parts.path:
            book.want(Wanted(parts._replace(query="", fragment="").geturl(), parts.path, known=True, by=by))


def _round(settings: Settings, store: MediaStore, book: Book, bring: Callable[..., None], tell: Tell) -> bool:
    """Try the next candidate of all that have no answer yet; False when there are none."""
    open_ones = False
    for number, choices, step in book.unsettled():
        if step >= len(choices):
            book.settle(number, reason=NO_NAME)
            continue
        open_ones = True
        if not store.path_of(choices[step].place) or store.refusal(choices[step].place):
            continue
        if not store.present(choices[step].place):
            book.ask_for(choices[step])
    if not open_ones:
        return False
    bring(settings, store, book, tell)
    for number, choices, step in book.unsettled():
        _judge(store, book, number, choices, step)
    return True


def _judge(store: MediaStore, book: Book, number: int, choices: list[Candidate], step: int) -> None:
    candidate = choices[step]
    allowed = store.path_of(candidate.place) and not store.refusal(candidate.place)
    file = book.file(candidate.place) if allowed else None
    if file is not None and file.state == "had" and _fits(store, candidate):
        book.settle(number, place=candidate.place)
    elif step + 1 < len(choices):
        book.next_candidate(number)
    else:
        book.settle(number, reason=_reason(store, book, choices))


def _reason(store: MediaStore, book: Book, choices: list[Candidate]) -> str:
    """Why not even the file as it is named could be had."""
    named = choices[-1] if len(choices) == 1 or not choices[-1].width else choices[0]
    file = book.file(named.place)
    if not store.path_of(named.place):
        return "outside of the site"
    if refused := store.refusal(named.place):
        return refused
    return file.reason if file is not None and file.reason else "not found"


def _fits(store: MediaStore, candidate: Candidate) -> bool:
    """Is what was guessed to be the original at least as large as the copy says it is itself?"""
    if not candidate.width:
        return True
    size = sniff.size_of(store.head(candidate.place, _HEAD))
    least = sorted((candidate.width, candidate.height))
    return size is None or all(has >= wants for has, wants in zip(sorted(size), least, strict=True))


def _copy(settings: Settings, store: MediaStore, book: Book, tell: Tell) -> None:
    from pipelines.media.copy import Copier

    copier = Copier(settings.folder, book, store, settings.pace.file_bytes)
    total = book.count_todo()
    for done, (place, _) in enumerate(book.todo(), 1):
        reason = copier.bring(place)
        known = book.file(place)
        if reason and known is not None:
            book.note(known._replace(state="failed", reason=reason))
        tell("copying", done, total)


def _download(settings: Settings, store: MediaStore, book: Book, tell: Tell) -> None:
    from pipelines.media.download import Downloader

    if book.count_todo():
        allowed = {"allow_private": settings.allow_private, "insecure": settings.insecure}
        Downloader(book, store, **allowed, pace=settings.pace).work(tell)


_BRING = {"copy": _copy, "download": _download}


class Media:
    """The media of one run, as `run` needs them: bring them, answer for them, close."""

    def __init__(self, settings: Settings, sink: Sink, lookup: SiteLookup, static_folder: str | None) -> None:
        """Raises UsageError for a target that holds no files."""
        if settings.way and static_folder is None:
            raise UsageError("This target holds no files: use --media keep or rewrite.")
        path = f"{FOLDER}/media.db"
        self._settings, self._lookup = settings, lookup
        self._book = Book(sink.folder, path) if settings.way or sink.folder.size(path) is not None else None
        self.files = Found(Path(sink.folder.full(path))) if settings.way else None
        base = urls.split(lookup.site.base_url)
        root = base.path.strip("/") + "/" if base and base.path.strip("/") else ""
        self._store = MediaStore(sink, self._book, folder=static_folder or "", root=root) if self._book else None

    def bring(self, look: Look, log: Log, tell: Tell) -> Brought | None:
        """Bring what is wanted; where nothing is to come along, leave what earlier runs brought."""
        if self._book is None or self._store is None:
            return None
        if not self._settings.way:
            self._store.keep_all()
            return None
        book, settings = self._book, self._settings
        book.begin(settings)
        tell("looking for files", 0, 0)
        look(book.want)
        of_items = book.last
        _want(book, _of_the_site(self._lookup), by="/")
        if settings.every:
            _want(book, _of_the_library(self._lookup, book, drafts=settings.drafts))
        book.collected()
        while _round(settings, self._store, book, _BRING[settings.way], tell):
            pass
        book.settle_hidden()
        book.finish()
        for address, reason in book.missing(of_items):
            not_had(log, address, reason)
        return Brought(*book.sums())

    def close(self) -> None:
        if self.files is not None:
            self.files.close()
        if self._book is not None:
            self._book.close()
