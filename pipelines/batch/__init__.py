"""Many sites in one run: `convert batch JOBS.toml`.

`jobs.py` reads and checks the file, `expand.py` makes sites of its tables, `work.py` carries one site wherever that is
done, `run.py` all of them, `fingerprint.py` and `ledger.py` know which are done, `report.py` and `console.py` say what
became of them.
"""
