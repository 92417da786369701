"""The table of what the tests do not run."""

from plugins.commands.coverage_table import table

Counts = tuple[int, int, int, int]


def report(files: dict[str, Counts]) -> dict[str, object]:
    """Return what coverage says of files: lines and branches, of each how many are run and how many there are."""
    keys = ("covered_lines", "num_statements", "covered_branches", "num_branches")
    return {"files": {path: {"summary": dict(zip(keys, counts, strict=True))} for path, counts in files.items()}}


def test_a_folder_of_which_too_little_is_run_is_shown_with_its_worst_modules() -> None:
    """Lines and branches count alike; folders are judged as a whole, each by itself, and nothing is rounded up."""
    files: dict[str, Counts] = {
        "plugins/updates/archive/merge.py": (40, 40, 9, 10),
        "plugins/updates/archive/rows.py": (20, 40, 10, 10),
        "plugins/updates/pipeline.py": (90, 100, 0, 0),
        "plugins/updates/__init__.py": (0, 0, 0, 0),
        "plugins/core/files.py": (899, 1000, 0, 0),
    }
    assert table(report(files)) == [
        "Run by the tests that are measured: 89 % of lines and branches; of these folders less than 90 %:",
        "  plugins/core             89 %  files.py 89 %",
        "  plugins/updates/archive  79 %  rows.py 60 %, merge.py 98 %",
    ]


def test_where_all_is_run_nothing_is_listed() -> None:
    """One line says so."""
    assert table(report({"plugins/core/files.py": (9, 10, 0, 0)})) == [
        "Run by the tests that are measured: 90 % of lines and branches, and no less than 90 % of any folder."
    ]
