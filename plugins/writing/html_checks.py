"""HTML in a text: what readers' browsers refuse here, and elements that are not closed. Lines count from 0.

The pages' Content-Security-Policy lets nothing run, and nothing load from elsewhere: what it would stop is told to the
writer instead. Source: https://html.spec.whatwg.org/multipage/syntax.html#optional-tags
"""

import re
from collections.abc import Iterable, Iterator

from plugins.core.errors import Problem
from plugins.core.text.markdown_model import Link, Markup, Passage, Tag
from plugins.writing import address_checks

_REFUSED = {
    "script": "link to the page that has it",
    "style": "leave the look to the theme",
    "iframe": "link to the page, or use the block video",
    "frame": "link to the page",
    "object": "link to the file",
    "embed": "link to the file",
    "applet": "link to the page",
    "form": "link to a page with the form",
    "link": "remove it",
    "meta": "remove it",
    "base": "remove it",
}
_PAIRED = frozenset(
    """
    a abbr article aside audio b blockquote cite code del details dfn div dl em figcaption figure h2 h3 h4 h5 h6 i ins
    kbd main mark ol picture pre q s samp section small span strong sub summary sup table u ul video
    """.split()  # noqa: SIM905 - a list of words
)
_LOADS = frozenset({"audio", "source", "track", "video"})
_ELSEWHERE = re.compile(r"(https?:)?//", re.IGNORECASE)
_LIST = re.compile(r"\{:([^{}\n]*)(\}?)")


def check(markup: Markup) -> list[Problem]:
    """Return what is wrong with a text's HTML, and with its attribute lists."""
    problems: list[Problem] = []
    for tag in markup.tags:
        problems += _tag(tag)
    problems += _unclosed(markup.tags)
    for line, name in markup.attributes:
        if _is_refused(name):
            problems.append(_attribute(name, line))
    for passage in markup.passages:
        problems += _lists(passage)
    return problems


def links(tags: Iterable[Tag]) -> list[Link]:
    """Return the sound addresses that the links of HTML lead to; what is wrong with others, `check` tells."""
    sound = []
    for tag in tags:
        if tag.name == "a":
            for key, url in tag.attributes:
                if key == "href" and not any(address_checks.check(url)):
                    sound.append(Link(tag.line, url))
    return sound


def _tag(tag: Tag) -> Iterator[Problem]:
    """Judge an element by its name and attributes."""
    if tag.kind != "end" and tag.name in _REFUSED:
        yield Problem("", tag.line, f"<{tag.name}> does nothing on these pages", _REFUSED[tag.name])
    for name, value in tag.attributes:
        if _is_refused(name):
            yield _attribute(name, tag.line)
        elif name in {"src", "srcset", "poster"} and tag.name in _LOADS and _ELSEWHERE.match(value):
            what = f"<{tag.name}> loads from another site (got {value})"
            yield Problem("", tag.line, what, "link to it, or use the block video")
        elif name in {"href", "cite"}:
            for wrong in address_checks.check(value):
                yield Problem("", tag.line, *wrong)


def _unclosed(tags: Iterable[Tag]) -> Iterator[Problem]:
    """Return the elements that are not closed where what holds them is, and end tags that end nothing."""
    opened: list[Tag] = []
    for tag in tags:
        if tag.name not in _PAIRED or tag.kind == "both":
            continue
        if tag.kind == "start":
            opened.append(tag)
        elif tag.name not in {one.name for one in opened}:
            yield Problem("", tag.line, f"</{tag.name}> ends nothing", "remove it")
        else:
            while (last := opened.pop()).name != tag.name:
                yield _not_closed(last)
    yield from map(_not_closed, opened)


def _lists(passage: Passage) -> Iterator[Problem]:
    """Judge attribute lists that were left as words."""
    for place in _LIST.finditer(passage.text):
        line = passage.line + passage.text.count("\n", 0, place.start())
        if not place[2]:
            yield Problem("", line, "an attribute list is not closed", "end it with }")
        for name in re.findall(r"(?:^|\s)([\w-]+)\s*=", place[1]):
            if _is_refused(name):
                yield _attribute(name, line)


def _not_closed(tag: Tag) -> Problem:
    return Problem("", tag.line, f"<{tag.name}> is not closed", f"end it with </{tag.name}>")


def _is_refused(attribute: str) -> bool:
    return attribute == "style" or attribute.startswith("on")


def _attribute(name: str, line: int) -> Problem:
    remedy = "remove it; use a class that the theme knows"
    return Problem("", line, f"the attribute {name} does nothing on these pages", remedy)
