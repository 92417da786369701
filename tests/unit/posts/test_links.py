"""Links to the site's own files."""

from plugins.posts import links


def test_a_dead_link_is_reported_on_its_line() -> None:
    """The post, its line and the link as written are named."""
    body = "See [one]({filename}other.md).\n\nAnd ![x]({static}/images/no.png) and [y]({attach}../up.pdf#p)."
    found = links.dead(body, 7, "posts/a.md", "content/posts/a.md", lambda file: file == "posts/other.md")
    assert [str(one).split(";")[0] for one in found] == [
        "content/posts/a.md:9: {static}/images/no.png leads to no published file",
        "content/posts/a.md:9: {attach}../up.pdf leads to no published file",
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
