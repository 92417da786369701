"""Pay in any text whatsoever."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.listings.pay.finder import find

PIECES = st.sampled_from(
    [
        *(
            "$",
            "€",
            "kr ",
            "USD ",
            "120,000",
            "1.234,56",
            "12 000",
            "401",
            "2024",
            "k",
            "M",
            " - ",
            "–",
            " to ",
            " and ",
        ),
        *(" per hour", "/yr", "salary ", "bonus ", "&mdash;", "&amp;nbsp;", "<td>", "(", ")", ":", ".", ",", "+", "|"),
        *("\n", "\u200b"),
    ]
)
SIZE = 30_000  # characters: long enough for what grows with the square to take seconds


@given(st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join)), st.sampled_from(["", "US", "SE", "Canada"]))
def test_whatever_is_found_stands_in_the_text(text: str, country: str) -> None:
    """Every quotation is verbatim at its place, ends are in order, and hostile text raises nothing."""
    for found in find(text, country):
        assert found.quote
        assert text[found.start : found.start + len(found.quote)] == found.quote
        assert found.low is not None or found.high is not None
        assert found.low is None or found.high is None or 0 < found.low <= found.high


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "part",
    [
        *("1-", "1", "1 ", "1,", "123 ", "$1 - ", "$1 ", "\n1", "<a", "&amp;", "a-", "a.b.", "pay 5 ", "min 5 max "),
        *("to $", "$20 /hour ", "$20,000 ", "salary $90,000 - $95,000 "),
    ],
)
def test_time_grows_with_the_length_and_no_faster(part: str) -> None:
    """30 kB of digits and dashes take no sixteen times as long as a quarter of them: no expression backtracks."""

    def taken(size: int) -> float:
        text = part * (size // len(part))
        start = time.process_time()
        find(text)
        return time.process_time() - start

    most = 8 * min(taken(SIZE // 4) for _ in range(3)) + 0.3
    assert any(taken(SIZE) < most for _ in range(3))  # whatever else the machine does meanwhile
