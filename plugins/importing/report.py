"""What became of an old site: in short for the terminal, and in full, line by line, as a file. Pure text."""

from collections import Counter
from collections.abc import Iterable, Mapping

from plugins.core.errors import Problem
from plugins.importing.models import NAMES, Export, Loss, State, Told

_ORDER: tuple[State, ...] = ("written", "there already", "left out")
_SHOWN = 5
_LOOK = "look whether the text is whole"


def short(export: Export, told: Iterable[Told], file: str) -> list[str]:
    """Return the lines for the terminal; `file` is where the whole report is."""
    told = list(told)
    lines = [f"{NAMES[export.kind]} export{f', old site {export.site}' if export.site else ''}."]
    lines += _read(export)
    lines += [_line(one) for one in told if one.state == "written"]
    counts = Counter(one.state for one in told)
    drafts = sum(1 for one in told if one.state == "written" and one.draft)
    said = [f"{counts[state]} {state}" for state in _ORDER if counts[state] or state == "written"]
    lines.append(f"{', '.join(said)}; {drafts} stay drafts." if drafts else f"{', '.join(said)}.")
    withheld = [one for one in told if one.state == "written" and one.piece.withheld]
    if withheld:
        lines.append(f"Whoever can read this repository can read its drafts; {len(withheld)} were not public before.")
    lines += [f"Left behind: {what}." for what in export.left]
    if came := sum(one.came for one in told):
        lines.append(f"Pictures that had stayed behind and came this time: {came}.")
    if behind := sum(one.behind for one in told):
        lines.append(f"Pictures still on the old site: {behind}. Run this again to ask for them once more.")
    losses = kinds(told)
    if losses:
        lines.append("Changed or lost: " + ", ".join(f"{kind} ({count})" for kind, count in losses.items()) + ".")
    lines.append(f"Every place, with its line: {file}. Then run ./inv check.")
    return lines


def _read(export: Export) -> list[str]:
    """Return which files were read, where there was a choice, and which may be another export."""
    if not export.unread:
        return []
    return [
        f"Read: {_some(export.read)}.",
        f"Not read, and perhaps another export: {_some(export.unread)}. Give its path to import it too.",
    ]


def _some(names: tuple[str, ...]) -> str:
    return ", ".join(names[:_SHOWN]) + (f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else "")


def kinds(told: Iterable[Told]) -> Mapping[str, int]:
    """Return how often each kind of loss came about, the most frequent first."""
    counts = Counter(loss.kind for one in told for loss in one.losses)
    return dict(sorted(counts.items(), key=lambda one: (-one[1], one[0])))


def full(export: Export, told: Iterable[Told], when: str) -> str:
    """Return the whole report as Markdown."""
    told = list(told)
    lines = [f"# Import of {when}: {NAMES[export.kind]}{f', {export.site}' if export.site else ''}", ""]
    lines += [f"- {line}" for line in short(export, told, "below")[1:-1] if not line.startswith("content")]
    problems = list(export.problems)
    if problems:
        lines += ["", "## What could not be read", "", *(f"- {problem}" for problem in problems)]
    for state in _ORDER:
        chosen = [one for one in told if one.state == state]
        if chosen:
            lines += ["", f"## {state.capitalize()}", ""]
        for one in chosen:
            lines += _entry(one)
    return "\n".join(lines) + "\n"


def _line(one: Told) -> str:
    return f"{one.file}{f' (draft: {one.draft})' if one.draft else ''}"


def _entry(one: Told) -> list[str]:
    title = one.piece.title or one.piece.key
    if one.state != "written":
        return [f"- {title} ({one.piece.place}): {one.why}"]
    lines = [f"### {title}", "", f"`{one.file}`, from {one.piece.place}", ""]
    if one.draft:
        lines.append(f"- a draft: {one.draft}")
    lines += [
        f"- {_place(one.file, loss)}{loss.kind}{f': {loss.detail}' if loss.detail else ''}" for loss in one.losses
    ]
    if one.lost_words:
        lines.append(f"- words of the old text that are not in the new one, {_LOOK}: {' '.join(one.lost_words)}")
    if one.new_words:
        lines.append(f"- words that are new: {' '.join(one.new_words)}")
    return [*lines, ""] if lines[-1] else lines


def _place(file: str, loss: Loss) -> str:
    return f"{file}:{loss.line}: " if loss.line else ""


def problems(told: Iterable[Told]) -> list[Problem]:
    """Return what was left out as problems, each with what to do."""
    remedy = "the others are there; correct this one in the export, or write it by hand"
    return [Problem(one.piece.place, 0, one.why, remedy) for one in told if one.state == "left out"]
