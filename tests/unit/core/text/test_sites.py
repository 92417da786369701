"""Whose page an address is."""

import pytest

from plugins.core.text.sites import covers, owner, root, suffix


@pytest.mark.parametrize(
    ("site", "page"),
    [
        ("https://medium.com/@guild", "https://medium.com/@guild/strike"),
        ("https://medium.com/@guild", "http://www.medium.com/@Guild?x=1"),
        ("https://paper.example/", "https://desk.paper.example/a"),
        ("https://paper.example", "https://www.paper.example./a/../b"),
        ("https://www.paper.example/news/", "http://paper.example:80/news/%61"),
        ("https://guild.blogspot.com", "https://guild.blogspot.com/2026"),
        ("https://guild.substack.com/", "https://guild.substack.com/p/strike"),
        ("https://facebook.com/profile.php?id=1", "https://facebook.com/profile.php?v=2&id=1"),
        ("https://b\xfccher.example/", "https://xn--bcher-kva.example/a"),
    ],
)
def test_a_page_on_a_site_is_the_sites(site: str, page: str) -> None:
    """The very host, or one below it, and the whole path."""
    assert covers(site, page)


@pytest.mark.parametrize(
    ("site", "page"),
    [
        ("https://medium.com/@guild", "https://medium.com/@impostor/strike"),
        ("https://medium.com/@guild", "https://evil.medium.com/@guild/strike"),
        ("https://medium.com/@guild", "https://medium.com/@guildx"),
        ("https://medium.com/@guild", "https://medium.com/"),
        ("https://medium.com/@guild", "https://medium.com/@guild/../@impostor/strike"),
        ("https://medium.com/@guild", "https://medium.com/@guild/%2e%2e/@impostor"),
        ("https://medium.com/@guild", "https://medium.com/@guild%2f..%2f@impostor"),
        ("https://medium.com/@guild", "https://medium.com/@guild/%252e%252e/@impostor"),
        ("https://medium.com/@guild", "https://medium.com/@guild\\..\\@impostor"),
        ("https://medium.com/@guild", "https://medium.com/@impostor?/@guild"),
        ("https://medium.com/@guild", "https://medium.com/@impostor#/@guild"),
        ("https://medium.com/@guild", "https://medium.com@evil.example/@guild"),
        ("https://medium.com/@guild", "https://medium.com:8443/@guild"),
        ("https://medium.com/@guild", "https://medium.com.evil.example/@guild"),
        ("https://medium.com/", "https://medium.com/@impostor"),
        ("https://medium.com/p/1a2b", "https://medium.com/p/3c4d"),
        ("https://medium.com/p", "https://medium.com/p/3c4d"),
        ("https://www.youtube.com/watch?v=1", "https://www.youtube.com/watch?v=2"),
        ("https://www.youtube.com/watch", "https://www.youtube.com/watch?v=2"),
        ("https://www.youtube.com/channel/A", "https://www.youtube.com/channel/B"),
        ("https://www.facebook.com/groups/1", "https://www.facebook.com/groups/2"),
        ("https://medium.com/", "https://evil.medium.com/"),
        ("https://substack.com/@guild", "https://guild.substack.com/p/a"),
        ("https://sites.google.com/view/guild", "https://sites.google.com/view/impostor"),
        ("https://facebook.com/profile.php?id=1", "https://facebook.com/profile.php?id=2"),
        ("https://co.uk/", "https://evil.co.uk/"),
        ("https://github.io/", "https://evil.github.io/"),
        ("https://guild.github.io/", "https://evil.github.io/"),
        ("https://wordpress.com/", "https://evil.wordpress.com/"),
        ("https://paper.example/news/", "https://paper.example/newsletter"),
        ("https://paper.example/news/", "https://desk.paper.example/news/"),
        ("https://paper.example/", "https://newspaper.example/a"),
        ("https://paper.example/", "https://paper.example.evil.example/a"),
        ("https://paper.example/", "ftp://paper.example/a"),
        ("https://paper.example/", "https://["),
        ("", "https://paper.example/"),
        ("https://paper.example/", ""),
    ],
)
def test_a_page_elsewhere_is_not(site: str, page: str) -> None:
    """Another's path or name on a host that many share, and whatever a server may read another way."""
    assert not covers(site, page)


def test_an_owner_is_a_host_and_on_a_shared_one_a_path() -> None:
    """What stands for a new outlet's site is no more than what is theirs."""
    assert owner("https://www.medium.com/@Guild/strike") == "medium.com/@guild"
    assert root("https://medium.com/@guild/strike") == "https://medium.com/@guild"
    assert root("https://sites.google.com/view/guild/home") == "https://sites.google.com/view/guild"
    assert root("https://medium.com/p/1a2b") == "https://medium.com/p/1a2b"
    assert root("https://www.youtube.com/watch?v=1#t=5") == "https://www.youtube.com/watch?v=1"
    assert root("https://paper.example:8080/a/b") == "https://paper.example:8080/"
    assert [suffix(host) for host in ("a.co.uk", "a.github.io", "a.medium.com", "medium.com", "a.example")] == [
        *("co.uk", "github.io", "medium.com", "com", "example"),
    ]
