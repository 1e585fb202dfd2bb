"""What was not public stays out of built sites, and what is personal out of everything: files, report, messages.

One export has a word of its own in every place where a secret may stand. It is carried to each target with the options
as they are, built with the real Hugo and Jekyll, and every byte and every name of a file is searched for the words.

Two kinds of words. *Hidden*: what stood in drafts, private, protected, pending and scheduled posts; it comes along in
the sources, marked so that nobody builds it, and the report names such a post by its title and its path. *Personal*:
passwords, e-mail addresses, IPs, what people wrote into forms, orders, comments nobody approved, hidden fields; it
comes along nowhere, but for hidden fields in those files of JSON that say in their names that they are not public.

What is public, as it was on the old site: names of authors, their logins in the addresses of their pages, names of
terms, and the title and address of a scheduled post in a menu that shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.hostile.cases import case
from tests.support import command, hugo
from tests.wxr import export, item

NOT_PUBLIC = {
    "draft": {"status": "draft"},
    "pending": {"status": "pending"},
    "private": {"status": "private"},
    "protected": {"password": "PERSONALpasswordZ"},
    "future": {"status": "future", "date": "2099-01-01 00:00:00"},
    "odd": {"status": "odd"},
    "page": {"status": "private", "type": "page"},
    "recipe": {"status": "draft", "type": "recipe"},
}
LEFT_OUT = {
    "trash": {"status": "trash"},
    "auto": {"status": "auto-draft"},
    "revision": {"type": "revision", "status": "inherit"},
    "feedback": {"type": "feedback"},
    "flamingo": {"type": "flamingo_inbound"},
    "contact": {"type": "flamingo_contact"},
    "submission": {"type": "nf_sub"},
    "entries": {"type": "wpforms_entries"},
    "order": {"type": "shop_order", "status": "wc-completed"},
    "refund": {"type": "shop_order_refund", "status": "wc-completed"},
    "subscription": {"type": "shop_subscription", "status": "wc-active"},
    "request": {"type": "user_request", "status": "request-pending"},
}


NAMED = ("trash", "auto", "revision")
"""What the report names by its title, since no stranger wrote it."""


def person(name: str) -> dict[str, str]:
    """What an export says of somebody who commented, all of it of no concern to others."""
    return {
        "author_email": f"PERSONALmail{name}Z@mail.example",
        "author_IP": "10.111.222.33",
        "user_agent": f"PERSONALagent{name}Z",
        "user_id": "7777777",
    }


def comment(id: int, name: str, approved: str, words: str) -> dict[str, str]:
    fields = {"id": str(id), "content": words, "approved": approved, "author": f"Commenter {id}"}
    if approved != "1":
        fields |= {"author": f"PERSONALname{name}Z", "author_url": f"https://personalurl{name}z.example/"}
    return fields | person(name)


def closed(id: int, name: str, kind: str, fields: dict[str, str]) -> str:
    """An item with words of its own in all its fields. `kind` of words: HIDDEN or PERSONAL."""
    terms = [] if name == "future" else [("category", f"{kind}term{name}z".lower(), f"{kind}term{name}Z")]

    def word(place: str) -> str:
        return f"{kind}{place}{name}Z"

    given = {
        "title": word("title"),
        "slug": word("slug").lower(),
        "content": f"<p>{word('text')}</p><!--more--><p>{word('more')} [contact-form to='PERSONALto{name}Z@x.example']",
        "excerpt": word("excerpt"),
        "terms": terms,
        "meta": {
            "_wp_old_slug": word("oldslug").lower(),
            "field": word("field"),
            "_yoast_wpseo_metadesc": word("seo"),
            "_billing_email": f"PERSONALbilling{name}Z@x.example",
        },
        "comments": [comment(id, name, "1", word("comment")), comment(id + 1000, name, "0", f"PERSONALheld{name}Z")],
        "author": "secretive",
    }
    return item(id, **(given | fields))


def picture(id: int, parent: int, name: str) -> str:
    return item(
        id,
        type="attachment",
        parent=parent,
        title=f"HIDDENpicture{name}Z",
        slug=f"hiddenpictureslug{name}z",
        content=f"HIDDENpicturetext{name}Z",
        excerpt=f"HIDDENcaption{name}Z",
        url=f"https://old.example/wp-content/uploads/2021/hiddenfile{name}z.jpg",
        meta={"_wp_attachment_image_alt": f"HIDDENalt{name}Z"},
    )


def open_post(drafts: list[int]) -> str:
    """A public post that touches everything that is not."""
    links = " ".join(f'<a href="https://old.example/?p={id}">link {id}</a>' for id in drafts)
    content = f"""<p>PUBLICtext {links}</p>
