"""Taxonomies and custom fields called like fields of the target, like one another, or nearly: nothing vanishes.

One export has a taxonomy and a custom field of every name that means something to a target, to Hugo or to Jekyll. It is
carried to each target and built by the real ones.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from converters.exporters.hugo import names as hugo_names
from converters.exporters.hugo.keys import KEYS as HUGO
from converters.exporters.hugo.keys import field_keys
from converters.exporters.jekyll import names as jekyll_names
from converters.exporters.jekyll.keys import KEYS as JEKYLL
from converters.exporters.site.taxonomies import taxonomy_keys
from converters.frontmatter import keys
from converters.importers.wordpress.item import TAXONOMY_SKIPPED
from converters.model import Post, Site, Term
from converters.model.notices import Log
from converters.verify.front import compare_terms
from pipelines.run.carry import Options
from pipelines.run.convert import Job
from pipelines.verify.disk import look
from tests.exporters.jekyll.test_jekyll import jekyll, page_at, real
from tests.hostile.cases import case
from tests.support import Site as Made
from tests.support import convert, hugo
from tests.wxr import export, item

MODEL = [*Post.__struct_fields__, *Site.__struct_fields__, *Term.__struct_fields__]
MORE = """_build author build cascade category comments content custom dates draft excerpt feed file files format image
images kind language last_modified_at layout locale menu menus name next noindex output outputs page pages path
permalink permalinks posts previous published redirect_from redirect_to robots section seo series sitemap site
summary tag taxonomies taxonomy term terms toc twitter twitter_card type url urls videos weight writer""".split()
ALIKE = """genre Genre GENRE my-tax my_tax my.tax tags_terms title_terms title_terms_2 categories categories_terms ſet
set K k a__b a--b a-b""".split()
NAMES = list(dict.fromkeys([*(row.key for row in (*HUGO.rows, *JEKYLL.rows)), *MODEL, *MORE, *ALIKE]))
TAXONOMIES = [name for name in NAMES if name not in TAXONOMY_SKIPPED and name not in ("category", "post_tag", "tag")]
FIELDS = [name for name in NAMES if not name.startswith("_") and name not in ("enclosure", "keywords", "tags")]
CANONICAL = "https://other.example/here/"
FRONT = {"title": "The title", "description": "The description"}
TOLD = {
    "hugo": {**FRONT, "canonical": CANONICAL, "summary": "The excerpt", "weight": 7},
    "jekyll": {**FRONT, "canonical_url": CANONICAL, "excerpt": "The excerpt", "order": 7},
    "json": {"excerpt": "The excerpt", "order": 7},
}

same_names = case(
    "matter-same-names",
    "taxonomies and custom fields called like fields of the target, like one another, or nearly",
    "each keeps what it says under a key of its own, which is named; the check finds all of them",
)


def slug(name: str) -> str:
    return f"t-{NAMES.index(name)}"


def source() -> str:
    fields = {name: f"field {NAMES.index(name)}" for name in FIELDS}
    fields |= {"_yoast_wpseo_metadesc": FRONT["description"], "_yoast_wpseo_canonical": CANONICAL}
    fields |= {"enclosure": "https://old.example/a.mp3\n12\naudio/mpeg"}
    terms = [(name, slug(name), f"Term {NAMES.index(name)}") for name in TAXONOMIES]
    terms += [("category", "news", "News"), ("post_tag", "sea", "Sea")]
    return export(
        item(1, title=FRONT["title"], slug="one", terms=terms, meta=fields, excerpt="The excerpt", order=7),
        item(2, title="Two", slug="two", content="Nothing else."),
    )


@pytest.fixture(scope="module", params=["hugo", "jekyll", "json"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Made]:
    folder = tmp_path_factory.mktemp("same")
    return request.param, convert(folder, source(), options=Options("wordpress", request.param))


def front(target: str, made: Made) -> dict[str, Any]:
    if target == "json":
        details = next(
            item["_postferry"]
            for item in json.loads(made.text("feed.json"))["items"]
            if item["_postferry"]["slug"] == "one"
        )
        assert isinstance(details, dict)
        return details
    return made.front("content/posts/one.md" if target == "hugo" else "_posts/2021-03-04-one.md")


def listed(target: str, values: Mapping[str, Any]) -> dict[str, list[str]]:
    """Names of terms by key."""
    if target == "json":
        found: dict[str, list[str]] = {}
        for term in values["terms"]:
            found.setdefault(term["taxonomy"], []).append(term["name"])
        return found
    return {
        key: value
        for key, value in values.items()
        if isinstance(value, list) and any(str(one).startswith(("Term ", "News", "Sea")) for one in value)
    }


@same_names
def test_every_term_has_a_key_of_its_own(site: tuple[str, Made]) -> None:
    target, made = site
    found = listed(target, front(target, made))
    wanted = [f"Term {NAMES.index(name)}" for name in TAXONOMIES] + ["News", "Sea"]
    assert sorted(chain.from_iterable(found.values())) == sorted(wanted)
    assert [key for key, value in found.items() if len(value) > 1] == []
    assert len({key.casefold() for key in found}) == len(found) or target == "json"
    if target != "json":
        assert (found["categories"], found["tags"]) == (["News"], ["Sea"])


@same_names
def test_every_custom_field_is_there(site: tuple[str, Made]) -> None:
    target, made = site
    front_matter = front(target, made)
    params = front_matter["params"]
    assert sorted(params.values()) == sorted(f"field {NAMES.index(name)}" for name in FIELDS)
    if target == "hugo":  # which makes no difference between capital and small letters, nor between fields and its own
        assert len({key.casefold() for key in params}) == len(params)
        assert not {key.casefold() for key in params} & {key.casefold() for key in front_matter}


@same_names
def test_what_the_post_says_is_not_written_over(site: tuple[str, Made]) -> None:
    target, made = site
    front_matter = front(target, made)
    assert {key: front_matter[key] for key in TOLD[target]} == TOLD[target]
    assert len(front_matter["enclosures"]) == 1 and front_matter["enclosures"][0]["url"].endswith("a.mp3")


@same_names
def test_those_that_were_renamed_are_named(site: tuple[str, Made]) -> None:
    target, made = site
    renamed = {notice["what"]: notice["new"] for notice in made.notices("taxonomy.renamed")}
    fields = {notice["what"]: notice["new"] for notice in made.notices("field.renamed")}
    if target == "json":
        assert not renamed and not fields
        return
    front_matter, found = front(target, made), listed(target, front(target, made))
    assert renamed["title"] == "title_terms_3" and "title" in front_matter  # the two before it are taxonomies, too
    assert {"enclosures", "noindex"} <= renamed.keys()
    assert all(found[key] == [f"Term {NAMES.index(name)}"] for name, key in renamed.items())
    assert all(front_matter["params"][key] == f"field {NAMES.index(name)}" for name, key in fields.items())


@same_names
def test_the_check_finds_all_of_it(site: tuple[str, Made], tmp_path: Path) -> None:
    target, made = site
    job = Job((str(made.folder.parent / "export.xml"),), str(made.folder), Options("wordpress", target))
    assert look(job).figures == {"identical": 2}


@pytest.mark.hugo
@same_names
def test_hugo_builds_them_all(site: tuple[str, Made]) -> None:
    target, made = site
    if target != "hugo":
        pytest.skip("the other targets have tests of their own")
    listing = made.folder / "layouts" / "_default" / "single.html"
    listing.write_text(
        "{{ define `main` }}{{ range $name, $value := .Params }}[{{ $name }}={{ $value }}]{{ end }}"
        "{{ range $name, $value := .Site.Taxonomies }}({{ $name }}:{{ range $.GetTerms $name }}{{ .Title }}{{ end }})"
        "{{ end }}{{ end }}",
        encoding="utf-8",
    )
    built = hugo(made.folder)
    page = (built / "one" / "index.html").read_text(encoding="utf-8")
    missing = [name for name in FIELDS if f"=field {NAMES.index(name)}]" not in page]
    missing += [name for name in TAXONOMIES if f":Term {NAMES.index(name)})" not in page]
    assert missing == []
    assert "(tags:Sea)" in page and "(categories:News)" in page
    _old_addresses(built)


@pytest.mark.system
@real
@same_names
def test_jekyll_builds_them_all(site: tuple[str, Made]) -> None:
    target, made = site
    if target != "jekyll":
        pytest.skip("the other targets have tests of their own")
    _old_addresses(jekyll(made.folder))


def _old_addresses(built: Path) -> None:
    """The list of each term stands where it stood, and lists the post."""
    pages = {name: page_at(built, f"/{name}/{slug(name)}/") for name in TAXONOMIES}
    assert [name for name, page in pages.items() if not page.is_file()] == []
    assert [name for name, page in pages.items() if "The title" not in page.read_text(encoding="utf-8")] == []


@same_names
def test_a_taxonomy_that_is_left_out_is_found_by_the_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The exporter forgets one: the check is there to see that."""
    real_names = keys.term_names

    def forgetful(terms: Iterable[tuple[str, str]], of_taxonomies: Mapping[str, str]) -> dict[str, list[str]]:
        return {key: value for key, value in real_names(terms, of_taxonomies).items() if key != "genre"}

    text = export(item(1, terms=[("genre", "sea", "Sea"), ("mood", "calm", "Calm")]))
    monkeypatch.setattr(keys, "term_names", forgetful)
    made = convert(tmp_path, text)
    found = look(Job((str(tmp_path / "export.xml"),), str(made.folder), Options("wordpress", "hugo")))
    assert (found.figures, found.kinds) == ({"lost": 1}, {"front matter: genre": 1})


