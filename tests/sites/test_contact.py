"""How readers reach the newsroom, and what of a new site waits until it is written."""

import re
from pathlib import Path
from string import Template

import pytest

from plugins.publishing.fresh_site import STARTER
from tests.publishing.conftest import inv
from tests.sites.small_site import ROOT, SmallSite

REPOSITORY = "https://github.com/strike/news"


@pytest.fixture
def site(tmp_path: Path) -> SmallSite:
    """Return a site with one post."""
    made = SmallSite(tmp_path)
    made.post("one", "Words.", title='A "post" & more')
    return made


def checked(site: SmallSite) -> str:
    """Return what a check of the site says, which has to find nothing wrong."""
    places = ["--content", str(site.content), "--output", str(site.folder / "none")]
    done = inv(ROOT, "check", "--settings", "tests/sites/siteconf.py", *places)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def foot(page: str) -> str:
    """Return a page's footer."""
    return page[page.index('<footer class="site-foot">') :]


def test_an_address_for_mail_is_on_every_page_and_under_each_post(site: SmallSite) -> None:
    """Readers come from every page to one that says where to write; under a post the mail names the post."""
    site.build(CONTACT="desk@strike.example")
    assert 'href="mailto:desk@strike.example"' in site.page("contact/index.html")
    for name in ("index.html", "about/index.html", "posts/one/index.html"):
        assert '<a href="/repo/contact/">Contact and corrections</a>' in foot(site.page(name)), name
    (link,) = re.findall(r'<a[^>]* href="([^"]*)">Report a correction</a>', site.page("posts/one/index.html"))
    assert link.startswith("mailto:desk@strike.example?subject=Correction%3A%20A%20")
    assert "%2Fposts%2Fone%2F" in link or "/posts/one/" in link
    assert "issues" not in site.page("contact/index.html")


def test_the_repositorys_forms_are_linked(site: SmallSite) -> None:
    """A correction of a post is reported in the form, with the page filled in; the others are on the contact page."""
    forms = site.folder / ".github" / "ISSUE_TEMPLATE"
    forms.mkdir(parents=True)
    (forms / "correction.yml").write_text("name: A correction\n")
    site.build(REPOSITORY=f"{REPOSITORY}/", CONTACT="desk@strike.example")
    page = site.page("contact/index.html")
    assert 'href="mailto:desk@strike.example"' in page
    for form in ("correction", "update", "fund"):
        assert f'href="{REPOSITORY}/issues/new?template={form}.yml"' in page
    (link,) = re.findall(r'<a[^>]* href="([^"]*)">Report a correction</a>', site.page("posts/one/index.html"))
    assert link.startswith(f"{REPOSITORY}/issues/new?template=correction.yml&amp;page=")
    assert link.endswith("/posts/one/")


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        (
            "https://strike.example/write?a=1&b=2",
            '<a rel="noopener" href="https://strike.example/write?a=1&amp;b=2">strike.example</a>',
        ),
        ("javascript:alert(1)", "You reach us here: javascript:alert(1)"),
        ("a@b.example?bcc=c@d.example", "You reach us here: a@b.example?bcc=c@d.example"),
        ("Signal: strike.42 <desk>", "You reach us here: Signal: strike.42 &lt;desk&gt;"),
    ],
)
def test_what_is_no_address_is_printed_and_not_linked(site: SmallSite, contact: str, shown: str) -> None:
    """A page of one's own is a link, an address is for mail, and anything else is text."""
    site.build(CONTACT=contact)
    page = site.page("contact/index.html")
    assert shown in page
    assert "mailto:" not in page


def test_where_nobody_can_be_reached_nothing_says_so_but_the_check(site: SmallSite) -> None:
    """Without CONTACT and REPOSITORY there is no page, no line and no link; who runs the check is told."""
    site.build()
    assert not (site.output / "contact").exists()
    assert "Report a correction" not in site.page("posts/one/index.html")
    assert "contact" not in foot(site.page("index.html"))
    assert "note: pelicanconf.py: readers cannot reach you" in checked(site)


def test_a_contact_page_of_the_newsrooms_own_takes_the_place(site: SmallSite) -> None:
    """What somebody has written is not overwritten, nor listed twice."""
    site.write("pages/reach-us.md", "---\ntitle: Reach us\nslug: contact\n---\n\nKnock twice.\n")
    site.build(CONTACT="desk@strike.example")
    assert "Knock" in site.page("contact/index.html")
    assert foot(site.page("index.html")).count('href="/repo/contact/"') == 1


def test_a_new_sites_beginning_is_not_published_as_it_stands(site: SmallSite) -> None:
    """The About page waits as a draft, the check says for what, and it is refused where it is published unwritten."""
    for path in STARTER.rglob("*.md"):
        text = Template(path.read_text("utf-8")).substitute(today="2026-03-01")
        site.write(path.relative_to(STARTER).as_posix(), text)
    site.build()
    assert not (site.output / "about").exists()
    assert "Say who you are" not in "".join(path.read_text("utf-8") for path in site.output.rglob("*.html"))
    assert "note: " in checked(site) and "pages/about.md:8: is not written yet (found TO FINISH: Say who" in checked(
        site
    )
    about = site.content / "pages" / "about.md"
    about.write_text(about.read_text("utf-8").replace("status: draft\n", ""), "utf-8")
    assert "pages/about.md:7: is not written yet (found TO FINISH: Say who" in site.build(code=1)
    about.write_text("---\ntitle: About\n---\n\n    TO FINISH: code is shown as it is\n\nWe are Local 12.\n", "utf-8")
    site.build()
    assert "We are Local" in site.page("about/index.html")
