"""A person's check, written into funds.toml."""

import tomllib
from datetime import date

import pytest

from plugins.funds.signing import signed

TEXT = """\
# At the top.

[[fund]]
id = "a"  # the first
verified_on = 2025-01-01   # by hand
verified_by = 'Old'
name = "A"

# About b,
# at length.

[[fund]]
id = "b"
vouches = [
    { who = "x" },  # yes
]

  [[fund.extra]]
  who = "y"

[[fund]]
id = "c"
"""


def test_only_the_check_changes() -> None:
    """Comments, quotes, order and blank lines of all else stay."""
    text = signed(TEXT, {"a"}, date(2026, 3, 1), 'E "X" Ditor')
    expected = TEXT.replace("2025-01-01", "2026-03-01").replace("'Old'", '"E \\"X\\" Ditor"')
    assert text == expected


def test_a_first_check_stands_in_its_own_fund() -> None:
    """Below the fund's last key, before its sub-tables and before the comments about the next."""
    text = signed(TEXT, {"b", "c"}, date(2026, 3, 1), "E.")
    added = 'verified_on = 2026-03-01\nverified_by = "E."\n'
    assert text == TEXT.replace("]\n\n  [[fund.extra]]", f"]\n{added}\n  [[fund.extra]]") + added


@pytest.mark.parametrize("name", ["E.", 'a"b\\c', "J\u00f6rg\nX", "# no comment"])
def test_any_name_comes_back_as_it_was(name: str) -> None:
    """Whatever a name holds, the file stays TOML."""
    funds = tomllib.loads(signed(TEXT, {"a", "b", "c"}, date(2026, 3, 1), name))["fund"]
    assert [(fund["verified_on"], fund["verified_by"]) for fund in funds] == [(date(2026, 3, 1), name)] * 3
