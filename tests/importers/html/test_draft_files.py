"""Files that only drafts show are not published with the rest of a site."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.importers.html import page
from converters.importers.html.draft_files import DraftFiles
from converters.model.notices import Log
from pipelines.cli.main import main

PROSE = "<p>The keeper rows out at dusk and lights the lamp before the fog comes in over the bay, as always.</p>" * 3
DOCUMENT = f"""<html><head><style>.c1{{font-weight:700}}.lst-kix_a-0>li:before{{content:"x"}}</style></head>
<body class="c3 doc-content">{PROSE}<p><img src="images/secret%201.png"></p><p><img src="images/both.png"></p>
<p><a href="report.pdf">report</a></p></body></html>"""
PAGE = f'<title>Lamps</title><article><h1>Lamps</h1>{PROSE}<img srcset="/images/both.png 2x"></article>'


@pytest.fixture
def site(tmp_path: Path) -> Path:
    (tmp_path / "site" / "images").mkdir(parents=True)
    (tmp_path / "site" / "draft.html").write_text(DOCUMENT)
    (tmp_path / "site" / "index.html").write_text(PAGE)
    for name in ("images/secret 1.png", "images/both.png", "images/other.png", "report.pdf"):
        (tmp_path / "site" / name).write_bytes(b"\x89PNG\r\n\x1a\n" + name.encode())
    return tmp_path


@pytest.mark.parametrize("given", [[], ["--media-drafts"]])
def test_what_only_drafts_show_is_no_public_file(site: Path, given: list[str]) -> None:
    with pytest.raises(SystemExit) as done:
        main(["--from", "html", str(site / "site"), "--to", "hugo", "-o", str(site / "new"), *given])
    assert not done.value.code
    static = site / "new" / "static"
    found = {str(file.relative_to(static)) for file in static.rglob("*.p*") if file.suffix in (".png", ".pdf")}
    hidden = {"images/secret 1.png", "report.pdf"} if given else set()
    assert found == {"images/both.png", "images/other.png"} | hidden
    assert ("html.draft-file" in (site / "new" / ".postferry" / "report.json").read_text()) is not bool(given)


NAMES = (
    ('<img src="a.png">', "in/a.png"),
    ('<img src="../a%20b.png?x=1#y">', "a b.png"),
    ('<a href="/files/a.pdf">a</a>', "files/a.pdf"),
    ('<source srcset="a.png 1x, b.png 2x">', "in/b.png"),
    ('<video poster="p.jpg"></video>', "in/p.jpg"),
    ('<object data="d.svg"></object>', "in/d.svg"),
)


@pytest.mark.parametrize(("html", "file"), NAMES)
def test_what_a_page_names(html: str, file: str) -> None:
    files = DraftFiles()
    files.see(page.parse(html.encode(), "in/page.html", Log("1")), draft=True)
    assert file in files.hidden
    files.see(page.parse(html.encode(), "in/other.html", Log("1")), draft=False)
    assert not files.hidden
