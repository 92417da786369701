"""content/updates/sources.toml: what a source may name."""

from pathlib import Path

import pytest

from plugins.updates.config.sources_file import read_sources

_SOURCE = """[[source]]
id = "wire"
title = "The wire"
site = "https://wire.example.org/"
kind = "press"
file = "{file}"
"""


@pytest.mark.parametrize(
    ("file", "is_told"),
    [
        ("wire.xml", False),
        ("../feeds/wire.xml", False),
        ("../../key", True),
        ("/etc/hostname", True),
        ("x/../../../k", True),
    ],
)
def test_a_source_reads_no_file_outside_of_the_content(tmp_path: Path, file: str, is_told: bool) -> None:
    """A feed that is kept as a file lies in the content folder, or its line is told."""
    (tmp_path / "updates").mkdir()
    (tmp_path / "updates" / "sources.toml").write_text(_SOURCE.format(file=file))
    found = read_sources(tmp_path / "updates", frozenset())
    assert [(problem.line, "not in the content folder" in problem.what) for problem in found.problems] == (
        [(6, True)] if is_told else []
    )
