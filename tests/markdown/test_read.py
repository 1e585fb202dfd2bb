"""Markdown with Hugo's shortcodes as semantic HTML, for targets that take no Markdown."""

from __future__ import annotations

import re

import pytest

from converters.html import tree
from converters.markdown.read.parse import to_tree
from converters.model import MarkdownBody
from converters.model.notices import Log
from converters.passes.layout import strip_layout
from converters.rules import Rule, Rules
from tests.contract import breaches
from tests.golden_cases import Golden, GoldenCase, golden_cases
from tests.limits import budget


class Names:
    """A site with one page and one value."""

    def address(self, name: str) -> str | None:
        return {"/walks/north.md": "/walks/north/"}.get(name)

    def param(self, name: str) -> str | None:
        return {"boat": "<Petrel>"}.get(name)


def html(text: str, rules: Rules | None = None, dialect: str = "goldmark") -> tuple[str, list[str]]:
    log = Log()
    root = to_tree(MarkdownBody(text, dialect), Names(), log, rules)
    strip_layout(root)
    assert list(breaches(root)) == []
    return re.sub(r">\n+<", "><", tree.inner_html(root)).strip(), [f"{n.code} {n.what}".strip() for n in log.notices]


@pytest.mark.parametrize("case", golden_cases("hugo_markdown"))
def test_constructs(case: GoldenCase, golden: Golden) -> None:
    found, notices = html(case.text)
    golden(case, found, sorted(notices))


def test_rules_of_the_user_win() -> None:
    rules = Rules(
        shortcodes={
            "note": Rule(html="<blockquote>{{ inside }}</blockquote>"),
            "box": Rule(unwrap=True),
            "ad": Rule(drop=True),
        }
    )
    found, said = html("{{% note %}}a *b*{{% /note %}}\n\n{{< box >}}c{{< /box >}}\n\n{{< ad 1 >}}", rules)
    assert found == "<blockquote><p>a <em>b</em></p></blockquote><p>c</p>"
    assert said == ["rule.applied note: html", "rule.applied box: unwrap", "rule.applied ad: drop"]


def test_other_markups() -> None:
    assert html("<p>a {{< param boat >}} *b*</p>", dialect="html") == ("<p>a &lt;Petrel&gt; *b*</p>", [])
    assert html("* Head\n/it/", dialect="org") == ("<pre>* Head\n/it/</pre>", ["markup.unread org"])


@pytest.mark.parametrize(
    "piece",
    [
        "{{< a >}}",
        "{{< details >}}",
        "{{< a >}}{{< /b >}}",
        "{{< details >}}{{< /details >}}",
        "> ",
        "- ",
        "[",
        "*a **b ",
    ],
)
def test_hostile_texts(piece: str) -> None:
    with budget():
        to_tree(MarkdownBody(piece * 5_000), Names(), Log())
