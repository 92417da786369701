"""Which source an address belongs to, and the source that is added where there is none."""

from typing import get_args

from plugins.updates.config.source_of_address import with_source
from plugins.updates.model import Kind

_KNOWN = '[[source]]\nid = "paper"\nsite = "https://paper.example/"\n[[source]]\nid = "desk"\nsite = "https://desk.paper.example/"\n'


def test_the_source_with_the_longest_fitting_host_is_meant() -> None:
    """A section's own host is nearer than its paper's; a host that only ends alike is another's."""
    assert with_source(_KNOWN, "https://desk.paper.example/a")[0] == "desk"
    assert with_source(_KNOWN, "https://www.paper.example/a") == ("paper", _KNOWN)
    assert with_source(_KNOWN, "https://newspaper.example/a")[0] not in {"paper", "desk"}


def test_an_added_source_names_every_kind_there_is() -> None:
    """The comment in the file cannot fall behind the kinds that are accepted."""
    _, text = with_source("", "https://docks.example/a", 'The "Docks"')
    assert f"# {' | '.join(get_args(Kind))}\n" in text and 'title = "The \\"Docks\\""\n' in text
