"""Parse YAML front matter: its values, the line of each, and a problem for each fault.

If the whole is not YAML, each top-level key is parsed on its own, so that one fault hides no other. The YAML is that of
PyYAML (1.1), parsed by libyaml where that is built in; the two word the same fault differently.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml

from plugins.core.errors import Problem

Path = tuple[str | int, ...]

_FIRST = 2  # the front matter begins on the file's second line, below the ---
_TOP = re.compile(r"(?!-(?:\s|$))[^\s#\]}]")
_KEY = re.compile(r"[\"']?([\w -]+?)[\"']?\s*:")
_COLON = 'put a value with a colon between quotation marks, "…"; a key stands at its line’s beginning'
_QUOTED = "put the value between quotation marks"
_PLAIN = "write `key: value`, with a space after the colon"
_EXPLANATIONS: Sequence[tuple[str, str, str]] = (
    (r"cannot start any token", "a sign with a meaning of its own begins the value", _QUOTED),
    (r"mapping values are not allowed", "a colon where none can be", _COLON),
    (r"quoted scalar.*end of stream", "a quotation mark is not closed", "close it on the same line"),
    (r"escape character", "a \\ between double quotation marks means something", "write \\\\, or use single ones"),
    (r"flow (sequence|mapping|node)", "a bracket is not closed", "close it, with a comma after each value"),
    (r"alias", "a * begins the value", _QUOTED),
    (r"anchor", "an & begins the value", _QUOTED),
    (r"tag", "an ! begins the value", _QUOTED),
    (r"block mapping", "something stands after the closing quotation mark", "put all of it between one pair of them"),
    (r"sequence entries", "a list begins behind its key", "begin each value with a hyphen on its own line"),
    (r"could not find expected ':'", "a line without a key and a value", _PLAIN),
)


@dataclass(slots=True)
class ParsedYaml:
    """What was parsed. `unparsable` has the paths of keys that could not be, "*" for one whose name is not known."""

    data: dict[str, Any] = field(default_factory=dict)
    lines: dict[Path, int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    unparsable: set[Path] = field(default_factory=set)


def read(head: str, where: str) -> ParsedYaml:
    """Parse what is between the two lines of hyphens; `where` is the file's path for messages."""
    found = ParsedYaml()
    try:
        node, value = _load(head)
    except yaml.YAMLError as error:
        return _by_key(head, where, error)
    if isinstance(value, str):
        return _by_key(head, where, None)
    if isinstance(value, dict):
        _add(node, value, 0, found, where)
    elif value is not None:
        what = f"front matter is a {type(value).__name__}, not keys and values"
        found.problems.append(Problem(where, _FIRST, what, "write it as `key: value` lines"))
        found.unparsable.add(("*",))
    return found


class _Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):  # type: ignore[misc]  # ten times as fast where it is
    """YAML without its own dates: a model parses them, and says in plain words what is wrong with one."""


def _without_dates(resolvers: list[tuple[str, Any]]) -> list[tuple[str, Any]]:
    return [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]


# By a scalar's first character: the types it may have, and the pattern of each.
_Loader.yaml_implicit_resolvers = {
    first: _without_dates(resolvers) for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _load(text: str) -> tuple[yaml.Node | None, Any]:
    """Return a document's root node, whose marks have the lines, and its value."""
    loader = _Loader(text)
    try:
        node = loader.get_single_node()
        if node is None:
            return None, None
        return node, loader.construct_document(node)
    finally:
        loader.dispose()


def _by_key(head: str, where: str, whole: yaml.YAMLError | None) -> ParsedYaml:
    """Parse each top-level key on its own. If each can be, the fault of them together, `whole`, is the problem."""
    found = ParsedYaml()
    for first, part in _parts(head.split("\n")):
        try:
            node, value = _load(part)
        except yaml.YAMLError as error:
            problem = _explained(error, part, first, where)
        else:
            if isinstance(value, dict):
                _add(node, value, first, found, where)
                continue
            what = f"front matter is not YAML: a line without a key and a value (got {part.strip()[:40]!r})"
            problem = Problem(where, first + _FIRST, what, _PLAIN)
        found.problems.append(problem)
        key = _KEY.match(part)
        found.unparsable.add((key[1] if key else "*",))
    if whole and not found.problems:
        return ParsedYaml(problems=[_explained(whole, head, 0, where)], unparsable={("*",)})
    return found


def _parts(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield each top-level key's line, from 0, and its text with all that is below it."""
    first = 0
    for number in range(1, len(lines) + 1):
        if number == len(lines) or _TOP.match(lines[number]):
            part = "\n".join(lines[first:number])
            if re.search(r"^\s*[^#\s]", part, re.MULTILINE):
                yield first, part
            first = number


def _add(node: yaml.Node | None, value: dict[Any, Any], above: int, found: ParsedYaml, where: str) -> None:
    """Add what was parsed, a mapping, with its lines; `above` counts the lines above it."""
    for key, item in value.items():
        found.data[str(key)] = item  # YAML takes `2026:` or `yes:` for a number or a truth
    _note(node, (), above, found, where)


def _note(node: yaml.Node | None, path: Path, above: int, found: ParsedYaml, where: str) -> None:
    """Record each value's line, and a problem for each key that is there twice; `above` counts the lines above."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            here = (*path, str(key.value))
            line = key.start_mark.line + above + _FIRST
            if here in found.lines:
                found.problems.append(repeated(where, here, line))
            found.lines[here] = line
            _note(value, here, above, found, where)
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            found.lines[(*path, number)] = value.start_mark.line + above + _FIRST
            _note(value, (*path, number), above, found, where)


def repeated(where: str, path: Path, line: int) -> Problem:
    """Return the problem of a key that is there a second time."""
    return Problem(where, line, f"{path[-1]} stands here a second time", "keep one of the two")


def _explained(error: yaml.YAMLError, part: str, first: int, where: str) -> Problem:
    """Return PyYAML's error as a problem in plain words; `part` is the faulty text, `first` its line from 0."""
    context = getattr(error, "context", None) or ""
    message = getattr(error, "problem", None) or str(error)
    begins, noticed = getattr(error, "context_mark", None), getattr(error, "problem_mark", None)
    # What is not closed is noticed only where something else begins.
    is_unclosed = "quoted scalar" in context or "flow" in context
    mark = noticed or begins
    if is_unclosed:
        mark = begins
    line = mark.line if mark else 0
    rows = part.split("\n")
    what, remedy = message.split("\n", 1)[0], "write `key: value` lines"
    if line < len(rows) and re.match(r" *\t", rows[line]):
        what, remedy = "a tab at the line’s beginning", "indent with spaces"
    else:
        for pattern, explanation, to_do in _EXPLANATIONS:
            if re.search(pattern, f"{context} {message}", re.DOTALL):
                what, remedy = explanation, to_do
                break
    return Problem(where, first + line + _FIRST, f"front matter is not YAML: {what}", remedy)
