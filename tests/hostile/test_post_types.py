"""Post types of plug-ins: private unless shown to be public, and what is personal stays so whatever its address says.

The names are those of well-known plug-ins. WordPress writes the address of an item by the registration of its type
(`get_post_permalink`): pretty for all that do not refuse rewrite rules, public or not; `?TYPE=slug` for those without
rules, but with a query var; `?post_type=TYPE&p=N` for those without either.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from converters.importers.wordpress.post_types import looks_personal
from converters.model.options import ReadOptions
from pipelines.run.carry import Options
from tests.exporters.jekyll.test_jekyll import jekyll, real
from tests.hostile.cases import case
from tests.hostile.test_privacy import read
from tests.support import Site, command, convert, hugo
from tests.wxr import export, item

RECORDS = """
edd_payment edd_log edd_discount edd_license edd_subscription give_payment give_subscription shop_order
shop_order_refund shop_subscription shop_webhook shop_coupon llms_order lp_order tutor_order tc_orders
tc_tickets_instances sfwd-transactions sfwd-essays sfwd-assignment mepr_transaction
wpcf7s flamingo_inbound flamingo_contact flamingo_outbound nf_sub feedback jetpack_form_response wpforms_entries
gf_entry elementor_cf_db happyforms-message mw-wp-form-data
tribe_rsvp_attendees tribe_tpp_orders tribe_tpp_attendees tribe_wooticket tec_tc_order tec_tc_attendee
mep_events_attendees event_magic_tickets tix_attendee attendee eo_booking
wc_booking mphb_booking mphb_payment wpbs-booking rtb-booking sln_booking hb_booking awebooking booking bookly
job_application noo_resume resume candidate applicant awsm_job_application
wpas_ticket wpsc_ticket ticket_reply kbs_ticket fep_message message user_message private_message wpum_message ticket
inbound-lead wpl-lead zerobs_customer subscriber newsletter_subscriber
wp_log wpdm_log dlm_log user_log email_log activity_log gamipress-log mc4wp_log
wc_user_membership rcp_membership mepr_member wpdmpro_member badgeos_submission quiz_result qmn_quiz_result
pronamic_payment charitable_donation donation leyka_donor wpi_invoice sliced_invoice si_invoice
user_request gdpr_request lmfwc_license api_key db_backup um_private
""".split()
"""Types that hold records about people, or what only their owner was to see."""

FURNITURE = """
wpcf7_contact_form wpforms um_form forminator_forms mc4wp-form popup popup_theme hustle_module elementor_library
et_pb_layout fl-builder-template bp-email es_template mailpoet_email code-snippet wpcode cartflows_flow simple-pay
acf-field-group acf-field wp_template wp_global_styles wp_navigation custom_css customize_changeset oembed_cache
scheduled-action amn_exact-metrics nav_menu_secret product_variation advanced_ads amp_validated_url
""".split()
"""What a site was made of."""

UNKNOWN = """
tablepress_table newsletter foogallery ml-gallery rank_math_schema polylang_strings wprm_recipe tasty_recipe
cooked_recipe_note sp_wpcarousel wp_show_posts blockmeister_pattern omapi spectra_thing oik_shortcode wpb_ea acme_zebra
""".split()
"""Types that no table calls public or a record: what their address says counts."""

GATED = "sfwd-lessons sfwd-topic sfwd-quiz llms_lesson lp_lesson lesson mpcs-lesson cuar_private_page lp_quiz".split()
PUBLIC = """
product tribe_events tribe_venue download job_listing forum topic reply sfwd-courses jetpack-portfolio
jetpack-testimonial give_forms portfolio recipe docs podcast testimonial team project event
""".split()

SITE = "https://old.example"
NO_PAGE = {
    "plain": SITE + "/?post_type={type}&p={id}",
    "query": SITE + "/?{type}={slug}",
    "number": SITE + "/?p={id}",
    "front": SITE + "/",
    "another": SITE + "/my-account/orders/",
    "admin": SITE + "/wp-admin/post.php/{slug}",
    "admin-edit": SITE + "/wp-admin/post.php?post={id}&action=edit",
    "elsewhere": "https://other.example/{type}/{slug}/",
    "like-the-host": "https://old.example.evil.example/{type}/{slug}/",
    "user-before-host": "https://old.example@evil.example/{type}/{slug}/",
    "file": SITE + "/wp-content/uploads/{slug}",
    "api": SITE + "/wp-json/wp/v2/{slug}",
    "slug-before": SITE + "/{slug}/edit/",
    "slug-in-query": SITE + "/view/?item={slug}",
    "pretty-with-id": SITE + "/{type}/{slug}/?post_type={type}&p={id}",
    "fragment": SITE + "/#/{type}/{slug}/",
    "none": "",
    "no-address": "http://[/{slug}/",
    "account": SITE + "/my-account/view-order/{slug}/",
    "account-number": SITE + "/en/my-account/view-order/{id}/",
    "preview": SITE + "/{type}/{slug}/?preview=true",
}
"""Addresses on a site with pretty permalinks that show no page of the item's own."""
PRETTY = SITE + "/{type}/{slug}/"


