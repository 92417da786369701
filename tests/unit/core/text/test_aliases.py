"""Old addresses: which can be answered, and by which file."""

import pytest

from plugins.core.text import aliases


@pytest.mark.parametrize(
    ("alias", "file"),
    [
        ("/2024/05/day-one.html", "2024/05/day-one.html"),
        ("old/place/", "old/place/index.html"),
        ("old/place", "old/place/index.html"),
        ("/post.php", "post.php/index.html"),
        ("/caf%C3%A9/", "café/index.html"),
    ],
)
def test_an_old_address_has_its_file(alias: str, file: str) -> None:
    """The file is the one a server answers that address with."""
    assert aliases.fault(alias) == ""
    assert aliases.file_of(alias) == file


@pytest.mark.parametrize(
    "alias",
    [
        "",
        "/",
        "../x",
        "a/../../x",
        "a/%2e%2e/%2e%2e/x",
        "//evil.example/x",
        "https://example.org/x",
        "a?b=1",
        "a#b",
        "a\\b",
    ],
)
def test_what_is_no_path_below_the_root_is_refused(alias: str) -> None:
    """No alias leaves the output folder, or pretends to answer what no file can."""
    assert aliases.fault(alias)
