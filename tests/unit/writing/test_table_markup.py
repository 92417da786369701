"""Tables and quotations in Markdown."""

from markdown import Markdown

TEXT = """\
| | Pay |
|:--|--:|
| Writers | 1 |
"""


def test_a_table_scrolls_in_itself_and_has_no_inline_style() -> None:
    """The keyboard can reach it, numbers stand to the right by a class, and an empty corner is no heading."""
    html = Markdown(extensions=["extra", "plugins.writing.table_markup:NewsroomExtension"]).convert(
        f"Before.\n\n{TEXT}\nAfter."
    )
    assert '<div aria-label="Table" class="scroll" role="region" tabindex="0">' in html
    assert '<td class="align-right">1</td>' in html
    assert "style=" not in html
    assert html.count("<th") - html.count("<thead") == 1
    assert html.index("Before.") < html.index("<table>") < html.index("After.")


def test_who_said_it_is_told_from_what_was_said() -> None:
    """A last paragraph that begins with a dash is the attribution; a dash elsewhere is not."""
    html = Markdown(extensions=["plugins.writing.table_markup:NewsroomExtension"]).convert(
        "> Words.\n>\n> — Who, when\n"
    )
    assert '<p>Words.</p>\n<p class="attribution">— Who, when</p>' in html
    assert "attribution" not in Markdown(extensions=["plugins.writing.table_markup:NewsroomExtension"]).convert(
        "— Who\n\n> Hm."
    )
