"""Who may see the preview: this machine's own browser, asking of its own accord.

Drafts are secret. A page elsewhere can have its own name lead to this machine (DNS rebinding) or load ours as a part of
itself; both say so in what they ask with. Sources: https://fetch.spec.whatwg.org/#http-origin,
https://www.w3.org/TR/fetch-metadata/
"""

from collections.abc import Mapping

_NAMES = frozenset({"localhost", "127.0.0.1", "[::1]"})
_OWN = frozenset({"none", "same-origin"})


def fault(asked: Mapping[str, str]) -> str:
    """Return why a request is refused, "" where it is not; `asked` are its headers, their names in any case."""
    given = {name.lower(): value for name, value in asked.items()}
    host = given.get("host", "")
    if _name(host) not in _NAMES:
        return "the preview answers to localhost and 127.0.0.1 only"
    if origin := given.get("origin"):
        if origin == f"http://{host}":
            return ""
        return "the preview answers to its own pages only"
    # The first page is asked for by the address bar or a link, as a whole page; nothing else may come from elsewhere.
    followed = (given.get("sec-fetch-mode"), given.get("sec-fetch-dest")) == ("navigate", "document")
    if given.get("sec-fetch-site", "none") not in _OWN and not followed:
        return "the preview is not to be loaded by another site"
    return ""


def _name(host: str) -> str:
    """Return a host without its port, in small letters."""
    name, colon, port = host.lower().rpartition(":")
    return name if colon and port.isdecimal() else host.lower()
