"""Calls of Hugo's shortcodes: `{{< name key="value" >}}`. https://gohugo.io/content-management/shortcodes/"""

from __future__ import annotations

from collections.abc import Mapping

from converters.exporters.hugo.template_marks import OPENING

_BREAKS_OUT = ("{{", "}}", "\n", "\r", OPENING)


def call(name: str, arguments: Mapping[str, str], *, closed: bool = False) -> str | None:
    """The call, its braces marked as our own; None when a value cannot be said in one.

    Values without a text are left out. `closed`: the call ends itself, for a template that looks at what stands inside.
    """
    quoted = []
    for key, value in arguments.items():
        if not value:
            continue
        written = _quoted(value)
        if written is None:
            return None
        quoted.append(f" {key}={written}")
    return f"{OPENING}< {name}{''.join(quoted)} {'/' if closed else ''}>}}}}"


def end(name: str) -> str:
    return f"{OPENING}< /{name} >}}}}"


def _quoted(value: str) -> str | None:
    """Between quotation marks, where a backslash means something; between backticks, where nothing does."""
    if any(mark in value for mark in _BREAKS_OUT):
        return None
    if '"' not in value and "\\" not in value:
        return f'"{value}"'
    return None if "`" in value else f"`{value}`"
