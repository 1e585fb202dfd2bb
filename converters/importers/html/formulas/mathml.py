r"""MathML as LaTeX, for formulas whose LaTeX a page does not hold.

The presentation elements of MathML Core (https://w3c.github.io/mathml-core/), and the trees that MathJax draws, which
hold the same elements under names of its own (`mjx-mfrac`, `data-mml-node="mfrac"`). One small function for each
element, in `_WRITERS`; what none knows is written as what it holds. The LaTeX is that of KaTeX and MathJax.
"""

from __future__ import annotations

from collections.abc import Callable

from lxml import etree

from converters.html import tree
from converters.importers.html.formulas import symbols
from converters.importers.shared.elements import attribute

_DEEPEST = 60
"""Levels of a formula; below them it is its words."""
OVER = {"¯": "bar", "‾": "overline", "_": "underline", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde",
         "→": "vec", "⃗": "vec", "˙": "dot", ".": "dot", "¨": "ddot", "⏞": "overbrace", "ˇ": "check", "´": "acute",
         "`": "grave", "˘": "breve", "←": "overleftarrow", "↔": "overleftrightarrow"}  # fmt: skip
UNDER = {"_": "underline", "⏟": "underbrace", "¯": "underline", "‾": "underline", "̲": "underline"}
_WIDE = {"hat": "widehat", "tilde": "widetilde", "vec": "overrightarrow", "bar": "overline"}
FENCES = {"(": "(", ")": ")", "[": "[", "]": "]", "{": "\\{", "}": "\\}", "|": "|", "‖": "\\|", "⟨": "\\langle",
           "⟩": "\\rangle", "〈": "\\langle", "〉": "\\rangle", "⌊": "\\lfloor", "⌋": "\\rfloor", "⌈": "\\lceil",
           "⌉": "\\rceil", "": ".", "/": "/"}  # fmt: skip
_TALL = frozenset({"mfrac", "mtable", "munderover", "munder", "msubsup"})
_SPACES = ((0.9, "\\quad "), (0.25, "\\; "), (0.2, "\\: "), (0.1, "\\, "))


class Node:
    """An element of a formula, by its name in MathML."""

    __slots__ = ("children", "element", "name", "text", "written")

    def __init__(self, name: str, element: etree._Element, children: list[Node], text: str) -> None:
        self.name, self.element, self.children, self.text = name, element, children, text
        self.written: str | None = None
        """Its LaTeX, which several ask for: anew at each level, the work would double."""


def to_latex(math: etree._Element) -> str:
    """The LaTeX of a `<math>` element, or of what MathJax drew; empty for nothing."""
    return " ".join(_write(_node(math, 0)).split())


def _local(element: etree._Element) -> str:
    drawn = attribute(element, "data-mml-node")
    name = drawn or tree.name(element).rpartition("}")[2].removeprefix("mjx-")
    return "mrow" if name in ("TeXAtom", "texatom") else name


_LAYOUT = frozenset("script frac num dbox dtable row den sqrt box table itable over under base root stack".split())
"""Boxes of MathJax's own around the elements of a formula."""
_NOT_SHOWN = frozenset("annotation annotation-xml nstrut dstrut line strut surd tstrut assistive-mml rect path".split())

_SIGNS = frozenset("c utext text use defs".split())
"""How MathJax draws one sign."""


def _node(element: etree._Element, depth: int) -> Node:
    name = _local(element)
    if name == "semantics" and len(element):
        return _node(element[0], depth)
    children: list[Node] = []
    if depth < _DEEPEST:
        for child in element:
            inner = _local(child)
            if not inner or inner in _NOT_SHOWN:
                continue
            if inner in _LAYOUT and tree.name(child).startswith("mjx-"):
                children += _node(child, depth + 1).children
            elif inner in ("c", "utext", "text", "use", "defs") or (
                inner == "g" and "data-mml-node" not in child.attrib
            ):
                if inner == "g":
                    children += _node(child, depth + 1).children
            else:
                children.append(_node(child, depth + 1))
    return Node(name, element, children, "" if children else _words(element))


