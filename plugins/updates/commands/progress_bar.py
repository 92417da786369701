"""A bar on a terminal while sources are asked."""

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from plugins.updates.model import Source
from plugins.updates.outcomes import Outcome
from plugins.updates.pipeline import Progress as ProgressCallback


@contextmanager
def bar(count: int) -> Iterator[ProgressCallback]:
    """Show how many of the sources have answered; what is returned is called for each."""
    columns = (TextColumn("Asking"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.fields[last]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as shown:
        job = shown.add_task("sources", total=count, last="")

        def advance(source: Source, outcome: Outcome) -> None:
            shown.update(job, advance=1, last=source.title)

        yield advance
