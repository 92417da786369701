"""What became of an old site: in short for the terminal, and in full, line by line, as a file."""

from collections import Counter
from collections.abc import Iterable

from plugins.core.errors import Problem
from plugins.importing.model import NAMES, DocumentOutcome, Export, Loss, State

_ORDER: tuple[State, ...] = ("written", "there already", "left out")
_NAMES_SHOWN = 5
_LOOK = "look whether the text is whole"


def short(export: Export, outcomes: Iterable[DocumentOutcome], file: str) -> list[str]:
    """Return the lines for the terminal; `file` is where the whole report is."""
    outcomes = list(outcomes)
    written = [one for one in outcomes if one.state == "written"]
    lines = [f"{_title(export, ', old site ')}."]
    lines += [f"{one.file}{f' (draft: {one.draft})' if one.draft else ''}" for one in written]
    lines += _summary(export, outcomes)
    return [*lines, f"Every place, with its line: {file}. Then run ./inv check."]


def full(export: Export, outcomes: Iterable[DocumentOutcome], when: str) -> str:
    """Return the whole report as Markdown."""
    outcomes = list(outcomes)
    lines = [f"# Import of {when}: {_title(export, ', ')}", "", *(f"- {line}" for line in _summary(export, outcomes))]
    if export.problems:
        lines += ["", "## What could not be read", "", *(f"- {problem}" for problem in export.problems)]
    for state in _ORDER:
        chosen = [one for one in outcomes if one.state == state]
        if chosen:
            lines += ["", f"## {state.capitalize()}", ""]
        for one in chosen:
            lines += _entry(one)
    return "\n".join(lines) + "\n"


def problems(outcomes: Iterable[DocumentOutcome]) -> list[Problem]:
    """Return what was left out as problems, each with what to do."""
    remedy = "the others are there; correct this one in the export, or write it by hand"
    return [Problem(one.document.place, 0, one.why, remedy) for one in outcomes if one.state == "left out"]


def _title(export: Export, before_site: str) -> str:
    if export.site:
        return f"{NAMES[export.kind]} export{before_site}{export.site}"
    return f"{NAMES[export.kind]} export"


def _summary(export: Export, outcomes: list[DocumentOutcome]) -> list[str]:
    """Return what was read, counted, left behind, changed."""
    lines = []
    if export.unread:
        lines.append(f"Read: {_some(export.read)}.")
        others = _some(export.unread)
        lines.append(f"Not read, and perhaps another export: {others}. Give its path to import it too.")
    counts = Counter(one.state for one in outcomes)
    said = ", ".join(f"{counts[state]} {state}" for state in _ORDER if counts[state] or state == "written")
    drafts = sum(1 for one in outcomes if one.draft)
    lines.append(f"{said}; {drafts} stay drafts." if drafts else f"{said}.")
    if withheld := sum(1 for one in outcomes if one.state == "written" and one.document.withheld):
        lines.append(f"Whoever can read this repository can read its drafts; {withheld} were not public before.")
    lines += [f"Left behind: {what}." for what in export.left]
    if came := sum(one.came for one in outcomes):
        lines.append(f"Pictures that had stayed behind and came this time: {came}.")
    if behind := sum(one.behind for one in outcomes):
        lines.append(f"Pictures still on the old site: {behind}. Run this again to ask for them once more.")
    kinds = Counter(loss.kind for one in outcomes for loss in one.losses)
    if kinds:
        in_order = sorted(kinds.items(), key=lambda one: (-one[1], one[0]))
        lines.append(f"Changed or lost: {', '.join(f'{kind} ({number})' for kind, number in in_order)}.")
    return lines


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _NAMES_SHOWN} more" if len(names) > _NAMES_SHOWN else ""
    return ", ".join(names[:_NAMES_SHOWN]) + more


def _entry(one: DocumentOutcome) -> list[str]:
    title = one.document.title or one.document.key
    if one.state != "written":
        return [f"- {title} ({one.document.place}): {one.why}"]
    lines = [f"- a draft: {one.draft}"] if one.draft else []
    lines += [f"- {_loss(loss, one.file)}" for loss in one.losses]
    if one.lost_words:
        lines.append(f"- words of the old text that are not in the new one, {_LOOK}: {' '.join(one.lost_words)}")
    if one.new_words:
        lines.append(f"- words that are new: {' '.join(one.new_words)}")
    return [f"### {title}", "", f"`{one.file}`, from {one.document.place}", "", *lines, *([""] if lines else [])]


def _loss(loss: Loss, file: str) -> str:
    place = f"{file}:{loss.line}: " if loss.line else ""
    return f"{place}{loss.kind}{f': {loss.detail}' if loss.detail else ''}"
