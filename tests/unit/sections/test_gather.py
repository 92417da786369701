"""All sections together."""

from pathlib import Path

import pytest

from plugins.core.errors import Problem, SiteError
from plugins.sections.gather import broken_file_links, gather, unknown_references
from plugins.sections.model import CrossReference, Edition, FileLink, NavItem, Newsroom
from plugins.sections.signals import get_section


@pytest.fixture
def sections(monkeypatch: pytest.MonkeyPatch) -> list[Edition]:
    """Stand in for the features: their editions, in no particular order."""
    editions: list[Edition] = []
    monkeypatch.setattr(get_section, "send", lambda room: [(None, edition) for edition in editions])
    return editions


def test_the_problems_of_all_sections_are_told_at_once(sections: list[Edition], newsroom: Newsroom) -> None:
    """No section's fault hides another's, and the order is that of files and lines."""
    sections += [
        Edition("b", problems=(Problem("z.md", 2, "x", "y"), Problem("z.md", 1, "x", "y"))),
        Edition("a", problems=(Problem("c.md", 9, "x", "y"),)),
    ]
    with pytest.raises(SiteError) as raised:
        gather(newsroom)
    assert [(one.where, one.line) for one in raised.value.problems] == [("c.md", 9), ("z.md", 1), ("z.md", 2)]


def test_navigation_does_not_depend_on_who_answered_first(sections: list[Edition], newsroom: Newsroom) -> None:
    """Places stand by rank."""
    sections += [
        Edition("b", navigation=(NavItem("donate", "donate/", 90),)),
        Edition("a", navigation=(NavItem("updates", "updates/", 20), NavItem("posts", "posts/", 10))),
    ]
    assert [item.key for item in gather(newsroom).navigation] == ["posts", "updates", "subscribe", "donate"]


def test_a_section_can_be_named_by_its_place(sections: list[Edition], newsroom: Newsroom) -> None:
    """A text may lead to any place of the navigation, and to none that is not there."""
    sections += [
        Edition("a", navigation=(NavItem("updates", "updates/", 20),)),
        Edition(
            "b",
            references=tuple(CrossReference("a.md", 4, "section", key) for key in ("updates", "subscribe", "listings")),
        ),
    ]
    with pytest.raises(SiteError) as raised:
        gather(newsroom)
    assert [problem.what for problem in raised.value.problems] == ["there is no section 'listings'"]


def test_a_file_that_nobody_reads_is_a_problem(sections: list[Edition], newsroom: Newsroom) -> None:
    """A slip in a file's name, or a text in a folder too deep, would leave out what its writer takes for published."""
    sections += [
        Edition("funds", reads=("funds.toml",)),
        Edition("listings", reads=("listings/*.md",)),
        Edition("posts", reads=("posts/**/*.md",)),
    ]
    read = ("funds.toml", "listings/a.md", "posts/a.md", "posts/2031/b.md")
    passed = (
        "_ideas.md",
        "posts/.c.md",
        "posts/a.svg",
        "notes.txt",
        "archive/b/c.txt",
        "archive/b/d.md",
        "x/README.md",
    )
    unread: tuple[str, ...] = (
        "fund.toml",
        "listings/2031/b.md",
        "post/c.md",
        "notes.toml",
        "posts/loud.MD",
        "posts/2031/d.txt",
    )
    unread += ("posts/d.md.txt", "funds.toml.txt")
    for name in (*read, *passed, *unread):
        (newsroom.content / name).parent.mkdir(parents=True, exist_ok=True)
        (newsroom.content / name).touch()
    with pytest.raises(SiteError) as raised:
        gather(newsroom)
    told = {
        Path(one.where).relative_to(newsroom.content).as_posix(): one.remedy
        for one in raised.value.problems
        if one.what == "nobody reads this file"
    }
    assert told == {
        "fund.toml": "did you mean funds.toml?",
        "listings/2031/b.md": "did you mean listings/b.md?",
        "notes.toml": "move it to funds.toml; or begin its name with an underscore",
        "post/c.md": "did you mean posts/c.md?",
        "posts/2031/d.txt": "name it d.md",
        "posts/d.md.txt": "name it d.md: the ending .txt was added to it",
        "funds.toml.txt": "name it funds.toml: the ending .txt was added to it",
        "posts/loud.MD": "name it loud.md",
    }


def test_a_name_nobody_offers_is_a_problem_where_it_stands() -> None:
    """A post that names a fund which is not there does not build, and the near miss is suggested."""
    naming = Edition(
        "posts",
        references=(CrossReference("a.md", 4, "fund", "comunity-fund"), CrossReference("a.md", 5, "fund", "mptf")),
    )
    defining = Edition("funds", defines={"fund": frozenset({"community-fund", "mptf"})})
    assert [str(one) for one in unknown_references([naming, defining])] == [
        "a.md:4: there is no fund 'comunity-fund'; did you mean community-fund?"
    ]


def test_a_name_that_may_be_in_what_could_not_be_read_is_no_problem() -> None:
    """One table that is not TOML is one message, and not one more for every text that names it."""
    naming = Edition(
        "posts", references=(CrossReference("a.md", 4, "fund", "torn"), CrossReference("a.md", 5, "listing", "nobody"))
    )
    defining = Edition("funds", defines={"fund": frozenset({"whole"})}, incomplete_kinds=frozenset({"fund"}))
    assert [one.line for one in unknown_references([naming, defining])] == [5]


def test_a_link_leads_to_a_file_that_is_published(tmp_path: Path) -> None:
    """A file that is not there, a draft, and a file outside of the content are told where the link stands."""
    content = tmp_path / "content"
    for name in ("posts/a.md", "listings/b.md", "../secret.md"):
        (content / name).parent.mkdir(parents=True, exist_ok=True)
        (content / name).write_text("x", "utf-8")
    named = ("posts/a.md", "listings/b.md", "posts/c.md", "../secret.md")
    links = tuple(FileLink("x.md", line, "{filename}…", file) for line, file in enumerate(named, 1))
    editions = [
        Edition("posts", file_links=links),
        Edition("listings", unpublished=frozenset({content / "listings/b.md"})),
    ]
    found = broken_file_links(editions, content)
    assert [(one.where, one.line) for one in found] == [("x.md", 2), ("x.md", 3), ("x.md", 4)]
    assert "nothing outside of the content folder is published" in found[-1].remedy


def test_a_draft_may_name_a_draft_and_a_public_text_may_not() -> None:
    """A post and the listing it is about are written side by side, and the site can be built meanwhile."""
    naming = tuple(CrossReference(where, 3, "listing", "to-come") for where in ("posts/draft.md", "posts/public.md"))
    posts = Edition("posts", references=naming, unpublished=frozenset({Path("posts/draft.md")}))
    listings = Edition("listings", defines={"listing": frozenset()}, defined_later={"listing": frozenset({"to-come"})})
    assert [one.where for one in unknown_references([posts, listings])] == ["posts/public.md"]
