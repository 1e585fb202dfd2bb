"""What was changed, lost or left out, as data.

A `Notice` travels with its item into the report. Its severity is never an argument: the one table below gives every
code its severity, its English sentence and the advice that goes with it. Whatever a reader saw and no longer sees is at
least LOST.
"""

from enum import IntEnum

import msgspec


class Severity(IntEnum):
    INFO = 0
    """Good to know; nothing is different for a reader."""
    CHANGED = 1
    """Something was repaired, renamed or said in another way."""
    LOST = 2
    """Something a reader saw is not there, or not where it was."""
    FAILED = 3
    """A whole item could not be carried."""


class Kind(msgspec.Struct, frozen=True):
    """One row of the table: what a code means."""

    severity: Severity
    text: str
    advice: str = ""


_I, _C, _L, _F = Severity.INFO, Severity.CHANGED, Severity.LOST, Severity.FAILED

KINDS: dict[str, Kind] = {
    # reading the source
    "source.encoding": Kind(_C, "The file is not in the encoding it declares; the one that fits was used."),
    "source.junk": Kind(_C, "Bytes before the start or after the end of the export were passed over."),
    "source.truncated": Kind(
        _F,
        "The export breaks off in the middle of an item.",
        "Export again; large sites often need it in parts by date.",
    ),
    "source.php-error": Kind(
        _F, "The server wrote an error message into the export.", "Export again; the message says what went wrong."
    ),
    "xml.control-characters": Kind(_C, "Control characters, which XML forbids and no browser shows, were removed."),
    "xml.cdata-end": Kind(_C, "A raw ]]> inside a text was kept as text."),
    "xml.entity": Kind(_C, "An entity that XML does not know was read as HTML does."),
    "xml.namespace": Kind(_C, "A name space prefix that was never declared was declared."),
    "xml.encoding": Kind(_C, "Bytes that are not UTF-8 were read in another encoding."),
    "xml.markup": Kind(_C, "Broken XML markup around a field was repaired."),
    "item.unreadable": Kind(
        _F, "The item cannot be read as XML even after repair.", "Open it in the old site and save it."
    ),
    "item.too-large": Kind(_F, "The item is larger than the limit.", "Raise the limit, or shorten the item."),
    "item.duplicate": Kind(_I, "The same item stands in the export twice; it was carried once."),
    "item.duplicate-id": Kind(_C, "Two different items have the same id; both were carried."),
    "item.parent-cycle": Kind(_C, "A chain of parents runs in a circle; it was cut."),
    "item.parent-missing": Kind(_C, "The parent is not part of the export."),
    "item.failed": Kind(
        _F, "The item could not be converted because of an error in this program.", "Please report it."
    ),
    # fields
    "date.invalid": Kind(_C, "A date that is none was left out."),
    "date.offset": Kind(
        _C, "Local and universal date do not differ by a time zone's offset; the universal one was used."
    ),
    "status.unknown": Kind(_C, "An unknown status was read as draft."),
    "php.invalid": Kind(_C, "A PHP-serialised value cannot be read; it was kept as text."),
    "featured.missing": Kind(
        _L, "The featured image is not part of the export.", "Export the media library too, and convert both together."
    ),
    "seo.variable": Kind(_I, "A text for search engines has a variable the export does not hold; it was left out."),
    "field.skipped": Kind(_I, "A field that serves the old site's machinery was left out."),
    # the plan
    "path.collision": Kind(_C, "Another item has the same name; the file got another one, its address stayed."),
    "path.cut": Kind(_C, "A name too long for a file system was cut."),
    "path.reserved": Kind(_C, "A name that means something else to the target or to an operating system was changed."),
    "url.collision": Kind(_L, "Two items have the same address; the later one got another."),
    # content
    "html.active": Kind(_L, "Active content (a script, an event handler, an address that runs code) was removed."),
    "html.depth": Kind(_C, "Elements nested too deeply kept their text and lost their tags."),
    "shortcode.unknown": Kind(_C, "A shortcode that nothing here knows was kept as the text it is."),
    "block.empty": Kind(_L, "A block that the old site filled when it was shown has no content of its own."),
    "block.site": Kind(_L, "A block that shows the site rather than the post was left out."),
    "block.reusable-missing": Kind(_L, "A reusable block is not part of the export."),
    "block.reusable-cycle": Kind(_C, "A reusable block contains itself; it was cut."),
    "gallery.missing": Kind(_L, "A picture of a gallery is not part of the export."),
    "embed.card": Kind(_I, "An embed became a link."),
    "image.variant": Kind(_I, "A resized copy was replaced by its original."),
    "template.escaped": Kind(_I, "Text that the target would take for a template was escaped."),
    # comments and menus
    "comments.held": Kind(_I, "Comments that were not public were left out."),
    "menu.missing": Kind(_L, "A menu entry points to something that was not carried."),
}


class Notice(msgspec.Struct, frozen=True):
    """One thing that happened to one item."""

    code: str
    item: str = ""
    """The item's id in its source; empty for the source as a whole."""
    what: str = ""
    """The particular: the shortcode, the file name, the count."""
    where: str = ""
    """Field, element or line."""
    old: str = ""
    new: str = ""

    @property
    def severity(self) -> Severity:
        return KINDS[self.code].severity


class Log:
    """Collects the notices of one item, in order; equal ones once."""

    __slots__ = ("_seen", "item", "notices")

    def __init__(self, item: str = "") -> None:
        self.item = item
        self.notices: list[Notice] = []
        self._seen: set[Notice] = set()

    def __call__(self, code: str, what: str = "", *, where: str = "", old: str = "", new: str = "") -> None:
        """Note `code`; raises KeyError for a code that is not in the table."""
        KINDS[code]
        self.take(Notice(code, self.item, what, where, old, new))

    def take(self, notice: Notice) -> None:
        """Add a notice that was made elsewhere."""
        if notice not in self._seen:
            self._seen.add(notice)
            self.notices.append(notice)
