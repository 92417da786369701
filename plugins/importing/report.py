"""What became of an old site: in short for the terminal, and in full, line by line, as a file."""

from collections import Counter
from collections.abc import Iterable

from plugins.core.errors import Problem
from plugins.importing.model import NAMES, DocumentOutcome, Export, Loss, State

_ORDER: tuple[State, ...] = ("written", "there already", "left out")
_NAMES_SHOWN = 5


def short(export: Export, outcomes: list[DocumentOutcome], file: str) -> list[str]:
    """Return the lines for the terminal; `file` is where the whole report is."""
    lines = [f"{_title(export)}."]
    for outcome in outcomes:
        if outcome.draft:
            lines.append(f"{outcome.file} (draft: {outcome.draft})")
        elif outcome.state == "written":
            lines.append(outcome.file)
    lines += _summary(export, outcomes)
    lines.append(f"Every place, with its line: {file}. Then run ./inv check.")
    return lines


def full(export: Export, outcomes: list[DocumentOutcome], when: str) -> str:
    """Return the whole report as Markdown."""
    lines = [f"# Import of {when}: {_title(export)}", ""]
    for line in _summary(export, outcomes):
        lines.append(f"- {line}")
    if export.problems:
        lines += ["", "## What could not be read", ""]
    for problem in export.problems:
        lines.append(f"- {problem}")
    for state in _ORDER:
        in_state = [outcome for outcome in outcomes if outcome.state == state]
        if in_state:
            lines += ["", f"## {state.capitalize()}", ""]
        for outcome in in_state:
            lines += _entry(outcome)
    return "\n".join(lines) + "\n"


def problems(outcomes: Iterable[DocumentOutcome]) -> list[Problem]:
    """Return what was left out as problems, each with what to do."""
    remedy = "the others are there; correct this one in the export, or write it by hand"
    found: list[Problem] = []
    for outcome in outcomes:
        if outcome.state == "left out":
            found.append(Problem(outcome.document.place, 0, outcome.why, remedy))
    return found


def _title(export: Export) -> str:
    title = f"{NAMES[export.kind]} export"
    if export.site:
        title = f"{title}, old site {export.site}"
    return title


def _summary(export: Export, outcomes: list[DocumentOutcome]) -> list[str]:
    """Return what was read, counted, left behind, changed."""
    lines: list[str] = []
    if export.unread:
        lines.append(f"Read: {_some(export.read)}.")
        others = _some(export.unread)
        lines.append(f"Not read, and perhaps another export: {others}. Give its path to import it too.")
    lines.append(_counts(outcomes))
    kinds: Counter[str] = Counter()
    withheld = came = behind = 0
    for outcome in outcomes:
        withheld += outcome.state == "written" and bool(outcome.document.withheld)
        came += outcome.came
        behind += outcome.behind
        kinds.update(loss.kind for loss in outcome.losses)
    if withheld:
        lines.append(f"Whoever can read this repository can read its drafts; {withheld} were not public before.")
    for what in export.left:
        lines.append(f"Left behind: {what}.")
    if came:
        lines.append(f"Pictures that had stayed behind and came this time: {came}.")
    if behind:
        lines.append(f"Pictures still on the old site: {behind}. Run this again to ask for them once more.")
    if kinds:
        in_order = sorted(kinds.items(), key=lambda row: (-row[1], row[0]))
        named = [f"{kind} ({count})" for kind, count in in_order]
        lines.append(f"Changed or lost: {', '.join(named)}.")
    return lines


def _counts(outcomes: list[DocumentOutcome]) -> str:
    """Return how many texts were written, were there and were left out, and how many are drafts."""
    counts = Counter(outcome.state for outcome in outcomes)
    said = [f"{counts['written']} written"]
    for state in _ORDER[1:]:
        if counts[state]:
            said.append(f"{counts[state]} {state}")
    line = ", ".join(said)
    if drafts := sum(bool(outcome.draft) for outcome in outcomes):
        line = f"{line}; {drafts} stay drafts"
    return f"{line}."


def _some(names: tuple[str, ...]) -> str:
    """Return the first few of names, and how many more there are."""
    shown = ", ".join(names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return f"{shown} and {more} more" if more > 0 else shown


def _entry(outcome: DocumentOutcome) -> list[str]:
    """Return the lines on one document."""
    title = outcome.document.title or outcome.document.key
    if outcome.state != "written":
        return [f"- {title} ({outcome.document.place}): {outcome.why}"]
    lines: list[str] = []
    if outcome.draft:
        lines.append(f"- a draft: {outcome.draft}")
    for loss in outcome.losses:
        lines.append(f"- {_loss(loss, outcome.file)}")
    if outcome.lost_words:
        words = " ".join(outcome.lost_words)
        lines.append(f"- words of the old text that are not in the new one, look whether the text is whole: {words}")
    if outcome.new_words:
        lines.append(f"- words that are new: {' '.join(outcome.new_words)}")
    if lines:
        lines.append("")
    return [f"### {title}", "", f"`{outcome.file}`, from {outcome.document.place}", "", *lines]


def _loss(loss: Loss, file: str) -> str:
    said = ": ".join(filter(None, [loss.kind, loss.detail]))
    return f"{file}:{loss.line}: {said}" if loss.line else said
