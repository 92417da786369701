"""TOML and the line on which a value stands, and what is read of a document that is none."""

import time

import pytest

from plugins.core.config import toml

TEXT = """\
# a comment
title = "x"

[[source]]
id = "a"  # first
notes = \"\"\"
two
lines\"\"\"
feed = "f"

[[source]]
id = "b"
[[source.part]]
day = 2023-05-02

[topic.pay]
any = ["one", "two"]
none = [
    "three",  # why
    [
        "four",
    ],
]

[[source]]
id = "c"
[[source.part]]
day = 2023-05-03
[[source.part]]
"quoted key" = {deep = {er = 1}}
"""


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (["title"], 2),
        (["source"], 4),
        (["source", 0], 4),
        (["source", 0, "id"], 5),
        (["source", 0, "feed"], 9),
        (["source", 1, "id"], 12),
        (["source", 1, "part", 0, "day"], 14),
        (["topic", "pay", "any"], 17),
        (["topic", "pay", "any", 1], 17),
        (["topic", "pay", "none", 0], 19),
        (["topic", "pay", "none", 1, 0], 21),
        (["topic", "pay"], 16),
        (["source", 2], 25),
        (["source", 2, "part", 0, "day"], 28),
        (["source", 2, "part", 1, "quoted key", "deep", "er"], 30),
    ],
)
def test_a_value_is_found_on_its_line(path: list[str | int], line: int) -> None:
    """Comments, strings of several lines, nested tables and tables of one list far apart do not shift the count."""
    assert toml.read(TEXT, "f").line_of(path) == line


def test_a_missing_key_is_reported_at_its_table() -> None:
    """What is not there has no line; the table that lacks it has."""
    assert toml.read(TEXT, "f").line_of(["source", 1, "feed"]) == 11


@pytest.mark.parametrize(
    ("wrong", "line", "what"),
    [
        ("[[fund]\n", 1, "name is not closed"),
        ('a = 1\nb = "open\n', 2, "text is not closed"),
        ("a = 1\na = 2\n", 2, "second time"),
        ("a = 1\nb = [\n1,\n", 2, "list is not closed"),
        ("a = [\n1,\nx,\n]\n", 3, "no value"),
        ('a = """\nx\n', 1, "long text is not closed"),
        ("a: 1\n", 1, "no = after a key"),
        ("a = 2026-02-31\n", 1, "no such day"),
        ("a = {b = 1\n", 1, "braces"),
        ("[fund]\na = 1\n[[fund]]\n", 3, "there already"),
        ("a = one two\n", 1, "no value"),
        ('a = "one" two\n', 1, "after the value"),
        ('a = "C:\\dir"\n', 1, "means something"),
    ],
)
def test_what_is_not_toml_is_reported_where_it_begins(wrong: str, line: int, what: str) -> None:
    """One fault is one message in plain words, at the line a writer has to change."""
    (problem,) = toml.read(wrong, "funds.toml").problems
    assert (problem.where, problem.line) == ("funds.toml", line)
    assert what in problem.what


def test_what_is_wrong_hides_nothing_else() -> None:
    """Every faulty statement of a document is told at once; the rest is read, and its lines are right."""
    text = '[[fund]]\nid = "a\nname = "A"\n\n[[fund]\nid = "b"\n[[fund.more]]\nx = 1\n\n'
    text += '[[fund]]\nid = "c"\nhosts = [\n"x"\n\n[other]\nkey: 1\n'
    found = toml.read(text, "f")
    assert [one.line for one in found.problems] == [2, 5, 12, 16]
    assert found.data == {"fund": [{"name": "A"}, {"id": "c"}], "other": {}}
    assert found.unparsable == {("fund", 0, "id"), ("*",), ("fund", 1, "hosts"), ("other", "*")}
    assert found.line_of(["fund", 1, "id"]) == 11


@pytest.mark.parametrize(
    "wrong",
    [
        "x = “a”",
        'x = "a”',
        "x = 'a’",
        'x = “a"',
        'x = ["a", “b”]',
        '“x” = "a"',
        "x = «a»",
        'x = "a”  # “why”',
        "x = ‘a’",
    ],
)
def test_smart_quotation_marks_are_told_as_such(wrong: str) -> None:
    """Who wrote in a word processor learns that it is the marks, and what follows is read all the same."""
    read = toml.read(f"{wrong}\ny = 2\n", "f")
    (problem,) = read.problems
    assert (problem.line, "“smart” quotation mark" in problem.what) == (1, True), problem
    assert "straight" in problem.remedy
    assert read.data == {"y": 2}


@pytest.mark.parametrize("right", ['x = "The writers’ strike"', 'x = "“a”"', 'x = "a"  # “why”'])
def test_smart_quotation_marks_within_a_text_are_letters(right: str) -> None:
    """A headline may have as many as it likes."""
    assert toml.read(right, "f").problems == ()


def _of_a_list(words: int, end: str) -> float:
    """Return the time it takes to read a list of so many lines, and to find the line of its last value."""
    rows = "".join(f'    "word {number}",  # why\n' for number in range(words))
    text = f"[topic.pay]\nany = [\n{rows}{end}"
    times = []
    for turn in range(3):
        begun = time.process_time()
        document = toml.read(f"# {turn}\n{text}", "f")  # another text each time: what was found is remembered
        line = document.line_of(["topic", "pay", "any", words - 1])
        times.append(time.process_time() - begun)
        assert line == (words + 3 if not document.problems else 2)
    return min(times)


@pytest.mark.parametrize("end", ["]\n", ""])
def test_a_list_takes_time_by_its_length(end: str) -> None:
    """A list of eight times as many lines takes some eight times as long, closed or not, and not sixty-four times."""
    assert _of_a_list(1600, end) < 24 * _of_a_list(200, end)


def test_a_value_in_a_group_over_several_lines_is_found_where_it_begins() -> None:
    """Also where a list in the group goes on over lines that are no TOML on their own."""
    document = toml.read('a = [{x = 1},\n {y = [\n 2,\n 3]}]\nb = "c"\n', "f")
    assert [document.line_of(["a", 1, "y", number]) for number in range(2)] == [3, 4]
    assert document.line_of(["b"]) == 5
