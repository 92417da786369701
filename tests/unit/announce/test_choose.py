"""What is announced of all that happened."""

from datetime import UTC, date, datetime

from plugins.announce.bluesky_network import record_key
from plugins.announce.choose import SectionNews, choose
from plugins.announce.model import Kind
from plugins.announce.settings import What
from plugins.sections.news import NewsItem

AT = datetime(2026, 3, 1, 9, tzinfo=UTC)
ALL: tuple[What, ...] = ("posts", "corrections", "pinned", "cancelled", "moved")
POST = NewsItem("{filename}/posts/one.md", "One & all", AT, text="A summary.", url="posts/one/")
TOLD = (
    SectionNews(
        "posts",
        "posts/",
        (POST, NewsItem(POST.reference, POST.title, date(2026, 3, 1), "corrected", "It was two.", url="posts/one/")),
    ),
    SectionNews(
        "updates",
        "updates/",
        (
            NewsItem("{story}x", "Pinned", AT, rank=10_000, url="updates/stories/x/", is_chosen=True),
            NewsItem("{story}y", "Not pinned", AT, rank=9, url="updates/stories/y/"),
        ),
    ),
    SectionNews(
        "events",
        "pickets/",
        (
            NewsItem("{event}gate", "Picket at the gate", AT, "cancelled", "09:00 PST", "Gate 3"),
            NewsItem("{event}gate", "Picket at the gate", datetime(2026, 3, 8, 9, tzinfo=UTC), "cancelled"),
            NewsItem("{event}hall", "Meeting", AT, "moved"),
            NewsItem("{event}hall", "Meeting", AT),
        ),
    ),
    SectionNews("strikes", "timeline/", (NewsItem("{milestone}m", "A vote", date(2026, 3, 1)),)),
)


def say(kind: Kind, item: NewsItem, day: date) -> str:
    """Word an item as a template does."""
    return f"{kind}: {item.title.replace('&', '&amp;')}\n\n{item.text}\n"


def test_posts_pins_and_what_is_called_off_are_announced_and_nothing_else() -> None:
    """Each under a key and a link of its own: by the link it is found again on a network."""
    found = choose(TOLD, ALL, ("https://s.example", "en"), say)
    assert [one.opening for one in found] == [
        "cancelled: Picket at the gate",
        "moved: Meeting",
        "new: One & all",
        "pinned: Pinned",
        "corrected: One & all",
        "cancelled: Picket at the gate",
    ]
    assert len({one.key for one in found}) == len({one.link for one in found}) == len({*map(record_key, found)}) == 6
    by_key = {one.key: one for one in found}
    assert by_key["new posts/one/"].link == "https://s.example/posts/one/"
    assert [one.parent for one in found if one.kind == "corrected"] == ["new posts/one/"]
    cancelled = [one for one in found if one.kind == "cancelled"]
    assert all(
        one.page == "pickets/" and one.link.startswith("https://s.example/pickets/#cancelled-") for one in cancelled
    )


def test_only_what_is_wanted_is_announced() -> None:
    """The setting says of which kinds."""
    assert {one.kind for one in choose(TOLD, ("posts",), ("https://s.example", "en"), say)} == {"new"}


def test_a_key_stays_where_a_post_is_reworded_or_moved_to_another_hour() -> None:
    """So that an edit is no second announcement."""
    edited = NewsItem(POST.reference, "Another title", AT.replace(hour=11), text="Else.", url="posts/one/")
    keys = {
        choose((SectionNews("posts", "posts/", (item,)),), ALL, ("https://s.example", "en"), say)[0].key
        for item in (POST, edited)
    }
    assert len(keys) == 1


def test_a_record_s_key_is_a_timestamp_of_the_protocol() -> None:
    """Thirteen signs of its alphabet, the first of which says that it is positive (https://atproto.com/specs/tid)."""
    (one, *_) = choose(TOLD, ALL, ("https://s.example", "en"), say)
    key = record_key(one)
    assert len(key) == 13 and set(key) <= set("234567abcdefghijklmnopqrstuvwxyz") and key[0] in "234567abcdefghij"
