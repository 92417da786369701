"""What the Nu HTML checker says, as problems like all others.

Its errors only: its warnings judge the policy of a page by where its file lies, which is not where it will be served.
"""

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from plugins.core.errors import Problem

_REMEDY = "correct the text, template or setting that this page is made from, and build again"
_EXTRACT = 80


def problems(said: str, folder: str, named: str) -> tuple[Problem, ...]:
    """Return a problem for every error in the checker's report.

    `said` is its JSON, `folder` the path it was given (absolute, POSIX), `named` how its owner writes that path.
    Raises ValueError where the report is not one.
    """
    match json.loads(said):
        case {"messages": [*messages]}:
            return tuple(_problem(one, folder, named) for one in messages if one["type"] != "info")
        case _:
            raise ValueError("it has no messages")


def _problem(one: Mapping[str, Any], folder: str, named: str) -> Problem:
    path = unquote(urlsplit(str(one.get("url", ""))).path)
    where = named + path.removeprefix(folder) if path.startswith(f"{folder}/") else path or named
    extract = " ".join(str(one.get("extract", "")).split())[:_EXTRACT]
    found = f" (found: {extract})" if extract else ""
    return Problem(where, int(one.get("lastLine", 0)), f"{str(one.get('message', '')).rstrip('.')}{found}", _REMEDY)
