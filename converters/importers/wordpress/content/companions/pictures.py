"""Galleries and sliders that are items of their own: what each plug-in says of its pictures, and one figure of figures.

[envira-gallery id="74"]   [foogallery id="75"]   [modula id="76"]   [metaslider id="77"]   [soliloquy id="78"]
[envira-gallery slug="harbour"]   [foogallery-album id="80"]   [robo-gallery id="81"]   [rl_gallery id="82"]
[cycloneslider id="harbour"]   [sp_wpcarousel id="83"]

A plug-in lists ids of the media library, or pictures with URL, title and caption, or both. What its list says of a
picture wins over what the media library says. Galleries open a picture when it is clicked: so does a link to the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from html import escape
from typing import Any, NamedTuple

from converters.importers.wordpress import php
from converters.importers.wordpress.companions import COMPANIONS
from converters.importers.wordpress.content import galleries, parts
from converters.importers.wordpress.content.companions.tables import loaded
from converters.importers.wordpress.content.context import Context
from converters.importers.wordpress.content.shortcodes import Shortcode
from converters.importers.wordpress.rawitem import RawItem, plain

_ADDRESS = ("http://", "https://", "/")
_CAPTIONS = "caption description_text description text"


class Picture(NamedTuple):
    """What a plug-in says of one of its pictures; `html` is one that is none: a video, a text."""

    id: str = ""
    url: str = ""
    alt: str = ""
    caption: str = ""
    link: str = ""
    html: str = ""


Reader = Callable[[str, RawItem, Context], Iterable[Picture]]


def value(item: RawItem, key: str) -> Any:
    """A meta field as the value it is: PHP data, else JSON, else its text."""
    text = item.first_meta(key)
    if php.looks_serialized(text):
        found = php.read(text)
        return php.read(found) if isinstance(found, str) and php.looks_serialized(found) else found
    return loaded(text) if text[:1] in ("[", "{") else text


def listed(value: Any) -> list[Any]:
    """The members of a list, whatever its keys."""
    if isinstance(value, str):
        return [part for part in value.split(",") if part.strip()]
    return value if isinstance(value, list) else list(value.values()) if isinstance(value, dict) else []


def word(row: Mapping[Any, Any], names: str) -> str:
    """The first of these members that is a text or a number and not empty."""
    for name in names.split():
        found = row.get(name)
        if isinstance(found, str | int) and not isinstance(found, bool) and str(found).strip():
            return str(found).strip()
    return ""


def _ids(key: str, *below: str) -> Reader:
    """A list of ids, in a member of a meta field or the field itself."""

    def read(id: str, item: RawItem, context: Context) -> Iterator[Picture]:
        listed_here = value(item, key)
        for name in below:
            listed_here = listed_here.get(name) if isinstance(listed_here, dict) else None
        for number in listed(listed_here):
            yield Picture(str(number).strip())

    return read


def _of_rows(rows: Any, *, keyed: bool = False) -> Iterator[Picture]:
    """Pictures of rows with `id`, `src`, `alt`, `caption`, `link`; `keyed`: ids are the keys of the rows."""
    pairs = rows.items() if keyed and isinstance(rows, dict) else enumerate(listed(rows))
    for key, row in pairs:
        if not isinstance(row, dict) or word(row, "status") == "pending" or word(row, "hidden") == "1":
            continue
        kind = word(row, "type")
        html = word(row, "code html custom") if kind in ("html", "custom") else ""
        if kind in ("video", "youtube", "vimeo"):
            html = parts.video(word(row, "youtube_url vimeo_url url video"))
        if kind == "testimonial":
            html = (
                f"<blockquote>{word(row, 'testimonial')}</blockquote>{parts.paragraph(word(row, 'testimonial_author'))}"
            )
        file = str(key) if keyed else word(row, "id attachment_id image_id")
        link = word(row, "link url") if not html else ""
        yield Picture(file, word(row, "src image"), word(row, "alt img_alt"), word(row, _CAPTIONS), link, html)


def _envira(id: str, item: RawItem, context: Context) -> Iterator[Picture]:
    data = value(item, "_eg_gallery_data")
    yield from _of_rows(data.get("gallery") if isinstance(data, dict) else None, keyed=True)


def _soliloquy(id: str, item: RawItem, context: Context) -> Iterator[Picture]:
    data = value(item, "_sol_slider_data")
    yield from _of_rows(data.get("slider") if isinstance(data, dict) else None, keyed=True)


def _modula(id: str, item: RawItem, context: Context) -> Iterator[Picture]:
    yield from _of_rows(value(item, "modula-images"))


def _cyclone(id: str, item: RawItem, context: Context) -> Iterator[Picture]:
    rows = value(item, "_cycloneslider_metas")
    yield from _of_rows(rows)


def _album(kind: str, key: str, *below: str) -> Reader:
    """The pictures of all galleries of an album, which a meta field or a member of it lists."""

    def read(id: str, item: RawItem, context: Context) -> Iterator[Picture]:
        ids = value(item, key)
        for name in below:
            ids = ids.get(name) if isinstance(ids, dict) else None
        for number in listed(ids) if context.companions is not None else ():
            gallery = context.companions.item(str(number), kind) if context.companions is not None else None
            if gallery is not None:
                yield from READERS[kind](str(number), gallery, context)

    return read


def _slides(id: str, item: RawItem, context: Context) -> Iterator[Picture]:
    """MetaSlider keeps each slide as an item, or, before version 3.4, as a picture in its taxonomy."""
    for entry, slide in context.companions.opened("ml-slide", id) if context.companions is not None else ():
        if slide.first_meta("_meta_slider_slide_is_hidden") in ("1", "true", "yes", "on"):
            continue
        caption, link = slide["excerpt:encoded"], slide.first_meta("ml-slider_url")
        alt = slide.first_meta("_wp_attachment_image_alt")
        video = slide.first_meta("ml-slider_youtube_url") or slide.first_meta("ml-slider_vimeo_url")
        file = entry.id if entry.kind == "attachment" else slide.first_meta("_thumbnail_id").strip()
        yield Picture(file, "", alt, caption, link, parts.video(video) if video.startswith(_ADDRESS) else "")


READERS: dict[str, Reader] = {
    "envira": _envira,
    "foogallery": _ids("foogallery_attachments"),
    "foogallery-album": _album("foogallery", "foogallery_album_galleries"),
    "envira_album": _album("envira", "_eg_album_data", "galleryIDs"),
    "modula-gallery": _modula,
    "soliloquy": _soliloquy,
    "ml-slider": _slides,
    "robo_gallery_table": _ids("rsg_galleryImages"),
    "rl_gallery": _ids("_rl_images", "media", "attachments", "ids"),
    "cycloneslider": _cyclone,
    "sp_wp_carousel": _ids("sp_wpcp_upload_options", "wpcp_gallery"),
}
"""Post type -> its pictures."""


def gallery(id: str, code: Shortcode, context: Context, item: RawItem) -> str | None:
    """The figure of a gallery; None for one whose list is not in the export."""
    kind = item["wp:post_type"].strip()
    is_slider = COMPANIONS[kind].what == "slider"
    rows = list(READERS[kind](id, item, context))
    if not rows:
        return None
    return figures(rows, context, columns=_columns(item), is_slider=is_slider)


def figures(rows: Iterable[Picture], context: Context, *, columns: int = 3, is_slider: bool = False) -> str:
    """The figure of pictures; empty where none of them is in the export."""
    shown = "".join(_figure(row, context, linked=not is_slider) for row in rows)
    layout = ' data-type="slideshow"' if is_slider else ""
    return f'<figure class="gallery" data-columns="{columns}"{layout}>{shown}</figure>' if shown else ""


def _columns(item: RawItem) -> int:
    """How many pictures are side by side, where the plug-in says it."""
    data = value(item, "_eg_gallery_data")
    said = data.get("config") if isinstance(data, dict) else None
    text = word(said, "columns") if isinstance(said, dict) else ""
    return int(text) if text.isdecimal() and 0 < int(text[:4]) < 10 else 3


def _figure(picture: Picture, context: Context, *, linked: bool) -> str:
    if picture.html:
        return f"<figure>{picture.html}</figure>" if not picture.html.startswith("<figure") else picture.html
    asset = context.asset(picture.id) if picture.id.isdecimal() else None
    if asset is not None and not (galleries.is_kind(asset, "image") or not asset.type):
        return ""
    url = asset.url if asset is not None else picture.url if picture.url.startswith(_ADDRESS) else ""
    if not url:
        context.log("gallery.missing", picture.id or picture.url)
        return ""
    alt = plain(picture.alt) or (asset.alt if asset is not None else "")
    caption = picture.caption or (asset.caption if asset is not None else "")
    size = ""
    if asset is not None and asset.width and asset.height:
        size = f' width="{asset.width}" height="{asset.height}"'
    image = f'<img src="{escape(url)}" alt="{escape(alt)}"{size}>'
    link = picture.link if picture.link.startswith(_ADDRESS) else url if linked else ""
    below = f"<figcaption>{caption.strip()}</figcaption>" if caption.strip() else ""
    return f"<figure>{parts.link(link, image)}{below}</figure>"
