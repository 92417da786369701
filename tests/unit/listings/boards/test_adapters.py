"""Each provider's traps, in answers built from its public documentation; whole boards are in tests/loopback."""

import html
import json
from datetime import date
from typing import Any

import pytest

from plugins.listings.board import Board
from plugins.listings.boards.adapter import BoardError, BoardPage, Request
from plugins.listings.boards.providers import ADAPTERS
from plugins.listings.posting import PayRange
from tests.loopback.boards import Job, details, page, row


def board(provider: Any, feed: str = "", file: str = "") -> Board:
    """Return a board of a provider."""
    return Board(provider, "Acme", provider, "acme", "t", "acme.example", "https://api.example", feed, file)


def read(provider: str, answer: Any, feed: str = "", file: str = "") -> BoardPage:
    """Return what an answer to a board's first request says; bytes are the answer as it is."""
    body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
    one, adapter = board(provider, feed, file), ADAPTERS[provider]
    return adapter.read_page(one, adapter.first(one), body, "application/json")


def test_greenhouse_unescapes_its_html_once_more_and_counts_in_cents() -> None:
    """`content` is HTML escaped inside JSON; pay has cents, a place, and no period; dates are the employer's."""
    job = {
        **row("greenhouse", Job("1", low=171_600, high=252_000)),
        "content": html.escape("<p>Pay &mdash; &amp; more</p><p>A <b>sec</b>ond one</p>"),
        "first_published": "2026-09-30T23:30:00-07:00",
        "application_deadline": "2026-12-01",
    }
    job["pay_input_ranges"][0]["title"] = "Glendale, CA"
    (one,) = read("greenhouse", {"jobs": [job]}).postings
    assert one.text == "Pay — & more\n\nA second one"
    (pay,) = one.pay
    assert (pay.low, pay.high, pay.currency, pay.period, pay.label) == (171_600, 252_000, "USD", "", "Glendale, CA")
    assert pay.of_fields and "min_cents: 17160000" in pay.quote
    assert (one.posted, one.closes, one.company) == (date(2026, 9, 30), date(2026, 12, 1), "Acme")


def test_lever_is_a_bare_list_and_its_requisition_has_no_date_of_publication() -> None:
    """`createdAt` is left alone, lists belong to the text, and the interval says for how long the pay is."""
    posting = {
        **row("lever", Job("a-1", low=90_000, high=100_000)),
        "additionalPlain": "Line one\n\nLine <two>",
        "salaryDescription": "<p>Plus tips</p>",
    }
    (one,) = read("lever", [posting]).postings
    assert one.posted is None and one.updated is None
    assert one.text.split("\n\n")[1:] == ["You", "Pay attention.", "Line one", "Line <two>", "Plus tips"]
    assert [(pay.low, pay.period, pay.period_stated, pay.basis) for pay in one.pay] == [(90_000, "year", True, "base")]
    hourly = {**posting, "salaryRange": {"min": 25.5, "max": 30, "currency": "usd", "interval": "per-hour-wage"}}
    assert read("lever", [hourly]).postings[0].pay[0].period == "hour"
    with pytest.raises(BoardError, match="no list of postings"):
        read("lever", {"ok": False, "error": "Document not found"})


def test_ashby_shows_what_is_listed_and_keeps_tiers_apart() -> None:
    """An unlisted posting is none; equity is no pay; what two zones have in common is nobody's range."""

    def salary(low: int, high: int, kind: str = "Salary") -> dict[str, Any]:
        part = {"interval": "1 YEAR", "currencyCode": "USD", "minValue": low, "maxValue": high}
        return {"compensationType": kind, **part}

    tiers = [
        {"title": "Zone A", "components": [salary(100, 200), salary(1, 2, "Bonus")]},
        {"title": "Zone B", "components": [salary(80, 160)]},
    ]
    paid = {
        **row("ashby", Job("x")),
        "compensation": {"compensationTiers": tiers, "summaryComponents": [salary(80, 200)]},
    }
    hidden = {**row("ashby", Job("y")), "isListed": False}
    (one,) = read("ashby", {"jobs": [paid, hidden]}).postings
    assert [(pay.label, pay.low, pay.high) for pay in one.pay] == [("Zone A", 100, 200), ("Zone B", 80, 160)]
    assert "includeCompensation=true" in ADAPTERS["ashby"].first(board("ashby")).url


