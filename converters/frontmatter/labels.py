"""What terms and authors are called in front matter: each by a label that no other one of the site has.

Static site generators know terms and authors by their names, WordPress by slug and login, so that two of one name
(`News`, and `News` below `Events`) would become one. The one whose slug follows from its name keeps it; the others get
the name of the term above behind theirs, else their slug: `News (Events)`. Their pages keep the plain name as title.
Those that a rule of the user's calls by one name are one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from converters.model import Author, Post, Site, Term
from converters.model.notices import Log
from converters.old_site.archives import nicename
from converters.old_site.languages import Languages
from converters.old_site.slugs import slug_of
from converters.remembered import remembered

_Identity = tuple[str, str, str, str]
_NUMBERED = re.compile(r"-\d+$")


class _Known(NamedTuple):
    """What of a site has another label than its name, and names by logins."""

    terms: dict[_Identity, str]
    """of terms with another label than their name"""
    authors: dict[str, str]
    """login -> label, of every author"""
    alike: dict[str, str]
    """the login as it is in URLs -> label"""


class Labels:
    """The labels of one target."""

    def __init__(self, form: Callable[[str], str] = str) -> None:
        """`form`: two names that have the same form are one to the target; one of no form cannot be a name there."""
        self._form = form
        self._of_site = remembered(self._all)

    def term(self, term: Term, site: Site) -> str:
        """What front matter calls a term."""
        known = {} if term.chosen else self._of_site(site).terms
        return known.get(_identity(term), term.name) if known else term.name

    def terms(self, post: Post, site: Site) -> Iterator[tuple[str, str]]:
        """(taxonomy, label) of the post's terms; nothing for those without a name."""
        return ((term.taxonomy, self.term(term, site)) for term in post.terms if term.name)

    def author(self, login: str, site: Site) -> str:
        """What front matter calls an author; the login where the source knows no name."""
        known = self._of_site(site)
        return known.authors.get(login) or known.alike.get(nicename(login)) or login

    def authors(self, post: Post, site: Site) -> list[str]:
        """The labels of a post's authors, each once."""
        return list(dict.fromkeys(self.author(login, site) for login in post.authors))

    def note(self, site: Site, log: Log) -> None:
        """Name the terms and authors that have another label than their name."""
        known = self._of_site(site)
        for term in site.terms if known.terms else ():
            if (label := self.term(term, site)) != term.name:
                log("term.renamed", term.name, new=label, where=term.taxonomy)
        for author in site.authors:
            if (label := known.authors.get(author.login, author.name)) != author.name:
                log("author.renamed", author.name, new=label)

    def _all(self, site: Site) -> _Known:
        authors = self._authors(site.authors)
        return _Known(self._terms(site), authors, {nicename(login): label for login, label in authors.items()})

    def _terms(self, site: Site) -> dict[_Identity, str]:
        languages = Languages(site)

        def of(term: Term) -> tuple[str, str, str]:
            return term.taxonomy, languages.of(term.language), self._form(term.name)

        groups: dict[tuple[str, str, str], dict[_Identity, Term]] = {}
        for term in site.terms:
            if term.name and not term.chosen:
                groups.setdefault(of(term), {}).setdefault(_identity(term), term)
        above = {(term.taxonomy, term.slug): term.name for term in reversed(site.terms)}
        taken, found = set(groups) | {of(term) for term in site.terms if term.chosen}, {}
        for (taxonomy, language, form), same in groups.items():
            if len(same) == 1 and form:  # as nearly always
                continue
            for term in sorted(same.values(), key=_is_odd)[1 if form else 0 :]:
                parent = above.get((taxonomy, term.parent), "") if term.parent else ""
                for label in _candidates(term.name, parent, term.slug):
                    if (form := self._form(label)) and (taxonomy, language, form) not in taken:
                        taken.add((taxonomy, language, form))
                        found[_identity(term)] = label
                        break
        return found

    def _authors(self, authors: Sequence[Author]) -> dict[str, str]:
        names: dict[str, list[Author]] = {}
        for author in authors:
            names.setdefault(self._form(author.name), []).append(author)
        taken, found = set(names), {author.login: author.name for author in authors}
        for form, same in names.items():
            for author in [one for one in same if not one.chosen][1 if form else 0 :]:
                for label in _candidates(author.name, "", nicename(author.login) or author.id):
                    if (form := self._form(label)) and form not in taken:
                        taken.add(form)
                        found[author.login] = label
                        break
        return found


def _identity(term: Term) -> _Identity:
    return term.taxonomy, term.slug, term.language, term.name


def _is_odd(term: Term) -> tuple[bool, bool, bool]:
    """Has it another slug than WordPress gives to the first one of a name? Then: is it below another, or numbered?"""
    return term.slug != slug_of(term.name), bool(term.parent), _NUMBERED.search(term.slug) is not None


def _candidates(name: str, parent: str, slug: str) -> Iterator[str]:
    """Labels, the best first."""
    yield from (f"{name} ({mark})" for mark in (parent, slug) if mark and mark != name)
    stem, number = slug.replace("/", "-") or "term", 2
    yield stem
    while True:
        yield f"{stem} ({number})"
        number += 1


PLAIN = Labels()
"""For targets to which names differ as soon as they are written in another way."""
