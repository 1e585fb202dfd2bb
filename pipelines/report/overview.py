"""Sections of the page that say how much: the head of the page, sums, fidelity, years, files, addresses, the most."""

from __future__ import annotations

from collections.abc import Iterator

from pipelines.report.elements import code, count, esc, grade, link, name, section, size, table
from pipelines.report.figures import GRADES
from pipelines.report.records import Head, Named

_YEARS = 60
_SAID = {
    "whole": "as it was; at most, notes good to know",
    "changed": "something was repaired, renamed or said in another way",
    "lost": "something a reader saw is not there, or not where it was",
    "failed": "could not be carried",
}
_WAYS = {
    "keep": "Addresses of pictures and files stay as they are, on the old site.",
    "rewrite": "Addresses of pictures and files are root-relative now: copy the old site’s uploads into the new one.",
    "copy": "Files were copied from a folder.",
    "download": "Files were downloaded from the old site.",
}


def top(head: Head) -> str:
    account, site = head.account, head.site
    carried, lost = sum(account.carried.values()), head.fidelity.get("lost", 0)
    failed = len(account.failed)
    if failed or account.incomplete:
        mood, verdict = "lost", f"{count(failed, 'item')} could not be carried."
        verdict = verdict if failed else "The source is not whole."
    elif lost:
        mood, verdict = "changed", f"Every item is accounted for. {count(lost, 'page')} lost something a reader saw."
    else:
        mood, verdict = "whole", "Every item is accounted for, and nothing a reader saw was lost."
    cards = [
        (carried, "carried", "#carried"),
        (sum(account.left_out.values()) + failed, "not carried", "#not-carried"),
        (lost, "with losses", "#fidelity"),
        (head.fidelity.get("changed", 0), "changed", "#fidelity"),
        (sum(account.notices.values()), "notices", "#notices"),
    ]
    shown = "".join(f'<li><a href="{to}"><b>{number:,}</b> {words}</a></li>' for number, words, to in cards)
    route = f"{esc(site.source)} → {esc(site.target)}" if site.source else ""
    address = link(site.address, esc(site.address))
    return (
        f'<header>\n<p class="kicker">Migration report</p>\n<h1>{name(site.title, "A site without a title")}</h1>\n'
        f'<p class="route">{" · ".join(filter(None, (route, address)))}</p>\n'
        f'<p class="verdict {mood}">{verdict}</p>\n<p class="sum">{esc(account.balance)}</p>\n'
        f'<ul class="cards">{shown}</ul>\n</header>\n'
    )


def carried(head: Head) -> str:
    statuses = sorted({status for counts in head.kinds.values() for status in counts}, key=_public_first)
    rows = [
        [esc(kind), *(f"{counts.get(each, 0):,}" for each in statuses), f"{sum(counts.values()):,}"]
        for kind, counts in head.kinds.items()
    ]
    sums = [sum(counts.get(each, 0) for counts in head.kinds.values()) for each in statuses]
    rows.append(["All", *(f"{number:,}" for number in sums), f"{sum(sums):,}"])
    heads = ["Type", *(esc(each) for each in statuses), "All"]
    body = [table("Items carried, by type and status", heads, rows, len(heads) - 1)]
    if head.account.drafts:
        body.append("<p>What was not public came along as drafts: no visitor sees it before you publish it.</p>")
    return section("carried", "Carried", body if head.kinds else ['<p class="calm">Nothing.</p>'])


def _public_first(status: str) -> tuple[bool, str]:
    return status != "published", status


def fidelity(head: Head) -> str:
    total = sum(head.fidelity.values()) or 1
    rows = [
        [
            grade(each),
            esc(_SAID[each]),
            _bar(head.fidelity.get(each, 0), total, each),
            f"{head.fidelity.get(each, 0):,}",
        ]
        for each in GRADES
        if each != "failed"
    ]
    checked = ", ".join(f"{number:,} {esc(word)}" for word, number in head.account.verification.items())
    body = [
        table("Fidelity of items", ["Grade", "Meaning", '<span class="vh">Share</span>', "Items"], rows, 1),
        '<p>The gravest notice of an item is its grade; <a href="#items">all items</a> has each of them.</p>',
        f"<p>Written files read back and compared with the source: {checked}.</p>" if checked else "",
    ]
    return section("fidelity", "Fidelity", body)


def _bar(number: int, total: int, kind: str, more: int = 0) -> str:
    """Two parts of a whole: the first in the colour of `kind`, then `more`."""
    one, other = (round(100 * part / total, 2) for part in (number, more))
    second = f'<rect class="other" x="{one:g}" width="{other:g}" height="10"/>' if more else ""
    return (
        '<svg class="bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" focusable="false">'
        f'<rect class="{kind}" width="{one:g}" height="10"/>{second}</svg>'
    )


