"""Inline shortcodes (`{{< sum.inline >}}{{ add 1 2 }}{{< /sum.inline >}}`): templates in the text of a page.

Hugo runs them only where the site's settings say so (`enableInlineShortcodes`), and shows nothing of them elsewhere.
Those of a source that is not trusted are escaped, so that they are the text they are, whatever the settings become.
https://gohugo.io/content-management/shortcodes/#inline
"""

from __future__ import annotations

import re

from converters.model.notices import Log

_CALL = re.compile(r"\{\{([<%])(\s*/?\s*([\w./-]*\.inline)(?=[\s/>%]).*?)([>%])\}\}", re.S | re.I)


def escaped(text: str, log: Log) -> str:
    """The text with its inline shortcodes escaped; those that are escaped already stay as they are."""
    if ".inline" not in text.lower():
        return text

    def escape(call: re.Match[str]) -> str:
        log("template.escaped", call[3])
        return f"{{{{{call[1]}/*{call[2]}*/{call[4]}}}}}"

    return _CALL.sub(escape, text)
