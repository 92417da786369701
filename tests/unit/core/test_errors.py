"""Problems as GitHub shows them."""

from plugins.core.errors import Problem, annotation


def test_what_is_told_cannot_become_another_command() -> None:
    """Line ends and separators are escaped, in the place as in the words."""
    problem = Problem("a,b:c.toml", 3, "100% bad\n::error::x", "mend it")
    assert annotation("error", problem) == "::error file=a%2Cb%3Ac.toml,line=3::100%25 bad%0A::error::x; mend it"


def test_a_problem_without_a_place_has_none() -> None:
    """A setting stands in no file."""
    assert annotation("notice", Problem("", 0, "a", "b")) == "::notice::a; b"
