"""The user's own rules from the command's option to the page that Hugo builds."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from converters.model.options import ReadOptions
from converters.rules import Rules
from converters.rules.read import read_rules
from pipelines.run.carry import Options
from pipelines.run.convert import Job, run
from tests.folders import ROOT
from tests.support import Site, command, convert, hugo
from tests.wxr import export, item

RULES = """
[shortcodes.su_note]
html = '<blockquote class="{{ color }}">{{ inside }}</blockquote>'

[shortcodes.figure]
raw = '{{< figure src="{{ src }}"{% if title %} title="{{ title }}"{% endif %} >}}'

[shortcodes.box]
raw = "{{< box >}}{{ inside }}{{< /box >}}"

[shortcodes.ad]
drop = true

[blocks."acme/card"]
html = '<h2>{{ heading }}</h2>{{ inside }}'
"""
POST = """[su_note color="red"]Mind *the* <b>gap</b>[/su_note]

[figure src="/a_b_c.jpg" title='Say "hi" &gt;}} {{&lt; nonsense &gt;}}']

[box]

One **word** <em>here</em>

[/box]

[ad id="1"] and {{< figure src="no.jpg" >}} and [nobody knows="1"] and [other]x[/other]
"""
BLOCK = """<!-- wp:acme/card {"heading":"A \\u0026 B"} -->
<!-- wp:paragraph --><p>In it.</p><!-- /wp:paragraph -->
<!-- /wp:acme/card -->"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    (tmp_path / "rules.toml").write_text(RULES)
    source = tmp_path / "export.xml"
    posts = [item(number, content=POST) for number in (1, 2)]
    source.write_text(export(*posts, item(3, content=BLOCK), item(4, content='[nobody knows="2"][ad]')))
    return source


@pytest.fixture
def site(source: Path) -> Site:
    done = command("export.xml", "-o", "site", "--rules", "rules.toml", cwd=source.parent)
    assert done.returncode == 0, done.stderr
    assert "Shortcodes nobody knows, and in how many items: nobody 3, other 2; see docs/rules.md." in done.stderr
    (source.parent / "site/layouts/_shortcodes").mkdir(parents=True, exist_ok=True)
    (source.parent / "site/layouts/_shortcodes/box.html").write_text(
        '<aside>{{ .Inner | .Page.RenderString (dict "display" "block") }}</aside>'
    )
    folder = source.parent / "site"
    return Site(folder, run(Job((str(source),), str(folder), Options("wordpress", "hugo"), dry_run=True)))


@pytest.mark.hugo
def test_rules_reach_the_page(site: Site) -> None:
    body = site.body("content/posts/post-1.md")
    assert "> Mind \\*the\\* **gap**" in body
    assert '{{< figure src="/a_b_c.jpg" title="Say \\"hi\\" >}} {{< nonsense >}}" >}}' in body
    page = (hugo(site.folder) / "post-1/index.html").read_text()
    assert "<strong>gap</strong>" in page
    assert 'src="/a_b_c.jpg"' in page
    assert "Say &#34;hi&#34; &gt;}} {{&lt; nonsense &gt;}}" in page.replace("&quot;", "&#34;")
    assert "<aside>" in page
    assert "<em>here</em>" in page.split("<aside>")[1].split("</aside>")[0]
    assert "One **word**" in page
    assert "[ad" not in page
    assert "no.jpg" in page
    assert 'src="no.jpg"' not in page
    assert "postferry0" not in page


def test_blocks(site: Site) -> None:
    assert site.body("content/posts/post-3.md") == "## A & B\n\nIn it."
    assert '"what":"acme/card: html"' in (site.folder / ".postferry/report.json").read_text()


def test_every_rule_that_was_applied_is_in_the_report(source: Path, site: Site) -> None:
    text = (site.folder / ".postferry/report.json").read_text()
    for what in ("su_note: html", "figure: raw", "box: raw", "ad: drop"):
        assert f'"what":"{what}"' in text
    assert '"unknown":{"nobody":3,"other":2}' in text


@pytest.mark.parametrize(
    ("rules", "says"),
    [
        ("[shortcodes.a]\nhtml = '{{ b'", "rules.toml: shortcodes.a.html: '{{ b' is neither a value nor a condition."),
        ("[blocks.'a/b']\nraw = '{% if %}'", "rules.toml: blocks.a/b.raw: "),
        ("[shortcodes.a]\nhtm = ''", "Did you mean html?"),
    ],
)
def test_a_bad_file_ends_the_run_at_its_start(source: Path, rules: str, says: str) -> None:
    (source.parent / "rules.toml").write_text(rules)
    done = command("export.xml", "-o", "bad", "--rules", "rules.toml", cwd=source.parent)
    assert done.returncode == 2
    assert says in done.stderr
    assert not (source.parent / "bad").exists()


DOCUMENTATION = (ROOT / "docs/rules.md").read_text(encoding="utf-8")


@pytest.fixture
def documented(tmp_path: Path) -> Rules:
    """All rules that the documentation shows, in one file."""
    file = tmp_path / "documented.toml"
    file.write_text("".join(re.findall(r"```toml\n(.*?)```", DOCUMENTATION.partition("## Examples")[2], re.S)))
    return read_rules(file)


def test_all_tables_of_the_documentation_can_be_read(tmp_path: Path) -> None:
    file = tmp_path / "documented.toml"
    file.write_text("".join(re.findall(r"```toml\n(.*?)```", DOCUMENTATION, re.S)))
    rules = read_rules(file)
    assert all(getattr(rules, table) != getattr(Rules(), table) for table in rules.__struct_fields__)


def test_the_examples_of_the_documentation(tmp_path: Path, documented: Rules) -> None:
    examples = re.findall(r"(?:^    .*\n|^\n(?=    ))+", DOCUMENTATION.partition("## Examples")[2], re.M)
    texts = [re.sub(r"^    ", "", example, flags=re.M).strip() for example in examples]
    note, figure, figure_made = texts[0], texts[1], texts[2]
    assert set(documented.shortcodes) == {"su_note", "figure", "box"}
    assert set(documented.blocks) == {"acme/card"}
    options = Options("wordpress", "hugo", ReadOptions(rules=documented))
    site = convert(tmp_path, export(item(1, content=note), item(2, content=figure)), options=options)
    assert site.body("content/posts/post-1.md") == "> Mind the **gap**"
    assert site.body("content/posts/post-2.md") == figure_made