def test_smartrecruiters_drops_who_made_a_row_and_asks_for_the_next_hundred() -> None:
    """No creator's name is anywhere; details are at the posting's own address; a page says how many there are."""
    jobs = [Job(str(n)) for n in range(250)]
    first = read("smartrecruiters", page("smartrecruiters", jobs))
    assert (first.total, len(first.rows)) == (250, 100)
    assert first.next and first.next.url.endswith("/v1/companies/acme/postings?limit=100&offset=100")
    assert first.rows[0].details.url == "https://api.example/v1/companies/acme/postings/0"
    assert "Rosalind" not in repr(first)
    adapter = ADAPTERS["smartrecruiters"]
    whole = adapter.read_details(
        board("smartrecruiters"), first.rows[0].posting, json.dumps(details("smartrecruiters", jobs[0])).encode()
    )
    assert whole and whole.text.startswith("The job\n\nKeep the notes")
    assert whole.url == "https://jobs.smartrecruiters.com/Acme/0"
    assert adapter.empty == "unknown"


def test_workday_counts_on_its_first_page_alone_and_has_no_relative_dates() -> None:
    """The list is asked for by POST; `postedOn` is not read; a later page's total of 0 says nothing."""
    jobs = [Job(str(n)) for n in range(45)]
    first = read("workday", page("workday", jobs))
    assert (first.total, first.rows[0].posting.number, first.rows[0].posting.posted) == (45, "R0", None)
    assert first.next and json.loads(first.next.body)["offset"] == 20
    one_board, adapter = board("workday"), ADAPTERS["workday"]
    second = adapter.read_page(one_board, first.next, json.dumps(page("workday", jobs, 20)).encode(), "")
    assert second.total is None and second.next and json.loads(second.next.body)["offset"] == 40
    last = adapter.read_page(one_board, second.next, json.dumps(page("workday", jobs, 40)).encode(), "")
    assert len(last.rows) == 5 and last.next is None
    one = adapter.read_details(one_board, first.rows[0].posting, json.dumps(details("workday", jobs[0])).encode())
    assert one and (one.posted, one.company) == (date(2026, 10, 1), "Acme")
    with pytest.raises(BoardError, match="says that there are 45 postings, and has none"):
        read("workday", {"total": 45, "jobPostings": []})


def test_eightfold_asks_for_ten_and_reads_seconds() -> None:
    """`num` is never more than ten; times are Unix seconds; the employer's mark of a change is kept."""
    first = read("eightfold", page("eightfold", [Job(str(n), updated=1_790_000_000) for n in range(23)]))
    assert first.next and "start=10&num=10" in first.next.url
    assert (first.rows[0].posting.posted, first.rows[0].posting.updated) == (date(2023, 11, 14), date(2026, 9, 21))
    assert first.rows[0].stamp == "1790000000"
    wrong = json.dumps(details("eightfold", Job("7"))).encode()
    with pytest.raises(BoardError, match="another position"):
        ADAPTERS["eightfold"].read_details(board("eightfold"), first.rows[0].posting, wrong)


def test_recruitee_and_workable_say_what_they_have() -> None:
    """Recruitee's pay is a text of digits, or null; Workable names the account's company once for all."""
    offers = [row("recruitee", Job("1", low=30_000, high=40_000)), row("recruitee", Job("2"))]
    first, second = read("recruitee", {"offers": offers}).postings
    assert [(pay.low, pay.high, pay.period) for pay in first.pay] == [(30_000, 40_000, "year")]
    assert second.pay == ()
    found = read("workable", page("workable", [Job("A1B2")]))
    assert found.company == found.postings[0].company == "Acme"
    assert found.postings[0].number == "A1B2"


@pytest.mark.parametrize("number", ["../../etc", "a/b", "a b", "", "x" * 200, ".."])
def test_a_number_that_cannot_be_part_of_an_address_is_not_read(number: str) -> None:
    """It would be a path of a page of ours: nothing of that row is kept, and nothing counts as gone."""
    found = read("lever", [{**row("lever", Job("1")), "id": number}])
    assert (found.postings, found.whole) == ((), False)


