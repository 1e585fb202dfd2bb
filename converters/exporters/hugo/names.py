"""What the old site's kinds and taxonomies are called in Hugo: sections, taxonomy keys, the paths of term pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from converters.limits import DEFAULT
from converters.model import Site
from converters.paths import safe_name
from converters.remembered import remembered

_SECTIONS = {"post": "posts"}
_TAXONOMIES = {"category": "categories", "post_tag": "tags"}
_FRONT_MATTER = frozenset(  # keys that mean something else in front matter; Hugo reads them without regard to case
    """aliases author authors build cascade categories comments_open content custom date dates description draft
    expirydate featured_image files format guid headless images iscjklanguage keywords kind lang language lastmod layout
    linktitle markup menu menus outputs page pages params path permalink post_format private protected publishdate
    resources section seo_title sitemap site slug source_id status sticky summary tags title translationkey type url
    videos weight""".split()
)
_KEPT_IN_PATHS = frozenset("./\\_#+~-@")
_NEVER_IN_FILES = re.compile(r'[\x00-\x1f\x7f<>:"|?*\\\\]')


def section(kind: str) -> str:
    """The folder below `content/` for a kind of post; empty for pages, which stand in the tree of the site itself."""
    if kind == "page":
        return ""
    return _SECTIONS.get(kind) or safe_name(kind.lower(), limit=DEFAULT.file_name_bytes) or "items"


def taxonomy(name: str, site: Site) -> str:
    """The key of a taxonomy in front matter and configuration. A section of the same name goes first."""
    if site.settings is not None:  # a Hugo site, whose front matter and configuration have its key already
        return _TAXONOMIES.get(name, name)
    key = _TAXONOMIES.get(name) or safe_name(name.lower(), limit=DEFAULT.file_name_bytes).replace("-", "_") or "terms"
    if name not in _TAXONOMIES and (key in _FRONT_MATTER or key in _sections(site.kinds)):
        key += "_terms"
    return key


@remembered
def _sections(kinds: Sequence[str]) -> frozenset[str]:
    return frozenset(map(section, kinds))


def term_path(name: str) -> str:
    """The last part of a term's address, as Hugo derives it from the name (`paths.Sanitize` of its source)."""
    return "".join("-" if one.isspace() else one for one in name if one.isspace() or _allowed(one)).lower()


def page_path(name: str) -> str:
    """The path by which Hugo knows a term below its taxonomy, and which the folder of its page has to have.

    That is the name in small letters, spaces as `-`, and everything else as it is: `rock-&-roll`, whose address is
    `rock--roll`.
    """
    return name.lower().replace(" ", "-")


def is_folder(path: str) -> bool:
    """Can folders be called so on every system, and does Hugo read them? It passes over `.x`, `#x` and `x~`."""
    parts = path.split("/")
    bad = _NEVER_IN_FILES.search(path) or any(not part or part[0] in ".#" or part[-1] in ".~ " for part in parts)
    return not bad and all(len(part.encode()) <= DEFAULT.file_name_bytes for part in parts)


def _allowed(character: str) -> bool:
    return character in _KEPT_IN_PATHS or unicodedata.category(character)[0] in "LM" or character.isdecimal()
