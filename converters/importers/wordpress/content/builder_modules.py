"""What the modules of page builders and themes show (see `builders.py`): one small function a kind of module.

Names of attributes are much the same everywhere: each function reads the ones of all builders.
"""

from __future__ import annotations

import base64
import binascii
import json
import re
from html import escape
from typing import Any
from urllib.parse import unquote

from converters.importers.wordpress.content import backgrounds, parts
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Shortcode

_TITLES = "title heading main_heading heading_text primary_title tab_title header title_front headline h2 name"
_TEXTS = (
    "subtitle subhead subheading sub_heading position job_title job author company company_name h4 message"
    " description desc sub_title hover_title title_back text_front text_back"
)
_IMAGES = (
    "image image_url image_id src img img_id portrait_url photo picture avatar thumbnail front_image custom_src"
    " featured_image attachment bg_image_url"
)
_URLS = "url link href image_link link_url button_url button_link btn_link btn_url"
_BUTTONS = (
    ("button_url button_link btn_link btn_url", "button_text btn_text btn_title btn_label button_label button"),
    ("button_one_url", "button_one_text"),
    ("button_two_url", "button_two_text"),
    ("link url href", "link_text linktext read_text more_text button_text button"),
)
_BACKGROUNDS = "background_image bg_image bg_image_url background_img bgimage bg background"
_SWITCHES = frozenset({"yes", "no", "on", "off", "true", "false", "none", "default", "0", "1"})
_VIDEOS = "video_url youtube vimeo mp4 video hosted_video audio"


def layout(code: Shortcode, context: Context) -> str:
    inside, behind = parts.inside(code, context), _behind(code, context)
    return parts.box(behind, inside) if inside.strip() or behind else ""


def _behind(code: Shortcode, context: Context) -> str:
    """The picture behind the words of a section, a row or a column; `background` may say a colour as well."""
    found = parts.plain(parts.first(code, _BACKGROUNDS) or (code.get("src") if code.name.startswith("av_") else ""))
    if found.isdecimal():
        asset = context.asset(found)
        found = asset.url if asset is not None else ""
    elif "/" not in found:
        found = next((address for _, address in backgrounds.pictures(code.get("css"))), "")
    found = re.sub(r"\?id=\d+\Z", "", found)  # as WPBakery writes it
    image = parts.image(found, context) if found else ""
    if image:
        context.log("image.background", found)
    return f"<p>{image}</p>" if image else ""


def nothing(code: Shortcode, context: Context) -> str:
    return parts.inside(code, context)


def inline(code: Shortcode, context: Context) -> str:
    """Words inside a line whose look says nothing."""
    return context.expand(code.inside or parts.as_html(parts.first(code, "text content title")))


def initial(code: Shortcode, context: Context) -> str:
    """A large first letter."""
    return f"<big>{inline(code, context)}</big>"


def mark(code: Shortcode, context: Context) -> str:
    return f"<mark>{inline(code, context)}</mark>"


def titled(code: Shortcode, context: Context) -> str:
    """A box, drawer or tab: its title as a heading, and what stands inside."""
    name = parts.first(code, _TITLES) or next(iter(code.positional), "")
    return parts.box(parts.title(name), parts.inside(code, context))


def heading(code: Shortcode, context: Context) -> str:
    tag = parts.level(
        parts.first(code, "font_container tag level title_level header_size size tag_name html_tag title_tag"), "h2"
    )
    inside = parts.inside(code, context)
    said = parts.as_html(parts.first(code, f"text {_TITLES}"))
    below = parts.first(code, "subheading sub_heading subtitle sub_text")
    below = parts.paragraph(below) if below not in ("yes", "no", "subheading_active") else ""
    if said and inside.strip() and code.name.startswith(("av_", "ult_", "ultimate_")):
        below, inside = f"<p>{inside}</p>", ""
    url = parts.address(parts.first(code, "link url href"), context)
    words = re.sub(r"</?p(?:\s[^<>]{0,500})?>", "", said or inside).strip()
    return f"<{tag}>{parts.link(url, words)}</{tag}>{below}" if words else below


def button(code: Shortcode, context: Context) -> str:
    url = parts.address(parts.first(code, f"button_url {_URLS}") or _positional_address(code), context)
    label = parts.as_html(parts.first(code, "button_text text title label btn_text button_title"))
    inside = re.sub(r"</?p>", "", parts.inside(code, context)).strip()
    below = parts.as_html(parts.first(code, "desc description"))
    return parts.link(url, inside or label) + (f" <small>{below}</small>" if below else "")


def _positional_address(code: Shortcode) -> str:
    return next((word.lstrip("=") for word in code.positional if "/" in word), "")


