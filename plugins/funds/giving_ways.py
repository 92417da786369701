"""Ways to give besides a fund's links: to a bank account, by cheque, in goods. Values only.

An account and a cheque's payee are as dangerous as a link: whoever changes them takes what was meant for others, and no
reader can see it. `signed_text` is what a person's signature is held to. Numbers are checked by python-stdnum: an IBAN
by its country's length, structure and check digits (ISO 13616), a BIC by its form (ISO 9362), a US routing number by
its check digit. Sort codes and BSBs have none.
"""

import datetime
import re
from collections.abc import Callable
from typing import Annotated, Literal

from pydantic import AfterValidator, model_validator
from stdnum import bic as bics
from stdnum import iban as ibans
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.us import rtn as routing_numbers

from plugins.core.config.checked import Checked
from plugins.core.config.fields import Day, Link, Stated, matching

_MAYBE_IBAN = re.compile(r"\b[A-Z]{2}\d{2}(?:[ .\-\u00a0]?[A-Z0-9]){11,30}", re.IGNORECASE)
_IBAN_LENGTHS = range(15, 35)
"""From Norway's to the longest that ISO 13616 allows."""


def has_account_number(text: str) -> bool:
    """Say whether there is an account number in a text: an IBAN whose check digits are right."""
    for found in _MAYBE_IBAN.finditer(text):
        run = re.sub(r"[^A-Z0-9]", "", found[0].upper())
        # The expression also takes up the words that follow a number, so that each possible end is tried.
        for length in _IBAN_LENGTHS:
            if length <= len(run) and ibans.is_valid(run[:length]):
                return True
    return False


def _without_account_number(value: str) -> str:
    if has_account_number(value):
        raise ValueError("has an account number in it, which nobody could sign there: write a [[fund.bank]]")
    return value


Words = Annotated[str, AfterValidator(_without_account_number)]
"""A text in which no account number hides from the signature."""


def _some(value: str) -> str:
    if not value:
        raise ValueError("must not be empty")
    return value


SomeWords = Annotated[Words, AfterValidator(_some)]


def listed(value: object) -> object:
    """Take one table where a list of them may stand."""
    return [value] if isinstance(value, dict) else value


class Sourced(Checked):
    """The base of all that is said of a fund: who says so, on which day or in which month, and, if there is, where."""

    source: SomeWords
    date: Stated
    url: Link | Literal[""] = ""


class Fact(Sourced):
    """Something that is stated of a fund, as it is stated: "$14.8 million since May"."""

    text: SomeWords


def _number(validate: Callable[[str], str], complaint: str) -> AfterValidator:
    """Return a check for numbers by one of stdnum's modules. Any spelling is taken, and kept without blanks; "" stays.

    A number that is none raises ValueError with `complaint`.
    """

    def check(value: str) -> str:
        if not value:
            return ""
        try:
            return validate(value)
        except InvalidNumber as error:
            raise ValueError(complaint) from error

    return AfterValidator(check)


_IBAN = _number(ibans.validate, "is no IBAN: its country, length and check digits do not go together")
_BIC = _number(bics.validate, "is no BIC, which has 8 or 11 letters and digits, such as EXAMDEFF")
_ROUTING = _number(routing_numbers.validate, "is no routing number: nine digits, the last of which checks the others")


class Bank(Sourced):
    """An account: an IBAN, or an account number with a US routing number, a UK sort code or an Australian BSB."""

    holder: SomeWords
    iban: Annotated[str, _IBAN] = ""
    bic: Annotated[str, _BIC] = ""
    routing: Annotated[str, _ROUTING] = ""
    sort_code: Annotated[str, matching(r"(\d\d-\d\d-\d\d)?", "must be a sort code, written 12-34-56")] = ""
    bsb: Annotated[str, matching(r"(\d{3}-\d{3})?", "must be a BSB, written 123-456")] = ""
    account: Annotated[str, matching(r"([0-9][0-9 -]{2,18}[0-9])?", "must be an account number, 4 to 20 digits")] = ""
    bank: Words = ""
    reference: Words = ""

    @model_validator(mode="after")
    def _one_account(self) -> "Bank":
        kinds = list(self._given("iban", "routing", "sort_code", "bsb"))
        if len(kinds) != 1:
            raise ValueError("needs one of iban, routing, sort_code and bsb")
        if (kinds == ["iban"]) == bool(self.account):  # an IBAN has the account in it, the others name a bank alone
            raise ValueError("needs account with routing, sort_code or bsb, and none with iban")
        return self

    @property
    def number(self) -> str:
        """Return the account's whole number without blanks, by which two accounts are told apart."""
        local = self.routing or self.sort_code or self.bsb
        return self.iban or re.sub(r"\D", "", f"{local}{self.account}")

    @property
    def iban_in_fours(self) -> str:
        """Return the IBAN as it is printed and read aloud: in groups of four."""
        return ibans.format(self.iban)

    @property
    def signed_text(self) -> str:
        """Return all that must not change without a signature, in one line."""
        given = self._given("iban", "bic", "routing", "sort_code", "bsb", "account", "bank", "reference")
        return f"account of {self.holder}: {', '.join(map(' '.join, given.items()))}"

    def _given(self, *names: str) -> dict[str, str]:
        """Return those of the fields that are not left out, in this order."""
        return {name: getattr(self, name) for name in names if getattr(self, name)}


class Cheque(Sourced):
    """Whom a cheque is made out to, and where it is sent."""

    payable_to: SomeWords
    address: SomeWords
    note: Words = ""

    @property
    def signed_text(self) -> str:
        """Return all that must not change without a signature, in one line."""
        parts = [f"cheque to {self.payable_to}", " ".join(self.address.split()), self.note]
        return ", ".join(filter(None, parts))


class Goods(Sourced):
    """What is wanted in kind, where it is taken, and until when; `until` is the last day."""

    what: SomeWords
    where: SomeWords
    until: Day | None = None

    def open_on(self, today: datetime.date) -> bool:
        """Say whether it is still taken."""
        return self.until is None or today <= self.until
