"""Which pages are places, and when each changed."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from plugins.seo.model import ListedPage, Printed
from plugins.seo.page_list import is_place, is_refused, listed, modified

_THEN, _NOW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ({"article": SimpleNamespace(date=_THEN, modified=_NOW)}, _NOW),
        ({"article": SimpleNamespace(date=_THEN)}, _THEN),
        ({"page": SimpleNamespace(modified=_NOW)}, _NOW),
        ({"page": SimpleNamespace(title="About")}, None),
        ({"page_modified": date(2026, 1, 2)}, date(2026, 1, 2)),
        ({"page_modified": None, "page": None}, None),
        ({}, None),
    ],
)
def test_a_page_changed_when_its_text_did(values: dict[str, object], expected: date | None) -> None:
    """A post's own word comes first, then the section's; what is not known is not guessed."""
    assert modified(values) == expected


@pytest.mark.parametrize(
    ("save_as", "head", "expected"),
    [
        ("index.html", "", ListedPage("")),
        ("posts/a/index.html", "", ListedPage("posts/a/")),
        ("old.html", "", ListedPage("old.html")),
        ("404.html", "", None),
        ("feeds/a.xml", "", None),
        ("search/index.html", '<meta name="robots" content="noindex">', None),
        ("a/index.html", '<meta name="robots" content="max-image-preview:large">', ListedPage("a/")),
    ],
)
def test_only_what_may_be_listed_is_a_place(save_as: str, head: str, expected: ListedPage | None) -> None:
    """A folder's page is addressed by the folder; pages not to be listed are left out."""
    found = None
    if is_place(save_as) and not is_refused(head):
        found = listed(save_as, Printed())
    assert found == expected
