"""Links to the site's own files."""

from plugins.core.text import file_links as links


def test_a_link_is_found_on_its_line() -> None:
    """Each link to a file has its line, is told as it is written, and has the file it means."""
    body = "See [one]({filename}other.md).\n\nAnd ![x]({static}/images/no.png) and [y]({attach}../up.pdf#p)."
    assert links.targets(body, "posts/a.md") == [
        (0, "{filename}other.md", "posts/other.md"),
        (2, "{static}/images/no.png", "images/no.png"),
        (2, "{attach}../up.pdf", "up.pdf"),
    ]


def test_paths_are_from_the_texts_folder_or_from_the_content() -> None:
    """As Pelican resolves them."""
    body = "[a]({filename}../pages/about.md) [b]({static}/images/a%20b.png) [c](|filename|x.md)"
    assert [file for _, _, file in links.targets(body, "posts/deep/a.md")] == [
        "posts/pages/about.md",
        "images/a b.png",
        "posts/deep/x.md",
    ]


def test_links_shown_as_code_lead_nowhere_on_purpose() -> None:
    """A post can explain how to write a link."""
    assert links.targets("Write `{filename}x.md` or\n\n```\n{static}y.png\n```\n", "posts/a.md") == []
