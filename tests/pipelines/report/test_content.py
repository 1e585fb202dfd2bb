"""What the report says: every item once, sums that agree, the same in both files, and no secrets."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from converters.html import tree
from converters.model.notices import KINDS, Severity
from converters.model.options import WriteOptions
from converters.rules.read import read_rules
from pipelines.media.media_queue import Settings
from pipelines.report import page as pages
from pipelines.report import redact
from pipelines.report.comparison import Markup, SideBySide, Words
from pipelines.report.page import Comparison
from pipelines.report.records import ReportFile
from pipelines.report.totals import block_rule, rules_file, shortcode_rule
from pipelines.run.carry import Options
from tests.pipelines.report.pages import Page, constructs, mixed, page_of, read
from tests.support import Site, command, convert_files
from tests.wxr import export, item


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return mixed(tmp_path_factory.mktemp("mixed"))


@pytest.fixture(scope="module")
def page(site: Site) -> Page:
    return page_of(site)


def test_every_loss_has_a_remedy() -> None:
    assert [code for code, kind in KINDS.items() if kind.severity >= Severity.LOST and not kind.remedy] == []


def test_every_item_has_a_row_with_what_became_of_it(site: Site, page: Page) -> None:
    rows = {row.get("id"): row for row in page.root.iter("tr") if row.get("id")}
    items = site.report["items"]
    assert len(rows) == len(items) == 10
    for number, found in enumerate(items, 1):
        words = " ".join(" ".join(rows[f"i{number}"].itertext()).split())
        assert found.get("title", "(no title)") in words
        assert (found.get("fidelity") or found["outcome"]) in words
        assert found["outcome"] != "left out" or found["reason"] in words


def test_sums_agree(site: Site, page: Page) -> None:
    report = site.report
    outcomes = Counter(row["outcome"] for row in report["items"])
    kinds = {kind: sum(counts.values()) for kind, counts in report["kinds"].items()}
    assert kinds == report["account"]["carried"]
    assert sum(kinds.values()) == outcomes["carried"] == sum(report["fidelity"].values())
    assert sum(report["account"]["left_out"].values()) == outcomes["left out"]
    assert sum(sum(counts.values()) for counts in report["years"].values()) == outcomes["carried"]
    assert {code: found["count"] for code, found in report["codes"].items()} == report["account"]["notices"]
    assert site.outcome.account.balance in page.text
    for reason, number in report["account"]["left_out"].items():
        assert f"{reason} {number} item" in page.words("not-carried")


def test_causes_name_their_posts_and_what_to_do(site: Site, page: Page) -> None:
    for code, found in site.report["codes"].items():
        words = page.words(f"n-{code}")
        assert found["text"] in words
        assert found["remedy"] in words
        touched = [
            number
            for number, row in enumerate(site.report["items"], 1)
            if any(notice["code"] == code for notice in row.get("notices", ()))
        ]
        assert [link.get("href") for link in page.by_id(f"n-{code}").iter("a")] == [f"#i{number}" for number in touched]
        assert found["items"] == len(touched)


def test_unknown_names_come_with_rules_that_can_be_used(site: Site, page: Page, tmp_path: Path) -> None:
    unknown = site.report["unknown"]
    assert [(each["name"], each["items"]) for each in unknown["shortcodes"]] == [("acme_thing", 2), ("foo", 1)]
    assert [each["name"] for each in unknown["blocks"]] == ["acme/card"]
    whole = "".join(page.all("pre", **{"class": "rule"})[-1].itertext())
    file = tmp_path / "rules.toml"
    file.write_text(whole)
    found = read_rules(file)
    assert found.shortcodes.keys() == {"acme_thing", "foo"}
    assert found.blocks.keys() == {"acme/card"}
    (tmp_path / "export.xml").write_text(export(item(1, content="[acme_thing]Words[/acme_thing]")))
    done = command("export.xml", "-o", "out", "--rules", "rules.toml", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "[acme_thing]" not in (tmp_path / "out/content/posts/post-1.md").read_text()


@pytest.mark.parametrize("name", ['a"b', "weather box", "ä", "a\\b", "x]\n[blocks.y", "\x7f", "-", "acme/card"])
@pytest.mark.parametrize(("kind", "rule"), [("shortcodes", shortcode_rule), ("blocks", block_rule)])
def test_a_rule_names_what_it_is_for(kind: str, rule: Callable[[str], str], name: str) -> None:
    assert tomllib.loads(rules_file([rule(name)])) == {kind: {name: {"unwrap": True}}}


def test_source_and_result_stand_side_by_side(site: Site, page: Page) -> None:
    words = page.words("c1")
    assert words.count("Plain words.") == 2
    assert site.report["compared"]["1"] == {"source": 12, "found": 12}
    assert "Cut here" in page.words("c10")
    pairs = [each.get("id") for each in page.all("details", **{"class": "pair"})]
    assert pairs == ["c1", "c2", "c5", "c10"]


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
def test_of_every_target(tmp_path: Path, target: str) -> None:
    site = constructs(tmp_path, target)
    report = site.report
    assert len(report["compared"]) == 81
    total = sum(each["source"] for each in report["compared"].values())
    found = sum(each["found"] for each in report["compared"].values())
    assert found > 0.97 * total
    assert "Cannot be shown" not in page_of(site).text


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<figure class="embed"><a href="https://a.example/v">https://a.example/v</a><p>Told</p></figure>', ["Told"]),
        ('<figure class="embed"><a href="https://a.example/v">A film</a></figure>', ["A", "film"]),
        ('<p><a href="https://a.example/v">https://a.example/v</a></p>', ["https://a.example/v"]),
    ],
)
def test_the_url_of_a_player_is_shown_and_is_no_word_of_the_post(html: str, words: list[str]) -> None:
    markup = Markup(1000)
    assert 'href="https://a.example/v"' in markup.of(tree.parse(html))
    assert markup.text.split() == words


def test_a_source_of_markdown(tmp_path: Path) -> None:
    (tmp_path / "blog/content").mkdir(parents=True)
    (tmp_path / "blog/hugo.toml").write_text('baseURL = "https://old.example/"\ntitle = "Blog"\n')
    (tmp_path / "blog/content/a.md").write_text("---\ntitle: A\n---\nSome *words* here.\n")
    done = command("blog", "-o", "out", "--to", "jekyll", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert read(tmp_path / "out/.postferry/report.html").words("pairs").count("Some words here.") == 2


@pytest.mark.parametrize("secret", ["DRAFTWORDS", "LOCKEDWORDS", "SESAME", "SECRET", "ada.lovelace@mail.example"])
def test_no_secrets(site: Site, page: Page, secret: str) -> None:
    assert secret not in page.text
    assert secret not in json.dumps(site.report)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("write to ada+x@mail.example now", "write to [e-mail] now"),
        ("logo@2x.png", "logo@2x.png"),
        ("https://me:pw@host.example/a?p=12&api_key=1234#x", "https://host.example/a?p=12&api_key=[removed]#x"),
        ("https://s.example/?X-Amz-Signature=abc&size=2", "https://s.example/?X-Amz-Signature=[removed]&size=2"),
        ("a@b", "a@b"),
    ],
)
def test_redaction(text: str, left: str) -> None:
    assert redact.personal(text) == left


def test_redaction_is_linear() -> None:
    for text in ("a" * 200_000 + "@", "?" * 200_000 + "=", "://" * 100_000 + "@", "a@a." * 50_000):
        redact.personal(text)


@pytest.mark.parametrize(
    ("asked", "json_at", "page_at"),
    [
        ("", "site/.postferry/report.json", "site/.postferry/report.html"),
        ("r.json", "r.json", "site/.postferry/report.html"),
        ("sub/r.html", "site/.postferry/report.json", "sub/r.html"),
    ],
)
def test_where_they_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: str, json_at: str, page_at: str
) -> None:
    monkeypatch.chdir(tmp_path)
    made = mixed(tmp_path, report=asked)
    assert ReportFile(tmp_path / json_at).head.account == made.outcome.account
    page = read(tmp_path / page_at)
    files = [link.get("href") for link in page.all("a") if (link.get("href") or "").endswith(".md")]
    assert len(files) == 6
    assert all((tmp_path / page_at).parent.joinpath(file).is_file() for file in files)
    assert not list(tmp_path.rglob("*.part"))


def test_the_page_is_made_anew_when_it_is_gone(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(export(item(1)))
    page = tmp_path / "out/.postferry/report.html"
    for _ in range(2):
        assert command("export.xml", "-o", "out", cwd=tmp_path).returncode == 0
        assert "Title 1" in page.read_text()
        page.unlink()


def test_a_report_laid_out_anew_is_read(site: Site, tmp_path: Path) -> None:
    file = tmp_path / "report.json"
    file.write_text(json.dumps(site.report, indent=2))
    one, other = ReportFile(file), ReportFile(Path(site.outcome.report))
    assert one.head.account == other.head.account
    assert list(one.rows()) == list(other.rows())


def test_the_same_bytes_for_the_same_source(site: Site, tmp_path: Path) -> None:
    again = mixed(tmp_path)
    assert Path(again.outcome.page).read_bytes() == Path(site.outcome.page).read_bytes()
    assert not re.search(rb"202[5-9]-", Path(again.outcome.page).read_bytes())


def test_a_verification_is_shown(tmp_path: Path) -> None:
    made = mixed(tmp_path)
    report, file = Path(made.outcome.report), Path(made.outcome.page)
    data: dict[str, Any] = made.report
    data["items"][0]["verification"] = {"verdict": "lost", "differences": [{"kind": "link", "lost": True}]}
    report.write_text(json.dumps(data))
    pages.write(file, report, [Comparison(1, "1", "First", SideBySide("<p>One</p>", "", Words(1, 0)))], made.folder)
    page = read(file)
    assert "checked: lost: link" in page.words("i1")
    assert page.words("c1") == "First 0 of 1 words Source One Result Nothing. In the table"


def test_media_that_came_along(tmp_path: Path) -> None:
    uploads = tmp_path / "uploads/2021"
    uploads.mkdir(parents=True)
    (uploads / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + b"x" * 2000)
    there, gone = (f'<img src="https://old.example/wp-content/uploads/2021/{name}.png">' for name in "ab")
    (tmp_path / "export.xml").write_text(export(item(1, content=there + gone)))
    made = convert_files(
        tmp_path,
        tmp_path / "export.xml",
        options=Options("wordpress", "hugo", write=WriteOptions(media="copy")),
        media=Settings("copy", str(tmp_path / "uploads"), False),
    )
    brought = made.report["media"]["brought"]
    assert (brought["files"], brought["missing"], brought["bytes"]) == (1, 1, 2008)
    words = page_of(made).words("media")
    assert "Came along 1" in words
    assert "Their size 2.0 kB" in words
    assert "Could not be had 1" in words


def test_addresses_that_changed(tmp_path: Path) -> None:
    options = Options("wordpress", "hugo", write=WriteOptions(permalinks="none"))
    made = mixed(tmp_path, options=options)
    found = made.report["redirects"]
    assert found["moved"] == len(found["examples"]) > 0
    assert found["examples"][0]["old"] in page_of(made).text
