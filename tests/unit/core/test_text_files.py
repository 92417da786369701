"""The content's texts are found, read and named once."""

from pathlib import Path

import pytest

from plugins.core import files
from plugins.core.errors import SiteError
from plugins.core.text_files import TextFiles


def test_a_text_is_read_once(tmp_path: Path) -> None:
    """All who ask get what the first one got, even where the file has changed; and the names that messages have."""
    (tmp_path / "a.md").write_text("one", "utf-8")
    (tmp_path / "_b.md").write_text("not read", "utf-8")
    texts = TextFiles()
    for _ in range(2):
        assert texts.markdown_files(tmp_path) == [tmp_path / "a.md"]
        assert texts.read(tmp_path / "a.md") == "one"
        assert texts.display_path(tmp_path / "a.md") == files.display_path(tmp_path / "a.md")
        (tmp_path / "a.md").write_text("two", "utf-8")
        (tmp_path / "c.md").write_text("later", "utf-8")


def test_what_cannot_be_read_is_told_to_all_who_ask(tmp_path: Path) -> None:
    """A file that is no text is a problem each time."""
    (tmp_path / "a.md").write_bytes(b"\xff")
    texts = TextFiles()
    for _ in range(2):
        with pytest.raises(SiteError, match="not UTF-8"):
            texts.read(tmp_path / "a.md")
