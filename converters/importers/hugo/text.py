"""A file of content as text."""

from __future__ import annotations

from converters.model.notices import Log


def text_of(data: bytes, name: str, log: Log) -> str:
    """The file's text: UTF-8, UTF-16 where a mark says so, else Latin-1, in which every byte is a character."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        log("source.encoding", "windows-1252", where=name)
        return data.decode("cp1252", "replace") if b"\x81" not in data else data.decode("latin-1")
