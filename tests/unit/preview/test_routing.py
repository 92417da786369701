"""Which file answers to an address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.preview.routing import Route, media_type, place

FILES = {"index.html", "posts/index.html", "posts/a/index.html", "old.html", "theme/a.css"}


@pytest.mark.parametrize(
    ("path", "base", "found"),
    [
        ("/", "", Route(file="index.html", wanted="index.html")),
        ("/posts/a/", "", Route(file="posts/a/index.html", wanted="posts/a/index.html")),
        ("/posts", "", Route(moved_to="/posts/", wanted="posts/index.html")),
        ("/old.html", "", Route(file="old.html", wanted="old.html")),
        ("/posts/b/", "", Route(wanted="posts/b/index.html")),
        ("/", "/repo", Route(moved_to="/repo/")),
        ("/repo", "/repo", Route(moved_to="/repo/")),
        ("/repo/posts/a/", "/repo", Route(file="posts/a/index.html", wanted="posts/a/index.html")),
        ("/posts/a/", "/repo", Route()),
        ("/repository/", "/repo", Route()),
    ],
)
def test_an_address_leads_where_the_public_host_leads(path: str, base: str, found: Route) -> None:
    """Folders by their index, with a move where the slash is missing; nothing outside of the base."""
    assert place(path, base, FILES.__contains__) == found


@given(st.text(st.sampled_from("./\\\0ab%"), max_size=12))
def test_no_address_leads_out_of_the_output(path: str) -> None:
    """Whatever an address is made of, what is looked for lies below the output."""
    asked: list[str] = []

    def is_there(name: str) -> bool:
        asked.append(name)
        return False

    found = place(f"/{path}", "", is_there)
    for name in (*asked, found.file, found.wanted):
        assert not name.startswith("/") and ".." not in name.split("/") and "\0" not in name and "\\" not in name


def test_types_are_those_of_the_register() -> None:
    """Text has its encoding; what nobody knows is bytes."""
    assert media_type("a/index.html") == "text/html; charset=utf-8"
    assert media_type("a.JPG") == "image/jpeg"
    assert media_type("pagefind/x.pf_meta") == "application/octet-stream"
    assert media_type(".webmanifest") == "application/manifest+json; charset=utf-8"
