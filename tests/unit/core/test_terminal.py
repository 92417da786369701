"""What a check found, told on a terminal and elsewhere."""

import io

from plugins.core import terminal


def test_elsewhere_than_on_a_terminal_lines_are_plain_and_whole() -> None:
    """No colour, no line broken, no markup read, and no control character passed on."""
    stream = io.StringIO()
    out = terminal.console(stream)
    terminal.line(out, "x" * 300, "alarm")
    terminal.line(out, "[red]a[/red] \x1b[31mb\r\n")
    with terminal.progress(out, "Looking", 3) as step:
        step()
    assert stream.getvalue() == f"alarm: {'x' * 300}\n[red]a[/red] �[31mb��\n"
