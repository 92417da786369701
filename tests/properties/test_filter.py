"""Terms are found exactly where they stand: compared with a search that looks at every place."""

from collections.abc import Iterator, Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.core.topics.folding import SENTENCE_ENDS, fold, words
from plugins.core.topics.phrases import NEAR
from plugins.updates.filter.item_fields import compile_topic
from plugins.updates.filter.matching import Kept, filter_item
from plugins.updates.model import Item, SafeHtml, Source

SOURCE = Source("post", "The Post", "https://post.example", "press")
SETS = {"some": ("strike", "walk out"), "who": ("nurse*", "drivers")}
MEANT = {"{some}": (("strike",), ("walk", "out")), "{who}": (("nurse*",), ("drivers",))}
vocabulary = st.sampled_from(
    ["strike", "nurse", "nurses", "drivers", "walk", "out", "a", "the", "deal", "a.", "deal,", "U.S."]
)
texts = st.lists(vocabulary, max_size=25).map(" ".join)
terms = st.lists(
    st.sampled_from(["strike", "nurse*", "a", "deal", "walk out", "{some}", "{who}", "strike a deal"]),
    min_size=1,
    max_size=3,
).map(" ... ".join)


def occurrences(term: str, text: Sequence[str], at: int = 0, apart: bool = False) -> Iterator[frozenset[int]]:
    """Return the places of each occurrence of a term that begins at a place, or near it."""
    if not term:
        yield frozenset()
        return
    part, _, rest = term.partition(" ... ")
    for start in range(at, len(text)) if apart else (at,):
        between = text[at:start]
        if sum(word[0].isalnum() for word in between) > NEAR or SENTENCE_ENDS & set(between):
            break
        for choice in MEANT.get(part, (tuple(part.split()),)):
            end = start + len(choice)
            if end <= len(text) and all(
                word.startswith(one[:-1]) if one.endswith("*") else word == one
                for one, word in zip(choice, text[start:end], strict=True)
            ):
                yield from (frozenset(range(start, end)) | more for more in occurrences(rest, text, end, apart=True))


def everywhere(term: str, text: Sequence[str]) -> list[frozenset[int]]:
    """Return the places of each occurrence."""
    return [one for at in range(len(text)) for one in occurrences(term, text, at)]


@given(texts, terms, st.lists(terms, max_size=2))
@settings(max_examples=1000)
def test_a_term_counts_where_one_occurrence_has_no_ignored_word(text: str, term: str, ignored: list[str]) -> None:
    """The quick ways pass nothing over and make nothing up."""
    ignored = [one for one in ignored if one != term]
    topic = compile_topic("t", "", SETS, any=[term], ignore=ignored)
    found = isinstance(filter_item(Item("1", "", text, SafeHtml("")), [topic], SOURCE), Kept)
    seen = words(fold(text))
    passed = frozenset[int]().union(*(places for one in ignored for places in everywhere(one, seen)))
    assert found == any(passed.isdisjoint(places) for places in everywhere(term, seen))
