"""Whose page an address is: sites, their public suffixes, and hosts on which many people have pages of their own.

Nothing is looked up. The public suffix list (https://publicsuffix.org/) comes with the library tld; hosts that are on
no such list and give each of their users a path, or a name below theirs, are listed here.
"""

import re
from collections.abc import Mapping
from contextlib import suppress as suppressed
from functools import lru_cache
from posixpath import normpath
from urllib.parse import SplitResult, quote, unquote, urlsplit

_BY_PATH: Mapping[str, int] = {
    **dict.fromkeys(
        """
        bsky.social buymeacoffee.com change.org.uk codeberg.org dev.to facebook.com fb.com flickr.com github.com
        gitlab.com gitea.com gumroad.com instagram.com issuu.com itch.io ko-fi.com liberapay.com m.facebook.com
        mastodon.online mastodon.social mastodon.world medium.com mstdn.social mix.com myspace.com opencollective.com
        patreon.com paypal.me pinterest.com rumble.com scribd.com slideshare.net soundcloud.com substack.com t.me
        telegra.ph telegram.me threads.com threads.net tiktok.com tumblr.com twitch.tv twitter.com venmo.com vimeo.com
        vk.com write.as x.com youtube.com
        """.split(),  # noqa: SIM905 - a list of words
        1,
    ),
    **dict.fromkeys(
        """
        actionnetwork.org archive.org bsky.app change.org chuffed.org crowdfunder.co.uk crowdjustice.com docs.google.com
        drive.google.com forms.gle fundly.com fundrazr.com givebutter.com givesendgo.com gofundme.com groups.google.com
        indiegogo.com justgiving.com kickstarter.com launchgood.com linkedin.com mightycause.com notion.so paypal.com
        pol.is reddit.com secure.actblue.com sites.google.com spotfund.com whydonate.com
        """.split(),  # noqa: SIM905 - a list of words
        2,
    ),
}
"""Hosts where a path says whose page it is, and how many of its parts do: of medium.com/@name/a-text, the first."""
_BY_NAME = frozenset(
    """
    bandcamp.com beehiiv.com blog.fc2.com blogger.com buttondown.email cargo.site carrd.co cloud.site
    dreamwidth.org fandom.com free.fr ghost.io ghost.org hatenablog.com hypotheses.org jimdo.com jimdofree.com
    libsyn.com livejournal.com mailchimpsites.com medium.com micro.blog mystrikingly.com nationbuilder.com
    neocities.org newsletter.co over-blog.com podbean.com posthaven.com site123.me soup.io squarespace.com
    strikingly.com substack.com svbtle.com tripod.com tumblr.com typepad.com ucoz.com webnode.com weebly.com
    wikidot.com wix.com wixsite.com wordpress.com wpcomstaging.com yolasite.com
    """.split()  # noqa: SIM905 - a list of words
)
"""Hosts whose names below are their users', and that the public suffix list does not have."""
_EXACT = frozenset({"docs.google.com", "drive.google.com", "forms.gle", "youtube.com"})
"""Those of the hosts shared by path where a capital letter makes another page."""
_NOBODY = frozenset(
    """
    c channel company events groups hashtag i in orgs p pages people permalink.php photo photo.php playlist post posts
    profile.php r reel reels s search share shorts status story.php t u user users video videos view watch
    """.split()  # noqa: SIM905 - a list of words
)
"""What begins a path on such a host and is no name: whose page it is, the next part says, or the query."""
_PORTS = {"http": 80, "https": 443}
_HIDDEN = re.compile(r"%(?:25)*(?:2e|2f|5c)", re.IGNORECASE)
"""A dot, a slash or a backslash that one server reads as such, and another as a letter of a name."""


def suffix(host: str) -> str:
    """Return the part of a host below which anybody may have a name, such as co.uk, github.io or medium.com.

    Of a host under an ending that nobody knows it is the last part, as the list's own rule has it.
    """
    for one in _endings(host):
        if one in _BY_NAME and one != host:
            return one
    return _listed(host)


@lru_cache(maxsize=4096)
def _listed(host: str) -> str:
    from tld import get_tld  # noqa: PLC0415 - 80 ms for its list, and most addresses need none of it

    # With a name in front, so that a host which is a suffix itself is found to be one.
    found = get_tld(f"http://picket.{host}/", fail_silently=True, search_private=True)
    return str(found) if found else host.rpartition(".")[2]


