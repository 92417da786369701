"""Links as a section, which prints nothing of its own: what the archive remembers of pages cited."""

from plugins.links.history_file import HISTORY
from plugins.sections.model import Edition, Newsroom


def edition(newsroom: Newsroom) -> Edition:
    """Return the links' edition: what the archive remembers, for every page to be written."""
    remembered = HISTORY.read(newsroom.content)
    telling = {url: row for url, row in remembered.rows.items() if row.dead or row.archived}
    return Edition("links", problems=remembered.problems, context={"citations": telling})
