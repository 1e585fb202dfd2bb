"""The table of HTML elements, and the sets of them that several modules use.

Every element is in exactly one of the first eight sets, by what becomes of it in Markdown: those of
https://html.spec.whatwg.org/multipage/indices.html#elements-3, and the obsolete ones people still have in old posts.
Lists of what is safe are in `sanitize/lists.py`; `verify/facts.py` has lists of its own, since a check must not share
them with what it checks.
"""

from __future__ import annotations

RENDERED_BLOCKS = frozenset("blockquote dl h1 h2 h3 h4 h5 h6 hr li ol p pre table ul".split())
"""Have a Markdown form of their own (`blocks.py`, `lists.py`, `tables.py`)."""

RENDERED_INLINES = frozenset("a b br code del em i img input strong s strike".split())
"""Have a Markdown form inside a line (`inlines.py`)."""

CONTAINERS = frozenset(
    """address article aside center details dialog div fieldset footer form header hgroup main menu nav search section
    body html""".split()
)
"""Blocks without a Markdown form: their tags stay as HTML, their content is Markdown where it can be."""

RAW_BLOCKS = frozenset(
    """caption col colgroup dd dir dt figcaption figure frame frameset iframe legend listing marquee noframes optgroup
    option plaintext script select style summary tbody td template textarea tfoot th thead tr xmp noscript""".split()
)
"""Blocks that stay HTML as a whole."""

RAW_EMBEDDED = frozenset(
    "area audio canvas embed map math meter object param picture progress source svg track video".split()
)
"""Embedded things that stay HTML as a whole, inside a line or alone."""

TAGGED_INLINES = frozenset(
    """abbr acronym bdi bdo big button cite data datalist dfn font ins kbd label mark output q rp rt ruby samp small
    sub sup time tt u var""".split()
)
"""Inside a line: the tags stay, the text between them is Markdown."""

UNWRAPPED = frozenset("nobr noembed slot span wbr blink".split())
"""Mean nothing by themselves (a `span` with an id, a language or a direction keeps its tags)."""

DROPPED = frozenset("base basefont bgsound head link meta title keygen".split())
"""Show nothing to a reader."""

BLOCKS = RENDERED_BLOCKS | CONTAINERS | RAW_BLOCKS
"""Elements between paragraphs, never inside one."""

KNOWN = (
    RENDERED_BLOCKS | RENDERED_INLINES | CONTAINERS | RAW_BLOCKS | RAW_EMBEDDED | TAGGED_INLINES | UNWRAPPED | DROPPED
) | frozenset(
    """applet command ilayer image layer menuitem multicol noindex nolayer portal rb rtc selectedcontent spacer
    xml""".split()
)
"""All names that an HTML parser knows, or knew: no author means one of them as a word in brackets."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
VOID = frozenset("area base br col embed hr img input link meta param source track wbr".split())
"""Elements without an end tag."""

RAW_TEXT = frozenset({"script", "style"})
"""Between whose tags HTML knows neither tags nor references."""

HTML_BLOCK_STARTS = frozenset(
    """address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
    fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
    main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
    title tr track ul pre script style""".split()
)
"""Tags that begin an HTML block whatever follows on their line (CommonMark, start conditions 1 and 6)."""
