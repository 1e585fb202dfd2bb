"""Reads a post back: a Markdown file with front matter, for the check of a conversion (docs/verify.md)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from converters.exporters.site.taxonomies import PLAIN, Taxonomies
from converters.frontmatter.keys import COMMON, Keys
from converters.frontmatter.labels import PLAIN as LABELS
from converters.frontmatter.labels import Labels
from converters.frontmatter.read import read
from converters.model import Place, Post, Site
from converters.model.notices import Log
from converters.verify import front
from converters.verify.check import Back, File, ReadsBack, own_file


class FrontMatterReader(ReadsBack):
    """Reads front matter by the keys of a target; the rest is the target's own."""

    keys: ClassVar[Keys] = COMMON
    taxonomies: ClassVar[Taxonomies] = PLAIN
    labels: ClassVar[Labels] = LABELS

    def is_draft(self, values: Mapping[str, Any], place: Place) -> bool:
        """Does front matter, or the file's folder, say that nobody sees the post?"""
        return bool(values.get(self.keys.name("draft")))

    def render_back(self, files: Sequence[File], place: Place) -> Back | None:
        found = own_file(files, place)
        if found is None:
            return None
        matter = read(found.data.decode(errors="replace"), Log())
        values, text = matter.values, matter.text
        said = front.of_values(values, self.keys.name, draft=self.is_draft(values, place))
        return Back(text, lambda: self.tree_back(text), said, values)

    def terms_of(self, post: Post, site: Site) -> Iterable[tuple[str, str]]:
        return self.labels.terms(post, site)

    def terms_back(
        self, values: Mapping[str, Any], site: Site, taxonomies: Iterable[str]
    ) -> Mapping[str, tuple[str, ...]]:
        return {name: front.names(values.get(key)) for name, key in self.taxonomies.of(site, taxonomies).items()}
