"""The semantic embed of a URL: `<figure class="embed" data-provider="…" data-url="…" data-id="…" data-start="75">`.

It holds a link with the URL, what the page said of it (a tweet's text), or the frame that it was shown in.
"""

from __future__ import annotations

from html import escape, unescape

from lxml import etree

from converters.importers.shared import providers


def _attributes(url: str, provider: str = "") -> dict[str, str]:
    """The attributes of the embed's figure; `provider` is the one that the source names, for URLs of unknown ones."""
    found = providers.find(url)
    values = {
        "data-provider": found.provider or provider,
        "data-url": found.page or ("https:" + url if url.startswith("//") else url),
        "data-id": found.id,
        "data-start": str(found.start or ""),
        "data-list": found.playlist,
        "data-file": found.file,
    }
    return {name: value for name, value in values.items() if value}


def embed(url: str, caption: str = "", provider: str = "", *, inside: str = "") -> str:
    """The embed as HTML. `caption` and `inside` are HTML; without `inside` the URL is shown as a link."""
    attributes = _attributes(unescape(url.strip()), provider)
    page = escape(attributes.get("data-url", ""))
    said = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    below = f"<figcaption>{caption}</figcaption>" if caption else ""
    inside = inside or f'<a href="{page}">{page}</a>'
    return f'<figure class="embed"{said}>{inside}{below}</figure>'


def embed_element(url: str, text: str = "", frame: etree._Element | None = None) -> etree._Element:
    """The embed as an element. `text`: of the card for it; `frame`: the one that the page had for it."""
    attributes = _attributes(url)
    page = attributes.pop("data-url", "")
    figure = etree.Element("figure", {"class": "embed", **attributes, "data-url": page})
    if frame is not None:  # what a reader saw; no URL was shown beside it
        figure.append(frame)
        return figure
    holder = etree.SubElement(etree.SubElement(figure, "blockquote"), "p") if text else figure
    etree.SubElement(holder, "a", href=page).text = text or page
    return figure
