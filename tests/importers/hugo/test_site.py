"""Whole Hugo sites: to Hugo again without a byte of a text changed, to others as semantic HTML."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import sys
from pathlib import Path

import pytest

from converters.errors import SourceError
from converters.frontmatter import read
from converters.importers.hugo.importer import HugoImporter
from converters.model.notices import KINDS, Log
from converters.model.options import ReadOptions, WriteOptions
from pipelines.run.carry import Options
from pipelines.sources.guess import guess_importer
from tests import children
from tests.folders import ROOT
from tests.support import Site, command, convert_files, hugo

FIXTURES = ROOT / "fixtures"
ISLANDS = FIXTURES / "hugo/islands"
TO_HUGO = Options("hugo", "hugo")
PICTURE = "https://islands.example/img/pier.svg"


def written(folder: Path) -> dict[str, bytes]:
    """All files but the run's own."""
    paths = (path for path in sorted(folder.rglob("*")) if path.is_file())
    inside = ((path.relative_to(folder).as_posix(), path) for path in paths)
    return {name: path.read_bytes() for name, path in inside if not name.startswith((".postferry", "public/", ".hugo"))}


def again(tmp_path: Path, source: Path, options: Options = TO_HUGO) -> Site:
    tmp_path.mkdir(exist_ok=True)
    return convert_files(tmp_path, source, options=options)


def single(tmp_path: Path, text: str | bytes, name: str = "post.md") -> tuple[Site, str]:
    """One file carried; (site, what became of it)."""
    source = tmp_path / name
    source.write_bytes(text.encode() if isinstance(text, str) else text)
    site = convert_files(tmp_path, source, options=TO_HUGO)
    return site, (site.folder / f"content/{name}").read_bytes().decode()


