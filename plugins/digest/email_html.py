"""A post's HTML as an e-mail may hold it: whole addresses, words instead of pictures, nothing that loads or runs.

What is left is one allow-list's, and nh3 has the last word. Styles come afterwards and are the theme's.
"""

import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from urllib.parse import quote, urljoin, urlsplit

import nh3

_TAGS = frozenset(
    """
    a abbr aside b blockquote br caption code dd del div dl dt em figcaption figure h2 h3 h4 h5 h6 hr i ins kbd li mark
    ol p pre q s samp small strong sub sup table tbody td tfoot th thead tr u ul var
    """.split()  # noqa: SIM905 - a list of words
)
_ATTRIBUTES = {"a": {"href"}, "ol": {"start"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
_ALIGNED = {"align-center", "align-right"}
_CLASSES = {
    "aside": {"pull"},
    "blockquote": {"chat"},
    "div": {"annotated", "corrections", "line", "panel"},
    "dl": {"transcript"},
    "figure": {"video"},
    "p": {"attribution", "card-slot", "quiet"},
    "td": _ALIGNED,
    "th": _ALIGNED,
}
_DROPPED = frozenset(
    """
    applet audio canvas embed form iframe math noscript object script style svg template title video
    """.split()  # noqa: SIM905 - a list of words
)
"""Elements of which not even the words are left."""
_FOOTNOTE = frozenset({"footnote-ref", "footnote-backref"})
_NOT_IN_ADDRESSES = re.compile(r"[\s<>\"\\^`{|}]")
"""What an address may not have (RFC 3986, section 2), and a mailing tool might take for a mark of its own."""
_SCHEMES = frozenset({"http", "https", "mailto", "tel"})


@dataclass(frozen=True, slots=True)
class Mailable:
    """HTML for an e-mail, and the addresses as they were written of links that lead nowhere from one."""

    html: str
    dead: tuple[str, ...]


def mailable(html: str, address: str) -> Mailable:
    """Return a text's HTML for an e-mail; `address` is the page it stands on, from which its links are read.

    A picture becomes its alternative text in brackets. A link within the page leads to that place on the site; between
    a footnote and its number, which are both in the e-mail, there is none.
    """
    worded = _Worded(address)
    worded.feed(html)
    worded.close()
    clean = nh3.clean(
        "".join(worded.pieces),
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes=_ATTRIBUTES,
        allowed_classes=_CLASSES,
        url_schemes=set(_SCHEMES),
        link_rel=None,
    )
    return Mailable(clean, tuple(worded.dead))


def _whole(link: str, address: str) -> str | None:
    try:
        whole = urljoin(address, link.strip())
        parts = urlsplit(whole)
    except ValueError:
        return None
    # What was not resolved begins with a brace or a bar, which is a path to `urljoin`.
    if link.strip().startswith(("{", "|")) or parts.scheme not in _SCHEMES:
        return None
    if not parts.hostname and parts.scheme not in {"mailto", "tel"}:
        return None
    return _NOT_IN_ADDRESSES.sub(lambda sign: quote(sign[0]), whole)


class _Worded(HTMLParser):
    """Writes HTML again as it was, but pictures as words and links with whole addresses."""

    def __init__(self, address: str) -> None:
        super().__init__(convert_charrefs=False)
        self._address = address
        self.pieces: list[str] = []
        self._mute = False
        self._spans: list[str] = []
        self.dead: dict[str, None] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        marks = (given.get("class") or "").split()
        if tag == "img":
            if alt := " ".join((given.get("alt") or "").split()):
                self.pieces.append(f"<i>[{escape(alt)}]</i>")
        elif tag == "a" and "href" in given:
            self._link(given["href"] or "", marks)
        elif tag == "span" and "host" in marks:
            # Beside a video's title stands its host, in a span: not to be had as the title's last word.
            self.pieces.append(" (")
            self._spans.append(")")
        elif tag == "span":
            self._spans.append("")
        else:
            self.pieces.append(self.get_starttag_text() or "")

    def _link(self, link: str, marks: list[str]) -> None:
        whole = None
        if _FOOTNOTE.isdisjoint(marks):
            whole = _whole(link, self._address)
        if whole is None and not link.startswith("#"):
            self.dead[link] = None
        if whole:
            self.pieces.append(f'<a href="{escape(whole)}">')
        else:
            self.pieces.append("<a>")  # its end tag comes all the same
        self._mute = "footnote-backref" in marks

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._mute = self._mute and tag != "a"
        if tag != "span":
            self.pieces.append(f"</{tag}>")
        elif self._spans:  # one that was never opened ends nothing
            self.pieces.append(self._spans.pop())

    def handle_data(self, data: str) -> None:
        if not self._mute:
            self.pieces.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")
