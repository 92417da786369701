"""Keep what has been seen of the news, and find the story that a new update belongs to.

The only state of the grouping, alive for one run of it. It is fed in the order of arrival and looks back only, so that
an update's place depends on nothing that came later. It corrects nothing by hand and orders nothing for readers.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import chain

from plugins.updates.model import Update
from plugins.updates.stories.cited_pages import hosts, linked, page
from plugins.updates.stories.report_terms import Wording, has_tail, other_outlet, wording
from plugins.updates.stories.similarity import WINDOW, WINDOW_DAYS, Report, alike, same_page, weigh
from plugins.updates.stories.term_counts import Company, Mentions, Pace, Rarity
from plugins.updates.stories.tokens import run_together

# Chosen on tests/labelled/stories with each set left out in turn, a little above the value that did best there.
_TOGETHER = 0.11  # the mean of an update's likenesses to a story's updates, in a quiet time …
_QUIET = 8  # … of so many reports a day and fewer,
_CROWDED = 0.35  # more by this power of how many times as many there are: more of them are alike by chance,
_MOST = 0.195  # up to this
_LEAST = 0.35  # and each of them, as a share of that
_TOLD_ALREADY = 0.35  # an outlet tells an event once, and what comes next in the same words
# A story is looked at where it shares two of an update's rarest terms; more of them find no more stories.
_COMMON = 0.01  # share of stories from which on a term is not looked up
_LOOKED_UP = 14
_SHARED_TERMS = 2
_HEADLINES = 2  # a source's on one page: it may reword one
_NONE: frozenset[str] = frozenset()
_LATEST = 20  # stories kept for one page, link or headline


@dataclass(slots=True, eq=False)
class Open:
    """A story as it grows; its updates in the order of arrival, and how alike each was to those before it."""

    number: int
    updates: list[Update] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    likenesses: list[float] = field(default_factory=list)


class Coverage:
    """The stories so far, where to find them, and how common terms and links are."""

    def __init__(self, outlets: Mapping[str, str]) -> None:
        self.stories: list[Open] = []
        self._outlets = outlets
        self._rarity = Rarity()
        self._pace = Pace()
        self._company = Company()
        self._first_cited: dict[str, float] = {}
        self._cited_by: set[tuple[str, str]] = set()
        # Numbers of stories by page, link, headline, and term.
        self._pages: dict[str, list[int]] = defaultdict(list)
        self._links: dict[str, list[int]] = defaultdict(list)
        self._titles: dict[frozenset[str], list[int]] = defaultdict(list)
        self._undated: dict[frozenset[str], list[int]] = defaultdict(list)
        self._terms: dict[str, Mentions] = defaultdict(Mentions)

    def add(self, update: Update) -> None:
        """Put an update, the latest to arrive, into its story or a new one."""
        report = self._report(update)
        rare = self._rarity.uncommon(report.weights, _COMMON)
        number, likeness = self._same_page(report), 1.0
        if number is None:
            number, likeness = self._most_alike(report, rare)
        if number is None:
            number, likeness = len(self.stories), 1.0
            self.stories.append(Open(number))
        self.stories[number].likenesses.append(likeness)
        self._remember(self.stories[number], update, report, rare)

    def _report(self, update: Update) -> Report:
        # The headline it was first seen with: a later one must not move it.
        title = update.earlier_titles[0].title if update.earlier_titles else update.title
        names = self._names(update) if has_tail(title) else _NONE
        terms, said = wording(title, update.summary, update.language, names)
        weights, norm = weigh(terms, self._rarity)
        # The day on which a feed's item without a date was first seen says nothing of when it was written.
        at = None if update.date_from == "first-seen" else update.sorted_by.timestamp()
        own = self._telling_page(update, said)
        links = self._telling_links(update, at) if at is not None else _NONE
        needed = self._needed(at) if at is not None else _MOST
        outlet = " ".join((update.source, *hosts(update.url), other_outlet(title, names) if names else "")).strip()
        return Report(update.source, outlet, at, own, links, said, weights, norm, needed)

    def _needed(self, at: float) -> float:
        times_quiet = max(1.0, self._pace.around(at) / _QUIET)
        return float(min(_MOST, _TOGETHER * times_quiet**_CROWDED))

    def _telling_page(self, update: Update, said: Wording) -> str:
        """Return the update's page, or "" where its source tells of ever more there: all its items link to one page."""
        own = page(update.url)
        reports = [report for number in self._pages.get(own, ()) for report in self.stories[number].reports]
        told = {report.said.title for report in reports if report.page == own and report.source == update.source}
        return own if len(told | {said.title}) <= _HEADLINES else ""

    def _names(self, update: Update) -> frozenset[str]:
        names = (self._outlets.get(update.source, ""), update.source, *hosts(update.url))
        return frozenset(filter(None, map(run_together, names)))

    def _telling_links(self, update: Update, at: float) -> frozenset[str]:
        """Return the links that tell of an event: not a source's standing ones, nor pages linked to for long."""
        links = linked(update)
        if not links:
            return _NONE
        telling = set()
        for link in links:
            first = self._first_cited.setdefault(link, at)
            if (update.source, link) not in self._cited_by and abs(at - first) <= WINDOW:
                telling.add(link)
            self._cited_by.add((update.source, link))
        return frozenset(telling)

    def _same_page(self, report: Report) -> int | None:
        """Return the latest story with the report's page, if it is still the same event there."""
        for number in reversed(self._pages.get(report.page, ()) if report.page else ()):
            if same_page(report, self.stories[number].reports):
                return number
        return None

    def _most_alike(self, report: Report, rare: list[str]) -> tuple[int | None, float]:
        """Return the story whose every update is like the report, the most alike of several, then the earliest; how."""
        best, best_mean = None, 0.0
        for number in sorted(self._candidates(report, rare)):
            mean = self._mean_likeness(report, self.stories[number].reports)
            if mean >= report.needed and mean > best_mean:
                best, best_mean = number, mean
        return best, best_mean

    def _mean_likeness(self, report: Report, others: Iterable[Report]) -> float:
        """Return the mean of a report's likenesses to the others; 0 where one of them is too small."""
        total, count, told, least = 0.0, 0, False, _LEAST * report.needed
        for other in others:
            likeness = alike(report, other, self._company, least)
            if likeness < least:
                return 0.0
            total += likeness
            count += 1
            told = told or (report.outlet == other.outlet != "")
        return total / count * (_TOLD_ALREADY if told else 1.0)

    def _candidates(self, report: Report, rare: list[str]) -> set[int]:
        titles = self._titles if report.at is None else self._undated
        found = set(titles.get(report.said.title, ()))
        found.update(self._links.get(report.page, ()))
        for link in report.links:
            found.update(self._links.get(link, ()), self._pages.get(link, ()))
        if report.at is None:
            return found
        rarest = sorted(sorted(rare), key=report.weights.__getitem__, reverse=True)[:_LOOKED_UP]
        day = _day(report.at)
        near = [
            self._terms[term].between(day - WINDOW_DAYS, day + WINDOW_DAYS) for term in rarest if term in self._terms
        ]
        shared = Counter(chain.from_iterable(near))
        return found.union(number for number, count in shared.items() if count >= _SHARED_TERMS)

    def _remember(self, story: Open, update: Update, report: Report, rare: list[str]) -> None:
        known = [other.weights for other in story.reports]
        said = report.weights.keys() - chain.from_iterable(known) if known else report.weights.keys()
        self._rarity.learn(said, new_story=not known)
        self._company.learn(report.said.names)
        story.updates.append(update)
        story.reports.append(report)
        if report.page:
            _note(self._pages[report.page], story.number)
        _note(self._titles[report.said.title], story.number)
        for link in report.links:
            _note(self._links[link], story.number)
        if report.at is None:
            _note(self._undated[report.said.title], story.number)
        else:
            self._pace.add(report.at)
            day = _day(report.at)
            for term in rare:
                self._terms[term].add(day, story.number)


def _note(numbers: list[int], number: int) -> None:
    """Add a story to the latest under one key; a headline or a page that comes back daily is not sought for ever."""
    if number not in numbers:
        numbers.append(number)
        del numbers[:-_LATEST]


def _day(at: float) -> int:
    return int(at // 86_400)
