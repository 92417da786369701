"""Which citations are looked at, and what is remembered of them."""

from datetime import date, timedelta

from plugins.core.net.link_check import Verdict
from plugins.links.history import cited, due, updated
from plugins.links.model import Archived, CitationRow, Cited
from plugins.sections.model import ExternalLink

TODAY = date(2026, 3, 1)
COPY = Archived(url="https://web.archive.org/web/20260201000000/https://a.example/", day=date(2026, 2, 1))


def link(url: str) -> ExternalLink:
    """Return a link of a post."""
    return ExternalLink("content/posts/one.md", 7, url)


def page(url: str, keep: bool = True) -> Cited:
    """Return a cited page."""
    return Cited(url, (link(url),), keep)


def test_a_page_is_cited_once_whatever_part_of_it_is_meant() -> None:
    """Fragments are parts of one page; the site's own pages, and what is no web page, are not cited."""
    kept = [
        link("https://a.example/#one"),
        link("https://a.example/"),
        link("mailto:a@b.c"),
        link("https://me.example/"),
    ]
    found = cited(kept, [link("https://b.example/"), link("https://a.example/")], "https://me.example/repo")
    assert [(one.url, len(one.places), one.keep) for one in found] == [
        ("https://a.example/", 3, True),
        ("https://b.example/", 1, False),
    ]


def test_a_page_is_asked_once_a_week_and_sooner_where_it_failed() -> None:
    """An answer holds for a week, a failure for no time; what was never asked is asked."""
    urls = [f"https://{name}.example/" for name in "abcd"]
    asked = {urls[0]: TODAY - timedelta(days=6), urls[1]: TODAY - timedelta(days=7), urls[2]: TODAY}
    rows = {urls[2]: CitationRow(url=urls[2], verdict="dead", since=TODAY, failures=1)}
    found = due(map(page, urls), rows, asked, TODAY, 7, 10)
    assert {one.url for one in found} == set(urls[1:])


def test_no_host_is_asked_too_much_and_all_have_their_turn() -> None:
    """Where a host has more pages than a run may ask, those that waited longest come first."""
    urls = [f"https://a.example/{number}" for number in range(5)]
    asked = {url: TODAY - timedelta(days=20 - number) for number, url in enumerate(urls[:4])}
    assert [one.url for one in due(map(page, urls), {}, asked, TODAY, 7, 2)] == [urls[4], urls[0]]


def test_two_failures_in_a_row_make_a_page_dead_and_life_mends_it() -> None:
    """A look that tells nothing neither counts nor mends."""
    url = "https://a.example/"
    rows: dict[str, CitationRow] = {}
    steps: list[tuple[Verdict, bool]] = [
        ("alive", False),
        ("dead", False),
        ("cannot tell", False),
        ("dead", True),
        ("cannot tell", True),
        ("alive", False),
        ("dead", False),
    ]
    for number, (verdict, dead) in enumerate(steps):
        rows = updated(rows, [page(url)], {url: verdict}, {}, TODAY + timedelta(days=number))
        assert rows[url].dead is dead, steps[: number + 1]


def test_a_look_without_news_changes_nothing() -> None:
    """The same verdict on another day leaves the row as it was."""
    url = "https://a.example/"
    cases: tuple[tuple[Verdict, int], ...] = (("alive", 1), ("dead", 2), ("cannot tell", 1))
    for verdict, looks in cases:
        rows: dict[str, CitationRow] = {}
        for _ in range(looks):
            rows = updated(rows, [page(url)], {url: verdict}, {}, TODAY)
        assert updated(rows, [page(url)], {url: verdict}, {}, TODAY + timedelta(days=7)) == rows


def test_a_copy_once_known_stays() -> None:
    """A later copy does not replace it, and a page no longer cited is remembered for its copy alone."""
    url, other = "https://a.example/", "https://b.example/"
    rows = updated({}, [page(url), page(other)], {url: "alive", other: "alive"}, {url: COPY}, TODAY)
    later = COPY.model_copy(update={"day": TODAY})
    assert updated(rows, [page(url)], {}, {url: later}, TODAY)[url].archived == COPY
    assert updated(rows, [], {}, {}, TODAY).keys() == {url}
