"""Sizes, depths and counts, in one place. What goes beyond a limit is named in the report, never dropped in silence."""

import msgspec


class Limits(msgspec.Struct, frozen=True):
    """Bounds on what one item may cost. Bytes are UTF-8 bytes."""

    item_bytes: int = 64 * 1024 * 1024
    """The largest item of an export that is read; a larger one is named in the report and left out."""
    page_tags: int = 1_000_000
    """Tags in the largest page of HTML that is read."""
    file_bytes: int = 512 * 1024 * 1024
    """The largest picture, sound or film that is taken along."""
    fetched_bytes: int = 64 * 1024 * 1024 * 1024
    """All files together that the sources of one site bring from other machines."""
    fetched_files: int = 500_000
    """How many they may be."""
    archive_entries: int = 100_000
    """Files in the archives of one run."""
    archive_bytes: int = 50 * 1024 * 1024 * 1024
    """What they unpack to, together."""
    archive_ratio: int = 200
    """How many times its own size one archive may unpack to, beyond the first `archive_free` bytes."""
    archive_free: int = 100 * 1024 * 1024
    archive_depth: int = 3
    """Archives inside of archives."""
    html_depth: int = 512
    """Elements nested deeper than this keep their text and lose their tags."""
    attributes: int = 250
    """Attributes of one element."""
    prefixes: int = 50
    """Prefixes of names (`o:p`) in one text that are told from each other."""
    php_depth: int = 64
    """Nesting of PHP-serialised values."""
    php_nodes: int = 200_000
    """Values inside one PHP-serialised value."""
    field_characters: int = 64 * 1024
    """The longest custom field that front matter holds."""
    content_depth: int = 50
    """Nesting of shortcodes, blocks and reusable blocks."""
    content_added: int = 16 * 1024 * 1024
    """Characters that reusable blocks, galleries and other things written elsewhere may add to one text."""
    content_inclusions: int = 10_000
    """Reusable blocks that one text may show, those in each other counted each time."""
    markdown_cells: int = 20_000
    """Cells that tables of a text in Markdown may be filled up with, beyond one for each of its characters."""
    markdown_definitions: int = 3_000
    """Definitions of terms in a text in Markdown; one with more is read without such lists."""
    rules_output: int = 16 * 1024 * 1024
    """Characters that the user's own rules may write into one text; beyond it shortcodes stay the text they are."""
    file_name_bytes: int = 200
    """The longest file or folder name written; longer ones are cut and get a hash."""
    path_bytes: int = 1_000
    """The longest path below the output folder."""
    front_matter_bytes: int = 1024 * 1024
    """The largest front matter that is read."""
    front_matter_depth: int = 100
    """Nesting of lists and maps in front matter that is read."""


DEFAULT = Limits()
