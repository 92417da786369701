"""What is not public leaves no trace in the output."""

from tests.sites.conftest import POST, Build

SECRETS = {
    "posts/quokka-draft.md": "---\ntitle: Quokka title\nstatus: draft\ndate: 2026-01-03\ntags: [quokkatag]\n"
    "category: quokkacat\nauthor: Quokka Author\nimage: {src: images/quokka.svg, alt: quokka}\n---\n\n"
    "Quokka body ![quokka]({static}/images/quokka.svg)\n",
    "posts/quokka-later.md": "---\ntitle: Later quokka\ndate: 2026-03-01 12:01\ntags: [quokkalater]\n---\n\nQuokka.\n",
    "pages/quokka-page.md": "---\ntitle: Quokka page\nstatus: draft\n---\n\nQuokka.\n",
    "listings/quokka-listing.md": "---\nemployer: Quokka\nrole: Q\nseen: 2026-01-01\nstatus: draft\n---\n\nQuokka\n",
    "posts/_quokka-notes.md": "---\ntitle: Quokka notes\ndate: 2026-01-03\n---\n\nQuokka.\n",
    "posts/.quokka.md": "---\ntitle: Quokka hidden\ndate: 2026-01-03\n---\n\nQuokka.\n",
    "updates/quokka-later.md": "---\ntitle: Quokka\nsource: guild\ndate: 2026-03-01 12:01\n---\n\nQuokka.\n",
    "updates/sources.toml": '[[source]]\nid = "guild"\ntitle = "G"\nsite = "https://g.example.org/"\nkind = "guild"\n',
    "images/quokka.svg": '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>',
}


def test_no_byte_of_a_draft_is_written(build: Build) -> None:
    """No page, feed, tag, name, picture or file name gives away what a writer has not published."""
    site = build({"posts/first.md": POST, **SECRETS}, TZ="UTC")
    assert site.code == 0, site.said
    leaks = [name for name, data in site.files().items() if b"quokka" in name.lower().encode() + data.lower()]
    assert leaks == []


def test_a_scheduled_post_appears_with_the_first_build_after_its_time(build: Build) -> None:
    """Its time is in the site's zone, and nothing else has to be done."""
    site = build({"posts/first.md": POST, "posts/later.md": POST.replace("2026-01-02", "2026-03-02 09:00")})
    assert "posts/later/index.html" not in site.files()
    site = build(now=str(1772366400 + 2 * 86400))
    assert "posts/later/index.html" in site.files()


def test_a_post_taken_back_is_gone_from_the_output(build: Build) -> None:
    """Turning a post into a draft removes its page with the next build."""
    site = build({"posts/first.md": POST, "posts/second.md": POST.replace("A first", "A second")})
    assert "posts/second/index.html" in site.files()
    site = build({"posts/second.md": POST.replace("A first", "A second").replace("date", "status: draft\ndate")})
    assert [name for name, data in site.files().items() if b"A second" in data or "second" in name] == []


def test_a_link_to_a_draft_is_a_problem(build: Build) -> None:
    """A public text cannot lead to a page that will not be there."""
    draft = POST.replace("date", "status: draft\ndate")
    site = build({"posts/first.md": POST + "\n[x]({filename}d.md)\n", "posts/d.md": draft})
    assert (site.code, "posts/first.md:9: {filename}d.md leads to no published file" in site.said) == (1, True)
