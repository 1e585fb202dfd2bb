"""`site.json`: what is known of the site as a whole, its media library among it, a file at a time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import msgspec
from msgspec.structs import asdict, replace

from converters.exporters.json.addresses import Addresses, base_of
from converters.exporters.json.layouts import BETWEEN, encode
from converters.exporters.json.records import VERSION, MediaFile, SiteFile
from converters.model import Menu, MenuItem, Role, Site
from converters.model.notices import Log
from converters.model.options import WriteOptions
from converters.old_site.languages import terms_by_id
from converters.old_site.visibility import is_of_record, is_published
from converters.output import OutJoin, OutPart
from converters.passes.sanitize import clean_asset
from converters.plugin import SiteLookup

SITE = "site.json"
_MEDIA = "not-public-media.jsonl"


def site_file(lookup: SiteLookup, options: WriteOptions, log: Log) -> Iterator[OutPart | OutJoin]:
    """The pieces of the file. Files of the media library that were not public go into a file of their own."""
    held, addresses = Counter[str](), Addresses(lookup, whole=options.media == "keep")
    for entry in lookup.entries():
        asset = lookup.asset(entry.id) if entry.role is Role.MEDIA else None
        if asset is None:
            continue
        if is_of_record(lookup, entry):
            held["media files"] += len(asset.comments)
            if asset.description.strip():
                log("media.texts-hidden", "1", where=entry.id)
            continue
        if asset.comments and options.comments != "data":
            held["--comments none"] += len(asset.comments)
            asset = replace(asset, comments=())
        asset = addresses.asset(clean_asset(asset, log) if options.raw_html != "keep" else asset)
        if not asset.url and options.media == "keep":
            continue  # a part of the source's site that was at no URL: a template, a data file
        written = encode(msgspec.convert(asset, MediaFile, from_attributes=True))
        holds = {"comments": len(asset.comments), "media descriptions": int(bool(asset.description.strip()))}
        if is_published(lookup, entry):
            yield OutPart(SITE, written, BETWEEN, holds=holds)
        else:
            yield OutPart(_MEDIA, written + b"\n", holds=holds)
    for where, count in held.items():
        if count:
            log("comments.skipped", str(count), where=where)
    yield OutJoin(_MEDIA, if_any=True)
    site = _whole(lookup, addresses)
    known = {name: value for name, value in asdict(site).items() if name in SiteFile.__struct_fields__}
    empty = encode(msgspec.convert({"version": VERSION, **known, "assets": ()}, SiteFile, from_attributes=True))
    holds = {"terms": len(site.terms), "authors": len(site.authors)}
    yield OutJoin(SITE, empty[:-2] + b"\n", b"\n]}\n", holds=holds)


def _whole(lookup: SiteLookup, addresses: Addresses) -> Site:
    """The site as others need it: with absolute URLs, and menus whose entries have labels."""
    site = lookup.site
    return replace(
        site,
        base_url=base_of(site),
        icon=addresses.url(site.icon, addresses.root),
        terms=tuple(map(addresses.term, site.terms)),
        authors=tuple(map(addresses.author, site.authors)),
        menus=tuple(_labelled(addresses.menu(menu), lookup) for menu in site.menus),
    )


def _labelled(menu: Menu, lookup: SiteLookup) -> Menu:
    return replace(menu, items=tuple(_with_label(item, lookup) for item in menu.items))


def _with_label(item: MenuItem, lookup: SiteLookup) -> MenuItem:
    """An entry without a label of its own is called as its page or term is (`wp_setup_nav_menu_item`); on a site whose
    entries lead to another page in each language, in each language."""
    if item.title:
        return item
    title, other = "", dict(item.other)
    if item.kind == "post_type":
        id = lookup.meant(item.target, item.object)
        title = _public_title(lookup, id)
        for language, translation in lookup.translations(id).items() if lookup.site.joined_languages else ():
            label = _public_title(lookup, translation)
            if label and not other.get(language, {}).get("title"):
                other[language] = {**other.get(language, {}), "title": label}
    elif item.kind == "taxonomy":
        terms = terms_by_id(lookup.site.terms).get((item.object, item.target), [])
        title = terms[0].name if terms else ""
        for term in terms if lookup.site.joined_languages else ():
            if term.language and not other.get(term.language, {}).get("title"):
                other[term.language] = {**other.get(term.language, {}), "title": term.name}
    return replace(item, title=title, other=other) if title or other != item.other else item


def _public_title(lookup: SiteLookup, id: str) -> str:
    """What a menu, which everybody sees, may say of an item."""
    entry = lookup.entry(id)
    return entry.title if is_published(lookup, entry) and entry is not None else ""
