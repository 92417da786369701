"""How a verb ends where something is wrong."""

import pytest
from invoke.exceptions import Exit

from plugins.core.errors import Problem, SiteError
from plugins.verbs.told import told


@pytest.mark.parametrize(("after", "said"), [((), "nothing was changed"), (("half was done",), "half was done")])
def test_how_things_stand_is_said_last(capsys: pytest.CaptureFixture[str], after: tuple[str, ...], said: str) -> None:
    """Every problem is a line; the last words are whether something was changed, and the exit code is 1."""

    @told
    def verb() -> None:
        raise SiteError([Problem("b", 0, "is wrong", "mend it"), Problem("a", 2, "is odd", "look")], *after)

    with pytest.raises(Exit) as ended:
        verb()
    assert (ended.value.code, ended.value.message) == (1, f"2 problems; {said}")
    assert capsys.readouterr().err == "a:2: is odd; look\nb: is wrong; mend it\n"
