"""A site of several languages in Jekyll, which has no idea of its own of them: files say `lang` and where their
translations are, lie in a folder of their language, and keep their addresses."""

from __future__ import annotations

from converters.model import Site


class Languages:
    """The languages of a site: where their files and addresses lie. A site of one language has nothing of it."""

    def __init__(self, site: Site) -> None:
        self.default = site.languages[0].code if site.languages else ""
        self._codes = {language.code for language in site.languages}
        self._default_below_code = site.default_below_code

    def of(self, code: str) -> str:
        """The language of something the source gives this one; what has none counts as of the site's own."""
        return code if code in self._codes else self.default

    def mark(self, code: str) -> str:
        """The folder of a language's files: `fr`; empty for the site's first."""
        return "" if self.of(code) == self.default else code

    def folder(self, code: str) -> str:
        """What the addresses of a language begin with: `/fr`."""
        code = self.of(code)
        return f"/{code}" if code and (code != self.default or self._default_below_code) else ""

    def below(self, path: str, code: str) -> str:
        """The path without the language's folder."""
        folder = self.folder(code)
        return path[len(folder) :] if folder and path.startswith(f"{folder}/") else path
