"""A fund's link, whatever it is written like."""

from urllib.parse import urlsplit

from hypothesis import given
from hypothesis import strategies as st

from plugins.funds.link_rules import fault_of_link

HOSTS = frozenset({"fund.example.org"})
WORDS = "https http : // / \\ @ fund.example.org evil.example . :443 ? # %2e xn--a a - [ ] ::1 https://fund.example.org"
PIECES = st.sampled_from((*WORDS.split(), "\u0435", "\u3002", "\u202e", " ", "\t", "\n"))


@given(st.lists(PIECES, max_size=8).map("".join))
def test_what_passes_goes_to_a_recorded_host_over_https_and_nowhere_else(link: str) -> None:
    """No spelling of an address passes that a browser could take to another place."""
    if fault_of_link(link, HOSTS) == "":
        parts = urlsplit(link)
        assert (parts.scheme, parts.netloc) == ("https", "fund.example.org")
        rest = link.removeprefix("https://fund.example.org")
        assert rest != link and (rest == "" or rest[0] in "/?#")
        assert link.isascii() and "\\" not in link and not any(letter.isspace() for letter in link)
