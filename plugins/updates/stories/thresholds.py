"""The figures that clustering was tuned with, in one place: what each does, its unit and its range.

Those of headlines alone were chosen on real news (tests/labelled/stories/coverage.jsonl), the others on what was
written for this project, with each set left out in turn, and laid over one another (docs/decisions/0029). `./inv bench
stories` shows what a changed figure does; a false join is worse than a missed one, for a reader takes two outlets for
two witnesses.

Two kinds of pairs are told apart. Excerpts name who and where in every step of a dispute, so that a day's distance
means another step; two headlines alone have the step itself, and little else.

*Likeness* is a number from 0 (nothing in common) to 1 (the same): the cosine of two texts' weighted terms, times the
factors below.
"""

# When two updates can be of one event.
WINDOW_DAYS = 3
"""Days. Updates further apart than this are never of one event, unless they are the same page."""
WINDOW = WINDOW_DAYS * 86_400.0
"""The same, in seconds."""
HALF_LIFE = 10 * 3600.0
"""Seconds in which the likeness of two updates halves with the time between them."""
HALF_LIFE_HEADLINES = 40 * 3600.0
"""The same of two headlines alone."""
GRACE = 2 * 3600.0
"""Seconds between two updates in which likeness does not fall yet: outlets differ in speed."""
GRACE_HEADLINES = 4 * 3600.0
"""The same of two headlines alone."""
DATE_ALONE = 8 * 3600.0
"""Seconds assumed at least between two updates where one has a day without a time: usual for one day."""

FRAME_WINDOW = 36 * 3600.0
"""Seconds in which two headlines alone that tell the same action of a labour dispute are of one event, likeness 1."""
FRAME_WINDOW_DAYS = 2
"""The same in days of the calendar, to look through."""

# How alike an update must be to join a story.
JOIN_QUIET = 0.11
"""Likeness, the mean over a story's updates, that joins in a quiet time; a little above the best value for each set."""
JOIN_HEADLINES = 0.22
"""The same among headlines alone, however much is reported: short texts that share a word share much of themselves."""
QUIET = 8
"""Updates within a day on either side: up to this many, the time counts as quiet."""
CROWDING = 0.35
"""Exponent, 0 to 1: with n times QUIET updates, JOIN_QUIET times n ** CROWDING is needed; more are alike by chance."""
JOIN_MOST = 0.195
"""Likeness that is needed at the very most, however crowded the time."""
EACH = 0.35
"""Share, 0 to 1, of the needed likeness that each single update of the story must reach."""
TOLD_ALREADY = 0.35
"""Factor where the outlet has an update in the story: it tells an event once, and the next step in the same words."""
TOLD_ALREADY_HEADLINES = 0.5
"""The same for a headline alone: a large paper has several on the day of a large event."""

# What is compared.
BREVITY = 1.5
"""Rarest terms, that nobody else has, which a text is assumed to have besides its own where one of two has an excerpt:
short texts prove little."""
SUMMARY_WORDS = 30
"""Words of the excerpt that are read: later ones are background, the same in every step of a dispute."""
COMMON_TERM = 0.7
"""Weight that every term has more than its rarity among headlines alone, which say who does what in common words."""
TITLE_TERMS = 4
"""Terms a headline must have so that the same headline means the same event: "Strike update" says too little."""
FEW_SHARED = 3
"""Shared terms up to which two words of one name count as one term, and a shared name alone as ONE_NAME."""
ASSUMED_STORIES = 200
"""Stories assumed before the first, so that not all terms of the first headlines are equally rare."""

# What tells two steps of one dispute apart: factors on likeness, 0 to 1.
EXPLAINS = 0.6
"""One headline promises to explain or advise; some are reports all the same."""
OTHER_FIGURES = 0.8
"""Both have figures, and none in common. This and the next where one of the two has an excerpt."""
OTHER_STEP = 0.7
"""The headlines name different actions (vote, reject, resume), each missing in the other text."""
EXPECTED = 0.6
"""One of two headlines alone expects what the other reports."""
ONE_NAME = 0.5
"""All that is shared is one name, which may be in the news twice."""
ONE_FRAME = 0.95
"""One of two headlines alone tells an action of a labour dispute (`frames`), and the other none."""
OTHER_NAMES = 0.5
"""Each names somebody never seen beside the other's: two quakes, or two verdicts, are reported in the same words. Of
two headlines alone that tell actions in disputes: each names other workers."""

# Where to look for a story.
COMMON = 0.01
"""Share of all stories, 0 to 1: a term that more of them have is not looked up."""
FEW_STORIES = 100
"""Stories up to which no term counts as common, whatever its share."""
LOOKED_UP = 14
"""Rarest terms of an update whose stories are looked at; more of them find no more stories."""
SHARED_TERMS = 2
"""Of these terms, as many as a story must have in common with the update to be compared with it."""
LATEST = 20
"""Stories kept for one page, link or headline, the latest: one that comes back daily is not sought for ever."""
PAGE_HEADLINES = 2
"""Headlines of one source on one page: with more, all its items link to one page, which tells of no single event."""
ROUND_UP = 3
"""Links to other sites: an update with more of them gathers news and is about no single one."""
