import time
from dataclasses import replace

import pytest

from plugins.updates.filter.item_fields import DEFAULT_FIELDS, compile_topic
from plugins.updates.filter.matching import Dropped, Kept, filter_item
from plugins.updates.model import Item, Match, SafeHtml, Source

SOURCE = Source("post", "The Post", "https://post.example", "press")


def finds(term: str, text: str) -> bool:
    """Tell whether a term, compiled as a topic's, is found in a text."""
    item = Item("1", "", text, SafeHtml(""))
    return isinstance(filter_item(item, [compile_topic("t", "", any=[term])], SOURCE), Kept)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("strike", "STRIKE!"),
        ("strike", "a hunger-strike"),
        ("union", "the union’s demands"),
        ("writers' guild", "Writers’ Guild"),
        ("SAG-AFTRA", "SAG‑AFTRA talks"),
        ("writers guild", "Writers\u00a0\n Guild"),
        ("greve", "La grève continue"),
        ("grève", "LA GRE\u0300VE"),
        ("straße", "STRASSE"),
        ("grev yasağı", "GREV YASAĞI"),
        ("istanbul", "İSTANBUL"),
        ("απεργία", "ΑΠΕΡΓΙΑ"),
        ("εργάτης", "ΕΡΓΆΤΗΣ"),
        ("забастовка", "Забастовка"),
        ("strajk", "ＳＴＲＡＪＫ"),
        ("løn", "LON"),
        ("हड़ताल", "मजदूर हड़ताल पर"),
        ("罢工", "编剧罢工继续"),
        ("SAG", "SAG罢工"),
        ("strik*", "Striking workers"),
        ("writers strik*", "writers striking"),
        ("파업*", "파업을 시작"),
        ("“picket line”", "on the picket line"),
        ('"picket line"', "on the picket line"),
        ("C++", "C++ jobs"),
        ("$300,000", "pays $300,000 a year"),
        ("strike", "stri\u00adke"),
    ],
)
def test_a_term_is_found_whatever_its_case_accents_and_typography(term: str, text: str) -> None:
    """A term finds its word in every script: case, accents, hyphens, apostrophes and spaces do not count."""
    assert finds(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("strike", "strikes"),
        ("strike", "airstrike"),
        ("strik*", "airstrike"),
        ("writers guild", "writersguild"),
        ("sag", "sage"),
        ("हड़ताल", "हड़ताली"),
        ("か", "が"),
        ("strike", "strike2023"),
    ],
)
def test_a_word_is_found_whole_only(term: str, text: str) -> None:
    """Part of a longer word is not the word, in scripts that part their words; another sound is another letter."""
    assert not finds(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("writers strike", "The writers’ strike"),
        ("writers' strike", "Writers strike"),
        ("strike-breaker*", "Strike breakers at the gate"),
        ("union contract", "the union's contract"),
        ("walk* off", "Crew walked off set"),
        ("a.i.", "What A.I. means"),
        ("yahoo!", "Yahoo staff"),
        ("union ... contract", "Union members reject contract"),
        ("union … contract", "Union contract ends"),
        ("union...contract", "The union of drivers in Harlow: no contract"),
        ("U.S. ... strike", "U.S. dockers strike"),
        ("dockers ... strike", "Dockers in the U.S. strike"),
        ("cut* ... jobs ... paper", "Owner cutting 200 jobs at a paper"),
        ("罢工…合同", "罢工后签合同"),
    ],
)
def test_words_in_a_row_or_near_each_other_are_found(term: str, text: str) -> None:
    """Hyphens, apostrophes and a possessive do not part a phrase; `...` passes over a few words of the sentence."""
    assert finds(term, text)


@pytest.mark.parametrize(
    ("term", "text"),
    [
        ("strike vote", "After the strike, vote early"),
        ("strike vote", "They strike. Vote today"),
        ("a.i.", "a model"),
        ("union ... contract", "The contract of the union"),
        ("union ... contract", "Union leaders met on Monday. A contract was not signed"),
        ("union ... contract", "The union of one two three four five contract"),
        ("union ... contract", "union"),
        ("union ... union", "union"),
    ],
)
def test_a_phrase_ends_with_its_sentence_and_near_is_near(term: str, text: str) -> None:
    """Marks part a phrase; `...` keeps the order, ends with the sentence, and reaches over five words."""
    assert not finds(term, text)


