"""The user's own rules: what templates can say, how values are escaped, what of them no text can undo."""

from __future__ import annotations

from typing import Any

import pytest

from converters.errors import UsageError
from converters.exporters.hugo import shortcode_text
from converters.html import tree
from converters.importers.wordpress.content import Context, to_tree
from converters.importers.wordpress.content.own_rules import OwnRules
from converters.markdown import PostferryEngine
from converters.model.limits import Limits
from converters.model.notices import Log
from converters.rules import Rule, Rules
from tests.importers.wordpress.test_content import BLOCKS, Lookup


def block_rule(name: str, attributes: dict[str, Any], inside: str, given: Context) -> str | None:
    rule = None if given.rules is None else given.rules.of_block(name)
    return None if rule is None else rule.block(name, attributes, inside, given)


def context(
    shortcodes: dict[str, Rule], blocks: dict[str, Rule] | None = None, limits: Limits | None = None
) -> Context:
    rules = OwnRules(Rules(shortcodes, blocks or {}))
    return Context("9", Lookup(), Log("9"), BLOCKS.get, rules=rules, limits=limits or Limits())


def html(text: str, **shortcodes: Rule) -> str:
    return tree.inner_html(to_tree(text, context(shortcodes))).strip()


def markdown(text: str, **shortcodes: Rule) -> str:
    """As the Hugo exporter writes it."""
    given = context(shortcodes)
    root = to_tree(text, given)
    shortcode_text.escape_shortcodes(root, given.log)
    return shortcode_text.finish(PostferryEngine().render(root, dialect="goldmark", log=given.log)).strip()


def one(template: str, call: str) -> str:
    return html(call, x=Rule(html=template))


@pytest.mark.parametrize(
    ("template", "call", "expected"),
    [
        ("<p>{{ a }}|{{a}}|{{ attributes.a }}</p>", '[x a="1"]', "<p>1|1|1</p>"),
        ("<p>{{ 0 }}|{{ 1 }}|{{ 2 }}</p>", '[x one "two words"]', "<p>one|two words|</p>"),
        ("<p>a{{ nothing }}</p>", "[x]", "<p>a</p>"),
        ("<p>{{ Link }}</p>", "[x link=1]", "<p>1</p>"),
        ("<p>{{ attributes.text }}: {{ text }}</p>", "[x text=a]b <b>c</b>[/x]", "<p>a: b c</p>"),
        ("<div>{{ inside }}</div>", "[x]b <b>c</b>[/x]", "<div>b <b>c</b></div>"),
        ("<p>{{ \"{{\" }} x {{ '}}' }}</p>", "[x]", "<p>{{ x }}</p>"),
        ("<p>{% if a %}A{% endif %}{% if not a %}B{% endif %}</p>", "[x]", "<p>B</p>"),
        ("<p>{% if a %}A{% else %}B{% endif %}</p>", "[x a=0]", "<p>A</p>"),
        ("<p>{% if a == \"1\" %}A{% elif a == '2' %}B{% else %}C{% endif %}</p>", "[x a=2]", "<p>B</p>"),
        ('<p>{% if a != "1" %}A{% endif %}{% if not a == "2" %}B{% endif %}</p>', "[x a=2]", "<p>A</p>"),
        ("<p>{% if open %}A{% if a %}{{ a }}{% endif %}{% endif %}</p>", "[x a=1 open]", "<p>A1</p>"),
        ("<p>{% if inside %}A{% else %}B{% endif %}</p>", "[x][/x]", "<p>B</p>"),
        # each value is text, whatever it holds
        ("<p>{{ a }}</p>", "[x a='<script>1</script>']", "<p>&lt;script&gt;1&lt;/script&gt;</p>"),
        ('<p title="{{ a }}">b</p>', "[x a='\" onclick=\"f()']", '<p title="&quot; onclick=&quot;f()">b</p>'),
        ("<p title='{{ a }}'>b</p>", "[x a=\"' id='c\"]", "<p title=\"' id='c\">b</p>"),
        ("<p>{{ a }}</p>", '[x a="Fish &amp; chips &amp;amp;"]', "<p>Fish &amp; chips &amp;amp;</p>"),
        ("<p>{{ a }}</p>", '[x a="{{ b }}" b=1]', "<p>{{ b }}</p>"),
        ("<p>{{ a | safe }}</p>", "[x a='&lt;b&gt;c&lt;/b&gt;']", "<p><b>c</b></p>"),
        ("<p>{{ text }}</p>", "[x]&lt;b&gt;[/x]", "<p>&lt;b&gt;</p>"),
    ],
)
def test_templates_of_html(template: str, call: str, expected: str) -> None:
    assert one(template, call) == expected


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ("{{ a", "neither a value nor a condition"),
        ("{{ a + 1 }}", "is no value"),
        ("{{ a() }}", "is no value"),
        ("{{ a.__class__ }} {{ }}", "is no value"),
        ("{% for x in a %}", "neither a value nor a condition"),
        ("{% if a %}b", "without {% endif %}"),
        ("b{% endif %}", "without an {% if %}"),
        ("{% else %}", "without an {% if %}"),
        ("{% if a %}{% else %}{% elif b %}{% endif %}", "behind {% else %}"),
        ("{% if a %}{% else b %}{% endif %}", "stands alone"),
        ("{% if a > 1 %}{% endif %}", "is no condition"),
        ("{% if a %}" * 30 + "{% endif %}" * 30, "more than 20 conditions"),
        ("<p title={{ a }}>", "needs quotation marks"),
        ("<p {{ a }}>", "needs quotation marks"),
        ("<script>f('{{ a }}')</script>", "could become a program"),
        ('<p onclick="f({{ a }})">', "could become a program"),
        ('<p title="{{ inside }}">', "cannot stand in a tag"),
        ("<!-- {{ a | safe }} -->", "cannot stand in a tag"),
        ("<p title='a>", "ends before '"),
        ("<p", "ends before >"),
        ('{% if a %}<p title="{% endif %}b">', "opens or closes"),
        ("a\x01", "U+0001 cannot stand"),
    ],
)
def test_a_bad_template_ends_the_run_before_it_begins(template: str, says: str) -> None:
    with pytest.raises(UsageError) as error:
        OwnRules(Rules({"x": Rule(html=template)}))
    assert says in str(error.value)
    assert str(error.value).startswith("shortcodes.x.html: ")


