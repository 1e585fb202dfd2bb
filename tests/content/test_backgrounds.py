"""Pictures behind words come to stand before them; marks are named."""

from __future__ import annotations

import pytest

from tests.content.test_content import convert

U = "https://old.example/u"
GROUP = '<div class="wp-block-group"><p>W</p></div>'
B = [f"image.background {U}/a.png"]


IMAGE = f'<img src="{U}/a.png" alt="">'
CASES = [
    pytest.param(f'<div style="background-image:url({U}/a.png)"><p>W</p></div>', f"<p>{IMAGE}</p><div><p>W</p></div>", B, id="div"),
    pytest.param(f"<div style=\"background: #fff url( '{U}/a.png' ) no-repeat\"><p>W</p></div>", f"<p>{IMAGE}</p><div><p>W</p></div>", B, id="short form"),
    pytest.param(f'<p style="BACKGROUND-IMAGE: URL(&quot;{U}/a.png&quot;)">W</p>', f"<p>{IMAGE}</p><p>W</p>", B, id="paragraph"),
    pytest.param(f'<p>V <span style="background:url({U}/a.png)">W</span></p>', f"<p>V <span>{IMAGE}W</span></p>", B, id="span"),
    pytest.param(f'<p><a href="/x/" style="background:url({U}/a.png)">W</a></p>', f'<p><a href="/x/">{IMAGE}W</a></p>', B, id="link"),
    pytest.param(f'<ul><li style="background:url({U}/a.png)">W</li></ul>', f"<ul><li>{IMAGE}W</li></ul>", B, id="entry"),
    pytest.param(f'<div role="img" aria-label="Quay" style="background-image:url({U}/a.png)"></div><p>W</p>', f'<p><img src="{U}/a.png" alt="Quay"></p>', B, id="named"),
    pytest.param(f'<table><tbody style="background:url({U}/a.png)"><tr><td>W</td></tr></tbody></table>', f"<p>{IMAGE}</p><table>", B, id="row"),
    pytest.param(f'<table><tbody><tr><td style="background:url({U}/a.png)">W</td></tr></tbody></table>', f'<td style="background:url({U}/a.png)">W</td>', [], id="cell keeps its style"),
    pytest.param(f'<figure style="background-image:url({U}/a.png)"><img src="{U}/a.png" alt=""></figure>', f"<figure>{IMAGE}</figure>", [], id="shown anyhow"),
    pytest.param(f'<div style="background:url({U}/a.png)"><p>W</p></div><div style="background:url({U}/a.png)"><p>X</p></div>', f"<p>{IMAGE}</p><div><p>W</p></div><div><p>X</p></div>", B, id="twice"),
    pytest.param(f'<div style="background:url({U}/a.png),url({U}/b.png)"><p>W</p></div>', f'<p><img src="{U}/a.png" alt=""></p><p><img src="{U}/b.png" alt=""></p>', [*B, f"image.background {U}/b.png"], id="two"),
    pytest.param('<div style="background:url(data:image/png;base64,AAAA)"><p>W</p></div>', "<div><p>W</p></div>", ["image.decoration background"], id="in itself"),
    pytest.param(f'<ul style="list-style-image:url({U}/a.png)"><li>W</li></ul>', "<ul><li>W</li></ul>", ["image.decoration list-style-image"], id="mark"),
    pytest.param('<div style="fill:url(#grad)"><p>W</p></div>', "<div><p>W</p></div>", [], id="inside of the page"),
    pytest.param('<div style="background:url("><p>W</p></div>', "<div><p>W</p></div>", [], id="broken"),
    pytest.param(f'<!-- wp:group {{"style":{{"background":{{"backgroundImage":{{"url":"{U}/a.png","id":5}}}}}}}} -->{GROUP}<!-- /wp:group -->', f"{IMAGE}<div><p>W</p></div>", B, id="block"),
    pytest.param(f'<!-- wp:group {{"style":{{"background":{{"backgroundImage":{{"url":"{U}/a.png"}}}}}}}} --><div class="wp-block-group" style="background-image:url({U}/a.png)"><p>W</p></div><!-- /wp:group -->', f"<p>{IMAGE}</p><div><p>W</p></div>", B, id="block and style"),
    pytest.param(f'<!-- wp:group {{"style":{{"background":{{"backgroundImage":"odd"}}}}}} -->{GROUP}<!-- /wp:group -->', "<div><p>W</p></div>", [], id="block of an odd form"),
    pytest.param(f'<!-- wp:cover {{"url":"{U}/a.png","id":5,"hasParallax":true}} --><div class="wp-block-cover has-parallax" style="background-image:url({U}/a.png)"><p>W</p></div><!-- /wp:cover -->', f"{IMAGE}<div><p>W</p></div>", [], id="cover"),
    pytest.param(f'<!-- wp:media-text {{"mediaId":6,"imageFill":true}} --><div class="wp-block-media-text"><figure style="background-image:url({U}/a.png)"><img src="{U}/a.png" alt=""></figure><div><p>W</p></div></div><!-- /wp:media-text -->', IMAGE, [], id="media and text"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "notices"), CASES)
def test_backgrounds(text: str, expected: str, notices: list[str]) -> None:
    html, found = convert(text)
    assert expected in html.replace("\n", "").replace("/>", ">")
    assert found == notices


def test_many_of_them_take_no_time() -> None:
    """Linear in what strangers write."""
    assert convert('<p style="' + "url(" * 100_000 + '">W</p>')[0] == "<p>W</p>"
    assert convert('<p style="' + "a:url('(" * 100_000 + '">W</p>')[0] == "<p>W</p>"
    assert convert('<p style="' + "url(#a)" * 100_000 + '">W</p>')[0] == "<p>W</p>"
