"""Tables in Markdown."""

from markdown import Markdown

TEXT = """\
| | Pay |
|:--|--:|
| Writers | 1 |
"""


def test_a_table_scrolls_in_itself_and_has_no_inline_style() -> None:
    """The keyboard can reach it, numbers stand to the right by a class, and an empty corner is no heading."""
    html = Markdown(extensions=["extra", "plugins.core.markup:TablesExtension"]).convert(f"Before.\n\n{TEXT}\nAfter.")
    assert '<div aria-label="Table" class="scroll" role="region" tabindex="0">' in html
    assert '<td class="align-right">1</td>' in html
    assert "style=" not in html
    assert html.count("<th") - html.count("<thead") == 1
    assert html.index("Before.") < html.index("<table>") < html.index("After.")
