"""The file of the user's own rules: what it holds, and what its errors say."""

import pickle
from pathlib import Path

import pytest

from converters.errors import UsageError
from converters.rules import Rule, Rules, read_rules


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