def test_a_feed_of_jobs_is_read_by_the_wires_reader() -> None:
    """Titles and texts are plain; a guid that is an address becomes a digest; how far back the feed goes is said."""
    rss = (
        b'<rss version="2.0"><channel><title>t</title>'
        b"<item><title>Writer &amp; Editor</title><link>https://jobs.example.org/1</link>"
        b"<guid>https://jobs.example.org/1</guid><pubDate>Mon, 02 Nov 2026 09:00:00 GMT</pubDate>"
        b"<description>&lt;p&gt;One&lt;/p&gt;&lt;p&gt;Two&lt;/p&gt;</description></item></channel></rss>"
    )
    found = read("feed", rss, feed="https://jobs.example.org/feed")
    (one,) = found.postings
    assert (one.title, one.text, one.posted) == ("Writer & Editor", "One\n\nTwo", date(2026, 11, 2))
    assert len(one.number) == 16 and found.since == date(2026, 11, 2)
    with pytest.raises(BoardError, match="no feed"):
        read("feed", b"<html><body>Careers</body></html>", feed="https://jobs.example.org/feed")


@pytest.mark.parametrize(
    "provider", ["greenhouse", "lever", "ashby", "smartrecruiters", "workday", "eightfold", "recruitee", "workable"]
)
def test_a_saved_list_of_any_provider_is_known_by_its_form(provider: str) -> None:
    """Nobody has to say what a saved file is; a list without texts gives what it has."""
    jobs = [Job("1", "Role one"), Job("2", "Role two")]
    found = read("file", page(provider, jobs), file="saved.json")
    assert [one.title for one in found.postings] == ["Role one", "Role two"]
    assert found.next is None and found.whole


def test_a_saved_page_is_read_by_its_json_ld_or_else_by_its_text() -> None:
    """schema.org's JobPosting, in a graph too; else the title and what is in the main part, without scripts."""
    job = {
        "@type": "JobPosting",
        "title": "Writer",
        "description": "<p>One</p><p>Two</p>",
        "identifier": {"@type": "PropertyValue", "value": 77},
        "hiringOrganization": {"name": "Acme"},
        "datePosted": "2026-10-01",
        "jobLocation": {"address": {"addressLocality": "Reno", "addressRegion": "NV"}},
        "baseSalary": {"currency": "USD", "value": {"minValue": 30, "maxValue": 40, "unitText": "HOUR"}},
    }
    script = f'<script type="application/ld+json">{json.dumps({"@graph": [{"@type": "Thing"}, job]})}</script>'
    found = read("file", f"<html><head>{script}</head><body>x</body></html>".encode(), file="ad.html")
    (one,) = found.postings
    assert (one.number, one.title, one.location, one.company) == ("77", "Writer", "Reno, NV", "Acme")
    assert one.pay == (
        PayRange(
            "currency: USD, minValue: 30, maxValue: 40, unitText: HOUR",
            30,
            40,
            "USD",
            "hour",
            period_stated=True,
            basis="base",
        ),
    )
    assert found.since == date.max
    main = b"<main><h1>Writer</h1><p>Words.</p><script>x()</script></main>"
    plain = b"<title>Careers | Writer</title><body><nav>Home</nav>" + main
    (one,) = read("file", plain, file="saved/our-writer.html").postings
    assert (one.number, one.title, one.text) == ("our-writer", "Careers | Writer", "Writer\n\nWords.")


def test_what_is_no_answer_of_the_provider_is_an_error_and_not_an_empty_board() -> None:
    """A page of HTML, a JSON of something else: the board has failed, and nobody's listings are gone."""
    for provider in ("greenhouse", "ashby", "smartrecruiters", "workday", "eightfold", "recruitee", "workable"):
        for answer in (b"<html>", b"[]", b"{}", b'{"jobs": null}', b"null", b"["):
            with pytest.raises(BoardError):
                ADAPTERS[provider].read_page(board(provider), ADAPTERS[provider].first(board(provider)), answer, "")
    with pytest.raises(BoardError, match="no answer of a provider"):
        read("file", {"hello": 1}, file="x.json")
    assert Request("https://x.example") == Request("https://x.example", b"", "application/json")
