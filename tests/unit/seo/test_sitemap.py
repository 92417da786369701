"""A sitemap has every page once, and no date that is not known."""

from datetime import UTC, date, datetime, timedelta, timezone
from xml.etree import ElementTree

from plugins.seo.model import ListedPage
from plugins.seo.sitemap import MOST, sitemaps

_URL = "https://example.org/repo"
_IN = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def _parsed(xml: str) -> ElementTree.Element:
    return ElementTree.fromstring(xml)  # noqa: S314 - our own


def test_addresses_are_whole_and_dates_true() -> None:
    """Addresses are absolute and escaped, moments in UTC, days as days, unknown dates left out, in order."""
    early = datetime(2026, 3, 1, 23, 30, tzinfo=timezone(timedelta(hours=-8)))
    places = [ListedPage("posts/b/", early), ListedPage("", None), ListedPage("tags/a&b é/", date(2026, 1, 2))]
    root = _parsed(sitemaps(places, _URL)["sitemap.xml"])
    rows = [(row.findtext(f"{_IN}loc"), row.findtext(f"{_IN}lastmod")) for row in root]
    assert rows == [
        (f"{_URL}/", None),
        (f"{_URL}/posts/b/", "2026-03-02T07:30:00Z"),
        (f"{_URL}/tags/a%26b%20%C3%A9/", "2026-01-02"),
    ]


def test_a_long_sitemap_is_cut() -> None:
    """Beyond 50,000 addresses there is an index of parts, each dated by its latest page."""
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    places = [ListedPage(f"{number:06}/", moment if number == MOST else None) for number in range(MOST + 5)]
    made = sitemaps(places, _URL)
    assert sorted(made) == ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]
    index = _parsed(made["sitemap.xml"])
    assert [(row.findtext(f"{_IN}loc"), row.findtext(f"{_IN}lastmod")) for row in index] == [
        (f"{_URL}/sitemap-1.xml", None),
        (f"{_URL}/sitemap-2.xml", "2026-03-01T00:00:00Z"),
    ]
    parts = [_parsed(made[name]) for name in ("sitemap-1.xml", "sitemap-2.xml")]
    assert [len(part) for part in parts] == [MOST, 5]


def test_translations_are_named_on_each_side() -> None:
    """Every language of a page is named beside it, its own too, in the namespace that search engines look for."""
    languages = (("en", "posts/a/"), ("es", "posts/a/es/"), ("x-default", "posts/a/"))
    places = [
        ListedPage("posts/a/", None, languages),
        ListedPage("posts/a/es/", None, languages),
        ListedPage("posts/b/"),
    ]
    xml = sitemaps(places, "https://example.org")["sitemap.xml"]
    links = _parsed(xml).findall(".//{http://www.w3.org/1999/xhtml}link")
    told = [("en", ""), ("es", "es/"), ("x-default", "")] * 2
    assert [dict(link.attrib) for link in links] == [
        {"rel": "alternate", "hreflang": language, "href": f"https://example.org/posts/a/{end}"}
        for language, end in told
    ]
    assert "xhtml" not in sitemaps(places[2:], "https://example.org")["sitemap.xml"]
