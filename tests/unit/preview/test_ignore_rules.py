"""Which changes are worth a build."""

import pytest

from plugins.preview.ignore_rules import is_code, worth_a_build

WATCHED, BESIDE = ["/site/content", "/site/theme", "/site/plugins"], ["/site"]


@pytest.mark.parametrize(
    ("path", "worth"),
    [
        ("/site/content/posts/a.md", True),
        ("/site/content/extra/.well-known/security.txt", True),
        ("/site/content/posts/4913.md", True),
        ("/site/theme", True),
        ("/site/plugins/posts/ai.txt", True),
        ("/site/pelicanconf.py", True),
        ("/site/content/posts/.a.md.swp", False),
        ("/site/content/posts/4913", False),
        ("/site/content/posts/a.md~", False),
        ("/site/content/posts/.#a.md", False),
        ("/site/content/posts/#a.md#", False),
        ("/site/content/archive/.2026-01.jsonl.x1y2.tmp", False),
        ("/site/content/posts/a.md___jb_tmp___", False),
        ("/site/plugins/posts/__pycache__/a.cpython-311.pyc", False),
        ("/site/README.md", False),
        ("/site/output/x.py", False),
        ("/site/contents/a.md", False),
    ],
)
def test_what_an_editor_leaves_is_no_change(path: str, worth: bool) -> None:
    """What belongs to the site counts, wherever it lies; what editors put beside it does not."""
    assert (worth_a_build([path], WATCHED, BESIDE) == {path}) is worth


def test_the_code_is_pythons_and_all_below_plugins() -> None:
    """A plugin's list of words is read by code that is loaded once."""
    assert is_code("/site/pelicanconf.py", "/site/plugins")
    assert is_code("/site/plugins/seo/ai-crawlers.txt", "/site/plugins")
    assert not is_code("/site/content/posts/a.md", "/site/plugins")
