"""By which code it is known what texts were parsed to."""

from pathlib import Path

import pytest

from plugins.incremental import reading


def test_a_library_counts_by_its_source_wherever_it_is_installed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A library that was edited reads texts anew, also one that lies somewhere below a folder called plugins."""
    library = tmp_path / "plugins" / "site" / "library_of_this_test"
    library.mkdir(parents=True)
    source = library / "__init__.py"
    source.write_text("SAYS = 1\n")
    monkeypatch.syspath_prepend(str(library.parent))
    monkeypatch.setattr(reading, "_SOURCES", (library.name,))
    before = reading._code()
    source.write_text("SAYS = 2\n")
    assert reading._code() != before
