"""What lies inside of a source and no visitor of its site ever saw: passed over by every importer, and named.

The rule is for what is inside of the folder, archive or pattern that the user named, never for what was named itself:
`convert public/` reads that folder, and a file that is named is read whatever it is called. Names are compared in the
form of `converters.never`, so that no other spelling of `.env` gets through.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from converters.model.notices import Log
from converters.never import PUBLIC_HIDDEN, plain

HIDDEN = "hidden files and folders"
TOOLS = "folders and files of tools and of the system"
BACKUPS = "backups and what editors leave behind"
SECRETS = "keys and settings of a server"
DUMPS = "databases and logs"
PROGRAMS = "programs of the old server"
LINK, NOT_PLAIN = "a link", "no plain file"

_CODES = {HIDDEN: "source.hidden", TOOLS: "source.hidden", BACKUPS: "source.hidden"}
_PRIVATE = "source.private"
_NAMED = 8

_TOOLS = frozenset(
    """ node_modules bower_components jspm_packages __pycache__ __macosx _site site-packages _darcs lost+found
    $recycle.bin @eadir #recycle thumbs.db ehthumbs.db desktop.ini""".split()
) | {"system volume information"}
_VENDORED = frozenset("autoload.php composer bundle gems ruby modules.txt".split())
"""What a `vendor` of PHP's, Ruby's or Go's packages holds; others hold a site's own scripts."""
_BACKUPS = re.compile(
    r".*~|#.*#|~\$.*|.*\.(?:bak|back|backup|old|orig|save|sav|sw[a-p]|tmp|temp|rej|part|crdownload)\d*"
)
_ARCHIVES = tuple(".zip .tar .gz .tgz .bz2 .tbz .tbz2 .xz .txz .zst .7z .rar .jpa .wpress".split())
_OF_SITES = re.compile(r"back-?up|public_html|htdocs|wwwroot|wp-content|updraft|duplicator|\.wpress\Z")
"""In the name of an archive that holds a whole site."""
_SECRETS = re.compile(
    r"(?:wp-config|local-config|configuration|config\.inc|settings\.local|parameters|local-settings)(?:\W.*)?"
    r"\.(?:php|inc|ya?ml|txt)\w*|wp-config.*|id_(?:rsa|dsa|ecdsa|ed25519)(?:\W.*)?|htpasswd.*|env"
    r"|.*\.(?:pem|p12|pfx|pkcs12|p8|jks|keystore|kdbx?|ppk|ovpn|env)|(?:known_hosts|authorized_keys)\d?"
    r"|(?:credentials|secrets?)(?:\.(?:json|ya?ml|toml|txt|ini|xml))?|(?:sftp|sftp-config|auth)\.json|database\.ya?ml"
    r"|(?:service[-_]?account|appsettings)(?:\W.*)?\.json|docker-compose(?:\W.*)?\.ya?ml|my\.cnf|.*\.tfstate|wallet\.dat"
)
_DUMPS = re.compile(
    r".*\.(?:sql|sqlite3?|db3?|mdb|rdb|dump|log)(?:\.\d+)?(?:\.(?:gz|bz2|xz|zip|7z))?"
    r"|(?:error|access|debug)_log(?:[.-]\d+)*(?:\.gz)?"
)
_SHOWN = re.compile(r".*\.(?:x?html?|md|markdown|mdown|xml|jpe?g|png|gif|webp|avif|svg|css|js|pdf)")
"""Names of pages and of what pages show: `wp-config-explained.html` is no file of settings."""
_PROGRAMS = re.compile(r".*\.(?:php\d?|phtml|phar|cgi|fcgi|jspx?|aspx?|ashx|asmx|cfm)")
_CODE = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?(?!xml)|<%|#!|\Z)|.*<\?(?:php|=)", re.I | re.S)
"""How a program begins, or what one holds; a page that was saved under the name of one is none."""
_TEXTS = re.compile(r"[^.]*|.*\.(?:key|txt|crt|cer|asc|dat)")
"""Names under which keys are kept."""
_ZIP = b"PK"
"""How a presentation begins that is called `.key`."""
_MEMBER = re.compile(rb"PK\x01\x02.{24}(..).{16}", re.S)
"""An entry in the list of members at the end of a ZIP archive, with the length of the name that follows it (APPNOTE.TXT
4.3.12)."""
_LIST = 4 << 20
"""Bytes of that list that are looked at."""
_KEY = re.compile(rb"\s*-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----|PuTTY-User-Key-File")


