"""What the user's rules do, before anything is written: for each rule how many posts it touches, and some of them as
they are without the rules and with them (`--rules FILE --dry-run`)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import unified_diff

import msgspec

from converters import item_timeout
from converters.exporters.base import find_exporter
from converters.importers.base import find_importer
from converters.item_timeout import ItemTimeout
from converters.model import Entry, Role
from converters.model.options import ReadOptions
from converters.output import OutFile
from converters.passes.rules import LEFT_OUT
from converters.rules import FrontMatter, Rules
from pipelines.run.carry import Carrier, Options, Result
from pipelines.run.index import Index
from pipelines.run.run_result import Example, RuleUse

_EXAMPLES = 3
"""Posts that are shown for a rule."""
_COMPARED = 2_000
"""Lines of a post that are compared."""
_LINES = 24
"""Lines of a difference that are shown; of each line so many characters:"""
_WIDTH = 160


class Preview:
    """Carries each post that a rule touches once more, without the rules."""

    def __init__(self, index: Index, options: Options) -> None:
        read = msgspec.structs.replace(options.read, rules=Rules())
        write = msgspec.structs.replace(options.write, front_matter_rules=FrontMatter())
        plain = msgspec.structs.replace(options, read=read, write=write)
        importer, exporter = find_importer(plain.importer)(read), find_exporter(plain.exporter)(write)
        self._rules = options.read.rules
        self._index, self._carrier = index, Carrier(importer, exporter, index, plain)
        self._counts: dict[str, int] = {}
        self._examples: dict[str, list[Example]] = {}

    def take(self, entry: Entry, result: Result) -> None:
        """Note what the rules did to one post."""
        used = dict.fromkeys(_rule(notice.what) for notice in result.notices if notice.code == "rule.applied")
        wanting = [rule for rule in used if len(self._examples.setdefault(rule, [])) < _EXAMPLES]
        example = self._example(entry, result) if wanting else None
        for rule in used:
            self._counts[rule] = self._counts.get(rule, 0) + 1
        if example is not None:
            for rule in wanting:
                self._examples[rule].append(example)

    def _example(self, entry: Entry, result: Result) -> Example:
        path, after = _text(result)
        _, before = _text(self._carrier.carry(entry))
        lines = _difference(before, after)
        shown = tuple(line if len(line) <= _WIDTH else line[:_WIDTH] + " …" for line in lines[:_LINES])
        return Example(entry.title, path, shown, max(0, len(lines) - _LINES))

    def uses(self) -> Sequence[RuleUse]:
        """What each rule does, in the order in which the posts met them; posts that stay behind come first, rules that
        touch nothing last."""
        found = [RuleUse(rule, count, tuple(self._examples[rule])) for rule, count in self._counts.items()]
        found += [RuleUse(rule, 0, ()) for rule in _configured(self._rules) if rule not in self._counts]
        behind = list(self._left_out())
        first = tuple(Example(entry.title or entry.id, "") for entry in behind[:_EXAMPLES])
        return [RuleUse("leave_out", len(behind), first), *found] if behind else found

    def _left_out(self) -> Iterator[Entry]:
        return (entry for entry in self._index.entries(Role.EXCLUDED) if entry.reason == LEFT_OUT)


_MARKS = ("---", "+++", "@@")


def asked(options: ReadOptions) -> bool:
    """Are there rules to be shown?"""
    return options.rules != Rules()


def _difference(before: Sequence[str], after: Sequence[str]) -> list[str]:
    """The lines that differ; of long texts those of the first part, since the time grows with the product of both."""
    try:
        found = item_timeout.call(list, unified_diff(before[:_COMPARED], after[:_COMPARED], lineterm="", n=0))
    except ItemTimeout:
        return []
    return [line for line in found if not line.startswith(_MARKS)]


def _configured(rules: Rules) -> Iterator[str]:
    """What notices call the rules of the file. One whose name ends in `*` is met under the names it stands for."""
    named: dict[str, tuple[Mapping[str, object], ...]] = {
        "": (rules.shortcodes, rules.blocks),
        "class ": (rules.classes,),
    }
    named |= {f"{kind} ": (getattr(rules, kind),) for kind in ("fields", "categories", "tags", "authors", "addresses")}
    for prefix, tables in named.items():
        yield from (f"{prefix}{name}" for table in tables for name in table if not name.endswith("*"))


def _rule(what: str) -> str:
    """The rule that a notice is about: what stands before its result."""
    return what.partition(": ")[0]


def _text(result: Result) -> tuple[str, list[str]]:
    """The path and the lines of the file of a post."""
    for file in result.files:
        if isinstance(file, OutFile) and file.data:
            return file.path, file.data.decode("utf-8", "replace").splitlines()
    return "", []
