"""What is typed after `./inv`."""

import pytest

from plugins.verbs.__main__ import spelled


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["new", "post", "A title -- with dashes"], ["new", "post", "--name=A title -- with dashes"]),
        (["new", "fund"], ["new", "fund"]),
        (["new", "site", "--name", "Dock"], ["new", "site", "--name", "Dock"]),
        (["new", "post", "Title", "--zone", "UTC"], ["new", "post", "--name=Title", "--zone", "UTC"]),
        (["new", "--help"], ["new", "--help"]),
        (["bench", "fetch", "500 3"], ["bench", "fetch", "--given=500 3"]),
        (["build", "check"], ["build", "check"]),
        ([], []),
    ],
)
def test_a_last_word_may_be_left_out(typed: list[str], said: list[str]) -> None:
    """`new post "Title"` and `new fund` both are whole commands; other verbs' words are as they were typed."""
    assert spelled(typed) == said
