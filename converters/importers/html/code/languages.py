"""The language of code, as highlighters say it: in classes and attributes of the text and of the boxes around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lxml import etree

from converters.html import tree
from converters.importers.shared.elements import attribute, classes

_ATTRIBUTES = (
    "data-lang", "data-language", "data-code-block-lang", "data-enlighter-language", "data-tagsearch-lang",
    "data-code-language", "data-highlight-language", "data-mode", "syntax", "data-syntax",
)  # fmt: skip
_LANGUAGE = re.compile(
    r"(?:^|\s)(?:language|lang|highlight-source|highlight-text|highlight|mw-highlight-lang|src|hl|enlighter-l|brush|code-lang|codelang|lexer)-"
    r"([A-Za-z][\w+#.-]{0,29})(?=\s|$)|(?:brush|lang):\s*([\w+#-]{1,30})"
)
_NAME = re.compile(r"[a-z][\w+#.-]{0,29}")
_NOT_ONE = frozenset(
    """source text none plaintext plain txt default nohighlight no-highlight rouge sourcecode auto undefined null
    unknown generic raw code nolang highlight notranslate wrap wrapper basic lines container block highlighted numbers
    toolbar plain-text enlighter inline selector label name copy""".split()
)
_ALIASES = {
    "python3": "python", "ipython3": "python", "ipython2": "python", "ipython": "python", "py3": "python",
    "html-basic": "html", "html+erb": "erb", "html-erb": "erb", "jscript": "javascript", "text-html-basic": "html",
    "shellsession": "console", "c-sharp": "csharp", "objective-c": "objectivec", "cplusplus": "cpp",
    "as3": "actionscript", "javafx": "java", "python2": "python", "js-flow": "javascript", "xml-svg": "xml",
}  # fmt: skip
_NAMES = frozenset(
    """abap actionscript ada apache apacheconf applescript arduino asm assembly awk bash bat batch basic c clojure cmake
    cobol coffeescript console cpp c++ crystal csharp c# css cs csv cuda d dart delphi diff docker dockerfile dos elixir
    elm erlang erb f# fortran fsharp gherkin glsl go golang graphql groovy haml handlebars haskell hcl html http ini
    java javascript js json json5 jsx julia kotlin kt latex less lisp elisp emacs-lisp common-lisp llvm lua makefile
    make markdown md mathematica matlab mermaid mysql nginx nim nix objectivec objc ocaml octave pascal perl pgsql php
    plpgsql postgresql powershell ps1 prolog properties protobuf proto puppet py pycon python qml r racket rb rst ruby
    rust rs sass scala scheme scss sh shell shell-session smalltalk solidity sql svelte swift tcl terraform tex toml ts
    tsql tsx twig typescript vb vbnet verilog vhdl vim viml vue wasm xml yaml yml zig zsh jsonc jinja jinja2 liquid
    django output""".split()
)
"""Names that stand alone as a class, or on a label: any other word could be anything."""
_BARE = frozenset(
    """hljs sourceCode syntaxhighlighter code codebox geshi source highlight EnlighterJSRAW brush prettyprint mw-code
    file blob-wrapper dp-highlighter crayon-syntax src shiki chroma""".split()
)
"""Classes beside which the language may stand as a class of its own."""
_SHOWN = {
    "c++": "cpp", "c#": "csharp", "f#": "fsharp", "objective-c": "objectivec", "shell session": "console",
    "vb.net": "vbnet", "plain text": "", "plaintext": "", "text": "", "code": "", "txt": "", "visual basic": "vb",
    "html/xml": "html",
}  # fmt: skip
"""What labels show, where it is another word than the class."""


def language_of(elements: Iterable[etree._Element]) -> str:
    """The first language that one of these elements names; empty for none."""
    return next((language for element in elements for language in _languages(element)), "")


def known_by_classes(element: etree._Element) -> bool:
    """Do the classes of an element say that it is code, with a language or without?"""
    named = attribute(element, "class")
    return bool(named) and ("hljs" in named or _LANGUAGE.search(named) is not None or "EnlighterJS" in named)


def of_label(words: str) -> str | None:
    """The language that a label over code shows; empty for one that means none, None for other words."""
    folded = " ".join(words.split()).lower().rstrip(":")
    if folded in _SHOWN:
        return _SHOWN[folded]
    return _ALIASES.get(folded, folded) if folded in _NAMES else None


def _languages(element: etree._Element) -> Iterator[str]:
    for name in _ATTRIBUTES:
        value = attribute(element, name).lower().strip()
        if _NAME.fullmatch(value) and value not in _NOT_ONE:
            yield _ALIASES.get(value, value)
    kinds = attribute(element, "class")
    settings = attribute(element, "data-syntaxhighlighter-params")
    for found in _LANGUAGE.finditer(f"{kinds} {settings}"):
        value = (found[1] or found[2]).lower()
        if value not in _NOT_ONE:
            yield _ALIASES.get(value, value)
    yield from _bare(element)
    if (
        tree.name(element) in ("pre", "code")
        and (value := attribute(element, "lang").lower()) in _NAMES
        and len(value) > 2
    ):
        yield _ALIASES.get(value, value)  # a plug-in's; those of two letters are languages that people speak


def _bare(element: etree._Element) -> Iterator[str]:
    kinds = classes(element)
    if not kinds:
        return
    beside = not _BARE.isdisjoint(kinds)
    free = "hljs" in kinds or "sourceCode" in kinds or ("highlight" in kinds and element.tag == "figure")
    for kind in kinds:
        folded = kind.lower().removeprefix("type-") if "blob-wrapper" in kinds else kind.lower()
        if kind in _BARE or folded in _NOT_ONE:
            continue
        named = folded in _NAMES or folded in _ALIASES
        if (beside or tree.name(element) in ("pre", "code")) and named and len(folded) > 1:
            yield _ALIASES.get(folded, folded)
        elif (free and kind.isalnum()) or (folded in ("c", "r", "d") and beside and "highlight" not in kinds):
            yield folded
