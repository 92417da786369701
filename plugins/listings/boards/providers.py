"""The adapter of every kind of board."""

from collections.abc import Mapping

from plugins.listings.boards.adapter import Adapter
from plugins.listings.boards.ashby import Ashby
from plugins.listings.boards.eightfold import Eightfold
from plugins.listings.boards.greenhouse import Greenhouse
from plugins.listings.boards.job_feed import JobFeed
from plugins.listings.boards.lever import Lever
from plugins.listings.boards.recruitee import Recruitee
from plugins.listings.boards.saved import SavedFile
from plugins.listings.boards.smartrecruiters import SmartRecruiters
from plugins.listings.boards.workable import Workable
from plugins.listings.boards.workday import Workday

ADAPTERS: Mapping[str, Adapter] = {
    "greenhouse": Greenhouse(),
    "lever": Lever(),
    "ashby": Ashby(),
    "smartrecruiters": SmartRecruiters(),
    "workday": Workday(),
    "eightfold": Eightfold(),
    "recruitee": Recruitee(),
    "workable": Workable(),
    "feed": JobFeed(),
    "file": SavedFile(),
}
"""By `Board.provider`."""
