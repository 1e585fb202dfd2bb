"""Medium's export: captions, frames of gists, responses, drafts."""

from __future__ import annotations

from tests.importers.html.saved_pages import site_of, status_of


def post(inner: str, date: str = "2019-05-01T10:00:00.000Z") -> str:
    foot = f'<footer><time class="dt-published" datetime="{date}">x</time></footer>' if date else ""
    body = f'<section data-field="body" class="e-content"><section class="section">{inner}</section></section>'
    head = '<header><h1 class="p-name">Weir</h1></header>'
    return f'<html><head><title>Weir</title></head><body><article class="h-entry">{head}{body}{foot}</article></body>'


def test_medium_2_md_2_captions_are_captions() -> None:
    figure = (
        '<figure class="graf graf--figure"><img src="https://cdn-images-1.medium.com/max/800/1*a.png">'
        '<figcaption class="imageCaption">The <em>quay</em></figcaption></figure><p>Words.</p>'
    )
    with site_of({"posts/2019-05-01_Weir-1a2b3c4d5e6f.html": post(figure)}) as site:
        (path,) = site.files()
        assert 'caption="The *quay*"' in site.body(path)
        assert site.body(path).count("quay") == 1


def test_small_medium_1_gists_are_embeds() -> None:
    gist = '<figure class="graf--iframe"><script src="https://gist.github.com/jo/0123abc.js"></script></figure>'
    frame = '<figure><iframe src="https://www.youtube.com/embed/dQw4w9WgXcQ"></iframe></figure>'
    with site_of({"posts/2019-05-01_Weir-1a2b3c4d5e6f.html": post(f"<p>Words.</p>{gist}{frame}")}) as site:
        (path,) = site.files()
        assert "dQw4w9WgXcQ" in site.body(path)
        assert "gist.github.com/jo/0123abc" in site.body(path)


def test_what_has_no_date_is_a_draft() -> None:
    files = {
        "posts/draft_Weir-1a2b3c4d5e6f.html": post("<p>Words.</p>", ""),
        "posts/2019-05-01_Weir-2a2b3c4d5e6f.html": post("<p>Other words.</p>"),
    }
    with site_of(files) as site:
        assert sorted(status_of(site, path) for path in site.files()) == ["", "draft"]
