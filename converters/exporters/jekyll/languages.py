"""A site of several languages in Jekyll, which has no idea of its own of them: files say `lang` and where their
translations are, lie in a folder of their language, and keep their addresses."""

from __future__ import annotations

from converters.old_site.languages import Languages as SiteLanguages


class Languages(SiteLanguages):
    """As their files are laid out for Jekyll."""

    def mark(self, code: str) -> str:
        """The folder of a language's files: `fr`; empty for the site's first."""
        return "" if self.of(code) == self.default else code
