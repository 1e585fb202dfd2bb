"""The report of a run. `summary.py` makes the sums that the command prints; `write.py` the file `report.json`, of what
`totals.py` counts and `records.py` describes; `page.py` draws `report.html` from that file by the templates beside it.
`redact.py` is what none of them may hold."""
