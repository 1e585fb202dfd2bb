"""Ready-made rules, in the words of docs/rules.md, for shortcodes and blocks that nothing here knows."""

from __future__ import annotations

import json

SHORTCODE, BLOCK = "shortcodes", "blocks"
_HEAD = "# Save as rules.toml and run the same command again with --rules rules.toml.\n"
_WAYS = {
    SHORTCODE: """unwrap = true                      # what stands inside it, without the shortcode
# drop = true                      # nothing
# html = '<div>{{ inside }}</div>' # HTML of your own
""",
    BLOCK: """unwrap = true                      # what was saved inside it
# drop = true                      # nothing, and no notice any more
# html = '<p>{{ title }}</p>'      # HTML of your own, with the block's attributes
""",
}


def rule(kind: str, name: str) -> str:
    """A rule for one of them that can be used as it is; other ways stand beside it as comments."""
    return f"[{kind}.{_quoted(name)}]\n{_WAYS[kind]}"


def file(rules: list[str]) -> str:
    """All of them as one file."""
    return _HEAD + "\n" + "\n".join(rules)


def _quoted(name: str) -> str:
    """A key of TOML: bare where it may be. JSON's escapes are TOML's, but for DEL."""
    bare = name.isascii() and name.replace("-", "a").replace("_", "a").isalnum()
    return name if bare else json.dumps(name).replace("\x7f", "\\u007f")
