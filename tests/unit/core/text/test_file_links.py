"""Links to the site's own files."""

from plugins.core.text import file_links as links
from plugins.core.text.markdown_tree import MarkdownParser
from tests.shipped import pelicanconf

PARSER = MarkdownParser(pelicanconf.MARKDOWN)


def targets(body: str, source: str) -> list[tuple[int, str, str]]:
    """Return the links of a text to files, as the site renders it."""
    return links.targets(PARSER.parse(body).addresses, source)


def test_a_link_is_found_on_its_line() -> None:
    """Each link to a file has its line, is told as it is written, and has the file it means."""
    body = "See [one]({filename}other.md).\n\nAnd ![x]({static}/images/no.png) and [y]({attach}../up.pdf#p)."
    assert targets(body, "posts/a.md") == [
        (0, "{filename}other.md", "posts/other.md"),
        (2, "{static}/images/no.png", "images/no.png"),
        (2, "{attach}../up.pdf", "up.pdf"),
    ]


def test_paths_are_from_the_texts_folder_or_from_the_content() -> None:
    """As Pelican resolves them."""
    body = "[a]({filename}../pages/about.md) [b]({static}/images/a%20b.png) [c](|filename|x.md)"
    assert [file for _, _, file in targets(body, "posts/deep/a.md")] == [
        "posts/pages/about.md",
        "images/a b.png",
        "posts/deep/x.md",
    ]


def test_links_shown_as_code_lead_nowhere_on_purpose() -> None:
    """A post can explain how to write a link."""
    assert targets("Write `{filename}x.md` or\n\n```\n{static}y.png\n```\n", "posts/a.md") == []


def test_a_path_from_the_texts_own_folder_is_a_link_to_a_file() -> None:
    """In Markdown and in HTML; a page's address and another site's are none."""
    body = (
        "![A gate](../images/gate.jpg) [![x](a.png)](<b c.pdf>)\n"
        '<a href="other.md#two">x</a> <img alt="" src="../images/odd.psd">\n\n[ref]: ../images/ref.png "T"\n\n'
        "[a](../about/) [b](example.com) [c](/images/d.jpg) [e](#f) [g](mailto:a@example.org) [h](https://example.org/i.jpg)"
    )
    assert targets(body, "posts/a.md") == [
        (0, "../images/gate.jpg", "images/gate.jpg"),
        (0, "a.png", "posts/a.png"),
        (0, "b c.pdf", "posts/b c.pdf"),
        (1, "other.md", "posts/other.md"),
        (1, "../images/odd.psd", "images/odd.psd"),
        (3, "../images/ref.png", "images/ref.png"),
    ]


def test_such_a_path_is_handed_on_as_pelican_writes_it() -> None:
    """The attributes around it stay; one that leads out of the content folder is left alone."""
    html = '<p><img alt="src=x.jpg" src="../images/a%20%C3%A9.jpg"> <a class="y" href="b.md?c=1#d">e</a></p>'
    assert links.handed_on(html, "posts/a.md") == (
        '<p><img alt="src=x.jpg" src="{static}../images/a%20é.jpg"> <a class="y" href="{filename}b.md?c=1#d">e</a></p>'
    )
    for same in ('<img src="../../a.jpg">', '<img src="{static}/a.jpg">', '<a href="../about/">x</a>'):
        assert links.handed_on(same, "posts/a.md") == same


def test_a_picture_in_front_matter_may_be_named_both_ways() -> None:
    """Below the content folder, as always; or from the text's folder where it begins with a dot."""
    named = ("images/a.jpg", "/images/a.jpg", "../images/a.jpg", "{static}/images/a.jpg")
    assert {links.from_content(path, "posts/a.md") for path in named} == {"images/a.jpg"}
