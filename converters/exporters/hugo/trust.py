"""Settings of a Hugo source that come along without being trusted: what keeps a site inside of its folder.

Hugo confines layouts and texts to the site's folder and to a few programs (https://gohugo.io/configuration/security/).
A site's own settings can lift all of that, so that of a source only the keys come along that this table names, and of
those only what leads nowhere else. `--trust-source` takes the settings as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from posixpath import splitext
from typing import Any

from converters.never import served

_Rule = Callable[["_Filter", str, Any], Any]
_OUT: Any = object()
"""Stands for a value that is left out."""
_UP = re.compile(r"(?:^|[/\\])\.\.(?:[/\\]|$)")
_INSIDE = re.compile(r"(?!.*(?:^|/)\.)[^\\:~$%*?<>|\0]+")
_NAME = re.compile(r"[\w@-][\w@ .+-]*")
_MODULE = re.compile(r"[\w@-][\w@.+~-]*(?:/[\w@.+~-]+)*")
_CACHE = re.compile(r":(?:cacheDir|resourceDir)(?:/(?::project|[\w-][\w.-]*))*", re.I)
_USUAL = frozenset(
    """ none ^(dart-)?sass$ ^(dart-)?sass(-embedded)?$ ^go$ ^git$ ^HUGO_ ^CI$ (?i)GET|POST ^(?i)GET|POST$
    (?i)^https?://[a-z0-9]""".split()
)
"""What newer Hugo allows by itself, programs that run the source's own scripts left out."""
PLAIN_PROGRAMS = ("^(dart-)?sass(-embedded)?$", "^go$", "^git$")
"""Programs that Hugo may run for layouts of a source that would have it run others."""