@pytest.mark.parametrize(
    ("template", "call", "expected"),
    [
        ('{{< f src="{{ a }}" >}}', "[x a=/b_c*d*.jpg]", '{{< f src="/b_c*d*.jpg" >}}'),
        ('{{< f t="{{ a }}" >}}', "[x a='say \"hi\" >}} {{< g >}}']", '{{< f t="say \\"hi\\" >}} {{< g >}}" >}}'),
        ('{{< f t="{{ a }}" >}}', "[x a='b&#92;']", '{{< f t="b&#92;" >}}'),
        ('{{< f t="{{ a }}" >}}', "[x a='b&#92;`c&#92;d']", r'{{< f t="b&#92;`c\d" >}}'),
        ('{{< f t="{{ a }}" >}}', "[x a='b&#10;&#10;c']", '{{< f t="b c" >}}'),
        ("{{< f {{ a }} >}}", "[x a=abc]", "{{< f abc >}}"),
        ("{{< f {{ a }} >}}", "[x a='>}} {{&lt; g']", '{{< f ">}} {{< g" >}}'),
        ("{{< f `{{ a }}` >}}", "[x a='b`c']", "{{< f `b'c` >}}"),
        ("{{% f %}}*{{ a }}*{{% /f %}}", "[x a='*b* {{< g >}}']", "{{% f %}}*&#42;b&#42; &#123;&#123;&#60; g &#62;&#125;&#125;*{{% /f %}}"),
        ('{% include f.html a="{{ a }}" %}', "[x a=1]", '{% include f.html a="1" %}'),
        ('{{< f{% if a %} a="{{ a }}"{% endif %} >}}', "[x]", "{{< f >}}"),
        ("{{< f >}}{{ inside }}{{< /f >}}", "[x]a *b* <b>c</b>[/x]", "{{< f >}}a \\*b\\* **c**{{< /f >}}"),
        ("{{< f >}}{{ inside }}{{< /f >}}", "[x]\n\na\n\nb\n\n[/x]", "{{< f >}}\n\na\n\nb\n\n{{< /f >}}"),
        ("{{< f >}}{{ inside }}{{< /f >}}", "[x]plain words[/x]", "{{< f >}}plain words{{< /f >}}"),
        ("**{{ 0 }}**", "a [x b] c", "a **b** c"),
        ("**{{ 0 }}**", "a [x b] c [x d] e <i>f</i> g [x h] i [x j] k", "a **b** c **d** e *f* g **h** i **j** k"),
        ("*a*\n\n- b", "a\n\n[x]\n\nc", "a\n\n*a*\n\n- b\n\nc"),
        ("*a*", "<ul><li>[x]</li></ul>", "- *a*"),
        ("*a*", "<b>[x]</b>", "***a***"),
        ("{{< a >}}", "<table><tr><td>[x]</td></tr></table>", "<table>\n<tbody>\n<tr>\n<td>{{< a >}}</td>\n</tr>\n</tbody>\n</table>"),
        ("{{< a >}}", "<pre><i>[x]</i></pre>", "<pre>\n<i>{{< a >}}</i></pre>"),
        ("{{< a >}}", "<code>[x]</code> {{< b >}}", "<code>{{< a >}}</code> &#123;{< b >}}"),
        ("/up/", '<a href="[x]">b</a>', "[b](/up/)"),
    ],
)  # fmt: skip
def test_raw_templates(template: str, call: str, expected: str) -> None:
    assert markdown(call, x=Rule(raw=template)) == expected


