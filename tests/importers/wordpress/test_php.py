"""PHP-serialised values: what is read, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from converters.importers.wordpress import php
from tests.hostile.cases import case


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('a:2:{i:0;s:1:"a";i:1;s:2:"é";}', ["a", "é"]),
        ('a:2:{s:5:"width";i:300;s:5:"sizes";a:0:{}}', {"width": 300, "sizes": []}),
        ("b:1;", True),
        ("d:1.5;", 1.5),
        ("N;", None),
        ('s:4:"a\r\nb";', "a\r\nb"),
        ('s:99999999999:"x";', "x"),
        ('a:1:{i:0;s:4:"a\nb";}', ["a\nb"]),
        (r"a:1:{i:0;s:1:\"a\";}", ["a"]),
        ('s:6:"a";b";";', 'a";b";'),
        ('O:8:"stdClass":0:{}', {}),
        ('O:8:"stdClass":1:{s:3:"tag";s:4:"Soup";}', {"tag": "Soup"}),
        ('a:1:{i:0;O:8:"stdClass":1:{i:0;i:1;}}', [{0: 1}]),
        ('O:6:"Recipe":2:{s:4:"\0*\0a";i:1;s:9:"\0Recipe\0b";i:2;}', {php.CLASS: "Recipe", "a": 1, "b": 2}),
    ],
)
def test_values(text: str, value: Any) -> None:
    assert php.loads(text) == value


@case(
    "xml-php-objects",
    "PHP objects that make themselves, references, counts and depths that lie",
    "refused; nothing is made of them",
)
@pytest.mark.parametrize(
    "text",
    [
        'O:8:"stdClass":9:{}',
        'O:99:"stdClass":0:{}',
        'O:8:"stdClass":1:{a:0:{}i:1;}',
        'O:1:"a":1:{i:0;' * 100_000,
        'C:3:"Foo":2:{xx}',
        "a:1:{i:0;R:1;}",
        "a:999999999:{}",
        "a:1:{" * 100_000,
        "i:abc;",
        "",
        "a:1:{i:0;i:1;",
        "i:1;i:2;",
    ],
)
def test_what_is_refused(text: str) -> None:
    with pytest.raises(php.PhpError):
        php.loads(text)


def test_plain_text_does_not_look_serialised() -> None:
    assert not php.looks_serialized("a: a list of things")
    assert not php.looks_serialized("")
    assert not php.looks_serialized("O:tto")
    assert php.looks_serialized("a:0:{}")
    assert php.looks_serialized('O:8:"stdClass":0:{}')