<!-- wp:block {{"ref":400}} /--> <!-- wp:block {{"ref":401}} /--> <!-- wp:block {{"ref":402}} /-->
<!-- wp:jetpack/contact-form {{"to":"PERSONALtoblockZ@x.example"}} -->
<div>PUBLICform</div>
<!-- /wp:jetpack/contact-form -->
[contact-form to="PERSONALtoZ@x.example" subject="Mail"][contact-field label="Name" type="name"/][/contact-form]
[membership level="1"]HIDDENmembersZ[/membership]
"""
    meta = {
        "_edit_last": "PERSONALeditlastZ",
        "_edit_lock": "1600000000:PERSONALeditlockZ",
        "_billing_email": "PERSONALbillingZ@x.example",
        "_wp_trash_meta_status": "PERSONALtrashedZ",
        "_customer_ip_address": "10.111.222.33",
        "_g_feedback_shortcode": "PERSONALfeedbackZ",
    }
    comments = [
        comment(1, "one", "1", "PUBLICcomment"),
        comment(2, "held", "0", "PERSONALheldZ"),
        comment(3, "spam", "spam", "PERSONALspamZ"),
        comment(4, "trash", "trash", "PERSONALtrashZ"),
    ]
    return item(1, title="PUBLICtitle", slug="open", content=content, meta=meta, comments=comments)


def hostile_export() -> str:
    items, drafts = [], []
    for number, (name, fields) in enumerate(NOT_PUBLIC.items(), 10):
        items.append(closed(number, name, "HIDDEN", dict(fields)))
        items.append(picture(number + 200, number, name))
        drafts += [number] * (name != "future")
    for number, (name, fields) in enumerate(LEFT_OUT.items(), 50):
        items.append(closed(number, name, "HIDDEN" if name in NAMED else "PERSONAL", dict(fields)))
        drafts.append(number)
    items += [
        item(400, type="wp_block", status="draft", content="<p>HIDDENblockdraftZ</p>", title="HIDDENtitleblockZ"),
        item(401, type="wp_block", status="private", content="<p>HIDDENblockprivateZ</p>"),
        item(402, type="wp_block", password="PERSONALblockpasswordZ", content="<p>HIDDENblockprotectedZ</p>"),
    ]
    entries = [(500, "draft", "HIDDENtitlemenuZ", 1), *((501 + id, "publish", "", id) for id in drafts)]
    for id, status, title, target in entries:
        meta = {"_menu_item_type": "post_type", "_menu_item_object": "post", "_menu_item_object_id": str(target)}
        terms = [("nav_menu", "main", "Main")]
        items.append(item(id, type="nav_menu_item", status=status, title=title, terms=terms, meta=meta))
    head = (
        "<wp:author><wp:author_id>2</wp:author_id><wp:author_login>secretive</wp:author_login>"
        "<wp:author_email>PERSONALauthormailZ@old.example</wp:author_email>"
        "<wp:author_display_name><![CDATA[An author of drafts]]></wp:author_display_name></wp:author>"
        "<wp:author><wp:author_id>3</wp:author_id><wp:author_login>login@old.example</wp:author_login>"
        "<wp:author_email>PERSONALloginmailZ@old.example</wp:author_email>"
        "<wp:author_display_name></wp:author_display_name></wp:author>"
    )
    by_mail = item(2, title="PUBLICbymail", slug="by-mail", author="login@old.example")
    by_nobody = item(3, title="PUBLICbynobody", slug="by-nobody", author="unknown@old.example")
    return export(open_post(drafts), by_mail, by_nobody, *items, head=head)


class Run(NamedTuple):
    folder: Path
    said: str


def carried(folder: Path, target: str) -> Run:
    """Carried with the options as they are; all that is said is kept, with all that can be asked for."""
    (folder / "export.xml").write_text(hostile_export(), encoding="utf-8")
    said = []
    for name, more in ((target, ("-v",)), ("again", ("--log-format", "json")), ("dry", ("--dry-run", "-v"))):
        done = command("export.xml", "--to", target, "-o", name, "--workers", "1", *more, cwd=folder)
        assert done.returncode == 0, done.stderr
        said += [done.stdout, done.stderr]
    return Run(folder / target, "".join(said))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    return {target: carried(tmp_path_factory.mktemp(target), target) for target in ("hugo", "jekyll", "json")}


SECRET = re.compile(r"[\w.+-]{1,64}@(?:old|mail|x)\.example|(?:hidden|personal)[a-y]{3,40}z|10\.111\.222\.33|7777777")


def secrets(text: str) -> set[str]:
    return set(SECRET.findall(text.lower()))


def found(folder: Path, *, without: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """(file, secret) for each in the names and bytes of the files, but those whose name begins so."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert len(files) > 3
    for path in files:
        name = path.relative_to(folder).as_posix()
        if not name.startswith(without or ("/",)):
            yield from ((name, word) for word in secrets(name) | secrets(path.read_bytes().decode("latin-1")))


