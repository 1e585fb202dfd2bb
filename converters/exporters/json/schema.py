"""The JSON Schema of what is written, made from the records: `python -m converters.exporters.json.schema`."""

from __future__ import annotations

from pathlib import Path

import msgspec

from converters.exporters.json.records import Feed, FileIndex, Item, SiteFile

FILE = Path(__file__).with_name("schema.json")


def schema() -> bytes:
    """A schema with a definition a record; a file as a whole is one of `Feed`, `Item`, `FileIndex` and `SiteFile`."""
    shapes = (Feed, Item, FileIndex, SiteFile)
    references, definitions = msgspec.json.schema_components(shapes, ref_template="#/$defs/{name}")
    whole = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What postferry writes with --to json",
        "anyOf": list(references),
        "$defs": dict(sorted(definitions.items())),
    }
    return msgspec.json.format(msgspec.json.encode(whole), indent=2) + b"\n"


if __name__ == "__main__":
    FILE.write_bytes(schema())
