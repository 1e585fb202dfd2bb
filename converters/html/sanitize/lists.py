"""THE lists of what may stay of a stranger's HTML: elements, their attributes, what the values may be.

Whatever is not here goes. An element is on a list only if reading it cannot change how a browser reads what comes
after it: no scripts, no styles but harmless ones, nothing whose inside is read by rules of its own unless `SPECIAL`
makes sure that no such inside is left. So each tag that is written is a tag that a browser sees, wherever it puts the
element.
https://html.spec.whatwg.org/multipage/indices.html, https://w3c.github.io/mathml-core/, https://svgwg.org/svg2-draft/
"""

from __future__ import annotations

from enum import Enum

SVG, MATHML = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1998/Math/MathML}"
_XLINK, _XML = "{http://www.w3.org/1999/xlink}", "{http://www.w3.org/XML/1998/namespace}"


class Use(Enum):
    """What an address is for."""

    LINK = "link"
    FILE = "file"
    """An image, a sound, a film: shown on the page."""
    FRAME = "frame"
    """A page shown inside the page."""
    PART = "part"
    """A part of the same document: `#name`."""


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


GLOBAL = _names(
    """class dir hidden id itemid itemprop itemref itemscope itemtype lang role style tabindex title translate
    aria-controls aria-current aria-describedby aria-details aria-expanded aria-haspopup aria-hidden aria-label
    aria-labelledby aria-level aria-live aria-orientation aria-owns aria-posinset aria-roledescription aria-selected
    aria-setsize aria-valuemax aria-valuemin aria-valuenow aria-valuetext"""
)
"""Attributes of every element."""

DATA = _names(
    """data-align data-asked data-columns data-effect data-file data-fn data-footnote-backref data-footnote-backref-idx
    data-footnote-ref data-footnotes data-height data-id data-instgrm-permalink data-lang data-language data-list
    data-object-fit data-provider data-start data-task data-text-post-permalink data-type data-url data-video-id
    data-width"""
)
"""What the semantic HTML says, and what it passes on. Others may mean anything to a script of the theme."""

_CELL = "abbr align axis background bgcolor char charoff colspan headers height nowrap rowspan scope valign width"
_ROWS = "align bgcolor char charoff valign"
_MEDIA = "autoplay controls crossorigin height loop muted playsinline preload src width"
_FIELD = "autocomplete disabled form maxlength minlength name placeholder readonly required"

_HTML: dict[str, str] = {
    **dict.fromkeys(
        """abbr acronym address article aside b bdi bdo big blink cite code datalist dd dfn dt em fieldset figcaption
        footer header hgroup i kbd legend main mark nav nobr noscript picture rb rp rt rtc ruby s samp search section
        slot small span strike strong sub summary sup tt u var wbr""".split(),
        "",
    ),
    **dict.fromkeys("center div figure h1 h2 h3 h4 h5 h6 p".split(), "align"),
    **dict.fromkeys(("blockquote", "q"), "cite"),
    **dict.fromkeys(("del", "ins"), "cite datetime"),
    **dict.fromkeys(("dir", "dl", "menu", "ul"), "compact type"),
    **dict.fromkeys(("td", "th"), _CELL),
    **dict.fromkeys(("tbody", "tfoot", "thead"), _ROWS),
    **dict.fromkeys(("col", "colgroup"), f"{_ROWS} span width"),
    "a": "charset coords download href hreflang name rel rev shape target type",
    "area": "alt coords download href hreflang nohref rel shape target",
    "audio": _MEDIA,
    "br": "clear",
    "button": "disabled form name type value",
    "canvas": "height width",
    "caption": "align",
    "data": "value",
    "details": "name open",
    "embed": "height src type width",
    "font": "color face size",
    "form": "accept-charset action autocomplete enctype method target",
    "hr": "align color noshade size width",
    "iframe": """align allow allowfullscreen allowtransparency frameborder height loading marginheight marginwidth
        referrerpolicy sandbox scrolling src width""",
    "img": """align alt border crossorigin decoding fetchpriority height hspace ismap loading referrerpolicy sizes src
        srcset usemap vspace width""",
    "input": f"{_FIELD} accept alt checked height list max min multiple pattern size src step type value width",
    "label": "for",
    "li": "type value",
    "map": "name",
    "marquee": "behavior bgcolor direction height hspace loop scrollamount scrolldelay vspace width",
    "meter": "high low max min optimum value",
    "object": "data height type usemap width",
    "ol": "compact reversed start type",
    "optgroup": "disabled label",
    "option": "disabled label selected value",
    "output": "for form name",
    "pre": "cols width wrap",
    "progress": "max value",
    "select": f"{_FIELD} multiple size",
    "source": "height media sizes src srcset type width",
    "style": "type media",
    "table": "align background bgcolor border cellpadding cellspacing frame height rules summary width",
    "textarea": f"{_FIELD} cols rows wrap",
    "time": "datetime",
    "tr": f"{_ROWS} height",
    "track": "default kind label src srclang",
    "video": f"{_MEDIA} poster",
}

