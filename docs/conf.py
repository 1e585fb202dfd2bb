"""Settings of the documentation: Markdown pages, built by Sphinx. https://www.sphinx-doc.org/en/master/usage/configuration.html

pip install 'postferry[docs]' && sphinx-build -W -n docs docs/_build
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from converters import __version__

project = "postferry"
release = version = __version__
extensions = ["myst_parser"]
myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 4
exclude_patterns = ["_build", "README.md"]
html_theme = "furo"
html_title = "postferry"
html_static_path = []
html_show_sphinx = False
html_show_copyright = False
html_copy_source = False
smartquotes = False
pygments_style = "default"
