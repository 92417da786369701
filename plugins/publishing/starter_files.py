"""What a new site's files say: the answers put into settings, a strike, and what is kept of the example.

It reads and writes no file; texts come in and texts go out.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import takewhile
from zoneinfo import available_timezones

from plugins.core.errors import Problem, did_you_mean
from plugins.core.escapes import for_markdown
from plugins.core.text.slugs import slug
from plugins.publishing import site_address
from plugins.publishing.about import read_about

_AGAINST = re.compile(r"\s+(?:against|versus|vs\.?|v\.)\s+", re.IGNORECASE)
_STRING = r'"(?:[^"\\]|\\.)*"'
QUESTIONS: Mapping[str, str] = {
    "name": "The site's name, as its head shows it",
    "address": "Its address, such as https://you.github.io/repo",
    "strike": 'The strike, as "WHO against WHOM"',
    "about": "What it is about, such as pay, hours, safety, staffing, jobs, AI, recognition, or your own words",
    "zone": "The time zone of its dates, such as America/Los_Angeles",
}
OPTIONAL = ("about",)
"""Questions that may be left without an answer."""
TAGLINE = "What the strike did today, and where help goes."


@dataclass(frozen=True, slots=True)
class Answers:
    """What a new site is told: its name, its address, who strikes against whom, and its time zone; all checked.

    `about` is what the strike is about: ids of topics in topics.toml beside this module, or words of one's own.
    """

    name: str
    address: str
    union: str
    employers: str
    zone: str
    about: tuple[str, ...] = ()


def read_answers(given: Mapping[str, str], topics: str) -> tuple[Answers | None, list[Problem]]:
    """Return the answers to QUESTIONS, or none and everything that is wrong with them.

    `topics` is the text of the topics.toml whose topics may be chosen from.
    """
    text = {key: given.get(key, "").strip() for key in QUESTIONS}
    problems = []
    for key, question in QUESTIONS.items():
        if not text[key].isprintable():
            problems.append(Problem("", 0, f"--{key} has characters that cannot be printed", f"give it: {question}"))
        elif not text[key] and key not in OPTIONAL:
            problems.append(Problem("", 0, f"--{key} is missing", f"give it: {question}"))
    sides = list(map(str.strip, _AGAINST.split(text["strike"], maxsplit=1)))
    if text["strike"] and (len(sides) != 2 or not all(sides) or not slug(sides[0])):  # noqa: PLR2004 - two sides
        what = f"--strike does not say who and against whom (found {text['strike']!r})"
        problems.append(Problem("", 0, what, 'write it as --strike "WHO against WHOM"'))
    if text["zone"] and text["zone"] not in available_timezones():
        problems.append(_unknown_zone(text["zone"]))
    url = ""
    try:
        if text["address"]:
            url = site_address.read(text["address"]).url
    except ValueError as error:
        problems.append(Problem("", 0, f"--address {error}", "write it as --address https://you.github.io/repo"))
    about: tuple[str, ...] = ()
    try:
        about = read_about(text["about"], topics)
    except ValueError as error:
        problems.append(
            Problem("", 0, f"--about {error}", 'write words with commas: --about "pay, safety, night work"')
        )
    if problems:
        return None, problems
    return Answers(text["name"], url, sides[0], sides[1], text["zone"], about), []


def with_settings(text: str, values: Mapping[str, str]) -> str:
    """Return a settings file's text with other strings for the settings named. Raises ValueError for one it has not."""
    for name, value in values.items():
        line = f"{name} = {_quoted(value)}"
        text, count = re.subn(rf"(?m)^{name} = {_STRING}", line.replace("\\", r"\\"), text)
        if count != 1:
            raise ValueError(f"has no line that begins with {name} =")
    return text


def with_address(text: str, url: str) -> str:
    """Return publishconf.py's text with the address that counts where none is given. Raises ValueError without one."""
    changed, count = re.subn(r'(?m)^(SITEURL = .*)"https?://[^"]*"', lambda found: f"{found[1]}{_quoted(url)}", text)
    if count != 1:
        raise ValueError("has no line that begins with SITEURL = and ends in an address")
    return changed


def with_newsroom(text: str, answers: Answers) -> str:
    """Return SECURITY.md's text with whom it is about; one that its owner has written anew stays as it is."""
    where = f"the newsroom of {for_markdown(answers.name)}, {answers.address.rstrip('/')}/contact/."
    who = f"**Who runs this site:** {where} `CONTACT` in `pelicanconf.py` is what that page shows."
    return re.sub(r"(?m)^\*\*Who runs this site:\*\* .*$", lambda _: who, text)


def strikes(head: str, answers: Answers, today: date) -> str:
    """Return strikes.toml's text: one strike, which began today."""
    return (
        f"{head}\n[[strike]]\n"
        f"id = {_quoted(slug(f'{answers.union} {today.year}'))}\n"
        f"union = {_quoted(answers.union)}\n"
        f"employers = {_quoted(answers.employers)}\n"
        f"start = {today.isoformat()}  # the first day on strike: correct it\n"
        'status = "running"\n'
    )


def head(text: str) -> str:
    """Return the comment a file begins with: what its keys mean, without the example."""
    comment = takewhile(lambda line: line.startswith("#"), text.splitlines())
    return "".join(f"{line}\n" for line in comment)


def with_example(text: str, example: str) -> str:
    """Return a file's text with commented examples below it, or the example alone where there is no text."""
    return f"{text.rstrip()}\n\n{example}" if text.strip() else example


def _quoted(text: str) -> str:
    """Return a string as Python and TOML both write it; answers have no control characters."""
    return json.dumps(text, ensure_ascii=False)


def _unknown_zone(zone: str) -> Problem:
    otherwise = "write it as --zone America/Los_Angeles"
    remedy = did_you_mean(zone.replace(" ", "_"), available_timezones(), otherwise, likeness=0.5)
    return Problem("", 0, f"--zone is no time zone (found {zone!r})", remedy)
