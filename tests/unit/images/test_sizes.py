"""A picture is offered in the sizes that spare a reader something."""

from plugins.core.media.image_kind import Facts
from plugins.images.model import SourceElement, Version, WantedVersion
from plugins.images.sizes import name, picture, wanted_versions, worthwhile


def _versions(facts: Facts, sizes: dict[tuple[int, str], int]) -> list[Version]:
    return [
        Version(wanted, name("a.jpg", wanted), sizes[wanted.width, wanted.format])
        for wanted in wanted_versions(facts)
        if (wanted.width, wanted.format) in sizes
    ]


def test_no_version_is_wider_than_the_picture() -> None:
    """Widths stop at the picture's own; WebP is made of that as well, its own format is there already."""
    made = wanted_versions(Facts("JPEG", 1000, 500))
    assert [wanted.width for wanted in made if wanted.format == "JPEG"] == [480, 800]
    assert [wanted.width for wanted in made if wanted.format == "WEBP"] == [480, 800, 1000]


def test_a_small_picture_is_not_blown_up() -> None:
    """A picture below the smallest width has one WebP of its own width."""
    assert wanted_versions(Facts("PNG", 300, 200)) == (WantedVersion(300, "WEBP"),)


def test_a_huge_picture_stops_at_the_widest() -> None:
    """No version is wider than 1600 pixels, and the original is not among those a browser may choose."""
    facts = Facts("JPEG", 6000, 4000)
    versions = [Version(wanted, name("a.jpg", wanted), 10) for wanted in wanted_versions(facts)]
    shown = picture("a.jpg", facts, versions, "/repo")
    assert shown.srcset.endswith("/repo/a.jpg.1600.jpg 1600w")
    assert "a.jpg 6000w" not in shown.srcset


def test_a_moving_picture_is_left_alone() -> None:
    """Nothing is made of an animation."""
    assert wanted_versions(Facts("GIF", 900, 900, animated=True)) == ()


def test_the_srcset_names_every_version_below_the_base() -> None:
    """Own sizes with the original stand in srcset, WebP in a source of its own, spaces escaped."""
    facts = Facts("JPEG", 600, 300)
    shown = picture(
        "a b.jpg", facts, [Version(wanted, name("a b.jpg", wanted), 1) for wanted in wanted_versions(facts)], "/repo"
    )
    assert shown.srcset == "/repo/a%20b.jpg.480.jpg 480w, /repo/a%20b.jpg 600w"
    webp = "/repo/a%20b.jpg.480.webp 480w, /repo/a%20b.jpg.600.webp 600w"
    assert shown.sources == (SourceElement("image/webp", webp),)
    assert (shown.width, shown.height) == (600, 300)


def test_versions_that_weigh_more_are_not_offered() -> None:
    """A version is offered only if it is smaller than the picture itself."""
    facts = Facts("PNG", 600, 300)
    versions = _versions(facts, {(480, "PNG"): 1200, (480, "WEBP"): 300, (600, "WEBP"): 500})
    assert [one.wanted for one in worthwhile(facts, 1000, versions)] == [
        WantedVersion(480, "WEBP"),
        WantedVersion(600, "WEBP"),
    ]


def test_another_format_is_offered_whole_or_not_at_all() -> None:
    """Where WebP is larger at full width, its small versions alone would leave wide screens with less."""
    facts = Facts("JPEG", 600, 300)
    versions = _versions(facts, {(480, "JPEG"): 800, (480, "WEBP"): 700, (600, "WEBP"): 1100})
    assert [one.wanted for one in worthwhile(facts, 1000, versions)] == [WantedVersion(480, "JPEG")]


def test_another_format_must_be_smaller_at_the_same_width() -> None:
    """Of a picture wider than all versions, WebP is offered only if it is smaller than its own format's widest."""
    facts = Facts("JPEG", 4000, 3000)
    sizes = {(1600, "JPEG"): 700, (480, "WEBP"): 60, (1600, "WEBP"): 800}
    assert [one.wanted for one in worthwhile(facts, 5000, _versions(facts, sizes))] == [WantedVersion(1600, "JPEG")]
    sizes[1600, "WEBP"] = 600
    assert WantedVersion(480, "WEBP") in [one.wanted for one in worthwhile(facts, 5000, _versions(facts, sizes))]
