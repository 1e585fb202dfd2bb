"""Page builders that wrote HTML into the post: each is told by a mark of its own.

    <!--vcv no format--><div class="vce-row-container">     Visual Composer Website Builder
    <div class="et_pb_section et_pb_section_0">              Divi, whose shortcodes were run before the export

Those whose shortcodes are in the text are named where these are read (`builders.py`).
"""

from __future__ import annotations

from converters.model.notices import Log

_TRACES = (
    ("<!--vcv no format-->", "Visual Composer Website Builder"),
    ('class="vce-', "Visual Composer Website Builder"),
    ('class="et_pb_section', "Divi"),
    ('class="fl-row', "Beaver Builder"),
    ('class="fl-builder-content', "Beaver Builder"),
    ('class="fusion-fullwidth', "Avada"),
    ('class="ct-section', "Oxygen"),
    ('class="oxy-', "Oxygen"),
    ('class="brxe-', "Bricks"),
    ('class="brz-', "Brizy"),
    ('class="brz ', "Brizy"),
    ('class="thrv_wrapper', "Thrive Architect"),
    ('class="tve_', "Thrive Architect"),
    ('class="panel-grid', "SiteOrigin"),
    ('class="panel-layout', "SiteOrigin"),
    ('class="vc_row', "WPBakery"),
    ('class="elementor-element', "Elementor"),
    ('class="elementor-section', "Elementor"),
    ('class="av_textblock_section', "Enfold"),
    ('class="zn_section', "Zion Builder"),
    ('class="lp-pb', "Leadpages"),
    ('class="kc_row', "King Composer"),
    ('class="themify_builder', "Themify"),
    ('class="live-editor-', "Live Composer"),
    ('class="dslc-', "Live Composer"),
    ('class="cs-section', "Cornerstone"),
    ('class="tatsu-', "Tatsu"),
    ('class="seedprod', "SeedProd"),
    ('id="breakdance', "Breakdance"),
    ('class="bde-', "Breakdance"),
)
"""What stands in the text -> the builder that wrote it."""


def note(text: str, log: Log) -> None:
    """A notice for each builder that left its marks in the text."""
    if "class=" not in text and "<!--vcv" not in text:
        return
    for trace, builder in _TRACES:
        if trace in text:
            log("builder.found", builder)