def is_shared(host: str) -> bool:
    """Say whether the names below a host are anybody's: it is a public suffix, or one of the hosts listed here."""
    return host in _BY_NAME or _listed(host) == host


def owner(url: str) -> str:
    """Return a page's host and, where that is shared by path, the parts that say whose it is: "medium.com/@name"."""
    parts = _split(url)
    if parts is None:
        return ""
    host = _host(parts)
    if host not in _BY_PATH:
        return host
    place, count = _place(parts), _owners_steps(parts)
    page = "/".join((host, *place[:count]))
    if len(place) < count and parts.query:
        page += f"?{parts.query}"
    return page


def covers(site: str, url: str) -> bool:
    """Say whether a page lies on a site: on its very host and below its whole path, or on a host below its own.

    A host below counts for a site without a path alone, and not where such hosts are anybody's; a host that many share
    by path is a site with that path only. Whatever way a server may read the page's path, it is below the site's.
    """
    home, page = _split(site), _split(url)
    if home is None or page is None or _port(home) != _port(page):
        return False
    host, page_host, home_path = _host(home), _host(page), _place(home)
    if host != page_host:
        is_below = page_host.endswith(f".{host}")
        return is_below and not home_path and not home.query and not is_shared(host) and host not in _BY_PATH
    if home_path and _HIDDEN.search(page.path):
        return False
    page_path = _place(page)
    asked = set(filter(None, home.query.split("&")))
    if len(home_path) < _owners_steps(home) and (page_path != home_path or (page.query and not asked)):
        return False  # a page on a host that many share, and nobody's: another is another's
    return page_path[: len(home_path)] == home_path and asked <= set(page.query.split("&"))


def root(url: str) -> str:
    """Return the address of the site that a page's owner has: its host, and on a shared one the path that is theirs."""
    parts = urlsplit(url)
    count = _owners_steps(parts)
    steps = _steps(parts.path)
    path = "/".join(quote(step, safe="@:~!$&+,;=") for step in steps[:count])
    if len(steps) < count and parts.query:
        path += f"?{parts.query}"
    return f"https://{parts.netloc}/{path}"


def size(site: str) -> tuple[int, int]:
    """Return how much a site's address says, to tell the nearest of several that cover a page: its host, its path."""
    parts = _split(site)
    if parts is None:
        return 0, 0
    return len(_host(parts)), len(_steps(parts.path))


def _split(url: str) -> SplitResult | None:
    """Return an address's parts; none of one that is no plain address of the web, or that has a name in front."""
    try:
        parts = urlsplit(url.strip().replace("\\", "/"))
        sound = parts.scheme in _PORTS and bool(parts.hostname) and "@" not in parts.netloc
        _ = parts.port
    except ValueError:
        return None
    if not sound or re.search(r"[\s<>\"]", url.strip()):
        return None
    return parts


def _host(parts: SplitResult) -> str:
    """Return a host as it is compared: small, without `www.` and a final dot, its letters as IDNA has them."""
    name = (parts.hostname or "").rstrip(".")
    if not name.isascii():
        with suppressed(UnicodeError):
            name = name.encode("idna").decode("ascii")
    return name.removeprefix("www.")


def _port(parts: SplitResult) -> int:
    """Return a port as it is compared: 0 for the usual one of the scheme."""
    if parts.port == _PORTS[parts.scheme]:
        return 0
    return parts.port or 0


def _steps(path: str) -> tuple[str, ...]:
    """Return a path's parts, `.` and `..` followed, empty ones left out, escapes read (RFC 3986, 5.2.4 and 6.2.2)."""
    plain = normpath(f"/{unquote(path)}".replace("\\", "/"))
    return tuple(step for step in plain.split("/") if step and step != ".")


def _owners_steps(parts: SplitResult) -> int:
    """Return how many parts of its path say whose page one is: none on a host that is one owner's."""
    count = _BY_PATH.get(_host(parts), 0)
    steps = _steps(parts.path)
    if count and steps and steps[0].lower() in _NOBODY:
        return max(count, 2)
    return count


def _place(parts: SplitResult) -> tuple[str, ...]:
    """Return a path's parts as they are compared: on most hosts that many share, capitals make no other person."""
    steps = _steps(parts.path)
    if _host(parts) in _EXACT:
        return steps
    count = _owners_steps(parts)
    return (*map(str.lower, steps[:count]), *steps[count:])


def _endings(host: str) -> list[str]:
    parts = host.split(".")
    return [".".join(parts[number:]) for number in range(len(parts))]
