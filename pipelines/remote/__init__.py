"""Sources and outputs that lie elsewhere: `s3://`, `gs://`, `https://` and what else fsspec knows. See docs/remote.md.

`address.py` tells URLs from paths and shows them without secrets; `store.py` is the only place that speaks to fsspec,
by the clock of `patience.py`; `fetch.py` brings sources into a folder of this machine, `publish.py` takes a converted
site out of one and keeps the manifest of it, `remote_lock.py` lets one run at a time do so; `conversion.py` puts these
around a run. fsspec is imported when the first URL is met.
"""
