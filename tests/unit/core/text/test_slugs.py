"""Slugs: the same words have the same name wherever one is made of them."""

import tomllib
from datetime import date

import pytest
from pelican.settings import DEFAULT_CONFIG
from pelican.utils import slugify

from plugins.core.text.slugs import in_address, slug
from plugins.publishing import starter_files
from plugins.updates.config import opml_file

NAMES = {
    "naïve café—two": "naive-cafe-two",
    "Straße": "strasse",
    "東京 strike": "dong-jing-strike",
    "Забастовка: день 5": "zabastovka-den-5",
    "It’s “on” — again…": "its-on-again",
    "  Pay & hours ": "pay-hours",
}


@pytest.mark.parametrize(("words", "name"), NAMES.items())
def test_a_name_is_the_same_in_every_place(words: str, name: str) -> None:
    """New texts, addresses, new sites and imported sources name the same words alike: as Pelican does."""
    assert slug(words) == name
    assert in_address(words, {}) == name
    assert slugify(words, DEFAULT_CONFIG["SLUG_REGEX_SUBSTITUTIONS"]) == name
    opml = f'<opml version="2.0"><body><outline type="rss" text="{words}" xmlUrl="https://x.example/f"/></body></opml>'
    (source,) = opml_file.read_opml(opml.replace("&", "&amp;").encode(), (), {}, "press").new
    assert source.id == name


def test_a_new_sites_strike_is_named_as_everything_is() -> None:
    """The first strike of a new site has an id that tells the union's name, whatever letters it is written in."""
    given = {"name": "N", "address": "https://x.example", "strike": "Straße against Häfen", "zone": "Europe/Berlin"}
    answers, _ = starter_files.read_answers(given, '[topic.pay]\ntitle = "Pay"\nany = ["pay"]\n')
    assert answers is not None
    strike = tomllib.loads(starter_files.strikes("", answers, date(2026, 1, 2)))["strike"][0]
    assert strike["id"] == "strasse-2026"


@pytest.mark.parametrize(("words", "name"), [("wga.org", "wga-org"), ("v1.0/new_pay", "v1-0-new-pay"), ("!?", "")])
def test_dots_slashes_and_underscores_part_words(words: str, name: str) -> None:
    """A host becomes a name, too; what has no letters has none."""
    assert slug(words) == name


def test_a_long_name_ends_with_a_word() -> None:
    """A name is cut at a word, and within one only where there is no other."""
    assert slug("dockers " * 20) == "dockers-" * 6 + "dockers"
    assert slug("a" * 100) == "a" * 60
