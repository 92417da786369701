"""What the verbs' options are called and say, where several have them."""

from typing import Any

CONTENT = "the content folder"
OUTPUT = "where the site is built"
SETTINGS = "the settings file"
PRIVATE = "a host or network that may be private, such as 127.0.0.1 (repeatable)"
FORCE = "ask every source now, not only those whose hour has come"

PLACES: dict[str, Any] = {"content": CONTENT, "output": OUTPUT, "settings": SETTINGS}

LAST_WORD = {"new": "name", "bench": "given"}
"""The option of a verb that may be typed as its last word, without dashes."""
