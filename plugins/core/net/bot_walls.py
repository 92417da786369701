"""Tell a feed from what is sent in its place: a web page, and above all one that asks whether we are human. Pure."""

import re
from urllib.parse import urlsplit

from plugins.core.net.http import Response

FEED_ROOT = re.compile(rb"<(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>:]", re.IGNORECASE)
PAGE_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
ROOT_WITHIN, MARKS_WITHIN = 8 * 1024, 64 * 1024
CHALLENGE_HEADERS = ("cf-mitigated", "x-amzn-waf-action", "x-dd-b")
"""What Cloudflare, AWS and DataDome add to a page that stands in for the one asked for, and to no other."""
CHALLENGES = re.compile(
    rb"_cf_chl_opt|cf-challenge|<title>\s*just a moment|attention required! \| cloudflare|captcha-delivery\.com|"
    rb"px-captcha|sec-if-cpt-container|bm-verify|awswafcaptcha|awswaf\.com|_incapsula_resource|tollbit|ddos-guard|"
    rb"enable javascript and cookies to continue|verify(?:ing)? (?:that )?you are (?:a )?human|are you a robot",
    re.IGNORECASE,
)
"""What Cloudflare, DataDome, HUMAN, Akamai, AWS, Imperva, TollBit and the like write on the page that asks."""
SMALL_PAGE = 20_000
WEAK_CHALLENGES = re.compile(rb"captcha|datadome|akamai|access denied|unusual traffic|not a robot", re.IGNORECASE)
"""Words that ordinary pages have too, in their scripts and forms: they count on a page with little else (bytes)."""


def challenge(response: Response, content_type: str) -> str:
    """Return which bot wall answered in place of the feed, or ""."""
    if (urlsplit(response.url).hostname or "").startswith("tollbit."):
        return f"{response.url} asks robots to pay"
    if not is_page(content_type, response.body):
        return ""
    for name in CHALLENGE_HEADERS:
        if name in response.headers:
            return f"{response.url} answered with a challenge page (header {name})"
    if words := challenge_words(response.body):
        return f"{response.url} answered with a challenge page ({words!r})"
    return ""


def challenge_words(page: bytes) -> str:
    """Return the words by which an HTML page is known for a bot wall's, or ""."""
    start = page[:MARKS_WITHIN].replace(b"\0", b"")
    found = CHALLENGES.search(start)
    if found is None and len(start) < SMALL_PAGE:
        found = WEAK_CHALLENGES.search(start)
    return found.group().decode("ascii", "replace").strip() if found else ""


def is_page(content_type: str, body: bytes) -> bool:
    """Say whether a body is an HTML page: called so or begun so, and with no feed's root near its beginning."""
    start = body[:ROOT_WITHIN].replace(b"\0", b"")  # UTF-16 reads as ASCII without its zeros
    if FEED_ROOT.search(start) or start.lstrip().startswith((b"{", b"[")):
        return False
    return "html" in content_type.lower() or bool(PAGE_ROOT.search(start))