@pytest.fixture(scope="module")
def islands(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return again(tmp_path_factory.mktemp("islands"), ISLANDS)


def test_the_second_time_changes_nothing(tmp_path: Path, islands: Site) -> None:
    second = again(tmp_path, islands.folder)
    assert written(second.folder) == written(islands.folder)


def test_what_we_made_of_wordpress_stays_as_it_is(tmp_path: Path) -> None:
    first = convert_files(tmp_path, FIXTURES / "wordpress/harbour.xml")
    second = again(tmp_path / "2", first.folder)
    assert written(second.folder) == written(first.folder)


def test_texts_keep_every_byte_but_addresses_of_pictures(islands: Site) -> None:
    changed = set()
    for name, before in written(ISLANDS / "content").items():
        after = (islands.folder / "content" / name).read_bytes()
        one, two = (read.read(data.decode(), Log()).text for data in (before, after))
        changed |= {name} if one != two else set()
        one, two = (text.replace(PICTURE, "@").replace("/img/pier.svg", "@") for text in (one, two))
        assert one == two, name
    assert changed == {"about.html", "posts/2021-03-04-first-landing.md"}
    text = islands.text("content/posts/2021-03-04-first-landing.md")
    assert f'```html\n<img src="{PICTURE}">' in text
    assert f'`{{{{</* figure src="{PICTURE}" */>}}}}`' in text
    assert text.count(PICTURE) == 3, "in code, and in front matter, which stays as it is"


@pytest.mark.hugo
def test_both_build_to_the_same_pages_and_words(tmp_path: Path, islands: Site) -> None:
    shutil.copytree(ISLANDS, tmp_path / "before")
    shutil.copytree(islands.folder, tmp_path / "after")
    before, after = (hugo(tmp_path / name, "-DEF") for name in ("before", "after"))
    pages = [path.relative_to(before) for path in sorted(before.rglob("*.html"))]
    assert pages == [path.relative_to(after) for path in sorted(after.rglob("*.html"))]
    assert len(pages) > 30
    for page in pages:
        one, two = ((folder / page).read_text("utf-8").replace(PICTURE, "/img/pier.svg") for folder in (before, after))
        if "class=language-html" not in one and 'class="language-html"' not in one:
            assert one == two, page


@pytest.mark.hugo
def test_addresses_are_those_hugo_gives(tmp_path: Path, islands: Site) -> None:
    shutil.copytree(ISLANDS, tmp_path / "site")
    program = str(Path(sys.executable).with_name("hugo"))
    done = children.run([program, "list", "all"], cwd=tmp_path / "site", capture_output=True, text=True, check=True)
    rows = csv.DictReader(io.StringIO(done.stdout[done.stdout.index("path,") :]))
    expected = {row["path"]: row["permalink"] for row in rows}
    found = {row["path"]: row["permalink"] for row in islands.report["items"] if row["outcome"] == "carried"}
    assert found == expected


def test_everything_of_the_site_goes_along(islands: Site) -> None:
    names = {path.relative_to(ISLANDS).as_posix() for path in ISLANDS.rglob("*") if path.is_file()}
    assert names - written(islands.folder).keys() == {"hugo.yaml"}
    assert written(islands.folder).keys() - names == {"hugo.toml"}


def test_front_matter_is_put_in_order(islands: Site) -> None:
    front = islands.front("content/posts/2021-03-04-first-landing.md")
    assert [*front][:4] == ["title", "date", "aliases", "categories"]
    assert front["title"] == "First landing #1: rope @ the pier, “twice”"
    assert front["custom"]["zip"] == "01234"
    assert front["cover"]["image"] == PICTURE
    assert islands.front("content/posts/windows.md")["params"] == {"note": "two\nlines"}
    assert "date: 2021-06-07T12:00:00+01:00" in islands.text("content/posts/picnic/index.md")


def test_a_folder_of_content_becomes_a_site(tmp_path: Path) -> None:
    content = tmp_path / "notes"
    (content / "posts").mkdir(parents=True)
    (content / "posts/a.md").write_text("---\ntitle: A\ndate: 2021-03-04\n---\n![x](/x.png)\n", encoding="utf-8")
    (content / "_index.md").write_text("+++\ntitle = 'All notes'\n+++\n", encoding="utf-8")
    assert guess_importer([str(content)]) == "hugo"
    first = again(tmp_path / "1", content)
    assert first.files() == ["content/_index.md", "content/posts/a.md"]
    assert 'title = "All notes"' in first.text("hugo.toml")
    assert (hugo(first.folder) / "posts/a/index.html").is_file()
    shutil.rmtree(first.folder / "public")
    (first.folder / ".hugo_build.lock").unlink(missing_ok=True)
    second = again(tmp_path / "2", first.folder)
    assert written(second.folder) == written(first.folder)


def test_a_post_as_people_write_them(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "Tar, rope & the #1 rule:\n  never @ night"\ndate: 2020-02-03T04:05:06+05:30\ntags:\n- "a b"\n---\n'
        "![The quay](https://pictures.example/~user/quay_(old)*.jpg)\n\n“Quoted” – it’s *so*…\n\n"
        "[long](<https://long.example/?q="
        + "x" * 900
        + "&r=[1]> 'Title')\n\n> **1. Heading of emphasis**\n\n***The end***"
    )
    site, after = single(tmp_path, text)
    assert after.partition("---\n![")[2] == text.partition("---\n![")[2]
    assert site.front("content/post.md")["title"] == "Tar, rope & the #1 rule: never @ night"
    assert "date: 2020-02-03T04:05:06+05:30\n" in after
    page = (hugo(site.folder) / "post/index.html").read_text("utf-8")
    assert "https://pictures.example/~user/quay_(old)*.jpg" in page


@pytest.mark.parametrize(
    ("text", "code", "draft"),
    [
        ("---\ntitle: Boats: all\n---\nThe words.", "frontmatter.repaired", False),
        ("---\ntitle: x\ndate: 2021-02-30\n---\nThe words.", "date.invalid", False),
        ("---\ntitle: x\ndate: soon\nexpiryDate: 0000-00-00\n---\nThe words.", "date.invalid", False),
        ("---\ntitle: no end\nThe words.", "frontmatter.unclosed", True),
        ("---\n\nThe words.\n\n---\n\nMore.", "frontmatter.unreadable", True),
        ("---\ntitle: a\nTitle: b\n---\nThe words.", "frontmatter.duplicate", False),
        ("---\na: !!python/object/apply:os.system [echo]\n---\nThe words.", "frontmatter.tag", False),
        ("+++\na = [\n\nThe words.", "frontmatter.unclosed", True),
        ('{"a": nope}\nThe words.', "frontmatter.unreadable", True),
        (b"---\ntitle: caf\xe9\n---\nThe words.", "source.encoding", False),
        ("---\ntitle: x\n---\nThe words. {{< nobody knows >}}", "", False),
    ],
)
def test_bad_front_matter_loses_nothing(tmp_path: Path, text: str | bytes, code: str, draft: bool) -> None:
    """Hugo itself refuses most of these; what is written it takes, and it stays so the second time."""
    site, after = single(tmp_path, text)
    assert "The words." in after
    if not code:
        return
    assert [notice["code"] for notice in site.notices(code)][:1] == [code]
    assert code in KINDS
    assert ("draft: true" in after) is draft
    hugo(site.folder, "-D")
    source = tmp_path / "2"
    source.mkdir()
    assert single(source, after)[1] == after


def test_odd_values_stay(tmp_path: Path) -> None:
    text = (
        '---\ntitle: "x\\n---\\nevil: 1"\na: .nan\nb: "\\u0085\\u2028\\ufeff\\x7f"\nc: "yes"\nd: 0123\n'
        'e: 12:30\n"k: =": 1\n---\nt'
    )
    site, after = single(tmp_path, text)
    front = site.front("content/post.md")
    assert front["title"] == "x\n---\nevil: 1"
    assert (front["a"], front["b"], front["c"], front["d"]) == ("nan", "\x85\u2028\ufeff\x7f", "yes", "0123")
    assert (front["e"], front["k: ="]) == ("12:30", 1)
    assert after.endswith("---\nt")
    hugo(site.folder)


@pytest.mark.parametrize("form", ["toml", "json"])
def test_front_matter_in_other_forms(tmp_path: Path, form: str) -> None:
    options = Options("hugo", "hugo", ReadOptions(), WriteOptions(front_matter=form))
    first = again(tmp_path / "1", ISLANDS, options)
    second = again(tmp_path / "2", first.folder)
    plain = again(tmp_path / "3", ISLANDS)
    assert written(second.folder).keys() == written(plain.folder).keys()
    page = "content/posts/2021-03-04-first-landing.md"
    one, two = second.front(page), plain.front(page)
    assert (str(one.pop("custom")["when"]), str(two.pop("custom")["when"])) == (
        "2020-01-01",
        "2020-01-01",
    )  # JSON: text
    assert one == two
    hugo(first.folder, "-DEF")


def test_statuses_of_what_lists_say_for_all_below_them(tmp_path: Path) -> None:
    site = tmp_path / "site-in"
    for path, text in {
        "hugo.toml": "title = 't'\n",
        "content/a/_index.md": "---\ncascade:\n  draft: true\n---\n",
        "content/a/b/c.md": "---\ntitle: closed\n---\n",
        "content/a/open.md": "---\ntitle: open\ndraft: false\n---\n",
        "content/headless/index.md": "---\nheadless: true\n---\n",
        "content/maybe.md": "---\ndraft: perhaps\n---\n",
        "content/unpublished.md": "---\npublished: false\n---\n",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    made = again(tmp_path / "1", site)
    found = {row["path"]: row["status"] for row in made.report["items"] if row["outcome"] == "carried"}
    assert found == {
        "content/a/_index.md": "draft",
        "content/a/open.md": "published",
        "content/a/b/c.md": "draft",
        "content/headless/index.md": "private",
        "content/maybe.md": "draft",
        "content/unpublished.md": "draft",
    }


def test_files_of_a_page_left_out_stay_out(tmp_path: Path) -> None:
    options = Options("hugo", "hugo", ReadOptions(types=("page",)))
    made = again(tmp_path, ISLANDS, options)
    assert not (made.folder / "content/posts/picnic").exists()
    assert (made.folder / "static/img/pier.svg").is_file()


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        ({"hugo.toml": ""}, True),
        ({"config/_default/hugo.yaml": ""}, True),
        ({"content/a.md": "x"}, True),
        ({"posts/a.md": "---\ntitle: x\n---\n"}, True),
        ({"README.md": "# words"}, False),
        ({"_config.yml": "", "_posts/2021-01-01-a.md": "---\n---\n"}, False),
        ({"export.xml": "<rss/>", "z.md": "---\n---\n"}, False),
        ({}, False),
    ],
)
def test_what_is_taken_for_a_hugo_site(tmp_path: Path, files: dict[str, str], expected: bool) -> None:
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    assert HugoImporter.recognizes(tmp_path, b"") is expected


