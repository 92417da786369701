"""What holds for the project as it is shipped: its example, its settings, and what becomes of them in a fork.

In a fork these are the owner's, and nothing here is asked of them: no test of this folder runs where the strikes are no
longer the example's, by which `./inv new site` knows it too.
"""

import tomllib

from tests.copies import ROOT


def _is_as_shipped() -> bool:
    try:
        rows = tomllib.loads((ROOT / "content" / "strikes.toml").read_text("utf-8"))["strike"]
        return bool(rows) and all(row["example"] for row in rows)
    except (OSError, ValueError, KeyError, TypeError):
        return False


collect_ignore_glob = [] if _is_as_shipped() else ["test_*.py"]
