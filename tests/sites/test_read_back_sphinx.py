"""Documentation that the real Sphinx builds, read back from its HTML: own pages, and its markup."""

from __future__ import annotations

import json
import sys

import pytest

from pipelines.run.carry import Options
from tests import children, fidelity
from tests.sites.static_sources import DOCS, IMAGE, IMAGES_OF_SITE, POSTS, missing, read_back, reasons, write
from tests.support import Site, convert_files

pytest.importorskip("sphinx")

TEXTS = (*POSTS[1:], *DOCS)
CONF = """project = "The weir"
html_title = "The weir"
extensions = ["myst_parser"]
html_theme = "{theme}"
smartquotes = False
myst_heading_anchors = 2
"""
INDEX = """The weir
========

What two people know of one weir, for whoever comes after them.

.. toctree::
   :maxdepth: 2
   :caption: Chapters

   machine
   {texts}
"""
MACHINE = """The machine
===========

The pump starts with :code:`pump --on`.

.. note:: Never start it dry.

.. code-block:: python
   :linenos:
   :caption: The starter

   def start(pump):
       if pump.dry:

           raise Dry("never")
       return pump

.. list-table:: Levels
   :header-rows: 1

   * - Level
     - What to do
   * - high
     - Open the gate.

.. figure:: img/gate.png
   :alt: The gate

   The gate, closed.

Oil
   Once a week.

.. py:function:: start(pump)

   Starts the pump.
"""
PIECES = (
    "pump - on",
    "Never start it dry .",
    "The starter",
    "Levels",
    "Open the gate .",
    "The gate , closed .",
    "Oil",
    "Once a week .",
    "start ( pump )",
    "Starts the pump .",
)


@pytest.fixture(scope="module", params=["furo-html", "alabaster-dirhtml"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    theme, builder = request.param.split("-")
    folder = tmp_path_factory.mktemp("sphinx")
    files: dict[str, str | bytes] = {
        "conf.py": CONF.format(theme=theme),
        "index.rst": INDEX.format(texts="\n   ".join(source.slug for source in TEXTS)),
        "machine.rst": MACHINE,
        **{f"{source.slug}.md": f"# {source.title}\n\n{source.text}\n" for source in TEXTS},
        **{f"img/{name}": IMAGE for name in IMAGES_OF_SITE},
    }
    source = write(folder / "source", files)
    command = [sys.executable, "-m", "sphinx", "-Q", "-b", builder, str(source), str(folder / "built")]
    children.run(command, check=True)
    return convert_files(folder, folder / "built", options=Options("html", "json"))


def test_every_text_comes_back_whole_and_nothing_else_does(site: Site) -> None:
    found = read_back(site)
    for source in TEXTS:
        item = found.pop(source.slug)
        losses = missing(source, str(item.get("content_html", "")))
        images = [loss for loss in losses if loss.kind == "picture"]  # in a folder of Sphinx's own now
        assert [loss for loss in losses if loss not in images] == [], source.slug
        assert item["title"] == source.title
    assert found.keys() == {"machine", ""}
    assert "What two people know of one weir" in str(found[""]["content_text"])


def test_constructs_of_sphinx_come_back(site: Site) -> None:
    html = str(read_back(site)["machine"]["content_html"])
    page = fidelity.read(html)
    code = 'def start(pump):\n    if pump.dry:\n\n        raise Dry("never")\n    return pump'
    assert code in html.replace("&quot;", '"'), html
    words = " ".join(page.tokens)
    for piece in PIECES:
        assert piece in words.replace("‿ ", ""), piece


def test_indexes_and_search_are_left_out(site: Site) -> None:
    counted = reasons(site)
    assert counted["index made by a program"] == 1
    assert counted["search page"] == 1
    assert counted["source of a page"] == len(TEXTS) + 2
    assert json.loads(site.text("site.json"))["title"] == "The weir"
