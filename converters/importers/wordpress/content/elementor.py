"""Elementor's posts: the meta field `_elementor_data`, a JSON tree of sections, columns, containers and widgets.

[{"elType": "section", "elements": [{"elType": "column", "elements": [
  {"elType": "widget", "widgetType": "heading", "settings": {"title": "…", "header_size": "h2"}},
  {"elType": "widget", "widgetType": "text-editor", "settings": {"editor": "<p>…</p>"}},
  {"elType": "widget", "widgetType": "image", "settings": {"image": {"url": "…", "id": 9}, "caption": "…"}}]}]}]

Elementor writes what the widgets show into the post's content, too, whenever a post is saved; that HTML is what
WordPress shows without it, and is used as long as it says as much. `content` reads the tree only where the content is
empty, or has fewer than half of the tree's words. Names of settings follow Elementor's documentation for developers
(https://developers.elementor.com/docs/) and exports of its widgets; the table `WIDGETS` has one small function a kind
of widget. The HTML goes the way of a Custom HTML block afterwards: shortcodes in it are replaced, and no paragraphs are
made, as Elementor makes none.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from html import escape, unescape
from itertools import zip_longest
from typing import Any

from converters.importers.shared.embeds import embed
from converters.importers.shared.icon_links import icon_name
from converters.importers.shared.players import kind_of_url, player
from converters.importers.wordpress.content import embeds
from converters.model import Asset
from converters.model.notices import Log

_DEEPEST = 50
_MARKUP = re.compile(r"<[^<>]*>|\[[^\[\]]*\]")
_WORD = re.compile(r"\w+")
_IN_META = {
    "_fl_builder_enabled": "Beaver Builder", "panels_data": "SiteOrigin", "_themify_builder_settings_json": "Themify",
    "brizy": "Brizy", "tve_updated_post": "Thrive Architect", "ct_builder_shortcodes": "Oxygen",
    "_bricks_page_content_2": "Bricks", "_breakdance_data": "Breakdance", "_cornerstone_data": "Cornerstone",
}  # fmt: skip
"""Meta fields in which builders keep a post. All but a few write its HTML into the content, too."""

_NESTED = frozenset({"nested-tabs", "nested-accordion", "nested-carousel"})
_FORMS = frozenset({"form", "login", "wpforms", "eael-contact-form-7", "eael-wpforms", "eael-gravity-form"})
_SILENT = frozenset({"spacer", "icon", "share-buttons", "menu-anchor", "theme-post-content", "read-more"})
"""Widgets that show nothing a reader could miss."""
_DRAWER_TITLES = ("tab_title", "item_title", "title", "heading")
_CALL_TEXTS = ("description", "sub_heading", "description_text_a")


def builders_in(meta: Mapping[str, str]) -> list[str]:
    """The builders, but Elementor, that keep the post in its meta fields."""
    return [name for key, name in _IN_META.items() if meta.get(key, "").strip() not in ("", "0", "[]")]


def content(written: str, meta: Mapping[str, str], asset_of: AssetLookup, log: Log) -> str:
    """The HTML to read for a post whose content field is `written`; builders found in its meta fields are noted."""
    for name in builders_in(meta):
        log("builder.found", name)
        if not _words(written):
            log("builder.content-missing", name)
    data = meta.get("_elementor_data", "").strip()
    if not data or data == "[]" or meta.get("_elementor_edit_mode", "builder") != "builder":
        return written
    log("builder.found", "Elementor")
    tree = _load(data)
    if tree is None:
        log("builder.invalid", "_elementor_data")
        return written
    unseen = Log(log.item)
    _say_alternatives(tree, asset_of)
    html = _elements(tree, unseen, 0)
    if written.strip() and _words(written) * 2 >= _words(html):
        return written
    for notice in unseen.notices:
        log.take(notice)
    return f"<!-- wp:html -->\n{html}\n<!-- /wp:html -->"


def _words(html: str) -> int:
    """How much a reader has to see: words, pictures and frames."""
    return len(_WORD.findall(_MARKUP.sub(" ", html))) + html.count("<img") + html.count("<iframe")


def _load(data: str) -> list[Any] | None:
    """The tree; some exports hold it with the slashes WordPress adds before it stores a field."""
    for json_text in (data, re.sub(r"\\(.)", r"\1", data, flags=re.S)):
        try:
            loaded: Any = json.loads(json_text, strict=False)
        except (ValueError, RecursionError):
            continue
        if isinstance(loaded, list):
            return loaded
    return None


def _elements(found: Any, log: Log, depth: int) -> str:
    if not isinstance(found, list):
        return ""
    if depth > _DEEPEST:
        log("builder.invalid", "_elementor_data: nested too deeply")
        return ""
    return "".join(_element(one, log, depth) for one in found if isinstance(one, dict))


def _element(one: dict[str, Any], log: Log, depth: int) -> str:
    name, found = str(one.get("widgetType") or ""), one.get("settings")
    settings = found if isinstance(found, dict) else {}
    if one.get("elType") == "widget" and name in _NESTED:
        return _nested(settings, one.get("elements"), log, depth)
    inside = _elements(one.get("elements"), log, depth + 1)
    if one.get("elType") != "widget":
        return f"<div>\n{inside}</div>\n" if inside else ""
    if name in _FORMS:
        log("shortcode.form", text(settings, "form_name") or name)
        return ""
    html = WIDGETS.get(name, by_names)(settings)
    if not (html + inside).strip() and name not in _SILENT:
        log("builder.widget", name)
    return f"{html}\n{inside}" if html or inside else ""


def _nested(settings: Settings, elements: Any, log: Log, depth: int) -> str:
    """Tabs and drawers that hold containers: titles in the settings, what they hold in the same order in the tree."""
    titles = [text(row, "tab_title", "item_title", "slide_title") for row in rows(settings, "tabs", "items")]
    held = [_elements([one], log, depth + 1) for one in elements] if isinstance(elements, list) else []
    pairs = zip_longest(titles, held, fillvalue="")
    return "".join(titled(title, "") + html for title, html in pairs)


def _say_alternatives(tree: list[Any], asset_of: AssetLookup) -> None:
    """Pictures are named by id and address; their alternative texts are the media library's."""
    for image in _images(tree):
        if image.get("url") and not image.get("alt"):
            asset = asset_of(str(image.get("id") or ""))
            image["alt"] = asset.alt if asset is not None else ""


