"""Is what was written what was meant? A post's semantic HTML beside the HTML that its file says, fact by fact.

`facts.py` makes a page of a tree, `compare.py` names what one page lacks, `front.py` does so for front matter,
`verdict.py` is what comes out, `check.py` puts them around an exporter. How a target's files are read back, only the
target knows: `render_back.py` in its own folder.
"""
