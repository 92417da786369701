"""Other people's addresses made safe: absolute, http or https, and nothing in them that ends an attribute.

Nothing is looked up: where an address leads makes no difference.
"""

import re
from urllib.parse import quote, urljoin, urlsplit

from plugins.core.text import characters

SCHEMES = {"http", "https"}
ADDRESS_LIMIT = 2_000

# Nearly every address: nothing to resolve, to encode or to doubt.
_PLAIN_ADDRESS = re.compile(
    r"https?://[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+(?:[/?#][A-Za-z0-9/?#.,:;=&%+_~!*@$-]{0,1500})?"
)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_HOST = re.compile(r"[^\s\x00-\x20<>\"'`\\^{}|%/?#]+")


def address(url: str, base: str = "") -> str:
    """Return an absolute http(s) address, resolved against `base`; "" where there is none."""
    if _PLAIN_ADDRESS.fullmatch(url):
        return url
    url = characters.clean(url).translate({9: "", 10: "", 13: ""}).strip()
    if "\\" in url:  # browsers read \ as / before the query (WHATWG URL, 4.4)
        path, mark, query = url.partition("?")
        url = path.replace("\\", "/") + mark + query
    if not url or len(url) > ADDRESS_LIMIT:
        return ""
    try:
        if not _SCHEME.match(url):
            url = urljoin(base, url)
        parts = urlsplit(url)
        port_is_valid = parts.port is None or parts.port > 0
    except ValueError:
        return ""
    host = parts.netloc.rpartition("@")[2]
    if parts.scheme not in SCHEMES or not port_is_valid or not _HOST.fullmatch(host):
        return ""
    # What may not stand in an address (RFC 3986, 2) and breaks out of text; what is encoded stays so.
    return re.sub(r"[\s<>\"`\\^{}|]", lambda found: quote(found[0]), parts._replace(netloc=host).geturl())
