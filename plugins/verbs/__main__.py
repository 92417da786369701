"""What `./inv` runs: invoke with the verbs of tasks.py, where a verb's last word may be left out.

To invoke a word without dashes is never optional (https://docs.pyinvoke.org/en/stable/concepts/invoking-tasks.html), so
`new post "Title"` reaches it as `new post --name="Title"`.
"""

import atexit
import gc
import os
import sys
from collections.abc import Sequence

from plugins.verbs.words import LAST_WORD


def spelled(words: Sequence[str]) -> list[str]:
    """Return a command's words with a verb's last one, where it is given, as the option it stands for."""
    given = list(words)
    option = LAST_WORD.get(given[0]) if given else None
    if option and len(given) > 2 and not any(word.startswith("-") for word in given[1:3]):  # noqa: PLR2004 - verb, what, word
        given[2] = f"--{option}={given[2]}"
    return given


def _be_quick() -> None:
    # A verb makes many objects that stay until it ends, and to look through them for garbage again and again takes its
    # time: `./inv check` of the example 1.0 s instead of 0.8, reading 100,000 archived updates 1.8 s instead of 1.4.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)
    # Pydantic has none here, and to look for them it would read what every installed package offers
    # (https://docs.pydantic.dev/latest/concepts/plugins/).
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


def main() -> None:
    """Run the verb that was typed."""
    _be_quick()
    from invoke.program import Program

    try:
        Program(name="Picketwire", binary="./inv", binary_names=["inv"]).run(["inv", *spelled(sys.argv[1:])])
    except BrokenPipeError:  # as in `./inv check | head`: whoever read has read enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)


if __name__ == "__main__":
    main()