@pytest.mark.parametrize(
    ("template", "says"),
    [
        ('{{< f a="{{ inside }}" >}}', "cannot stand between shortcode marks"),
        ("{{< f ", "ends before >}}"),
        ('{{< f a="b >}}', 'ends before "'),
        ("{{ .Site }}", "is no value"),
    ],
)
def test_bad_raw_templates(template: str, says: str) -> None:
    with pytest.raises(UsageError, match=r"shortcodes\.x\.raw: ") as error:
        OwnRules(Rules({"x": Rule(raw=template)}))
    assert says in str(error.value)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<figure><b>[x]</b> c</figure>", "<figure><b>{{< f >}}</b> c</figure>"),
        ("<figure>[x][x]</figure>", "<figure>{{< f >}}{{< f >}}</figure>"),
        ("<figure><script>[x]</script></figure>", "<figure><script>{{< f >}}</script></figure>"),
    ],
)
def test_raw_words_inside_html_that_stays_html(text: str, expected: str) -> None:
    root = to_tree(text, context({"x": Rule(raw="{{< f >}}")}))
    figure = root.find(".//figure")
    assert figure is not None
    assert tree.serialize(figure) == expected


def test_unwrap_and_drop() -> None:
    given = context({"a": Rule(unwrap=True), "b": Rule(drop=True)})
    assert tree.inner_html(to_tree("1 [a]2 [b]3[/b][b] 4[/a]", given)).strip() == "<p>1 2  4</p>"
    assert [(notice.code, notice.what) for notice in given.log.notices] == [
        ("rule.applied", "b: drop"),
        ("rule.applied", "a: unwrap"),
    ]


@pytest.mark.parametrize("name", ["caption", "gallery", "audio", "embed", "code", "php", "vc_row"])
def test_rules_win_over_what_is_known(name: str) -> None:
    assert html(f"[{name} a='1']b[/{name}]", **{name: Rule(html="<p>{{ a }}{{ text }}</p>")}) == "<p>1b</p>"


def test_a_name_may_stand_for_many() -> None:
    found = html("[su_box]a[/su_box] [su_note]b[/su_note]", **{"su_*": Rule(html="<i>{{ text }}</i>"), "su_note": Rule(drop=True)})  # fmt: skip
    assert found == "<p><i>a</i> </p>"


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(html="<p>[x] [y]</p>"), "<p>[x] [y]</p>"),
        (Rule(html="<p>{{ a }}</p>"), "<p>[y]</p>"),
        (Rule(raw="[x] [y]"), "[x] [y]"),
    ],
)
def test_what_a_rule_writes_is_not_expanded_again(rule: Rule, expected: str) -> None:
    given = context({"x": rule, "y": rule})
    root = to_tree('[x a="&#91;y&#93;"]', given)
    assert expected in tree.plain_text(root) or expected in tree.inner_html(root)
    assert len([notice for notice in given.log.notices if notice.code == "rule.applied"]) == 1
    assert [notice for notice in given.log.notices if notice.code == "shortcode.unknown"] == []


