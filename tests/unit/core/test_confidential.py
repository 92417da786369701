"""What is for one reader alone: names and passwords before a host, and tokens."""

from collections.abc import Mapping

import pytest

from plugins.core import escapes
from plugins.core.confidential import has_user_information, is_for_all, published, without_passwords
from plugins.core.config import checked
from plugins.core.config.checked import Checked
from plugins.core.errors import Problem, annotation
from plugins.demands.model import Statement
from plugins.funds.link_rules import fault_of_address, fault_of_link
from plugins.funds.model import Fund, Voucher
from plugins.listings.config.boards_file import BoardTable
from plugins.listings.model import ListingMatter, Reporter, Sighting
from plugins.posts.model import Via
from plugins.strikes.model import Milestone
from plugins.updates.config.desk_file import parse_desk
from plugins.updates.config.sources_file import HandMatter, SourceTable
from plugins.writing import address_checks

FORMS = (
    "https://editor:s3cret@private.example/feed",
    "https://s3cret@private.example/feed",
    "https://editor:s3cret%40private.example/feed",
    "http://:s3cret@private.example:8080/",
    "HTTPS://editor:s3cret@private.example/",
    "webcal://editor:s3cret@private.example/pickets.ics",
    "https:\\\\editor:s3cret@private.example/",
    f"https://editor:s3cret{'x' * 90}@private.example/",
)


@pytest.mark.parametrize("address", FORMS)
def test_a_password_is_printed_nowhere(address: str) -> None:
    """On a terminal, in a summary, in a workflow command; a long one is not cut before its end is seen."""
    problem = Problem("f", 1, f"no such page (got {address})", f"see {address}")
    for said in (str(problem), annotation("error", problem), escapes.for_markdown(address), published(address)):
        assert "s3cret" not in said
    assert has_user_information(address)
    assert not is_for_all(address)


@pytest.mark.parametrize(
    "address",
    [
        *("https://medium.com/@guild", "https://x.example/?to=a@b.example", "mailto:desk@paper.example", "tel:+1"),
        *("http://127.0.0.1:8000/feed", "http://[::1]:8000/feed", "https://x.example/a#@b", "/posts/@home/"),
    ],
)
def test_an_at_sign_elsewhere_is_no_password(address: str) -> None:
    """A page's name may begin with one; a port is no password."""
    assert not has_user_information(address)
    assert without_passwords(f"got {address}, and more") == f"got {address}, and more"


_DAY = {"date": "2026-01-02", "text": "x"}


@pytest.mark.parametrize("address", FORMS)
@pytest.mark.parametrize(
    ("model", "values"),
    [
        (SourceTable, {"id": "a", "title": "A", "kind": "press", "site": ...}),
        (SourceTable, {"id": "a", "title": "A", "kind": "press", "site": "https://a.example/", "feed": ...}),
        (SourceTable, {"id": "a", "title": "A", "kind": "press", "site": "https://a.example/", "fallback": ...}),
        (HandMatter, {"title": "A", "source": "a", "date": "2026-01-02", "url": ...}),
        (BoardTable, {"id": "a", "employer": "A", "feed": ...}),
        (BoardTable, {"id": "a", "employer": "A", "provider": "workday", "base": ...}),
        (Fund, {"id": "a", "name": "A", "url": "https://a.example/", "hosts": ["a.example"], "archive_url": ...}),
        (Voucher, {"who": "A", "url": ...}),
        (ListingMatter, {"employer": "A", "role": "B", "seen": "2026-01-02", "url": ...}),
        (Reporter, {"title": "A", "url": ...}),
        (Sighting, {**_DAY, "url": ...}),
        (Milestone, {**_DAY, "source": "A", "url": ...}),
        (Via, {"title": "A", "url": ...}),
        (Statement, {"date": "2026-01-02", "text": "A", "source": "B", "url": ...}),
    ],
)
def test_no_file_takes_one(model: type[Checked], values: Mapping[str, object], address: str) -> None:
    """Each address of each file is refused, and the refusal does not repeat what is secret."""
    given = {key: address if value is ... else value for key, value in values.items()}
    value, problems = checked.check(model, given, "f", lambda _: 1)
    assert value is None and problems
    assert "s3cret" not in "".join(f"{one!r} {one}" for one in problems)


@pytest.mark.parametrize("address", FORMS)
def test_neither_funds_nor_orders_nor_texts_take_one(address: str) -> None:
    """A fund's links, an order of the desk, and a link in a text, Markdown or HTML."""
    for fault in (fault_of_address(address), fault_of_link(address, {"private.example"})):
        assert fault and "s3cret" not in fault
    quoted = address.replace("\\", "\\\\")
    for order in (f'[[pin]]\nupdate = "{quoted}"\n', f'[[join]]\nupdates = ["a", "{quoted}"]\n'):
        problems = parse_desk(order, "desk.toml").problems
        assert problems and "s3cret" not in repr(problems)
    assert [what for what, _ in address_checks.check(address)]
    assert "s3cret" not in repr(list(address_checks.check(address)))


@pytest.mark.parametrize(
    ("address", "whole"),
    [
        ("https://x.example/feed?token=s3cret", False),
        ("https://x.example/feed?format=rss&access_token=s3cret", False),
        ("https://x.example/feed?a=1;rss_key=s3cret", False),
        ("https://x.example/feed?KEY=s3cret", False),
        ("https://x.example/feed?u=abcdef0123456789abcdef0123", False),
        ("https://x.example/feed?abcdef0123456789abcdef0123", False),
        ("https://x.example/feed/private/s3cret.rss", False),
        ("https://x.example/ical/a/private-s3cret/basic.ics", False),
        ("https://x.example/feed/0123456789abcdef0123456789abcdef.xml", False),
        ("https://x.example/feed?format=rss&cat=12", True),
        ("https://x.example/?feed=rss2", True),
        ("https://x.example/videos.xml?channel_id=UCabcdef0123456789abcdef", True),
        ("https://x.example/rss/search?q=strike+when:7d&hl=en-US&ceid=US:en", True),
        ("https://x.example/feed/2026/strike-at-the-docks.xml", True),
        ("", True),
    ],
)
def test_an_address_with_a_token_is_not_for_all(address: str, whole: bool) -> None:
    """By its name, by its place, or by its looks; what only says which feed is meant may be told."""
    assert is_for_all(address) is whole
