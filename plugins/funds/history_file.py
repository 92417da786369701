"""What is remembered of funds: content/archive/funds.jsonl, a row a fund, exact to the day."""

from operator import attrgetter

from pydantic import TypeAdapter

from plugins.core.history_file import HistoryFile
from plugins.funds.model import FundRow

HISTORY = HistoryFile("funds.jsonl", TypeAdapter(FundRow), attrgetter("fund"), lambda row: bool(row.alarms))
"""Of two rows of one fund, one with an alarm counts."""
