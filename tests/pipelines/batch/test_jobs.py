"""The file of jobs: every mistake named at once, with its line; patterns and templates."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.errors import UsageError
from pipelines.batch.expand import read_jobs
from pipelines.batch.jobs import JobsError, key_lines
from pipelines.cli.options import OPTIONS
from tests.pipelines.batch.batches import exports, jobs
from tests.support import command

SITE = '[[site]]\nsource = "a.xml"\n'


def mistakes(folder: Path, text: str) -> list[tuple[int, str]]:
    with pytest.raises(JobsError) as caught:
        read_jobs(jobs(folder, text))
    return [(problem.line, problem.where + problem.text) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("", 0, "no site"),
        ("[defaults]\nto = 'hugo'", 0, "no site"),
        ("[default]\n" + SITE, 1, "Did you mean defaults?"),
        ("[[sites]]\nsource = 'a.xml'", 1, "Did you mean site?"),
        ("[site]\nsource = 'a.xml'", 1, "double brackets"),
        ("defaults = 3\n" + SITE, 1, "must be a table"),
        ("[defaults]\nname = 'x'\n" + SITE, 2, "of one site"),
        ("[defaults]\nsource = 'x'\n" + SITE, 2, "of one site"),
        ("[defaults]\nraw_html = 'keep'\n" + SITE, 2, "Did you mean raw-html?"),
        ("[[site]]\nto = 'hugo'", 1, "no source"),
        ("[[site]]\nsource = []", 2, "must not be empty"),
        ("[[site]]\nsource = '-'", 2, "standard input"),
        ("[[site]]\nsource = ['a.xml', 3]", 2, "not a list with a number in it"),
        ("[[site]]\nsource = 2021-01-01", 2, "not a date or time"),
        (SITE + "workers = 3", 3, "on the command line"),
        (SITE + "quiet = true", 3, "on the command line"),
        (SITE + "media-all = 'yes'", 3, "must be true or false, not text"),
        (SITE + "each = 1", 3, "must be true or false, not a number"),
        (SITE + "timezone = 3", 3, "must be text, not a number"),
        (SITE + "timezone = 'Europe/Berlni'", 3, "Did you mean Europe/Berlin?"),
        (SITE + "to = 'hugoo'", 3, "Did you mean 'hugo'?"),
        (SITE + "from = 'wordpres'", 3, "Did you mean 'wordpress'?"),
        (SITE + "from = './none.py:Thing'", 3, "no such file"),
        (SITE + "markdown-engine = 'none'", 3, "none of the markdown"),
        (SITE + "front-matter = 'xml'", 3, "yaml, toml, json"),
        (SITE + "status = ['drafts']", 3, "Did you mean draft?"),
        (SITE + "redirects = [\n  'nginx',\n  'apach',\n]", 3, "Did you mean apache?"),
        (SITE + "redirects = 'netlify,cloudflare'", 3, "read the same file"),
        (SITE + "media = 'copy:'", 3, "--media is"),
        (SITE + "media = 'copy:nowhere'", 3, "nowhere"),
        (SITE + "rules = 'none.toml'", 3, "none.toml cannot be read"),
        (SITE + "output = ''", 3, "must not be empty"),
        (SITE + "output = '{stam}'", 3, "Did you mean stem?"),
        ("[[site]]\nsource = 'in/none*.xml'\noutput = '{stem}'", 2, "nothing fits"),
        ("[[site]]\nsource = ['a.xml', 'b.xml']\noutput = '{stem}'\neach = false", 4, "named after one of them"),
        ("[[site]]\nsource = 'in/*.xml'\neach = true\noutput = 'out'", 4, "Put {stem} into it"),
        (SITE + "output = 'x'\n" + SITE + "output = './y/../x'", 6, "site 1 (a.xml) goes, too"),
        (SITE + SITE, 3, "goes, too"),
        (SITE + "output = 'x/y'\n" + SITE + "output = 'x'", 3, "lies in the folder of site 2"),
        (SITE + "output = 'x'\n[[site]]\nsource = 'x/content'", 5, "is written by site 1"),
        (SITE + "name = 'x'\noutput = 'a'\n" + SITE + "name = 'x'\noutput = 'b'", 7, "is the name of site 1, too"),
        (f"[defaults]\nreport = 'r.json'\n{SITE}output = 'a'\n{SITE}output = 'b'", 6, "is the report of site 1"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, text: str, line: int, says: str) -> None:
    exports(tmp_path, "a.xml", "in/b.xml", "in/c.xml")
    ((found, message),) = mistakes(tmp_path, text)
    assert (found, says in message) == (line, True), (found, message)


def test_all_mistakes_are_named_at_once(tmp_path: Path) -> None:
    text = f"[defaults]\nx = 1\n{SITE}to = 'hugoo'\nforce = 'no'\n[[site]]\ntimezone = 'Mars'\n"
    file = jobs(tmp_path, text)
    done = command("batch", file.name, cwd=tmp_path)
    assert done.returncode == 2
    assert [line.split(": ")[0] for line in done.stderr.splitlines()[1:]] == [
        f"  jobs.toml:{line}" for line in (2, 5, 6, 7, 8)
    ]
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.parametrize(
    ("data", "says"),
    [(b"[[[", "not TOML"), (b"a = '\xff'", "not TOML"), (b"a = " + b"[" * 50_000, "not TOML")],
)
def test_what_is_no_toml_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    (tmp_path / "jobs.toml").write_bytes(data)
    with pytest.raises(UsageError, match=says):
        read_jobs(tmp_path / "jobs.toml")


@pytest.mark.parametrize(
    ("site", "expected"),
    [
        ("source = 'a.xml'", [("a-hugo", ["a.xml"], "a-hugo")]),
        ("source = 'a.xml'\nto = 'json'", [("a-json", ["a.xml"], "a-json")]),
        ("source = 'in/*.xml'\noutput = 'out'", [("out", ["in/*.xml"], "out")]),
        ("source = 'in/b.xml'\noutput = 'out/x'\nname = 'mine'", [("mine", ["in/b.xml"], "out/x")]),
        ("source = ['a.xml', 'in/b.xml']\noutput = 'out'", [("out", ["a.xml", "in/b.xml"], "out")]),
        (
            "source = 'in/*.xml'\noutput = 'out/{parent}-{stem}-{to}'",
            [(f"in-{name}-hugo", [f"in/{name}.xml"], f"out/in-{name}-hugo") for name in "bc"],
        ),
        (
            "source = ['in/*.xml', 'a.xml', 'in/b.xml']\neach = true\nname = 'site {stem}'",
            [
                ("site b", ["in/b.xml"], "b-hugo"),
                ("site c", ["in/c.xml"], "c-hugo"),
                ("site a", ["a.xml"], "a-hugo"),
            ],
        ),
        (
            "source = 'in/*.xml'\noutput = '{stem}/new'",
            [("b/new", ["in/b.xml"], "b/new"), ("c/new", ["in/c.xml"], "c/new")],
        ),
        ("source = 'odd [1].xml'\neach = true", [("odd [1]-hugo", ["odd [1].xml"], "odd [1]-hugo")]),
        ("source = 'in'\noutput = 'out/{to}'", [("hugo", ["in"], "out/hugo")]),
        ("source = 'i*'\neach = true", [("in-hugo", ["in"], "in-hugo")]),
    ],
)
def test_patterns_and_templates(tmp_path: Path, site: str, expected: list[tuple[str, list[str], str]]) -> None:
    exports(tmp_path, "a.xml", "in/b.xml", "in/c.xml", "odd [1].xml")
    sites = read_jobs(jobs(tmp_path, f"[[site]]\n{site}\n"))
    assert [(site.name, list(site.sources), site.output) for site in sites] == expected


def test_a_site_has_the_options_of_the_defaults_and_its_own(tmp_path: Path) -> None:
    text = f"[defaults]\nto = 'json'\ntimezone = 'UTC'\nredirects = ['nginx']\n{SITE}timezone = 'Europe/Berlin'"
    (site,) = read_jobs(jobs(tmp_path, text))
    expected = {"to": "json", "timezone": "Europe/Berlin", "redirects": ("nginx",), "output": "a-json"}
    assert site.values == expected


def test_every_option_of_a_site_is_a_key(tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("")
    values = {
        "from": "html",
        "to": "json",
        "media": "keep",
        "rules": "rules.toml",
        "timezone": "UTC",
        "status": "draft",
    }
    values |= {"redirects": "nginx", "markdown-engine": "postferry", "raw-html": "safe"}
    values["workflow"] = "github-pages"
    (tmp_path / "mine.py").write_text("from converters.passes.base import Pass\nmine = Pass('mine', print)\n")
    values["pass"] = f"{tmp_path}/mine.py:mine"
    keys = {option.name: option for option in OPTIONS if not option.of_run}
    written = [
        f"{name} = {'true' if option.kind == 'flag' else repr(values.get(name) or option.default or 'x')}"
        for name, option in keys.items()
    ]
    (site,) = read_jobs(jobs(tmp_path, SITE + "\n".join(written)))
    assert site.values.keys() == keys.keys()


def test_lines_are_found_behind_what_looks_like_tables() -> None:
    text = '# [[site]]\na = """\n[[site]]\n"""\n[[site]]\nb = [ # [\n "]",\n]\n[[ site ]]\n"c-d" = \'[\'\ne.f = 1\n'
    assert key_lines(text) == {
        ("a",): 2,
        ("site",): 5,
        ("site", 0): 5,
        ("site", 0, "b"): 6,
        ("site", 1): 9,
        ("site", 1, "c-d"): 10,
        ("site", 1, "e"): 11,
    }