def test_settings_in_a_folder_are_one_configuration(tmp_path: Path) -> None:
    site = tmp_path / "in"
    for path, text in {
        "config/_default/hugo.toml": "baseURL = 'https://a.example/'\ndefaultContentLanguage = 'de'\n",
        "config/_default/languages.yaml": (
            "de: {label: Deutsch, contentDir: inhalt/de}\nen: {label: English, contentDir: inhalt/en}\n"
        ),
        "config/_default/menus.de.toml": "[[main]]\nname = 'Start'\nurl = '/'\n",
        "config/_default/params.json": '{"description": "d"}',
        "config/production/params.toml": "x = 1\n",
        "inhalt/de/posts/a.md": "---\ntitle: A\n---\n",
        "inhalt/en/posts/a.md": "---\ntitle: A too\n---\n",
    }.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    made = again(tmp_path / "1", site)
    assert made.files("inhalt/**/*.md") == ["inhalt/de/posts/a.md", "inhalt/en/posts/a.md"]
    rows = {row["path"]: (row["url"], row["language"]) for row in made.report["items"] if row["outcome"] == "carried"}
    assert rows == {"inhalt/de/posts/a.md": ("/posts/a/", "de"), "inhalt/en/posts/a.md": ("/en/posts/a/", "en")}
    assert 'name = "Start"' in made.text("hugo.toml")
    assert (made.folder / "config/production/params.toml").is_file()


