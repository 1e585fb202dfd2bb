"""The page about front matter (docs/front-matter.md), from the tables of keys that front matter is made of.

usage: python docs/make_front_matter.py > docs/front-matter.md
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from converters.exporters.hugo.keys import KEYS as HUGO
from converters.exporters.jekyll.keys import KEYS as JEKYLL
from converters.exporters.markdown.exporter import KEYS as MARKDOWN
from converters.frontmatter.keys import Keys

PAGE = """\
# Front matter

The front matter that Hugo content files get. Keys are in the order of this table; keys without a value are left out.
Strings are quoted wherever a reader of YAML 1.1 or 1.2 could take them for another type.

{hugo}
Taxonomies of the site's own come after `tags`, under their own names. One that is called like a section, like a key
above or like something else that Hugo reads gets `_terms` behind its name; of two whose names are one to Hugo (`Genre`
and `genre`, `my-tax` and `my_tax`) the second gets a number (`genre_2`). The URLs of their terms stay, and the report
names each (`taxonomy.renamed`). Hugo reads `params` beside its own keys and without regard to case: a custom field that
is called like one of them, like a taxonomy or like another field gets `_` behind its name (`field.renamed`).

Fields that begin with `_` and that no rule knows are counted in the report (`field.skipped`), with their names.

## Permalinks

`hugo.toml` holds the permalink structure of the old site, derived from the permalinks of its posts. `url` is written
only where Hugo would derive another one: for slugs with characters other than `a-z0-9_-`, for structures with an id or
a category, for endings such as `.html`, for pages whose parents are not part of the export. A URL with `%`, `?` or `#`
in its path, which Hugo cannot write, gets a plain one and an alias under the old name. `--permalinks none` leaves all
permalinks to Hugo.

## What is a draft

Only published and scheduled posts are public. Drafts, pending, private and password-protected posts are written with
`draft: true`, which Hugo builds only with `hugo -D`, and so are items of post types that nothing shows to have been
public: see [privacy.md](privacy.md). The password itself is never written. Trash, revisions and internal fields of
WordPress are left out and counted.

## Jekyll

The front matter that Jekyll files get, in this order; names are those that Jekyll and its common plug-ins read. It is
always YAML. What else such a site holds: [jekyll.md](jekyll.md).

{jekyll}
Taxonomies of the site's own come after `tags`, under their own names; one that is called like a key above, or like one
that means something to Jekyll, gets `_terms` behind its name, and the second of two with one key a number
(`taxonomy.renamed`).

## Plain Markdown

The front matter of the files of `--to markdown`, in this order: the common keys that other targets adapt.

{markdown}
Taxonomies of the site's own come after `tags`, as for Jekyll. What else is in such a folder:
[markdown-target.md](markdown-target.md).
"""


def page() -> str:
    """The page, in Markdown."""
    return PAGE.format(hugo=_table(HUGO), jekyll=_table(JEKYLL), markdown=_table(MARKDOWN))


def _table(keys: Keys) -> str:
    rows = (f"| `{row.key}` | {row.type} | {row.source} | {row.note} |\n" for row in keys.rows)
    return "| key | type | from (WordPress) | notes |\n|---|---|---|---|\n" + "".join(rows)


if __name__ == "__main__":
    sys.stdout.write(page())
