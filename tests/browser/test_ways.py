"""The ways a reader takes from page to page: what belongs together leads to each other."""

from playwright.sync_api import Page

from tests.browser.conftest import Served, served
from tests.sites.conftest import POST, Build, build  # noqa: F401 - a fixture

LISTING = "---\nemployer: Harbour Works\nrole: Crane driver\nseen: 2026-01-20\n---\n\nWords.\n"


def test_a_listing_and_the_posts_on_it_lead_to_each_other(build: Build, desktop: Page) -> None:  # noqa: F811
    """Whether a post names a listing in its head, shows its card or links to it; who names none is not there."""
    posts = {
        "head": POST.replace("tags: [pay]", "listings: [crane-driver]"),
        "card": POST.replace("Words", "/// listing | crane-driver\n///\n\nWords"),
        "link": POST.replace("Words", "[The job]({listing}crane-driver)"),
        "none": POST,
    }
    files = {f"posts/{name}.md": text.replace("A first post", name) for name, text in posts.items()}
    site = build({**files, "listings/crane-driver.md": LISTING})
    assert site.code == 0, site.said
    with served(site.output) as address:
        desktop.goto(f"{address}/listings/crane-driver/")
        names = desktop.locator(".related .p-name a").all_inner_texts()
        assert sorted(names) == ["card", "head", "link"]
        for name in names:
            desktop.goto(f"{address}/listings/crane-driver/")
            desktop.get_by_role("link", name=name, exact=True).click()
            desktop.locator('main a[href$="/listings/crane-driver/"]').first.click()
            assert desktop.url == f"{address}/listings/crane-driver/"


def test_tags_categories_and_authors_are_found_from_the_posts(site: Served, desktop: Page) -> None:
    """From the archive of posts one click leads to each index, and from a post's own tags one to all of them."""
    for name in ("tags", "categories", "authors"):
        desktop.goto(f"{site.address}/posts/")
        desktop.locator(".side").get_by_role("link", name=name.capitalize(), exact=True).click()
        assert desktop.url == f"{site.address}/{name}/"
        desktop.locator(".index-list a").first.click()
        desktop.locator(".kicker").get_by_role("link", name=name.capitalize(), exact=True).first.click()
        assert desktop.url == f"{site.address}/{name}/"
    desktop.goto(f"{site.address}/posts/day-one/")
    desktop.get_by_role("link", name="All tags").click()
    assert desktop.url == f"{site.address}/tags/"
