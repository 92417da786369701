"""A page's HTML as feeds carry it: addresses are absolute, and what only our own page can use is left out.

Programs that read feeds have neither our styles nor our scripts, show a text within a page of their own, and drop what
they do not trust. So nh3 lets pass only what one table allows: no roles and labels for our layout, no drawings, no
elements of our own, and one size of each picture.
"""

from functools import partial
from urllib.parse import urljoin

import nh3

_TAGS = frozenset(
    """
    a abbr article aside audio b bdi blockquote br caption cite code col colgroup dd del details dfn div dl dt em
    figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li mark ol p pre q rp rt ruby s samp section
    small source span strong sub summary sup table tbody td tfoot th thead time tr track u ul var video wbr
    """.split()  # noqa: SIM905 - a list of words
)
_SIZE = {"height", "width"}
_CELL = {"colspan", "headers", "rowspan"}
_ATTRIBUTES = {
    "*": {"class", "dir", "hidden", "id", "lang", "title"},
    "a": {"href", "hreflang", "rel"},
    "audio": {"controls", "src"},
    "blockquote": {"cite"},
    "col": {"span"},
    "colgroup": {"span"},
    "del": {"cite", "datetime"},
    "details": {"open"},
    "img": {"alt", "src", *_SIZE},
    "ins": {"cite", "datetime"},
    "li": {"value"},
    "ol": {"reversed", "start", "type"},
    "q": {"cite"},
    "source": {"src", "type"},
    "td": _CELL,
    "th": {*_CELL, "scope"},
    "time": {"datetime"},
    "track": {"kind", "label", "src", "srclang"},
    "video": {"controls", "poster", "src", *_SIZE},
}
_DROPPED = frozenset(
    {"canvas", "embed", "form", "iframe", "math", "noscript", "object", "script", "style", "svg", "template", "title"}
)
"""Elements of which not even the words are left."""
_ADDRESSES = frozenset({"cite", "href", "poster", "src"})
_SCHEMES = frozenset(
    {"geo", "http", "https", "irc", "ircs", "magnet", "mailto", "matrix", "sms", "tel", "webcal", "xmpp"}
)


def portable(html: str, page: str) -> str:
    """Return a text's HTML for feeds; `page` is the address it stands at, from which its links are read."""
    return nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        attribute_filter=partial(_whole, page),
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )


def _whole(page: str, _tag: str, name: str, value: str) -> str | None:
    if name not in _ADDRESSES:
        return value
    try:
        return urljoin(page, value)
    except ValueError:
        return None