def _images(tree: list[Any]) -> Iterator[dict[str, Any]]:
    waiting: list[Any] = [tree]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict) and "url" in one and "id" in one:
            yield one
        if isinstance(one, dict | list):
            waiting.extend(one.values() if isinstance(one, dict) else one)


AssetLookup = Callable[[str], Asset | None]
Settings = Mapping[str, Any]
Widget = Callable[[Settings], str]


def text(settings: Settings, *names: str) -> str:
    found = (settings.get(name) for name in names)
    return next((str(one) for one in found if isinstance(one, str | int | float) and str(one).strip()), "")


def _url(settings: Settings, *names: str) -> str:
    """The address in `{"url": "…"}`, or one written as it is."""
    for name in names:
        found = settings.get(name)
        url = str(found.get("url") or "") if isinstance(found, dict) else str(found or "")
        if url.strip() not in ("", "#"):
            return url.strip()
    return ""


def rows(settings: Settings, *names: str) -> list[Settings]:
    found: list[Any] = next((settings[name] for name in names if isinstance(settings.get(name), list)), [])
    return [row for row in found if isinstance(row, dict)]


def _words_of(text: str) -> str:
    return text.strip() if "<" in text else escape(unescape(text.strip()), quote=False)


def _linked(html: str, url: str) -> str:
    return f'<a href="{escape(unescape(url))}">{html}</a>' if url and html else html


def _paragraph(text: str) -> str:
    text = _words_of(text)
    return text if not text or text.startswith(("<p", "<ul", "<ol", "<div", "<h")) else f"<p>{text}</p>"


