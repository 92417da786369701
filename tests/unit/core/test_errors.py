"""Problems as GitHub shows them, and the near misses they name."""

from plugins.core.errors import Problem, annotation, did_you_mean


def test_what_is_told_cannot_become_another_command() -> None:
    """Line ends and separators are escaped, in the place as in the words."""
    problem = Problem("a,b:c.toml", 3, "100% bad\n::error::x", "mend it")
    assert annotation("error", problem) == "::error file=a%2Cb%3Ac.toml,line=3::100%25 bad%0A::error::x; mend it"


def test_a_problem_without_a_place_has_none() -> None:
    """A setting stands in no file."""
    assert annotation("notice", Problem("", 0, "a", "b")) == "::notice::a; b"


def test_a_name_that_nothing_has_is_answered_with_the_one_most_like_it() -> None:
    """A slip of the keys is named; for a name like none, what to do instead is said."""
    funds = {"harbour-kitchen", "rent-relief"}
    assert did_you_mean("harbor-kitchen", funds, "add it") == "did you mean harbour-kitchen?"
    assert did_you_mean("tea", funds, "add it") == "add it"
    assert did_you_mean("rent", funds, "add it", likeness=0.3) == "did you mean rent-relief?"
