"""New files: in the right place, nothing overwritten, every field there, sound as they are and with every field set."""

import re
from pathlib import Path

import pytest

from plugins.core.config import checked, frontmatter, toml, toml_tables
from plugins.core.errors import SiteError
from plugins.funds.model import Fund
from plugins.listings.model import ListingMatter
from plugins.posts.model import PostMatter
from plugins.updates.config.sources_file import HandMatter, read_sources
from plugins.updates.config.topics_file import read_topics
from plugins.writing import new
from tests.conftest import NOW


@pytest.fixture
def site(tmp_path: Path) -> dict[str, str]:
    """Return as much of the settings as new files need."""
    return {"PATH": str(tmp_path), "TIMEZONE": "America/Los_Angeles"}


def front(path: Path, *, filled: bool) -> frontmatter.FrontMatter:
    """Return a file's front matter as it is, or with every field set."""
    text = path.read_text("utf-8")
    read, problems = frontmatter.split(
        re.sub(r"^#(?! )|^#(?=  )", "", text, flags=re.MULTILINE) if filled else text, "f"
    )
    assert problems == []
    return read


@pytest.mark.parametrize("filled", [False, True])
@pytest.mark.parametrize("kind", ["post", "update", "listing"])
def test_a_new_file_is_sound_and_has_every_field(kind: str, filled: bool, site: dict[str, str]) -> None:
    """As written it can be checked; with every comment taken off, every field is set to something that can be."""
    make = {
        "post": lambda: (new.new_post(site, 'Day "one": at the gate', NOW), PostMatter),
        "update": lambda: (new.new_update(site, "https://www.example.org/2026/03/they-walk-out.html", NOW), HandMatter),
        "listing": lambda: (new.new_listing(site, "crane-driver", NOW), ListingMatter),
    }
    path, model = make[kind]()
    read = front(path, filled=filled)
    value, problems = checked.check(model, read.data, "f", read.line_of)
    assert problems == []
    assert value is not None
    if filled:
        assert set(read.data) == set(model.model_fields)
    if kind != "update":
        assert read.data["status"] == "draft"


def test_a_new_post_is_named_by_its_title(site: dict[str, str]) -> None:
    """The file's name is an address; titles of other scripts have one too."""
    assert new.new_post(site, "Día uno: ¡a la huelga!", NOW).name == "dia-uno-a-la-huelga.md"
    assert re.fullmatch(r"[a-z0-9-]+\.md", new.new_post(site, "파업", NOW).name)


def test_nothing_is_overwritten(site: dict[str, str]) -> None:
    """A second file of the name is refused, and the first is as it was."""
    path = new.new_post(site, "One", NOW)
    path.write_text("mine", "utf-8")
    with pytest.raises(SiteError, match="is there already"):
        new.new_post(site, "One", NOW)
    assert path.read_text("utf-8") == "mine"


def test_an_update_finds_its_source_or_adds_one(site: dict[str, str], tmp_path: Path) -> None:
    """An address on a source's site is that source's; another outlet becomes a source without a feed, once."""
    sources = tmp_path / "updates" / "sources.toml"
    sources.parent.mkdir()
    known = '# Ours.\n[[source]]\nid = "union"\ntitle = "U"\nsite = "https://www.union.example.org/"\nkind = "guild"\n'
    sources.write_text(known, "utf-8")
    path = new.new_update(site, "https://news.union.example.org/a-vote", NOW)
    assert (path.name, front(path, filled=False).data["source"]) == ("a-vote.md", "union")
    assert sources.read_text("utf-8") == known
    for url in ("https://other.example/2026/first-story", "https://other.example/2026/second-story"):
        assert front(new.new_update(site, url, NOW), filled=False).data["source"] == "other-example"
    read = read_sources(sources.parent, read_topics(sources.parent).ids)
    assert ([row.id for row in read.sources], read.problems) == (["union", "other-example"], ())
    assert sources.read_text("utf-8").startswith(known)


def test_a_new_fund_is_published_only_once_it_was_filled_in(site: dict[str, str], tmp_path: Path) -> None:
    """The form is a comment; without its signs it is a sound record with every field; a second waits for the first."""
    path = new.new_fund(site, NOW)
    assert toml_tables.read(path, {"fund": Fund}).rows["fund"] == ()
    with pytest.raises(SiteError, match="form is waiting here"):
        new.new_fund(site, NOW)
    path.write_text(re.sub(r"^#(?! )", "", path.read_text("utf-8"), flags=re.MULTILINE), "utf-8")
    read = toml_tables.read(path, {"fund": Fund})
    assert read.problems == ()
    data = toml.read(path.read_text("utf-8"), "f").data
    assert set(data["fund"][0]) == {field.alias or name for name, field in Fund.model_fields.items()}


@pytest.mark.parametrize("name", ["Crane Driver", "../x", "", "a--b"])
def test_a_listing_needs_an_id(name: str, site: dict[str, str]) -> None:
    """What cannot be an address is refused, with one that can."""
    with pytest.raises(SiteError, match="id is its address"):
        new.new_listing(site, name, NOW)


@pytest.mark.parametrize("url", ["example.org/x", "javascript:alert(1)", "https://example.org/a b"])
def test_an_update_needs_a_web_address(url: str, site: dict[str, str]) -> None:
    """Nothing else becomes a link on the wire."""
    with pytest.raises(SiteError, match="needs a web address"):
        new.new_update(site, url, NOW)
