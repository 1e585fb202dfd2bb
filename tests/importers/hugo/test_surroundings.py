"""What a text of a Hugo site has around it: other files of its host, other pages, the file it is alone in."""

from __future__ import annotations

from pathlib import Path

from converters.model.options import ReadOptions, WriteOptions
from pipelines.run.carry import Options
from tests.importers.hugo.test_lists import page, source
from tests.support import Site, convert_files

PIER = 'baseURL = "https://pier.example/"\n'
PICTURES = (
    "![a](//pier.example/shop/a.png) ![b](https://pier.example/img/b.png) ![c](https://pier.example/posts/one/c.png)"
)


def converted(tmp_path: Path, target: str, files: dict[str, str], *, raw_html: str = "") -> Site:
    write = WriteOptions(raw_html=raw_html) if raw_html else WriteOptions()
    return convert_files(tmp_path, source(tmp_path, files), options=Options("hugo", target, ReadOptions(), write))


def test_own_host_addresses(tmp_path: Path) -> None:
    """A file of another program on the same host stays where it is, and so does all front matter for Hugo."""
    files = {
        "hugo.toml": PIER,
        "static/img/b.png": "x",
        "content/posts/one/index.md": page(
            PICTURES, cover="https://pier.example/img/b.png", logo="//pier.example/l.png"
        ),
        "content/posts/one/c.png": "x",
    }
    hugo = converted(tmp_path / "1", "hugo", files)
    name = "content/posts/one/index.md"
    assert hugo.body(name) == "![a](//pier.example/shop/a.png) ![b](/img/b.png) ![c](/posts/one/c.png)"
    assert hugo.front(name)["cover"] == "https://pier.example/img/b.png"
    assert hugo.front(name)["logo"] == "//pier.example/l.png"
    text = converted(tmp_path / "2", "jekyll", files).text("_posts/2024-03-02-one.md")
    assert "(//pier.example/shop/a.png)" in text
    assert "(/img/b.png)" in text


def test_links_to_files_of_content(tmp_path: Path) -> None:
    """A link to a file that is not there leads where it led on the old page, seen from the root."""
    files = {
        "hugo.toml": PIER,
        "content/posts/one.md": page("[a](two.md#b) [c](../about.md) [d](gone.md) [e](https://x.example/README.md)"),
        "content/posts/two.md": page("## b"),
        "content/about.md": page("x"),
    }
    text = converted(tmp_path, "jekyll", files).text("_posts/2024-03-02-one.md")
    assert "[a](/posts/two/#b) [c](/about/) [d](/posts/one/gone.md) [e](https://x.example/README.md)" in text


def test_a_single_file_with_a_day_is_a_post(tmp_path: Path) -> None:
    for name, front, written in (
        ("bridge.md", "date: 2020-02-25", "_posts/2020-02-25-bridge.md"),
        ("about.md", "weight: 3", "about.md"),
        ("map.md", "date: 2020-02-25\ntype: page", "map.md"),
    ):
        file = tmp_path / name
        file.write_text(f"---\ntitle: T\n{front}\n---\nx\n", encoding="utf-8")
        folder = tmp_path / f"of-{name}"
        folder.mkdir()
        site = convert_files(folder, file, options=Options("hugo", "jekyll"))
        assert (site.folder / written).is_file(), name


def test_aliases_stay_aliases_for_hugo(tmp_path: Path) -> None:
    files = {
        "hugo.toml": PIER,
        "content/posts/one.md": page("[a](/was/one/)", aliases=["/was/one/"]),
    }
    assert converted(tmp_path / "1", "hugo", files).body("content/posts/one.md") == "[a](/was/one/)"
    jekyll = converted(tmp_path / "2", "jekyll", files)
    assert "[a](/posts/one/)" in jekyll.text("_posts/2024-03-02-one.md")
    assert jekyll.notices("link.missing") == []


def test_languages_each_in_a_file(tmp_path: Path) -> None:
    files = {
        "config/_default/hugo.toml": PIER + 'defaultContentLanguage = "en"\n',
        "config/_default/languages.en.toml": 'weight = 1\ncontentDir = "content/en"\n',
        "config/_default/languages.pt-br.toml": 'weight = 2\ncontentDir = "content/pt"\nlabel = "Português"\n',
        "content/en/posts/one.md": page("x"),
        "content/pt/posts/one.md": page("y"),
    }
    site = converted(tmp_path, "jekyll", files)
    assert 'permalink: "/pt-br/posts/one/"' in site.text("_posts/pt-br/2024-03-02-one.md")
    assert site.front("_posts/2024-03-02-one.md")["translations"] == {"pt-br": "/pt-br/posts/one/"}


def test_emoji(tmp_path: Path) -> None:
    files = {"hugo.toml": PIER + "enableEmoji = true\n", "content/posts/one.md": page("I :heart: `:heart:`")}
    assert "I ❤️ `:heart:`" in converted(tmp_path / "1", "jekyll", files).text("_posts/2024-03-02-one.md")
    assert "❤️" in converted(tmp_path / "2", "json", files).text("feed.json")
    assert converted(tmp_path / "3", "hugo", files).body("content/posts/one.md") == "I :heart: `:heart:`"


def test_raw_text_elements(tmp_path: Path) -> None:
    text = '<iframe src="https://e.example/"><a href="https://e.example/">f & g</a></iframe>\n\n<xmp><b>a & b</b></xmp>'
    files = {"hugo.toml": PIER, "content/posts/one.md": page(text)}
    safe = converted(tmp_path / "1", "jekyll", files).body("_posts/2024-03-02-one.md")
    assert "```\n<b>a & b</b>\n```" in safe and "&lt;" not in safe and "&amp;" not in safe
    kept = converted(tmp_path / "2", "jekyll", files, raw_html="keep").body("_posts/2024-03-02-one.md")
    assert '<a href="https://e.example/">f &amp; g</a></iframe>' in kept


def test_aliases_of_every_form(tmp_path: Path) -> None:
    files = {
        "hugo.toml": PIER + 'defaultContentLanguage = "en"\n[languages.en]\n[languages.fr]\n',
        "content/posts/one.en.md": page("x", aliases=["/old/", "near", "/file.html", "../over/"]),
        "content/posts/one.fr.md": page("x", aliases=["/vieux/", "/fr/ancien/", "pres"]),
    }
    site = converted(tmp_path, "jekyll", files)
    english, french = (site.front(name)["redirect_from"] for name in site.files("_posts/**/*.md"))
    assert english == ["/old/", "/posts/near/", "/file.html", "/over/"]
    assert french == ["/fr/vieux/", "/fr/ancien/", "/fr/posts/pres/"]