_PAINT = """clip-path clip-rule color display dominant-baseline fill fill-opacity fill-rule font-family font-size
    font-style font-weight letter-spacing marker-end marker-mid marker-start mask opacity overflow paint-order
    shape-rendering stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin
    stroke-miterlimit stroke-opacity stroke-width text-anchor text-decoration text-rendering transform vector-effect
    visibility word-spacing"""
_PLACE = "dx dy height rotate width x y"
_GRADIENT = "gradientTransform gradientUnits href spreadMethod xlink:href"

_IN_SVG: dict[str, str] = {
    **dict.fromkeys(("desc", "defs", "g", "metadata", "switch", "title"), ""),
    **dict.fromkeys(("polygon", "polyline"), "pathLength points"),
    **dict.fromkeys(("text", "tspan"), f"{_PLACE} lengthAdjust textLength xml:space"),
    "a": "href rel target xlink:href xlink:title",
    "circle": "cx cy pathLength r",
    "clipPath": "clipPathUnits",
    "ellipse": "cx cy pathLength rx ry",
    "image": f"{_PLACE} href preserveAspectRatio xlink:href",
    "line": "pathLength x1 x2 y1 y2",
    "linearGradient": f"{_GRADIENT} x1 x2 y1 y2",
    "marker": "markerHeight markerUnits markerWidth orient preserveAspectRatio refX refY viewBox",
    "mask": f"{_PLACE} maskContentUnits maskUnits",
    "path": "d pathLength",
    "pattern": f"{_PLACE} patternContentUnits patternTransform patternUnits preserveAspectRatio viewBox",
    "radialGradient": f"{_GRADIENT} cx cy fr fx fy r",
    "rect": f"{_PLACE} pathLength rx ry",
    "stop": "offset",
    "svg": f"{_PLACE} baseProfile enable-background focusable preserveAspectRatio version viewBox xml:space",
    "symbol": f"{_PLACE} preserveAspectRatio refX refY viewBox",
    "use": f"{_PLACE} href xlink:href",
}

_MATH = "displaystyle mathbackground mathcolor mathsize mathvariant scriptlevel"
_CELLS = "align columnalign columnspan groupalign rowalign rowspan"
_IN_MATHML: dict[str, str] = {
    **dict.fromkeys(
        """maligngroup mi mn mphantom mprescripts mroot mrow ms msqrt mstyle msub msubsup msup mtext none
        semantics""".split(),
        "lquote rquote",
    ),
    **dict.fromkeys(("mover", "munder", "munderover"), "accent accentunder align"),
    **dict.fromkeys(("mtd", "mtr", "mlabeledtr"), _CELLS),
    **dict.fromkeys(("mpadded", "mspace"), "depth height linebreak lspace voffset width"),
    "annotation": "encoding",
    "math": "alttext display overflow",
    "menclose": "notation",
    "merror": "",
    "mfenced": "close open separators",
    "mfrac": "bevelled denomalign linethickness numalign",
    "mmultiscripts": "subscriptshift superscriptshift",
    "mo": """accent fence form largeop linebreak lspace maxsize minsize movablelimits rspace separator stretchy
        symmetric""",
    "mtable": f"""{_CELLS} columnlines columnspacing equalcolumns equalrows frame framespacing rowlines rowspacing side
        width""",
}

_PREFIXED = {"xlink:": _XLINK, "xml:": _XML}


