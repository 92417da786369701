"""The contact page as a section: made of two settings, unless the newsroom has written a page of its own."""

from pathlib import Path

from plugins.contact.contact_ways import URL, contact
from plugins.core.errors import Problem
from plugins.sections.model import Edition, Newsroom
from plugins.sections.own_page import has_own_page
from plugins.sections.printed import Page

FORMS = Path(".github/ISSUE_TEMPLATE")


def edition(newsroom: Newsroom) -> Edition:
    """Return the edition: a page that says how to reach the newsroom, or a notice that nobody can."""
    has_form = (newsroom.content.resolve().parent / FORMS / "correction.yml").is_file()
    view = contact(newsroom.site.contact, newsroom.site.repository, has_form=has_form)
    is_own = has_own_page(newsroom.content, URL.rstrip("/"))
    if view and is_own:
        return Edition("contact", context={"contact": view})
    if view:
        page = Page(f"{URL}index.html", "contact", {})
        return Edition("contact", context={"contact": view}, publish=lambda _: (page,))
    if is_own:
        return Edition("contact")
    what = "readers cannot reach you: CONTACT and REPOSITORY are empty"
    notice = Problem("pelicanconf.py", 0, what, "set one of them, and every page leads to a contact page")
    return Edition("contact", notices=(notice,))
