"""What was changed, lost or left out, as data.

A `Notice` travels with its item into the report. Its severity is never an argument: the one table below gives every
code its severity, what happened, and what to do about it. Whatever a reader saw and no longer sees is at least LOST.
docs/notices.md is made from the table (`docs/make_notices.py`). Plug-ins add codes of their own with `register`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum

import msgspec

from converters.errors import PluginError


class Severity(IntEnum):
    INFO = 0
    """Good to know; nothing is different for a reader."""
    CHANGED = 1
    """Something was repaired, renamed or written in another form."""
    LOST = 2
    """Something a reader saw is not there, or not where it was."""
    FAILED = 3
    """A whole item could not be converted."""


class Kind(msgspec.Struct, frozen=True):
    """One row of the table: what a code means."""

    severity: Severity
    text: str
    """What happened."""
    remedy: str = ""
    """What to do about it; empty for nothing."""


class _Table(dict[str, Kind]):
    def __missing__(self, code: str) -> Kind:
        """A code of a plug-in that is not loaded, or has not registered it. LOST, so that nobody overlooks it."""
        return Kind(Severity.LOST, "A plug-in reported this code and does not describe it.", "See its documentation.")


_I, _C, _L, _F = Severity.INFO, Severity.CHANGED, Severity.LOST, Severity.FAILED

RULE_APPLIED = "rule.applied"
EMPTY = "html.empty"
"""An item has no text, and nothing else to show."""
TYPE_NOT_PUBLIC = "type.not-public"
OF_TYPES = frozenset({TYPE_NOT_PUBLIC, "type.looks-personal", "type.gated", "type.left-out"})
"""Notices about an item's post type: `what` names the type."""

