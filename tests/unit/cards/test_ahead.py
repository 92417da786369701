"""Cards are drawn while pages are rendered, and are then at hand."""

import threading
from pathlib import Path

import pytest

from plugins.cards.ahead import CardsAhead
from plugins.cards.draw import drawn
from plugins.cards.fonts import Face
from plugins.cards.model import Card
from plugins.core.made_files import MadeFiles
from plugins.incremental import workers

FACE = Face(None)
CARDS = {f"card{number}": Card(f"Deal {number}", "Reports", "A wire", "example.org") for number in range(20)}


@pytest.fixture(autouse=True)
def two_processors(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let there be two processors, and no threads but the test's own: the test runner has some."""
    monkeypatch.setattr(workers, "cores", lambda: 2)
    monkeypatch.setattr(threading, "active_count", lambda: 1)


def ordered(cache: MadeFiles) -> list[str]:
    """Order all cards, and return which were drawn ahead."""
    ahead = CardsAhead(cache, FACE)
    for key, card in CARDS.items():
        ahead.order(key, card)
    ahead.wait()
    return [key for key in CARDS if ahead.has_taken(key)]


def test_all_cards_but_the_first_few_are_drawn_ahead(tmp_path: Path) -> None:
    """Each is the card that was ordered, as it is drawn when nobody draws ahead."""
    taken = ordered(MadeFiles(tmp_path))
    assert taken == list(CARDS)[8:]
    kept = MadeFiles(tmp_path)
    assert kept.all_keys() == set(taken)
    for key in taken:
        found = kept.find(key)
        assert found and found[1] == drawn(CARDS[key], FACE)


def test_what_is_kept_is_not_drawn_again(tmp_path: Path) -> None:
    """A build after the first starts no process for it."""
    made = MadeFiles(tmp_path)
    for key, card in CARDS.items():
        made.kept(key, "png", lambda card=card: drawn(card, FACE))  # type: ignore[misc]
    assert ordered(MadeFiles(tmp_path)) == []


def test_one_processor_draws_nothing_ahead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It would only be kept from rendering."""
    monkeypatch.setattr(workers, "cores", lambda: 1)
    assert ordered(MadeFiles(tmp_path)) == []
