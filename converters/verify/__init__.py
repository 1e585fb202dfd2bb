"""The check of a conversion: a post's semantic HTML compared with the HTML of its written file, fact by fact.

`facts.py` collects the facts of a tree, `compare.py` names what differs between two, `front.py` does so for front
matter, `verdict.py` is the result, `check.py` puts them around an exporter. How a target's files are read back, only
the target knows: `render_back.py` in its own folder.
"""
