"""Every quotation can be pointed at, and the address stays while the text around it changes."""

import re

from hypothesis import given
from hypothesis import strategies as st

from tests.copies import shipped_markdown

QUOTE = "> We regret the noise at the gate.\n>\n> — The harbour authority\n"
TEXTS = st.lists(
    st.sampled_from(
        [
            QUOTE,
            "> We regret the noise at the gate.\n{: .pull }\n",
            "/// pull\nWe regret the noise at the gate.\n///\n",
            "/// annotate\n> You are flexible.\n\nSo they say.\n///\n",
            "/// transcript\n00:13 Hello.\n1:02:03 Credits.\n///\n",
            "/// chat\nAna: Hello.\n///\n",
            "> 罢工\n",
            "> `code` <b>and</b> *so* on\n",
            "## Quote you are flexible\n",
            "Words between.\n",
        ]
    ),
    max_size=8,
)


def ids(text: str) -> list[str]:
    """Return the ids in a text as the site renders it."""
    return re.findall(r' id="([^"]*)"', shipped_markdown().convert(text))


def test_an_address_says_what_it_leads_to() -> None:
    """The first words, without who said them; a transcript's times; letters without a plain form still have one."""
    assert ids(QUOTE) == ["quote-we-regret-the-noise-at-the"]
    assert ids("/// annotate\n> ¿Qué, a ti?\n\nSo they ask.\n///\n") == ["quote-que-a-ti"]
    assert ids("/// transcript\n00:13 Hello.\n1:02:03 Credits.\n///\n") == ["at-00-13", "at-1-02-03"]
    assert re.fullmatch(r"quote-[0-9a-f]{8}", ids("> 罢工\n")[0])


def test_an_address_set_by_hand_is_kept() -> None:
    """Whoever names a quotation knows why."""
    assert ids("A sentence of the text.\n{: .pull #mine }\n") == ["mine"]


@given(TEXTS)
def test_no_address_is_given_twice(parts: list[str]) -> None:
    """Whatever a text holds, each id in it is there once."""
    found = ids("\n\n".join(parts))
    assert len(found) == len(set(found))


@given(st.lists(st.sampled_from(["Words.\n", "## A heading\n", "> Another's words.\n", "1. A list\n"]), max_size=5))
def test_an_address_is_not_moved_by_what_stands_above(above: list[str]) -> None:
    """A quotation keeps its address when something else is written over it."""
    assert ids("\n\n".join([*above, "Between.\n", QUOTE]))[-1] == ids(QUOTE)[0]
