"""What Pelican asks of a text is answered as by Pelican itself."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pelican.contents import Article
from pelican.settings import DEFAULT_CONFIG

from plugins.incremental.quick_contents import quick_contents

PIECES = ["<p>", '<a href="', "{static}/a.png", "|attach|b.pdf", "{filename}c.md", '">', "/x", "it|s", "{", "(static)d"]


def _answers(html: str, regex: str, path: str | None, top: str) -> tuple[Any, ...]:
    settings = {**DEFAULT_CONFIG, "PATH": top, "INTRASITE_LINK_REGEX": regex}
    context: dict[str, Any] = {"generated_content": {}, "static_content": {}, "static_links": set()}
    text = Article(html, {"title": "A"}, settings, path, context)
    asked = (text.get_relative_source_path(), text.get_relative_source_path("b/c.md"), text.relative_source_path)
    return text.content, text.get_static_links(), *asked


@given(
    html=st.lists(st.sampled_from(PIECES)).map("".join),
    regex=st.sampled_from([DEFAULT_CONFIG["INTRASITE_LINK_REGEX"], r"[(](?P<what>.*?)[)]"]),
    path=st.sampled_from(["/site/content/a.md", "/site/a.md", "content/a.md"]),
    top=st.sampled_from(["/site/content", "content"]),
)
def test_texts_say_what_they_say_without_it(html: str, regex: str, path: str, top: str) -> None:
    """Whatever a site calls a link within it, and wherever a text is."""
    plain = _answers(html, regex, path, top)
    with quick_contents():
        assert _answers(html, regex, path, top) == plain
        assert _answers(html, regex, path, top) == plain


def test_a_plugins_own_function_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    """One that a plugin has put in place of Pelican's is asked."""
    monkeypatch.setattr("pelican.contents.Content._update_content", lambda *_: "of a plugin")
    with quick_contents():
        assert _answers("<p>", DEFAULT_CONFIG["INTRASITE_LINK_REGEX"], "/a.md", "/")[0] == "of a plugin"