def quote(code: Shortcode, context: Context) -> str:
    names = dict.fromkeys(filter(None, (code.get(name).strip() for name in "author name by cite source".split())))
    urls = [name for name in names if name.startswith(("http://", "https://"))]
    url = parts.address(parts.first(code, "url link cite_url") or next(iter(urls), ""), context)
    cite = ", ".join(parts.as_html(name) for name in names if name not in urls) or escape(url)
    inside = parts.inside(code, context) or parts.as_html(parts.first(code, "text quote content"))
    said = f"<cite>{parts.link(url, cite)}</cite>" if cite else ""
    return f"<blockquote><p>{inside}</p>{said}</blockquote>" if inside.strip() or said else ""


def rule(code: Shortcode, context: Context) -> str:
    text = parts.first(code, "title")
    return (parts.title(text, "h4") if text else "<hr>") + parts.inside(code, context)


def divi_rule(code: Shortcode, context: Context) -> str:
    return nothing(code, context) if code.get("show_divider") == "off" else rule(code, context)


def image(code: Shortcode, context: Context) -> str:
    """A picture by id or address; Avada writes its address, or its tag, inside."""
    found = parts.first(code, "image_id image attachment src id img image_url url custom_src photo bg")
    inside = parts.inside(code, context).strip()
    url = parts.address(parts.first(code, "link href image_link custom_links url"), context)
    url = "" if url == found else url
    if "/" in inside and "<" not in inside and len(inside.split()) == 1:
        found, inside = found or inside, ""
    elif "<img" in inside:
        found = ""
    html = parts.image(
        found, context, alt=parts.first(code, "alt image_alt title_text"), caption=code.get("caption"), url=url
    )
    return html + (parts.link(url, inside) if not html and "<img" in inside else inside)


def gallery(code: Shortcode, context: Context) -> str:
    ids = parts.ids_of(parts.first(code, "images ids image_ids gallery_ids source attachment_ids image"))
    custom = [one.strip() for one in code.get("custom_srcs").split(",") if one.strip()]
    if ids:
        shown = parts.bare_images if code.name.startswith("vc_") else parts.images
        return shown(ids, context) + parts.inside(code, context)
    if custom:
        return "".join(parts.image(one, context) for one in custom)
    if (code.inside or "").strip():
        return layout(code, context)
    context.log("gallery.missing", code.source[:80])
    return ""


def video(code: Shortcode, context: Context) -> str:
    found = parts.first(code, "link src url video_url video video_webm mp4 youtube vimeo audio") or (code.inside or "")
    if code.get("link").startswith("url:"):
        found = parts.address(found, context)
    html = parts.video(found)
    if not html:
        context.log("media.missing", code.source[:80])
    name = parts.first(code, "title artist_name")
    return (parts.title(name) if name else "") + html


def encoded(code: Shortcode, context: Context) -> str:
    """HTML in base64, percent-encoded under it by WPBakery (`vc_raw_html`); plain in other builders."""
    text = re.sub(r"<[^<>]*>|\s", "", code.inside or "")
    try:
        decoded = base64.b64decode(text + "=" * (-len(text) % 4), validate=True).decode("utf-8")
    except (binascii.Error, ValueError):
        return parts.box(parts.inside(code, context))
    return parts.box(unquote(decoded) if code.name.startswith("vc_") else context.expand(decoded))


def items(code: Shortcode, context: Context) -> str:
    inside = parts.inside(code, context)
    return f"<ul>{inside}</ul>" if "<li" in inside and not re.search(r"<[uo]l[\s>]", inside) else inside


def item(code: Shortcode, context: Context) -> str:
    url = parts.address(parts.first(code, "link url href"), context)
    name = parts.as_html(parts.first(code, "title text"))
    inside = parts.inside(code, context)
    gap = ": " if name and inside.strip() and "<p" not in inside else ""
    return f"<li>{parts.link(url, name) if name else ''}{gap}{inside}</li>"


def counter(code: Shortcode, context: Context) -> str:
    """Bars and numbers that count up: what they say at the end."""
    values = code.get("values") or code.get("bars")
    bars = _bars(values) if values else []
    number = parts.first(code, "number value percent percentage counter_value")
    percent = code.get("percent_sign") == "on" or (number and not parts.first(code, "number value counter_value"))
    unit = parts.first(code, "unit units suffix") or ("%" if percent and not number.endswith("%") else "")
    bars = [(label, value + unit) for label, value in bars]
    label = parts.first(code, "title text label") or re.sub(r"<[^<>]*>", "", parts.inside(code, context))
    if number or label:
        bars.append((label, code.get("prefix") + number + unit))
    said = [" ".join(parts.as_html(part) for part in pair if part.strip()) for pair in bars]
    return "".join(f"<p>{text}</p>" for text in said)


