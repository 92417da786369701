"""What is new is posted to Mastodon and Bluesky once each, over real connections to servers that fail as they do."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from plugins.announce import send_all
from plugins.announce.bluesky_network import BlueskyNetwork
from plugins.announce.mastodon_network import MastodonNetwork
from plugins.announce.model import Announcement, LinkPreview, SocialNetwork
from plugins.announce.record import Record
from tests.loopback.social import (
    CID,
    PASSWORD,
    TOKEN,
    Fault,
    Servers,
    failing,
    half_taken,
    never_answered,
    social,
    unparsable,
)

pytestmark = pytest.mark.filterwarnings("ignore:Use 'content=:DeprecationWarning")  # atproto's way with httpx
TODAY = date(2026, 3, 1)
SITE = "https://strike.example"
POST = Announcement(
    "new posts/one/", "new", f"{SITE}/posts/one/", "posts/one/", "Day one — café", "What was said.", TODAY, "en"
)
CORRECTION = Announcement(
    "corrected posts/one/ 2026-03-01 ab",
    "corrected",
    f"{SITE}/posts/one/#corrected-ab",
    "posts/one/",
    "Correction of “Day one”",
    "It was two.",
    TODAY,
    "en",
    parent="new posts/one/",
)
CARD = LinkPreview("Day one", "What was said.", b"\x89PNG", alt="Day one, in large letters")
Make = Callable[..., SocialNetwork]


def mastodon(address: str, key: str = TOKEN, timeout: float = 20) -> SocialNetwork:
    """Return the account on the server."""
    return MastodonNetwork(address, key, "Test/1", timeout)


def bluesky(address: str, key: str = PASSWORD, timeout: float = 20) -> SocialNetwork:
    """Return the account on the server."""
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    return BlueskyNetwork(address, "strike.example", key, "Test/1", lambda: now, timeout)


@pytest.fixture
def servers() -> Iterator[tuple[Servers, str]]:
    """Return the servers, which have no post yet, and their address."""
    with social() as running:
        yield running


def begun(content: Path, network: SocialNetwork) -> Record:
    """Return a record of a network whose first run is past."""
    record = Record(content)
    send_all.begin(network, (), record, TODAY)
    return record


def posts(servers: Servers) -> list[str]:
    """Return the texts of what was posted anywhere."""
    return [str(one["text"]) for one in (*servers.statuses, *servers.records.values())]


def send(network: SocialNetwork, record: Record, *given: Announcement) -> tuple[list[str], list[float]]:
    """Send, and return what became of each, and how long was waited."""
    waits: list[float] = []
    lines = send_all.send(network, given or (POST,), record, lambda _: CARD, waits.append, TODAY)
    return [f"{line.word}: {line.text}" for line in lines], waits


BOTH = pytest.mark.parametrize("make", [mastodon, bluesky])


@BOTH
def test_a_post_is_posted_once_with_its_card_and_a_correction_in_its_thread(
    make: Make, servers: tuple[Servers, str], tmp_path: Path
) -> None:
    """However often it runs; with the page's picture and words; the correction answers the post it corrects."""
    told, address = servers
    network = make(address)
    record = begun(tmp_path, network)
    assert send(network, record) == (["sent: Day one — café"], [])
    assert send(make(address), Record(tmp_path), POST, CORRECTION) == (["sent: Correction of “Day one”"], [])
    assert send(make(address), Record(tmp_path), POST, CORRECTION) == ([], [])
    if make is mastodon:
        first, second = told.statuses
        assert first["text"] == f"Day one — café\n\nWhat was said.\n\n{POST.link}"
        assert (second["in_reply_to_id"], first["language"]) == (first["id"], "en")
        assert told.media[0]["description"] == CARD.alt and first["media"] == ["1"]
        assert {*told.by_key} == {POST.digest, CORRECTION.digest}
    else:
        first, second = told.records.values()
        assert first["text"] == "Day one — café\n\nWhat was said.\n\nstrike.example"
        index = first["facets"][0]["index"]
        assert first["text"].encode()[index["byteStart"] : index["byteEnd"]] == b"strike.example"
        assert first["facets"][0]["features"][0]["uri"] == POST.link
        external = first["embed"]["external"]
        assert (external["uri"], external["title"], external["thumb"]["ref"]["$link"]) == (POST.link, "Day one", CID)
        assert second["reply"]["root"] == second["reply"]["parent"]
        assert second["reply"]["root"]["uri"].rpartition("/")[2] == next(iter(told.records))
    assert TOKEN not in (tmp_path / "archive" / "announced.jsonl").read_text() and len(posts(told)) == 2


