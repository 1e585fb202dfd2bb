"""`--raw-html safe` for texts that stay Markdown: what could run is taken out, and a harmless text stays byte for byte.

Hugo reads the text, and a browser what Hugo made of it. What counts is therefore what neither of them can take for
markup that runs, in any reading (`active_markdown`). What cannot be shown to be harmless becomes text. After every
change the text is looked at again, since what stood apart may stand together now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from converters.model import MarkdownBody, Post
from converters.model.notices import Log
from converters.passes import active_markdown
from converters.passes.active_markdown import HTML, MARKED, Around
from converters.passes.base import mapped
from converters.passes.harmless_tags import HANDLER

_MARKUPS = {
    **dict.fromkeys("md mdown markdown goldmark blackfriday mmark".split(), "goldmark"),
    **dict.fromkeys("html htm".split(), "html"),
    **dict.fromkeys("ad adoc asciidoc asciidocext asciidoctor".split(), "asciidoc"),
    **dict.fromkeys("pdc pandoc".split(), "pandoc"),
    **dict.fromkeys("rst restructuredtext".split(), "rst"),
    "org": "org",
}
"""What `markup` of front matter and of the settings may say, and the dialect that it means."""
_AS_CODE = {"markup": "goldmark"}
_WEB = re.compile(r"https?://[A-Za-z0-9.-]+(?::\d+)?(?:/(?!on)[\w.~%-]*)*", re.I)
_SHOWN = frozenset("params menu menus title copyright author social languagename label".split())
"""Settings that layouts put into pages."""
_ROUNDS = 8
"""How often a text is looked at; one that holds something even then loses all its markup."""
_ORG = (
    "begin_src end_src begin_quote end_quote begin_example end_example begin_verse end_verse title date author".split()
)
_UNREADABLE = {
    "org": re.compile(
        rf"<[A-Za-z/!?]|@@|^[ \t]*#\+(?!(?:{'|'.join(_ORG)}|filetags|tags|categories|draft|caption|name)\b)|\{{\{{\{{|"
        r"(?:script|data|file|blob)\s*:|\[\[[^\]]*&|\bon\w+\s*=",
        re.I | re.M,
    ),
    "asciidoc": re.compile(
        r"<[A-Za-z/!?]|\+\+|\$\$|`\+|\bpass:|stem:|(?:script|data)\s*:|&#|&\w+;|^\w+::|^:[!\w-]+:|\{[\w-]+\}|\bon\w+\s*=|\bsubs=",
        re.I | re.M,
    ),
    "rst": re.compile(r"<[A-Za-z/!?]|^[ \t]*\.\.[ \t]|:raw|`__?\b.*script|(?:script|data)\s*:|\|\w+\|", re.I | re.M),
    "pandoc": re.compile(r"<[A-Za-z/!?]|\{[^}\n]*=|(?:script|data)\s*:|\\[A-Za-z]|&#|&\w+;|^:::", re.I | re.M),
}
"""Markups that no reader of ours looks into: a text that holds any of this is shown as it was written."""


def sanitize_markdown(text: str, log: Log, *, html: bool = False, around: Around | None = None) -> str:
    """The text without anything that could run. `html`: all of it is HTML; `around`: what the site makes of it."""
    kind = HTML if html else MARKED
    for _ in range(_ROUNDS):
        found = active_markdown.edits(text, kind, around)
        if not found:
            return text
        for edit in found:
            log(edit.code, edit.what, old=text[edit.start : max(edit.end, edit.start + 40)][:80])
        text = active_markdown.apply(text, found)
    log("html.active", "all markup of the text", old=text[:80])
    return _bare(text)


def sanitize_source(post: Post, settings: Mapping[str, Any], log: Log, *, highlight: bool = True) -> None:
    """The same for a post that stays a file for Hugo: its text, in whatever markup, and its front matter.

    `highlight`: the site has no shortcode of its own that is called so.
    """
    assert isinstance(post.body, MarkdownBody)
    front, text = sanitize_page(post.front or {}, post.body.text, post.body.dialect, settings, log, highlight=highlight)
    post.body.text = text
    if post.front is not None or front:
        post.front = front


def sanitize_page(
    front: Mapping[str, Any], text: str, dialect: str, settings: Mapping[str, Any], log: Log, *, highlight: bool = True
) -> tuple[dict[str, Any], str]:
    """Front matter and text of a page of a Hugo site. `dialect`: what the name of its file says of its markup.

    A text in a markup that is not looked into becomes a block of code if it could hold anything that runs.
    """
    clean = sanitize_front(front, log)
    markup = _MARKUPS.get(str(_get(front, "markup") or "").lower(), dialect)
    if markup == "goldmark":
        markup = _MARKUPS.get(str(_get(settings, "markup", "defaultMarkdownHandler") or "").lower(), markup)
    if markup in _UNREADABLE:
        if not shown_as_written(text, markup):
            return clean, text
        log("markup.unread", markup)
        return {**{key: value for key, value in clean.items() if key.lower() != "markup"}, **_AS_CODE}, as_written(text)
    around = Around(tuple(dict.fromkeys(_passthrough(settings))), highlight, _web_addresses(front, settings))
    return clean, sanitize_markdown(text, log, html=markup == "html", around=around)


def sanitize_settings(settings: Mapping[str, Any], log: Log) -> dict[str, Any]:
    """The settings of a site, with the texts harmless that its layouts show."""
    found = {}
    for key, value in settings.items():
        if key.lower() in _SHOWN:
            value = _value(key, value, log)
        elif key.lower() == "languages" and isinstance(value, Mapping):
            value = {
                code: sanitize_settings(own, log) if isinstance(own, Mapping) else own for code, own in value.items()
            }
        found[key] = value
    return found


def _web_addresses(front: Mapping[str, Any], settings: Mapping[str, Any]) -> frozenset[str]:
    """Names of parameters that are addresses of the web wherever they are set."""
    good: set[str] = set()
    bad: set[str] = set()
    for values in (front, _get(front, "params"), _get(settings, "params")):
        for key, value in values.items() if isinstance(values, Mapping) else ():
            (good if isinstance(value, str) and _WEB.fullmatch(value) else bad).add(str(key).lower())
    return frozenset(good - bad)


def _passthrough(settings: Any) -> Iterator[str]:
    """The marks of formulas that the settings name, wherever: also a language has some of its own."""
    if isinstance(settings, list):
        for item in settings:
            yield from _passthrough(item)
    for key, value in settings.items() if isinstance(settings, Mapping) else ():
        if str(key).lower() == "delimiters":
            yield from (text for text in _texts(value) if text)
        else:
            yield from _passthrough(value)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping | list):
        for inner in value.values() if isinstance(value, Mapping) else value:
            yield from _texts(inner)


def _get(values: Any, *keys: str) -> Any:
    for key in keys:
        if not isinstance(values, Mapping):
            return None
        values = next((value for name, value in values.items() if str(name).lower() == key.lower()), None)
    return values


def _bare(text: str) -> str:
    """The text without markup, shortcodes, links and attributes."""
    text = text.replace("<", "&lt;").replace("{{%", "{{&#37;")
    text = text.replace("](", "]&#40;").replace("]:", "]&#58;")
    return HANDLER.sub(lambda found: f"data-{found[0]}", text)


def sanitize_front(values: Mapping[str, Any], log: Log) -> dict[str, Any]:
    """Front matter whose texts, at any depth, are harmless as text, as Markdown, as HTML and as addresses."""
    return {key: _value(str(key), value, log) for key, value in values.items()}


def _value(key: str, value: Any, log: Log) -> Any:
    return mapped(value, lambda text, name: _text(text, name, log), key)


def _text(text: str, key: str, log: Log) -> str:
    clean, wrong = active_markdown.value_edits(text, key) if re.search(r"[<:\]&]|on", text, re.I) else (text, [])
    for what in wrong:
        log("html.active", what, where=key, old=text[:80])
    return clean


def shown_as_written(text: str, dialect: str) -> bool:
    """Is this a text in a markup that is not looked into, which holds something that could run?"""
    known = _UNREADABLE.get(dialect)
    return known is not None and ("{{" in text or known.search(text) is not None)


def as_written(text: str) -> str:
    """A text of another markup as a block of code of Markdown."""
    longest = max((len(run) for run in re.findall(r"~+", text)), default=0)
    fence = "~" * max(3, longest + 1)
    plain = re.sub(r"\{\{(?=[<%])", "{{ ", text.replace("\r", "")).strip("\n")
    return f"\n{fence}text\n{plain}\n{fence}\n"