@same_names
@pytest.mark.parametrize("names", [hugo_names, jekyll_names])
def test_the_order_of_the_source_decides_nothing(names: Any) -> None:
    terms = tuple(Term(name, "a", "A") for name in TAXONOMIES)
    found = names.TAXONOMIES.of(Site(terms=terms))
    assert names.TAXONOMIES.of(Site(terms=terms[::-1])) == found
    assert len({key.casefold() for key in found.values()}) == len(found)
    # those of drafts alone are part of no list of the site's terms
    assert names.TAXONOMIES.of(Site(terms=terms), ["MY_tax"])["MY_tax"] not in found.values()


def test_keys_by_themselves() -> None:
    found_keys = taxonomy_keys(["A", "a", "b_terms", "b"], {"post_tag": "tags"}, str.lower, {"b"}.__contains__)
    assert found_keys == {"post_tag": "tags", "a": "a", "A": "a_2", "b_terms": "b_terms", "b": "b_terms_2"}
    log = Log()
    found = field_keys({"Date": 1, "date": 2, "date_": 3, "c": {"x": 1, "X": 2}, "d": [{"y": 1}]}, {"date"}, log)
    assert found == {"Date__": 1, "date___": 2, "date_": 3, "c": {"x": 1, "X_": 2}, "d": [{"y": 1}]}
    assert {notice.what: notice.new for notice in log.notices} == {"X": "X_", "Date": "Date__", "date": "date___"}


def test_what_the_check_says_of_terms() -> None:
    assert list(compare_terms({"genre": ("a",)}, {"genre": ("a",), "mood": ()})) == []
    assert [found.lost for found in compare_terms({"genre": ("a", "b")}, {"genre": ("a",)})] == [True]
    assert [found.lost for found in compare_terms({"genre": ("a",)}, {"genre": ("a", "b")})] == [False]
    assert [found.kind for found in compare_terms({"genre": ("a",)}, {})] == ["front matter: genre"]
