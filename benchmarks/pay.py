"""How well and how fast pay is read in advertisements: `python benchmarks/pay.py [FILE]`.

Without FILE, on tests/labelled/pay.jsonl, the part that was held out while the parser was written apart: the share of
ranges that are exactly right (low, high, currency), of those claimed that are, of stated periods that are, of quotes
that stand in their text; and on how many texts without pay something is claimed. What is wrong is listed, but not of
what was held out. Then the time a text takes, and price-parser's figures where it is installed.

With FILE, JSON lines `{id, text, country}`: prints `{"id": …, "ranges": [{low, high, currency, period, basis, quote}]}`
a line, in the file's order, and nothing else.

What was held out is judged here alone, and nowhere by the test suite. The exit code is 1 where we are below FLOORS on
it.
"""

import json
import sys
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from plugins.listings.pay.finder import find
from plugins.listings.posting import PayRange

LABELLED = ROOT / "tests" / "labelled" / "pay.jsonl"
FLOORS = {"ranges right": 0.95, "claims right": 0.95, "periods right": 0.95}
"""The least shares on what was held out."""
MOST_CLAIMS = 0.05
"""The largest share of texts without pay on which something may be claimed; all of them name other sums or numbers."""
ROUNDS = 5

Row = Mapping[str, Any]


def main() -> int:
    """Judge the labelled set, or read the file named on the command line."""
    if len(sys.argv) > 1:
        return read_file(Path(sys.argv[1]))
    rows = [json.loads(line) for line in LABELLED.read_text("utf-8").splitlines()]
    low = False
    for held_out in (False, True):
        part = [row for row in rows if row["held_out"] == held_out]
        judged = Judged.of(part)
        print(f"{'held out' if held_out else 'tuned on'} ({len(part)} texts)", *judged.lines(), sep="\n  ")
        if held_out:
            low = judged.is_low()
        else:
            print(*(f"  wrong: {line}" for line in judged.wrong), sep="\n")
    ours = least(rows)
    size = sum(len(row["text"]) for row in rows)
    print(f"{ours / len(rows) * 1e6:.0f} µs a text of {size / len(rows):.0f} characters on average")
    compare_with_peer(rows, ours)
    if low:
        print("below its floor on what was held out")
    return low


def read_file(path: Path) -> int:
    """Print the ranges of each text of a file."""
    for line in path.read_text("utf-8").split("\n"):  # a text may have other ends of lines, such as U+2028
        if line.strip():
            row = json.loads(line)
            ranges = [as_json(found) for found in find(row.get("text") or "", row.get("country") or "")]
            print(json.dumps({"id": row.get("id"), "ranges": ranges}))
    return 0


def as_json(found: PayRange) -> dict[str, Any]:
    """Return a range as the file's answer has it; its period only where the text states it, or its size tells it."""
    names = ("low", "high", "currency", "period", "basis", "quote")
    return {name: getattr(found, name) for name in names}


@dataclass
class Judged:
    """What was found of what there is."""

    ranges: int = 0
    right: int = 0
    claimed: int = 0
    periods: int = 0
    periods_right: int = 0
    quotes: int = 0
    without: int = 0
    claims: int = 0
    wrong: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, rows: Iterable[Row]) -> "Judged":
        """Judge texts by their labels."""
        judged = cls()
        for row in rows:
            judged.add(row, find(row["text"], row["country"]))
        return judged

    def add(self, row: Row, found: tuple[PayRange, ...]) -> None:
        """Judge one text: each label may be met by one range found."""
        text, left = row["text"], list(found)
        self.claimed += len(found)
        self.quotes += sum(text[one.start : one.start + len(one.quote)] == one.quote for one in found)
        if not row["ranges"]:
            self.without += 1
            self.claims += bool(found)
        missed = []
        for label in row["ranges"]:
            self.ranges += 1
            self.periods += bool(label["period"])
            match = next((one for one in left if sums(one) == (label["low"], label["high"], label["currency"])), None)
            if match is None:
                missed.append(f"{label['low']}–{label['high']} {label['currency']}")
                continue
            left.remove(match)
            self.right += 1
            if label["period"] and (match.period, match.period_stated) == (label["period"], True):
                self.periods_right += 1
            elif label["period"] or match.period_stated:
                missed.append(f"period {match.period}, stated: {match.period_stated}")
        if missed or left:
            extra = [f"{one.low}–{one.high} {one.currency} ({one.quote})" for one in left]
            self.wrong.append(f"{row['id']}: {' '.join(text.split())[:90]} | missed {missed} | found {extra}")

    def shares(self) -> dict[str, float]:
        """Return what has a floor."""
        return {
            "ranges right": self.right / max(1, self.ranges),
            "claims right": self.right / max(1, self.claimed),
            "periods right": self.periods_right / max(1, self.periods),
        }

    def lines(self) -> list[str]:
        """Return the figures in words."""
        shares = self.shares()
        return [
            f"ranges exactly right {shares['ranges right']:.3f} ({self.right} of {self.ranges})",
            f"of what was claimed {shares['claims right']:.3f} ({self.right} of {self.claimed})",
            f"stated periods right {shares['periods right']:.3f} ({self.periods_right} of {self.periods})",
            f"quotes in their text {self.quotes} of {self.claimed}",
            f"claims on texts without pay {self.claims} of {self.without}",
        ]

    def is_low(self) -> bool:
        """Tell whether a figure is below its floor."""
        shares = self.shares()
        too_low = any(shares[name] < floor for name, floor in FLOORS.items())
        return too_low or self.claims > MOST_CLAIMS * self.without or self.quotes < self.claimed


def sums(found: PayRange) -> tuple[float | None, float | None, str]:
    """Return what must be exactly right."""
    return found.low, found.high, found.currency


def least(rows: Iterable[Row]) -> float:
    """Return the processor's seconds of the quickest of some rounds over all texts."""
    texts, times = [(row["text"], row["country"]) for row in rows], []
    for _ in range(ROUNDS):
        start = time.process_time()
        for text, country in texts:
            find(text, country)
        times.append(time.process_time() - start)
    return min(times)


def compare_with_peer(rows: list[Row], ours: float) -> None:
    """Print price-parser's figures on the same texts, where it is installed: it reads one price of a text."""
    try:
        from price_parser import Price  # type: ignore[import-not-found]  # noqa: PLC0415 - a peer, not a dependency
    except ImportError:
        print("price-parser is not installed: uv pip install price-parser compares it")
        return
    start = time.process_time()
    prices = [Price.fromstring(row["text"]) for row in rows]
    taken = time.process_time() - start
    claims = sum(price.amount is not None for price, row in zip(prices, rows, strict=True) if not row["ranges"])
    lows = sum(
        price.amount_float == row["ranges"][0]["low"] for price, row in zip(prices, rows, strict=True) if row["ranges"]
    )
    with_pay = sum(bool(row["ranges"]) for row in rows)
    without = len(rows) - with_pay
    print(
        f"price-parser: {taken / len(rows) * 1e6:.0f} µs a text, {taken / ours:.2f} of ours; the first low end right "
        f"in {lows} of {with_pay}, a claim on {claims} of {without} texts without pay"
    )


if __name__ == "__main__":
    raise SystemExit(main())
