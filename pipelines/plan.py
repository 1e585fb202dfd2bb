"""The plan step: the exporter decides where everything goes, and the index keeps it."""

from __future__ import annotations

from converters import urls
from converters.plugin import Exporter
from pipelines.index import Index, IndexWriter


def plan(exporter: Exporter, index: Index, writer: IndexWriter) -> int:
    """Place every item that is to be written; returns how many there are."""
    host = urls.host_of(index.site.base_url)
    count = 0
    for id, place, notices in exporter.plan(index):
        entry = index.entry(id)
        address = urls.own(entry.permalink, host) if entry is not None and entry.permalink else None
        former = urls.place_of(address) if address is not None else ""
        writer.place(id, place, former, notices)
        count += 1
    writer.publish()
    return count