KINDS = _Table({
    # reading the source
    "source.encoding": Kind(_C, "The file is not in the encoding it declares; the one that fits was used.", "Look at a post with accented letters. If they are wrong, export again as UTF-8."),
    "source.junk": Kind(_C, "Text around an export or between its items (junk, warnings of PHP) was skipped."),
    "source.beside": Kind(_I, "Files beside the parts of a Hugo site were not copied.", "Copy by hand what you still need of them."),
    "source.skipped": Kind(_L, "A file of the source was skipped: it is a link, not a plain file, or locked in an archive.", "Put a copy of the file where the link is, or unlock the archive, and run the command again."),
    "source.hidden": Kind(_I, "Hidden files, folders of tools, and backups in the source were skipped: visitors of the site never saw them."),
    "source.private": Kind(_L, "Files in the source were skipped that hold secrets (keys, settings, databases, logs) or are programs of the old server.", "If readers should have such a file, give a copy another name."),
    "source.pattern": Kind(_C, "A source is named like a pattern: the file of exactly that name was read, not the files that match the pattern.", "Rename the file to read the others."),
    "source.truncated": Kind(_F, "The export breaks off in the middle of an item.", "Export again, in parts by date if the site is large, and convert all parts together."),
    "source.php-error": Kind(_F, "The server wrote an error message into the export.", "Read the message in the export, fix the old site (often its memory limit), export again."),
    "xml.control-characters": Kind(_C, "Control characters, which XML forbids and no browser shows, were removed."),
    "xml.cdata-end": Kind(_C, "A raw ]]> inside a text was kept as text."),
    "xml.entity": Kind(_C, "An entity that XML does not know was read as HTML does."),
    "xml.namespace": Kind(_C, "A namespace prefix that was never declared was declared."),
    "xml.encoding": Kind(_C, "Bytes that are not UTF-8 were read in another encoding.", "Look for wrong characters in the post, and correct them in its file."),
    "xml.markup": Kind(_C, "Broken XML markup around a field was repaired.", "Look at the post: the notice names the repaired field."),
    "item.unreadable": Kind(_F, "The item cannot be read as XML even after repair.", "Open the item in the old site, save it, export again. Or write it again by hand."),
    "item.too-large": Kind(_F, "The item is larger than the limit.", "Shorten the item in the old site, or split it, and export again."),
    "item.duplicate": Kind(_I, "The same item is in the export twice; it was converted once."),
    "item.duplicate-id": Kind(_C, "Two different items have the same id; both were converted.", "Check whether both posts are wanted."),
    "item.parent-cycle": Kind(_C, "A chain of parents is a circle; it was cut.", "Look at the page's place among the others."),
    "item.parent-missing": Kind(_C, "The parent is not part of the export.", "If the page's URL matters, export the parent too, and convert both together."),
    "item.failed": Kind(_F, "The item could not be converted because of an error in this program.", "Report it with the message of the notice; meanwhile write the item by hand."),
    "worker.crashed": Kind(_F, "The process that converted the item ended unexpectedly, twice; the second time it had only this item.", "Run the command again with more free memory; if it happens again, report it and write the item by hand."),
    "item.timed-out": Kind(_F, "The item took longer than the time limit.", "Run the command again with a higher --item-timeout, or with 0 for no limit."),
    "item.out-of-memory": Kind(_F, "There was not enough memory for the item.", "Run the command again with more free memory, or with --workers 1."),
    # what was public
    "type.not-public": Kind(_C, "Nothing shows that items of this post type had public pages; the item is a draft.", "If they had, name the type in --public-types."),
    "type.looks-personal": Kind(_L, "The item had a permalink, but its post type or its fields look like a record about a person; it is a draft.", "If everybody could see such items, name the type in --public-types."),
    "type.gated": Kind(_L, "Plug-ins show items of this post type to members, pupils or customers only; the item is a draft.", "If everybody could see such items, name the type in --public-types."),
    "type.record": Kind(_C, "The item is of a post type that is not content; since you named the type, it is a draft.", "Check what it reveals about people before you publish any of it."),
    "type.left-out": Kind(_C, "The name of the post type means records about people, and nothing shows a page; the item was left out.", "Name the type in --types to get its items as drafts, or in --public-types if everybody could see them."),
    # JSON
    "json.unreadable": Kind(_F, "The item is not valid JSON.", "Correct it at the place that the notice names, and run the command again."),
    "json.field": Kind(_L, "A field has another type than the format asks for, or cannot be read; it was left out.", "Correct the field in the source, and run the command again."),
    "json.repaired": Kind(_C, "Characters that JSON or a page cannot hold were replaced.", "Look for wrong characters in the post, and correct them in its file."),
    "json.hidden": Kind(_C, "An item in a file of what was not public says that it was published; it is a draft.", "If the post should be public, move it to the public file, or remove the draft key from its front matter."),
    "json.more": Kind(_L, "The feed continues at another URL, which was not read.", "Download the further pages into the folder of the first one, and convert the folder."),
    "json.form": Kind(_L, "A form was left out of the HTML of a JSON item, where it could not be sent; its text stays, and whole_html has all of it.", "If readers should still have the form, link from the item to a page that shows it."),
    "json.no-home": Kind(_C, "The source does not show the URL of the site, or many sites share it: the feed has no home_page_url and no feed_url, and URLs that are relative may stay so.", "Add both where you publish the feed."),
    "json.no-title": Kind(_C, "The source does not show the title of the site, which a JSON Feed has to have; it has the name of the only author, or of the host.", "Correct the title in feed.json."),
    "json.site-missing": Kind(_L, "The file site.json, which holds authors, terms, menus and the media library, is not beside the feed.", "Put it beside the feed, and run the command again."),
    # fields
    "date.invalid": Kind(_C, "An invalid date was left out.", "Write the date into the front matter."),
    "date.offset": Kind(_C, "Local and universal date do not differ by a time zone's offset; the universal one was used.", "If the hour matters, check the post's date; --timezone sets the site's time zone."),
    "date.due": Kind(_C, "The item was scheduled, and its day has come by now: it was converted as published.", "If it is not to be seen, make it a draft."),
    "date.ends": Kind(_C, "The source ceases to show the item on a later day; the target goes on showing it.", "Make it a draft on that day, or run the same command again then."),
    "date.expired": Kind(_I, "The source shows the item no more, since its last day is over; it is private."),
    "date.held": Kind(_C, "The item is scheduled, and the target cannot publish it by itself when its day comes: it is held back.", "On that day, run the same command again; or take the key out of its front matter that keeps it back (published: false, draft: true)."),
    "status.unknown": Kind(_C, "An unknown status was read as draft.", "If the post should be public, remove the draft key from its front matter."),
    "php.invalid": Kind(_C, "A PHP-serialised value cannot be read; it was kept as text.", "If your layouts use the field, check it in the front matter."),
    "featured.missing": Kind(_L, "The featured image is not part of the export.", "Export the media library too, and convert both together."),
    "seo.variable": Kind(_I, "A text for search engines has a variable that is not in the export; it was left out.", "To give search engines a text of your own, write a title or a description into the front matter."),
    "language.unknown": Kind(_C, "An unknown language code was ignored; the text stays as it is, in the site's own language.", "If it was meant as a language code, correct it in the text."),
    "language.no-text": Kind(_C, "An item has a title in a language in which it has no text; no page was made of it."),
    "field.skipped": Kind(_I, "A field was left out: it is empty, or data that WordPress, a theme or a plug-in keeps for itself."),
    "field.too-large": Kind(_L, "A custom field is too large for front matter, and was left out there.", "If your layouts show it, copy it from the export into a data file."),
    "field.renamed": Kind(_C, "A custom field has the name of a key that the target reads itself, or differs from another field only in capital letters; it was renamed.", "Use the new name in layouts that show the field."),
    "term.renamed": Kind(_C, "Another term of the taxonomy has the same name; front matter calls this one by another. Its page has the name it had.", "Rename one of the two if you like: in front matter, and as title of its page."),
    "author.renamed": Kind(_C, "Another author has the same name; front matter calls this one by another. The author's page has the name it had.", "Rename one of the two if you like: in front matter, and as title of the author's page."),
    "taxonomy.renamed": Kind(_C, "A taxonomy has the name of a key that the target reads itself, or of another taxonomy; it got another key.", "Use the new key in layouts that list the taxonomy; the URLs of its terms are unchanged."),
    # front matter
    "frontmatter.unclosed": Kind(_C, "Front matter begins and does not end: the whole file was read as text, and it is a draft now.", "Add the line that ends the front matter, and run the command again."),
    "frontmatter.repaired": Kind(_C, "Invalid front matter was read key by key.", "Compare the front matter with that of the source."),
    "frontmatter.unreadable": Kind(_C, "Front matter cannot be read: it was kept as text, and the item is a draft now.", "Correct the error of the notice in the source, and run the command again."),
    "frontmatter.duplicate": Kind(_C, "A key occurs twice in the front matter; the later value was used.", "Remove one of the two from the source."),
    "frontmatter.tag": Kind(_C, "An unknown tag in YAML was refused; its value was kept."),
    # what is left out of a source
    "target.refused": Kind(_L, "Files of the source were left out: the target, a server or a build service would run or obey files with such names.", "Check them, and copy them by hand if they are yours."),
    "target.shielded": Kind(_C, "Files of the source that begin like templates got an empty line at the start, so that the target shows them and does not run them."),
    "setting.untrusted": Kind(_L, "A setting of the Hugo source was left out: it is not supported, or lets a site run programs or reach beyond its folder.", "If the site is your own, run the same command with --trust-source."),
    "source.untrusted": Kind(_L, "Files of the Hugo source, or programs its layouts use, were left out: they run outside of Hugo's limits.", "If the site is your own, run the same command with --trust-source."),
    # the plan
    "path.collision": Kind(_C, "Another item has the same name; the file got another one, its URL is unchanged.", "Rename the file if you like; its URL is in the front matter."),
    "path.cut": Kind(_C, "A name too long for a file system was cut."),
    "path.reserved": Kind(_C, "A name with a special meaning for the target or an operating system was changed."),
    "path.moved-up": Kind(_C, "A page is below more others than a file path can hold; its file was moved further up."),
    "url.collision": Kind(_L, "Another item, or a file of the new site, has the same URL; the later one got another.", "Choose a URL for one of the two in its front matter, and redirect the old one."),
    "url.cut": Kind(_L, "A URL too long for a file path was cut.", "Redirect the old one with --redirects."),
    # content
    "html.active": Kind(_L, "Active content (a script, an event handler, a URL that runs code) was removed.", "If you trust it, put it back by hand as a shortcode or an include, or use --raw-html keep."),
    "html.element": Kind(_C, "An element that is not known to be harmless was removed; the text a reader saw in it stays.", "For a source you trust, --raw-html keep keeps it."),
    "html.attribute": Kind(_I, "An attribute that is not known to be harmless was removed."),
    "html.style": Kind(_C, "A style that could load something, or cover the page, was removed.", "Put it into the theme's style sheet."),
    "title.tags": Kind(_C, "Tags in a title, which browsers hid, were left out.", "If the title is to show them, write them with &lt; and &gt; in WordPress, and export again."),
    "html.brackets": Kind(_C, "Text in angle brackets that is no HTML element was kept as text; browsers had hidden it.", "Look at the post; if it was an element of a plug-in, remove it or write a rule (--rules)."),
    "html.instruction": Kind(_C, "Code between <? and ?>, which a plug-in ran or browsers hid, was left out.", "Look at the old page, and add by hand what the code showed."),
    "html.hidden": Kind(_C, "Text or an image that the old page held and did not show was left out.", "If readers should see it, add it by hand."),
    "html.image": Kind(_L, "An image that a script of the old page loaded has no URL in the file; it was left out.", "Save the page after its images have loaded, or add the image by hand."),
    "html.unfolded": Kind(_C, "Text that a click opened on the old page is open, or below its title, now.", "Look at the post, and fold the text again if you like."),
    "html.look": Kind(_I, "Colors, fonts or sizes of text, which the old page set in the text itself, were left out.", "Let your theme set them."),
    "html.unclosed": Kind(_C, "A comment that nothing ends hid the rest of the text, which was left out.", "If readers should see the text, end the comment in the source, and run the command again."),
    "html.depth": Kind(_C, "Elements nested too deeply kept their text and lost their tags.", "Look at the post's layout."),
    "markup.markdown": Kind(_C, "The text is written in Markdown, and was read so.", "If it is HTML, use --markup html."),
    "markup.looks-like": Kind(_C, "The text looks as if it were written in another markup than HTML; its marks were kept as text.", "For Markdown, use --markup markdown; edit other texts by hand."),
    "markup.too-much": Kind(_C, "A construct of Markdown that would have taken too much time or memory was kept as text.", "Split it into several."),
    "content.too-much": Kind(_L, "Reusable blocks, galleries or other content from elsewhere would have made a text larger than the limit; the rest was left out.", "Look for blocks that show each other, or the same gallery many times."),
    "shortcode.unknown": Kind(_C, "An unknown shortcode was kept as text.", "Copy a rule from the report's page into rules.toml, and run the command again with --rules rules.toml."),
    "shortcode.themed": Kind(_C, "A shortcode of a theme became what themes usually show with it.", "Compare it with the old page; a rule (--rules) can convert it better."),
    "shortcode.inline": Kind(_I, "A shortcode that a page brings itself was left out: the site does not switch such shortcodes on, and Hugo shows nothing of them."),
    "shortcode.depth": Kind(_C, "Shortcodes nested too deeply were kept as text.", "Look at the post, and correct its brackets."),
    "shortcode.unwrapped": Kind(_C, "A shortcode of a page builder that is not supported was removed; its content and its text were kept.", "Look at the post; a rule (--rules) can convert it better."),
    "shortcode.left-out": Kind(_L, "A shortcode showed data of its plug-in that is not in the export.", "Add by hand what the plug-in showed: a table, a list, a link."),
    "shortcode.argument": Kind(_L, "A text or an address among the arguments of a shortcode was left out.", "Look at the post, and add it by hand; a rule (--rules) can convert the shortcode better."),
    "shortcode.form": Kind(_L, "A form was left out: a static site has nothing that receives it.", "Add the form of a form service, or an e-mail address."),
    "shortcode.hidden": Kind(_L, "Text that a plug-in showed to members only was left out.", "If everybody may read the text, add it by hand."),
    "builder.found": Kind(_C, "The text was made with a page builder; its text, images and links were converted, its layout was not.", "Look at the post; only its layout is different."),
    "builder.invalid": Kind(_L, "Data of a page builder cannot be read.", "Open the post in the old site, save it, export again."),
    "builder.widget": Kind(_L, "Nothing of a page builder's widget could be converted.", "Look at the old page, and add by hand what the widget showed."),
    "builder.content-missing": Kind(_L, "The post's text is in a page builder's own data, which is not supported.", "Let the builder write plain HTML into the post, and export again."),
    "media.missing": Kind(_L, "An image, an audio or a video that the text shows is not part of the export.", "Export the media library too, or put the file at its URL."),
    "reference.missing": Kind(_L, "A page that a text names by its file is not part of the source; its name was kept.", "Add the page to the source, or correct the link."),
    "markup.hook": Kind(_I, "The site had a template of its own for an element of Markdown; the plain element was written."),
    "markup.code-hook": Kind(_C, "A block of code that the site showed as a drawing was kept as code.", "Add to the new site the script that draws it: Mermaid, GoAT and the like."),
    "markup.unread": Kind(_C, "A text in a markup that is not supported became preformatted text.", "Turn the text into Markdown or HTML, and run the command again."),
    "media.missing-file": Kind(_L, "A file of the old site could not be downloaded; its old URL was left in the text.", "Run the same command again: files that were copied stay. Or put the file in its place by hand."),
    "media.not-public": Kind(_C, "Only drafts, private or protected posts show a file; it was not copied, and its old URL stays.", "With --media-drafts such files are copied; then anybody can download them from the new site."),
    "media.too-large": Kind(_L, "A file of the old site is larger than the limit; its old URL was left in the text.", "Run the same command again with a larger --max-file-size."),
    "rule.applied": Kind(_I, "A rule of your own was applied."),
    "rule.too-long": Kind(_C, "A rule of your own would have written too much into one text; the shortcode or block was left as it is.", "Make the rule write less, or edit the text by hand."),
    "block.empty": Kind(_L, "A block that the old site filled when it was shown has no content of its own.", "Look at the old page, and add by hand what the block showed; or copy a rule from the report's page."),
    "block.site": Kind(_L, "A block that shows the site rather than the post was left out.", "If the new site should have it, let your layouts show it."),
    "companion.closed": Kind(_I, "A table, a gallery or a recipe that was not public was left out, as on the old site."),
    "companion.unused": Kind(_C, "No post of the export shows a table, a gallery or a recipe; it was left out.", "If a widget or a template of the old site showed it, name its type in --types to get it as a draft."),
    "companion.cycle": Kind(_C, "A table, a recipe or a template shows itself; it was cut."),
    "companion.control": Kind(_I, "A button of a plug-in (print, jump to, rate) was left out."),
    "table.formula": Kind(_C, "A table has formulas, which the old site worked out when it showed them; they were kept as text.", "Write the results into the table."),
    "table.chart": Kind(_C, "A chart became the table of its data."),
    "block.reusable-missing": Kind(_L, "A reusable block is not part of the export.", "Export reusable blocks (type wp_block) too, and convert all together."),
    "block.reusable-closed": Kind(_I, "A reusable block that was not public showed nothing, and was left out.", "If everybody may read its text, add it by hand."),
    "block.reusable-cycle": Kind(_C, "A reusable block contains itself; it was cut."),
    "gallery.missing": Kind(_L, "An image of a gallery is not part of the export.", "Export the media library too, and convert both together."),
    "link.missing": Kind(_L, "A link leads to something of the old site that was not converted.", "Let the link lead elsewhere, or remove it."),
    "embed.card": Kind(_I, "An embed became a link."),
    "image.background": Kind(_C, "An image behind text is before the text now."),
    "image.decoration": Kind(_L, "An image that a style used as decoration (of a list, of a border, or inside of the style itself) was left out.", "If you miss the image, add it to your own style sheet."),
    "image.variant": Kind(_I, "A resized copy was replaced by its original."),
    "template.escaped": Kind(_I, "Text that the target would read as a template was escaped."),
    # pages of HTML
    "html.content": Kind(_I, "Where on the page its text was found.", "If it is the wrong place, name the right one with --content-selector."),
    "html.selector": Kind(_C, "Nothing on the page matches the selector for the text; it was found as on other pages.", "Correct --content-selector, or leave it out."),
    "html.chrome": Kind(_I, "What is around the text (navigation, share buttons, facts of the post) was left out."),
    "html.beside": Kind(_L, "Text beside the main text was left out.", "Name the element that holds all of it with --content-selector."),
    "html.listed": Kind(_L, "A text that only a list of the old site showed was left out: its own page is not in the source.", "Save its page, too, and run the command again; or convert the list by itself, as a file."),
    "html.comments": Kind(_L, "Comments that the page shows were left out.", "Add them by hand, or use a service for comments."),
    "html.unpublished": Kind(_C, "The page is a document of a program for writing, and nothing says that it was published; it is a draft.", "If the post should be public, remove the draft key from its front matter."),
    "html.draft-file": Kind(_L, "Only drafts show a file; it was left out, since the target would publish it.", "With --media-drafts such files go along; then anybody can download them from the new site. Or put the file there when you publish the draft."),
    "html.empty": Kind(_L, "No text was found on the page.", "Name the element that holds the text with --content-selector."),
    "date.source": Kind(_I, "The page does not state its date; it was taken from where it is shown.", "Check whether the date is right."),
    # redirects
    "redirect.unsupported": Kind(_L, "Former URLs are not in the file for a server that does not support redirects of their kind.", "Choose another value of --redirects, if your server supports it."),
    # the output folder
    "output.state-damaged": Kind(_C, "The list of what earlier runs wrote was damaged and was begun again: files that are as they would be written count as written, all others as yours.", "Look at the files that were left as they are (`kept`): remove those that are not yours, and run the command again."),
    # the guard, and the check of what was written
    "words.lost": Kind(_L, "Text of the source is not in the converted post.", "Compare the post with its source, and add by hand what is missing. Please report this, with the post."),
    "verify.lost": Kind(_L, "The check does not find something of the post in the written file.", "Please report this, with the post."),
    "verify.changed": Kind(_C, "The check finds everything in the written file, in another form or at another place.", "Compare the two pages, and edit the file by hand; or report it with the post's source."),
    "verify.edited": Kind(_I, "A file was edited since it was written; these are the differences."),
    "verify.unread": Kind(_C, "The check could not read the written file, or the post.", "Please report this, with the post."),
    # the site as a whole
    "site.posts-page": Kind(_I, "A page without a text of its own was taken for the list of posts, as sites with a static front page have one.", "If the page was no list of posts, remove its file and write the page anew."),
    "site.posts-page-unknown": Kind(_L, "The front page is a static one, and nothing shows which of several pages without a text listed the posts.", "Let a menu lead to the list of posts that the new site has, or move that list to the URL of the right page."),
    # comments and menus
    "comments.element": Kind(_L, "A frame, player, drawing or field of a form in a comment was left out; its words stay.", "Put a link into the comment's data file if readers need it."),
    "comments.fields": Kind(_I, "Fields that plug-ins had stored with comments were left out, but for ratings."),
    "term.fields": Kind(_I, "Fields of terms that plug-ins or themes keep for themselves, or that hold HTML, were left out."),
    "author.names": Kind(_I, "First and last names of authors were left out where the old site showed another name."),
    "author.fields": Kind(_I, "Fields of user accounts were left out: they may be private."),
    "menu.fields": Kind(_I, "Fields that plug-ins had stored with menu entries (icons, columns) were left out."),
    "media.texts": Kind(_C, "The pages of media files, with their descriptions and comments, are not on the new site; the texts are in its data files.", "Let your layouts show the data file of media, or add the texts to posts by hand."),
    "media.texts-hidden": Kind(_I, "Descriptions of media files that were not public, and comments on them, were left out."),
    "content.pages": Kind(_C, "A text that was cut into pages is one page now.", "If it is too long, make posts of its parts."),
    "link.attributes": Kind(_C, "Links opened a new window or stated a relation (`target`, `rel`), which Markdown cannot express; most are plain links now.", "If links should open a new window, let your layouts do it for all of them."),
    "sum.nothing": Kind(_F, "Nothing was converted: everything in the source was left out, or is without a text.", "Look in the report for why each item was left out. For a page with a text, name the element that holds it with --content-selector."),
    "sum.missing": Kind(_L, "The source holds more of these than the site and the notices account for.", "Compare the numbers with the source; please report this."),
    "comments.skipped": Kind(_I, "Comments that were not public were left out."),
    "menu.languages": Kind(_C, "A menu entry that showed the languages was left out; each page links to its translations."),
    "menu.missing": Kind(_L, "A menu entry points to something that was not converted.", "Remove the entry from the menu, or let it lead elsewhere."),
})  # fmt: skip
BUILT_IN = frozenset(code.partition(".")[0] for code in KINDS)
"""What codes of this program begin with."""


