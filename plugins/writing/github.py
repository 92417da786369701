"""Read one issue from GitHub by its own program, `gh`, which is logged in as the editor."""

import json
import re
import shutil
import subprocess

from plugins.core.errors import Problem, SiteError
from plugins.writing.issue_forms import IssueText

_ADDRESS = re.compile(r"https://[\w.-]+/[\w.-]+/[\w.-]+/issues/\d+")
_SECONDS = 60
_BY_HAND = "copy the issue's text into a file, and write ./inv accept FILE"


def is_issue(name: str) -> bool:
    """Say whether something is the number or the address of an issue."""
    return bool(re.fullmatch(r"#?\d+", name) or _ADDRESS.match(name))


def issue(name: str) -> IssueText:
    """Return an issue's text. Raises SiteError where `gh` is not there or does not answer."""
    address = _ADDRESS.match(name)
    asked = address[0] if address else name.lstrip("#")
    spoken = f"issue {asked.rsplit('/', 1)[-1]}"
    program = shutil.which("gh")
    if program is None:
        raise SiteError([Problem(spoken, 0, "there is no program gh to ask GitHub with", _BY_HAND)])
    command = [program, "issue", "view", asked, "--json", "title,body,author,labels,url"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        raise SiteError([Problem(spoken, 0, f"gh does not answer ({type(error).__name__})", _BY_HAND)]) from error
    if done.returncode:
        said = " ".join(done.stderr.split()) or f"exit code {done.returncode}"
        raise SiteError([Problem(spoken, 0, f"gh refused: {said[:200]}", f"gh auth login, or {_BY_HAND}")])
    try:
        return IssueText(str(json.loads(done.stdout)["body"]), spoken, origin=spoken)
    except (ValueError, KeyError, TypeError) as error:
        raise SiteError([Problem(spoken, 0, "gh said nothing of the issue's text", _BY_HAND)]) from error
