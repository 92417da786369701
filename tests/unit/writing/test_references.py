"""References in HTML, and the places of cards."""

from plugins.updates.parse.safe_html import sanitise
from plugins.writing import cards, references

SLOT = '<p class="card-slot" data-card="fund" data-id="a"><a href="{fund}a">a</a></p>'


def test_a_reference_is_handed_on_with_its_fragment() -> None:
    """Pelican gets a link it can resolve; words and other links are as they were."""
    html = '<a class="x" href="{listing}ad#history">{fund}a</a> <a href="{filename}b.md">b</a>'
    assert references.in_html(html) == [("listing", "ad")]
    assert references.handed_on(html) == html.replace("{listing}ad", "{filename}/listing:ad")


def test_a_place_is_labelled_for_feeds_and_filled_for_pages() -> None:
    """The label is text; what fills the place stands there as it is."""
    assert cards.labelled(SLOT, lambda kind, name: f"{kind} <{name}>") == SLOT.replace(">a<", ">fund &lt;a&gt;<")
    assert cards.filled(f"x{SLOT}y", lambda kind, name: f"[{kind} {name}]") == "x[fund a]y"


def test_fetched_text_has_no_place_for_a_card() -> None:
    """What was cleaned has neither the attributes a card needs nor a reference's link."""
    cleaned = str(sanitise(SLOT, "https://example.org/"))
    assert cards.filled(cleaned, lambda kind, name: "card") == cleaned
    assert references.in_html(cleaned) == []
