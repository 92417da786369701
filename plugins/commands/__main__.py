"""What `./inv` runs: the command that was typed, from the list in tasks.py, and its end told as an exit code."""

import atexit
import gc
import os
import sys
from collections.abc import Sequence

WINDOWS = "Picketwire does not run on Windows itself, but in WSL: https://learn.microsoft.com/windows/wsl/install"


def main(words: Sequence[str]) -> int:
    """Run the command that was typed, and return the exit code."""
    if sys.platform == "win32":
        print(WINDOWS, file=sys.stderr)
        return 2
    _be_quick()
    try:
        from tasks import program

        code = program.main(list(words), prog_name="./inv", standalone_mode=False)
        sys.stdout.flush()
    except Exception as error:  # the edge: whatever ended the command is told here, once for all of them
        from plugins.commands import error_report

        return error_report.report(error)
    except KeyboardInterrupt:  # before click could see it
        return 130
    return code or 0


def _be_quick() -> None:
    # A command makes many objects that stay until it ends, and to look through them for garbage takes its time:
    # `./inv check` of the example 1.0 s instead of 0.8, reading 100,000 archived updates 1.8 s instead of 1.4.
    gc.set_threshold(200_000)
    atexit.register(gc.freeze)
    # Pydantic has none here, and to look for them it would read what every installed package offers
    # (https://docs.pydantic.dev/latest/concepts/plugins/).
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")


if __name__ == "__main__":
    # A file's name need not be text, and a terminal need not have every character: neither ends a command.
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # these two are text streams
    sys.exit(main(sys.argv[1:]))