def years(head: Head) -> str:
    if not head.years:
        return section("years", "Over the years", ['<p class="calm">No item has a date.</p>'])
    listed = list(head.years.items())
    before, shown = listed[:-_YEARS], listed[-_YEARS:]
    if before:
        earlier = {key: sum(counts.get(key, 0) for _, counts in before) for key in ("public", "other")}
        shown.insert(0, (f"until {before[-1][0]}", earlier))
    most = max(sum(counts.values()) for _, counts in shown)
    rows = []
    for year, counts in shown:
        public, other = counts.get("public", 0), counts.get("other", 0)
        rows.append([esc(year), _bar(public, most, "public", other), f"{public:,}", f"{other:,}"])
    heads = ["Year", '<span class="vh">Share</span>', "Public", "Not public"]
    return section("years", "Over the years", [f'<div class="chart">{table("Items by year", heads, rows, 2)}</div>'])


def media(head: Head) -> str:
    found = head.media
    rows = [["In the media library of the source", f"{found.items:,}"]]
    if found.brought is not None:
        rows += [
            ["Came along", f"{found.brought.files:,}"],
            ["Their size", size(found.brought.bytes)],
            ["Could not be had", f"{found.brought.missing:,}"],
            ["Of these, too large", f"{found.brought.too_large:,}"],
        ]
    for each, number in found.missing.items():
        text = esc(head.codes[each].text) if each in head.codes else code(each)
        rows.append([f'<a href="#n-{esc(each)}">{text}</a>', f"{number:,}"])
    way = f"<p>{esc(_WAYS.get(found.way, ''))}</p>" if found.way in _WAYS else ""
    return section("media", "Pictures and files", [way, table("Pictures and files", ["", "Number"], rows, 1)])


def redirects(head: Head) -> str:
    found = head.redirects
    rows = [
        ["Public items at the address they had", f"{found.kept:,}"],
        ["Public items at another address", f"{found.moved:,}"],
        ["Older addresses of theirs", f"{found.former:,}"],
    ]
    if found.files:
        rows.append(
            [f"Files for servers: {esc(', '.join(found.files))}; addresses they could not say", f"{found.unsaid:,}"]
        )
    body = [table("Addresses", ["", "Number"], rows, 1)]
    if not found.files:
        body.append(
            "<p>Pages lead on from addresses of theirs by aliases. For numbers, feeds and archives, let "
            f"{code('--redirects')} write a file for your server.</p>"
        )
    if found.examples:
        moves = "".join(f"<li>{code(each.old)} → {code(each.new)}</li>" for each in found.examples)
        said = f"Addresses that changed <span>{len(found.examples):,} of {found.moved:,}</span>"
        body.append(f'<details class="box"><summary>{said}</summary><ul>{moves}</ul></details>')
    return section("redirects", "Addresses and redirects", body)


def most(head: Head, numbers: dict[str, int]) -> str:
    body = [
        "<h3>Largest</h3>",
        _ranking("Largest items", head.largest, numbers, "Size", size=True),
        "<h3>Most changed</h3>",
        _ranking("Most changed items", head.most_changed, numbers, "Weight", size=False),
        "<p>Weight: 100 for each loss, 10 for each change, 1 for each note.</p>" if head.most_changed else "",
    ]
    return section("most", "Largest and most changed", body)


def _ranking(caption: str, named: list[Named], numbers: dict[str, int], unit: str, *, size: bool) -> str:
    if not named:
        return '<p class="calm">None.</p>'
    return table(caption, ["Item", unit], list(_ranked(named, numbers, in_bytes=size)), 1)


def _ranked(named: list[Named], numbers: dict[str, int], *, in_bytes: bool) -> Iterator[list[str]]:
    for each in named:
        title = f'<a href="#i{numbers[each.id]}">{name(each.title)}</a>' if each.id in numbers else name(each.title)
        yield [title, size(each.value) if in_bytes else f"{each.value:,}"]


def kept(head: Head) -> str:
    if not head.kept:
        return ""
    files = "".join(f"<li>{code(path)}</li>" for path in head.kept[:200])
    more = f'<p class="more">{len(head.kept) - 200:,} more.</p>' if len(head.kept) > 200 else ""
    said = (
        "<p>You changed these files, or they are yours, or they are no plain files but links or the like; what would "
        "have been written there was not.</p>"
    )
    return section("kept", "Left as they are", [said, f"<ul>{files}</ul>", more])
