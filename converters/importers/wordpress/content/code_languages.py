"""Names of programming languages, as plug-ins write them, and as the fence of a code block has them."""

from __future__ import annotations

import re

SHORTCODES = frozenset(
    """actionscript actionscript3 ahk apache arduino as3 asm asp awk bash batch c c# c++ c-sharp cf clj clojure cmd
    coldfusion cpp csharp css dart delphi diff dos elixir erl erlang fortran fsharp go golang groovy haskell html ini
    java javafx javascript jfx js json jscript jsp kotlin lisp lua matlab matlabkey mxml mysql nginx obj-c objc
    objectivec ocaml pas pascal patch perl php pl plain plsql powershell prolog ps py python r rails rb ror ruby rust
    scala scheme scss shell smarty splus sql swift text ts tsql typescript vb vbnet vbscript verilog vhdl xhtml xml
    xslt yaml yml""".split()
)
"""Names that are shortcodes of their own. `latex` is none: elsewhere it is a formula."""
_ALSO = frozenset(
    """applescript apacheconf assembly cmake console docker dockerfile go-html-template graphql html4strict html5 http
    java5 jsx julia latex less makefile markdown md nasm perl6 pgsql plaintext postgresql sass sh svg tcl tex toml tsx
    twig vim vue wasm zsh""".split()
)
KNOWN = SHORTCODES | _ALSO
_SAME = {
    "c-sharp": "csharp", "jscript": "javascript", "obj-c": "objc", "pas": "pascal", "erl": "erlang", "splus": "r",
    "ror": "ruby", "rails": "ruby", "pl": "perl", "ps": "powershell", "patch": "diff", "golang": "go", "xhtml": "html",
    "html4strict": "html", "html5": "html", "clj": "clojure", "as3": "actionscript3", "cf": "coldfusion",
    "vb.net": "vbnet", "c++": "cpp", "c#": "csharp", "java5": "java",
}  # fmt: skip
_NONE = frozenset({"plain", "plaintext", "text", "txt", "none", "raw", "generic", "default", "auto", "unknown"})
_SAFE = re.compile(r"[\w+#.-]{1,30}")
_NATURAL = frozenset(
    "ar bg da de el en es et fa fi fr he hi hu id it ja ko la lt lv nb nl nn no pt ro ru sk sv th tr uk vi zh".split()
)
"""Codes of languages that people speak; `cs`, `pl` and the like, which name programming languages, too, are none."""
_REGION = re.compile(r"[a-z]{2,3}[-_](?:[a-z]{2}|[a-z]{4}|\d{3})", re.I)
MARKUP = frozenset("html html4strict html5 xhtml xml mxml svg php asp jsp vue twig smarty xslt coldfusion cf".split())
"""Languages whose code can begin with a tag."""


def label(name: str) -> str:
    """The info string of a fence for a language: any word that is safe there; empty for none."""
    name = name.strip().strip(";").lower()
    name = _SAME.get(name, name)
    return name if _SAFE.fullmatch(name) and name not in _NONE else ""


def is_natural(name: str) -> bool:
    """Whether `lang` names a language that people speak, as HTML's own attribute does."""
    name = name.strip().lower()
    return name in _NATURAL or (name not in KNOWN and _REGION.fullmatch(name) is not None)
