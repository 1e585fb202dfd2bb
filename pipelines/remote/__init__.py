"""Sources and outputs that lie elsewhere: `s3://`, `gs://`, `https://` and what else fsspec knows. See docs/remote.md.

`address.py` tells addresses from paths and shows them without secrets; `store.py` is the only place that speaks to
fsspec (`web.py` says how the web is asked); `fetch.py` brings sources into a folder of this machine, `publish.py` takes
a converted site out of one, with `manifest.py` for what is known of it and `lease.py` for one run at a time;
`conversion.py` puts these around a run. fsspec is imported when the first address is met.
"""
