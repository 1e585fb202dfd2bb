"""Ids that a program gave an element: an editor, a page builder, a word processor. They change with each copy, so that
no reader has a link to one by heart; one is worth keeping only where a link of the site leads to it.

    el-0a0b0c0d (Visual Composer), kt-layout-id_0a0b0c-17 (Kadence), docs-internal-guid-… (Google Docs), _mcePaste
    scid:9d7513f9-…:0a1b… (Windows Live Writer), gtx-trans (a translator in the browser)
    block-1f0c9a7e-… (the block editor), wp-block-file--media-…, elementor-tab-title-1421, yui_3_17_2_1_14 (Squarespace)
"""

from __future__ import annotations

import re

_GENERATED = re.compile(
    r"_?mcepaste|mce[_-]\w*\d+|mcetoken\d*|tinymce\w*|el-[0-9a-f]{6,}|kt-(?:layout|tabs|accordion|info-box|btn)\w*[-_].*"
    r"|kb-[\w-]*\d+[\w-]*|docs-internal-guid-.*|wp-block-file--media-.*|elementor-.*\d+|e-n-.*\d+|uagb-.*|ub-.*"
    r"|(?:block|editor|clientid|item|row|col|column|section|div|widget|module|node|fl|panel|tab|accordion|toggle|collapse"
    r"|heading|pgc?|pl|vc|fws|stk|ugb|gb|et|fusion|tve|brxe|brz|zn|av|ct|oxy|link_text|text_block|div_block|code_block"
    r"|wpb|tdi|td_uid|uid|id)[-_]{1,2}(?=[\w-]*\d)[0-9a-f_-]{3,}(?:-\d+)*"
    r"|vc_[\w-]*\d+[\w-]*|ui-id-\d+|yui_[\w-]+|ext-gen\d+|aui[_-][\w-]*\d[\w-]*|magicdomid\d+|ember\d+|isPasted"
    r"|ole_link\d+|_?goback|_hlk\d+|_msocom\w*|yiv\d+\w*|gmail-.*|x_\w*\d+\w*|:[0-9a-z]{1,4}|attachment_\d+"
    r"|scid:.*|gtx-(?:trans|anchor)\w*|gallery-\d+|text-\d+|m_-?\d{6,}.*|firstheading|cke_\w+|isposted|reactroot"
    r"|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}",
    re.I,
)


def is_generated(id: str) -> bool:
    """Did a program make this id?"""
    return len(id) < 200 and _GENERATED.fullmatch(id) is not None