def _full(name: str) -> str:
    prefix = next((prefix for prefix in _PREFIXED if name.startswith(prefix)), "")
    return _PREFIXED.get(prefix, "") + name.removeprefix(prefix)


def _table(rows: dict[str, str], space: str, common: frozenset[str]) -> dict[object, frozenset[str]]:
    return {space + name: common | {_full(one) for one in own.split()} for name, own in rows.items()}


ELEMENTS: dict[object, frozenset[str]] = {
    **_table(_HTML, "", GLOBAL | DATA),
    **_table(_IN_SVG, SVG, GLOBAL | _names(_PAINT) | {f"{_XML}lang"}),
    **_table(_IN_MATHML, MATHML, GLOBAL | _names(_MATH)),
}
"""tag -> its attributes"""

URLS: dict[str, Use] = {
    **dict.fromkeys(("action", "cite", "href", "itemid", "itemtype", "data-url", f"{_XLINK}href"), Use.LINK),
    **dict.fromkeys(("data-instgrm-permalink", "data-text-post-permalink"), Use.LINK),
    **dict.fromkeys(("background", "data", "poster", "src"), Use.FILE),
}
"""attribute -> what its address is for"""

URLS_OF: dict[tuple[object, str], Use] = {
    ("iframe", "src"): Use.FRAME,
    ("embed", "src"): Use.FRAME,
    ("object", "data"): Use.FRAME,
    **{(f"{SVG}image", name): Use.FILE for name in ("href", f"{_XLINK}href")},
    **{
        (f"{SVG}{tag}", name): Use.PART
        for tag in ("use", "linearGradient", "radialGradient")
        for name in ("href", f"{_XLINK}href")
    },
}
"""The same for attributes that mean something else on one element."""

REMOVED = _names(
    """applet basefont bgsound base embed frame head isindex keygen link meta noembed noframes param script style
    template annotation-xml maction mglyph malignmark animate animatemotion animatetransform animatecolor set discard
    handler listener fencedframe portal"""
)
"""Go with what is inside: no reader saw that as text. By local name, in small letters, whatever the name space."""

READ_APART = _names("embed form iframe noscript object select style textarea")
"""Stay on conditions (`SPECIAL`); the inside of most is read by rules of its own."""

RENAMED = {"listing": "pre", "plaintext": "pre", "xmp": "pre", "dialog": "div"}
"""Their text is shown by another element, which browsers read as any other."""

RUNNING = _names("applet base embed frame meta object param script fencedframe portal handler listener")
"""What is named as active content, and not as something that is merely not on the list."""

INPUTS = _names(
    """button checkbox color date datetime-local email hidden image month number radio range reset search submit tel
    text time url week"""
)
"""Kinds of `<input>`. Without `password` and `file`: a copy of a site has no business with either."""

FORMS = _names(
    """paypal.com list-manage.com formspree.io getform.io tinyletter.com buttondown.email buttondown.com substack.com
    mailerlite.com convertkit.com kit.com sendinblue.com brevo.com aweber.com feedburner.google.com docs.google.com
    duckduckgo.com google.com ecosia.org bing.com ko-fi.com liberapay.com donorbox.org"""
)
"""Services that forms of blogs hand their input to; to others no form sends anything but a search (GET)."""

FRAME_RIGHTS = _names(
    """accelerometer autoplay clipboard-write encrypted-media fullscreen gyroscope picture-in-picture web-share"""
)
"""What a frame may be allowed (`allow`): what players ask for, and nothing a reader would be asked about."""

CLOBBERING = _names(
    """addeventlistener appendchild attachshadow attributes body childelementcount childnodes children classname
    cloneelement clonenode contentdocument contentwindow cookie createelement currentscript defaultview documentelement
    elements firstchild firstelementchild forms getattribute getelementbyid getelementsbytagname hasattribute
    hasattributes head implementation innerhtml innertext insertadjacenthtml insertbefore lastchild location
    namespaceuri nextsibling nodename nodetype nodevalue outerhtml ownerdocument parentelement parentnode
    previoussibling
    prototype queryselector queryselectorall remove removeattribute removeattributenode removechild replacechild
    setattribute shadowroot style tagname textcontent __proto__ constructor hasownproperty tostring valueof"""
)
"""Names of fields that a script would get in place of what it asks a form or a document for."""

TARGETS = _names("_blank _parent _self _top")
