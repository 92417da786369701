"""Posts as news of a period."""

from datetime import timedelta

from plugins.posts.section import edition
from plugins.sections.model import Newsroom
from plugins.sections.news import Period
from tests.conftest import NOW

POST = "---\ntitle: {title}\ndate: {date}\nsummary: In short.\nauthor: A. Writer\n{more}---\n\nWords.\n"


def told(newsroom: Newsroom, **posts: tuple[str, str]) -> list[tuple[str, str, str]]:
    """Return reference, change and text of the week's news, with these posts (date, more) written."""
    folder = newsroom.content / "posts"
    folder.mkdir(exist_ok=True)
    for name, (date, more) in posts.items():
        (folder / f"{name}.md").write_text(POST.format(title=name, date=date, more=more), "utf-8")
    items = edition(newsroom).news(Period(NOW - timedelta(days=7), NOW))
    return sorted((item.reference, item.change, item.text) for item in items)


def test_what_is_not_public_is_nobodys_news(newsroom: Newsroom) -> None:
    """A draft, a post of tomorrow and a correction of a draft are not told; nor is what is older."""
    correction = "corrections: [{date: 2026-02-27, text: It was ten.}]\n"
    assert told(
        newsroom,
        draft=("2026-02-27", f"status: draft\n{correction}"),
        later=("2026-03-01 12:01", ""),
        old=("2026-02-20", ""),
        new=("2026-02-27", ""),
    ) == [("{filename}/posts/new.md", "", "In short.")]


def test_a_correction_is_news_of_its_own(newsroom: Newsroom) -> None:
    """Who read an old post should learn what was wrong in it."""
    correction = "corrections: [{date: 2026-02-27, text: It was ten.}]\n"
    assert told(newsroom, old=("2026-01-20", correction)) == [("{filename}/posts/old.md", "corrected", "It was ten.")]


def test_a_post_in_two_languages_is_told_in_the_sites(newsroom: Newsroom) -> None:
    """A translation is the same news."""
    posts = {"zwei": ("2026-02-27", "slug: a\nlang: de\n"), "two": ("2026-02-27", "slug: a\n")}
    assert [reference for reference, _, _ in told(newsroom, **posts)] == ["{filename}/posts/two.md"]


def test_a_name_that_is_no_address_can_be_linked(newsroom: Newsroom) -> None:
    """A file's name may have any letters; the link to it has those of an address."""
    assert told(newsroom, **{"day (one)": ("2026-02-27", "")})[0][0] == "{filename}/posts/day%20%28one%29.md"
