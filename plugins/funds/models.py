"""A fund as funds.toml says it, and as a page shows it. A link that cannot be trusted is refused here."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from pydantic import Field, model_validator

from plugins.core.fields import Day, Id, Link, Text
from plugins.core.settings import Checked


class Voucher(Checked):
    """Who says that a fund is what it says it is, and where."""

    who: Text
    url: Link | Literal[""] = ""
    date: Day | None = None
    text: str = ""


class Fund(Checked):
    """A place to give or to get help. Every link's host stands in `hosts`, or the record is refused."""

    id: Id
    name: Text
    url: Text
    hosts: tuple[Text, ...] = Field(min_length=1)
    legal_name: str = ""
    ein: str = Field("", pattern=r"^$|^\d\d-\d{7}$")
    register_number: str = Field("", alias="register")
    give: str = ""
    get_help: str = ""
    pays_for: str = ""
    evidence: str = ""
    vouches: tuple[Voucher, ...] = ()
    verified_on: Day | None = None
    verified_by: str = ""
    archive_url: Link | Literal[""] = ""
    active_from: Day | None = None
    active_until: Day | None = None

    @model_validator(mode="after")
    def _checked_by_someone(self) -> "Fund":
        if bool(self.verified_on) != bool(self.verified_by):
            raise ValueError("a check has a day and a name: give both verified_on and verified_by, or neither")
        return self

    def links(self) -> dict[str, str]:
        """Return the fund's own links by key."""
        named = {"url": self.url, "give": self.give, "get_help": self.get_help}
        return {key: link for key, link in named.items() if link}


@dataclass(frozen=True, slots=True)
class FundView:
    """A fund as it is shown: the prominent `button` only where a check is fresh, else `why` not."""

    id: str
    name: str
    legal_name: str
    ein: str
    link: str
    host: str
    give_link: str
    give_host: str
    help_link: str
    help_host: str
    pays_for: str
    evidence: str
    vouches: tuple[tuple[str, str, date | None, str], ...]
    button: bool
    why: Literal["", "unchecked", "old"]
    checked_on: date | None
    checked_by: str
    archive_link: str