def link_of(form: str, type: str, id: int, slug: str) -> str:
    return form.format(type=type, id=id, slug=slug)


def typed(id: int, type: str, form: str, **fields: Any) -> str:
    slug = f"secretslug{id}z"
    given = {
        "slug": slug,
        "title": f"secrettitle{id}z",
        "content": f"secrettext{id}z",
        "excerpt": f"secretexcerpt{id}z",
    }
    return item(id, type=type, link=link_of(form, type, id, slug), **(given | fields))


def attachment(id: int, parent: int) -> str:
    address = f"{SITE}/wp-content/uploads/secretfile{id}z.pdf"
    return item(id, type="attachment", parent=parent, slug=f"secretfile{id}z", title=f"secretfile{id}z", url=address)


def plugins_export(form: str) -> str:
    """Every type once with an address of this form, each with an attached file, an entry of the menu and a link."""
    items = [item(1, title="PUBLICtitle", slug="open", content="PUBLICtext")]
    for id, type in enumerate((*RECORDS, *FURNITURE), 100):
        meta = {"email": f"secretmeta{id}z@x.example"}
        comments = [{"id": id, "author": f"secretauthor{id}z", "content": f"secretcomment{id}z", "approved": 1}]
        terms = [("category", f"secretterm{id}z", f"secretterm{id}z")]
        items.append(typed(id, type, form, meta=meta, comments=comments, terms=terms))
        items.append(attachment(id + 1000, id))
        entry = {"_menu_item_type": "post_type", "_menu_item_object": type, "_menu_item_object_id": str(id)}
        items.append(item(id + 2000, type="nav_menu_item", title="", terms=[("nav_menu", "m", "M")], meta=entry))
    return export(*items)


SECRET = re.compile(r"secret[a-z]+\d+z")


def secrets(text: str) -> set[str]:
    return set(SECRET.findall(text))


def converted(tmp_path: Path, *items: str, **options: Any) -> Site:
    given = Options("wordpress", "json", ReadOptions(**options))
    return convert(tmp_path, export(item(1, slug="open"), *items), options=given)


def statuses(site: Site) -> dict[str, str]:
    """id -> the status an item has now, or `left out`."""
    found = {row["id"]: "left out" for row in site.report["items"] if row["outcome"] == "left out"}
    for name in ("feed.json", "not-public.json"):
        path = site.folder / name
        rows = json.loads(path.read_text())["items"] if path.exists() else ()
        found |= {row["id"]: row["_postferry"]["status"] for row in rows}
    return found


of_types = case(
    "privacy-post-types",
    "a hundred types of plug-ins that hold records, templates or forms, published, with every form of address",
    "no page, file, redirect, menu entry or link of them in the built site",
)


