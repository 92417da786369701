"""The pages of a board's listing, built after each step of a replay: what a reader is told of it on that day."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from plugins.listings.commands import watch_boards
from tests.loopback.boards import JobBoards
from tests.loopback.test_listings import SETTINGS, START, some
from tests.site_settings import changed
from tests.sites.conftest import builder

NUMBER = "listings/boards/greenhouse/100/index.html"


def words(page: str) -> str:
    """Return the words of a page's main part."""
    main = page[page.index("<main") : page.index("</main>")]
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def told(shown: str) -> str:
    """Return what a page's words tell of a listing's history."""
    return shown[shown.index("What became of it") : shown.index("The advertisement, word for word")]


def replay(boards: JobBoards, folder: Path) -> Callable[..., str]:
    """Return what watches the board on a day of the replay, builds the site, and returns a page's words."""
    content, build = folder / "content", builder(folder)
    (content / "listings").mkdir(parents=True)

    def after(day: int, page: str = NUMBER) -> str:
        (content / "listings" / "boards.toml").write_text(boards.toml())
        now = START + timedelta(days=day)
        chosen = changed(**SETTINGS, PATH=str(content))
        watch_boards.watch_boards(chosen, watch_boards.WatchOptions(allow=("127.0.0.1",), now=now))
        site = build(now=str(int(now.timestamp()) + 60))
        assert site.code == 0, site.said
        return words(site.page(page))

    return after


def test_three_weeks_of_a_board_are_told_on_its_page_at_each_step(tmp_path: Path) -> None:
    """Opened, reworded, pay changed, vanished for one read, closed, listed again, reopened: each on its day."""
    with JobBoards({"greenhouse": some(5)}) as boards:
        jobs, after = boards.jobs["greenhouse"], replay(boards, tmp_path)
        first = jobs[0]
        shown = after(0)
        assert "open, first seen 2 November 2026" in shown
        assert "pay not stated" in shown
        assert "What the employer changed" not in shown
        assert "2 November 2026 First seen on the employer’s board" in told(shown)

        jobs[0] = replace(first, text="Reworded: the pay is $100,000 to $120,000 a year.", updated=first.updated + 1)
        shown = after(2)
        assert "reworded pay changed" in shown
        assert "The pay $100,000 to $120,000" in shown
        assert "[removed: Text of role 0. ] [added: Reworded: the pay is $100,000 to $120,000 a year. ]" in shown
        assert "4 November 2026 Changed: pay; text" in told(shown)

        jobs[0] = replace(jobs[0], text=jobs[0].text.replace("120", "130"), updated=first.updated + 2)
        shown = after(4)
        assert "reworded 2 times pay changed" in shown
        assert "The pay $100,000 to $130,000" in shown
        assert "[removed: $120,000 ] [added: $130,000 ]" in shown

        gone = jobs.pop(0)
        shown = after(6)
        assert "open, first seen" in shown
        assert told(shown).endswith("8 November 2026 Absent from one read of the board ")

        jobs.insert(0, gone)
        assert told(after(7)).endswith("9 November 2026 There again ")

        jobs.pop(0)
        assert "open, first seen" in after(9)
        shown = after(10)
        assert "closed 12 November 2026" in shown
        assert told(shown).endswith("12 November 2026 Closed: absent from two complete reads of the board ")

        jobs.append(replace(gone, number="900"))
        shown = after(14, "listings/boards/greenhouse/900/index.html")
        assert "open, first seen 16 November 2026 relisted" in shown
        assert "16 November 2026 Listed under a new number with the text of another Role 0" in told(shown)

        jobs.append(gone)
        shown = after(20)
        assert "open, first seen 2 November 2026" in shown
        assert "16 November 2026 Listed again under a new number Role 0" in told(shown)
        assert told(shown).endswith("22 November 2026 Open again after it was closed ")
