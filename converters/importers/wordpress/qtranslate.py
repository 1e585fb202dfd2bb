"""Texts that hold all languages in one field, taken apart.

qTranslate and its heirs (qTranslate-X, qTranslate-XT, mqTranslate) write `[:en]Ferry[:fr]Bac[:]`, before 2015
`<!--:en-->Ferry<!--:--><!--:fr-->Bac<!--:-->`; WPGlobus writes `{:en}Ferry{:}{:fr}Bac{:}`. Text before the first mark
and behind the closing one belongs to every language; a text without a closing mark goes to its end. Where a name has
no words in a language, the old site showed those of another one, and so do we.
https://github.com/qtranslate/qtranslate-xt/wiki, https://wpglobus.com/documentation/

Marks look like ordinary text (`x[:id]` in a program), so they count only in exports of sites that used such a plug-in:
there, some field begins with one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import msgspec
from lxml import etree

from converters import urls
from converters.importers.wordpress.languages import code_of, is_code
from converters.importers.wordpress.rawitem import Category, RawItem
from converters.model import Asset, Entry, MenuItem, Term
from converters.model.notices import Log
from converters.plugin import SiteLookup
from converters.urls import decoded, root_of
from converters.urls import split as split_url

_CODE = r"[a-z]{2}(?:[-_][A-Za-z]{2,4})?"
_MARK = re.compile(rf"\[:({_CODE})?\]|<!--:({_CODE})?-->|\{{:({_CODE})?\}}")
_STARTS = (b"[:", b"<!--:", b"{:", b"&lt;!--:")
_BEGINS = re.compile(
    rb"(?:<title>|_name>|encoded>)\s{0,9}+(?:<!\[CDATA\[)?\s{0,9}+(?:<!-- wp:[a-z]+ -->\s{0,9}+)?(?:<(?:p|h[1-6])>)?"
    rb"(?:\[:|<!--:|\{:|&lt;!--:)(" + _CODE.encode() + rb")(?:\]|-->|\}|--&gt;)"
)
_CODES_OF_MARKS = re.compile(rb"(?:\[:|<!--:|\{:)(" + _CODE.encode() + rb")(?:\]|-->|\})")
_BEFORE = 200
_CHUNK = 4 * 1024 * 1024
_NOTHING = re.compile(r"(?:\s|&nbsp;|<br ?/?>|<p>|</p>|<!-- ?/?wp:[a-z]+ ?-->)*")
_NAMES = frozenset({"title", "wp:term_name", "wp:cat_name", "wp:tag_name", "description"})
"""Fields that show another language's words where there are none in the wanted one."""
SLUGS = ("_qts_slug_", "qtranslate_slug_")
"""Starts of the names of fields with the slug in a language."""
_TEXTS = ("title", "content:encoded", "excerpt:encoded")


Made = TypeVar("Made", Asset, MenuItem)


class LanguagePiece(NamedTuple):
    """A run of text. `language` is empty for text of all languages; `mark` is what stood before it."""

    mark: str
    language: str
    text: str


def pieces(text: str) -> list[LanguagePiece]:
    """The text in order; marks and texts joined give it back whole."""
    found: list[LanguagePiece] = []
    position, mark, language = 0, "", ""
    for match in _MARK.finditer(text):
        written = match[1] or match[2] or match[3]
        if written and not is_code(written):
            continue
        found.append(LanguagePiece(mark, language, text[position : match.start()]))
        mark, position = match[0], match.end()
        language = code_of(written) if written else ""
    found.append(LanguagePiece(mark, language, text[position:]))
    return found


def languages_of(text: str) -> list[str]:
    """The languages that have words of their own in the text, in the order of their marks."""
    if not _has_start(text):
        return []
    found = (piece.language for piece in pieces(text) if piece.language and not is_blank(piece.text))
    return list(dict.fromkeys(found))


def is_blank(text: str) -> bool:
    """Is there nothing to see? Empty paragraphs and marks of blocks are nothing."""
    match = _NOTHING.match(text)
    return match is not None and match.end() == len(text)


