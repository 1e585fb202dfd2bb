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

TYPE_NOT_PUBLIC = "type.not-public"
OF_TYPES = frozenset({TYPE_NOT_PUBLIC, "type.looks-personal", "type.gated", "type.left-out"})
"""What is said of an item for the sake of its type: `what` names the type."""

KINDS: dict[str, Kind] = {
    # reading the source
    "source.encoding": Kind(_C, "The file is not in the encoding it declares; the one that fits was used."),
    "source.junk": Kind(
        _C, "What stands around an export or between its items (junk, warnings of PHP) was passed over."
    ),
    "source.beside": Kind(_I, "What lies beside the parts of a Hugo site was left where it is."),
    "source.skipped": Kind(
        _L,
        "A file of the source was passed over: it is a link, no plain file, or locked in an archive.",
        "Put a copy of the file in its place.",
    ),
    "source.hidden": Kind(
        _I,
        "Hidden files, folders of tools, and backups inside of the source were passed over: no visitor of a site sees "
        "them.",
    ),
    "source.private": Kind(
        _L,
        "Files inside of the source were passed over that hold secrets (keys, settings, databases, logs) or are "
        "programs of the old server.",
        "Give a copy another name if readers are to have it.",
    ),
    "source.pattern": Kind(
        _C,
        "A source is named like a pattern: the file of just that name was read, and not what fits the pattern.",
        "Rename the file to read the others.",
    ),
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
    "item.crashed": Kind(
        _F,
        "The process that converted the item ended all at once, and did so again when it was tried alone.",
        "Run it again with more memory free; if it stays, please report it.",
    ),
    "item.timed-out": Kind(
        _F,
        "The item took longer than an item may.",
        "Run it again with a higher --item-timeout, or with 0 for no limit.",
    ),
    "item.out-of-memory": Kind(
        _F, "There was not enough memory for the item.", "Run it again with more memory free, or with --workers 1."
    ),
    # what was public
    "type.not-public": Kind(
        _C,
        "Nothing shows that items of this post type had pages for everybody; the item is a draft.",
        "If they had, name the type in --public-types.",
    ),
    "type.looks-personal": Kind(
        _L,
        "The item had an address, but its post type or its fields look like a record about a person; it is a draft.",
        "If everybody could see such items, name the type in --public-types.",
    ),
    "type.gated": Kind(
        _L,
        "Plug-ins show items of this post type to members, pupils or customers only; the item is a draft.",
        "If everybody could see such items, name the type in --public-types.",
    ),
    "type.record": Kind(
        _C,
        "The item is of a post type that is no content; since you named the type, it is a draft.",
        "Look at what it says of people before you publish any of it.",
    ),
    "type.left-out": Kind(
        _C,
        "The name of the post type means records about people, and nothing shows a page; the item was left out.",
        "Name the type in --types, and its items become drafts; in --public-types if everybody could see them.",
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
    "language.unknown": Kind(
        _C, "A language code that is not known was passed over; the text is as it was, in the site's own language."
    ),
    "language.no-text": Kind(_C, "An item has a title in a language in which it has no text; no page was made of it."),
    "field.skipped": Kind(_I, "A field that serves the old site's machinery was left out."),
    "field.renamed": Kind(
        _C,
        "A custom field is called like something that the target reads for itself, or like another one but for capital "
        "letters; it got another name.",
        "Use the new name in layouts that show the field.",
    ),
    "taxonomy.renamed": Kind(
        _C,
        "A taxonomy is called like something that the target reads for itself, or like another; it got another key.",
        "Use the new key in layouts that list the taxonomy; the addresses of its terms are the old ones.",
    ),
    # front matter
    "frontmatter.unclosed": Kind(
        _C, "Front matter begins and does not end: the whole file was taken for the text, and it is a draft now."
    ),
    "frontmatter.repaired": Kind(_C, "Front matter that is not valid was read key by key."),
    "frontmatter.unreadable": Kind(
        _C,
        "Front matter cannot be read: it was kept as text, and the item is a draft now.",
        "Put right what is said here, and take the draft's mark away.",
    ),
    "frontmatter.duplicate": Kind(_C, "A key stands twice in the front matter; the later value was taken."),
    "frontmatter.tag": Kind(_C, "A tag in YAML that nothing here knows was refused; its value was kept."),
    # what is left out of a source
    "target.refused": Kind(
        _L,
        "Files of the source were left out: the target, a server or a build service would run or obey what has such a "
        "name.",
        "Look at them, and put them in by hand if they are yours.",
    ),
    "target.shielded": Kind(
        _C,
        "Files of the source that begin as templates do got an empty line before them, so that the target shows them "
        "and does not run them.",
    ),
    "setting.untrusted": Kind(
        _L,
        "A setting of the Hugo source was left out: it is unknown here, or lets a site run programs or reach beyond "
        "its folder.",
        "Run the same command with --trust-source if the site is your own.",
    ),
    "source.untrusted": Kind(
        _L,
        "Files of the Hugo source, or programs its layouts ask for, were left out: they run outside of Hugo's limits.",
        "Run the same command with --trust-source if the site is your own.",
    ),
    # the plan
    "path.collision": Kind(_C, "Another item has the same name; the file got another one, its address stayed."),
    "path.cut": Kind(_C, "A name too long for a file system was cut."),
    "path.reserved": Kind(_C, "A name that means something else to the target or to an operating system was changed."),
    "path.moved-up": Kind(
        _C, "A page stands below more others than a path of files can say; its file was put further up."
    ),
    "url.collision": Kind(
        _L, "Another item, or a file of the new site, has the same address; the later one got another."
    ),
    "url.cut": Kind(
        _L, "An address is too long for a path of files; it was cut.", "Tell a server of the old one with --redirects."
    ),
    # content
    "html.active": Kind(_L, "Active content (a script, an event handler, an address that runs code) was removed."),
    "html.element": Kind(
        _C,
        "An element that is not known to be harmless was removed; the text a reader saw in it stayed.",
        "For a source you trust, --raw-html keep keeps it.",
    ),
    "html.attribute": Kind(_I, "An attribute that is not known to be harmless was removed."),
    "html.style": Kind(
        _C, "A style that could load something, or cover the page, was removed.", "Put it into the theme's style sheet."
    ),
    "html.depth": Kind(_C, "Elements nested too deeply kept their text and lost their tags."),
    "markup.too-much": Kind(
        _C,
        "A construct of Markdown that would have taken more time or memory than its text is worth was kept as text.",
        "Part it into several.",
    ),
    "content.too-much": Kind(
        _L,
        "Reusable blocks, galleries or other things written elsewhere would have made a text larger than the limit; "
        "what goes beyond it was left out.",
        "Look for blocks that show each other, or the same gallery many times.",
    ),
    "shortcode.unknown": Kind(_C, "A shortcode that nothing here knows was kept as the text it is."),
    "shortcode.depth": Kind(_C, "Shortcodes nested too deeply were kept as the text they are."),
    "shortcode.unwrapped": Kind(
        _C, "A shortcode of a known builder that has no rule here was taken away; its inside and its words were kept."
    ),
    "shortcode.left-out": Kind(
        _L,
        "A shortcode showed what its plug-in had in data of its own, which the export does not hold.",
        "Put it in by hand.",
    ),
    "shortcode.form": Kind(
        _L,
        "A form did not come along: a static site has nothing that answers it.",
        "Put in the form of a form service.",
    ),
    "shortcode.hidden": Kind(
        _L,
        "Words that a plug-in showed to members only were left out.",
        "Put them in by hand if everybody may read them.",
    ),
    "builder.found": Kind(
        _C, "The text was made with a page builder; its words, pictures and links were carried, its layout was not."
    ),
    "builder.invalid": Kind(_L, "Data of a page builder cannot be read.", "Open the post in the old site and save it."),
    "builder.widget": Kind(_L, "Nothing could be carried of a page builder's widget."),
    "builder.elsewhere": Kind(
        _L,
        "The post's text is in a page builder's own data, which nothing here reads.",
        "Let the builder write plain HTML into the post, and export again.",
    ),
    "media.missing": Kind(_L, "A picture, a sound or a film that the text shows is not part of the export."),
    "reference.missing": Kind(
        _L, "A page that a text names by its file is not part of the source; the name stands there."
    ),
    "markup.unread": Kind(_C, "A text in a markup that nothing here reads was carried as preformatted text."),
    "media.missing-file": Kind(
        _L,
        "A file of the old site could not be had; its old address was left in the text.",
        "Run the same command again: what came along stays. Or put the file into its place by hand.",
    ),
    "media.not-public": Kind(
        _C,
        "Only drafts, private or protected posts show a file; it did not come along, and its old address stays.",
        "With --media-drafts such files come along; then anybody can fetch them from the new site.",
    ),
    "media.too-large": Kind(
        _L,
        "A file of the old site is larger than the limit; its old address was left in the text.",
        "Run the same command again with a larger --max-file-size.",
    ),
    "rule.applied": Kind(_I, "A rule of your own was applied."),
    "rule.too-long": Kind(
        _C, "A rule of your own would have written too much into one text; the shortcode or block was left as it is."
    ),
    "block.empty": Kind(_L, "A block that the old site filled when it was shown has no content of its own."),
    "block.site": Kind(_L, "A block that shows the site rather than the post was left out."),
    "block.reusable-missing": Kind(_L, "A reusable block is not part of the export."),
    "block.reusable-closed": Kind(_I, "A reusable block that was not public showed nothing, and was left out."),
    "block.reusable-cycle": Kind(_C, "A reusable block contains itself; it was cut."),
    "gallery.missing": Kind(_L, "A picture of a gallery is not part of the export."),
    "link.missing": Kind(
        _L, "A link leads to something of the old site that was not carried.", "Let the link lead elsewhere."
    ),
    "embed.card": Kind(_I, "An embed became a link."),
    "image.background": Kind(_C, "A picture that lay behind words stands before them now."),
    "image.decoration": Kind(
        _L,
        "A picture that a style used as a mark (of a list, of a border, or inside of the style itself) was left out.",
    ),
    "image.variant": Kind(_I, "A resized copy was replaced by its original."),
    "template.escaped": Kind(_I, "Text that the target would take for a template was escaped."),
    # pages of HTML
    "html.content": Kind(_I, "Where on the page its text was found."),
    "html.selector": Kind(
        _C, "Nothing on the page fits the selector for the text; it was found as on other pages.", "Mend the selector."
    ),
    "html.chrome": Kind(_I, "What stands around the text (navigation, share buttons, facts of the post) was left out."),
    "html.beside": Kind(
        _L,
        "Words that stand beside the text were left out.",
        "Name the element that holds all with --content-selector.",
    ),
    "html.comments": Kind(_L, "Comments that the page shows were left out."),
    "html.empty": Kind(_L, "No text was found on the page.", "Name the element that holds it with --content-selector."),
    "date.source": Kind(_I, "The page does not state its date; it was taken from where it stands."),
    # addresses
    "redirect.unsaid": Kind(
        _L,
        "Former addresses are not in the file for a server that cannot be told about them.",
        "Take another of --redirects, where the server understands it.",
    ),
    # the output folder
    "output.state-damaged": Kind(
        _C,
        "The list of what earlier runs wrote was damaged and was begun anew: files that are as they would be written "
        "are taken for written, all others for yours.",
        "Look at the files that were left as they are (`kept`): remove those that are not yours, and run it again.",
    ),
    # the check of what was written
    "verify.lost": Kind(
        _L, "The check does not find in what was written what the post said.", "Please report this, with the post."
    ),
    "verify.changed": Kind(_C, "The check finds in what was written all of it, in another form or at another place."),
    "verify.edited": Kind(_I, "A file was edited since it was written; this is what differs."),
    "verify.unread": Kind(
        _C, "The check could not read what was written, or what the post said.", "Please report this, with the post."
    ),
    # comments and menus
    "comments.held": Kind(_I, "Comments that were not public were left out."),
    "menu.languages": Kind(
        _C, "A menu entry that showed the languages was left out; each page links to its translations."
    ),
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

    def drain(self) -> list[Notice]:
        """The notices so far, which are forgotten here."""
        notices, self.notices = self.notices, []
        self._seen.clear()
        return notices
