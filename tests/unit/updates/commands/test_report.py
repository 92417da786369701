"""What a run says of itself."""

from datetime import date, timedelta

from plugins.core.polling.outcomes import Failure, Fetched, NotModified, Outcome, Waiting
from plugins.core.polling.report import not_asked
from plugins.updates.archive.source_record import Move
from plugins.updates.commands import report
from plugins.updates.model import Source, SourceRecord
from plugins.updates.pipeline import Tally
from tests.unit.updates.conftest import START

TIMEOUT = Failure("post", "timeout", "no answer | within 30 s", "wait")
READ = Fetched("guild", "https://x.example/", b"", "", "d")


def test_a_failure_is_named_with_what_to_do(sources: dict[str, Source]) -> None:
    """The editor reads the source, the kind, what happened, and the remedy, on one line."""
    assert report.line(sources["post"], TIMEOUT, None) == "post: timeout: no answer | within 30 s; wait"


def test_the_sum_counts_every_source_once() -> None:
    """Nothing is left out of it."""
    outcomes: list[Outcome] = [TIMEOUT, READ, NotModified("c", ""), Waiting("d", "not due yet"), READ]
    assert report.total(outcomes, [Tally(9, new=2, changed=1), Tally(3, new=1)]) == (
        "5 sources: 2 read, 1 not asked, 1 timeout, 1 unchanged. 3 new updates, 1 edited."
    )


def test_who_was_not_asked_is_told_with_the_reason_and_until_when() -> None:
    """One line a reason, however many sources; the time is that at which the first of them may be asked again."""
    by_hand = "has no feed; its updates are entered by hand"
    outcomes: list[Outcome] = [
        READ,
        *(Waiting(name, by_hand) for name in "abc"),
        Waiting("d", "not due yet", START + timedelta(hours=2)),
        Waiting("e", "not due yet", START),
        Waiting("f", "x.example asked us to wait", START),
    ]
    assert not_asked(outcomes) == [
        f"Not asked: 3: {by_hand}.",
        "Not asked: 2, the first of them until 2026-03-01 12:00 UTC: not due yet.",
        "Not asked: 1 until 2026-03-01 12:00 UTC: x.example asked us to wait.",
    ]


def test_silence_is_told_apart_from_failure(sources: dict[str, Source]) -> None:
    """A feed that answers and brings nothing for a month may have moved; one that fails is told of already."""
    quiet = SourceRecord("post", last_new=date(2026, 1, 29))
    assert report.silent(sources.values(), {"post": quiet}, START) == [
        "post: silent: nothing new for 31 days; look whether its feed has moved"
    ]
    recent = SourceRecord("post", last_new=date(2026, 1, 30))
    failing = SourceRecord("post", last_new=date(2025, 1, 1), failure="timeout")
    assert report.silent(sources.values(), {"post": recent}, START) == []
    assert report.silent(sources.values(), {"post": failing}, START) == []


def test_ci_gets_a_table_and_annotations_that_nothing_can_break_out_of(sources: dict[str, Source]) -> None:
    """What an outlet's server says cannot add a column, a line or a command."""
    nasty = Failure("post", "unreachable", "a|b\n::error::c <script>", "d")
    outcomes: dict[str, Outcome] = {"guild": READ, "post": nasty}
    table = report.summary(sources, outcomes, {"guild": Tally(1, new=1)})
    assert "| The Post | unreachable: a\\|b ::error::c &lt;script>; d |" in table
    assert table.index("The Post") < table.index("The Guild")
    (note,) = report.annotations(sources, outcomes)
    assert note.startswith("::warning file=content/updates/sources.toml,title=The Post::post: unreachable: a|b%0A")
    assert "\n" not in note


def test_a_move_says_how_to_accept_it() -> None:
    """Nothing moves by itself."""
    (line,) = report.moved([Move("post", "https://new.example/")])
    assert "https://new.example/" in line and "--accept-moves" in line


def test_a_run_without_a_network_says_what_was_found_to_the_letter() -> None:
    """What a host sent in place of an answer is quoted, braces and all."""
    odd = Failure("post", "unreachable", "post.example broke off (got {200})", "wait")
    assert report.offline([odd], []) == (
        "None of the 1 sources asked could be reached (post.example broke off (got {200})), so it is probably this "
        "machine that has no network. Nothing was recorded; run it again when there is one."
    )
