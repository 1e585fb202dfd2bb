"""Front matter that was made to do harm, or is broken, through the whole program: from Hugo's files to every target."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml

from converters.importers.wordpress.content.typography import titled as signs_of
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll
from tests.hostile.cases import case
from tests.support import Site, command, convert, convert_files, hugo
from tests.wxr import export, item

BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join(['*' + before] * 10)}]\n" for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
FILES = {
    "tag": '---\ntitle: !!python/object/apply:os.system ["touch MARK"]\nx: !ruby/object:Gem::Installer {a: b}\n'
    "---\nBody of tag.\n",
    "bomb": f"---\ntitle: Bomb\n{BOMB}---\nBody of bomb.\n",
    "deep": f"---\ntitle: Deep\nx: {'[' * 100_000}\n---\nBody of deep.\n",
    "deep-json": '{"title": "Deep JSON", "x": ' + "[" * 100_000 + "]" * 100_000 + "}\nBody of deep-json.\n",
    "deep-toml": '+++\ntitle = "Deep TOML"\nx = ' + "[" * 100_000 + "]" * 100_000 + "\n+++\nBody of deep-toml.\n",
    "date": "---\ntitle: Date\ndate: 2021-02-30\nlastmod: 0000-00-00\n---\nBody of date.\n",
    "twice": "---\ntitle: One\ntitle: Two\n---\nBody of twice.\n",
    "unclosed": "---\ntitle: Unclosed\nBody of unclosed.\n",
    "rule": "---\n\nBody of rule.\n\n---\n\nMore of rule.\n",
    "after": "---\ntitle: After\n---\n---\n\nBody of after.\n\n---\n",
    "bom": "\ufeff---  \r\ntitle: BOM\r\n---\r\nBody of bom.\r\n",
    "toml": '+++\ntitle = "TOML"\n+++\nBody of toml.\n',
    "json": '{"title": "JSON"}\nBody of json.\n',
    "org": "#+title: Org\n\nBody of org.\n",
    "large": f"---\ntitle: Large\nx: {'y' * 2_000_000}\n---\nBody of large.\n",
}
NOTED = {
    "tag": "frontmatter.tag",
    "bomb": "frontmatter.repaired",
    "deep": "frontmatter.repaired",
    "deep-json": "frontmatter.unreadable",
    "deep-toml": "frontmatter.repaired",
    "date": "date.invalid",
    "twice": "frontmatter.duplicate",
    "unclosed": "frontmatter.unclosed",
    "rule": "frontmatter.unreadable",
    "large": "frontmatter.unreadable",
}


def written(folder: Path) -> Path:
    site = folder / "source"
    (site / "content").mkdir(parents=True)
    (site / "hugo.toml").write_text('baseURL = "https://x.example/"\n', encoding="utf-8")
    for name, text in FILES.items():
        path = site / "content" / f"{name}.{'org' if name == 'org' else 'md'}"
        path.write_text(text.replace("MARK", str(folder / "ran")), encoding="utf-8", newline="")
    return site


@case(
    "matter-tag",
    "`!!python/object/apply:os.system`, `!ruby/object`",
    "the tag is refused, its value kept; nothing is run",
)
@case(
    "matter-aliases", "aliases of aliases that stand for a thousand million values", "key by key; the file stays small"
)
@case("matter-deep", "100,000 brackets in YAML, TOML, JSON", "read key by key, or kept as text; no crash")
@case("matter-large", "front matter of 2 MB", "kept as text, and the item is a draft")
@case("matter-date", "dates that are none: 2021-02-30, 0000-00-00", "named")
@case("matter-double", "a key twice", "the later value counts; named")
@case("matter-unclosed", "front matter that does not end", "the whole file is the text; a draft; named")
@case("matter-rule", "a text that begins with `---` as a rule", "the text stays whole")
@case("matter-forms", "a byte order mark, CRLF, spaces behind `---`; `+++`, `{`, Org", "recognised")
@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
def test_hostile_files(tmp_path: Path, target: str) -> None:
    source = written(tmp_path)
    done = command("--from", "hugo", "--to", target, str(source), "-o", "site", cwd=tmp_path)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False), done.stderr
    assert not (tmp_path / "ran").exists()
    report = json.loads((tmp_path / "site/.postferry/report.json").read_text(encoding="utf-8"))
    said = {row["id"]: {notice["code"] for notice in row.get("notices", ())} for row in report["items"]}
    for name, code in NOTED.items():
        [codes] = [codes for id, codes in said.items() if Path(id).stem == name]
        assert code in codes, (name, codes)
    files = [path for path in (tmp_path / "site").rglob("*") if path.is_file() and ".postferry" not in path.parts]
    assert all(path.stat().st_size < 10_000_000 for path in files)
    texts = "\n".join(path.read_text(encoding="utf-8", errors="replace") for path in files)
    assert all(f"Body of {name}." in texts for name in FILES)
    assert "More of rule." in texts


TITLES = (
    "x\n---\nevil: 1",
    '"\n+++\nevil = 1',
    "a\u0085b\u2028c\u2029d\ufeffe\x7ff",
    "---",
    "yes", "no", "0123", "1e3", "12:30", "~", "null", "2020-01-01", ".inf", "NaN", "Infinity", "1" + "0" * 400,
    "0x1F", "=",
    "{{ .Title }}", "&a *b !c", "# d", "- e", "a: b",
)  # fmt: skip
KEYS = ("a:b", "a=b", "a.b", "proto__", "content", "handler", "yes", "1", "a b", "[x]", '"q"', "# c")


def front(site: Site, target: str, number: int) -> dict[str, object]:
    path = f"content/posts/post-{number}.md" if target == "hugo" else f"_posts/2021-03-04-post-{number}.md"
    loaded = yaml.safe_load(site.text(path).split("---\n", 1)[1].split("\n---\n")[0])
    assert isinstance(loaded, dict)
    return loaded


def titled(folder: Path, target: str) -> Site:
    items = [
        item(n, title=title, meta={**dict.fromkeys(KEYS, "v"), "value": title}) for n, title in enumerate(TITLES, 1)
    ]
    return convert(folder, export(*items), options=Options("wordpress", target))


@case(
    "matter-title", "titles such as `x⏎---⏎evil: 1`, with U+0085, U+2028, U+FEFF, U+007F", "one value, for every reader"
)
@case("matter-words", "titles and fields `yes`, `0123`, `1e3`, `12:30`, `~`, `NaN`, `2020-01-01`", "text stays text")
@case("matter-keys", "fields called `a:b`, `a=b`, `a.b`, `content`, `handler`", "kept under their names, quoted")
@pytest.mark.parametrize("target", ["hugo", "jekyll"])
def test_values_stay_one_value(tmp_path: Path, target: str) -> None:
    site = titled(tmp_path, target)
    for number, title in enumerate(TITLES, 1):
        values = front(site, target, number)
        assert isinstance(values["title"], str)
        assert " ".join(values["title"].split()) == " ".join(signs_of(title).split())
        assert "evil" not in values
        assert isinstance(values["params"], dict)
        assert set(KEYS) <= values["params"].keys()
        assert {values["params"][key] for key in KEYS} == {"v"}
    if target == "hugo":
        hugo(site.folder)


@pytest.mark.system
@pytest.mark.skipif(shutil.which("jekyll") is None, reason="needs jekyll")
def test_jekyll_builds_them(tmp_path: Path) -> None:
    jekyll(titled(tmp_path, "jekyll").folder)


def test_what_was_read_is_read_again(tmp_path: Path) -> None:
    """A site of hostile front matter carried from Hugo to Hugo, and again: the second time nothing changes."""
    first = convert_files(tmp_path, written(tmp_path), options=Options("hugo", "hugo"))
    (tmp_path / "again").mkdir()
    second = convert_files(tmp_path / "again", first.folder, options=Options("hugo", "hugo"))
    for path in first.files():
        assert second.text(path) == first.text(path), path