def test_links_are_passed_over_and_named(tmp_path: Path) -> None:
    content = tmp_path / "in/content"
    content.mkdir(parents=True)
    (content / "a.md").write_text("---\ntitle: A\n---\n", encoding="utf-8")
    (content / "loop").symlink_to(content)
    (content / "passwd.md").symlink_to("/etc/passwd")
    (content / ".hidden.md").write_text("x", encoding="utf-8")
    os.mkfifo(content / "pipe.md")
    made = again(tmp_path / "1", tmp_path / "in")
    assert made.files() == ["content/a.md"]
    assert [notice["what"] for notice in made.notices("source.skipped")] == [
        "content/loop",
        "content/passwd.md",
        "content/pipe.md",
    ]


def test_links_beside_the_parts_of_a_site_are_named(tmp_path: Path) -> None:
    site = tmp_path / "in"
    (site / "content").mkdir(parents=True)
    (site / "content/a.md").write_text("---\ntitle: A\n---\n", encoding="utf-8")
    (site / "notes").symlink_to("/etc")
    (site / "data").symlink_to(tmp_path)
    made = again(tmp_path / "1", site)
    assert made.files() == ["content/a.md"]
    assert [notice["what"] for notice in made.notices("source.skipped")] == ["data", "notes"]


def test_names_that_differ_only_in_case(tmp_path: Path) -> None:
    content = tmp_path / "in/content"
    content.mkdir(parents=True)
    for name in ("a.md", "A.md", "odd\\name.md"):
        (content / name).write_text(f"---\ntitle: '{name}'\n---\n", encoding="utf-8")
    made = again(tmp_path / "1", tmp_path / "in")
    assert made.files() == ["content/A.md", "content/a-2.md", "content/odd-name.md"]
    assert len(made.notices("path.collision")) == 1