def titled(title: str, body: str, tag: str = "h3", url: str = "") -> str:
    head = f"<{tag}>{_linked(_words_of(title), url)}</{tag}>" if title.strip() else ""
    return f"{head}\n{_paragraph(body)}"


def _image(found: Any, url: str = "", alt: str = "", caption: str = "") -> str:
    if not isinstance(found, dict) or not found.get("url"):
        return ""
    source, alt = str(found["url"]), alt or str(found.get("alt") or "")
    html = _linked(f'<img src="{escape(unescape(source))}" alt="{escape(unescape(alt))}">', url)
    return f"<figure>{html}<figcaption>{_words_of(caption)}</figcaption></figure>" if caption.strip() else html


def _heading(settings: Settings) -> str:
    title = _words_of(text(settings, "title"))
    size = text(settings, "header_size") or "h2"
    tag = size if re.fullmatch(r"h[1-6]|div|p|span", size) else "h2"
    return f"<{tag}>{_linked(title, _url(settings, 'link'))}</{tag}>" if title else ""


def _picture(settings: Settings) -> str:
    url = _url(settings, "link") if text(settings, "link_to") == "custom" else ""
    html = _image(settings.get("image"), url, caption=text(settings, "caption"))
    return html if html.startswith("<figure") or not html else f"<p>{html}</p>"


def _image_box(settings: Settings) -> str:
    """Image box, icon box and the like: picture, title, words."""
    url = _url(settings, "link")
    image = _image(settings.get("image"), url)
    title = text(settings, "title_text", "title")
    size = text(settings, "title_size")
    tag = size if re.fullmatch(r"h[1-6]", size) else "h3"
    box = titled(title, text(settings, "description_text", "description"), tag, url)
    return f"<p>{image}</p>\n{box}" if image else box


def _icon_list(settings: Settings) -> str:
    found = rows(settings, "icon_list")
    items = (
        f"<li>{_linked(_words_of(text(row, 'text')), _url(row, 'link'))}</li>" for row in found if text(row, "text")
    )
    inside = "".join(items)
    return f"<ul>{inside}</ul>" if inside else ""


def _video(settings: Settings) -> str:
    kind = text(settings, "video_type") or "youtube"
    names = {"hosted": ("hosted_url", "external_url")}.get(kind, (f"{kind}_url",))
    url = _url(settings, *names, "external_url", "link", "youtube_url", "vimeo_url")
    return embeds.show(url) if url else ""


def _sound(settings: Settings) -> str:
    url = _url(settings, "link", "audio")
    return (player("audio", [url]) if kind_of_url(url) else embed(url)) if url else ""


def _button(settings: Settings, labels: tuple[str, ...], urls: tuple[str, ...]) -> str:
    label = _words_of(text(settings, *labels))
    return f"<p>{_linked(label, _url(settings, *urls))}</p>" if label else ""


def _gallery(settings: Settings) -> str:
    found = rows(settings, "wp_gallery", "gallery", "carousel", "slides")
    figures = "".join(f"<figure>{image}</figure>" for row in found if (image := _image(row.get("image", row))))
    return f'<figure class="gallery" data-columns="3">{figures}</figure>' if figures else ""


def _quote(settings: Settings) -> str:
    """Testimonials and quotations."""
    said = _paragraph(text(settings, "testimonial_content", "blockquote_content", "content"))
    names = (text(settings, "testimonial_name", "author_name", "name"), text(settings, "testimonial_job", "title"))
    who = ", ".join(_words_of(name) for name in names if name)
    cite = f"<cite>{who}</cite>" if who else ""
    image = _image(settings.get("testimonial_image", settings.get("image")))
    return (f"<p>{image}</p>" if image else "") + (f"<blockquote>{said}{cite}</blockquote>" if said or cite else "")


def _drawers(settings: Settings) -> str:
    found = rows(settings, "tabs", "items", "slides", "faqs")
    pairs = ((text(row, *_DRAWER_TITLES), text(row, "tab_content", "content", "description")) for row in found)
    return "\n".join(titled(title, body) for title, body in pairs)


