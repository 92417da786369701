"""What is wrong with a block: its name, argument, options and body. Lines count from 0, the text’s first."""

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import replace
from difflib import get_close_matches

import yaml

from plugins.core.errors import Problem, did_you_mean
from plugins.core.text.urls import is_web
from plugins.writing import timestamps
from plugins.writing.grammar import FORMS
from plugins.writing.model import BlockForm, BlockSource

_ANNOTATION = "write a quoted line, > …, a blank line, your remark, a blank line, and so on"
_FENCE = re.compile(r" {0,3}/{3,} *(?P<name>[\w-]+)?")
_LIKE_AN_OPTION = re.compile(r"\s*[\"']?(?P<name>[A-Za-z][\w-]*)[\"']?\s*:\s*(?P<value>\S.*?)\s*$")
_QUOTE = 'put a value with a colon, a quote or a brace between quotation marks, as in    url: "{fund}ID"'


def check(block: BlockSource) -> tuple[dict[str, str], list[Problem]]:
    """Return a block's options as they are used, and what is wrong with it."""
    form = FORMS.get(block.name)
    if form is None:
        return {}, [_unknown(block)]
    astray = list(_options_astray(block, form))
    options, problems = _options(block, form, [option for _, option, _ in astray])
    for number, _, line in astray:
        what = f"{block.name}: an option that is only words where it stands (got {line[:60]})"
        remedy = f"put it right below the line /// {block.name} …, with four spaces before it:    {line}"
        problems.append(Problem("", number, what, remedy))
    problems += _argument(block, form)
    if not astray:  # else what its words are is not known
        problems += _body(block, form)
    return options, problems


def _unknown(block: BlockSource) -> Problem:
    remedy = did_you_mean(block.name, FORMS, f"use one of {', '.join(FORMS)}")
    return Problem("", block.line, f"there is no block {block.name!r}", remedy)


def _options(block: BlockSource, form: BlockForm, astray: list[str]) -> tuple[dict[str, str], list[Problem]]:
    """Return the options as they are used, and what is wrong with them; one that is `astray` is not missing."""
    first = block.line + 1
    given: object = {}
    try:
        if block.options:
            given = yaml.safe_load(textwrap.dedent("\n".join(block.options)))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first + min(mark.line if mark else 0, len(block.options) - 1)
        return {}, [Problem("", line, f"{block.name}: its options are not YAML", _QUOTE)]
    if not isinstance(given, dict):
        what = f"{block.name}: its options are not keys and values"
        return {}, [Problem("", first, what, "write them as    key: value")]
    values: dict[str, str] = {}
    problems: list[Problem] = []
    for name, value in given.items():
        if name not in form.options:
            problems.append(_unknown_option(block, form, str(name)))
            continue
        try:
            values[name] = form.options[name](value)
        except ValueError as error:
            what = f"{block.name}: {name} {error} (got {value})"
            problems.append(Problem("", line_of(block, name), what, "correct it"))
    for name in form.needed:
        if name not in given and name not in astray:
            problems.append(Problem("", block.line, f"{block.name}: {name} is missing", f"add    {name}: …"))
    return values, problems


def _unknown_option(block: BlockSource, form: BlockForm, name: str) -> Problem:
    remedy = "remove it: the block has none"
    if form.options:
        remedy = did_you_mean(name, form.options, f"use {', '.join(form.options)}")
    return Problem("", line_of(block, name), f"{block.name}: unknown option {name}", remedy)


def _argument(block: BlockSource, form: BlockForm) -> Iterator[Problem]:
    example = f"/// {block.name} | …"
    if not block.argument:
        if form.argument_needed:
            what = f"{block.name}: {form.argument} is missing"
            yield Problem("", block.line, what, f"write it after a bar: {example}")
        return
    if not form.argument:
        what = f"{block.name}: nothing may stand after the bar (got {block.argument})"
        yield Problem("", block.line, what, "remove it")
        return
    try:
        form.read_argument(block.argument)
    except ValueError as error:
        yield Problem("", block.line, f"{block.name}: {form.argument} {error} (got {block.argument})", "correct it")


def _body(block: BlockSource, form: BlockForm) -> Iterator[Problem]:
    words = "".join(block.body).strip()
    if form.body == "none" and words:
        what = f"{block.name}: a card has no words of its own"
        yield Problem("", block.body_line, what, "write them above or below it")
    elif form.body_needed and not words:
        yield Problem("", block.line, f"{block.name}: it has no words", "write them between its two lines of slashes")
    elif block.name == "transcript":
        yield from _below(block, timestamps.transcript(block.body)[1])
    elif block.name == "chat":
        yield from _below(block, timestamps.chat(block.body)[1])
    elif block.name == "annotate":
        yield from _below(block, _annotation(block))


def _options_astray(block: BlockSource, form: BlockForm) -> Iterator[tuple[int, str, str]]:
    """Yield the lines of the body that were meant as options: the line's number, the option's name, and the line.

    An option that does not stand right below the block's first line, or not four spaces in, is words to Markdown, and
    readers would see it. Below that line a name alone is enough, or nearly the name of one; elsewhere a line has to
    have a value that the option may have. Blocks within the block have options of their own.
    """
    heading, depth = True, 0
    for number, line in enumerate(block.body, block.body_line):
        if fence := _FENCE.match(line):
            depth += 1 if fence["name"] else -1
        option = _LIKE_AN_OPTION.match(line)
        heading = heading and bool(option)
        if option and not depth:
            name = _meant(option["name"].lower(), option["value"].strip("\"'"), form, heading=heading)
            if name:
                yield number, name, line.strip()


def _meant(name: str, value: str, form: BlockForm, *, heading: bool) -> str:
    """Return the option that a line of the body was meant as, "" where it is words."""
    if " " in value or not form.options:
        return ""
    if name in form.options:
        like_a_value = "/" in value or value.startswith("{")
        if heading or (like_a_value and _is_taken(form.options[name], value)):
            return name
        return ""
    near = get_close_matches(name, form.options, n=1, cutoff=0.6)
    if near and heading and is_web(value):
        return near[0]
    return ""


def _is_taken(read: Callable[[object], str], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _below(block: BlockSource, problems: list[Problem]) -> list[Problem]:
    return [replace(problem, line=block.body_line + problem.line) for problem in problems]


def _annotation(block: BlockSource) -> list[Problem]:
    """Hold annotated text to its order: a quoted line, then a remark."""
    problems: list[Problem] = []
    quoted, before = -1, True
    for number, line in enumerate(block.body):
        is_quote = line.lstrip().startswith(">")
        if line.strip() and before and not is_quote and quoted < 0:
            problems.append(Problem("", number, "annotate: a remark before the first quoted line", _ANNOTATION))
        before = before and not line.strip()
        if is_quote:
            quoted = number
            before = False
    if quoted >= 0 and not "".join(block.body[quoted + 1 :]).strip():
        problems.append(Problem("", quoted, "annotate: a quoted line without a remark", _ANNOTATION))
    return problems


def line_of(block: BlockSource, option: str) -> int:
    """Return the line of an option, else that of the block."""
    for number, line in enumerate(block.options):
        if re.match(rf"\s*[\"']?{re.escape(option)}[\"']?\s*:", line):
            return block.line + 1 + number
    return block.line
