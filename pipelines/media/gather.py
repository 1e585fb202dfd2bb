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
from pipelines.media.candidates import NO_NAME, Candidate, place_of
from pipelines.media.media_queue import MediaLookup, MediaQueue, Settings
from pipelines.media.store import MediaStore
from pipelines.output.output_folder import FOLDER
from pipelines.output.sink import Sink
from pipelines.run.run_result import MediaStats

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
        from pipelines.media.uploads_folder import open_folder

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


def _of_the_library(lookup: SiteLookup, queue: MediaQueue, *, drafts: bool) -> Iterator[str]:
    """All of the media library that was public, for `--media-all`; with `drafts` the rest, too."""
    for entry in lookup.entries():
        asset = lookup.asset(entry.id) if entry.role is Role.MEDIA else None
        if asset is None or asset.file:
            continue
        parts = urls.split(asset.url)
        hidden = not is_published(lookup, entry) or (parts is not None and queue.is_hidden(place_of(parts.path)))
        if drafts or not hidden:
            yield asset.url


def _want(queue: MediaQueue, addresses: Iterator[str], by: str = "") -> None:
    """Want files under exactly these names: nothing rewrites the places that name them."""
    for address in addresses:
        parts = urls.split(address)
        if parts is not None and parts.netloc and parts.path:
            queue.want(Wanted(parts._replace(query="", fragment="").geturl(), parts.path, known=True, by=by))


def _round(settings: Settings, store: MediaStore, queue: MediaQueue, bring: Callable[..., None], tell: Tell) -> bool:
    """Try the next candidate of all that have no answer yet; False when there are none."""
    open_ones = False
    for number, choices, step in queue.unsettled():
        if step >= len(choices):
            queue.settle(number, reason=NO_NAME)
            continue
        open_ones = True
        if not store.path_of(choices[step].place) or store.refusal(choices[step].place):
            continue
        if not store.present(choices[step].place):
            queue.ask_for(choices[step])
    if not open_ones:
        return False
    bring(settings, store, queue, tell)
    for number, choices, step in queue.unsettled():
        _judge(store, queue, number, choices, step)
    return True


def _judge(store: MediaStore, queue: MediaQueue, number: int, choices: list[Candidate], step: int) -> None:
    candidate = choices[step]
    allowed = store.path_of(candidate.place) and not store.refusal(candidate.place)
    file = queue.file(candidate.place) if allowed else None
    if file is not None and file.state == "had" and _fits(store, candidate):
        queue.settle(number, place=candidate.place)
    elif step + 1 < len(choices):
        queue.next_candidate(number)
    else:
        queue.settle(number, reason=_reason(store, queue, choices))


def _reason(store: MediaStore, queue: MediaQueue, choices: list[Candidate]) -> str:
    """Why not even the file as it is named could be had."""
    named = choices[-1] if len(choices) == 1 or not choices[-1].width else choices[0]
    file = queue.file(named.place)
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


def _copy(settings: Settings, store: MediaStore, queue: MediaQueue, tell: Tell) -> None:
    from pipelines.media.copy import Copier

    copier = Copier(settings.folder, queue, store, settings.pace.file_bytes)
    total = queue.count_todo()
    for done, (place, _) in enumerate(queue.todo(), 1):
        reason = copier.bring(place)
        known = queue.file(place)
        if reason and known is not None:
            queue.note(known._replace(state="failed", reason=reason))
        tell("copying", done, total)


def _download(settings: Settings, store: MediaStore, queue: MediaQueue, tell: Tell) -> None:
    from pipelines.media.download import Downloader

    if queue.count_todo():
        allowed = {"allow_private": settings.allow_private, "insecure": settings.insecure}
        Downloader(queue, store, **allowed, pace=settings.pace).work(tell)


_BRING = {"copy": _copy, "download": _download}


class Media:
    """The media of one run, as `run` needs them: bring them, answer for them, close."""

    def __init__(self, settings: Settings, sink: Sink, lookup: SiteLookup, static_folder: str | None) -> None:
        """Raises UsageError for a target that holds no files."""
        if settings.way and static_folder is None:
            raise UsageError("This target holds no files: use --media keep or rewrite.")
        path = f"{FOLDER}/media.db"
        self._settings, self._lookup = settings, lookup
        self._queue = MediaQueue(sink.folder, path) if settings.way or sink.folder.size(path) is not None else None
        self.files = MediaLookup(Path(sink.folder.full(path))) if settings.way else None
        base = urls.split(lookup.site.base_url)
        root = base.path.strip("/") + "/" if base and base.path.strip("/") else ""
        self._store = MediaStore(sink, self._queue, folder=static_folder or "", root=root) if self._queue else None

    def bring(self, look: Look, log: Log, tell: Tell) -> MediaStats | None:
        """Bring what is wanted; where nothing is to come along, leave what earlier runs brought."""
        if self._queue is None or self._store is None:
            return None
        if not self._settings.way:
            self._store.keep_all()
            return None
        queue, settings = self._queue, self._settings
        queue.begin(settings)
        tell("looking for files", 0, 0)
        look(queue.want)
        of_items = queue.last
        _want(queue, _of_the_site(self._lookup), by="/")
        if settings.every:
            _want(queue, _of_the_library(self._lookup, queue, drafts=settings.drafts))
        queue.collected()
        while _round(settings, self._store, queue, _BRING[settings.way], tell):
            pass
        queue.settle_hidden()
        queue.finish()
        for address, reason in queue.missing(of_items):
            not_had(log, address, reason)
        return MediaStats(*queue.sums())

    def paths(self) -> Iterator[str]:
        """The files below the output folder that came along, by now."""
        if self._queue is not None and self._store is not None:
            yield from filter(None, (self._store.path_of(file.place) for file in self._queue.had()))

    def close(self) -> None:
        if self.files is not None:
            self.files.close()
        if self._queue is not None:
            self._queue.close()
