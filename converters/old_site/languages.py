"""The languages of a site: which one something is in, and where the addresses of each began on the old site."""

from __future__ import annotations

from collections.abc import Sequence

from converters.model import Site, Term
from converters.remembered import remembered


class Languages:
    """Of one site. A site of one language has nothing of it."""

    def __init__(self, site: Site) -> None:
        self.all = site.languages
        self.default = site.languages[0].code if site.languages else ""
        self._codes = {language.code for language in site.languages}
        self._default_below_code = site.default_below_code

    def of(self, code: str) -> str:
        """The language of something the source gives this one; what has none counts as of the site's own."""
        return code if code in self._codes else self.default

    def mark(self, code: str) -> str:
        """The language as files are told by: `fr`; empty for the site's first."""
        return "" if self.of(code) == self.default else code

    def folder(self, code: str) -> str:
        """What the addresses of a language begin with: `/fr`."""
        code = self.of(code)
        return f"/{code}" if code and (code != self.default or self._default_below_code) else ""

    def below(self, path: str, code: str) -> str:
        """The path without the language's folder."""
        folder = self.folder(code)
        return path[len(folder) :] if folder and path.startswith(f"{folder}/") else path


@remembered
def terms_by_id(terms: Sequence[Term]) -> dict[tuple[str, str], list[Term]]:
    """(taxonomy, id) -> its terms: several where a term is named in several languages."""
    found: dict[tuple[str, str], list[Term]] = {}
    for term in terms:
        found.setdefault((term.taxonomy, term.id), []).append(term)
    return found
