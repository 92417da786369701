"""Explain tomllib's error messages to a person who has not read TOML's specification.

The messages are those of CPython's Lib/tomllib/_parser.py; one that is not in the table is passed on as it is.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

Reach = Literal["line", "statement", "rest"]
"""What a fault is about: the line on which it was noticed, its statement's first line, or all that follows as well."""

_LIKE_A_DAY = re.compile(r"=\s*\d{4}-\d")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What is wrong and what to do, as a Problem has it, and how far the fault reaches."""

    what: str
    remedy: str
    reach: Reach = "line"


_QUOTE = "put text between quotation marks, one value on a line; # begins a comment"
_KEYS = "write key = value, [[name]], or a comment after #"
_CURLY = "“”„‟‘’‚‛«»″′"
_STRAIGHT = Explanation(
    "a “smart” quotation mark, which is a letter like any other here",
    'write the straight ones, ", at both ends of the text, and switch “smart quotes” off in your editor',
)
_ENDS_CURLY = re.compile(rf"=.*[{_CURLY}]\s*[\],}}]*\s*(#.*)?$")
_SLASH = "write \\\\, or put the text between single quotation marks"
UNCLOSED = Explanation("a list is not closed", "end it with ]; a comma stands after each value", "statement")
_DECLARED = Explanation("this table is there already", "write [[name]], with two brackets, above each of several")
_EXPLANATIONS: Sequence[tuple[str, Explanation]] = (
    ("Illegal character '\\n'", Explanation("a text is not closed", "end it with a quotation mark", "statement")),
    ("Found invalid character '\\n'", Explanation("a text is not closed", "end it with a quotation mark", "statement")),
    ('Expected "\'"', Explanation("a text is not closed", "end it with a quotation mark", "statement")),
    ("Unterminated string", Explanation("a long text is not closed", 'end it with """', "rest")),
    ("Expected \"'''\"", Explanation("a long text is not closed", "end it with '''", "rest")),
    ("Unclosed array", UNCLOSED),
    ("Unclosed inline table", Explanation("a group in braces is not closed", "end it with } on the same line")),
    ("Cannot overwrite a value", Explanation("this key stands here a second time", "keep one of the two", "statement")),
    ("Duplicate inline table key", Explanation("a key stands here a second time", "keep one of the two")),
    ("Cannot declare", _DECLARED),
    ("Cannot mutate", _DECLARED),
    ("Expected ']]' at the end", Explanation("a table’s name is not closed", "end it with ]]")),
    ("Expected ']' at the end", Explanation("a table’s name is not closed", "end it with ]")),
    ("Expected '='", Explanation("there is no = after a key", "write key = value; # begins a comment")),
    ("Invalid statement", Explanation("neither a key nor a table", _KEYS)),
    ("Invalid initial character", Explanation("neither a key nor a table", _KEYS)),
    ("Invalid value", Explanation("this is no value", _QUOTE)),
    ("Expected newline or end of document", Explanation("something stands after the value", _QUOTE)),
    ("Unescaped '\\' in a string", Explanation("a \\ in a text means something", _SLASH)),
    (
        "Invalid date or datetime",
        Explanation("there is no such day or time", "write a day that exists, as in 2026-01-31"),
    ),
)


def explain(message: str, statement: str, rest: str = "") -> Explanation:
    """Return what a message of tomllib means; `message` is without its place in the text.

    `statement` is the first line of the faulty statement, `rest` the text from where the fault was noticed to the
    end of that line.
    """
    if rest[:1] and rest[0] in _CURLY:
        return _STRAIGHT
    unclosed = message.startswith(("Illegal character '\\n'", "Found invalid character '\\n'", 'Expected "\'"'))
    if unclosed and _ENDS_CURLY.search(statement):
        return replace(_STRAIGHT, reach="statement")
    if message == "Cannot overwrite a value" and statement.lstrip().startswith("["):
        return _DECLARED
    if message.startswith("Expected newline") and _LIKE_A_DAY.search(statement):
        message = "Invalid date or datetime"
    found = next((words for start, words in _EXPLANATIONS if message.startswith(start)), None)
    return found or Explanation(message[:1].lower() + message[1:], "correct this line")
