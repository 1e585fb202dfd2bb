"""Programs whose site's source may be handed over by mistake: how each is told, and what to do instead.

Nothing here reads their texts yet. What they build can be read (`--from html`), so that the message says how to build
it. One row a program: the first that fits is named, so that rows with more marks come first.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from converters.errors import SourceError
from converters.importers.shared.hidden import head_of

_DEEPEST = 3
_MOST = 20_000
"""Names that are looked at."""
_HEAD = 64 * 1024
_LEFT = frozenset({"node_modules", ".git", "__pycache__", "vendor"})

Read = Callable[[str], bytes]


class Generator(NamedTuple):
    """A program that makes sites."""

    name: str
    build: str
    """The command that builds a site."""
    built: str
    """The folder it builds."""
    marks: str
    """Ways to tell, with `;` between: patterns of paths that are all there, a folder with a slash at its end.
    `path=text`: the file holds that text. All in small letters."""
    templates: bool = False
    """Its files of HTML are templates, also one called `index.html`."""


_TABLE = """
Bridgetown * | bridgetown build | output | bridgetown.config.yml; config/initializers.rb src/
Hexo | hexo generate | public | package.json="hexo"; _config.yml scaffolds/; _config.yml source/_posts/
Jekyll * | jekyll build | _site | _config.y*ml _posts/; _config.y*ml _layouts/; _config.y*ml _includes/;
    _config.y*ml _drafts/; _config.y*ml _sass/; _config.y*ml _data/; _config.y*ml gemfile; _posts/ _layouts/;
    gemfile=jekyll; gemfile=github-pages; _config.toml _posts/; docs/_config.y*ml docs/_posts/;
    _config.y*ml=theme:; _config.y*ml=permalink:; _config.y*ml=collections:; _config.y*ml=baseurl:;
    _config.y*ml=plugins:; _config.y*ml index.md; _posts/????-??-??-*.m*d*
Astro | npm run build | dist | astro.config.*
Eleventy * | npx @11ty/eleventy | _site | .eleventy.*js; eleventy.config.*; package.json="@11ty/eleventy"
Gatsby | gatsby build | public | gatsby-config.*; package.json="gatsby":
Docusaurus | npm run build | build | docusaurus.config.*
VitePress | npx vitepress build | .vitepress/dist | .vitepress/config.*; docs/.vitepress/config.*;
    package.json="vitepress"
VuePress | npx vuepress build | .vuepress/dist | .vuepress/; docs/.vuepress/; src/.vuepress/;
    package.json="vuepress"
Next.js | next build, with output: 'export' | out | next.config.*; package.json="next": pages/;
    package.json="next": app/; package.json="next": src/
Nuxt | npx nuxi generate | .output/public | nuxt.config.*
SvelteKit | npm run build | build | svelte.config.*
Gridsome | gridsome build | dist | gridsome.config.*
Pelican | pelican content | output | pelicanconf.py
Nikola | nikola build | output | conf.py=blog_title; conf.py=nikola
Sphinx | sphinx-build . _build | _build | conf.py=sphinx; source/conf.py=sphinx; docs/conf.py=sphinx;
    conf.py index.rst; conf.py index.md
Lektor | lektor build -O build | build | *.lektorproject
Zola * | zola build | public | config.toml=base_url content/ templates/; zola.toml
Cobalt * | cobalt build | _site | _cobalt.yml
MkDocs | mkdocs build | site | mkdocs.yml; mkdocs.yaml; properdocs.yml
mdBook | mdbook build | book | book.toml src/summary.md; book.toml=[book]
HonKit | npx honkit build | _book | book.json summary.md; .gitbook.yaml
Quarto | quarto render | _site | _quarto.y*ml
Middleman * | middleman build | build | gemfile=middleman; config.rb source/layouts/
Nanoc * | nanoc compile | output | nanoc.yaml; rules content/ lib/
Hakyll * | site build | _site | site.hs
Metalsmith * | node build | build | metalsmith.js*; package.json="metalsmith"
Lume * | deno task build | _site | _config.ts deno.json*
Jigsaw * | vendor/bin/jigsaw build | build_local | bootstrap.php source/ config.php
Antora | npx antora playbook.yml | build/site | antora-playbook.y*ml; antora.yml
Statamic | php please ssg:generate | storage/app/static | content/collections/ composer.json
Publish | publish generate | Output | package.swift=publish
Frog | raco frog -b | - | .frogrc
Hugo | hugo | public | hugo.toml; hugo.y*ml; hugo.json; config/_default/; config.toml content/;
    config.y*ml content/; config.json content/ layouts/; config.toml themes/; config.y*ml themes/
