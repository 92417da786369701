"""The variables of the environment that make a build another one.

All of them count, but for those of a session, such as the width of a terminal. A run on a CI service has dozens of its
own, such as its number and the commit that it is for, which are others in each run. Of these, only those count that
some code has asked for, in this build or in one before it: which these are, `os.environ` notes.
"""

import os
from collections.abc import Collection, Iterator, Mapping

_OF_THE_SESSION = frozenset({
    "_", "SHLVL", "PWD", "OLDPWD", "COLUMNS", "LINES", "TERM", "COLORTERM", "LS_COLORS", "WINDOWID", "STY",
    "INVOCATION_ID", "JOURNAL_STREAM", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_TESTRUNUID", "SYSTEMD_EXEC_PID",
})  # fmt: skip
_OF_THE_SESSION_TOO = ("SSH_", "TERM_", "TMUX", "VSCODE_", "XDG_", "DBUS_", "GPG_")

_OF_THE_RUN = ("ACTIONS_", "CI_", "FORGEJO_", "GITEA_", "GITHUB_", "RUNNER_")
"""How the names begin of what GitHub, GitLab and Forgejo tell each run; no library of C reads such a variable.

Sources: https://docs.github.com/actions/reference/workflows-and-actions/variables,
https://docs.gitlab.com/ci/variables/predefined_variables/.
"""

_EACH = "*"
"""Stands for all variables, where some code has gone through them."""

_asked: set[str] = set()


class _Noting(os._Environ[str]):
    """`os.environ`, which notes what it is asked for."""

    def __getitem__(self, name: str) -> str:
        if isinstance(name, str) and name.startswith(_OF_THE_RUN):
            _asked.add(name)
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:
        _asked.add(_EACH)
        return super().__iter__()

    def __repr__(self) -> str:
        _asked.add(_EACH)
        return super().__repr__()


class _NotingBytes(os._Environ[bytes]):
    """`os.environb`, which has the same variables as bytes: whoever uses it is taken to ask for all of them."""

    def __getitem__(self, name: bytes) -> bytes:
        _asked.add(_EACH)
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[bytes]:
        _asked.add(_EACH)
        return super().__iter__()


os.environ.__class__ = _Noting  # for the life of this process, as an audit hook
if os.supports_bytes_environ:
    os.environb.__class__ = _NotingBytes


def asked() -> frozenset[str]:
    """Return the variables of a CI service's run that were asked for in this process, for `counted`."""
    return frozenset(_asked)


def variables() -> dict[str, str]:
    """Return all variables as they are now; this does not count as asking for them."""
    found: dict[str, str] = {}
    for name in os._Environ.__iter__(os.environ):
        found[name] = os._Environ.__getitem__(os.environ, name)
    return found


def counted(variables: Mapping[str, str], asked: Collection[str]) -> list[tuple[str, str]]:
    """Return those variables that count, in order; `asked` are those that builds have asked for."""
    found: list[tuple[str, str]] = []
    for name, value in sorted(variables.items()):
        of_session = name in _OF_THE_SESSION or name.startswith(_OF_THE_SESSION_TOO)
        of_run = name.startswith(_OF_THE_RUN) and name not in asked and _EACH not in asked
        if not of_session and not of_run:
            found.append((name, value))
    return found