def _words(element: etree._Element) -> str:
    """What an element without others shows; MathJax names each sign by its number."""
    numbered = [sign for sign in element.iter("*") if sign.get("data-c") or "mjx-c" in attribute(sign, "class")]
    signs = []
    for sign in numbered:
        number = attribute(sign, "data-c") or attribute(sign, "class").partition("mjx-c")[2].split()[0:1]
        code = number if isinstance(number, str) else "".join(number)
        try:
            signs.append(chr(int(code, 16)))
        except (ValueError, OverflowError):
            continue
    return "".join(signs) or tree.plain_text(element)


def _write(node: Node) -> str:
    if node.written is None:
        writer = _WRITERS.get(node.name, _other)
        node.written = writer(node)
    return node.written


def _other(node: Node) -> str:
    """Rows, and what has no writer."""
    return _fences(node.children) or _row(node.children) if node.children else symbols.escaped(node.text)


def _row(nodes: list[Node]) -> str:
    parts: list[str] = []
    for node in nodes:
        piece = _write(node)
        if not piece:
            continue
        if parts and piece[:1].isalnum() and symbols.ends_in_command(parts[-1]):
            parts.append(" ")  # `\alpha x`
        parts.append(piece)
    return "".join(parts)


def _fences(nodes: list[Node]) -> str:
    """A row between brackets that grow with what they hold, if it is one."""
    first, last = nodes[0], nodes[-1]
    opening = first.text.strip() if first.name == "mo" else ""
    if opening not in FENCES or not opening or attribute(first.element, "stretchy") == "false":
        return ""
    closing = last.text.strip() if last.name == "mo" and len(nodes) > 1 else ""
    inner = nodes[1:-1] if last.name == "mo" else nodes[1:]
    if closing not in FENCES or not any(node.name in _TALL for node in inner):
        return ""
    if not closing and not any(node.name == "mtable" for node in inner):
        return ""
    return f"{_fence('left', opening)}{_row(inner)}{_fence('right', closing)}"


def _group(node: Node) -> str:
    """An argument in braces, always."""
    return "{" + _write(node).strip() + "}"


def _base(node: Node) -> str:
    """What an index stands at: in braces where it is more than one sign or command."""
    text = _write(node).strip()
    if len(text) == 1 or symbols.is_command(text) or symbols.is_styled(text):
        return text
    return "{" + text + "}"


def _script(node: Node) -> str:
    text = _write(node).strip()
    return text if len(text) == 1 and text not in "^_{}" else "{" + text + "}"


def _at(node: Node, number: int) -> Node:
    """A child by its place; an empty row for one that is missing."""
    return node.children[number] if number < len(node.children) else Node("mrow", node.element, [], "")


def _identifier(node: Node) -> str:
    return symbols.identifier(node.text.strip(), attribute(node.element, "mathvariant"))


def _operator(node: Node) -> str:
    return symbols.operator(node.text.strip())


def _number(node: Node) -> str:
    return symbols.number(node.text.strip(), attribute(node.element, "mathvariant"))


def _text(node: Node) -> str:
    words = node.text.replace("\xa0", " ")
    if not words.strip():
        return "\\ " if words else ""
    return symbols.text(words)


def _space(node: Node) -> str:
    if attribute(node.element, "linebreak") == "newline":
        return "\\\\ "
    width = attribute(node.element, "width").removesuffix("em")
    try:
        return next((space for least, space in _SPACES if float(width) >= least), "")
    except ValueError:
        return ""


def _fraction(node: Node) -> str:
    top, bottom = _group(_at(node, 0)), _group(_at(node, 1))
    thickness = attribute(node.element, "linethickness").strip()
    if thickness and thickness.rstrip("a-z%empxt ").strip("0.") == "" and thickness[0] in "0.":
        return f"\\genfrac{{}}{{}}{{0pt}}{{}}{top}{bottom}"
    return f"\\frac{top}{bottom}"


def _scripts(node: Node, marks: str) -> str:
    base = _at(node, 0)
    scripts = "".join(
        mark + _script(_at(node, number)) for number, mark in enumerate(marks, 1) if _is_there(node, number)
    )
    return (_base(base) if base.children or base.text.strip() else "{}") + scripts


def _is_there(node: Node, number: int) -> bool:
    return number < len(node.children) and bool(_write(node.children[number]).strip())


