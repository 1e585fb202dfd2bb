r"""Formulas, in every way that posts hold LaTeX: the picture that WordPress.com draws of it, which targets know.

$latex x^2$   $latex x^2&s=2&bg=ffffff$   $latex{x^2}$             WordPress.com, Jetpack, WP LaTeX, MathJax-LaTeX
[latex]x^2[/latex]   [latex display="true"]…[/latex]   [katex]…[/katex]   [tex]…[/tex]   [math]…[/math]
\(x^2\)   \[x^2\]   $$x^2$$   \begin{align}…\end{align}            MathJax, KaTeX, QuickLaTeX and what is like them
[latexpage] … $x^2$                                                QuickLaTeX: single dollars, too

Of the last two, WordPress has nothing but the text, and texts hold such marks without formulas: `\(` and `$$` count
where one of the formulas of a text is beyond doubt LaTeX, single dollars only behind `[latexpage]`. Nothing in code,
in comments and in the attributes of tags is a formula.

What becomes of them is in `shared/latex.py`.
https://wordpress.com/support/latex/, https://wordpress.org/plugins/mathjax-latex/,
https://wordpress.org/plugins/wp-quicklatex/, https://wordpress.org/plugins/katex/
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from typing import NamedTuple

from converters.importers.shared import latex as in_the_middle
from converters.importers.wordpress.content.shortcodes import parse_attributes

_MARKS = ("$latex", "[latex", "[katex", "[tex", "[math", "\\(", "\\[", "$$", "\\begin{")
_NAMES = "latex|katex|tex|math"
_ENVIRONMENTS = "equation|align|gather|eqnarray|multline|displaymath"
_TOKEN = re.compile(
    r"<!--|(?P<ticks>`+)|<(?P<raw>pre|code|script|style|textarea|kbd|samp|svg)(?=[\s>])|</?[a-z!][^<>]*>"
    rf"|\[(?P<name>{_NAMES})(?P<attributes>(?:\s[^\[\]<>]*)?)\]|\[(?P<load>latexpage|mathjax|nomathjax)\]|(?P<code>\[[a-z][\w-]*+\s[^\[\]]*+\])"
    r"|(?P<wpcom>\$latex)(?=[\s={<&\\])|(?<!\\)(?:\\(?P<bracket>[(\[])|(?P<double>\$\$)|(?P<single>\$))"
    rf"|\\begin\{{(?P<environment>(?:{_ENVIRONMENTS})\*?)\}}",
    re.I,
)
_QUOTED = re.compile(r"=\s*[\"'\u201c\u201d]")
_DOLLAR = re.compile(r"(?<!\\)\$")
_BLANK_LINE = re.compile(r"\n\s*\n|</p>", re.I)
_LONGEST = 5_000
_TAG = re.compile(r"</?(?:br|p|em|strong|span|i|b|sub|sup|div)(?:\s[^<>]*)?/?>", re.I)
_OTHER_TAG = re.compile(r"</?(?:a|img|p|h[1-6]|ul|ol|li|table|figure|iframe|blockquote)(?=[\s/>])|<!--", re.I)
OPTIONS = re.compile(r"(?:&(?:s=(?P<size>-?\d)|(?:fg|bg)=[0-9a-z]{3,8}))+\s*\Z", re.I)
_SURE = re.compile(
    r"\\(?:[dt]?frac|sqrt|sum|prod|int|lim|infty|partial|nabla|left|right|mathbb|mathcal|mathrm|mathbf|text|begin|cdot"
    r"|times|leq?|geq?|neq|approx|equiv|to|rightarrow|Rightarrow|in|forall|exists|alpha|beta|gamma|delta|epsilon|theta"
    r"|lambda|mu|pi|rho|sigma|phi|psi|omega|Gamma|Delta|Sigma|Phi|Psi|Omega|hat|bar|vec|dots|ldots|log|ln|sin|cos|exp)"
    r"(?![a-zA-Z])|[\w)}]\^[\w{(\\]|[a-zA-Z]_[\w{\\]"
)
"""What only LaTeX looks like."""


def shield(text: str, skipped: frozenset[str] = frozenset(), *, markdown: bool = False) -> str:
    """The text with pictures in the place of formulas. `skipped`: shortcodes that mean something else on this site;
    `markdown`: what is between backticks is code."""
    small = text if "[" not in text else text.lower()
    if not any(mark in small for mark in _MARKS):
        return text
    return _Shield(text, skipped, markdown=markdown).run()


class _Found(NamedTuple):
    """A formula in a text; one without LaTeX is a mark that switches formulas on, which shows nothing."""

    start: int
    end: int
    latex: str
    apart: bool = False
    doubtful: bool = False
    size: str = ""


class _Shield:
    """One walk over a text. Ends are looked for once each."""

    def __init__(self, text: str, skipped: frozenset[str], *, markdown: bool) -> None:
        self._markdown = markdown
        self._text, self._small, self._skipped = text, text.lower(), skipped
        self._ends: dict[str, int] = {}
        self._dollars = "[latexpage]" in self._small and "latexpage" not in skipped

    def run(self) -> str:
        found = list(self._found())
        sure = any(not one.doubtful or _SURE.search(one.latex) for one in found)
        parts: list[str] = []
        position = 0
        for one in found if sure else ():
            parts += (self._text[position : one.start], picture(one.latex, apart=one.apart, size=one.size))
            position = one.end
        parts.append(self._text[position:])
        return "".join(parts)

    def _found(self) -> Iterator[_Found]:
        position = 0
        while match := _TOKEN.search(self._text, position):
            one = self._one(match)
            if isinstance(one, _Found):
                yield one
                position = one.end
            else:
                position = one

    def _one(self, match: re.Match[str]) -> _Found | int:
        """The formula that begins there, or where to go on."""
        kind, end = match.lastgroup, match.end()
        if match[0] == "<!--" or match["raw"]:
            close = self._next("-->" if match[0] == "<!--" else f"</{match['raw'].lower()}", end)
            return end if close < 0 else close
        if match["ticks"]:
            close = self._next(match["ticks"], end) if self._markdown else -1
            return end if close < 0 else close + len(match["ticks"])
        if match["code"]:  # its arguments are text; any other brackets are not its own
            return end if _QUOTED.search(match["code"]) else match.start() + 1
        if match["load"]:
            return end if match["load"].lower() in self._skipped else _Found(match.start(), end, "")
        if match["name"]:
            return self._shortcode(match)
        if match["wpcom"]:
            return self._between(match, "$")
        if match["bracket"]:
            return self._between(match, "\\)" if match["bracket"] == "(" else "\\]", doubtful=True)
        if match["double"]:
            return self._between(match, "$$", doubtful=True)
        if match["environment"]:
            return self._between(match, f"\\end{{{match['environment'].lower()}}}", doubtful=True)
        return self._between(match, "$", doubtful=True) if kind == "single" and self._dollars else end

    def _shortcode(self, match: re.Match[str]) -> _Found | int:
        name = match["name"].lower()
        if name in self._skipped or self._text[match.start() - 1 : match.start()] == "[":
            return match.end()
        found = self._between(match, f"[/{name}]")
        if isinstance(found, int):
            return found
        named, _ = parse_attributes(match["attributes"])
        return found._replace(
            apart=named.get("display", "").lower() in ("true", "1", "block"), size=named.get("size", "")
        )

    def _between(self, match: re.Match[str], close: str, *, doubtful: bool = False) -> _Found | int:
        start, end = match.end(), self._next(close, match.end())
        if not 0 <= end - start <= _LONGEST:
            return start
        latex = self._text[start:end]
        plain = _TAG.sub(" ", latex) if "<" in latex else latex
        torn = _BLANK_LINE.search(latex.strip()) if doubtful or close == "$" else None
        if not plain.strip() or torn or _OTHER_TAG.search(plain):
            return start
        if close == "$" and doubtful and not self._is_single(latex, end):
            return start
        after = end + len(close)
        if match["environment"]:
            latex = self._text[match.start() : after]
        latex = unescape(_TAG.sub(" ", latex))
        options = OPTIONS.search(latex) if match["wpcom"] else None
        size = options["size"] or "" if options is not None else ""
        latex = in_the_middle.tidy(latex if options is None else latex[: options.start()])
        apart = close in ("\\]", "$$") or match["environment"] is not None
        return _Found(match.start(), after, latex, apart, doubtful, size) if latex else start

    def _is_single(self, latex: str, end: int) -> bool:
        """Single dollars stand close to their formula, and no figure follows: `$5 and $6` are prices."""
        return latex == latex.strip() and "\n" not in latex and not self._text[end + 1 : end + 2].isalnum()

    def _next(self, close: str, start: int) -> int:
        """Where the next one is, or -1."""
        known = self._ends.get(close, 0)
        if 0 <= known < start:
            if close == "$":
                match = _DOLLAR.search(self._text, start)
                known = match.start() if match is not None else -1
            else:
                known = self._small.find(close, start)
            self._ends[close] = known
        return known


def picture(latex: str, *, apart: bool = False, size: str = "") -> str:
    """The picture of a formula, as HTML; nothing without one. `size`: -4 to 4, as WordPress.com has it."""
    if not latex:
        return ""
    latex = in_the_middle.displayed(latex, apart=apart)
    more = f"&amp;s={size}" if re.fullmatch(r"-?[1-4]", size) else ""
    alt = escape(latex).replace("[", "&#91;").replace("]", "&#93;")
    return f'<img src="{in_the_middle.address(latex)}{more}" alt="{alt}">'


def tidy(latex: str) -> str:
    """LaTeX as it stands in a post, with references and tags, on one line."""
    return in_the_middle.tidy(unescape(_TAG.sub(" ", latex)))