def test_rules_inside_each_other_write_no_more_than_the_limit() -> None:
    names = [f"n{number}" for number in range(30)]
    twice = {name: Rule(html="<i>{{ inside }}{{ inside }}</i>") for name in names}
    text = "".join(f"[{name}]" for name in names) + "word" + "".join(f"[/{name}]" for name in reversed(names))
    given = context(twice, limits=Limits(rules_output=100_000))
    found = tree.plain_text(to_tree(text, given))
    assert len(found) < 100_000
    assert "[n0]" in found
    assert "rule.too-long" in [notice.code for notice in given.log.notices]


@pytest.mark.parametrize("mark", ["postferry0000000000000000r0z", "\ufdd0< g >}}", "&#xfdd0;< g >}}", "\ufdd20\ufdd3"])
def test_no_text_can_forge_what_waits(mark: str) -> None:
    found = markdown(f"{mark} [x]", x=Rule(raw="{{< f >}}"))
    assert found.count("{{") == 1
    assert found.endswith("{{< f >}}")


@pytest.mark.parametrize(
    "forged",
    [
        '<raw own="1">{{< g >}}*a*</raw>',
        '<p:raw xmlns:p="urn:postferry" own="1">{{< g >}}*a*</p:raw>',
        '<p:raw xmlns:p="urn:post&#102;erry" own="1">{{< g >}}*a*</p:raw>',
        '<raw xmlns="urn:postferry" own="1">{{< g >}}*a*</raw>',
        '<svg xmlns:p="urn:postferry"><p:raw own="1">{{< g >}}*a*</p:raw></svg>',
        '<div xmlns:p="urn:postferry"><p:raw own="1" x:y="">{{< g >}}*a*</p:raw></div>',
    ],
)
def test_html_cannot_make_raw_elements(forged: str) -> None:
    root = to_tree(forged, context({}))
    assert list(root.iter("{urn:postferry}*")) == []
    assert "{{< g >}}*a*" in tree.plain_text(root)
    assert "{{<" not in markdown(forged)


@pytest.mark.parametrize("rule", [Rule(raw="{{< f >}}"), Rule(html="<hr>")])
def test_two_runs_write_the_same(rule: Rule) -> None:
    text = "a [x] b\n\n[x]\n\n<a title='[x]'>c</a>"
    assert markdown(text, x=rule) == markdown(text, x=rule)
    assert "postferry" not in markdown(text, x=rule)


def test_many_are_quick() -> None:
    """Linear: a text of 20,000 would take minutes otherwise."""
    found = markdown("[x] " * 20_000 + "\n\n[x]" * 5_000, x=Rule(raw="*"))
    assert found.count("*") == 25_000


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule(html='<p><a href="{{ media.url }}">{{ items.1 }}</a>{{ count }}{{ on }}{{ off }}</p>'), '<p><a href="/a">c</a>2true</p>'),
        (Rule(html="<div>{{ inside }}</div>"), "<div><p>in</p></div>"),
        (Rule(unwrap=True), "<p>in</p>"),
        (Rule(drop=True), ""),
    ],
)  # fmt: skip
def test_blocks(rule: Rule, expected: str) -> None:
    given = context({}, {"acme/box": rule})
    attributes = {"media": {"url": "/a"}, "items": ["b", "c"], "count": 2, "on": True, "off": False}
    found = block_rule("acme/box", attributes, "<p>in</p>", given)
    assert found is not None
    assert given.pieces.with_html(found) == expected
    assert block_rule("acme/other", attributes, "", given) is None


def test_blocks_of_wordpress_itself_and_values_no_xml_can_hold() -> None:
    given = context({}, {"core/quote": Rule(html="<p>{{ a }}</p>")})
    assert given.pieces.with_html(block_rule("quote", {"a": "b\x00\ud800"}, "", given) or "") == "<p>b</p>"


def test_without_rules_there_is_no_rule() -> None:
    assert block_rule("acme/box", {}, "", Context("9", Lookup(), Log(), BLOCKS.get)) is None
