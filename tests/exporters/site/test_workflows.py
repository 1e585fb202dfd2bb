"""`--workflow github-pages`: the file says what it should, with no more rights than it needs; it is never run here."""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
import yaml

from converters.errors import UsageError
from converters.model.options import WriteOptions
from pipelines.cli.job_options import job
from pipelines.run.carry import Options
from tests import children, support
from tests.wxr import export, item

PATH = ".github/workflows/pages.yml"


def workflow(folder: Path, target: str) -> tuple[support.Site, dict[Any, Any]]:
    options = Options("wordpress", target, write=WriteOptions(workflow="github-pages", base_path="/blog"))
    site = support.convert(folder, export(item(1)), options=options)
    return site, yaml.safe_load(site.text(PATH))


@pytest.mark.parametrize("target", ["hugo", "jekyll"])
def test_github_pages(target: str, tmp_path: Path) -> None:
    site, found = workflow(tmp_path, target)
    assert found[True] == {"push": {"branches": ["main", "master"]}, "workflow_dispatch": None}  # `on` in YAML 1.1
    assert found["permissions"] == {}, "each job has its own"
    build, deploy = found["jobs"]["build"], found["jobs"]["deploy"]
    assert build["permissions"] == {"contents": "read", "pages": "read"}
    assert deploy["permissions"] == {"pages": "write", "id-token": "write"}
    assert deploy["needs"] == "build" and deploy["environment"]["name"] == "github-pages"
    steps = [*build["steps"], *deploy["steps"]]
    actions = [step["uses"] for step in steps if "uses" in step]
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in actions), "GitHub's own, at a major version"
    assert [action.partition("@")[0] for action in actions[-2:]] == [
        "actions/upload-pages-artifact",
        "actions/deploy-pages",
    ]
    assert not any("${{" in step.get("run", "") for step in steps), "what comes from elsewhere comes as a variable"
    assert "secrets." not in site.text(PATH)
    ignored = site.text(".gitignore").splitlines()
    assert "/.postferry/" in ignored and ("/public/" if target == "hugo" else "/_site/") in ignored


def test_hugo_is_the_version_of_the_tests(tmp_path: Path) -> None:
    _, found = workflow(tmp_path, "hugo")
    assert found["env"]["HUGO"] == version("hugo")
    assert any('--baseURL "$URL/"' in step.get("run", "") for step in found["jobs"]["build"]["steps"])


def test_jekyll_is_told_where_it_is(tmp_path: Path) -> None:
    """The step that changes the settings, run by a shell as GitHub runs it."""
    site, found = workflow(tmp_path, "jekyll")
    (step,) = (step for step in found["jobs"]["build"]["steps"] if "_config.yml" in step.get("run", ""))
    environment = {**os.environ, "URL": "https://name.github.io", "FOLDER": "/my-blog/"}
    children.run(["bash", "-e", "-o", "pipefail", "-c", step["run"]], cwd=site.folder, env=environment, check=True)
    settings = yaml.safe_load(site.text("_config.yml"))
    assert (settings["url"], settings["baseurl"]) == ("https://name.github.io", "/my-blog")
    assert settings["base_path"] == "/blog", "the texts are still those of another path, and the layouts know it"
    assert site.text("_config.yml").count("baseurl:") == 1


def test_nothing_without_the_option(tmp_path: Path) -> None:
    site = support.convert(tmp_path, export(item(1)), options=Options("wordpress", "hugo"))
    assert not (site.folder / ".github").exists() and not (site.folder / ".gitignore").exists()


def test_only_for_sites_that_are_built() -> None:
    with pytest.raises(UsageError, match="use it with --to hugo or jekyll, not json"):
        job(["export.xml"], {"to": "json", "workflow": "github-pages", "from": "wordpress"})
