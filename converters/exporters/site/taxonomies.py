"""What the taxonomies of the old site are called in front matter: one key each, none that means something else."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from converters.frontmatter.keys import COMMON
from converters.frontmatter.unique_keys import note_renamed, taxonomy_keys
from converters.model import Site
from converters.model.limits import DEFAULT
from converters.model.notices import Log
from converters.paths import safe_name
from converters.remembered import remembered

FIXED = {"category": "categories", "post_tag": "tags"}
"""Those that every generator knows."""
_NO_WORD = re.compile(r"[^\w-]+")


def _never(site: Site) -> bool:
    return False


class Taxonomies:
    """The keys of one target's front matter."""

    def __init__(
        self,
        plain: Callable[[str], str],
        is_reserved: Callable[[str, Site], bool],
        has_keys: Callable[[Site], bool] = _never,
    ) -> None:
        """`plain`: a name as a key. `is_reserved`: does a key mean something else? `has_keys`: is it a site of the
        target itself, whose taxonomies are called by their keys already?"""
        self._plain, self._is_reserved, self._has_keys = plain, is_reserved, has_keys
        self._of_site = remembered(self._all)

    def of(self, site: Site, more: Iterable[str] = ()) -> dict[str, str]:
        """taxonomy -> key, of those of the site and of `more`."""
        known = self._of_site(site)
        new = [name for name in more if name not in known]
        return self._keys(new, known, site) if new else known

    def key(self, name: str, site: Site) -> str:
        """The key of a taxonomy in front matter and configuration."""
        return self.of(site).get(name) or self.of(site, (name,))[name]

    def note_renamed(self, site: Site, log: Log) -> None:
        """Name those with another key than their own name."""
        if not self._has_keys(site):
            note_renamed(self.of(site), FIXED, self._plain, log)

    def _all(self, site: Site) -> dict[str, str]:
        return self._keys(dict.fromkeys(term.taxonomy for term in site.terms), FIXED, site)

    def _keys(self, found: Iterable[str], known: dict[str, str], site: Site) -> dict[str, str]:
        if self._has_keys(site):
            return known | {name: name for name in found if name not in known}
        return taxonomy_keys(found, known, self._plain, lambda key: self._is_reserved(key, site))


def plain_key(name: str) -> str:
    """The name of a taxonomy as a word."""
    return safe_name(_NO_WORD.sub("-", name.lower()), limit=DEFAULT.file_name_bytes).replace("-", "_") or "terms"


PLAIN = Taxonomies(plain_key, lambda key, site: key in COMMON.names)
"""For front matter that has the common keys, and nobody else's."""
