"""What the old site's kinds and taxonomies are called in Hugo: sections, taxonomy keys, the paths of term pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from converters.exporters.hugo.keys import READ_FROM_ONE_MAP
from converters.exporters.site.planner import section
from converters.exporters.site.taxonomies import FIXED, Taxonomies
from converters.frontmatter.labels import Labels
from converters.model import Site
from converters.model.limits import DEFAULT
from converters.paths import safe_name
from converters.remembered import remembered

RESERVED = frozenset(
    READ_FROM_ONE_MAP
    | {*FIXED.values(), "author", "category", "tag"}  # singular names stand beside them in the configuration
    | set(
        """_build _merge _target audio build cascade content custom dates expirydate files format headless iscjklanguage
        kind lang language layout linktitle locale markup menu menus modified outputs page pages path permalink pubdate
        publishdate published section sitemap site sites subterms target unpublishdate videos""".split()
    )
)
"""Keys that mean something else in front matter or to Hugo, which reads them without regard to case."""
_KEPT_IN_PATHS = frozenset("./\\_#+~-@")
_NEVER_IN_FILES = re.compile(r'[\x00-\x1f\x7f-\x9f<>:"|?*\\\\]')


def _plain(name: str) -> str:
    return safe_name(name.lower(), limit=DEFAULT.file_name_bytes).replace("-", "_") or "terms"


@remembered
def _sections(kinds: Sequence[str]) -> frozenset[str]:
    return frozenset(map(section, kinds))


def _is_reserved(key: str, site: Site) -> bool:
    """A section of the same name goes first."""
    return key in RESERVED or key in _sections(site.kinds)


TAXONOMIES = Taxonomies(_plain, _is_reserved, has_keys=lambda site: site.settings is not None)


def term_path(name: str) -> str:
    """The last part of a term's address, as Hugo derives it from the name (`paths.Sanitize` of its source)."""
    return _lower(sanitized(name))


def sanitized(path: str) -> str:
    """The path as Hugo's `paths.Sanitize` leaves it: in patterns of permalinks, too."""
    return "".join("-" if one.isspace() else one for one in path if one.isspace() or _allowed(one))


def page_path(name: str) -> str:
    """The path by which Hugo knows a term below its taxonomy, and which the folder of its page has to have.

    That is the name in small letters, spaces as `-`, and everything else as it is: `rock-&-roll`, whose address is
    `rock--roll`.
    """
    return _lower(name).replace(" ", "-")


def _lower(name: str) -> str:
    """In small letters as Go has them: letter by letter, and never two for one."""
    return name.lower() if name.isascii() else "".join(letter.lower()[0] for letter in name)


def _one_to_hugo(name: str) -> str:
    """The form in which names of terms are one page, on file systems that know no forms of Unicode, too; empty for one
    that leads to another page, or to none."""
    path = page_path(name)
    parts = path.split("/")
    return unicodedata.normalize("NFC", path) if all(part.strip(".") for part in parts) else ""


LABELS = Labels(_one_to_hugo)


def is_folder(path: str) -> bool:
    """Can folders be called so on every system, and does Hugo read them? It passes over `.x`, `#x` and `x~`."""
    parts = path.split("/")
    bad = _NEVER_IN_FILES.search(path) or any(not part or part[0] in ".#" or part[-1] in ".~ " for part in parts)
    return not bad and all(len(part.encode()) <= DEFAULT.file_name_bytes for part in parts)


def _allowed(character: str) -> bool:
    return character in _KEPT_IN_PATHS or unicodedata.category(character)[0] in "LM" or character.isdecimal()