def _counter(settings: Settings) -> str:
    number = text(settings, "ending_number")
    said = f"{text(settings, 'prefix')}{number}{text(settings, 'suffix')} {text(settings, 'title')}".strip()
    return _paragraph(said)


def _progress(settings: Settings) -> str:
    percent = settings.get("percent")
    size = str(percent.get("size") or "") if isinstance(percent, dict) else str(percent or "")
    parts = (text(settings, "title"), text(settings, "inner_text"), f"{size}%" if size else "")
    return _paragraph(" ".join(part for part in parts if part))


def _social(settings: Settings) -> str:
    items = []
    for row in rows(settings, "social_icon_list"):
        icon = row.get("social_icon")
        name = str(icon.get("value") or "") if isinstance(icon, dict) else text(row, "social")
        url = _url(row, "link")
        label = next(filter(None, map(icon_name, name.split())), "") or url
        if url:
            items.append(f"<li>{_linked(escape(label), url)}</li>")
    return f"<ul>{''.join(items)}</ul>" if items else ""


def _map(settings: Settings) -> str:
    where = text(settings, "address")
    url = "https://www.google.com/maps/search/?api=1&query=" + re.sub(r"\s+", "+", where)
    return f"<p>{_linked(_words_of(where), url)}</p>" if where else ""


def _call(settings: Settings) -> str:
    """Calls to action, flip boxes, price tables: title, words, button."""
    image = _image(settings.get("bg_image", settings.get("graphic_image", settings.get("image"))))
    title, body = text(settings, "title", "title_text_a", "heading"), text(settings, *_CALL_TEXTS)
    price, period = text(settings, "price"), text(settings, "period")
    features = "".join(f"<li>{_words_of(text(row, 'item_text'))}</li>" for row in rows(settings, "features_list"))
    parts = (
        f"<p>{image}</p>" if image else "",
        titled(title, body),
        titled(text(settings, "title_text_b"), text(settings, "description_text_b")),
        _paragraph(f"{text(settings, 'currency_symbol_custom')}{price} {period}") if price else "",
        f"<ul>{features}</ul>" if features else "",
        _button(settings, ("button", "button_text"), ("link", "button_url")),
    )
    return "\n".join(part for part in parts if part.strip())


def by_names(settings: Settings) -> str:
    """A widget of another plug-in: what it says in settings of the usual names."""
    drawers = _drawers(settings)
    said = text(settings, "editor", "html", "content", "text")
    return "\n".join(part for part in (_call(settings), _paragraph(said), drawers) if part.strip())


WIDGETS: dict[str, Widget] = {
    "heading": _heading,
    "text-editor": lambda settings: f"<div>{editor}</div>" if (editor := text(settings, "editor")) else "",
    "theme-post-content": lambda settings: "",
    "image": _picture,
    **dict.fromkeys(("image-box", "icon-box"), _image_box),
    "icon-list": _icon_list,
    "video": _video,
    **dict.fromkeys(("audio", "soundcloud"), _sound),
    "button": lambda settings: _button(settings, ("text", "button_text"), ("link", "url", "button_link")),
    "html": lambda settings: text(settings, "html"),
    "shortcode": lambda settings: f"\n{text(settings, 'shortcode')}\n",
    **dict.fromkeys(("image-gallery", "gallery", "image-carousel", "media-carousel"), _gallery),
    **dict.fromkeys(("testimonial", "blockquote"), _quote),
    "testimonial-carousel": lambda settings: "\n".join(_quote(row) for row in rows(settings, "slides")),
    **dict.fromkeys(("tabs", "accordion", "toggle", "slides"), _drawers),
    "divider": lambda settings: titled(text(settings, "text"), "", "h4").strip() or "<hr>",
    "alert": lambda settings: titled(text(settings, "alert_title"), text(settings, "alert_description"), "h4"),
    "counter": _counter,
    "progress": _progress,
    "social-icons": _social,
    "google_maps": _map,
    "menu-anchor": lambda settings: f'<a id="{escape(text(settings, "anchor"))}"></a>',
    **dict.fromkeys(("call-to-action", "flip-box", "price-table"), _call),
}
