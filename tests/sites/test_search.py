"""The search page of a whole site."""

import re
from pathlib import Path

from tests.sites.small_site import SmallSite


def test_without_scripts_the_archives_are_named(tmp_path: Path) -> None:
    """The page says where else to look, and is under the same policy as every other page."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.")
    site.build()
    search, other = site.page("search/index.html"), site.page("index.html")
    assert re.search(r"<noscript>.*/repo/posts/.*</noscript>", search, re.DOTALL)
    policies = [re.findall(r'Security-Policy" content="([^"]+)"', one) for one in (search, other)]
    assert policies[0] == policies[1] != []
    assert 'href="/repo/search/"' in other


def test_the_index_knows_public_texts_only(tmp_path: Path) -> None:
    """A site with posts has an index of them; a build from nothing makes the same, an edit another."""
    site = SmallSite(tmp_path)
    site.post("one", "Text.")
    site.post("draft", "Secret.", "status: draft\n")
    site.build()
    first = {path: data for path, data in site.files().items() if path.startswith("pagefind/")}
    assert len([path for path in first if path.startswith("pagefind/fragment/")]) == 1
    for path in (site.folder / ".cache" / "search").iterdir():
        path.rename(site.folder / path.name)
    site.build()
    assert {path: data for path, data in site.files().items() if path.startswith("pagefind/")} == first
