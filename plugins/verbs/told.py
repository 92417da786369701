"""How a verb ends where something is wrong: its problems a line each, and exit code 1."""

import os
import sys
from collections.abc import Callable
from functools import wraps
from typing import Any

from invoke.exceptions import Exit

from plugins.core.ci_annotations import annotation
from plugins.core.errors import SiteError


def told(verb: Callable[..., None]) -> Callable[..., None]:
    """Turn a verb's SiteError into its problems, a line each, and exit code 1."""

    @wraps(verb)
    def run(*args: Any, **kwargs: Any) -> None:
        try:
            verb(*args, **kwargs)
        except SiteError as error:
            print(*error.problems, sep="\n", file=sys.stderr)
            if os.environ.get("GITHUB_ACTIONS"):
                print(*(annotation("error", problem) for problem in error.problems), sep="\n", flush=True)
            count = len(error.problems)
            raise Exit(f"{count} problem{'s' * (count != 1)}; {error.after}", code=1) from error

    return run