def _bars(text: str) -> list[tuple[str, str]]:
    """`90|Development,80|Design`, or the JSON that WPBakery writes percent-encoded."""
    if "%" in text or text.startswith("["):
        try:
            rows: Any = json.loads(unquote(text))
        except (ValueError, RecursionError):
            rows = []
        rows = [row for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []
        return [(str(row.get("label", "")), str(row.get("value", ""))) for row in rows]
    pairs = (part.split("|") for part in re.split(r",|\n|<br ?/?>", text))
    return [(pair[1], pair[0]) for pair in pairs if len(pair) > 1]


def place(code: Shortcode, context: Context) -> str:
    """A map: the frame it was given as, else the address it showed."""
    found = parts.plain(parts.first(code, "link embed iframe"))
    if found.startswith("#E-8_"):
        try:
            found = unquote(base64.b64decode(found[5:] + "==").decode("utf-8"))
        except (binascii.Error, ValueError):
            found = ""
    if "<iframe" in found:
        return found
    where = parts.first(code, "address pin_address map_address location")
    name = parts.title(parts.first(code, "title"), "h4")
    query = f"https://www.google.com/maps/search/?api=1&query={escape(parts.plain(where))}".replace(" ", "+")
    return (
        name + (f'<p><a href="{query}">{parts.as_html(where)}</a></p>' if where else "") + parts.inside(code, context)
    )


def form(code: Shortcode, context: Context) -> str:
    """Named, and left out with the markup of its fields."""
    parts.form(code, context)
    return ""


def site(code: Shortcode, context: Context) -> str:
    """A module that shows the site rather than the post."""
    context.log("shortcode.left-out", code.name)
    return ""


def anchor(code: Shortcode, context: Context) -> str:
    id = parts.first(code, "name id anchor")
    return (f'<a id="{escape(id)}"></a>' if id else "") + parts.inside(code, context)


def module(code: Shortcode, context: Context) -> str:
    """Whatever a module says in the attributes that such modules have."""
    url = parts.address(parts.first(code, _URLS), context)
    image = parts.first(code, _IMAGES)
    caption = code.get("caption")
    shown = [parts.image(image, context, alt=parts.first(code, "alt image_alt"), caption=caption)] if image else []
    name, buttons = parts.first(code, _TITLES), _buttons(code, context)
    if name:
        shown.append(f"<h4>{parts.link('' if buttons else url, parts.as_html(name))}</h4>")
    shown += [parts.paragraph(code.get(one)) for one in _TEXTS.split() if code.get(one) not in _SWITCHES]
    shown.append(parts.paragraph(_price(code)))
    if found := parts.first(code, _VIDEOS):
        shown.append(parts.video(found))
    said = parts.first(code, "text content quote")
    inside = parts.inside(code, context)
    alone = url and not (name or buttons or "<a " in inside or "<p" in inside)
    shown += [parts.paragraph(said) if said not in _SWITCHES else "", parts.link(url, inside) if alone else inside]
    shown += buttons
    return parts.box(*shown) if any(shown) else ""


def _price(code: Shortcode) -> str:
    amount = parts.first(code, "sum price")
    if not amount:
        return ""
    return f"{parts.first(code, 'currency before')}{amount} {parts.first(code, 'per period after')}".strip()


def testimonial(code: Shortcode, context: Context) -> str:
    """What somebody said: a picture, the words, and who it was."""
    image = parts.first(code, _IMAGES)
    who = (parts.first(code, group) for group in ("author name", "job_title position subtitle", "company_name company"))
    url = parts.address(parts.first(code, _URLS), context)
    cite = ", ".join(parts.as_html(one) for one in who if one)
    inside = parts.inside(code, context) or parts.as_html(parts.first(code, "text quote content"))
    said = f"<cite>{parts.link(url, cite)}</cite>" if cite else ""
    shown = parts.image(image, context, alt=parts.first(code, "alt image_alt")) if image else ""
    return f"{shown}<blockquote><p>{inside}</p>{said}</blockquote>"


def permalink(code: Shortcode, context: Context) -> str:
    """A link to an item of the site by its id."""
    return parts.link(parts.permalink(parts.first(code, "id p"), context), inline(code, context))


def _buttons(code: Shortcode, context: Context) -> list[str]:
    found = []
    for urls, labels in _BUTTONS:
        url, label = parts.address(parts.first(code, urls), context), parts.first(code, labels)
        button = f"<p>{parts.link(url, parts.as_html(label))}</p>"
        if url and label and label not in _SWITCHES and button not in found:
            found.append(button)
    return found
