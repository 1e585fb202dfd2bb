"""Values that PHP's `serialize` wrote, as WordPress keeps them in post meta.

Never makes objects of a program: what one holds becomes a map of its properties, under the names its class gave them. A
value with references, which would make a little text a lot, is refused as a whole. Lengths of strings are bytes;
exports whose line ends were changed on the way have wrong ones, so a string that does not end where it says is looked
for up to its `";`.
"""

from __future__ import annotations

import re
from typing import Any

from converters.model.limits import DEFAULT, Limits
from converters.model.notices import Log

_SERIALIZED = re.compile(r"^(?:a:\d+:\{|O:\d+:\"|s:\d+:\"|i:-?\d+;|b:[01];|d:[^;]+;|N;)")


CLASS = "__PHP_Incomplete_Class_Name"
"""Key of the class in what an object becomes, as PHP has it where it does not know the class."""


class PhpError(ValueError):
    """The text is no value that can be read; the message says at which byte and why."""


def looks_serialized(text: str) -> bool:
    return bool(_SERIALIZED.match(text)) and text.rstrip()[-1:] in ";}"


def loads(text: str, limits: Limits = DEFAULT) -> Any:
    """Arrays become dicts (or lists, when their keys are 0, 1, 2 …), objects dicts, strings str. Raises PhpError.

    A value whose quotes were escaped once too often is tried again without the backslashes.
    """
    try:
        return _PhpReader(text.encode("utf-8", "surrogatepass"), limits).whole()
    except PhpError:
        if '\\"' not in text:
            raise
        plain = re.sub(r"\\(.)", r"\1", text, flags=re.S)
        return _PhpReader(plain.encode("utf-8", "surrogatepass"), limits).whole()


def read(text: str, log: Log | None = None, where: str = "", default: Any = None) -> Any:
    """As `loads`; the default for a text that cannot be read, which is noted (`php.invalid`)."""
    try:
        return loads(text)
    except PhpError as error:
        if log is not None:
            log("php.invalid", str(error), where=where)
        return default


class _PhpReader:
    def __init__(self, data: bytes, limits: Limits) -> None:
        self._data, self._position, self._nodes, self._limits = data, 0, 0, limits

    def whole(self) -> Any:
        value = self._value(0)
        if self._data[self._position :].strip():
            raise self._error("more behind the value")
        return value

    def _error(self, why: str) -> PhpError:
        return PhpError(f"byte {self._position}: {why}")

    def _value(self, depth: int) -> Any:
        self._nodes += 1
        if depth > self._limits.php_depth or self._nodes > self._limits.php_nodes:
            raise self._error("nested too deeply, or too many values")
        kind = self._data[self._position : self._position + 2]
        if kind == b"N;":
            self._position += 2
            return None
        self._position += 2
        if kind == b"a:":
            return self._array(depth)
        if kind == b"O:":
            return self._object(depth)
        if kind == b"s:":
            return self._string()
        if kind in (b"i:", b"d:", b"b:"):
            return self._scalar(kind)
        self._position -= 2
        raise self._error("neither array, object, string nor number")

    def _until(self, end: bytes) -> bytes:
        stop = self._data.find(end, self._position, self._position + 64)
        if stop < 0:
            raise self._error(f"no {end.decode()!r} where one belongs")
        found, self._position = self._data[self._position : stop], stop + len(end)
        return found

    def _scalar(self, kind: bytes) -> int | float | bool:
        text = self._until(b";")
        try:
            return float(text) if kind == b"d:" else int(text) if kind == b"i:" else text == b"1"
        except ValueError as error:
            raise self._error("no number") from error

    def _length(self, end: bytes) -> int:
        text = self._until(end)
        if not text.isdigit():
            raise self._error("no length")
        return int(text)

    def _string(self) -> str:
        length = self._length(b':"')
        stop = self._position + length
        if self._data[stop : stop + 2] != b'";':
            stop = self._data.find(b'";', self._position)
            if stop < 0:
                raise self._error("a string without an end")
        found, self._position = self._data[self._position : stop], stop + 2
        return found.decode("utf-8", "replace")

    def _object(self, depth: int) -> dict[Any, Any]:
        """Its properties; the class, where it is more than a bag of them, under the name PHP has for a class it does
        not know. Private and protected properties have their class or `*` between zeros in front of the name."""
        length = self._length(b':"')
        stop = self._position + length
        if self._data[stop : stop + 2] != b'":':
            raise self._error("a class without a name")
        name, self._position = self._data[self._position : stop].decode("utf-8", "replace"), stop + 2
        values = self._array(depth, whole=False)
        assert isinstance(values, dict)
        found = {key.rpartition("\0")[2] if isinstance(key, str) else key: value for key, value in values.items()}
        return found if name == "stdClass" else {CLASS: name, **found}

    def _array(self, depth: int, *, whole: bool = True) -> dict[Any, Any] | list[Any]:
        """`whole`: a list where the keys are those of one."""
        count = self._length(b":{")
        if count > len(self._data) - self._position:
            raise self._error("an array longer than the text")
        found: dict[Any, Any] = {}
        for _ in range(count):
            key = self._value(depth + 1)
            if not isinstance(key, int | str) or isinstance(key, bool):
                raise self._error("a key that is none")
            found[key] = self._value(depth + 1)
        if self._data[self._position : self._position + 1] != b"}":
            raise self._error("an array without an end")
        self._position += 1
        return list(found.values()) if whole and list(found) == list(range(len(found))) else found
