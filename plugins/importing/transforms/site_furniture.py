"""The old site's own furniture, taken out of its texts: subscribing, sharing, liking, paying, following.

Sources: the markup that Substack, Medium and WordPress with its common plugins export and put into feeds.
"""

import re
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag

from plugins.core.text.urls import host
from plugins.importing.conversion_log import ConversionLog
from plugins.importing.html_tree import attribute, new_element

_DROPPED = {
    "subscription widget": ".subscription-widget-wrap, .subscription-widget-wrap-editor, .subscription-widget,"
    ' [data-component-name^="SubscribeWidget"], .captioned-button-wrap, .install-substack-app-embed, .community-chat,'
    " .directMessage, .jetpack_subscription_widget, .wp-block-jetpack-subscriptions, .kg-signup-card, .mc4wp-form,"
    ' .formkit-form, iframe[src*="substack.com/embed"]',
    "share button": ".sharedaddy, .share-dialog, .addtoany_share_save_container, .addtoany_content,"
    " .wp-block-jetpack-sharing-buttons, .heateor_sss_sharing_container, .feedflare, .post-ufi, .like-button-container",
    "list of related posts": ".jp-relatedposts, .yarpp, .yarpp-related, .crp_related",
}
_INTERFACE = ".image-link-expand, .screen-reader-text, .file-embed-button.narrow"
_ALWAYS_ITS = re.compile(r"%%[a-z_]+%%|[?&]action=share\b|[?&]gift=true\b|utm_source=substack", re.IGNORECASE)
_ITS_PATHS = re.compile(r"/(?:subscribe|comments|refer|gift|leaderboard)/?$", re.IGNORECASE)
_BUTTONS = "p.button-wrapper, .wp-block-button, .kg-button-card"
_PAYWALL = ".paywall-jump, .paywall, .wp-block-jetpack-paywall"
_EMOJI = "img.emoji, img.wp-smiley"
_PIXEL = re.compile(
    r"medium\.com/_/stat|pixel\.wp\.com|stats\.wordpress\.com|feeds\.wordpress\.com/1\.0/|feeds\.feedburner\.com/~r/"
    r"|/tracking|open\?token=|blogger\.googleusercontent\.com/tracker|eotrx\.substackcdn\.com",
    re.IGNORECASE,
)


def remove(soup: BeautifulSoup, log: ConversionLog, site: str) -> None:
    """Take the old site's furniture out of a text and note it; `site` is its address, "" where nothing tells it."""
    for kind, selector in _DROPPED.items():
        for element in soup.select(selector):
            if not element.decomposed:
                log.remove(element, kind)
    for part in soup.select(_INTERFACE):
        part.decompose()
    for button in soup.select(_BUTTONS):
        _button(button, log, site)
    for wall in soup.select(_PAYWALL):
        log.remove(wall, "paywall", "what follows was for subscribers who pay")
    for picture in soup.select(_EMOJI):
        picture.replace_with(attribute(picture, "alt"))
    for picture in soup.find_all("img"):
        if _counts_readers(picture):
            log.remove(picture, "tracking pixel")


def _button(button: Tag, log: ConversionLog, site: str) -> None:
    """Drop a button that works on the old site alone; one that leads elsewhere is the writer's own, and a link."""
    href = attribute(button.find("a"), "href")
    words = button.get_text(" ", strip=True)
    if not href or _is_its(href, site):
        if re.search("share|gift|refer", href):
            log.remove(button, "share button", words)
        else:
            log.remove(button, "subscription widget", words)
        return
    paragraph = new_element("p")
    paragraph.append(new_element("a", {"href": href}, words or href))
    button.replace_with(paragraph)


def _is_its(href: str, site: str) -> bool:
    """Say whether an address is one of the old site's own services."""
    if _ALWAYS_ITS.search(href):
        return True
    there = host(href)
    at_home = not there or there == host(site) or there.endswith("substack.com")
    return at_home and _ITS_PATHS.search(urlsplit(href).path) is not None


def _counts_readers(picture: Tag) -> bool:
    sides = [attribute(picture, side) for side in ("width", "height")]
    return any(side in {"0", "1", "0px", "1px"} for side in sides) or bool(_PIXEL.search(attribute(picture, "src")))