@BOTH
def test_a_run_killed_between_sending_and_remembering_sends_nothing_twice(
    make: Make, servers: tuple[Servers, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor hours later, when Mastodon has forgotten its keys: what is there is looked for first."""
    told, address = servers
    record = begun(tmp_path, make(address))

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(record, "add", killed)
        with pytest.raises(KeyboardInterrupt):
            send(make(address), record)
    assert len(posts(told)) == 1 and Record(tmp_path).of(make(address).name, POST.key) is None
    told.forgets_keys = True
    assert send(make(address), Record(tmp_path)) == (["was there: Day one — café"], [])
    assert len(posts(told)) == 1


@BOTH
@pytest.mark.parametrize("fault", [half_taken, never_answered, unparsable, failing(500), failing(503), failing(502)])
def test_what_nobody_knows_was_taken_is_looked_for_and_sent_again(
    make: Make, fault: Fault, servers: tuple[Servers, str], tmp_path: Path
) -> None:
    """Half an answer, a proxy's page, a fault of the server: once in the end, in this run."""
    told, address = servers
    told.forgets_keys = True
    told.faults.append(("/api/v1/statuses" if make is mastodon else "createRecord", fault))
    network = make(address, timeout=0.5) if fault is never_answered else make(address)
    lines, waits = send(network, begun(tmp_path, network))
    assert lines in (["sent: Day one — café"], ["was there: Day one — café"])
    assert len(posts(told)) == 1 and waits == [2.0]


@BOTH
def test_two_runs_at_a_time_post_once(make: Make, servers: tuple[Servers, str]) -> None:
    """Both have looked and found nothing, and both send."""
    told, address = servers
    one, other = make(address), make(address)
    assert one.find(POST) is None and other.find(POST) is None
    assert one.send(POST, "Day one", CARD, None) == other.send(POST, "Day one", CARD, None)
    assert len(posts(told)) == 1


@BOTH
def test_a_limit_is_kept_to(make: Make, servers: tuple[Servers, str], tmp_path: Path) -> None:
    """A short one is waited for, as long as the server says; a long one ends the run, and the rest waits."""
    told, address = servers
    path = "/api/v1/statuses" if make is mastodon else "createRecord"
    told.faults.append((path, failing(429, Retry_After="9")))
    record = begun(tmp_path, make(address))
    assert send(make(address), record) == (["sent: Day one — café"], [9.0])
    other = CORRECTION
    reset = {"X_RateLimit_Reset": "2126-03-01T12:00:00.000Z"} if make is mastodon else {"ratelimit_reset": "4900000000"}
    told.faults.append((path, failing(429, **reset)))
    lines, waits = send(make(address), record, other)
    assert waits == [] and len(lines) == 1 and lines[0].startswith("stopped: ") and "left alone" in lines[0]
    assert send(make(address), record, other)[0] == ["sent: Correction of “Day one”"]
    assert len(posts(told)) == 2


@BOTH
def test_a_wrong_key_ends_the_run_and_is_not_printed(make: Make, servers: tuple[Servers, str], tmp_path: Path) -> None:
    """Nor where the server quotes it."""
    network = make(servers[1], "wrong-secret-3")
    lines, waits = send(network, begun(tmp_path, network))
    assert len(lines) == 1 and "does not take the key" in lines[0]
    assert "wrong-secret-3" not in lines[0] and waits == [] and posts(servers[0]) == []


@BOTH
def test_a_server_that_is_not_there_is_told_of(make: Make, tmp_path: Path) -> None:
    """After three tries; nothing is taken for sent."""
    network = make("http://127.0.0.1:9")
    lines, waits = send(network, begun(tmp_path, network))
    assert len(lines) == 1 and lines[0].startswith("stopped: ") and waits == [2.0, 4.0]
    assert Record(tmp_path).of(network.name, POST.key) is None


def test_the_first_run_announces_nothing_of_the_past(servers: tuple[Servers, str], tmp_path: Path) -> None:
    """What there is is known from then on; what comes after it is announced, and a correction of the old is not."""
    network = mastodon(servers[1])
    record = Record(tmp_path)
    assert send_all.begin(network, (POST,), record, TODAY) == 1
    assert send_all.begin(network, (), Record(tmp_path), TODAY) == -1
    new = Announcement("new posts/two/", "new", f"{SITE}/posts/two/", "posts/two/", "Two", "", TODAY, "en")
    assert send(network, record, POST, CORRECTION, new)[0] == ["sent: Two"]


def test_what_has_no_page_is_not_announced(servers: tuple[Servers, str], tmp_path: Path) -> None:
    """It is told of, and waits for a build: a link to nothing is no news."""
    network = mastodon(servers[1])
    (line,) = send_all.send(network, (POST,), begun(tmp_path, network), lambda _: None, lambda _: None, TODAY)
    assert line.is_fault and "build the site first" in line.text and servers[0].statuses == []
