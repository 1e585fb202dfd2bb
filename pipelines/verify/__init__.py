"""The check of a site that stands on a disk: `convert verify DIR --against SOURCE` (docs/verify.md).

`disk.py` finds out what the site is for, converts again in memory and looks at each file, `built.py` at the pages a
generator makes of them; `cli.py` is the command and prints what came out. What is compared, and how, is in
`converters/verify`.
"""
