"""The days that readers saw, on any machine: of a site that moved from zone to zone, and of one of unknown zone."""

from __future__ import annotations

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
import yaml

from converters.exporters.jekyll.days import Days
from converters.model import Site
from converters.model.options import WriteOptions
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, made, real
from tests.support import convert_files, hugo
from tests.wxr import export, item

WHEN = {  # slug -> (date on the clock of the site, the same in universal time)
    "summer-west": ("2012-07-28 23:23:39", "2012-07-29 06:23:39"),
    "winter-west": ("2012-01-08 22:44:26", "2012-01-09 06:44:26"),
    "summer-east": ("2022-07-28 23:23:39", "2022-07-28 21:23:39"),
    "winter-east": ("2022-01-08 22:44:26", "2022-01-08 21:44:26"),
    "just-past-midnight": ("2022-02-08 00:10:00", "2022-02-07 23:10:00"),
}
ZONES = ("UTC", "Asia/Tokyo", "America/Los_Angeles")
TIME = re.compile(r'<time[^>]* datetime="([^"]+)">([^<]+)</time>')


def _items() -> list[str]:
    found = []
    for number, (slug, (date, universal)) in enumerate(WHEN.items(), 1):
        comment = {"id": number, "approved": 1, "author": "Bo", "content": "Yes", "date": date, "date_gmt": universal}
        link = f"https://old.example/{date[:10].replace('-', '/')}/{slug}/"
        found.append(item(number, slug=slug, link=link, date=date, date_gmt=universal, comments=[comment]))
    return found


@pytest.mark.system
@real
def test_zone_changed_on_three_machines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    site = made(tmp_path, *_items())
    assert yaml.safe_load(site.text("_config.yml"))["timezone"] == "Europe/Berlin"
    pages: dict[str, dict[str, bytes]] = {}
    for zone in ZONES:
        monkeypatch.setenv("TZ", zone)
        built = jekyll(site.folder)
        pages[zone] = {str(file.relative_to(built)): file.read_bytes() for file in built.rglob("*") if file.is_file()}
        shutil.rmtree(built)
    assert pages["UTC"] == pages["Asia/Tokyo"] == pages["America/Los_Angeles"]
    for slug, (date, universal) in WHEN.items():
        page = pages["UTC"][f"{date[:10].replace('-', '/')}/{slug}/index.html"].decode()
        times = TIME.findall(page)
        assert [day for _, day in times] == [date[:10], date[:10]], "of the post and of the comment"
        assert {datetime.fromisoformat(moment) for moment, _ in times} == {datetime.fromisoformat(f"{universal}+00:00")}
    home = pages["UTC"]["index.html"].decode()
    order = [home.index(f"/{slug}/") for slug in sorted(WHEN, key=lambda slug: WHEN[slug][1], reverse=True)]
    assert order == sorted(order)
    dates = [each.text for each in ElementTree.fromstring(pages["UTC"]["feed.xml"]).iter("pubDate")]
    assert {datetime.strptime(str(text), "%a, %d %b %Y %H:%M:%S %z") for text in dates} == {
        datetime.fromisoformat(f"{universal}+00:00") for _, universal in WHEN.values()
    }


@pytest.mark.hugo
def test_zone_changed_in_hugo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "export.xml").write_text(export(*_items()), encoding="utf-8")
    site = convert_files(tmp_path, tmp_path / "export.xml", options=Options("wordpress", "hugo"))
    shown = []
    for zone in ZONES:
        monkeypatch.setenv("TZ", zone)
        hugo(site.folder, "--destination", str(tmp_path / zone.replace("/", "-")))
        built = tmp_path / zone.replace("/", "-")
        shown.append({str(file.relative_to(built)): file.read_bytes() for file in built.rglob("*.*ml")})
    assert shown[0] == shown[1] == shown[2]
    page = shown[0]["2012/07/28/summer-west/index.html"].decode()
    assert {day for _, day in TIME.findall(page)} == {"28 July 2012"}


def test_an_unknown_zone_is_universal_time(tmp_path: Path) -> None:
    """What every machine would show in a zone of its own is shown in one, and with the day that was seen."""
    (tmp_path / "a.html").write_text(
        '<html><head><title>Late</title><meta property="article:published_time" content="2020-05-06T00:30:00+02:00">'
        '<meta property="og:type" content="article"></head><body><article><h1>Late</h1><p>A text of some words.</p>'
        "</article></body></html>",
        encoding="utf-8",
    )
    site = convert_files(tmp_path, tmp_path / "a.html", options=Options("html", "jekyll", write=WriteOptions()))
    assert yaml.safe_load(site.text("_config.yml"))["timezone"] == "UTC"
    (post,) = (site.folder / "_posts").iterdir()
    assert yaml.safe_load(post.read_text(encoding="utf-8").split("---\n")[1])["day"] == "2020-05-06"


def test_other_days() -> None:
    late = datetime.fromisoformat("2020-05-06T00:30:00+02:00")
    assert Days(Site()).other(late) == "2020-05-06"
    assert Days(Site(time_zone="Europe/Berlin")).other(late) == ""
    assert Days(Site(time_zone="No/Where")).other(late) == "2020-05-06", "nobody knows what Jekyll shows"
    assert Days(Site(time_zone="Asia/Tokyo")).other(datetime(2020, 5, 6, 14, tzinfo=UTC)) == ""
    assert Days(Site()).other(None) == ""


@pytest.mark.system
@real
def test_what_has_no_date_shows_none(tmp_path: Path) -> None:
    """Jekyll gives documents of a collection without a date the time of the build."""
    (tmp_path / "from/content/walks").mkdir(parents=True)
    (tmp_path / "from/content/walks/north.md").write_text("---\ntitle: North\n---\nUp.\n", encoding="utf-8")
    (tmp_path / "from/hugo.toml").write_text("title = 'Walks'\nbaseURL = 'https://w.example/'\n", encoding="utf-8")
    site = convert_files(tmp_path, tmp_path / "from", options=Options("hugo", "jekyll"))
    built = jekyll(site.folder)
    for page in ("walks/north/index.html", "walks/index.html"):
        assert "North" in (built / page).read_text(encoding="utf-8")
        assert "<time" not in (built / page).read_text(encoding="utf-8")
