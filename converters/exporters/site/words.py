"""The few words of the start layouts, in the language of the site: `assets/words.txt`, a line a language.

`%s` and `%d` stand for what the layouts put in. A language is found by its code, then by the part in front of its
region; where none is here, layouts say the English words, which stand in the layouts themselves.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

KEYS = tuple(
    """skip home nothing newest newer page older oldest lost lost_text back by changed draft nobody comment comments
    mentions more pinned untitled categories tags authors menu languages below pages around talk""".split()
)
_SAME = {"nn": "nb", "no": "nb", "iw": "he", "in": "id", "gsw": "de"}
"""Languages that read the words of another one."""
_OTHER_HAN = frozenset({"tw", "hk", "mo", "hant"})


@cache
def words(language: str) -> dict[str, str]:
    """Key -> words in a language (`de`, `pt-BR`, `zh_TW`); empty for English, and for one that nobody has put here."""
    code = language.lower().replace("_", "-")
    first, *others = code.split("-")
    first = _SAME.get(first, first)
    han = "zh-tw" if first == "zh" and not _OTHER_HAN.isdisjoint(others) else ""
    row = _rows().get(han) or _rows().get(code) or _rows().get(first, "")
    return dict(zip(KEYS, row.split("|"), strict=True)) if row else {}


@cache
def _rows() -> dict[str, str]:
    lines = files("converters.exporters.site.assets").joinpath("words.txt").read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines)
