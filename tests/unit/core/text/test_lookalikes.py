"""Names, hosts and pages that could be taken for known ones, and others that could not."""

import pytest

from plugins.core.text.lookalikes import STRICT, host_likeness, name_likeness, page_likeness

KNOWN = ["relief.example.org", "entertainmentcommunity.org", "mptf.com", "www.strikerelief.co.uk", "dockers.github.io"]
NAMES = ["Entertainment Community Fund", "Local 12 Hardship Fund", "MPTF", "The Hardship Fund"]


@pytest.mark.parametrize(
    "host",
    [
        "r\u0435lief.example.org",
        "xn--rlief-3ve.example.org",
        "relief.example.com",
        "re-lief.example.org",
        "relief-example.org",
        "re1ief.example.org",
        "relieff.example.org",
        "relief.example.org.evil.example",
        "www.relief.example.co",
        "example.org.evil.example",
    ],
)
def test_an_imitation_is_named(host: str) -> None:
    """A letter of another alphabet, a hyphen, another ending, a name put in front."""
    assert "relief.example.org" in host_likeness(host, KNOWN)


@pytest.mark.parametrize(
    ("host", "whose"),
    [
        ("entertainmentcomunity.org", KNOWN[1]),
        ("entertainmentcommunnity.org", KNOWN[1]),
        ("entertainmentcommuntiy.org", KNOWN[1]),
        ("entertainmentconmunity.org", KNOWN[1]),
        ("entertainrnentcommunity.org", KNOWN[1]),
        ("entertalnmentcommunity.org", KNOWN[1]),
        ("entert4inmentcommunity.org", KNOWN[1]),
        ("entertainment-community.org", KNOWN[1]),
        ("entertainment.community.org", KNOWN[1]),
        ("entertainmentcommunity.com", KNOWN[1]),
        ("entertainmentcommunity.org.uk", KNOWN[1]),
        ("entertainmentcomunity.net", KNOWN[1]),
        ("entertainmentcommunity-give.org", KNOWN[1]),
        ("give-entertainmentcommunity.org", KNOWN[1]),
        ("entertainmentcommunityfund.org", KNOWN[1]),
        ("entertainmentcommunity.org.give.evil.example", KNOWN[1]),
        ("entertainmentcommunity-org.evil.example", KNOWN[1]),
        ("entertainmentcommunity.org-give.example", KNOWN[1]),
        ("entertainmentcommunity.evil.example", KNOWN[1]),
        ("entertainmentcommunity.github.io", KNOWN[1]),
        ("entertainmentcommunity.medium.com", KNOWN[1]),
        ("www.entertainment\u0441ommunity.org", KNOWN[1]),
        ("mptf.org", "mptf.com"),
        ("mptff.com", "mptf.com"),
        ("nptf.com", "mptf.com"),
        ("mpft.com", "mptf.com"),
        ("mptf-aid.com", "mptf.com"),
        ("strikerelief.org", "strikerelief.co.uk"),
        ("strike-relief.co.uk", "strikerelief.co.uk"),
        ("docker5.github.io", "dockers.github.io"),
        ("dockers.gitlab.io", "dockers.github.io"),
    ],
)
def test_a_host_like_a_funds_is_named(host: str, whose: str) -> None:
    """One letter added, taken, changed or moved, another ending, words added, the name below another's domain."""
    assert host_likeness(host, KNOWN, STRICT).startswith(f"it looks like {whose} ")


@pytest.mark.parametrize(
    "host",
    [
        *("gofundme.com", "example.net", "othersite.example", "xn--a.example", "a", ""),
        *("fund.example.org", "kitchen.example.org", "broadwaycares.org", "sagaftra.foundation", "grammy.com"),
        *("give.entertainmentcommunity.org", "www.mptf.com", "dgafoundation.org", "community.org", "cranes.github.io"),
        *("relieve-the-docks.org", "entertainmentunion.org", "entertainmentweekly.com"),
    ],
)
def test_any_other_host_is_not(host: str) -> None:
    """What resembles nothing is only another host, and what lies below a known host is its own."""
    assert host_likeness(host, KNOWN, STRICT) == ""


def test_two_hyphens_in_a_host_are_not_the_name_of_a_host_for_all() -> None:
    """Below a public suffix stand other people's names; it has none of its own that could be put in front."""
    assert host_likeness("strike--fund.org", ["github.io"], STRICT) == ""


def test_short_names_of_outlets_may_share_all_letters_but_one() -> None:
    """Two guilds of three letters are two guilds; a local's number is its name."""
    assert host_likeness("dga.org", ["wga.org"]) == ""
    assert host_likeness("local12.org", ["local13.org"], STRICT) == ""
    assert host_likeness("wgaa.org", ["wga.org"]) == "it looks like wga.org with a letter or two changed"


@pytest.mark.parametrize(
    "name",
    [
        *("The Hardship Fund", "HARDSHIP FUND", "Hardship  Fund", "Hardship Fund, Inc.", "Official Hardship Fund"),
        *("Hardship Fund (verified)", "Hard-ship Fund", "Hardship\u200bFund", "H\u0430rd\u0455h\u0456\u0440 Fund"),
        *(
            "H\xe2rdship Fund",
            "Hardsh\u0131p Fund",
            "\u0397ardship Fund",
            "\uff28ardship Fund",
            "\U0001d407ardship Fund",
        ),
        *("Hardsh1p Fund", "Hardshlp Fund", "Hardhsip Fund", "Hardship Fumd", "Hardship Funds", "Hardship\u202e Fund"),
        *(
            "Hardship Fund\u2122",
            "Hardship\u3164Fund",
            "\u029c\u1d00\u0280\u1d05\ua731\u029c\u026a\u1d18 Fund",
            "\u24bdardship Fund",
        ),
        *("Har\u0111ship Fund", "Entertainment Community Fund Emergency", "Help: Entertainment Community Fund UK"),
        *("Loca1 12 Hardship Fund", "Entertainrnent Community Fund", "MPTF", "M.P.T.F.", "MTPF", "mptf.org"),
    ],
)
def test_a_name_like_a_funds_is_named(name: str) -> None:
    """Other letters, signs that nobody sees, small words, one letter changed."""
    assert name_likeness(name, NAMES, STRICT)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Strike Kitchen",
            "Ours",
            "Local 13 Hardship Fund",
            "Hardship Foundation",
            "Rent Pool",
            "\u7f62\u5de5\u57fa\u91d1",
        ),
        *("Entertainment Community Kitchen", "Dockers\u2019 Fund", "", "\u200b", "12"),
    ],
)
def test_any_other_name_is_not(name: str) -> None:
    """A fund of its own has a name of its own."""
    assert name_likeness(name, NAMES, STRICT) == ""


def test_on_a_shared_host_the_path_is_the_name() -> None:
    """Two pages of one host are two people's; a page of the same person resembles nobody."""
    known = ["https://www.gofundme.com/f/dockers-relief", "https://medium.com/@guild"]
    assert "gofundme.com/f/dockers-relief" in page_likeness("https://gofundme.com/f/docker5-relief", known)
    assert "medium.com/@guild" in page_likeness("https://medium.com/@gui1d/strike", known)
    assert page_likeness("https://www.gofundme.com/f/dockers-relief/donate", known) == ""
    assert page_likeness("https://medium.com/@Guild/strike", known) == ""
    assert page_likeness("https://medium.com/@cranes", known) == ""
