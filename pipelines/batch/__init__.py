"""Many sites in one run: `convert batch JOBS.toml`.

`jobs.py` reads and checks the job file, `expand.py` makes sites of its tables, `work.py` converts one site wherever
that is done, `run.py` all of them and knows which are done, `report.py` shows what became of them.
"""
