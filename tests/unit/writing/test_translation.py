"""A translation's draft has what its original says of itself, and is one to Pelican."""

from pathlib import Path

import pytest

from plugins.core.config import checked, frontmatter
from plugins.core.errors import SiteError
from plugins.posts.model import PostMatter
from plugins.sections.settings import SiteSettings
from plugins.writing.translation import new_translation
from tests.site_settings import changed

_POST = """\
---
title: "Day one: at the gate"
# When it came out.
date: 2026-03-01 09:00
lang: en
aliases:
  - old/address/
  - older.html
tags: [pay, picket]
image:
  src: images/gate.jpg
  alt: A gate
---

They came at six.
"""
_LOOSE = "Title: Day two\nDate: 2026-03-02\nTags: pay,\n picket\nStatus: published\n\nThey came again.\n"


@pytest.fixture
def site(tmp_path: Path) -> SiteSettings:
    """Return the settings of a site with two posts and a page."""
    for name, text in {"posts/day-one.md": _POST, "posts/day-two.md": _LOOSE, "pages/about.md": _ABOUT}.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
    return changed(PATH=str(tmp_path), DEFAULT_LANG="en").of(SiteSettings)


_ABOUT = "---\ntitle: About\nslug: who-we-are\n---\nWe.\n"


@pytest.mark.parametrize(
    "name", ["day-one", "day-one.md", "posts/day-one.md", "content/posts/day-one.md", "posts/day-one/"]
)
def test_the_front_matter_is_taken_over(name: str, site: SiteSettings) -> None:
    """A post is named by its slug, its file or its address; its old addresses are not doubled."""
    if name.startswith("content"):
        name = f"{site.path}/posts/day-one.md"
    path = new_translation(site, name, "es")
    front, problems = frontmatter.split(path.read_text("utf-8"), "f")
    matter, faults = checked.check(PostMatter, front.data, "f", front.line_of)
    assert (path.name, problems, faults) == ("day-one-es.md", [], [])
    assert matter is not None
    assert (matter.slug, matter.lang, matter.status, matter.aliases) == ("day-one", "es", "draft", ())
    assert (matter.title, matter.tags) == ("Day one: at the gate", ("pay", "picket"))
    assert matter.image is not None
    assert "# When it came out." in path.read_text("utf-8")
    assert front.body == "\nThey came at six.\n"


def test_headers_without_a_fence_and_pages_are_taken_over_too(site: SiteSettings) -> None:
    """Whatever form a text's head has; a page's slug stays what makes the two one."""
    front, problems = frontmatter.split(new_translation(site, "day-two", "pt-BR").read_text("utf-8"), "f")
    assert problems == []
    assert (front.data["slug"], front.data["lang"], front.data["status"]) == ("day-two", "pt-BR", "draft")
    assert front.data["tags"] == "pay,\npicket"
    about, _ = frontmatter.split(new_translation(site, "who-we-are", "es").read_text("utf-8"), "f")
    assert about.data["slug"] == "who-we-are"


@pytest.mark.parametrize(
    ("name", "language", "said"),
    [
        ("nope", "es", "there is no post or page to translate"),
        ("", "es", "there is no post or page to translate"),
        ("day-one", "", "a translation needs its language’s code"),
        ("day-one", "Spanish", "a translation needs its language’s code"),
        ("day-one", "en", "the text is there in that language"),
        ("day-two", "en", "the text is there in that language"),
    ],
)
def test_what_cannot_be_begun_is_said(name: str, language: str, said: str, site: SiteSettings) -> None:
    """Nothing is written where there is nothing to translate, or it is there already."""
    with pytest.raises(SiteError, match=said):
        new_translation(site, name, language)
    assert len(list(Path(site.path).rglob("*.md"))) == 3


def test_nothing_is_overwritten(site: SiteSettings) -> None:
    """A second call leaves the first one's file as it is."""
    path = new_translation(site, "day-one", "es")
    path.write_text(path.read_text("utf-8").replace("They came", "Vinieron"), "utf-8")
    with pytest.raises(SiteError, match=r"day-one-es\.md:\d+: the text is there in that language"):
        new_translation(site, "day-one", "es")
    assert "Vinieron" in path.read_text("utf-8")
