"""Numbers as people read them."""


def count(number: int, one: str) -> str:
    """`1 post`, `2,304 posts`."""
    return f"{number:,} {one if number == 1 else one + 's'}"


def readable_size(number: int) -> str:
    """`1 byte`, `5.2 kB`."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if number >= factor:
            return f"{number / factor:,.1f} {unit}"
    return count(number, "byte")
