"""A day at which a clock was stopped is of the content beside the settings, and of no other."""

from pathlib import Path

from plugins.sections.settings import overriding


def test_another_content_goes_with_the_days(tmp_path: Path) -> None:
    """--content with a folder of its own takes AS_OF away; the settings' own folder keeps it, however it is written."""
    settings = tmp_path / "pelicanconf.py"
    settings.write_text('PATH = "content"\nAS_OF = "2023-11-09"\n', "utf-8")
    own, other = tmp_path / "content", tmp_path / "elsewhere"

    assert overriding(str(settings), {"PATH": str(other), "OUTPUT_PATH": None})["AS_OF"] == ""
    for written in (own, own / ".." / "content"):
        assert "AS_OF" not in overriding(str(settings), {"PATH": str(written)})
    assert "AS_OF" not in overriding(str(settings), {"PATH": None})
