"""The terms below a term: WordPress lists their posts with its own (`include_children` of `WP_Query`)."""

from __future__ import annotations

from converters.frontmatter.labels import Labels
from converters.model import Site, Term
from converters.old_site.archives import Archives
from converters.old_site.languages import Languages


class SubTerms:
    """Of all terms of a site, by their labels in front matter."""

    def __init__(self, site: Site, labels: Labels) -> None:
        self._found: dict[tuple[str, str, str], list[str]] = {}
        self._languages = Languages(site)
        archives = Archives(site)
        for term in site.terms:
            label = labels.term(term, site)
            for above in archives.above(term) if term.parent and label else ():
                self._found.setdefault(self._key(above), []).append(label)

    def of(self, term: Term) -> list[str]:
        """The labels of all terms below it, in the order of the source."""
        return self._found.get(self._key(term), [])

    def _key(self, term: Term) -> tuple[str, str, str]:
        return term.taxonomy, term.slug, self._languages.of(term.language)
