"""THE passes: what happens to a post between the importer and the target, in this order. See docs/write-a-pass.md."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, groupby

from msgspec.structs import replace

from converters.errors import PluginError
from converters.model import MenuItem, Post, Site
from converters.model.notices import Log
from converters.passes import anchors, bare_urls, layout, markdown, references, relative, rules, sanitize
from converters.passes.base import ElementPass, Fragment, Pass, Surroundings, Work
from converters.plugin import find


def _moves_files(site: Surroundings) -> bool:
    return site.references.moves_files


def _moves_site(site: Surroundings) -> bool:
    return site.references.moves_site


PASSES: tuple[Pass | ElementPass, ...] = (
    Pass("markdown", markdown.read, lambda site: not site.takes_markdown),
    Pass("rules", rules.apply, lambda site: site.rules is not None),
    Pass("relative fields", relative.fields),
    ElementPass("relative", tuple(relative.ATTRIBUTES), relative.element, references.ADDRESSED),
    ElementPass("links", ("a",), references.link, references.ADDRESSED),
    ElementPass("files", tuple(references.MEDIA_ATTRIBUTES), references.file, references.ADDRESSED, _moves_files),
    Pass("styles", references.styles, _moves_files),
    Pass("urls", references.fields),
    Pass("bare URLs", bare_urls.link, _moves_site),
    # Passes of third parties go here: what they write is sanitised like anything of the source.
    Pass("sanitize", sanitize.harmless, lambda site: site.write.raw_html != "keep"),
    Pass("anchors", anchors.assign),
    Pass("layout", layout.strip),
)
_BEHIND = [each.name for each in PASSES].index("sanitize")


def with_added(added: Iterable[Pass | ElementPass]) -> tuple[Pass | ElementPass, ...]:
    """The table with the passes of third parties at their place."""
    return (*PASSES[:_BEHIND], *added, *PASSES[_BEHIND:])


def find_pass(name: str) -> Pass | ElementPass:
    """The pass of a third party that `--pass` calls so.

    Raises what `converters.plugin.find` raises, and PluginError for what is no pass.
    """
    found = find("passes", name)
    if not isinstance(found, Pass | ElementPass):
        raise PluginError(f"{name!r} is not a pass: make it a Pass or an ElementPass of converters.passes.base.")
    return found


class Passes:
    """The table, made for one site and applied to one post after the other."""

    def __init__(self, site: Surroundings, added: Iterable[Pass | ElementPass] = ()) -> None:
        self._around, self._references = site, site.references
        self._steps = list(_steps(each for each in with_added(added) if each.wanted(site)))
        self._descriptions: dict[str, str] = {}

    def apply(self, post: Post, log: Log) -> None:
        """Change the post in place."""
        self._references.begin(post)
        work = Work(self._around, log, post)
        self._run(work)
        work.store()
        self._references.begin(None)
        post.terms = tuple(
            replace(term, description=self._description(term.description)) if "<" in term.description else term
            for term in post.terms
        )

    def _run(self, work: Work) -> None:
        for step in self._steps:
            step(work)

    def _description(self, text: str) -> str:
        """The description of a term, made once a site. What is wrong with it is noted for the site, not for a post.

        One that shows files of the site is made for each post: each has to ask for them.
        """
        if text in self._descriptions:
            return self._descriptions[text]
        asked, fragment = self._references.asked, Fragment(text)
        self._run(Work(self._around, Log(), texts=[fragment]))
        if self._references.asked == asked:
            self._descriptions[text] = fragment.text
        return fragment.text

    def site(self, site: Site, log: Log) -> Site:
        """The site with its own texts as they are to be: descriptions of terms and of menus, biographies."""
        self._references.begin(None)
        terms = [Fragment(term.description) for term in site.terms]
        authors = [Fragment(author.bio) for author in site.authors]
        menus = [[Fragment(item.description) for item in menu.items] for menu in site.menus]
        self._run(Work(self._around, log, texts=chain(terms, authors, *menus)))
        site = replace(
            site,
            terms=tuple(replace(term, description=text.text) for term, text in zip(site.terms, terms, strict=True)),
            authors=tuple(replace(author, bio=text.text) for author, text in zip(site.authors, authors, strict=True)),
            menus=tuple(
                replace(menu, items=tuple(map(_with_description, menu.items, texts)))
                for menu, texts in zip(site.menus, menus, strict=True)
            ),
        )
        return sanitize.site(site, self._around.write.raw_html, log)


def _with_description(item: MenuItem, text: Fragment) -> MenuItem:
    return replace(item, description=text.text)


def _steps(passes: Iterable[Pass | ElementPass]) -> Iterator[Callable[[Work], None]]:
    """The passes in their order; neighbours that see elements as one walk."""
    for seen, group in groupby(passes, type):
        if seen is ElementPass:
            yield _Walk([each for each in group if isinstance(each, ElementPass)])
        else:
            yield from (each.function for each in group if isinstance(each, Pass))


class _Walk:
    """One walk over each text for several passes."""

    def __init__(self, passes: Sequence[ElementPass]) -> None:
        self._hints = {each.hint for each in passes}
        tags = dict.fromkeys(tag for each in passes for tag in each.tags)
        self._functions = {tag: tuple(each.function for each in passes if tag in each.tags) for tag in tags}

    def __call__(self, work: Work) -> None:
        for fragment in work.texts:
            if fragment.is_body or any(hint.search(fragment.text) for hint in self._hints):
                for element in list(fragment.root.iter(*self._functions)):
                    for function in self._functions[str(element.tag)]:
                        function(element, work)
