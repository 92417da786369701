"""A moment's address in the form its site knows."""

import pytest

from plugins.writing import timestamps


@pytest.mark.parametrize(
    ("video", "stamp", "address"),
    [
        ("https://www.youtube.com/watch?v=x&t=99s", "00:13", "https://www.youtube.com/watch?v=x&t=13s"),
        ("https://youtu.be/x?si=a", "2:03", "https://youtu.be/x?si=a&t=123"),
        ("https://vimeo.com/1", "1:00:00", "https://vimeo.com/1#t=3600s"),
        ("https://archive.org/details/x", "00:05", "https://archive.org/details/x?start=5"),
        ("https://video.example.org/a.mp4#t=3", "00:13", "https://video.example.org/a.mp4#t=13"),
    ],
)
def test_a_moment_has_an_address(video: str, stamp: str, address: str) -> None:
    """The time is put where the site reads it, and an older one is replaced."""
    assert timestamps.at(video, stamp) == address


def test_a_name_with_a_colon_in_its_words_is_not_cut() -> None:
    """Only the first colon that ends a name counts; an address is no name."""
    said, faults = timestamps.chat(["Ana: look: here", "https://example.org/x", "    Bo: is indented"])
    assert faults == []
    assert said == [timestamps.Said("Ana", "look: here https://example.org/x Bo: is indented")]
