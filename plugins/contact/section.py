"""The contact page as a section: made of two settings, unless the newsroom has written a page of its own."""

from pathlib import Path

from pydantic import ConfigDict

from plugins.contact.ways import URL, contact
from plugins.core.config import markdown_file
from plugins.core.config.checked import Checked
from plugins.core.errors import Problem
from plugins.sections.model import Edition, Newsroom
from plugins.sections.printed import Page

FORMS = Path(".github/ISSUE_TEMPLATE")


class _Anything(Checked):
    """Front matter that somebody else checks."""

    model_config = ConfigDict(extra="ignore")


def edition(newsroom: Newsroom) -> Edition:
    """Return the edition: a page that says how to reach the newsroom, or a notice that nobody can."""
    has_form = (newsroom.content.resolve().parent / FORMS / "correction.yml").is_file()
    view = contact(newsroom.site.contact, newsroom.site.repository, has_form=has_form)
    own = _own_page(newsroom.content)
    if view is None:
        what = "readers cannot reach you: CONTACT and REPOSITORY are empty"
        notice = Problem("pelicanconf.py", 0, what, "set one of them, and every page leads to a contact page")
        return Edition("contact", notices=() if own else (notice,))
    return Edition(
        name="contact",
        context={"contact": view},
        publish=lambda _: () if own else (Page(f"{URL}index.html", "contact", {}),),
    )


def _own_page(content: Path) -> bool:
    """Say whether a page of the content stands at the contact page's address."""
    for path in (content / "pages").rglob("*.md"):
        front = markdown_file.read(path, _Anything).front.data
        slug = str(front.get("slug") or path.stem).strip()
        if slug == URL.rstrip("/") and str(front.get("status")).strip().lower() != "draft":
            return True
    return False
