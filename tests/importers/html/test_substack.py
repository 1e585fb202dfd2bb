"""Substack's export: what is a post of it, drafts among them, and what is its editor's own."""

from __future__ import annotations

from tests.importers.html.saved_pages import reasons, site_of, status_of

HEAD = "post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url\n"
ROWS = (
    "12345.first-light,2021-04-05T06:07:08.000Z,true,,,newsletter,everyone,First light,The sub,\n"
    "12346.paid,2021-05-05T06:07:08.000Z,true,,,newsletter,only_paid,Paid,,\n"
    "12347.,,false,,,newsletter,everyone,,,\n"
)
PREFORMATTED = (
    '<div class="preformatted-block"><label class="hide-text">Text within this block will maintain its original spacing'
    '</label><pre class="text">roses\n   red</pre></div>'
)


def test_a_draft_without_a_title_and_a_slug_is_a_draft() -> None:
    """Its file is called `12347..html`."""
    files = {
        "posts.csv": HEAD + ROWS,
        "posts/12345.first-light.html": f"<p>Morning.</p>{PREFORMATTED}",
        "posts/12346.paid.html": "<p>For those who pay.</p>",
        "posts/12347..html": "<p>untitled draft</p>",
        "posts/12349.unknown.html": "<p>of no row</p>",
        "posts/12345.opens.csv": "a",
        "email_list.quay.csv": "a",
    }
    with site_of(files) as site:
        assert {path.rpartition("/")[2]: status_of(site, path) for path in site.files()} == {
            "12347.md": "draft", "first-light.md": "", "paid.md": "draft", "unknown.md": "draft",
        }  # fmt: skip
        assert site.body("content/posts/12347.md") == "untitled draft"
        assert site.body("content/posts/first-light.md") == "Morning.\n\n```\nroses\n   red\n```"
        assert set(reasons(site).values()) == {"account data of Substack"}
