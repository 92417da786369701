"""Citations shown with their copies, on any page."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from plugins.links.html_tags import tags
from plugins.links.model import Archived, CitationRow
from plugins.links.robust_links import robust

URL = "https://paper.example/story"
COPY = Archived(url="https://archive.example/1", day=date(2026, 2, 1))
LINKS = (f'<a href="{URL}">', f"<a class=button href={URL}>", f"<A HREF='{URL}#x'>")
MARKS = '</a> <p> </p> text&amp; <div/class="fund"> </div> <h2> </h2> <br> <!-- --> <script> </script> " < >'
PIECES = st.sampled_from((*LINKS, *MARKS.split()))
ROWS = st.sampled_from(
    [
        CitationRow(url=URL, verdict="alive", since=date(2026, 2, 1), archived=COPY),
        CitationRow(url=URL, verdict="dead", since=date(2026, 2, 1), failures=2, archived=COPY),
        CitationRow(url=URL, verdict="dead", since=date(2026, 2, 1), failures=2),
    ]
)


@given(st.lists(PIECES, max_size=12).map("".join), ROWS)
def test_nothing_but_citations_changes(html: str, row: CitationRow) -> None:
    """Taking away what was added gives the page's tags again, in their order; no give button was touched."""
    shown = robust(html, {URL: row}, str)
    before = [(tag.name, tag.ends) for tag in tags(html)]
    kept = iter([(tag.name, tag.ends) for tag in tags(shown)])
    assert all(tag in kept for tag in before)
    buttons = f"<a class=button href={URL}>"
    assert shown.count(buttons) == html.count(buttons)


@given(st.lists(PIECES, max_size=12).map("".join))
def test_a_page_without_news_is_the_same_page(html: str) -> None:
    """Where nothing is archived and nothing is dead, not a byte changes."""
    assert robust(html, {URL: CitationRow(url=URL, verdict="alive", since=date(2026, 2, 1))}, str) == html
