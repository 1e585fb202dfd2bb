"""Sections of the page that lead to something to do: notices by cause, unknown shortcodes and blocks, what was not
carried."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from converters.model.notices import Severity
from pipelines.report import rules
from pipelines.report.account import sentence
from pipelines.report.elements import code, count, esc, grade, name, section
from pipelines.report.read import Report
from pipelines.report.records import Code, Unknown

_LISTED = 100
"""Items a list names; the table of items has them all."""
_TOLD = 3
"""Particulars said of one item."""
_ORDER = [severity.name.lower() for severity in sorted(Severity, reverse=True)]


class Touched(NamedTuple):
    """An item in a list."""

    number: int
    title: str
    what: str
    """HTML."""


class Lists:
    """Of every cause, and of every reason, the first items; gathered in one pass."""

    def __init__(self, report: Report) -> None:
        self.by_code: dict[str, list[Touched]] = defaultdict(list)
        self.by_reason: dict[str, list[Touched]] = defaultdict(list)
        self.failed: list[Touched] = []
        for number, row in report.rows():
            told: dict[str, list[str]] = defaultdict(list)
            for notice in row.notices:
                told[notice.code].append(notice.what or notice.old or notice.where)
            for each, whats in told.items():
                if len(self.by_code[each]) < _LISTED:
                    self.by_code[each].append(Touched(number, row.title, _whats(whats)))
            if row.fidelity == "failed" and len(self.failed) < _LISTED:
                why = next((sentence(n) for n in row.notices if n.severity is Severity.FAILED), row.reason)
                self.failed.append(Touched(number, row.title or f"{row.kind} {row.id}", esc(why)))
            elif row.outcome == "left out" and len(self.by_reason[row.reason]) < _LISTED:
                self.by_reason[row.reason].append(Touched(number, row.title or f"{row.kind} {row.id}", esc(row.kind)))


def _whats(whats: list[str]) -> str:
    named = [code(what[:120]) for what in dict.fromkeys(whats) if what]
    more = f" and {len(named) - _TOLD} more" if len(named) > _TOLD else ""
    return ", ".join(named[:_TOLD]) + more


def _items(touched: list[Touched], total: int) -> str:
    lines = "".join(
        f'<li><a href="#i{each.number}">{name(each.title)}</a> <small>{each.what}</small></li>' for each in touched
    )
    more = f'<p class="more">{total - len(touched):,} more: see <a href="#items">all items</a>.</p>'
    return f'<ul class="touched">{lines}</ul>{more if total > len(touched) else ""}'


def not_carried(report: Report, lists: Lists) -> str:
    account = report.head.account
    body = []
    if account.failed:
        body.append(f"<h3>{grade('failed')} {count(len(account.failed), 'item')} could not be carried</h3>")
        body.append(_items(lists.failed, len(account.failed)))
    if account.incomplete:
        body.append("<h3>The source is not whole</h3>")
        body.append("<ul>" + "".join(f"<li>{esc(line)}</li>" for line in account.incomplete) + "</ul>")
    for reason, total in sorted(account.left_out.items()):
        summary = f"<summary><b>{esc(reason)}</b> <span>{count(total, 'item')}, left out by design</span></summary>"
        body.append(f'<details class="box">{summary}{_items(lists.by_reason[reason], total)}</details>')
    if not body:
        body.append('<p class="calm">Nothing: every item of the source was carried.</p>')
    if account.used:
        said = {"media": "media files", "menu": "menu entries", "inline": "reusable blocks"}
        parts = ", ".join(f"{number:,} {esc(said.get(role, role))}" for role, number in account.used.items())
        body.append(f"<p>Without a page of their own, since they are part of others: {parts}.</p>")
    return section("not-carried", "Not carried, and why", body)


def notices(report: Report, lists: Lists) -> str:
    codes = report.head.codes
    body = ["<p>What was changed, lost or left out, the gravest first. Each cause says what to do.</p>"]
    for severity in _ORDER:
        of_it = [(each, found) for each, found in codes.items() if found.severity == severity]
        for each, found in sorted(of_it, key=lambda pair: (-pair[1].count, pair[0])):
            body.append(_cause(each, found, lists.by_code[each], report))
    if not codes:
        body = ['<p class="calm">None: nothing was changed or lost.</p>']
    return section("notices", "Notices by cause", body)


def _cause(each: str, found: Code, touched: list[Touched], report: Report) -> str:
    where = count(found.items, "item") if found.items else "the source as a whole"
    often = f"{found.count:,} × in {where}" if found.items != found.count else where
    whats = ", ".join(f"{code(what[:120])} {number:,}" for what, number in found.particulars.items())
    of_source = [notice for notice in report.head.source if notice.code == each]
    lines = "".join(f"<li>{esc(sentence(notice))} <small>{esc(notice.where)}</small></li>" for notice in of_source[:20])
    parts = [
        f"<summary>{grade(found.severity)} <b>{esc(found.text)}</b> <span>{often} · {code(each)}</span></summary>",
        f'<p class="todo"><b>What to do:</b> {esc(found.remedy)}</p>',
        f"<p><b>Most often:</b> {whats}</p>" if len(found.particulars) > 1 else "",
        f"<ul>{lines}</ul>" if lines else "",
        _items(touched, found.items) if touched else "",
    ]
    return f'<details class="box" id="n-{esc(each)}">{"".join(parts)}</details>'


def unknown(report: Report) -> str:
    found = report.head.unknown
    every = [*found.shortcodes, *found.blocks]
    if not every:
        return section("unknown", "Unknown shortcodes and blocks", ['<p class="calm">None.</p>'])
    intro = (
        "<p>A file of rules says what they become: take a rule, change what it does, save all in one file and run the "
        f"same command again with {code('--rules rules.toml')}. The rules’ words stand in docs/rules.md.</p>"
    )
    whole = _rule("All of them in one file", rules.file([each.rule for each in every]))
    parts = [
        intro,
        *_named("Shortcodes kept as text", found.shortcodes),
        *_named("Blocks that were empty", found.blocks),
    ]
    more = f'<p class="more">{found.more:,} more notices about names beyond these.</p>' if found.more else ""
    return section("unknown", "Unknown shortcodes and blocks", [*parts, more, whole])


def _named(title: str, every: list[Unknown]) -> Iterator[str]:
    if every:
        yield f"<h3>{title}</h3>"
    for each in every[:_LISTED]:
        yield _rule(f"{code(each.name)} <span>in {count(each.items, 'item')}</span>", each.rule)
    if len(every) > _LISTED:
        yield f'<p class="more">{len(every) - _LISTED:,} more: see the file below.</p>'


def _rule(title: str, text: str) -> str:
    lines = "&#10;".join(esc(line) for line in text.rstrip("\n").split("\n"))
    return f'<details class="box"><summary>{title}</summary><pre class="rule">{lines}</pre></details>'
