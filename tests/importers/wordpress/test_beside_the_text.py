"""What pages show beside their text: replies, lists of forums, players, dates and places, prices, and typed fields."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipelines.run.carry import Options
from tests.importers.wordpress.test_companions import codes, picture
from tests.support import Site, convert
from tests.wxr import export, item, php


def page(tmp_path: Path, kind: str, *others: str, to: str = "hugo", **fields: Any) -> Site:
    """The site of one item of a post type, with the address of a page, and of others."""
    own = item(1, type=kind, slug="own", link=f"https://old.example/{kind}/own/", **fields)
    return convert(tmp_path, export(own, *others), options=Options("wordpress", to))


def forum_item(id: int, kind: str, parent: int, **fields: Any) -> str:
    link = f"https://old.example/forums/{kind}/{kind}-{id}/"
    return item(id, type=kind, parent=parent, link=fields.pop("link", link), **fields)


def thread(tmp_path: Path, *replies: str, status: str = "publish", to: str = "hugo") -> Site:
    forum = forum_item(60, "forum", 0, content="Say hello.", title="General")
    topic = forum_item(59, "topic", 60, content="Which ferry?", title="Which ferry?", status=status)
    inner = forum_item(62, "forum", 60, content="Inside.", title="Inner")
    return convert(tmp_path, export(forum, topic, inner, *replies), options=Options("wordpress", to))


def comments(site: Site, id: int = 59) -> list[dict[str, Any]]:
    loaded = yaml.safe_load(site.text(f"data/comments/{id}.yaml"))
    assert isinstance(loaded, list)
    return loaded


def test_bbpress_threads(tmp_path: Path) -> None:
    first = forum_item(61, "reply", 59, content="The blue one.", meta={"_bbp_topic_id": "59"})
    second = forum_item(63, "reply", 59, content="No!", meta={"_bbp_topic_id": "59", "_bbp_reply_to": "61"})
    guest = {"_bbp_topic_id": "59", "_bbp_anonymous_name": "Tom", "_bbp_anonymous_email": "tom@mail.example"}
    third = forum_item(64, "reply", 59, content='<img src="https://x.example/a.png" alt="A">', author="", meta=guest)
    other = item(7, content='<a href="https://old.example/forums/reply/reply-61/">said</a>', slug="other")
    site = thread(tmp_path, first, second, third, other)
    said = comments(site)
    assert [(one["id"], one.get("parent"), one["author"]) for one in said] == [
        ("post-61", None, "Ada L."),
        ("post-63", "post-61", "Ada L."),
        ("post-64", None, "Tom"),
    ]
    assert said[0]["body"] == "<p>The blue one.</p>"
    assert said[2]["body"] == '<p><a href="https://x.example/a.png">A</a></p>'
    assert "tom@mail.example" not in site.text("data/comments/59.yaml")
    assert site.body("content/forum/forum-60/_index.md").endswith("- [Which ferry?](/forums/topic/topic-59/)")
    assert "## Forums\n\n- [Inner](/forums/forum/forum-62/)" in site.body("content/forum/forum-60/_index.md")
    assert not site.files("content/reply/*")
    assert "/forums/reply/reply-61/" in site.front("content/topic/topic-59.md")["aliases"]
    assert "[said](/forums/topic/topic-59/)" in site.body("content/posts/other.md")
    assert site.outcome.account.used == {"part": 3}


def test_replies_in_other_targets(tmp_path: Path) -> None:
    site = thread(tmp_path, forum_item(61, "reply", 59, content="The blue one."), to="json")
    found = json.loads(site.text("feed.json"))["items"]
    said = [comment["body"] for one in found for comment in one["_postferry"].get("comments", ())]
    assert said == ["<p>The blue one.</p>"]


def test_a_closed_topic_can_be_read(tmp_path: Path) -> None:
    site = thread(tmp_path, forum_item(61, "reply", 59, content="Yes."), status="closed")
    assert "draft" not in site.front("content/topic/topic-59.md")
    assert len(comments(site)) == 1
    assert "status.unknown" not in codes(site)


def test_replies_that_nobody_saw_and_replies_to_nothing(tmp_path: Path) -> None:
    spam = forum_item(61, "reply", 59, content="Buy!", status="spam")
    alone = forum_item(65, "reply", 999, content="Alone.")
    site = thread(tmp_path, spam, alone)
    assert not (site.folder / "data/comments/59.yaml").exists()
    assert "Buy!" not in "".join(path.read_text() for path in site.folder.glob("content/**/*.md"))
    assert site.notices("comments.skipped")[0]["what"] == "1"
    assert site.body("content/reply/reply-65.md") == "Alone."


@pytest.mark.parametrize(
    ("question", "answer"), [("dwqa-question", "dwqa-answer"), ("question", "answer"), ("ap_question", "ap_answer")]
)
def test_questions_and_answers(tmp_path: Path, question: str, answer: str) -> None:
    said = [{"id": "5", "author": "Eve", "content": "Thanks.", "approved": "1"}]
    other = item(61, type=answer, parent=1, content="So.", link=f"https://old.example/?{answer}=x", comments=said)
    site = page(tmp_path, question, other, content="How?")
    assert [(one["id"], one.get("parent")) for one in comments(site, 1)] == [("post-61", None), ("5", "post-61")]
    assert site.outcome.account.used == {"part": 1}


PLAYER = '<figure><audio controls="" src="{}"></audio></figure>'
FIRST = "https://media.example/ep1.mp3"
POWERPRESS = f"{FIRST}\n123\naudio/mpeg\n" + php({"duration": "01:02:03"})


@pytest.mark.parametrize(
    ("content", "meta", "expected"),
    [
        ("Notes.\n\n[powerpress]", {"enclosure": POWERPRESS}, "Notes.\n\n" + PLAYER.format(FIRST)),
        ("Notes.", {"enclosure": POWERPRESS}, "Notes.\n\n" + PLAYER.format(FIRST)),
        ("Notes.", {"enclosure": f"{FIRST}\n123\naudio/mpeg\n"}, "Notes.\n\n" + PLAYER.format(FIRST)),
        ("Notes.", {"_extra:enclosure": f"{FIRST}\n1\naudio/mpeg"}, "Notes.\n\n" + PLAYER.format(FIRST)),
        ("Notes.", {"audio_file": "/a.mp3"}, PLAYER.format("/a.mp3") + "\n\nNotes."),
        ("[ss_player]\n\nNotes.", {"audio_file": "/a.mp3"}, PLAYER.format("/a.mp3") + "\n\nNotes."),
        (
            '<!-- wp:seriously-simple-podcasting/castos-html-player {"episodeId":"1"} /-->',
            {"audio_file": "/a.mp3"},
            PLAYER.format("/a.mp3"),
        ),
        (f'<a href="{FIRST}">Listen</a>', {"enclosure": f"{FIRST}\n1\naudio/mpeg\n"}, f"[Listen]({FIRST})"),
        (f'[audio src="{FIRST}"]', {"enclosure": POWERPRESS}, PLAYER.format(FIRST)),
        ("Notes.", {"enclosure": f"{FIRST}\n1\naudio/mpeg\n" + php({"no_player": 1})}, "Notes."),
        ('[powerpress url="https://x.example/2.mp3"]', {}, PLAYER.format("https://x.example/2.mp3")),
        ("[powerpress]", {}, "[powerpress]"),
    ],
)
def test_podcast_player(tmp_path: Path, content: str, meta: dict[str, str], expected: str) -> None:
    site = page(tmp_path, "podcast", content=content, meta=meta)
    assert site.body("content/podcast/own.md") == expected
    assert codes(site) == (["shortcode.left-out"] if expected == "[powerpress]" else [])


def test_an_episode_of_another_item(tmp_path: Path) -> None:
    episode = item(12, type="podcast", link="https://old.example/podcast/e/", meta={"audio_file": "/a.mp3"}, slug="e")
    hidden = item(13, type="podcast", status="private", meta={"audio_file": "/secret.mp3"}, slug="s")
    post = item(2, content="[podcast_episode episode=12]\n\n[podcast_episode episode=13]", slug="p")
    site = convert(tmp_path, export(post, episode, hidden))
    assert site.body("content/posts/p.md") == PLAYER.format("/a.mp3") + "\n\n[podcast_episode episode=13]"


def test_events(tmp_path: Path) -> None:
    venue = item(
        5,
        type="tribe_venue",
        title="Old Pier & Co",
        link="https://old.example/venue/old-pier/",
        slug="old-pier",
        meta={"_VenueAddress": "1 Quay St", "_VenueCity": "Riga", "_VenueCountry": "Latvia"},
    )
    organizer = item(6, type="tribe_organizer", title="The Crew", link="https://old.example/?tribe_organizer=crew")
    meta = {
        "_EventStartDate": "2024-05-04 10:00:00",
        "_EventEndDate": "2024-05-04 12:30:00",
        "_EventVenueID": "5",
        "_EventOrganizerID": "6",
        "_EventCost": "12",
        "_EventCurrencySymbol": "€",
        "_EventURL": "javascript:alert(1)",
    }
    site = page(tmp_path, "tribe_events", venue, organizer, content="Come.", meta=meta)
    assert site.body("content/tribe_events/own.md") == (
        "**Date:** 2024-05-04 10:00 – 12:30\\\n"
        "**Place:** [Old Pier & Co](/venue/old-pier/), 1 Quay St, Riga, Latvia\\\n"
        "**Organizer:** The Crew\\\n"
        "**Cost:** €12\n\nCome."
    )


@pytest.mark.parametrize(
    ("meta", "expected"),
    [
        ({"_EventStartDate": "2024-05-04 00:00:00", "_EventAllDay": "yes"}, "2024-05-04"),
        (
            {"_EventStartDate": "2024-05-04 00:00:00", "_EventEndDate": "2024-05-06 23:59:59", "_EventAllDay": "yes"},
            "2024-05-04 – 2024-05-06",
        ),
        (
            {"_EventStartDate": "2024-05-04 10:00:00", "_EventEndDate": "2024-05-05 02:00:00"},
            "2024-05-04 10:00 – 2024-05-05 02:00",
        ),
        ({"_EventStartDate": "soon", "_EventVenueID": "99"}, "soon"),
    ],
)
def test_when_an_event_is(tmp_path: Path, meta: dict[str, str], expected: str) -> None:
    site = page(tmp_path, "tribe_events", content="Come.", meta=meta)
    assert site.body("content/tribe_events/own.md") == f"**Date:** {expected}\n\nCome."


def test_events_of_events_manager(tmp_path: Path) -> None:
    place = item(
        5,
        type="location",
        title="Pier",
        slug="pier",
        link="https://old.example/locations/pier/",
        meta={"_location_id": "3", "_location_town": "Riga"},
    )
    meta = {
        "_event_start_date": "2024-05-04",
        "_event_end_date": "2024-05-04",
        "_event_start_time": "10:00:00",
        "_event_end_time": "11:00:00",
        "_location_id": "3",
    }
    body = page(tmp_path, "event", place, content="Come.", meta=meta).body("content/event/own.md")
    assert body.startswith("**Date:** 2024-05-04 10:00 – 11:00\\\n**Place:** [Pier](/locations/pier/), Riga")


@pytest.mark.parametrize(
    ("kind", "meta", "expected"),
    [
        (
            "product",
            {"_price": "12.50", "_regular_price": "12.50", "_sku": "BOAT-1"},
            "**Price:** 12.50\\\n**SKU:** BOAT-1",
        ),
        ("product", {"_price": "10", "_regular_price": "12.50"}, "**Price:** ~~12.50~~ 10"),
        ("product", {"_sku": "A <b>", "_price": ""}, "**SKU:** A"),
        ("download", {"edd_price": "9.00"}, "**Price:** 9.00"),
        ("download", {"edd_price": "0.00"}, ""),
    ],
)
def test_products(tmp_path: Path, kind: str, meta: dict[str, str], expected: str) -> None:
    body = page(tmp_path, kind, content="", meta=meta).body(f"content/{kind}/own.md")
    assert body.replace("<del>", "~~").replace("</del>", "~~") == expected


def test_pictures_and_price_range_of_a_product(tmp_path: Path) -> None:
    price = "<wp:postmeta><wp:meta_key>_price</wp:meta_key><wp:meta_value>{}</wp:meta_value></wp:postmeta>"
    raw = price.format("20") + price.format("9")
    site = page(tmp_path, "product", picture(), content="A boat.", meta={"_product_image_gallery": "91"}, raw=raw)
    body = site.body("content/product/own.md")
    assert body.startswith("**Price:** 9 – 20\n\nA boat.\n\n{{< gallery")
    assert "harbour.jpeg" in body


DEFINED = {
    "hero": "image",
    "pictures": "gallery",
    "open": "true_false",
    "size": "number",
    "day": "date_picker",
    "rows": "repeater",
    "rows_name": "text",
    "rows_photo": "image",
    "box": "group",
    "box_note": "text",
    "parts": "flexible_content",
    "parts_text": "wysiwyg",
    "more": "relationship",
}
FIELDS = {
    "hero": ("hero", "91"),
    "pictures": ("pictures", php(["91", "92"])),
    "open": ("open", "1"),
    "size": ("size", "12.5"),
    "day": ("day", "20240504"),
    "rows": ("rows", "2"),
    "rows_0_name": ("rows_name", "one"),
    "rows_0_photo": ("rows_photo", "91"),
    "rows_1_name": ("rows_name", "two"),
    "box": ("box", ""),
    "box_note": ("box_note", "inside"),
    "parts": ("parts", php(["quote", "text"])),
    "parts_0_text": ("parts_text", "<p>q</p>"),
    "parts_1_text": ("parts_text", "t"),
    "more": ("more", php(["2", "404"])),
    "rooms": ("", "7"),
}


def field_metas(fields: dict[str, tuple[str, str]]) -> dict[str, str]:
    found = {}
    for name, (key, value) in fields.items():
        found[name] = value
        if key:
            found[f"_{name}"] = f"field_{key}"
    return found


def test_fields_by_their_definitions(tmp_path: Path) -> None:
    definitions = [
        item(1000 + number, type="acf-field", slug=f"field_{key}", content=php({"type": kind}), link="")
        for number, (key, kind) in enumerate(DEFINED.items())
    ]
    other = item(2, slug="other", link="https://old.example/other/")
    site = page(
        tmp_path, "post", *definitions, other, picture(91), picture(92, "quay"), content="x", meta=field_metas(FIELDS)
    )
    uploads = "/wp-content/uploads/2021/03/"
    assert site.front("content/posts/own.md")["params"] == {
        "hero": f"{uploads}harbour.jpeg",
        "pictures": [f"{uploads}harbour.jpeg", f"{uploads}quay.jpeg"],
        "open": True,
        "size": 12.5,
        "day": date(2024, 5, 4),
        "rows": [{"name": "one", "photo": f"{uploads}harbour.jpeg"}, {"name": "two"}],
        "box": {"note": "inside"},
        "parts": [{"acf_fc_layout": "quote", "text": "<p>q</p>"}, {"acf_fc_layout": "text", "text": "t"}],
        "more": ["/other/", "404"],
        "rooms": "7",
    }


def test_fields_without_definitions(tmp_path: Path) -> None:
    fields = {
        "faq": ("a", "2"),
        "faq_0_q": ("b", "One?"),
        "faq_1_q": ("b", "Two?"),
        "n": ("c", "5"),
        "hero": ("d", "91"),
    }
    site = page(tmp_path, "post", picture(), content="x", meta=field_metas(fields))
    assert site.front("content/posts/own.md")["params"] == {
        "faq": [{"q": "One?"}, {"q": "Two?"}],
        "n": "5",
        "hero": "91",
    }


def test_hostile_rows(tmp_path: Path) -> None:
    fields = {"a": ("r", "999999"), "a_0_a": ("r", "9"), "a_0_a_0_a": ("r", "-1"), "b": ("r", "x")}
    other = item(5, type="acf-field", slug="field_r", content=php({"type": "repeater"}), link="")
    site = page(tmp_path, "post", other, content="x", meta=field_metas(fields))
    assert len(site.front("content/posts/own.md")["params"]["a"]) <= 10_000


@pytest.mark.parametrize(
    ("kind", "meta", "expected"),
    [
        (
            "tribe_venue",
            {"_VenueAddress": "1 Quay St", "_VenueCity": "Riga", "_VenuePhone": "5", "_VenueURL": "https://x.example/"},
            "**Place:** 1 Quay St, Riga\\\n**Phone:** 5\\\n**Website:** <https://x.example/>",
        ),
        (
            "job_listing",
            {"_job_location": "Riga", "_company_name": "Boats & Co", "_application": "jobs@mail.example"},
            "**Company:** Boats & Co\\\n**Place:** Riga",
        ),
        (
            "event_listing",
            {"_event_start_date": "2024-05-04 10:00:00", "_event_end_date": "2024-05-04 11:00:00"},
            "**Date:** 2024-05-04 10:00 – 11:00",
        ),
        (
            "mec-events",
            {"mec_start_date": "2024-05-04", "mec_end_date": "2024-05-05"},
            "**Date:** 2024-05-04 – 2024-05-05",
        ),
        (
            "gatherpress_event",
            {"gatherpress_datetime": '{"dateTimeStart":"2024-05-04 10:00:00","dateTimeEnd":"2024-05-04 11:00:00"}'},
            "**Date:** 2024-05-04 10:00 – 11:00",
        ),
        ("wpsl_stores", {"wpsl_address": "1 Quay St", "wpsl_city": "Riga"}, "**Place:** 1 Quay St, Riga"),
    ],
)
def test_places_jobs_and_other_events(tmp_path: Path, kind: str, meta: dict[str, str], expected: str) -> None:
    body = page(tmp_path, kind, content="Text.", meta=meta).body(f"content/{kind}/own.md")
    assert body == f"{expected}\n\nText."


def test_labels_in_the_language_of_the_site(tmp_path: Path) -> None:
    own = item(1, type="product", slug="own", link="https://old.example/product/own/", meta={"_price": "9"})
    site = convert(tmp_path, export(own).replace("<language>en-GB", "<language>de-DE"))
    assert site.body("content/product/own.md") == "**Preis:** 9\n\nText of 1."