def pick(text: str, language: str, *, instead: Iterable[str] | None = None) -> str:
    """What the text says in a language. `instead`: languages to take, in this order, when it says nothing in that one;
    any other after these."""
    if not _has_start(text):
        return text
    found = pieces(text)
    if instead is not None:
        known = list(dict.fromkeys(piece.language for piece in found if piece.language and not is_blank(piece.text)))
        language = next((code for code in (language, *instead) if code in known), known[0] if known else language)
    return "".join(piece.text for piece in found if piece.language in ("", language))


def unknown_marks(text: str) -> list[str]:
    """Marks of languages that do not exist, which stay as the text they are."""
    found = ((match[0], match[1] or match[2] or match[3]) for match in _MARK.finditer(text))
    return list(dict.fromkeys(mark for mark, written in found if written and not is_code(written)))


def _has_start(text: str) -> bool:
    return "[:" in text or "<!--:" in text or "{:" in text


def marked_languages(path: Path) -> list[str]:
    """The languages of an export whose fields hold several at once, that of the first such field first.

    Nothing when no field begins with a mark. One look through the file, no further than to the first such field.
    """
    with path.open("rb") as file:
        before = b""
        while chunk := file.read(_CHUNK):
            data = before + chunk
            first = _first(data)
            if first:
                others = (code_of(match[1].decode()) for match in _CODES_OF_MARKS.finditer(data))
                return list(dict.fromkeys((first, *(code for code in others if is_code(code)))))
            before = data[-_BEFORE:]
    return []


def _first(data: bytes) -> str:
    if not any(start in data for start in _STARTS):
        return ""
    codes = (code_of(match[1].decode()) for match in _BEGINS.finditer(data))
    return next((code for code in codes if is_code(code)), "")


def _plain_address(entry: Entry) -> tuple[str, ...]:
    """Where the old site showed an item without a text in its default language: at the plain address as well."""
    parts = split_url(entry.permalink)
    return () if parts is None or parts.query or not parts.path.strip("/") else (decoded(parts.path),)


def _texts_of_asset(asset: Asset) -> dict[str, str]:
    return {"title": asset.title, "alt": asset.alt, "caption": asset.caption, "description": asset.description}


