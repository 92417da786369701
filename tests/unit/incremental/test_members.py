"""A list that knows at once what is in it."""

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.utils import process_translations

from plugins.incremental import members
from plugins.incremental.members import Members


class Plain:
    """A thing that equals itself alone."""


class Sized:
    """A thing that equals others of its size."""

    def __init__(self, size: int) -> None:
        self.size = size

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sized) and self.size == other.size

    __hash__ = object.__hash__


THINGS: list[Any] = [Plain(), Plain(), Plain(), Sized(1), Sized(1), Sized(2), 1, 1.0, float("nan"), None]
STEPS = st.lists(
    st.tuples(st.sampled_from(["append", "remove", "set", "extend", "pop", "sort"]), st.sampled_from(THINGS))
)


@given(steps=STEPS, plain=st.booleans())
def test_it_says_what_a_list_says_whatever_is_done_to_it(steps: list[tuple[str, Any]], plain: bool) -> None:
    """Also of things that equal others, and after each change."""
    one, other = Members(), list[Any]()
    for step, item in steps:
        for found in (one, other):
            thing = THINGS[0] if plain and isinstance(item, Sized) else item
            match step:
                case "append":
                    found.append(thing)
                case "remove" if thing in found:
                    found.remove(thing)
                case "set" if found:
                    found[0] = thing
                case "extend":
                    found += [thing, thing]
                case "pop" if found:
                    found.pop()
                case "sort":
                    found.sort(key=THINGS.index)
        assert [thing in one for thing in THINGS] == [thing in other for thing in THINGS]
    assert one == other


class Text:
    """A text in a language, which may be a translation of others with its slug."""

    def __init__(self, number: int, slug: str, lang: str, *, is_translation: bool) -> None:
        self.number, self.slug, self.lang, self.in_default_lang = number, slug, lang, lang == "en"
        self.source_path, self.metadata = f"{number}.md", {"translation": "true"} if is_translation else {}
        self.translations: list[Text] = []


WRITTEN = st.lists(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["en", "de"]), st.booleans()), max_size=30)


@given(written=WRITTEN, by=st.sampled_from(["slug", ("slug",), ("lang", "slug"), ""]))
def test_translations_are_those_that_pelican_finds(written: list[tuple[str, str, bool]], by: Any) -> None:
    """Whatever is a translation of what, and however many there are, also in the order in which it gives them."""

    def found(find: Any) -> tuple[list[int], list[int], list[list[int]]]:
        texts = []
        for number, (slug, lang, is_translation) in enumerate(written):
            texts.append(Text(number, slug, lang, is_translation=is_translation))
        originals, translations = find(texts, by)
        of_each = [[one.number for one in text.translations] for text in texts]
        return [one.number for one in originals], [one.number for one in translations], of_each

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(members, "_AT_ONCE", 4)
        assert found(partial(members.found_translations, process_translations)) == found(process_translations)
