"""What the looks at a fund add up to."""

from datetime import UTC, date, datetime, timedelta

import pytest

from plugins.core.net.link_check import Finding, Verdict
from plugins.funds.evidence import Looks, remembered, weigh
from plugins.funds.model import Fund, FundRow

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
URL = "https://fund.example.org/"
FUND = Fund.model_validate({"id": "a", "name": "A Fund", "url": URL, "hosts": ["fund.example.org"]})
NEW = FundRow(fund="a")


def found(
    final: str = URL, verdict: Verdict = "alive", title: str = "A Fund", certificate_until: datetime | None = None
) -> Looks:
    """Return a look at the fund's one link."""
    hops = ((302, final),) if final != URL else ()
    return Looks(
        {URL: Finding(URL, verdict, "so it is", 200, final, hops, title=title, certificate_until=certificate_until)}
    )


def kinds(looks: Looks, fund: Fund = FUND, row: FundRow = NEW) -> list[str]:
    """Return the kinds of alarm."""
    return [alarm.kind for alarm in weigh(fund, looks, row, NOW).alarms]


@pytest.mark.parametrize(
    ("final", "alarms"),
    [
        (URL, []),
        ("https://fund.example.org/elsewhere", []),
        ("https://fund.example.org:8443/", ["new host"]),
        ("https://fund.example.org./", ["new host"]),
        ("https://www.fund.example.org/", ["new host"]),
        ("http://fund.example.org/", ["open hop"]),
        ("http://evil.example/", ["new host", "open hop"]),
    ],
)
def test_only_the_recorded_host_over_https_is_no_alarm(final: str, alarms: list[str]) -> None:
    """Another name, port or scheme is another place."""
    assert kinds(found(final)) == alarms


def test_a_new_host_is_an_alarm_whatever_it_answers() -> None:
    """A wall or an error at the end of a redirect does not hide where it ends."""
    verdicts: tuple[Verdict, ...] = ("alive", "dead", "cannot tell")
    for verdict in verdicts:
        assert kinds(found("https://evil.example/", verdict)) == ["new host"]


@pytest.mark.parametrize(
    ("checked", "before", "day", "alarm"),
    [
        ("2026-02-01", None, date(2026, 2, 2), True),
        ("2026-02-01", None, date(2026, 2, 1), False),
        ("2026-02-01", date(1998, 1, 1), date(2026, 1, 1), False),
        (None, date(1998, 1, 1), date(2026, 1, 1), True),
        (None, None, date(2026, 1, 1), False),
    ],
)
def test_a_domain_younger_than_what_we_knew_is_an_alarm(
    checked: str | None, before: date | None, day: date, alarm: bool
) -> None:
    """Than our check, or, where nobody checked, than when last asked."""
    fund = FUND.model_copy(update={"verified_on": checked and date.fromisoformat(checked), "verified_by": "E."})
    row = FundRow(fund="a", registered={"fund.example.org": before} if before else {})
    looks = Looks(found().findings, {"fund.example.org": day})
    assert kinds(looks, fund, row) == (["re-registered"] if alarm else [])


def test_an_alarm_outlives_the_cause_until_a_person_has_looked() -> None:
    """A clean look does not end it, nor does an outage in between; a signature or a later check does."""
    row = remembered(weigh(FUND, found("https://evil.example/"), NEW, NOW), NEW, NOW.date())
    for verdict in ("alive", "dead", "dead", "cannot tell", "alive"):
        row = remembered(weigh(FUND, found(verdict=verdict), row, NOW), row, date(2026, 3, 8))
        assert "new host" in [alarm.kind for alarm in row.alarms] and row.alarm_since == NOW.date()
    assert [alarm.kind for alarm in row.alarms] == ["new host"]
    clean = weigh(FUND, found(), row, NOW)
    assert clean.refusal == "" and remembered(clean, row, date(2026, 3, 9), signed_by="E.").alarms == ()
    looked = FUND.model_copy(update={"verified_on": date(2026, 3, 2), "verified_by": "E."})
    assert remembered(weigh(looked, found(), row, NOW), row, date(2026, 3, 9)).alarms == ()


def test_a_certificate_about_to_end_is_a_notice() -> None:
    """Two weeks before, an editor can write to the fund; until then it is no news."""
    for days, notices in ((20, 0), (10, 1)):
        evidence = weigh(FUND, found(certificate_until=NOW + timedelta(days=days)), NEW, NOW)
        assert len(evidence.notices) == notices and not evidence.alarms
