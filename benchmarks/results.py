"""RESULTS.md, for a bench that writes its figures there: each workload's have a heading of their own."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

FILE = Path(__file__).parent / "RESULTS.md"
_CPUS = Path("/proc/cpuinfo")


def put(text: str, section: str, heading: str, figures: str) -> str:
    """Return the text of RESULTS.md with figures (Markdown) below a heading of a section, instead of those there were.

    A heading that the section does not have comes after its others; a section that is not there, at the end.
    """
    opening = re.search(rf"^## {re.escape(section)}.*\n", text, re.MULTILINE)
    if opening is None:
        text = f"{text.rstrip()}\n\n## {section}\n"
        start = end = len(text)
    else:
        start, end = opening.end(), _next(text, opening.end(), "## ")
    block = f"### {heading}\n\n{figures.strip()}\n"
    before = re.compile(rf"^### {re.escape(heading)}\n", re.MULTILINE).search(text, start, end)
    if before is None:
        return f"{text[:end].rstrip()}\n\n{block}\n{text[end:]}".rstrip() + "\n"
    after = _next(text, before.end(), "#{2,3} ")
    return f"{text[: before.start()]}{block}\n{text[after:]}".rstrip() + "\n"


def machine() -> str:
    """Say on what machine, by which Python, on which day this runs, and how busy the machine is."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    described = platform.processor() or platform.machine()
    if _CPUS.exists():
        named = re.search(r"^model name\s*:\s*(.+)$", _CPUS.read_text("utf-8"), re.MULTILINE)
        described = named[1] if named else described
    system = f"{platform.system()} {platform.release()}"
    day = datetime.now(UTC).date()
    return f"{day}, {cores} × {described}, {system}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}."


def _next(text: str, start: int, begins: str) -> int:
    """Return where the next line begins that starts so (a pattern); the text's end, where none does."""
    found = re.compile(rf"^{begins}", re.MULTILINE).search(text, start)
    return found.start() if found else len(text)
