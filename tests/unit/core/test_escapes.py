"""Foreign words do nothing but stand there, wherever they are printed."""

import logging
from typing import Any

import markdown
import pytest

from plugins.core.errors import Problem, annotation
from plugins.core.escapes import for_command, for_markdown, for_terminal
from plugins.core.logs import logging_to_terminal

_HOSTILE = "\x1b]0;evil\x07\x1b[2J\u202ednuf\u2066\u200b\r\n::error::x\x85\u2028##[add-mask]x\x9b31m"


def test_a_terminal_is_told_nothing_to_do() -> None:
    """Control characters, line ends, and what turns text round or hides are each shown as something odd."""
    shown = for_terminal(_HOSTILE)
    assert shown.isprintable()
    assert "##[" not in shown
    assert str(Problem("a\x1b[1m", 3, _HOSTILE, "x\u202e")).isprintable()


@pytest.mark.parametrize("text", ["Café \u00a0: 5\u202f000", "خواسته\u200cها", "👩\u200d🏭", "a::b", "# 12", "日本語"])
def test_what_people_write_stays(text: str) -> None:
    """Joiners belong to words, and spaces of any width are spaces."""
    assert for_terminal(text) == text


@pytest.mark.parametrize("line", ["::error::x", "  ::set-output name=a::b", "a ##[command]x", "##[group]x"])
def test_no_line_is_a_workflow_command(line: str) -> None:
    """Neither a line that begins like one, nor the older form, which counts anywhere in a line."""
    shown = for_terminal(line)
    assert not shown.lstrip().startswith("::")
    assert "##[" not in shown


@pytest.mark.parametrize(
    "text",
    [
        "[x](https://evil.example/)",
        "![x](https://evil.example/)",
        "<a href='https://evil.example/'>x</a>",
        "<https://evil.example/>",
        "https://evil.example/ www.evil.example",
        "`x` **x** _x_ ~~x~~",
        "a | b | c\n| d |\n\n# x\n- y",
        "[x]: https://evil.example/\n[x]",
        "&lt;script&gt;\\[x](y)",
        "@everyone a@evil.example",
    ],
)
def test_markdown_has_no_link_and_no_markup_of_theirs(text: str) -> None:
    """In a paragraph and in a cell, the words are the words."""
    table = f"| A |\n|---|\n| {for_markdown(text)} |"
    html = markdown.markdown(f"{for_markdown(text)}\n\n{table}", extensions=["tables"])
    assert html.count("<td>") == 1
    for element in ("<a", "<img", "<code", "<strong", "<em", "<script", "<h1", "<li"):
        assert element not in html
    written = for_markdown(text)
    assert "://" not in written and "www." not in written and "@" not in written and "\n" not in written


def test_a_command_ends_where_it_should() -> None:
    """A message has no line of its own, and a property no comma; nothing in it is for a terminal either."""
    assert for_command("50%\n::error::x\x1b[1m") == "50%25%0A::error::x�[1m"
    told = annotation("warning", Problem("a,b", 1, "x\n::error::y", "z\u202e"), "t:,\r\n::u")
    assert told == "::warning file=a%2Cb,line=1,title=t%3A%2C%0D%0A%3A%3Au::x%0A::error::y; z�"


def test_the_log_is_worded_too(capsys: pytest.CaptureFixture[str], tmp_path: Any) -> None:
    """What a decision quotes of a feed or a server is a line, on the terminal and in the file."""
    with logging_to_terminal(verbose=True, file=tmp_path / "log"):
        logging.getLogger("plugins.x").warning("redirects to %s", _HOSTILE)
    for said in (capsys.readouterr().err, (tmp_path / "log").read_text("utf-8")):
        assert said.count("\n") == 1
        assert said.strip("\n").isprintable()
