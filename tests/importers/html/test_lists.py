"""Which pages of a site are lists of others and are left out, and which are texts, whatever they list beside."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.errors import SourceError
from converters.importers.html import lists, page
from converters.model.notices import Log
from pipelines.run.carry import Options
from tests.limits import budget
from tests.sites.static_sources import write
from tests.support import Site, convert_files

WORDS = (
    "We went out before the sun was up and caught three mackerel, which we fried at once.",
    "The second boat stayed in the harbour, because its keel was still drying on the slip.",
    "Nobody has painted the north side of the shed since the winter of the long ice.",
)
NAMES = ("Mackerel at dawn", "The second boat", "Painting the shed")


def text(number: int, more: str = "") -> str:
    heading, words = f"<h1>{NAMES[number]}</h1>", f"<p>{WORDS[number]}</p><p>And so to bed, number {number} says.</p>"
    return f"<html><title>{NAMES[number]} | Log</title><body><main>{heading}{words}{more}</main></body></html>"


POSTS = {f"{number}.html": text(number) for number in range(3)}


def frame(inner: str, title: str = "Log") -> str:
    return f"<html><title>{title}</title><body><header><a href=/>Log</a></header><main>{inner}</main></body></html>"


def of_all(entry: str) -> str:
    return "".join(entry.format(number=number, name=NAMES[number], words=WORDS[number]) for number in range(3))


def folder(tmp_path: Path, files: dict[str, str]) -> Site:
    source = write(tmp_path / "in", {name: html.encode() for name, html in files.items()})
    return convert_files(tmp_path, source, options=Options("html", "json"))


def outcomes(site: Site) -> dict[str, str]:
    """Why each page is left out; empty for those that are converted."""
    return {row["id"]: row.get("reason", "") for row in site.report["items"] if row["outcome"] != "media"}


ENTRIES = {
    "a linked heading and an excerpt": "<article><h2><a href={number}.html>{name}</a></h2><p>{words}</p></article>",
    "the same without articles": "<h2><a href={number}.html>{name}</a></h2><p>{words}</p>",
    "a card that is all link": "<div><a href={number}.html><h3>{name}</h3><p>{words}</p></a></div>",
    "a link over the card": "<article><h2>{name}</h2><p>{words}</p><a href={number}.html></a></article>",
    "a link to read on": "<article><h3>{name}</h3><p>{words}</p><p><a href={number}.html>Read on</a></p></article>",
    "a line with a date": "<ul><li><time>2021-02-0{number}</time> <a href={number}.html>{name}</a></ul>",
    "whole texts": "<article><h2><a href={number}.html>{name}</a></h2><p>{words}</p><p>And so to bed, number {number}"
    " says.</p></article>",
    "a line of facts and no excerpt": "<h2><a href={number}.html>{name}</a></h2><p>Posted on Friday by our Ida</p>",
    "a heading over lines": "<h2>{number}</h2><ul><li><a href={number}.html>{name}</a></ul>",
}


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
@pytest.mark.parametrize("name", ["index.html", "blog.html", "tags/boats/index.html"])
def test_a_list_of_pages_that_are_there_is_left_out(entry: str, name: str, tmp_path: Path) -> None:
    listed = of_all(entry.replace("href=", "href=/"))
    found = outcomes(folder(tmp_path, POSTS | {name: frame(f"<h1>Boats</h1>{listed}", "Boats")}))
    assert found == {**dict.fromkeys(POSTS, ""), name.replace("/", "~"): "list page"}


def test_a_list_of_one_page_is_a_list(tmp_path: Path) -> None:
    listed = ENTRIES["a linked heading and an excerpt"].format(number="/1", name=NAMES[1], words=WORDS[1])
    assert outcomes(folder(tmp_path, POSTS | {"tag/boat.html": frame(listed)}))["tag~boat.html"] == "list page"


OWN = {
    "cards below a text": text(0, "<div>" + of_all("<div><h3><a href=/{number}.html>{name}</a></h3></div>") + "</div>"),
    "links to others' pages": frame(
        "<h1>Links</h1><ul>" + "<li><a href=https://a.example/>A harbour</a>" * 5 + "</ul>"
    ),
    "links to others' pages above cards": frame(
        "<h1>Links</h1><ul>"
        + "<li><a href=https://a.example/>A harbour far from here</a>" * 5
        + "</ul>"
        + of_all("<div><h3><a href=/{number}.html>{name}</a></h3></div>")
    ),
    "pages described in words of its own": frame(
        "<h1>Guides</h1>"
        + of_all(
            "<section><h2><a href=/{number}.html>{name}</a></h2><p>Chapter {number} shows what to do, in eight lines of"
            " words.</p></section>"
        )
    ),
    "a text before a list": frame(f"<p>{WORDS[0][::-1]}</p>" + of_all(ENTRIES["a linked heading and an excerpt"])),
    "chapters that are articles": frame(f"<article><h2>I</h2><p>{WORDS[0]}</article><article><h2>II</h2><p>{WORDS[1]}"),
    "a text and a short article": frame(f"<article><h1>A</h1><p>{WORDS[0] * 3}</article><article><p>Nice!</article>"),
    "links in the text": frame("<p>" + of_all("See <a href=/{number}.html>{name}</a>, where we say more on that. ")),
}


@pytest.mark.parametrize("html", OWN.values(), ids=OWN)
def test_a_page_with_words_of_its_own_is_none(html: str, tmp_path: Path) -> None:
    assert outcomes(folder(tmp_path, POSTS | {"more/own.html": html}))["more~own.html"] == ""


def test_a_text_that_only_a_list_shows_is_named(tmp_path: Path) -> None:
    index = frame(of_all(ENTRIES["a linked heading and an excerpt"]))
    site = folder(tmp_path, {name: html for name, html in POSTS.items() if name != "2.html"} | {"index.html": index})
    assert outcomes(site)["index.html"] == "list page"
    assert [notice["what"] for notice in site.notices("html.listed")] == [NAMES[2]]


@pytest.mark.parametrize("there", [(), (0,)], ids=["none", "few"])
def test_a_list_whose_pages_are_not_there_is_converted(there: tuple[int, ...], tmp_path: Path) -> None:
    index = frame(of_all(ENTRIES["a linked heading and an excerpt"]))
    files = {"index.html": index, "about.html": text(0).replace(NAMES[0], "About")}
    files |= {f"{number}.html": text(number) for number in there}
    assert outcomes(folder(tmp_path, files)) == dict.fromkeys(sorted(files), "")


@pytest.mark.parametrize(
    ("name", "html", "reason"),
    [
        ("404.html", frame("<h1>404</h1>"), "error page"),
        ("guide/error.html", frame(f"<h1>Reading the log</h1>{'<p>' + WORDS[0] * 20}", "Reading the log"), ""),
        ("search/index.html", frame("<h1>Search</h1><form><input></form>"), "search page"),
        ("search.html", frame(f"<h1>How to search</h1>{'<p>' + WORDS[0] * 20}"), ""),
        (
            "genindex.html",
            frame("<h1 id=index>Index</h1><div class=genindex-jumpbox></div>"),
            "index made by a program",
        ),
    ],
)
def test_a_name_alone_leaves_no_text_out(name: str, html: str, reason: str, tmp_path: Path) -> None:
    assert outcomes(folder(tmp_path, POSTS | {name: html}))[name.replace("/", "~")] == reason


def test_a_dated_page_that_a_list_names_is_a_post(tmp_path: Path) -> None:
    time = "<article><header><time datetime=2021-02-03></time></header><h1>"
    dated = {name: html.replace("<h1>", time) for name, html in POSTS.items()}
    listed = of_all("<h2><a href={number}.html>{name}</a></h2>").replace(
        "<h2><a href=2.html>Painting the shed</a></h2>", ""
    )
    site = folder(tmp_path, dated | {"index.html": frame(listed)})
    kinds = {row["id"]: row["kind"] for row in site.report["items"]}
    assert kinds == {"0.html": "post", "1.html": "post", "2.html": "page", "index.html": "file"}


@pytest.mark.parametrize("html", [frame(of_all(ENTRIES["whole texts"])), frame("<h1>404</h1><p>Not found.")])
def test_a_page_that_a_person_names_is_converted(html: str, tmp_path: Path) -> None:
    write(tmp_path, {"404.html": html})
    site = convert_files(tmp_path, tmp_path / "404.html", options=Options("html", "json"))
    assert outcomes(site) == {"404.html": ""}


def test_a_folder_without_a_text_says_what_it_holds(tmp_path: Path) -> None:
    files = {"404.html": frame("<h1>404</h1>"), "a.html": "<meta http-equiv=refresh content='0;url=/b/'>"}
    with pytest.raises(SourceError, match=r"404.html \(error page\), a.html \(redirect\)"):
        folder(tmp_path, files)


# public reports


def test_trafilatura_811_a_page_of_teasers_is_no_text(tmp_path: Path) -> None:
    """https://github.com/adbar/trafilatura/issues/811: titles and summaries of many pages merged into one text."""
    card = "<div><a href=/{number}.html><div><h2>{name}</h2><p>{words}</p></div></a><span>7 August 2025</span></div>"
    found = outcomes(folder(tmp_path, POSTS | {"innovation/index.html": frame(f"<h1>Innovation</h1>{of_all(card)}")}))
    assert found["innovation~index.html"] == "list page"