def confined(settings: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """(what comes along, the keys that do not): settings of a site, or of a theme."""
    work = _Filter()
    return work.table("", settings, _SITE), work.gone


def confined_part(key: str, values: Mapping[str, Any]) -> tuple[dict[str, Any], list[str]]:
    """The same for a file that holds what is below one key: `config/production/security.toml`."""
    inner = next((value for name, value in values.items() if str(name).lower() == key.lower()), None)
    wrapped = len(values) == 1 and isinstance(inner, Mapping | list)
    found, gone = confined(values if wrapped else {key: values})
    if wrapped:
        return found, gone
    kept = found.get(key, {})
    return (kept if isinstance(kept, dict) else {}), gone


class _Filter:
    """Goes through settings; `gone` names the keys that are left out."""

    def __init__(self) -> None:
        self.gone: list[str] = []

    def out(self, where: str) -> Any:
        self.gone.append(where)
        return _OUT

    def table(self, where: str, values: Mapping[str, Any], rules: Mapping[str, _Rule]) -> dict[str, Any]:
        """The keys that `rules` know, whatever their case; `*` stands for all others."""
        found = {}
        for key, value in values.items():
            rule = rules.get(str(key).lower()) or rules.get("*")
            path = f"{where}.{key}" if where else str(key)
            kept = rule(self, path, value) if rule is not None else self.out(path)
            if kept is not _OUT:
                found[str(key)] = kept
        return found


def _free(work: _Filter, where: str, value: Any) -> Any:
    """Texts of the site: shown, and no paths."""
    return value


def _plain(work: _Filter, where: str, value: Any) -> Any:
    """Anything in which nothing leads upwards."""
    return work.out(where) if _leads_up(value) else value


def _leads_up(value: Any) -> bool:
    if isinstance(value, Mapping):
        return any(_leads_up(item) for item in (*value.keys(), *value.values()))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return any(map(_leads_up, value))
    return isinstance(value, str) and _UP.search(value) is not None


def _folder(work: _Filter, where: str, value: Any) -> Any:
    """A folder inside of the site, or several: no hidden one, none of the machine's."""
    every = value if isinstance(value, list) else [value]
    return value if every and all(map(_is_inside, every)) else work.out(where)


def _is_inside(value: Any) -> bool:
    if not isinstance(value, str) or value.startswith("/"):
        return False
    return _INSIDE.fullmatch(value.removeprefix("./").rstrip("/")) is not None


def _names(work: _Filter, where: str, value: Any) -> Any:
    """Themes, by the names of their folders or of their modules."""
    every = value if isinstance(value, list) else [value]
    return value if all(map(_is_module, every)) else work.out(where)


def _is_module(value: Any) -> bool:
    return isinstance(value, str) and not _UP.search(value) and _MODULE.fullmatch(value) is not None


def _rules(rules: Mapping[str, _Rule]) -> _Rule:
    """A table with keys of its own."""

    def apply(work: _Filter, where: str, value: Any) -> Any:
        if not isinstance(value, Mapping):
            return work.out(where)
        kept = work.table(where, value, rules)
        return kept if kept or not value else _OUT  # its keys are named already

    return apply


def _each(rules: Mapping[str, _Rule], needed: str = "") -> _Rule:
    """A list of tables, of each what is `needed` in it; one that lacks that is left out."""

    def apply(work: _Filter, where: str, value: Any) -> Any:
        if not isinstance(value, list):
            return work.out(where)
        found = []
        for number, row in enumerate(value, 1):
            kept = work.table(f"{where}[{number}]", row, rules) if isinstance(row, Mapping) else {}
            if not needed or any(key.lower() == needed for key in kept):
                found.append(kept)
            elif not isinstance(row, Mapping) or not any(str(key).lower() == needed for key in row):
                work.out(f"{where}[{number}]")
        return found or _OUT

    return apply


def _usual(work: _Filter, where: str, value: Any) -> Any:
    """Something Hugo allows by itself, or less: what forbids alone allows everything else."""
    every = value if isinstance(value, list) else [value]
    usual = [item for item in every if item in _USUAL]
    fits = usual and all(item in _USUAL or (isinstance(item, str) and item.startswith("! ")) for item in every)
    return value if fits else work.out(where)


def _cache(work: _Filter, where: str, value: Any) -> Any:
    return value if isinstance(value, str) and _CACHE.fullmatch(value) else work.out(where)


def _suffixes(work: _Filter, where: str, value: Any) -> Any:
    every = value if isinstance(value, list) else [value]
    good = all(isinstance(item, str) and _NAME.fullmatch(item) and not served(f"a.{item}") for item in every)
    return value if good else work.out(where)


def _file(work: _Filter, where: str, value: Any) -> Any:
    """The name of a file that Hugo writes into the published folder, or the folder of such files."""
    if value == "":
        return value
    good = isinstance(value, str) and _is_inside(value) and not served(value + ("" if splitext(value)[1] else ".html"))
    return value if good else work.out(where)


def _goldmark_only(work: _Filter, where: str, value: Any) -> Any:
    return value if value in ("", "goldmark") else work.out(where)


def _languages(work: _Filter, where: str, value: Any) -> Any:
    return _rules({"*": _rules(_SITE)})(work, where, value)


_MOUNTS = _each(
    {"source": _folder, "target": _folder, "*": _plain},
    needed="source",
)
_MODULE_KEYS: dict[str, _Rule] = {
    "mounts": _MOUNTS,
    "imports": _each(
        {
            "path": _names,
            "mounts": _MOUNTS,
            **dict.fromkeys(
                "version disable ignoreconfig ignoreimports nomounts novendor usepackagejson".split(), _plain
            ),
        },
        needed="path",
    ),
    "hugoversion": _plain,
    "params": _free,
    "vendorclosest": _plain,
    "novendor": _plain,
}
_SECURITY: dict[str, _Rule] = {
    "allowcontent": _plain,  # what a program would have to render needs that program
    "exec": _rules({"allow": _usual}),
    "funcs": _rules({"getenv": _usual}),
    "http": _rules({"urls": _usual, "methods": _usual}),
    "enableinlineshortcodes": lambda work, where, value: value if value is False else work.out(where),
}
_MARKUP: dict[str, _Rule] = {
    "defaultmarkdownhandler": _goldmark_only,
    **dict.fromkeys("goldmark highlight tableofcontents _merge".split(), _plain),
}
_SITE: dict[str, _Rule] = {
    **dict.fromkeys(
        """ author baseurl copyright description keywords languagecode languagename label locale languagedirection
        menu menus params permalinks related server services privacy social title subtitle googleanalytics
        disqusshortname""".split(),
        _free,
    ),
    **dict.fromkeys(
        """ buildexpired builddrafts buildfuture canonifyurls capitalizelisttitles cascade contenttypes
        defaultcontentlanguage defaultcontentlanguageinsubdir defaultcontentrole defaultcontentroleinsubdir
        defaultcontentversion defaultcontentversioninsubdir defaultoutputformat direction disabled disable404
        disablealiases disablebrowsererror disabledefaultlanguageredirect disabledefaultsiteredirect
        disablefastrender disablehugogeneratorinject disablekinds disablelanguages disablelivereload
        disablepathtolower disablerss disablesitemap enableemoji enablegitinfo
        enablemissingtranslationplaceholders enablerobotstxt environment footnoteanchorprefix
        footnotereturnlinkcontents frontmatter hascjklanguage httpcache ignoreerrors ignorefiles ignorelogs
        ignorevendorpaths imaging languagedirection log loglevel mainsections metadataformat minify nobuildlock
        nochmod notimes outputs page paginate paginatepath pagination paniconwarning pluralizelisttitles
        printi18nwarnings printpathwarnings printunusedtemplates pygmentscodefences
        pygmentscodefencesguesssyntax pygmentsoptions pygmentsstyle pygmentsuseclasses pygmentsuseclassic quiet
        reflinkserrorlevel reflinksnotfoundurl relativeurls removepathaccents rendersegments roles rsslimit
        sectionpagesmenu segments summarylength taxonomies templatemetrics templatemetricshints timeout
        timezone titlecasestyle uglyurls verbose versions watch weight _merge""".split(),
        _plain,
    ),
    **dict.fromkeys(
        """ archetypedir assetdir contentdir datadir i18ndir layoutdir publishdir resourcedir staticdir themesdir
        staticdir0 staticdir1 staticdir2 staticdir3 staticdir4 staticdir5 staticdir6 staticdir7 staticdir8
        staticdir9 staticdir10""".split(),
        _folder,
    ),
    "build": _rules(
        dict.fromkeys("writestats buildstats nojsconfiginassets useresourcecachewhen cachebusters".split(), _plain)
    ),
    "caches": _rules({"*": _rules({"dir": _cache, "maxage": _plain})}),
    "languages": _languages,
    "markup": _rules(_MARKUP),
    "mediatypes": _rules({"*": _rules({"suffixes": _suffixes, "suffix": _suffixes, "*": _plain})}),
    "module": _rules(_MODULE_KEYS),
    "outputformats": _rules({"*": _rules({"path": _file, "basename": _file, "*": _plain})}),
    "security": _rules(_SECURITY),
    "sitemap": _rules({"filename": _file, "*": _plain}),
    "theme": _names,
}
"""Key of the root of settings, in small letters -> what may stand there. What is not named does not come along."""
