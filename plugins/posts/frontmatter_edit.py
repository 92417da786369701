"""Add an item to a list in a text's front matter, and leave every comment and every other byte as it was.

PyYAML reads front matter and cannot write it back as it was written. So the key is looked for line by line, in the ways
that writers write a list; whoever calls this checks the file that comes of it as any other.
"""

import re
from collections.abc import Mapping

import yaml

from plugins.core.config.fields import quoted

_FENCE = re.compile(r"---[ \t]*$")


def with_item(text: str, key: str, item: Mapping[str, str]) -> str:
    """Return a file's text in which the list `key` of its YAML ends with one more group of keys.

    Raises ValueError, worded for the writer, where there is no such head, or the key's value is no list.
    """
    end = "\r\n" if "\r\n" in text else "\n"  # as Windows' editors end lines
    bare = text.removeprefix("\ufeff")  # a byte order mark, which those put first
    mark = text[: len(text) - len(bare)]
    lines = bare.split(end)
    closing = next((number for number, line in enumerate(lines) if number and _FENCE.match(line)), 0)
    if not _FENCE.match(lines[0]) or not closing:
        raise ValueError(f"its head has no place for {key}: it does not stand between two lines of ---")
    begins = re.compile(rf"[\"']?{re.escape(key)}[\"']?[ \t]*:[ \t]*(?P<value>[^#\s].*)?(#.*)?$")
    place = next((number for number in range(1, closing) if begins.match(lines[number])), 0)
    if not place:
        lines[closing:closing] = [f"{key}:", *_item(item, "  ")]
    elif (value := begins.match(lines[place])) and value["value"]:
        last = _last(lines, place, closing)
        lines[place : last + 1] = _within(end.join(lines[place : last + 1]), item).split(end)
    else:
        last = _last(lines, place, closing)
        first = next((line for line in lines[place + 1 : last + 1] if re.match(r"[ \t]*-(?:\s|$)", line)), "  -")
        lines[last + 1 : last + 1] = _item(item, first[: first.index("-")])
    return mark + end.join(lines)


def _last(lines: list[str], place: int, closing: int) -> int:
    """Return the last line that belongs to the key on line `place`: it is indented, or begins with a hyphen."""
    last = place
    for number in range(place + 1, closing):
        if re.match(r"[ \t]+\S|-(?:[ \t]|$)", lines[number]):
            last = number
        elif lines[number].strip() and not lines[number].lstrip().startswith("#"):
            break
    return last


def _item(item: Mapping[str, str], indent: str) -> list[str]:
    first, *others = (f"{key}: {_written(value)}" for key, value in item.items())
    return [f"{indent}- {first}", *(f"{indent}  {row}" for row in others)]


def _written(value: str) -> str:
    """Return a value as YAML has it: a day as it is, words between quotation marks."""
    return value if re.fullmatch(r"\d{4}-\d\d-\d\d", value) else quoted(value)


def _within(part: str, item: Mapping[str, str]) -> str:
    """Return a key with its list, written between brackets, and the item before the closing one."""
    node = yaml.compose(part, Loader=yaml.SafeLoader)
    value = node.value[0][1] if isinstance(node, yaml.MappingNode) and node.value else None
    if not isinstance(value, yaml.SequenceNode) or not value.flow_style:
        raise ValueError("its value is no list")
    before, after = part[: value.end_mark.index - 1].rstrip(), part[value.end_mark.index - 1 :]
    comma = "" if before.endswith(("[", ",")) else ", "
    group = ", ".join(f"{key}: {_written(one)}" for key, one in item.items())
    return f"{before}{comma}{{{group}}}{after}"
