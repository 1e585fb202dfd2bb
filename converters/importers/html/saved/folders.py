"""Files of programs that save pages, beside the pages: known by where they lie, and left out with a word on each.

A browser saves `Page.html` and what it shows in `Page_files` (in the languages of the browser: `Page-Dateien`,
`Page_fichiers`). Pages in there are frames of advertisements and players, and no pages of the site. HTTrack puts a page
and pictures of its own beside the folder of each host; wget saves every way to sort the list of a folder.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from converters.importers.html import file_kinds

_COMPANIONS = tuple(
    """_files -files .files _file -dateien -filer _filer _fichiers _bestanden _archivos _ficheiros _arquivos _soubory
    _pliki _datoteke _elemei -elemei _fajlovi _tiedostot _dosyalar _fails _failid _bylos _arxius _fitxategiak
    -fitxategiak -tiedostot _subory _fisiere -fisiere _tiedostoja _skrar _adroddfiles ファイル _ファイル _文件 _檔案
    _files_ _файлы -файлы""".split()
)
"""Names of the folder behind the name of the page, as Internet Explorer, Word, Firefox and Chrome write them."""
_PAGES = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".shtml", ".php", ".aspx")
_WORD = re.compile(
    r"(?:filelist|editdata|oledata|themedata|colorschememapping|props\d+|item\d+|master\d+|header)\.(?:xml|mso|thmx|html?)"
    r"|.*\.(?:mso|thmx|wmz|emz)"
)
_SCRIPTS = (".download", ".js", ".css", ".mjs", ".js.tải xuống", ".js.téléchargement", ".js.descarga")
_HTTRACKS_LOGS = frozenset({"hts-log.txt", "hts-err.txt"})
_HTTRACKS = _HTTRACKS_LOGS | {"hts-in_progress.lock", "backblue.gif", "fade.gif", "cookies.txt", "external.html"}
_INDEX = re.compile(rb"<title>[^<]{0,80}HTTrack Website Copier[^<]{0,80}</title>", re.I)
_SORTED = re.compile(r"index\.html?[?@]c=[nmsd](?:;|&|&amp;|%3b)o=[ad](?:\.html?)?")
_OWN_DATA = (
    (re.compile(r"(?:.*/)?[^/]* [0-9a-f]{32}(?:_all)?\.csv"), "table of Notion"),
    (re.compile(r"(?:.*/)?payload-\d+\.json"), "account data of Tumblr"),
)
"""What programs export beside their pages, and nobody has seen."""
FRAME = "frame of a saved page"
WORDS_OWN = "file of Word's own"
STYLE = "style or script of the old site"
HTTRACK = "file of HTTrack's own"
SORTED = "list page"


def aside(paths: Sequence[str]) -> dict[str, str]:
    """path -> why the file is left out, of the files that a program put beside the pages it saved."""
    pages = {path.rpartition(".")[0] for path in paths if path.lower().endswith(_PAGES)}
    mirrors = {path.rpartition("/")[0] for path in paths if path.rpartition("/")[2] in _HTTRACKS_LOGS}
    mirrors |= {path.rpartition("hts-cache/")[0].rstrip("/") for path in paths if "hts-cache/" in path}
    indexes = {f"{folder}/index.html".lstrip("/") for folder in _with_hosts(paths, mirrors)}
    found = {}
    for path in paths:
        if path in indexes:
            found[path] = HTTRACK
            continue
        reason = _in_companion(path, pages) or _of_mirror(path, mirrors)
        reason = reason or next((why for pattern, why in _OWN_DATA if pattern.fullmatch(path)), "")
        if not reason and _SORTED.fullmatch(path.rpartition("/")[2].lower()):
            reason = SORTED
        if reason:
            found[path] = reason
    return found


def by_content(head: bytes) -> str:
    """Why a page is left out that HTTrack wrote itself: the list of what it mirrored."""
    return HTTRACK if _INDEX.search(head[:4096]) else ""


def _in_companion(path: str, pages: set[str]) -> str:
    """Of a file in the folder of a saved page; empty for a picture in there, and for files elsewhere."""
    steps = path.split("/")
    for number, step in enumerate(steps[:-1]):
        if not step.lower().endswith(_COMPANIONS):
            continue
        suffix = next((suffix for suffix in _COMPANIONS if step.lower().endswith(suffix)), "")
        if suffix and "/".join([*steps[:number], step[: len(step) - len(suffix)]]) in pages:
            name = steps[-1].lower()
            if _WORD.fullmatch(name):
                return WORDS_OWN
            if name.endswith(_SCRIPTS):
                return STYLE
            return FRAME if file_kinds.suffix_of(name) in _PAGES else ""
    return ""


def _with_hosts(paths: Sequence[str], mirrors: set[str]) -> set[str]:
    """The mirrors that hold a folder for each host, beside which HTTrack puts a list of them."""
    found = set()
    for path in paths if mirrors else ():
        folder = ""
        for step in path.split("/")[:-1]:
            if "." in step and folder in mirrors:
                found.add(folder)
            folder = f"{folder}/{step}" if folder else step
    return found


def _of_mirror(path: str, mirrors: set[str]) -> str:
    if not mirrors:
        return ""
    folder, _, name = path.rpartition("/")
    own = (folder in mirrors and name.lower() in _HTTRACKS) or f"/{folder}/".endswith("/hts-cache/")
    return HTTRACK if own else ""
