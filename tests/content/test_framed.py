"""Players and cards that were pasted as HTML."""

from __future__ import annotations

import pytest

from tests.content.test_content import convert

YOUTUBE = 'data-provider="youtube" data-url="https://www.youtube.com/watch?v=abcdefghijk" data-id="abcdefghijk"'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('<p><iframe src="//www.youtube.com/embed/abcdefghijk" width="5" style="x"></iframe></p>',
         f'<figure class="embed" {YOUTUBE}><iframe src="https://www.youtube.com/embed/abcdefghijk" width="5" allowfullscreen=""></iframe></figure>'),
        ('<iframe data-src="https://tides.example/gauge"></iframe>',
         '<p><iframe data-src="https://tides.example/gauge" src="https://tides.example/gauge"></iframe></p>'),
        ('<object><param name="movie" value="http://www.youtube.com/v/abcdefghijk&hl=en"><embed src="http://www.youtube.com/v/abcdefghijk"></object>',
         f'<figure class="embed" {YOUTUBE}><iframe src="https://www.youtube.com/embed/abcdefghijk" allowfullscreen=""></iframe></figure>'),
        ('<object data="https://a.example/bell.mp3"></object>',
         '<figure><audio controls="" src="https://a.example/bell.mp3"></audio></figure>'),
        ('<object data="https://a.example/game.swf"></object>',
         '<a href="https://a.example/game.swf">https://a.example/game.swf</a>'),
        ('<blockquote class="twitter-tweet"><p>Words</p>Tom <a href="https://twitter.com/tom/status/12">May</a></blockquote>',
         '<figure class="embed" data-provider="x" data-url="https://twitter.com/tom/status/12" data-id="12"><blockquote><p>Words</p><p>Tom <a href="https://twitter.com/tom/status/12">May</a></p></blockquote></figure>'),
        ('<blockquote class="other"><p>Words</p></blockquote>', "<blockquote><p>Words</p></blockquote>"),
        ('<script src="https://gist.github.com/tom/0123456789abcdef.js"></script>',
         '<figure class="embed" data-provider="gist" data-url="https://gist.github.com/tom/0123456789abcdef" data-id="tom/0123456789abcdef"><noscript><a href="https://gist.github.com/tom/0123456789abcdef">https://gist.github.com/tom/0123456789abcdef</a></noscript></figure>'),
    ],
)  # fmt: skip
def test_pasted_players(text: str, expected: str) -> None:
    html, notices = convert(text)
    assert html.replace("\n", "") == expected
    assert notices == []