def register(name: str, kinds: Mapping[str, Kind]) -> None:
    """Add a plug-in's own notices: `{"no-title": Kind(...)}` of the plug-in `notes` is the code `notes.no-title`.

    For the top of a plug-in's module, so that every process that loads it knows them. Raises PluginError for a name
    that this program or another plug-in uses.
    """
    own = {f"{name}.{code}": kind for code, kind in kinds.items()}
    known = {code: kind for code, kind in KINDS.items() if code.startswith(f"{name}.")}
    if name in BUILT_IN or (known and known != own):
        raise PluginError(f"Notices that begin with {name!r} exist already. Register yours under another name.")
    KINDS.update(own)


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

    __slots__ = ("_seen", "item", "left_out", "losses", "notices")

    def __init__(self, item: str = "") -> None:
        self.item = item
        self.notices: list[Notice] = []
        self.losses = 0
        """How often something was noted by which words may go, repetitions among them."""
        self.left_out: list[tuple[str, str]] = []
        """(what was there, what became of it) of steps that left words out on purpose, and noted that."""
        self._seen: set[Notice] = set()

    def __call__(self, code: str, what: str = "", *, where: str = "", old: str = "", new: str = "") -> None:
        """Note `code`, one of the table or of a plug-in."""
        self.take(Notice(code, self.item, what, where, old, new))

    def take(self, notice: Notice) -> None:
        """Add a notice that was made elsewhere."""
        if notice.severity >= Severity.LOST or notice.code == RULE_APPLIED:
            self.losses += 1
        if notice not in self._seen:
            self._seen.add(notice)
            self.notices.append(notice)

    def leave_out(self, before: str, after: str = "") -> None:
        """Words of `before` (text or HTML) that are not in `after` are gone on purpose: a notice says so, or readers never
        saw them. The guard (`converters/verify/guard.py`) does not look for them."""
        self.left_out.append((before, after))

    def drain(self) -> list[Notice]:
        """The notices so far, which are forgotten here."""
        notices, self.notices = self.notices, []
        self.left_out.clear()
        self._seen.clear()
        return notices
