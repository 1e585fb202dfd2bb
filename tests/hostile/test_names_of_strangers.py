"""Names of files that others gave: no patterns, and no parts of the user's paths."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipelines.batch.expand import part_of_path, read_jobs
from pipelines.run.carry import Options
from tests.hostile.cases import case
from tests.hostile.test_never_written import fill
from tests.support import command, convert, hugo
from tests.wxr import export, item


def exports(folder: Path, *names: str) -> Path:
    return fill(folder, {f"exports/{name}": export(item(1, title="A title")) for name in names})


def jobs(folder: Path, text: str) -> Path:
    path = folder / "jobs.toml"
    path.write_text(f"[[site]]\n{text}\n", encoding="utf-8")
    return path


@case(
    "path-batch-star",
    "a file called `*.xml` beside others, and a batch for `exports/*.xml`",
    "every file is converted, that one too",
)
def test_batch_star_name(tmp_path: Path) -> None:
    exports(tmp_path, "*.xml", "a.xml", "b.xml", "[a].xml", "?.xml")
    jobs(tmp_path, 'source = "exports/*.xml"\noutput = "out/{stem}"')
    done = command("batch", "jobs.toml", "--executor", "inline", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "Sites: 5 " in done.stderr
    assert len(list((tmp_path / "out").iterdir())) == 5
    assert not any(sign in path.name for path in (tmp_path / "out").iterdir() for sign in "*?")


def test_a_site_of_several_exports_loses_none_to_a_file_called_like_the_pattern(tmp_path: Path) -> None:
    exports(tmp_path, "*.xml", "a.xml", "b.xml")
    (site,) = read_jobs(jobs(tmp_path, 'source = "exports/*.xml"\noutput = "out"'))
    assert set(site.sources) == {"exports/*.xml", "exports/a.xml", "exports/b.xml"}


def test_a_pattern_may_name_hidden_files_itself(tmp_path: Path) -> None:
    exports(tmp_path, ".a.xml", "b.xml")
    (site,) = read_jobs(jobs(tmp_path, 'source = "exports/.*.xml"\noutput = "out/{stem}"'))
    assert site.sources == ("exports/.a.xml",)


def test_a_pattern_that_is_a_name_takes_both(tmp_path: Path) -> None:
    exports(tmp_path, "[a].xml", "a.xml", "**.xml")
    for pattern, expected in (
        ("exports/[a].xml", {"exports/[a].xml", "exports/a.xml"}),
        ("exports/**.xml", {"exports/**.xml"}),
    ):
        sites = read_jobs(jobs(tmp_path, f'source = "{pattern}"\noutput = "out/{{stem}}"'))
        assert {site.sources[0] for site in sites} == expected


def test_a_single_run_names_a_pattern_that_is_a_file(tmp_path: Path) -> None:
    exports(tmp_path, "*.xml", "a.xml")
    done = command("exports/*.xml", "-o", "out", "-v", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "source.pattern" in done.stderr


@case(
    "path-batch-stem",
    "files called `...xml`, `..xml`, `.git.xml` in a batch whose outputs are called after them",
    "each site has a safe name of its own, inside of the folder that is named",
)
@pytest.mark.parametrize("output", ["out/{stem}/x", "out/{stem}", "out/{parent}/{stem}", "{stem}-site"])
def test_batch_stem_dotdot(tmp_path: Path, output: str) -> None:
    names = ("...xml", "..xml", "....xml", " .xml", "~.xml", "-o.xml", "a\nb.xml", "a.xml", "\x1b[31m.xml", "a\\b.xml")
    exports(tmp_path, *names, ".git.xml")
    sites = read_jobs(jobs(tmp_path, f'source = "exports/*.xml"\noutput = "{output}"'))
    top = Path(output.partition("{")[0].rstrip("/") or ".")
    for site in sites:
        place = (tmp_path / site.output).resolve()
        parts = Path(site.output).parts
        assert place.is_relative_to((tmp_path / top).resolve())
        assert place != (tmp_path / top).resolve()
        assert all(part.isprintable() and part[0] not in ".~- " and "\\" not in part for part in parts)
    assert len({site.output for site in sites}) == len(sites) >= 7
    assert any("a" in Path(site.output).parts or "a-site" in site.output for site in sites)


def test_a_stranger_s_file_writes_into_the_named_folder_only(tmp_path: Path) -> None:
    exports(tmp_path / "in", "...xml", "..xml", "a.xml")
    jobs(tmp_path / "in", 'source = "exports/*.xml"\noutput = "out2/{stem}/x"')
    command("batch", "jobs.toml", "--executor", "inline", cwd=tmp_path / "in")
    assert {path.name for path in (tmp_path / "in").iterdir()} <= {
        "exports",
        "jobs.toml",
        "out2",
        ".postferry",
        "jobs-report.json",
    }
    assert (tmp_path / "in/out2/a/x/hugo.toml").is_file()


def test_hidden_files_that_fit_a_pattern_are_named(tmp_path: Path) -> None:
    exports(tmp_path, ".secret.xml", "a.xml", "a.xml~")
    jobs(tmp_path, 'source = "exports/*"\noutput = "out/{stem}"')
    done = command("batch", "jobs.toml", "--executor", "inline", "--dry-run", cwd=tmp_path)
    assert ".secret.xml" in done.stderr
    assert "Sites: 1 " in done.stderr


def test_the_parent_of_a_file_beside_the_jobs_has_a_name(tmp_path: Path) -> None:
    folder = tmp_path / "inner"
    fill(folder, {"a.xml": export(item(1))})
    fill(tmp_path, {"b.xml": export(item(1))})
    text = 'source = ["a.xml", "../b.xml"]\noutput = "out/{parent}/{stem}"'
    assert [site.output for site in read_jobs(jobs(folder, text))] == ["out/inner/a", f"out/{tmp_path.name}/b"]


@pytest.mark.parametrize("name", ["blog", "My blog (2)", "caf\u00e9", "a.b", "2020-01", "_x", "\u8a9e", "a'b", "x&y"])
def test_names_that_stay(name: str) -> None:
    assert part_of_path(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "..",
        "...",
        " ",
        "a/b",
        "a\\b",
        "a\0b",
        "a\nb",
        "\x1b]0;x",
        ".git",
        ".ssh",
        "~root",
        "-rf",
        "*",
        "a.",
        "a ",
        "\u202egpj",
        "\u200b",
        "\ud800",
    ],
)
def test_names_that_are_made_safe(name: str) -> None:
    safe = part_of_path(name)
    assert safe.isprintable()
    assert safe[0] not in ".~- "
    assert not set(safe) & set("/\\*?\0")
    assert safe != name
    assert safe == part_of_path(name)


@case(
    "path-term-server-name",
    "a category called `.htaccess` or `.git`",
    "its list keeps the name and stands in a folder without the dot, which no server takes for its settings",
)
@pytest.mark.parametrize("target", ["hugo", "jekyll"])
def test_lists_of_terms_are_no_settings(tmp_path: Path, target: str) -> None:
    names = (".htaccess", ".git", "sea")
    head = "".join(
        f"<wp:category><wp:category_nicename>{name}</wp:category_nicename><wp:cat_name>{name}</wp:cat_name></wp:category>"
        for name in names
    )
    source = export(item(1, terms=[("category", name, name) for name in names]), head=head)
    site = convert(tmp_path, source, options=Options("wordpress", target))
    if target == "jekyll":
        found = (site.folder / "_data/terms.yml").read_text()
        assert found == (
            'categories:\n  ".htaccess": "/category/htaccess/"\n  ".git": "/category/git/"\n  sea: "/category/sea/"\n'
        )
    else:
        built = hugo(site.folder)
        assert {path.name for path in (built / "category").iterdir() if path.is_dir()} >= {"htaccess", "git", "sea"}
        assert not [path for path in built.rglob(".*") if path.name in names]
