"""The writer's desk on a whole site: cards, references, redirects, expiry, and what fetched texts cannot do."""

import re
from zoneinfo import ZoneInfo

from plugins.sections import questions
from plugins.sections.model import Newsroom
from plugins.writing import new
from tests.conftest import NOW
from tests.sites.conftest import POST, Build

FUND = (
    '[[fund]]\nid = "hardship"\nname = "Hardship Fund"\nurl = "https://fund.example.org/"\n'
    'hosts = ["fund.example.org"]\npays_for = "Rent."\n'
)
SIGNED = FUND + 'verified_on = 2026-02-20\nverified_by = "An Editor"\n'
SITE = {
    "funds.toml": SIGNED,
    "strikes.toml": '[[strike]]\nid = "dock"\nunion = "Dockers"\nemployers = "Harbour Works"\nstart = 2026-01-05\n'
    'status = "running"\n[[strike.milestone]]\ndate = 2026-01-05\ntext = "They walk out."\nsource = "The union"\n',
    "demands.toml": '[[demand]]\nid = "dock-pay"\nstrike = "dock"\ntopic = "Pay at the dock"\nopen = ["won"]\n'
    '[[demand.asked]]\ntext = "10% more."\ndate = 2026-01-05\nsource = "The union"\n',
    "listings/crane-driver.md": "---\nemployer: Harbour Works\nrole: Crane driver\nseen: 2026-01-20\n---\n\n"
    "See [the fund]({fund}hardship).\n",
    "updates/sources.toml": '[[source]]\nid = "union"\ntitle = "The union"\nsite = "https://union.example.org/"\n'
    'kind = "guild"\n',
    "updates/walk-out.md": "---\ntitle: Walk-out at dawn\nsource: union\ndate: 2026-01-05\n---\n\n"
    '<p class="card-slot" data-card="fund" data-id="hardship"><a href="{fund}hardship">x</a></p>\n\n'
    "/// fund | hardship\n///\n",
    "posts/desk.md": "---\ntitle: From the desk\ndate: 2026-01-06\naliases: [/2026/old.html, was/here/]\n---\n\n"
    "/// listing | crane-driver\n///\n\n/// fund | hardship\n///\n\n/// story | walk-out\n///\n\n"
    "/// milestone | dock-2026-01-05\n///\n\n/// demand | dock-pay\n///\n\n"
    "[ad]({listing}crane-driver) [give]({fund}hardship) [dawn]({update}walk-out) [story]({story}walk-out) "
    '[strike]({strike}dock) [wire]({section}updates) <a href="{milestone}dock-2026-01-05">day one</a> '
    "[pay]({demand}dock-pay)\n",
    "posts/soon-over.md": POST.replace("tags: [pay]", "expires: 2026-02-01").replace("A first post", "Come tonight"),
}


def test_cards_and_references_are_printed_from_the_records(build: Build) -> None:
    """A card shows its record as it is today, and a link its page, below the site's base; feeds get a link."""
    site = build(SITE, SITEURL="https://example.org/repo")
    assert site.code == 0, site.said
    page = site.page("posts/desk/index.html")
    body = page[page.index("e-content") :]
    assert "{" not in re.sub(r"<[^>]*>", "", body[: body.index("</article>")])
    assert "card-slot" not in page
    base = re.search(r'href="([^"]*)/posts/"', page)[1]  # type: ignore[index]
    for url in (
        "listings/crane-driver/",
        "donate/#hardship",
        "updates/2026/01/05/#walk-out",
        "timeline/#dock",
        "demands/dock/#dock-pay",
        "updates/",
    ):
        assert f'href="{base}/{url}"' in body, url
    assert body.count('class="card') == 5
    assert 'class="button" href="https://fund.example.org/"' in body
    assert "Walk-out at dawn" in body
    assert "They walk out." in body
    assert "10% more." in body
    feed = site.page("feeds/posts.atom.xml")
    assert "Crane driver, Harbour Works" in feed
    assert "Pay at the dock" in feed
    assert "{fund}" not in feed
    assert "/donate/#hardship" in feed
    assert "donate/#hardship" in site.page("listings/crane-driver/index.html")


def test_one_changed_record_changes_every_card(build: Build) -> None:
    """Without a fresh check a fund has no button on any page, a card in a post among them."""
    assert 'class="button"' in build(SITE).page("posts/desk/index.html")
    site = build({"funds.toml": FUND})
    assert site.code == 0, site.said
    assert 'class="button"' not in site.page("posts/desk/index.html")
    assert "Nobody here has checked" in site.page("posts/desk/index.html")


def test_a_fetched_or_entered_update_makes_no_card(build: Build) -> None:
    """Only the site's own texts have cards: an update's HTML and its slashes are words like others."""
    site = build(SITE)
    day = site.page("updates/2026/01/05/index.html")
    assert "hardship" in day
    assert "card-slot" not in day
    assert 'class="card' not in day
    assert 'class="button"' not in day


