"""A tree of a post as markup that is harmless wherever it stands: nothing runs, nothing is loaded, no address but that
of a link is kept, and whatever the tree is like, what comes out is well nested, in one line, and no longer than it may.

Headings, list items outside of lists, cells and the like become elements without such a role, so that a post does not
change the outline of the page it is shown on.
"""

from __future__ import annotations

from html import escape

from lxml import etree

from converters.html import tree
from pipelines.report import redact

_SAME = frozenset(
    "p ul ol li blockquote pre code em strong b i del ins s sub sup mark kbd samp var q cite u table tbody tr td "
    "figure figcaption div hr br".split()
)
_AS = {
    **dict.fromkeys(("thead", "tfoot"), "tbody"), "th": "td class=th", "caption": "", "dl": "div", "dt": "div class=dt",
    "dd": "div class=dd", "details": "div", "summary": "div class=dt", "strike": "s", "tt": "code", "center": "div",
    "section": "div", "article": "div", "address": "div",
    **{f"h{level}": f"div class=h{level}" for level in range(1, 7)},
}  # fmt: skip
_SIGNS = frozenset("img video audio iframe embed object script form svg math canvas source".split())
"""Shown as a sign that names them, without what is inside."""
_SILENT = frozenset("style template noscript head title meta link col colgroup track param".split())
_LISTS = ("ul", "ol")
_VOID = ("hr", "br")
_CUT = ' <strong class="cut">Cut here: the rest is in the file.</strong>'
_LONGEST_ADDRESS = 300


class Markup:
    """Writes one tree. `text` is what a reader may see of it."""

    def __init__(self, limit: int) -> None:
        self._limit, self._length = limit, 0
        self._out: list[str] = []
        self._words: list[str] = []
        self._open: list[tuple[str, str]] = []
        """(tag, what ends it) of the elements we are in; both may be empty."""

    @property
    def text(self) -> str:
        return " ".join(self._words)

    def of(self, root: etree._Element) -> str:
        """The markup of what is inside the root. Iterative: there may be no bound to the depth."""
        self._say(root.text)
        work: list[tuple[etree._Element, bool]] = [(child, False) for child in reversed(root)]
        while work:
            element, ended = work.pop()
            if ended:
                self._out.append(self._open.pop()[1])
                self._say(element.tail)
            elif self._begin(element):
                work.append((element, True))
                self._say(element.text)
                work.extend((child, False) for child in reversed(element))
            else:
                self._say(element.tail)
        if self._length > self._limit:
            self._out.append(_CUT)
        return "".join(self._out)

    def _begin(self, element: etree._Element) -> bool:
        """Write how the element begins; is there an inside to go on with?"""
        name = tree.name(element)
        if element.tag == tree.RAW:
            self._raw(element)
        elif name in _SIGNS:
            self._sign(element, name)
        elif name == "input":
            self._put(self._item("☑ " if "checked" in element.attrib else "☐ "))
        elif name and name not in _SILENT:
            self._start(element, name)
            return True
        return False

    @property
    def _inside(self) -> str:
        return self._open[-1][0] if self._open else ""

    def _within(self, name: str) -> bool:
        return any(tag == name for tag, _ in self._open)

    def _start(self, element: etree._Element, name: str) -> None:
        given = _AS.get(name, name if name in _SAME else "")
        if given == "li" and self._inside not in _LISTS:
            given = "div"
        start, tag = f"<{given}>" if given else "", given.partition(" ")[0]
        if name == "a" and not self._within("a"):
            tag, start = _link(element)
        end = f"</{tag}>" if tag and tag not in _VOID else ""
        if self._inside in _LISTS and given != "li":
            start, end = f"<li>{start}", f"{end}</li>"
        self._open.append((tag, end if self._put(start) else ""))

    def _raw(self, element: etree._Element) -> None:
        tag = "pre" if element.get("display") == "block" else "code"
        self._words.append(element.text or "")
        text = escape(redact.personal(element.text or "")[: self._room], quote=False)
        self._put(self._item(f"<{tag}>{_lines(text)}</{tag}>"))

    def _sign(self, element: etree._Element, name: str) -> None:
        alt = " ".join(str(element.get("alt") or "").split())
        self._words.append(alt)
        address = redact.secrets(str(element.get("src") or element.get("data") or ""))
        address = "data:" if address.startswith("data:") else address[:_LONGEST_ADDRESS]
        said = ": ".join(filter(None, (_CALLED.get(name, name), escape(redact.personal(alt)))))
        shown = f" <code>{escape(address)}</code>" if address else ""
        self._put(self._item(_line(f'<span class="sign">{said}{shown}</span>')))

    def _say(self, text: str | None) -> None:
        if not text or self._length > self._limit:
            self._words.append(text or "")
        elif not text.strip():
            self._put(" " if "\n" not in text or not self._within("pre") else _lines(text))
        else:
            self._words.append(text)
            cut = escape(redact.personal(text)[: self._room + 1], quote=False)
            self._put(self._item(_lines(cut) if self._within("pre") else _line(cut)))

    @property
    def _room(self) -> int:
        return max(0, self._limit - self._length)

    def _item(self, markup: str) -> str:
        """Lists hold items and nothing else."""
        return f"<li>{markup}</li>" if self._inside in _LISTS else markup

    def _put(self, markup: str) -> bool:
        if self._length > self._limit:
            return False
        self._out.append(markup)
        self._length += len(markup)
        return True


def _link(element: etree._Element) -> tuple[str, str]:
    """(tag, start) of a link that leads somewhere on the web; any other is words with a line below."""
    address = redact.secrets(str(element.get("href") or ""))[:_LONGEST_ADDRESS]
    named = any(piece.strip() for piece in element.itertext()) or element.find(".//img") is not None
    words = "" if named else escape(address or "link")
    if address.lower().startswith(("http://", "https://")):
        return "a", _line(f'<a href="{escape(address)}" rel="noopener noreferrer">{words}')
    return "u", _line(f"<u>{words}")


_CALLED = {"img": "Picture"}


def _line(text: str) -> str:
    return text.replace("\n", " ").replace("\r", " ")


def _lines(text: str) -> str:
    return text.replace("\r", "").replace("\n", "&#10;")
