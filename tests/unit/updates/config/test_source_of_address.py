"""Which source an address belongs to, and the source that is added where there is none."""

from typing import get_args

from plugins.updates.config.source_of_address import resemblances, with_source
from plugins.updates.model import Kind

_KNOWN = '[[source]]\nid = "paper"\nsite = "https://paper.example/"\n[[source]]\nid = "desk"\nsite = "https://desk.paper.example/"\n'


def test_the_source_with_the_longest_fitting_host_is_meant() -> None:
    """A section's own host is nearer than its paper's; a host that only ends alike is another's."""
    assert with_source(_KNOWN, "https://desk.paper.example/a")[0] == "desk"
    assert with_source(_KNOWN, "https://www.paper.example/a") == ("paper", _KNOWN)
    assert with_source(_KNOWN, "https://newspaper.example/a")[0] not in {"paper", "desk"}


def test_a_page_of_a_shared_host_is_not_everybodys() -> None:
    """A guild's page on a host that many share gives its voice to nobody else there."""
    guild = '[[source]]\nid = "guild"\ntitle = "The Guild"\nsite = "https://medium.com/@guild"\nkind = "guild"\n'
    assert with_source(guild, "https://medium.com/@guild/strike") == ("guild", guild)
    for url, site in (
        ("https://medium.com/@impostor/strike", "https://medium.com/@impostor"),
        ("https://evil.medium.com/strike", "https://evil.medium.com/"),
    ):
        name, text = with_source(guild, url, "Somebody")
        assert name != "guild" and f'site = "{site}"' in text
        assert with_source(text, f"{url}/again") == (name, text)


def test_an_outlet_that_could_be_taken_for_another_is_told() -> None:
    """By its title, by its host, by its path; on the known site itself there is nothing to tell."""
    known = '[[source]]\nid = "guild"\ntitle = "The Guild"\nsite = "https://theguild.example.org/"\n'
    assert list(resemblances(known, "https://theguild.example.org/a", "The Guild")) == []
    assert list(resemblances(known, "https://other.example/a", "The Other Paper")) == []
    alike = dict(resemblances(known, "https://thegui1d.example.org/a", "the guild"))
    assert alike["url"].startswith("it looks like theguild.example.org ")
    assert alike["outlet"].startswith("it looks like The Guild ")


def test_an_added_source_names_every_kind_there_is() -> None:
    """The comment in the file cannot fall behind the kinds that are accepted."""
    _, text = with_source("", "https://docks.example/a", 'The "Docks"')
    assert f"# {' | '.join(get_args(Kind))}\n" in text and 'title = "The \\"Docks\\""\n' in text