def _with_limits(node: Node, marks: str) -> str:
    """Above and below: accents, braces, limits of operators, or one expression set over another."""
    accent = _accent(node) if len(node.children) == 2 else ""
    if accent:
        return accent
    base = _write(_at(node, 0)).strip()
    if symbols.takes_limits(base):
        return _scripts(node, marks)
    for number, mark in enumerate(marks, 1):
        if _is_there(node, number):
            command = "underset" if mark == "_" else "overset"
            base = f"\\{command}{_group(_at(node, number))}{{{base}}}"
    return base


def _accent(node: Node) -> str:
    sign = _at(node, 1)
    table = UNDER if node.name == "munder" else OVER
    command = table.get(sign.text.strip(), "") if sign.name in ("mo", "mi", "mtext") else ""
    if not command:
        return ""
    base = _write(_at(node, 0)).strip()
    if len(base) > 1 and not symbols.is_command(base) and not symbols.is_styled(base):
        command = _WIDE.get(command, command)
    return f"\\{command}{{{base}}}"


def _multi(node: Node) -> str:
    """Indices before and behind: the base, pairs behind it, `mprescripts`, pairs before it."""
    names = [child.name for child in node.children]
    cut = names.index("mprescripts") if "mprescripts" in names else len(names)
    behind, before = node.children[1:cut], node.children[cut + 1 :]
    return ("{}" + _pairs(before) if before else "") + _base(_at(node, 0)) + _pairs(behind)


def _pairs(nodes: list[Node]) -> str:
    parts = []
    for number, node in enumerate(nodes):
        if node.name not in ("none", "mprescripts") and _write(node).strip():
            parts.append("_^"[number % 2] + _script(node))
    return "".join(parts)


def _table(node: Node) -> str:
    rows = [row for row in node.children if row.name in ("mtr", "mlabeledtr")]
    cells = [row.children[1:] if row.name == "mlabeledtr" else row.children for row in rows]
    written = " \\\\ ".join(" & ".join(_write(cell).strip() for cell in row) for row in cells)
    sides = attribute(node.element, "columnalign").split()
    kind = "aligned" if sides[:2] == ["right", "left"] else "matrix"
    if sides and set(sides) == {"left"}:
        kind = "array}{" + "l" * max((len(row) for row in cells), default=1)
    return f"\\begin{{{kind}}}{written}\\end{{{kind.partition('}')[0]}}}"


def _fenced(node: Node) -> str:
    left, right = (node.element.get(name, usual) for name, usual in (("open", "("), ("close", ")")))
    signs = "".join(str(node.element.get("separators", ",")).split())
    parts: list[str] = []
    for number, child in enumerate(node.children):
        if number and signs:
            parts.append(signs[min(number - 1, len(signs) - 1)])
        parts.append(_write(child))
    return f"{_fence('left', str(left))}{''.join(parts)}{_fence('right', str(right))}"


def _fence(side: str, sign: str) -> str:
    sign = sign.strip()
    return f"\\{side}{FENCES.get(sign) or symbols.operator(sign)} "


def _enclosed(node: Node) -> str:
    notation = attribute(node.element, "notation") or "longdiv"
    command = "boxed" if "box" in notation else "cancel" if "diagonalstrike" in notation else ""
    inner = _row(node.children)
    return f"\\{command}{{{inner}}}" if command else inner


def _root(node: Node) -> str:
    return f"\\sqrt[{_write(_at(node, 1)).strip()}]{_group(_at(node, 0))}"


def _first(node: Node) -> str:
    return _write(_at(node, 0)) if node.children else symbols.escaped(node.text)


_WRITERS: dict[str, Callable[[Node], str]] = {
    "mi": _identifier, "mo": _operator, "mn": _number, "mtext": _text, "ms": _text, "mspace": _space,
    "mfrac": _fraction, "mroot": _root, "mtable": _table, "mfenced": _fenced, "menclose": _enclosed,
    "maction": _first, "mmultiscripts": _multi,
    "msqrt": lambda node: "\\sqrt{" + _row(node.children).strip() + "}",
    "mphantom": lambda node: "\\phantom{" + _row(node.children).strip() + "}",
    "msub": lambda node: _scripts(node, "_"), "msup": lambda node: _scripts(node, "^"),
    "msubsup": lambda node: _scripts(node, "_^"),
    "munder": lambda node: _with_limits(node, "_"), "mover": lambda node: _with_limits(node, "^"),
    "munderover": lambda node: _with_limits(node, "_^"),
}  # fmt: skip
