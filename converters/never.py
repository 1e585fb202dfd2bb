"""File names that nothing of a source may have in a site: what programs, servers and build services run or obey.

One table for what all targets share; a target adds its own rules (`refuses` of its exporter). Names are compared in
the form in which a file system may take two for one: Unicode compatibility forms, case folded, without characters that
nobody sees, without dots and spaces at the end. What a target makes itself (`OutFile.own`) is not asked about.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

HIDDEN = "a hidden file or folder"
SERVER = "a file that a web server runs or obeys"
SERVICE = "a file that build and hosting services run or obey"
NO_NAME = "a name that no file has on every system"

PUBLIC_HIDDEN = ".well-known"
"""The one hidden folder that a site publishes (RFC 8615)."""

_CONTROL = re.compile("[\x00-\x1f\x7f]")
_UNSEEN = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
"""Characters without a shape that are no format characters to Unicode."""
_RUN_BY_SERVERS = frozenset(
    """ php php2 php3 php4 php5 php6 php7 php8 pht phtm phtml phps phar cgi fcgi fpl asp asa aspx ascx ashx asmx
    cshtml jsp jspx jspf jsw cfm cfml shtml shtm stm htaccess htpasswd""".split()
)
"""Endings, also in the middle of a name: servers have been told to run `a.php.jpg`."""
_OBEYED_BY_SERVERS = frozenset("web.config php.ini user.ini nginx.conf httpd.conf lighttpd.conf caddyfile".split())
_FOR_HOSTS = frozenset("_headers _redirects _routes.json _worker.js _worker.mjs _worker.bundle".split())
"""What hosts of static sites look for in the folder that is published."""
_NO_FOLDERS = frozenset(".htaccess .htpasswd .git .hg .svn".split())
"""Of Apache, and of programs that take the folder around one for a repository."""
_PUBLISHED = frozenset(
    """ html htm xhtml css js mjs map json jsonld geojson topojson xml rss atom xsl xslt rdf opml txt text csv tsv
    vtt srt ics vcf kml kmz gpx asc sig webmanifest wasm bib ris md markdown jpg jpeg jpe jfif png apng gif
    webp avif heic heif bmp ico cur tif tiff svg svgz jxl psd ai eps mp3 m4a m4b aac ogg oga opus wav flac mid
    midi aif aiff mp4 m4v mov webm ogv avi mkv wmv mpg mpeg 3gp swf pdf doc docx xls xlsx ppt pptx odt ods odp
    odg rtf epub mobi azw3 djvu ps tex pages key numbers zip gz tgz bz2 xz 7z rar tar dmg apk woff woff2 ttf
    otf eot ttc appcache torrent crx xpi mo po""".split()
)
"""Endings of what sites publish. At the root of a project, everything else may be a program's own file."""
_NO_ENDING = frozenset("cname license licence copying apple-app-site-association".split())
_SETTINGS = frozenset(
    """ package.json package.hugo.json package-lock.json npm-shrinkwrap.json composer.json bower.json now.json
    vercel.json firebase.json app.json wrangler.json wrangler.jsonc netlify.json amplify.json
    staticwebapp.config.json tsconfig.json jsconfig.json deno.json deno.jsonc lerna.json nx.json turbo.json
    rush.json angular.json project.json workspace.json renovate.json biome.json gulpfile.js gruntfile.js
    jakefile.js brocfile.js gulpfile.mjs gulpfile.ts requirements.txt constraints.txt runtime.txt pom.xml
    build.xml ivy.xml nuget.xml requirements-dev.txt cmakelists.txt netlify.toml wrangler.toml fly.toml pyproject.toml
    cargo.toml hugo.toml config.toml config.yaml config.yml theme.toml poetry.toml mise.toml nixpacks.toml railway.toml
    render.yaml app.yaml app.yml cloudbuild.yaml cloudbuild.yml buildspec.yml buildspec.yaml amplify.yml appveyor.yml
    azure-pipelines.yml bitbucket-pipelines.yml circle.yml codecov.yml heroku.yml mkdocs.yml pnpm-workspace.yaml
    docker-compose.yml docker-compose.yaml compose.yml compose.yaml serverless.yml pipeline.yml action.yml setup.cfg
    tox.ini pytest.ini _config.yml _config.yaml _config.toml""".split()
)
"""Files at the root of a project by which tools are set up, although sites publish files of their endings."""
_OF_TOOLS = re.compile(r"[\w-]+\.(?:config|conf|setup|workspace)\.\w+")
_SERVICES = frozenset("netlify functions api edge-functions hooks vendor".split())
"""Folders at the root of a project in which services and tools look for programs."""
_PROGRAMS = frozenset(
    """ rb rake gemspec gem ru py pyc pyz js mjs cjs ts mts cts jsx tsx go rs sh bash zsh fish ps1 bat cmd com exe
    dll so dylib pl pm lua java class jar ex exs lock""".split()
)
_NOT_RUN_IN_VENDOR = frozenset("js mjs".split())
_GEMS = frozenset("bundle cache gems ruby".split())
"""Folders of `vendor` in which Bundler looks for programs."""
_SHORT_GIT = re.compile(r"git~\d+")
"""`.git` as Windows calls it for old programs."""


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A name as the most forgiving file system compares it."""
    if name.isascii() and name.isprintable():  # as nearly all are
        return name.lower().partition(":")[0].rstrip(" .") or name
    name = _UNSEEN.sub("", unicodedata.normalize("NFKC", name))
    name = "".join(one for one in name if unicodedata.category(one) not in ("Cf", "Cc"))
    return unicodedata.normalize("NFKC", name.casefold()).partition(":")[0].rstrip(" .") or name


def parts_of(path: str) -> list[str]:
    """The names of a path, in the form in which they are compared."""
    return [plain(part) for part in path.replace("\\", "/").split("/")]


def hidden(path: str) -> str:
    """Why a path with a hidden name in it is refused; empty for others, and for `.well-known`."""
    if "\\" in path or _CONTROL.search(path) or any(part in ("", ".", "..") for part in path.split("/")):
        return NO_NAME
    parts = parts_of(path)
    if parts[0] == PUBLIC_HIDDEN:
        parts = parts[1:]
    bad = any(part.startswith(".") or not part or _SHORT_GIT.fullmatch(part) for part in parts)
    return HIDDEN if bad else ""


def served(path: str) -> str:
    """Why no file of a source can have this path below the folder that is published; empty when it can."""
    if reason := hidden(path):
        return reason
    parts = parts_of(path)
    last = parts[-1]
    if last in _OBEYED_BY_SERVERS or not _RUN_BY_SERVERS.isdisjoint(last.split(".")[1:]):
        return SERVER
    return SERVICE if parts[0] in _FOR_HOSTS else ""


def obeyed(name: str, *, folder: bool) -> bool:
    """Would a server or a host take a page of this name for settings or a program of its own?

    `folder`: the page is a folder of that name. Apache gives nothing out below a folder that holds one called
    `.htaccess`; whoever publishes with Git has trouble with one called `.git`.
    """
    name = plain(name)
    return name in _NO_FOLDERS or (
        not folder and (name in _OBEYED_BY_SERVERS or name in _FOR_HOSTS or name == ".user.ini")
    )


def at_root(path: str) -> str:
    """The same where the published folder is the root of the project itself."""
    return served(path) or of_project(path)


def of_project(path: str) -> str:
    """Why a path of a project is refused, whatever of it is published: what tools, bundlers and services run."""
    parts = parts_of(path)
    stem, _, ending = parts[-1].rpartition(".")
    if parts[0] == "node_modules" or (parts[0] == "vendor" and len(parts) > 1 and parts[1] in _GEMS):
        return SERVICE
    if len(parts) > 1:
        run = ending in _PROGRAMS and not (parts[0] == "vendor" and ending in _NOT_RUN_IN_VENDOR)
        return SERVICE if parts[0] in _SERVICES and run else ""
    if not stem:
        return "" if ending in _NO_ENDING else SERVICE
    return SERVICE if ending not in _PUBLISHED or of_tools(parts[-1]) else ""


def of_tools(name: str) -> bool:
    """Is a file of this name a program or settings of tools, in whatever folder it is looked at? (Without it, an ending
    that sites do not publish says no more than that.)"""
    name = plain(name)
    stem, _, ending = name.rpartition(".")
    known = name in _SETTINGS or _OF_TOOLS.fullmatch(name) is not None
    return known or not stem or (ending in _PROGRAMS and ending not in _PUBLISHED)
