"""A picture is offered in the sizes that spare a reader something."""

from plugins.core.media.image_kind import Facts
from plugins.images.model import Order, Source, Version
from plugins.images.sizes import name, orders, picture, worthwhile


def _versions(facts: Facts, sizes: dict[tuple[int, str], int]) -> list[Version]:
    return [
        Version(order, name("a.jpg", order), sizes[order.width, order.format])
        for order in orders(facts)
        if (order.width, order.format) in sizes
    ]


def test_no_version_is_wider_than_the_picture() -> None:
    """Widths stop at the picture's own; WebP is made of that as well, its own format is there already."""
    made = orders(Facts("JPEG", 1000, 500))
    assert [order.width for order in made if order.format == "JPEG"] == [480, 800]
    assert [order.width for order in made if order.format == "WEBP"] == [480, 800, 1000]


def test_a_small_picture_is_not_blown_up() -> None:
    """A picture below the smallest width has one WebP of its own width."""
    assert orders(Facts("PNG", 300, 200)) == (Order(300, "WEBP"),)


def test_a_huge_picture_stops_at_the_widest() -> None:
    """No version is wider than 1600 pixels, and the original is not among those a browser may choose."""
    facts = Facts("JPEG", 6000, 4000)
    versions = [Version(order, name("a.jpg", order), 10) for order in orders(facts)]
    shown = picture("a.jpg", facts, versions, "/repo")
    assert shown.srcset.endswith("/repo/a.jpg.1600.jpg 1600w")
    assert "a.jpg 6000w" not in shown.srcset


def test_a_moving_picture_is_left_alone() -> None:
    """Nothing is made of an animation."""
    assert orders(Facts("GIF", 900, 900, animated=True)) == ()


def test_the_srcset_names_every_version_below_the_base() -> None:
    """Own sizes with the original stand in srcset, WebP in a source of its own, spaces escaped."""
    facts = Facts("JPEG", 600, 300)
    shown = picture("a b.jpg", facts, [Version(order, name("a b.jpg", order), 1) for order in orders(facts)], "/repo")
    assert shown.srcset == "/repo/a%20b.jpg.480.jpg 480w, /repo/a%20b.jpg 600w"
    webp = "/repo/a%20b.jpg.480.webp 480w, /repo/a%20b.jpg.600.webp 600w"
    assert shown.sources == (Source("image/webp", webp),)
    assert (shown.width, shown.height) == (600, 300)


def test_versions_that_weigh_more_are_not_offered() -> None:
    """A version is offered only if it is smaller than the picture itself."""
    facts = Facts("PNG", 600, 300)
    versions = _versions(facts, {(480, "PNG"): 1200, (480, "WEBP"): 300, (600, "WEBP"): 500})
    assert [one.order for one in worthwhile(facts, 1000, versions)] == [Order(480, "WEBP"), Order(600, "WEBP")]


def test_another_format_is_offered_whole_or_not_at_all() -> None:
    """Where WebP is larger at full width, its small versions alone would leave wide screens with less."""
    facts = Facts("JPEG", 600, 300)
    versions = _versions(facts, {(480, "JPEG"): 800, (480, "WEBP"): 700, (600, "WEBP"): 1100})
    assert [one.order for one in worthwhile(facts, 1000, versions)] == [Order(480, "JPEG")]


def test_another_format_must_be_smaller_at_the_same_width() -> None:
    """Of a picture wider than all versions, WebP is offered only if it is smaller than its own format's widest."""
    facts = Facts("JPEG", 4000, 3000)
    sizes = {(1600, "JPEG"): 700, (480, "WEBP"): 60, (1600, "WEBP"): 800}
    assert [one.order for one in worthwhile(facts, 5000, _versions(facts, sizes))] == [Order(1600, "JPEG")]
    sizes[1600, "WEBP"] = 600
    assert Order(480, "WEBP") in [one.order for one in worthwhile(facts, 5000, _versions(facts, sizes))]
