"""The file of the user's own rules: what it holds, and what its errors say."""

import pickle
from datetime import date
from pathlib import Path

import pytest

from converters.errors import UsageError
from converters.rules import ClassRule, FrontMatter, LeaveOut, Rule, Rules
from converters.rules.read import read_rules


def test_rules(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(
        "[shortcodes.box]\nhtml = '<b>'\n[shortcodes.ad]\ndrop = true\n[blocks.'acme/box']\nunwrap = true\n"
    )
    rules = read_rules(file)
    assert rules == Rules({"box": Rule(html="<b>"), "ad": Rule(drop=True)}, {"acme/box": Rule(unwrap=True)})
    assert pickle.loads(pickle.dumps(rules)) == rules


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[shortcode.box]\ndrop = true", "Did you mean shortcodes"),
        ("[shortcodes.box]\nhtm = ''", "shortcodes.box: .*Did you mean html"),
        ("[shortcodes.box]\nhtml = 1", "shortcodes.box.html must be text"),
        ("[shortcodes.box]\ndrop = false", "drop can only be true"),
        ("[shortcodes.box]\ndrop = true\nraw = ''", "exactly one of"),
        ("[shortcodes.box]", "exactly one of"),
        ("shortcodes = 1", "must be a table"),
        ("[shortcodes", "is not TOML"),
        ("[classes.box]\nrenam = 'x'", "classes.box: .*Did you mean rename"),
        ("[classes.box]\nraw = '{{ }}'", "classes.box.raw"),
        ("[front_matter]\norder = ['a']", "front_matter: 'order' is no key here"),
        ("[front_matter]\nleave_out = ['draft']", "front_matter.leave_out cannot hold 'draft'"),
        ("[front_matter]\nrename = { published = 'x' }", "says what is public"),
        ("[front_matter]\nrename = { x = 'draft' }", "says what is public"),
        ("[front_matter]\nset = { draft = false }", "says what is public"),
        ("[front_matter]\nonly = 'title'", "front_matter.only must be a list"),
        ("[front_matter]\ndates = { date = '%d.%m.%Y' }", "must be a form that sites are built with"),
        ("[fields]\n'_views*' = 'views'", "can only be false"),
        ("[fields]\nx = 'draft'", "says what is public"),
        ("[fields]\nx = true", "fields.x must be a name, or false"),
        ("[categories]\nx = 1", "categories.x must be a name, or false"),
        ("[authors]\nx = false", "authors.x must be a name"),
        ("[addresses]\n'old.example' = '/x'", "must name addresses that begin with"),
        ("[leave_out]\nbefore = '2010-01-01'", "must be a day"),
        ("[leave_out]\nstatuses = ['drafts']", "Did you mean draft"),
        ("[leave_out]\nids = 7", "must be a list"),
    ],
)
def test_errors(tmp_path: Path, text: str, message: str) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(text)
    with pytest.raises(UsageError, match=message) as error:
        read_rules(file)
    assert str(file) in str(error.value)


def test_missing_file(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_rules(tmp_path / "none.toml")


def test_all_mistakes_at_once(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text("[shortcodes.a]\nhtm = ''\n[tags]\nx = 1\n[leave_uot]\nids = [1]\n")
    with pytest.raises(UsageError) as error:
        read_rules(file)
    lines = str(error.value).splitlines()
    assert len(lines) == 3
    assert all(line.startswith(f"{file}: ") for line in lines)
    assert "Did you mean leave_out" in lines[2]


def test_every_table(tmp_path: Path) -> None:
    file = tmp_path / "rules.toml"
    file.write_text(
        "[classes.box]\nrename = 'note'\n[fields]\nmood = 'feeling'\n'_v*' = false\n"
        "[front_matter]\nfirst = ['date']\ndates = { date = '%Y-%m-%d' }\nset = { n = 1 }\n"
        "[categories]\nOld = 'New'\n[tags]\nx = false\n[authors]\na = 'A B'\n"
        "[addresses]\n'https://a.example/' = 'https://b.example/'\n[leave_out]\nids = [7]\nbefore = 2010-01-31\n"
    )
    assert read_rules(file) == Rules(
        classes={"box": ClassRule(rename="note")},
        fields={"mood": "feeling", "_v*": None},
        front_matter=FrontMatter(first=("date",), dates={"date": "%Y-%m-%d"}, set={"n": 1}),
        categories={"Old": "New"},
        tags={"x": None},
        authors={"a": "A B"},
        addresses={"https://a.example/": "https://b.example/"},
        leave_out=LeaveOut(ids=("7",), before=date(2010, 1, 31)),
    )
