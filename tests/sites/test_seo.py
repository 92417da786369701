"""A whole site tells programs where its pages are, and only those that are public."""

import json
import re
from pathlib import Path

from tests.sites.small_site import SmallSite


def test_the_sitemap_has_every_public_page(tmp_path: Path) -> None:
    """Each page is listed by its canonical address; drafts, scheduled posts and pages not to be found are not."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.", "modified: 2026-04-05 10:00\ntags: [pay]\n")
    site.post("draft", "Text.", "status: draft\n")
    site.write("posts/later.md", "---\ntitle: Later\ndate: 2030-01-01\n---\nText.\n")
    site.write("listings/job.md", "---\nemployer: A studio\nrole: A job\nseen: 2026-01-02\n---\nText.\n")
    site.build()
    listed = dict(re.findall(r"<url><loc>([^<]+)</loc>(.*?)</url>", site.page("sitemap.xml")))
    assert listed["https://example.org/repo/posts/one/"] == "<lastmod>2026-04-05T17:00:00Z</lastmod>"
    assert listed["https://example.org/repo/about/"] == ""
    assert not [address for address in listed if re.search("draft|later|404|search", address)]
    canonical = {
        address
        for path, data in site.files().items()
        if path.endswith(".html") and b'content="noindex"' not in data
        for address in re.findall(r'rel="canonical" href="([^"]+)"', data.decode())
    }
    assert set(listed) == canonical


def test_pages_that_stayed_are_listed_as_before(tmp_path: Path) -> None:
    """What a page's head says is remembered for pages that are not written again, and for no other."""
    site = SmallSite(tmp_path)
    for name in ("one", "two"):
        site.post(name, "Text.")
    site.build()
    first = site.page("sitemap.xml")
    for number in range(3):
        site.post("one", f"Text {number}.")
        site.build()
        assert site.page("sitemap.xml") == first
    assert list((tmp_path / ".cache" / "seo").iterdir())
    site.post("two", "Text.", "status: draft\n")
    site.build()
    assert "posts/two/" not in site.page("sitemap.xml")


def test_the_other_signposts_lie_below_the_base(tmp_path: Path) -> None:
    """robots.txt refuses AI crawlers unless told otherwise; the manifest is linked and stays below the base."""
    site = SmallSite(tmp_path)
    site.build()
    assert "User-agent: GPTBot" in site.page("robots.txt")
    assert json.loads(site.page("site.webmanifest"))["scope"] == "/repo/"
    assert '<link rel="manifest" href="/repo/site.webmanifest">' in site.page("index.html")
    site.build(ROBOTS_REFUSE_AI=False)
    assert "GPTBot" not in site.page("robots.txt")
