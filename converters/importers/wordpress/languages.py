"""In which language an item is written, and what its translations are, as multilingual plug-ins say it.

Polylang keeps a language as a term (`language`, its slug the code, its description a PHP array with the locale), and
translations as terms whose description maps codes to ids (`post_translations`, `term_translations`); all of it is in an
export of all content. https://polylang.pro/doc/. WPML keeps both in tables of its own, which no export holds: what its
exports say is taken from the terms, meta fields and addresses that some versions and add-ons leave behind.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache
from typing import Any

import msgspec

from converters.importers.shared.languages import NAMES, name_of
from converters.importers.wordpress import php
from converters.importers.wordpress.rawitem import RawItem
from converters.model import Language, Term
from converters.model.notices import Log
from converters.urls import decoded, root_of, split

TAXONOMIES = frozenset(
    "language post_translations term_language term_translations wpml_language translation_priority".split()
)
"""The plug-ins' own. They are read here, and are no taxonomies for a reader."""

META = frozenset("trid _trid wpml_trid _wpml_trid wpml_language _wpml_language wpml_language_code".split()) | {
    "_wpml_language_code",
    "_icl_lang_duplicate_of",
}
"""Fields that are read here and say nothing else."""

_STATED_IN_TERMS = ("language", "wpml_language")
_MAY_STATE = "lang"  # some sites file programming languages under it
_STATED_IN_META = ("wpml_language", "_wpml_language", "wpml_language_code", "_wpml_language_code", "language_code")
_GROUP_IN_META = ("trid", "_trid", "wpml_trid", "_wpml_trid")
_DUPLICATE_OF = "_icl_lang_duplicate_of"
_WPML = ("_wpml_", "_icl_")
_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8})*")
_QUERY = re.compile(r"(?:^|&)lang=([A-Za-z_-]{2,8})(?:&|$)")

_CODES = frozenset(NAMES) | frozenset(
    """aa ab ae ak an as av ay ba bh bi bm bo br ce ch co cr cu cv dv dz ee ff fj fo gn gv ha ho ht hz ia ie ig ii ik io
    iu jv kg ki kj kl kr ks ku kv kw ky lg li ln lu mg mh mi na nd ng nr nv ny oj om or os pi qu rn rw sa sc sd se sg sh
    sm sn ss st su tg ti tk tn to ts tt tw ty ug ve vo wa wo xh yo za zu
    ar-ma cn cz dk gr in iw jp kz rs ua us""".split()
)
"""ISO 639-1, and codes of countries that sites use for languages."""


@lru_cache(maxsize=1024)
def code_of(written: str) -> str:
    """A code or locale (`fr`, `pt_BR`) in the form that all parts of a conversion use."""
    return written.strip().lower().replace("_", "-")


@lru_cache(maxsize=1024)
def is_code(written: str) -> bool:
    code = code_of(written)
    return code.partition("-")[0] in _CODES and _CODE.fullmatch(code) is not None


