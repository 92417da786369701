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
            return tuple(_problem(message, folder, named) for message in messages if message["type"] != "info")
        case _:
            raise ValueError("it has no messages")


def _problem(message: Mapping[str, Any], folder: str, named: str) -> Problem:
    path = unquote(urlsplit(str(message.get("url", ""))).path)
    where = path or named
    if path.startswith(f"{folder}/"):
        where = named + path.removeprefix(folder)
    what = str(message.get("message", "")).rstrip(".")
    if extract := " ".join(str(message.get("extract", "")).split())[:_EXTRACT]:
        what += f" (found: {extract})"
    return Problem(where, int(message.get("lastLine", 0)), what, _REMEDY)