def passed_over(path: str, head: bytes | None = None) -> str:
    """Why a file with this path below what was named is passed over; empty when it is not.

    `head`: its first bytes, where they are known; without them, programs of a server are not told from pages.
    """
    parts = [plain(part) for part in path.replace("\\", "/").split("/")]
    if parts[0] == PUBLIC_HIDDEN:
        parts = parts[1:] or [""]
    for part in parts:
        if part.startswith("."):
            return HIDDEN
        if part in _TOOLS:
            return TOOLS
    last = parts[-1]
    if reason := _by_name(last):
        return reason
    if _BACKUPS.fullmatch(path.rpartition("/")[2].lower()):  # `x~`, whose mark may be lost in the compared form
        return BACKUPS
    if head is None:
        return ""
    if _KEY.match(head) or (last.endswith(".key") and not head.startswith(_ZIP)):
        return SECRETS
    return PROGRAMS if _PROGRAMS.fullmatch(last) and _CODE.match(head) else ""


def _by_name(last: str) -> str:
    if last.endswith(_ARCHIVES) and _OF_SITES.search(last):
        return BACKUPS
    for pattern, reason in ((_SECRETS, SECRETS), (_DUMPS, DUMPS), (_BACKUPS, BACKUPS)):
        if pattern.fullmatch(last) and not _SHOWN.fullmatch(last):
            return reason
    return ""


def holds_private(file: Path, path: str) -> bool:
    """Is a file with this path a ZIP archive that holds keys, settings of a server or databases, as a backup of a site
    does? The names of its members are looked at, those in the last part of their list; nothing is unpacked."""
    if not plain(path).endswith(".zip"):
        return False
    try:
        with file.open("rb") as opened:
            opened.seek(max(0, file.stat().st_size - _LIST))
            data = opened.read(_LIST)
    except OSError:
        return False
    for entry in _MEMBER.finditer(data):
        name = data[entry.end() : entry.end() + int.from_bytes(entry[1], "little")]
        if passed_over(name.decode("utf-8", "replace").strip("/") or "x") in (SECRETS, DUMPS):
            return True
    return False


def may_be_private(path: str) -> bool:
    """Does it take the first bytes of a file with this name to tell whether it is passed over?"""
    last = plain(path.rpartition("/")[2])
    return _PROGRAMS.fullmatch(last) is not None or _TEXTS.fullmatch(last) is not None


def no_plain_file(path: Path) -> str:
    """What is there in place of a file or a folder; empty for these. Links are not followed."""
    if path.is_symlink():
        return LINK
    return "" if path.is_file() or path.is_dir() else NOT_PLAIN


def head_of(file: Path, size: int, unreadable: bytes = b"") -> bytes:
    """The first bytes of a file; `unreadable` for one that cannot be read, which is named where it is copied."""
    try:
        with file.open("rb") as opened:
            return opened.read(size)
    except OSError:
        return unreadable


def printable(path: str) -> str:
    """A path as text, also one whose bytes are none."""
    return path.encode("utf-8", "backslashreplace").decode()


def vendored(paths: Iterable[str]) -> set[str]:
    """The `vendor` folders, with a slash at the end, that hold packages of a program."""
    found = set()
    for path in paths:
        before, mark, after = f"/{path}".rpartition("/vendor/")
        if mark and after.partition("/")[0].lower() in _VENDORED:
            found.add(f"{before}{mark}"[1:])
    return found


class PassedOver:
    """Collects what was passed over, to name it once a kind."""

    def __init__(self) -> None:
        self._found: dict[str, list[str]] = {}

    def hides(self, path: str, head: bytes | None = None) -> bool:
        """Is a file or folder of this path passed over? It is counted, then."""
        reason = passed_over(path, head)
        if reason:
            self.add(path, reason)
        return bool(reason)

    def add(self, path: str, reason: str) -> None:
        self._found.setdefault(reason, []).append(path)

    def note(self, log: Log) -> None:
        """A notice for each kind, with how many there are and the first of them."""
        for reason, paths in self._found.items():
            shown = ", ".join(printable(path) for path in sorted(paths)[:_NAMED])
            more = ", …" if len(paths) > _NAMED else ""
            log(_CODES.get(reason, _PRIVATE), f"{len(paths)}: {shown}{more}", where=reason)
        self._found.clear()