class LanguageReader:
    """Gathers the languages of one site while it is surveyed."""

    def __init__(self) -> None:
        self._stated: dict[str, Language] = {}
        self._groups: dict[str, str] = {}
        """id of an item -> the term that holds its translations"""
        self._terms: dict[str, tuple[str, str]] = {}
        """id of a term -> (language, the term that holds its translations)"""
        self._all, self._plain, self._below = Counter[str](), Counter[str](), Counter[str]()

    def take_term(self, term: Term) -> bool:
        """Read a term of the head; False when it has nothing to do with languages."""
        if term.taxonomy not in TAXONOMIES:
            return states_language(term.taxonomy, term.slug, term.name)
        value = php.read(term.description)
        if term.taxonomy == "language" and _CODE.fullmatch(code_of(term.slug)):
            code = code_of(term.slug)
            self._stated.setdefault(code, Language(code, term.name or code, locale=_locale(value)))
        elif term.taxonomy == "post_translations":
            self._groups |= dict.fromkeys(_ids(value).values(), term.slug)
        elif term.taxonomy == "term_translations":
            self._terms |= {id: (code, term.slug) for code, id in _ids(value).items()}
        return True

    def of(self, item: RawItem, id: str, log: Log) -> tuple[str, str]:
        """(language, translation group) of an item; both may be empty."""
        group = next((c.slug for c in item.categories if c.domain == "post_translations"), "")
        return self._language(item, log), group or self._groups.get(id, "") or _wpml_group(item)

    def _language(self, item: RawItem, log: Log) -> str:
        for domain, slug, name in item.categories:
            if domain not in _STATED_IN_TERMS and not states_language(domain, slug, name):
                continue
            code = code_of(decoded(slug))
            if code in self._stated or is_code(code):
                self._stated.setdefault(code, Language(code, name.strip() or code))
                return code
            log("language.unknown", name or slug)
        stated = (value for key, value in item.meta if key in _STATED_IN_META)
        code = next((code_of(value) for value in stated if is_code(value)), "")
        if not code and any(key.startswith(_WPML) for key, _ in item.meta):
            code = _in_address(item["link"])
        return code

    def see(self, language: str, permalink: str, base_url: str) -> None:
        """Count an item of content: which language stands at plain addresses, which below `/fr/`?"""
        if language:
            self._all[language] += 1
            first = _first_folder(permalink, base_url)
            self._plain[language] += first is not None and first != language
            self._below[language] += first == language

    def term(self, term: Term) -> Term:
        """The term with the language and the group that the head names for its id."""
        language, group = self._terms.get(term.id, ("", ""))
        return msgspec.structs.replace(term, language=language, group=group) if language else term

    def languages(self, site_language: str) -> tuple[Language, ...]:
        """The languages that items are written in, the site's own first; nothing when there is only one."""
        if len(self._all) < 2:
            return ()
        default = self._default(code_of(site_language))
        order = [default, *(code for code in self._stated if code in self._all)]
        codes = dict.fromkeys((*order, *sorted(self._all, key=lambda code: (-self._all[code], code))))
        return tuple(self._stated.get(code) or Language(code, name_of(code)) for code in codes)

    def _default(self, site_language: str) -> str:
        """The one language whose addresses bear no code; else the site's; else the most frequent."""
        plain = [code for code, count in self._all.items() if self._plain[code] * 2 > count]
        if len(plain) == 1:
            return plain[0]
        locales = {code_of(language.locale): code for code, language in self._stated.items() if code in self._all}
        for wanted in (site_language, site_language.partition("-")[0]):
            if wanted in self._all or wanted in locales:
                return wanted if wanted in self._all else locales[wanted]
        return max(self._all, key=lambda code: (self._all[code], code))

    def below_code(self, default: str) -> bool:
        """Do the addresses of the default language bear its code too?"""
        return self._below[default] * 2 > self._all[default]


def states_language(taxonomy: str, slug: str, name: str) -> bool:
    """Does a term of a taxonomy that may be about anything state a language? Only when code and name fit."""
    return taxonomy == _MAY_STATE and is_code(slug) and name.strip().casefold() == name_of(code_of(slug)).casefold()


def _locale(value: Any) -> str:
    locale = value.get("locale") if isinstance(value, dict) else None
    return locale.replace("_", "-") if isinstance(locale, str) else ""


def _ids(value: Any) -> dict[str, str]:
    """code -> id of a map of translations."""
    if not isinstance(value, dict):
        return {}
    return {code_of(str(code)): str(id) for code, id in value.items() if str(id).isdigit() and str(id) != "0"}


def _wpml_group(item: RawItem) -> str:
    group = next((value for key, value in item.meta if key in _GROUP_IN_META and value), "")
    return f"trid-{group}" if group else item.first_meta(_DUPLICATE_OF)


def _in_address(url: str) -> str:
    """The language in an address: `/fr/…` or `?lang=fr`."""
    parts = split(url)
    if parts is None:
        return ""
    query = _QUERY.search(parts.query)
    first = parts.path.strip("/").partition("/")[0]
    return next((code_of(code) for code in (query[1] if query else "", first) if is_code(code)), "")


def _first_folder(url: str, base_url: str) -> str | None:
    path = path_below(url, base_url)
    return None if path is None else code_of(path.strip("/").partition("/")[0])


def path_below(url: str, base_url: str) -> str | None:
    """The path of a URL below the site's root; None for short links (`?p=20`) and other places."""
    parts, root = split(url), root_of(base_url)
    if parts is None or parts.query or not parts.path.startswith(f"{root}/"):
        return None
    return parts.path[len(root) :]
