"""A commentary begun from the archive, a board added: what is written, and what is refused."""

from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from plugins.core.config import frontmatter
from plugins.core.errors import SiteError
from plugins.listings.archive import listings_folder
from plugins.listings.archive.listings_folder import ListingsArchive
from plugins.listings.config.boards_file import read_boards
from plugins.listings.forms import FORMS
from plugins.listings.load import commented_on, problems, read_listings
from plugins.listings.posting import ArchivedListing, BoardRecord, Happening, PayRange, Snapshot
from plugins.sections.model import Newsroom
from plugins.writing import new

SEEN = datetime(2026, 10, 5, 3, tzinfo=UTC)
LISTING, BOARD = (next(form for form in FORMS if form.kind == kind) for kind in ("listing", "board"))


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    """Return a newsroom whose archive has one listing, with pay in its board's fields and in its words."""
    words = PayRange("$90,000\u00a0–\u00a0$120,500.50", 90_000, 120_500.5, "USD", "year", period_stated=True, start=4)
    cents = PayRange("min_cents: 9000000", 90_000, None, "USD")
    said = Snapshot(SEEN, 'Writer: "AI"', "Reno, NV", "Pay $90,000\u00a0–\u00a0$120,500.50", (cents, words))
    listing = ArchivedListing(
        "acme/A-1",
        "Acme",
        "https://jobs.example.org/1",
        SEEN,
        SEEN,
        (said,),
        (Happening(SEEN, "opened"),),
        posted=date(2026, 9, 1),
    )
    content = tmp_path / "content"
    archive = ListingsArchive({listing.id: listing}, {"acme": BoardRecord("acme", "Acme", (), SEEN)})
    listings_folder.write(content / "archive" / "listings", archive)
    zone = ZoneInfo("America/Los_Angeles")
    return Newsroom(content, datetime(2026, 11, 28, tzinfo=zone), zone, "en", "https://example.org")


def test_a_commentary_is_begun_with_what_the_archive_has(newsroom: Newsroom) -> None:
    """Nobody is asked anything: employer, role, place, pay as its words have it, our day in the site's zone, its id."""

    def nobody(question: str) -> str:
        raise AssertionError(question)

    (path,) = new.new(LISTING, newsroom, {"id": "acme/A-1"}, nobody)
    assert path.name == "acme-writer-ai.md"
    (written,) = read_listings(newsroom.content / "listings")
    assert list(problems([written])) == []
    front = frontmatter.split(path.read_text("utf-8"), "f")[0].data
    assert {key: str(front[key]) for key in ("employer", "role", "location", "seen", "posted", "board", "status")} == {
        "employer": "Acme",
        "role": 'Writer: "AI"',
        "location": "Reno, NV",
        "seen": "2026-10-04",
        "posted": "2026-09-01",
        "board": "acme/A-1",
        "status": "draft",
    }
    pay = front["pay"]
    assert (pay["quote"], pay["low"], pay["high"], pay["period"]) == (
        "$90,000 – $120,500.50",
        90_000,
        120_500.5,
        "year",
    )
    assert commented_on([written]) == {"acme/A-1"}
    with pytest.raises(SiteError, match="is about acme/A-1 already"):
        new.new(LISTING, newsroom, {"id": "acme/A-1"})
    with pytest.raises(SiteError, match=r"no listing of that id .*did you mean acme/A-1"):
        new.new(LISTING, newsroom, {"id": "acme/A-2"})


def test_a_board_is_added_and_checked_first(newsroom: Newsroom) -> None:
    """What a provider needs is told before anything is written; a match is a list of terms."""
    wanted = {"employer": "Harbour Works", "provider": "workday", "board": "jobs"}
    with pytest.raises(SiteError, match="base is missing"):
        new.new(BOARD, newsroom, wanted)
    assert not (newsroom.content / "listings" / "boards.toml").exists()
    new.new(
        BOARD,
        newsroom,
        {
            **wanted,
            "tenant": "harbour",
            "base": "https://harbour.wd5.myworkdayjobs.com/",
            "match": "machine learning, AI",
        },
    )
    read = read_boards(newsroom.content)
    (board,) = read.boards
    assert read.problems == ()
    assert (board.id, board.base) == ("harbour-works", "https://harbour.wd5.myworkdayjobs.com")
    assert board.keeps("Engineer, Machine Learning", "", "") and not board.keeps("Engineer", "Spain", "")
    assert not board.keeps("Aid worker", "", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('provider = "lever"', "board is missing"),
        ('provider = "lever"\nboard = "a"\nfeed = "https://x.example/"', "needs one of provider, feed and file"),
        ("", "needs one of provider, feed and file (found none of them)"),
        ('file = "../secret.json"', "file must be below content/listings"),
        ('provider = "lever"\nboard = "a/b"', "must be the name in the board’s address"),
        ('provider = "lever"\nboard = "a"\nbase = "https://x.example/v0"', "must be a scheme and a host"),
        ('provider = "lever"\nboard = "a"\nmatch = ["/re/"]', "a regular expression is no term"),
        ('provider = "lever"\nboard = "a"\nmatch = { none = ["x"] }', "nothing to look for"),
        ('provider = "lever"\nboard = "a"\nmach = "x"', "unknown key mach"),
    ],
)
def test_a_wrong_board_is_told_at_its_line(text: str, said: str, tmp_path: Path) -> None:
    """Each mistake in the words of the file, and no board is watched that is not right."""
    (tmp_path / "listings").mkdir()
    (tmp_path / "listings" / "boards.toml").write_text(f'[[board]]\nid = "a"\nemployer = "A"\n{text}\n')
    read = read_boards(tmp_path)
    assert said in " ".join(problem.what for problem in read.problems)
    assert all(problem.line for problem in read.problems)
    assert read.boards == () and read.ids == {"a"}
