"""What Elementor's widgets show, from their settings (see `elementor.py`): one small function a kind of widget."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from html import escape, unescape
from typing import Any

from converters.importers.wordpress.content import embeds
from converters.importers.wordpress.content.players import kind_of_address, player

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


def _tag(settings: Settings, name: str, default: str) -> str:
    tag = text(settings, name)
    return tag if re.fullmatch(r"h[1-6]", tag) else default


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
    tag = _tag(settings, "title_size", "h3")
    return (f"<p>{image}</p>\n" if image else "") + titled(
        title, text(settings, "description_text", "description"), tag, url
    )


def _icon_list(settings: Settings) -> str:
    found = rows(settings, "icon_list")
    items = (
        f"<li>{_linked(_words_of(text(row, 'text')), _url(row, 'link'))}</li>" for row in found if text(row, "text")
    )
    inside = "".join(items)
    return f"<ul>{inside}</ul>" if inside else ""


def _film(settings: Settings) -> str:
    kind = text(settings, "video_type") or "youtube"
    names = {"hosted": ("hosted_url", "external_url")}.get(kind, (f"{kind}_url",))
    url = _url(settings, *names, "external_url", "link", "youtube_url", "vimeo_url")
    return (embeds.shown(url) or embeds.embed(url)) if url else ""


def _sound(settings: Settings) -> str:
    url = _url(settings, "link", "audio")
    return (player("audio", [url]) if kind_of_address(url) else embeds.embed(url)) if url else ""


def _button(settings: Settings) -> str:
    label = _words_of(text(settings, "text", "button_text"))
    return f"<p>{_linked(label, _url(settings, 'link', 'url', 'button_link'))}</p>" if label else ""


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
    return "\n".join(
        titled(
            text(row, "tab_title", "item_title", "title", "heading"),
            text(row, "tab_content", "content", "description"),
        )
        for row in found
    )


def _alert(settings: Settings) -> str:
    return titled(text(settings, "alert_title"), text(settings, "alert_description"), "h4")


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
        label = re.sub(r"^.*fa-|-square$|-alt$", "", name).capitalize() or url
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
    parts = [f"<p>{image}</p>" if image else ""]
    parts.append(
        titled(
            text(settings, "title", "title_text_a", "heading"),
            text(settings, "description", "sub_heading", "description_text_a"),
        )
    )
    parts.append(titled(text(settings, "title_text_b"), text(settings, "description_text_b")))
    price = text(settings, "price")
    parts.append(
        _paragraph(f"{text(settings, 'currency_symbol_custom')}{price} {text(settings, 'period')}") if price else ""
    )
    features = "".join(f"<li>{_words_of(text(row, 'item_text'))}</li>" for row in rows(settings, "features_list"))
    parts.append(f"<ul>{features}</ul>" if features else "")
    label = _words_of(text(settings, "button", "button_text"))
    parts.append(f"<p>{_linked(label, _url(settings, 'link', 'button_url'))}</p>" if label else "")
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
    "image-box": _image_box,
    "icon-box": _image_box,
    "icon-list": _icon_list,
    "video": _film,
    "audio": _sound,
    "button": _button,
    "html": lambda settings: text(settings, "html"),
    "shortcode": lambda settings: f"\n{text(settings, 'shortcode')}\n",
    "image-gallery": _gallery,
    "gallery": _gallery,
    "image-carousel": _gallery,
    "media-carousel": _gallery,
    "testimonial": _quote,
    "blockquote": _quote,
    "testimonial-carousel": lambda settings: "\n".join(_quote(row) for row in rows(settings, "slides")),
    **dict.fromkeys(("tabs", "accordion", "toggle", "slides"), _drawers),
    "divider": lambda settings: titled(text(settings, "text"), "", "h4").strip() or "<hr>",
    "alert": _alert,
    "counter": _counter,
    "progress": _progress,
    "social-icons": _social,
    "google_maps": _map,
    "menu-anchor": lambda settings: f'<a id="{escape(text(settings, "anchor"))}"></a>',
    "soundcloud": _sound,
    **dict.fromkeys(("call-to-action", "flip-box", "price-table"), _call),
}
