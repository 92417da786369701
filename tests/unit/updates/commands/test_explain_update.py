"""What the editor is told of one item: the topics, the desk, the story."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.updates.archive import archive_folder, dropped_items
from plugins.updates.commands import explain_update
from plugins.updates.model import Drop, Match, SafeHtml, Update

NOON = datetime(2031, 5, 2, 12, tzinfo=UTC)
SOURCES = """
[[source]]
id = "post"
title = "The Post"
site = "https://post.example/"
kind = "press"
[[source]]
id = "star"
title = "The Star"
site = "https://star.example/"
kind = "press"
"""
TOPICS = '[topic.strike]\ntitle = "Strikes"\nany = ["strike*"]\nnone = ["bowling"]\nignore = ["lucky strike*"]\n'
OFFER = "Calder Ferries offers deckhands 6 percent to end strike"
TOLD = "Calder Ferries offered its deckhands 6 percent over two years, the Inland Mariners said in Harlow."


def update(name: str, title: str, hours: float, source: str = "post") -> Update:
    """Return an update, published and seen some hours after noon."""
    at = NOON + timedelta(hours=hours)
    return Update(
        id=f"{source}-{name}",
        source=source,
        url=f"https://{source}.example/{name}",
        title=title,
        summary=SafeHtml(f"<p>{TOLD if 'percent' in title else title}</p>"),
        authors=(),
        published=at,
        date_from="published",
        first_seen=at,
        topics=(Match("strike", "strike*", "title"),),
    )


@pytest.fixture
def asked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    """Return a function that returns what is said of an item, under a desk."""
    content = tmp_path / "content"
    (content / "updates").mkdir(parents=True)
    (content / "updates" / "sources.toml").write_text(SOURCES)
    (content / "updates" / "topics.toml").write_text(TOPICS)
    wire = [
        update("offer", OFFER, 0),
        update("deal", "Deckhands of Calder Ferries offered 6 percent in bid to end strike", 2, "star"),
        update("rain", "Rain washes out regatta as strike goes on", 3),
        update("view", f"Editorial: {OFFER}", 3, "star"),
    ]
    archive_folder.write(content / "archive" / "updates", archive_folder.Archive({one.id: one for one in wire}))
    lost = update("pins", "Bowling team on strike", 4)
    drop = Drop(date(2031, 5, 3), "topic strike: none-term “bowling” in title", lost)
    luck = Drop(date(2031, 5, 3), "no topic matched", update("luck", "Lucky strike at the fair", 5))
    dropped_items.write(tmp_path / ".cache" / "updates" / "dropped.jsonl", [drop, luck])

    def say(name: str, desk: str = "") -> str:
        (content / "updates" / "desk.toml").write_text(desk)
        explain_update.explain(content, ZoneInfo("UTC"), name)
        return capsys.readouterr().out

    return say


def test_the_story_and_its_evidence_are_told(asked: Callable[..., str]) -> None:
    """Which updates tell the same, who began, and by which words the other was found to; or that it stands alone."""
    said = asked("https://www.star.example/deal?utm_source=x")
    assert "topic strike (“strike*” in title)" in said
    assert "In the story post-offer (updates/stories/post-offer/), told by 2, led by post-offer:" in said
    assert f"post-offer: began it: “{OFFER}”" in said
    assert "star-deal: says the same, 0." in said
    assert "“Deckhands”" in said
    assert "It stands alone: no other update" in asked("post-rain")
    assert "It stands alone: its headline says that it is a comment" in asked("star-view")


def test_every_order_of_the_desk_is_told_with_its_line(asked: Callable[..., str]) -> None:
    """Hidden, retitled, noted, pinned, joined, split, taken down: what was done, and where it is written."""
    desk = (
        '[[pin]]\nupdate = "https://post.example/offer"\n[[retitle]]\nupdate = "post-offer"\nto = "Six percent"\n'
        '[[note]]\nupdate = "post-offer"\ntext = "Over two years."\n'
        '[[join]]\nupdates = [\n "post-rain",\n "post-offer",\n]\n'
    )
    said = asked("https://post.example/offer", desk)
    assert "The desk keeps it on top of the wire (" in said
    assert "desk.toml:2)" in said
    assert "gives it the headline “Six percent” (" in said and "desk.toml:4)" in said
    assert "says under it: “Over two years.” (" in said
    assert "joins it with post-rain (" in said
    assert "post-rain: joined by the desk" in said
    assert "desk.toml" not in asked("star-deal", desk)


def test_what_is_split_hidden_or_taken_down_is_told(asked: Callable[..., str]) -> None:
    """An update taken out of its story stands alone; one taken down stands nowhere, and is known when it is gone."""
    said = asked("star-deal", '[[split]]\nupdate = "star-deal"\n[[hide]]\nupdate = "star-deal"\n')
    assert "lets it stand alone" in said and "keeps it off the site" in said and "It stands alone" in said
    down = '[[takedown]]\nupdate = "post-rain"\nurl = "https://gone.example/1"\n'
    said = asked("post-rain", down)
    assert "took its text down for good" in said and "It stands in no story: it is not published." in said
    said = asked("http://gone.example/1/", down)
    assert "not in the archive" in said and "took its text down for good" in said


def test_what_a_topic_dropped_is_told_with_its_day(asked: Callable[..., str]) -> None:
    """When it was dropped, by which term, and what the topics as they are now would say."""
    said = asked("https://post.example/pins")
    assert "dropped on 2031-05-03" in said
    assert said.count("none-term “bowling” in title") == 2


def test_what_is_ignored_is_named(asked: Callable[..., str]) -> None:
    """An item whose only term stands within a phrase to ignore is told so, by today's rules."""
    said = asked("post-luck")
    assert "post-luck: dropped on 2031-05-03" in said
    assert "would be dropped: topic strike: “strike*” in title only within the ignored “lucky strike*”." in said
