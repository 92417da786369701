"""Write robots.txt: people and search engines are welcome, those who feed machines are not.

Source: https://www.rfc-editor.org/rfc/rfc9309. It is a request: who does not heed it is not kept out by it.
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from plugins.seo.model import Crawler


def crawlers(text: str) -> list[Crawler]:
    """Read the list of refused programs: a name a line, then `#` and why; lines that begin with `#` are headings."""
    found = []
    for line in text.splitlines():
        name, _, why = map(str.strip, line.partition("#"))
        if name:
            found.append(Crawler(name, why))
    return found


def robots(siteurl: str, refused: Iterable[Crawler]) -> str:
    """Return robots.txt for a site at an absolute address."""
    refused = list(refused)
    lines = ["# Readers and search engines: welcome."]
    if urlsplit(siteurl).path.strip("/"):
        lines += [
            "# Crawlers look for this file at the root of a host only. This site lies below it:",
            "# for this to be heeded, the same must stand in the robots.txt of the host.",
        ]
    lines += ["User-agent: *", "Disallow:", ""]
    if refused:
        lines.append("# Nothing here is given for training machines, or for the answers they write.")
        lines += [f"User-agent: {crawler.name}" for crawler in refused]
        lines += ["Disallow: /", ""]
    return "\n".join([*lines, f"Sitemap: {siteurl}/sitemap.xml", ""])
