"""The fixture blog, whole: against its golden tree, built by the real Hugo, compared with what WordPress showed."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.folders import ROOT
from tests.support import Site, convert_files, hugo

EXPORT = ROOT / "fixtures/wordpress/harbour.xml"
GOLDEN = ROOT / "tests/goldens/harbour"
NOTICES = "notices.txt"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return convert_files(tmp_path_factory.mktemp("harbour"), EXPORT)


def own_files(folder: Path) -> dict[str, str]:
    """What the export decides; the start layouts, the same for every site, are left out."""
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != NOTICES]
    names = {str(path.relative_to(folder)): path for path in paths}
    kept = {name: path for name, path in names.items() if name.startswith(("content/", "data/")) or name == "hugo.toml"}
    return {name: path.read_text(encoding="utf-8") for name, path in sorted(kept.items())}


def notices(site: Site) -> str:
    rows = [*site.report["source"], *(n for item in site.report["items"] for n in item.get("notices", ()))]
    return "".join(f"{row['item']} {row['code']} {row['what']}".rstrip() + "\n" for row in rows)


def test_golden(site: Site, request: pytest.FixtureRequest) -> None:
    """Golden files and their notices: a loss cannot be accepted by updating the files alone."""
    found = own_files(site.folder)
    if request.config.getoption("--update-goldens"):
        shutil.rmtree(GOLDEN, ignore_errors=True)
        for name, text in found.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, encoding="utf-8")
        (GOLDEN / NOTICES).write_text(notices(site), encoding="utf-8")
    assert found == own_files(GOLDEN)
    assert notices(site) == (GOLDEN / NOTICES).read_text(encoding="utf-8")


@pytest.mark.hugo
def test_the_golden_site_builds_and_every_old_address_answers(site: Site) -> None:
    built = hugo(site.folder)
    public = [row for row in site.report["items"] if row.get("status") == "published" and row["outcome"] == "carried"]
    assert len(public) >= 15
    for row in public:
        path = unquote(urlsplit(row["permalink"]).path).strip("/")
        assert (built / path / "index.html").is_file(), row
    assert (built / "2022/03/maiden-voyage/index.html").is_file(), "the former slug"


@pytest.mark.hugo
def test_what_a_visitor_meets(site: Site) -> None:
    built = hugo(site.folder)
    first = (built / "2022/03/first-crossing/index.html").read_text(encoding="utf-8")
    assert "Children wear a life jacket" in first, "the reusable block"
    assert "When is the first trip" in first, "a comment"
    assert first.index("On Sunday.") < first.index("Two tickets, please.")
    assert "Mentioned elsewhere" in first
    assert "cheap anchors" not in first
    assert '<link rel="icon" href="/wp-content/uploads/2022/03/anchor.png">' in first
    home = (built / "index.html").read_text(encoding="utf-8")
    assert re.search(r"Pinned</span> <a href=\"?/2022/03/first-crossing/", home)
    assert '<a href="/timetable/">Timetable</a>' in home
    marks = (built / "2022/08/its-late/index.html").read_text(encoding="utf-8")
    assert "{{&lt; hurry &gt;}}" in marks
    assert "{{% later %}}" in marks
    feed = (built / "index.xml").read_text(encoding="utf-8")
    assert '<guid isPermaLink="false">https://blog.example/2022/03/first-crossing/</guid>' in feed
    page = (built / "posts/index.html").read_text(encoding="utf-8")
    assert "wooden posts of the quay" in page


def test_the_same_bytes_again(site: Site, tmp_path: Path) -> None:
    again = convert_files(tmp_path, EXPORT)
    assert own_files(again.folder) == own_files(site.folder)
