"""The user's rules that concern any source: fields, terms, authors, menus, URLs, posts to leave out."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from fnmatch import fnmatchcase
from typing import Any, TypeVar, cast

import msgspec

from converters import urls
from converters.model import Author, Entry, MenuItem, Post, Role, Site, Term
from converters.model.notices import Log
from converters.passes.base import Work
from converters.plugin import SiteLookup
from converters.rules import LeaveOut, Rules

_OF_IMPORTERS = ("shortcodes", "blocks", "classes", "front_matter")
"""Rules that are applied where their things are met, those for front matter by the exporters."""
_TAXONOMIES = {"category": "categories", "post_tag": "tags"}
LEFT_OUT = "left out by a rule"


class SiteRules:
    """The rules of one site, ready to be applied to its posts."""

    def __init__(self, rules: Rules) -> None:
        self._rules = rules
        self._terms = {
            taxonomy: {name.casefold(): name for name in getattr(rules, table)}
            for taxonomy, table in _TAXONOMIES.items()
        }
        self._authors = {name.casefold(): name for name in rules.authors}
        self._addresses = Addresses(rules.addresses)
        self._of_posts = bool(rules.fields or rules.categories or rules.tags or rules.authors)

    def entry(self, entry: Entry) -> Entry:
        """The entry, left out where the user wants it to stay behind."""
        if entry.role is not Role.CONTENT or self._rules.leave_out == LeaveOut() or not self._stays_behind(entry):
            return entry
        return msgspec.structs.replace(entry, role=Role.EXCLUDED, reason=LEFT_OUT)

    def _stays_behind(self, entry: Entry) -> bool:
        rule = self._rules.leave_out
        day = entry.date.date() if entry.date is not None else None
        address = urls.split(entry.permalink) if entry.permalink else None
        path = address.path if address is not None else ""
        return (
            entry.id in rule.ids
            or entry.slug in rule.slugs
            or entry.kind in rule.types
            or entry.status in rule.statuses
            or any(fnmatchcase(path, pattern) for pattern in rule.addresses)
            or (day is not None and rule.before is not None and day < rule.before)
            or (day is not None and rule.after is not None and day > rule.after)
        )

    def site(self, site: Site) -> Site:
        """The site with its terms and authors under their new names, and addresses of its menus rewritten."""
        terms = (self._term(term) for term in site.terms)
        authors = map(self._named, site.authors)
        menus = tuple(
            msgspec.structs.replace(menu, items=tuple(self._entry(item) for item in menu.items)) for menu in site.menus
        )
        kept = tuple(term for term in terms if term is not None)
        return msgspec.structs.replace(site, terms=kept, authors=tuple(authors), menus=menus)

    def _entry(self, item: MenuItem) -> MenuItem:
        new = self._addresses.moved(item.address)
        return item if new is None else msgspec.structs.replace(item, address=new)

    def _named(self, author: Author) -> Author:
        name = self._author(author.login, author.name)
        return author if name == author.name else msgspec.structs.replace(author, name=name, chosen=True)

    def _author(self, login: str, name: str, log: Log | None = None) -> str:
        rule = self._authors.get(login.casefold()) or self._authors.get(name.casefold())
        if rule is not None and log is not None:
            log("rule.applied", f"authors {rule}: {self._rules.authors[rule]}")
        return name if rule is None else self._rules.authors[rule]

    def _term(self, term: Term, log: Log | None = None) -> Term | None:
        table, known = _TAXONOMIES.get(term.taxonomy, ""), self._terms.get(term.taxonomy, {})
        rule = known.get(term.name.casefold()) or known.get(term.slug.casefold())
        if rule is None:
            return term
        new = getattr(self._rules, table)[rule]
        if log is not None:
            log("rule.applied", f"{table} {rule}: {new or 'left out'}")
        return msgspec.structs.replace(term, name=new, chosen=True) if new else None

    def post(self, post: Post, site: Site, log: Log) -> None:
        """Apply them to a post, in place. `site` is the one of the source; names of authors stand in that of `site`."""
        if not self._of_posts:
            return
        terms = (self._term(term, log) for term in post.terms)
        post.terms = tuple(term for term in terms if term is not None)
        for author in site.authors if self._authors else ():
            if author.login in post.authors:
                self._author(author.login, author.name, log)
        if self._rules.fields:
            self._fields(post, log)

    def _fields(self, post: Post, log: Log) -> None:
        """Custom fields, which are among the parameters where they have a known meaning."""
        params, extra = dict(post.params), dict(post.extra)
        for fields in (params, extra):
            for name in list(fields):
                known, key = self._field(name)
                if known:
                    value = fields.pop(name)
                    log("rule.applied", f"fields {name}: {key or 'left out'}")
                    if key:
                        params[key] = value
        post.params, post.extra = params, extra

    def _field(self, name: str) -> tuple[bool, str | None]:
        """Is there a rule for a field, and the key it gets?"""
        if name in self._rules.fields:
            return True, self._rules.fields[name]
        return any(rule.endswith("*") and name.startswith(rule[:-1]) for rule in self._rules.fields), None


_Lookup = TypeVar("_Lookup", bound=SiteLookup)


def renamed(lookup: _Lookup, rules: SiteRules | None) -> _Lookup:
    """The lookup, with the site as the rules name its parts; the same where there are none."""
    if rules is None:
        return lookup
    found: Any = copy.copy(lookup)
    found.site = rules.site(lookup.site)
    return cast(_Lookup, found)


def site_rules(rules: Rules) -> SiteRules | None:
    """What to apply; None where no rule concerns whole posts."""
    asked: Mapping[str, Any] = {name: getattr(rules, name) for name in rules.__struct_fields__}
    others = {name: value for name, value in asked.items() if name not in _OF_IMPORTERS}
    return SiteRules(rules) if any(value not in ({}, LeaveOut()) for value in others.values()) else None


def apply(work: Work) -> None:
    """The rules for fields, terms and authors of a post."""
    if work.post is not None and work.site.rules is not None:
        work.site.rules.post(work.post, work.site.lookup.site, work.log)


class Addresses:
    """The rules of one site; the longest beginning counts. `http` and `https` are one."""

    def __init__(self, rules: Mapping[str, str]) -> None:
        ordered = sorted(rules.items(), key=lambda pair: -len(pair[0]))
        self._rules = [(old, _without_scheme(old), new) for old, new in ordered]

    def __bool__(self) -> bool:
        return bool(self._rules)

    def moved(self, address: str, log: Log | None = None) -> str | None:
        """The address with its new beginning; None where no rule is about it."""
        bare = _without_scheme(address) if self._rules else ""
        for old, beginning, new in self._rules:
            if bare.startswith(beginning):
                if log is not None:
                    log("rule.applied", f"addresses {old}: {new}")
                return new + bare[len(beginning) :]
        return None


def _without_scheme(address: str) -> str:
    """`//host/path` for both `http:` and `https:`; any other address as it is."""
    for scheme in ("https:", "http:"):
        if address.startswith(scheme):
            return address[len(scheme) :]
    return address