"""
"""Name (with a star: `templates`) | build | built (`-`: varies) | marks."""


def _rows(table: str) -> Iterator[Generator]:
    for line in table.strip().replace("\n    ", " ").splitlines():
        name, build, built, marks = line.split(" | ")
        yield Generator(name.removesuffix(" *"), build, built.strip("-"), marks, templates=name.endswith(" *"))


*_OTHERS, HUGO = _rows(_TABLE)
GENERATORS = tuple(_OTHERS)
"""All but Hugo, whose source can be read."""
_ALIKE = "Zola"
"""Its settings are called as Hugo's may be."""


def find(names: Iterable[str], read: Read, generators: Iterable[Generator] = GENERATORS) -> Generator | None:
    """The program whose source has these files; None for no known one.

    names: paths below what the user named, or below the one folder that holds everything in it; read: the first bytes
    of one of them.
    """
    files, prefix = _stripped(names)
    there = _Files({file.lower(): prefix + file for file in files}, read)
    for generator in generators:
        ways = (way.split() for way in generator.marks.split(";"))
        if any(all(map(there.has, marks)) for marks in ways) and not _built(generator, there):
            return generator
    return None


class _Files:
    """Files by their paths in small letters."""

    def __init__(self, files: dict[str, str], read: Read) -> None:
        self._files, self._read = files, read
        self._folders = {file[: at + 1] for file in files for at in range(len(file)) if file[at] == "/"}

    def has(self, mark: str) -> bool:
        pattern, asked, text = mark.partition("=")
        if pattern.endswith("/"):
            return pattern in self._folders
        found = [pattern] if pattern in self._files else []
        if any(sign in pattern for sign in "*?"):
            level = pattern.count("/")
            found = [file for file in self._files if file.count("/") == level and fnmatchcase(file, pattern)]
        return any(text in self.text(file) for file in found) if asked else bool(found)

    def text(self, file: str) -> str:
        """The beginning of a file, in small letters; empty for one that is not there."""
        name = self._files.get(file)
        return self._read(name).decode("utf-8", "replace").lower() if name is not None else ""


def _stripped(names: Iterable[str]) -> tuple[list[str], str]:
    """(paths below the one folder that holds all of them, that folder): archives of a host of code have one."""
    files = [name for name in names if name.count("/") <= _DEEPEST and not name.startswith("__MACOSX/")]
    top = {name.partition("/")[0] for name in files}
    if len(top) == 1 and all("/" in name for name in files):
        prefix = f"{top.pop()}/"
        return [name[len(prefix) :] for name in files], prefix
    return files, ""


def _built(generator: Generator, there: _Files) -> bool:
    """Is that a built site, beside whose pages the settings lie?"""
    if generator.templates:
        return False
    head = there.text("index.html").lstrip("\ufeff \t\r\n")
    return head.startswith("<") and not any(mark in head for mark in ("{{", "{%", "<%"))


def refuse(label: str, names: Iterable[str], read: Read, *, whole: bool = False) -> None:
    """Raises SourceError when these are the files of a source that nothing here reads. `whole`: an importer with
    `whole_sources` takes them for a built site, so that the source of a Hugo site is refused, too."""
    names = list(names)
    found = find(names, read, (*GENERATORS, HUGO) if whole else GENERATORS)
    if found is None or (not whole and found.name != _ALIKE and find(names, read, (HUGO,)) is not None):
        return
    if found is HUGO:
        raise SourceError(f"{label} is the source of a Hugo site, and not a site of HTML. Read it with --from hugo.")
    where = f"{label.rstrip('/')}/{found.built}" if found.built else "the folder it builds"
    raise SourceError(
        f"{label} is the source of a {found.name} site, which cannot be read. Build it ({found.build}) and convert "
        f"what is built: convert --from html {where}"
    )


def refuse_folder(folder: Path, label: str, *, whole: bool = False) -> None:
    """The same for a folder of this machine."""
    refuse(label, _below(folder), lambda name: head_of(folder / name, _HEAD), whole=whole)


def _below(folder: Path) -> list[str]:
    found: list[str] = []
    for above, folders, files in os.walk(folder):
        relative = Path(above).relative_to(folder).as_posix()
        prefix = "" if relative == "." else f"{relative}/"
        found.extend(f"{prefix}{name}" for name in files)
        deep = prefix.count("/") >= _DEEPEST
        folders[:] = [] if deep or len(found) > _MOST else sorted(name for name in folders if name not in _LEFT)
    return found
