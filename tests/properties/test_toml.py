"""Lines in TOML, held against documents of every layout that were made with their lines known."""

import json
from collections.abc import Iterator
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from plugins.core.config import toml

keys = st.sampled_from(["a", "b", "c", "a-key", "with space", "ü", "a.b"])
words = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)
scalars = st.one_of(st.integers(-9, 9), st.booleans(), words, st.dates())
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=2), max_leaves=6
)
noise = st.lists(st.sampled_from(["", "# [[a]] a = 1", "  ", '# """']), max_size=2)
tables = st.lists(
    st.tuples(
        st.sampled_from(["[[a]]", "[[b]]", "[[a.b]]", "[c]", "[[c.a]]", '["a.b"]', '["ü"]']),
        noise,
        st.dictionaries(keys.map(lambda key: f"k {key}"), values, max_size=3),
    ),
    max_size=8,
)
Lines = list[str]


class Writer:
    """Writes a document and notes on which line each value begins."""

    def __init__(self) -> None:
        self.lines: Lines = []
        self.places: dict[tuple[str | int, ...], int] = {}
        self.numbers: dict[tuple[str | int, ...], int] = {}

    def table(self, header: str) -> tuple[str | int, ...] | None:
        """Begin a table, where TOML has it there, and return its path."""
        names = [header.strip("[]").strip('"')] if '"' in header else header.strip("[]").split(".")
        path: tuple[str | int, ...] = ()
        for depth, name in enumerate(names, 1):
            path = (*path, name)
            if depth == len(names) and header.startswith("[["):
                self.numbers[path] = self.numbers.get(path, -1) + 1
            if path in self.numbers:
                path = (*path, self.numbers[path])
            elif depth < len(names) and path not in self.places:
                return None
        if path in self.places:
            return None
        self.lines.append(header)
        self.places[path] = len(self.lines)
        return path

    def pair(self, path: tuple[str | int, ...], key: str, value: Any, broken: bool) -> None:
        """Write a key and its value, lists over several lines where `broken`."""
        self.lines.append(f"{json.dumps(key, ensure_ascii=False)} = ")
        self.write((*path, key), value, broken)

    def write(self, path: tuple[str | int, ...], value: Any, broken: bool) -> None:
        """Write a value behind what stands on the last line."""
        self.places[path] = len(self.lines)
        if isinstance(value, list):
            self.lines[-1] += "["
            for number, one in enumerate(value):
                if broken:
                    self.lines.append("  # ]")
                    self.lines.append("  ")
                self.write((*path, number), one, broken)
                self.lines[-1] += ", "
            if broken:
                self.lines.append("")
            self.lines[-1] += "]"
        elif isinstance(value, dict):
            self.lines[-1] += "{"
            for number, (key, one) in enumerate(value.items()):
                self.lines[-1] += f"{', ' if number else ''}{json.dumps(key, ensure_ascii=False)} = "
                self.write((*path, key), one, broken=False)
            self.lines[-1] += "}"
        else:
            self.lines[-1] += scalar(value)


def scalar(value: object) -> str:
    """Return a value as TOML writes it."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return str(value)


def paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Return the path of every value."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, inner in pairs:
        yield (*path, step)
        yield from paths(inner, (*path, step))


@given(tables, noise, st.booleans())
def test_every_value_of_any_document_is_found(parts: list[Any], begin: Lines, broken: bool) -> None:
    """Tables of several lists in any order, comments that look like tables, lists over many lines, quoted keys."""
    writer = Writer()
    writer.lines += begin
    for header, between, pairs in parts:
        path = writer.table(header)
        if path is None:
            continue
        writer.lines += between
        for key, value in pairs.items():
            writer.pair(path, key, value, broken)
    document = toml.read("\n".join(writer.lines), "f")
    assert document.problems == ()
    assert set(paths(document.data)) >= set(writer.places)
    assert {path: document.line_of(path) for path in writer.places} == writer.places


@given(tables, st.integers(0, 60), st.sampled_from(['"', "[", "]", "=", "x y", "[[a", "'''", "k = ", "{"]))
def test_any_fault_is_told_and_hides_no_line(parts: list[Any], place: int, wrong: str) -> None:
    """However a document is torn, reading ends, tells of something at a line there is, and finds the rest's lines."""
    writer = Writer()
    for header, _, pairs in parts:
        path = writer.table(header)
        if path is None:
            continue
        for key, value in pairs.items():
            writer.pair(path, key, value, broken=False)
    lines = writer.lines
    lines.insert(min(place, len(lines)), wrong)
    document = toml.read("\n".join(lines), "f")
    assert document.problems
    for problem in document.problems:
        assert 1 <= problem.line <= len(lines)
    for path in paths(document.data):
        name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        assert name in lines[document.line_of(path) - 1]
