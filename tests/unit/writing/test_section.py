"""The desk's edition: what texts say of others, at the file's own lines."""

from plugins.sections.addresses import problems
from plugins.sections.model import CrossReference, Newsroom
from plugins.writing.section import edition


def test_lines_are_those_of_the_file(newsroom: Newsroom) -> None:
    """With YAML, with headers and without a head, in posts, pages and listings, drafts too."""
    texts = {
        "posts/a.md": "---\ntitle: A\nstatus: draft\n---\n\n[x]({fund}f)\n",
        "posts/b.md": "Title: B\nDate: 2026-01-01\n\n### B\n",
        "pages/c.md": "---\r\ntitle: C\r\n---\r\n\r\n/// story | s\r\n///\r\n",
        "listings/d.md": "---\nemployer: D\n---\n/// video | V\n    url: https://example.org/\n"
        "    poster: images/no.jpg\n///\n",
        "posts/_ignored.md": "/// nothing\n",
    }
    for name, text in texts.items():
        path = newsroom.content / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode())
    found = edition(newsroom)
    place = str(newsroom.content)
    assert found.references == (
        CrossReference(f"{place}/posts/a.md", 6, "fund", "f"),
        CrossReference(f"{place}/pages/c.md", 5, "story", "s"),
    )
    assert [(problem.where.removeprefix(place), problem.line) for problem in found.problems] == [
        ("/posts/b.md", 4),
        ("/listings/d.md", 6),
    ]


def test_an_alias_is_checked_before_anything_is_built(newsroom: Newsroom) -> None:
    """Two texts cannot have one old address, nor a page of the site, nor one outside of it."""
    (newsroom.content / "posts").mkdir()
    head = "---\ntitle: A\ndate: 2026-01-01\naliases:\n"
    (newsroom.content / "posts" / "a.md").write_text(f"{head}  - old/\n  - ../x\n---\n", "utf-8")
    (newsroom.content / "posts" / "b.md").write_text(f"{head}  - /old/index.html\n  - /tags/\n---\n", "utf-8")
    found = problems([edition(newsroom)], newsroom)
    assert [(problem.line, problem.what.split(" (")[0]) for problem in found] == [
        (6, "the alias is no path below the site's root"),
        (5, f"the alias is taken by {newsroom.content}/posts/a.md"),
        (6, "the alias is a page of the site"),
    ]
