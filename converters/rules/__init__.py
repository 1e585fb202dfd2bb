"""The user's own rules (`--rules FILE`, docs/rules.md): for shortcodes, blocks, classes, custom fields, front matter,
terms, authors and addresses, and for posts that stay behind.

`model` says what rules there are, `read` reads and checks a file of them; `transforms.rules` applies those for any
source, `front_matter` those that concern what is written. Shortcodes and blocks are the importers' business.
"""

from converters.rules.model import ClassRule as ClassRule
from converters.rules.model import FrontMatter as FrontMatter
from converters.rules.model import LeaveOut as LeaveOut
from converters.rules.model import Rule as Rule
from converters.rules.model import Rules as Rules
