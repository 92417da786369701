"""Add an item to a list in a text's front matter, and leave every comment and every other byte as it was.

PyYAML reads front matter and cannot write it back as it was written. So the key is looked for line by line, in the ways
that writers write a list; whoever calls this checks the file that comes of it as any other.
"""

import re
from collections.abc import Mapping

import yaml

from plugins.core.config.fields import quoted

_FENCE = re.compile(r"---[ \t]*$")
_ITEM = re.compile(r"[ \t]*-(?:\s|$)")


def with_item(text: str, key: str, item: Mapping[str, str]) -> str:
    """Return a file's text in which the list `key` of its YAML ends with one more group of keys.

    Raises ValueError, worded for the writer, where there is no such head, or the key's value is no list.
    """
    end = "\r\n" if "\r\n" in text else "\n"  # as Windows' editors end lines
    bare = text.removeprefix("\ufeff")  # a byte order mark, which those put first
    mark = text[: len(text) - len(bare)]
    lines = bare.split(end)
    closing = _first(_FENCE, lines, 1, len(lines))
    if not _FENCE.match(lines[0]) or not closing:
        raise ValueError(f"its head has no place for {key}: it does not stand between two lines of ---")
    begins = re.compile(rf"[\"']?{re.escape(key)}[\"']?[ \t]*:[ \t]*(?P<value>[^#\s].*)?(#.*)?$")
    place = _first(begins, lines, 1, closing)
    if not place:
        lines[closing:closing] = [f"{key}:", *_item(item, "  ")]
        return mark + end.join(lines)
    after = _last(lines, place, closing) + 1
    key_line = begins.match(lines[place])
    if key_line and key_line["value"]:
        lines[place:after] = _within(end.join(lines[place:after]), item).split(end)
    else:
        indent = "  "
        if first := _first(_ITEM, lines, place + 1, after):
            indent, _, _ = lines[first].partition("-")
        lines[after:after] = _item(item, indent)
    return mark + end.join(lines)


def _first(pattern: re.Pattern[str], lines: list[str], start: int, end: int) -> int:
    """Return the number of the first line from `start` (1 or more) to `end` that a pattern matches, else 0."""
    for number in range(start, end):
        if pattern.match(lines[number]):
            return number
    return 0


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
    first, *others = _pairs(item)
    return [f"{indent}- {first}", *(f"{indent}  {row}" for row in others)]


def _pairs(item: Mapping[str, str]) -> list[str]:
    """Return each key with its value as YAML has it: a day as it is, words between quotation marks."""
    pairs = []
    for key, value in item.items():
        is_day = re.fullmatch(r"\d{4}-\d\d-\d\d", value)
        pairs.append(f"{key}: {value if is_day else quoted(value)}")
    return pairs


def _within(part: str, item: Mapping[str, str]) -> str:
    """Return a key with its list, written between brackets, and the item before the closing one."""
    node = yaml.compose(part, Loader=yaml.SafeLoader)
    value = None
    if isinstance(node, yaml.MappingNode) and node.value:
        _, value = node.value[0]
    if not isinstance(value, yaml.SequenceNode) or not value.flow_style:
        raise ValueError("its value is no list")
    bracket = value.end_mark.index - 1
    before, after = part[:bracket].rstrip(), part[bracket:]
    if not before.endswith(("[", ",")):
        before += ", "
    return f"{before}{{{', '.join(_pairs(item))}}}{after}"