def test_a_value_of_a_list_ends_what_is_near() -> None:
    """No term runs from one tag into the next."""
    item = Item("1", "", "", SafeHtml(""), tags=("Union", "Contract"))
    topic = compile_topic("t", "", any=["union ... contract", "union contract"])
    assert filter_item(item, [topic], SOURCE) == Dropped("no topic matched")


@pytest.mark.parametrize(
    "text", ["Nurses strike", "Bus drivers to strike", "Driver, 61, on strike", "The dock workers’ strike"]
)
def test_a_named_set_stands_for_any_of_its_words(text: str) -> None:
    """Words, phrases and beginnings of words of a set count alike, in any term that names it."""
    sets = {"who": ("nurses", "dock workers", "driv*")}
    topic = compile_topic("t", "", sets, any=["{who} ... strike"])
    item = Item("1", "", text, SafeHtml(""))
    assert filter_item(item, [topic], SOURCE) == Kept((Match("t", "{who} ... strike", "title"),))
    assert isinstance(filter_item(replace(item, title="Doctors strike"), [topic], SOURCE), Dropped)


@pytest.mark.no_cover
@pytest.mark.parametrize(
    "text", ["union " * 3000, "union strike " * 3000, "a " * 9000 + "contract", "union. " * 3000 + "strike contract"]
)
def test_words_near_each_other_are_looked_for_in_little_time(text: str) -> None:
    """The time grows with the text and not faster, whatever the text."""
    topic = compile_topic("t", "", {"any": ("union", "strike")}, any=["{any} ... {any} ... {any} ... contract now"])
    item = Item("1", "", text, SafeHtml(""))
    began = time.process_time()
    filter_item(item, [topic], SOURCE)
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"any": ["strike", " "]}, "a term has nothing to look for"),
        ({"any": ["*"]}, "a term has nothing to look for"),
        ({"any": ["st*ke"]}, "elsewhere than at the end"),
        ({"any": [r"/\bstrik(e|ing)\b/"]}, r"a regular expression is no term \(“/.*/”\); write .*strik\*.*\{set\}"),
        ({"all": ["/strike"]}, "a regular expression is no term"),
        ({"any": ["strike"], "none": ["//"]}, "a regular expression is no term"),
        ({}, "nothing to look for"),
        ({"none": ["baseball"]}, "nothing to look for"),
        ({"any": ["Strike"], "none": ["strike"]}, "both wanted and refused"),
        ({"any": ["Strike"], "ignore": ["strike"]}, "both wanted and ignored.*take it out of ignore"),
        ({"any": ["strike"], "ignore": ["/x/"]}, "a regular expression is no term"),
        ({"any": ["... strike"]}, "no word before it"),
        ({"any": ["who ... ... strike"]}, "no word before it"),
        ({"any": ["strike ..."]}, "no word behind it"),
        ({"any": ["..."]}, "no word before it"),
        ({"any": ["{hwo} strike"]}, r"no set of words of that name.*did you mean \{who\}"),
        ({"any": ["{else} strike"]}, r"no set of words of that name.*under \[words\]"),
        ({"any": ["{who}s strike"]}, "a brace stands within a word, or alone"),
        ({"any": ["{who strike"]}, "a brace stands within a word, or alone"),
        ({"any": ["strike"], "fields": ["titel"]}, "titel.*title, summary, url, authors, tags"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_in_words(rules: dict[str, list[str]], message: str) -> None:
    """A bad term, field or topic raises ValueError that shows what was found."""
    with pytest.raises(ValueError, match=message):
        compile_topic("t", "T", {"who": ["nurses"]}, **rules)  # type: ignore[arg-type]


def test_a_topic_looks_where_it_is_told_and_each_term_stands_once() -> None:
    """Without fields the default ones are searched; a repeated term, however it is written, is compiled once."""
    topic = compile_topic("strike", "", any=["Strike", "strike", "strike*"])
    assert topic.fields == DEFAULT_FIELDS == ("title", "summary", "tags")
    assert topic.title == "strike"
    assert [term.written for term in topic.any] == ["Strike", "strike*"]
    assert compile_topic("t", "", all=["x"], fields=["url", "url"]).fields == ("url",)
