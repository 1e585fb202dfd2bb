"""The check of a site that stands on a disk: `convert verify DIR --against SOURCE` (docs/verify.md).

`disk.py` converts again in memory and looks at each file, `built.py` at the pages a generator makes of them,
`target.py` finds out what the site is for, `text.py` says what came out. What is compared, and how, stands in
`converters/verify`.
"""
