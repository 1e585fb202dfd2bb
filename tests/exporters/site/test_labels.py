"""Terms and authors of one name are told apart in front matter, whatever the target."""

from __future__ import annotations

from pathlib import Path

import pytest

from converters.exporters.hugo.names import LABELS as HUGO
from converters.exporters.site.subterms import SubTerms
from converters.frontmatter.labels import PLAIN, Labels
from converters.model import Author, Language, Site, Term
from pipelines.run.carry import Options
from pipelines.run.convert import Job
from pipelines.verify.disk import look
from tests.support import convert
from tests.wxr import cdata, export, item

TARGETS = {"hugo": "content/posts", "jekyll": "_posts", "markdown": "posts"}


def labels(of: Labels, *terms: Term, languages: tuple[Language, ...] = ()) -> list[str]:
    site = Site(terms=terms, languages=languages)
    return [of.term(term, site) for term in terms]


def category(slug: str, name: str, parent: str = "", taxonomy: str = "category", language: str = "") -> Term:
    return Term(taxonomy, slug, name, parent=parent, language=language)


@pytest.mark.parametrize(
    ("terms", "hugo", "plain"),
    [
        (  # the slug of the name keeps it, whatever the order
            (category("a-news", "News", "a"), category("a", "A"), category("news", "News")),
            ["News (A)", "A", "News"],
            ["News (A)", "A", "News"],
        ),
        (  # two below parents, none with the plain slug
            (
                category("sw-a", "Software", "a"),
                category("a", "A"),
                category("sw-b", "Software", "b"),
                category("b", "B"),
            ),
            ["Software", "A", "Software (B)", "B"],
            ["Software", "A", "Software (B)", "B"],
        ),
        ((category("news", "News"), category("news-2", "NEWS")), ["News", "NEWS (news-2)"], ["News", "NEWS"]),
        ((category("x-2", "X y"), category("x", "x-Y")), ["X y (x-2)", "x-Y"], ["X y", "x-Y"]),
        ((category("c", "C++"), category("c-2", "C#"), category("c-3", "C")), ["C++", "C#", "C"], ["C++", "C#", "C"]),
        ((category("a", "Same"), category("a", "Same", taxonomy="genre")), ["Same", "Same"], ["Same", "Same"]),
        (  # a label is no name that another term has
            (category("n", "N"), category("n-2", "N"), category("other", "N (n-2)")),
            ["N", "n-2", "N (n-2)"],
            ["N", "n-2", "N (n-2)"],
        ),
        ((category("dots", "..."), category("sl", "/x/")), ["... (dots)", "sl"], ["...", "/x/"]),
        ((category("s-1", "ΝΈΑΣ"), category("s-2", "νέας")), ["ΝΈΑΣ", "νέας"], ["ΝΈΑΣ", "νέας"]),
    ],
)
def test_terms_of_one_name(terms: tuple[Term, ...], hugo: list[str], plain: list[str]) -> None:
    assert labels(HUGO, *terms) == hugo
    assert labels(PLAIN, *terms) == plain


def test_languages_have_terms_of_their_own() -> None:
    terms = (category("sport", "Sport", language="en"), category("sport-fr", "Sport", language="fr"))
    assert labels(HUGO, *terms, languages=(Language("en", "English"), Language("fr", "Français"))) == ["Sport", "Sport"]


def test_authors_of_one_name() -> None:
    site = Site(authors=(Author("1", "anna", "Anna"), Author("2", "anna.b", "Anna"), Author("3", "c", "ANNA")))
    assert [HUGO.author(login, site) for login in ("anna", "anna.b", "Anna-B", "c", "none")] == [
        "Anna",
        "Anna (anna-b)",
        "Anna (anna-b)",
        "ANNA (c)",
        "none",
    ]
    assert PLAIN.author("c", site) == "ANNA"


def test_many_of_one_name_take_no_time() -> None:
    terms = (*(category(f"n-{number}", "N", "p") for number in range(20_000)), category("p", "P"))
    assert len(set(labels(HUGO, *terms))) == 20_001


def test_terms_below() -> None:
    terms = (category("a", "A"), category("b", "B", "a"), category("c", "C", "b"), category("d", "D", "nowhere"))
    circle = (category("x", "X", "y"), category("y", "Y", "x"))
    below = SubTerms(Site(terms=(*terms, *circle)), PLAIN)
    assert [below.of(term) for term in terms] == [["B", "C"], ["C"], [], []]
    assert [below.of(term) for term in circle] == [["Y"], ["X"]]


def declared(slug: str, name: str, parent: str = "", description: str = "") -> str:
    return (
        f"<wp:category><wp:category_nicename>{slug}</wp:category_nicename><wp:category_parent>{parent}</wp:category_parent>"
        f"<wp:cat_name>{cdata(name)}</wp:cat_name><wp:category_description>{cdata(description)}</wp:category_description>"
        "</wp:category>"
    )


SAME_NAMES = export(
    item(1, slug="one", terms=[("category", "news", "News")]),
    item(2, slug="two", terms=[("category", "events-news", "News")]),
    item(3, slug="both", terms=[("category", "news", "News"), ("category", "events-news", "News")]),
    item(4, slug="bare", terms=[("category", "", "News"), ("post_tag", "", "Left alone")]),
    head=declared("news", "News", description="The news")
    + declared("events", "Events")
    + declared("events-news", "News", "events", "News of events"),
)


@pytest.mark.parametrize("target", TARGETS)
def test_same_name_terms(tmp_path: Path, target: str) -> None:
    site = convert(tmp_path, SAME_NAMES, options=Options("wordpress", target))
    dated = "2021-03-04-" if target == "jekyll" else ""
    found = {
        slug: site.front(f"{TARGETS[target]}/{dated}{slug}.md")["categories"] for slug in ("one", "two", "both", "bare")
    }
    assert found == {"one": ["News"], "two": ["News (Events)"], "both": ["News", "News (Events)"], "bare": ["News"]}
    assert [(notice["what"], notice["new"]) for notice in site.notices("term.renamed")] == [("News", "News (Events)")]


@pytest.mark.parametrize("target", TARGETS)
def test_the_check_knows_the_labels(tmp_path: Path, target: str) -> None:
    options = Options("wordpress", target)
    site = convert(tmp_path, SAME_NAMES, options=options)
    found = look(Job((str(tmp_path / "export.xml"),), str(site.folder), options))
    assert found.figures == {"identical": 4}