def test_readability_321_a_page_with_the_next_text_below_is_that_page(tmp_path: Path) -> None:
    """https://github.com/mozilla/readability/issues/321: the next text stands whole below the one of the page."""
    both = f"<article><h1>{NAMES[0]}</h1><p>{WORDS[0] * 2}</article>"
    both += f"<article><h2><a href=/1.html>{NAMES[1]}</a></h2><p>{WORDS[1]}</article>"
    assert outcomes(folder(tmp_path, {"1.html": text(1), "2.html": text(2), "0.html": frame(both)}))["0.html"] == ""


def test_readability_495_several_notices_on_one_page_are_its_text(tmp_path: Path) -> None:
    """https://github.com/mozilla/readability/issues/495: a page of announcements, none of which has a page."""
    notices = of_all("<div class=story><h3>{name}</h3><div>{words}</div></div>")
    assert outcomes(folder(tmp_path, {"a.html": text(0), "notices.html": frame(notices)}))["notices.html"] == ""


def test_simply_static_177_the_error_page_in_a_folder(tmp_path: Path) -> None:
    """https://github.com/Simply-Static/simply-static/pull/177: `404/index.html` is made beside the pages."""
    html = frame(
        "<h1>Oops! That page can&rsquo;t be found.</h1><p>Maybe try a search?</p>", "Page not found &#8211; Log"
    )
    assert outcomes(folder(tmp_path, POSTS | {"404/index.html": html}))["404~index.html"] == "error page"


@pytest.mark.parametrize(
    "piece",
    ["<h2><a href=a>b</a></h2>", "<article><h2>a</h2><a href=b></a>", "<div><h3><a href=a>b</a></h3>", "<ul><li>"],
)
def test_endless_lists_cost_linear_time(piece: str) -> None:
    small, large = (page.parse(f"<main>{piece * number}".encode(), "a.html", Log()) for number in (2_000, 20_000))
    lists.look(small, lists.region_of(small))
    with budget(seconds=2):
        lists.look(large, lists.region_of(large))
