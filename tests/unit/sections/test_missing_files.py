"""A file that is not there: what was probably meant, and what to do."""

from pathlib import Path

import pytest

from plugins.sections import missing_files


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ("images/Gate.JPG", "the file’s name is images/gate.jpg: write it so, capitals count"),
        ("Images/gate.jpg", "the file’s name is images/gate.jpg: write it so, capitals count"),
        (r"images\gate.jpg", r"write / between folders, not \: images/gate.jpg, as seen from content/"),
        ("posts/day.md", "the file’s name is day.md.txt, with an ending too many: rename it to day.md"),
        ("images/gate.jpeg", "did you mean images/gate.jpg?"),
        ("../gate.jpg", missing_files.OUTSIDE),
        ("images/quite-another.png", ""),
        ("nowhere/gate.jpg", ""),
    ],
)
def test_what_was_meant_is_said(file: str, words: str, tmp_path: Path) -> None:
    """Case, slashes, an ending too many, a slip of a key; and nothing where nothing is like it."""
    for name in ("images/gate.jpg", "posts/day.md.txt"):
        (tmp_path / name).parent.mkdir()
        (tmp_path / name).touch()
    assert missing_files.remedy(tmp_path, file) == words
