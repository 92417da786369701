"""Links to other sites, in whatever printed them: none gives the page it leads to a hold on the one it came from.

So templates, writers' HTML and blocks need not think of it. That no address of ours goes along is said once a page, by
`<meta name="referrer">`. Source: https://html.spec.whatwg.org/multipage/links.html#link-type-noopener
"""

import re

_OUTWARD = re.compile(
    r"<a(?=\s)(?P<before>(?:[^>\"']|\"[^\"]*\"|'[^']*')*?)\shref=(?P<quote>[\"']?)(?P<url>https?://[^\"'>\s]*)(?P=quote)"
    r"(?P<after>(?:[^>\"']|\"[^\"]*\"|'[^']*')*)>",
    re.IGNORECASE,
)
_REL = re.compile(r"\srel=(?P<quote>[\"']?)(?P<words>[^\"'>]*)(?P=quote)", re.IGNORECASE)


def marked(html: str, siteurl: str) -> str:
    """Return a page in which each link to another site has `rel="noopener"`, beside what `rel` it had."""

    def mark(found: re.Match[str]) -> str:
        link, url = found[0], found["url"]
        if url == siteurl or url.startswith(f"{siteurl}/"):
            return link
        rel = _REL.search(link)
        if rel is None:
            return f'{link[:2]} rel="noopener"{link[2:]}'
        words = rel["words"].split()
        if "noopener" in map(str.lower, words):
            return link
        return f'{link[: rel.start()]} rel="{" ".join([*words, "noopener"])}"{link[rel.end() :]}'

    return _OUTWARD.sub(mark, html) if "://" in html else html
