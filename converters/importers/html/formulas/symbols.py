"""Signs of formulas as LaTeX: Greek, operators, arrows, letters of other alphabets, names of functions.

The commands are those that KaTeX knows (https://katex.org/docs/supported). A sign that has none is written as it is.
"""

from __future__ import annotations

import re
import unicodedata

_GREEK = dict(
    zip(
        "αβγδϵζηθικλμνξπρστυϕχψωεϑϖϱςφϰΓΔΘΛΞΠΣΥΦΨΩ",
        """alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi
        omega varepsilon vartheta varpi varrho varsigma varphi varkappa Gamma Delta Theta Lambda Xi Pi Sigma Upsilon
        Phi Psi Omega""".split(),
        strict=True,
    )
)
_SIGNS = dict(
    zip(
        "±∓×÷⋅∗⋆∘∙∪∩⊎⊔⊓∨∧⊕⊖⊗⊘⊙∖≤≥≪≫≠≈≡∼≃≅≍∝∈∋∉⊂⊃⊆⊇⊄⊈⊢⊣⊨⊥∣∤∥∦∀∃∄¬∅∞∂∇ℓℏℜℑ℘ℵ∠△□◊†‡"
        "→←↔⇒⇐⇔↦↪↩⟶⟵⟷⟹⟸⟺⟼↑↓⇑⇓⇌↗↘↙↖∑∏∐∫∬∭∮⋃⋂⨁⨂⋁⋀…⋯⋮⋱⟨⟩⌊⌋⌈⌉‖′″‴≜≔≺≻⪯⪰∴∵⊤√≲≳⊊⊋∁⊲⊳♯♭♮♠♣♡♢",
        """pm mp times div cdot ast star circ bullet cup cap uplus sqcup sqcap vee wedge oplus ominus otimes oslash odot
        setminus le ge ll gg ne approx equiv sim simeq cong asymp propto in ni notin subset supset subseteq supseteq
        not\\subset nsubseteq vdash dashv models perp mid nmid parallel nparallel forall exists nexists neg emptyset
        infty partial nabla ell hbar Re Im wp aleph angle triangle square lozenge dagger ddagger
        to leftarrow leftrightarrow Rightarrow Leftarrow Leftrightarrow mapsto hookrightarrow hookleftarrow
        longrightarrow longleftarrow longleftrightarrow Longrightarrow Longleftarrow Longleftrightarrow longmapsto
        uparrow downarrow Uparrow Downarrow rightleftharpoons nearrow searrow swarrow nwarrow sum prod coprod int iint
        iiint oint bigcup bigcap bigoplus bigotimes bigvee bigwedge dots cdots vdots ddots langle rangle lfloor rfloor
        lceil rceil | prime prime\\prime prime\\prime\\prime triangleq coloneqq prec succ preceq succeq therefore
        because top surd lesssim gtrsim subsetneq supsetneq complement lhd rhd sharp flat natural spadesuit clubsuit
        heartsuit diamondsuit""".split(),
        strict=True,
    )
)
COMMANDS = {sign: f"\\{name}" for sign, name in (_GREEK | _SIGNS).items()}
PLAIN = {"−": "-", "–": "-", "∕": "/", "\u2061": "", "\u2062": "", "\u2063": ",", "\u2064": "", "\xa0": "\\ ",
          "ʹ": "'", "\u2009": "\\,", "\u2005": "\\:", "\u2003": "\\quad", "′": "'", "∶": ":", "\u200b": ""}  # fmt: skip
ESCAPED = {"\\": "\\backslash ", "{": "\\{", "}": "\\}", "$": "\\$", "%": "\\%", "&": "\\&", "#": "\\#", "_": "\\_",
            "~": "\\sim ", "^": "\\hat{}"}  # fmt: skip
