"""The manifest keeps a phone within the site, wherever the site lies."""

import json

import pytest

from plugins.seo.manifest import manifest, short
from plugins.seo.model import SiteIdentity


@pytest.mark.parametrize(("url", "base"), [("https://example.org", "/"), ("https://example.org/repo", "/repo/")])
def test_addresses_lie_below_the_base(url: str, base: str) -> None:
    """Start, scope and icons begin with the site's base."""
    values = json.loads(manifest(SiteIdentity(url, "Picketwire", "“News”", "es"), "theme"))
    assert (values["start_url"], values["scope"]) == (base, base)
    assert all(icon["src"].startswith(f"{base}theme/") for icon in values["icons"])
    assert (values["name"], values["description"], values["lang"]) == ("Picketwire", "“News”", "es")


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Picketwire", "Picketwire"), ("Strike News Daily", "Strike News"), ("Streikberichterstattung", "Streikberich")],
)
def test_a_short_name_fits_below_an_icon(name: str, expected: str) -> None:
    """The short name is the whole one, its first words, or its first letters."""
    assert short(name) == expected
