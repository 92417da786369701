"""A problem as GitHub's pages show it beside the line it is about. Pure text work.

Source: https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
"""

from typing import Literal

from plugins.core.errors import Problem


def annotation(level: Literal["error", "warning", "notice"], problem: Problem) -> str:
    """Return the workflow command that shows a problem where an editor sees it."""
    place = [f"file={_property(problem.where)}"] if problem.where else []
    place += [f"line={problem.line}"] if problem.line else []
    head = f"{level} {','.join(place)}".rstrip()
    return f"::{head}::{_data(f'{problem.what}; {problem.remedy}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