def read(folder: Path) -> str:
    return "".join(path.read_text(encoding="utf-8", errors="replace") for path in folder.rglob("*") if path.is_file())


not_public = case(
    "report-not-public",
    "a word of its own in every field of drafts, private, protected, pending, scheduled and trashed posts",
    "in no byte of the built site",
)
personal = case(
    "report-personal",
    "passwords, e-mail addresses, IPs, form entries, orders, comments nobody approved, hidden fields",
    "in no file of the site, not in the report, not in what is printed or logged",
)


def test_there_are_secrets_everywhere() -> None:
    """The search finds what it is to find, in every kind of item and field."""
    words = secrets(hostile_export())
    assert len(words) > 250
    assert {"hiddentextdraftz", "personalmailheldz@mail.example", "7777777", "10.111.222.33"} <= words


@not_public
@personal
@pytest.mark.hugo
def test_what_hugo_builds(runs: dict[str, Run]) -> None:
    built = hugo(runs["hugo"].folder)
    assert "PUBLICtext" in read(built)
    assert "PUBLICcomment" in read(built)
    assert list(found(built)) == []


@not_public
@personal
@pytest.mark.system
@real
def test_what_jekyll_builds(runs: dict[str, Run]) -> None:
    built = jekyll(runs["jekyll"].folder)
    assert "PUBLICtext" in read(built)
    assert "PUBLICcomment" in read(built)
    assert list(found(built)) == []


NOT_PUBLISHED = ("not-public", ".postferry/")


@not_public
@personal
def test_public_files_of_json(runs: dict[str, Run]) -> None:
    """`site.json`, too: files of drafts are in a file of their own."""
    folder = runs["json"].folder
    assert "PUBLICtext" in (folder / "feed.json").read_text()
    assert list(found(folder, without=NOT_PUBLISHED)) == []
    apart = {word for name, word in found(folder) if name.startswith("not-public") and not word.startswith("hidden")}
    assert apart
    assert all(word == "10.111.222.33" or word.startswith("personalbilling") for word in apart), apart


@personal
@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
def test_what_is_personal_stands_in_no_file(runs: dict[str, Run], target: str) -> None:
    """Sources, data, configuration, the report, the state of the run."""
    every = list(found(runs[target].folder, without=("not-public", "public/")))
    assert [(name, word) for name, word in every if not word.startswith("hidden")] == []
    unwanted = [(name, word) for name, word in every if word.endswith(tuple(f"{name}z" for name in NAMED))]
    assert {name for name, _ in unwanted} <= {".postferry/report.html", ".postferry/report.json", ".postferry/state.db"}


@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
def test_the_report_names_closed_posts_and_quotes_nothing_of_them(runs: dict[str, Run], target: str) -> None:
    words = secrets((runs[target].folder / ".postferry/report.json").read_text(encoding="utf-8"))
    assert "hiddentitledraftz" in words
    quoted = [word for word in words if not word.startswith(("hiddentitle", "hiddenslug", "hiddenpicture"))]
    assert quoted == []


@not_public
@personal
@pytest.mark.parametrize("target", ["hugo", "jekyll", "json"])
def test_nothing_is_printed_or_logged(runs: dict[str, Run], target: str) -> None:
    assert "not public: 3 draft" in runs[target].said
    assert '"event": "summary"' in runs[target].said
    assert secrets(runs[target].said) == set()


@personal
@pytest.mark.hugo
def test_addresses_of_commenters_when_asked_for(tmp_path: Path) -> None:
    """They stand in data files of the sources then; start layouts show none."""
    (tmp_path / "export.xml").write_text(hostile_export(), encoding="utf-8")
    assert command("export.xml", "-o", "site", "--comments-private", cwd=tmp_path).returncode == 0
    places = {
        name.partition("/")[0] for name, word in found(tmp_path / "site") if word == "personalmailonez@mail.example"
    }
    assert places == {"data"}
    assert "personalmailonez@mail.example" not in {word for _, word in found(hugo(tmp_path / "site"))}