_IN_TEXT = {**ESCAPED, "\\": "\\textbackslash ", "~": "\\textasciitilde ", "^": "\\textasciicircum "}
FUNCTIONS = frozenset(
    """arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf ker lg lim liminf limsup ln log max
    min Pr sec sin sinh sup tan tanh""".split()
)
_LIMITS = re.compile(
    r"\\(?:sum|prod|coprod|int|i+nt|oint|big\w+|lim(?:inf|sup)?|max|min|sup|inf|det|gcd|Pr|operatorname\*?\{[^{}]*\})"
)
VARIANTS = {
    "bold": "mathbf", "bold-italic": "boldsymbol", "double-struck": "mathbb", "script": "mathcal",
    "fraktur": "mathfrak", "sans-serif": "mathsf", "monospace": "mathtt", "bold-script": "mathcal",
    "bold-fraktur": "mathfrak",
}  # fmt: skip
_ALPHABETS = (
    ("DOUBLE-STRUCK", "mathbb"), ("BOLD FRAKTUR", "mathfrak"), ("FRAKTUR", "mathfrak"), ("BLACK-LETTER", "mathfrak"),
    ("BOLD SCRIPT", "mathcal"), ("SCRIPT", "mathcal"), ("SANS-SERIF", "mathsf"), ("MONOSPACE", "mathtt"),
    ("BOLD ITALIC", "boldsymbol"), ("BOLD", "mathbf"),
)  # fmt: skip
"""By the names of https://www.unicode.org/charts/PDF/U1D400.pdf; italic letters are what LaTeX writes anyway."""
_COMMAND = re.compile(r"\\(?:[a-zA-Z]+|[^a-zA-Z])\s*")
_STYLED = re.compile(r"\\math(?:bf|bb|cal|frak|sf|tt|rm)\{[^{}]*\}|\\boldsymbol\{[^{}]*\}")
_ENDS = re.compile(r"\\[a-zA-Z]+\Z")


def is_command(text: str) -> bool:
    return bool(_COMMAND.fullmatch(text))


def is_styled(text: str) -> bool:
    """One letter in another alphabet: `\\mathbf{x}`."""
    return bool(_STYLED.fullmatch(text))


def ends_in_command(text: str) -> bool:
    """Would a letter behind the text become a part of its last command?"""
    return bool(_ENDS.search(text))


def takes_limits(base: str) -> bool:
    return bool(_LIMITS.fullmatch(base.strip()))


def escaped(text: str) -> str:
    """Signs, each as LaTeX writes it."""
    parts: list[str] = []
    for sign in text.strip():
        written = _sign(sign)
        if not written:
            continue
        if parts and written[:1].isalnum() and ends_in_command(parts[-1]):
            parts.append(" ")
        parts.append(written)
    return "".join(parts)


def _sign(sign: str) -> str:
    found = PLAIN.get(sign)
    if found is None:
        found = COMMANDS.get(sign) or ESCAPED.get(sign)
    return found if found is not None else _other_alphabet(sign)


def _other_alphabet(sign: str) -> str:
    if sign.isascii():
        return sign
    name = unicodedata.name(sign, "")
    plain = unicodedata.normalize("NFKC", sign)
    if len(plain) != 1 or plain == sign or not plain.isalnum():
        return sign
    letter = COMMANDS.get(plain, plain)
    if (
        name.startswith("MATHEMATICAL ")
        or "DOUBLE-STRUCK" in name
        or "SCRIPT CAPITAL" in name
        or "BLACK-LETTER" in name
    ):
        command = next((command for words, command in _ALPHABETS if words in name), "")
        return f"\\{command}{{{letter}}}" if command else letter
    return sign


def identifier(text: str, variant: str) -> str:
    """The content of `<mi>`: one letter, or the name of a function."""
    if len(text) <= 1:
        written = escaped(text)
        command = VARIANTS.get(variant) or (
            "mathrm" if variant == "normal" and text.isalpha() and text.isascii() else ""
        )
        return f"\\{command}{{{written}}}" if command and written else written
    if text in FUNCTIONS:
        return f"\\{text}"
    if not text.isascii() or not text.replace(" ", "").isalnum():
        return escaped(text)
    command = VARIANTS.get(variant, "")
    return f"\\{command}{{{text}}}" if command else f"\\operatorname{{{text}}}"


def number(text: str, variant: str) -> str:
    """The content of `<mn>`."""
    command = VARIANTS.get(variant, "")
    return f"\\{command}{{{escaped(text)}}}" if command else escaped(text)


def operator(text: str) -> str:
    """The content of `<mo>`; one that is words is the name of a function."""
    if text in FUNCTIONS:
        return f"\\{text}"
    if len(text) > 1 and text.replace(" ", "").isalpha() and text.isascii():
        return f"\\operatorname{{{text}}}"
    return escaped(text)


def text(words: str) -> str:
    """Words inside a formula."""
    return "\\text{" + "".join(_IN_TEXT.get(sign, sign) for sign in words) + "}"
