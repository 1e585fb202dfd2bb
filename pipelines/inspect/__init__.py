"""A look at a source before anything is converted: what it is, what it holds, what will need care (docs/inspect.md).

`gather.py` looks, `counts.py` counts on the way, `warnings.py` says what will need care, `suggest.py` makes the
command, `text.py` and `cli.py` show it all.
"""
