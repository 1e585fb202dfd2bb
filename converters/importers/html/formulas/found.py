"""What a page holds of one formula."""

from __future__ import annotations

from typing import NamedTuple

from lxml import etree


class Formula(NamedTuple):
    """A formula and the elements that show it."""

    latex: str
    """On one line; empty where the element shows nothing of its own."""
    apart: bool = False
    """Stands on a line of its own."""
    number: str = ""
    """That of the equation, as shown: `(3)`."""
    besides: tuple[etree._Element, ...] = ()
    """Other elements that show the same."""
    shown_elsewhere: bool = False
    """Without LaTeX: another element has it, and this one goes."""
