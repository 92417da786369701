"""What is wrong with a block: its name, argument, options, body. Pure; faults count lines from 0, the text’s first."""

import re
import textwrap
from collections.abc import Callable, Iterator
from difflib import get_close_matches

import yaml

from plugins.core.text.urls import is_web
from plugins.writing import timestamps
from plugins.writing.grammar import FORMS
from plugins.writing.model import Fault, Form, Written

_ANNOTATION = "write a quoted line, > …, a blank line, your remark, a blank line, and so on"
_FENCE = re.compile(r" {0,3}/{3,} *(?P<name>[\w-]+)?")
_LIKE_AN_OPTION = re.compile(r"\s*[\"']?(?P<name>[A-Za-z][\w-]*)[\"']?\s*:\s*(?P<value>\S.*?)\s*$")
_QUOTE = 'put a value with a colon, a quote or a brace between quotation marks, as in    url: "{fund}ID"'


def check(block: Written) -> tuple[dict[str, str], list[Fault]]:
    """Return a block's options as they are used, and what is wrong with it."""
    form = FORMS.get(block.name)
    if form is None:
        return {}, [_unknown(block)]
    options, wrong = _options(block, form)
    if astray := _options_astray(block, form):
        names = {name for name, _ in astray.values()}
        wrong = [fault for fault in wrong if fault.what not in {_missing(block, name) for name in names}]
        told = [Fault(block.body_line + number, *_astray(block, line)) for number, (_, line) in astray.items()]
        return options, [*wrong, *told, *_argument(block, form)]
    return options, [*wrong, *_argument(block, form), *_body(block, form)]


def _missing(block: Written, option: str) -> str:
    return f"{block.name}: {option} is missing"


def _astray(block: Written, line: str) -> tuple[str, str]:
    remedy = f"put it right below the line /// {block.name} …, with four spaces before it:    {line}"
    return f"{block.name}: an option that is only words where it stands (got {line[:60]})", remedy


def _unknown(block: Written) -> Fault:
    near = get_close_matches(block.name, FORMS, n=1, cutoff=0.6)
    remedy = f"did you mean {near[0]}?" if near else f"use one of {', '.join(FORMS)}"
    return Fault(block.line, f"there is no block {block.name!r}", remedy)


def _options(block: Written, form: Form) -> tuple[dict[str, str], list[Fault]]:
    """Return the options as they are used, and what is wrong with them."""
    first = block.line + 1
    try:
        given = yaml.safe_load(textwrap.dedent("\n".join(block.options))) if block.options else {}
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = first + min(mark.line if mark else 0, len(block.options) - 1)
        return {}, [Fault(line, f"{block.name}: its options are not YAML", _QUOTE)]
    if not isinstance(given, dict):
        return {}, [Fault(first, f"{block.name}: its options are not keys and values", "write them as    key: value")]
    values: dict[str, str] = {}
    faults: list[Fault] = []
    for name, value in given.items():
        if name not in form.options:
            faults.append(_unknown_option(block, form, str(name)))
            continue
        try:
            values[name] = form.options[name](value)
        except ValueError as error:
            faults.append(Fault(line_of(block, name), f"{block.name}: {name} {error} (got {value})", "correct it"))
    missing = [name for name in form.needed if name not in given]
    faults += [Fault(block.line, _missing(block, name), f"add    {name}: …") for name in missing]
    return values, faults


def _unknown_option(block: Written, form: Form, name: str) -> Fault:
    near = get_close_matches(name, form.options, n=1, cutoff=0.6)
    known = ", ".join(form.options)
    remedy = f"did you mean {near[0]}?" if near else f"use {known}" if known else "remove it: the block has none"
    return Fault(line_of(block, name), f"{block.name}: unknown option {name}", remedy)


def _argument(block: Written, form: Form) -> Iterator[Fault]:
    example = f"/// {block.name} | …"
    if not block.argument:
        if form.argument_needed:
            yield Fault(block.line, f"{block.name}: {form.argument} is missing", f"write it after a bar: {example}")
        return
    if not form.argument:
        yield Fault(block.line, f"{block.name}: nothing may stand after the bar (got {block.argument})", "remove it")
        return
    try:
        form.read_argument(block.argument)
    except ValueError as error:
        yield Fault(block.line, f"{block.name}: {form.argument} {error} (got {block.argument})", "correct it")


def _body(block: Written, form: Form) -> Iterator[Fault]:
    words = any(line.strip() for line in block.body)
    if form.body == "none" and words:
        yield Fault(block.body_line, f"{block.name}: a card has no words of its own", "write them above or below it")
    elif form.body_needed and not words:
        yield Fault(block.line, f"{block.name}: it has no words", "write them between its two lines of slashes")
    elif block.name == "transcript":
        yield from _below(block, timestamps.transcript(block.body)[1])
    elif block.name == "chat":
        yield from _below(block, timestamps.chat(block.body)[1])
    elif block.name == "annotate":
        yield from _below(block, _annotation(block))


def _options_astray(block: Written, form: Form) -> dict[int, tuple[str, str]]:
    """Return the lines of the body that were meant as options: number → the option's name, and the line.

    An option that does not stand right below the block's first line, or not four spaces in, is words to Markdown, and
    readers would see it. Below that line a name alone is enough, or nearly the name of one; elsewhere a line has to
    have a value that the option may have. Blocks within the block have options of their own.
    """
    found: dict[int, tuple[str, str]] = {}
    heading, depth = True, 0
    for number, line in enumerate(block.body):
        if fence := _FENCE.match(line):
            depth += 1 if fence["name"] else -1
        option = _LIKE_AN_OPTION.match(line)
        heading = heading and bool(option)
        if option and not depth:
            name = _meant(option["name"].lower(), option["value"].strip("\"'"), form, heading=heading)
            if name:
                found[number] = (name, line.strip())
    return found


def _meant(name: str, value: str, form: Form, *, heading: bool) -> str:
    """Return the option that a line of the body was meant as, "" where it is words."""
    if " " in value or not form.options:
        return ""
    if name in form.options:
        like_a_value = "/" in value or value.startswith("{")
        return name if heading or (like_a_value and _is_taken(form.options[name], value)) else ""
    near = get_close_matches(name, form.options, n=1, cutoff=0.6)
    return near[0] if heading and near and is_web(value) else ""


def _is_taken(read: Callable[[object], str], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _below(block: Written, faults: list[Fault]) -> list[Fault]:
    return [Fault(block.body_line + fault.line, fault.what, fault.remedy) for fault in faults]


def _annotation(block: Written) -> list[Fault]:
    """Hold annotated text to its order: a quoted line, then a remark."""
    faults: list[Fault] = []
    quoted, before = -1, True
    for number, line in enumerate(block.body):
        is_quote = line.lstrip().startswith(">")
        if line.strip() and before and not is_quote and quoted < 0:
            faults.append(Fault(number, "annotate: a remark before the first quoted line", _ANNOTATION))
        before = before and not line.strip()
        if is_quote:
            quoted = number
            before = False
    remarks = [line for line in block.body[quoted + 1 :] if line.strip()]
    if quoted >= 0 and not remarks:
        faults.append(Fault(quoted, "annotate: a quoted line without a remark", _ANNOTATION))
    return faults


def line_of(block: Written, option: str) -> int:
    """Return the line of an option, else that of the block."""
    for number, line in enumerate(block.options):
        if re.match(rf"\s*[\"']?{re.escape(option)}[\"']?\s*:", line):
            return block.line + 1 + number
    return block.line