@of_types
@pytest.mark.hugo
@pytest.mark.parametrize("form", ["plain", "pretty"])
def test_privacy_plugin_types(tmp_path: Path, form: str) -> None:
    (tmp_path / "export.xml").write_text(plugins_export({"plain": NO_PAGE["plain"], "pretty": PRETTY}[form]))
    done = command("export.xml", "-o", "site", "--redirects", "netlify,nginx,apache,html", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert secrets(done.stderr) == set()
    built = read(hugo(tmp_path / "site"))
    assert "PUBLICtext" in built
    assert secrets(built) == set()
    assert secrets(read(tmp_path / "site/static")) == set()
    names = " ".join(str(path.relative_to(tmp_path)) for path in (tmp_path / "site/public").rglob("*"))
    assert secrets(names) == set()
    assert not [type for type in (*RECORDS, *FURNITURE) if f"/{type}/" in names]


@of_types
@pytest.mark.system
@real
def test_privacy_plugin_types_in_jekyll(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(plugins_export(PRETTY))
    done = command("export.xml", "--to", "jekyll", "-o", "site", "--redirects", "netlify,nginx,apache", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    built = jekyll(tmp_path / "site")
    assert "PUBLICtext" in read(built)
    assert secrets(read(built)) == set()
    names = " ".join(str(path.relative_to(built)) for path in built.rglob("*"))
    assert secrets(names) == set()
    assert not [type for type in (*RECORDS, *FURNITURE) if f"{type}/" in names]


@of_types
@pytest.mark.parametrize("form", [*NO_PAGE.values(), PRETTY], ids=[*NO_PAGE, "pretty"])
def test_private_plugin_records(tmp_path: Path, form: str) -> None:
    given = enumerate((*RECORDS, *FURNITURE), 100)
    site = converted(tmp_path, *(typed(id, type, form) for id, type in given))
    assert set(statuses(site).values()) <= {"published", "left out", "draft"}
    assert [id for id, status in statuses(site).items() if status == "published"] == ["1"]


@of_types
def test_records_are_in_no_file(tmp_path: Path) -> None:
    """Not even as drafts, and not by their titles in the report, where their type is in the table."""
    site = converted(tmp_path, *(typed(id, type, PRETTY) for id, type in enumerate(RECORDS, 100)))
    kept = {100 + number for number, type in enumerate(RECORDS) if looks_personal(type)}
    there = {int(word[10:-1]) for word in secrets(read(site.folder)) if word.startswith("secrettext")}
    assert there <= kept
    named = secrets(read(site.folder / ".postferry"))
    assert not [word for word in named if int(re.sub(r"\D", "", word)) not in kept]


@of_types
@pytest.mark.parametrize("form", NO_PAGE.values(), ids=NO_PAGE)
def test_unknown_types_without_a_page_are_drafts(tmp_path: Path, form: str) -> None:
    site = converted(tmp_path, *(typed(id, type, form) for id, type in enumerate(UNKNOWN, 100)))
    found = statuses(site)
    assert {found[str(id)] for id, _ in enumerate(UNKNOWN, 100)} <= {"draft", "left out"}
    assert "secret" not in (site.folder / "feed.json").read_text()
    said = site.outcome.account
    assert sum(said.withheld.values()) + sum(said.left_out.values()) == len(UNKNOWN)


def test_unknown_types_with_pages_are_public(tmp_path: Path) -> None:
    site = converted(tmp_path, *(typed(id, type, PRETTY) for id, type in enumerate(UNKNOWN, 100)))
    assert set(statuses(site).values()) == {"published"}


@pytest.mark.parametrize("form", [PRETTY, ""], ids=["pretty", "none"])
def test_public_types_stay_public(tmp_path: Path, form: str) -> None:
    site = converted(tmp_path, *(typed(id, type, form) for id, type in enumerate(PUBLIC, 100)))
    assert set(statuses(site).values()) == {"published"}
    assert site.outcome.account.withheld == {}


def test_public_types_that_refused_an_address(tmp_path: Path) -> None:
    """Plain names that a theme may have registered for its own use; those of one plug-in alone are beyond doubt."""
    forms = [NO_PAGE["query"], NO_PAGE["plain"]]
    types = ("testimonial", "wpsl_stores", "product", "topic")
    items = [(id, type, form) for id, (type, form) in enumerate(((t, f) for t in types for f in forms), 2)]
    site = converted(tmp_path, *(typed(*row) for row in items))
    assert {type for id, type, _ in items if statuses(site)[str(id)] == "published"} == {"product", "topic"}


@pytest.mark.parametrize("type", GATED)
def test_what_is_for_members_is_a_draft(tmp_path: Path, type: str) -> None:
    site = converted(tmp_path, typed(2, type, PRETTY))
    assert statuses(site)["2"] == "draft"
    assert site.notices("type.gated")


LOOKS = {
    "acme_payment": "draft", "acme-orders": "draft", "wporders": "draft", "captains_log": "draft", "maillog": "draft",
    "acme_form_entry": "draft", "my-submissions": "draft", "roombookings": "draft", "eventattendees": "draft",
    "support-tickets": "draft", "customer": "draft", "patient_file": "draft", "cv": "draft", "acme_gdpr": "draft",
    "api_token": "draft", "sms_message": "draft", "Acme_Payment": "draft",
    "blog": "published", "vlog": "published", "catalog": "published", "border": "published", "country": "published",
    "customer-story": "published", "acme_zebra": "published", "gallery-item": "published",
}  # fmt: skip
"""What an item becomes whose type is only known by its name, with a pretty address; without one, none is public."""


@case("privacy-type-names", "a type nobody knows, called `acme_payment`, with a pretty address", "a draft, and named")
@pytest.mark.parametrize("type", LOOKS)
def test_names_that_look_personal(tmp_path: Path, type: str) -> None:
    site = converted(tmp_path, typed(2, type, PRETTY), typed(3, type, NO_PAGE["plain"]))
    found = statuses(site)
    assert found["2"] == LOOKS[type]
    assert found["3"] == ("left out" if LOOKS[type] == "draft" else "draft")
    assert "secrettitle3z" not in read(site.folder / ".postferry") or LOOKS[type] == "published"


TELLING: dict[str, dict[str, Any]] = {
    "mail in the title": {"title": "secretmail2z ann@mail.example"},
    "mail in the slug": {"slug": "ann@mail.example"},
    "billing": {"meta": {"_billing_phone": "1"}},
    "payer": {"meta": {"payer_id": "1"}},
    "address": {"meta": {"user_ip": "10.1.2.3"}},
    "payment": {"meta": {"_acme_payment_gateway": "x"}},
}


@case("privacy-type-fields", "items of a type nobody knows, with fields that only records have", "drafts, and named")
@pytest.mark.parametrize("fields", TELLING.values(), ids=TELLING)
def test_items_that_look_personal(tmp_path: Path, fields: dict[str, Any]) -> None:
    slug = fields.get("slug", "secretslug2z")
    site = converted(tmp_path, typed(2, "acme_zebra", f"{SITE}/zebra/{slug}/", **fields))
    assert statuses(site)["2"] == "draft"
    assert site.notices("type.looks-personal")


WRITTEN = ["Shop_Order", " shop_order ", "SHOP_ORDER", "shop_order\u200b", "edd_payment ", "Flamingo_Inbound"]


@case("privacy-type-spelling", "`Shop_Order`, `shop_order` with a space of no width", "the same type")
@pytest.mark.parametrize("type", WRITTEN)
def test_names_in_another_spelling(tmp_path: Path, type: str) -> None:
    site = converted(tmp_path, typed(2, type, PRETTY))
    assert statuses(site)["2"] == "left out"


def test_types_of_a_site_without_pretty_permalinks(tmp_path: Path) -> None:
    """There `?TYPE=slug` is the address of a page; its terms and what is scheduled come along, too."""
    items = [
        item(1, slug="a", link=f"{SITE}/?p=1"),
        item(5, type="page", slug="b", link=f"{SITE}/?page_id=5"),
        typed(2, "acme_zebra", NO_PAGE["query"], terms=[("category", "stripes", "Stripes")]),
        typed(3, "acme_zebra", NO_PAGE["plain"], status="future", date="2099-01-01 00:00:00"),
        typed(4, "acme_other", NO_PAGE["plain"]),
        typed(6, "acme_other", NO_PAGE["plain"], status="future", date="2099-01-01 00:00:00"),
        typed(7, "shop_order", NO_PAGE["query"]),
        typed(8, "acme_payment", NO_PAGE["query"]),
        typed(9, "acme_zebra", SITE + "/?acme_zebra=another"),
    ]
    site = convert(tmp_path, export(*items), options=Options("wordpress", "json"))
    found = statuses(site)
    assert {id: found[id] for id in "2346789"} == {
        "2": "published", "3": "future", "4": "draft", "6": "draft", "7": "left out", "8": "left out", "9": "draft",
    }  # fmt: skip
    assert site.outcome.account.withheld == {"acme_other": 2, "acme_zebra": 1}
    assert [notice["item"] for notice in site.notices("type.not-public")] == ["4", "6", "9"]
    assert [term["slug"] for term in json.loads(site.text("site.json"))["terms"]] == ["stripes"]


def test_scheduled_items_of_a_type_with_pages(tmp_path: Path) -> None:
    """WordPress writes a short link for them whatever their type; the type's other items say what it is."""
    scheduled = {"status": "future", "date": "2099-01-01 00:00:00"}
    plain = NO_PAGE["plain"]
    items = [typed(2, "acme_zebra", plain, **scheduled), typed(3, "acme_zebra", PRETTY)]
    items += [typed(4, "acme_other", plain, **scheduled), typed(5, "acme_other", plain)]
    found = statuses(converted(tmp_path, *items))
    assert {id: found[id] for id in "2345"} == {"2": "future", "3": "published", "4": "draft", "5": "draft"}


CLOSED: list[tuple[str, int, int, dict[str, str]]]
CLOSED = [("forum", 2, 0, {"status": "hidden"}), ("topic", 3, 2, {}), ("reply", 4, 3, {})]
BELOW: list[tuple[str, int, int, dict[str, str]]]
BELOW = [("forum", 5, 2, {}), ("topic", 6, 5, {}), ("forum", 7, 0, {}), ("topic", 8, 7, {}), ("reply", 9, 8, {})]


@case("privacy-closed-forum", "topics and replies, published, below a forum that is hidden", "not public")
@pytest.mark.parametrize("order", [1, -1], ids=["in order", "backwards"])
def test_what_is_below_a_closed_forum(tmp_path: Path, order: int) -> None:
    rows = (CLOSED + BELOW)[::order]
    site = converted(tmp_path, *(typed(id, type, PRETTY, parent=parent, **more) for type, id, parent, more in rows))
    found = statuses(site)
    assert [id for id in "235678" if found[id] == "published"] == ["7", "8"]
    assert found.keys().isdisjoint("49"), "replies are parts of their topics"
    public = (site.folder / "feed.json").read_text()
    assert "secrettext9z" in public
    assert "secrettext4z" not in public


def test_types_the_user_names(tmp_path: Path) -> None:
    """Records that are asked for by name are drafts; what is said to be public is, but for records."""
    items = [typed(2, "edd_payment", PRETTY), typed(3, "captains_log", PRETTY)]
    items += [
        typed(4, "acme_zebra", NO_PAGE["plain"]),
        typed(5, "lesson", PRETTY),
        typed(6, "elementor_library", PRETTY),
    ]
    types = ("post", "edd_payment", "captains_log", "acme_zebra", "lesson", "elementor_library")
    named = converted(tmp_path, *items, types=types)
    assert {id: statuses(named)[id] for id in "23456"} == dict.fromkeys("23456", "draft")
    (tmp_path / "more").mkdir()
    public = converted(tmp_path / "more", *items, public_types=types)
    found = statuses(public)
    assert {id: found[id] for id in "23456"} == {
        "2": "draft", "3": "published", "4": "published", "5": "published", "6": "draft",
    }  # fmt: skip


def test_the_command_names_them(tmp_path: Path) -> None:
    items = [typed(2, "acme_zebra", NO_PAGE["plain"]), typed(3, "acme_payment", NO_PAGE["plain"])]
    (tmp_path / "export.xml").write_text(export(item(1), *items))
    done = command("export.xml", "-o", "site", cwd=tmp_path)
    assert "nothing shows that everybody could see such items: acme_zebra 1; --public-types" in done.stderr
    assert "look like records about people: acme_payment 1" in done.stderr
    looked = command("inspect", "export.xml", cwd=tmp_path)
    assert "Post types that nothing shows to have been public: acme_payment 1, acme_zebra 1." in looked.stdout
    again = command("export.xml", "-o", "other", "--public-types", "acme_zebra", "--log-format", "json", cwd=tmp_path)
    summary = json.loads(again.stderr.splitlines()[-1])
    assert (summary["not_public_types"], summary["record_types"]) == ({}, {"acme_payment": 1})
    assert summary["not_public"] == {}


def author(id: int, login: str) -> str:
    return (
        f"<wp:author><wp:author_id>{id}</wp:author_id><wp:author_login>{login}</wp:author_login>"
        f"<wp:author_display_name>{login}</wp:author_display_name></wp:author>"
    )


def term(taxonomy: str, name: str) -> str:
    return (
        f"<wp:term><wp:term_id>1</wp:term_id><wp:term_taxonomy>{taxonomy}</wp:term_taxonomy>"
        f"<wp:term_slug>{name}</wp:term_slug><wp:term_name>{name}</wp:term_name></wp:term>"
    )


@case("privacy-customers", "customers, who are authors of their orders, and groups of customers", "no page names them")
@pytest.mark.hugo
@pytest.mark.parametrize("type", ["shop_order", "acme_payment", "acme_zebra"])
def test_no_page_names_customers(tmp_path: Path, type: str) -> None:
    head = author(7, "secretann7z") + author(8, "bob") + author(9, "carl")
    head += term("customer_group", "secretgroup7z") + term("pattern", "stripes")
    groups = [("customer_group", "secretgroup7z", "secretgroup7z"), ("pattern", "stripes", "stripes")]
    items = [
        item(1, slug="open", author="bob", content="PUBLICtext", terms=[("pattern", "stripes", "stripes")]),
        typed(7, type, NO_PAGE["plain"], author="secretann7z", terms=groups),
        typed(8, type, NO_PAGE["plain"], author="bob", terms=groups),
        item(9, status="draft", author="carl"),
    ]
    site = convert(tmp_path, export(*items, head=head))
    built = hugo(site.folder)
    assert secrets(read(built)) == set()
    assert secrets(" ".join(map(str, built.rglob("*")))) == set()
    assert {"ada", "bob", "carl"} <= {path.name for path in (built / "author").iterdir()}
    assert (built / "pattern/stripes/index.html").exists()


def test_links_and_menus_to_them_are_named(tmp_path: Path) -> None:
    entry = {"_menu_item_type": "post_type", "_menu_item_object": "acme_zebra", "_menu_item_object_id": "2"}
    whole = {"_menu_item_type": "post_type_archive", "_menu_item_object": "acme_zebra", "_menu_item_object_id": "-1"}
    menu = [("nav_menu", "m", "M")]
    content = f'<a href="{SITE}/?p=2">a</a> <a href="{SITE}/captains_log/secretslug3z/">b</a>'
    items = [
        item(1, slug="open", content=content),
        typed(2, "acme_zebra", NO_PAGE["plain"]),
        typed(3, "captains_log", PRETTY),
        item(10, type="nav_menu_item", title="Zebra", terms=menu, meta=entry),
        item(11, type="nav_menu_item", title="Zebras", terms=menu, meta=whole),
    ]
    for target in ("hugo", "jekyll"):
        (tmp_path / target).mkdir()
        site = convert(tmp_path / target, export(*items), options=Options("wordpress", target))
        assert [notice["what"] for notice in site.notices("menu.missing")] == ["Zebra", "Zebras"]
        missing = [notice["what"] for notice in site.notices("link.missing")]
        assert missing == [f"{SITE}/?p=2", f"{SITE}/captains_log/secretslug3z/"]


@pytest.mark.parametrize("root", ["", "/blog", "/a/b"])
def test_sites_in_folders_and_other_forms_of_benign_addresses(tmp_path: Path, root: str) -> None:
    base = f"https://old.example{root}"
    forms = [
        "{base}/zebra/s2/",
        "http://www.old.example{root}/zebra/s3/",
        "{base}/zebra/above/s4/",
        "{base}/zebra/s5.html",
    ]
    forms += ["{base}/zebra/6/", "{base}/fr/zebra/s7/?lang=fr", "{base}/%E3%81%82/", "{base}/index.php/zebra/s9/"]
    slugs = ["s2", "s3", "s4", "s5", "s6", "s7", "%e3%81%82", "s9"]
    items = [
        item(id, type="acme_zebra", slug=slug, link=form.format(base=base, root=root))
        for id, (slug, form) in enumerate(zip(slugs, forms, strict=True), 2)
    ]
    text = export(item(1, link=f"{base}/open/"), *items).replace("https://old.example<", f"{base}<")
    site = convert(tmp_path, text, options=Options("wordpress", "json"))
    assert set(statuses(site).values()) == {"published"}


@of_types
@pytest.mark.parametrize("type", ["shop_order", "acme_payment", "job_application"])
def test_the_report_tells_nothing_of_records(tmp_path: Path, type: str) -> None:
    """In the trash, broken, or as files that hang on one: no title, no name of a file."""
    broken = typed(20, type, NO_PAGE["plain"]).replace("</title>", "</title").replace("</link>", "<![CDATA[<")
    file = f"{SITE}/wp-content/uploads/secretcv9z.pdf"
    items = [
        typed(2, type, NO_PAGE["plain"]),
        typed(3, type, NO_PAGE["plain"], status="trash"),
        item(9, type="attachment", parent=2, title="secretcv9z", slug="secretcv9z", url=file),
        broken,
    ]
    for target in ("hugo", "json"):
        (tmp_path / target).mkdir()
        site = convert(tmp_path / target, export(item(1), *items), options=Options("wordpress", target))
        assert secrets(read(site.folder)) == set()
        assert len(site.report["items"]) == 5


KINDS = {"note": False, "order_note": False, "edd_payment_note": False, "action_log": False, "review": True, "": True}


@case("privacy-comment-types", "approved notes of editors and shops among the comments", "not shown")
@pytest.mark.parametrize("kind", KINDS)
def test_notes_are_no_comments(tmp_path: Path, kind: str) -> None:
    comments = [{"id": 1, "approved": 1, "type": kind, "author": "Ann", "content": "secretnote1z"}]
    site = convert(tmp_path, export(item(1, comments=comments)))
    assert ("secretnote1z" in read(site.folder)) is KINDS[kind]
    assert bool(site.notices("comments.skipped")) is not KINDS[kind]
