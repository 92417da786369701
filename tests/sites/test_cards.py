"""Every page that is shared has a picture that stands for it."""

import re
import shutil
from pathlib import Path

from tests.sites.small_site import SmallSite


def test_posts_and_listings_have_their_cards(tmp_path: Path) -> None:
    """The address of og:image is absolute and the card is there; a second build draws none, an edit only its own."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.", title="No deal")
    site.post("two", "Text.", title="A deal")
    site.write("listings/job.md", "---\nemployer: A studio\nrole: A job\nseen: 2026-01-02\n---\nText.\n")
    site.build()
    for page in ("posts/one", "posts/two", "listings/job"):
        (named,) = re.findall(r'property="og:image" content="([^"]+)"', site.page(f"{page}/index.html"))
        assert named == f"https://example.org/repo/cards/{page}.png"
        assert f"cards/{page}.png" in site.files()
    first, cache = site.files(), site.folder / ".cache" / "cards"
    drawn = set(cache.iterdir())
    site.post("two", "Text.", title="Another deal")
    site.build()
    assert len(set(cache.iterdir()) - drawn) == 1
    assert site.files()["cards/posts/one.png"] == first["cards/posts/one.png"]
    (site.content / "posts/two.md").unlink()
    site.build()
    assert "cards/posts/two.png" not in site.files()


def test_each_of_many_new_posts_has_its_card(tmp_path: Path) -> None:
    """Many are drawn while pages are rendered, and are the same as where each was drawn on its own."""
    site = SmallSite(tmp_path)
    for number in range(24):
        site.post(f"post-{number}", "Text.", title=f"Deal {number}")
    site.build()
    together = site.files()
    cards = {name for name in together if name.startswith("cards/posts/")}
    assert len(cards) == 24
    shutil.rmtree(site.folder / ".cache" / "cards")
    shutil.rmtree(site.output)
    for number in range(4, 24):
        (site.content / "posts" / f"post-{number}.md").unlink()
    site.build()
    few = {name: data for name, data in site.files().items() if name in cards}
    assert len(few) == 4
    assert few.items() <= together.items()
