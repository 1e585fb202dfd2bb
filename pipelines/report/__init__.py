"""The report of a run: `account.py` the sums, `records.py` and `figures.py` what is told of each item and of all,
`write.py` the file `report.json`, `read.py` the way back, `page.py` with its parts the page `report.html`.

The page is made of `report.json`, so that both say the same; only the renderings side by side come from the source.
"""

from pipelines.report.account import Account, failure, sentence

__all__ = ["Account", "failure", "sentence"]