def test_words_for_targets_that_take_no_markdown(tmp_path: Path) -> None:
    made = again(tmp_path, ISLANDS, Options("hugo", "json"))
    pages = {item["url"]: item["content_html"] for item in json.loads(made.text("feed.json"))["items"]}
    first = next(html for url, html in pages.items() if url.endswith("/2021/03/2021-03-04-first-landing/"))
    for words in (
        "mind the <em>third</em> step",
        '/walks/north/">the walk</a>',
        "<figcaption>Low water</figcaption>",
        '{{&lt; figure src="https://islands.example/img/pier.svg" &gt;}}',
        "<blockquote><p><strong>Note</strong></p>\n<p>Mind the <strong>tide</strong>",
    ):
        assert words in first, words
    assert [notice["what"] for notice in made.notices("shortcode.themed")] == ["note"]
    assert not made.notices("shortcode.unknown")


def test_what_is_no_part_of_a_site_is_named(tmp_path: Path) -> None:
    source = tmp_path / "in"
    shutil.copytree(ISLANDS, source)
    (source / "scripts").mkdir()
    (source / "scripts/deploy.sh").write_text("true", encoding="utf-8")
    (source / "public").mkdir()
    (source / "public/index.html").write_text("built", encoding="utf-8")
    made = again(tmp_path / "1", source)
    assert [notice["what"] for notice in made.notices("source.beside")] == ["scripts"]
    assert not (made.folder / "public").exists()


def test_what_was_public_is_public_elsewhere(tmp_path: Path) -> None:
    """Static files at their addresses, those of a bundle below its page's."""
    made = again(tmp_path, ISLANDS, Options("hugo", "jekyll"))
    for path in ("img/pier.svg", "2021/06/picnic/pics/basket.svg", "2021/06/picnic/list.txt"):
        assert (made.folder / path).is_file(), path
    assert not (made.folder / "layouts").exists()


def test_comments_of_our_own_sites_are_read(tmp_path: Path) -> None:
    first = convert_files(tmp_path, FIXTURES / "wordpress/harbour.xml")
    made = again(tmp_path / "2", first.folder, Options("hugo", "json"))
    text = made.text("feed.json")
    assert "When is the first trip for <em>paying</em> guests?" in text
    assert "On Sunday." in text


def test_several_files_and_standard_input(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.md").write_text(f"---\ntitle: {name}\n---\n*{name}*\n", encoding="utf-8")
    made = convert_files(tmp_path, tmp_path / "a.md", tmp_path / "b.md", options=TO_HUGO)
    assert made.files() == ["content/a.md", "content/b.md"]
    done = command("--from", "hugo", "-", "-o", "out", cwd=tmp_path, stdin=b"---\ntitle: c\n---\n*c*\n")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out/content/page.md").read_text("utf-8") == "---\ntitle: c\n---\n*c*\n"


def test_settings_that_cannot_be_read_end_the_run(tmp_path: Path) -> None:
    (tmp_path / "in/content").mkdir(parents=True)
    (tmp_path / "in/hugo.toml").write_text("title = ", encoding="utf-8")
    with pytest.raises(SourceError, match=r"hugo\.toml cannot be read"):
        again(tmp_path / "1", tmp_path / "in")
