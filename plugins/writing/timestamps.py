"""Transcripts and chats, line by line, and the address of a moment in a video.

Sources: https://www.w3.org/TR/media-frags/#naming-time for what has no form of its own,
https://html.spec.whatwg.org/multipage/text-level-semantics.html#datetime-value (durations).
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from plugins.core.errors import Problem
from plugins.core.text.urls import host

_STAMP = re.compile(r"\[?(?P<stamp>(?:\d{1,2}:)?\d{1,3}:\d\d)\]?(?:[ \t]+(?P<text>.*))?$")
_SPEAKER = re.compile(r"(?P<who>[^\s:][^:\n]{0,59}?):(?:[ \t]+(?P<text>.*))?$")
_IN_QUERY = {"youtube.com": "t={}s", "m.youtube.com": "t={}s", "youtube-nocookie.com": "t={}s", "youtu.be": "t={}"} | {
    "archive.org": "start={}",
    "dailymotion.com": "start={}",
    "twitch.tv": "t={}s",
}
_IN_FRAGMENT = {"vimeo.com": "t={}s"}
_SIXTY = 60


@dataclass(frozen=True, slots=True)
class Said:
    """One turn: when or by whom (`head`), and the words, Markdown."""

    head: str
    words: str


def transcript(lines: Sequence[str]) -> tuple[list[Said], list[Problem]]:
    """Return each moment (`head` is a time such as 00:13 or 1:02:03) with what was said; other lines go on."""
    said, problems = _turns(lines, _STAMP, "stamp", "a line before the first time", "begin it with a time: 00:13 Words")
    for number, line in enumerate(lines):
        found = _STAMP.match(line.strip())
        if found and any(int(part) >= _SIXTY for part in found["stamp"].split(":")[1:]):
            what = f"no such time (got {found['stamp']})"
            problems.append(Problem("", number, what, "write minutes:seconds or h:mm:ss"))
    return said, problems


def chat(lines: Iterable[str]) -> tuple[list[Said], list[Problem]]:
    """Return each message with who wrote it (`head`); a line without `Name:`, or an indented one, goes on."""
    return _turns(lines, _SPEAKER, "who", "a line before the first name", "begin it with who says it: Name: words")


def _turns(
    lines: Iterable[str], form: re.Pattern[str], group: str, what: str, remedy: str
) -> tuple[list[Said], list[Problem]]:
    turns: list[Said] = []
    problems: list[Problem] = []
    for number, line in enumerate(lines):
        found = form.match(line.strip())
        if found and not line.startswith(" "):
            turns.append(Said(found[group], (found["text"] or "").strip()))
        elif line.strip() and turns:
            turns[-1] = Said(turns[-1].head, f"{turns[-1].words} {line.strip()}".strip())
        elif line.strip():
            problems.append(Problem("", number, f"{what} (got {line.strip()[:40]!r})", remedy))
    return turns, problems


def seconds(stamp: str) -> int:
    """Return a time such as 1:02:03 in seconds."""
    total = 0
    for part in stamp.split(":"):
        total = total * _SIXTY + int(part)
    return total


def duration(stamp: str) -> str:
    """Return a time as a `time` element's value, such as PT1H2M3S."""
    minutes, left = divmod(seconds(stamp), _SIXTY)
    hours, minutes = divmod(minutes, _SIXTY)
    value = "PT"
    if hours:
        value += f"{hours}H"
    if minutes:
        value += f"{minutes}M"
    return f"{value}{left}S"


def at(video: str, stamp: str) -> str:
    """Return the address of a moment in a video, in the form its site knows; elsewhere as a media fragment."""
    parts, moment, site = urlsplit(video), seconds(stamp), host(video)
    if site in _IN_QUERY:
        form = _IN_QUERY[site].format(moment)
        key = form.partition("=")[0]
        kept = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] != key]
        query = "&".join(filter(None, (urlencode(kept), form)))
        return urlunsplit(parts._replace(query=query))
    return urlunsplit(parts._replace(fragment=_IN_FRAGMENT.get(site, "t={}").format(moment)))
