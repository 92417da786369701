import time

import pytest

from plugins.updates.keeping.patterns import LONGEST_TEXT, compile_pattern
from plugins.updates.keeping.topics import DEFAULT_FIELDS, Word, compile_topic, fold


def finds(term: str, text: str) -> bool:
    """Tell whether a term, compiled as a topic's, is found in a text."""
    (compiled,) = compile_topic("t", "", any=[term]).any
    return compiled.found_in(fold(text), text)


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
    ("pattern", "text"),
    [
        (r"/\bstrik(e|es|ing)\b.{0,40}\bstudios?\b/", "Striking writers face studios"),
        ("/grève/", "GRÈVE"),
        ("/greve/", "Grève"),
        (r"/\w+ at .{0,40} gate/", "strikers at the Paramount gate"),
        (r"/(?:\w+ ){0,3}picket/", "they picket"),
        (r"/\$\d+(\.\d+)? (million|billion)/", "a $1.5 Billion fund"),
        (r"/strike\s*\w*\s*vote/", "Strike  authorization vote"),
        (r"/.*strike.*/", "On strike today"),
    ],
)
def test_a_pattern_ignores_case_and_sees_accents_or_not_as_it_was_written(pattern: str, text: str) -> None:
    """A /regular expression/ is tried on the text as it stands and on the folded text."""
    assert finds(pattern, text)


@pytest.mark.parametrize(
    "pattern",
    [
        *(r"(a+)+b", r"(a|aa)+b", r"(a|a)*b", r"\w*\w*b", r"(a?){30}b", r"(.*)*b", r"(?=(a+)+)b", r"a*?a*?b", r"(x)\1"),
        *(r"(?>a+)+b", r"(\w+\s?)*b", r"(([a-z])+.)+b", r"(a|b|ab)*c", "(?:a?){100}b", ".*.*.*="),
    ],
)
def test_a_pattern_that_could_hang_is_refused(pattern: str) -> None:
    """Nested, neighbouring and branching repeats and references back are refused, with what to write instead."""
    with pytest.raises(ValueError, match="long"):
        compile_topic("t", "", any=[f"/{pattern}/"])


@pytest.mark.parametrize(
    "pattern", [r"\w*!", "a?" * 14 + "!", r".{0,140}.{0,140}!", r"(?:\w+ ){0,9}!", r"(strike|strikes|striker)\w*!"]
)
def test_a_pattern_that_is_taken_ends_soon_on_the_worst_of_texts(pattern: str) -> None:
    """What passes the count of ways takes a few seconds at the very most, here on texts made to make it try."""
    compiled = compile_pattern(pattern)
    for text in ("a" * LONGEST_TEXT, "a " * (LONGEST_TEXT // 2), "strikers" * (LONGEST_TEXT // 8)):
        began = time.process_time()
        assert compiled.search(text) is None
        assert time.process_time() - began < 5


@pytest.mark.parametrize(
    ("rules", "message"),
    [
        ({"any": ["strike", " "]}, "a term has nothing to look for"),
        ({"any": ["*"]}, "a term has nothing to look for"),
        ({"any": ["st*ke"]}, "elsewhere than at the end"),
        ({"any": ["/strike"]}, "not closed"),
        ({"any": ["//"]}, "not closed"),
        ({"any": ["/(/"]}, r"is not a regular expression \(.*“/\(/”\).*|is not a regular expression"),
        ({"any": ["/[[a]/"]}, "is not a regular expression"),
        ({"any": ["/x{99999999999}/"]}, "is not a regular expression"),
        ({"any": ["/x*/"]}, "matches everything"),
        ({"any": ["/" + "x" * 600 + "/"]}, "longer than 500"),
        ({}, "nothing to look for"),
        ({"none": ["baseball"]}, "nothing to look for"),
        ({"any": ["Strike"], "none": ["strike"]}, "both wanted and refused"),
        ({"any": ["strike"], "fields": ["titel"]}, "titel.*title, summary, url, authors, tags"),
    ],
)
def test_a_rule_that_cannot_work_is_refused_in_words(rules: dict[str, list[str]], message: str) -> None:
    """A bad term, field or topic raises ValueError that shows what was found."""
    with pytest.raises(ValueError, match=message):
        compile_topic("t", "T", **rules)


def test_a_topic_looks_where_it_is_told_and_each_term_stands_once() -> None:
    """Without fields the default ones are searched; a repeated term, however it is written, is compiled once."""
    topic = compile_topic("strike", "", any=["Strike", "strike", "strike*"])
    assert topic.fields == DEFAULT_FIELDS == ("title", "summary", "tags")
    assert topic.title == "strike"
    assert topic.any == (Word("Strike", "strike", prefix=False), Word("strike*", "strike", prefix=True))
    assert compile_topic("t", "", all=["x"], fields=["url", "url"]).fields == ("url",)
