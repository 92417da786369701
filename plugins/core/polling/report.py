"""The report of a run as text: how many answered how, who was not asked, and what CI shows beside it."""

from collections import Counter
from collections.abc import Iterable, Mapping

from plugins.core.escapes import for_markdown
from plugins.core.polling.outcomes import Failure, Fetched, NotModified, Outcome, Waiting


def counted(outcomes: Iterable[Outcome], what: str) -> str:
    """Return how many were asked and how they answered, in a sentence; `what` they are is a plural that ends in s."""
    kinds = Counter(map(_kind, outcomes))
    most_first = sorted(kinds.items(), key=lambda pair: (-pair[1], pair[0]))
    parts = ", ".join(f"{count} {kind}" for kind, count in most_first)
    asked = kinds.total()
    if asked == 1:
        what = what.removesuffix("s")
    return f"{asked} {what}: {parts or 'none'}."


def not_asked(outcomes: Iterable[Outcome]) -> list[str]:
    """Return a line for each reason why some were not asked, and when the first of them may be again."""
    waiting: dict[str, list[Waiting]] = {}
    for outcome in outcomes:
        if isinstance(outcome, Waiting):
            waiting.setdefault(outcome.reason, []).append(outcome)
    lines = []
    for reason, ones in sorted(waiting.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        line = f"Not asked: {len(ones)}"
        until = min((one.until for one in ones if one.until), default=None)
        if until:
            if len(ones) > 1:
                line += ", the first of them"
            line += f" until {until:%Y-%m-%d %H:%M} UTC"
        lines.append(f"{line}: {reason}.")
    return lines


def offline(outcomes: Iterable[Outcome], what: str) -> str:
    """Return the one line of a run in which nobody could be reached: what failed is most likely not theirs."""
    asked = [outcome for outcome in outcomes if isinstance(outcome, Failure)]
    return (
        f"None of the {len(asked)} {what} asked could be reached ({asked[0].detail}), so it is probably this machine "
        "that has no network. Nothing was recorded; run it again when there is one."
    )


def table(
    title: str,
    head: str,
    total: str,
    outcomes: Mapping[str, Outcome],
    titles: Mapping[str, str],
    lines: Mapping[str, str],
) -> str:
    """Return a run as a Markdown table for the summary of a run in CI, failures first; all mappings are by id."""
    rows = [f"| {head} | Outcome |", "|---|---|"]
    for name in sorted(outcomes, key=lambda name: (not isinstance(outcomes[name], Failure), name)):
        rows.append(f"| {for_markdown(titles[name])} | {for_markdown(lines[name])} |")
    return "\n".join([f"### {title}", "", total, "", *rows, ""])


def _kind(outcome: Outcome) -> str:
    match outcome:
        case Failure():
            return outcome.kind
        case Waiting():
            return "not asked"
        case NotModified() | Fetched(unchanged=True):
            return "unchanged"
        case Fetched():
            return "read"