def test_an_old_address_leads_to_the_text_below_the_base(build: Build) -> None:
    """Each alias is a small page: where to, for readers and search engines, with a policy that allows nothing."""
    site = build(SITE, SITEURL="https://example.org/repo")
    target = re.search(r'href="([^"]*/posts/desk/)"', site.page("index.html"))[1]  # type: ignore[index]
    for file in ("2026/old.html", "was/here/index.html"):
        page = site.page(file)
        assert f'<meta http-equiv="refresh" content="0; url={target}">' in page
        assert re.search(r'<link rel="canonical" href="https?://[^"]+/posts/desk/">', page)
        assert "default-src 'none'" in page
        assert "noindex" in page


def test_an_alias_never_takes_the_place_of_a_page(build: Build) -> None:
    """A page that only the build makes is as safe as one the check knows of; the output stays as it was."""
    good = build(SITE)
    for alias in ("tags/pay/", "feeds/posts.atom.xml/../x", "posts/"):
        bad = build({"posts/second.md": POST.replace("tags: [pay]", f"tags: [pay]\naliases: [{alias}]")})
        assert bad.code == 1, alias
        assert "posts/second.md" in bad.said
        assert "Traceback" not in bad.said
        assert bad.files() == good.files()


def test_an_expired_post_is_off_the_front_page_and_on_the_web(build: Build) -> None:
    """What has expired has its page, its place in the archive and in the feed, and is not on the front page."""
    site = build(SITE)
    assert "/posts/desk/" in site.page("index.html")
    assert "/posts/soon-over/" not in site.page("index.html")
    for file in ("posts/soon-over/index.html", "posts/index.html", "feeds/posts.atom.xml"):
        assert "/posts/soon-over/" in site.page(file)


def test_what_nobody_has_is_told_with_its_line_and_what_was_meant(build: Build) -> None:
    """Unknown references and blocks, in drafts too, stop the build."""
    text = "---\ntitle: A\ndate: 2026-02-01\nstatus: draft\n---\n\n[x]({fund}hardshop)\n\n/// story | nobody\n///\n"
    bad = build({**SITE, "posts/bad.md": text})
    assert bad.code == 1
    assert re.search(r"bad\.md:7: there is no fund 'hardshop'.*; did you mean hardship\?", bad.said)
    assert re.search(r"bad\.md:9: there is no story 'nobody'", bad.said)


def test_new_entries_are_published_as_they_are(build: Build) -> None:
    """What `./inv new` writes needs no more: drafts stay in, and a fund that nobody has signed has no button."""
    site = build(SITE)
    zone = ZoneInfo("America/Los_Angeles")
    newsroom = Newsroom(site.content, NOW.astimezone(zone), zone, "en", "https://example.org")
    known = questions.forms([f"plugins.{name}.plugin" for name in ("posts", "updates", "listings", "funds", "strikes")])

    def begin(kind: str, **given: str) -> None:
        new.new(known[kind], newsroom, given)

    begin("post", title='Day two: "they" came back')
    begin("listing", id="dock-hand", employer="The port", role="Dock hand")
    again = build()
    assert again.code == 0, again.said
    assert {name for name in again.files() if not name.startswith("pagefind/")} == {
        name for name in site.files() if not name.startswith("pagefind/")
    }
    begin("update", url="https://www.paper.example/2026/talks-resume", title="Talks resume", date="2026-03-01")
    begin("source", title="The Outlet", feed="https://outlet.example.org/feed.xml")
    begin("milestone", text="The cranes stand still.", date="2026-01-06", source="The union")
    begin("fund", name="The Tea Fund", url="https://tea.example.org/", hosts="tea.example.org")
    after = build()
    assert after.code == 0, after.said
    assert "Talks resume" in after.page("updates/2026/03/01/index.html")
    assert "The cranes stand still." in after.page("timeline/index.html")
    donate = after.page("donate/index.html")
    assert "The Tea Fund" in donate
    assert not re.search(r'class="[^"]*button[^"]*"[^>]*href="https://tea', donate)


def test_a_story_card_grows_with_its_story(build: Build) -> None:
    """Once a second outlet tells the story, the card and the link lead to the story's own page, by the same id."""
    outlet = '\n[[source]]\nid = "paper"\ntitle = "The paper"\nsite = "https://paper.example.org/"\nkind = "press"\n'
    update = "---\ntitle: Walk-out at dawn\nsource: {}\ndate: 2026-01-05\nurl: https://union.example.org/dawn\n---\n"
    grown = {
        "updates/sources.toml": SITE["updates/sources.toml"] + outlet,
        "updates/walk-out.md": update.format("union"),
        "updates/at-the-gate.md": update.format("paper"),
    }
    site = build({**SITE, **grown})
    assert site.code == 0, site.said
    body = site.page("posts/desk/index.html")
    assert "The whole story, in 2 reports" in body
    assert body.count('href="/updates/stories/') == 2