class JoinedLanguages:
    """Takes the items of one site apart. `default` is the language the site shows at its plain addresses."""

    def __init__(self, default: str, base_url: str) -> None:
        self.default, self._base = default, base_url.rstrip("/")

    def of(self, item: RawItem, log: Log) -> list[str]:
        """The languages of an item, the one that keeps its id first; nothing when it holds no marks.

        Its text decides; a title in further languages, to which there is no text, is named in the report.
        """
        texts = [item[name] for name in _TEXTS]
        for mark in dict.fromkeys(mark for text in texts if _has_start(text) for mark in unknown_marks(text)):
            log("language.unknown", mark)
        title, content, excerpt = (languages_of(text) for text in texts)
        found = content or title or excerpt
        for code in dict.fromkeys((*title, *excerpt)):
            if code not in found:
                log("language.no-text", code, old=pick(item["title"], code).strip())
        return sorted(found, key=lambda code: code != self.default)

    def item(self, item: RawItem, language: str) -> RawItem:
        """The item as it is in one language: no field holds a mark any more. Comments are of all languages."""
        return item.changed(
            {name: self.field(name, text, language) for name, text in item.fields.items()},
            [Category(domain, slug, self.name(name, language)) for domain, slug, name in item.categories],
            [(key, self.name(value, language)) for key, value in item.meta],
            item.comments,
        )

    def field(self, name: str, text: str, language: str) -> str:
        return self.name(text, language) if name in _NAMES else pick(text, language)

    def name(self, text: str, language: str) -> str:
        return pick(text, language, instead=(self.default,))

    def entry(self, entry: Entry, item: RawItem, language: str) -> Entry:
        """The entry of one language of an item; `entry` was read from the item in that language."""
        slugs = (item.first_meta(start + language) for start in SLUGS)
        slug = next((slug for slug in slugs if slug), "")
        permalink = self._address(entry.permalink, language, entry.slug, slug)
        return msgspec.structs.replace(
            entry,
            slug=slug or entry.slug,
            permalink=permalink,
            language=language,
            former=entry.former + (() if permalink == entry.permalink or entry.origin else _plain_address(entry)),
        )

    def terms(self, term: Term) -> list[Term]:
        """The term once a language it is named or described in; as it is when it holds no marks."""
        found = dict.fromkeys((*languages_of(term.name), *languages_of(term.description)))
        codes = sorted(found, key=lambda code: code != self.default)
        return [
            msgspec.structs.replace(
                term,
                name=self.name(term.name, code),
                description=pick(term.description, code),
                language=code,
                group=f"{term.taxonomy}/{term.slug}",
            )
            for code in codes
        ] or [term]

    def menu_item(self, item: RawItem, read: Callable[[RawItem], MenuItem]) -> MenuItem:
        """A menu entry with its label and address in further languages."""
        return self._with_others(item, read, lambda found: {"title": found.title, "address": found.address})

    def asset(self, item: RawItem, read: Callable[[RawItem], Asset]) -> Asset:
        """A file of the library with its texts in further languages."""
        return self._with_others(item, read, _texts_of_asset)

    def _with_others(
        self, item: RawItem, read: Callable[[RawItem], Made], texts_of: Callable[[Made], dict[str, str]]
    ) -> Made:
        found = read(self.item(item, self.default))
        texts = (*item.fields.values(), *(value for _, value in item.meta))
        codes = dict.fromkeys(code for text in texts for code in languages_of(text) if code != self.default)
        others = {code: texts_of(read(self.item(item, code))) for code in codes}
        other = {code: texts for code, texts in others.items() if texts != texts_of(found)}
        return msgspec.structs.replace(found, other=other) if other else found

    def _address(self, url: str, language: str, before: str, slug: str) -> str:
        """The address in a language: `/fr/…` for all but the default one."""
        parts, root = split_url(url), root_of(self._base)
        if parts is None or not parts.path.startswith(f"{root}/"):
            return url
        host = f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""
        path = parts.path[len(root) :]
        if parts.query:
            by_query = parts.query.startswith("lang=")
            query = "" if language == self.default else f"?lang={language}"
            return f"{host}{parts.path}{query}" if by_query else url
        first = path.strip("/").partition("/")[0]
        has_code = is_code(first) and first != before
        if has_code:
            path = path.removeprefix(f"/{first}")
        if slug and path.rstrip("/").endswith(f"/{before}"):
            path = f"{path.rstrip('/').removesuffix(before)}{slug}/"
        if language == self.default and not has_code:
            return f"{host}{root}{path}"
        return f"{host}{root}/{language}{path or '/'}"


class LanguageLinks:
    """Lets links lead to the page in this language where there is one, as qTranslate does when it shows a text.

    In a source whose fields hold all languages at once, links are written as in the default one.
    """

    def __init__(self, lookup: SiteLookup, language: str) -> None:
        self._lookup, self._language = lookup, language
        self._host = urls.host_of(lookup.site.base_url)
        self._folder = urls.root_of(lookup.site.base_url)
        self._renamed = dict(self._find_renamed())

    def _find_renamed(self) -> Iterator[tuple[str, str]]:
        """(address in the default language, address in this one) of pages that have a slug of their own in it."""
        for entry in self._lookup.entries():
            origin = self._lookup.entry(entry.origin) if entry.origin and entry.language == self._language else None
            if origin is not None and origin.slug != entry.slug:
                address = urls.own(origin.permalink, self._host)
                yield urls.key(address.path if address else ""), entry.permalink

    def apply(self, root: etree._Element) -> None:
        for link in root.iter("a"):
            if (url := str(link.get("href") or "")) and (new := self.moved(url)) != url:
                link.set("href", new)

    def moved(self, url: str) -> str:
        """Where a link to the URL leads in this language; the URL itself where that is nowhere else."""
        address = urls.own(url, self._host)
        new = self._address(address) if address is not None else ""
        if address is None or not new:
            return url
        return new + (f"#{address.fragment}" if address.fragment else "")

    def _address(self, address: urls.OwnAddress) -> str:
        if address.id:
            other = self._lookup.translations(address.id).get(self._language)
            entry = self._lookup.entry(other) if other else None
            return entry.permalink if entry is not None else ""
        if address.query or not address.path.startswith(f"{self._folder}/"):
            return ""
        path = f"{self._folder}/{self._language}{address.path[len(self._folder) :]}"
        found = self._lookup.address(urls.key(path)) is not None
        return path if found else self._renamed.get(urls.key(address.path), "")
