"""Citations as robust links."""

from datetime import date

from plugins.links.model import Archived, CitationRow
from plugins.links.robust_links import robust

URL = "https://paper.example/story?a=1&b=2"
COPY = "https://web.archive.org/web/20260201000000/https://paper.example/story?a=1&b=2"
ARCHIVED = Archived(url=COPY, day=date(2026, 2, 1))
ALIVE = {URL: CitationRow(url=URL, verdict="alive", since=date(2026, 2, 1), archived=ARCHIVED)}
DEAD = {URL: CitationRow(url=URL, verdict="dead", since=date(2026, 2, 1), failures=2, archived=ARCHIVED)}
LOST = {URL: CitationRow(url=URL, verdict="dead", since=date(2026, 2, 1), failures=2)}
ONCE = {URL: CitationRow(url=URL, verdict="dead", since=date(2026, 2, 1), failures=1)}
LINK = '<a class="x" href="https://paper.example/story?a=1&amp;b=2#p3">the <em>story</em></a>'


def shown(html: str, rows: dict[str, CitationRow] = ALIVE) -> str:
    """Return a page as readers get it."""
    return robust(html, rows, lambda day: f"{day:%d.%m.%Y}")


def test_a_citation_has_its_copy_beside_it() -> None:
    """The link stays, the attributes of Robust Links tell the copy, and a small link leads to it."""
    copy = COPY.replace("&", "&amp;") + "#p3"
    assert shown(f"<p>{LINK}, they say.</p>") == (
        '<p><a class="x" href="https://paper.example/story?a=1&amp;b=2#p3" '
        'data-originalurl="https://paper.example/story?a=1&amp;b=2#p3" '
        f'data-versionurl="{copy}" data-versiondate="2026-02-01">the <em>story</em></a> <small class="archived">'
        f'<a href="{copy}" title="The page as it was on 01.02.2026">archived</a></small>, they say.</p>'
    )


def test_a_dead_citation_leads_to_its_copy_and_says_so() -> None:
    """A reader is not sent to a page that has gone."""
    html = shown(LINK, DEAD)
    assert f'href="{COPY.replace("&", "&amp;")}#p3"' in html
    assert "(no longer there: this is the archived copy of 01.02.2026)" in html


def test_a_dead_citation_without_a_copy_is_marked() -> None:
    """The link is as the writer wrote it, and a reader is told."""
    assert (
        shown(LINK, LOST)
        == f'{LINK} <small class="archived archived-gone">(no longer there, and no copy is known)</small>'
    )


def test_a_heading_keeps_its_words() -> None:
    """In a headline the attributes tell the copy, and only death is worded."""
    assert "data-versionurl" in shown(f"<h3>{LINK}</h3>") and "archived</a>" not in shown(f"<h3>{LINK}</h3>")
    assert "no longer there" in shown(f"<h3><span>{LINK}</span></h3>", DEAD)


def test_one_failure_changes_nothing() -> None:
    """Only two in a row are shown."""
    assert shown(LINK, ONCE) == LINK


def test_a_page_shown_twice_is_the_same() -> None:
    """What was made robust is left alone."""
    for rows in (ALIVE, DEAD):
        assert shown(shown(LINK, rows), rows) == shown(LINK, rows)


def test_a_give_box_is_never_touched() -> None:
    """Whatever is remembered of a page, a link to give is as the fund's record says."""
    boxes = [
        f'<article class="fund"><p>{LINK}</p></article>',
        f'<section class="front-give panel"><p>{LINK}</p></section>',
        f'<div class="cards"><div class="card"><article class="fund"><h2>F</h2>{LINK}</article></div></div>',
        f'<aside class="ending"><section class="panel">{LINK}</section></aside>',
        f'<section class="fund-page"><div class="fund-ways"><div class="panel">{LINK}</div></div></section>',
        f'<section class="x&#32;fund"><img><br>{LINK}</section>',
        LINK.replace('"x"', '"button"'),
        LINK.replace('"x"', '"host"'),
    ]
    for box in boxes:
        for rows in (ALIVE, DEAD, LOST):
            assert shown(box, rows) == box
    assert shown(f"{boxes[0]}<p>{LINK}</p>").startswith(f'{boxes[0]}<p><a class="x" href=')


def test_what_is_no_citation_is_left_alone() -> None:
    """Navigation, the head, scripts, comments, attributes, hidden links."""
    for html in (
        f"<nav>{LINK}</nav>",
        f"<footer>{LINK}</footer>",
        f"<!-- {LINK} -->",
        f"<script>{LINK}</script>",
        f'<link rel="canonical" href="{URL}">',
        f'<a href="{URL}" hidden></a>',
        f"<p>{URL}</p>",
    ):
        assert shown(html) == html


def test_a_copys_address_cannot_leave_its_attribute() -> None:
    """What an archive answered is text."""
    rows = {
        URL: ALIVE[URL].model_copy(update={"archived": Archived(url="https://a.example/'x&y", day=date(2026, 2, 1))})
    }
    assert "https://a.example/&#x27;x&amp;y" in shown(LINK, rows)
